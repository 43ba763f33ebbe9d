"""An import as a whole: again, changed, vanished, mended, stopped, all or nothing, held against the books, undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.store.build import connection, now, row
from zbdesk.app.sources import ImportOrder, ImportOutcome, Watch, dry_run, run_import
from zbdesk.app.taking import NothingToTakeBack, take_back
from zbdesk.domain.modules import module
from zbdesk.domain.views import Connection
from zbdesk.sources.base import Outcome
from zbdesk.sources.importing import CHUNK, Progress
from zbdesk.sources.mapping import parse_mapping
from zbdesk.store import attempts, connections, cursors, documents, finding, trees
from zbdesk.store import sources as store
from zbdesk.store.cursors import Cursor
from zbdesk.store.database import Database

COLUMNS = {"Invoice": "invoice_number", "Customer": "customer.name", "Date": "date", "Item": "line_items.name",
           "Price": "line_items.rate", "Tax": "line_items.tax.name"}  # fmt: skip
HEAD = "Invoice,Customer,Date,Item,Price,Tax\n"
FIRST = HEAD + "A-1,Acme GmbH,2026-11-20,Seat,5.00,\nA-2,Acme GmbH,2026-11-20,Desk,6.00,\n"


@dataclass
class Desk:
    """An import place: a database, a connection and a file."""

    db: Database
    here: Connection
    file: Path

    def order(self, content: str, **more: Any) -> ImportOrder:
        """An import of this content, always under the same file name."""
        self.file.write_text(content, encoding="utf-8")
        mapping = {"columns": COLUMNS, "currency": "EUR", **more.pop("mapping", {})}
        return ImportOrder(self.file, "invoices", parse_mapping(module("invoices"), mapping), **more)

    def take(self, content: str, watch: Watch | None = None, **more: Any) -> ImportOutcome:
        """Import it."""
        return run_import(self.db, self.here, self.order(content, **more), now, watch=watch)

    def fields(self, source_id: str) -> Mapping[str, Any]:
        """What the local tree holds of a document."""
        record_id = finding.by_source(self.db, self.here.id, "invoices", "import", source_id)
        assert record_id is not None
        found = documents.read(self.db, record_id)
        assert found is not None
        assert found.document is not None
        return found.document.fields

    def count(self) -> int:
        """How many records there are."""
        return int(self.db.value("SELECT COUNT(*) FROM record"))

    def mirror(self, name: str, *numbers: str) -> None:
        """Zoho's list of a module was read and has these."""
        with self.db.transaction():
            rows = [row(f"{name}{place}", number=number) for place, number in enumerate(numbers)]
            trees.store_page(self.db, self.here.id, name, rows, scan_id=1, want_detail=False)
            cursors.put(self.db, self.here.id, name, Cursor(first_done=True, scan_page=1))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty database with a connection."""
    with Database.open(tmp_path / "books.db", now=now) as db:
        yield Desk(db, connections.save(db, connection()), tmp_path / "nov.csv")


def words(outcome: ImportOutcome) -> dict[str, str]:
    """Source id to result."""
    return {one.source_id: one.result.value for one in outcome.documents}


def test_the_same_file_again_writes_nothing(desk: Desk) -> None:
    """Not a record, not a batch, not a line of history."""
    desk.take(FIRST)
    counts = (
        "SELECT (SELECT COUNT(*) FROM diary), (SELECT COUNT(*) FROM import_batch), (SELECT SUM(revision) FROM local)"
    )
    before = desk.db.one(counts)
    outcome = desk.take(FIRST)
    assert words(outcome) == {"A-1": "unchanged", "A-2": "unchanged"}
    assert desk.db.one(counts) == before


def test_a_changed_row_is_an_edit_and_a_missing_one_is_reported(desk: Desk) -> None:
    """The edit reaches its record; what vanished stays and is named."""
    desk.take(FIRST)
    outcome = desk.take(HEAD + "A-1,Acme GmbH,2026-11-20,Seat,7.50,\n")
    assert words(outcome) == {"A-1": "changed"}
    assert outcome.report.vanished == ("A-2",)
    assert str(desk.fields("A-1")["line_items"][0]["rate"]) == "7.5"
    assert desk.count() == 2


def test_all_or_nothing_takes_nothing_for_one_bad_row(desk: Desk) -> None:
    """The good row is said to be left out because of the other one."""
    outcome = desk.take(FIRST.replace("6.00", "x"), all_or_nothing=True)
    assert words(outcome) == {"A-1": "refused", "A-2": "refused"}
    assert "all or nothing" in outcome.documents[0].errors[0].message
    assert (desk.count(), outcome.report.totals) == (0, {})
    assert words(desk.take(FIRST, all_or_nothing=True)) == {"A-1": "created", "A-2": "created"}


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    """What it foretells is what the import then does."""
    order = desk.order(FIRST.replace("6.00", "x"))
    foretold = dry_run(desk.db, desk.here, order)
    assert desk.count() == 0
    done = run_import(desk.db, desk.here, order, now)
    assert words(foretold) == words(done)
    assert foretold.errors == done.errors
    assert foretold.report.totals == done.report.totals


def test_a_mended_cell_is_taken(desk: Desk) -> None:
    """What a person typed over a cell counts, by row and column; the file stays as it is."""
    content = FIRST.replace("6.00", "x")
    (error,) = desk.take(content).errors
    assert (error.row, error.place, error.value) == (3, 4, "x")
    outcome = desk.take(content, overrides={(error.row, error.place): "6.00"})
    assert words(outcome) == {"A-1": "unchanged", "A-2": "created"}


def test_stop_between_chunks_keeps_what_was_taken_as_a_batch(desk: Desk) -> None:
    """A stopped import is one batch like any other and can be taken back."""
    content = HEAD + "".join(f"S-{n},Acme,2026-11-20,Seat,5.00,\n" for n in range(2 * CHUNK))
    told: list[Progress] = []
    outcome = desk.take(content, Watch(told.append, lambda: any(one.documents for one in told)))
    assert outcome.report.stopped
    assert 0 < desk.count() < 2 * CHUNK
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert outcome.report.batch_id is not None
    assert take_back(desk.db, desk.here, outcome.report.batch_id, now=now).removed > 0
    assert desk.count() == 0


def test_an_import_is_taken_back_as_one(desk: Desk) -> None:
    """What it made goes, what it changed is as before, and the file can be imported anew."""
    first = desk.take(FIRST)
    second = desk.take(HEAD + "A-1,Acme GmbH,2026-11-20,Seat,9.00,\nA-3,Acme GmbH,2026-11-20,Lamp,1.00,\n")
    assert second.report.batch_id is not None
    undone = take_back(desk.db, desk.here, second.report.batch_id, now=now)
    assert (undone.removed, undone.restored, undone.kept) == (1, 1, ())
    assert str(desk.fields("A-1")["line_items"][0]["rate"]) == "5"
    assert desk.count() == 2
    with pytest.raises(NothingToTakeBack):
        take_back(desk.db, desk.here, second.report.batch_id, now=now)
    assert first.report.batch_id is not None
    take_back(desk.db, desk.here, first.report.batch_id, now=now)
    assert words(desk.take(FIRST)) == {"A-1": "created", "A-2": "created"}
    counters = desk.db.one("SELECT local, pending FROM module_state WHERE module = 'invoices'")
    assert counters == (2, 2)


def test_what_is_leaving_is_kept_when_an_import_is_taken_back(desk: Desk) -> None:
    """A write under way is not undone behind its back; the record is named."""
    outcome = desk.take(FIRST)
    record_id = outcome.documents[0].record_id
    assert record_id is not None
    attempts.begin(
        desk.db, record_id, operation_key="k", operation="create", snapshot={}, recognise={}, revision=1, at=now()
    )
    assert outcome.report.batch_id is not None
    undone = take_back(desk.db, desk.here, outcome.report.batch_id, now=now)
    assert (undone.removed, undone.kept) == (1, (record_id,))
    assert store.record_ids(desk.db, outcome.report.batch_id) == [record_id]


def test_an_unknown_customer_is_named_with_the_nearest(desk: Desk) -> None:
    """Only where the list was read; known ones are found whatever their case."""
    desk.mirror("contacts", "Acme GmbH", "Beta AG")
    outcome = desk.take(
        FIRST.replace("Acme GmbH,2026-11-20,Desk", "Acme Gmb,2026-11-20,Desk").replace("A-1,Acme", "A-1,ACME")
    )
    assert words(outcome) == {"A-1": "created", "A-2": "refused"}
    (error,) = outcome.errors
    assert (error.row, error.column, error.value) == (3, "Customer", "Acme Gmb")
    assert "“Acme GmbH”" in error.message
    waiting = desk.take(FIRST.replace("Acme GmbH", "New Ltd"), mapping={"unknown": "wait"})
    assert waiting.report.counts[Outcome.REFUSED] == 0


def test_an_unknown_tax_is_named_at_its_line(desk: Desk) -> None:
    """The cell of the line that has it, not of the document."""
    desk.mirror("taxes", "VAT 20")
    outcome = desk.take(HEAD + "A-1,Acme,2026-11-20,Seat,5.00,VAT 20\nA-1,Acme,2026-11-20,Desk,6.00,VAT 2O\n")
    (error,) = outcome.errors
    assert (error.row, error.column) == (3, "Tax")
    assert "VAT 20" in error.message


def test_a_number_that_the_books_have_is_refused(desk: Desk) -> None:
    """Another record has it; the same document's own record is no obstacle."""
    desk.mirror("invoices", "A-2")
    outcome = desk.take(FIRST)
    assert words(outcome) == {"A-1": "created", "A-2": "refused"}
    assert "in Zoho Books" in outcome.errors[0].message
    assert words(desk.take(FIRST)) == {"A-1": "unchanged", "A-2": "refused"}


def test_memory_does_not_grow_with_a_text_file(tmp_path: Path) -> None:
    """Rows come one by one: a file of 60 MB is read with a few of them at a time."""
    import tracemalloc

    from zbdesk.sources.reading.opening import open_table

    file = tmp_path / "big.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for n in range(600_000):
            out.write(f"B-{n},Customer {n % 500},2026-11-20,Some item of the catalogue,{n % 999}.50,VAT 20\n")
    tracemalloc.start()
    try:
        table = open_table(file)
        assert sum(1 for _ in table.rows()) == 600_000
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()
