"""What a person has to confirm before anything is written to an organization: after a switch, and when it has changed.

Kept in the database, so that a pass of any process holds to it. Invariant: gone once confirmed, and with the
connection's data.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from zbdesk.domain.fingerprint import Guard
from zbdesk.store.database import Database


def get(db: Database, connection_id: int) -> Guard | None:
    """What is to be confirmed; None where nothing is."""
    text = db.value("SELECT value FROM meta WHERE name = ?", (_name(connection_id),))
    if text is None:
        return None
    found = json.loads(str(text))
    return Guard(found["before"], tuple((str(a), str(b), str(c)) for a, b, c in found["changed"]))


def put(db: Database, connection_id: int, guard: Guard) -> None:
    """Ask this from now on; what was known of a change of the organization itself is not forgotten by it."""
    with db.transaction():
        known = get(db, connection_id)
        changed = guard.changed or (known.changed if known is not None else ())
        text = json.dumps(asdict(Guard(guard.before, changed)))
        db.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (_name(connection_id), text),
        )


def clear(db: Database, connection_id: int) -> None:
    """It was confirmed, or there is nothing left to confirm it for."""
    with db.transaction():
        db.execute("DELETE FROM meta WHERE name = ?", (_name(connection_id),))


def _name(connection_id: int) -> str:
    return f"guard/{connection_id}"
