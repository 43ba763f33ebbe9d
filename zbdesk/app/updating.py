"""A database of an earlier version: found out without writing, brought up to date by whoever may write."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from zbdesk.domain.clock import Clock
from zbdesk.store import schema
from zbdesk.store.database import Database
from zbdesk.store.dialects import Sqlite
from zbdesk.store.errors import translate


def is_outdated(path: Path) -> bool:
    """Whether the file holds tables of an earlier schema. An empty one, or one being made, does not."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    dialect = Sqlite(path, read_only=True)
    try:
        dialect.connect()
        return 0 < schema.version(dialect) < schema.newest()
    except dialect.foreign as error:
        failure = translate(error, dialect.where)
        if failure is None:
            raise
        raise failure from error
    finally:
        dialect.orm.close()


def bring_up_to_date(path: Path, clock: Clock) -> None:
    """Back the file up and migrate it. Raises ``StorageError``; the file is then as it was."""
    with closing(Database.open(path, now=clock.now)):
        pass  # opening it for writing is what migrates
