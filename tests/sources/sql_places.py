"""Databases of other programs for the tests: an SQLite file, a PostgreSQL server, and MySQL where there is one.

MySQL needs its driver, and a server: that of ``ZBDESK_TEST_MYSQL=mysql://user:password@127.0.0.1:port/name``, else
one of our own where MariaDB is on the machine.
"""

from __future__ import annotations

import importlib.util
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from store.servers import NoServer, server

from tests.sources import mariadb


@dataclass
class Place:
    """A database with its address, and a way to do in it what its own program does."""

    kind: str
    url: str

    def do(self, *statements: str) -> None:
        """Carry these out and keep it."""
        with self._connection() as raw:
            cursor = raw.cursor()
            for statement in statements:
                cursor.execute(statement)
            raw.commit()

    def rows(self, text: str) -> list[Sequence[Any]]:
        """What a query gives."""
        with self._connection() as raw:
            cursor = raw.cursor()
            cursor.execute(text)
            return [tuple(row) for row in cursor.fetchall()]

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as raw:
                yield raw
        elif self.kind == "postgres":
            import psycopg

            with psycopg.connect(self.url) as raw:
                yield raw
        else:
            with closing(_mysql(self.url)) as raw:
                yield raw


def _mysql_url() -> str:
    """The address of a MySQL or MariaDB server; skips the test where there is none."""
    if importlib.util.find_spec("pymysql") is None:
        pytest.skip("the MySQL driver is not installed")
    if url := os.environ.get("ZBDESK_TEST_MYSQL", ""):
        return url
    try:
        host, port = mariadb.address()
    except mariadb.NoMariadb as reason:
        pytest.skip(str(reason))
    return f"mysql://{mariadb.USER}:{quote(mariadb.PASSWORD)}@{host}:{port}/{mariadb.DATABASE}"


def _mysql(url: str) -> Any:
    import pymysql

    from zbdesk.sources.sql_address import address

    at = address(url)
    return pymysql.connect(
        host=at.host, port=at.port or 3306, user=at.user, password=at.password, database=at.database, charset="utf8mb4"
    )


@contextmanager
def place_of(kind: str, folder: Path) -> Iterator[Place]:
    """An empty database of this kind; skips the test where there is no server."""
    if kind == "sqlite":
        yield Place(kind, f"sqlite:///{folder / 'shop.db'}")
    elif kind == "mysql":
        place = Place(kind, _mysql_url())
        place.do("DROP TABLE IF EXISTS orders", "DROP TABLE IF EXISTS many")
        yield place
    else:
        try:
            with server() as url:
                yield Place(kind, f"postgresql://tester@/postgres?host={quote(url.partition('host=')[2], safe='%')}")
        except NoServer as reason:
            pytest.skip(str(reason))
