"""One import: a table read through a mapping, checked against the books, and handed over chunk by chunk.

Knows no database: the books answer, a taker writes. Nothing is sent to Zoho Books. Works the same for a dry run, for
the command line and for the window, which shows ``Progress`` and may say stop between two chunks.
Invariant: every row of the table is in exactly one result, or in the count of what a stop left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol

from zbdesk.domain.document_names import LINES
from zbdesk.domain.documents import Document, FieldError, document_of, lines_amount, total_of
from zbdesk.domain.module import Module
from zbdesk.domain.money import decimals
from zbdesk.sources.assembling import Assembler
from zbdesk.sources.base import BadRow, CellError, DocumentResult, Outcome, Row, SourceDocument, Table
from zbdesk.sources.checking import Books, Checker, at, currency_of
from zbdesk.sources.columns import Columns
from zbdesk.sources.mapping import Mapping as ColumnMapping
from zbdesk.sources.mapping import Places, place_columns
from zbdesk.sources.surveying import Survey
from zbdesk.sources.table_faults import TableFaults, faults_of

CHUNK = 1000
"""Documents a transaction: a few hundredths of a second, most of it their rows; a commit costs as much as forty."""

ERRORS_KEPT = 10_000

Overrides = Mapping[tuple[int, int], str]
"""(row, position of the column) to the text that a person typed in its place."""


class Taken(NamedTuple):
    """What became, or in a dry run would become, of one sound document."""

    result: Outcome
    local_id: str | None
    record_id: int | None = None


class Taker(Protocol):
    """Where sound documents go. Both calls take one chunk; ``take`` is one transaction."""

    def look(self, documents: Sequence[Document]) -> Sequence[Taken]:
        """What taking them would do."""
        ...

    def take(self, documents: Sequence[Document]) -> Sequence[Taken]:
        """Write them."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. ``done`` of ``total`` is in units of the file: bytes or rows, both readings counted."""

    done: int
    total: int
    documents: int = 0
    refused: int = 0


@dataclass(slots=True)
class Report:
    """What an import did, or a dry run found."""

    rows: int = 0
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    totals: dict[str, Decimal] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    """The first ``ERRORS_KEPT``; ``error_count`` counts all."""

    error_count: int = 0
    is_dry: bool = False
    stopped: bool = False
    nothing_taken: bool = False
    """Whether sound documents were left out because of bad ones (all or nothing)."""

    vanished: tuple[str, ...] = ()
    """Source ids that the last import of the same file had and this one lacks. They stay as they are."""

    batch_id: int | None = None

    @property
    def taken(self) -> int:
        """Documents that were or would be written anew."""
        return self.counts[Outcome.CREATED] + self.counts[Outcome.CHANGED]


class Importer:
    """Reads one table through one mapping. ``table`` is read from its beginning each time that ``rows`` is asked."""

    def __init__(
        self,
        module: Module,
        mapping: ColumnMapping,
        table: Table,
        books: Books,
        *,
        source: str,
        overrides: Overrides | None = None,
        progress: Callable[[Progress], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> None:
        self._module = module
        self._mapping = mapping
        self._table = table
        self._overrides = _by_row(overrides or {})
        self._progress = progress or (lambda _progress: None)
        self._stopped = stopped or (lambda: False)
        self._checker = Checker(module, books, source, unknown_waits=mapping.unknown == "wait")
        self._books = books
        places = place_columns(mapping, table.headings)
        faults = faults_of(mapping, places, table)
        if faults:
            raise TableFaults(table, faults)
        self._columns = Columns(module, mapping, places, table.headings)
        self._assembler = Assembler(module, mapping, self._columns)
        self._survey: Survey | None = None
        self._places: Places = places

    # -- the runs -----------------------------------------------------------------------------------------------------

    def check(self, taker: Taker, on_result: Callable[[DocumentResult], None] | None = None) -> Report:
        """Dry run: every fault and what would be taken; writes nothing."""
        report = Report(is_dry=True)
        for chunk in self._chunks(report, 1):
            self._hand_over(chunk, taker.look, report, on_result)
        return report

    def run(self, taker: Taker, on_result: Callable[[DocumentResult], None] | None = None) -> Report:
        """Take the sound documents; bad ones are listed. Stopped between two chunks, what was taken stays."""
        report = Report()
        for chunk in self._chunks(report, 1):
            self._hand_over(chunk, taker.take, report, on_result)
        return report

    def run_all_or_nothing(
        self, taker: Taker, on_result: Callable[[DocumentResult], None] | None = None, *, tell_refused: bool = True
    ) -> Report:
        """Take everything if nothing is wrong, else nothing. The table is looked through first.

        ``tell_refused``: where nothing is taken, it is looked through once more to tell every document; memory is that
        of one chunk either way.
        """
        report = self.check(taker)
        if not report.error_count and not report.stopped:
            return self.run(taker, on_result)
        report.is_dry, report.nothing_taken = False, True
        report.totals.clear()
        report.counts = {word: sum(report.counts.values()) if word is Outcome.REFUSED else 0 for word in Outcome}
        if on_result is not None and tell_refused:
            self.check(taker, lambda one: on_result(_refused(one)))
        return report

    # -- reading ------------------------------------------------------------------------------------------------------

    def survey(self) -> Survey:
        """Which numbers stand more than once: a first reading of the keys."""
        if self._survey is None:
            found = self._assembler.survey(self._watched(self._rows(), 0))
            suspects = found.suspects
            if suspects:
                found.settle(((self._assembler.key(row), row.number) for row in self._rows()), suspects)
            self._survey = found
        return self._survey

    def _chunks(self, report: Report, reading: int) -> Iterator[list[SourceDocument]]:
        survey = self.survey()
        report.rows = survey.rows
        documents = self._assembler.documents(self._watched(self._rows(), reading), survey)
        while not (stopped := self._stopped()) and (chunk := list(islice(documents, CHUNK))):
            yield chunk
            self._tell(reading, report)
        report.stopped = stopped

    def _rows(self) -> Iterator[Row]:
        rows = self._table.rows()
        return map(self._mended, rows) if self._overrides else rows

    def _mended(self, row: Row) -> Row:
        mended = self._overrides.get(row.number)
        if mended is None or (len(row.cells) == 1 and isinstance(row.cells[0], BadRow)):
            return row
        cells = list(row.cells)
        for place, text in mended:
            if place < len(cells):
                cells[place] = text
        return Row(row.number, cells)

    def _watched(self, rows: Iterable[Row], reading: int) -> Iterator[Row]:
        """The rows, with a word of progress and an ear for stop every so often."""
        return chain.from_iterable(self._pieces(iter(rows), reading))

    def _pieces(self, rows: Iterator[Row], reading: int) -> Iterator[list[Row]]:
        while piece := list(islice(rows, 5000)):
            yield piece
            self._tell(reading, None)
            if reading == 0 and self._stopped():
                return

    def _tell(self, reading: int, report: Report | None) -> None:
        done, total = getattr(self._table, "done", 0), getattr(self._table, "total", 1)
        documents = 0 if report is None else sum(report.counts.values())
        refused = 0 if report is None else report.counts[Outcome.REFUSED]
        # The first reading looks at the keys only and is much the shorter one.
        share = 0.15 if reading == 0 else 0.85
        at_start = 0.0 if reading == 0 else 0.15
        whole = 10_000
        part = min(1.0, done / total) if total else 1.0
        self._progress(Progress(int(whole * (at_start + share * part)), whole, documents, refused))

    # -- one chunk ----------------------------------------------------------------------------------------------------

    def _hand_over(
        self,
        chunk: Sequence[SourceDocument],
        take: Callable[[Sequence[Document]], Sequence[Taken]],
        report: Report,
        on_result: Callable[[DocumentResult], None] | None,
    ) -> None:
        sound, errors = self._sorted(chunk)
        faults = self._checker.check(list(sound.values()))
        for place, found in zip(list(sound), faults, strict=True):
            if found:
                errors[place] = found
                del sound[place]
        taken = dict(zip(sound, take([document for _, document in sound.values()]), strict=True)) if sound else {}
        for place, given in enumerate(chunk):
            done = taken.get(place)
            if done is None:
                result = DocumentResult(given.source_id, None, Outcome.REFUSED, tuple(errors[place]), given.rows)
            else:
                result = DocumentResult(given.source_id, done.local_id, done.result, (), given.rows, done.record_id)
                self._add(report, sound[place][1].fields)
            report.counts[result.result] += 1
            report.error_count += len(result.errors)
            if len(report.errors) < ERRORS_KEPT:
                report.errors += result.errors
            if on_result is not None:
                on_result(result)

    def _sorted(
        self, chunk: Sequence[SourceDocument]
    ) -> tuple[dict[int, tuple[SourceDocument, Document]], dict[int, list[CellError]]]:
        sound: dict[int, tuple[SourceDocument, Document]] = {}
        errors: dict[int, list[CellError]] = {}
        for place, given in enumerate(chunk):
            parsed = document_of(self._module, given.source_id, dict(given.fields)) if given.fields else []
            if isinstance(parsed, Document) and not given.errors:
                sound[place] = (given, parsed)
            else:
                errors[place] = _all_faults(given, () if isinstance(parsed, Document) else parsed)
        return sound, errors

    def _add(self, report: Report, fields: Mapping[str, Any]) -> None:
        """The document's amount to the total of its currency."""
        amount = worth(self._module, fields)
        if amount is None:
            return
        currency = currency_of(fields) or self._books.currency_of(fields)
        if currency:
            report.totals[currency] = report.totals.get(currency, Decimal(0)) + amount


def _refused(one: DocumentResult) -> DocumentResult:
    """A sound document that is left out for the sake of the bad ones says so; a bad one has its own faults."""
    if one.errors:
        return one
    error = CellError(one.rows[0], "", "", "Another row is bad, and all or nothing was asked for.")
    return replace(one, local_id=None, result=Outcome.REFUSED, errors=(error,))


def worth(module: Module, fields: Mapping[str, Any]) -> Decimal | None:
    """What a document comes to: what it says itself, else its lines before tax; None where it has no amount."""
    total = total_of(fields)
    if total is not None:
        return total
    if module.total_field is not None and fields.get(module.total_field) is not None:
        return Decimal(fields[module.total_field])
    lines = fields.get(LINES)
    if not lines or module.name == "journals":
        return None
    return lines_amount(lines)


def shown_total(currency: str, amount: Decimal) -> str:
    """An amount with its currency's decimals, more only where it has more."""
    places = decimals(currency)
    exponent = amount.normalize().as_tuple().exponent
    return f"{amount:.{max(places, -exponent if isinstance(exponent, int) else 0)}f}"


def _by_row(overrides: Overrides) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for (row, place), text in overrides.items():
        found.setdefault(row, []).append((place, text))
    return found


def _all_faults(given: SourceDocument, faults: Sequence[FieldError]) -> list[CellError]:
    """What the cells say and what the document lacks; a cell that cannot be read is not also missing."""
    errors = list(given.errors)
    told = {error.field.partition(".")[0] for error in errors if error.field}
    lines_told = any(error.field.startswith(f"{LINES}.") for error in errors)
    for fault in faults:
        top = fault.field.partition("[")[0].partition(".")[0]
        if top in told or f"{top}_id" in told or (top == LINES and lines_told) or fault.field == "source_id":
            continue
        errors.append(at(given, fault.field, fault.message))
    return errors
