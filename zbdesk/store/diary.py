"""What happened, in words, for people: only ever appended to. There is no way to change or remove a line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zbdesk.domain.views import ActivityEntry
from zbdesk.store import models
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, to_us


def add(
    db: Database,
    connection_id: int,
    kind: str,
    text: str,
    *,
    at: datetime,
    module: str | None = None,
    record_id: int | None = None,
    cause: str = "",
) -> int:
    """Append one line; ``kind`` is a stable word, ``text`` a sentence without secrets. Returns its key."""
    with db.transaction():
        line = models.Diary.insert(
            connection_id=connection_id,
            at=to_us(at),
            kind=kind,
            text=text,
            module=module,
            record_id=record_id,
            cause=cause,
        )
        return int(line.execute(db.orm))


def recent(db: Database, connection_id: int, limit: int = 50, before_id: int | None = None) -> list[ActivityEntry]:
    """Newest first; ``before_id`` goes on where an earlier list ended."""
    line = models.Diary
    condition = line.connection_id == connection_id
    if before_id is not None:
        condition &= line.id < before_id
    with db.snapshot():
        return _entries(db, line.select().where(condition).order_by(line.id.desc()).limit(limit))


def of_record(db: Database, record_id: int, limit: int = 100) -> list[ActivityEntry]:
    """One record's own history, newest first."""
    line = models.Diary
    with db.snapshot():
        return _entries(db, line.select().where(line.record_id == record_id).order_by(line.id.desc()).limit(limit))


def _entries(db: Database, query: Any) -> list[ActivityEntry]:
    return [
        ActivityEntry(
            id=row["id"],
            at=from_us(row["at"]),
            kind=row["kind"],
            text=row["text"],
            module=row["module"],
            record_id=row["record_id"],
            cause=row["cause"],
        )
        for row in query.dicts().execute(db.orm)
    ]
