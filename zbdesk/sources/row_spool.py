"""The rows of a table as a person sees them, kept aside so that a grid can show any of them at once.

Written by one thread while another reads. Memory: eight bytes for every 256 rows, and the last chunks that were shown;
the rows themselves lie in a temporary file that only its owner can read and that is gone when it is closed.
"""

from __future__ import annotations

import json
import tempfile
import threading
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import IO

from zbdesk.sources.base import BadCell, Row
from zbdesk.sources.reading.headings import text_of

CHUNK = 256
MOST = 300_000
"""Rows that can be shown; those behind are read and imported like all others."""

_LONGEST = 2_000
_KEPT = 48

ShownRow = tuple[int, Sequence[str]]
"""Number of the row in the file, and the text of its cells."""


class RowSpool:
    """Rows by their position from 0. ``close`` it."""

    def __init__(self) -> None:
        # Closed by ``close``: the rows outlive this call.
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="zbdesk-")  # noqa: SIM115
        self._lock = threading.Lock()
        self._starts = array("q")
        self._firsts = array("q")
        self._open: list[ShownRow] = []
        self._kept: OrderedDict[int, list[ShownRow]] = OrderedDict()
        self._end = 0
        self._closed = False
        self.count = 0
        """Rows that can be shown."""

        self.is_cut = False
        """Whether the file has more rows than that."""

    def add(self, row: Row) -> bool:
        """Take one more row; False once no more are taken."""
        if self.count + len(self._open) >= MOST:
            self.is_cut = True
            return False
        texts = [_shown(cell) for cell in row.cells]
        with self._lock:
            self._open.append((row.number, texts))
            if len(self._open) == CHUNK:
                self._flush()
        return True

    def finish(self) -> None:
        """No more rows come."""
        with self._lock:
            if self._open:
                self._flush()

    def _flush(self) -> None:
        if self._closed:
            return
        data = json.dumps(self._open, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self._file.seek(self._end)
        self._file.write(data)
        self._starts.append(self._end)
        self._firsts.append(self._open[0][0])
        self._end += len(data)
        self.count += len(self._open)
        self._open = []

    def row(self, position: int) -> ShownRow:
        """The row at this position. Raises ``IndexError`` where there is none."""
        if not 0 <= position < self.count:
            raise IndexError(position)
        return self._chunk(position // CHUNK)[position % CHUNK]

    def rows(self) -> Iterator[ShownRow]:
        """All rows, from the first; nothing of them is kept."""
        for at in range(len(self._starts)):
            yield from self._read(at)

    def position_of(self, number: int) -> int | None:
        """Where a row of the file stands; None for one that is not here."""
        at = bisect_right(self._firsts, number) - 1
        if at < 0:
            return None
        for place, (own, _texts) in enumerate(self._chunk(at)):
            if own == number:
                return at * CHUNK + place
        return None

    def _chunk(self, at: int) -> list[ShownRow]:
        found = self._kept.get(at)
        if found is None:
            found = self._kept[at] = self._read(at)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(at)
        return found

    def _read(self, at: int) -> list[ShownRow]:
        with self._lock:
            if self._closed:
                return []
            end = self._starts[at + 1] if at + 1 < len(self._starts) else self._end
            self._file.seek(self._starts[at])
            data = self._file.read(end - self._starts[at])
        found: list[ShownRow] = json.loads(data.decode("utf-8", "surrogatepass"))
        return found

    def close(self) -> None:
        """Let the rows go; twice is harmless."""
        with self._lock:
            self._closed = True
            self.count = 0
            self._kept.clear()
            self._file.close()


def _shown(cell: object) -> str:
    if isinstance(cell, BadCell):
        return cell.shown[:_LONGEST]
    return cell[:_LONGEST] if isinstance(cell, str) else text_of(cell)  # type: ignore[arg-type]
