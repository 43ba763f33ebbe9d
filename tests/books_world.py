"""One computer and one demo company in one process: the real engine, store and client, and a wire that can break."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from books_wire import Clock, Ledger, Tokens, Trouble, Wire
from world import Crash, a_connection

from zbdesk.demo.company import Company
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.organization import Organization
from zbdesk.demo.server import DemoServer
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import ConnectionState, RunKind
from zbdesk.domain.views import ConflictView, Connection, ProblemView, RecordFilter, RecordView
from zbdesk.domain.views import Organization as OrganizationView
from zbdesk.store import attempts, connections, documents, finding, inbox, module_states, run_questions
from zbdesk.store.conflicts import open_conflicts
from zbdesk.store.database import Database
from zbdesk.store.problems import open_problems
from zbdesk.store.queries import iter_records
from zbdesk.sync import acting, putting
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event, PushCount, RunFinished
from zbdesk.sync.hints import Hints
from zbdesk.sync.machine import Standing
from zbdesk.sync.order import Limits
from zbdesk.sync.putting import PutResult
from zbdesk.sync.side_jobs import SideJobs
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import CallGate
from zbdesk.zoho.resources import Books

MODULES = ("currencies", "taxes", "contacts", "items", "invoices", "customerpayments", "creditnotes", "estimates")


class BooksWorld:
    """The whole world; ``org`` is what another user sees and edits in Zoho Books."""

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        parallel: int = 4,
        modules: tuple[str, ...] = MODULES,
        clock: Clock | None = None,
        per_minute: int = 0,
    ):
        self.clock = clock or Clock()
        self.per_minute = per_minute
        self.limits = Limits()
        self._events = 0
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
            gate=CallGate(self.clock, self.per_minute, self.parallel, self._ledger),
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
            limits=self.limits,
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

    def limit(self, changes: int | None) -> None:
        """A pass asks before it writes more records than this; the setting outlives the process."""
        self.limits = self.engine.limits = Limits(changes=changes)

    def allow_run(self) -> None:
        """A person has looked at what a pass that asks would write, and says yes to exactly that."""
        question = run_questions.standing(self.db, self.connection.id)
        if question is not None:
            run_questions.allow(self.db, self.connection.id, question.token, at=self.clock.now())

    def revoke(self) -> None:
        """Somebody takes the consent back in Zoho's settings: no token is good any more, and none is given out."""
        self.tokens.revoked = True
        self.server.faults.revoke()

    def sign_in_again(self) -> None:
        """A person signs in anew, where that is needed."""
        if self.tokens.revoked:
            self.tokens.revoked = False
            self.tokens.renew()
        if self.engine.state is ConnectionState.NEEDS_SIGN_IN:
            with self.db.transaction():
                connections.set_state(self.db, self.connection.id, ConnectionState.ACTIVE)

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

    def told(self, module: str, remote_id: str, *, deleted: bool = False) -> None:
        """A webhook event is in the inbox: it names a record, and says perhaps that it is gone."""
        self._events += 1
        event = inbox.NewEvent(
            self.clock.now(), f"{self._events}", "", True, "POST", "/", "", b"", b"", module, remote_id, self.org.id,
            "deleted" if deleted else "updated", None,
        )  # fmt: skip
        inbox.store(self.db, self.connection.id, [event])

    async def hinted(self) -> None:
        """Look at what waits in the inbox, then make the pass that follows from it."""
        self.clock.tick()
        hints = self.hints()
        try:
            hints.arrived()
            hints.work(Standing(), passing=False)
            await self._looked(hints)
            order = hints.order()
            if order is not None:
                await self.engine.run_pass(kind=order.kind, modules=order.modules, cause=order.cause)
        finally:
            await hints.end()

    async def hinted_in_a_pass(self, method: str) -> None:
        """Events are looked at beside a pass, from the moment on when it asks for an invoice by this method."""
        hints = self.hints()

        def begin() -> None:
            hints.arrived()
            hints.work(Standing(running=True), passing=True)

            self.break_wire("slow_back", method="GET", path="/invoices/")

        self.break_wire("slow_there", method=method, path="/invoices", before=begin)
        try:
            await self.sync()
            await self._looked(hints)
        finally:
            await hints.end()

    def hints(self) -> Hints:
        """What looks at the inbox."""
        wake = asyncio.Event()
        return Hints(self.engine, SideJobs(self.engine, wake), wake)

    async def _looked(self, hints: Hints) -> None:
        while hints._task is not None:
            await asyncio.wait({hints._task})
            await asyncio.sleep(0)

    async def cut(self, turns: int, *, dies: bool) -> None:
        """A pass that ends after so many turns of the loop, wherever it waits then: by a person, or with the process.

        A process that has ended must be started again: ``crash``.
        """
        running = asyncio.ensure_future(self.sync())
        while turns > 0 and not running.done():
            turns -= 1
            await asyncio.sleep(0)
        if not running.done():
            if dies:
                self.die()
            running.cancel()
        try:
            await running
        except asyncio.CancelledError:
            pass
        except BaseException as error:
            if not self.died(error):
                raise

    def put(self, module: str, *raws: dict[str, object], source: str = "default") -> list[PutResult]:
        """Documents of a source."""
        return putting.put(self.db, self.connection, named(module), raws, source=source, now=self.clock.now)

    def act(self, module: str, key: str, action: str, **data: object) -> str:
        """One command on one record."""
        return acting.act(self.db, self.connection, named(module), key, action, data, now=self.clock.now)

    def record(self, module: str, source_id: str, source: str = "default") -> documents.Trees:
        """A document's record with its trees."""
        record_id = finding.by_source(self.db, self.connection.id, module, source, source_id)
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
