"""One computer and one demo company in one process: the real engine, store and client, and a wire that can break.

The wire stands between client and server: it can lose a request, lose its answer, delay its arrival, answer with a
fault, or end the process in the middle. Time moves only when somebody waits or a test says so.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from world import Crash, a_connection

from zbdesk.demo.company import Company
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.organization import Organization
from zbdesk.demo.server import DemoServer
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RunKind
from zbdesk.domain.views import ConflictView, Connection, ProblemView, RecordFilter, RecordView
from zbdesk.domain.views import Organization as OrganizationView
from zbdesk.store import attempts, connections, documents, module_states
from zbdesk.store.conflicts import open_conflicts
from zbdesk.store.database import Database
from zbdesk.store.problems import open_problems
from zbdesk.store.queries import iter_records
from zbdesk.sync import editing
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event, PushCount, RunFinished
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import CallGate
from zbdesk.zoho.resources import Books

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MODULES = ("currencies", "taxes", "contacts", "items", "invoices", "customerpayments", "creditnotes", "estimates")
WRITES = ("POST", "PUT", "DELETE")


class Clock:
    """Time that moves on by itself when somebody sleeps, so that no test ever waits."""

    def __init__(self) -> None:
        self._now = START
        self._mono = 1000.0

    def now(self) -> datetime:
        """The wall clock."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return self._mono

    async def sleep(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self.tick(seconds)
        await asyncio.sleep(0)

    def tick(self, seconds: float = 1.0) -> None:
        """Time passes."""
        self._now += timedelta(seconds=max(0.0, seconds))
        self._mono += max(0.0, seconds)

    def jump(self, seconds: float) -> None:
        """Somebody sets the wall clock."""
        self._now += timedelta(seconds=seconds)


@dataclass
class Trouble:
    """What happens to the next request that fits: ``kind`` lose, lost_answer, late, crash, crash_after, or a status."""

    kind: str
    method: str | None = None
    path: str = ""
    times: int = 1
    status: int = 500
    body: bytes = b'{"code":1000,"message":"Internal error"}'
    before: Callable[[], None] | None = None

    def fits(self, request: httpx.Request) -> bool:
        """Whether it is about this request."""
        writes = self.method == "WRITE" and request.method in WRITES
        return (
            self.times > 0
            and (self.method is None or writes or self.method == request.method)
            and self.path in request.url.path
        )


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to the server in this process, unless something is in the way."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app=app)
        self.troubles: list[Trouble] = []
        self.late: list[httpx.Request] = []
        self.on_request: Callable[[], None] | None = None
        self.on_death: Callable[[], None] | None = None
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:  # noqa: C901 - one case a trouble
        """One request."""
        await asyncio.sleep(0)
        self.asked.append((request.method, request.url.path.removeprefix("/books/v3")))
        self.bodies.append(request.content)
        trouble = next((one for one in self.troubles if one.fits(request)), None)
        if trouble is None:
            return await self._carry(request)
        trouble.times -= 1
        if trouble.before is not None:
            trouble.before()
        match trouble.kind:
            case "lose":
                raise httpx.ReadError("lost", request=request)
            case "unreachable":
                raise httpx.ConnectError("no route", request=request)
            case "lost_answer":
                await self._carry(request)
                raise httpx.ReadError("answer lost", request=request)
            case "late":
                self.late.append(request)
                raise httpx.ReadTimeout("slow proxy", request=request)
            case "crash":
                self._die()
            case "crash_after":
                await self._carry(request)
                self._die()
            case "status":
                return httpx.Response(trouble.status, content=trouble.body, request=request)
            case "status_after":
                await self._carry(request)
                return httpx.Response(trouble.status, content=trouble.body, request=request)
            case "meanwhile":
                return await self._carry(request)
        raise AssertionError(trouble.kind)

    async def land(self) -> None:
        """What a slow proxy held arrives now."""
        held, self.late = self.late, []
        for request in held:
            await self._carry(request)

    def _die(self) -> None:
        if self.on_death is not None:
            self.on_death()
        raise Crash

    async def _carry(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        if self.on_request is not None and request.method in WRITES:
            self.on_request()
        return answer

    def writes(self) -> list[tuple[str, str]]:
        """The writes that left, in order."""
        return [one for one in self.asked if one[0] in WRITES]


class Tokens:
    """A token that the server knows; a refused one is replaced."""

    def __init__(self, server: DemoServer) -> None:
        self._server = server
        self._token = server.credentials.tokens()[0]

    async def get(self) -> str:
        """The access token."""
        return self._token

    async def invalidate(self, token: str) -> bool:
        """Get another one."""
        if token == self._token:
            self._token = self._server.credentials.tokens()[0]
        return True


class Ledger:
    """The day's calls, in memory."""

    def __init__(self) -> None:
        self._used = 0
        self._until: datetime | None = None

    def used_today(self) -> int:
        """See ``CallLedger``."""
        return self._used

    def count(self, calls: int, /) -> None:
        """See ``CallLedger``."""
        self._used += calls

    def limit(self) -> int | None:
        """See ``CallLedger``."""
        return None

    def set_limit(self, limit: int, /) -> None:
        """See ``CallLedger``."""

    def paused_until(self) -> datetime | None:
        """See ``CallLedger``."""
        return self._until

    def pause(self, until: datetime, budget: object, /) -> None:
        """See ``CallLedger``."""
        self._until = until


class BooksWorld:
    """The whole world; ``org`` is what another user sees and edits in Zoho Books."""

    def __init__(self, folder: Path, *, read_only: bool = False, parallel: int = 4, modules: tuple[str, ...] = MODULES):
        self.clock = Clock()
        sizes = {
            "contacts": 12,
            "items": 6,
            "invoices": 10,
            "estimates": 2,
            "creditnotes": 2,
            "bills": 2,
            "expenses": 2,
        }
        options = DemoOptions(clock=self.clock.now, sizes=sizes)
        self.server = DemoServer(options, company=Company(options))
        self.server.world.origin = "http://127.0.0.1:1"
        self.org: Organization = self.server.company.org()
        self.wire = Wire(self.server.app)
        self.http = httpx.AsyncClient(transport=self.wire)
        self.tokens = Tokens(self.server)
        self.path = folder / "zbdesk.sqlite"
        self._dead = False
        self.wire.on_death = self.die
        self._ledger = Ledger()
        self.parallel = parallel
        self.events: list[Event] = []
        self.db = Database.open(self.path, now=self.clock.now)
        profile = self.org.profile
        view = OrganizationView(self.org.id, profile.name, profile.country, profile.currency_code, "Asia/Kolkata")
        made = a_connection(self.clock.now())
        fields = {name: getattr(made, name) for name in Connection.__dataclass_fields__}
        fields |= {"organization": view, "read_only": read_only, "scopes": ()}
        self.connection = connections.save(self.db, Connection(**fields))
        with self.db.transaction():
            module_states.set_enabled(self.db, self.connection.id, modules)
        self.engine = self._engine()

    def _engine(self) -> Engine:
        client = ZohoClient(
            self.http,
            api_url="http://127.0.0.1:1",
            organization_id=self.org.id,
            tokens=self.tokens,
            gate=CallGate(self.clock, 0, self.parallel, self._ledger),
            clock=self.clock,
            rng=random.Random(7),
            retry_base_seconds=0.01,
        )
        return Engine(
            db=self.db,
            books=Books(client),
            connection=self.connection,
            clock=self.clock,
            rng=random.Random(7),
            emit=self.events.append,
            poll_seconds=900.0,
            parallel=self.parallel,
        )

    @property
    def on_request(self) -> Callable[[], None] | None:
        """Called after each write that Zoho has carried out."""
        return self.wire.on_request

    @on_request.setter
    def on_request(self, call: Callable[[], None]) -> None:
        self.wire.on_request = call

    def die(self) -> None:
        """From now on nothing can be written: what tasks do while they are torn down did not happen."""
        self._dead = True
        for name in ("execute", "executemany", "one", "all", "value", "transaction", "snapshot"):
            setattr(self.db, name, _nothing_happens)

    @property
    def is_dead(self) -> bool:
        """Whether the process has ended and must be started again."""
        return self._dead

    def died(self, error: BaseException) -> bool:
        """Whether this is the end of the process and not a fault of the program."""
        return self._dead or isinstance(error, Crash)

    def forget_pause(self) -> None:
        """The silence that Zoho asked for is over."""
        self._ledger = Ledger()
        self.engine = self._engine()

    def crash(self) -> None:
        """Throw the process's memory away and start again on the same database."""
        self._dead = False
        self.db._drop()
        self.db = Database.open(self.path, now=self.clock.now)
        self.engine = self._engine()

    async def aclose(self) -> None:
        """End."""
        self.db.close()
        await self.http.aclose()

    # The computer's side

    async def sync(self, *, full: bool = False, cause: str = "user") -> RunFinished:
        """One pass."""
        self.clock.tick()
        return await self.engine.run_pass(kind=RunKind.FULL if full else None, cause=cause)

    def put(self, module: str, *raws: dict[str, object], source: str = "default") -> list[editing.PutResult]:
        """Documents of a source."""
        return editing.put(self.db, self.connection, named(module), raws, source=source, now=self.clock.now)

    def act(self, module: str, key: str, action: str, **data: object) -> str:
        """One command on one record."""
        return editing.act(self.db, self.connection, named(module), key, action, data, now=self.clock.now)

    def record(self, module: str, source_id: str, source: str = "default") -> documents.Trees:
        """A document's record with its trees."""
        record_id = documents.by_source(self.db, self.connection.id, module, source, source_id)
        assert record_id is not None, f"{module} {source_id} is not here"
        found = documents.read(self.db, record_id)
        assert found is not None
        return found

    def view(self, module: str, source_id: str) -> RecordView:
        """A document's line in the table."""
        wanted = self.record(module, source_id).id
        return next(one for one in self.views(module) if one.id == wanted)

    def views(self, module: str) -> list[RecordView]:
        """All lines of a table, deleted ones too."""
        return list(iter_records(self.db, self.connection.id, module, RecordFilter(with_deleted=True)))

    def problems(self) -> list[ProblemView]:
        """What is on the Problems screen."""
        return open_problems(self.db, self.connection.id)

    def conflicts(self) -> list[ConflictView]:
        """What is on the Conflicts screen."""
        return open_conflicts(self.db, self.connection.id)

    def in_doubt(self) -> int:
        """Writes without an answer."""
        return len(attempts.unanswered(self.db, self.connection.id))

    # Zoho's side

    def there(self, module: str, source_id: str) -> dict[str, Any]:
        """Zoho's record of a document. Raises ``KeyError`` where there is none."""
        return self.org.get(module, str(self.record(module, source_id).remote_id))

    def numbers(self, module: str, field: str) -> Counter[str]:
        """How often each value of a field stands in Zoho Books."""
        return Counter(str(row.get(field) or "") for row in self.org.all(module))

    def break_wire(self, kind: str, **more: Any) -> None:
        """Something is in the way of the next requests that fit."""
        self.wire.troubles.append(Trouble(kind, **more))

    def mend(self) -> None:
        """Nothing is in the way any more."""
        self.wire.troubles.clear()


def _nothing_happens(*_: object, **__: object) -> Any:
    raise Crash


def pushed(finished: RunFinished, module: str) -> PushCount:
    """What a pass wrote in one module."""
    return dict(finished.pushed).get(module, PushCount())


def pay(world: BooksWorld, invoice: dict[str, Any], amount: str) -> str:
    """Another user records a payment in Zoho Books; its id."""
    from zbdesk.demo import writes

    fields = {
        "customer_id": invoice["customer_id"],
        "payment_mode": "cash",
        "amount": amount,
        "date": "2026-11-20",
        "invoices": [{"invoice_id": invoice["invoice_id"], "amount_applied": amount}],
    }
    body = json.dumps(fields).encode()
    with world.org.lock:
        _, record = writes.create(world.org, "customerpayments", writes.Written("POST", {}, {}, body))
    return str(record.id)
