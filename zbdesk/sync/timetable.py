"""When the next scheduled pass is due. Pure.

Slots lie on a grid from a fixed point, so passes do not drift by their own length. Each slot is kept by both clocks:
the wall clock brings one pass (not many) after sleep, the monotonic one keeps the pace when the wall clock is set back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

QUIET_FROM, QUIET_TO = 0, 6
"""Hours of the organization's night in which complete lists are read."""

OVERDUE = timedelta(hours=36)
"""A complete list this old is read at any hour: some computers are never on at night."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One due moment: ``wall`` in UTC, ``monotonic`` in seconds."""

    wall: datetime
    monotonic: float

    def reached(self, now: datetime, monotonic: float) -> bool:
        """Whether either clock has come to it."""
        return now >= self.wall or monotonic >= self.monotonic

    def seconds_left(self, now: datetime, monotonic: float) -> float:
        """How long to wait at most before looking again; never negative."""
        return max(0.0, min((self.wall - now).total_seconds(), self.monotonic - monotonic))


def after_seconds(seconds: float, now: datetime, monotonic: float) -> Slot:
    """Return the slot that many seconds from now."""
    return Slot(now + timedelta(seconds=seconds), monotonic + seconds)


def next_slot(anchor: datetime, every: float, now: datetime, monotonic: float) -> Slot:
    """Return the first moment after ``now`` on the grid ``anchor + n * every``."""
    passed = floor((now - anchor).total_seconds() / every)
    wall = anchor + timedelta(seconds=(passed + 1) * every)
    return Slot(wall, monotonic + (wall - now).total_seconds())


def full_is_timely(last_full_at: datetime | None, now: datetime, local_hour: int) -> bool:
    """Whether a complete list, at least a day old, may be read now: at night, or at any hour when long overdue."""
    if last_full_at is None:
        return True
    age = now - last_full_at
    quiet = QUIET_FROM <= local_hour < QUIET_TO
    return age >= OVERDUE or (quiet and age >= timedelta(hours=24))
