"""A database as a source of documents: a query a module, read since the last time, and outcomes written back on wish.

The mapping of columns to fields is that of spreadsheets. Invariants: nothing but the one checked query is asked, on a
connection that only reads; the mark moves on only when what was read is written down here; writing back happens only
where the person switched it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources import sql_values
from zbdesk.sources.base import BackWrite, CellValue, DocumentResult, Offer, Row
from zbdesk.sources.sql_address import Address, address
from zbdesk.sources.sql_errors import ColumnsChanged, QueryRefused
from zbdesk.sources.sql_session import Limits, Question, Writer
from zbdesk.sources.sql_statement import SINCE, BadStatement, Statement, query, write_back
from zbdesk.sources.sql_values import Watermark

PREVIEW_ROWS = 50


@dataclass(frozen=True, slots=True)
class SqlQuery:
    """One query of a source."""

    key: str
    module: str
    text: str
    since_column: str = ""
    """The column whose greatest value is the next ``:since``; empty reads everything each time."""

    since_start: str = ""
    """What ``:since`` holds the first time; empty means below everything, where the server has such a value."""

    needs: tuple[str, ...] = ()
    """Columns that the mapping uses: without one of them nothing is taken."""

    back: str = ""
    """The statement for writing back; empty for none."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a query. ``kinds``: what the columns hold, in words; ``more``: whether there are more rows."""

    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    more: bool


class WriteBackFailed(ZbdeskError):
    """Some outcomes could not be written back; ``done`` names those that were."""

    def __init__(self, done: Sequence[str], failed: Sequence[tuple[str, ZbdeskError]]) -> None:
        first_id, first = failed[0]
        count = len(failed)
        what = f"The outcome of {first_id}" if count == 1 else f"The outcomes of {count} documents"
        super().__init__(
            f"{what} could not be written back to the database.",
            f"{first.title} {first.message} zbdesk tries again with the next run.".strip(),
            action=first.action,
            subject=first_id,
            code="write_back",
        )
        self.done = tuple(done)
        self.failed = tuple(failed)


class SqlReading:
    """A running query as a table. ``mark`` is the next ``since`` once the rows were read to the end."""

    def __init__(self, question: Question, asked: SqlQuery, since: str | None) -> None:
        self._question = question
        self._asked = asked
        self._since = since
        self.headings: Sequence[str] = question.columns
        self.mark: str | None = since

    def rows(self) -> Iterator[Row]:
        """The rows, once, numbered from 1. Raises what the database says in the middle."""
        column = self._asked.since_column
        place = _place(self.headings, column) if column else -1
        watermark = Watermark(column)
        for number, values in enumerate(self._question.rows(), 1):
            cells = [sql_values.cell(value) for value in values]
            if place >= 0:
                watermark.see(cells[place])
            yield Row(number, cells)
        self.mark = watermark.mark(self._since)

    def stop(self) -> None:
        """End it from another thread; who reads gets ``QueryStopped``."""
        self._question.stop()

    def close(self) -> None:
        """See ``Reading``."""
        self._question.close()


@dataclass
class SqlSource:
    """See ``Source``. ``keep`` is told the mark of a query once its documents are written down here."""

    name: str
    where: Address
    queries: Mapping[str, SqlQuery]
    limits: Limits = field(default_factory=Limits)
    writes_back: bool = False
    keep: Callable[[str, str | None], None] = lambda _key, _mark: None
    kind: str = "sql"
    _running: Question | None = field(default=None, init=False, repr=False)
    _stopped: bool = field(default=False, init=False, repr=False)

    def stop(self) -> None:
        """End what runs and let nothing more begin, from another thread: whoever waits gets ``QueryStopped``."""
        self._stopped = True
        running = self._running
        if running is not None:
            running.stop()

    @classmethod
    def open(cls, name: str, url: str, queries: Sequence[SqlQuery], **more: object) -> SqlSource:
        """The source behind an address. Raises ``BadAddress`` and ``BadStatement``; nothing is asked yet."""
        where = address(url)
        source = cls(name, where, {one.key: one for one in queries}, **more)  # type: ignore[arg-type]
        for one in queries:
            source.check(one)
        return source

    def check(self, one: SqlQuery) -> Statement:
        """The query, checked. Raises ``BadStatement``."""
        statement = query(one.text, self.where.flavour)
        if SINCE in statement.parameters:
            if not one.since_column:
                raise BadStatement(
                    "The query asks for :since, and no column says where the next run begins.",
                    "Name the column that tells when a row was changed (or its growing number).",
                )
            if not one.since_start and not sql_values.beginnings(self.where.flavour):
                raise BadStatement(
                    "The first run needs a value for :since.",
                    "Say where to begin, for example 2026-01-01, or 0 for a number.",
                )
        if one.back:
            write_back(one.back, self.where.flavour)
        return statement

    def discover(self) -> Sequence[Offer]:
        """See ``Source``: the queries."""
        return [Offer(one.key, one.key, one.module) for one in self.queries.values()]

    def read(self, key: str, since: str | None = None) -> SqlReading:
        """See ``Source``. Raises what is wrong with the server, the query or its columns."""
        asked = self.queries[key]
        statement = self.check(asked)
        question = self._ask(statement, asked, since)
        try:
            _require(asked, question.columns)
        except BaseException:
            question.close()
            raise
        return SqlReading(question, asked, since)

    def preview(self, key: str, since: str | None = None, count: int = PREVIEW_ROWS) -> Preview:
        """The first rows, with what the columns hold; the mapping need not fit yet."""
        asked = self.queries[key]
        with self._ask(self.check(asked), asked, since) as question:
            rows = [tuple(sql_values.cell(value) for value in row) for row in question.rows(count + 1)]
        shown = rows[:count]
        kinds = [{sql_values.kind_of(row[at]) for row in shown} - {""} for at in range(len(question.columns))]
        words = tuple(" or ".join(sorted(kind)) or "empty" for kind in kinds)
        return Preview(question.columns, words, tuple(shown), len(rows) > count)

    def _ask(self, statement: Statement, asked: SqlQuery, since: str | None) -> Question:
        if SINCE not in statement.parameters:
            return self._asked(statement, {})
        start = since if since is not None else asked.since_start or None
        if start is not None:
            return self._asked(statement, {SINCE: sql_values.for_driver(sql_values.bound(start), self.where.flavour)})
        *likelier, last = sql_values.beginnings(self.where.flavour)
        for value in likelier:
            # The column is a number where a server knows no "-infinity" for it.
            with suppress(QueryRefused):
                return self._asked(statement, {SINCE: value})
        return self._asked(statement, {SINCE: last})

    def _asked(self, statement: Statement, values: Mapping[str, object]) -> Question:
        self._running = question = Question(self.where, self.limits)
        if self._stopped:
            question.stop()
        question.ask(statement, values)
        return question

    def acknowledge(self, key: str, mark: str | None, results: Sequence[DocumentResult]) -> None:
        """See ``Source``: the next reading begins at ``mark``."""
        del results  # what was refused is in the report; it is read again when it is changed there
        self.keep(key, mark)

    def write_back(self, outcomes: Sequence[BackWrite], key: str | None = None) -> None:
        """See ``Source``. One transaction a document; raises ``WriteBackFailed`` after all were tried."""
        if not self.writes_back:
            return
        done: list[str] = []
        failed: list[tuple[str, ZbdeskError]] = []
        for asked in self.queries.values():
            if not asked.back or (key is not None and asked.key != key):
                continue
            writer = Writer(self.where, write_back(asked.back, self.where.flavour), self.limits)
            try:
                for one in outcomes:
                    try:
                        writer.write(one.source_id, _values(one))
                    except ZbdeskError as error:
                        failed.append((one.source_id, error))
                    else:
                        done.append(one.source_id)
            finally:
                writer.close()
        if failed:
            raise WriteBackFailed(done, failed)


def _values(one: BackWrite) -> dict[str, object]:
    return {
        "source_id": one.source_id,
        "remote_id": one.remote_id,
        "number": one.number,
        "status": one.status,
        "total": one.total,
        "paid": one.paid,
        "modified_at": one.modified_at,
    }


def _place(headings: Sequence[str], column: str) -> int:
    return next((at for at, name in enumerate(headings) if name.casefold() == column.casefold()), -1)


def _require(asked: SqlQuery, columns: Sequence[str]) -> None:
    wanted = dict.fromkeys((*asked.needs, *((asked.since_column,) if asked.since_column else ())))
    missing = [name for name in wanted if _place(columns, name) < 0]
    if missing:
        raise ColumnsChanged(missing, columns)


__all__ = ["Preview", "SqlQuery", "SqlReading", "SqlSource", "WriteBackFailed"]
