"""What follows from what: totals, balances, statuses, outstanding amounts. Called after every change of a record.

Statuses that are computed (sent, overdue, partially paid, paid; open, closed) always agree with balance and date;
draft and void are set by people and stay.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zbdesk.demo import faces
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, amount, rounded, totals
from zbdesk.demo.templates import ROWS

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization

RECEIVABLE = ("invoices", "debit_notes")
DOCUMENTS = frozenset(
    {
        "estimates",
        "salesorders",
        "invoices",
        "debit_notes",
        "creditnotes",
        "retainerinvoices",
        "salesreceipts",
        "purchaseorders",
        "bills",
        "vendorcredits",
        "recurringinvoices",
        "recurringbills",
    }
)
VENDOR_SIDE = frozenset({"purchaseorders", "bills", "vendorcredits", "vendorpayments", "recurringbills"})
STICKY = frozenset({"draft", "void", "pending_approval", "rejected"})
AMOUNTS = frozenset(
    {
        "total",
        "balance",
        "amount",
        "rate",
        "exchange_rate",
        "payment_made",
        "credits_applied",
        "write_off_amount",
        "shipping_charge",
        "adjustment",
        "sub_total",
        "tax_total",
        "amount_applied",
        "tax_amount_withheld",
        "bank_charges",
        "purchase_rate",
    }
)
_FIRST_STATUS = {
    "contacts": "active",
    "items": "active",
    "invoices": "sent",
    "debit_notes": "sent",
    "bills": "open",
    "creditnotes": "open",
    "vendorcredits": "open",
    "estimates": "sent",
    "salesorders": "open",
    "purchaseorders": "open",
    "journals": "published",
    "projects": "active",
    "users": "active",
    "expenses": "unbilled",
    "retainerinvoices": "sent",
    "salesreceipts": "paid",
}


def exact(fields: Fields) -> Fields:
    """Amounts given as int, float or text become ``Decimal``; the rest is left alone."""
    return {name: amount(value) if name in AMOUNTS and value != "" else value for name, value in fields.items()}


def filled(org: Organization, module: str, given: Fields) -> Fields:
    """What a record needs so that its row and detail look whole; given values win."""
    face = faces.FACES[module]
    out: Fields = {}
    if (status := _FIRST_STATUS.get(module)) is not None:
        out["status"] = status
    if module in faces.SERIES:
        out[_number_field(module)] = org.next_number(module)
    if face.sort in ("date", "journal_date", "created_time") and module not in ("contacts", "items", "projects"):
        out["journal_date" if module == "journals" else "date"] = org.today().isoformat()
    out.update(_party(org, module, given))
    out.update(exact(given))
    if module == "contacts":
        out.setdefault("contact_type", "customer")
        out.setdefault("currency_code", org.profile.currency_code)
    currency = out.get("currency_code") or org.profile.currency_code
    if "currency_code" in ROWS[module]:
        out["currency_code"] = currency
    if "exchange_rate" in ROWS[module] and module != "currencies":
        out.setdefault("exchange_rate", org.rate(currency))
    if module in DOCUMENTS:
        _fill_document(org, module, out)
    return out


def _number_field(module: str) -> str:
    return {
        "invoices": "invoice_number",
        "debit_notes": "invoice_number",
        "estimates": "estimate_number",
        "bills": "bill_number",
        "salesorders": "salesorder_number",
        "creditnotes": "creditnote_number",
        "retainerinvoices": "retainerinvoice_number",
        "salesreceipts": "receipt_number",
        "purchaseorders": "purchaseorder_number",
        "vendorcredits": "vendor_credit_number",
        "customerpayments": "payment_number",
        "vendorpayments": "payment_number",
        "journals": "entry_number",
        "fixedassets": "asset_number",
    }[module]


number_field = _number_field


def _party(org: Organization, module: str, given: Fields) -> Fields:
    """The contact a document belongs to: the one named, else the first that fits."""
    kind = "vendor" if module in VENDOR_SIDE else "customer"
    if module not in DOCUMENTS and module not in ("customerpayments", "vendorpayments"):
        return {}
    wanted = given.get(f"{kind}_id")
    contact = org["contacts"].get(str(wanted)) if wanted else None
    if contact is None and not wanted:
        contact = next((c for c in org["contacts"] if c.get("contact_type") == kind), None)
    if contact is None:
        return {}
    return {
        f"{kind}_id": contact.id,
        f"{kind}_name": contact.get("contact_name"),
        "currency_code": contact.get("currency_code"),
    }


def _fill_document(org: Organization, module: str, out: Fields) -> None:
    if "total" not in out:
        lines = out.setdefault("line_items", [])
        for line in lines:
            line.setdefault("line_item_id", org.next_id())
        count(org, out)
    if module in ("invoices", "debit_notes", "bills") and "due_date" not in out:
        out["due_date"] = (
            date.fromisoformat(out["date"]) + timedelta(days=int(out.get("payment_terms") or 0))
        ).isoformat()
    if "balance" not in out and "balance" in ROWS[module]:
        out["balance"] = out["total"]


def count(org: Organization, fields: Fields) -> None:
    """Add up a document from its lines."""
    precision = org.precision(fields.get("currency_code") or org.profile.currency_code)
    result = totals(fields, fields.get("line_items") or [], org.taxes, precision)
    fields["sub_total"] = result.sub_total
    fields["discount_total"] = result.discount_total
    fields["tax_total"] = result.tax_total
    fields["total"] = result.total


def recount(org: Organization, module: str, record: Record, given: Fields) -> None:
    """After an edit of ``given``: totals from lines where those changed, then balance and status."""
    fields = record.fields
    fields.update(exact({name: fields[name] for name in given if name in fields}))
    if module in DOCUMENTS:
        priced = {
            "line_items",
            "discount",
            "shipping_charge",
            "adjustment",
            "is_inclusive_tax",
            "is_discount_before_tax",
        }
        if priced & given.keys() and "total" not in given:
            for line in fields.get("line_items") or []:
                line.setdefault("line_item_id", org.next_id())
            count(org, fields)
        if not {"status", "balance"} & given.keys():
            settle(org, module, fields)


def settle(org: Organization, module: str, fields: Fields) -> bool:
    """Work out balance and status of a document; True when either moved."""
    before = (fields.get("status"), fields.get("balance"))
    status = fields.get("status", "")
    total = fields.get("total", ZERO)
    today = org.today().isoformat()
    if module in RECEIVABLE or module == "retainerinvoices":
        covered = sum(
            (
                fields.get(name) or ZERO
                for name in ("payment_made", "credits_applied", "write_off_amount", "tax_amount_withheld")
            ),
            ZERO,
        )
        _settle_due(fields, total, covered, today, "sent")
    elif module == "bills":
        covered = (fields.get("payment_made") or ZERO) + (fields.get("vendor_credits_applied") or ZERO)
        _settle_due(fields, total, covered, today, "open")
    elif module in ("creditnotes", "vendorcredits"):
        if status == "void":
            fields["balance"] = ZERO
        else:
            fields["balance"] = (
                total - (fields.get("total_credits_used") or ZERO) - (fields.get("total_refunded_amount") or ZERO)
            )
            if status not in STICKY:
                fields["status"] = "open" if fields["balance"] > 0 else "closed"
    elif module == "estimates" and status in ("sent", "expired") and fields.get("expiry_date"):
        fields["status"] = "expired" if fields["expiry_date"] < today else "sent"
    elif module == "salesorders" and status in ("open", "overdue") and fields.get("shipment_date"):
        fields["status"] = "overdue" if fields["shipment_date"] < today else "open"
    return before != (fields.get("status"), fields.get("balance"))


def _settle_due(fields: Fields, total: Decimal, covered: Decimal, today: str, fresh: str) -> None:
    if fields.get("status") == "void":
        fields["balance"] = ZERO
        return
    fields["balance"] = total - covered
    if fields.get("status") in STICKY:
        return
    if fields["balance"] <= 0:
        fields["status"] = "paid"
    elif (fields.get("due_date") or today) < today:
        fields["status"] = "overdue"
    else:
        fields["status"] = "partially_paid" if covered > 0 else fresh


def settle_all(org: Organization) -> None:
    """A new day: documents fall due. Stamps stay, as in Zoho."""
    for module in faces.DATED:
        for record in org[module]:
            if settle(org, module, record.fields):
                record.row = None
        org[module].stale_rows()


def after_change(org: Organization, module: str, record: Record) -> None:
    """Move what hangs on a record that was made or edited."""
    if module in ("taxes", "currencies"):
        org.settings_changed()
    if module == "contacts":
        _rename(org, record)
        recount_contact(org, record)
        return
    party = record.fields.get("customer_id") or record.fields.get("vendor_id")
    if party and (contact := org["contacts"].get(party)) is not None:
        recount_contact(org, contact)


def after_removal(org: Organization, module: str, record: Record) -> None:
    """Give back what a removed payment or credit covered, then recount the contact."""
    fields = record.fields
    if module == "customerpayments":
        for part in fields.get("invoices") or []:
            cover(org, "invoices", part["invoice_id"], "payment_made", -part["amount_applied"])
    elif module == "vendorpayments":
        for part in fields.get("bills") or []:
            cover(org, "bills", part["bill_id"], "payment_made", -part["amount_applied"])
    elif module == "creditnotes":
        for part in fields.get("invoices_credited") or []:
            cover(org, "invoices", part["invoice_id"], "credits_applied", -part["credited_amount"])
    elif module == "contacts":
        return
    after_change(org, module, record)


def cover(org: Organization, module: str, record_id: str, field: str, by: Decimal, *, stamped: bool = True) -> bool:
    """Add to what was paid or credited on a document. False when it is not there."""
    record = org[module].get(record_id)
    if record is None:
        return False
    record.fields[field] = (record.fields.get(field) or ZERO) + by
    settle(org, module, record.fields)
    org[module].touch(record, org.clock.seconds() if stamped else None)
    return True


def _rename(org: Organization, contact: Record) -> None:
    """Documents show the contact's present name."""
    name = contact.get("contact_name")
    for module, record in org.documents_of(contact.id):
        key = "customer_name" if record.fields.get("customer_id") == contact.id else "vendor_name"
        if record.fields.get(key) != name:
            record.fields[key] = name
            org[module].touch(record, None)


def recount_contact(org: Organization, contact: Record) -> None:
    """Outstanding and unused amounts of one contact; its stamp stays, as for every derived change."""
    sums = dict.fromkeys(_SUMS, ZERO)
    for module, record in org.documents_of(contact.id):
        _count_in(sums, module, record.fields)
    if _write_sums(org, contact, sums):
        org["contacts"].touch(contact, None)


def recount_contacts(org: Organization) -> None:
    """The same for all contacts in one sweep (seeding)."""
    all_sums: dict[str, dict[str, Decimal]] = {contact.id: dict.fromkeys(_SUMS, ZERO) for contact in org["contacts"]}
    for module in (
        "invoices",
        "debit_notes",
        "creditnotes",
        "customerpayments",
        "bills",
        "vendorcredits",
        "vendorpayments",
    ):
        for record in org[module]:
            party = record.fields.get("customer_id") or record.fields.get("vendor_id")
            if (sums := all_sums.get(party or "")) is not None:
                _count_in(sums, module, record.fields)
    for contact in org["contacts"]:
        _write_sums(org, contact, all_sums[contact.id])
    org["contacts"].stale_rows()


_SUMS = (
    "outstanding_receivable_amount",
    "outstanding_payable_amount",
    "unused_credits_receivable_amount",
    "unused_credits_payable_amount",
)


def _count_in(sums: dict[str, Decimal], module: str, fields: Fields) -> None:
    live = fields.get("status") not in STICKY
    if module in RECEIVABLE and live:
        sums["outstanding_receivable_amount"] += fields.get("balance") or ZERO
    elif module == "bills" and live:
        sums["outstanding_payable_amount"] += fields.get("balance") or ZERO
    elif module == "creditnotes" and live:
        sums["unused_credits_receivable_amount"] += fields.get("balance") or ZERO
    elif module == "customerpayments":
        sums["unused_credits_receivable_amount"] += fields.get("unused_amount") or ZERO
    elif (module == "vendorcredits" and live) or module == "vendorpayments":
        sums["unused_credits_payable_amount"] += fields.get("balance") or ZERO


def _write_sums(org: Organization, contact: Record, sums: dict[str, Decimal]) -> bool:
    fields: dict[str, Any] = contact.fields
    changed = any(fields.get(name, ZERO) != value for name, value in sums.items())
    if changed or _SUMS[0] not in fields:
        rate = org.rate(fields.get("currency_code", ""))
        base = org.precision(org.profile.currency_code)
        for name, value in sums.items():
            fields[name] = value
            fields[f"{name}_bcy"] = rounded(value * rate, base)
    return changed
