"""What runs beside the passes: details that a person opens, the back-fill, and the probe of a lost network.

Invariant: a side job never changes the engine's standing itself; it leaves a signal that the loop takes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from zbdesk.domain.errors import AuthError, RejectedError, ThrottledError, ZbdeskError
from zbdesk.store import budget
from zbdesk.store.trees import count_details_wanted, want_details
from zbdesk.sync import logbook, machine, messages
from zbdesk.sync.context import Pass
from zbdesk.sync.detail import DetailReader, Found
from zbdesk.sync.events import CommandFailed, DetailReady
from zbdesk.sync.machine import Signal
from zbdesk.sync.orders import signal_for
from zbdesk.sync.timetable import Slot, after_seconds
from zbdesk.zoho.limits import Priority

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine

_log = logging.getLogger(__name__)

REST = 300.0
"""Seconds before the back-fill tries again after something other than a spent budget stopped it."""


class SideJobs:
    """The tasks beside the passes. ``rests_until``: when the back-fill goes on, None when it need not wait."""

    def __init__(self, engine: Engine, wake: asyncio.Event) -> None:
        self._engine = engine
        self._wake = wake
        self._signals: list[Signal] = []
        self._details: dict[int, asyncio.Task[None]] = {}
        self._probe: asyncio.Task[None] | None = None
        self._fill: asyncio.Task[None] | None = None
        self._fill_modules: tuple[str, ...] = ()
        # Marks left by a program that ended in the middle of a back-fill or a pass.
        self._filling = count_details_wanted(engine.db, engine.connection.id) > 0
        self.rests_until: Slot | None = None

    def signals(self) -> list[Signal]:
        """Hand over what the jobs have found out since the last time."""
        found, self._signals = self._signals, []
        return found

    def new_pass(self, cause: str) -> Pass:
        """What a job beside the passes works with."""
        return self._pass(cause)

    def leave(self, error: ZbdeskError) -> None:
        """Leave the signal that a failure is, for the loop to take."""
        self._leave(error)

    async def end(self) -> None:
        """Cancel everything and wait for it."""
        tasks = [*self._details.values(), *(task for task in (self._probe, self._fill) if task is not None)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # A record that a person opened

    def read_detail(self, record_id: int) -> None:
        """Read one detail at once; a second click on the same record joins the first."""
        if record_id in self._details:
            return
        task = asyncio.create_task(self._read_detail(record_id))
        self._details[record_id] = task
        task.add_done_callback(lambda _task: self._details.pop(record_id, None))

    async def _read_detail(self, record_id: int) -> None:
        engine = self._engine
        try:
            found = await DetailReader(self._pass("user")).one(record_id)
        except ZbdeskError as error:
            logbook.failed("detail for a person", error)
            engine.emit(CommandFailed(error.title, error.message, error.action))
            if isinstance(error, AuthError | ThrottledError):
                self._leave(error)
            return
        except Exception:  # noqa: BLE001
            # Top of a task: said plainly, written down, and the loop goes on.
            _log.exception("reading a detail ended in a bug")
            failure = messages.Unexpected()
            engine.emit(CommandFailed(failure.title, failure.message, failure.action))
            return
        if found is Found.STORED:
            engine.emit(DetailReady(record_id))

    # The network

    def probe(self) -> None:
        """Ask the cheapest question there is."""
        if self._probe is None:
            self._probe = asyncio.create_task(self._ask())
            self._probe.add_done_callback(self._probed)

    def _probed(self, _task: asyncio.Task[None]) -> None:
        self._probe = None
        self._wake.set()

    async def _ask(self) -> None:
        try:
            await self._engine.books.organizations()
        except RejectedError:
            self._signals.append(machine.Reachable())
        except ZbdeskError as error:
            self._leave(error)
        else:
            self._signals.append(machine.Reachable())

    # The back-fill

    def want_fill(self, modules: tuple[str, ...]) -> None:
        """Fill these modules from now on, and again what a first load still brings into them."""
        self._fill_modules = tuple(dict.fromkeys(self._fill_modules + modules))
        self._filling = True
        self.rests_until = None

    def mark_fill(self) -> None:
        """Mark what a first load has brought."""
        if self._fill_modules:
            want_details(self._engine.db, self._engine.connection.id, self._fill_modules)
            self._filling = True

    def give_up_fill(self) -> None:
        """Stop until somebody asks for it again; the marks stay."""
        self._filling = False
        self.stop_fill()

    def stop_fill(self) -> None:
        """Make room for a pass; it goes on afterwards."""
        if self._fill is not None:
            self._fill.cancel()

    def fill(self) -> None:
        """Go on with the back-fill, if there is one and its rest is over."""
        engine = self._engine
        if self._fill is not None or not self._filling:
            return
        if self.rests_until is not None:
            if not self.rests_until.reached(engine.clock.now(), engine.clock.monotonic()):
                return
            self.rests_until = None
        self._fill = asyncio.create_task(self._fill_in())
        self._fill.add_done_callback(self._filled)

    def _filled(self, _task: asyncio.Task[None]) -> None:
        self._fill = None
        self._wake.set()

    async def _fill_in(self) -> None:
        engine = self._engine
        reader = DetailReader(self._pass("backfill"))
        wanted = count_details_wanted(engine.db, engine.connection.id)
        try:
            while await reader.batch(wanted):
                pass
            self._filling = False
        except ThrottledError as error:
            logbook.failed("back-fill", error)
            self._rest(error.wait)
            silence = budget.paused_until(engine.db, engine.connection.id)
            if silence is not None and silence > engine.clock.now():
                self._leave(error)
        except ZbdeskError as error:
            logbook.failed("back-fill", error)
            self._rest(REST)
            if isinstance(error, AuthError):
                self._leave(error)
        except Exception:  # noqa: BLE001
            # Top of a task: written down, tried again later.
            _log.exception("the back-fill ended in a bug")
            self._rest(REST)
        finally:
            engine.meter.show(last=True)

    def _rest(self, seconds: float) -> None:
        clock = self._engine.clock
        self.rests_until = after_seconds(seconds, clock.now(), clock.monotonic())

    def _leave(self, error: ZbdeskError) -> None:
        engine = self._engine
        until = budget.paused_until(engine.db, engine.connection.id)
        self._signals.append(signal_for(error, None, engine.clock.now(), until))
        if isinstance(error, AuthError):
            engine.sign_in_lost(error)
        self._wake.set()

    def _pass(self, cause: str) -> Pass:
        engine = self._engine
        return Pass(
            db=engine.db,
            books=engine.books,
            connection_id=engine.connection.id,
            clock=engine.clock,
            emit=engine.emit,
            after_call=engine.meter.show,
            priority={"user": Priority.USER, "webhook": Priority.WEBHOOK}.get(cause, Priority.BACKFILL),
            cause=cause,
            parallel=engine.parallel,
        )
