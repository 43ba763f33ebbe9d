"""Rows become documents: one a row, or several rows with the same number as the lines of one. Pure.

Rows are read twice: ``survey`` learns which numbers stand more than once, ``documents`` builds. Neither holds the
table; memory is that of the documents that are still open. Invariant: no row is left out without being counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zbdesk.domain.document_names import LINES
from zbdesk.domain.module import Module
from zbdesk.sources.base import BadRow, CellError, CellValue, Row, SourceDocument
from zbdesk.sources.cells import NOTHING, ODD, Fault, Marked
from zbdesk.sources.columns import Columns, MappedColumn
from zbdesk.sources.mapping import Mapping
from zbdesk.sources.origins import Origins
from zbdesk.sources.reading.headings import text_of
from zbdesk.sources.surveying import Survey


@dataclass(slots=True)
class _Open:
    """A document whose rows are being collected."""

    key: str
    rows: list[Row]


class Assembler:
    """Builds the documents of one table."""

    def __init__(self, module: Module, mapping: Mapping, columns: Columns) -> None:
        self._module = module
        self._mapping = mapping
        self._columns = columns
        self._by_line = mapping.layout == "row_per_line"

    def key(self, row: Row) -> str:
        """The document that a row belongs to; empty where the row does not say."""
        place = self._columns.key_place
        cell = row.cells[place] if place < len(row.cells) else ""
        if isinstance(cell, str):
            return cell.strip()
        return "" if cell is None else text_of(cell)

    def survey(self, rows: Iterable[Row]) -> Survey:
        """Read the keys alone."""
        survey = Survey(by_line=self._by_line)
        place, by_line = self._columns.key_place, self._by_line
        before: CellValue = None
        again = 0
        for row in rows:
            cells = row.cells
            if by_line and len(cells) > place and type(cell := cells[place]) is str and cell == before:
                again += 1  # one line more of the same document, as most rows are
                continue
            survey.add(self.key(row) if not _is_bad(row) else "", row.number)
            before = cells[place] if len(cells) > place else None
        survey.rows += again
        return survey

    def documents(self, rows: Iterable[Row], survey: Survey) -> Iterator[SourceDocument]:
        """The documents in the order in which the file completes them."""
        if self._by_line:
            yield from self._grouped(rows, survey)
            return
        for row in rows:
            key = self.key(row)
            yield self.build([row], key, repeated=survey.repeated.get(key, ()) if key else ())

    def _grouped(  # noqa: C901 - one loop over every row of a table
        self, rows: Iterable[Row], survey: Survey
    ) -> Iterator[SourceDocument]:
        """Rows with the same number; a row without any goes on with the document above, if it holds only a line."""
        current: _Open | None = None
        apart: dict[str, _Open] = {}
        place = self._columns.key_place
        above: CellValue = None
        for row in rows:
            cells = row.cells
            if current is not None and len(cells) > place and cells[place] == above and type(cells[place]) is str:
                current.rows.append(row)  # the cell above once more: the same document, without a closer look
                continue
            above = None
            if _is_bad(row):
                yield self.build([row], "")
                continue
            key = self.key(row)
            if not key and current is not None and self._continues(row):
                current.rows.append(row)
                continue
            if current is not None and key == current.key and key:
                current.rows.append(row)
                continue
            if current is not None and (done := self._finish(current, apart, survey)) is not None:
                yield self.build(done.rows, done.key)
            current = apart.get(key) if key in survey.apart else None
            if current is None:
                current = _Open(key, [row])
            else:
                current.rows.append(row)
            if key in survey.apart:
                apart[key] = current
            above = cells[place] if key else None
        if current is not None and current.key not in apart:
            yield self.build(current.rows, current.key)
        for left in apart.values():
            yield self.build(left.rows, left.key)

    def _finish(self, current: _Open, apart: dict[str, _Open], survey: Survey) -> _Open | None:
        """The document, if none of its rows is still to come."""
        last = survey.apart.get(current.key)
        if last is not None and current.rows[-1].number < last:
            return None
        apart.pop(current.key, None)
        return current

    def _continues(self, row: Row) -> bool:
        """Whether a row without a number holds nothing but a line."""
        cells = row.cells
        own = any(text_of(cells[column.place]) for column in self._columns.of_document if column.place < len(cells))
        return not own and any(
            text_of(cells[column.place]) for column in self._columns.of_entries if column.place < len(cells)
        )

    # -- one document -------------------------------------------------------------------------------------------------

    def build(self, rows: Sequence[Row], key: str, repeated: Sequence[int] = ()) -> SourceDocument:
        """One document of these rows, with the faults of its cells."""
        errors: list[CellError] = []
        fields: dict[str, Any] = {}
        first = rows[0]
        if _is_bad(first):
            bad = first.cells[0]
            assert isinstance(bad, BadRow)  # noqa: S101 - asked one line above
            errors.append(CellError(first.number, "", bad.shown, bad.message))
            return SourceDocument("", fields, (first.number,), tuple(errors))
        self._document_level(rows, fields, errors)
        for inside, columns in self._columns.entries:
            self._entries(inside, columns, rows, fields, errors)
        self._columns.add_fixed(fields)
        source_id = self._source_id(fields, key, first, repeated, errors)
        origins = Origins(self._columns, rows)
        if self._columns.twins:
            errors += self._both_spellings(fields, origins)
        numbers = tuple([row.number for row in rows])
        return SourceDocument(source_id, fields, numbers, tuple(errors), origins)

    def _document_level(self, rows: Sequence[Row], fields: dict[str, Any], errors: list[CellError]) -> None:
        columns = self._columns.of_document
        for column, fault in self._take(rows[0], columns, fields, errors):
            errors.append(_error(rows[0], column, fault.message))
        if len(rows) == 1 or not columns:
            return
        picked = self._columns.pick_document
        before = picked(rows[0].cells)
        for row in rows[1:]:
            if picked(row.cells) != before:
                self._compare(row, rows[0], columns, fields, errors)

    def _compare(
        self, row: Row, first: Row, columns: Sequence[MappedColumn], fields: dict[str, Any], errors: list[CellError]
    ) -> None:
        """A further row of a document says the same of it as the first, or nothing."""
        found: dict[str, Any] = {}
        for column, fault in self._take(row, columns, found, errors):
            # Under a merged cell the value of the row above goes on.
            if not fault.merged:
                errors.append(_error(row, column, fault.message))
        for column in columns:
            value = column.value_in(found)
            if value is None:
                continue
            known = column.value_in(fields)
            if known is None:
                column.put_into(fields, value)
            elif known != value and text_of(first.cells[column.place]) != "":
                errors.append(
                    _error(
                        row,
                        column,
                        f"Row {first.number} of the same document says “{text_of(first.cells[column.place])}”. One "
                        "number is one document: correct the number, or make both the same.",
                    )
                )

    def _take(
        self, row: Row, columns: Sequence[MappedColumn], fields: dict[str, Any], errors: list[CellError]
    ) -> list[tuple[MappedColumn, Fault]]:
        """Set what the row says of the document; what it cannot say comes back."""
        cells = row.cells
        faults: list[tuple[MappedColumn, Fault]] = []
        for column in columns:
            cell = cells[column.place]
            value = column.texts[cell] if type(cell) is str else column.convert(cell)
            if type(value) in ODD:
                if isinstance(value, Fault):
                    faults.append((column, value))
                if not isinstance(value, Marked):
                    continue
                value = self._marked(row, column, value, fields, errors)
            if not column.is_direct:
                column.put_into(fields, value)
            elif column.name not in fields:
                fields[column.name] = value
        return faults

    def _entries(
        self,
        inside: str,
        columns: Sequence[MappedColumn],
        rows: Sequence[Row],
        fields: dict[str, Any],
        errors: list[CellError],
    ) -> None:
        """The entries of one list, one a row. The innermost loop: a call a cell would cost a fifth of an import."""
        plan = [(column.target.name, column.place, column.texts, column) for column in columns]
        has_sides = inside == LINES and self._columns.has_sides
        entries: list[dict[str, Any]] = []
        for row in rows:
            cells = row.cells
            entry: dict[str, Any] = {}
            for name, place, texts, column in plan:
                cell = cells[place]
                value = texts[cell] if type(cell) is str else column.convert(cell)
                if type(value) in ODD:
                    if value is NOTHING:
                        continue
                    value = self._odd_in_entry(row, column, value, fields, errors)
                if name not in entry:
                    entry[name] = value
            if entry:
                if has_sides:
                    self._sides(row, entry, errors)
                entries.append(entry)
        if entries:
            fields[inside] = entries

    def _odd_in_entry(
        self, row: Row, column: MappedColumn, value: object, fields: dict[str, Any], errors: list[CellError]
    ) -> object:
        """An amount with its currency; None for what cannot be read, so that it is not also missing."""
        if isinstance(value, Marked):
            return self._marked(row, column, value, fields, errors)
        if isinstance(value, Fault):
            errors.append(_error(row, column, value.message))
        return None

    def _marked(
        self, row: Row, column: MappedColumn, marked: Marked, fields: dict[str, Any], errors: list[CellError]
    ) -> object:
        """A currency that stands beside an amount is the document's, or contradicts it."""
        if self._columns.has_currency:
            code = marked.currency
            known = fields.setdefault("currency", {"code": code})
            if known.get("code") not in {None, code}:
                errors.append(_error(row, column, f"This amount is in {code}, the document in {known['code']}."))
        return marked.value

    def _both_spellings(self, fields: dict[str, Any], origins: Origins) -> Iterator[CellError]:
        """A record named by its id and by its name at once: one of the two would be dropped."""
        for level, name, by_id in self._columns.twins:
            found = fields.get(level, ()) if level else fields
            for place, entry in enumerate([found] if isinstance(found, dict) else found):
                if name in entry and by_id in entry:
                    path = f"{level}[{place}].{by_id}" if isinstance(found, list) else f"{level}.{by_id}".lstrip(".")
                    row, heading, shown, column = origins[path]
                    text = f"Give either “{by_id}” or “{name}”, not both."
                    yield CellError(row, heading, shown, text, column, path)

    def _sides(self, row: Row, entry: dict[str, Any], errors: list[CellError]) -> None:
        """A journal's two columns are one amount and its side."""
        debit, credit = entry.pop("debit", None), entry.pop("credit", None)
        if debit and credit:
            errors.append(CellError(row.number, "", "", "A journal line is a debit or a credit, not both."))
            return
        amount, side = (debit, "debit") if debit else (credit, "credit")
        if amount:
            entry["amount"] = abs(amount)
            entry["debit_or_credit"] = side if amount > 0 else "credit" if side == "debit" else "debit"

    def _source_id(
        self, fields: dict[str, Any], key: str, first: Row, repeated: Sequence[int], errors: list[CellError]
    ) -> str:
        """The document's identity; the number of a grouped document is taken in its checked form."""
        place, column = self._columns.key_place, self._columns.key_column
        value = fields.pop("source_id", None) if column is None or column.target.path == "source_id" else key
        source_id = str(value if value is not None else key).strip()
        heading = self._columns.heading_of(place)
        cell = first.cells[place] if place < len(first.cells) else ""
        if not source_id and not any(error.place == place for error in errors):
            errors.append(
                CellError(first.number, heading, "", "The document number is missing: every document needs one.", place)
            )
        if repeated:
            others = ", ".join(str(number) for number in repeated if number != first.number)
            errors.append(
                CellError(
                    first.number,
                    heading,
                    text_of(cell),
                    f"This number stands in row {others} too. Give each document a number of its own, or say in the "
                    "mapping that several rows are one document (row_per_line).",
                    place,
                )
            )
        return source_id


def _is_bad(row: Row) -> bool:
    return len(row.cells) == 1 and isinstance(row.cells[0], BadRow)


def _error(row: Row, column: MappedColumn, message: str) -> CellError:
    shown = text_of(row.cells[column.place])
    return CellError(row.number, column.heading, shown, message, column.place, column.target.path)
