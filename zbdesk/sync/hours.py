"""When passes may begin by themselves: between two times of the day, on some days of the week. Pure.

Times are those of the organization's zone. A range may run over midnight (22:00 to 06:00); its days are then those on
which it begins. Invariant: without times and days every moment is allowed, and a person's click never asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(1, 8))


@dataclass(frozen=True, slots=True)
class Hours:
    """``begin`` and ``end`` alike mean the whole day. ``days``: ISO numbers, 1 is Monday. ``zone``: an IANA name."""

    begin: time = time(0)
    end: time = time(0)
    days: frozenset[int] = EVERY_DAY
    zone: str = "UTC"

    def allows(self, now: datetime) -> bool:
        """Whether a pass may begin by itself now."""
        local = now.astimezone(_zone(self.zone))
        clock, today = local.time(), local.isoweekday()
        if self.begin == self.end:
            return today in self.days
        if self.begin < self.end:
            return today in self.days and self.begin <= clock < self.end
        yesterday = (today - 2) % 7 + 1
        return (clock >= self.begin and today in self.days) or (clock < self.end and yesterday in self.days)

    def opens_at(self, now: datetime) -> datetime | None:
        """The next moment at which it is allowed, in UTC; None while it is allowed now."""
        if self.allows(now):
            return None
        zone = _zone(self.zone)
        local = now.astimezone(zone)
        begins = self.begin if self.begin != self.end else time(0)
        for ahead in range(9):
            day = local.date() + timedelta(days=ahead)
            start = datetime.combine(day, begins, zone)
            if day.isoweekday() in self.days and start > local:
                return start.astimezone(UTC)
        return None


ALWAYS = Hours()


def hours_of(begin: str, end: str, days: str, zone: str) -> Hours:
    """From the words of the settings: ``07:00``, ``21:00``, ``12345``; empty times or days are no limit."""
    if not begin and not end and not days:
        return ALWAYS
    chosen = frozenset(int(digit) for digit in days) or EVERY_DAY
    return Hours(_time(begin), _time(end), chosen, zone)


def _time(text: str) -> time:
    return time.fromisoformat(text) if text else time(0)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a zone that this computer does not know
        return ZoneInfo("UTC")
