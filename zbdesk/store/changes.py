"""The latest change of each record, in order: what event streams go on from and "updated since" asks.

Written in the transaction that changes the record, and only for connections where somebody asked for it once, since a
first load would otherwise carry one row more for each record. Invariant: ``seq`` grows in the order of commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.times import from_us, to_us

_PUT = """INSERT INTO record_change (record_id, seq, connection_id, feed_id, local_id, at, removed)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (record_id) DO UPDATE SET seq = excluded.seq, at = excluded.at, removed = excluded.removed"""
_OF = """SELECT r.id, m.connection_id, r.feed_id, r.local_id FROM record r JOIN module_state m ON m.id = r.feed_id
    JOIN record_change_on o ON o.connection_id = m.connection_id WHERE r.id IN ({}) ORDER BY r.id"""
_AFTER = """SELECT c.seq, c.record_id, m.module, c.local_id, c.at, c.removed FROM record_change c
    JOIN module_state m ON m.id = c.feed_id WHERE c.connection_id = ? AND c.seq > ? ORDER BY c.seq LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Change:
    """One record that changed. ``seq`` is its place in the stream; ``removed``: it is not here any more."""

    seq: int
    record_id: int
    module: str
    local_id: str
    at: datetime
    removed: bool


def begin(db: Database, connection_id: int, at: datetime) -> None:
    """Note changes of this connection from now on; a second time changes nothing."""
    with db.transaction():
        db.execute(
            "INSERT INTO record_change_on (connection_id, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (connection_id, to_us(at)),
        )
        db.notes_changes = True


def note(db: Database, record_ids: Sequence[int], *, removed: bool = False) -> None:
    """These records changed, or are about to be removed. Inside a transaction."""
    if not record_ids or not _is_on(db):
        return
    for chunk in chunks(sorted(set(record_ids))):
        rows = db.all(_OF.format(marks(chunk)), chunk)
        if not rows:
            continue
        first, at = next_ids(db, "change", len(rows)), to_us(db.moment())
        db.executemany(
            _PUT,
            [
                (record_id, first + place, connection_id, feed_id, local_id, at, int(removed))
                for place, (record_id, connection_id, feed_id, local_id) in enumerate(rows)
            ],
        )


def _is_on(db: Database) -> bool:
    """Whether any connection is noted: asked once a handle, since every page would ask otherwise."""
    if db.notes_changes is None:
        db.notes_changes = db.value("SELECT 1 FROM record_change_on LIMIT 1") is not None
    return db.notes_changes


def after(db: Database, connection_id: int, seq: int, limit: int = 200) -> list[Change]:
    """The changes behind a place of the stream, oldest first."""
    with db.snapshot():
        return [
            Change(int(place), int(record_id), module, local_id, from_us(at), bool(removed))
            for place, record_id, module, local_id, at, removed in db.all(_AFTER, (connection_id, seq, limit))
        ]


def newest(db: Database, connection_id: int) -> int:
    """The last place of the stream; 0 before the first change."""
    with db.snapshot():
        sql = "SELECT COALESCE(MAX(seq), 0) FROM record_change WHERE connection_id = ?"
        return int(db.value(sql, (connection_id,)))
