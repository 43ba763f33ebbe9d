"""Which records there are: by source, by identity, by what Zoho calls them, by module. Only reads, but for one mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.store.keys import fold
from zbdesk.store.module_states import chunks, marks


def by_source(db: Database, connection_id: int, module: str, source: str, source_id: str) -> int | None:
    """The record that stands for a document of a source."""
    return _one(db, connection_id, module, "r.source = ? AND r.source_id = ?", (source, source_id))


def by_local_id(db: Database, connection_id: int, module: str, local_id: str) -> int | None:
    """The record with this lasting identity."""
    return _one(db, connection_id, module, "r.local_id = ?", (local_id,))


_AT_ONCE = 500
"""Ids in one statement."""


def by_remote_id(db: Database, connection_id: int, module: str, remote_id: str) -> int | None:
    """The record that Zoho knows under this id."""
    return _one(db, connection_id, module, "r.remote_id = ?", (remote_id,))


def stamps(db: Database, connection_id: int, module: str, remote_ids: Sequence[str]) -> dict[str, int | None]:
    """Zoho's time of the last change, in whole seconds, of those of these records that are here; None where unknown."""
    found: dict[str, int | None] = {}
    with db.snapshot():
        for start in range(0, len(remote_ids), _AT_ONCE):
            chunk = remote_ids[start : start + _AT_ONCE]
            sql = f"""SELECT r.remote_id, r.modified_at FROM record r JOIN module_state m ON m.id = r.feed_id
                WHERE m.connection_id = ? AND m.module = ? AND r.remote_id IN ({marks(chunk)})"""  # noqa: S608
            for remote_id, modified_at in db.all(sql, (connection_id, module, *chunk)):
                found[remote_id] = None if modified_at is None else int(modified_at)
    return found


def by_source_id(db: Database, connection_id: int, module: str, source_id: str) -> list[int]:
    """Records of any source with this source id."""
    return _ids(db, connection_id, module, "r.source_id = ?", (source_id,))


def by_number(db: Database, connection_id: int, module: str, number: str) -> list[int]:
    """Live records whose number or name is this one, case and accents aside; look closely before trusting it."""
    return _ids(db, connection_id, module, "r.gone = 0 AND r.number_key = ?", (fold(number),))


def by_reference(db: Database, connection_id: int, module: str, reference: str) -> list[int]:
    """Live records with this reference (contacts: e-mail; items: SKU), case and accents aside."""
    return _ids(db, connection_id, module, "r.gone = 0 AND r.reference_key = ?", (fold(reference),))


def stands_for_source(db: Database, record_id: int) -> bool:
    """Whether a record of Zoho's already stands for a document, or was taken over or edited here."""
    sql = """SELECT r.source_id IS NOT NULL OR EXISTS (SELECT 1 FROM synced s WHERE s.record_id = r.id)
        FROM record r WHERE r.id = ?"""
    return bool(db.value(sql, (record_id,)))


def newest_id(db: Database) -> int:
    """The highest key given to a record so far."""
    return int(db.value("SELECT next FROM sequence WHERE name = 'record'")) - 1


def considered(db: Database, connection_id: int, module: str) -> int | None:
    """Up to which record it was decided whether what is new in Zoho becomes local; None before the first time."""
    sql = "SELECT considered FROM module_state WHERE connection_id = ? AND module = ?"
    found: int | None = db.value(sql, (connection_id, module))
    return found


def set_considered(db: Database, connection_id: int, module: str, record_id: int) -> None:
    """Note that everything up to this record was decided."""
    with db.transaction():
        feed = module_states.feed_of(db, connection_id, module)
        db.execute("UPDATE module_state SET considered = ? WHERE id = ?", (record_id, feed.id))


def new_in_zoho(db: Database, connection_id: int, module: str, after: int) -> list[int]:
    """Live records of Zoho's that came here after this one and have no local side."""
    where = "r.id > ? AND r.gone = 0 AND r.remote_id IS NOT NULL AND NOT EXISTS "
    where += "(SELECT 1 FROM local l WHERE l.record_id = r.id)"
    return _ids(db, connection_id, module, where, (after,))


def later_and_not_ours(db: Database, connection_id: int, module: str, after: int) -> list[int]:
    """Live records of Zoho's that came here after this one and were made by nobody here, taken over or not."""
    where = """r.id > ? AND r.gone = 0 AND r.remote_id IS NOT NULL AND r.source_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.record_id = r.id AND a.operation = 'create')"""
    return _ids(db, connection_id, module, where, (after,))


def live(db: Database, connection_id: int, module: str) -> list[int]:
    """Records of a module that are in Zoho."""
    return _ids(db, connection_id, module, "r.gone = 0 AND r.remote_id IS NOT NULL", ())


def of_module(db: Database, connection_id: int, module: str) -> list[int]:
    """Records of a module that have a local side."""
    return _ids(db, connection_id, module, "EXISTS (SELECT 1 FROM local l WHERE l.record_id = r.id)", ())


def with_local_side(db: Database, record_ids: Sequence[int]) -> set[int]:
    """Those of the records that have a local side."""
    found: set[int] = set()
    with db.snapshot():
        for chunk in chunks(list(record_ids)):
            found.update(
                row[0]
                for row in db.all(f"SELECT record_id FROM local WHERE record_id IN ({marks(chunk)})", chunk)  # noqa: S608
            )
    return found


def _one(db: Database, connection_id: int, module: str, where: str, values: tuple[Any, ...]) -> int | None:
    found = _ids(db, connection_id, module, where, values)
    return found[0] if found else None


def _ids(db: Database, connection_id: int, module: str, where: str, values: tuple[Any, ...]) -> list[int]:
    sql = f"""SELECT r.id FROM record r JOIN module_state m ON m.id = r.feed_id
        WHERE m.connection_id = ? AND m.module = ? AND {where} ORDER BY r.id"""  # noqa: S608 - our own conditions
    with db.snapshot():
        return [row[0] for row in db.all(sql, (connection_id, module, *values))]


def connection_of(db: Database, record_id: int) -> int:
    """The connection that a record belongs to."""
    sql = "SELECT m.connection_id FROM record r JOIN module_state m ON m.id = r.feed_id WHERE r.id = ?"
    return int(db.value(sql, (record_id,)))
