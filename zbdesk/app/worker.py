"""The sync thread: an asyncio loop of its own that runs the engine and holds the only writing connection.

Beside the engine of the organization in use live those of the others (``companions``). Commands go in from any thread,
events come out on this one. It is no daemon: ``stop`` ends it tidily, and a failure to begin is an event like any
other, never a thread that silently is not there.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol, TypeVar

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Action, AuthError, ZbdeskError
from zbdesk.domain.status import EngineState
from zbdesk.sync.commands import Command
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event, StateChanged

log = logging.getLogger(__name__)

T = TypeVar("T")
Listener = Callable[[Event], None]
Opener = Callable[[Listener], AbstractAsyncContextManager[Engine]]


class Others(Protocol):
    """What lives beside the engine on its thread: ``companions.Companions``."""

    def send(self, connection_id: int, command: Command) -> bool:
        """Hand a command to one of them."""
        ...

    def commanded(self, command: Command) -> None:
        """A command for the engine goes by."""
        ...

    def heard(self, event: Event) -> None:
        """An event of the engine goes by."""
        ...

    def stop(self) -> None:
        """Begin to end."""
        ...


Beside = Callable[[Engine, Listener], AbstractAsyncContextManager[Others | None]]


@asynccontextmanager
async def alone(_engine: Engine, _listener: Listener) -> AsyncIterator[None]:
    """Nobody beside it."""
    yield None


class SyncThread:
    """One engine in one thread, and what lives ``beside`` it. ``listener`` is called on that thread for each event."""

    def __init__(self, opener: Opener, listener: Listener, clock: Clock, *, beside: Beside = alone) -> None:
        self._opener = opener
        self._listener = listener
        self._beside = beside
        self._others: Others | None = None
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._commands: asyncio.Queue[Command] | None = None
        self._engine: Engine | None = None
        self._waiting: list[tuple[Command, int | None]] = []
        self._stopping = False
        self._ending = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="zbdesk-sync")

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def send(self, command: Command, connection_id: int | None = None) -> None:
        """Hand a command to the engine, from any thread; it is kept until the engine is ready for it.

        ``connection_id``: to the engine of that organization, in use or not. None: to the one in use.
        """
        with self._lock:
            if self._loop is None or self._commands is None:
                self._waiting.append((command, connection_id))
            elif not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._route, command, connection_id)

    def _route(self, command: Command, connection_id: int | None) -> None:
        """On the loop: to whom a command goes. One for an organization that is not here any more is dropped."""
        if self._engine is None or self._commands is None:
            return
        if connection_id is None or connection_id == self._engine.connection.id:
            if self._others is not None:
                self._others.commanded(command)
            self._commands.put_nowait(command)
        elif self._others is None or not self._others.send(connection_id, command):
            log.warning("a command for an organization that is not here was dropped")

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended; one that failed to begin has ended, and holds no database."""
        return self._thread.is_alive()

    def call(self, work: Callable[[Engine], T]) -> Future[T]:
        """Carry out one short piece of work on this thread, between two awaits of the engine; from any thread.

        The future fails with ``CancelledError`` where the engine is not there (yet, or any more).
        """

        async def carry_out(engine: Engine) -> T:
            return work(engine)

        with self._lock:
            if self._engine is not None and self._loop is not None and not self._loop.is_closed():
                return asyncio.run_coroutine_threadsafe(carry_out(self._engine), self._loop)
        gone: Future[T] = Future()
        gone.cancel()
        return gone

    def stop(self, timeout: float) -> bool:
        """End the engine and wait for the thread; False where it is still finishing after ``timeout`` seconds.

        Twice is harmless. A write in flight ends by itself or is looked up at the next start.
        """
        with self._lock:
            self._stopping = True
            if self._loop is not None and self._task is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._end, self._task)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _end(self, task: asyncio.Task[None]) -> None:
        """All of them at the same time: quitting waits for the slowest write in flight, not for their sum.

        Once only: cancelling what is ending already would cut its tidying short.
        """
        if self._ending:
            return
        self._ending = True
        if self._others is not None:
            self._others.stop()
        task.cancel()

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            try:
                runner.run(self._main())
            except asyncio.CancelledError:
                log.debug("sync thread stopped")
            except ZbdeskError as error:
                self._tell(error)
            except Exception:
                # The top of the thread: a bug must reach the window, or it would show "in order" for ever.
                log.exception("the sync thread ended by a bug")
                self._tell(
                    ZbdeskError(
                        "Syncing stopped because of a fault in zbdesk.",
                        "Nothing is lost. Start zbdesk again; the log has the details.",
                        action=Action.REPORT,
                    )
                )

    async def _main(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.current_task()
            if self._stopping:
                return
        async with self._opener(self._hear) as engine, self._beside(engine, self._listener) as others:
            with self._lock:
                commands: asyncio.Queue[Command] = asyncio.Queue()
                self._commands = commands
                self._engine, self._others = engine, others
                for command, connection_id in self._waiting:
                    self._route(command, connection_id)
                self._waiting.clear()
            await engine.run_forever(commands)

    def _hear(self, event: Event) -> None:
        if self._others is not None:
            self._others.heard(event)
        self._listener(event)

    def _tell(self, error: ZbdeskError) -> None:
        state = EngineState.SIGNED_OUT if isinstance(error, AuthError) else EngineState.FAILED
        self._listener(StateChanged(state, self._clock.now(), reason=str(error), action=error.action))
