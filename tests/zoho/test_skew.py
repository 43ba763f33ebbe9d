"""How far this computer's clock is off."""

from __future__ import annotations

import pytest

from zbdesk.zoho.skew import in_words, skew_seconds

from .fakes import BEGIN


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 14:00:00 GMT", 26 * 3600.0),
        (None, None),
        ("", None),
        ("yesterday", None),
        ("Fri, 20 Nov 2026 12:00:30 -0000", None),
    ],
)
def test_the_difference_is_read_from_the_header(header: str | None, expected: float | None) -> None:
    """Positive where our clock is behind; nothing is concluded from a header without a zone."""
    assert skew_seconds(header, BEGIN) == expected


@pytest.mark.parametrize(
    ("skew", "words"),
    [
        (None, None),
        (299, None),
        (-299, None),
        (600, "This computer's clock is 10 minutes behind."),
        (26 * 3600, "This computer's clock is 26 hours behind."),
        (-26 * 3600, "This computer's clock is 26 hours ahead."),
        (-10 * 86400, "This computer's clock is 10 days ahead."),
    ],
)
def test_it_is_said_in_words(skew: float | None, words: str | None) -> None:
    """Minutes, hours or days, and in which direction."""
    assert in_words(skew) == words
