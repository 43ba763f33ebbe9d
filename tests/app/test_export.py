"""Tables as files."""

from __future__ import annotations

import csv
import stat
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from zbdesk.app.export import COLUMNS, UnknownFormat, export, neutral
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordView


def view(**changes: object) -> RecordView:
    """A record of a table."""
    values: dict[str, object] = {
        "id": 1, "local_id": "L", "remote_id": "982000000567114123", "source": None, "source_id": None,
        "module": "invoices", "number": "INV-1", "date": "2026-11-20", "due_date": None, "party": "Zoë & Søn",
        "status": "sent", "currency": "INR", "total": Decimal("1234567.890123"), "balance": Decimal("-0.5"),
        "reference": None, "state": RecordState.MIRRORED, "modified_at": datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC),
    }  # fmt: skip
    return RecordView(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-x", "'-x"), ("@a", "'@a"), ("\tx", "'\tx"), ("a=b", "a=b"), ("", "")],
)
def test_text_that_starts_like_a_formula_is_neutralised(text: str, shown: str) -> None:
    """No spreadsheet runs what a customer is called."""
    assert neutral(text) == shown


def test_csv_keeps_amounts_ids_and_letters(tmp_path: Path) -> None:
    """Amounts are plain numbers to the last digit, also negative ones; ids and names are kept whole."""
    file = tmp_path / "x.csv"
    assert export([view(), view(party="=cmd()")], file) == 2
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["total"], rows[0]["balance"]) == ("1234567.890123", "-0.5")
    assert (rows[0]["remote_id"], rows[0]["party"], rows[0]["due_date"]) == ("982000000567114123", "Zoë & Søn", "")
    assert rows[1]["party"] == "'=cmd()"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_csv_for_a_spreadsheet_says_that_it_is_utf8(tmp_path: Path) -> None:
    """The mark that spreadsheet programs look for is there when asked for, and only then."""
    export([view()], tmp_path / "plain.csv")
    export([view()], tmp_path / "marked.csv", for_spreadsheet=True)
    assert not (tmp_path / "plain.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "marked.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_xlsx_has_numbers_dates_and_no_formulas(tmp_path: Path) -> None:
    """Amounts that a spreadsheet holds exactly are numbers, others text; dates are dates; formulas stay text."""
    file = tmp_path / "x.xlsx"
    odd = view(number="=1+1", total=Decimal("12345678901234.567890"), party="https://x.example")
    assert export([view(), odd], file) == 2
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    heading, first, second = list(sheet.iter_rows())
    at = {cell.value: number for number, cell in enumerate(heading)}
    assert first[at["total"]].value == pytest.approx(1234567.890123)
    assert first[at["date"]].value == datetime(2026, 11, 20)  # noqa: DTZ001 - a day has no zone
    assert second[at["number"]].value == "=1+1"
    assert second[at["number"]].data_type == "s"
    assert second[at["total"]].value == "12345678901234.567890"
    assert second[at["party"]].hyperlink is None


def test_a_failure_in_the_middle_keeps_the_old_file(tmp_path: Path) -> None:
    """A reader that breaks off leaves neither half a file nor a stray one."""
    file = tmp_path / "x.json"
    file.write_text("old")

    def broken() -> object:
        yield view()
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError):
        export(broken(), file)  # type: ignore[arg-type]
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    """The sentence names the formats there are."""
    with pytest.raises(UnknownFormat, match=r"\.csv"):
        export([], tmp_path / "x.pdf")
