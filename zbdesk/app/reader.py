"""Questions to the local database, bound to the current connection. Read-only; beside a running writer.

Invariant: answers are plain values of ``domain.views``; without a connection they are empty, never an error.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from zbdesk.app.reader_local import LocalReader
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import (
    ActivityEntry,
    Connection,
    Overview,
    RecordDetail,
    RecordFilter,
    RecordView,
    RunView,
)
from zbdesk.store import connections, diary, queries, runs
from zbdesk.store.database import Database

Payload = dict[str, object] | None


class Reader(LocalReader):
    """One reading handle for one thread. ``db`` is None while there is no database yet."""

    def __init__(self, db: Database | None, now: datetime, *, calls_per_minute: int = 60) -> None:
        self._db = db
        self._now = now
        self.calls_per_minute = calls_per_minute

    def connection(self) -> Connection | None:
        """The connection in use."""
        return connections.current(self._db) if self._db is not None else None

    def overview(self) -> Overview:
        """What the dashboard and ``status`` show."""
        if self._db is None:
            return Overview(connection=None, state=ConnectionState.NONE)
        return queries.overview(self._db, now=self._now)

    def sorted_ids(self, module: str, *, sort: str, descending: bool, where: RecordFilter) -> array[int]:
        """Keys of all records that fit, in order."""
        bound = self._bound()
        if bound is None:
            return array("q")
        db, connection_id = bound
        return queries.sorted_ids(db, connection_id, module, sort=sort, descending=descending, where=where)

    def first_page(
        self, module: str, *, sort: str, descending: bool, where: RecordFilter, limit: int = 60
    ) -> list[RecordView]:
        """The first records in that order, at once."""
        bound = self._bound()
        if bound is None:
            return []
        db, connection_id = bound
        return queries.first_page(db, connection_id, module, sort=sort, descending=descending, where=where, limit=limit)

    def rows(self, ids: Sequence[int]) -> list[RecordView]:
        """These records, in the order asked."""
        return [] if self._db is None else queries.rows_by_ids(self._db, ids)

    def detail(self, record_id: int) -> RecordDetail | None:
        """One record with its payloads."""
        return None if self._db is None else queries.detail(self._db, record_id)

    def statuses(self, module: str) -> list[tuple[str, int]]:
        """The statuses that occur, with how often."""
        bound = self._bound()
        return [] if bound is None else queries.statuses(*bound, module)

    def currencies(self, module: str) -> list[tuple[str, int]]:
        """The currencies that occur, with how often."""
        bound = self._bound()
        return [] if bound is None else queries.currencies(*bound, module)

    def totals(self, ids: Sequence[int], column: str) -> dict[str, Decimal]:
        """Sums of ``total`` or ``balance`` per currency; never across currencies."""
        return {} if self._db is None else queries.totals_by_currency(self._db, ids, column)

    def activity(self, limit: int = 100, before_id: int | None = None) -> list[ActivityEntry]:
        """The diary, newest first."""
        bound = self._bound()
        return [] if bound is None else diary.recent(*bound, limit, before_id=before_id)

    def runs(self, limit: int = 30) -> list[RunView]:
        """The last passes, newest first."""
        bound = self._bound()
        return [] if bound is None else runs.recent(*bound, limit)

    def records(self, module: str, where: RecordFilter) -> Iterator[RecordView]:
        """All records that fit, streamed; consume it before the question ends."""
        bound = self._bound()
        return iter(()) if bound is None else queries.iter_records(*bound, module, where)

    def payloads(self, record_id: int) -> tuple[Payload, Payload, Payload]:
        """The three trees of one record: remote, local, synced."""
        return (None, None, None) if self._db is None else queries.full_payloads(self._db, record_id)

    def _bound(self) -> tuple[Database, int] | None:
        if self._db is None:
            return None
        connection = connections.current(self._db)
        return None if connection is None else (self._db, connection.id)
