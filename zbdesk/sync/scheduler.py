"""The loop of the window and of ``zbdesk run``: the timetable, a person's commands, and what stands in the way.

Invariants: one pass at a time; a command is obeyed at once, whatever runs; a pass that came due in vain is made up for
once, not once for every slot that went by; signed out, no call is made.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from zbdesk.domain.errors import Action, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import ConnectionState, EngineState, RunKind
from zbdesk.store import budget, connections, guards
from zbdesk.store.trees import want_details
from zbdesk.sync import adjusting, as_left, belonging, machine, messages, nightly, obeying, period, reading
from zbdesk.sync.commands import (
    Command,
    ConfirmOrganization,
    EditCommand,
    FillDetails,
    Hold,
    LookAtPeriod,
    Pause,
    ReadDetail,
    ReplayEvent,
    Resume,
    SetModules,
    SettingCommand,
    Stop,
    SyncNow,
    Woke,
)
from zbdesk.sync.events import CommandDone, RecordsChanged, RunFinished, StateChanged
from zbdesk.sync.hints import CAUSE as WEBHOOK
from zbdesk.sync.hints import Hints
from zbdesk.sync.machine import Signal, Standing
from zbdesk.sync.modules import NIGHTLY
from zbdesk.sync.orders import Order, covers, merged, signal_for
from zbdesk.sync.parallel import end_all
from zbdesk.sync.side_jobs import SideJobs
from zbdesk.sync.timetable import Slot, after_seconds, next_slot

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine

_log = logging.getLogger(__name__)

LOOK_AGAIN = 30.0
"""Seconds after which the clocks and the sign-in are looked at even if nothing is due: sleep and a new sign-in in
another process send no signal."""


class Scheduler:
    """Drives one engine until it is cancelled."""

    def __init__(self, engine: Engine, commands: asyncio.Queue[Command]) -> None:
        self._engine = engine
        self._clock = engine.clock
        self._commands = commands
        self._standing = Standing()
        self._shown: StateChanged | None = None
        self._anchor = engine.clock.now()
        self._slot = Slot(self._anchor, engine.clock.monotonic())
        self._planned_every = engine.interval
        self._probe_at: Slot | None = None
        self._pass: asyncio.Task[RunFinished] | None = None
        self._running: Order | None = None
        self._wanted: Order | None = None
        self._look_at_night = False
        self._wake = asyncio.Event()
        self._side = SideJobs(engine, self._wake)
        self._hints = Hints(engine, self._side, self._wake)
        engine.hinted = self._hints.arrived
        engine.edited = self._edited
        self._pass_began = engine.clock.now()
        self._held = ""

    async def run(self) -> None:
        """Loop until cancelled; then end what runs, leave the database in order and let the cancellation go on."""
        self._begin_as_left()
        listener = asyncio.create_task(self._listen())
        try:
            while True:
                self._wake.clear()
                self._advance()
                await self._until_something_happens(listener)
        finally:
            await self._close(listener)

    async def _listen(self) -> None:
        while True:
            command = await self._commands.get()
            try:
                self._obey(command)
            except ZbdeskError as error:
                self._engine.emit(obeying.failure(command, error))
            self._wake.set()

    async def _until_something_happens(self, listener: asyncio.Task[None]) -> None:
        timer = asyncio.create_task(self._clock.sleep(self._seconds_left()))
        woken = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait({timer, woken, listener}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end_all(timer, woken)
        if listener.done():
            # It never returns: a bug in obeying must not leave a deaf loop behind.
            listener.result()

    async def _close(self, listener: asyncio.Task[None]) -> None:
        running = [listener] if self._pass is None else [listener, self._pass]
        await end_all(*running)
        await self._hints.end()
        await self._side.end()
        connections.set_next_run(self._engine.db, self._engine.connection.id, None)

    # Standing

    def _begin_as_left(self) -> None:
        """Take up how things stood when the program last ended."""
        for signal in as_left.signals(self._engine):
            self._take(signal)
        self._show()

    def _take(self, signal: Signal) -> None:
        self._standing = machine.after(self._standing, signal)
        if isinstance(signal, machine.Unreachable):
            delay = machine.probe_delay(self._standing.failures)
            self._probe_at = after_seconds(delay, self._clock.now(), self._clock.monotonic())

    def _show(self) -> None:
        """Tell the state when it is another one than was told last."""
        standing = self._standing
        below = standing.state is standing.condition
        shown = StateChanged(
            state=standing.state,
            at=self._clock.now(),
            until=standing.shown_until,
            reason=standing.reason if below else "",
            action=standing.action if below else Action.NONE,
        )
        if standing.state is EngineState.IDLE and self._keeps_still():
            opens = None if self._held else self._engine.hours.opens_at(shown.at)
            shown = replace(shown, state=EngineState.PAUSED, until=opens, reason=self._held or messages.OUTSIDE_HOURS)
        before = self._shown
        if before is None or (shown.state, shown.until, shown.reason) != (before.state, before.until, before.reason):
            self._shown = shown
            self._engine.emit(shown)

    # What to do next

    def _advance(self) -> None:
        """Look at what ended, at both clocks and at the sign-in, then start what is due."""
        if self._pass is not None and self._pass.done():
            self._pass_ended(self._pass)
        for signal in self._side.signals():
            self._take(signal)
        self._look_around()
        order = self._next_order() if self._pass is None else None
        if order is not None:
            self._start(order)
        self._hints.work(self._standing, passing=self._pass is not None)
        self._side_work()
        self._show()

    def _look_around(self) -> None:
        self._engine.quiet.keep(self._clock.now(), self._engine.set_pace)
        standing, state = self._standing, self._engine.state
        if standing.condition is EngineState.SIGNED_OUT and state is not ConnectionState.NEEDS_SIGN_IN:
            self._take(machine.SignedIn())
        if machine.pause_over(standing, self._clock.now()):
            self._resume()
        if self._slot.reached(self._clock.now(), self._clock.monotonic()):
            self._plan_next()
            self._look_at_night = True
            self._take(machine.Missed())
        elif self._planned_every != self._engine.interval:
            self._plan_next()

    def _next_order(self) -> Order | None:
        """Name the pass to start now; what is scheduled counts as missed until it runs."""
        now, standing = self._clock.now(), self._standing
        if self._wanted is not None and machine.may_start(standing, now, by_person=True):
            order, self._wanted = self._wanted, None
            return order
        if not machine.may_start(standing, now, by_person=False) or self._keeps_still():
            return None
        if standing.owed:
            return Order(None, (), "poll")
        hinted = self._hints.order()
        if hinted is not None:
            return hinted
        return self._night_order() if standing.condition is EngineState.IDLE else None

    def _night_order(self) -> Order | None:
        """Name the complete lists that are due, once after each slot."""
        if not self._look_at_night or self._engine.quiet.holds(self._clock.now()):
            return None
        self._look_at_night = False
        due = nightly.due(self._engine)
        return Order(RunKind.FULL, due, NIGHTLY) if due else None

    def _start(self, order: Order) -> None:
        engine = self._engine
        self._side.stop_fill()
        self._take(machine.PassBegan())
        self._running = order
        self._pass_began = self._clock.now()
        self._pass = asyncio.create_task(
            engine.run_pass(kind=order.kind, modules=order.modules, cause=order.cause, confirmed=order.confirmed)
        )
        self._pass.add_done_callback(lambda _task: self._wake.set())

    def _pass_ended(self, task: asyncio.Task[RunFinished]) -> None:
        # Only a pass over all lists makes up for one that is owed.
        owed = self._standing.owed and self._running is not None and self._running.cause == WEBHOOK
        self._pass = self._running = None
        self._hints.pass_ended(self._pass_began)
        if task.cancelled():
            self._take(machine.PassStopped())
            if self._standing.paused:
                # A pause only puts the pass off; Stop takes it back.
                self._take(machine.Missed())
            return
        finished = task.result()
        firm_until = budget.paused_until(self._engine.db, self._engine.connection.id)
        self._take(signal_for(self._engine.last_error, finished, self._clock.now(), firm_until))
        if owed:
            self._take(machine.Missed())
        if finished.kind is RunKind.FIRST:
            self._side.mark_fill()

    def _side_work(self) -> None:
        """Probe the network while it is away; fill in details while there is nothing else to do."""
        standing = self._standing
        if standing.condition is EngineState.OFFLINE and not standing.paused and self._pass is None:
            if self._probe_at is not None and self._probe_at.reached(self._clock.now(), self._clock.monotonic()):
                self._probe_at = None
                self._side.probe()
            return
        quiet = self._engine.quiet.holds(self._clock.now()) or self._keeps_still()
        if standing.state is EngineState.IDLE and self._pass is None and not standing.owed and not quiet:
            self._side.fill()
        else:
            self._side.stop_fill()

    # The timetable

    def _plan_next(self) -> None:
        engine = self._engine
        self._planned_every = engine.interval
        self._slot = next_slot(self._anchor, engine.interval, self._clock.now(), self._clock.monotonic())
        engine.next_run_at = self._slot.wall
        connections.set_next_run(engine.db, engine.connection.id, self._slot.wall)

    def _seconds_left(self) -> float:
        """How long nothing will be due; both clocks are looked at in between."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        slots = [self._slot, self._probe_at, self._side.rests_until, self._hints.retry_at]
        left = [slot.seconds_left(now, monotonic) for slot in slots if slot is not None]
        ends = (self._standing.until, self._standing.paused_until, self._engine.hours.opens_at(now))
        left += [(until - now).total_seconds() for until in ends if until is not None and until > now]
        return max(0.05, min(LOOK_AGAIN, *left))

    # Commands

    def _obey(self, command: Command) -> None:  # noqa: C901, PLR0912 - one case a command
        """Carry out one command. Raises ``ZbdeskError`` with the sentence for the person."""
        if isinstance(command, EditCommand):
            self._edit(command)
            return
        if isinstance(command, SettingCommand):
            adjusting.adjust(self._engine, command)
            return
        match command:
            case SyncNow():
                self._sync_now(command)
            case Stop():
                self._stop()
            case Pause(until=until):
                self._pause(machine.Paused(until))
            case Resume():
                self._resume()
            case ReadDetail(record_id=record_id):
                self._refuse_calls()
                belonging.require(self._engine.db, self._engine.connection, records=(record_id,))
                self._side.read_detail(record_id)
            case FillDetails(modules=names):
                self._fill(names)
            case SetModules():
                is_new = adjusting.set_modules(self._engine, command)
                self._plan_next()
                if is_new:
                    self._take(machine.Missed())
            case ReplayEvent(event_id=event_id):
                self._hints.replay(event_id)
            case LookAtPeriod():
                self._refuse_calls()
                period.begin(self._engine, command)
            case Hold(reason=reason):
                self._held = reason
            case Woke():
                self._woke()
            case ConfirmOrganization():
                guards.clear(self._engine.db, self._engine.connection.id)
                self._sync_now(SyncNow())
            case _:
                assert_never(command)

    def _edit(self, command: EditCommand) -> None:
        """Change our side here and now; a pass that brings it to Zoho is owed from then on."""
        engine = self._engine
        if obeying.obey(engine.db, engine.connection, command, now=self._clock.now):
            self._sync_now(SyncNow())
            if self._pass is not None:
                # It may have looked at this record already: then the next one takes it along.
                self._take(machine.Missed())
        else:
            self._take(machine.Missed())
        if ticket := obeying.ticket_of(command):
            engine.emit(CommandDone(ticket))
        engine.emit(RecordsChanged(frozenset(MODULES)))

    def _edited(self) -> None:
        """Somebody else on this thread changed our side: a pass is owed, and tables show something else."""
        self._take(machine.Missed())
        self._engine.emit(RecordsChanged(frozenset(MODULES)))
        self._wake.set()

    def _sync_now(self, command: SyncNow) -> None:
        names = tuple(named(name).name for name in command.modules)
        confirmed = tuple(named(name).name for name in command.confirmed)
        order = Order(RunKind.FULL if command.full else None, names, "user", confirmed)
        self._refuse_calls()
        if self._pass is not None and self._running is not None and covers(self._running, order):
            return
        self._wanted = order if self._wanted is None else merged(self._wanted, order)

    def _refuse_calls(self) -> None:
        """Raise why no call can be made, not even for a person."""
        now, standing = self._clock.now(), self._standing
        if standing.condition is EngineState.SIGNED_OUT:
            raise messages.SignInFirst
        if machine.still_waiting(standing, now) and standing.firm and standing.until is not None:
            raise messages.Silence(standing.until, (standing.until - now).total_seconds())

    def _stop(self) -> None:
        self._wanted = None
        self._look_at_night = False
        self._side.give_up_fill()
        if self._pass is not None:
            self._pass.cancel()

    def _pause(self, signal: machine.Paused) -> None:
        self._take(signal)
        if self._pass is not None:
            self._pass.cancel()
        engine = self._engine
        if engine.state in {ConnectionState.ACTIVE, ConnectionState.OFFLINE, ConnectionState.PAUSED}:
            reason = messages.paused(signal.until)
            connections.set_state(engine.db, engine.connection.id, ConnectionState.PAUSED, reason)

    def _keeps_still(self) -> bool:
        """Whether nothing begins by itself now: outside the hours, or while the computer should be spared."""
        return bool(self._held) or not self._engine.hours.allows(self._clock.now())

    def _woke(self) -> None:
        """After sleep the network may be away: it is asked, and what is owed runs once when it answers."""
        self._take(machine.Missed())
        if self._pass is None and self._standing.condition is EngineState.IDLE:
            self._take(machine.Unreachable(messages.WOKE))
            self._probe_at = after_seconds(0.0, self._clock.now(), self._clock.monotonic())

    def _resume(self) -> None:
        if not self._standing.paused and self._keeps_still():
            # Held by the clock or by the computer, not by a person: their click is an exception for one run.
            self._sync_now(SyncNow())
            return
        self._take(machine.Resumed())
        engine = self._engine
        if engine.state is ConnectionState.PAUSED:
            connections.set_state(engine.db, engine.connection.id, ConnectionState.ACTIVE)

    def _fill(self, names: tuple[str, ...]) -> None:
        chosen = [named(name) for name in names]
        modules = tuple(module.name for module in chosen if reading.has_details(module))
        want_details(self._engine.db, self._engine.connection.id, modules)
        self._side.want_fill(modules)
