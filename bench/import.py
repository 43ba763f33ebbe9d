"""Importing 100,000 invoice lines, against reading the same file with the library alone and inserting what it holds.

    python -m bench.import [--lines N] [--small]

Our limits: at most three times the CPU time of the plain way, memory under 400 MB. The plain way is the least that
puts the same documents into the same tables of the same database: read the sheet with the library, make one row of
``record`` (number, date, party, currency and the keys by which tables sort, as the file has them) and one of ``local``
(JSON) for each invoice, insert them with ``executemany`` in one transaction. It reads once, checks nothing, converts
nothing and adds nothing up. Each side runs in a process of its own; what both need before the first row (imports, the
database) is measured apart and taken off.
"""

# ruff: noqa: N999 - called by its command: python -m bench.import

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.common import print_table, run_child

HEADINGS = ("Invoice Number", "Customer", "Date", "Currency", "Item", "Description", "Quantity", "Rate", "Tax")
FIELDS = (
    "invoice_number", "customer.name", "date", "currency.code", "line_items.name", "line_items.description",
    "line_items.quantity", "line_items.rate", "line_items.tax.name",
)  # fmt: skip
LINES_EACH = 5
MOST_RATIO = 3.0
MOST_MEMORY = 400.0


def rows(lines: int) -> Iterator[tuple[str | int | float, ...]]:
    """Invoices of five lines for 500 customers."""
    for n in range(lines):
        invoice = n // LINES_EACH
        yield (
            f"INV-{invoice:06}", f"Customer {invoice % 500}", f"2026-11-{invoice % 28 + 1:02}", "EUR",
            f"Item {n % 300}", f"Delivered in week {n % 52}", n % 9 + 1, (n * 37 % 99_999 + 1) / 100, "VAT 20",
        )  # fmt: skip


def make_files(place: Path, lines: int) -> tuple[Path, Path]:
    """The same table as XLSX and as CSV."""
    import xlsxwriter

    sheet_file, text_file = place / "lines.xlsx", place / "lines.csv"
    book = xlsxwriter.Workbook(str(sheet_file), {"constant_memory": True})
    sheet = book.add_worksheet("Lines")
    sheet.write_row(0, 0, HEADINGS)
    with text_file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for index, row in enumerate(rows(lines), 1):
            sheet.write_row(index, 0, row)
            writer.writerow(row)
    book.close()
    return sheet_file, text_file


def now() -> datetime:
    """The moment of the bench."""
    return datetime(2026, 11, 20, 12, tzinfo=UTC)


def open_books(place: Path) -> tuple[Any, Any]:
    """A database with a connection."""
    from zbdesk.domain.status import ConnectionState
    from zbdesk.domain.views import Connection, Organization
    from zbdesk.store import connections
    from zbdesk.store.database import Database

    db = Database.open(place / "bench.sqlite3", now=now)
    organization = Organization("900", "Bench Ltd", "DE", "EUR", "Europe/Berlin")
    connection = Connection(
        id=0, organization=organization, data_centre="eu", accounts_url="https://accounts.zoho.eu",
        api_url="https://www.zohoapis.eu", location="eu", client_id="1000.X", scopes=(), read_only=False,
        state=ConnectionState.ACTIVE, connected_at=now(), redirect_uri="", pkce=True, authorised_by="",
    )  # fmt: skip
    return db, connections.save(db, connection)


def ours(file: Path, place: Path) -> None:
    """Through the importer, as ``zbdesk import`` does."""
    from zbdesk.app.sources import ImportOrder, run_import
    from zbdesk.domain.modules import module
    from zbdesk.sources.mapping import parse_mapping

    db, connection = open_books(place)
    columns = dict(zip(HEADINGS, FIELDS, strict=True))
    mapping = parse_mapping(module("invoices"), {"layout": "row_per_line", "columns": columns})
    started = time.process_time()
    outcome = run_import(db, connection, ImportOrder(file, "invoices", mapping), now, keep=False)
    cpu = time.process_time() - started
    stored = db.value("SELECT COUNT(*) FROM local")
    db.close()
    tell(cpu, stored, outcome.report.error_count)


def plain(file: Path, place: Path) -> None:
    """The library alone, and inserts."""
    import msgspec

    from zbdesk.store.ids import time_ordered_ids
    from zbdesk.store.module_states import feed_of
    from zbdesk.store.new_records import INSERT_RECORD

    db, connection = open_books(place)
    started = time.process_time()
    found = _table(file)
    headings = next(found)
    records, documents = [], []
    with db.transaction():
        feed = feed_of(db, connection.id, "invoices")
        for number, (name, lines) in enumerate(groupby(found, key=lambda row: row[0]), 1):
            whole = [dict(zip(headings, line, strict=True)) for line in lines]
            body = msgspec.json.encode(whole).decode()
            party, day, currency = whole[0]["Customer"], whole[0]["Date"], whole[0]["Currency"]
            facts = (name, day, None, party, None, currency, None, None)
            keys = (name.lower(), party.lower(), None)
            records.append((number, feed.id, None, "import", name, *facts, *keys))
            documents.append((number, body, body))
        ids = time_ordered_ids(len(records), now())
        db.executemany(INSERT_RECORD, [(*row[:2], one, *row[3:]) for row, one in zip(records, ids, strict=True)])
        db.executemany(
            """INSERT INTO local (record_id, fields, revision, pending, changed_at, given)
            VALUES (?, ?, 1, 'create', 0, ?)""",
            documents,
        )
    cpu = time.process_time() - started
    stored = db.value("SELECT COUNT(*) FROM local")
    db.close()
    tell(cpu, stored, 0)


def _table(file: Path) -> Iterator[list[Any]]:
    if file.suffix == ".csv":
        with file.open(newline="", encoding="utf-8") as text:
            yield from csv.reader(text)
        return
    import python_calamine

    yield from python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def tell(cpu: float, stored: int, errors: int) -> None:
    """What a child measured of itself."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "stored": stored, "errors": errors, "memory": memory}))


def measure(way: str, file: Path) -> dict[str, Any]:
    """Run one side three times in processes of its own; the best counts."""
    best: dict[str, Any] = {}
    for _ in range(3):
        with tempfile.TemporaryDirectory() as place:
            cost = run_child([sys.executable, "-m", "bench.import", "--child", way, str(file), place])
        found = json.loads(cost.output)
        if not best or found["cpu"] < best["cpu"]:
            best = found
    return best


def main() -> int:
    """Measure both ways on both formats; 1 where a limit is broken."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--child"]:
        {"ours": ours, "plain": plain}[arguments[1]](Path(arguments[2]), Path(arguments[3]))
        return 0
    lines = 5_000 if "--small" in arguments else 100_000
    if "--lines" in arguments:
        lines = int(arguments[arguments.index("--lines") + 1])
    table, failed = [], False
    with tempfile.TemporaryDirectory() as place:
        for file in make_files(Path(place), lines):
            mine, theirs = measure("ours", file), measure("plain", file)
            if mine["stored"] != theirs["stored"] or mine["errors"]:
                raise SystemExit(f"{file.name}: {mine['stored']} stored, {theirs['stored']} expected")
            ratio = mine["cpu"] / theirs["cpu"]
            failed |= ratio > MOST_RATIO or mine["memory"] > MOST_MEMORY
            table.append(
                [file.suffix[1:], str(lines), f"{mine['cpu']:.2f} s", f"{theirs['cpu']:.2f} s", f"{ratio:.1f}",
                 f"{mine['memory']:.0f} MB", f"{theirs['memory']:.0f} MB"]
            )  # fmt: skip
    print_table(("format", "lines", "import", "plain", "ratio", "memory", "plain memory"), table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
