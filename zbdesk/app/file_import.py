"""An import as the window does it, step by step: look at a file, read its rows, check them, take them.

Everything here blocks and belongs into a pool thread. Writing goes to the sync thread where one runs (``app.local``).
Memory is bounded: rows lie in a spool, faults are counted and the first ones kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from zbdesk.app import local, taking
from zbdesk.app.books import MirrorBooks
from zbdesk.app.desk import Desk
from zbdesk.app.sources import ImportOrder, ImportOutcome, Watch, dry_run, run_import
from zbdesk.domain.documents import Reference
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.sources.amounts import AmountStyle, BadAmount, parse_amount
from zbdesk.sources.base import CellError, Row
from zbdesk.sources.dates import ORDERS, BadDate, DateOrder, parse_day
from zbdesk.sources.importing import Report
from zbdesk.sources.mapping import place_columns
from zbdesk.sources.reading.headings import distinct
from zbdesk.sources.reading.opening import Options, open_table
from zbdesk.sources.row_spool import MOST, RowSpool
from zbdesk.store import review
from zbdesk.store.database import Database

SAMPLE = 200
_TEXTS = 20_000
_STOP_EVERY = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, and its first rows. ``encoding`` is empty for workbooks, ``sheet`` for text."""

    path: Path
    size: int
    options: Options
    encoding: str
    encoding_sure: bool
    encodings: tuple[str, ...]
    """What else the encoding could be, likeliest first."""

    separator: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    headings: tuple[str, ...]
    names: tuple[str, ...]
    """A name for each column that means it alone: what a mapping calls it."""

    sample: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A date that can be several days: which it is has to be said. ``readings``: order to day.

    ``proof``: a text of the same column that fits only ``proves``; the answer is still a person's.
    """

    text: str
    readings: tuple[tuple[DateOrder, date], ...]
    proof: str = ""
    proves: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class DecimalQuestion:
    """An amount that can be two: what it comes to with a point and with a comma as its decimal sign."""

    text: str
    point: Decimal
    comma: Decimal


@dataclass(slots=True)
class Findings:
    """What checking found. ``near``: (field, name as it stands) to names of the books that are like it."""

    report: Report
    near: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    dates: DateQuestion | None = None
    decimals: DecimalQuestion | None = None


def look(path: Path, options: Options) -> Looked:
    """Open a file and read its beginning. Raises ``FileRefused``."""
    with closing(open_table(path, options)) as table:
        encoding, separator = table.encoding, table.separator
        return Looked(
            path=path,
            size=path.stat().st_size,
            options=options,
            encoding=encoding.name if encoding is not None else "",
            encoding_sure=encoding is None or encoding.is_sure,
            encodings=encoding.others if encoding is not None else (),
            separator=separator.char if separator is not None else "",
            sheet=table.sheet or "",
            sheets=table.sheets,
            header_row=table.header_row,
            headings=tuple(table.headings),
            names=tuple(distinct(table.headings)),
            sample=tuple(islice(table.rows(), SAMPLE)),
        )


def read_rows(looked: Looked, spool: RowSpool, tell: Callable[[int, float], None], stopped: Callable[[], bool]) -> int:
    """All rows of a file into the spool, up to what a grid can show; returns how many were read.

    ``tell`` gets the rows so far and the share of the file. Raises ``FileRefused``.
    """
    options = Options(looked.encoding or None, looked.separator or None, looked.sheet or None, looked.header_row)
    count = 0
    with closing(open_table(looked.path, options)) as table:
        for row in table.rows():
            if not spool.add(row):
                break
            count += 1
            if count % _STOP_EVERY == 0:
                if stopped():
                    return count
                tell(spool.count, min(1.0, table.done / max(1, table.total)))
    spool.finish()
    tell(spool.count, 1.0)
    return count


class NotingBooks(MirrorBooks):
    """The books, and the near names that were found on the way."""

    def __init__(self, db: Database, connection: Connection, order: ImportOrder) -> None:
        super().__init__(db, connection, named(order.module))
        self.noted: dict[tuple[str, str], tuple[str, ...]] = {}

    def near(self, reference: Reference) -> Sequence[str]:
        """As ``MirrorBooks`` does."""
        found = tuple(super().near(reference))
        if found:
            self.noted[reference.field.removesuffix("_id"), reference.value.strip().casefold()] = found
        return found


def check(desk: Desk, order: ImportOrder, looked: Looked, spool: RowSpool, watch: Watch) -> Findings:
    """A dry run with what is left to say. Raises ``FileRefused``, ``TableFaults``, ``BadMapping``, ``NotConnected``."""
    with local.reading(desk) as (db, here):
        books = NotingBooks(db, here, order)
        outcome = dry_run(db, here, order, watch, books=books, keep=False)
    dates, decimals = _questions(order, looked, spool)
    return Findings(outcome.report, books.noted, dates, decimals)


def _questions(
    order: ImportOrder, looked: Looked, spool: RowSpool
) -> tuple[DateQuestion | None, DecimalQuestion | None]:
    """What a person has to say of dates and amounts, where the mapping does not say it and the file needs it."""
    mapping = order.mapping
    places = place_columns(mapping, looked.headings)
    dates = [place for place, _, target in places.columns if target.kind == "date"] if not mapping.date_order else []
    numbers = (
        [place for place, _, target in places.columns if target.kind in {"number", "debit", "credit"}]
        if not mapping.decimal
        else []
    )
    if not dates and not numbers:
        return None, None
    days: dict[str, None] = {}
    amounts: dict[str, None] = {}
    for number, texts in spool.rows():
        for place in dates:
            if len(days) < _TEXTS and place < len(texts):
                days[order.overrides.get((number, place), texts[place])] = None
        for place in numbers:
            if len(amounts) < _TEXTS and place < len(texts):
                amounts[order.overrides.get((number, place), texts[place])] = None
    return date_question(days), decimal_question(amounts)


def date_question(texts: Iterable[str]) -> DateQuestion | None:
    """The first text that can be several days, with the proof that another one gives."""
    doubtful: tuple[str, tuple[tuple[DateOrder, date], ...]] | None = None
    proof, proves = "", None
    for text in texts:
        readings = _readings(text)
        days = {day for _, day in readings}
        if len(days) > 1:
            doubtful = doubtful or (text, readings)
        elif len(readings) == 1 and not proof:
            proof, proves = text, readings[0][0]
    if doubtful is None:
        return None
    return DateQuestion(*doubtful, proof, proves)


def _readings(text: str) -> tuple[tuple[DateOrder, date], ...]:
    found = []
    for order in ORDERS:
        try:
            found.append((order, parse_day(text, order)))
        except BadDate:
            continue
    return tuple(found)


def decimal_question(texts: Iterable[str]) -> DecimalQuestion | None:
    """The first text that can be two amounts."""
    for text in texts:
        try:
            parse_amount(text, AmountStyle(""))
        except BadAmount:
            values = []
            for sign in (".", ","):
                try:
                    values.append(parse_amount(text, AmountStyle(sign)).value)
                except BadAmount:
                    break
            if len(values) == 2 and values[0] != values[1]:
                return DecimalQuestion(text, *values)
    return None


def run(desk: Desk, order: ImportOrder, watch: Watch, *, hold: bool) -> ImportOutcome:
    """Take the file; ``hold``: what is to leave waits for a person from now on, before the first document is here.

    Raises ``FileRefused``, ``TableFaults``, ``BadMapping``, ``NotConnected``, ``OtherInstance``, ``WriterGone``.
    """
    with local.working(desk, "import") as (db, here, write):
        if hold:
            (write or taking.direct(db, here))(lambda own, its: review.set_hold(own, its.id, on=True))
        return run_import(db, here, order, desk.clock.now, watch=watch, write=write, keep=False)


def errors_as_rows(errors: Iterable[CellError]) -> Iterable[tuple[str, str, str, str]]:
    """Row, column, value and sentence of each fault: the list to mend."""
    for one in errors:
        yield str(one.row), one.column, one.value, one.message


__all__ = [
    "MOST", "DateQuestion", "DecimalQuestion", "Findings", "Looked", "check", "date_question", "decimal_question",
    "errors_as_rows", "look", "read_rows", "run",
]  # fmt: skip
