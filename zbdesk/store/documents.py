"""Local documents and their bases: the rows that pushing reads and writes.

Each column has its writer: what a person or a source says goes in through ``put``; what the engine learns while it
carries something out goes in through ``adopt``, which does nothing when the document was edited meanwhile. Only
``agree`` writes the base. Nothing here decides what is to be done.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from zbdesk.store import identity, module_states, payloads, sides, states
from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.sides import Fields, from_json, to_json
from zbdesk.store.times import to_us


@dataclass(frozen=True, slots=True)
class Document:
    """What our side says of one record."""

    fields: Fields
    deleted: bool
    wishes: tuple[str, ...]
    revision: int
    pending: str | None
    takes_over: bool
    in_conflict: bool
    given: Fields | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What both sides last agreed on, seen from both.

    ``local``: the document as it was; ``ids``: what its references led to then, as (field, module, by, value, id).
    ``remote``: Zoho's payload as it was, restricted to writable fields. ``lines``: each of the document's lines (source
    line id, or position from 0) with Zoho's line id.
    """

    local: Fields
    remote: Fields
    ids: tuple[tuple[str, str, str, str, str], ...] = ()
    lines: tuple[tuple[str | int, str], ...] = ()
    status: str | None = None
    modified_at: int | None = None


@dataclass(frozen=True, slots=True)
class Trees:
    """One record with its three states. ``detail``: whether ``remote`` holds a detail as new as the list row."""

    id: int
    local_id: str
    module: str
    remote_id: str | None
    source: str | None
    source_id: str | None
    number: str | None
    party: str | None
    status: str | None
    currency: str | None
    modified_at: int | None
    gone: bool
    detail: bool
    mark: str
    remote: Fields | None
    document: Document | None
    base: Agreement | None


_MARK = """(CAST(l.revision AS TEXT) || '/' || COALESCE(CAST(r.row_hash AS TEXT), '') || '/' ||
    COALESCE(CAST(r.modified_at AS TEXT), '') || '/' || CAST(r.gone AS TEXT) || '/' || CAST(r.detail AS TEXT) || '/' ||
    COALESCE(r.remote_id, ''))"""
_READ = f"""SELECT r.id, r.local_id, m.module, r.remote_id, r.source, r.source_id, r.number, r.party, r.status,
    r.currency, r.modified_at, r.gone, r.detail, {_MARK}, l.fields, l.deleted, l.wishes, l.revision, l.pending,
    l.takes_over, l.conflict_since, s.fields, l.given
    FROM record r JOIN module_state m ON m.id = r.feed_id LEFT JOIN local l ON l.record_id = r.id
    LEFT JOIN synced s ON s.record_id = r.id WHERE r.id = ?"""  # noqa: S608 - constant pieces
_DUE = f"""SELECT r.id, m.module, l.deleted = 1 OR l.wishes LIKE ? FROM local l JOIN record r ON r.id = l.record_id
    JOIN module_state m ON m.id = r.feed_id
    WHERE m.connection_id = ? AND (l.settled IS NULL OR l.settled <> {_MARK}) ORDER BY r.id"""  # noqa: S608
_VOID = '%"void"%'
_PUT = """INSERT INTO local (record_id, fields, revision, pending, action, changed_at, deleted, wishes, takes_over,
    given) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (record_id) DO UPDATE SET fields = excluded.fields, revision = local.revision + 1,
    pending = excluded.pending, action = excluded.action, changed_at = excluded.changed_at,
    deleted = excluded.deleted, wishes = excluded.wishes, takes_over = excluded.takes_over, settled = NULL,
    given = COALESCE(excluded.given, local.given)"""


# -- reading ----------------------------------------------------------------------------------------------------------


def read(db: Database, record_id: int) -> Trees | None:
    """One record with its three states as they are now; None when it does not exist."""
    with db.snapshot():
        row = db.one(_READ, (record_id,))
        if row is None:
            return None
        remote = _remote(db, record_id, has_detail=row[12] == 1) if row[3] is not None else None
    return _trees(row, remote)


def due(db: Database, connection_id: int) -> list[tuple[int, str, bool]]:
    """(record id, module, whether it is to go) of records whose last look is out of date, oldest first."""
    with db.snapshot():
        return [(record_id, module, bool(goes)) for record_id, module, goes in db.all(_DUE, (_VOID, connection_id))]


def unsent_naming(db: Database, connection_id: int, module: str, words: Sequence[str]) -> list[int]:
    """Documents that Zoho has not seen and that hold one of these words as a value; maybe a few too many."""
    told = " OR ".join("l.fields LIKE ?" for _ in words)
    sql = f"""SELECT r.id FROM local l JOIN record r ON r.id = l.record_id JOIN module_state m ON m.id = r.feed_id
        WHERE m.connection_id = ? AND m.module = ? AND r.remote_id IS NULL AND l.deleted = 0 AND ({told})
        ORDER BY r.id"""  # noqa: S608 - as many marks as words
    with db.snapshot():
        found = db.all(sql, (connection_id, module, *(f'%"{word}"%' for word in words)))
    return [int(record_id) for (record_id,) in found]


def status_of(db: Database, record_id: int) -> str | None:
    """Zoho's word for how the record stands."""
    status: str | None = db.value("SELECT status FROM record WHERE id = ?", (record_id,))
    return status


def _remote(db: Database, record_id: int, *, has_detail: bool) -> Fields | None:
    """A fresh detail by itself, since a list row may carry fields that the detail lacks; else all that is known."""
    if has_detail:
        packed = db.value("SELECT detail_body FROM remote WHERE record_id = ?", (record_id,))
        if packed is not None:
            return payloads.parse(payloads.unpack(db, packed))
    return payloads.remote_of(db, record_id)


def _trees(row: tuple[Any, ...], remote: Fields | None) -> Trees:
    document = base = None
    if row[14] is not None:
        document = Document(
            fields=from_json(row[14]),
            deleted=bool(row[15]),
            wishes=tuple(json.loads(row[16])),
            revision=int(row[17]),
            pending=row[18],
            takes_over=bool(row[19]),
            in_conflict=row[20] is not None,
            given=None if row[22] is None else from_json(row[22]),
        )
    if row[21] is not None:
        base = _agreement(from_json(row[21]))
    return Trees(
        id=row[0],
        local_id=row[1],
        module=row[2],
        remote_id=row[3],
        source=row[4],
        source_id=row[5],
        number=row[6],
        party=row[7],
        status=row[8],
        currency=row[9],
        modified_at=row[10],
        gone=bool(row[11]),
        detail=row[12] == 1,
        mark=row[13] or "",
        remote=remote,
        document=document,
        base=base,
    )


def _agreement(stored: Fields) -> Agreement | None:
    if "local" not in stored:
        return None
    return Agreement(
        local=cast("Fields", stored["local"]),
        remote=cast("Fields", stored["remote"]),
        ids=tuple(cast("list[tuple[str, str, str, str, str]]", [tuple(one) for one in _list(stored.get("ids"))])),
        lines=tuple((key, str(line)) for key, line in _list(stored.get("lines"))),
        status=cast("str | None", stored.get("status")),
        modified_at=cast("int | None", stored.get("modified_at")),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


# -- what people and sources say --------------------------------------------------------------------------------------


def put(
    db: Database,
    record_id: int,
    fields: Mapping[str, object],
    *,
    at: datetime,
    deleted: bool = False,
    wishes: Sequence[str] = (),
    takes_over: bool = False,
    given: Mapping[str, object] | None = None,
) -> int:
    """Set what our side says and return the new revision: the one way in for people and sources.

    ``given`` is the document as its source gave it; None leaves what the source gave last.
    """
    with db.transaction():
        known = db.one("SELECT 1 FROM local WHERE record_id = ?", (record_id,)) is not None
        if not deleted:
            identity.revive(db, record_id)
        pending, action = _pending(db, record_id, deleted=deleted, wishes=wishes)
        values = (to_json(fields), pending, action, to_us(at), int(deleted), json.dumps(list(wishes)), int(takes_over))
        db.execute(_PUT, (record_id, *values, None if given is None else to_json(given)))
        if not known:
            _count(db, record_id, 1)
        states.refresh(db, [record_id])
        return int(db.value("SELECT revision FROM local WHERE record_id = ?", (record_id,)))


def _pending(db: Database, record_id: int, *, deleted: bool, wishes: Sequence[str]) -> tuple[str, str | None]:
    if deleted:
        return "delete", None
    if db.value("SELECT remote_id FROM record WHERE id = ?", (record_id,)) is None:
        return "create", None
    # A wish with data begins with its word; the screens show only that.
    return ("action", wishes[0].partition(" ")[0]) if wishes else ("update", None)


# -- what the engine learns -------------------------------------------------------------------------------------------


def adopt(
    db: Database,
    record_id: int,
    revision: int,
    fields: Mapping[str, object],
    *,
    wishes: Sequence[str],
    deleted: bool,
) -> bool:
    """Take Zoho's values into our side; False (and nothing done) when it was edited since ``revision``."""
    with db.transaction():
        changed = db.execute(
            "UPDATE local SET fields = ?, wishes = ?, deleted = ?, takes_over = 0 WHERE record_id = ? AND revision = ?",
            (to_json(fields), json.dumps(list(wishes)), int(deleted), record_id, revision),
        )
        return bool(changed.rowcount == 1)


def take_over(db: Database, record_id: int, fields: Mapping[str, object], *, at: datetime) -> int:
    """Give a mirrored record a local side that says what Zoho says; nothing is pending. Returns the revision."""
    with db.transaction():
        revision = put(db, record_id, fields, at=at)
        rest(db, record_id)
        return revision


def rest(db: Database, record_id: int) -> None:
    """Nothing of this record is to be sent: it says what Zoho says."""
    with db.transaction():
        db.execute("UPDATE local SET pending = NULL, action = NULL WHERE record_id = ?", (record_id,))
        states.refresh(db, [record_id])


def agree(db: Database, record_id: int, base: Agreement, *, at: datetime) -> None:
    """Both sides were seen to agree on this: the base of the next merge."""
    sides.put_synced(
        db,
        record_id,
        {
            "local": base.local,
            "remote": base.remote,
            "ids": [list(one) for one in base.ids],
            "lines": [list(pair) for pair in base.lines],
            "status": base.status,
            "modified_at": base.modified_at,
        },
        at=at,
    )


def drop_wish(db: Database, record_id: int, *wishes: str) -> None:
    """Strike wishes that came true; those that were added meanwhile stay."""
    with db.transaction():
        text = db.value("SELECT wishes FROM local WHERE record_id = ?", (record_id,))
        if text is None:
            return
        left = list(json.loads(text))
        for wish in wishes:
            if wish in left:
                left.remove(wish)
        db.execute("UPDATE local SET wishes = ? WHERE record_id = ?", (json.dumps(left), record_id))


def settle(db: Database, record_id: int, mark: str) -> None:
    """The planner found nothing to do for what ``mark`` stands for; an edit made meanwhile has another mark."""
    with db.transaction():
        current = db.value(
            f"SELECT {_MARK} FROM local l JOIN record r ON r.id = l.record_id WHERE r.id = ?",  # noqa: S608
            (record_id,),
        )
        if current != mark:
            return
        db.execute(
            """UPDATE local SET settled = ?, pending = NULL, action = NULL, takes_over = 0, released = 0
            WHERE record_id = ?""",
            (mark, record_id),
        )
        states.refresh(db, [record_id])


def unsettle(db: Database, record_ids: Sequence[int]) -> None:
    """Look at these again."""
    with db.transaction():
        for chunk in chunks(list(record_ids)):
            db.execute(f"UPDATE local SET settled = NULL WHERE record_id IN ({marks(chunk)})", chunk)  # noqa: S608


def _count(db: Database, record_id: int, by: int) -> None:
    feed = db.value("SELECT feed_id FROM record WHERE id = ?", (record_id,))
    module_states.shift(db, int(feed), local=by)
