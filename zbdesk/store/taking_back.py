"""Undoing what was written here and has not left: without a trace, so that its source may give it again as new."""

from __future__ import annotations

from typing import Any

from zbdesk.store import identity, module_states, problems, sides
from zbdesk.store.database import Database


def remove(db: Database, record_id: int) -> bool:
    """Remove a document that never left. False, and nothing done, where Zoho knows it or a write is under way."""
    with db.transaction():
        row = _unsent(db, record_id)
        if row is None:
            return False
        problems.clear(db, int(row[0]), record_id=record_id)
        sides.drop_local(db, record_id)
        module_states.shift(db, int(row[1]), deleted=-int(row[2]))
        identity.remove(db, record_id)
        return True


def is_removable(db: Database, record_id: int) -> bool:
    """Whether ``remove`` would remove it."""
    return _unsent(db, record_id) is not None


def _unsent(db: Database, record_id: int) -> tuple[Any, ...] | None:
    """(connection, feed, gone) of a document that never left; None where Zoho knows it or a write is under way."""
    row = db.one(
        """SELECT m.connection_id, r.feed_id, r.gone, r.remote_id FROM record r
        JOIN module_state m ON m.id = r.feed_id WHERE r.id = ?""",
        (record_id,),
    )
    return None if row is None or row[3] is not None or _is_leaving(db, record_id) else row


def is_unsent(db: Database, record_id: int) -> bool:
    """Whether what our side says now has not left: it is still to be sent, and no write is under way."""
    row = db.one("SELECT pending, settled FROM local WHERE record_id = ?", (record_id,))
    return row is not None and row[0] is not None and row[1] is None and not _is_leaving(db, record_id)


def _is_leaving(db: Database, record_id: int) -> bool:
    return db.one("SELECT 1 FROM attempt WHERE record_id = ? AND closed_at IS NULL", (record_id,)) is not None
