"""Whether a document's total follows from its lines, seen through every usual way of rounding. Pure.

Programs round line by line or at the end, tax a line or the sum, print rates with fewer decimals than they keep. A
total that any of these explains is right. Invariant: nothing is corrected; what no way explains is told with figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zbdesk.domain.document_names import LINES
from zbdesk.domain.documents import line_amount
from zbdesk.domain.money import decimals, rounded

TaxRates = Mapping[str, Decimal]
"""Per cent of each tax, by Zoho's id and by folded name."""

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of adding up, and what it comes to."""

    name: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that no way explains."""

    given: Decimal
    ways: tuple[Way, ...]
    currency: str

    @property
    def message(self) -> str:
        """For the person: by how much, through which lens, and the way out."""
        nearest = min(self.ways, key=lambda way: abs(way.total - self.given))
        places = decimals(self.currency)
        by = self.given - nearest.total
        seen = "; ".join(f"{way.name} {way.total:.{places}f}" for way in self.ways)
        more = "more" if by > 0 else "less"
        unit = f" {self.currency}" if self.currency else ""
        return (
            f"The document says {self.given:f}{unit}, its lines come to {nearest.total:.{places}f}: {abs(by):f} "
            f"{more}. Rounding does not explain it ({seen}). Correct the lines, the tax or the total."
        )


def check_total(fields: Mapping[str, Any], currency: str, rates: TaxRates) -> Difference | None:
    """How the document's own total differs from its lines; None where it does not, or where nobody can say.

    Nobody can say without a total, without priced lines, or with a tax of an unknown rate.
    """
    given, lines = fields.get("total"), fields.get(LINES)
    if given is None or not lines:
        return None
    taxes = [_rate_of(line, fields, rates) for line in lines]
    amounts = [line_amount(line) for line in lines]
    if any(tax is None for tax in taxes) or any(amount is None for amount in amounts):
        return None
    places = decimals(currency) if currency else 2
    half = Decimal(1).scaleb(-places) / 2
    ways = []
    for way in _ways(fields, lines, [tax or _ZERO for tax in taxes], places):
        if abs(way.total - given) <= half:
            return None
        ways.append(way)
    distinct = {way.total: way for way in reversed(ways)}
    return Difference(given, tuple(way for way in ways if distinct[way.total] is way), currency)


def _rate_of(line: Mapping[str, Any], fields: Mapping[str, Any], rates: TaxRates) -> Decimal | None:
    """The per cent of a line; zero without a tax, None where the tax is not known."""
    for key in ("tax_id", "tax"):
        tax = line.get(key) or fields.get(key)
        if tax is None:
            continue
        name = str(next(iter(tax.values()))) if isinstance(tax, Mapping) else str(tax)
        return rates.get(name.strip().casefold())
    return _ZERO


def _ways(
    fields: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], taxes: Sequence[Decimal], places: int
) -> Iterator[Way]:
    nets = [_net(line, None) for line in lines]
    by_line = [rounded(net, places) for net in nets]
    yield Way("line by line", _sum(fields, by_line, taxes, places, tax_by_line=True))
    yield Way("tax on the sum", _sum(fields, by_line, taxes, places, tax_by_line=False))
    yield Way("rounded at the end", _sum(fields, nets, taxes, places, tax_by_line=False))
    yield Way("tax with all decimals", _sum(fields, nets, taxes, None, tax_by_line=False, at_end=places))
    coarse = [rounded(_net(line, places), places) for line in lines]
    yield Way("with rounded rates", _sum(fields, coarse, taxes, places, tax_by_line=False))


def _net(line: Mapping[str, Any], rate_places: int | None) -> Decimal:
    """What a line comes to before tax, its own discount taken off."""
    if rate_places is not None and line.get("rate") is not None:
        quantity = line.get("quantity")
        amount = rounded(Decimal(line["rate"]), rate_places) * (Decimal(1) if quantity is None else quantity)
    else:
        amount = line_amount(line) or _ZERO
    return amount - _discount(line.get("discount"), amount)


def _discount(discount: object, amount: Decimal) -> Decimal:
    if discount is None:
        return _ZERO
    if isinstance(discount, str) and discount.endswith("%"):
        return amount * Decimal(discount[:-1]) / _HUNDRED
    return Decimal(str(discount))


def _sum(
    fields: Mapping[str, Any],
    nets: Sequence[Decimal],
    taxes: Sequence[Decimal],
    places: int | None,
    *,
    tax_by_line: bool,
    at_end: int | None = None,
) -> Decimal:
    total = sum(nets, _ZERO)
    off = _discount(fields.get("discount"), total)
    before_tax = fields.get("is_discount_before_tax") is not False
    share = (total - off) / total if before_tax and off and total else Decimal(1)
    tax = _ZERO
    if not fields.get("is_inclusive_tax"):
        if tax_by_line:
            tax = sum(
                (_cut(net * share * rate / _HUNDRED, places) for net, rate in zip(nets, taxes, strict=True)), _ZERO
            )
        else:
            by_rate: dict[Decimal, Decimal] = {}
            for net, rate in zip(nets, taxes, strict=True):
                by_rate[rate] = by_rate.get(rate, _ZERO) + net * share
            tax = sum((_cut(base * rate / _HUNDRED, places) for rate, base in by_rate.items()), _ZERO)
    whole = total - off + tax
    for name in ("shipping_charge", "adjustment"):
        whole += fields.get(name) or _ZERO
    end = places if at_end is None else at_end
    return _cut(whole, end)


def _cut(amount: Decimal, places: int | None) -> Decimal:
    return amount if places is None else rounded(amount, places)
