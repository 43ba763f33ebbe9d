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
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from zbdesk.domain.errors import AuthError, RejectedError, ThrottledError, TransientError, UsageError, ZbdeskError
from zbdesk.domain.module import Feed, Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import EngineState
from zbdesk.store import diary, documents, finding, inbox, module_states
from zbdesk.store.inbox import Result, Waiting
from zbdesk.store.trees import store_detail, store_page
from zbdesk.sync import logbook, machine, messages, reading
from zbdesk.sync.context import Pass
from zbdesk.sync.detail import DetailReader, Found
from zbdesk.sync.events import PullCount
from zbdesk.sync.faults import Reach, is_gone, reach
from zbdesk.sync.machine import Standing
from zbdesk.sync.orders import Order
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.pushing import Pushing
from zbdesk.sync.settled import PAID
from zbdesk.sync.timetable import Slot, after_seconds
from zbdesk.zoho.limits import Priority

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine
    from zbdesk.sync.side_jobs import SideJobs

_log = logging.getLogger(__name__)

CAUSE = "webhook"
BATCH = 200
"""Records looked at between two looks at the database."""

MANY = 20
"""Records of one module that wait at once: from here on one page of its list is cheaper than each by itself."""

AGAIN = 15.0
"""Seconds before what Zoho did not answer about is asked again."""

TRIES = 3


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
        self._in_vain.difference_update(read)
        self._fresh = True

    # Looking

    def _hold(self, why: Result) -> None:
        self._fresh = True
        if self._task is not None:
            self._task.cancel()
        if self._held is not why:
            self._held = why
            inbox.hold_all(self._engine.db, self._engine.connection.id, why)

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
        look = _Look(self._engine, self._side.new_pass(CAUSE), self._listed)
        while batch := self._batch(look):
            try:
                await in_parallel([partial(look.at, one) for one in batch], self._engine.parallel)
            finally:
                self._plan_due |= look.finish(adopt=not self._passing)
        if look.unanswered:
            self._later()

    def _batch(self, look: _Look) -> list[Waiting]:
        """What can be looked at now; the rest is marked with the reason why it waits."""
        engine = self._engine
        answered = look.open_ones(5 * BATCH)
        if self._passing:
            # A crowd waits for the end of the pass, whose lists may bring it: read one by one it would take the calls
            # that those lists need.
            crowded = _crowded(answered)
            few = [one for one in answered if one.module not in crowded]
            here = look.stamps_here(few)
            known = {one.newest_id for one in few if (one.module, one.remote_id) in here}
            busy = [one for one in answered if one.newest_id not in known]
            inbox.hold(engine.db, engine.connection.id, busy, Result.BUSY)
            return [one for one in answered if one.newest_id in known][:BATCH]
        dear = self._too_many(answered)
        self._dear.update(dict.fromkeys(dear))
        return [one for one in answered if one.module not in dear or one.deletion][:BATCH]

    def _too_many(self, rest: list[Waiting]) -> set[str]:
        """Modules whose list is to be read. Once it was, what is left of these events is looked at one by one."""
        return _crowded(one for one in rest if not _was_listed(self._listed, one)) - self._in_vain

    def _later(self) -> None:
        clock = self._engine.clock
        self.retry_at = after_seconds(AGAIN, clock.now(), clock.monotonic())


async def within_pass(engine: Engine, run: Pass, began: datetime) -> None:
    """Look at what waits in the inbox inside a pass that began at ``began``, where no loop does it beside the passes.

    Raises what is about everything; events that were not looked at by then go on waiting.
    """
    counts = module_states.module_counts(run.db, run.connection_id)
    look = _Look(engine, run, {one.module: began for one in counts if one.as_of is not None and one.as_of >= began})
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


def _crowded(rest: Iterable[Waiting]) -> set[str]:
    """Modules with so many records to ask for that their list is cheaper, where they have one."""
    counts = Counter(one.module for one in rest if not one.deletion)
    return {
        name
        for name, count in counts.items()
        if count > MANY and MODULES[name].feed is Feed.PAGED and reading.walkable(MODULES[name], None)
    }


def _was_listed(listed: dict[str, datetime], one: Waiting) -> bool:
    """Whether the module's list was asked for after the newest of these events had come."""
    began = listed.get(one.module)
    return began is not None and began > one.received_at


class _Look:
    """One stretch of looking. ``unanswered``: records that Zoho did not answer about in it."""

    def __init__(self, engine: Engine, run: Pass, listed: dict[str, datetime]) -> None:
        self._engine = engine
        self._run = run
        self._listed = listed
        self._reader = DetailReader(run)
        self._counts: dict[str, Counter[str]] = {}
        self._touched: set[int] = set()
        self._adopt = False
        self._silent = 0
        self.unanswered: set[tuple[str, str]] = set()

    def open_ones(self, most: int) -> list[Waiting]:
        """What has to be asked for; what tells nothing new is settled on the way."""
        found = inbox.waiting(self._run.db, self._run.connection_id, most)
        here = self.stamps_here(found)
        open_ones = [one for one in found if not self._settled_by_what_is_here(one, here)]
        return [one for one in open_ones if (one.module, one.remote_id) not in self.unanswered]

    def stamps_here(self, found: Sequence[Waiting]) -> Mapping[tuple[str, str], int | None]:
        """Zoho's time of change of those records that are here: one question a module, since the listener waits."""
        ids: dict[str, list[str]] = {}
        for one in found:
            ids.setdefault(one.module, []).append(one.remote_id)
        here: dict[tuple[str, str], int | None] = {}
        for module, remote_ids in ids.items():
            stamps = finding.stamps(self._run.db, self._run.connection_id, module, remote_ids)
            here.update({(module, remote_id): stamp for remote_id, stamp in stamps.items()})
        return here

    def known(self, one: Waiting) -> int | None:
        """The record here that the events speak of."""
        return finding.by_remote_id(self._run.db, self._run.connection_id, one.module, one.remote_id)

    def _settled_by_what_is_here(self, one: Waiting, stamps: Mapping[tuple[str, str], int | None]) -> bool:
        """Settle events that tell nothing new: old ones, late ones, ours, and what a list brought meanwhile."""
        if one.module not in MODULES or not reading.by_id(MODULES[one.module]):
            self._settle(one, Result.NOT_UNDERSTOOD)
            return True
        here = None if one.deletion or one.stamp is None else stamps.get((one.module, one.remote_id))
        if here is None:
            return False
        # Stamps are whole seconds: with an equal one only a list that was asked for later proves anything.
        if here > (one.stamp or 0) or (here == one.stamp and _was_listed(self._listed, one)):
            self._settle(one, Result.KNOWN)
            return True
        return False

    async def at(self, one: Waiting) -> None:
        """Read one record and settle its events. Raises what is about everything."""
        module = MODULES[one.module]
        try:
            result = await self._read(module, one)
        except RejectedError as error:
            logbook.failed(f"webhook event in {module.name}", error)
            self._settle(one, Result.REFUSED, error.title)
            return
        except TransientError as error:
            self._silent += 1
            if reach(error) is not Reach.MODULE or self._silent >= TRIES:
                raise
            logbook.failed(f"webhook event in {module.name}", error)
            self.unanswered.add((one.module, one.remote_id))
            inbox.hold(self._run.db, self._run.connection_id, [one], Result.RETRY)
            return
        self._silent = 0
        self._settle(one, result)

    async def _read(self, module: Module, one: Waiting) -> Result:
        record_id = self.known(one)
        if record_id is None:
            return await self._read_new(module, one)
        found = await self._reader.again(record_id, Priority.WEBHOOK)
        if found is Found.GONE:
            self._count(module, record_id, "deleted")
            return Result.DELETED
        self._count(module, record_id, "changed")
        await self._read_paid(module, record_id)
        return Result.UPDATED

    async def _read_new(self, module: Module, one: Waiting) -> Result:
        run = self._run
        try:
            row, payload = await run.detail(module, one.remote_id, Priority.WEBHOOK)
        except RejectedError as error:
            if not is_gone(error):
                raise
            return Result.NEVER_HERE
        with run.db.transaction():
            stored = store_page(run.db, run.connection_id, module.name, [row], scan_id=0, want_detail=False)
            record_id = self.known(one)
            if record_id is None:
                # Zoho answered with another record's id: nothing that could be stored under this one.
                raise RuntimeError("a record was answered under another id")
            store_detail(run.db, record_id, row, payload)
        run.stored(module, stored)
        self._count(module, record_id, "new" if stored.new else "changed")
        await self._read_paid(module, record_id)
        return Result.NEW if stored.new else Result.UPDATED

    async def _read_paid(self, module: Module, record_id: int) -> None:
        """Read what a payment settles: its balance has changed, and Zoho need not send an event about it."""
        run = self._run
        trees = documents.read(run.db, record_id) if module.name in PAID else None
        if trees is None or trees.remote is None:
            return
        run.changed[record_id] = None
        self._adopt = True
        name, id_field = PAID[module.name]
        listed = trees.remote.get(name)
        parts = [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
        ids = [str(part.get(id_field) or "") for part in parts]
        for remote_id in dict.fromkeys(ids):
            paid = finding.by_remote_id(run.db, run.connection_id, name, remote_id) if remote_id else None
            if paid is not None and await self._reader.again(paid, Priority.WEBHOOK) is Found.STORED:
                self._count(MODULES[name], paid, "changed")

    def finish(self, *, adopt: bool) -> bool:
        """Write the diary and take over what is new; returns whether our side has to be planned anew."""
        run = self._run
        with run.db.transaction():
            for name, counts in self._counts.items():
                text = messages.records_found(MODULES[name].label, PullCount(**counts))
                diary.add(run.db, run.connection_id, "pulled", text, at=run.now(), module=name, cause=run.cause)
        taken = Pushing(run, self._engine.connection).adopt() if adopt and self._adopt else 0
        due = bool(taken or finding.with_local_side(run.db, sorted(self._touched)))
        self._counts.clear()
        self._touched.clear()
        return due

    def _count(self, module: Module, record_id: int, what: str) -> None:
        self._counts.setdefault(module.name, Counter())[what] += 1
        self._touched.add(record_id)
        self._adopt |= what == "new"

    def _settle(self, one: Waiting, result: Result, note: str = "") -> None:
        inbox.settle(self._run.db, self._run.connection_id, one, result, self._run.now(), note)
