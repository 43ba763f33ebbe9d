"""Tables as files: CSV, XLSX, JSON and JSON lines, chosen by the ending; whole modules as an SQLite file.

A file is written aside and moved into place, so that a full disk or a stop leaves the one that was there as it was.
Invariant: no cell can become a formula or a link, and no digit of an amount or an id is ever lost.
"""

from __future__ import annotations

import csv
import errno
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from zbdesk.app.export_csv import PLAIN, CsvStyle, for_this_computer
from zbdesk.app.export_snapshot import write_snapshot
from zbdesk.app.export_totals import Totals
from zbdesk.domain.errors import Action, SetupError, StorageError
from zbdesk.domain.views import Connection, RecordView

if TYPE_CHECKING:
    from zbdesk.store.database import Database

COLUMNS = (
    "local_id",
    "remote_id",
    "source",
    "source_id",
    "module",
    "number",
    "date",
    "due_date",
    "party",
    "status",
    "currency",
    "total",
    "balance",
    "state",
    "modified_at",
)
"""The keys of ``records`` in the order of the contract; a new key goes to the end."""

SNAPSHOTS = frozenset({".sqlite", ".db"})
"""Endings of files that hold whole modules."""

_AMOUNTS = frozenset({"total", "balance"})
_DATES = frozenset({"date", "due_date"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_XLSX_ROWS = 1_048_576


class UnknownFormat(SetupError):
    """The file's ending names no format that zbdesk writes."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} has no ending that zbdesk can write.",
            "Use .csv, .xlsx, .json, .jsonl or .sqlite.",
            subject=str(path),
        )


class TooManyRows(SetupError):
    """A spreadsheet cannot hold that many rows."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} would have more rows than a spreadsheet can hold ({_XLSX_ROWS:,}).",
            "Write a .csv file, or filter first. Nothing was written.",
            subject=str(path),
        )


class CannotWrite(StorageError):
    """The file could not be written; what stood there before is unchanged."""

    def __init__(self, path: Path, reason: OSError) -> None:
        super().__init__(
            f"{path} could not be written.",
            f"{reason.strerror or type(reason).__name__}. Free some space or choose another place. What stood there "
            "before is unchanged.",
            action=Action.FREE_SPACE,
            subject=str(path),
        )


def as_json(view: RecordView) -> dict[str, str | None]:
    """One record in the shape of ``records --json``: amounts are text, times ISO 8601 in UTC, absent values null."""
    return {
        "local_id": view.local_id,
        "remote_id": view.remote_id,
        "source": view.source,
        "source_id": view.source_id,
        "module": view.module,
        "number": view.number,
        "date": view.date,
        "due_date": view.due_date,
        "party": view.party,
        "status": view.status,
        "currency": view.currency,
        "total": None if view.total is None else format(view.total, "f"),
        "balance": None if view.balance is None else format(view.balance, "f"),
        "state": view.state.value,
        "modified_at": None if view.modified_at is None else view.modified_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def export(records: Iterable[RecordView], path: Path, *, for_spreadsheet: bool = False) -> int:
    """Write the records to ``path`` in the format of its ending and return how many there were.

    ``for_spreadsheet`` writes a CSV file as the spreadsheet on this computer takes it (``export_csv``); other programs
    get plain CSV. The file is readable for its owner only. Raises ``UnknownFormat``, ``TooManyRows``, ``CannotWrite``.
    """
    return export_counted(records, path, style=for_this_computer() if for_spreadsheet else PLAIN).count


def export_counted(records: Iterable[RecordView], path: Path, *, style: CsvStyle = PLAIN) -> Totals:
    """``export`` in a given style of CSV; what it came to per currency. Raises as ``export``."""
    totals = Totals()
    writers: dict[str, Callable[[Iterator[RecordView], Path], int]] = {
        ".csv": partial(_write_csv, style=style),
        ".xlsx": partial(_write_xlsx, totals=totals),
        ".json": _write_json,
        ".jsonl": _write_json_lines,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UnknownFormat(path)
    try:
        with _aside(path) as temporary:
            writer(totals.counted(records), temporary)
    except OSError as error:
        raise CannotWrite(path, error) from error
    return totals


def export_modules(
    db: Database, connection: Connection, modules: Sequence[str], path: Path, at: datetime
) -> dict[str, Totals]:
    """Whole modules as tables of one SQLite file, all of one moment. Raises ``UnknownFormat``, ``CannotWrite``."""
    if path.suffix.lower() not in SNAPSHOTS:
        raise UnknownFormat(path)
    try:
        with _aside(path) as temporary:
            return write_snapshot(db, connection, modules, temporary, at, COLUMNS)
    except OSError as error:
        raise CannotWrite(path, error) from error
    except sqlite3.Error as error:
        # SQLite tells of the disk in its own classes.
        full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        code = errno.ENOSPC if full else errno.EIO
        raise CannotWrite(path, OSError(code, os.strerror(code))) from error


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """A new file beside ``path`` that takes its place at the end, or vanishes when something goes wrong."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading sign of one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv_cell(name: str, value: str | None, style: CsvStyle) -> str:
    if value is None:
        return ""
    return style.amount(value) if name in _AMOUNTS else neutral(value)


def _write_csv(records: Iterator[RecordView], path: Path, *, style: CsvStyle) -> int:
    count = 0
    with path.open("w", encoding=style.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=style.separator)
        writer.writerow(COLUMNS)
        for view in records:
            writer.writerow([_csv_cell(name, value, style) for name, value in as_json(view).items()])
            count += 1
    return count


def _write_json_lines(records: Iterator[RecordView], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for view in records:
            file.write(json.dumps(as_json(view), ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_json(records: Iterator[RecordView], path: Path) -> int:
    with path.open("w", encoding="utf-8") as file:
        return write_json_list((as_json(view) for view in records), file)


def write_json_list(objects: Iterable[object], file: IO[str]) -> int:
    """One JSON list, an object a line, without holding more than one of them in memory."""
    count = 0
    file.write("[")
    for item in objects:
        file.write(",\n" if count else "\n")
        file.write(json.dumps(item, ensure_ascii=False, default=_plain))
        count += 1
    file.write("\n]\n" if count else "]\n")
    return count


def _plain(value: object) -> str:
    """Payloads hold amounts as Decimal; they leave as text, to the last digit."""
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no place in a JSON answer")


def _write_xlsx(records: Iterator[RecordView], path: Path, *, totals: Totals) -> int:
    # The library's own temporary files hold records too: they lie in a folder for the owner only, which ends with it.
    with tempfile.TemporaryDirectory(prefix="zbdesk-") as folder, path.open("wb") as file:
        return _fill_workbook(records, path, _Sink(file), folder, totals)


def _fill_workbook(records: Iterator[RecordView], path: Path, sink: _Sink, folder: str, totals: Totals) -> int:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
    book = xlsxwriter.Workbook(sink, options)
    sheet = book.add_worksheet("Records")
    bold, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00####"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    count = 0
    try:
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, COLUMNS, bold)
        for view in records:
            count += 1
            if count >= _XLSX_ROWS:
                raise TooManyRows(path)
            for column, (name, value) in enumerate(as_json(view).items()):
                if value is None:
                    continue
                if name in _AMOUNTS and _fits_number(value):
                    sheet.write_number(count, column, Decimal(value), amount)
                elif name in _DATES:
                    sheet.write_datetime(count, column, date.fromisoformat(value), day)
                else:
                    sheet.write_string(count, column, value)
        sheet.autofilter(0, 0, max(count, 1), len(COLUMNS) - 1)
        _fill_totals(book.add_worksheet("Totals"), totals, bold, amount)
    finally:
        try:
            book.close()
        except FileCreateError as error:
            # The library wraps what the disk said in a class of its own.
            reason = error.args[0] if error.args else None
            raise (reason if isinstance(reason, OSError) else OSError(str(error))) from error
    return count


def _fill_totals(sheet: Any, totals: Totals, bold: Any, amount: Any) -> None:
    """Sums per currency on a sheet of their own; one that a number does not hold exactly is text."""
    sheet.write_row(0, 0, ("currency", "records", "total", "balance"), bold)
    for row, (code, one) in enumerate(sorted(totals.by_currency.items()), 1):
        sheet.write_string(row, 0, code)
        sheet.write_number(row, 1, one.records)
        for column, value in ((2, one.total), (3, one.balance)):
            text = format(value, "f")
            if _fits_number(text):
                sheet.write_number(row, column, value, amount)
            else:
                sheet.write_string(row, column, text)


class _Sink:
    """The file under a zip archive. After its first failure it only pretends.

    The zip library goes on when it is thrown away, and would complain on standard error that the disk is still full.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._failed = False
        self._at = 0

    def write(self, data: bytes) -> int:
        """See ``IO``."""
        self._unless_failed(lambda: self._file.write(data))
        self._at += len(data)
        return len(data)

    def seek(self, offset: int) -> int:
        """See ``IO``."""
        self._unless_failed(lambda: self._file.seek(offset))
        self._at = offset
        return offset

    def tell(self) -> int:
        """See ``IO``."""
        return self._at

    def flush(self) -> None:
        """See ``IO``."""
        self._unless_failed(self._file.flush)

    def _unless_failed(self, act: Callable[[], object]) -> None:
        if self._failed:
            return
        try:
            act()
        except OSError:
            self._failed = True
            raise


def _fits_number(text: str) -> bool:
    """Whether a spreadsheet's number (15 significant digits) holds the amount exactly; else it is written as text."""
    return len(Decimal(text).normalize().as_tuple().digits) <= 15
