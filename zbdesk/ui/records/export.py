"""Taking records out of a table: to the clipboard as lines with tabs, to a file in the format of its ending.

Runs in the pool, in the order in which the table shows them. Amounts leave as plain decimals and dates as ISO, so that
a spreadsheet takes them for what they are. Invariant: no cell can become a formula.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from zbdesk.app.reader import Reader, ToItsEnd
from zbdesk.domain.errors import InterruptedByUser
from zbdesk.domain.views import RecordFilter, RecordView
from zbdesk.ui import text
from zbdesk.ui.models.columns import Column, Kind
from zbdesk.ui.records.export_dialog import Format, Wanted

BATCH = 500


def in_order(reader: Reader, ids: array[int]) -> Iterator[RecordView]:
    """These records in the order of their keys, a batch at a time."""
    for start in range(0, len(ids), BATCH):
        yield from reader.rows(ids[start : start + BATCH])


def as_lines(
    views: Iterator[RecordView] | Sequence[RecordView], columns: Sequence[Column], *, titles: bool = True
) -> str:
    """The records as tab-separated lines, under a line of titles where ``titles`` says so."""
    lines = ["\t".join(column.title for column in columns)] if titles else []
    lines += ["\t".join(_cell(view, column) for column in columns) for view in views]
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class Writing:
    """One file under way: how many records it has, and whether a person wants it to end."""

    done: int = 0
    stop: Event = field(default_factory=Event)

    def counted(self, views: Iterable[RecordView]) -> Iterator[RecordView]:
        """The records, counted; raises ``InterruptedByUser`` where it is to end, before anything took its place."""
        for view in views:
            if self.stop.is_set():
                raise InterruptedByUser("Stopped.", "Nothing was written.")
            yield view
            self.done += 1


def write_job(
    module: str, ids: array[int] | None, path: Path, wanted: Wanted | None, under_way: Writing
) -> Callable[[Reader], int]:
    """For the pool: write the records to the file and say how many there were. None is the whole module.

    ``wanted`` None: by the file's ending. Raises the export's named errors, and ``InterruptedByUser``.
    """

    def job(reader: Reader) -> int:
        from zbdesk.app.export import export_counted
        from zbdesk.app.export_csv import PLAIN, for_this_computer

        if wanted is not None and wanted.format is Format.SQLITE:
            return _snapshot(reader, module, path)
        style = for_this_computer()
        if wanted is not None and wanted.format is Format.CSV_PLAIN:
            style = replace(PLAIN, marked=wanted.marked)
        keys = _all(reader, module) if ids is None else ids
        return export_counted(under_way.counted(in_order(reader, keys)), path, style=style).count

    return ToItsEnd(job)


def _all(reader: Reader, module: str) -> array[int]:
    return reader.sorted_ids(module, sort="number", descending=False, where=RecordFilter())


def _snapshot(reader: Reader, module: str, path: Path) -> int:
    connection = reader.last_connection()
    if connection is None:
        return 0
    return sum(totals.count for totals in reader.snapshot(connection, [module], path).values())


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
