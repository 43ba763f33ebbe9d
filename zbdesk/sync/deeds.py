"""Deeds on one record that say more than a word: applying a credit to a document, refunding money. Pure.

A deed is a wish with data, kept among the record's wishes until Zoho has carried it out. It has a key of its own, so
that two refunds of the same amount are two. Invariant: only documented body fields leave, and a deed is recognised by
what stands below its record, never by the record's status.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from zbdesk.domain.documents import Reference
from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module

APPLY, REFUND = "apply", "refund"
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """How Zoho takes one kind of deed. ``target``: field, module; ``below``: the address and its list's names."""

    action: str
    field: str
    module: str
    below: str
    list_keys: tuple[str, ...]
    entry_id: str
    name: str
    """How a person names the target: ``invoice``, ``account``."""


_SHAPES: Mapping[tuple[str, str], Shape] = MappingProxyType(
    {
        ("creditnotes", APPLY): Shape(
            "apply_to_invoices", "invoice_id", "invoices", "invoices", ("invoices_credited",),
            "creditnote_invoice_id", "invoice",
        ),
        ("vendorcredits", APPLY): Shape(
            "apply_to_bills", "bill_id", "bills", "bills", ("bills_credited",), "vendor_credit_bill_id", "bill",
        ),
        ("creditnotes", REFUND): Shape(
            "refund", "from_account_id", "bankaccounts", "refunds", ("creditnote_refunds",), "creditnote_refund_id",
            "account",
        ),
        ("customerpayments", REFUND): Shape(
            "refund", "from_account_id", "bankaccounts", "refunds", ("payment_refunds",), "payment_refund_id",
            "account",
        ),
        ("vendorcredits", REFUND): Shape(
            "refund", "account_id", "bankaccounts", "refunds", ("vendor_credit_refunds",), "vendor_credit_refund_id",
            "account",
        ),
        ("vendorpayments", REFUND): Shape(
            "refund", "to_account_id", "bankaccounts", "refunds", ("vendorpayment_refunds",),
            "vendorpayment_refund_id", "account",
        ),
    }
)  # fmt: skip
ACTIONS = frozenset(shape.action for shape in _SHAPES.values()) | {"apply_credits"}
"""Actions that need a body: never a plain wish."""

_AMOUNTS = ("amount_applied", "credited_amount", "amount_fcy", "amount", "amount_bcy")
_REFUND_TEXTS = ("refund_mode", "reference_number", "description")


class BadDeed(UsageError):
    """What was given for a deed cannot be used; nothing was changed."""

    def __init__(self, action: str, message: str, remedy: str) -> None:
        super().__init__(f"{action}: {message}", remedy, subject=action)


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed. ``target``: ``{by: value}`` or ``{"id": Zoho's id}``; ``more``: further body fields of a refund."""

    word: str
    amount: Decimal
    target: Mapping[str, str]
    key: str
    more: Mapping[str, str] = field(default_factory=dict)

    def wish(self) -> str:
        """The form in which it stands among a record's wishes."""
        data = {"amount": f"{self.amount:f}", "target": dict(self.target), "key": self.key, "more": dict(self.more)}
        return f"{self.word} {json.dumps(data, sort_keys=True)}"

    @property
    def stamp(self) -> str:
        """The reference by which a refund is found again; an own one is kept."""
        return self.more.get("reference_number") or f"ZB-{self.key}"


def shape_of(module: Module, word: str) -> Shape | None:
    """How the module takes this kind of deed; None where it does not."""
    return _SHAPES.get((module.name, word))


def words_of(module: Module) -> tuple[str, ...]:
    """The deeds that a module has."""
    return tuple(word for name, word in _SHAPES if name == module.name)


def word_of(wish: str) -> str:
    """The wish as people say it, without its data."""
    return wish.partition(" ")[0]


def parse(wish: str) -> Deed | None:
    """The deed behind a wish; None for a plain one."""
    word, space, text = wish.partition(" ")
    if not space:
        return None
    data = json.loads(text)
    return Deed(word, Decimal(data["amount"]), dict(data["target"]), str(data["key"]), dict(data["more"]))


def reference(module: Module, deed: Deed) -> Reference | str:
    """Zoho's id of the target where that was given, else what names it."""
    shape = _SHAPES[module.name, deed.word]
    [(by, value)] = deed.target.items()
    return value if by == "id" else Reference(shape.field, shape.module, by, value)


# -- from a person ----------------------------------------------------------------------------------------------------


def read(module: Module, word: str, data: Mapping[str, object], *, today: str) -> list[Deed]:
    """The deeds that ``--data`` means: one for each document a credit is applied to, one for a refund. Raises."""
    shape = _SHAPES[module.name, word]
    if word == REFUND:
        return [_refund(shape, word, data, today)]
    parts = data.get(shape.module, [data])
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
        raise BadDeed(word, f"{shape.module} must be a list.", _example(shape, word))
    found = []
    for part in parts:
        if not isinstance(part, Mapping):
            raise BadDeed(word, "each part must be an object.", _example(shape, word))
        amount = _amount(word, part.get("amount_applied", part.get("amount")), shape)
        found.append(Deed(word, amount, _target(word, shape, part), _key()))
    return found


def _refund(shape: Shape, word: str, data: Mapping[str, object], today: str) -> Deed:
    more = {name: str(data[name]).strip() for name in _REFUND_TEXTS if data.get(name)}
    day = str(data.get("date") or today)
    try:
        date.fromisoformat(day)
    except ValueError:
        raise BadDeed(word, f"{day} is no date.", "Write it as 2026-11-20.") from None
    if data.get("exchange_rate"):
        more["exchange_rate"] = f"{_amount(word, data['exchange_rate'], shape):f}"
    more.setdefault("refund_mode", "banktransfer")
    return Deed(
        word, _amount(word, data.get("amount"), shape), _target(word, shape, data), _key(), {**more, "date": day}
    )


def _target(word: str, shape: Shape, data: Mapping[str, object]) -> dict[str, str]:
    for name in (f"{shape.name}_id", shape.field):
        if data.get(name):
            return {"id": str(data[name]).strip()}
    for name in (shape.name, shape.field.removesuffix("_id")):
        given = data.get(name)
        if isinstance(given, Mapping) and len(given) == 1:
            [(by, value)] = given.items()
            return {str(by): str(value).strip()}
    raise BadDeed(word, f"it does not say which {shape.name}.", _example(shape, word))


def _amount(word: str, value: object, shape: Shape) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise BadDeed(word, "it needs an amount above zero.", _example(shape, word))
    return amount


def _example(shape: Shape, word: str) -> str:
    amount = "amount" if word == REFUND else "amount_applied"
    by = "name" if shape.name == "account" else "number"
    return f'Write it as in {{"{shape.name}": {{"{by}": "..."}}, "{amount}": "12.50"}}.'


def _key() -> str:
    return uuid.uuid4().hex[:_SHORT]


# -- to Zoho and back -------------------------------------------------------------------------------------------------


def body(module: Module, deed: Deed, target_id: str) -> dict[str, Any]:
    """What leaves."""
    shape = _SHAPES[module.name, deed.word]
    if deed.word == APPLY:
        return {shape.module: [{shape.field: target_id, "amount_applied": deed.amount}]}
    more: dict[str, Any] = {name: value for name, value in deed.more.items() if name != "exchange_rate"}
    if "exchange_rate" in deed.more:
        more["exchange_rate"] = Decimal(deed.more["exchange_rate"])
    return {**more, "amount": deed.amount, shape.field: target_id, "reference_number": deed.stamp}


def entries(shape: Shape, answer: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The list below a record; None where the answer does not hold it."""
    for key in shape.list_keys:
        rows = answer.get(key)
        if isinstance(rows, list):
            return [row for row in rows if isinstance(row, Mapping)]
    return None


def landed(
    module: Module, deed: Deed, target_id: str, rows: Sequence[Mapping[str, Any]], before: Sequence[str]
) -> list[str]:
    """Ids of entries that came since ``before`` and are this deed."""
    shape = _SHAPES[module.name, deed.word]
    return [
        str(row.get(shape.entry_id))
        for row in rows
        if str(row.get(shape.entry_id)) not in before and _is_it(shape, deed, target_id, row)
    ]


def _is_it(shape: Shape, deed: Deed, target_id: str, row: Mapping[str, Any]) -> bool:
    if deed.word == REFUND:
        return str(row.get("reference_number") or "").strip() == deed.stamp and _says(row, deed.amount)
    return str(row.get(shape.field)) == target_id and _says(row, deed.amount)


def _says(row: Mapping[str, Any], amount: Decimal) -> bool:
    """Whether the entry is of this amount; one that tells none is taken by what else it says."""
    said = [Decimal(str(row[name])) for name in _AMOUNTS if row.get(name) is not None]
    return not said or amount in said
