"""Undoing what was written here and has not left: without a trace, so that its source may give it again as new."""

from __future__ import annotations

from zbdesk.store import identity, module_states, problems, sides
from zbdesk.store.database import Database


def remove(db: Database, record_id: int) -> bool:
    """Remove a document that never left. False, and nothing done, where Zoho knows it or a write is under way."""
    with db.transaction():
        row = db.one(
            """SELECT m.connection_id, r.remote_id, r.feed_id, r.gone FROM record r
            JOIN module_state m ON m.id = r.feed_id WHERE r.id = ?""",
            (record_id,),
        )
        if row is None or row[1] is not None or _is_leaving(db, record_id):
            return False
        problems.clear(db, int(row[0]), record_id=record_id)
        sides.drop_local(db, record_id)
        module_states.shift(db, int(row[2]), deleted=-int(row[3]))
        identity.remove(db, record_id)
        return True


def is_unsent(db: Database, record_id: int) -> bool:
    """Whether what our side says now has not left: it is still to be sent, and no write is under way."""
    row = db.one("SELECT pending, settled FROM local WHERE record_id = ?", (record_id,))
    return row is not None and row[0] is not None and row[1] is None and not _is_leaving(db, record_id)


def _is_leaving(db: Database, record_id: int) -> bool:
    return db.one("SELECT 1 FROM attempt WHERE record_id = ? AND closed_at IS NULL", (record_id,)) is not None
