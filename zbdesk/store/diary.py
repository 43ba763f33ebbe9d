"""What happened, in words, for people: only ever appended to. There is no way to change or remove a line.

Each line is chained to the one before it (``domain/chain.py``), and the chain's end is kept beside it, so that a line
changed or removed later is noticed. Invariant: a line and the new head are one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from zbdesk.domain import chain
from zbdesk.domain.views import ActivityEntry, FieldChange
from zbdesk.store import models
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, to_us

_INSERT = """INSERT INTO diary (connection_id, at, kind, text, module, record_id, cause, seq, hash, subject, changes,
    run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_HEAD = """INSERT INTO diary_head (connection_id, seq, hash) VALUES (?, ?, ?)
    ON CONFLICT (connection_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"""
_LINES = """SELECT id, seq, at, kind, text, module, subject, cause, changes, run_id, hash FROM diary
    WHERE connection_id = ? AND seq IS NOT NULL AND seq > ? ORDER BY seq LIMIT 1000"""
_NAMES = ("id", "seq", "at", "kind", "text", "module", "subject", "cause", "changes", "run_id", "hash")


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
    changes: Sequence[FieldChange] = (),
    run_id: int | None = None,
) -> int:
    """Append one line; ``kind`` is a stable word, ``text`` a sentence without secrets. Returns its place."""
    with db.transaction():
        seq, before = head(db, connection_id)
        subject = None if record_id is None else db.value("SELECT local_id FROM record WHERE id = ?", (record_id,))
        line: dict[str, object] = {
            "seq": seq + 1,
            "at": to_us(at),
            "kind": kind,
            "text": text,
            "module": module,
            "subject": subject or "",
            "cause": cause,
            "changes": _packed(changes),
            "run_id": run_id,
        }
        digest = chain.link(before, line)
        values = (connection_id, line["at"], kind, text, module, record_id, cause, line["seq"], digest)
        db.execute(_INSERT, (*values, line["subject"], line["changes"], run_id))
        db.execute(_HEAD, (connection_id, seq + 1, digest))
        return seq + 1


def head(db: Database, connection_id: int) -> tuple[int, str]:
    """Place and hash of the chain's last line; (0, "") before the first."""
    row = db.one("SELECT seq, hash FROM diary_head WHERE connection_id = ?", (connection_id,))
    return (0, chain.BEGINNING) if row is None else (int(row[0]), str(row[1]))


def lines(db: Database, connection_id: int) -> Iterator[dict[str, Any]]:
    """The chained lines, oldest first, as they are hashed and exported; consume it within one snapshot."""
    after = 0
    while True:
        rows = db.all(_LINES, (connection_id, after))
        for row in rows:
            yield dict(zip(_NAMES, row, strict=True))
        if not rows:
            return
        after = int(rows[-1][1])


def verify(db: Database, connection_id: int) -> chain.ChainReport:
    """Whether the history is as it was written."""
    with db.snapshot():
        return chain.verify(lines(db, connection_id), head(db, connection_id))


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


def _packed(changes: Sequence[FieldChange]) -> str:
    if not changes:
        return ""
    rows = [[one.field, one.before, one.after] for one in changes]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _unpacked(text: str) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(*row) for row in json.loads(text)) if text else ()


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
            changes=_unpacked(row["changes"]),
            run_id=row["run_id"],
        )
        for row in query.dicts().execute(db.orm)
    ]
