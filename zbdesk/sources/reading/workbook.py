"""XLSX, XLSM, XLS and ODS by the calamine library: values exact, dates as dates, errors and lost digits as such.

The library holds one sheet as a whole. It reads error cells and formulas that were never calculated as empty: those of
XLSX and XLS are found beside it (``blanks.py``). Invariant: no float leaves this module.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import python_calamine as calamine

from zbdesk.sources import errors
from zbdesk.sources.base import BadCell, CellValue, Row
from zbdesk.sources.reading import headings as heading_rows
from zbdesk.sources.reading.blanks import false_blanks
from zbdesk.sources.reading.encoding import Encoding
from zbdesk.sources.reading.text_file import changed_since

_EXACT_FIGURES = 15
"""What a spreadsheet keeps of a number."""

_MOST_EXACT = 10**_EXACT_FIGURES


class Workbook:
    """One sheet of a workbook. Made by ``open_workbook``."""

    def __init__(self, path: Path, sheet: Any, sheets: tuple[str, ...], *, kind: str) -> None:
        self.path = path
        self.encoding: Encoding | None = None
        self.separator = None
        self.sheet: str = sheet.name
        self.sheets = sheets
        self.headings: Sequence[str] = ()
        self.header_row = 1
        self.done = 0
        self._stat = path.stat()
        self._kind = kind
        self._first_row, self._cells = _whole(sheet)
        self._merged: list[tuple[tuple[int, int], tuple[int, int]]] = list(sheet.merged_cell_ranges or ())
        self._mended = 0
        self.total = max(1, len(self._cells))

    def has_changed(self) -> bool:
        """Whether the file was written to since it was opened."""
        return changed_since(self.path, self._stat)

    def find_headings(self, wanted: Collection[str], header_row: int | None) -> None:
        """Choose the heading row. Raises ``FileRefused`` for a sheet without any."""
        index = heading_rows.find(self._cells, wanted) if header_row is None else header_row - 1 - self._first_row
        if index is None or not 0 <= index < len(self._cells):
            raise errors.empty(self.path)
        self.header_row = self._first_row + index + 1
        found = [heading_rows.text_of(_value(cell)) for cell in self._cells[index]]
        while found and not found[-1]:
            found.pop()
        self.headings = tuple(found)

    def rows(self) -> Iterator[Row]:
        """The rows under the headings."""
        wanted, start = len(self.headings), self.header_row - self._first_row
        if self._mended == 0:
            self._mended = start
        special = self._special(start, wanted) if self._mended < len(self._cells) else {}
        for index in range(start, len(self._cells)):
            cells = self._cells[index]
            number = self._first_row + index + 1
            if index >= self._mended:
                # A table is read twice; the second time finds its rows made exact.
                cells = [exact(cell) if type(cell) in _TO_MEND else cell for cell in cells[:wanted]]
                for place, value in special.get(number, ()):
                    if place < wanted:
                        cells[place] = value
                self._cells[index] = cells
                self._mended = index + 1
            self.done = index + 1
            if any(cell != "" for cell in cells):
                yield Row(number, cells)

    def _special(self, start: int, wanted: int) -> dict[int, list[tuple[int, CellValue]]]:
        """Cells whose value is not what the library says: under a merged cell, errors, uncalculated formulas."""
        found: dict[int, list[tuple[int, CellValue]]] = {}
        for (top, left), (bottom, right) in self._merged:
            self._spread(found, top, left, bottom, right)
        # An error of an ODS file may look like the number that stands in its place.
        if self._kind == "ods" or any("" in row[:wanted] for row in self._cells[start:]):
            for row, place, bad in false_blanks(self.path, self._kind, self.sheet):
                found.setdefault(row, []).append((place, bad))
        return found

    def _spread(
        self, found: dict[int, list[tuple[int, CellValue]]], top: int, left: int, bottom: int, right: int
    ) -> None:
        """A text or date merged downwards is meant for each row; an amount only once."""
        index = top - self._first_row
        if top == bottom or not 0 <= index < len(self._cells) or left >= len(self._cells[index]):
            return
        value = _value(self._cells[index][left])
        if value == "":
            return
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            value = BadCell(
                str(value),
                f"This amount is merged over rows {top + 1} to {bottom + 1}. Take the merging back and write into each "
                "row what belongs to it.",
                merged=True,
            )
        for row in range(top + 1, bottom + 1):
            found.setdefault(row + 1, []).append((left, value))
        del right  # what is merged sideways is meant for its first column

    def close(self) -> None:
        """Let go of the sheet; twice is harmless."""
        self._cells = []


def open_workbook(path: Path, kind: str, *, sheet: str | None = None, wanted: Collection[str] = ()) -> Workbook:
    """One sheet: the one named, else the only one that has the headings wanted, else the first with anything in it.

    Raises ``FileRefused``.
    """
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            return _chosen(path, kind, book, sheet, wanted)
    except calamine.PasswordError as error:
        raise errors.password(path) from error
    except OSError as error:
        raise errors.unreadable(path, error) from error
    except calamine.CalamineError as error:
        raise errors.damaged(path, kind.upper()) from error
    except BaseException as error:
        # The library's own panics are no Exception of Python's hierarchy; anything else goes on its way.
        if type(error).__name__ == "PanicException":
            raise errors.damaged(path, kind.upper()) from error
        raise


def _chosen(path: Path, kind: str, book: Any, sheet: str | None, wanted: Collection[str]) -> Workbook:
    shown = tuple(
        one.name
        for one in book.sheets_metadata
        if one.visible == calamine.SheetVisibleEnum.Visible and one.typ == calamine.SheetTypeEnum.WorkSheet
    ) or tuple(book.sheet_names)
    if sheet is not None:
        known = {name.casefold(): name for name in book.sheet_names}
        name = known.get(sheet.strip().casefold())
        if name is None:
            raise errors.no_such_sheet(path, sheet, book.sheet_names)
        return Workbook(path, book.get_sheet_by_name(name), shown, kind=kind)
    filled = [one for name in shown if (one := book.get_sheet_by_name(name)).end is not None]
    if not filled:
        raise errors.empty(path)
    if len(filled) > 1 and wanted:
        fitting = [one for one in filled if _has(one, wanted)]
        if len(fitting) > 1:
            raise errors.several_sheets(path, [one.name for one in fitting])
        filled = fitting or filled
    return Workbook(path, filled[0], shown, kind=kind)


def _has(sheet: Any, wanted: Collection[str]) -> bool:
    keys = {heading_rows.key(one) for one in wanted}
    first = sheet.to_python(skip_empty_area=False, nrows=heading_rows.LOOKED_AT)
    return any(keys <= {heading_rows.key(heading_rows.text_of(_value(cell))) for cell in row} for row in first)


def _whole(sheet: Any) -> tuple[int, list[list[Any]]]:
    """Index of the first row of the used area, and its rows from the first column of the sheet."""
    if sheet.end is None:
        return 0, []
    return 0, sheet.to_python(skip_empty_area=False)


def _value(cell: Any) -> CellValue:
    return exact(cell) if type(cell) in _TO_MEND else cell


@lru_cache(maxsize=65536)
def _number(value: float) -> CellValue:
    """What was typed: a spreadsheet keeps fifteen figures, and shows no more of what it computed."""
    if value.is_integer():
        whole = int(value)
        if abs(whole) >= _MOST_EXACT:
            return BadCell(
                f"{value:.0f}",
                "A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter "
                "it again and save the file.",
            )
        return whole
    shown = repr(value)
    if len(shown) > _EXACT_FIGURES:
        shown = format(value, f".{_EXACT_FIGURES}g")
    return Decimal(shown)


def exact(cell: Any) -> CellValue:
    """A value of the library without a float in it."""
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.timedelta):
        return str(cell)
    return cell if isinstance(cell, (str, int, Decimal, dt.date, dt.time, bool)) else str(cell)


_TO_MEND = frozenset({float, dt.timedelta})
