"""The state of a record, derived from its trees and kept beside it so that lists and counters need no join.

Order of the words: a write under way hides everything, then what needs a person, then what is still to be sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zbdesk.store import changes, module_states
from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks

_DERIVE = """UPDATE record SET state = CASE
    WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.record_id = record.id AND a.closed_at IS NULL
        AND a.outcome = 'unknown') THEN 'unknown'
    WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.record_id = record.id AND a.closed_at IS NULL) THEN 'sending'
    WHEN EXISTS (SELECT 1 FROM local l WHERE l.record_id = record.id AND l.conflict_since IS NOT NULL) THEN 'conflict'
    WHEN EXISTS (SELECT 1 FROM problem p WHERE p.record_id = record.id AND p.closed_at IS NULL
        AND p.status = 'open') THEN 'problem'
    WHEN EXISTS (SELECT 1 FROM local l WHERE l.record_id = record.id AND l.pending IS NOT NULL) THEN 'pending'
    WHEN gone = 1 THEN 'deleted'
    WHEN EXISTS (SELECT 1 FROM synced s WHERE s.record_id = record.id) THEN 'synced'
    WHEN remote_id IS NULL THEN 'pending'
    ELSE 'mirrored' END
    WHERE id IN ({})"""

COUNTED = {"pending": "pending", "sending": "pending", "unknown": "unknown", "conflict": "conflicts"}
"""State to the counter of its module; the other states are not counted by this column."""


def refresh(db: Database, record_ids: Sequence[int]) -> None:
    """Derive the state of these records again and move the counters by what changed. Inside a transaction."""
    for chunk in chunks(list(dict.fromkeys(record_ids))):
        before = _states(db, chunk)
        db.execute(_DERIVE.format(marks(chunk)), chunk)
        _count(db, before, _states(db, chunk))
        changes.note(db, chunk)


def _states(db: Database, ids: Sequence[int]) -> list[tuple[int, str]]:
    sql = f"SELECT feed_id, state FROM record WHERE id IN ({marks(ids)}) ORDER BY id"  # noqa: S608
    return [(feed_id, state) for feed_id, state in db.all(sql, ids)]


def _count(db: Database, before: list[tuple[int, str]], after: list[tuple[int, str]]) -> None:
    moves: Counter[tuple[int, str]] = Counter()
    for sign, side in ((-1, before), (1, after)):
        for feed_id, state in side:
            if state in COUNTED:
                moves[feed_id, COUNTED[state]] += sign
    for (feed_id, counter), by in moves.items():
        module_states.shift(db, feed_id, **{counter: by})
