"""Totals of a document as the server computes them: lines, discount, tax groups, shipping, adjustment, rounding.

Pure and exact: Decimal in, Decimal out, half up at the currency's precision. Tax is rounded once per tax and document
(``entity_level``), as Zoho does by default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(7))


def rounded(amount: Decimal, precision: int) -> Decimal:
    """Half up at so many decimals."""
    return amount.quantize(_STEPS[precision], rounding=ROUND_HALF_UP)


def amount(value: object) -> Decimal:
    """A number from JSON or text; empty is zero. Raises ``ValueError`` for anything else."""
    if value is None or value == "":
        return ZERO
    if isinstance(value, bool):
        raise ValueError("a truth value is no amount")  # noqa: TRY004 - bad data, not a bug of the caller
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError as exc:
        raise ValueError(f"{value!r} is no amount") from exc
    if not number.is_finite():
        raise ValueError(f"{value!r} is no amount")
    return number


class TaxPart(NamedTuple):
    """One tax of a group (or a tax by itself)."""

    tax_id: str
    name: str
    percentage: Decimal


class Tax(NamedTuple):
    """A tax or tax group as lines name it."""

    tax_id: str
    name: str
    percentage: Decimal
    kind: str
    parts: tuple[TaxPart, ...]


@dataclass(slots=True)
class Totals:
    """What a document comes to."""

    line_totals: list[Decimal] = field(default_factory=list)
    sub_total: Decimal = ZERO
    discount_total: Decimal = ZERO
    tax_total: Decimal = ZERO
    total: Decimal = ZERO
    taxes: list[dict[str, Any]] = field(default_factory=list)


def discount_of(given: object, base: Decimal) -> Decimal:
    """``"12.5%"`` of the base, or an amount."""
    text = str(given if given is not None else "").strip()
    if text.endswith("%"):
        return base * amount(text[:-1]) / _HUNDRED
    return amount(text)


def line_amount(line: Mapping[str, Any]) -> Decimal:
    """Quantity times rate less the line's own discount, unrounded."""
    gross = amount(line.get("rate")) * amount(line.get("quantity", 1))
    given = line.get("discount")
    return gross - discount_of(given, gross) if given else gross


def totals(
    document: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], taxes: Mapping[str, Tax], precision: int
) -> Totals:
    """Add a document up. Lines with an unknown ``tax_id`` count as untaxed."""
    out = Totals()
    inclusive = bool(document.get("is_inclusive_tax"))
    for line in lines:
        whole = line_amount(line)
        tax = taxes.get(line.get("tax_id", ""))
        if inclusive and tax is not None:
            whole = whole * _HUNDRED / (_HUNDRED + tax.percentage)
        out.line_totals.append(rounded(whole, precision))
    out.sub_total = sum(out.line_totals, ZERO)
    given = document.get("discount") if document.get("discount_type") != "item_level" else None
    before_tax = document.get("is_discount_before_tax", True)
    if given and before_tax:
        out.discount_total = rounded(discount_of(given, out.sub_total), precision)
    _add_taxes(out, lines, taxes, precision)
    with_tax = out.sub_total - out.discount_total + out.tax_total
    if given and not before_tax:
        out.discount_total = rounded(discount_of(given, with_tax), precision)
        with_tax -= out.discount_total
    out.total = rounded(
        with_tax + amount(document.get("shipping_charge")) + amount(document.get("adjustment")), precision
    )
    return out


def _add_taxes(out: Totals, lines: Sequence[Mapping[str, Any]], taxes: Mapping[str, Tax], precision: int) -> None:
    """Spread the discount over the lines by share and tax what is left, part by part."""
    kept = (out.sub_total - out.discount_total) / out.sub_total if out.discount_total and out.sub_total else None
    bases: dict[TaxPart, Decimal] = {}
    for line, line_total in zip(lines, out.line_totals, strict=True):
        tax = taxes.get(line.get("tax_id", ""))
        if tax is None:
            continue
        taxable = line_total if kept is None else line_total * kept
        for part in tax.parts:
            bases[part] = bases.get(part, ZERO) + taxable
    for part, base in bases.items():
        charged = rounded(base * part.percentage / _HUNDRED, precision)
        out.tax_total += charged
        out.taxes.append(
            {"tax_id": part.tax_id, "tax_name": f"{part.name} ({part.percentage}%)", "tax_amount": charged}
        )
