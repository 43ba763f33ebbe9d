"""Payments and credits applied to documents: checked first, then carried out, and given back when undone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zbdesk.demo import answers, ledger
from zbdesk.demo.answers import Refusal
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, amount

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization

LISTS: Mapping[str, tuple[str, str, str, str]] = {
    "customerpayments": ("invoices", "invoice_id", "invoices", "invoice_payment_id"),
    "vendorpayments": ("bills", "bill_id", "bills", "bill_payment_id"),
}
"""Payment module to (its list, the id in it, the module paid, the id of one application)."""


class Part(NamedTuple):
    """So much of a payment on one document."""

    module: str
    record_id: str
    amount: Decimal


def planned(org: Organization, module: str, fields: Fields) -> list[Part]:
    """What a payment will cover. Raises ``Refusal`` when it does not fit."""
    if module not in LISTS:
        return []
    name, id_field, paid_module, _ = LISTS[module]
    parts = []
    for one in fields.get(name) or []:
        document = org[paid_module].get(str(one.get(id_field, "")))
        if document is None or document.get("status") in ledger.STICKY:
            raise answers.invalid_field(id_field)
        try:
            value = amount(one.get("amount_applied"))
        except ValueError:
            raise answers.invalid_field("amount_applied") from None
        if value > document.get("balance", ZERO):
            raise Refusal(400, 24016, "The amount applied cannot be more than the balance of the document.")
        parts.append(Part(paid_module, document.id, value))
    if sum((part.amount for part in parts), ZERO) > amount(fields.get("amount")):
        raise Refusal(400, 24017, "The amounts applied cannot be more than the payment.")
    return parts


def apply(org: Organization, module: str, record: Record, parts: list[Part]) -> None:
    """Carry out a plan; what is left stays unused."""
    if module not in LISTS:
        return
    name, id_field, _, part_id = LISTS[module]
    record.fields[name] = [
        {id_field: part.record_id, part_id: org.next_id(), "amount_applied": part.amount} for part in parts
    ]
    for part in parts:
        ledger.cover(org, part.module, part.record_id, "payment_made", part.amount)
    _unused(module, record)


def _unused(module: str, record: Record) -> None:
    name = LISTS[module][0]
    used = sum((one["amount_applied"] for one in record.fields.get(name) or []), ZERO)
    field = "unused_amount" if module == "customerpayments" else "balance"
    record.fields[field] = amount(record.fields.get("amount")) - used


def release(org: Organization, module: str, record: Record, only: str | None = None) -> None:
    """Take a payment off its documents (or off one); the money stays with the contact."""
    name, id_field, paid_module, _ = LISTS[module]
    kept = []
    for one in record.fields.get(name) or []:
        if only is not None and one[id_field] != only:
            kept.append(one)
        else:
            ledger.cover(org, paid_module, one[id_field], "payment_made", -one["amount_applied"])
    if only is not None:
        record.fields[name] = kept
        _unused(module, record)
        org[module].touch(record, org.clock.seconds())


def restore(org: Organization, module: str, record: Record) -> None:
    """Undo ``release`` when the new plan was refused."""
    name, id_field, paid_module, _ = LISTS[module]
    for one in record.fields.get(name) or []:
        ledger.cover(org, paid_module, one[id_field], "payment_made", one["amount_applied"])


def check_credits(parts: list[tuple[Record, Record, Decimal]]) -> None:
    """Credit notes on invoices, all together. Raises ``Refusal`` when one is not open or has less."""
    taken: dict[str, Decimal] = {}
    for note, invoice, value in parts:
        if note.get("status") in ledger.STICKY or invoice.get("status") in ledger.STICKY:
            raise Refusal(400, 12006, "Credits can be applied between open documents only.")
        for one in (note, invoice):
            taken[one.id] = taken.get(one.id, ZERO) + value
            if value <= 0 or taken[one.id] > one.fields["balance"]:
                raise Refusal(400, 12007, "The amount to credit is more than what is open.")


def check_payments(invoice: Record, parts: list[tuple[Record, Decimal]], credited: Decimal) -> None:
    """Unused payments on an invoice, beside what is credited. Raises ``Refusal``."""
    left = invoice.fields["balance"] - credited
    taken: dict[str, Decimal] = {}
    for payment, value in parts:
        left -= value
        taken[payment.id] = taken.get(payment.id, ZERO) + value
        if value <= 0 or left < 0 or taken[payment.id] > payment.fields.get("unused_amount", ZERO):
            raise Refusal(400, 24016, "The amount applied cannot be more than what is unused or open.")


def use_payment(org: Organization, payment: Record, invoice: Record, value: Decimal) -> None:
    """Put unused money of a payment on an invoice; ``check_payments`` has said that it fits."""
    part = {"invoice_id": invoice.id, "invoice_payment_id": org.next_id(), "amount_applied": value}
    payment.fields.setdefault("invoices", []).append(part)
    payment.fields["unused_amount"] -= value
    org["customerpayments"].touch(payment, org.clock.seconds())
    ledger.cover(org, "invoices", invoice.id, "payment_made", value)
    ledger.after_change(org, "customerpayments", payment)


def credit(org: Organization, note: Record, invoice: Record, value: Decimal) -> None:
    """Apply a credit note to an invoice; ``check_credits`` has said that it fits."""
    note.fields["total_credits_used"] = note.fields.get("total_credits_used", ZERO) + value
    note.fields.setdefault("invoices_credited", []).append(
        {
            "creditnote_id": note.id,
            "creditnote_number": note.get("creditnote_number"),
            "invoice_id": invoice.id,
            "invoice_number": invoice.get("invoice_number"),
            "creditnote_invoice_id": org.next_id(),
            "date": org.today().isoformat(),
            "credited_amount": value,
            "amount_applied": value,
        }
    )
    ledger.settle(org, "creditnotes", note.fields)
    org["creditnotes"].touch(note, org.clock.seconds())
    ledger.cover(org, "invoices", invoice.id, "credits_applied", value)
    ledger.after_change(org, "creditnotes", note)


def uncredit(org: Organization, note: Record, part: Fields) -> None:
    """Take one application of a credit note back."""
    note.fields["invoices_credited"] = [one for one in note.fields["invoices_credited"] if one is not part]
    note.fields["total_credits_used"] -= part["credited_amount"]
    ledger.settle(org, "creditnotes", note.fields)
    org["creditnotes"].touch(note, org.clock.seconds())
    ledger.cover(org, "invoices", part["invoice_id"], "credits_applied", -part["credited_amount"])
    ledger.after_change(org, "creditnotes", note)


def free(org: Organization, document: Record, module: str) -> None:
    """A voided invoice or bill gives back all payments and credits: they become the contact's."""
    payments = "customerpayments" if module == "invoices" else "vendorpayments"
    listed, id_field = LISTS[payments][:2]
    for name, record in org.documents_of(document.get("customer_id") or document.get("vendor_id")):
        if name == payments and any(one[id_field] == document.id for one in record.fields.get(listed) or []):
            release(org, payments, record, only=document.id)
        elif name == "creditnotes" and module == "invoices":
            noted = record.fields.get("invoices_credited") or []
            for part in [one for one in noted if one["invoice_id"] == document.id]:
                uncredit(org, record, part)
