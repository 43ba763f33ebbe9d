"""Cells of an ODS sheet that only look empty or like a number: errors, and formulas that were never calculated.

The library reads an error as an empty text, or as the zero that stands in its place. The sheet is looked through again
only where its text says that there is something to find; memory is that of one row.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree as ET

_CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SIGNS = (b'value-type="error"', b":formula=")
_CHUNK = 1 << 20
_MOST_REPEATED = 16_384


def odd_cells(book: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int, str]]:
    """(row from 1, column from 0, what the cell shows): an error by its sign, an uncalculated formula by nothing.

    Raises ``KeyError``, ``ET.ParseError`` and ``zipfile.BadZipFile`` for a file that is none.
    """
    with book.open(_CONTENT) as xml:
        if not _has_signs(xml):
            return
    with book.open(_CONTENT) as xml:
        yield from _of_sheet(xml, sheet)


def _has_signs(xml: IO[bytes]) -> bool:
    rest = b""
    while chunk := xml.read(_CHUNK):
        piece = rest + chunk
        if any(sign in piece for sign in _SIGNS):
            return True
        rest = chunk[-32:]
    return False


def _of_sheet(xml: IO[bytes], sheet: str) -> Iterator[tuple[int, int, str]]:
    row, inside = 1, False
    for event, element in ET.iterparse(xml, events=("start", "end")):  # noqa: S314 - no entities that matter here
        if element.tag == f"{_TABLE}table":
            if event == "end" and inside:
                return
            inside = event == "start" and element.get(f"{_TABLE}name") == sheet
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            times = _times(element, "rows")
            if inside:
                odd = list(_of_row(element))
                for at in range(min(times, _MOST_REPEATED) if odd else 0):
                    for place, shown in odd:
                        yield row + at, place, shown
                row += times
            element.clear()


def _of_row(row: ET.Element) -> Iterator[tuple[int, str]]:
    place = 0
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        times = _times(cell, "columns")
        shown = _odd(cell)
        if shown is not None:
            for at in range(min(times, _MOST_REPEATED)):
                yield place + at, shown
        place += times


def _odd(cell: ET.Element) -> str | None:
    """What a failed cell shows; "" for a formula without any value; None for all others."""
    text = "".join("".join(one.itertext()) for one in cell.iter(f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error":
        return text or "#ERROR!"
    if cell.get(f"{_TABLE}formula") is not None and cell.get(f"{_OFFICE}value-type") is None and not text:
        return ""
    return None


def _times(element: ET.Element, what: str) -> int:
    """How often a row or cell stands there."""
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdecimal() else 1
