"""Status actions and what is done below one record: void, mark sent, apply credits, refund, custom fields."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from zbdesk.demo import answers, applied, checks, faces, ledger, refunds
from zbdesk.demo.answers import Refusal
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, amount, rounded
from zbdesk.domain.modules import MODULES

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization
    from zbdesk.demo.routes import Target
    from zbdesk.demo.writes import Written

_ANY = ""
_STATES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("contacts", "active"): (_ANY, "active"), ("contacts", "inactive"): (_ANY, "inactive"),
    ("items", "active"): (_ANY, "active"), ("items", "inactive"): (_ANY, "inactive"),
    ("projects", "active"): (_ANY, "active"), ("projects", "inactive"): (_ANY, "inactive"),
    ("users", "active"): (_ANY, "active"), ("users", "inactive"): (_ANY, "inactive"),
    ("estimates", "status/sent"): (_ANY, "sent"), ("estimates", "status/accepted"): (_ANY, "accepted"),
    ("estimates", "status/declined"): (_ANY, "declined"), ("salesorders", "status/open"): (_ANY, "open"),
    ("salesorders", "status/void"): (_ANY, "void"), ("purchaseorders", "status/open"): (_ANY, "open"),
    ("purchaseorders", "status/billed"): (_ANY, "billed"), ("purchaseorders", "status/cancelled"): (_ANY, "cancelled"),
    ("invoices", "status/sent"): ("draft", "sent"), ("invoices", "status/void"): (_ANY, "void"),
    ("invoices", "status/draft"): ("void", "draft"), ("creditnotes", "status/void"): (_ANY, "void"),
    ("creditnotes", "status/draft"): ("void", "draft"), ("creditnotes", "status/open"): (_ANY, "open"),
    ("bills", "status/void"): (_ANY, "void"), ("bills", "status/open"): (_ANY, "open"),
    ("vendorcredits", "status/open"): (_ANY, "open"), ("vendorcredits", "status/void"): (_ANY, "void"),
    ("journals", "status/publish"): (_ANY, "published"), ("retainerinvoices", "status/sent"): ("draft", "sent"),
    ("retainerinvoices", "status/void"): (_ANY, "void"), ("retainerinvoices", "status/draft"): ("void", "draft"),
    ("recurringinvoices", "status/stop"): (_ANY, "stopped"), ("recurringinvoices", "status/resume"): (_ANY, "active"),
    ("recurringbills", "status/stop"): (_ANY, "stopped"), ("recurringbills", "status/resume"): (_ANY, "active"),
    ("recurringexpenses", "status/stop"): (_ANY, "stopped"), ("recurringexpenses", "status/resume"): (_ANY, "active"),
    ("fixedassets", "status/active"): (_ANY, "active"), ("fixedassets", "status/draft"): (_ANY, "draft"),
    ("fixedassets", "status/cancel"): (_ANY, "cancelled"),
}  # fmt: skip
"""(module, path) to (the status it may come from, the new status)."""

_SWITCHES = frozenset({"chartofaccounts", "bankaccounts"})


def answer(org: Organization, target: Target, written: Written) -> bytes:
    """Do it. Raises ``Refusal``."""
    module, rest = target.face.name, target.rest
    record = org[module].get(target.record_id or "")
    if record is None:
        raise answers.not_found(MODULES[module].singular)
    if written.method == "POST":
        if (change := _STATES.get((module, rest))) is not None:
            return _move(org, module, record, *change)
        if module in _SWITCHES and rest in ("active", "inactive"):
            record.fields["is_active"] = rest == "active"
            return _done(org, module, record, f"marked as {rest}")
    return _special(org, module, record, rest, written)


def _special(org: Organization, module: str, record: Record, rest: str, written: Written) -> bytes:  # noqa: C901, PLR0911 - one line a deed
    head, _, child = rest.partition("/")
    match (written.method, module, head):
        case ("PUT", _, "customfields"):
            fields = checks.updating(org, module, record, {"custom_fields": _listed(written)}, {})
            record.fields.update(fields)
            return _done(org, module, record, "updated")
        case ("POST", "invoices", "credits"):
            return _credits(org, record, written.fields())
        case ("POST", "creditnotes", "invoices"):
            return _credit_invoices(org, record, written.fields())
        case ("DELETE", "invoices", "payments"):
            return _remove_payment(org, record, child)
        case ("DELETE", "invoices", "creditsapplied"):
            return _remove_credit(org, record, child)
        case ("POST", "creditnotes", "refunds"):
            return _refund(org, record, written.fields())
        case ("POST", _, "refunds") if module in refunds.KINDS:
            return refunds.made(org, module, record, written.fields())
        case ("POST", "vendorcredits", "bills"):
            return refunds.apply_to_bills(org, record, written.fields())
        case ("POST", "invoices", "writeoff"):
            return _write_off(org, record, cancel=child == "cancel")
        case ("POST", "contact_persons", "primary"):
            return _primary(org, record)
        case _:
            raise answers.unknown_url()


def _listed(written: Written) -> object:
    """Custom fields come bare as a list, or under their name."""
    try:
        value = msgspec.json.decode(written.body)
    except msgspec.DecodeError:
        raise answers.bad_json() from None
    return value.get("custom_fields", []) if isinstance(value, dict) else value


def _done(org: Organization, module: str, record: Record, what: str) -> bytes:
    org[module].touch(record, org.clock.seconds())
    ledger.after_change(org, module, record)
    return answers.success(message=f"The {MODULES[module].singular.lower()} has been {what}.")


def _move(org: Organization, module: str, record: Record, origin: str, status: str) -> bytes:
    day = record.get("date") or record.get("journal_date")
    if day and org.locked_until is not None and str(day) <= org.locked_until.isoformat():
        raise Refusal(
            400, 110900, f"Transactions dated on or before {org.locked_until} are locked and cannot be changed."
        )
    if origin and record.get("status") != origin:
        raise Refusal(400, 1001, f"Only a {origin} {MODULES[module].singular.lower()} can be marked as {status}.")
    if status == "void" and module in ("invoices", "bills"):
        applied.free(org, record, module)
    record.fields["status"] = status
    ledger.settle(org, module, record.fields)
    return _done(org, module, record, f"marked as {status}")


def _credits(org: Organization, invoice: Record, fields: Fields) -> bytes:
    """Apply unused payments and credit notes to an invoice: all of them, or none."""
    notes = [
        (_found(org, "creditnotes", one.get("creditnote_id")), _value(one))
        for one in fields.get("apply_creditnotes") or []
    ]
    payments = [
        (_found(org, "customerpayments", one.get("payment_id")), _value(one))
        for one in fields.get("invoice_payments") or []
    ]
    applied.check_credits([(note, invoice, value) for note, value in notes])
    applied.check_payments(invoice, payments, sum((value for _, value in notes), ZERO))
    for note, value in notes:
        applied.credit(org, note, invoice, value)
    for payment, value in payments:
        applied.use_payment(org, payment, invoice, value)
    return answers.success("use_credits", fields, "Credits have been applied to the invoice.")


def _found(org: Organization, module: str, record_id: object) -> Record:
    record = org[module].get(str(record_id or ""))
    if record is None:
        raise answers.not_found(MODULES[module].singular)
    return record


def _value(one: Fields) -> Decimal:
    try:
        return amount(one.get("amount_applied"))
    except ValueError:
        raise answers.invalid_field("amount_applied") from None


def _credit_invoices(org: Organization, note: Record, fields: Fields) -> bytes:
    """Apply a credit note to invoices: all of them, or none."""
    parts = [
        (note, _found(org, "invoices", one.get("invoice_id")), _value(one)) for one in fields.get("invoices") or []
    ]
    applied.check_credits(parts)
    for _, invoice, value in parts:
        applied.credit(org, note, invoice, value)
    shown = {"invoices": note.fields.get("invoices_credited") or []}
    return answers.success("apply_to_invoices", shown, "Credits have been applied to the invoices.")


def _remove_payment(org: Organization, invoice: Record, part_id: str) -> bytes:
    for module, payment in org.documents_of(invoice.get("customer_id")):
        if module == "customerpayments" and any(
            p.get("invoice_payment_id") == part_id for p in payment.fields.get("invoices") or []
        ):
            applied.release(org, module, payment, only=invoice.id)
            ledger.after_change(org, module, payment)
            return answers.success(message="The payment has been removed from the invoice.")
    raise answers.not_found("Payment")


def _remove_credit(org: Organization, invoice: Record, part_id: str) -> bytes:
    for module, note in org.documents_of(invoice.get("customer_id")):
        if module == "creditnotes":
            for part in note.fields.get("invoices_credited") or []:
                if part["creditnote_invoice_id"] == part_id:
                    applied.uncredit(org, note, part)
                    return answers.success(message="The credit has been removed from the invoice.")
    raise answers.not_found("Credit")


def _refund(org: Organization, note: Record, fields: Fields) -> bytes:
    for name in MODULES["creditnote_refunds"].required:
        if not fields.get(name):
            raise answers.missing_field(name.replace("_", " "))
    try:
        value = amount(fields["amount"])
    except ValueError:
        raise answers.invalid_field("amount") from None
    if value <= 0 or value > note.fields["balance"]:
        raise Refusal(400, 12008, "The refund is more than what is open on the credit note.")
    note.fields["total_refunded_amount"] = note.fields.get("total_refunded_amount", ZERO) + value
    ledger.settle(org, "creditnotes", note.fields)
    org["creditnotes"].touch(note, org.clock.seconds())
    kept: Fields = {
        name: fields[name]
        for name in ("date", "refund_mode", "reference_number", "description", "from_account_id")
        if name in fields
    }
    kept |= {name: note.get(name) for name in ("creditnote_number", "customer_id", "customer_name", "currency_code")}
    kept |= {"creditnote_id": note.id, "amount": value, "amount_fcy": value}
    kept["amount_bcy"] = rounded(
        value * amount(note.get("exchange_rate") or 1), org.precision(org.profile.currency_code)
    )
    refund = org.insert("creditnote_refunds", kept)
    ledger.after_change(org, "creditnotes", note)
    return answers.success(
        "creditnote_refund", faces.detail(org, "creditnote_refunds", refund), "The refund has been saved."
    )


def _write_off(org: Organization, invoice: Record, *, cancel: bool) -> bytes:
    if cancel:
        invoice.fields["write_off_amount"] = ZERO
    elif invoice.get("status") in ledger.STICKY or invoice.fields["balance"] <= 0:
        raise Refusal(400, 1001, "Only an open invoice can be written off.")
    else:
        invoice.fields["write_off_amount"] = invoice.fields["balance"]
    ledger.settle(org, "invoices", invoice.fields)
    return _done(org, "invoices", invoice, "restored" if cancel else "written off")


def _primary(org: Organization, person: Record) -> bytes:
    for one in org["contact_persons"]:
        if one.get("contact_id") == person.get("contact_id"):
            one.fields["is_primary_contact"] = one is person
            org["contact_persons"].touch(one, None)
    return answers.success(message="This contact person has been marked as your primary contact person.")
