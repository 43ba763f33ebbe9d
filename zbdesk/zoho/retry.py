"""Again or not, and how long to wait. Pure: no clock, no network; jitter is passed in.

Full jitter (a wait anywhere between nothing and the ceiling) keeps several programs that failed at the same moment
from coming back at the same moment.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from zbdesk.domain.errors import Budget

MAX_TRIES = 5
LONGEST_BACKOFF = 60.0
"""Seconds. Also the longest wait inside one call; what is longer is the caller's to decide."""

MINUTE_WAITS = (60.0, 900.0, 3600.0)
"""The wait after a per-minute refusal that names none, by how many came without a success between."""

_EPOCH_FROM = 1_000_000_000
_EPOCH_MS_FROM = 1_000_000_000_000
_DAY = 86_400.0


def again(tries: int, retry_after: float | None = None, max_tries: int = MAX_TRIES) -> bool:
    """Whether a read that failed ``tries`` times is tried once more. A long wait that was asked for ends the call."""
    return tries < max_tries and (retry_after is None or retry_after <= LONGEST_BACKOFF)


def backoff(tries: int, base: float, jitter: float, retry_after: float | None = None) -> float:
    """Seconds to wait after the ``tries``-th failure; ``jitter`` in [0, 1). What the server asked for wins."""
    if retry_after is not None:
        return retry_after
    ceiling: float = min(LONGEST_BACKOFF, base * 2.0 ** min(tries - 1, 16))
    return jitter * ceiling


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds of a ``Retry-After`` header, which may be a number or an HTTP date; None when unreadable."""
    if text is None or not text.strip():
        return None
    number = _number(text)
    if number is not None:
        return max(0.0, number)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (_aware(at) - now).total_seconds())


def parse_reset(text: str | None, now: datetime) -> float | None:
    """Seconds of ``X-Rate-Limit-Reset``: Zoho sends seconds; a value that can only be a point in time is taken so."""
    number = _number(text) if text is not None else None
    if number is None or number < 0:
        return None
    if number >= _EPOCH_MS_FROM:
        number /= 1000
    if number >= _EPOCH_FROM:
        return max(0.0, number - now.timestamp())
    return number if number <= 2 * _DAY else None


def throttle(
    code: str | None,
    *,
    retry_after: float | None,
    reset: float | None,
    strikes: int,
    jitter: float,
    day_ends_in: float,
) -> tuple[Budget, float]:
    """Which budget a 429 speaks of, and for how many seconds the whole organization stays silent.

    1070: too many at once, a short wait. 45: the day's allowance, until it is given anew. Everything else counts as
    the minute's limit: 43 and 44, and codes that nobody has seen yet. ``strikes``: refusals in a row before this one.
    """
    if code == "1070":
        return Budget.PARALLEL, retry_after if retry_after is not None else 2.0 + 8.0 * jitter
    if code == "45":
        return Budget.DAY, next(wait for wait in (retry_after, reset, day_ends_in) if wait is not None)
    if retry_after is not None:
        return Budget.MINUTE, retry_after
    return Budget.MINUTE, MINUTE_WAITS[min(strikes, len(MINUTE_WAITS) - 1)]


def _number(text: str) -> float | None:
    try:
        number = float(text.strip())
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
