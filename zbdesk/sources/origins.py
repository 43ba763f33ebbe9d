"""Where the parts of a document stand in its table: from a fault's path back to row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from zbdesk.sources.base import Row
from zbdesk.sources.columns import Columns, MappedColumn
from zbdesk.sources.reading.headings import text_of

Origin = tuple[int, str, str, int]
"""Row number, heading, what the cell shows, position of the column."""

_STEP = re.compile(r"([^.\[]+)(?:\[(\d+)\])?")


class Origins(Mapping[str, Origin]):
    """Looked up when a fault is found, not before: most documents have none."""

    def __init__(self, columns: Columns, rows: Sequence[Row]) -> None:
        self._columns = columns
        self._rows = rows

    def __getitem__(self, path: str) -> Origin:
        """The cell of a path as ``parse_document`` names it; the first row and no column for what has none."""
        steps = _STEP.findall(path)
        if not steps:
            return self._at(self._rows[0], None)
        name, index = steps[0]
        rest = [step for step, _ in steps[1:]]
        row = self._rows[0]
        if index:
            row = self._entry_row(name, int(index))
        return self._at(row, self._column(name, rest, is_entry=bool(index)))

    def _entry_row(self, name: str, index: int) -> Row:
        """The row of the n-th entry: rows without any cell of the list made none."""
        columns = next((columns for inside, columns in self._columns.entries if inside == name), ())
        filled = [row for row in self._rows if any(text_of(row.cells[column.place]) for column in columns)]
        return filled[index] if index < len(filled) else self._rows[0]

    def _column(self, name: str, rest: Sequence[str], *, is_entry: bool) -> MappedColumn | None:
        wanted = [name, *rest]
        plain = ".".join(wanted)
        for column in self._columns.all:
            target = column.target
            own = [part for part in (target.inside or target.nested, target.name) if part]
            if own == wanted[: len(own)] or target.path == plain:
                return column
            if not is_entry and not target.inside and own[-1:] == [f"{name}_id"]:
                return column
        if is_entry and rest:
            return next(
                (one for one in self._columns.all if one.target.inside == name and one.target.name == rest[0]), None
            )
        return None

    def _at(self, row: Row, column: MappedColumn | None) -> Origin:
        if column is None:
            return row.number, "", "", -1
        return row.number, column.heading, text_of(row.cells[column.place]), column.place

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.by_path)

    def __len__(self) -> int:
        return len(self._columns.by_path)
