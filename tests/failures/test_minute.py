"""The minute's calls after a violent end: a restart does not open the minute anew."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.failures.conftest import Program
from tests.zoho.fakes import FakeClock
from zbdesk.app.desk import DATABASE
from zbdesk.app.ledger import StoredLedger
from zbdesk.store import budget, connections
from zbdesk.store.database import Database
from zbdesk.zoho.limits import WINDOW, CallGate, Priority

ALLOWED = 6


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Later(FakeClock):
    """The test's own clock, from the moment of the kill on."""

    def __init__(self, begin: datetime) -> None:
        super().__init__()
        self._begin = begin

    def now(self) -> datetime:
        """See ``Clock``."""
        return self._begin + timedelta(seconds=self.seconds)


@pytest.mark.anyio
async def test_a_killed_sync_leaves_the_minute_as_it_was(program: Program) -> None:
    """Killed -9 once its six calls a minute are made: the next process waits until the minute is over."""
    with Database.open(program.place / DATABASE, now=now) as db:
        connection = connections.current(db)
        assert connection is not None
        budget.keep_lately(db, connection.id, now(), [])  # the sync that made this copy was a moment ago
    asked = [entry for entry in program.server.requests if "/books/v3/" in entry.path]
    process = program.start("sync", "--full", "--json", ZBDESK_CALLS_PER_MINUTE=str(ALLOWED))
    pause = threading.Event()
    began = now()
    while sum("/books/v3/" in entry.path for entry in program.server.requests) < len(asked) + ALLOWED:
        assert process.poll() is None, process.communicate()
        pause.wait(0.01)
    process.kill()
    process.communicate(timeout=30)
    assert sum("/books/v3/" in entry.path for entry in program.server.requests) == len(asked) + ALLOWED

    with Database.open(program.place / DATABASE, now=now) as db:
        clock = Later(now())
        ledger = StoredLedger(db, connection, clock)
        recent = ledger.recent()
        assert len(recent) == ALLOWED
        gate = CallGate(clock, ALLOWED, 4, ledger, recent=recent)
        killed = clock.now()
        async with gate.slot(Priority.USER):
            assert clock.now() >= began + timedelta(seconds=WINDOW)
            assert clock.now() <= killed + timedelta(seconds=WINDOW)
        clock.seconds += 2 * WINDOW
        assert StoredLedger(db, connection, clock).recent() == []
