"""The sync thread: an asyncio loop of its own that runs the engine and holds the only writing connection.

Commands go in from any thread, events come out on this one. It is no daemon: ``stop`` ends it tidily, and a failure to
begin is an event like any other, never a thread that silently is not there.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

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


class SyncThread:
    """One engine in one thread. ``listener`` is called on that thread for each event."""

    def __init__(self, opener: Opener, listener: Listener, clock: Clock) -> None:
        self._opener = opener
        self._listener = listener
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._commands: asyncio.Queue[Command] | None = None
        self._engine: Engine | None = None
        self._waiting: list[Command] = []
        self._stopping = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="zbdesk-sync")

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def send(self, command: Command) -> None:
        """Hand a command to the engine, from any thread; it is kept until the engine is ready for it."""
        with self._lock:
            if self._loop is None or self._commands is None:
                self._waiting.append(command)
            elif not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._commands.put_nowait, command)

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
                self._loop.call_soon_threadsafe(self._task.cancel)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

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
        async with self._opener(self._listener) as engine:
            with self._lock:
                self._commands = asyncio.Queue()
                self._engine = engine
                for command in self._waiting:
                    self._commands.put_nowait(command)
                self._waiting.clear()
            await engine.run_forever(self._commands)

    def _tell(self, error: ZbdeskError) -> None:
        state = EngineState.SIGNED_OUT if isinstance(error, AuthError) else EngineState.FAILED
        self._listener(StateChanged(state, self._clock.now(), reason=str(error), action=error.action))
