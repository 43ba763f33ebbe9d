"""What waits for a person's release before it may leave, where somebody wants to look first."""

from __future__ import annotations

from collections.abc import Sequence

from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks


def is_held(db: Database, connection_id: int, record_id: int) -> bool:
    """Whether this record waits for a person's release before it may leave."""
    if db.value("SELECT value FROM meta WHERE name = ?", (f"hold/{connection_id}",)) != "yes":
        return False
    return not db.value("SELECT released FROM local WHERE record_id = ?", (record_id,))


def set_hold(db: Database, connection_id: int, *, on: bool) -> None:
    """Hold what is to leave for a person's review, or no longer."""
    with db.transaction():
        db.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (f"hold/{connection_id}", "yes" if on else "no"),
        )


def release(db: Database, record_ids: Sequence[int]) -> None:
    """Let these leave with the next pass although what is to leave is held."""
    with db.transaction():
        for chunk in chunks(list(record_ids)):
            db.execute(f"UPDATE local SET released = 1 WHERE record_id IN ({marks(chunk)})", chunk)  # noqa: S608
