"""What a person settled for one connection and what was learned of its organization: one JSON object under a name.

Kept in the database and not in the settings file, because the writer carries it out in the pass that follows, and all
computers that share the database must write by the same rules. Invariant: gone with the connection's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

from zbdesk.store.budget import lately_name
from zbdesk.store.database import Database
from zbdesk.store.sides import from_json, to_json


class Kind(StrEnum):
    """What is kept; the word stands in the database."""

    POLICY = "policy"
    """By module: the fields of its policy that a person chose."""

    RECOGNITION = "recognition"
    """By module: the custom field by which Zoho tells our records apart."""

    MEANINGS = "meanings"
    """By module: which record of Zoho's a name in documents means."""

    REPEATED = "repeated"
    """By module: what was sent a second time and is looked for, since the first may still arrive."""


def get(db: Database, connection_id: int, kind: Kind) -> dict[str, dict[str, Any]]:
    """By module; empty where nothing was kept."""
    text = db.value("SELECT value FROM meta WHERE name = ?", (_name(connection_id, kind),))
    stored = {} if text is None else from_json(str(text))
    return {name: cast("dict[str, Any]", one) for name, one in stored.items()}


def put(db: Database, connection_id: int, kind: Kind, values: Mapping[str, Mapping[str, object]]) -> None:
    """Keep these in the place of what was there."""
    with db.transaction():
        db.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (_name(connection_id, kind), to_json({name: dict(one) for name, one in values.items() if one})),
        )


def delete(db: Database, connection_id: int) -> None:
    """Forget all of it, inside the transaction that removes the connection's data."""
    for kind in Kind:
        db.execute("DELETE FROM meta WHERE name = ?", (_name(connection_id, kind),))
    db.execute("DELETE FROM meta WHERE name = ?", (f"hold/{connection_id}",))
    db.execute("DELETE FROM meta WHERE name = ?", (f"guard/{connection_id}",))
    db.execute("DELETE FROM meta WHERE name = ?", (lately_name(connection_id),))


def _name(connection_id: int, kind: Kind) -> str:
    return f"{kind.value}/{connection_id}"
