"""One pass: read the lists, find out what is gone, read details, and say how it ended.

The engine of one connection. It owns the writing handle on the database and runs on one thread and one loop; what it
learns goes out through ``emit``, called on that thread. Invariant: one pass at a time, and each one that began has its
end in the run history, also when it was cancelled.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Action, AuthError, ZbdeskError
from zbdesk.domain.module import Feed, Module, Section
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import ConnectionState, EngineState, RunKind, RunResult
from zbdesk.domain.views import Connection
from zbdesk.store import budget, connections, cursors, diary, documents, guards, indexes, module_states, runs
from zbdesk.store.database import Database
from zbdesk.sync import endings, hints, logbook, messages, standing_modules
from zbdesk.sync.braking import NO_LIMITS
from zbdesk.sync.budgeting import CallMeter
from zbdesk.sync.commands import Command
from zbdesk.sync.context import Books, Pass
from zbdesk.sync.detail import DetailReader
from zbdesk.sync.endings import Ending
from zbdesk.sync.events import Event, RunFinished, RunStarted, StateChanged
from zbdesk.sync.faults import Reach, reach
from zbdesk.sync.hours import ALWAYS
from zbdesk.sync.modules import ModuleJob, Streak
from zbdesk.sync.order import Limits
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.pushing import Pushing
from zbdesk.sync.quiet import Quiet
from zbdesk.zoho.limits import Priority

TURNS = 3

_log = logging.getLogger(__name__)


class Engine:
    """Keeps one organization's mirror up to date.

    ``last_error``: what ended the latest pass early, None when it came to its end.
    """

    def __init__(
        self,
        *,
        db: Database,
        books: Books,
        connection: Connection,
        clock: Clock,
        rng: random.Random,
        emit: Callable[[Event], None],
        poll_seconds: float,
        parallel: int = 4,
        limits: Limits = NO_LIMITS,
    ) -> None:
        self.db = db
        self.books = books
        self.connection = connection
        self.clock = clock
        self.rng = rng
        self.emit = emit
        self.poll_seconds = poll_seconds
        self.hurry_seconds: float | None = None
        """A shorter interval while webhooks cannot be relied on; None: as the person has chosen."""
        self.parallel = max(1, parallel)
        self.limits = limits
        self.hours = ALWAYS
        """When passes may begin by themselves."""
        self.set_pace: Callable[[int, float], None] = _no_pace
        """Changes calls a minute and the reserve of the gate that ``books`` goes through."""
        self.minute_free_in: Callable[[], float] = _at_once
        """Seconds until the minute has room for a call."""
        self.quiet = Quiet(connection.organization.time_zone)
        """Month end: what does not happen by itself while it holds."""
        self.last_error: ZbdeskError | None = None
        self.next_run_at: datetime | None = None
        self.hinted: Callable[[], None] = _nothing
        """Called on this engine's thread when something was stored in the inbox; the loop that runs listens."""
        self.edited: Callable[[], None] = _nothing
        """Called on this engine's thread when our side was changed past its commands; the loop that runs listens."""
        self.jobs: set[asyncio.Task[object]] = set()
        """What a person waits for beside the passes; ended with what runs beside this engine."""
        self.orders: Callable[[dict[str, object]], int | None] = _no_orders
        """How what runs beside it carries out an order on this thread: HTTP status, None for none of its own."""
        self.meter = CallMeter(db, connection, clock, emit, books.client)
        self._running = False
        self._pushing: Pushing | None = None

    @property
    def state(self) -> ConnectionState:
        """How the connection stands in the database now; signing in again changes it there."""
        stored = connections.get(self.db, self.connection.id)
        return self.connection.state if stored is None else stored.state

    @property
    def interval(self) -> float:
        """Seconds between two scheduled passes now."""
        return self.poll_seconds if self.hurry_seconds is None else min(self.poll_seconds, self.hurry_seconds)

    async def run_forever(self, commands: asyncio.Queue[Command]) -> None:
        """Keep polling and obey commands until cancelled; then close tidily and raise ``CancelledError``."""
        from zbdesk.sync.scheduler import Scheduler

        await Scheduler(self, commands).run()

    async def run_pass(
        self,
        *,
        kind: RunKind | None,
        modules: Sequence[str] = (),
        cause: str,
        confirmed: Sequence[str] = (),
        allow_large: bool = False,
        events: bool = False,
    ) -> RunFinished:
        """Make one pass to its end and return how it ended; failures of the environment are results, not exceptions.

        ``kind`` None decides for each module. ``modules`` empty: all that are on. ``confirmed``: modules whose mass
        deletion a person has agreed to. ``allow_large``: a person says yes to whatever this pass comes to. ``events``:
        no loop runs, so what waits in the inbox is looked at in this pass. Raises ``UnknownModule``; raises
        ``CancelledError`` after the run is closed as interrupted and ``RunFinished`` was emitted. Without a sign-in, or
        while Zoho wants silence, no call is made.
        """
        if self._running:
            raise RuntimeError("a pass is already running")
        # What webhooks named was read by itself: without lists to read, such a pass only plans and pushes.
        only_plan = cause == "webhook" and not modules
        chosen = [] if only_plan else self._to_read(modules, full=kind is RunKind.FULL, background=cause == "poll")
        self._running = True
        try:
            refused = self._refused()
            if refused is not None:
                if refused.error is not None:
                    logbook.failed("pass", refused.error)
                return self._finish(None, kind or RunKind.DELTA, self.clock.now(), 0, refused)
            agreed = frozenset(named(name).name for name in confirmed)
            return await self._run(
                chosen, kind, cause, agreed, by_name=bool(modules), allow_large=allow_large, events=events
            )
        finally:
            self._running = False
            self._pushing = None

    # Before

    def _to_read(self, modules: Sequence[str], *, full: bool, background: bool) -> list[Module]:
        now = self.clock.now()
        return standing_modules.to_read(self.db, self.connection.id, modules, now=now, full=full, background=background)

    def _refused(self) -> Ending | None:
        """Say why no call may be made at all."""
        if self.state is ConnectionState.NEEDS_SIGN_IN:
            error = AuthError(messages.SIGNED_OUT)
            return Ending(RunResult.NEEDS_SIGN_IN, messages.SIGNED_OUT, Action.SIGN_IN, error)
        until = budget.paused_until(self.db, self.connection.id)
        if until is not None and until > self.clock.now():
            wait = (until - self.clock.now()).total_seconds()
            silence = messages.Silence(until, wait)
            return Ending(RunResult.FAILED, str(silence), Action.WAIT, silence)
        return None

    # The pass

    async def _run(
        self,
        chosen: list[Module],
        kind: RunKind | None,
        cause: str,
        confirmed: frozenset[str],
        *,
        by_name: bool,
        allow_large: bool,
        events: bool,
    ) -> RunFinished:
        counts = {count.module: count for count in module_states.module_counts(self.db, self.connection.id)}
        first = [module for module in chosen if module.name not in counts or not counts[module.name].first_done]
        shown = RunKind.FULL if kind is RunKind.FULL else RunKind.FIRST if first else RunKind.DELTA
        by_person = cause == "user" and shown is RunKind.DELTA
        run = Pass(
            db=self.db,
            books=self.books,
            connection_id=self.connection.id,
            clock=self.clock,
            emit=self.emit,
            after_call=self.meter.show,
            priority=Priority.USER if by_person else Priority.WEBHOOK if cause == "webhook" else Priority.POLL,
            cause=cause,
            parallel=self.parallel,
            by_name=by_name,
            confirmed=confirmed,
            limits=self.limits,
            allow_large=allow_large,
            expected={name: count.expected for name, count in counts.items()},
            troubles=standing_modules.troubles(self.db, self.connection.id, counts.values()),
        )
        started, calls = self.clock.now(), self.books.client.calls
        with self.db.transaction():
            run.run_id = runs.start(self.db, self.connection.id, shown, started)
        logbook.began(run.run_id, shown, len(chosen), cause)
        self.emit(RunStarted(run.run_id, shown, tuple(module.name for module in chosen), started))
        try:
            ending = Ending(RunResult.OK, "")
            if chosen or cause != "webhook":
                ending = await self._read(run, chosen, full=kind is RunKind.FULL, first_load=bool(first))
            if events and ending.error is None:
                await hints.within_pass(self, run, started)
            if first and ending.error is None:
                self._note_first_sync(run, first)
            if ending.error is None and self._is_confirmed():
                await self._push(run)
            elif ending.error is None and documents.due(self.db, self.connection.id):
                ending = Ending(RunResult.ATTENTION, messages.CONFIRM)
        except asyncio.CancelledError:
            self._finish(run, shown, started, calls, Ending(RunResult.INTERRUPTED, messages.STOPPED))
            raise
        except ZbdeskError as error:
            ending = self._failed(error)
        except Exception:  # noqa: BLE001
            # Top of the pass: a bug must not take the thread down; the data is safe, every page is a transaction.
            _log.exception("a pass ended in a bug")
            ending = Ending(RunResult.FAILED, messages.BUG, Action.REPORT, messages.Unexpected())
        return self._finish(run, shown, started, calls, ending)

    async def _read(self, run: Pass, chosen: list[Module], *, full: bool, first_load: bool) -> Ending:
        streak = Streak()
        jobs = [ModuleJob(run, module, streak, full=full) for module in chosen]
        for turn in range(TURNS):
            await in_parallel([partial(job.run) for job in jobs if _turn(job.module) == turn], self.parallel)
        # Nobody searches while the first records arrive; until the next pass a search looks through the keys.
        indexes.build(self.db, with_search=not first_load)
        await DetailReader(run).changed()
        self._reached()
        failed = [(job.module.label, job.failure) for job in jobs if job.failure is not None]
        if failed and len(failed) == len(jobs):
            _, first = failed[0]
            return Ending(RunResult.FAILED, messages.failed(first), first.action, first)
        return Ending(RunResult.OK, messages.not_read([label for label, _ in failed]))

    async def _push(self, run: Pass) -> None:
        """Bring our side to Zoho, on the lists as they were just read."""
        self._pushing = Pushing(run, self.connection)
        self._pushing.adopt()
        if self._pushing.is_idle():
            self._pushing.nothing_to_do()
        else:
            self.emit(StateChanged(EngineState.PUSHING, self.clock.now()))
            await self._pushing.push()
            # A payment of ours has changed its invoice: look at it now, not a whole interval later.
            if await DetailReader(run).left():
                await self._pushing.push()

    def _is_confirmed(self) -> bool:
        """Whether no person has to say first that this is the organization that they mean."""
        return guards.get(self.db, self.connection.id) is None

    def _failed(self, error: ZbdeskError) -> Ending:
        """Draw the consequences of what ended the pass."""
        logbook.failed("pass", error)
        if isinstance(error, AuthError):
            self.sign_in_lost(error)
            return Ending(RunResult.NEEDS_SIGN_IN, messages.failed(error), error.action, error)
        if reach(error) is Reach.OFFLINE and self.state is ConnectionState.ACTIVE:
            self._set_state(ConnectionState.OFFLINE, error.title)
        return Ending(RunResult.FAILED, messages.failed(error), error.action, error)

    def sign_in_lost(self, error: AuthError) -> None:
        """Remember that no call may be made before somebody has signed in again."""
        self._set_state(ConnectionState.NEEDS_SIGN_IN, error.title)

    def _reached(self) -> None:
        if self.state is ConnectionState.OFFLINE:
            self._set_state(ConnectionState.ACTIVE)

    def _set_state(self, state: ConnectionState, reason: str = "") -> None:
        with self.db.transaction():
            connections.set_state(self.db, self.connection.id, state, reason)

    # After

    def _note_first_sync(self, run: Pass, first: list[Module]) -> None:
        done = [module for module in first if cursors.get(self.db, self.connection.id, module.name).first_done]
        text = messages.first_sync_done(sum(run.tally(module).live for module in done), len(done))
        with self.db.transaction():
            diary.add(self.db, self.connection.id, "first_sync", text, at=run.now(), cause=run.cause)

    def _finish(self, run: Pass | None, kind: RunKind, started: datetime, calls: int, ending: Ending) -> RunFinished:
        """Close the run in the history and tell everybody."""
        self.last_error = ending.error
        now = self.clock.now()
        counts = {name: tally.counts() for name, tally in run.tallies.items()} if run is not None else {}
        conflicts, problems, pending = endings.waiting(self.db, self.connection.id)
        finished = RunFinished(
            run_id=run.run_id if run is not None else 0,
            kind=kind,
            result=ending.result,
            started_at=started,
            finished_at=now,
            api_calls=self.books.client.calls - calls if run is not None else 0,
            pulled=tuple((name, counts[name]) for name in MODULES if name in counts),
            pushed=self._pushing.counts if self._pushing is not None else (),
            conflicts=conflicts,
            problems=problems,
            pending=pending,
            message=ending.message,
            action=ending.action,
            next_run_at=self.next_run_at,
        )
        stopped = self._pushing is not None and self._pushing.stopped
        finished = endings.judged(finished, counts, stopped=stopped)
        if run is not None:
            endings.write_down(run, finished, counts, show=partial(self.meter.show, last=True))
        logbook.ended(finished)
        self.emit(finished)
        return finished


def _no_orders(_order: dict[str, object]) -> int | None:
    """Nothing runs beside an engine by itself."""
    return None


def _nothing() -> None:
    """Nobody listens: what is stored is found at the next start."""


def _no_pace(_per_minute: int, _reserve: float) -> None:
    """These books go through no gate of ours."""


def _at_once() -> float:
    """Where no gate counts the minute."""
    return 0.0


def _turn(module: Module) -> int:
    """Settings are read before what refers to them, and lists below other records after these."""
    if module.feed is Feed.NESTED:
        return 2
    return 0 if module.section is Section.SETTINGS else 1
