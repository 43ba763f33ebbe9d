"""Fourteen months of sales: quotes, orders, invoices, payments, credit notes and what else a sales desk writes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zbdesk.demo import faces, ledger
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, rounded

if TYPE_CHECKING:
    from zbdesk.demo.seed import Sower

_MODES = ("banktransfer", "banktransfer", "banktransfer", "check", "cash", "creditcard")


class Desk:
    """The sales desk: who buys, what is sold, at which tax."""

    def __init__(self, sower: Sower) -> None:
        self.sower = sower
        self.org = sower.org
        self.rng = sower.rng
        self.customers = [
            c for c in self.org["contacts"] if c.fields["contact_type"] == "customer" and c.fields["status"] == "active"
        ]
        self.items = [i for i in self.org["items"] if i.fields["status"] == "active"]
        self.by_name = {tax.get("tax_name"): tax.id for tax in self.org["taxes"]}
        self.group_of = {self.by_name.get(f"GST{r}"): self.by_name.get(f"IGST{r}") for r in ("5", "12", "18")}
        self.home_state = "MH"
        self.banks = [a for a in self.org["bankaccounts"] if a.get("is_active")]

    def lines(self, customer: Record, quantity_up_to: int = 40) -> list[Fields]:
        """One to four lines at the customer's currency, taxed by where the customer is."""
        rng = self.rng
        rate = self.org.rate(customer.fields["currency_code"])
        precision = self.org.precision(customer.fields["currency_code"])
        india = self.org.profile.edition == "india"
        out = []
        for item in rng.sample(self.items, k=min(len(self.items), 1 + int(rng.random() * rng.random() * 4))):
            fields = item.fields
            price = fields["rate"] if rate == 1 else rounded(fields["rate"] / rate, precision)
            tax = fields["tax_id"]
            if customer.fields["gst_treatment"] == "overseas":
                tax = self.by_name["IGST0"] if india else self.by_name["Zero Rate"]
            elif india and customer.fields["place_of_contact"] != self.home_state:
                tax = self.group_of.get(tax, tax)
            out.append(
                {
                    "line_item_id": self.org.next_id(),
                    "item_id": item.id,
                    "quantity": 1 + int(rng.random() * quantity_up_to),
                    "rate": price,
                    "tax_id": tax,
                }
            )
        return out

    def document(self, module: str, day: date, customer: Record | None = None, **more: Any) -> Fields:
        """A priced document of a customer, with the next number of its series where it has one."""
        customer = customer or self.rng.choice(self.customers)
        numbered = {ledger.number_field(module): self.org.next_number(module)} if module in faces.SERIES else {}
        fields: Fields = {
            **numbered,
            "customer_id": customer.id,
            "customer_name": customer.fields["contact_name"],
            "currency_code": customer.fields["currency_code"],
            "exchange_rate": self.org.rate(customer.fields["currency_code"]),
            "date": day.isoformat(),
            "reference_number": "",
            "line_items": self.lines(customer),
            "notes": "",
            "terms": "",
            "payment_terms": customer.fields["payment_terms"],
            "payment_terms_label": customer.fields["payment_terms_label"],
        }
        fields.update(more)
        ledger.count(self.org, fields)
        return fields


def sow(sower: Sower) -> None:
    """The whole sales side."""
    desk = Desk(sower)
    _estimates(desk)
    _orders(desk)
    invoices = _invoices(desk)
    _payments(desk, invoices)
    _credit_notes(desk, invoices)
    _others(desk)


def _estimates(desk: Desk) -> None:
    sower, rng, out = desk.sower, desk.rng, []
    for day in sower.days(sower.sizes["estimates"]):
        fields = desk.document("estimates", day, expiry_date=(day + timedelta(days=30)).isoformat())
        draw = rng.random()
        fields["status"] = (
            "accepted"
            if draw < 0.45
            else "declined"
            if draw < 0.55
            else "invoiced"
            if draw < 0.7
            else "draft"
            if draw > 0.93
            else "sent"
        )
        created = sower.moment(day)
        if fields["status"] in ("accepted", "invoiced", "declined"):
            decided = min(day + timedelta(days=rng.randint(1, 12)), sower.today)
            fields["declined_date" if fields["status"] == "declined" else "accepted_date"] = decided.isoformat()
            out.append(sower.record(fields, created, sower.moment(decided)))
        else:
            ledger.settle(desk.org, "estimates", fields)
            out.append(sower.record(fields, created))
    sower.keep("estimates", out)


def _orders(desk: Desk) -> None:
    sower, rng, out = desk.sower, desk.rng, []
    for day in sower.days(sower.sizes["salesorders"]):
        shipped = day + timedelta(days=rng.randint(3, 25))
        fields = desk.document(
            "salesorders", day, shipment_date=shipped.isoformat(), reference_number=f"PO {rng.randint(10000, 99999)}"
        )
        done = shipped < sower.today and rng.random() < 0.85
        fields["status"] = "void" if rng.random() < 0.03 else "closed" if done else "open"
        fields["order_status"] = fields["status"]
        fields["invoiced_status"] = "invoiced" if done else "not_invoiced"
        ledger.settle(desk.org, "salesorders", fields)
        fields["bcy_total"] = rounded(fields["total"] * fields["exchange_rate"], 2)
        out.append(sower.record(fields, sower.moment(day), sower.moment(min(shipped, sower.today))))
    sower.keep("salesorders", out)


def _invoices(desk: Desk) -> list[Record]:
    """Drafts are new; the rest is sent, and a few are void. Payments come after."""
    sower, rng, out = desk.sower, desk.rng, []
    today = sower.today
    for day in sower.days(sower.sizes["invoices"]):
        customer = rng.choice(desk.customers)
        due = day + timedelta(days=customer.fields["payment_terms"])
        fields = desk.document("invoices", day, customer, due_date=due.isoformat())
        if rng.random() < 0.4:
            fields["reference_number"] = f"PO {rng.randint(10000, 99999)}"
        recent = (today - day).days <= 10
        fields["status"] = "draft" if recent and rng.random() < 0.35 else "void" if rng.random() < 0.02 else "sent"
        fields["is_emailed"] = fields["status"] == "sent"
        ledger.settle(desk.org, "invoices", fields)
        out.append(sower.record(fields, sower.moment(day)))
    sower.keep("invoices", out)
    return out


def _payments(desk: Desk, invoices: list[Record]) -> None:
    """Most customers pay around the due date, some in part, some late, some not yet."""
    if sower_skips(desk.sower, "customerpayments"):
        return
    sower, rng, org = desk.sower, desk.rng, desk.org
    planned: list[tuple[date, Record, Decimal]] = []
    for invoice in invoices:
        fields = invoice.fields
        if fields["status"] in ledger.STICKY or rng.random() < 0.1:
            continue
        paid_on = date.fromisoformat(fields["due_date"]) + timedelta(days=int(rng.gauss(4, 14)))
        paid_on = max(paid_on, date.fromisoformat(fields["date"]))
        if paid_on > sower.today:
            continue
        precision = org.precision(fields["currency_code"])
        part = rng.random() < 0.12
        planned.append(
            (paid_on, invoice, rounded(fields["total"] * Decimal("0.4"), precision) if part else fields["total"])
        )
    planned.sort(key=lambda one: (one[0], one[1].id))
    out = [
        _payment(desk, invoice, paid, paid_on, max(sower.moment(paid_on, 10, 19), invoice.created))
        for paid_on, invoice, paid in planned
    ]
    out.extend(_advance(desk, day) for day in sower.days(max(len(out) // 40, 1)))
    sower.keep("customerpayments", out)


def sower_skips(sower: Sower, module: str) -> bool:
    """Whether the sizes ask for none of a module."""
    return sower.sizes.get(module) == 0


def _payment(desk: Desk, invoice: Record, paid: Decimal, day: date, at: int) -> Record:
    org, rng, fields = desk.org, desk.rng, invoice.fields
    bank = desk.banks[0]
    record = desk.sower.record(
        {
            "payment_number": org.next_number("customerpayments"),
            "payment_mode": rng.choice(_MODES),
            "date": day.isoformat(),
            "amount": paid,
            "unused_amount": ZERO,
            "customer_id": fields["customer_id"],
            "customer_name": fields["customer_name"],
            "currency_code": fields["currency_code"],
            "exchange_rate": fields["exchange_rate"],
            "reference_number": f"UTR{rng.randint(10**8, 10**9 - 1)}",
            "description": "",
            "account_id": bank.id,
            "account_name": bank.fields["account_name"],
            "invoices": [{"invoice_id": invoice.id, "invoice_payment_id": org.next_id(), "amount_applied": paid}],
        },
        at,
    )
    bank.fields["balance"] += rounded(paid * fields["exchange_rate"], 2)
    fields["payment_made"] = fields.get("payment_made", ZERO) + paid
    fields["last_payment_date"] = day.isoformat()
    ledger.settle(org, "invoices", fields)
    invoice.modified = max(invoice.modified, at)
    return record


def _advance(desk: Desk, day: date) -> Record:
    """Money on account, not yet applied to an invoice."""
    customer = desk.rng.choice(desk.customers)
    bank = desk.banks[0]
    rate = desk.org.rate(customer.fields["currency_code"])
    paid = rounded(Decimal(desk.rng.randint(4, 60) * 500) / rate, desk.org.precision(customer.fields["currency_code"]))
    bank.fields["balance"] += rounded(paid * rate, 2)
    return desk.sower.record(
        {
            "payment_number": desk.org.next_number("customerpayments"),
            "payment_mode": "banktransfer",
            "payment_type": "Customer Advance",
            "date": day.isoformat(),
            "amount": paid,
            "unused_amount": paid,
            "customer_id": customer.id,
            "customer_name": customer.fields["contact_name"],
            "currency_code": customer.fields["currency_code"],
            "exchange_rate": rate,
            "reference_number": "",
            "description": "Advance against future orders",
            "account_id": bank.id,
            "account_name": bank.fields["account_name"],
            "invoices": [],
        },
        desk.sower.moment(day),
    )


def _credit_notes(desk: Desk, invoices: list[Record]) -> None:
    """Returned goods: some applied to an open invoice, some open, one or two refunded."""
    sower, rng, org = desk.sower, desk.rng, desk.org
    open_ones = [i for i in invoices if i.fields["status"] in ("sent", "overdue", "partially_paid")]
    notes, refunds = [], []
    for number, day in enumerate(sower.days(sower.sizes["creditnotes"])):
        target = rng.choice(open_ones) if open_ones and number % 3 else None
        customer = org["contacts"].get(target.fields["customer_id"]) if target is not None else None
        fields = desk.document("creditnotes", day, customer, status="open", reason="Goods returned")
        fields["line_items"] = [{**fields["line_items"][0], "quantity": 1}]
        ledger.count(org, fields)
        created = sower.moment(day)
        record = sower.record(fields, created)
        if target is not None and date.fromisoformat(target.fields["date"]) <= day:
            _apply(desk, record, target, created)
        elif number % 5 == 0:
            refunds.append(_refund(desk, record, day))
        ledger.settle(org, "creditnotes", fields)
        notes.append(record)
    sower.keep("creditnotes", notes)
    sower.keep("creditnote_refunds", refunds)


def _apply(desk: Desk, note: Record, invoice: Record, at: int) -> None:
    credited = min(note.fields["total"], invoice.fields["balance"])
    if credited <= 0:
        return
    note.fields["total_credits_used"] = credited
    note.fields["invoices_credited"] = [
        {
            "creditnote_id": note.id,
            "invoice_id": invoice.id,
            "creditnote_invoice_id": desk.org.next_id(),
            "invoice_number": invoice.fields["invoice_number"],
            "creditnote_number": note.fields["creditnote_number"],
            "date": note.fields["date"],
            "credited_amount": credited,
            "amount_applied": credited,
        }
    ]
    invoice.fields["credits_applied"] = invoice.fields.get("credits_applied", ZERO) + credited
    ledger.settle(desk.org, "invoices", invoice.fields)
    invoice.modified = max(invoice.modified, at)


def _refund(desk: Desk, note: Record, day: date) -> Record:
    fields, bank = note.fields, desk.banks[0]
    base = rounded(fields["total"] * fields["exchange_rate"], 2)
    bank.fields["balance"] -= base
    fields["total_refunded_amount"] = fields["total"]
    return desk.sower.record(
        {
            "creditnote_id": note.id,
            "creditnote_number": fields["creditnote_number"],
            "customer_id": fields["customer_id"],
            "customer_name": fields["customer_name"],
            "date": day.isoformat(),
            "refund_mode": "banktransfer",
            "payment_form": "",
            "reference_number": "",
            "description": "",
            "amount": fields["total"],
            "amount_fcy": fields["total"],
            "amount_bcy": base,
            "currency_code": fields["currency_code"],
            "from_account_id": bank.id,
        },
        note.created,
    )


def _others(desk: Desk) -> None:
    """A few of what is rarer: recurring and retainer invoices, sales receipts, debit notes."""
    sower, org, rng = desk.sower, desk.org, desk.rng
    few = max(2, min(40, sower.sizes["invoices"] // 28))
    recurring, retainers, receipts, debits = [], [], [], []
    for number, day in enumerate(sower.days(few)):
        common = {
            "recurrence_frequency": "months",
            "repeat_every": 1,
            "start_date": day.isoformat(),
            "end_date": "",
            "status": "active",
        }
        fields = desk.document("recurringinvoices", day)
        fields.update(
            common,
            recurrence_name=f"Monthly order {number + 1} – {fields['customer_name']}",
            last_sent_date=day.isoformat(),
            next_invoice_date=(sower.today + timedelta(days=rng.randint(1, 28))).isoformat(),
        )
        recurring.append(sower.record(fields, sower.moment(day)))
        retainer = desk.document(
            "retainerinvoices", day, status="sent", project_or_estimate_name="", due_date=day.isoformat()
        )
        retainer["balance"] = retainer["total"]
        ledger.settle(org, "retainerinvoices", retainer)
        retainers.append(sower.record(retainer, sower.moment(day)))
        receipt = desk.document("salesreceipts", day, status="paid", payment_mode="cash")
        receipts.append(sower.record(receipt, sower.moment(day)))
    for day in sower.days(max(1, few // 3)):
        reference = rng.choice(list(org["invoices"]))
        customer = org["contacts"].get(reference.fields["customer_id"])
        fields = desk.document("debit_notes", day, customer, status="sent", type="debit_note", due_date=day.isoformat())
        fields["reference_invoice"] = {
            "reference_invoice_id": reference.id,
            "reference_invoice_number": reference.fields["invoice_number"],
            "reference_invoice_status": reference.fields["status"],
            "reference_invoice_amount": reference.fields["total"],
        }
        ledger.settle(org, "debit_notes", fields)
        debits.append(sower.record(fields, sower.moment(day)))
    for module, records in (
        ("recurringinvoices", recurring),
        ("retainerinvoices", retainers),
        ("salesreceipts", receipts),
        ("debit_notes", debits),
    ):
        sower.keep(module, records)
