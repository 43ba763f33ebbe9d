"""Money is exact, whatever its size and whatever the thread's decimal context."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.money import (
    SCALE,
    MixedCurrencies,
    Money,
    decimals,
    from_scaled,
    from_scaled_sums,
    rounded,
    to_scaled,
)

MILLIONTHS = st.integers(-(2**63) + 1, 2**63 - 1)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)


@given(MILLIONTHS)
def test_scaled_survives_the_round_trip(scaled: int) -> None:
    """Every amount that the database can hold comes back as the same amount."""
    assert to_scaled(from_scaled(scaled)) == scaled


@given(MILLIONTHS)
def test_amount_is_scaled_without_the_context(scaled: int) -> None:
    """A thread that lowered the precision of decimals changes no amount."""
    with decimal.localcontext(decimal.Context(prec=3)):
        amount = from_scaled(scaled)
        assert to_scaled(amount) == scaled
    assert amount * 10**SCALE == scaled


@given(MILLIONTHS)
def test_amounts_show_two_to_six_decimals(scaled: int) -> None:
    """At least cents are shown, and no zeros after them."""
    text = f"{from_scaled(scaled):f}"
    places = text.partition(".")[2]
    assert 2 <= len(places) <= SCALE
    assert len(places) == 2 or not places.endswith("0")


@pytest.mark.parametrize(
    ("amount", "scaled"),
    [
        ("0", 0),
        ("-0.00", 0),
        ("0E+999999", 0),
        ("1E+3", 1_000_000_000),
        ("-12.345678", -12_345_678),
        ("0.000001", 1),
        ("1.50000000000000000000000000000000000000", 1_500_000),
        ("9223372036854.775807", 2**63 - 1),
        ("-9223372036854.775807", -(2**63) + 1),
    ],
)
def test_exact_amounts_are_stored(amount: str, scaled: int) -> None:
    """Zeros at the end lose nothing, whatever their number; negative zero is zero."""
    assert to_scaled(Decimal(amount)) == scaled


@pytest.mark.parametrize(
    "amount",
    [
        "0.0000001",
        "-1.2345678",
        "0.0000010000000000000000000000000000000001",  # more digits than a default context holds
        "9223372036854.775808",
        "-9223372036854.775808",
        "1E+13",
        "1E+999999",
        "1E-999999",
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
    ],
)
def test_what_does_not_fit_is_refused(amount: str) -> None:
    """No digit is lost without a word, and nothing but a number is an amount."""
    with pytest.raises(ValueError, match="cannot be stored"):
        to_scaled(Decimal(amount))


@given(st.lists(MILLIONTHS))
def test_sums_in_two_parts_are_exact(column: list[int]) -> None:
    """Wholes and rests summed apart, as SQL divides, give the sum of the column beyond 64 bits."""
    wholes = sum(abs(x) // 10**SCALE * (1 if x > 0 else -1) for x in column)
    rests = sum(abs(x) % 10**SCALE * (1 if x > 0 else -1) for x in column)
    assert from_scaled_sums(wholes, rests) == Decimal(sum(column)) / 10**SCALE


def test_sum_of_nothing_is_zero() -> None:
    """SQL's sum over no rows is null, an accountant's is nought."""
    assert from_scaled_sums(None, None) == 0


@pytest.mark.parametrize(
    ("currency", "places"), [("EUR", 2), ("jpy", 0), ("XPF", 0), ("KWD", 3), ("CLF", 4), ("???", 2)]
)
def test_decimals_of_currencies(currency: str, places: int) -> None:
    """A currency has the decimals of ISO 4217, an unknown one two."""
    assert decimals(currency) == places


@pytest.mark.parametrize(
    ("amount", "places", "result"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("2.344999", 2, "2.34"),
        ("0.5", 0, "1"),
        ("-0.004", 2, "0.00"),
        ("1", 3, "1.000"),
        ("1234567890123456789012345678901234567890.125", 2, "1234567890123456789012345678901234567890.13"),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: str, places: int, result: str) -> None:
    """Rounding is that of an invoice, at any size, and never shows minus nought."""
    assert str(rounded(Decimal(amount), places)) == result


def test_rounding_ignores_the_context() -> None:
    """A thread whose decimals know neither digits nor exponents rounds an invoice as every other."""
    amount, result = Decimal("1234.567"), Decimal("1234.57")
    with decimal.localcontext(decimal.Context(prec=1, Emin=0, Emax=0)):
        found = rounded(amount, 2)
    assert found == result


@given(AMOUNTS, st.integers(0, 4))
def test_rounding_moves_by_half_a_unit_at_most(amount: Decimal, places: int) -> None:
    """A rounded amount is the nearest one, and rounding again changes nothing."""
    result = rounded(amount, places)
    assert abs(result - amount) <= Decimal(1).scaleb(-places) / 2
    assert rounded(result, places) == result


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_no_number_is_no_amount(amount: str) -> None:
    """Neither rounding nor Money takes what cannot be paid."""
    with pytest.raises(ValueError, match="not an amount"):
        rounded(Decimal(amount), 2)
    with pytest.raises(ValueError, match="not an amount"):
        Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("currency", "places", "result"),
    [("JPY", None, "JPY 13"), ("EUR", None, "EUR 12.50"), ("KWD", None, "KWD 12.500"), ("EUR", 0, "EUR 13")],
)
def test_quantize_follows_currency_or_document(currency: str, places: int | None, result: str) -> None:
    """An amount is rounded to its currency's decimals unless its document says how many."""
    assert str(Money(Decimal("12.5"), currency).quantize(places)) == result


@given(AMOUNTS, AMOUNTS)
def test_sums_are_exact_and_reversible(first: Decimal, second: Decimal) -> None:
    """Adding and taking away again leaves what was there."""
    one, other = Money(first, "EUR"), Money(second, "EUR")
    assert one + other - other == one
    assert one - other == -(other - one)
    assert Money.total([one, other], "EUR") == one + other


@given(AMOUNTS, AMOUNTS)
def test_order_is_that_of_the_amounts(first: Decimal, second: Decimal) -> None:
    """Within one currency, Money compares as its amounts do."""
    one, other = Money(first, "EUR"), Money(second, "EUR")
    assert (one < other, one <= other, one > other, one >= other) == (
        first < second,
        first <= second,
        first > second,
        first >= second,
    )
    assert bool(one) == bool(first)


def test_total_of_nothing_has_a_currency() -> None:
    """A sum over no documents is nought of the currency asked for, not a bare number."""
    assert Money.total([], "EUR") == Money(Decimal(0), "EUR")
    assert str(-Money(Decimal(0), "EUR")) == "EUR 0"


@pytest.mark.parametrize(
    "mix",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
        lambda a, b: a >= b,
        lambda a, b: Money.total([a, b], "EUR"),
    ],
)
def test_currencies_do_not_mix(mix) -> None:
    """Euros and yen are never added or compared; that they differ can be asked."""
    euros, yen = Money(Decimal(1), "EUR"), Money(Decimal(1), "JPY")
    assert euros != yen
    with pytest.raises(MixedCurrencies, match="EUR and JPY"):
        mix(euros, yen)
