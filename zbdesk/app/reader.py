"""Questions to the local database, bound to the current connection. Read-only; beside a running writer.

Invariant: answers are plain values of ``domain.views``; without a connection they are empty, never an error.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import (
    ActivityEntry,
    ConflictDetail,
    ConflictView,
    Connection,
    EditableDocument,
    OutgoingSummary,
    OutgoingView,
    Overview,
    PlannedWrite,
    Preflight,
    ProblemView,
    RecordDetail,
    RecordFilter,
    RecordView,
    ResolutionPreview,
    RunView,
)
from zbdesk.store import connections, diary, problems, queries, runs
from zbdesk.store.database import Database

if TYPE_CHECKING:
    # Rests on the planner and on all that writes: more to import than the first picture of the window can wait for.
    from zbdesk.app.reader_local import LocalReader
    from zbdesk.domain.documents import FieldError

Payload = dict[str, object] | None


class Reader:
    """One reading handle for one thread. ``db`` is None while there is no database yet.

    ``calls_per_minute``: the person's limit; 0 is none.
    """

    def __init__(self, db: Database | None, now: datetime, *, calls_per_minute: int = 60) -> None:
        self._db = db
        self._now = now
        self.calls_per_minute = calls_per_minute

    def connection(self) -> Connection | None:
        """The connection in use."""
        return connections.current(self._db) if self._db is not None else None

    def last_connection(self) -> Connection | None:
        """The one in use; without it the one that was disconnected last and left its records here."""
        if self._db is None:
            return None
        with self._db.snapshot():
            known = connections.known(self._db)
            current = connections.current(self._db)
            return current or max(known, key=self._last_entry, default=None)

    def _last_entry(self, connection: Connection) -> int:
        """Ending a connection is the last thing that its diary tells."""
        assert self._db is not None  # noqa: S101 - asked for by ``last_connection`` alone
        return max((entry.id for entry in diary.recent(self._db, connection.id, 1)), default=0)

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

    def records(
        self, module: str, where: RecordFilter, *, connection: Connection | None = None
    ) -> Iterator[RecordView]:
        """All records that fit, streamed; consume it before the question ends. ``connection``: not the one in use."""
        if connection is not None and self._db is not None:
            return queries.iter_records(self._db, connection.id, module, where)
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

    # -- our own side: see LocalReader ---------------------------------------------------------------------------------

    def conflicts(self) -> list[ConflictView]:
        """Where both sides changed the same field, with what is at stake."""
        return self._local().conflicts()

    def conflict(self, record_id: int) -> ConflictDetail | None:
        """One conflict with all fields, lines and totals; None where it is settled meanwhile."""
        return self._local().conflict(record_id)

    def preview_resolution(self, ids: Sequence[int], keep: str, fields: Sequence[tuple[str, str]]) -> ResolutionPreview:
        """What this choice would do to each of these conflicts, summed."""
        return self._local().preview_resolution(ids, keep, fields)

    def problems(self) -> list[ProblemView]:
        """What could not be done."""
        bound = self._bound()
        return [] if bound is None else problems.open_problems(*bound)

    def dismissed_problems(self) -> list[ProblemView]:
        """What a person dismissed, newest first."""
        bound = self._bound()
        return [] if bound is None else problems.dismissed(*bound)

    def outgoing(self, lane: str | None, limit: int) -> list[OutgoingView]:
        """Records of a lane as they leave (done: today's, newest first); None: all that have not left."""
        return self._local().outgoing(lane, limit)

    def outgoing_summary(self) -> OutgoingSummary:
        """How many stand in each lane."""
        return self._local().outgoing_summary()

    def preflight(self, ids: Sequence[int]) -> Preflight:
        """What writing these would mean."""
        return self._local().preflight(ids)

    def planned(self, ids: Sequence[int]) -> list[PlannedWrite]:
        """The writes themselves, field by field."""
        return self._local().planned(ids)

    def document(self, record_id: int) -> EditableDocument:
        """A record as a document to edit; ``refused`` says why not."""
        return self._local().document(record_id)

    def check_document(self, module: str, fields: Mapping[str, object], record_id: int | None) -> list[FieldError]:
        """What would be refused about this document, by field with dots; empty where nothing is."""
        return self._local().check_document(module, fields, record_id)

    def _local(self) -> LocalReader:
        from zbdesk.app.reader_local import LocalReader

        return LocalReader(self._db, self._now, calls_per_minute=self.calls_per_minute)
