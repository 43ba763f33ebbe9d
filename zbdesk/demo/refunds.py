"""Refunds of payments and credits, and vendor credits applied to bills: made and listed below their record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from zbdesk.demo import answers, ledger
from zbdesk.demo.answers import Refusal
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, amount

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization


class Kind(NamedTuple):
    """How refunds of one module are called: list, one of them, id, the account's field, what is left to give back."""

    listed: str
    single: str
    id_field: str
    account: str
    left: str


KINDS: Mapping[str, Kind] = {
    "customerpayments": Kind(
        "payment_refunds", "payment_refunds", "payment_refund_id", "from_account_id", "unused_amount"
    ),
    "vendorpayments": Kind(
        "vendorpayment_refunds", "vendorpayment_refund", "vendorpayment_refund_id", "to_account_id", "balance"
    ),
    "vendorcredits": Kind(
        "vendor_credit_refunds", "vendor_credit_refund", "vendor_credit_refund_id", "account_id", "balance"
    ),
}  # fmt: skip


def made(org: Organization, module: str, record: Record, fields: Fields) -> bytes:
    """Give money back. Raises ``Refusal`` where an account or date is missing, or less is left."""
    kind = KINDS[module]
    for name in ("date", "amount", kind.account):
        if not fields.get(name):
            raise answers.missing_field(name.replace("_", " "))
    if org["bankaccounts"].get(str(fields[kind.account])) is None:
        raise answers.invalid_field(kind.account)
    try:
        value = amount(fields["amount"])
    except ValueError:
        raise answers.invalid_field("amount") from None
    if value <= 0 or value > (record.fields.get(kind.left) or ZERO):
        raise Refusal(400, 24018, "The refund is more than what is left.")
    refund: Fields = {
        name: fields[name] for name in ("date", "refund_mode", "reference_number", "description") if name in fields
    }
    refund |= {kind.id_field: org.next_id(), kind.account: fields[kind.account], "amount": value}
    record.fields.setdefault(kind.listed, []).append({**refund, "amount_bcy": value, "amount_fcy": value})
    if module == "vendorcredits":
        record.fields["total_refunded_amount"] = (record.fields.get("total_refunded_amount") or ZERO) + value
        ledger.settle(org, module, record.fields)
    else:
        record.fields[kind.left] -= value
    org[module].touch(record, org.clock.seconds())
    ledger.after_change(org, module, record)
    return answers.success(kind.single, refund, "The refund has been saved.")


def listed(module: str, record: Record) -> bytes:
    """What was given back so far."""
    return answers.success(KINDS[module].listed, record.fields.get(KINDS[module].listed) or [])


def apply_to_bills(org: Organization, credit: Record, fields: Fields) -> bytes:
    """Apply a vendor credit to bills: all of them, or none. Raises ``Refusal``."""
    parts = []
    left = credit.fields["balance"]
    for one in fields.get("bills") or []:
        bill = org["bills"].get(str(one.get("bill_id") or ""))
        if bill is None:
            raise answers.not_found("Bill")
        try:
            value = amount(one.get("amount_applied"))
        except ValueError:
            raise answers.invalid_field("amount_applied") from None
        if credit.get("status") in ledger.STICKY or bill.get("status") in ledger.STICKY:
            raise Refusal(400, 12006, "Credits can be applied between open documents only.")
        left -= value
        if value <= 0 or left < 0 or value > bill.fields["balance"]:
            raise Refusal(400, 12007, "The amount to credit is more than what is open.")
        parts.append((bill, value))
    if not parts:
        raise answers.missing_field("bills")
    for bill, value in parts:
        entry = {
            "vendor_credit_id": credit.id,
            "bill_id": bill.id,
            "bill_number": bill.get("bill_number"),
            "vendor_credit_bill_id": org.next_id(),
            "date": org.today().isoformat(),
            "amount": value,
        }
        credit.fields.setdefault("bills_credited", []).append(entry)
        credit.fields["total_credits_used"] = (credit.fields.get("total_credits_used") or ZERO) + value
        ledger.cover(org, "bills", bill.id, "vendor_credits_applied", value)
    ledger.settle(org, "vendorcredits", credit.fields)
    org["vendorcredits"].touch(credit, org.clock.seconds())
    ledger.after_change(org, "vendorcredits", credit)
    return answers.success("bills", fields["bills"], "Credits have been applied to the bills.")
