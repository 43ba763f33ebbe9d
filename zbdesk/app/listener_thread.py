"""The webhook listener on a thread of its own, so that Zoho's answer waits for nothing that the sync thread does.

The listener reads through a handle of its own and writes nothing to the database: what it takes goes to the sync
thread, or aside (``webhooks/porch.py``). It is no daemon: the end of the block is the end of the thread.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from zbdesk.app.webhook_secret import SecretKeeper
from zbdesk.store import inbox
from zbdesk.store.database import Database
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.porch import on_loop

_log = logging.getLogger(__name__)


@asynccontextmanager
async def on_own_thread(listener: Listener, *, at_end: Callable[[], None]) -> AsyncIterator[None]:
    """Run the listener on a thread of its own to the end of the block. ``at_end`` runs there last."""
    thread = _ListenerThread(listener, at_end)
    thread.start()
    try:
        # A listener whose port is taken has begun too; what fails here is a bug or a system without threads.
        await asyncio.wrap_future(thread.begun)
        yield
    finally:
        thread.stop()
        # Not on this loop: what the listener has handed in is still taken while it ends.
        await asyncio.shield(asyncio.to_thread(thread.join))


class _ListenerThread(threading.Thread):
    def __init__(self, listener: Listener, at_end: Callable[[], None]) -> None:
        super().__init__(name="zbdesk-webhooks")
        self._listener = listener
        self._at_end = at_end
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._stopped = False
        self.begun: Future[None] = Future()

    def run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                runner.run(self._main())
        except BaseException as error:  # noqa: BLE001
            # The top of the thread: before it has begun whoever waits is told, afterwards the log.
            if self.begun.done():
                _log.exception("the webhook listener ended by a bug")
            else:
                self.begun.set_exception(error)
        finally:
            self._at_end()

    async def _main(self) -> None:
        end = asyncio.Event()
        with self._lock:
            self._loop, self._end = asyncio.get_running_loop(), end
            if self._stopped:
                end.set()
        async with self._listener:
            self.begun.set_result(None)
            await end.wait()

    def stop(self) -> None:
        """End it, from any thread; twice is harmless."""
        with self._lock:
            self._stopped = True
            if self._loop is not None and self._end is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._end.set)


class PublicHosts:
    """The public names of the listener, as the database has them now. For one thread; ``close`` there too."""

    def __init__(self, database: Path, connection_id: int) -> None:
        self._database = database
        self._connection_id = connection_id
        self._db: Database | None = None

    def __call__(self) -> frozenset[str]:
        """The names. Raises ``StorageError``."""
        if self._db is None:
            self._db = Database.open_reader(self._database)
        url = inbox.facts(self._db, self._connection_id).public_url
        host = urlsplit(url).hostname if url else None
        return frozenset({host} if host else ())

    def close(self) -> None:
        """Let go of the database; twice is harmless."""
        if self._db is not None:
            self._db.close()
            self._db = None


class FarSecrets:
    """The keeper's secrets as seen from the listener's thread: a changed one is looked up on the keeper's loop."""

    def __init__(self, keeper: SecretKeeper, home: asyncio.AbstractEventLoop) -> None:
        self._keeper = keeper
        self._home = home

    def valid(self) -> tuple[str, ...]:
        """See ``Secrets``."""
        return self._keeper.valid()

    async def look_again(self) -> bool:
        """See ``Secrets``."""
        return not self._keeper.is_current() and await on_loop(self._home, self._keeper.look_again())
