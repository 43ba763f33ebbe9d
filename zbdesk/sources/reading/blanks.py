"""Cells that only look empty: errors, and in XLSX and ODS formulas that no program has calculated yet.

Looked for in the file's own XML or records, and in XLSX and XLS only when a sheet has empty cells at all.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from zbdesk.sources.base import BadCell
from zbdesk.sources.reading import open_document
from zbdesk.sources.reading.old_workbook import error_cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"([^>]*)>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_UNCALCULATED = BadCell(
    "=…",
    "This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, "
    "save it there and import it again.",
)
_CHUNK = 1 << 20
_OVERLAP = 1 << 12


def false_blanks(path: Path, kind: str, sheet: str) -> Iterator[tuple[int, int, BadCell]]:
    """(row from 1, column from 0, what is wrong) of every such cell; nothing for formats that do not tell."""
    if kind == "xls":
        yield from _old(path, sheet)
    if kind == "ods":
        yield from _open_document(path, sheet)
    if kind not in {"xlsx", "xlsm"}:
        return
    try:
        with zipfile.ZipFile(path) as book:
            part = _part(book, sheet)
            if part is not None:
                with book.open(part) as xml:
                    yield from _cells(xml)
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError):
        return  # the library has read it: what it cannot tell stays empty, and an empty cell is told where it matters


def _old(path: Path, sheet: str) -> Iterator[tuple[int, int, BadCell]]:
    try:
        for row, place, shown in error_cells(path, sheet):
            yield row, place, _failed(shown)
    except (OSError, ValueError, struct.error):
        return  # as below: the library has read it


def _open_document(path: Path, sheet: str) -> Iterator[tuple[int, int, BadCell]]:
    try:
        with zipfile.ZipFile(path) as book:
            for row, place, shown in open_document.odd_cells(book, sheet):
                yield row, place, _failed(shown) if shown else _UNCALCULATED
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError):
        return  # as below: the library has read it


def _failed(shown: str) -> BadCell:
    return BadCell(
        shown, f"The spreadsheet shows {shown} here: its formula fails. Mend the formula, or enter the value."
    )


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    workbook = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - no entities are resolved that matter here
    relation = next((one.get(_RELATION) for one in workbook.iter(f"{_MAIN}sheet") if one.get("name") == sheet), None)
    for one in ET.fromstring(book.read("xl/_rels/workbook.xml.rels")):  # noqa: S314
        if one.get("Id") == relation:
            target = str(one.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _cells(xml: object) -> Iterator[tuple[int, int, BadCell]]:
    read = xml.read  # type: ignore[attr-defined]
    rest = b""
    while chunk := read(_CHUNK):
        piece = rest + chunk
        if b't="e"' not in piece and b"<f" not in piece:
            rest = piece[-_OVERLAP:]
            cut = rest.rfind(b"<c ")
            rest = rest[cut:] if cut >= 0 else rest
            continue
        end = 0
        for found in _CELL.finditer(piece):
            end = found.end()
            bad = _judged(found[3], found[4])
            if bad is not None:
                yield int(found[2]), _place(found[1]), bad
        rest = piece[end:] if end else piece[-_OVERLAP:]


def _judged(attributes: bytes, body: bytes) -> BadCell | None:
    value = _VALUE.search(body)
    if b't="e"' in attributes:
        return _failed(value[1].decode("utf-8", "replace") if value else "#ERROR!")
    if b"<f" in body and (value is None or not value[1]) and b't="str"' not in attributes:
        return _UNCALCULATED
    return None


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
