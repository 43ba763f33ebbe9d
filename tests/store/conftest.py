"""Fixtures: a fresh database for each test, on both servers."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from zbdesk.store import connections
from zbdesk.store.database import Database

from .build import connection, now

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a PostgreSQL server of our own; skips with the reason where none can be started."""
    if sys.platform == "win32":
        pytest.skip("no PostgreSQL binaries are carried for Windows")
    from .servers import NoServer, server

    with ExitStack() as stack:
        try:
            address = stack.enter_context(server())
        except NoServer as exc:
            pytest.skip(f"no PostgreSQL server: {exc}")
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty database may be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "mirror.db")
        return
    import psycopg

    address: str = request.getfixturevalue("postgres")
    name = f"t{next(_numbers)}"
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} STRATEGY wal_log")
    yield address.replace("/postgres?", f"/{name}?")
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def db(target: str) -> Iterator[Database]:
    """The writer."""
    with Database.open(target, now=now) as handle:
        yield handle


@pytest.fixture
def reader(db: Database, target: str) -> Iterator[Database]:
    """A reader beside the writer."""
    with Database.open_reader(target) as handle:
        yield handle


@pytest.fixture
def cid(db: Database) -> int:
    """Key of a saved, current connection."""
    return connections.save(db, connection()).id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A SQLite file for what only files can do."""
    return tmp_path / "mirror.db"
