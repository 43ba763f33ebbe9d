"""Conflicts are derived from the three trees; stored are only when one was first seen and what a person decided."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from zbdesk.domain.views import ConflictView, FieldDifference
from zbdesk.store import payloads, sides, states
from zbdesk.store.database import Database
from zbdesk.store.times import from_seconds, from_us, moment_or_none, to_us

WHOLE_RECORD = "*record*"
"""The field's name where one side deleted what the other edited."""

_NOTED = """SELECT r.id, m.module, r.local_id, r.remote_id, r.number, r.party, r.gone, l.fields, s.fields,
    l.conflict_since, l.pending, l.clashes, r.date, r.currency, r.status, l.changed_at, r.modified_at
    FROM local l JOIN record r ON r.id = l.record_id
    JOIN module_state m ON m.id = r.feed_id LEFT JOIN synced s ON s.record_id = r.id
    WHERE m.connection_id = ? AND l.conflict_since IS NOT NULL"""
_NEWEST = " ORDER BY l.conflict_since DESC, r.id DESC"


def note(db: Database, record_id: int, at: datetime) -> None:
    """The planner found a conflict in this record; the moment of the first time stays."""
    _set(db, record_id, to_us(at))


def settle(db: Database, record_id: int) -> None:
    """The two sides agree again, or a decision was carried out."""
    _set(db, record_id, None)
    with db.transaction():
        db.execute("DELETE FROM decision WHERE record_id = ?", (record_id,))


def note_conflict(db: Database, record_id: int, clashes: Sequence[Mapping[str, str | None]], *, at: datetime) -> bool:
    """Show this conflict; True when it is a new one. The moment of its first time stays."""
    with db.transaction():
        before = db.one("SELECT conflict_since, clashes FROM local WHERE record_id = ?", (record_id,))
        text = json.dumps([dict(clash) for clash in clashes])
        if before is None or (before[0] is not None and before[1] == text):
            return False
        db.execute("UPDATE local SET clashes = ? WHERE record_id = ?", (text, record_id))
        note(db, record_id, at)
        return before[0] is None


def keep_before_choice(db: Database, record_id: int) -> None:
    """Remember how the record stands, so that a choice can be undone."""
    with db.transaction():
        row = db.one(
            """SELECT l.fields, l.wishes, l.deleted, l.revision, l.clashes, l.conflict_since, s.fields FROM local l
            LEFT JOIN synced s ON s.record_id = l.record_id WHERE l.record_id = ?""",
            (record_id,),
        )
        db.execute("UPDATE local SET before_choice = ? WHERE record_id = ?", (json.dumps(row), record_id))


def undo_choice(db: Database, record_id: int, *, at: datetime) -> bool:
    """Put the record back to how it stood before the choice; False where it was edited, sent or settled since."""
    with db.transaction():
        row = db.one("SELECT before_choice, revision, settled FROM local WHERE record_id = ?", (record_id,))
        if row is None or row[0] is None:
            return False
        fields, wishes, deleted, revision, clashes, since, base = json.loads(row[0])
        sent = db.one(
            "SELECT 1 FROM attempt a JOIN synced s ON s.record_id = a.record_id "
            "WHERE a.record_id = ? AND a.started_at >= s.agreed_at",
            (record_id,),
        )
        if row[1] != revision or row[2] is not None or sent is not None:
            return False
        db.execute(
            """UPDATE local SET fields = ?, wishes = ?, deleted = ?, clashes = ?, conflict_since = ?,
            before_choice = NULL WHERE record_id = ?""",
            (fields, wishes, deleted, clashes, since, record_id),
        )
        if base is None:
            db.execute("DELETE FROM synced WHERE record_id = ?", (record_id,))
        else:
            sides.put_synced(db, record_id, sides.from_json(base), at=at)
        states.refresh(db, [record_id])
        return True


def clashing(db: Database, record_id: int) -> list[str]:
    """Names of the fields in conflict."""
    text = db.value("SELECT clashes FROM local WHERE record_id = ? AND conflict_since IS NOT NULL", (record_id,))
    return [] if text is None else [str(clash["name"]) for clash in json.loads(text)]


def end_conflict(db: Database, record_id: int) -> None:
    """The two sides agree again, or a person has chosen."""
    with db.transaction():
        found = db.value("SELECT conflict_since FROM local WHERE record_id = ?", (record_id,))
        if found is not None:
            db.execute("UPDATE local SET clashes = NULL WHERE record_id = ?", (record_id,))
            settle(db, record_id)


def decide(db: Database, record_id: int, field: str, keep: Literal["local", "remote"], *, at: datetime) -> None:
    """Keep one side of one field (or of ``WHOLE_RECORD``); the last choice counts."""
    with db.transaction():
        db.execute(
            "INSERT INTO decision (record_id, field, keep, made_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (record_id, field) DO UPDATE SET keep = excluded.keep, made_at = excluded.made_at",
            (record_id, field, keep, to_us(at)),
        )


def decisions(db: Database, record_id: int) -> dict[str, str]:
    """Field to the side that is to be kept."""
    with db.snapshot():
        return dict(db.all("SELECT field, keep FROM decision WHERE record_id = ?", (record_id,)))


def open_conflicts(db: Database, connection_id: int) -> list[ConflictView]:
    """All conflicts, newest first, each with the fields that differ on both sides from what was agreed."""
    with db.snapshot():
        return [_view(db, row) for row in db.all(_NOTED + _NEWEST, (connection_id,))]


def open_conflict(db: Database, connection_id: int, record_id: int) -> ConflictView | None:
    """The conflict of one record; None where it has none."""
    with db.snapshot():
        row = db.one(f"{_NOTED} AND r.id = ?", (connection_id, record_id))
        return None if row is None else _view(db, row)


def agreed_at(db: Database, record_id: int) -> datetime | None:
    """When both sides of a record last agreed; None where they never did."""
    with db.snapshot():
        return moment_or_none(db.value("SELECT agreed_at FROM synced WHERE record_id = ?", (record_id,)))


def differences(
    base: Mapping[str, object], local: Mapping[str, object], remote: Mapping[str, object]
) -> tuple[FieldDifference, ...]:
    """Fields of ours that both sides changed to different values. Pure.

    Amounts compare as numbers, text after trimming, empty text like nothing.
    """
    found = []
    for name in local:
        ours, theirs, agreed = (_comparable(side.get(name)) for side in (local, remote, base))
        if ours not in (agreed, theirs) and theirs != agreed:
            found.append(FieldDifference(name, _text(base.get(name)), _text(local[name]), _text(remote.get(name))))
    return tuple(found)


def _view(db: Database, row: tuple[Any, ...]) -> ConflictView:
    record_id, module, local_id, remote_id, number, party, gone, ours, agreed, since, pending, clashes = row[:12]
    day, currency, status, changed_at, modified_at = row[12:]
    local = sides.from_json(str(ours))
    base = {} if agreed is None else sides.from_json(str(agreed))
    fields: tuple[FieldDifference, ...]
    if clashes is not None:
        fields = tuple(FieldDifference(**clash) for clash in json.loads(str(clashes)))
    elif gone or pending == "delete":
        words = ("deleted", "edited") if pending == "delete" else ("edited", "deleted")
        fields = (FieldDifference(WHOLE_RECORD, None, *words),)
    else:
        fields = differences(base, local, payloads.remote_of(db, int(str(record_id))) or {})
    return ConflictView(
        id=int(str(record_id)),
        module=str(module),
        local_id=str(local_id),
        remote_id=None if remote_id is None else str(remote_id),
        number=None if number is None else str(number),
        party=None if party is None else str(party),
        fields=fields,
        since=from_us(int(str(since))),
        date=day,
        currency=currency,
        status=status,
        changed_locally_at=from_us(changed_at),
        changed_remotely_at=from_seconds(modified_at),
    )


def _set(db: Database, record_id: int, since: int | None) -> None:
    keep_first = "" if since is None else " AND conflict_since IS NULL"
    with db.transaction():
        db.execute(f"UPDATE local SET conflict_since = ? WHERE record_id = ?{keep_first}", (since, record_id))  # noqa: S608
        states.refresh(db, [record_id])


def _comparable(value: object) -> object:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        return sides.to_json({"": value})[4:-1]
    return str(value)
