"""Exports for spreadsheets and programs: styles of CSV, JSON lines, totals, whole modules, and by themselves."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from books_world import BooksWorld

from zbdesk.app import export_csv, export_schedule
from zbdesk.app.build import Surroundings
from zbdesk.app.export import COLUMNS, CannotWrite, UnknownFormat, export_counted, export_modules
from zbdesk.app.export_csv import CsvStyle
from zbdesk.app.export_schedule import NoExportFolder, Plan
from zbdesk.app.settings import Settings
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordView
from zbdesk.store import diary
from zbdesk.vault import MemoryVault


def view(number: int, **changes: object) -> RecordView:
    """A record of a table."""
    values: dict[str, object] = {
        "id": number, "local_id": f"L{number}", "remote_id": None, "source": None, "source_id": None,
        "module": "invoices", "number": f"INV-{number}", "date": "2026-11-20", "due_date": None, "party": "=cmd()",
        "status": "sent", "currency": "EUR", "total": Decimal("1234.5"), "balance": Decimal("-0.25"),
        "reference": None, "state": RecordState.MIRRORED, "modified_at": datetime(2026, 11, 20, tzinfo=UTC),
    }  # fmt: skip
    return RecordView(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("locale", "separator", "decimal"),
    [("en_GB", ",", "."), ("de_DE", ";", ","), ("pl_PL", ";", ","), ("de_CH", ",", "."),
     ("hi_IN", ",", "."), ("nonsense", ",", "."), ("", ",", ".")],
)  # fmt: skip
def test_csv_is_written_as_the_spreadsheet_here_reads_it(locale: str, separator: str, decimal: str) -> None:
    """Where amounts have a comma, cells are parted by semicolons; the encoding is marked."""
    style = export_csv.for_this_computer(locale or "en_US")
    assert (style.separator, style.decimal, style.encoding) == (separator, decimal, "utf-8-sig")


def test_a_decimal_comma_keeps_amounts_whole_and_text_neutral(tmp_path: Path) -> None:
    """A spreadsheet there finds one cell an amount, with its own sign, and no formula."""
    file = tmp_path / "x.csv"
    export_counted([view(1)], file, style=CsvStyle(";", ",", marked=True))
    with file.open(encoding="utf-8-sig", newline="") as opened:
        [row] = csv.DictReader(opened, delimiter=";")
    assert (row["total"], row["balance"], row["party"]) == ("1234,5", "-0,25", "'=cmd()")


def test_json_lines_hold_one_record_each(tmp_path: Path) -> None:
    """Each line is the object of ``records``, so a program can read a large export as it comes."""
    file = tmp_path / "x.jsonl"
    assert export_counted([view(1), view(2)], file).count == 2
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert rows[1]["total"] == "1234.5"


def test_totals_are_per_currency_and_exact(tmp_path: Path) -> None:
    """Sums never cross currencies; deleted records are exported and owed by nobody; a workbook has them on a sheet."""
    views = [
        view(1), view(2), view(3, currency="JPY", total=Decimal(700), balance=None),
        view(4, state=RecordState.DELETED), view(5, currency=None),
    ]  # fmt: skip
    totals = export_counted(views, tmp_path / "x.xlsx")
    assert totals.as_json() == {
        "EUR": {"records": 2, "total": "2469.0", "balance": "-0.50"},
        "JPY": {"records": 1, "total": "700", "balance": "0"},
    }
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Totals"]
    assert [cell.value for cell in list(sheet.iter_rows())[1]] == ["EUR", 2, 2469, -0.5]
    assert totals.count == 5


async def _world(folder: Path) -> BooksWorld:
    world = BooksWorld(folder)
    await world.sync()
    return world


def test_a_snapshot_holds_modules_lines_and_totals(tmp_path: Path) -> None:
    """Another program finds plain tables: every record once, exact amounts, and sums that agree with them."""

    async def made() -> None:
        world = await _world(tmp_path)
        await world.sync(full=True)
        file = tmp_path / "books.sqlite"
        found = export_modules(world.db, world.connection, ["contacts", "invoices"], file, world.clock.now())
        with closing(sqlite3.connect(file)) as db:
            assert db.execute("SELECT COUNT(*) FROM contacts").fetchone()[0] == found["contacts"].count >= 12
            names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            assert {"contacts", "contacts_lines", "invoices", "invoices_lines", "export_info", "export_totals"} <= names
            for code, records, total in db.execute(
                "SELECT currency, records, total_scaled FROM export_totals WHERE module = 'invoices'"
            ).fetchall():
                counted, summed = db.execute(
                    "SELECT COUNT(*), SUM(total_scaled) FROM invoices WHERE currency = ? AND state <> 'deleted'",
                    (code,),
                ).fetchone()
                assert (counted, summed) == (records, total)
            facts = dict(db.execute("SELECT name, value FROM export_info"))
            assert facts["organization_id"] == world.org.id
            row = db.execute("SELECT total, total_scaled FROM invoices LIMIT 1").fetchone()
            assert Decimal(row[0]) * 1_000_000 == row[1]
        with pytest.raises(UnknownFormat):
            export_modules(world.db, world.connection, ["contacts"], tmp_path / "x.csv", world.clock.now())
        await world.aclose()

    asyncio.run(made())


def test_a_snapshot_that_finds_no_room_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own failure is told in words, and what stood there before stays whole."""

    async def made() -> None:
        world = await _world(tmp_path)
        file = tmp_path / "books.sqlite"
        file.write_text("old")

        def full(*_: object) -> None:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        monkeypatch.setattr("zbdesk.app.export_snapshot._make_info", full)
        with pytest.raises(CannotWrite, match="space"):
            export_modules(world.db, world.connection, ["contacts"], file, world.clock.now())
        assert file.read_text() == "old"
        assert sorted(one.name for one in tmp_path.iterdir() if "books" in one.name) == ["books.sqlite"]  # noqa: ASYNC240
        await world.aclose()

    asyncio.run(made())


PLAN = Plan(Path(), ("contacts", "invoices"), "csv", timedelta(hours=24))


def test_a_scheduled_export_writes_files_and_a_report(tmp_path: Path) -> None:
    """All files are there as a whole, the report says how many and how much, and it is not due again before time."""

    async def made() -> None:
        world = await _world(tmp_path)
        folder = tmp_path / "out"
        folder.mkdir()
        plan = replace(PLAN, folder=folder)
        assert export_schedule.is_due(plan, world.clock.now())
        report = export_schedule.run(world.path, plan, world.clock.now)
        assert sorted(file.name for file in folder.iterdir()) == ["contacts.csv", "invoices.csv", "zbdesk-export.json"]
        stored = json.loads((folder / "zbdesk-export.json").read_text(encoding="utf-8"))
        assert stored == report
        assert (stored["result"], stored["files"]["contacts"]["records"] >= 12) == ("ok", True)
        assert "total" in next(iter(stored["files"]["invoices"]["totals"].values()))
        assert not export_schedule.is_due(plan, world.clock.now())
        world.clock.tick(24 * 3600)
        assert export_schedule.is_due(plan, world.clock.now())
        (folder / "zbdesk-export.json").write_text("{broken")
        assert export_schedule.is_due(plan, world.clock.now())
        with pytest.raises(NoExportFolder):
            export_schedule.run(world.path, replace(plan, folder=tmp_path / "none"), world.clock.now)
        await world.aclose()

    asyncio.run(made())


def test_one_file_that_cannot_be_written_keeps_no_other_away(tmp_path: Path) -> None:
    """The report names it; the others are fresh."""

    async def made() -> None:
        world = await _world(tmp_path)
        folder = tmp_path / "out"
        (folder / "contacts.csv").mkdir(parents=True)
        report = export_schedule.run(world.path, replace(PLAN, folder=folder), world.clock.now)
        assert (report["result"], list(report["errors"]), list(report["files"])) == (
            "failed",
            ["contacts"],
            ["invoices"],
        )
        await world.aclose()

    asyncio.run(made())


def test_exports_run_beside_the_engine_and_tell_what_is_wrong(tmp_path: Path) -> None:
    """With the settings on, files appear by themselves; a missing folder is told once in the history."""

    async def made() -> None:
        world = await _world(tmp_path)
        folder = tmp_path / "out"
        settings = Settings(
            export_folder=str(folder), export_modules="customers, invoices", export_format="sqlite", export_hours=1
        )
        around = Surroundings(world.path, settings, world.clock, MemoryVault)
        looked = 0
        sleeping = asyncio.Event()
        goes_on = asyncio.Event()

        async def sleep(_seconds: float) -> None:
            nonlocal looked
            looked += 1
            sleeping.set()
            await goes_on.wait()
            goes_on.clear()

        world.clock.sleep = sleep  # type: ignore[method-assign]
        async with export_schedule.exporting(around, world.engine):
            for _ in range(2):
                async with asyncio.timeout(20):
                    await sleeping.wait()
                sleeping.clear()
                goes_on.set()
            async with asyncio.timeout(20):
                await sleeping.wait()
            sleeping.clear()
            told = [one for one in diary.recent(world.db, world.connection.id, 50) if one.kind == "export_failed"]
            assert (looked, len(told)) == (3, 1)
            folder.mkdir()
            goes_on.set()
            async with asyncio.timeout(20):
                await sleeping.wait()
            assert sorted(file.name for file in folder.iterdir()) == ["zbdesk-export.json", "zbdesk.sqlite"]
        await world.aclose()

    asyncio.run(made())


def test_settings_that_name_no_module_are_told() -> None:
    """A module that does not exist is an error with its name; no folder or no modules means no export."""
    assert Plan.of(Settings()) is None
    assert Plan.of(Settings(export_folder="/x")) is None
    plan = Plan.of(Settings(export_folder="/x", export_modules="customers,contacts"))
    assert plan is not None
    assert plan.modules == ("contacts",)
