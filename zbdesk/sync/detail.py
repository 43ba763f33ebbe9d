"""Reading records in full: what changed, what a person opened, and the back-fill of everything.

Each answer is a transaction of its own and takes its mark away, so a crash loses at most one call. An answer that a
newer list row overtook is thrown away and asked for again: an old detail never covers a newer row.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from functools import partial

from zbdesk.domain.errors import RejectedError, TransientError, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordView
from zbdesk.store import problems
from zbdesk.store.queries import detail, rows_by_ids
from zbdesk.store.trees import details_wanted, drop_want, store_detail
from zbdesk.sync import logbook, messages, reading
from zbdesk.sync.context import Pass
from zbdesk.sync.events import DetailProgress, RecordsChanged
from zbdesk.sync.faults import Reach, is_gone, reach
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.sweep import bury
from zbdesk.zoho.limits import Priority

BATCH = 200
UNREADABLE = "detail_unreadable"
TRIES = 3


class Found(Enum):
    """What became of one detail."""

    STORED = auto()
    GONE = auto()
    REFUSED = auto()
    AWAY = auto()


class DetailReader:
    """Reads details within one pass or task. ``tried`` keeps a record that fails from being asked twice in it."""

    def __init__(self, run: Pass) -> None:
        self._run = run
        self._tried: set[int] = set()
        self._done = 0
        self._away = 0

    async def changed(self) -> None:
        """Read what this pass found new or changed, and then a batch of what an interrupted one left behind."""
        ids = list(self._run.changed)
        for start in range(0, len(ids), BATCH):
            await self._read(ids[start : start + BATCH], Priority.POLL, len(ids))
        await self.left()

    async def left(self) -> int:
        """Read a batch of what is marked, by an interrupted pass or by what this one wrote; returns how many."""
        ids = [record_id for record_id, _, _ in self._wanted(BATCH)]
        await self._read(ids, Priority.POLL, self._done + len(ids))
        return len(ids)

    async def batch(self, wanted: int) -> bool:
        """Read one batch of the back-fill, newest first; False when there is none left. ``wanted``: how many in all."""
        ids = [record_id for record_id, _, _ in self._wanted(self._run.parallel * 4)]
        await self._read(ids, Priority.BACKFILL, wanted)
        return bool(ids)

    async def one(self, record_id: int) -> Found:
        """Read the record that a person has opened, before anything else. Raises what went wrong."""
        found = detail(self._run.db, record_id)
        if found is None or not _askable(found.view):
            return Found.GONE
        if found.has_detail:
            return Found.STORED
        return await self._keep(found.view, Priority.USER)

    async def again(self, record_id: int, priority: Priority) -> Found:
        """Read one record whatever is here of it. Raises what went wrong."""
        view = self._view(record_id)
        return Found.GONE if view is None else await self._keep(view, priority)

    def _wanted(self, limit: int) -> list[tuple[int, str, str]]:
        found = details_wanted(self._run.db, self._run.connection_id, limit=limit + len(self._tried))
        return [record for record in found if record[0] not in self._tried][:limit]

    async def _read(self, ids: Iterable[int], priority: Priority, wanted: int) -> None:
        todo = [record_id for record_id in ids if record_id not in self._tried]
        self._tried.update(todo)
        await in_parallel([partial(self._read_one, one, priority, wanted) for one in todo], self._run.parallel)

    async def _read_one(self, record_id: int, priority: Priority, wanted: int) -> None:
        view = self._view(record_id)
        if view is None:
            return
        try:
            found = await self._keep(view, priority)
        except (RejectedError, TransientError) as error:
            found = self._not_read(view, error)
        self._away = self._away + 1 if found is Found.AWAY else 0
        self._done += 1
        self._run.emit(DetailProgress(self._done, max(wanted, self._done)))

    def _not_read(self, view: RecordView, error: RejectedError | TransientError) -> Found:
        """Decide whether this is about one record or about everything; the latter is raised."""
        if reach(error) is not Reach.MODULE or self._away >= TRIES:
            raise error
        logbook.failed(f"detail in {view.module}", error)
        if isinstance(error, TransientError):
            # The mark stays; the next pass asks again.
            return Found.AWAY
        self._refuse(view, error)
        return Found.REFUSED

    def _refuse(self, view: RecordView, error: ZbdeskError) -> None:
        """Put one record on Problems and stop asking for it until it changes."""
        run, module = self._run, MODULES[view.module]
        with run.db.transaction():
            drop_want(run.db, [view.id])
            problems.raise_problem(
                run.db,
                run.connection_id,
                cause=UNREADABLE,
                message=messages.detail_failed(module.singular, error),
                remedy=messages.DETAIL_REMEDY,
                module=view.module,
                record_id=view.id,
                code=error.code,
                at=run.now(),
            )

    async def _keep(self, view: RecordView, priority: Priority) -> Found:
        """Read and store one detail. Raises what went wrong, unless Zoho says that the record is gone."""
        run, module = self._run, MODULES[view.module]
        while True:
            try:
                row, payload = await run.detail(module, str(view.remote_id), priority)
            except RejectedError as error:
                if not is_gone(error):
                    raise
                bury(run, module, [view.id])
                return Found.GONE
            with run.db.transaction():
                now = self._view(view.id)
                if now is None:
                    return Found.GONE
                if now.modified_at == view.modified_at:
                    store_detail(run.db, view.id, row, payload)
                    if now.state is RecordState.PROBLEM:
                        problems.clear(run.db, run.connection_id, cause=UNREADABLE, record_id=view.id, at=run.now())
                    break
            view = now
        run.emit(RecordsChanged(frozenset({module.name})))
        return Found.STORED

    def _view(self, record_id: int) -> RecordView | None:
        """Return the record as it is now, if it can be asked for by its id."""
        found = rows_by_ids(self._run.db, [record_id])
        return found[0] if found and _askable(found[0]) else None


def _askable(view: RecordView) -> bool:
    return view.remote_id is not None and view.module in MODULES and reading.by_id(MODULES[view.module])
