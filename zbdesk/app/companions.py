"""The organizations beside the one in use: each syncs with engine, sign-in, call gate and timetable of its own.

They live on the sync thread and write through its one handle; no transaction spans an await, so they never meet inside
one. What a person asks of the organization in use goes first, see ``precedence``. Invariants: an engine reads and
writes under its own connection's key and no other; one that fails, or waits for a person, holds up none of the others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from zbdesk.app import sql_schedule
from zbdesk.app.build import Surroundings, engine_over
from zbdesk.app.precedence import Precedence, patient
from zbdesk.app.watching import watching
from zbdesk.domain.errors import Action, AuthError, StorageError, ZbdeskError
from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.domain.views import Connection
from zbdesk.store import connections, module_states
from zbdesk.store.database import Database
from zbdesk.sync.commands import Command, FillDetails, Hold, SetHours, SetLimits, SetModules, SetMonthEnd, SetPace, Woke
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Elsewhere, Event, RunFinished, StateChanged

log = logging.getLogger(__name__)

AGAIN = 900.0
"""Seconds after which an organization whose engine could not be made is tried again: a keychain may ask a person."""

EVERYWHERE = SetLimits | SetHours | SetPace | SetMonthEnd | Hold | Woke
"""What a person settles for the program, not for one organization; hours and month end count in each one's own zone."""


class Companion:
    """One organization beside the one in use. ``engine`` is None while it cannot be made."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.commands: asyncio.Queue[Command] = asyncio.Queue()
        self.engine: Engine | None = None
        self.poll_seconds: float | None = None
        """Another interval than the program began with."""
        self.woken = asyncio.Event()
        """Set by a command, which may be what a try was waiting for."""

    def send(self, command: Command) -> None:
        """Hand over a command; it is kept until the engine is there."""
        self.commands.put_nowait(command)
        if isinstance(command, Woke):
            self.woken.set()

    def poll_every(self, seconds: float, modules: tuple[str, ...]) -> None:
        """Another interval from now on; ``modules`` are those that it reads anyway."""
        self.poll_seconds = seconds
        # By a command: its timetable is made anew, which a number that changes behind its back would not do.
        self.send(SetModules(modules, seconds))


class Companions:
    """All of them. Used on the sync thread only."""

    def __init__(self, around: Surroundings, db: Database, listener: Callable[[Event], None], current_id: int) -> None:
        self._around = around
        self._db = db
        self._listener = listener
        self._tasks: list[asyncio.Task[None]] = []
        self.precedence = Precedence(around.clock)
        self.all = {
            one.id: Companion(one)
            for one in connections.known(db)
            if one.id != current_id and one.state is not ConnectionState.NONE
        }

    def start(self) -> None:
        """Begin with each of them."""
        self._tasks = [
            asyncio.create_task(self._attend(one), name=f"organization {one.connection.id}")
            for one in self.all.values()
        ]

    def send(self, connection_id: int, command: Command) -> bool:
        """Hand a command to one of them; False where it is none of these."""
        companion = self.all.get(connection_id)
        if companion is not None:
            companion.send(command)
        return companion is not None

    def commanded(self, command: Command) -> None:
        """A command for the organization in use: what counts for the whole program counts here too."""
        self.precedence.commanded(command)
        if isinstance(command, EVERYWHERE):
            for one in self.all.values():
                one.send(command)
        elif isinstance(command, SetModules):
            for one in self.all.values():
                one.poll_every(command.poll_seconds, module_states.enabled(self._db, one.connection.id))
        elif isinstance(command, FillDetails):
            for one in self.all.values():
                one.send(FillDetails(module_states.enabled(self._db, one.connection.id)))

    def heard(self, event: Event) -> None:
        """An event of the organization in use."""
        self.precedence.heard(event)

    def stop(self) -> None:
        """Begin to end all of them at once; ``end`` waits."""
        for task in self._tasks:
            task.cancel()

    async def end(self) -> None:
        """End all of them: each closes its pass, its client and its run tidily."""
        self.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _attend(self, companion: Companion) -> None:
        """One organization for as long as the program runs."""
        while True:
            companion.woken.clear()
            try:
                await self._sync(companion)
            except AuthError as error:
                # Nothing to sign in with: as good as an ended sign-in, and shown as one.
                self._signed_out(companion, error)
            except ZbdeskError as error:
                self._tell(companion, EngineState.FAILED, error)
            except Exception:
                # The top of one organization: a bug in it must not take the others down.
                log.exception("organization %d stopped by a bug", companion.connection.id)
                self._tell(
                    companion,
                    EngineState.FAILED,
                    ZbdeskError(
                        "Syncing stopped because of a fault in zbdesk.",
                        "Nothing is lost. It is tried again by itself; the log has the details.",
                        action=Action.REPORT,
                    ),
                )
            finally:
                companion.engine = None
            await self._rest(companion)

    async def _sync(self, companion: Companion) -> None:
        connection = connections.get(self._db, companion.connection.id)
        if connection is None:
            return
        around, emit = self._around, partial(self._emit, companion)
        async with AsyncExitStack() as stack:
            engine = await stack.enter_async_context(
                engine_over(around, self._db, connection, emit, make_books=patient(self.precedence))
            )
            await stack.enter_async_context(watching(around, engine))
            await stack.enter_async_context(sql_schedule.asking(around, engine))
            companion.engine = engine
            if companion.poll_seconds is not None:
                engine.poll_seconds = companion.poll_seconds
            await engine.run_forever(companion.commands)

    async def _rest(self, companion: Companion) -> None:
        timer = asyncio.ensure_future(self._around.clock.sleep(AGAIN))
        woken = asyncio.ensure_future(companion.woken.wait())
        try:
            await asyncio.wait({timer, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            woken.cancel()

    def _emit(self, companion: Companion, event: Event) -> None:
        """What a list of organizations or a notification needs; figures and tables are those of the one in use."""
        if isinstance(event, StateChanged | RunFinished):
            organization = companion.connection.organization
            self._listener(Elsewhere(companion.connection.id, organization.name, event))

    def _signed_out(self, companion: Companion, error: AuthError) -> None:
        try:
            stored = connections.get(self._db, companion.connection.id)
            if stored is not None and stored.state is not ConnectionState.NONE:
                connections.set_state(self._db, stored.id, ConnectionState.NEEDS_SIGN_IN, error.title)
        except StorageError as failure:
            log.warning("a lost sign-in could not be written down: %s", failure.title)
        self._tell(companion, EngineState.SIGNED_OUT, error)

    def _tell(self, companion: Companion, state: EngineState, error: ZbdeskError) -> None:
        log.warning("organization %d: %s", companion.connection.id, error.title)
        self._emit(companion, StateChanged(state, self._around.clock.now(), reason=str(error), action=error.action))


@asynccontextmanager
async def accompanied(
    around: Surroundings, engine: Engine, listener: Callable[[Event], None]
) -> AsyncIterator[Companions]:
    """Sync every other organization that is signed in, until the block ends. ``engine``: of the one in use."""
    found = Companions(around, engine.db, listener, engine.connection.id)
    found.start()
    try:
        yield found
    finally:
        await found.end()
