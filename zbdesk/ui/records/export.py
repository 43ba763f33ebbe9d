"""Taking records out of a table: to the clipboard as lines with tabs, to a file in the format of its ending.

Runs in the pool, in the order in which the table shows them. Amounts leave as plain decimals and dates as ISO, so that
a spreadsheet takes them for what they are. Invariant: no cell can become a formula.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zbdesk.domain.views import RecordView
from zbdesk.ui import text
from zbdesk.ui.models.columns import Column, Kind

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader

BATCH = 500


def in_order(reader: Reader, ids: array[int]) -> Iterator[RecordView]:
    """These records in the order of their keys, a batch at a time."""
    for start in range(0, len(ids), BATCH):
        yield from reader.rows(ids[start : start + BATCH])


def as_lines(views: Iterator[RecordView] | Sequence[RecordView], columns: Sequence[Column]) -> str:
    """The records as tab-separated lines under a line of titles."""
    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(_cell(view, column) for column in columns) for view in views]
    return "\n".join(lines) + "\n"


def write(reader: Reader, ids: array[int], path: Path) -> int:
    """Write the records to a file and say how many there were. Raises the export's named errors."""
    from zbdesk.app.export import export

    return export(in_order(reader, ids), path, for_spreadsheet=True)


def _cell(view: RecordView, column: Column) -> str:
    value = getattr(view, column.key)
    if value is None:
        return ""
    if column.kind is Kind.MONEY:
        return format(value, "f")
    if column.kind is Kind.STATE:
        return text.record_state(value).text
    if column.kind is Kind.STATUS:
        return text.document_status(value).text
    if column.kind is Kind.STAMP:
        return str(value.strftime("%Y-%m-%d %H:%M:%S"))
    from zbdesk.app.export import neutral

    return neutral(" ".join(str(value).split()))
