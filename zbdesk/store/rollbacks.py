"""Runs and imports being taken back: which records, how far each is, and what had been written to begin with.

Only kept here; what is done with a record is worked out by ``sync/rollback.py`` and carried out like any other edit.
Invariant: a connection takes back one run or import at a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zbdesk.domain.views import RunView, RunWrites
from zbdesk.store import runs
from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.run_questions import Write
from zbdesk.store.sides import Fields, from_json, to_json
from zbdesk.store.times import from_us, moment_or_none, to_us

WAITING, PLACED, DONE, LEFT = "waiting", "placed", "done", "left"


@dataclass(frozen=True, slots=True)
class Written:
    """One write of a run that Zoho carried out. ``after``: what was seen of it then."""

    attempt_id: int
    record_id: int
    module: str
    operation: str
    snapshot: Fields
    after: Fields | None


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a run being taken back. ``fields``: to restore, in Zoho's form; ``wishes``: status actions."""

    record_id: int
    place: int
    what: str
    fields: Fields
    wishes: tuple[str, ...]
    state: str
    reason: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Rollback:
    """A run or an import being taken back, or one that was. ``batch_id``: the import, sent last by ``run_id``."""

    id: int
    run_id: int
    begun_at: datetime
    ended_at: datetime | None
    batch_id: int | None = None


_WRITTEN = """SELECT a.id, a.record_id, m.module, a.operation, a.snapshot, a.after FROM attempt a
    JOIN record r ON r.id = a.record_id JOIN module_state m ON m.id = r.feed_id
    WHERE m.connection_id = ? AND a.run_id = ? AND a.outcome = 'done' ORDER BY a.id"""
_OF_IMPORT = """SELECT a.id, a.record_id, m.module, a.operation, a.snapshot, a.after FROM import_entry e
    JOIN attempt a ON a.record_id = e.record_id AND a.revision = e.revision
    JOIN record r ON r.id = a.record_id JOIN module_state m ON m.id = r.feed_id
    WHERE m.connection_id = ? AND e.batch_id = ? AND e.result <> 'unchanged' AND a.outcome = 'done'
    AND NOT (e.result = 'changed' AND a.operation = 'create') ORDER BY a.id"""
_BEGUN = "SELECT id, run_id, begun_at, ended_at, batch_id FROM rollback"
_COUNTED = """SELECT a.run_id, a.operation, m.module, COUNT(DISTINCT a.record_id) FROM attempt a
    JOIN record r ON r.id = a.record_id JOIN module_state m ON m.id = r.feed_id
    WHERE a.outcome = 'done' AND a.run_id IN ({}) GROUP BY a.run_id, a.operation, m.module
    ORDER BY a.run_id, a.operation, m.module"""
_ITEMS = """SELECT record_id, place, what, fields, wishes, state, reason, revision FROM rollback_item
    WHERE rollback_id = ? ORDER BY place, record_id"""


def written(db: Database, connection_id: int, run_id: int) -> list[Written]:
    """What the run wrote, in its order. A write found later to have arrived counts for the run that sent it."""
    return _written(db, _WRITTEN, connection_id, run_id)


def written_of_import(db: Database, connection_id: int, batch_id: int) -> list[Written]:
    """What was sent of an import as it left each record, by whichever run; what was edited since is not its own.

    A record that an earlier import made and this one only changed before it left is not this one's to undo.
    """
    return _written(db, _OF_IMPORT, connection_id, batch_id)


def last_run_of_import(db: Database, connection_id: int, batch_id: int) -> int | None:
    """The last run that wrote one of these; None where nothing of the import has left."""
    found = [one.attempt_id for one in written_of_import(db, connection_id, batch_id)]
    run_id = db.value("SELECT run_id FROM attempt WHERE id = ?", (found[-1],)) if found else None
    return None if run_id is None else int(run_id)


def _written(db: Database, sql: str, connection_id: int, key: int) -> list[Written]:
    with db.snapshot():
        rows = db.all(sql, (connection_id, key))
    return [
        Written(row[0], row[1], row[2], row[3], from_json(row[4]), None if row[5] is None else from_json(row[5]))
        for row in rows
    ]


def with_writes(db: Database, connection_id: int, limit: int) -> list[RunWrites]:
    """The last runs with what each wrote, newest first."""
    with db.snapshot():
        found = runs.recent(db, connection_id, limit)
        return _counted(db, found)


def one_run(db: Database, connection_id: int, run_id: int) -> RunWrites | None:
    """One run with what it wrote."""
    with db.snapshot():
        found = runs.one(db, connection_id, run_id)
        return None if found is None else _counted(db, [found])[0]


def _counted(db: Database, found: Sequence[RunView]) -> list[RunWrites]:
    counts: dict[int, list[tuple[str, str, int]]] = {}
    back: dict[int, datetime] = {}
    for chunk in chunks([view.id for view in found]):
        for run_id, operation, module, count in db.all(_COUNTED.format(marks(chunk)), chunk):
            counts.setdefault(run_id, []).append((operation, module, int(count)))
        sql = f"""SELECT run_id, begun_at FROM rollback WHERE run_id IN ({marks(chunk)}) AND batch_id IS NULL
            ORDER BY id"""  # noqa: S608
        back.update((run_id, from_us(at)) for run_id, at in db.all(sql, chunk))
    return [RunWrites(view, tuple(counts.get(view.id, ())), back.get(view.id)) for view in found]


def begin(
    db: Database, connection_id: int, run_id: int, items: Sequence[Item], *, at: datetime, batch_id: int | None = None
) -> int:
    """Write down what is to be taken back; returns its key. Raises where another one is not at its end."""
    with db.transaction():
        db.execute(
            "INSERT INTO rollback (connection_id, run_id, begun_at, batch_id) VALUES (?, ?, ?, ?)",
            (connection_id, run_id, to_us(at), batch_id),
        )
        rollback_id = int(
            db.value("SELECT id FROM rollback WHERE connection_id = ? AND ended_at IS NULL", (connection_id,))
        )
        for one in items:
            db.execute(
                """INSERT INTO rollback_item (rollback_id, record_id, place, what, fields, wishes, state, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    rollback_id,
                    one.record_id,
                    one.place,
                    one.what,
                    to_json(one.fields),
                    json.dumps(list(one.wishes)),
                    one.state,
                    one.reason,
                ),
            )
        return rollback_id


def under_way(db: Database, connection_id: int) -> Rollback | None:
    """The run that is being taken back now."""
    row = db.one(f"{_BEGUN} WHERE connection_id = ? AND ended_at IS NULL", (connection_id,))
    return None if row is None else _rollback(row)


def of_run(db: Database, connection_id: int, run_id: int) -> Rollback | None:
    """The last time that this run was taken back."""
    where = "connection_id = ? AND run_id = ? AND batch_id IS NULL ORDER BY id DESC LIMIT 1"
    row = db.one(f"{_BEGUN} WHERE {where}", (connection_id, run_id))
    return None if row is None else _rollback(row)


def of_import(db: Database, connection_id: int, batch_id: int) -> Rollback | None:
    """The last time that this import was taken back."""
    where = "connection_id = ? AND batch_id = ? ORDER BY id DESC LIMIT 1"
    row = db.one(f"{_BEGUN} WHERE {where}", (connection_id, batch_id))
    return None if row is None else _rollback(row)


def items(db: Database, rollback_id: int) -> list[Item]:
    """All its records, in the order in which they are taken back."""
    return [_item(row) for row in db.all(_ITEMS, (rollback_id,))]


def settle(
    db: Database, rollback_id: int, record_id: int, state: str, *, reason: str = "", revision: int | None = None
) -> None:
    """Note how far one record is. Inside the transaction of what was done with it."""
    with db.transaction():
        db.execute(
            """UPDATE rollback_item SET state = ?, reason = CASE WHEN ? = '' THEN reason ELSE ? END,
            revision = COALESCE(?, revision) WHERE rollback_id = ? AND record_id = ?""",
            (state, reason, reason, revision, rollback_id, record_id),
        )


def end(db: Database, rollback_id: int, *, at: datetime) -> None:
    """Nothing of it is left to be done."""
    with db.transaction():
        db.execute("UPDATE rollback SET ended_at = ? WHERE id = ? AND ended_at IS NULL", (to_us(at), rollback_id))


def placed(db: Database, connection_id: int) -> frozenset[Write]:
    """The writes that a person agreed to by taking a run back: they have been shown one by one."""
    rows = db.all(
        """SELECT i.record_id, i.what, i.revision FROM rollback_item i JOIN rollback b ON b.id = i.rollback_id
        WHERE b.connection_id = ? AND b.ended_at IS NULL AND i.state = 'placed' AND i.revision IS NOT NULL""",
        (connection_id,),
    )
    return frozenset((int(row[0]), row[1] in {"delete", "void"}, int(row[2])) for row in rows)


def facts(db: Database, ids: Sequence[int]) -> Mapping[int, tuple[Any, ...]]:
    """(module, number, party, date, currency, total) of records, for lists."""
    found: dict[int, tuple[Any, ...]] = {}
    for chunk in chunks(list(ids)):
        sql = f"""SELECT r.id, m.module, r.number, r.party, r.date, r.currency, r.total FROM record r
            JOIN module_state m ON m.id = r.feed_id WHERE r.id IN ({marks(chunk)})"""  # noqa: S608
        found.update((row[0], tuple(row[1:])) for row in db.all(sql, chunk))
    return found


def living_documents(db: Database, connection_id: int, party_id: str) -> set[int]:
    """Records that stand in Zoho for this party."""
    rows = db.all(
        """SELECT r.id FROM record r JOIN module_state m ON m.id = r.feed_id
        WHERE m.connection_id = ? AND r.party_id = ? AND r.gone = 0 AND m.module <> 'contacts'""",
        (connection_id, party_id),
    )
    return {int(row[0]) for row in rows}


def _rollback(row: tuple[Any, ...]) -> Rollback:
    return Rollback(
        int(row[0]), int(row[1]), from_us(row[2]), moment_or_none(row[3]), None if row[4] is None else int(row[4])
    )


def _item(row: tuple[Any, ...]) -> Item:
    return Item(
        record_id=int(row[0]),
        place=int(row[1]),
        what=row[2],
        fields=from_json(row[3]),
        wishes=tuple(json.loads(row[4])),
        state=row[5],
        reason=row[6],
        revision=row[7],
    )
