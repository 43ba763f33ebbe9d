"""Writes that were about to leave. Committed before the request, closed with its answer.

Invariant: a record has at most one attempt without an answer, so nothing is sent twice while the first is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zbdesk.store import states
from zbdesk.store.database import Database
from zbdesk.store.sides import Fields, from_json, to_json
from zbdesk.store.times import from_us, to_us


class Outcome(StrEnum):
    """What became of a write."""

    OPEN = "open"
    UNKNOWN = "unknown"
    DONE = "done"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One write without an answer: ``snapshot`` is what was sent, ``recognise`` how to find it in Zoho."""

    id: int
    record_id: int
    operation_key: str
    operation: str
    snapshot: Fields
    recognise: Fields
    revision: int
    started_at: datetime
    outcome: Outcome


_INSERT = """INSERT INTO attempt
    (record_id, operation_key, operation, snapshot, recognise, revision, started_at, run_id, outcome)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')"""
_UNANSWERED = """SELECT a.id, a.record_id, a.operation_key, a.operation, a.snapshot, a.recognise, a.revision,
    a.started_at, a.outcome FROM attempt a JOIN record r ON r.id = a.record_id JOIN module_state m ON m.id = r.feed_id
    WHERE m.connection_id = ? AND a.closed_at IS NULL ORDER BY a.id"""


def begin(
    db: Database,
    record_id: int,
    *,
    operation_key: str,
    operation: str,
    snapshot: Mapping[str, object],
    recognise: Mapping[str, object],
    revision: int,
    at: datetime,
    run_id: int | None = None,
) -> int:
    """Write down what is about to leave; returns the attempt's key. Commit before the request."""
    with db.transaction():
        values = (record_id, operation_key, operation, to_json(snapshot), to_json(recognise), revision, to_us(at))
        db.execute(_INSERT, (*values, run_id))
        states.refresh(db, [record_id])
        return int(db.value("SELECT id FROM attempt WHERE operation_key = ?", (operation_key,)))


def answered_since(db: Database, connection_id: int, since: datetime, *, most: int) -> list[datetime]:
    """When the latest writes were answered, newest first: at most so many, and none before ``since``."""
    sql = """SELECT a.closed_at FROM attempt a JOIN record r ON r.id = a.record_id
        JOIN module_state m ON m.id = r.feed_id WHERE m.connection_id = ? AND a.closed_at IS NOT NULL
        ORDER BY a.id DESC LIMIT ?"""
    with db.snapshot():
        found = [from_us(row[0]) for row in db.all(sql, (connection_id, most))]
    return [at for at in found if at >= since]


def settle(
    db: Database, attempt_id: int, outcome: Outcome, *, at: datetime, after: Mapping[str, object] | None = None
) -> None:
    """Note what became of it. ``UNKNOWN`` keeps it open for looking up; an answered one is never changed again.

    ``after``: what Zoho's record looked like then, for taking the write back.
    """
    closed_at = to_us(at) if outcome in {Outcome.DONE, Outcome.NOT_SENT} else None
    seen = None if after is None else to_json(after)
    with db.transaction():
        db.execute(
            "UPDATE attempt SET outcome = ?, closed_at = ?, after = ? WHERE id = ? AND closed_at IS NULL",
            (outcome.value, closed_at, seen, attempt_id),
        )
        record_id = db.value("SELECT record_id FROM attempt WHERE id = ?", (attempt_id,))
        if record_id is not None:
            states.refresh(db, [record_id])


def is_open(db: Database, record_id: int) -> bool:
    """Whether a write for this record is without an answer."""
    return db.one("SELECT 1 FROM attempt WHERE record_id = ? AND closed_at IS NULL", (record_id,)) is not None


@dataclass(frozen=True, slots=True)
class Tried:
    """One write of the past: what was sent, how it was to be recognised, what became of it."""

    snapshot: Fields
    recognise: Fields
    outcome: Outcome


def of_record(db: Database, record_id: int, operation: str) -> list[Tried]:
    """Each write of this kind for a record, the first one first."""
    sql = "SELECT snapshot, recognise, outcome FROM attempt WHERE record_id = ? AND operation = ? ORDER BY id"
    rows = db.all(sql, (record_id, operation))
    return [Tried(from_json(row[0]), from_json(row[1]), Outcome(row[2])) for row in rows]


def tried(db: Database, record_id: int, operation: str) -> list[dict[str, object]]:
    """How each write of this kind was to be recognised, the first one first; refused ones are among them."""
    sql = "SELECT recognise FROM attempt WHERE record_id = ? AND operation = ? ORDER BY id"
    rows = db.all(sql, (record_id, operation))
    return [from_json(row[0]) for row in rows]


def repeated(db: Database, connection_id: int, module: str, operation: str) -> list[int]:
    """Records of a module for which a write of this kind was sent more than once."""
    sql = """SELECT a.record_id FROM attempt a JOIN record r ON r.id = a.record_id
        JOIN module_state m ON m.id = r.feed_id WHERE m.connection_id = ? AND m.module = ? AND a.operation = ?
        GROUP BY a.record_id HAVING COUNT(*) > 1"""
    return [int(row[0]) for row in db.all(sql, (connection_id, module, operation))]


def unanswered(db: Database, connection_id: int) -> list[Attempt]:
    """All writes whose outcome must be looked up before anything else is sent for their records, oldest first."""
    with db.snapshot():
        rows = db.all(_UNANSWERED, (connection_id,))
    return [
        Attempt(
            id=row[0],
            record_id=row[1],
            operation_key=row[2],
            operation=row[3],
            snapshot=from_json(row[4]),
            recognise=from_json(row[5]),
            revision=row[6],
            started_at=from_us(row[7]),
            outcome=Outcome(row[8]),
        )
        for row in rows
    ]
