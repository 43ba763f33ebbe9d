"""Bringing a database to the newest schema: find out what is there, back it up, run what is missing.

Invariant: a migration and the record that it ran are one transaction, so a crash leaves either both or neither.
"""

from __future__ import annotations

from datetime import datetime

from zbdesk.store import migrations
from zbdesk.store.dialects import Dialect
from zbdesk.store.errors import ForeignDatabase, NewerSchema
from zbdesk.store.times import to_us

_HISTORY = """CREATE TABLE migration (
    number BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at BIGINT NOT NULL
)"""
_ADVISORY_KEY = 0x7A62_646B  # PostgreSQL: two clients never migrate at once


def newest() -> int:
    """The schema version this program knows."""
    return migrations.ALL[-1].number


def version(dialect: Dialect) -> int:
    """The schema version found; 0 for an empty database. Never writes.

    Raises ``ForeignDatabase`` for tables without our history, ``NewerSchema`` for a version we do not know.
    """
    tables = dialect.tables()
    if "migration" not in tables:
        if tables:
            raise ForeignDatabase(dialect.where)
        return 0
    row = dialect.raw.execute("SELECT MAX(number) FROM migration").fetchone()
    found = int(row[0] or 0)
    if found > newest():
        raise NewerSchema(dialect.where, found, newest())
    return found


def migrate(dialect: Dialect, at: datetime) -> None:
    """Run every migration above the version found, each in its own transaction."""
    raw = dialect.raw
    for step in migrations.ALL:
        raw.execute(dialect.begin_write)
        try:
            if dialect.name == "postgres":
                raw.execute(f"SELECT pg_advisory_xact_lock({_ADVISORY_KEY})")
            if step.number > version(dialect):
                _run(dialect, step, at)
            raw.execute("COMMIT")
        except BaseException:
            if dialect.name == "postgres" or raw.in_transaction:  # SQLite may have rolled back by itself
                raw.execute("ROLLBACK")
            raise


def _run(dialect: Dialect, step: migrations.Migration, at: datetime) -> None:
    """One migration with its record, inside the caller's transaction."""
    raw = dialect.raw
    if "migration" not in dialect.tables():
        raw.execute(_HISTORY)
    for statement in step.statements:
        raw.execute(statement.format_map(dialect.ddl_words))
    record = dialect.sql("INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)")
    raw.execute(record, (step.number, step.name, to_us(at)))
