"""The purchase side: orders, bills, payments to vendors, vendor credits, expenses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zbdesk.demo import faces, ledger
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, rounded

if TYPE_CHECKING:
    from zbdesk.demo.seed import Sower

_EXPENSES = (
    ("Travel Expense", "Taxi to the port", 900),
    ("Office Supplies", "Stationery", 2400),
    ("Meals and Entertainment", "Lunch with a buyer", 3200),
    ("Telephone Expense", "Mobile plans", 4800),
    ("IT and Internet Expenses", "Broadband", 2950),
    ("Electricity", "Warehouse meter", 18600),
    ("Freight and Forwarding", "Courier, samples", 1450),
    ("Bank Fees and Charges", "Remittance fee", 590),
    ("Insurance", "Marine cover", 22400),
)


class Buyer:
    """Who sells to the company, and on which account it is booked."""

    def __init__(self, sower: Sower) -> None:
        self.sower = sower
        self.org = sower.org
        self.rng = sower.rng
        self.vendors = [c for c in self.org["contacts"] if c.fields["contact_type"] == "vendor"]
        self.items = [i for i in self.org["items"] if i.fields["product_type"] == "goods"] or list(self.org["items"])
        self.accounts = {a.get("account_name"): a for a in self.org["chartofaccounts"]}
        self.bank = next(iter(self.org["bankaccounts"]))

    def document(self, module: str, day: date, **more: Any) -> Fields:
        """A priced document of a vendor."""
        vendor = self.rng.choice(self.vendors)
        precision = self.org.precision(vendor.fields["currency_code"])
        rate = self.org.rate(vendor.fields["currency_code"])
        cost = self.accounts["Cost of Goods Sold"]
        lines = [
            {
                "line_item_id": self.org.next_id(),
                "item_id": item.id,
                "account_id": cost.id,
                "account_name": "Cost of Goods Sold",
                "quantity": self.rng.randint(1, 60),
                "rate": rounded(item.fields["purchase_rate"] / rate, precision),
                "tax_id": item.fields["tax_id"] if vendor.fields["gst_treatment"] != "overseas" else "",
            }
            for item in self.rng.sample(self.items, k=min(len(self.items), self.rng.randint(1, 3)))
        ]
        numbered = {ledger.number_field(module): self.org.next_number(module)} if module in faces.SERIES else {}
        fields: Fields = {
            **numbered,
            "vendor_id": vendor.id,
            "vendor_name": vendor.fields["contact_name"],
            "currency_code": vendor.fields["currency_code"],
            "exchange_rate": rate,
            "date": day.isoformat(),
            "reference_number": "",
            "line_items": lines,
            "notes": "",
            "terms": "",
            "payment_terms": 30,
            "payment_terms_label": "Net 30",
            **more,
        }
        ledger.count(self.org, fields)
        return fields


def sow(sower: Sower) -> None:
    """The whole purchase side."""
    buyer = Buyer(sower)
    _orders(buyer)
    bills = _bills(buyer)
    _payments(buyer, bills)
    _credits(buyer)
    _recurring(buyer)
    _expenses(buyer)


def _orders(buyer: Buyer) -> None:
    sower = buyer.sower
    out: list[Record] = []
    for day in sower.days(sower.sizes["purchaseorders"]):
        delivered = day + timedelta(days=buyer.rng.randint(5, 30))
        fields = buyer.document("purchaseorders", day, delivery_date=delivered.isoformat())
        fields["status"] = "billed" if delivered < sower.today else buyer.rng.choice(("open", "open", "draft"))
        fields["order_status"], fields["billed_status"] = (
            fields["status"],
            "billed" if fields["status"] == "billed" else "not_billed",
        )
        out.append(sower.record(fields, sower.moment(day), sower.moment(min(delivered, sower.today))))
    sower.keep("purchaseorders", out)


def _bills(buyer: Buyer) -> list[Record]:
    sower = buyer.sower
    out: list[Record] = []
    for day in sower.days(sower.sizes["bills"]):
        due = day + timedelta(days=30)
        number = f"{buyer.rng.choice(('INV', 'B', 'TAX', 'SI'))}/{buyer.rng.randint(100, 9999)}/{day:%y}-{len(out) + 1}"
        fields = buyer.document("bills", day, due_date=due.isoformat(), bill_number=number, status="open")
        if (sower.today - day).days < 5 and buyer.rng.random() < 0.3:
            fields["status"] = "draft"
        ledger.settle(buyer.org, "bills", fields)
        out.append(sower.record(fields, sower.moment(day)))
    sower.keep("bills", out)
    return out


def _payments(buyer: Buyer, bills: list[Record]) -> None:
    sower, rng, org = buyer.sower, buyer.rng, buyer.org
    out: list[Record] = []
    for bill in bills:
        fields = bill.fields
        paid_on = date.fromisoformat(fields["due_date"]) + timedelta(days=int(rng.gauss(0, 6)))
        if fields["status"] in ledger.STICKY or paid_on > sower.today or rng.random() < 0.08:
            continue
        paid = fields["total"]
        at = max(sower.moment(paid_on), bill.created)
        out.append(
            sower.record(
                {
                    "payment_number": org.next_number("vendorpayments"),
                    "vendor_id": fields["vendor_id"],
                    "vendor_name": fields["vendor_name"],
                    "payment_mode": "banktransfer",
                    "date": paid_on.isoformat(),
                    "amount": paid,
                    "balance": ZERO,
                    "currency_code": fields["currency_code"],
                    "exchange_rate": fields["exchange_rate"],
                    "reference_number": f"NEFT{rng.randint(10**6, 10**7)}",
                    "description": "",
                    "paid_through_account_id": buyer.bank.id,
                    "paid_through_account_name": buyer.bank.fields["account_name"],
                    "bills": [{"bill_id": bill.id, "bill_payment_id": org.next_id(), "amount_applied": paid}],
                },
                at,
            )
        )
        buyer.bank.fields["balance"] -= rounded(paid * fields["exchange_rate"], 2)
        fields["payment_made"] = paid
        ledger.settle(org, "bills", fields)
        bill.modified = max(bill.modified, at)
    sower.keep("vendorpayments", out)


def _credits(buyer: Buyer) -> None:
    sower = buyer.sower
    out: list[Record] = []
    for day in sower.days(max(2, sower.sizes["bills"] // 12)):
        fields = buyer.document("vendorcredits", day, status="open")
        fields["line_items"] = fields["line_items"][:1]
        ledger.count(buyer.org, fields)
        ledger.settle(buyer.org, "vendorcredits", fields)
        out.append(sower.record(fields, sower.moment(day)))
    sower.keep("vendorcredits", out)


def _recurring(buyer: Buyer) -> None:
    sower = buyer.sower
    bills: list[Record] = []
    expenses: list[Record] = []
    for number, day in enumerate(sower.days(max(2, min(20, sower.sizes["bills"] // 20)))):
        common = {
            "recurrence_frequency": "months",
            "repeat_every": 1,
            "start_date": day.isoformat(),
            "end_date": "",
            "status": "active",
        }
        fields = buyer.document("recurringbills", day)
        fields.update(
            common,
            recurrence_name=f"Standing order {number + 1} – {fields['vendor_name']}",
            next_bill_date=(sower.today + timedelta(days=9)).isoformat(),
        )
        bills.append(sower.record(fields, sower.moment(day)))
        account, text, cost = _EXPENSES[(number + 3) % len(_EXPENSES)]
        expenses.append(
            sower.record(
                {
                    **common,
                    **_expense_fields(buyer, account, text, Decimal(cost)),
                    "recurrence_name": f"{text}, monthly {number + 1}",
                    "last_created_date": day.isoformat(),
                    "next_expense_date": (sower.today + timedelta(days=12)).isoformat(),
                },
                sower.moment(day),
            )
        )
    sower.keep("recurringbills", bills)
    sower.keep("recurringexpenses", expenses)


def _expense_fields(buyer: Buyer, account: str, text: str, cost: Decimal) -> Fields:
    """An expense of the base currency, its tax included in what was paid."""
    india = buyer.org.profile.edition == "india"
    cost = cost if india else rounded(cost / 100, 2)
    taxes = {tax.get("tax_name"): tax for tax in buyer.org["taxes"]}
    tax = taxes["GST18"] if india else taxes["Standard Rate"]
    percentage = tax.get("tax_percentage")
    net = rounded(cost * 100 / (100 + percentage), 2)
    found = buyer.accounts[account]
    return {
        "account_id": found.id,
        "account_name": account,
        "description": text,
        "currency_code": buyer.org.profile.currency_code,
        "exchange_rate": Decimal(1),
        "total": cost,
        "bcy_total": cost,
        "amount": net,
        "sub_total": net,
        "total_without_tax": net,
        "bcy_total_without_tax": net,
        "tax_id": tax.id,
        "tax_name": tax.get("tax_name"),
        "tax_percentage": percentage,
        "tax_amount": cost - net,
        "is_inclusive_tax": True,
        "paid_through_account_id": buyer.bank.id,
        "paid_through_account_name": buyer.bank.fields["account_name"],
        "line_items": [
            {
                "line_item_id": buyer.org.next_id(),
                "account_id": found.id,
                "account_name": account,
                "description": text,
                "amount": net,
                "tax_id": tax.id,
                "tax_name": tax.get("tax_name"),
                "tax_percentage": percentage,
                "tax_amount": cost - net,
                "item_total": net,
                "item_order": 1,
            }
        ],
    }


def _expenses(buyer: Buyer) -> None:
    sower, rng = buyer.sower, buyer.rng
    out: list[Record] = []
    for day in sower.days(sower.sizes["expenses"]):
        account, text, cost = rng.choice(_EXPENSES)
        fields = _expense_fields(buyer, account, text, rounded(Decimal(cost * rng.randint(70, 140)) / 100, 2))
        vendor = rng.choice(buyer.vendors) if rng.random() < 0.3 else None
        fields.update(
            date=day.isoformat(),
            status="nonbillable",
            reference_number=f"EXP-{len(out) + 1:04d}",
            is_billable=False,
            vendor_id=vendor.id if vendor else "",
            vendor_name=vendor.fields["contact_name"] if vendor else "",
            transaction_type="expense",
        )
        buyer.bank.fields["balance"] -= fields["total"]
        record = sower.record(fields, sower.moment(day))
        fields["transaction_id"] = record.id
        out.append(record)
    sower.keep("expenses", out)
