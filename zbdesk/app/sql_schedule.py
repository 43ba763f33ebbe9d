"""Databases as sources, asked every so often for as long as the program runs, each in a thread of its own.

A slow or frozen database keeps only its own source waiting: its query has a time-out, and ending the program stops it.
Documents are written on the engine's loop, chunk by chunk.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta

from zbdesk.app import sources_sql
from zbdesk.app.build import Surroundings
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.app.watching import LoopWriter
from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.sql import SqlSource
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.store.sources import StoredSource
from zbdesk.sync.engine import Engine

_log = logging.getLogger(__name__)

LOOK_SECONDS = 20.0


def is_due(stored: StoredSource, now: datetime) -> bool:
    """Whether a source is to be asked now: it is on, and its time has come."""
    every = SqlSettings.of(stored.settings).every_minutes if stored.kind == sources_sql.KIND else 0
    if stored.paused or every <= 0:
        return False
    last = stored.last_at
    return last is None or last > now or now - last >= timedelta(minutes=every)


class Asking:
    """The runs under way, by source."""

    def __init__(self, around: Surroundings, engine: Engine) -> None:
        self._around = around
        self._engine = engine
        self._write = LoopWriter(engine)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._running: dict[int, SqlSource] = {}
        self._ending = False

    def look(self) -> None:
        """Begin what is due and not under way."""
        now = self._engine.clock.now()
        for stored in store.sources(self._engine.db, self._engine.connection.id):
            task = self._tasks.get(stored.id)
            if is_due(stored, now) and (task is None or task.done()):
                self._tasks[stored.id] = asyncio.create_task(self._ask(stored), name=f"source {stored.id}")

    async def end(self) -> None:
        """Stop what runs and wait for it: its thread writes through this loop."""
        self._ending = True
        for source in self._running.values():
            source.stop()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _ask(self, stored: StoredSource) -> None:
        taken = await asyncio.to_thread(self._run, stored)
        if taken:
            self._engine.edited()

    def _run(self, stored: StoredSource) -> int:
        """In a thread: one source, once; how many documents were taken. Never raises."""

        def running(source: SqlSource) -> None:
            self._running[stored.id] = source
            if self._ending:
                source.stop()

        here, around = self._engine.connection, self._around
        try:
            with closing(Database.open_reader(around.database)) as db:
                found = sources_sql.run_source(db, here, stored, around.vault(), around.clock.now, self._write, running)
        except CancelledError:
            return 0  # the loop is ending; what was begun is found unchanged at the next start
        except ZbdeskError as error:
            _log.info("source %s: %s", stored.id, error.title)  # told where the sources are listed
            return 0
        except Exception:  # noqa: BLE001
            # The top of a task: one source's fault must not end the others, nor the engine.
            _log.exception("a run of source %s failed", stored.id)
            return 0
        finally:
            self._running.pop(stored.id, None)
        return found.report.taken


@asynccontextmanager
async def asking(around: Surroundings, engine: Engine) -> AsyncIterator[None]:
    """Ask the databases of the engine's connection until the block ends."""
    runs = Asking(around, engine)
    task = asyncio.create_task(_keep_asking(runs, engine), name="databases")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await runs.end()


async def _keep_asking(runs: Asking, engine: Engine) -> None:
    while True:
        runs.look()
        await engine.clock.sleep(LOOK_SECONDS)
