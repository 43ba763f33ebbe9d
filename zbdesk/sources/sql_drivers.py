"""One connection to a foreign database, by peewee: how each kind is opened for reading only, limited and cut off.

Everything here is what the kinds do differently; what they share stands in ``sql_session``. Invariant: a reading
connection cannot change anything, whatever the statement says, and it can be ended from another thread.
"""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import peewee

from zbdesk.sources.sql_address import Address, mysql_driver, require_driver
from zbdesk.sources.sql_errors import NoSuchDatabase, NotADatabase
from zbdesk.sources.sql_statement import Flavour

BATCH = 1_000
"""Rows fetched at a time: memory stays the same for any result."""

CONNECT_SECONDS = 10
_STEPS = 20_000
"""SQLite's virtual machine instructions between two looks at the clock: about a millisecond."""

_NAME = "zbdesk source"


class Driver(Protocol):
    """One open connection. Not for use from several threads, but ``cut`` may come from any."""

    foreign: tuple[type[Exception], ...]

    def select(self, text: str, values: Mapping[str, object]) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
        """Run a query; the names of its columns and its rows, which are fetched as they are asked for."""
        ...

    def change(self, text: str, values: Mapping[str, object]) -> int:
        """Run a statement inside a transaction that is still open; how many rows it touched."""
        ...

    def commit(self) -> None:
        """Make it hold."""
        ...

    def roll_back(self) -> None:
        """Take it back."""
        ...

    def cut(self) -> None:
        """End what runs, from another thread."""
        ...

    def close(self) -> None:
        """Let go; twice is harmless."""
        ...


def connect(address: Address, *, seconds: float, read_only: bool) -> Driver:
    """Open a connection that only reads, or one for writing back. Raises the driver's failures and ``NoDriver``."""
    require_driver(address.flavour)
    kinds: dict[Flavour, Callable[..., Driver]] = {
        Flavour.SQLITE: _Sqlite,
        Flavour.POSTGRES: _Postgres,
        Flavour.MYSQL: _MySql,
    }
    return kinds[address.flavour](address, seconds=seconds, read_only=read_only)


# -- SQLite ------------------------------------------------------------------------------------------------------------

_MAY_READ = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_MAY_WRITE = _MAY_READ | {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_TRANSACTION}
_PLACE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_NO_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})


class _Sqlite:
    """A file, opened with ``mode=ro`` and an authorizer: nothing can be attached, set or written."""

    foreign: tuple[type[Exception], ...] = (sqlite3.Error, peewee.PeeweeException)
    _db: Any
    _raw: Any
    _cursor: Any = None

    def __init__(self, address: Address, *, seconds: float, read_only: bool) -> None:
        path = Path(address.database).absolute()
        if not path.is_file():
            raise NoSuchDatabase(str(path))
        if path.stat().st_size == 0:
            raise NotADatabase(str(path))
        self._deadline = time.monotonic() + seconds
        self._cut = threading.Event()
        self._open(f"{path.as_uri()}?mode={'ro' if read_only else 'rw'}", seconds)
        try:
            self._raw.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            log = path.with_name(f"{path.name}-wal")
            if not read_only or error.sqlite_errorcode & 0xFF not in _PLACE or (log.exists() and log.stat().st_size):
                self._db.close()
                raise
            # A folder that cannot be written has no room for the shared memory that even a reader wants.
            self._db.close()
            self._open(f"{path.as_uri()}?immutable=1", seconds)
        except BaseException:
            self._db.close()
            raise
        if read_only:
            self._raw.execute("PRAGMA query_only = ON")
        self._allowed = _MAY_READ if read_only else _MAY_WRITE
        self._raw.set_authorizer(self._authorize)
        self._raw.set_progress_handler(self._is_over, _STEPS)

    def _open(self, target: str, seconds: float) -> None:
        self._db = peewee.SqliteDatabase(
            target,
            uri=True,
            autoconnect=False,
            thread_safe=False,
            timeout=min(5, seconds),
            check_same_thread=False,
        )
        self._db.connect()
        self._raw = self._db.connection()

    def _authorize(self, action: int, first: str | None, second: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_FUNCTION and (second or first or "").casefold() in _NO_FUNCTIONS:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK if action in self._allowed else sqlite3.SQLITE_DENY

    def _is_over(self) -> bool:
        return self._cut.is_set() or time.monotonic() > self._deadline

    def select(self, text: str, values: Mapping[str, object]) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
        """See ``Driver``."""
        self._cursor = cursor = self._raw.execute(text, dict(values))
        return [column[0] for column in cursor.description or ()], _batches(cursor)

    def change(self, text: str, values: Mapping[str, object]) -> int:
        """See ``Driver``."""
        self._raw.execute("BEGIN IMMEDIATE")
        return int(self._raw.execute(text, {name: _plain(value) for name, value in values.items()}).rowcount)

    def commit(self) -> None:
        """See ``Driver``."""
        self._raw.execute("COMMIT")

    def roll_back(self) -> None:
        """See ``Driver``."""
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def cut(self) -> None:
        """See ``Driver``."""
        self._cut.set()

    def close(self) -> None:
        """See ``Driver``."""
        if not self._db.is_closed():
            self._raw.set_progress_handler(None, 0)
            if self._cursor is not None:
                self._cursor.close()  # a statement half read would keep its lock, whoever still refers to it
            self._db.close()


# -- servers -----------------------------------------------------------------------------------------------------------


class _Server:
    """What servers share: one transaction, a cursor that the server keeps, a socket that can be shut."""

    foreign: tuple[type[Exception], ...] = ()
    _raw: Any
    _db: Any  # peewee's own: what is used of it has no types

    def _shut(self, descriptor: int) -> None:
        """Shut the socket under the driver: a frozen server answers no polite request either."""
        with contextlib.suppress(OSError), socket.fromfd(descriptor, socket.AF_INET, socket.SOCK_STREAM) as wire:
            wire.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """See ``Driver``."""
        if not self._db.is_closed():
            with contextlib.suppress(*self.foreign):  # a cut connection cannot say goodbye
                self._db.close()


class _Postgres(_Server):
    """PostgreSQL by psycopg: a read-only transaction with a time-out, rows by a cursor on the server."""

    _cursor: Any = None

    def __init__(self, address: Address, *, seconds: float, read_only: bool) -> None:
        import psycopg

        self.foreign = (psycopg.Error, peewee.PeeweeException)
        given: dict[str, Any] = {"host": address.host, "port": address.port, "user": address.user or None}
        given |= {"password": address.password or None, "connect_timeout": _patience(seconds), **address.options}
        given.setdefault("application_name", _NAME)
        given["keepalives_idle"] = CONNECT_SECONDS
        known = {key: value for key, value in given.items() if value is not None}
        self._db = peewee.PostgresqlDatabase(address.database, autoconnect=False, prefer_psycopg3=True, **known)
        # peewee would hide the driver's own class, which alone says what is wrong.
        self._raw = self._db._connect()  # noqa: SLF001
        self._db._state.set_connection(self._raw)  # noqa: SLF001
        milliseconds = max(1, int(seconds * 1000))
        for name, value in (
            ("statement_timeout", milliseconds),
            ("lock_timeout", min(milliseconds, 5_000)),
            ("idle_in_transaction_session_timeout", max(milliseconds, 60_000) * 2),
        ):
            self._raw.execute("SELECT set_config(%s, %s, false)", (name, str(value)))
        self._read_only = read_only

    def select(self, text: str, values: Mapping[str, object]) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
        """See ``Driver``."""
        self._raw.execute("BEGIN READ ONLY")
        self._cursor = cursor = self._raw.cursor(name="zbdesk", scrollable=False)
        cursor.execute(text, dict(values))
        return [column.name for column in cursor.description or ()], _batches(cursor)

    def change(self, text: str, values: Mapping[str, object]) -> int:
        """See ``Driver``."""
        self._raw.execute("BEGIN")
        return int(self._raw.execute(text, dict(values)).rowcount)

    def commit(self) -> None:
        """See ``Driver``."""
        self._raw.execute("COMMIT")

    def roll_back(self) -> None:
        """See ``Driver``."""
        with contextlib.suppress(*self.foreign):  # a lost connection has no transaction any more
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """See ``Driver``."""
        cursor, self._cursor = self._cursor, None
        if cursor is not None:
            with contextlib.suppress(*self.foreign):  # a cut connection has no cursor any more
                cursor.close()
        super().close()

    def cut(self) -> None:
        """See ``Driver``."""
        with contextlib.suppress(*self.foreign, OSError):
            descriptor = self._raw.fileno()
            with contextlib.suppress(*self.foreign, OSError):
                self._raw.cancel_safe(timeout=2)  # so that the server does not go on for nobody
            self._shut(descriptor)


class _MySql(_Server):
    """MySQL and MariaDB by PyMySQL: a read-only transaction with a time-out, rows as the server sends them."""

    def __init__(self, address: Address, *, seconds: float, read_only: bool) -> None:
        pymysql = mysql_driver()
        self.foreign = (pymysql.MySQLError, peewee.PeeweeException)
        self._unbuffered = pymysql.cursors.SSCursor
        self._address = address
        given: dict[str, Any] = {"host": address.host, "user": address.user or None, "password": address.password}
        given |= {"connect_timeout": _patience(seconds), "read_timeout": seconds + 2, "write_timeout": seconds + 2}
        given |= {key: value for key, value in address.options.items() if key in {"charset", "unix_socket"}}
        if address.port:
            given["port"] = address.port
        if "ssl_ca" in address.options:
            given["ssl"] = {"ca": address.options["ssl_ca"]}
        self._arguments = {key: value for key, value in given.items() if value is not None}
        self._db = peewee.MySQLDatabase(address.database, autoconnect=False, **self._arguments)
        self._raw = self._db._connect()  # noqa: SLF001 - as above
        self._db._state.set_connection(self._raw)  # noqa: SLF001
        self._limit(seconds)
        self._do("SET SESSION innodb_lock_wait_timeout = 5")
        self._do("SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')")
        if read_only:
            self._do("SET SESSION TRANSACTION READ ONLY")

    def _limit(self, seconds: float) -> None:
        """MariaDB and MySQL call the time-out differently, and neither knows the other's."""
        try:
            self._do(f"SET SESSION max_statement_time = {seconds:.3f}")
        except self.foreign:
            self._do(f"SET SESSION max_execution_time = {max(1, int(seconds * 1000))}")

    def _do(self, text: str) -> None:
        with self._raw.cursor() as cursor:
            cursor.execute(text)

    def select(self, text: str, values: Mapping[str, object]) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
        """See ``Driver``."""
        self._do("START TRANSACTION READ ONLY")
        cursor = self._raw.cursor(self._unbuffered)
        cursor.execute(text, dict(values))
        return [column[0] for column in cursor.description or ()], _batches(cursor)

    def change(self, text: str, values: Mapping[str, object]) -> int:
        """See ``Driver``. Rows that already are as wanted count as touched."""
        self._do("START TRANSACTION")
        with self._raw.cursor() as cursor:
            cursor.execute(text, dict(values))
            return int(cursor.rowcount)

    def commit(self) -> None:
        """See ``Driver``."""
        self._do("COMMIT")

    def roll_back(self) -> None:
        """See ``Driver``."""
        with contextlib.suppress(*self.foreign):
            self._do("ROLLBACK")

    def close(self) -> None:
        """See ``Driver``. Rows that nobody asks for any more are given up, not read to their end."""
        result = getattr(self._raw, "_result", None)
        if result is not None:
            # The driver would read on from the closed connection.
            result.unbuffered_active = False
            result.connection = None
        super().close()

    def cut(self) -> None:
        """See ``Driver``."""
        wire = getattr(self._raw, "_sock", None)
        descriptor = -1 if wire is None else wire.fileno()
        if descriptor < 0:
            return
        with contextlib.suppress(*self.foreign, OSError):
            arguments = {**self._arguments, "connect_timeout": 2, "read_timeout": 2}
            with mysql_driver().connect(**arguments) as other, other.cursor() as cursor:
                cursor.execute("KILL %s", (self._raw.thread_id(),))
        self._shut(descriptor)


def _patience(seconds: float) -> int:
    """How long to wait for a connection; libpq takes whole seconds, from two."""
    return min(CONNECT_SECONDS, max(2, round(seconds)))


def _batches(cursor: Any) -> Iterator[Sequence[Any]]:
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def _plain(value: object) -> object:
    """SQLite knows no amounts and no times; they are written as text, to the last digit."""
    from datetime import date, datetime
    from decimal import Decimal

    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
