"""A file as a table: what kind it is by its content, never by its name alone."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from zbdesk.sources import errors
from zbdesk.sources.reading.text_file import TextFile, open_text
from zbdesk.sources.reading.workbook import Workbook, open_workbook

FileTable: TypeAlias = TextFile | Workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What is known of a file before it is opened; None: find out."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    headings: tuple[str, ...] = ()
    """Headings that a mapping wants: the row and the sheet that have them are meant."""


def open_table(path: Path, options: Options | None = None) -> FileTable:
    """The file as a table with its headings found. Raises ``FileRefused`` with the reason and the way out."""
    chosen = options or Options()
    kind = kind_of(path)
    table: FileTable
    if kind == "text":
        table = open_text(path, encoding=chosen.encoding, separator=chosen.separator)
    else:
        table = open_workbook(path, kind, sheet=chosen.sheet, wanted=chosen.headings)
    try:
        table.find_headings(chosen.headings, chosen.header_row)
    except BaseException:
        table.close()
        raise
    return table


def kind_of(path: Path) -> str:
    """``text``, ``xlsx``, ``xlsm``, ``xlsb``, ``xls`` or ``ods``. Raises ``FileRefused`` for everything else."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise errors.unreadable(path, error) from error
    if not head:
        raise errors.empty(path)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(_OLE):
        return _ole(path)
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise errors.unknown_format(path, what)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<div")):
        raise errors.unknown_format(path, "a web page with a spreadsheet's name")
    if start.startswith(b"<?xml"):
        raise errors.unknown_format(path, "an XML file")
    if start.startswith((b"{", b"[{", b"[\n", b"[\r")):
        raise errors.unknown_format(path, "a JSON file (which `zbdesk put` takes)")
    return "text"


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise errors.password(path)
    except (zipfile.BadZipFile, OSError, KeyError) as error:
        raise errors.damaged(path, "XLSX or ODS") from error
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise errors.unknown_format(path, "a text document")
    raise errors.unknown_format(path, "a compressed archive")


def _ole(path: Path) -> str:
    """An old workbook, or a new one inside a wrapping that only a password opens."""
    with path.open("rb") as file:
        content = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise errors.password(path)
    return "xls"


def headings_of(columns: Collection[str]) -> tuple[str, ...]:
    """Headings without the ones that name a column by its position."""
    return tuple(one for one in columns if not one.startswith("#"))
