"""Again or not, and how long."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from zbdesk.domain.errors import Budget
from zbdesk.zoho import retry

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "retry_after", "expected"),
    [(1, None, True), (4, None, True), (5, None, False), (1, 60.0, True), (1, 61.0, False)],
)
def test_reads_are_repeated_a_few_times(tries: int, retry_after: float | None, expected: bool) -> None:
    """Five tries at most, and none after a wait over a minute was asked for."""
    assert retry.again(tries, retry_after) is expected


@pytest.mark.parametrize(
    ("tries", "jitter", "retry_after", "expected"),
    [(1, 0.5, None, 0.5), (3, 0.5, None, 2.0), (3, 0.0, None, 0.0), (30, 0.5, None, 30.0), (3, 0.5, 7.0, 7.0)],
)
def test_backoff_doubles_with_full_jitter(
    tries: int, jitter: float, retry_after: float | None, expected: float
) -> None:
    """The ceiling doubles with each try up to a minute; what the server asks for wins."""
    assert retry.backoff(tries, 1.0, jitter, retry_after) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("  ", None),
        ("3600", 3600.0),
        ("-5", 0.0),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60.0),
        ("Fri, 20 Nov 2026 12:01:00 -0000", 60.0),
        ("Fri, 20 Nov 2026 14:01:00 +0200", 60.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("1e15", None),
        ("1e300", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(text: str | None, expected: float | None) -> None:
    """Both forms of HTTP are read; what is neither says nothing."""
    assert retry.parse_retry_after(text, NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("x", None),
        ("-1", None),
        ("0", 0.0),
        ("0.5", 0.5),
        ("90", 90.0),
        ("172800", 172800.0),
        ("172801", None),
        ("1000000000", 0.0),
        ("1000000000000", 0.0),
        (str(int(NOW.timestamp()) + 30), 30.0),
        (str((int(NOW.timestamp()) + 30) * 1000), 30.0),
        (str(int(NOW.timestamp()) - 30), 0.0),
        ("999999", None),
    ],
)
def test_reset_is_seconds_or_a_point_in_time(text: str | None, expected: float | None) -> None:
    """Zoho does not say which, so the size of the number decides; a week of silence is not believed."""
    assert retry.parse_reset(text, NOW) == expected


@pytest.mark.parametrize(
    ("code", "retry_after", "reset", "strikes", "expected"),
    [
        ("1070", None, None, 0, (Budget.PARALLEL, 6.0)),
        ("1070", 3.0, None, 0, (Budget.PARALLEL, 3.0)),
        ("44", None, None, 0, (Budget.MINUTE, 60.0)),
        ("43", None, None, 1, (Budget.MINUTE, 900.0)),
        ("44", None, None, 2, (Budget.MINUTE, 3600.0)),
        ("44", None, None, 9, (Budget.MINUTE, 3600.0)),
        ("43", 3600.0, None, 0, (Budget.MINUTE, 3600.0)),
        ("45", None, 1200.0, 0, (Budget.DAY, 1200.0)),
        ("45", 5.0, 1200.0, 0, (Budget.DAY, 5.0)),
        ("45", None, None, 0, (Budget.DAY, 7200.0)),
        (None, None, None, 0, (Budget.MINUTE, 60.0)),
    ],
)
def test_a_refusal_names_its_budget_and_wait(
    code: str | None,
    retry_after: float | None,
    reset: float | None,
    strikes: int,
    expected: tuple[Budget, float],
) -> None:
    """A minute, a quarter of an hour, an hour for the minute's limit; the day's ends with the day."""
    wait = retry.throttle(code, retry_after=retry_after, reset=reset, strikes=strikes, jitter=0.5, day_ends_in=7200.0)
    assert wait == expected
