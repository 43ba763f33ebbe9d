"""What is open on a document, and whether a payment fits it: one place for the command line, the window and documents.

A payment may be larger than what it pays: the rest stays with the contact as unused. What it *applies* to a document
may not be more than is open there. Reads only. Invariant: nothing is refused for want of knowledge; where the mirror
does not say what is open, Zoho decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from zbdesk.domain.documents import FieldError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.money import decimals, rounded
from zbdesk.domain.views import Connection
from zbdesk.store import documents, finding
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.sync import deeds
from zbdesk.sync.actions import Cause, Refuse
from zbdesk.sync.deeds import Deed
from zbdesk.sync.edit_errors import CannotEdit, DocumentRefused
from zbdesk.sync.ledger import amount
from zbdesk.sync.references import Resolver, reference_of
from zbdesk.sync.settled import PAID

_ZERO = Decimal(0)
PAYMENTS = {"invoices": ("customerpayments", "invoice", "customer"), "bills": ("vendorpayments", "bill", "vendor")}
"""What can be paid: its payment module, how a payment names it, and whose it is."""

_LEFT = {
    "creditnotes": "balance",
    "vendorcredits": "balance",
    "customerpayments": "unused_amount",
    "vendorpayments": "balance",
}
"""Where Zoho says how much of a credit or a payment can still be applied or refunded."""


def raw_payment(
    db: Database, connection: Connection, module: Module, stored: Trees, data: Mapping[str, object], *, today: str
) -> tuple[Module, dict[str, object]]:
    """The payment for this document as a document of its own; without an amount, for all that is open. Raises.

    More than is open is taken only where ``amount_applied`` says how much of it is for this document.
    """
    payments, paid, party = PAYMENTS[module.name]
    fields = {} if stored.document is None else stored.document.fields
    owner = fields.get(party) or {"id": fields.get(f"{party}_id") or (stored.remote or {}).get(f"{party}_id")}
    whole, applied = _amounts(db, connection, module, stored, data)
    raw: dict[str, object] = {
        "payment_mode": "banktransfer",
        "date": today,
        **data,
        "amount": whole,
        module.name: [{paid: {"local_id": stored.local_id}, "amount_applied": applied}],
    }
    raw.pop("amount_applied", None)
    if isinstance(owner, Mapping) and "id" in owner:
        raw[f"{party}_id"] = owner["id"]
    else:
        raw[party] = owner
    return MODULES[payments], raw


def _amounts(
    db: Database, connection: Connection, module: Module, stored: Trees, data: Mapping[str, object]
) -> tuple[object, object]:
    """(what came in, what of it is for this document)."""
    name = stored.number or module.singular
    if stored.gone:
        raise CannotEdit("This record is deleted in Zoho Books.", "Nothing can be paid on it any more.")
    if stored.status == "void":
        raise CannotEdit(f"{name} is void.", "Nothing can be paid on it.")
    left = open_on(db, connection.id, module, stored)
    total = (stored.document.fields if stored.document is not None else {}).get("total")
    whole = data.get("amount", total if left is None else left)
    applied = data.get("amount_applied", whole)
    given, part = amount(whole), amount(applied)
    if left is None or given is None or part is None:
        return whole, applied
    if left <= _ZERO:
        raise CannotEdit(f"Nothing is open on {name}.", "Look at its payments, also those that have not left yet.")
    if given <= _ZERO or part <= _ZERO:
        raise DocumentRefused([FieldError("amount", "It must be above zero.")])
    if part > given:
        raise DocumentRefused([FieldError("amount_applied", "It cannot be more than the payment itself.")])
    if part > left:
        sentence = f"{_told(left, stored)} is open on {name}; not more of a payment can be for it."
        if "amount_applied" in data:
            raise DocumentRefused([FieldError("amount_applied", sentence)])
        rest = "If more came in, say with amount_applied how much of it is for this document."
        raise DocumentRefused([FieldError("amount", f"{sentence} {rest}")])
    return whole, applied


def check_deeds(db: Database, connection_id: int, module: Module, stored: Trees, wanted: Sequence[Deed]) -> None:
    """Whether credits and refunds fit what is left of their record and what is open on their targets. Raises."""
    left = amount((stored.remote or {}).get(_LEFT[module.name]))
    noted = () if stored.document is None else stored.document.wishes
    before = sum((deed.amount for wish in noted if (deed := deeds.parse(wish)) is not None), _ZERO)
    whole = sum((deed.amount for deed in wanted), _ZERO)
    name = stored.number or module.singular
    if left is not None and not _may_change(stored) and before + whole > left:
        raise CannotEdit(
            f"{_told(left - before, stored)} is left on {name}, and this comes to {_told(whole, stored)}.",
            "Give less, or take back what is noted on it already.",
        )
    resolver = Resolver(db, connection_id)
    for deed in wanted:
        named = deeds.reference(module, deed)
        if deed.word != deeds.APPLY:
            continue
        shape = deeds.shape_of(module, deed.word)
        assert shape is not None  # noqa: S101 - it was read by this shape
        target = (
            finding.by_remote_id(db, connection_id, shape.module, named)
            if isinstance(named, str)
            else resolver.record(named, stored.source)
        )
        paid = None if target is None else documents.read(db, target)
        open_there = None if paid is None else open_on(db, connection_id, MODULES[shape.module], paid)
        if paid is not None and open_there is not None and deed.amount > open_there:
            name = paid.number or shape.name
            raise CannotEdit(
                f"{_told(open_there, paid)} is open on {name}; not more of a credit can be for it.",
                "Apply at most what is open.",
            )


def open_on(db: Database, connection_id: int, module: Module, stored: Trees) -> Decimal | None:
    """What may still be paid on a document: Zoho's balance less our own payments that have not left.

    None where nobody can say: Zoho has not seen it, or an edit that waits may change what it comes to.
    """
    balance = amount((stored.remote or {}).get("balance"))
    if balance is None or stored.remote_id is None or _may_change(stored):
        return None
    payments = PAYMENTS[module.name][0]
    return balance - sum(_on_its_way(db, connection_id, MODULES[payments], stored), _ZERO)


def _may_change(stored: Trees) -> bool:
    return stored.document is not None and stored.document.pending in {"create", "update"}


def _on_its_way(db: Database, connection_id: int, payments: Module, stored: Trees) -> Iterator[Decimal]:
    """What our own payments that Zoho has not seen apply to this document."""
    listed, id_field = PAID[payments.name]
    short = id_field.removesuffix("_id")
    resolver = Resolver(db, connection_id)
    words = [word for word in (stored.local_id, stored.remote_id, stored.source_id, stored.number) if word]
    for record_id in documents.unsent_naming(db, connection_id, payments.name, words):
        payment = documents.read(db, record_id)
        if payment is None or payment.document is None or payment.document.deleted:
            continue
        for part in _parts(payment.document.fields, listed):
            named = part.get(short)
            is_meant = part.get(id_field) == stored.remote_id
            if isinstance(named, Mapping) and named:
                is_meant = resolver.record(reference_of(id_field, listed, named), payment.source) == stored.id
            if is_meant:
                yield amount(part.get("amount_applied")) or _ZERO


def refusal(db: Database, connection_id: int, module: Module, fields: Mapping[str, Any]) -> Refuse | None:
    """Why this resolved payment cannot be sent: it applies more than is open, by what Zoho said last."""
    if module.name not in PAID:
        return None
    listed, id_field = PAID[module.name]
    for part in _parts(fields, listed):
        applied, remote_id = amount(part.get("amount_applied")), str(part.get(id_field) or "")
        record_id = finding.by_remote_id(db, connection_id, listed, remote_id) if remote_id else None
        paid = None if record_id is None else documents.read(db, record_id)
        balance = None if paid is None else amount((paid.remote or {}).get("balance"))
        if paid is None or applied is None or balance is None or applied <= balance:
            continue
        name = paid.number or MODULES[listed].singular
        return Refuse(
            Cause.VALIDATION,
            f"The payment applies {_told(applied, paid)} to {name}, where {_told(balance, paid)} is open.",
            "Apply at most what is open; what came in beyond it stays unused on the payment.",
        )
    return None


def _told(value: Decimal, of: Trees) -> str:
    """An amount with the digits of the document's currency, and more only where it has more."""
    short = rounded(value, decimals(of.currency or ""))
    return f"{short if short == value else value:f}"


def waits(db: Database, connection_id: int, module: Module, fields: Mapping[str, Any]) -> bool:
    """Whether it pays a document that is in conflict or has still to be issued: Zoho takes money for no draft."""
    if module.name not in PAID:
        return False
    listed, id_field = PAID[module.name]
    for part in _parts(fields, listed):
        record_id = finding.by_remote_id(db, connection_id, listed, str(part.get(id_field) or ""))
        paid = None if record_id is None else documents.read(db, record_id)
        if paid is not None and paid.document is not None and (paid.document.in_conflict or paid.document.wishes):
            return True
    return False


def _parts(fields: Mapping[str, Any], listed: str) -> list[Mapping[str, Any]]:
    found = fields.get(listed)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []
