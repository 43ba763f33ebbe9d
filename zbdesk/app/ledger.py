"""The day's count of Zoho Books calls, kept in the database so that it survives restarts.

The day is the organization's own: Zoho's allowance starts again at its midnight, not at this computer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Budget
from zbdesk.domain.pace import WINDOW
from zbdesk.domain.views import Connection
from zbdesk.store import budget
from zbdesk.store.database import Database


class StoredLedger:
    """What the call gate asks for, over ``store.budget``. Used by the thread that owns the writing handle only."""

    def __init__(self, db: Database, connection: Connection, clock: Clock) -> None:
        self._db = db
        self._id = connection.id
        self._zone = connection.organization.time_zone
        self._clock = clock

    def used_today(self) -> int:
        """Calls made since the organization's midnight."""
        return budget.calls_on(self._db, self._id, self._day())

    def count(self, calls: int, lately: Sequence[float], /) -> None:
        """Note that calls leave; committed at once, so that a crash forgets none, neither of the day nor the minute."""
        now = self._clock.now()
        with self._db.transaction():
            budget.add_calls(self._db, self._id, self._day(), calls)
            budget.keep_lately(self._db, self._id, now, lately)

    def recent(self) -> list[float]:
        """How many seconds ago the calls of an earlier process were answered, as far as they still count."""
        now = self._clock.now()
        ages = [(now - at).total_seconds() for at in budget.lately(self._db, self._id)]
        # What was noted by a clock that ran ahead is taken for this very moment: a minute too long is the safe side.
        return [max(0.0, age) for age in ages if age < WINDOW]

    def limit(self) -> int | None:
        """The plan's daily number, where Zoho's answers told it."""
        return budget.limit(self._db, self._id)

    def set_limit(self, limit: int, /) -> None:
        """Remember the daily number that an answer told."""
        budget.set_limit(self._db, self._id, limit)

    def paused_until(self) -> datetime | None:
        """Until when Zoho asked for silence; None once that is over."""
        until = budget.paused_until(self._db, self._id)
        return until if until is not None and until > self._clock.now() else None

    def pause(self, until: datetime, reason: Budget, /) -> None:
        """No call before ``until``, in this process or the next."""
        budget.pause(self._db, self._id, until, reason)

    def _day(self) -> str:
        return budget.day_of(self._clock.now(), self._zone)
