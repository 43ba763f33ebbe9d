"""Settings of a new organization: itself, currencies, taxes, users, locations, chart of accounts, bank accounts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zbdesk.demo.collection import Record

if TYPE_CHECKING:
    from zbdesk.demo.seed import Sower

_CURRENCIES = (
    ("INR", "Indian Rupee", "₹", 2, "1", "0.0093"),
    ("USD", "US Dollar", "$", 2, "84.15", "0.787"),
    ("EUR", "Euro", "€", 2, "91.42", "0.852"),
    ("GBP", "Pound Sterling", "£", 2, "106.8", "1"),
    ("JPY", "Japanese Yen", "¥", 0, "0.562", "0.00526"),
    ("AED", "UAE Dirham", "AED", 2, "22.91", "0.2143"),
    ("KWD", "Kuwaiti Dinar", "KD", 3, "274.35", "2.567"),
)
_USERS = (
    ("Anita Rao", "anita.rao", "Admin", True),
    ("Joseph D'Cruz", "joseph", "Staff (Assigned Customers Only)", False),
    ("Meenakshi Iyer", "meenakshi", "Accountant", False),
    ("Peter Hale", "peter.hale", "Staff", False),
)
_ACCOUNTS = (
    ("Sales", "income", "4000"),
    ("Export Sales", "income", "4010"),
    ("Freight Income", "income", "4100"),
    ("Interest Income", "other_income", "4200"),
    ("Discount", "income", "4300"),
    ("Other Charges", "income", "4310"),
    ("Cost of Goods Sold", "cost_of_goods_sold", "5000"),
    ("Packaging Materials", "cost_of_goods_sold", "5010"),
    ("Salaries and Wages", "expense", "6000"),
    ("Rent Expense", "expense", "6010"),
    ("Office Supplies", "expense", "6020"),
    ("Travel Expense", "expense", "6030"),
    ("Telephone Expense", "expense", "6040"),
    ("Electricity", "expense", "6050"),
    ("IT and Internet Expenses", "expense", "6060"),
    ("Meals and Entertainment", "expense", "6070"),
    ("Bank Fees and Charges", "expense", "6080"),
    ("Insurance", "expense", "6090"),
    ("Freight and Forwarding", "expense", "6100"),
    ("Depreciation Expense", "expense", "6110"),
    ("Exchange Gain or Loss", "other_expense", "7000"),
    ("Bad Debt", "expense", "6120"),
    ("Accounts Receivable", "accounts_receivable", "1100"),
    ("Inventory Asset", "stock", "1200"),
    ("Prepaid Expenses", "other_current_asset", "1210"),
    ("Advance Tax", "other_current_asset", "1220"),
    ("Furniture and Equipment", "fixed_asset", "1500"),
    ("Machinery", "fixed_asset", "1510"),
    ("Accounts Payable", "accounts_payable", "2000"),
    ("Tax Payable", "other_current_liability", "2100"),
    ("Unearned Revenue", "other_current_liability", "2110"),
    ("Employee Reimbursements", "other_current_liability", "2120"),
    ("Opening Balance Adjustments", "other_current_liability", "2130"),
    ("Term Loan", "long_term_liability", "2500"),
    ("Owner's Equity", "equity", "3000"),
    ("Retained Earnings", "equity", "3010"),
    ("Postage (closed 2024)", "expense", "6990"),
    ("Old Suspense Account", "other_current_liability", "2990"),
)
_INACTIVE = {"6990", "2990"}


def sow(sower: Sower) -> None:
    """Everything that a company sets up once."""
    _currencies(sower)
    _taxes(sower)
    _people_and_places(sower)
    _accounts(sower)
    _organization(sower)
    sower.org.settings_changed()


def _add(sower: Sower, module: str, **fields: object) -> Record:
    at = sower.moment(sower.first_day)
    record = sower.record(dict(fields), at)
    sower.org[module].add(record)
    return record


def _currencies(sower: Sower) -> None:
    base = sower.org.profile.currency_code
    for code, name, symbol, precision, in_inr, in_gbp in _CURRENCIES:
        rate = Decimal(in_inr if base == "INR" else in_gbp)
        pattern = "1,234,567" + ("." + "899"[:precision] if precision else "")
        currency = _add(
            sower,
            "currencies",
            currency_code=code,
            currency_name=f"{code}- {name}",
            currency_name_formatted=f"{code}- {name}",
            currency_symbol=symbol,
            price_precision=precision,
            currency_format=pattern,
            is_base_currency=code == base,
            exchange_rate=Decimal(1) if code == base else rate,
            effective_date="" if code == base else sower.today.replace(day=1).isoformat(),
        )
        if code == base:
            continue
        for months in range(3):
            moved = (rate * Decimal(100 + sower.rng.randint(-150, 150) / 100) / 100) if months else rate
            _add(
                sower,
                "exchange_rates",
                currency_id=currency.id,
                currency_code=code,
                rate=round(moved, 6).normalize() + Decimal(0),
                effective_date=(sower.today.replace(day=1) - timedelta(days=31 * months)).replace(day=1).isoformat(),
            )
    sower.org.currencies = {record.get("currency_code"): record for record in sower.org["currencies"]}


def _tax(sower: Sower, name: str, percentage: str, **more: Any) -> Record:
    return _add(
        sower,
        "taxes",
        tax_name=name,
        tax_percentage=Decimal(percentage),
        tax_type="tax",
        is_value_added=True,
        status="Active",
        **more,
    )


def _taxes(sower: Sower) -> None:
    if sower.org.profile.edition != "india":
        for name, percentage in (("Standard Rate", "20"), ("Reduced Rate", "5"), ("Zero Rate", "0")):
            _tax(sower, name, percentage, is_default_tax=name == "Standard Rate", country_code="UK")
        _tax(sower, "Standard Rate (old)", "17.5", is_inactive=True)
        return
    for rate in ("5", "12", "18"):
        half = str(Decimal(rate) / 2)
        central = _tax(sower, f"CGST{half}", half, tax_specific_type="cgst")
        state = _tax(sower, f"SGST{half}", half, tax_specific_type="sgst")
        _tax(sower, f"IGST{rate}", rate, tax_specific_type="igst")
        group = _add(
            sower,
            "taxes",
            tax_name=f"GST{rate}",
            tax_percentage=Decimal(rate),
            tax_type="tax_group",
            is_value_added=True,
            status="Active",
            part_ids=[central.id, state.id],
            is_default_tax=rate == "5",
        )
        sower.org["tax_groups"].add(
            Record(
                group.id,
                {
                    "tax_group_name": f"GST{rate}",
                    "tax_group_percentage": Decimal(rate),
                    "taxes": [
                        {"tax_id": t.id, "tax_name": t.get("tax_name"), "tax_percentage": t.get("tax_percentage")}
                        for t in (central, state)
                    ],
                },
                group.created,
                group.modified,
            )
        )
    _tax(sower, "IGST0", "0", tax_specific_type="igst")
    _tax(sower, "VAT 12.5 (before GST)", "12.5", is_inactive=True)


def _people_and_places(sower: Sower) -> None:
    profile = sower.org.profile
    domain = "meridian-spices.example" if profile.edition == "india" else "harbourlane.example"
    for name, mail, role, current in _USERS if profile.edition == "india" else _USERS[:1] + _USERS[3:]:
        email = f"{mail}@{domain}"
        _add(
            sower,
            "users",
            name=name,
            email=email,
            user_role=role,
            role_id=sower.org.next_id(),
            status="active",
            user_type="zoho",
            is_current_user=current,
            cost_rate=Decimal(0),
            email_ids=[{"is_selected": True, "email": email}],
        )
    places = (
        (("Head Office", "Mumbai", "Maharashtra"), ("Kochi Warehouse", "Kochi", "Kerala"))
        if profile.edition == "india"
        else (("Brighton Studio", "Brighton", "East Sussex"),)
    )
    for number, (name, city, state) in enumerate(places):
        _add(
            sower,
            "locations",
            location_name=name,
            type="general",
            email=f"{name.split()[0].lower()}@{domain}",
            phone="",
            address={
                "street_address1": "",
                "street_address2": "",
                "city": city,
                "state": state,
                "country": profile.country,
                "zip": "",
            },
            tax_settings_id=sower.org.next_id(),
            is_primary_location=number == 0,
            status="active",
        )


def _accounts(sower: Sower) -> None:
    for name, kind, code in _ACCOUNTS:
        _add(
            sower,
            "chartofaccounts",
            account_name=name,
            account_code=code,
            account_type=kind,
            account_type_formatted=kind.replace("_", " ").title(),
            is_user_created=code in _INACTIVE,
            is_system_account=kind.startswith("accounts_"),
            is_active=code not in _INACTIVE,
            is_involved_in_transaction=code not in _INACTIVE,
            is_standalone_account=False,
            depth=0,
            child_count="0",
            is_child_present=False,
        )
    profile = sower.org.profile
    banks = (
        (
            ("HDFC Current Account", "bank", "INR", "1850000"),
            ("SBI EEFC Dollar Account", "bank", "USD", "42000"),
            ("Corporate Card", "credit_card", "INR", "0"),
            ("Petty Cash", "cash", "INR", "25000"),
            ("Old Axis Account", "bank", "INR", "0"),
        )
        if profile.edition == "india"
        else (
            ("Barclays Business", "bank", "GBP", "48000"),
            ("Wise Euro", "bank", "EUR", "6500"),
            ("Petty Cash", "cash", "GBP", "300"),
        )
    )
    for number, (name, kind, currency, opening) in enumerate(banks):
        account = _add(
            sower,
            "chartofaccounts",
            account_name=name,
            account_code=f"10{number}0",
            account_type=kind,
            account_type_formatted=kind.replace("_", " ").title(),
            is_user_created=True,
            is_system_account=False,
            is_active=not name.startswith("Old"),
            is_involved_in_transaction=True,
            depth=0,
            child_count="0",
            is_child_present=False,
        )
        fields = {
            "account_name": name,
            "account_code": f"10{number}0",
            "account_type": kind,
            "currency_code": currency,
            "bank_name": name.split()[0],
            "account_number": f"xxxx{4321 + number}",
            "is_active": not name.startswith("Old"),
            "is_primary_account": number == 0,
            "balance": Decimal(opening),
            "bank_balance": Decimal(opening),
            "bcy_balance": Decimal(0),
            "routing_number": "",
            "uncategorized_transactions": 0,
        }
        sower.org["bankaccounts"].add(Record(account.id, fields, account.created, account.modified))
    accounts = [a for a in sower.org["bankaccounts"] if a.get("is_active")]
    _add(
        sower,
        "opening_balances",
        date=sower.first_day.isoformat(),
        price_precision=2,
        total=sum((a.get("balance") for a in accounts), Decimal(0)),
        accounts=[
            {
                "account_id": a.id,
                "account_name": a.get("account_name"),
                "debit_or_credit": "debit",
                "amount": a.get("balance"),
                "exchange_rate": 1,
                "currency_code": a.get("currency_code"),
            }
            for a in accounts
        ],
    )


def _organization(sower: Sower) -> None:
    profile = sower.org.profile
    india = profile.edition == "india"
    symbol = sower.org.currencies[profile.currency_code].get("currency_symbol")
    sower.org["organizations"].add(
        Record(
            profile.organization_id,
            {
                "name": profile.name,
                "contact_name": "Anita Rao",
                "email": "anita.rao@meridian-spices.example",
                "is_default_org": india,
                "plan_type": 12 if india else 8,
                "plan_name": profile.plan,
                "plan_period": "Yearly",
                "tax_group_enabled": india,
                "language_code": "en",
                "fiscal_year_start_month": "april" if india else "january",
                "account_created_date": sower.first_day.isoformat(),
                "time_zone": profile.zone,
                "account_created_date_formatted": sower.first_day.strftime("%d/%m/%Y"),
                "is_org_active": True,
                "currency_code": profile.currency_code,
                "currency_id": sower.org.currencies[profile.currency_code].id,
                "currency_symbol": symbol,
                "currency_format": "1,234,567.89",
                "price_precision": 2,
                "country": profile.country,
                "country_code": profile.country_code,
                "state": profile.state,
                "version": profile.edition,
                "mode": "live",
                "is_registered_for_gst": india,
                "user_role": "admin",
                "user_status": "active",
                "date_format": "dd/MM/yyyy",
                "field_separator": "/",
                "industry_type": "Agriculture" if india else "Design",
                "industry_size": "10-50",
                "tax_id_label": "GSTIN" if india else "VAT No.",
                "tax_id_value": profile.tax_number,
                "phone": "",
                "website": "https://meridian-spices.example" if india else "https://harbourlane.example",
                "address": {
                    "street_address1": "14 Dockyard Road" if india else "3 Harbour Lane",
                    "street_address2": "",
                    "city": profile.city,
                    "state": profile.state,
                    "country": profile.country,
                    "zip": "400010" if india else "BN1 4AA",
                },
            },
            sower.moment(sower.first_day),
            sower.moment(sower.first_day),
        )
    )
