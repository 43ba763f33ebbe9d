"""Dates without time, stamps in UTC, and where a day of the organization begins.

Zoho writes stamps in the organization's zone (``2026-06-09T13:14:59-0400``), whose offset changes with the season:
they are never compared as text. Invariant: every ``datetime`` that leaves here is aware and in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_SHORTEST_STAMP = len("2026-06-09T13:14:59Z")


def _aware(text: str | None) -> datetime | None:
    if text is None or len(text) < _SHORTEST_STAMP or text[10] not in "T ":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment


def parse_stamp(text: str | None) -> datetime | None:
    """The moment that Zoho names, in UTC and whole seconds; None for blank text and for what is no stamp.

    Takes every offset form seen: ``-0400``, ``+05:30``, ``Z``. A stamp without an offset names no moment.
    """
    seconds = stamp_seconds(text)
    try:
        return None if seconds is None else _EPOCH + timedelta(seconds=seconds)
    except OverflowError:  # within a day of the first or last year there is
        return None


def stamp_seconds(text: str | None) -> int | None:
    """The same as whole seconds since 1970 UTC: what the database keeps and rows are read into."""
    moment = _aware(text)
    return None if moment is None else (moment - _EPOCH) // _SECOND


def format_stamp(moment: datetime) -> str:
    """The only form that Zoho accepts in a query: ``2026-09-20T00:00:00+0000``. Raises ``ValueError`` if not aware."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be sent")
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000".rjust(24, "0")


def parse_date(text: str | None) -> date | None:
    """A business date ``yyyy-mm-dd``; None for blank text and for what is no date."""
    if text is None or len(text := text.strip()) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def zone(name: str) -> tzinfo:
    """The zone of an organization; UTC where its name is unknown here, so that a day always has a beginning."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not in the database; not a name at all; a directory of it
        return UTC


def local_day(now: datetime, zone_name: str) -> date:
    """Which day it is in the organization."""
    return now.astimezone(zone(zone_name)).date()


def day_start(now: datetime, zone_name: str) -> datetime:
    """When the organization's present day began, in UTC. Where midnight is skipped: the first moment that there was."""
    return _midnight(local_day(now, zone_name), zone(zone_name))


def next_day_start(now: datetime, zone_name: str) -> datetime:
    """When the organization's next day begins, in UTC: the moment a daily allowance starts anew."""
    return _midnight(local_day(now, zone_name) + _DAY, zone(zone_name))


def _midnight(day: date, where: tzinfo) -> datetime:
    # fold=0 is the right one twice: of two midnights the first, and in a gap the offset before it, which gives the
    # moment of the change itself.
    return datetime.combine(day, time(), where).astimezone(UTC)
