"""Rows of a query kept aside, so that they can be read twice without asking the database twice.

Small results stay in memory; larger ones go to a temporary file that only its owner can read and that is gone
when it is closed. The foreign database is let go of before anything is written here.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO

from zbdesk.sources.base import Row
from zbdesk.sources.sql import SqlReading

_IN_MEMORY = 16 * 1024 * 1024
_BATCH = 1_000


class SpooledTable:
    """A query's result as a table that can be read from its beginning as often as wanted. Close it."""

    header_row = 1

    def __init__(self, reading: SqlReading) -> None:
        """Read it to its end. Raises what the database says; then nothing is kept."""
        self.headings: Sequence[str] = reading.headings
        # Closed by ``close``: the table outlives this call.
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, prefix="zbdesk-")  # noqa: SIM115
        self._batches = 0
        self.count = 0
        try:
            batch: list[Row] = []
            for row in reading.rows():
                batch.append(row)
                if len(batch) == _BATCH:
                    self._keep(batch)
                    batch = []
            self._keep(batch)
        except BaseException:
            self._file.close()
            raise
        finally:
            reading.close()
        self.mark = reading.mark

    def _keep(self, batch: list[Row]) -> None:
        if batch:
            pickle.dump([tuple(row) for row in batch], self._file, pickle.HIGHEST_PROTOCOL)
            self._batches += 1
            self.count += len(batch)

    def rows(self) -> Iterator[Row]:
        """All rows, from the first; one reading at a time."""
        self._file.seek(0)
        for _ in range(self._batches):
            batch = pickle.load(self._file)  # noqa: S301 - written above, by this process, into a file of its own
            place = self._file.tell()
            for number, cells in batch:
                yield Row(number, cells)
            self._file.seek(place)

    def close(self) -> None:
        """Remove what was kept; twice is harmless."""
        self._file.close()
