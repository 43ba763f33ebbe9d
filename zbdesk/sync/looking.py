"""One stretch of looking at records that webhook events name: read each, and settle its events by what was found.

Invariants: an event is settled only by a look that began after it was stored; nothing is deleted but on Zoho's word
about that very id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from zbdesk.domain.errors import RejectedError, TransientError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.store import diary, documents, finding, inbox
from zbdesk.store.inbox import Result, Waiting
from zbdesk.store.trees import store_detail, store_page
from zbdesk.sync import logbook, messages, reading
from zbdesk.sync.context import Pass
from zbdesk.sync.detail import DetailReader, Found
from zbdesk.sync.events import PullCount, RecordsChanged
from zbdesk.sync.faults import Reach, is_gone, reach
from zbdesk.sync.pushing import Pushing
from zbdesk.sync.settled import PAID
from zbdesk.zoho.limits import Priority

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine

TRIES = 3


def was_listed(listed: Mapping[str, datetime], one: Waiting) -> bool:
    """Whether the module's list was asked for after the newest of these events had come."""
    began = listed.get(one.module)
    return began is not None and began > one.received_at


class Look:
    """One stretch of looking. ``unanswered``: records that Zoho did not answer about in it.

    ``listed``: when the list of a module was last asked for; ``by_list``: the same of those that were read in the place
    of a crowd of records, so that they answer events without a time too.
    """

    def __init__(
        self, engine: Engine, run: Pass, listed: Mapping[str, datetime], by_list: Mapping[str, datetime]
    ) -> None:
        self._engine = engine
        self._run = run
        self._listed = listed
        self._by_list = by_list
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
        answers = [(one, self._answered_by_what_is_here(one, here)) for one in found]
        self._settle_all([(one, result) for one, result in answers if result is not None])
        open_ones = [one for one, result in answers if result is None]
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

    def _answered_by_what_is_here(self, one: Waiting, stamps: Mapping[tuple[str, str], int | None]) -> Result | None:
        """What became of events that tell nothing new: old ones, late ones, ours, and what a list brought meanwhile."""
        if one.module not in MODULES or not reading.by_id(MODULES[one.module]):
            return Result.NOT_UNDERSTOOD
        here = stamps.get((one.module, one.remote_id))
        if one.deletion or here is None or one.replayed:
            return None
        if one.stamp is None:
            # The list holds every change up to its asking; a record that it did not bring is as it was.
            return Result.KNOWN if was_listed(self._by_list, one) else None
        # Stamps are whole seconds: with an equal one only a list that was asked for later proves anything.
        newer = here > one.stamp or (here == one.stamp and was_listed(self._listed, one))
        return Result.KNOWN if newer else None

    def _settle_all(self, answers: Sequence[tuple[Waiting, Result]]) -> None:
        """In one transaction; tables show nothing as announced any more that a list has answered."""
        if not answers:
            return
        inbox.settle_all(self._run.db, self._run.connection_id, answers, self._run.now())
        self._run.emit(RecordsChanged(frozenset(one.module for one, _ in answers)))

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
