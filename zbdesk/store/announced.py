"""Events that wait and speak of a newer version of a record that is here: where a preview is taken from.

Read-only, and derived from the inbox each time it is asked for: an event that is settled announces nothing any more,
however the program ended in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.times import from_us


@dataclass(frozen=True, slots=True)
class Announced:
    """The newest such event of one record. ``modified_at``: when the record changed in Zoho, as the event says."""

    received_at: datetime
    modified_at: datetime
    path: str
    content_type: str
    body: bytes


# The records lead: few are asked for, while thousands of events may wait.
_NEWER = """SELECT r.id, i.id, i.modified_at, i.verified, i.event FROM record r
    CROSS JOIN module_state m CROSS JOIN inbox i
    WHERE m.id = r.feed_id AND m.connection_id = ? AND r.remote_id IS NOT NULL AND r.gone = 0
    AND i.connection_id = m.connection_id AND i.module = m.module AND i.remote_id = r.remote_id
    AND i.handled_at IS NULL AND (i.event = 'deleted' OR i.modified_at > COALESCE(r.modified_at, -1))"""


def anything_waits(db: Database, connection_id: int) -> bool:
    """Whether there is any event that may announce something: on most days there is none, and nothing else is asked."""
    with db.snapshot():
        sql = "SELECT 1 FROM inbox WHERE connection_id = ? AND handled_at IS NULL LIMIT 1"
        return db.value(sql, (connection_id,)) is not None


def announced(db: Database, connection_id: int, record_ids: Sequence[int]) -> dict[int, Announced]:
    """What is announced of these records; those that may be deleted and those whose event nobody signed are left out.

    An event without a time says nothing about which version is newer: it announces nothing.
    """
    newest: dict[int, tuple[int, int]] = {}
    doomed: set[int] = set()
    with db.snapshot():
        if not anything_waits(db, connection_id):
            return {}
        for chunk in chunks(list(record_ids)):
            for record_id, event_id, stamp, verified, event in db.all(
                f"{_NEWER} AND r.id IN ({marks(chunk)})", (connection_id, *chunk)
            ):
                if event == "deleted":
                    doomed.add(record_id)
                elif verified:
                    newest[record_id] = max(newest.get(record_id, (0, 0)), (stamp, event_id))
        return {record_id: _event(db, *which) for record_id, which in newest.items() if record_id not in doomed}


def _event(db: Database, stamp: int, event_id: int) -> Announced:
    sql = "SELECT received_at, path, content_type, body FROM inbox WHERE id = ?"
    received, path, content_type, body = db.one(sql, (event_id,)) or (0, "", "", b"")
    return Announced(from_us(received), datetime.fromtimestamp(stamp, UTC), path, content_type, bytes(body))
