"""Figures, dates and times are written the organization's way, digit for digit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.ui.fake_desk import NOW, ORGANIZATION
from tests.ui.meridian import GERMAN
from zbdesk.domain.views import Organization
from zbdesk.ui.formats import Formats

INDIA = Formats(ORGANIZATION)


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("1234567.89", "INR", "12,34,567.89"),
        ("1280000", "JPY", "12,80,000"),
        ("1318.75", "KWD", "1,318.750"),
        ("0", "INR", "0.00"),
        ("-0.05", "INR", "\N{MINUS SIGN}0.05"),
        ("-1234.5", "INR", "\N{MINUS SIGN}1,234.50"),
        ("1E+3", "INR", "1,000.00"),
        ("0.123456", "INR", "0.123456"),
        ("99999999999999999999.99", "INR", "9,99,99,99,99,99,99,99,99,999.99"),
        ("1.5", "JPY", "1.5"),
        ("-0", "INR", "0.00"),
    ],
)
def test_amounts_keep_every_digit_and_the_organizations_grouping(value, currency, shown):
    """Decimals follow the currency, grouping the organization; no digit is ever dropped."""
    assert INDIA.amount(Decimal(value), currency) == shown


def test_missing_amount_is_empty_not_zero():
    """What Zoho did not send is not shown as an amount."""
    assert INDIA.amount(None, "INR") == ""
    assert INDIA.money(None, "INR") == ""


def test_grouping_follows_the_country():
    """German companies read 1.234.567,89, Swiss ones an apostrophe; an unknown country groups by thousands."""
    assert Formats(GERMAN).amount(Decimal("1234567.89"), "EUR") == "1.234.567,89"
    assert Formats(Organization("1", "x", country="Switzerland")).amount(Decimal(1234567), "JPY") == "1’234’567"
    assert Formats(Organization("1", "x", country="Atlantis")).amount(Decimal(1234567), "JPY") == "1,234,567"


def test_country_may_be_missing_then_the_currency_tells():
    """INR alone is enough for lakhs."""
    assert Formats(Organization("1", "x", currency_code="INR")).count(104270) == "1,04,270"


def test_money_is_isolated_left_to_right():
    """In an Arabic sentence the code stays before its figure."""
    shown = INDIA.money(Decimal(5), "INR")
    assert shown[0] == "\N{LEFT-TO-RIGHT ISOLATE}"
    assert shown[-1] == "\N{POP DIRECTIONAL ISOLATE}"
    assert shown[1:-1] == "INR\N{NO-BREAK SPACE}5.00"


def test_dates_are_never_ambiguous():
    """The month is a word; what is no date is shown as it came."""
    assert INDIA.date("2026-11-03") == "3 Nov 2026"
    assert INDIA.date("soon") == "soon"
    assert INDIA.date(None) == ""
    assert INDIA.date("") == ""


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(seconds=1), "Just now"),
        (timedelta(seconds=40), "40 seconds ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=2, seconds=59), "2 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1), "yesterday 10:17"),
        (timedelta(days=3), "Tue 10:17"),
        (timedelta(days=30), "21 Oct 2026 10:17"),
    ],
)
def test_how_long_ago_in_words(before, shown):
    """Near times are spans, far ones dates, in the organization's zone."""
    assert INDIA.ago(NOW - before, NOW) == shown


def test_times_are_in_the_organizations_zone_and_name_it():
    """04:47 UTC is 10:17 in India."""
    assert INDIA.time(NOW) == "10:17"
    assert INDIA.zone_name(NOW) == "IST"
    assert INDIA.stamp(datetime(2026, 6, 1, 12, tzinfo=UTC)) == "1 Jun 2026 17:30 IST"


def test_an_unknown_zone_is_utc():
    """A zone name that this computer does not know never breaks a screen."""
    assert Formats(Organization("1", "x", time_zone="Mars/Olympus")).time(NOW) == "04:47"


@pytest.mark.parametrize(("size", "shown"), [(999, "999 bytes"), (48_000_000, "48 MB"), (3_000_000_000, "3 GB")])
def test_sizes_in_words(size, shown):
    """Bytes as people say them."""
    assert INDIA.size(size) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(1, "1 second"), (61, "2 minutes"), (5400, "2 hours")])
def test_durations_are_rounded_up(seconds, shown):
    """An end that is announced is never too early."""
    assert INDIA.duration(timedelta(seconds=seconds)) == shown
