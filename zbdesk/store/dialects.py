"""What SQLite and PostgreSQL do differently, and nothing else: connecting, beginning, DDL words, placeholders.

Everything above writes SQL once, with ``?`` for values and no literal ``?`` or ``%`` in the text.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import peewee

from zbdesk.store.search_words import FUNCTION, index_words

BUSY_MS = 5_000
PAGE_SIZE = 16_384  # rows of 2 kB overflow small pages: half the time of the default 4,096
APPLICATION_ID = 0x7A62_646B  # "zbdk": what `file` and our own check recognise


class Dialect(Protocol):
    """One kind of database server."""

    name: str
    where: str
    orm: peewee.Database
    raw: Any
    foreign: tuple[type[Exception], ...]
    begin_write: str
    begin_read: str
    list_indexes: str
    """Query for the names of the indexes that exist."""

    ddl_words: dict[str, str]

    def connect(self) -> Any:
        """Open the driver's connection, without writing anything."""
        ...

    def sql(self, text: str) -> str:
        """The text with this driver's placeholders."""
        ...

    def tables(self) -> set[str]:
        """Names of the tables that exist."""
        ...

    def interrupt(self) -> None:
        """End the statement that runs on another thread, if one does: it fails there."""
        ...


_PLACE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL})
"""Result codes (their first byte) that speak of the disk, not of the file."""


class Sqlite:
    """A file. ``read_only`` opens it by URI with ``mode=ro``, so that not even a hot journal is touched."""

    name = "sqlite"
    foreign: tuple[type[Exception], ...] = (peewee.PeeweeException, sqlite3.Error)
    begin_write = "BEGIN IMMEDIATE"
    list_indexes = "SELECT name FROM sqlite_master WHERE type = 'index'"
    begin_read = "BEGIN"
    ddl_words = {  # noqa: RUF012 - constant table
        "pk": "INTEGER PRIMARY KEY",
        "rowid": "INTEGER PRIMARY KEY",
        "blob": "BLOB",
        "key": "TEXT",
        "random": "lower(hex(randomblob(16)))",
    }

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.where = str(path)
        self.is_frozen = False
        self._path = path
        self._read_only = read_only
        target = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
        # thread_safe=False: the handle is one connection, whoever holds it; pool threads may close each other's.
        self.orm: peewee.Database = peewee.SqliteDatabase(
            target,
            autoconnect=False,
            thread_safe=False,
            timeout=BUSY_MS // 1000,
            check_same_thread=False,
            uri=read_only,
        )

    def connect(self) -> sqlite3.Connection:
        """Open and set what holds for this connection only."""
        self.orm.connect()
        if self._read_only and not self._can_read():
            # A full or read-only disk has no room for the shared memory that even a reader wants. Without a log there
            # is nothing to share: the file is all there is.
            self.orm.close()
            self.orm.init(f"{self._path.absolute().as_uri()}?immutable=1")
            self.is_frozen = True
            self.orm.connect()
        raw: sqlite3.Connection = _driver(self.orm)
        self.raw = raw
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA cache_size = -16000")
        if self._read_only:
            raw.execute("PRAGMA query_only = ON")
        else:
            raw.create_function(FUNCTION, 5, index_words, deterministic=True)  # called by the triggers of the search
        return raw

    def _can_read(self) -> bool:
        """Whether the file answers; False only where its place is the reason and no log of a writer is there."""
        try:
            _driver(self.orm).execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            log = self._path.with_name(self._path.name + "-wal")
            if error.sqlite_errorcode & 0xFF in _PLACE and not (log.exists() and log.stat().st_size):
                return False
            raise
        return True

    def sql(self, text: str) -> str:
        """SQLite takes ``?`` as it is."""
        return text

    def tables(self) -> set[str]:
        """Names of the tables that exist; raises for a file that is no database."""
        rows = self.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in rows}

    def interrupt(self) -> None:
        """SQLite looks for it every few steps of a statement."""
        with suppress(sqlite3.ProgrammingError):  # closed this very moment: then nothing runs
            self.raw.interrupt()


class Postgres:
    """A server for teams. ``psycopg`` (3) is imported only when such an address is opened."""

    name = "postgres"
    begin_write = "BEGIN"
    list_indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
    begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    ddl_words = {  # noqa: RUF012 - constant table
        "pk": "BIGSERIAL PRIMARY KEY",
        "rowid": "BIGINT NOT NULL PRIMARY KEY",
        "blob": "BYTEA",
        "key": 'TEXT COLLATE "C"',
        "random": "replace(CAST(gen_random_uuid() AS TEXT), '-', '')",
    }

    def __init__(self, url: str, *, read_only: bool) -> None:
        import psycopg  # only team databases need the driver

        parts = urlsplit(url)
        self.where = f"{parts.hostname or 'localhost'}{parts.path}"  # never the password
        self.foreign: tuple[type[Exception], ...] = (peewee.PeeweeException, psycopg.Error)
        self._read_only = read_only
        self.orm: peewee.Database = peewee.PostgresqlDatabase(
            url, autoconnect=False, thread_safe=False, prefer_psycopg3=True
        )

    def connect(self) -> Any:
        """Open; readers cannot write even by mistake."""
        self.orm.connect()
        self.raw = raw = _driver(self.orm)
        raw.execute(f"SET lock_timeout = {BUSY_MS}")
        if self._read_only:
            raw.execute("SET default_transaction_read_only = on")
        return raw

    def sql(self, text: str) -> str:
        """``%s`` for each ``?``."""
        return _percent(text)

    def tables(self) -> set[str]:
        """Names of the tables in the current schema."""
        rows = self.raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {name for (name,) in rows.fetchall()}

    def interrupt(self) -> None:
        """The server is asked over a connection of its own."""
        self.raw.cancel()


def _driver(orm: peewee.Database) -> Any:
    """The driver's own connection, past peewee's wrapping: what the hot path speaks to."""
    return orm.connection()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1024)
def _percent(text: str) -> str:
    return text.replace("?", "%s")


def is_server(target: str | Path) -> bool:
    """Whether the target is a server's address rather than a file."""
    return str(target).startswith(("postgresql://", "postgres://"))
