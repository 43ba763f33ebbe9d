"""CSV and its relatives, read row by row: a file of any size takes the memory of one row.

Row numbers are the spreadsheet's: one a record, whatever line breaks stand inside its quotation marks.
Invariant: a row that does not fit its headings is told, never shifted or cut in silence.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from zbdesk.sources import errors
from zbdesk.sources.base import BadRow, Row
from zbdesk.sources.reading import encoding as encodings
from zbdesk.sources.reading import headings as heading_rows
from zbdesk.sources.reading.encoding import Encoding
from zbdesk.sources.reading.separators import Separator, fits_better, named, sniff

_HEAD = 128 * 1024
_LONGEST_CELL = 4_000_000


class TextFile:
    """A file of separated values. Made by ``open_text``; ``close`` it."""

    def __init__(self, path: Path, encoding: Encoding, separator: Separator, *, skip_first: bool) -> None:
        self.path = path
        self.encoding = encoding
        self.separator = separator
        self.sheet: str | None = None
        self.sheets: tuple[str, ...] = ()
        self.headings: Sequence[str] = ()
        self.header_row = 1
        self._stat = path.stat()
        self.total = max(1, self._stat.st_size)
        self._skip_first = skip_first
        self._file: IO[bytes] | None = None

    def has_changed(self) -> bool:
        """Whether the file was written to since it was opened."""
        return changed_since(self.path, self._stat)

    @property
    def done(self) -> int:
        """How much of ``total`` (bytes) was read so far."""
        return self._file.tell() if self._file is not None and not self._file.closed else 0

    def find_headings(self, wanted: Collection[str], header_row: int | None) -> None:
        """Choose the heading row. Raises ``FileRefused`` for a file without any."""
        first = list(islice(self._records(), heading_rows.LOOKED_AT if header_row is None else header_row))
        index = heading_rows.find(first, wanted) if header_row is None else header_row - 1
        if index is None or index >= len(first):
            raise errors.empty(self.path)
        self.header_row = index + 1
        found = [heading_rows.text_of(cell) for cell in first[index]]
        while found and not found[-1]:
            found.pop()
        self.headings = tuple(found)

    def rows(self) -> Iterator[Row]:
        """The rows under the headings. Raises ``FileRefused`` where the text cannot be read on."""
        wanted = len(self.headings)
        separator = self.separator.char
        for number, cells in enumerate(islice(self._records(), self.header_row, None), self.header_row + 1):
            if len(cells) == wanted:
                if any(cells):
                    yield Row(number, cells)
            elif any(cell and not cell.isspace() for cell in cells):
                yield Row(number, _fitted(cells, wanted, separator))

    def _records(self) -> Iterator[list[str]]:
        """Every record from the first one on, empty ones too."""
        self.close()
        line = 0
        try:
            self._file = self.path.open("rb")
            text = io.TextIOWrapper(self._file, encoding=self.encoding.name, newline="")
            if self._skip_first:
                text.readline()
            csv.field_size_limit(_LONGEST_CELL)
            reader = csv.reader(text, delimiter=self.separator.char)
            started = 0
            record: list[str] = []
            for record in reader:
                started, line = line, reader.line_num
                yield record
            if line - started > 1:
                self._check_end(started)
        except UnicodeDecodeError as error:
            raise errors.encoding_unknown(self.path, _where(error, line)) from error
        except csv.Error as error:
            raise errors.too_wide(self.path, line + 1) from error
        except OSError as error:
            raise errors.unreadable(self.path, error) from error
        finally:
            self.close()

    def _check_end(self, started: int) -> None:
        """Raise where the last record took several lines because its quotation mark is never closed."""
        with self.path.open(encoding=self.encoding.name, newline="") as text:
            quotes = sum(line.count('"') for line in islice(text, started + self._skip_first, None))
        if quotes % 2:
            raise errors.too_wide(self.path, started + 1 + self._skip_first)

    def close(self) -> None:
        """Let go of the file; twice is harmless."""
        if self._file is not None:
            self._file.close()
            self._file = None


def changed_since(path: Path, before: os.stat_result) -> bool:
    """Whether a file is another one than it was, by size and time; also when it is gone."""
    try:
        now = path.stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def open_text(path: Path, *, encoding: str | None = None, separator: str | None = None) -> TextFile:
    """A text file with its encoding and separator: those named, else those found. Raises ``FileRefused``."""
    try:
        found = encodings.detect(path) if encoding is None else _named(path, encoding)
        head = _head(path, found)
    except OSError as error:
        raise errors.unreadable(path, error) from error
    if not head.strip("\ufeff\r\n\t ,;|"):
        raise errors.empty(path)
    sniffed = sniff(head)
    char = None if separator is None else named(separator)
    chosen = sniffed if char is None else Separator(char, sniffed.columns, 1.0)
    return TextFile(path, found, chosen, skip_first=sniffed.said)


def _named(path: Path, encoding: str) -> Encoding:
    """The encoding that was named; a mark at the file's beginning is no part of its first heading."""
    name = encodings.known(encoding) or encoding
    if name == "utf-8":
        name = "utf-8-sig"
    elif name in {"utf-16-le", "utf-16-be"}:
        with path.open("rb") as file:
            name = "utf-16" if file.read(2) in {b"\xff\xfe", b"\xfe\xff"} else name
    return Encoding(name, 1.0)


def _head(path: Path, encoding: Encoding) -> str:
    """The beginning of the text, whole lines; what does not fit the encoding is found by the reader, with its place."""
    with path.open(encoding=encoding.name, errors="replace", newline="") as text:
        head = text.read(_HEAD)
        return head if len(head) < _HEAD else head[: head.rfind("\n") + 1] or head


def _fitted(cells: list[str], wanted: int, separator: str) -> Sequence[str | BadRow]:
    """A row of another length than the headings."""
    if len(cells) > wanted:
        if any(cell.strip() for cell in cells[wanted:]):
            shown = separator.join(cells)
            return [
                BadRow(
                    shown[:200],
                    f"This row has {len(cells)} values under {wanted} headings: one of them contains the separator "
                    f"“{_said(separator)}” and is not in quotation marks. Put it in quotation marks, or save the file "
                    "with another separator.",
                )
            ]
        return cells[:wanted]
    if len(cells) == 1 and wanted > 1 and (other := fits_better(cells[0], wanted, separator)) is not None:
        return [
            BadRow(
                cells[0][:200],
                f"This row is separated by “{_said(other)}” while the headings are separated by “{_said(separator)}”. "
                "Save the whole file with one separator.",
            )
        ]
    return [*cells, *[""] * (wanted - len(cells))]


def _said(separator: str) -> str:
    return "tab" if separator == "\t" else separator


def _where(error: UnicodeDecodeError, line: int) -> str:
    piece = error.object[error.start : error.start + 1]
    return f"byte {piece.hex().upper()} after line {line}"
