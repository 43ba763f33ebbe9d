"""Watched folders as long as the program runs: looked at every few seconds in a thread of their own.

Reading and checking happen there, on a reading handle; each chunk is written on the engine's loop, between two of its
awaits, so that a large file keeps neither the pass nor a command waiting.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager
from typing import TypeVar

from zbdesk.app.build import Surroundings
from zbdesk.app.folders import FolderWatch
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import RecordsChanged

_log = logging.getLogger(__name__)

LOOK_SECONDS = 3.0
T = TypeVar("T")


class LoopWriter:
    """Brings changes to the engine's handle, on its own loop, from another thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._loop = asyncio.get_running_loop()

    def __call__(self, change: Callable[[Database, Connection], T], /) -> T:
        """Carry out one change there and wait for its answer. Raises ``CancelledError`` where the loop has ended."""
        engine = self._engine

        async def carry_out() -> T:
            return change(engine.db, engine.connection)

        return asyncio.run_coroutine_threadsafe(carry_out(), self._loop).result()


@asynccontextmanager
async def watching(around: Surroundings, engine: Engine) -> AsyncIterator[None]:
    """Look at the watched folders of the engine's connection until the block ends."""
    ending = threading.Event()
    task = asyncio.create_task(_watch(around, engine, ending), name="watched folders")
    try:
        yield
    finally:
        ending.set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _watch(around: Surroundings, engine: Engine, ending: threading.Event) -> None:
    write = LoopWriter(engine)
    keeper: list[FolderWatch] = []
    handle: list[Database] = []
    try:
        while True:
            active = any(
                one.kind == "folder" and not one.paused for one in store.sources(engine.db, engine.connection.id)
            )
            if active:
                look = asyncio.get_running_loop().run_in_executor(
                    None, _look, around, engine, write, ending, keeper, handle
                )
                try:
                    taken = await asyncio.shield(look)
                except asyncio.CancelledError:
                    # The thread writes through this loop: let it come to the end of its chunk.
                    await asyncio.gather(look, return_exceptions=True)
                    raise
                if taken:
                    engine.emit(RecordsChanged(frozenset(MODULES)))
                    engine.edited()
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        for one in handle:
            one.close()


def _look(  # noqa: PLR0917 - one look
    around: Surroundings,
    engine: Engine,
    write: LoopWriter,
    ending: threading.Event,
    keeper: list[FolderWatch],
    handle: list[Database],
) -> int:
    """In a pool thread: every folder that is on, once. How many documents were taken."""
    if not handle:
        handle.append(Database.open_reader(around.database))
        keeper.append(
            FolderWatch(
                handle[0],
                engine.connection,
                now=around.clock.now,
                monotonic=around.clock.monotonic,
                write=write,
                stopped=ending.is_set,
            )
        )
    taken = 0
    for source in store.sources(handle[0], engine.connection.id):
        if source.kind != "folder" or source.paused or ending.is_set():
            continue
        try:
            taken += keeper[0].look(source).taken
        except CancelledError:
            return taken  # the loop is ending; what was begun goes on at the next start
        except ZbdeskError as error:
            _log.warning("folder %s: %s", source.id, error.title)
        except Exception:  # noqa: BLE001 - the top of a task
            # One folder's fault must not end the others, nor the engine.
            _log.exception("a look at folder %s failed", source.id)
    return taken
