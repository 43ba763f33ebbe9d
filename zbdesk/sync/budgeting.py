"""Showing the day's calls while they are made: often enough to be true, seldom enough to cost nothing."""

from __future__ import annotations

from collections.abc import Callable

from zbdesk.domain.clock import Clock
from zbdesk.domain.views import Connection
from zbdesk.store import budget, connections
from zbdesk.store.database import Database
from zbdesk.sync.context import Client
from zbdesk.sync.events import CallsUsed, Event

SHOW_EVERY = 0.1
"""Seconds between two events at least."""

NOTE_EVERY = 30.0
"""Seconds after which the last contact is written down anew while calls are made."""


class CallMeter:
    """Emits ``CallsUsed`` from the count in the database. At most ten a second, and always the last word.

    It also notes when Zoho last answered, for the dashboard and ``status``.
    """

    def __init__(
        self, db: Database, connection: Connection, clock: Clock, emit: Callable[[Event], None], client: Client
    ) -> None:
        self._db = db
        self._connection = connection
        self._clock = clock
        self._emit = emit
        self._client = client
        self._noted_at = float("-inf")
        self._shown_at = float("-inf")
        self._shown: CallsUsed | None = None

    def show(self, *, last: bool = False) -> None:
        """Tell the count if it is time to, or if this is the ``last`` chance and it has moved."""
        now = self._clock.monotonic()
        if not last and now - self._shown_at < SHOW_EVERY:
            return
        self._shown_at = now
        self._note_contact(now, last=last)
        event = self.read()
        if event is not None and event != self._shown:
            self._shown = event
            self._emit(event)

    def _note_contact(self, now: float, *, last: bool) -> None:
        at = self._client.last_contact_at
        if at is not None and (last or now - self._noted_at >= NOTE_EVERY):
            self._noted_at = now
            connections.set_contact(self._db, self._connection.id, at)

    def read(self) -> CallsUsed | None:
        """Return how the day stands; None for a connection that is gone."""
        today = budget.today(self._db, self._connection.id, now=self._clock.now())
        return None if today is None else CallsUsed(today.used, today.limit, today.paused_until)

    def left(self) -> int | None:
        """How many calls the background may still make today; None where no limit is known."""
        today = budget.today(self._db, self._connection.id, now=self._clock.now())
        if today is None or today.limit is None:
            return None
        return max(0, today.limit - today.reserve - today.used)
