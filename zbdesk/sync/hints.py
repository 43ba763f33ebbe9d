"""What webhook events name is read again, so that it is here within seconds instead of a polling interval.

An event is a hint where to look. Events of one record are answered by one look, looks go ahead of polling inside the
same budget of calls, and where many records of one module wait, their list is read instead of each of them.
Invariants: an event is settled only by a look that began after it was stored; what cannot be looked at now waits in
the database with the reason; nothing is deleted but on Zoho's word about that very id.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from zbdesk.domain.errors import AuthError, ThrottledError, TransientError, UsageError, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import EngineState
from zbdesk.store import inbox, module_states
from zbdesk.store.inbox import Result, Waiting
from zbdesk.sync import logbook, machine
from zbdesk.sync.context import Pass
from zbdesk.sync.crowds import Crowds
from zbdesk.sync.events import RecordsChanged
from zbdesk.sync.looking import Look, was_listed
from zbdesk.sync.machine import Standing
from zbdesk.sync.orders import Order
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.timetable import Slot, after_seconds

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine
    from zbdesk.sync.side_jobs import SideJobs

_log = logging.getLogger(__name__)

CAUSE = "webhook"
BATCH = 200
"""Records looked at between two looks at the database."""

AGAIN = 15.0
"""Seconds before what Zoho did not answer about is asked again."""

SOON = 1.0
"""Seconds after which records that are still being read are shown as announced."""


class NoSuchEvent(UsageError):
    """There is no event of that number, or it names no record that could be read again."""

    def __init__(self, event_id: int) -> None:
        super().__init__(
            f"There is no event {event_id} that can be replayed.",
            "`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.",
            subject=str(event_id),
        )


class Hints:
    """Looks at what waits in the inbox, beside the passes. ``retry_at``: when it goes on by itself, else None."""

    def __init__(self, engine: Engine, side: SideJobs, wake: asyncio.Event) -> None:
        self._engine = engine
        self._side = side
        self._wake = wake
        self._task: asyncio.Task[None] | None = None
        # What a program that was killed had stored and not looked at.
        self._fresh = inbox.count_waiting(engine.db, engine.connection.id) > 0
        self._held: Result | None = None
        self._passing = False
        self._plan_due = False
        self._dear: dict[str, None] = {}
        self._in_vain: set[str] = set()
        self._listed: dict[str, datetime] = {}
        self._by_list: dict[str, datetime] = {}
        self._crowds = Crowds()
        self.retry_at: Slot | None = None

    def arrived(self) -> None:
        """Something was stored in the inbox, on this thread."""
        self._fresh = True
        self._held = None
        self._wake.set()

    def replay(self, event_id: int) -> None:
        """A person wants this event looked at once more. Raises ``NoSuchEvent``."""
        engine = self._engine
        if not inbox.replay(engine.db, engine.connection.id, event_id):
            raise NoSuchEvent(event_id)
        self.arrived()

    async def end(self) -> None:
        """Cancel and wait; what was not settled is looked at by the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    # What the loop asks

    def work(self, standing: Standing, *, passing: bool) -> None:
        """Go on, if there is something to do and nothing stands in the way."""
        engine, self._passing = self._engine, passing
        if self.retry_at is not None and self.retry_at.reached(engine.clock.now(), engine.clock.monotonic()):
            self.retry_at, self._fresh = None, True
        if not self._fresh and self._task is None:
            return
        hindrance = hindrance_of(standing, engine.clock.now())
        if hindrance is not None:
            self._hold(hindrance)
        elif self._task is None:
            self._fresh, self._held = False, None
            self._task = asyncio.create_task(self._guarded(), name="webhook hints")
            self._task.add_done_callback(self._ended)

    def order(self) -> Order | None:
        """The pass that follows from what was found: lists where many records wait, else planning without any list."""
        if self._dear:
            names, self._dear = tuple(self._dear), {}
            # Until their lists are here: a list that fails is not asked for again and again.
            self._in_vain.update(names)
            for name in names:
                self._crowds.read_by_list(name, self._engine.clock.monotonic())
            return Order(None, names, CAUSE)
        if self._plan_due:
            self._plan_due = False
            return Order(None, (), CAUSE)
        return None

    def pass_ended(self, began: datetime) -> None:
        """A pass is over: whatever waited for it, or may have been brought by its lists, is looked at again."""
        counts = module_states.module_counts(self._engine.db, self._engine.connection.id)
        read = [count.module for count in counts if count.as_of is not None and count.as_of >= began]
        self._listed.update(dict.fromkeys(read, began))
        self._by_list.update(dict.fromkeys(self._in_vain.intersection(read), began))
        self._in_vain.difference_update(read)
        self._fresh = True

    # Looking

    def _hold(self, why: Result) -> None:
        self._fresh = True
        if self._task is not None:
            self._task.cancel()
        if self._held is not why:
            self._held = why
            engine = self._engine
            inbox.hold_all(engine.db, engine.connection.id, why)
            self._announce(inbox.waiting_modules(engine.db, engine.connection.id))

    def _announce(self, modules: Iterable[str]) -> None:
        """Tables show as announced what cannot be read at once."""
        names = frozenset(modules)
        if names:
            self._engine.emit(RecordsChanged(names))

    def _ended(self, _task: asyncio.Task[None]) -> None:
        self._task = None
        self._wake.set()

    async def _guarded(self) -> None:
        try:
            await self._work_off()
        except ZbdeskError as error:
            logbook.failed("webhook events", error)
            self._fresh = True
            if isinstance(error, AuthError | ThrottledError | TransientError):
                self._side.leave(error)
            else:
                self._later()
        except Exception:  # noqa: BLE001
            # Top of a task: written down, tried again later; the events stay.
            _log.exception("looking at webhook events ended in a bug")
            self._later()
        finally:
            self._engine.meter.show(last=True)

    async def _work_off(self) -> None:
        """Look until nothing is left that can be looked at now."""
        look = Look(self._engine, self._side.new_pass(CAUSE), self._listed, self._by_list)
        while batch := self._batch(look):
            names = {one.module for one in batch}
            late = asyncio.get_running_loop().call_later(SOON, self._announce, names)
            try:
                await in_parallel([partial(self._at, look, one) for one in batch], self._engine.parallel)
            finally:
                late.cancel()
                self._plan_due |= look.finish(adopt=not self._passing)
        if look.unanswered:
            self._later()

    async def _at(self, look: Look, one: Waiting) -> None:
        self._crowds.read_singly(one.module, self._engine.clock.monotonic())
        await look.at(one)

    def _batch(self, look: Look) -> list[Waiting]:
        """What can be looked at now; the rest is marked with the reason why it waits."""
        engine = self._engine
        answered = look.open_ones(5 * BATCH)
        if self._passing:
            # A crowd waits for the end of the pass, whose lists may bring it: read one by one it would take the calls
            # that those lists need.
            crowded = self._crowded(answered)
            few = [one for one in answered if one.module not in crowded]
            here = look.stamps_here(few)
            known = {one.newest_id for one in few if (one.module, one.remote_id) in here}
            busy = [one for one in answered if one.newest_id not in known]
            inbox.hold(engine.db, engine.connection.id, busy, Result.BUSY)
            self._announce(one.module for one in busy)
            return [one for one in answered if one.newest_id in known][:BATCH]
        # Once the list was read, what is left of these events is looked at one by one.
        dear = self._crowded([one for one in answered if not was_listed(self._listed, one)]) - self._in_vain
        self._want_lists(dear)
        return [one for one in answered if one.module not in dear or one.deletion][:BATCH]

    def _crowded(self, rest: Iterable[Waiting]) -> frozenset[str]:
        """Modules that go by their lists; deletions are asked for by their ids in any case."""
        named = Counter(one.module for one in rest if not one.deletion and one.module in MODULES)
        return self._crowds.of(named, self._engine.clock.monotonic())

    def _want_lists(self, names: Iterable[str]) -> None:
        """Read these lists with the next pass, or when the pause since the last ones is over."""
        now = self._engine.clock.monotonic()
        for name in sorted(names):
            allowed = self._crowds.allowed_at(name)
            if allowed is None or allowed <= now:
                self._dear[name] = None
            else:
                self._later(allowed - now)
                self._announce([name])

    def _later(self, seconds: float = AGAIN) -> None:
        """Go on after so long, or earlier where that was planned."""
        clock = self._engine.clock
        slot = after_seconds(seconds, clock.now(), clock.monotonic())
        if self.retry_at is None or slot.wall < self.retry_at.wall:
            self.retry_at = slot


async def within_pass(engine: Engine, run: Pass, began: datetime) -> None:
    """Look at what waits in the inbox inside a pass that began at ``began``, where no loop does it beside the passes.

    Raises what is about everything; events that were not looked at by then go on waiting.
    """
    counts = module_states.module_counts(run.db, run.connection_id)
    listed = {one.module: began for one in counts if one.as_of is not None and one.as_of >= began}
    waiting = inbox.waiting(run.db, run.connection_id, 5 * BATCH)
    crowd = Counter(one.module for one in waiting if one.module in MODULES and not one.deletion)
    crowded = Crowds().of(crowd, engine.clock.monotonic())
    look = Look(engine, run, listed, dict.fromkeys(crowded & listed.keys(), began))
    while batch := look.open_ones(5 * BATCH)[:BATCH]:
        await in_parallel([partial(look.at, one) for one in batch], engine.parallel)


def hindrance_of(standing: Standing, now: datetime) -> Result | None:
    """Why no record may be read now; None where nothing stands in the way. A pass that runs does not."""
    if standing.condition is EngineState.SIGNED_OUT:
        return Result.SIGN_IN
    if standing.paused:
        return Result.PAUSED
    if standing.condition is EngineState.OFFLINE:
        return Result.OFFLINE
    return Result.THROTTLED if machine.still_waiting(standing, now) else None
