"""What a record's payload says of lines, payments and credits: plain values for pane and paper. Computes no amount.

Tolerant by duty: a payload is what Zoho sent, and a field that is missing or of another kind is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zbdesk.ui.formats import Formats

Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line of a document."""

    name: str
    quantity: Decimal | None
    unit: str
    amount: Decimal | None

    def quantity_text(self, formats: Formats) -> str:
        """Quantity and unit, without zeros that say nothing."""
        if self.quantity is None:
            return ""
        plain = formats.amount(self.quantity.normalize() if self.quantity else self.quantity, "JPY")
        return f"{plain} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Applied:
    """Money put on this record, or by it on another. ``what``: its number or how it was paid."""

    what: str
    date: str | None
    amount: Decimal | None


_PAYMENTS = (
    ("payments", ("payment_number", "reference_number", "payment_mode"), ("date",), ("amount", "amount_applied")),
)
_CREDIT_DAYS = ("credited_date", "date")
_CREDITS = (
    ("credits", ("creditnotes_number", "creditnote_number"), _CREDIT_DAYS, ("amount_applied", "credited_amount")),
    ("vendor_credits", ("vendor_credit_number",), _CREDIT_DAYS, ("amount_applied", "amount")),
)
_GIVEN = (
    ("invoices", ("invoice_number",), ("date",), ("amount_applied",)),
    ("bills", ("bill_number",), ("date",), ("amount_applied",)),
    ("invoices_credited", ("invoice_number",), ("date",), ("credited_amount", "amount_applied")),
    ("bills_credited", ("bill_number",), ("date",), ("amount", "amount_applied")),
)  # fmt: skip


def lines_of(payload: Payload) -> list[LineItem]:
    """The document's lines, in order."""
    return [
        LineItem(
            str(item.get("name") or item.get("description") or item.get("account_name") or ""),
            number(item.get("quantity")),
            str(item.get("unit") or ""),
            number(item.get("item_total", item.get("amount"))),
        )
        for item in _objects(payload.get("line_items"))
    ]


def payments_of(payload: Payload) -> list[Applied]:
    """Payments that were put on this document."""
    return _applied(payload, _PAYMENTS)


def credits_of(payload: Payload) -> list[Applied]:
    """Credit notes that were put on this document."""
    return _applied(payload, _CREDITS)


def given_to(payload: Payload) -> list[Applied]:
    """Documents on which this payment or credit note was put."""
    return _applied(payload, _GIVEN)


def number(value: object) -> Decimal | None:
    """A figure as Zoho sends it, in digits or as text; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _applied(
    payload: Payload, lists: Sequence[tuple[str, Sequence[str], Sequence[str], Sequence[str]]]
) -> list[Applied]:
    return [
        Applied(
            next((str(one[name]) for name in words if one.get(name)), ""),
            next((str(one[name]) for name in days if one.get(name)), None),
            next((found for name in amounts if (found := number(one.get(name))) is not None), None),
        )
        for key, words, days, amounts in lists
        for one in _objects(payload.get(key))
    ]


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    for one in value if isinstance(value, list) else []:
        if isinstance(one, Mapping):
            yield one
