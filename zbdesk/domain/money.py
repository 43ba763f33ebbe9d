"""Money: Decimal with its currency, rounded as accountants round, and an exact integer form for the database.

Amounts are stored as whole millionths (``SCALE``), which SQL can sort and sum; no float ever touches them. Invariant:
nothing here depends on the thread's decimal context, and nothing loses a digit without being asked to round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow

SCALE = 6
_ONE: int = 10**SCALE
_MAX = 2**63 - 1
_MAX_EXPONENT = 12
"""The largest amount in 64 bits of millionths has thirteen digits before the point."""

_EXACT = Context(prec=200, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])
_ROUNDING = Context(prec=200, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])

_MINOR_UNITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DECIMALS = {code: places for places, codes in _MINOR_UNITS.items() for code in codes.split()}


def to_scaled(amount: Decimal) -> int:
    """The amount in millionths. Raises ``ValueError`` where that would lose a digit or exceed 64 bits.

    Also for what is no number at all (NaN, infinity). Negative zero is zero.
    """
    if not amount:
        return 0
    # Exponents are looked at first: an exact fraction of 1E+999999 would fill the memory.
    if not amount.is_finite() or not -SCALE <= amount.adjusted() <= _MAX_EXPONENT:
        raise ValueError(f"{amount} cannot be stored in whole millionths")
    numerator, denominator = amount.as_integer_ratio()
    scaled, lost = divmod(numerator * _ONE, denominator)
    if lost or abs(scaled) > _MAX:
        raise ValueError(f"{amount} cannot be stored in whole millionths")
    return scaled


def from_scaled(scaled: int) -> Decimal:
    """The exact amount; trailing zeros beyond two decimals are dropped. Any size, so that sums fit too."""
    places = SCALE
    while places > 2 and scaled % 10 == 0:
        scaled //= 10
        places -= 1
    return Decimal(scaled).scaleb(-places, _EXACT)


def from_scaled_sums(wholes: int | None, rests: int | None) -> Decimal:
    """The exact sum of a column that could overflow 64 bits if it were summed as it stands.

    ``wholes`` is ``SUM(x / 1000000)`` and ``rests`` is ``SUM(x % 1000000)``, in a database whose division of integers
    drops the fraction (SQLite and PostgreSQL do). Both are None where no row had an amount: the sum of nothing is 0.
    """
    return from_scaled((wholes or 0) * _ONE + (rests or 0))


def decimals(currency: str) -> int:
    """How many decimals a currency has in ISO 4217; two for one that is not known."""
    return _DECIMALS.get(currency.upper(), 2)


def rounded(amount: Decimal, places: int) -> Decimal:
    """The amount with this many decimals, halves away from zero. Raises ``ValueError`` for what is no number."""
    if not amount.is_finite():
        raise ValueError(f"{amount} is not an amount")
    result = amount.quantize(Decimal(1).scaleb(-places, _EXACT), context=_ROUNDING)
    return result or abs(result)


class MixedCurrencies(ValueError):
    """Two amounts of different currencies met in one sum or comparison: a bug of the caller."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second} cannot be added or compared")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency (``EUR``). Equal only if both are; sums and order within one currency only."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount")

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        """The exact sum, zero of ``currency`` for none. Raises ``MixedCurrencies``."""
        result = cls(Decimal(0), currency)
        for amount in amounts:
            result += amount
        return result

    def quantize(self, places: int | None = None) -> Money:
        """Rounded half up to the currency's decimals, or to the document's own precision where it is given."""
        return Money(rounded(self.amount, decimals(self.currency) if places is None else places), self.currency)

    def _of(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise MixedCurrencies(self.currency, other.currency)
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(_EXACT.add(self.amount, self._of(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(_EXACT.subtract(self.amount, self._of(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(self.amount.copy_negate() if self.amount else self.amount, self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._of(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._of(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._of(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._of(other)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:f}"
