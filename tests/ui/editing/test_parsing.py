"""What is typed becomes a value or a sentence; nothing is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.fake_desk import ORGANIZATION
from tests.ui.meridian import GERMAN
from zbdesk.ui.editing.parsing import NotClear, amount, day
from zbdesk.ui.formats import Formats

INDIA, GERMANY = Formats(ORGANIZATION), Formats(GERMAN)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "formats", "value"),
    [
        ("1,150.00", INDIA, "1150.00"),
        ("12,34,567.89", INDIA, "1234567.89"),
        ("INR 1150", INDIA, "1150"),
        ("−5.5", INDIA, "-5.5"),
        ("1.150,00", GERMANY, "1150.00"),
        (" 7 ", INDIA, "7"),
        ("", INDIA, None),
    ],
)
def test_amounts_are_read_as_the_organization_writes_them(text, formats, value):
    """Grouping and decimal mark are the organization's."""
    assert amount(text, formats, "INR") == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["abc", "1.2.3", "12x", "1.5,000", "--1", "."])
def test_what_is_no_amount_gets_an_example(text):
    """The sentence shows how an amount looks and blames nobody."""
    with pytest.raises(NotClear, match="for example"):
        amount(text, INDIA, "INR")


@pytest.mark.parametrize(("code", "text"), [("JPY", "1.5"), ("INR", "1.005"), ("KWD", "1.0005")])
def test_too_many_decimals_are_named(code, text):
    """Each currency has its own number of decimals; trailing zeros are no decimals."""
    with pytest.raises(NotClear, match=f"{code} has"):
        amount(text, INDIA, code)
    assert amount("1.0000", INDIA, code) == 1


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_what_is_shown_is_read_back_exactly(value):
    """Formatting and reading are inverse for every amount, in both ways of writing."""
    for formats in (INDIA, GERMANY):
        assert amount(formats.amount(value, "INR"), formats, "INR") == value


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14 Nov 2026", "2026-11-14"),
        ("14 november 2026", "2026-11-14"),
        ("2026-11-14", "2026-11-14"),
        ("14/11/2026", "2026-11-14"),
        ("11/14/2026", "2026-11-14"),
        ("05.05.2026", "2026-05-05"),
        ("today", "2026-11-20"),
        ("t", "2026-11-20"),
        ("", None),
    ],
)
def test_clear_dates_are_read(text, iso):
    """Words, ISO and any order that can mean only one day."""
    assert day(text, INDIA, TODAY) == iso


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("03/11/2026", "3 Nov 2026 or 11 Mar 2026"),
        ("30/11/26", "four digits"),
        ("31 Feb 2026", "for example"),
        ("soon", "for example"),
    ],
)
def test_unclear_dates_are_asked_about(text, words):
    """Two meanings, two-digit years and impossible days are refused with the way out."""
    with pytest.raises(NotClear, match=words):
        day(text, INDIA, TODAY)
