"""Passes against a demo server until nothing is left to write, as a process of its own that may be killed.

``python push_until_quiet.py DATABASE URL TOKEN ORGANIZATION AHEAD`` prints how the last pass ended as one line of JSON.
Its clock is ``AHEAD`` seconds ahead and jumps where somebody waits, so that no run takes longer for a wait.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[level]) for level in (1, 2)]

from world import ORGANIZATION, RealClock, a_connection, real_books  # noqa: E402

from zbdesk.domain.status import RunResult  # noqa: E402
from zbdesk.store import attempts, connections, documents, module_states  # noqa: E402
from zbdesk.store.database import Database  # noqa: E402
from zbdesk.sync.engine import Engine  # noqa: E402

MODULES = ("currencies", "taxes", "contacts", "items", "invoices", "customerpayments")
PASSES = 6
"""More than any backlog needs; a run that is not quiet by then says so."""


class AheadClock(RealClock):
    """Real time, moved on at once by whatever somebody waits for."""

    def __init__(self, ahead: float) -> None:
        super().__init__()
        self._ahead = ahead

    def now(self) -> datetime:
        """The wall clock."""
        return super().now() + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return super().monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Let the time pass without waiting for it."""
        self._ahead += max(0.0, seconds)
        await asyncio.sleep(0)


async def main(database: str, url: str, token: str, organization: str, ahead: str) -> None:
    """Open, connect if need be, make passes until all is quiet, print."""
    clock = AheadClock(float(ahead))
    db = Database.open(database, now=clock.now)
    connection = connections.current(db)
    if connection is None:
        view = replace(ORGANIZATION, organization_id=organization, currency_code="INR", time_zone="Asia/Kolkata")
        made = replace(a_connection(clock.now()), organization=view, read_only=False, scopes=())
        connection = connections.save(db, made)
        with db.transaction():
            module_states.set_enabled(db, connection.id, MODULES)
    async with real_books(url, token, organization, clock) as books:
        engine = Engine(
            db=db,
            books=books,
            connection=connection,
            clock=clock,
            rng=clock.rng,
            emit=lambda _event: None,
            poll_seconds=900.0,
        )
        for number in range(PASSES):
            run = await engine.run_pass(kind=None, cause="user")
            is_quiet = not (documents.due(db, connection.id) or attempts.unanswered(db, connection.id))
            if number and is_quiet and run.result is RunResult.OK and not run.pushed:
                break
    db.close()
    print(json.dumps({"result": run.result, "quiet": is_quiet, "message": run.message}))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:6]))
