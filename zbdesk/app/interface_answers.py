"""What the local interface is answered about records: read on a thread of its own, in the shapes of the CLI."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from zbdesk.app.export import as_json
from zbdesk.app.reader_local import LocalReader
from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import Connection, RecordFilter, RecordView
from zbdesk.sources.http.handlers import Json, ListQuery
from zbdesk.store import changes, interface, queries
from zbdesk.store.database import Database
from zbdesk.sync import acting

T = TypeVar("T")

OVERLAP = timedelta(seconds=10)
"""Changes are stamped before they are committed: ``as_of`` stays behind by more than any transaction takes."""


class Answers:
    """One reading handle in one thread, for as long as the interface runs."""

    def __init__(self, database: Path, connection: Connection, now: Callable[[], datetime]) -> None:
        self._path = database
        self._connection = connection
        self._now = now
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zbdesk-interface")
        self._db: Database | None = None

    async def page(self, module: Module, query: ListQuery) -> tuple[list[Json], int | None, datetime]:
        """See ``Handlers``."""
        as_of = self._now() - OVERLAP
        found, after = await self._ask(lambda db: self._page(db, module, query))
        return found, after, as_of

    async def record(self, module: Module, key: str) -> Json:
        """See ``Handlers``."""
        return await self._ask(lambda db: self._whole(db, acting.find(db, self._connection, module, key)))

    async def status(self) -> Json:
        """See ``Handlers``: the words of ``status --json``, as far as a program at work wants to know."""
        return await self._ask(self._status)

    def _status(self, db: Database) -> Json:
        overview = queries.overview(db, now=self._now())
        run, calls = overview.last_run, overview.calls
        return {
            "connection": {
                "state": overview.state.value,
                "organization_id": self._connection.organization.organization_id,
                "organization_name": self._connection.organization.name,
                "read_only": self._connection.read_only,
            },
            "last_sync": {
                "started_at": None if run is None else stamp(run.started_at),
                "finished_at": None if run is None else stamp(run.finished_at),
                "result": None if run is None or run.result is None else run.result.value,
            },
            "pending": overview.pending,
            "unknown": overview.unknown,
            "conflicts": overview.conflicts,
            "problems": overview.problems,
            "api_calls_today": 0 if calls is None else calls.used,
            "api_calls_limit": None if calls is None else calls.limit,
            "last_change": changes.newest(db, self._connection.id),
        }

    def close(self) -> None:
        """Let go; twice is harmless."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._db is not None:
            self._db.close()
            self._db = None

    async def _ask(self, question: Callable[[Database], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, question)

    def _answer(self, question: Callable[[Database], T]) -> T:
        if self._db is None:
            self._db = Database.open_reader(self._path)
        if self._db.is_frozen:
            with closing(Database.open_reader(self._path)) as fresh:
                return question(fresh)
        return question(self._db)

    def _page(self, db: Database, module: Module, query: ListQuery) -> tuple[list[Json], int | None]:
        where = RecordFilter(
            text=query.search,
            statuses=query.statuses,
            states=tuple(RecordState(state) for state in query.states),
            currencies=query.currencies,
            date_from=query.date_from,
            date_to=query.date_to,
            with_deleted=query.with_deleted,
        )
        with db.snapshot():
            ids = interface.page_ids(
                db,
                self._connection.id,
                module.name,
                where,
                after=query.after,
                limit=query.limit + 1,
                since=query.updated_since,
                party_id=query.party_id,
                number=query.number,
                source=query.source,
            )
            shown = ids[: query.limit]
            lines = [self._line(db, view, document=query.documents) for view in queries.rows_by_ids(db, shown)]
        return lines, shown[-1] if len(ids) > query.limit else None

    def _line(self, db: Database, view: RecordView, *, document: bool) -> Json:
        line: Json = dict(as_json(view))
        if document:
            line["document"] = LocalReader(db, self._now(), calls_per_minute=0).document(view.id).fields or None
        return line

    def _whole(self, db: Database, record_id: int) -> Json:
        with db.snapshot():
            views = queries.rows_by_ids(db, [record_id])
            if not views:
                raise UsageError("This record is not here any more.", "It was removed meanwhile.")
            line = self._line(db, views[0], document=True)
            line["remote"], line["local"], line["synced"] = queries.full_payloads(db, record_id)
            return line


def stamp(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def line_of(db: Database, record_id: int) -> Json:
    """One record as in a list, on the writing handle, right after it was changed."""
    return dict(as_json(queries.rows_by_ids(db, [record_id])[0]))
