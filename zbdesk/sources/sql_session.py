"""One question to a foreign database, so limited that a wrong one cannot hang anything, and one answer written back.

Runs on the caller's thread (never the window's) and ends by itself: by the database's own time-out, by a clock beside
it that shuts the connection where the database does not keep to it, or by ``stop`` from another thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from zbdesk.domain.errors import TransientError
from zbdesk.sources import sql_drivers
from zbdesk.sources.sql_address import Address
from zbdesk.sources.sql_errors import (
    DatabaseDown,
    DuplicateColumns,
    QueryRefused,
    QueryStopped,
    QueryTooSlow,
    TooManyRows,
    translate,
)
from zbdesk.sources.sql_statement import Flavour, Statement

_GRACE = 1.0
"""Seconds that the database may take over its own time-out before the connection is shut."""

_TRIES = 3
_TIMED_OUT = ("57014", 3024, 1969, 1317)
"""PostgreSQL, MySQL and MariaDB say with these that they stopped a statement."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` for one reading from its first to its last row; ``rows``: more is taken for a mistake."""

    seconds: float = 60.0
    rows: int = 200_000


class Question:
    """A running query: ``columns``, then ``rows`` once. A context that closes; ``stop`` may come from any thread."""

    def __init__(self, address: Address, limits: Limits) -> None:
        self._address = address
        self._limits = limits
        self._driver: sql_drivers.Driver | None = None
        self._stopped = threading.Event()
        self._late = threading.Event()
        self._lock = threading.Lock()
        self._watch: threading.Timer | None = None
        self._rows: Iterator[Sequence[Any]] = iter(())
        self._ends = 0.0
        self.columns: tuple[str, ...] = ()

    def ask(self, statement: Statement, values: Mapping[str, object]) -> None:
        """Connect and run. Raises what is wrong with the address, the server or the query; then all is closed."""
        seconds = self._limits.seconds
        self._ends = time.monotonic() + seconds
        self._watch = threading.Timer(seconds + _GRACE, self._too_late)
        self._watch.daemon = True
        self._watch.start()
        try:
            with self._translated():
                driver = sql_drivers.connect(self._address, seconds=seconds, read_only=True)
                with self._lock:
                    self._driver = driver
                self._unless_stopped()
                names, rows = driver.select(statement.text, statement.bind(values))
            self.columns = tuple(str(name) for name in names)
            self._rows = rows
            _require_distinct(self.columns)
        except BaseException:
            self.close()
            raise

    def rows(self, most: int | None = None) -> Iterator[Sequence[Any]]:
        """The rows as they come. With ``most`` the first ones; without, more than the limit is ``TooManyRows``."""
        count = 0
        while most is None or count < most:
            with self._translated():
                row = next(self._rows, None)
            if row is None:
                return
            count += 1
            if most is None and count > self._limits.rows:
                raise TooManyRows(self._limits.rows)
            # A server may keep its own time-out for each batch alone.
            if count % sql_drivers.BATCH == 0 and time.monotonic() > self._ends:
                raise QueryTooSlow(self._limits.seconds)
            yield row

    def stop(self) -> None:
        """End it now; whoever reads gets ``QueryStopped``. From any thread, however often."""
        self._stopped.set()
        self._cut()

    def close(self) -> None:
        """Let go of the connection; twice is harmless."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        with self._lock:
            driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unless_stopped(self) -> None:
        if self._stopped.is_set():
            raise QueryStopped

    def _too_late(self) -> None:
        self._late.set()
        self._cut()

    def _cut(self) -> None:
        with self._lock:
            if self._driver is not None:
                self._driver.cut()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            # Whatever a driver raises when its connection is shut under it, these two are the reason.
            if self._stopped.is_set():
                raise QueryStopped from error
            if self._late.is_set() or _timed_out(error) or self._is_over(error):
                raise QueryTooSlow(self._limits.seconds) from error
            turned = translate(error, self._address)
            if turned is None:
                raise
            raise turned from error

    def _is_over(self, error: Exception) -> bool:
        return self._address.flavour is Flavour.SQLITE and "interrupted" in str(error)


def _require_distinct(columns: Sequence[str]) -> None:
    folded = [name.casefold() for name in columns]
    twice = next((name for name in columns if folded.count(name.casefold()) > 1), None)
    if twice is not None:
        raise DuplicateColumns(twice)


def _timed_out(error: Exception) -> bool:
    return getattr(error, "sqlstate", None) in _TIMED_OUT or (bool(error.args) and error.args[0] in _TIMED_OUT)


class NothingWritten(QueryRefused):
    """The statement for writing back touched no row, or more than one."""

    def __init__(self, source_id: str, count: int) -> None:
        super().__init__("")
        what = "no row" if count == 0 else f"{count} rows"
        self.title = f"Writing back touched {what} for the document {source_id}."
        self.message = "It must touch exactly one. It was taken back; check the WHERE of the statement."
        self.args = (self.title,)
        self.subject = source_id
        self.code = "write_back_rows"


class InDoubt(TransientError):
    """The connection broke while the database made it hold: it may be written or not."""

    def __init__(self, source_id: str) -> None:
        super().__init__(
            f"It is unclear whether the outcome of {source_id} was written back.",
            "The connection broke at the end. An INSERT is not repeated by itself; look at the table.",
            code="write_back_doubt",
        )


class Writer:
    """Writes outcomes back, one transaction each, on one connection that is made again when it breaks."""

    def __init__(
        self, address: Address, statement: Statement, limits: Limits, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._address = address
        self._statement = statement
        self._limits = limits
        self._sleep = sleep
        self._driver: sql_drivers.Driver | None = None
        self._repeats = statement.text.lstrip()[:6].casefold() == "update"

    def write(self, source_id: str, values: Mapping[str, object]) -> None:
        """One outcome. What is transient is tried again twice. Raises what stands in the way."""
        for left in range(_TRIES - 1, -1, -1):
            try:
                self._once(source_id, values)
            except InDoubt:
                if not (self._repeats and left):
                    raise
            except TransientError:
                if not left:
                    raise
            else:
                return
            self.close()
            self._sleep(0.2 * (_TRIES - left))

    def _once(self, source_id: str, values: Mapping[str, object]) -> None:
        with self._translated(source_id, at_end=False):
            if self._driver is None:
                self._driver = sql_drivers.connect(self._address, seconds=self._limits.seconds, read_only=False)
            driver = self._driver
            try:
                count = driver.change(self._statement.text, self._statement.bind(values))
            except BaseException:
                driver.roll_back()
                raise
        if count != 1:
            driver.roll_back()
            raise NothingWritten(source_id, count)
        with self._translated(source_id, at_end=True):
            driver.commit()

    @contextmanager
    def _translated(self, source_id: str, *, at_end: bool) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.close()  # a connection that failed once is not used again
            if _timed_out(error) or "interrupted" in str(error):
                raise QueryTooSlow(self._limits.seconds) from error
            turned = translate(error, self._address)
            if turned is None:
                raise
            if at_end and isinstance(turned, DatabaseDown):
                raise InDoubt(source_id) from error
            raise turned from error

    def close(self) -> None:
        """Let go; twice is harmless."""
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()
