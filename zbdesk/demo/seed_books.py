"""What the accountant and the project desk add: journals, bank transactions, assets, projects, tasks, time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import rounded

if TYPE_CHECKING:
    from zbdesk.demo.seed import Sower

_JOURNALS = (
    ("Depreciation for the month", "Depreciation Expense", "Machinery", 18500),
    ("Salaries accrued", "Salaries and Wages", "Employee Reimbursements", 342000),
    ("Prepaid insurance, one month", "Insurance", "Prepaid Expenses", 7400),
    ("Rent accrued", "Rent Expense", "Unearned Revenue", 65000),
)
_PROJECTS = (
    "Private label for hotels",
    "Organic certification",
    "Gulf market launch",
    "Warehouse move",
    "Festival gift tins",
    "Website and web shop",
)
_TASKS = ("Planning", "Research", "Design", "Delivery", "Follow-up")
_ASSETS = (
    ("Spice grinding mill", "Machinery", 1450000, 120),
    ("Colour sorter", "Machinery", 2280000, 120),
    ("Delivery van", "Vehicles", 890000, 96),
    ("Cold store compressor", "Machinery", 640000, 84),
    ("Office laptops", "Computers", 312000, 36),
)


def sow(sower: Sower) -> None:
    """Books and projects."""
    _journals(sower)
    _bank(sower)
    _assets(sower)
    _projects(sower)
    _adjustments(sower)


def _journals(sower: Sower) -> None:
    org, rng = sower.org, sower.rng
    out: list[Record] = []
    accounts = {account.get("account_name"): account for account in org["chartofaccounts"]}
    base = org.profile.currency_code
    for day in sower.days(sower.sizes["journals"]):
        notes, debit, credit, size = rng.choice(_JOURNALS)
        total = rounded(Decimal(size * rng.randint(90, 110)) / (100 if base == "INR" else 8000), 2)
        lines = [
            {
                "line_id": org.next_id(),
                "account_id": accounts[name].id,
                "account_name": name,
                "debit_or_credit": side,
                "amount": total,
                "description": notes,
                "tax_id": "",
                "tags": [],
            }
            for name, side in ((debit, "debit"), (credit, "credit"))
        ]
        out.append(
            sower.record(
                {
                    "journal_date": day.isoformat(),
                    "entry_number": org.next_number("journals"),
                    "reference_number": f"JV/{day:%m}/{len(out) + 1}",
                    "notes": notes,
                    "journal_type": "both",
                    "entity_type": "journal",
                    "status": "published",
                    "total": total,
                    "bcy_total": total,
                    "line_item_total": total,
                    "line_items": lines,
                    "currency_code": base,
                    "currency_id": org.currencies[base].id,
                    "exchange_rate": Decimal(1),
                    "created_by_name": "Meenakshi Iyer",
                    "price_precision": 2,
                    "currency_symbol": org.currencies[base].get("currency_symbol"),
                },
                sower.moment(day),
            )
        )
    sower.keep("journals", out)


def _bank(sower: Sower) -> None:
    """Transfers, interest and fees, with a few imported lines that nobody has sorted yet."""
    org, rng = sower.org, sower.rng
    out: list[Record] = []
    banks = [account for account in org["bankaccounts"] if account.get("is_active")]
    main, cash = banks[0], banks[-1]
    accounts = {account.get("account_name"): account for account in org["chartofaccounts"]}
    base = org.profile.currency_code
    small = Decimal(1) if base == "INR" else Decimal("0.01")
    kinds = (
        ("transfer_fund", "Cash for the office", 5000, cash.id, cash.get("account_name"), -1),
        ("expense", "Account fee", 590, accounts["Bank Fees and Charges"].id, "Bank Fees and Charges", -1),
        ("interest_income", "Interest", 2140, accounts["Interest Income"].id, "Interest Income", 1),
        ("deposit", "Cheque deposit", 12500, "", "", 1),
    )
    recent = sower.today - timedelta(days=20)
    for day in sower.days(sower.sizes["banktransactions"]):
        kind, text, size, offset_id, offset, sign = rng.choice(kinds)
        value = rounded(Decimal(size * rng.randint(60, 150)) / 100 * small, 2)
        sorted_out = day < recent and bool(offset_id)
        if sorted_out:
            main.fields["balance"] += value * sign
            if kind == "transfer_fund":
                cash.fields["balance"] += value
        else:
            main.fields["uncategorized_transactions"] += 1
        outwards = sign < 0
        out.append(
            sower.record(
                {
                    "date": day.isoformat(),
                    "amount": value,
                    "transaction_type": kind if sorted_out else "",
                    "status": "manually_added" if sorted_out else "uncategorized",
                    "source": "manual" if sorted_out else "imported",
                    "account_id": main.id,
                    "account_name": main.get("account_name"),
                    "account_type": "bank",
                    "price_precision": 2,
                    "payee": "",
                    "description": text,
                    "currency_code": base,
                    "debit_or_credit": "credit" if outwards else "debit",
                    "offset_account_id": offset_id if sorted_out else "",
                    "offset_account_name": offset if sorted_out else "",
                    "reference_number": f"TXN{rng.randint(10**6, 10**7)}",
                    "exchange_rate": Decimal(1),
                    "total": value,
                    "from_account_id": main.id if outwards else offset_id,
                    "from_account_name": main.get("account_name") if outwards else offset,
                    "to_account_id": offset_id if outwards else main.id,
                    "to_account_name": offset if outwards else main.get("account_name"),
                },
                sower.moment(day),
            )
        )
    sower.keep("banktransactions", out)
    for account in banks:
        account.fields["bank_balance"] = account.fields["balance"]
        account.fields["bcy_balance"] = rounded(account.fields["balance"] * org.rate(account.get("currency_code")), 2)


def _assets(sower: Sower) -> None:
    org, out = sower.org, []
    accounts = {account.get("account_name"): account for account in org["chartofaccounts"]}
    for name, kind, cost, months in _ASSETS if org.profile.edition == "india" else _ASSETS[4:]:
        bought = sower.first_day - timedelta(days=sower.rng.randint(30, 600))
        price = Decimal(cost if org.profile.edition == "india" else cost // 60)
        age = (sower.today - bought).days // 30
        worn = rounded(price * min(age, months) / months, 2)
        out.append(
            sower.record(
                {
                    "asset_number": org.next_number("fixedassets"),
                    "asset_name": name,
                    "status": "active",
                    "asset_cost": price,
                    "current_asset_value": price - worn,
                    "accumulated_dep_value": worn,
                    "fixed_asset_type_id": org.next_id(),
                    "fixed_asset_type_name": kind,
                    "asset_purchase_date": bought.isoformat(),
                    "depreciation_start_date": bought.isoformat(),
                    "total_life": months,
                    "depreciation_method": "straight_line",
                    "depreciation_frequency": "monthly",
                    "dep_start_value": price,
                    "salvage_value": Decimal(0),
                    "asset_account_id": accounts["Machinery"].id,
                    "asset_account_name": "Machinery",
                    "expense_account_id": accounts["Depreciation Expense"].id,
                    "expense_account_name": "Depreciation Expense",
                    "computation_type": "prorata_basis",
                },
                sower.moment(sower.first_day),
            )
        )
    sower.keep("fixedassets", out)


def _projects(sower: Sower) -> None:
    org, rng = sower.org, sower.rng
    customers = [c for c in org["contacts"] if c.fields["contact_type"] == "customer"]
    user = next(iter(org["users"]))
    projects, tasks = [], []
    for name in _PROJECTS[: 6 if org.profile.edition == "india" else 3]:
        customer = rng.choice(customers)
        project = sower.record(
            {
                "project_name": name,
                "customer_id": customer.id,
                "customer_name": customer.get("contact_name"),
                "customer_email": customer.get("email"),
                "description": "",
                "status": "active",
                "billing_type": "based_on_project_hours",
                "rate": Decimal(1800 if org.profile.edition == "india" else 65),
                "budget_type": "",
                "total_hours": "00:00",
                "billable_hours": "00:00",
                "currency_code": customer.get("currency_code"),
                "users_working": 1,
                "show_in_dashboard": True,
            },
            sower.moment(sower.first_day),
        )
        projects.append(project)
        tasks += [
            sower.record(
                {
                    "project_id": project.id,
                    "project_name": name,
                    "customer_id": customer.id,
                    "customer_name": customer.get("contact_name"),
                    "task_name": task,
                    "description": "",
                    "rate": Decimal(0),
                    "status": "Not Started",
                    "is_billable": True,
                    "log_time": "00:00",
                },
                project.created,
            )
            for task in _TASKS[: rng.randint(2, 5)]
        ]
    sower.keep("projects", projects)
    sower.keep("tasks", tasks)
    entries = []
    minutes: dict[str, int] = {}
    for day in sower.days(sower.sizes["time_entries"]):
        task = rng.choice(tasks)
        spent = 15 * rng.randint(2, 28)
        minutes[task.fields["project_id"]] = minutes.get(task.fields["project_id"], 0) + spent
        minutes[task.id] = minutes.get(task.id, 0) + spent
        fields: Fields = {
            name: task.fields[name]
            for name in ("project_id", "project_name", "customer_id", "customer_name", "task_name")
        }
        fields.update(
            task_id=task.id,
            user_id=user.id,
            user_name=user.get("name"),
            is_current_user=True,
            log_date=day.isoformat(),
            begin_time="",
            end_time="",
            log_time=_clock(spent),
            is_billable=True,
            billed_status="Unbilled",
            notes="",
            timer_duration_in_minutes="",
        )
        entries.append(sower.record(fields, sower.moment(day)))
    for project in projects:
        project.fields["total_hours"] = project.fields["billable_hours"] = _clock(minutes.get(project.id, 0))
    for task in tasks:
        task.fields["log_time"] = _clock(minutes.get(task.id, 0))
    sower.keep("time_entries", entries)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _adjustments(sower: Sower) -> None:
    foreign = [currency for currency in sower.org["currencies"] if not currency.get("is_base_currency")]
    out = []
    for months, currency in enumerate(foreign[:3], 1):
        day = (sower.today.replace(day=1) - timedelta(days=1 + 30 * months)).replace(day=1)
        out.append(
            sower.record(
                {
                    "adjustment_date": day.isoformat(),
                    "exchange_rate": currency.get("exchange_rate"),
                    "currency_id": currency.id,
                    "currency_code": currency.get("currency_code"),
                    "notes": "Quarter-end revaluation",
                    "gain_or_loss": Decimal(sower.rng.randint(-40000, 60000)) / 100,
                    "accounts": [],
                },
                sower.moment(day),
            )
        )
    sower.keep("base_currency_adjustments", out)
