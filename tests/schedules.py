"""Random schedules for the whole engine: people on both sides, a wire that breaks, a process that dies.

The machine plays any order of edits, deletions, payments and faults; then the faults stop, a few passes run, and the
books are checked as an accountant would: every document once, both sides equal or a conflict or problem that says why,
no write in doubt, nothing typed lost. Every typed text is unique, so that where it went can be told.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from books_world import BooksWorld, pay
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from world import Crash

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import RunResult
from zbdesk.store import documents
from zbdesk.sync import editing

INVOICES = st.sampled_from(["S-1", "S-2", "S-3"])
CUSTOMERS = st.sampled_from(["C-1", "C-2"])
FIELDS = st.sampled_from(["notes", "terms"])
FAULTS = st.sampled_from(
    ["lose", "lost_answer", "unreachable", "status", "status_after", "crash", "crash_after", "late"]
)
HTML = b"<html><body>502 Bad Gateway</body></html>"


class Schedule(RuleBasedStateMachine):
    """One organization, one computer; ``typed`` and ``theirs`` are the last texts of each side by (document, field)."""

    folder: Path
    world: BooksWorld

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="zbdesk-schedule-"))
        self.typed: dict[tuple[str, str], str] = {}
        self.theirs: dict[tuple[str, str], str] = {}
        self.seen_there: dict[tuple[str, str], set[str]] = {}
        self.seen_here: dict[tuple[str, str], set[str]] = {}
        self.unwanted: set[str] = set()
        self.removed_there: set[str] = set()
        self.payments: dict[str, str] = {}
        self.paid_there: list[str] = []
        self.raws: dict[tuple[str, str], dict[str, object]] = {}
        self.was_late = False
        self.count = 0
        self.world = self.run(self._open())

    async def _open(self) -> BooksWorld:
        world = BooksWorld(self.folder, parallel=2)
        world.on_request = self._note_there
        await world.sync()
        return world

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run to the end on this machine's own loop."""
        return self.runner.run(work)

    def text(self, who: str) -> str:
        """A text that nobody has typed before."""
        self.count += 1
        return f"{who} {self.count}"

    # What is known of the past

    def _note_there(self) -> None:
        """Remember each text that Zoho's records ever had: what was there once was not lost on the way."""
        for source_id, record in self._bound():
            for field in ("notes", "terms"):
                self.seen_there.setdefault((source_id, field), set()).add(str(record.get(field) or ""))

    def _bound(self) -> Iterator[tuple[str, dict[str, Any]]]:
        numbers = {f"LL-{source_id}": source_id for source_id in ("S-1", "S-2", "S-3")}
        for record in self.world.org["invoices"]:
            source_id = numbers.get(str(record.get("invoice_number")))
            if source_id is not None:
                yield source_id, record.fields

    def _note_here(self) -> None:
        for source_id in ("S-1", "S-2", "S-3"):
            if ("invoices", source_id) not in self.raws:
                continue
            for side in self._sides(source_id):
                for field in ("notes", "terms"):
                    self.seen_here.setdefault((source_id, field), set()).add(str(side.get(field) or ""))

    def _sides(self, source_id: str) -> Iterator[dict[str, Any]]:
        """The document, and Zoho's record at the last agreement: a field that is not ours is known from there."""
        record_id = documents.by_source(self.world.db, self.world.connection.id, "invoices", "default", source_id)
        found = None if record_id is None else documents.read(self.world.db, record_id)
        if found is not None and found.document is not None:
            yield found.document.fields
        if found is not None and found.base is not None:
            yield found.base.remote

    def there(self, source_id: str) -> str | None:
        """Zoho's id of a document's record, if Zoho has it."""
        for record in self.world.org["invoices"]:
            if record.get("invoice_number") == f"LL-{source_id}":
                return str(record.id)
        return None

    # People here

    @initialize()
    def a_customer_and_an_item(self) -> None:
        """Something to write about."""
        self.put_customer("C-1")

    @rule(customer=CUSTOMERS)
    def put_customer(self, customer: str) -> None:
        """A customer from the source."""
        raw = {
            "source_id": customer,
            "contact_name": f"Customer {customer}",
            "email": f"{customer.lower()}@books.example",
        }
        self.raws["contacts", customer] = dict(raw)
        self.world.put("contacts", raw)

    @rule(source_id=INVOICES, customer=CUSTOMERS)
    def put_invoice(self, source_id: str, customer: str) -> None:
        """A new invoice, or the same once more."""
        if ("invoices", source_id) in self.raws:
            self.world.put("invoices", self.raws["invoices", source_id])
            return
        raw: dict[str, object] = {
            "source_id": source_id,
            "customer": {"source_id": customer},
            "invoice_number": f"LL-{source_id}",
            "date": "2026-11-20",
            "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
        }
        self.raws["invoices", source_id] = raw
        self.world.put("invoices", raw)

    @precondition(lambda self: any(module == "invoices" for module, _ in self.raws))
    @rule(source_id=INVOICES, field=FIELDS)
    def edit_here(self, source_id: str, field: str) -> None:
        """The source changes a field."""
        self._edit_here(source_id, field)

    def _edit_here(self, source_id: str, field: str) -> None:
        raw = self.raws.get(("invoices", source_id))
        if raw is None or source_id in self.unwanted or source_id in self.removed_there:
            return
        text = self.text("ours")
        raw[field] = text
        self.world.put("invoices", raw)
        self.typed[source_id, field] = text

    @precondition(lambda self: any(module == "invoices" for module, _ in self.raws))
    @rule(source_id=INVOICES)
    def change_lines_here(self, source_id: str) -> None:
        """The source changes an amount."""
        raw = self.raws.get(("invoices", source_id))
        if raw is None or source_id in self.unwanted or self.payments or self.paid_there:
            return
        self.count += 1
        raw["line_items"] = [{"name": "Seat", "quantity": "2", "rate": str(40 + self.count)}]
        self.world.put("invoices", raw)

    @rule(source_id=INVOICES)
    def delete_here(self, source_id: str) -> None:
        """A person deletes an invoice here."""
        if ("invoices", source_id) not in self.raws or source_id in self.unwanted or self.payments:
            return
        with suppress(ZbdeskError):
            self.world.act("invoices", f"default:{source_id}", "delete")
            self.unwanted.add(source_id)

    @rule(source_id=INVOICES)
    def send_here(self, source_id: str) -> None:
        """A person marks an invoice as sent."""
        if ("invoices", source_id) in self.raws and source_id not in self.unwanted:
            with suppress(ZbdeskError):
                self.world.act("invoices", f"default:{source_id}", "send")

    @rule(source_id=INVOICES)
    def pay_here(self, source_id: str) -> None:
        """A person records a payment of one unit."""
        if ("invoices", source_id) not in self.raws or source_id in self.unwanted or len(self.payments) > 2:
            return
        self.send_here(source_id)
        with suppress(ZbdeskError):
            data = {"amount": "1.00", "date": "2026-11-20", "payment_mode": "cash"}
            self.payments[self.world.act("invoices", f"default:{source_id}", "pay", **data)] = source_id

    @rule(keep=st.sampled_from(["local", "remote"]))
    def resolve(self, keep: str) -> None:
        """A person settles every conflict one way."""
        for conflict in self.world.conflicts():
            names = {one.name for one in conflict.fields}
            source_id = next((one for one in ("S-1", "S-2", "S-3") if self._id(one) == conflict.id), None)
            editing.resolve(self.world.db, conflict.id, keep, now=self.world.clock.now)  # type: ignore[arg-type]
            if source_id is None:
                continue
            if "*record*" in names:
                if source_id in self.unwanted and keep == "remote":
                    self.unwanted.discard(source_id)
                elif source_id in self.removed_there and keep == "local":
                    self.removed_there.discard(source_id)
                    self.theirs = {key: text for key, text in self.theirs.items() if key[0] != source_id}
                elif source_id in self.removed_there:
                    self.unwanted.add(source_id)
            # The side that was given up is not lost: a person gave it up.
            for field in ("notes", "terms"):
                if field in names or names & {"*record*", "status"}:
                    (self.typed if keep == "remote" else self.theirs).pop((source_id, field), None)

    def _id(self, source_id: str) -> int | None:
        return documents.by_source(self.world.db, self.world.connection.id, "invoices", "default", source_id)

    # People in Zoho Books

    @rule(source_id=INVOICES, field=FIELDS)
    def edit_there(self, source_id: str, field: str) -> None:
        """Another user changes a field."""
        remote_id = self.there(source_id)
        if remote_id is None:
            return
        self.world.clock.tick(3)
        text = self.text("theirs")
        self.world.org.edit("invoices", remote_id, {field: text})
        self.theirs[source_id, field] = text
        self._note_there()

    @rule(source_id=INVOICES, field=FIELDS)
    def edit_on_both_sides_in_one_pass(self, source_id: str, field: str) -> None:
        """Another user edits after the list was read and before our edit of the same field leaves."""
        self._edit_here(source_id, field)
        self.world.break_wire(
            "meanwhile", method="GET", path="/customerpayments", before=lambda: self.edit_there(source_id, field)
        )
        self.sync(full=False)

    @rule(source_id=INVOICES)
    def delete_there(self, source_id: str) -> None:
        """Another user deletes an invoice."""
        remote_id = self.there(source_id)
        if remote_id is None or self.payments or self.paid_there or self.world.wire.late:
            return
        self.world.clock.tick(3)
        self.world.org.delete("invoices", remote_id)
        self.removed_there.add(source_id)

    @rule(source_id=INVOICES)
    def pay_there(self, source_id: str) -> None:
        """Another user records a payment."""
        remote_id = self.there(source_id)
        if remote_id is None or len(self.paid_there) > 2:
            return
        invoice = self.world.org.get("invoices", remote_id)
        if invoice["status"] in {"draft", "void"} or Decimal(str(invoice["balance"])) < 5:
            return
        self.world.clock.tick(3)
        self.paid_there.append(pay(self.world, invoice, "1.00"))

    @rule(name=st.sampled_from(["Fresh Bakery", "Corner Shop"]))
    def new_customer_there(self, name: str) -> None:
        """Another user enters a customer."""
        if all(row["contact_name"] != name for row in self.world.org.all("contacts")):
            self.world.clock.tick(3)
            self.world.org.put("contacts", contact_name=name, contact_type="customer")

    # What goes wrong

    @rule(kind=FAULTS, method=st.sampled_from(["WRITE", "WRITE", "POST", "GET", None]), times=st.integers(1, 3))
    def fault(self, kind: str, method: str | None, times: int) -> None:
        """Something happens to the next requests."""
        if kind == "late" and method != "POST":
            return
        self.was_late = self.was_late or kind == "late"
        self.world.break_wire(kind, method=method, times=times)

    @rule(status=st.sampled_from([500, 502, 503]), after=st.booleans())
    def html(self, status: int, after: bool) -> None:
        """A proxy answers instead."""
        self.world.break_wire("status_after" if after else "status", method="WRITE", status=status, body=HTML)

    @rule(wait=st.sampled_from([b"1", b"30"]))
    def throttled(self, wait: bytes) -> None:
        """Zoho asks for silence."""
        self.world.break_wire("status", status=429, body=b'{"code":44,"message":"wait"}')

    @rule()
    def tokens_expire(self) -> None:
        """The access token is past its hour."""
        self.world.server.faults.expire_tokens()

    @rule(source_id=INVOICES, field=FIELDS, method=st.sampled_from(["POST", "PUT", "GET"]))
    def edit_meanwhile(self, source_id: str, field: str, method: str) -> None:
        """Somebody types while a request is under way."""
        self.world.break_wire(
            "meanwhile", method=method, path="/invoices", before=lambda: self._edit_here(source_id, field)
        )

    @rule(number=st.integers(1, 12), before=st.booleans())
    def die_at_commit(self, number: int, before: bool) -> None:
        """The process ends at one of the next commits of a pass; that pass begins at once."""
        real, left, db = self.world.db.transaction, [number], self.world.db

        @contextmanager
        def dying() -> Iterator[None]:
            outermost = not db.in_transaction
            with real():
                yield
                left[0] -= outermost
                if outermost and left[0] == 0 and before:
                    self.world.die()
                    raise Crash
            if outermost and left[0] == 0:
                self.world.die()
                raise Crash

        db.transaction = dying  # type: ignore[method-assign]
        self.sync(full=False)
        if self.world.db is db:
            del db.transaction  # type: ignore[method-assign]

    @rule(seconds=st.sampled_from([1, 20, 900]))
    def time_passes(self, seconds: int) -> None:
        """Nothing happens for a while."""
        self.world.clock.tick(seconds)

    @rule(seconds=st.sampled_from([-3600, -30, 3600]))
    def clock_is_set(self, seconds: int) -> None:
        """Somebody sets the clock of this computer; Zoho's own is not touched."""
        self.world.server.clock.advance(-seconds)
        self.world.clock.jump(seconds)

    @rule()
    def slow_proxy_delivers(self) -> None:
        """What was held on the way arrives."""
        self.run(self.world.wire.land())
        self._note_there()

    # Passes

    @rule(full=st.booleans())
    def sync(self, full: bool) -> None:
        """One pass, which may die."""
        self._note_here()
        try:
            self.run(self.world.sync(full=full))
        except BaseException as error:
            if not self.world.died(error):
                raise
        if self.world.is_dead:
            self.world.crash()
        self._note_there()
        self._note_here()

    @rule()
    def poll(self) -> None:
        """An ordinary pass; there are as many of these as of everything else that matters."""
        self.sync(full=False)

    @rule(source_id=INVOICES, field=FIELDS)
    def edit_here_and_sync(self, source_id: str, field: str) -> None:
        """What people do most."""
        self._edit_here(source_id, field)
        self.sync(full=False)

    @rule(source_id=INVOICES, field=FIELDS, kind=FAULTS)
    def edit_here_and_sync_badly(self, source_id: str, field: str, kind: str) -> None:
        """The answer to exactly this write is lost, or worse."""
        self._edit_here(source_id, field)
        if kind != "late":
            self.world.break_wire(kind, method="WRITE")
        self.sync(full=False)

    # At the end

    def teardown(self) -> None:
        """Faults stop; after a few passes the books are in order."""
        try:
            self._settle()
            self._check()
        finally:
            self.run(self.world.aclose())
            self.runner.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _settle(self) -> None:
        self.world.mend()
        self.slow_proxy_delivers()
        for customer in ("C-1", "C-2"):
            self.put_customer(customer)
        for full in (False, True, False, True):
            self.world.clock.tick(120)
            self.world.forget_pause()
            finished = self.run(self.world.sync(full=full))
            assert finished.result in {RunResult.OK, RunResult.ATTENTION}, finished.message
        self._note_there()
        self._note_here()
        self.world.wire.asked.clear()
        self.run(self.world.sync(cause="poll"))
        assert self.world.wire.writes() == [], f"a quiet pass writes: {self.world.wire.writes()}"

    def _check(self) -> None:
        world = self.world
        assert world.in_doubt() == 0, "a write is still in doubt"
        explained = {one.local_id for one in world.problems()} | {one.local_id for one in world.conflicts()}
        for module, source_id in self.raws:
            field = "invoice_number" if module == "invoices" else "contact_name"
            value = f"LL-{source_id}" if module == "invoices" else f"Customer {source_id}"
            count = world.numbers(module, field)[value]
            assert count <= 1, f"{value} stands {count} times in Zoho"
            record_id = documents.by_source(world.db, world.connection.id, module, "default", source_id)
            record = None if record_id is None else documents.read(world.db, record_id)
            if record is None or record.local_id in explained:
                assert record is not None or source_id in self.unwanted, f"{value} is not here any more"
                continue
            if module == "contacts":
                assert count == 1, f"{value} is not in Zoho, and nothing says why"
                continue
            self._check_invoice(source_id, count, record)
        self._check_payments(explained)

    def _check_invoice(self, source_id: str, count: int, record: documents.Trees) -> None:
        gone = source_id in self.unwanted or source_id in self.removed_there
        assert count == (0 if gone else 1), f"{source_id}: {count} in Zoho, wanted {0 if gone else 1}, {record}"
        assert record.document is not None
        if gone:
            return
        there = self.world.org.get("invoices", str(record.remote_id))
        for field in ("notes", "terms"):
            ours, theirs = record.document.fields.get(field) or "", there.get(field) or ""
            if record.document.fields.get(field) is not None:
                assert ours == theirs, f"{source_id}.{field}: {ours!r} here, {theirs!r} in Zoho, and nothing says why"
            typed, edited = self.typed.get((source_id, field)), self.theirs.get((source_id, field))
            assert typed is None or typed in self.seen_there.get((source_id, field), set()) | {theirs}, (
                f"{source_id}.{field}: {typed!r} was typed here and never reached Zoho"
            )
            assert edited is None or theirs == edited or edited in self.seen_here.get((source_id, field), set()), (
                f"{source_id}.{field}: {edited!r} was typed in Zoho and overwritten unseen by {theirs!r}"
            )
        rate = record.document.fields["line_items"][0]["rate"]
        assert Decimal(str(there["line_items"][0]["rate"])) == Decimal(str(rate))
        assert len(there["line_items"]) == 1

    def _check_payments(self, explained: set[str | None]) -> None:
        rows = self.world.org.all("customerpayments")
        keys = [str(row.get("reference_number")) for row in rows if str(row.get("reference_number")).startswith("ZB-")]
        for local_id, source_id in self.payments.items():
            key = f"ZB-{local_id.replace('-', '')[-12:]}"
            count = keys.count(key)
            if count == 1 or local_id in explained:
                continue
            assert count <= 1, f"the payment {key} stands {count} times in Zoho, and nothing says so"
            waits = source_id in self.unwanted or source_id in self.removed_there or self._is_explained(source_id)
            assert waits, f"the payment {key} is not in Zoho, and nothing says why"
        for remote_id in self.paid_there:
            views = [one for one in self.world.views("customerpayments") if one.remote_id == remote_id]
            assert len(views) == 1, "a payment made in Zoho is here once"

    def _is_explained(self, source_id: str) -> bool:
        record_id = self._id(source_id)
        names = {one.local_id for one in self.world.problems()} | {one.local_id for one in self.world.conflicts()}
        record = None if record_id is None else documents.read(self.world.db, record_id)
        return record is None or record.local_id in names
