"""What a document comes to, as far as its own fields tell, and what a change of it does to the books. Pure.

Zoho adds documents up, not this computer. So the sums here are trusted only where the same way of adding gives Zoho's
own total for the record as Zoho has it; elsewhere there is no figure rather than a wrong one. All amounts ``Decimal``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from zbdesk.domain.catalogue.words import word_set
from zbdesk.domain.document_names import LINES
from zbdesk.domain.module import Module
from zbdesk.domain.money import rounded
from zbdesk.domain.views import LedgerEffect

Payload = Mapping[str, Any]
_ZERO, _HUNDRED = Decimal(0), Decimal(100)

_SIGNS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    # Module: (part, which figure of the document, sign).
    "invoices": (("receivable", "total", 1), ("sales", "net", 1), ("tax", "tax", 1)),
    "debit_notes": (("receivable", "total", 1), ("sales", "net", 1), ("tax", "tax", 1)),
    "creditnotes": (("receivable", "total", -1), ("sales", "net", -1), ("tax", "tax", -1)),
    "bills": (("payable", "total", 1), ("purchases", "net", 1), ("tax", "tax", 1)),
    "vendorcredits": (("payable", "total", -1), ("purchases", "net", -1), ("tax", "tax", -1)),
    "customerpayments": (("receivable", "total", -1),),
    "vendorpayments": (("payable", "total", -1),),
    "expenses": (("expenses", "total", 1),),
}
_AMOUNTS = word_set(
    """
    adjustment amount amount_applied bank_charges discount discount_type exchange_rate is_discount_before_tax
    is_inclusive_tax line_items shipping_charge tax_id
    """
)
_NOT_BOOKED = frozenset({"draft", "void", "pending_approval", "approved", "rejected"})


@dataclass(frozen=True, slots=True)
class Figures:
    """What one document comes to. ``net``: the total without its taxes; None where the parts are not known."""

    total: Decimal
    net: Decimal | None = None
    tax: Decimal | None = None

    def figure(self, name: str) -> Decimal | None:
        """One of the three by name."""
        return {"total": self.total, "net": self.net, "tax": self.tax}[name]


def is_booked(module: Module) -> bool:
    """Whether records of this module move the ledger at all: an estimate does not."""
    return module.name in _SIGNS


def concerns_amounts(names: Sequence[str]) -> bool:
    """Whether any of these fields can change what a document comes to."""
    return any(name in _AMOUNTS for name in names)


def of_record(detail: Payload, module: Module) -> Figures | None:
    """What Zoho says that its record comes to."""
    total = amount(detail.get(module.total_field or "total"))
    if total is None:
        return None
    tax = amount(detail.get("tax_total", detail.get("tax_amount")))
    return Figures(total, None if tax is None else total - tax, tax)


def of_choice(
    module: Module,
    detail: Payload,
    fields: Payload,
    names: Sequence[str],
    *,
    places: int,
    percents: Mapping[str, Decimal],
) -> Figures | None:
    """What the record would come to with ``fields`` upon it, of which ``names`` differ; None where nobody can tell.

    ``percents``: tax id to percentage. Lines of ``fields`` are whole: each with what Zoho adds to it already joined.
    """
    known = of_record(detail, module)
    if not concerns_amounts(names):
        return known
    if LINES not in module.write_fields or module.total_field == "amount":
        changed = amount(fields.get(module.total_field or "amount"))
        return None if changed is None else Figures(changed)
    check = added_up(detail, places, percents)
    if known is None or check is None or check.total != known.total:
        return None
    return added_up({**detail, **fields}, places, percents)


def added_up(document: Payload, places: int, percents: Mapping[str, Decimal]) -> Figures | None:
    """Lines, discount, taxes once per tax, shipping and adjustment; None where a figure is missing or unreadable."""
    try:
        return _added_up(document, places, percents)
    except (ValueError, InvalidOperation):
        return None


def _added_up(document: Payload, places: int, percents: Mapping[str, Decimal]) -> Figures | None:
    lines = document.get(LINES)
    if not isinstance(lines, list) or not lines:
        return None
    inclusive = document.get("is_inclusive_tax") in {True, "true"}
    amounts: list[tuple[Decimal, str]] = []
    for line in lines:
        tax_id = str(line.get("tax_id") or "")
        if tax_id and tax_id not in percents:
            return None
        whole = _line(line)
        if inclusive:
            whole = whole * _HUNDRED / (_HUNDRED + percents.get(tax_id, _ZERO))
        amounts.append((rounded(whole, places), tax_id))
    subtotal = sum((one for one, _ in amounts), _ZERO)
    at_all = document.get("discount_type") != "item_level"
    given = document.get("discount") if at_all else None
    before_tax = document.get("is_discount_before_tax", True) in {True, "true", None}
    discount = rounded(_discount(given, subtotal), places) if given and before_tax else _ZERO
    share = (subtotal - discount) / subtotal if subtotal else Decimal(1)
    bases: dict[str, Decimal] = {}
    for one, tax_id in amounts:
        if tax_id:
            bases[tax_id] = bases.get(tax_id, _ZERO) + one * share
    tax = sum((rounded(base * percents[tax_id] / _HUNDRED, places) for tax_id, base in bases.items()), _ZERO)
    total = subtotal - discount + tax
    if given and not before_tax:
        discount = rounded(_discount(given, total), places)
        total -= discount
    total += _given(document, "shipping_charge") + _given(document, "adjustment")
    total = rounded(total, places)
    return Figures(total, total - tax, tax)


def _line(line: Payload) -> Decimal:
    rate, quantity = amount(line.get("rate")), line.get("quantity")
    if rate is None:
        raise ValueError("a line without a price")
    gross = rate * (Decimal(1) if _is_empty(quantity) else _needed(quantity))
    return gross - _discount(line.get("discount"), gross)


def _discount(given: object, base: Decimal) -> Decimal:
    text = str(given or "").strip()
    return base * _needed(text[:-1]) / _HUNDRED if text.endswith("%") else (_needed(text) if text else _ZERO)


def _given(document: Payload, name: str) -> Decimal:
    value = document.get(name)
    return _ZERO if _is_empty(value) else _needed(value)


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _needed(value: object) -> Decimal:
    found = amount(value)
    if found is None:
        raise ValueError(f"{value!r} is no amount")
    return found


def amount(value: object) -> Decimal | None:
    """A number of Zoho's or of a document; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def effect(
    module: Module, before: Figures | None, after: Figures | None, *, status: str | None, currency: str | None,
    sentence: str = "",
) -> LedgerEffect:  # fmt: skip
    """What changes in the books when the record goes from ``before`` to ``after``; None: it is not there."""
    total = None if after is None else after.total
    if (status or "") in _NOT_BOOKED:
        return LedgerEffect(currency, (), total, sentence)
    parts = []
    for part, name, sign in _SIGNS.get(module.name, ()):
        old, new = _figure(before, name), _figure(after, name)
        if old is not None and new is not None and old != new:
            parts.append((part, sign * (new - old)))
    return LedgerEffect(currency, tuple(parts), total, sentence)


def _figure(figures: Figures | None, name: str) -> Decimal | None:
    return _ZERO if figures is None else figures.figure(name)
