"""A whole world for the engine: Zoho Books in memory, the real store, a clock turned by hand, and faults.

The server sorts, pages and stamps as Zoho does, and can be told not to. Its list rows go through plain JSON, so that
what is compared at the end is what a person would call equal, not what the wire said.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from zbdesk.app.session import MemoryLedger
from zbdesk.domain.clock import Clock
from zbdesk.domain.module import Feed, Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.status import ConnectionState, RunKind
from zbdesk.domain.views import Connection, Organization, RecordFilter
from zbdesk.store import connections, module_states
from zbdesk.store.database import Database
from zbdesk.store.queries import iter_records
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event, RunFinished
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.errors import NoPermission, NotFound, ServerFault
from zbdesk.zoho.limits import CallGate, Priority
from zbdesk.zoho.resources import Books

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ORGANIZATION = Organization("900001", "Lantern & Loom Ltd", "GB", "GBP", "Europe/London")


class Crash(BaseException):
    """The process is gone: nothing after this point may run or be written."""


class FakeClock:
    """Time that moves only when told to; sleepers wake in order."""

    def __init__(self, start: datetime = START) -> None:
        self._wall = start
        self._mono = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The wall clock."""
        return self._wall

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return self._mono

    async def sleep(self, seconds: float) -> None:
        """Wait until somebody has turned the clock that far."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (self._mono + max(0.0, seconds), future)
        self._sleepers.append(entry)
        try:
            await future
        finally:
            self._sleepers.remove(entry)

    def tick(self, seconds: float = 1.0) -> None:
        """Let time pass on both clocks."""
        self._wall += timedelta(seconds=seconds)
        self._mono += seconds
        self._wake()

    def jump(self, seconds: float) -> None:
        """Set the wall clock, as after sleep or by hand; the monotonic one does not notice."""
        self._wall += timedelta(seconds=seconds)

    @property
    def sleepers(self) -> int:
        """How many tasks wait."""
        return sum(not future.done() for _, future in self._sleepers)

    def _wake(self) -> None:
        for due, future in sorted(self._sleepers, key=lambda entry: entry[0]):
            if due <= self._mono and not future.done():
                future.set_result(None)


@dataclass
class Record:
    """One record on the server."""

    remote_id: str
    number: str
    modified: int
    fields: dict[str, object] = field(default_factory=dict)
    created: int = 0

    def row(self) -> RemoteRow:
        """The list row."""
        payload = json.dumps({"id": self.remote_id, "number": self.number, "lmt": self.modified, **self.fields})
        status = str(self.fields.get("status", "sent"))
        total = int(str(self.fields.get("total", 0)))
        return RemoteRow(
            self.remote_id,
            self.number,
            None,
            None,
            None,
            None,
            status,
            "GBP",
            total,
            total,
            None,
            self.modified or None,
            payload.encode(),
        )


@dataclass
class FakeClient:
    """The client's counters."""

    calls: int = 0
    clock_skew_seconds: float | None = None
    last_contact_at: datetime | None = None


Before = Callable[[str, str, int | str], Awaitable[None]]


class FakeBooks:
    """Zoho Books in memory.

    ``before``: awaited ahead of each call with (kind, module, page or id): the place for faults and edits meanwhile.
    ``asked``: every call in order. ``per_page`` may be made small. ``unsorted``: modules whose sort is ignored;
    ``no_stamp``: modules whose rows carry none.
    """

    def __init__(self, clock: FakeClock, per_page: int = 200, skew: float = 0.0) -> None:
        self.client = FakeClient()
        self.clock = clock
        self.per_page = per_page
        self.skew = skew
        self.modules: dict[str, dict[str, Record]] = {}
        self.asked: list[tuple[str, str, int | str]] = []
        self.priorities: list[Priority] = []
        self.sorts: list[tuple[str | None, str | None]] = []
        self.before: Before | None = None
        self.failing: dict[str, Exception] = {}
        self.refusing_details: dict[str, Exception] = {}
        self.unsorted: set[str] = set()
        self.no_stamp: set[str] = set()
        self.empty: set[str] = set()
        self.repeating: set[str] = set()
        self.split_nested = False
        self._next = 1

    # What people do in Zoho Books

    def stamp(self) -> int:
        """Zoho's clock."""
        return int(self.clock.now().timestamp() + self.skew)

    def put(self, module: str, count: int = 1, **fields: object) -> list[str]:
        """Create records."""
        made = []
        for _ in range(count):
            remote_id = f"9{self._next:015d}"
            record = Record(remote_id, f"N-{self._next:06d}", self.stamp(), dict(fields), self.stamp())
            if module in self.no_stamp:
                record.modified = 0
            self.modules.setdefault(module, {})[remote_id] = record
            self._next += 1
            made.append(remote_id)
        return made

    def edit(self, module: str, remote_id: str, **fields: object) -> None:
        """Change a record."""
        record = self.modules[module][remote_id]
        record.fields = {**record.fields, **fields}
        record.modified = 0 if module in self.no_stamp else self.stamp()

    def delete(self, module: str, remote_id: str) -> None:
        """Delete a record."""
        del self.modules[module][remote_id]

    # What the client asks

    async def list_page(
        self,
        module: Module,
        page: int,
        *,
        sort: str | None = None,
        order: str | None = None,
        extra: Iterable[tuple[str, str]] = (),
        priority: Priority = Priority.POLL,
        parent_id: str | None = None,
    ) -> Page:
        """One page, as it is when the answer is made."""
        del extra
        self.sorts.append((sort, order))
        await self._ask("list", module.name, page, priority)
        if module.name in self.failing:
            raise self.failing[module.name]
        records = list(self.modules.get(module.name, {}).values())
        if parent_id is not None:
            records = [record for record in records if record.fields.get("parent") == parent_id]
        if module.name in self.empty:
            records = []
        if sort == "last_modified_time" and module.name in self.unsorted:
            sort = order = None
        key, echo = self._sorting(sort)
        records.sort(key=key, reverse=order == "D")
        split = module.feed is Feed.PAGED or (self.split_nested and module.feed is Feed.NESTED)
        size = self.per_page if split else 10_000
        number = 1 if module.name in self.repeating else page
        rows = [record.row() for record in records[(number - 1) * size : number * size]]
        more = len(records) > page * size or module.name in self.repeating
        return Page(rows, more, echo, None)

    def _sorting(self, sort: str | None) -> tuple[Callable[[Record], tuple[int, str]], str | None]:
        if sort == "last_modified_time":
            return (lambda record: (record.modified, record.remote_id)), sort
        return (lambda record: (record.created, record.remote_id)), "created_time"

    async def detail(
        self, module: Module, remote_id: str, parent_id: str | None = None, priority: Priority = Priority.POLL
    ) -> tuple[RemoteRow, bytes]:
        """One record in full."""
        await self._ask("get", module.name, remote_id, priority)
        if remote_id in self.refusing_details:
            raise self.refusing_details[remote_id]
        record = self.modules.get(module.name, {}).get(remote_id)
        if record is None:
            raise gone(module.name)
        row = record.row()
        return row, json.dumps({"id": remote_id, "lines": [], **record.fields}).encode()

    async def organizations(self) -> list[Organization]:
        """The probe's question."""
        await self._ask("organizations", "organizations", 0, Priority.POLL)
        return [ORGANIZATION]

    async def _ask(self, kind: str, module: str, what: int | str, priority: Priority) -> None:
        self.client.calls += 1
        self.asked.append((kind, module, what))
        self.priorities.append(priority)
        await asyncio.sleep(0)
        if self.before is not None:
            await self.before(kind, module, what)
        self.client.last_contact_at = self.clock.now()
        self.client.clock_skew_seconds = self.skew

    def forget_calls(self) -> None:
        """Start counting anew."""
        self.asked.clear()
        self.priorities.clear()
        self.sorts.clear()

    def calls_by_module(self) -> Counter[str]:
        """List calls made, by module."""
        return Counter(module for kind, module, _ in self.asked if kind == "list")


def gone(part: str) -> NotFound:
    """Zoho's answer about a record that does not exist."""
    return NotFound(part, http_status=404, code="1002", reason="Record does not exist.")


def forbidden(part: str) -> NoPermission:
    """Zoho's answer where the role or the scopes do not reach."""
    return NoPermission(part, http_status=401, code="57", reason="You are not authorized to perform this operation")


def fault() -> ServerFault:
    """Zoho's own failure, after all tries."""
    return ServerFault(500, code="1000")


class World:
    """One organization, one computer."""

    def __init__(
        self,
        folder: Path,
        *modules: str,
        per_page: int = 200,
        skew: float = 0.0,
        parallel: int = 4,
    ) -> None:
        self.path = folder / "zbdesk.sqlite"
        self.clock = FakeClock()
        self.zoho = FakeBooks(self.clock, per_page, skew)
        self.parallel = parallel
        self.events: list[Event] = []
        self.db = Database.open(self.path, now=self.clock.now)
        self.connection = connections.save(self.db, a_connection(self.clock.now()))
        with self.db.transaction():
            module_states.set_enabled(self.db, self.connection.id, modules or ("contacts", "invoices", "items"))
        self.engine = self._engine()

    def _engine(self) -> Engine:
        return Engine(
            db=self.db,
            books=self.zoho,
            connection=self.connection,
            clock=self.clock,
            rng=random.Random(7),
            emit=self.events.append,
            poll_seconds=900.0,
            parallel=self.parallel,
        )

    def crash(self) -> None:
        """Kill the process: what was not committed is gone, nothing is tidied up. Then start again."""
        self.db._drop()
        self.db = Database.open(self.path, now=self.clock.now)
        self.engine = self._engine()

    def crash_at_commit(self, number: int, *, before: bool) -> None:
        """Die at the ``number``-th outermost transaction from now: just before or just after it is committed."""
        real, left = self.db.transaction, [number]

        @contextmanager
        def dying() -> Iterator[None]:
            outermost = not self.db.in_transaction
            with real():
                yield
                left[0] -= outermost
                if outermost and left[0] == 0 and before:
                    raise Crash
            if outermost and left[0] == 0:
                raise Crash

        self.db.transaction = dying  # type: ignore[method-assign]

    def restart(self) -> None:
        """Throw the memory away and start again on the same database."""
        self.close()
        self.db = Database.open(self.path, now=self.clock.now)
        self.engine = self._engine()

    def close(self) -> None:
        """End."""
        self.db.close()

    async def sync(
        self, *modules: str, full: bool = False, cause: str = "user", confirmed: tuple[str, ...] = ()
    ) -> RunFinished:
        """One pass."""
        kind = RunKind.FULL if full else None
        return await self.engine.run_pass(kind=kind, modules=modules, cause=cause, confirmed=confirmed)

    def calls(self, module: str) -> list[int | str]:
        """Pages asked for of one module, in order."""
        return [what for kind, name, what in self.zoho.asked if kind == "list" and name == module]

    def here(self, module: str) -> dict[str, tuple[str | None, str | None, int | None]]:
        """What the mirror says is alive: remote id to (number, status, stamp)."""
        with self.db.snapshot():
            views = list(iter_records(self.db, self.connection.id, module, RecordFilter()))
        found = [
            (
                view.remote_id or "",
                (view.number, view.status, int(view.modified_at.timestamp()) if view.modified_at else None),
            )
            for view in views
        ]
        assert len(found) == len(dict(found)), f"a record of {module} stands here twice"
        return dict(found)

    def there(self, module: str) -> dict[str, tuple[str | None, str | None, int | None]]:
        """What the server has."""
        rows = [record.row() for record in self.zoho.modules.get(module, {}).values()]
        return {row.remote_id: (row.number, row.status, row.modified_at) for row in rows}

    def differences(self) -> list[str]:
        """Modules in which mirror and server are not the same."""
        names = [name for name in MODULES if name in self.zoho.modules]
        return [name for name in names if self.here(name) != self.there(name)]


class RealClock:
    """The computer's own time, for passes over real sockets."""

    def __init__(self) -> None:
        self.rng = random.Random(7)

    def now(self) -> datetime:
        """The wall clock."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class OneToken:
    """A token that the demo server gave out beforehand."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get(self) -> str:
        """The token."""
        return self._token

    async def invalidate(self, _token: str) -> bool:
        """There is no other."""
        return False


@asynccontextmanager
async def real_books(url: str, token: str, organization: str, clock: Clock) -> AsyncIterator[Books]:
    """The real client on a demo server, without a limit of our own."""
    async with httpx.AsyncClient(trust_env=False) as http:
        gate = CallGate(clock, 0, 4, MemoryLedger())
        client = ZohoClient(
            http,
            api_url=url,
            organization_id=organization,
            tokens=OneToken(token),
            gate=gate,
            clock=clock,
            rng=random.Random(7),
            retry_base_seconds=0.01,
        )
        yield Books(client)


def a_connection(now: datetime) -> Connection:
    """A connection as the wizard makes it."""
    return Connection(
        id=0,
        organization=ORGANIZATION,
        data_centre="eu",
        accounts_url="https://accounts.zoho.eu",
        api_url="https://www.zohoapis.eu",
        location="eu",
        client_id="1000.TEST",
        scopes=("ZohoBooks.contacts.READ",),
        read_only=True,
        state=ConnectionState.ACTIVE,
        connected_at=now,
    )
