"""A desk without a database and without a network: views in memory, commands recorded, events by hand."""

# ruff: noqa: D102 - the methods are the desk's and documented there

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from zbdesk.app.settings import Settings
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.figures import Figures
from zbdesk.domain.found import Found
from zbdesk.domain.status import ConnectionState, RecordState
from zbdesk.domain.views import (
    ActivityEntry,
    ConflictView,
    Connection,
    Organization,
    OutgoingSummary,
    OutgoingView,
    Overview,
    PlannedWrite,
    ProblemView,
    RecordDetail,
    RecordFilter,
    RecordView,
    RollbackReport,
    RunQuestion,
    RunView,
    RunWrites,
)
from zbdesk.sync.commands import Command
from zbdesk.sync.events import CommandDone, Event

NOW = datetime(2026, 11, 20, 4, 47, 2, tzinfo=UTC)


class FakeClock:
    """A clock that stands until it is turned."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class FakeRuns:
    """Runs as a whole: what is asked, listed and taken back is set by the test."""

    def __init__(self) -> None:
        self.asked: RunQuestion | None = None
        self.listed: list[RunWrites] = []
        self.reports: dict[int, RollbackReport] = {}
        self.previews: dict[int, RollbackReport] = {}

    def question(self) -> RunQuestion | None:
        return self.asked

    def recent(self, limit: int) -> list[RunWrites]:
        return self.listed[:limit]

    def report(self, run_id: int) -> RollbackReport | None:
        return self.reports.get(run_id)

    def preview(self, run_id: int) -> RollbackReport:
        return self.previews[run_id]


class Ledger:
    """Records of one module; orders are worked out once, so that a question holds the interpreter for no longer
    than a real database would.
    """

    def __init__(self, views: Sequence[RecordView]) -> None:
        self.views = {view.id: view for view in views}
        self._orders: dict[tuple[str, bool], array[int]] = {}
        self._texts = {view.id: f"{view.number} {view.party} {view.reference}".casefold() for view in views}

    def order(self, sort: str, *, descending: bool) -> array[int]:
        key = (sort, descending)
        if key not in self._orders:
            filled = [view for view in self.views.values() if getattr(view, sort) is not None]
            blank = [view.id for view in self.views.values() if getattr(view, sort) is None]
            filled.sort(key=lambda view: (getattr(view, sort), view.id), reverse=descending)
            self._orders[key] = array("q", [view.id for view in filled] + blank)
        return self._orders[key]

    def fits(self, key: int, where: RecordFilter) -> bool:
        view = self.views[key]
        return (
            (where.with_deleted or view.state is not RecordState.DELETED)
            and (not where.text or where.text.casefold() in self._texts[key])
            and (not where.statuses or view.status in where.statuses)
            and (not where.states or view.state in where.states)
            and (not where.currencies or view.currency in where.currencies)
        )

    def ids(self, sort: str, *, descending: bool, where: RecordFilter) -> array[int]:
        order = self.order(sort, descending=descending)
        if where == RecordFilter(with_deleted=True):
            return array("q", order)
        return array("q", (key for key in order if self.fits(key, where)))


class NoWebhooks:
    """No webhooks are set up: what a test needs of them it puts in this place."""

    def page(self) -> None:
        return None

    def lines(self, *_: object) -> list[object]:
        return []


class FakeReader:
    """Answers over the desk's views."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    def policies(self) -> list[object] | None:
        return self._desk.policies

    def recognition(self) -> list[object] | None:
        return self._desk.recognition

    def _ledger(self, module: str) -> Ledger:
        return self._desk.ledgers.get(module) or Ledger(())

    def connection(self) -> Connection | None:
        return self._desk.overview.connection

    def overview(self) -> Overview:
        return self._desk.overview

    def sorted_ids(self, module: str, *, sort: str, descending: bool, where: RecordFilter) -> array[int]:
        self._desk.questions.append(("sorted_ids", module, sort, descending, where))
        return self._ledger(module).ids(sort, descending=descending, where=where)

    def first_page(
        self, module: str, *, sort: str, descending: bool, where: RecordFilter, limit: int = 60
    ) -> list[RecordView]:
        ledger = self._ledger(module)
        found: list[RecordView] = []
        for key in ledger.order(sort, descending=descending):
            if ledger.fits(key, where):
                found.append(ledger.views[key])
            if len(found) == limit:
                break
        return found

    def search(self, text: str, modules: Sequence[str], *, limit: int = 5) -> list[Found]:
        self._desk.questions.append(("search", text, tuple(modules)))
        found = []
        for module in modules:
            ledger = self._ledger(module)
            fits = [key for key in ledger.views if ledger.fits(key, RecordFilter(text=text))]
            if fits:
                views = tuple(ledger.views[key] for key in fits[:limit])
                found.append(Found(module, views, more=len(fits) > limit))
        return found

    def rows(self, ids: Sequence[int]) -> list[RecordView]:
        self._desk.questions.append(("rows", len(ids)))
        everything = self._desk.by_id
        return [everything(key) for key in ids]

    def detail(self, record_id: int) -> RecordDetail | None:
        known = self._desk.details.get(record_id)
        return known or RecordDetail(self._desk.by_id(record_id), {}, None, None, has_detail=False)

    def statuses(self, module: str) -> list[tuple[str, int]]:
        return self._count(module, "status")

    def currencies(self, module: str) -> list[tuple[str, int]]:
        return self._count(module, "currency")

    def _count(self, module: str, key: str) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for view in self._ledger(module).views.values():
            value = getattr(view, key)
            if value:
                counts[value] = counts.get(value, 0) + 1
        return sorted(counts.items())

    def totals(self, ids: Sequence[int], column: str) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for key in ids:
            view = self._desk.by_id(key)
            value = getattr(view, column)
            if value is not None:
                sums[view.currency or ""] = sums.get(view.currency or "", Decimal(0)) + value
        return sums

    def activity(self, limit: int = 100, before_id: int | None = None) -> list[ActivityEntry]:
        entries = [entry for entry in self._desk.activity if before_id is None or entry.id < before_id]
        return entries[:limit]

    def figures(self, since: datetime | None) -> Figures:
        return replace(self._desk.figures, digest=self._desk.figures.digest if since is not None else None)

    def runs(self, limit: int = 30) -> list[RunView]:
        return list(self._desk.overview.runs)[:limit]

    def sources(self) -> list[object]:
        return []

    def saved_mappings(self) -> list[object]:
        return []

    def imports(self, limit: int = 50) -> list[object]:
        del limit
        return []

    def whole_runs(self) -> FakeRuns:
        return self._desk.whole_runs

    def webhook_overview(self) -> Any:
        return None

    def closing(self) -> Any:
        if self._desk.closing is None:
            from tests.ui.fake_closing import attach

            attach(self._desk)
        return self._desk.closing

    def problems(self) -> list[ProblemView]:
        return list(self._desk.problems)

    def conflicts(self) -> list[ConflictView]:
        return []

    def dismissed_problems(self) -> list[ProblemView]:
        return []

    def outgoing(self, lane: str | None, limit: int) -> list[OutgoingView]:
        del lane, limit
        return []

    def planned(self, ids: Sequence[int]) -> list[PlannedWrite]:
        return [write for write in self._desk.planned if write.view.record_id in ids]

    def outgoing_summary(self) -> OutgoingSummary:
        return OutgoingSummary(hold=False)

    def webhooks(self) -> object:
        return self._desk.webhooks

    def webhook_event(self, event_id: int) -> object:
        return self._desk.webhooks.raw(event_id)

    def records(self, module: str, where: RecordFilter) -> Iterator[RecordView]:
        ledger = self._ledger(module)
        return (ledger.views[key] for key in ledger.ids("number", descending=False, where=where))


class FakeDesk:
    """What ``app.desk.Desk`` is to the window."""

    def __init__(self, data_dir: Path, overview: Overview | None = None, *, clock: FakeClock | None = None) -> None:
        self.data_dir = data_dir
        self.settings = Settings()
        self.database_path = data_dir / "zbdesk.sqlite3"
        self.clock = clock or FakeClock()
        self.overview = overview or Overview(connection=None, state=ConnectionState.NONE)
        self.ledgers: dict[str, Ledger] = {}
        self.details: dict[int, RecordDetail] = {}
        self.activity: list[ActivityEntry] = []
        self.figures = Figures()
        self.problems: list[ProblemView] = []
        self.planned: list[PlannedWrite] = []
        self.policies: list[object] | None = None
        self.recognition: list[object] | None = None
        self.whole_runs = FakeRuns()
        self.closing: Any = None
        """What ``tests.ui.fake_closing.attach`` put here."""

        self.webhooks: Any = NoWebhooks()
        self.answers = True
        """Whether a command that somebody waits for is taken at once."""

        self.commands: list[Command] = []
        self.commands_beside: list[tuple[int, Command]] = []
        self.questions: list[tuple[object, ...]] = []
        self.fails: ZbdeskError | None = None
        self.started = self.stopped = 0
        self.disconnected: list[bool] = []
        self.listener: Callable[[Event], None] | None = None
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="fake-reader")

    def put(self, module: str, views: Sequence[RecordView]) -> None:
        self.ledgers[module] = Ledger(views)

    def by_id(self, key: int) -> RecordView:
        for ledger in self.ledgers.values():
            if key in ledger.views:
                return ledger.views[key]
        raise KeyError(key)

    def read(self, question: Callable[[FakeReader], object]) -> Future[object]:
        def ask() -> object:
            if self.fails is not None:
                raise self.fails
            return question(FakeReader(self))

        return self._pool.submit(ask)

    def start(self, listener: Callable[[Event], None]) -> bool:
        self.started += 1
        self.listener = listener
        return self.overview.connection is not None

    def emit(self, event: Event) -> None:
        assert self.listener is not None
        self.listener(event)

    def apply(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, command: Command, connection_id: int | None = None) -> None:
        if connection_id is not None:
            self.commands_beside.append((connection_id, command))
            return
        self.commands.append(command)
        ticket = getattr(command, "ticket", "")
        if ticket and self.answers and self.listener is not None:
            self.listener(CommandDone(ticket))

    def stop(self, timeout: float = 5.0) -> bool:
        self.stopped += 1
        return True

    async def disconnect(self, *, delete_data: bool) -> object:
        self.disconnected.append(delete_data)
        self.overview = Overview(connection=None, state=ConnectionState.NONE)
        return _Report()

    def connector(self) -> object:
        raise AssertionError("no wizard in this test")

    def close(self) -> None:
        self.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)


class _Report:
    organization_name = "Meridian Spices & Exports Pvt. Ltd."
    revoked = secrets_removed = True
    data_deleted = False
    notes: tuple[str, ...] = ()


ORGANIZATION = Organization(
    "60012345678",
    "Meridian Spices & Exports Pvt. Ltd.",
    country="India",
    currency_code="INR",
    time_zone="Asia/Kolkata",
    tax_id="GSTIN 29AAKCM4821Q1ZX",
    plan="Professional",
)


def connection(**changes: object) -> Connection:
    """The connection of the mock-ups."""
    plain = Connection(
        id=1,
        organization=ORGANIZATION,
        data_centre="in",
        accounts_url="https://accounts.zoho.in",
        api_url="https://www.zohoapis.in",
        location="in",
        client_id="1000.CLIENT",
        scopes=("ZohoBooks.invoices.READ",),
        read_only=False,
        state=ConnectionState.ACTIVE,
        connected_at=NOW - timedelta(days=40),
        authorised_by="Anita Rao",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def record(key: int, module: str = "invoices", **fields: object) -> RecordView:
    """One line of a table, with only what matters named."""
    values: dict[str, object] = {
        "id": key,
        "local_id": f"00000000-0000-0000-0000-{key:012d}",
        "remote_id": str(460000000000000 + key),
        "source": None,
        "source_id": None,
        "module": module,
        "number": f"INV-{key:06d}",
        "date": None,
        "due_date": None,
        "party": None,
        "status": None,
        "currency": None,
        "total": None,
        "balance": None,
        "reference": None,
        "state": RecordState.MIRRORED,
        "modified_at": None,
    }
    return RecordView(**(values | fields))  # type: ignore[arg-type]


_PARTIES = (
    "Aurora Hospitality Group",
    "Padma Tea Estates",
    "Harrow & Finch Ltd",
    "Café Lumière SARL",
    "श्री बालाजी ट्रेडर्स",
)
_STATUSES = ("sent", "overdue", "paid", "partially_paid", "draft")
_CODES = ("INR", "INR", "INR", "EUR", "JPY", "KWD")


def many(count: int, module: str = "invoices") -> list[RecordView]:
    """A ledger of ``count`` invoices, the same ones each time."""
    start = datetime(2026, 11, 14, tzinfo=UTC)
    found = []
    for key in range(1, count + 1):
        day = (start - timedelta(days=key % 900)).date()
        code = _CODES[key % 6]
        amount = Decimal((key * 7919) % 5_000_000) if code == "JPY" else Decimal((key * 7919) % 50_000_000).scaleb(-2)
        found.append(
            record(
                key,
                module,
                number=f"MSE/{key:06d}",
                date=day.isoformat(),
                due_date=(day + timedelta(days=30)).isoformat(),
                party=_PARTIES[key % 5],
                status=_STATUSES[key % 5],
                currency=code,
                total=amount,
                balance=amount if key % 5 != 2 else Decimal(0),
            )
        )
    return found
