"""Forgetting which record here belongs to which in Zoho Books, as is needed after the books were restored from a copy.

Both sides stay. What is ours waits for a person's review, so that nothing is created twice by itself, and all lists are
read from their beginning. Must run inside the writer's own handle while no pass runs.
"""

from __future__ import annotations

from zbdesk.store import identity, review
from zbdesk.store.database import Database


def forget_links(db: Database, connection_id: int) -> tuple[int, int]:
    """Drop the links. Returns how many were dropped, and how many stay since a write to them is without its answer."""
    with db.transaction():
        rows = db.all(
            """SELECT r.id, r.state FROM record r JOIN module_state m ON m.id = r.feed_id
            JOIN local l ON l.record_id = r.id
            WHERE m.connection_id = ? AND r.remote_id IS NOT NULL AND l.deleted = 0""",
            (connection_id,),
        )
        busy = [record_id for record_id, state in rows if state in {"sending", "unknown"}]
        linked = [record_id for record_id, state in rows if state not in {"sending", "unknown"}]
        review.set_hold(db, connection_id, on=True)
        for record_id in linked:
            identity.detach(db, int(record_id))
        db.execute(
            "DELETE FROM cursor WHERE feed_id IN (SELECT id FROM module_state WHERE connection_id = ?)",
            (connection_id,),
        )
    return len(linked), len(busy)
