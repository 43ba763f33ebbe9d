"""Questions to the local database, bound to the current connection. Read-only; beside a running writer.

Invariant: answers are plain values of ``domain.views``; without a connection they are empty, never an error.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from zbdesk.domain.figures import Figures
from zbdesk.domain.found import Found
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
    WebhookEventRaw,
    WebhookEventView,
    WebhookOverview,
)
from zbdesk.domain.way import Made
from zbdesk.store import connections, diary, figures, inbox, problems, queries, runs, tunnels
from zbdesk.store.announced import anything_waits
from zbdesk.store.database import Database

if TYPE_CHECKING:
    # Rests on the planner and on all that writes: more to import than the first picture of the window can wait for.
    from zbdesk.app.closing import Closing
    from zbdesk.app.export_totals import Totals
    from zbdesk.app.fixing import Fix
    from zbdesk.app.policies import PolicyView
    from zbdesk.app.reader_local import LocalReader
    from zbdesk.app.runs import Runs
    from zbdesk.app.webhook_reader import WebhookReader
    from zbdesk.domain.documents import FieldError
    from zbdesk.store.sources import Batch, SavedMapping, StoredSource
    from zbdesk.sync.recognition import RecognitionView

T = TypeVar("T")
Payload = dict[str, object] | None


@dataclass(frozen=True, slots=True)
class ToItsEnd(Generic[T]):
    """A question that writes a file: closing the program waits for it. Any other one ends when the program does."""

    question: Callable[[Reader], T]

    def __call__(self, reader: Reader) -> T:
        """Answer it."""
        return self.question(reader)


class Reader:
    """One reading handle for one thread. ``db`` is None while there is no database yet.

    ``calls_per_minute``: the person's limit; 0 is none.
    """

    def __init__(
        self,
        db: Database | None,
        now: datetime,
        *,
        calls_per_minute: int = 60,
        data_dir: Path | None = None,
        webhook_port: int = 8971,
    ) -> None:
        self._data_dir = data_dir
        self._webhook_port = webhook_port
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
        found = queries.first_page(
            db, connection_id, module, sort=sort, descending=descending, where=where, limit=limit
        )
        return self._marked(found)

    def search(self, text: str, modules: Sequence[str], *, limit: int = 5) -> list[Found]:
        """The first records of each of these modules in which all typed words occur, the closest modules first."""
        from zbdesk.store import search

        bound = self._bound()
        return [] if bound is None else search.find(*bound, text, modules, limit=limit)

    def rows(self, ids: Sequence[int]) -> list[RecordView]:
        """These records, in the order asked, marked where a webhook has announced a newer version."""
        return [] if self._db is None else self._marked(queries.rows_by_ids(self._db, ids))

    def detail(self, record_id: int) -> RecordDetail | None:
        """One record with its payloads, and beside them what a webhook has announced of it."""
        found = None if self._db is None else queries.detail(self._db, record_id)
        bound = self._bound()
        if found is None or bound is None or not anything_waits(*bound):
            return found
        from zbdesk.app.unconfirmed import with_announced

        return with_announced(*bound, found)

    def _marked(self, views: list[RecordView]) -> list[RecordView]:
        bound = self._bound()
        if not views or bound is None or not anything_waits(*bound):
            return views
        from zbdesk.app.unconfirmed import marked

        return marked(*bound, views)

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

    def figures(self, since: datetime | None) -> Figures:
        """The dashboard's charts; ``since``: when the person last looked."""
        connection = self.connection()
        if self._db is None or connection is None:
            return Figures()
        return figures.figures(self._db, connection, now=self._now, since=since)

    def activity(self, limit: int = 100, before_id: int | None = None) -> list[ActivityEntry]:
        """The diary, newest first."""
        bound = self._bound()
        return [] if bound is None else diary.recent(*bound, limit, before_id=before_id)

    def sources(self) -> list[StoredSource]:
        """Watched folders and databases, as they stand."""
        from zbdesk.store import sources

        bound = self._bound()
        return [] if bound is None else sources.sources(*bound)

    def imports(self, limit: int = 50) -> list[Batch]:
        """The last imports, newest first; each can be taken back by its id."""
        from zbdesk.store import sources

        bound = self._bound()
        return [] if bound is None else sources.batches(*bound, limit)

    def saved_mappings(self) -> list[SavedMapping]:
        """The mappings of columns to fields that were saved, by name."""
        from zbdesk.store import sources

        return [] if self._db is None else sources.mappings(self._db)

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

    def snapshot(self, connection: Connection, modules: Sequence[str], path: Path) -> dict[str, Totals]:
        """These modules as tables of one SQLite file, all of one moment. Raises the export's named errors."""
        from zbdesk.app.export import export_modules

        return {} if self._db is None else export_modules(self._db, connection, modules, path, self._now)

    def payloads(self, record_id: int) -> tuple[Payload, Payload, Payload]:
        """The three trees of one record: remote, local, synced."""
        return (None, None, None) if self._db is None else queries.full_payloads(self._db, record_id)

    def policies(self) -> list[PolicyView] | None:
        """What zbdesk may do with each module; None without a connection."""
        from zbdesk.app import policies

        connection = self.connection()
        return None if self._db is None or connection is None else policies.views(self._db, connection)

    def recognition(self) -> list[RecognitionView] | None:
        """By what Zoho tells our records apart; None without a connection."""
        from zbdesk.app import recognition

        connection = self.connection()
        return None if self._db is None or connection is None else recognition.views(self._db, connection)

    def fix(self, problem_id: int) -> Fix | None:
        """What can be settled about a problem for all like it. Raises ``UsageError``; None without a connection."""
        from zbdesk.app import fixing

        connection = self.connection()
        return None if self._db is None or connection is None else fixing.look(self._db, connection, problem_id)

    def meanings(self) -> list[tuple[str, str, str, str]]:
        """(module, name in documents, Zoho's id, what Zoho calls it) as people settled it."""
        from zbdesk.app import fixing

        connection = self.connection()
        return [] if self._db is None or connection is None else fixing.meanings_of(self._db, connection)

    def _bound(self) -> tuple[Database, int] | None:
        if self._db is None:
            return None
        connection = connections.current(self._db)
        return None if connection is None else (self._db, connection.id)

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def webhook_overview(self) -> WebhookOverview | None:
        """How the webhooks stand; None without a connection."""
        connection = self.connection()
        if self._db is None or connection is None or self._data_dir is None:
            return None
        from zbdesk.app import webhook_facts

        return webhook_facts.overview(self._db, connection, self._data_dir, self._webhook_port, self._now)

    def webhooks_made(self) -> list[Made]:
        """What zbdesk has set up in Zoho Books and not removed yet."""
        bound = self._bound()
        return [] if bound is None else list(tunnels.made(*bound))

    def webhook_events(
        self, limit: int = 100, *, module: str | None = None, result: str | None = None, before_id: int | None = None
    ) -> list[WebhookEventView]:
        """The event log, newest first; ``module`` and ``result`` narrow it."""
        bound = self._bound()
        return [] if bound is None else inbox.events(*bound, limit, module, result, before_id)

    def webhook_event(self, event_id: int) -> WebhookEventRaw | None:
        """One event with what was received, byte for byte."""
        bound = self._bound()
        return None if bound is None else inbox.event(*bound, event_id)

    def webhooks(self) -> WebhookReader:
        """What the window shows about webhooks."""
        from zbdesk.app.webhook_reader import WebhookReader

        return WebhookReader(self._db, self.connection(), self._data_dir, self._webhook_port, self._now)

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

    def closing(self) -> Closing:
        """Questions about the end of a period: tie-out, checklist, sign-off."""
        from zbdesk.app.closing import Closing

        return Closing(self._db, self._now)

    def whole_runs(self) -> Runs:
        """Questions about runs as a whole: dry run, what was written, taking back, the diary's chain."""
        from zbdesk.app.runs import Runs

        return Runs(self._db)

    def _local(self) -> LocalReader:
        from zbdesk.app.reader_local import LocalReader

        return LocalReader(self._db, self._now, calls_per_minute=self.calls_per_minute)
