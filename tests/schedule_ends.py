"""The books at the end of a schedule, and what has to be known of its past to judge them.

Faults stop, a few passes run, and the books are checked as an accountant would: every document once, both sides equal
or a conflict or problem that says why, no write in doubt, nothing typed lost. Every typed text is unique, so that where
it went can be told.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from books_world import BooksWorld
from hypothesis.stateful import RuleBasedStateMachine

from tests.store.kept import assert_kept
from zbdesk.domain.status import RunResult
from zbdesk.store import documents, finding, review

SOURCES = ("S-1", "S-2", "S-3")
TEXTS = ("notes", "terms")


class Ends(RuleBasedStateMachine):
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
        self.removed_unheard: set[str] = set()
        """Deleted in Zoho before we had heard that our create had landed: nothing tells it from one that never did."""

        self.rolled: set[str] = set()
        """Local ids of what runs wrote that people took back: gone again, or as before, is as it should be."""

        self.voided: set[str] = set()
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
            for field in TEXTS:
                self.seen_there.setdefault((source_id, field), set()).add(str(record.get(field) or ""))

    def _bound(self) -> Iterator[tuple[str, dict[str, Any]]]:
        numbers = {f"LL-{source_id}": source_id for source_id in SOURCES}
        for record in self.world.org["invoices"]:
            source_id = numbers.get(str(record.get("invoice_number")))
            if source_id is not None:
                yield source_id, record.fields

    def _note_here(self) -> None:
        for source_id in SOURCES:
            if ("invoices", source_id) not in self.raws:
                continue
            for side in self._sides(source_id):
                for field in TEXTS:
                    self.seen_here.setdefault((source_id, field), set()).add(str(side.get(field) or ""))

    def _sides(self, source_id: str) -> Iterator[dict[str, Any]]:
        """The document, and Zoho's record at the last agreement: a field that is not ours is known from there."""
        record_id = finding.by_source(self.world.db, self.world.connection.id, "invoices", "default", source_id)
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

    def _id(self, source_id: str) -> int | None:
        return finding.by_source(self.world.db, self.world.connection.id, "invoices", "default", source_id)

    # At the end

    def put_customer(self, customer: str) -> None:
        """A customer from the source."""
        raw = {
            "source_id": customer,
            "contact_name": f"Customer {customer}",
            "email": f"{customer.lower()}@books.example",
        }
        self.raws["contacts", customer] = dict(raw)
        self.world.put("contacts", raw)

    def _let_everything_leave(self) -> None:
        """Nothing is held back any more, and nobody who is referred to is missing."""
        review.set_hold(self.world.db, self.world.connection.id, on=False)
        self.world.limit(None)
        for customer in ("C-1", "C-2"):
            self.put_customer(customer)

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
        self.world.sign_in_again()
        self.run(self.world.wire.land())
        self._note_there()
        self._let_everything_leave()
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
        assert_kept(world.db)
        explained = {one.local_id for one in world.problems()} | {one.local_id for one in world.conflicts()}
        for module, source_id in self.raws:
            field = "invoice_number" if module == "invoices" else "contact_name"
            value = f"LL-{source_id}" if module == "invoices" else f"Customer {source_id}"
            count = world.numbers(module, field)[value]
            assert count <= 1, f"{value} stands {count} times in Zoho"
            record_id = finding.by_source(world.db, world.connection.id, module, "default", source_id)
            record = None if record_id is None else documents.read(world.db, record_id)
            if record is None or record.local_id in explained:
                assert record is not None or source_id in self.unwanted, f"{value} is not here any more"
                continue
            if module == "contacts":
                assert count == 1 or record.local_id in self.rolled, f"{value} is not in Zoho, and nothing says why"
                continue
            self._check_invoice(source_id, count, record)
        self._check_payments(explained)

    def _check_invoice(self, source_id: str, count: int, record: documents.Trees) -> None:
        gone = source_id in self.unwanted or source_id in self.removed_there
        if source_id in self.removed_unheard and not gone:
            return
        if record.local_id in self.rolled:
            if self._is_taken_back(record):
                assert count == 0, f"{source_id} was taken back and is still in Zoho"
                self._check_nothing_deleted_unseen(source_id, count)
                return
            gone = False
        assert count == (0 if gone else 1), f"{source_id}: {count} in Zoho, wanted {0 if gone else 1}, {record}"
        assert record.document is not None
        if gone:
            self._check_nothing_deleted_unseen(source_id, count)
            return
        there = self.world.org.get("invoices", str(record.remote_id))
        assert source_id not in self.voided or there["status"] == "void", f"{source_id} was voided here, not in Zoho"
        for field in TEXTS:
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

    @staticmethod
    def _is_taken_back(record: documents.Trees) -> bool:
        return record.gone or (record.document is not None and record.document.deleted)

    def _check_nothing_deleted_unseen(self, source_id: str, count: int) -> None:
        """What another user typed was here before our deletion took it away."""
        if count == 0 and source_id not in self.removed_there:
            for field in TEXTS:
                text = self.theirs.get((source_id, field))
                seen = self.seen_here.get((source_id, field), set())
                assert text is None or text in seen, f"{source_id}.{field}: {text!r} of Zoho's was deleted unseen"

    def _check_payments(self, explained: set[str | None]) -> None:
        rows = self.world.org.all("customerpayments")
        keys = [str(row.get("reference_number")) for row in rows if str(row.get("reference_number")).startswith("ZB-")]
        # Only a slow proxy excuses a second one, and then a problem has to tell of it.
        assert self.was_late or len(keys) == len(set(keys)), f"a payment stands in Zoho twice: {sorted(keys)}"
        for local_id, source_id in self.payments.items():
            key = f"ZB-{local_id.replace('-', '')[-12:]}"
            count = keys.count(key)
            if count == 1 or local_id in explained:
                continue
            assert count <= 1, f"the payment {key} stands {count} times in Zoho, and nothing says so"
            if local_id in self.rolled:
                continue
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
