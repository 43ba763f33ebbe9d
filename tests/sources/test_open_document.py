"""What an ODS file hides: errors behind a zero or an empty text, formulas never calculated, repeated cells."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.sources.messy import DIVIDED, MISNAMED, UNCALCULATED, Markup, ods
from zbdesk.sources.base import BadCell
from zbdesk.sources.reading.opening import Options, open_table

HEADINGS = ["Item", "Qty", "Price"]


def bad_cells(path: Path, rows: Sequence[Sequence[object]]) -> dict[tuple[int, int], str]:
    """(row, column) to what the bad cells show."""
    ods([HEADINGS, *rows])(path)
    with closing(open_table(path, Options())) as table:
        return {
            (row.number, place): cell.shown
            for row in table.rows()
            for place, cell in enumerate(row.cells)
            if isinstance(cell, BadCell)
        }


def test_errors_and_uncalculated_formulas_are_named(tmp_path: Path) -> None:
    """Also the error that carries a zero: it must never count as an amount."""
    rows = [["Seat", 1, DIVIDED], ["Desk", MISNAMED, 5], ["Lamp", UNCALCULATED, 5], ["Mat", 3, 5]]
    assert bad_cells(tmp_path / "a.ods", rows) == {(2, 2): "#DIV/0!", (3, 1): "#NAME?", (4, 1): "=\u2026"}


def test_repeated_cells_are_told_where_each_stands(tmp_path: Path) -> None:
    """The format writes cells that are alike once, with a number."""
    both = Markup(DIVIDED.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="2" '))
    gap = Markup('<table:table-cell table:number-columns-repeated="2"/>')
    found = bad_cells(tmp_path / "a.ods", [["Seat", both], [gap, DIVIDED], ["Mat", 3, 5]])
    assert found == {(2, 1): "#DIV/0!", (2, 2): "#DIV/0!", (3, 2): "#DIV/0!"}


def test_a_sound_sheet_and_a_formula_with_its_value_have_none(tmp_path: Path) -> None:
    """A calculated formula is its value, empty cells stay empty."""
    summed = Markup('<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>')
    blank = Markup(
        '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'
    )
    assert bad_cells(tmp_path / "a.ods", [["Seat", summed, 5], ["Desk", blank, 5], ["Lamp", None, 1]]) == {}
