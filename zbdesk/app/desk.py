"""One data directory and all that a window or a command line may do with it.

``Desk`` owns start-up and shutdown: the reading pool, the writer's lock, the vault, the sync thread. It holds no rule
about data. Invariant: at most one Desk of all processes writes one data directory.
"""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from zbdesk.app.clock import SystemClock
from zbdesk.app.paths import data_directory
from zbdesk.app.reader import Reader, ToItsEnd
from zbdesk.app.settings import Settings, load_settings
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import SetupError
from zbdesk.store.database import Database, MissingDatabase
from zbdesk.sync.commands import Command
from zbdesk.sync.events import Event

if TYPE_CHECKING:
    # What a connection is built of (HTTP, sign-in, engine, keychain) takes longer to import than a window to show:
    # it is imported where it is needed first, which is not before the first paint.
    from zbdesk.app.build import Surroundings
    from zbdesk.app.companions import Companions
    from zbdesk.app.connect import ConnectFlow
    from zbdesk.app.disconnect import DisconnectReport
    from zbdesk.app.lock import InstanceLock
    from zbdesk.app.worker import SyncThread
    from zbdesk.sync.engine import Engine
    from zbdesk.vault import Vault

T = TypeVar("T")
DATABASE = "zbdesk.sqlite3"

AGAIN = 0.05
"""Seconds until questions that go on with another statement are stopped again."""


class NotConnected(SetupError):
    """A command needs a connection and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "This computer is not connected to Zoho Books.",
            "Choose Connect Zoho Books in the window, or run `zbdesk connect`.",
        )


class Desk:
    """The services of one data directory. Made by ``Desk.open``; ended by ``close``."""

    def __init__(self, data_dir: Path, settings: Settings, clock: Clock, *, passphrase: str | None) -> None:
        self.data_dir = data_dir
        self.settings = settings
        self.clock = clock
        self._passphrase = passphrase
        self._vault: Vault | None = None
        self._vault_lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="zbdesk-reader")
        self._handles = threading.local()
        self._open_handles: list[Database] = []
        self._handles_lock = threading.Lock()
        self._asked: set[Future[object]] = set()
        self._stoppable: set[Database] = set()
        self._lock: InstanceLock | None = None
        self._update_lock = threading.Lock()
        self._thread: SyncThread | None = None

    @classmethod
    def open(
        cls,
        data_dir: Path | None = None,
        *,
        environment: Mapping[str, str] = os.environ,
        clock: Clock | None = None,
        passphrase: str | None = None,
    ) -> Desk:
        """The desk over ``data_dir`` (default: the system's place for it), which is made when it is missing.

        Raises ``SetupError`` for settings that cannot be read and ``StorageError`` for a place that cannot be used.
        """
        place = data_directory(data_dir, environment)
        settings = load_settings(place, environment)
        known = passphrase if passphrase is not None else environment.get("ZBDESK_VAULT_PASSPHRASE") or None
        return cls(place, settings, clock or SystemClock(), passphrase=known)

    @property
    def database_path(self) -> Path:
        """The local database."""
        return self.data_dir / DATABASE

    # Reading

    def read(self, question: Callable[[Reader], T]) -> Future[T]:
        """Answer a question in the reading pool, off the caller's thread.

        ``close`` stops it with ``ReadingStopped``, unless it is ``ToItsEnd``.
        """
        future = self._pool.submit(self._answer, question)
        self._asked.add(future)  # type: ignore[arg-type]
        future.add_done_callback(self._asked.discard)
        return future

    def _answer(self, question: Callable[[Reader], T]) -> T:
        reader = self._reader()
        handle: Database | None = getattr(self._handles, "db", None)
        if handle is None or isinstance(question, ToItsEnd):
            return question(reader)
        with self._handles_lock:
            self._stoppable.add(handle)
        try:
            with handle.mapped():  # a statement outside any snapshot may be the one that is stopped
                return question(reader)
        finally:
            with self._handles_lock:
                self._stoppable.discard(handle)

    def _reader(self) -> Reader:
        """This pool thread's own handle; opened anew when the database has come or gone meanwhile."""
        handle: Database | None = getattr(self._handles, "db", None)
        if handle is not None and (handle.is_frozen or not self.database_path.exists()):
            handle.close()
            handle = self._handles.db = None
        if handle is None:
            try:
                handle = self._open_reader()
            except MissingDatabase:
                return Reader(None, self.clock.now(), calls_per_minute=self.settings.calls_per_minute)
            with self._handles_lock:
                self._open_handles.append(handle)
        self._handles.db = handle
        return Reader(
            handle,
            self.clock.now(),
            calls_per_minute=self.settings.calls_per_minute,
            data_dir=self.data_dir,
            webhook_port=self.settings.webhook_port,
        )

    def _open_reader(self) -> Database:
        """A reading handle; a database that an earlier version of the program left is brought up to date first.

        Without that, the first look after an update would find no connection and offer to make one.
        """
        try:
            return Database.open_reader(self.database_path)
        except MissingDatabase:
            from zbdesk.app import updating

            with self._update_lock:
                if not updating.is_outdated(self.database_path):
                    raise
                self._update()
            return Database.open_reader(self.database_path)

    def _update(self) -> None:
        """Migrate as the one process that writes; where another one holds the lock, it is doing so right now."""
        from zbdesk.app import updating
        from zbdesk.app.lock import InstanceLock

        if self._lock is not None:
            updating.bring_up_to_date(self.database_path, self.clock)
            return
        with InstanceLock(self.data_dir, "update"):
            updating.bring_up_to_date(self.database_path, self.clock)

    # Secrets

    def vault(self) -> Vault:
        """Where secrets are kept. May block while the system asks the person: never call it on the main thread.

        Raises the vault's named errors; the next call tries again.
        """
        from zbdesk.vault import open_vault

        with self._vault_lock:
            if self._vault is None:
                self._vault = open_vault(self.data_dir, self._passphrase)
            return self._vault

    def use_passphrase(self, passphrase: str) -> None:
        """Seal secrets in a file with this passphrase instead of the system's keychain (the person's choice)."""
        with self._vault_lock:
            self._passphrase = passphrase
            self._vault = None

    # Writing

    def acquire(self, purpose: str) -> None:
        """Become the one process that writes here. Raises ``OtherInstance``, which names the one that does."""
        from zbdesk.app.lock import InstanceLock

        if self._lock is None:
            lock = InstanceLock(self.data_dir, purpose)
            lock.acquire()
            self._lock = lock

    def connector(self) -> ConnectFlow:
        """The steps from credentials to a stored connection."""
        from zbdesk.app.connect import ConnectFlow

        return ConnectFlow(
            data_dir=self.data_dir,
            settings=self.settings,
            clock=self.clock,
            vault=self.vault,
            http=self.surroundings.http_client,
        )

    def apply(self, settings: Settings) -> None:
        """These hold from now on: what runs beside the engine is switched at once, the rest finds them."""
        from zbdesk.app.background import SETTINGS

        self.settings = settings
        self.carry_out(lambda engine: engine.orders({SETTINGS: settings}))

    @property
    def surroundings(self) -> Surroundings:
        """What the parts of a connection are built from."""
        from zbdesk.app.build import Surroundings

        return Surroundings(self.database_path, self.settings, self.clock, self.vault)

    @asynccontextmanager
    async def engine(self, listener: Callable[[Event], None], *, lasting: bool = False) -> AsyncIterator[Engine]:
        """The engine of the current connection over a writing handle, on the caller's own loop.

        ``lasting``: other organizations may sync beside it, see ``opened_engine``. Raises ``NotConnected``, and what
        the database or the vault has to say.
        """
        from zbdesk.app.build import opened_engine

        async with opened_engine(self.surroundings, listener, lasting=lasting) as engine:
            if engine is None:
                raise NotConnected
            yield engine

    @asynccontextmanager
    async def attended(self, listener: Callable[[Event], None], *, lasting: bool = False) -> AsyncIterator[Engine]:
        """The engine with all that runs beside it (webhook listener, ...): for what lasts, not for one pass.

        Raises as ``engine`` does.
        """
        from zbdesk.app.background import services

        async with self.engine(listener, lasting=lasting) as engine, services(self.surroundings, engine):
            yield engine

    @asynccontextmanager
    async def beside(self, engine: Engine, listener: Callable[[Event], None]) -> AsyncIterator[Companions]:
        """All other organizations that are signed in, synced on the caller's loop until the block ends."""
        from zbdesk.app.companions import accompanied

        async with accompanied(self.surroundings, engine, listener) as others:
            yield others

    def start(self, listener: Callable[[Event], None]) -> bool:
        """Start the sync thread of the current connection and, beside it, of all others that are signed in.

        False where there is no connection yet. ``listener`` is called on that thread.
        """
        from zbdesk.app.worker import SyncThread

        self.acquire("window")
        if self._thread is not None or self.read(lambda reader: reader.connection()).result() is None:
            return False
        opener = partial(self.attended, lasting=True)
        self._thread = SyncThread(opener, listener, self.clock, beside=self.beside)
        self._thread.start()
        return True

    @property
    def is_attended(self) -> bool:
        """Whether the sync thread of this desk runs, which alone may write then."""
        return self._thread is not None and self._thread.is_running

    def send(self, command: Command, connection_id: int | None = None) -> None:
        """Hand a command to the running sync thread; without one it is dropped, since nothing could carry it out.

        ``connection_id``: of an organization beside the one in use; None is the one in use.
        """
        if self._thread is not None:
            self._thread.send(command, connection_id)

    def carry_out(self, work: Callable[[Engine], T]) -> Future[T]:
        """A short piece of work on the sync thread, where the one writing handle is: a chunk of an import.

        The future is cancelled where no sync thread runs.
        """
        if self._thread is None:
            gone: Future[T] = Future()
            gone.cancel()
            return gone
        return self._thread.call(work)

    def stop(self, timeout: float = 5.0) -> bool:
        """End the sync thread; False where a write is still finishing after ``timeout`` seconds. Twice is harmless."""
        if self._thread is None:
            return True
        ended = self._thread.stop(timeout)
        if ended:
            self._thread = None
        return ended

    async def disconnect(self, *, delete_data: bool) -> DisconnectReport:
        """Revoke the sign-in and forget its secrets; the mirror stays unless ``delete_data``. Stops syncing first."""
        from dataclasses import replace

        from zbdesk.app.automation import before_disconnecting
        from zbdesk.app.disconnect import disconnect

        self.stop()
        notes = await before_disconnecting(self)
        report = await disconnect(self.surroundings, delete_data=delete_data)
        return replace(report, notes=(*notes, *report.notes))

    def close(self) -> None:
        """End everything: sync thread, reading pool, lock. Twice is harmless."""
        self.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._stop_reading()
        self._pool.shutdown(wait=True)
        with self._handles_lock:
            for handle in self._open_handles:
                handle.close()
            self._open_handles.clear()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _stop_reading(self) -> None:
        """Nobody waits for answers any more: a long sum must not keep the program from ending."""
        running = set(self._asked)
        while running:
            with self._handles_lock:
                for handle in self._stoppable:
                    handle.interrupt()
            running = wait(running, timeout=AGAIN).not_done

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
