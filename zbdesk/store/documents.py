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

from zbdesk.store import conflicts, module_states, payloads, problems, sides, states
from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids
from zbdesk.store.keys import fold
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.sides import Fields, from_json, to_json
from zbdesk.store.times import to_us


@dataclass(frozen=True, slots=True)
class Columns:
    """What tables show of a record that Zoho has not seen yet. Money in millionths."""

    number: str | None = None
    date: str | None = None
    due_date: str | None = None
    party: str | None = None
    party_id: str | None = None
    currency: str | None = None
    total: int | None = None
    reference: str | None = None


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
_INSERT = """INSERT INTO record (id, feed_id, local_id, source, source_id, number, date, due_date, party, party_id,
    currency, total, reference, number_key, party_key, reference_key, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')"""
_COLUMNS = """UPDATE record SET number = ?, date = ?, due_date = ?, party = ?, party_id = ?, currency = ?, total = ?,
    reference = ?, number_key = ?, party_key = ?, reference_key = ? WHERE id = ? AND remote_id IS NULL"""
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


def status_of(db: Database, record_id: int) -> str | None:
    """Zoho's word for how the record stands."""
    status: str | None = db.value("SELECT status FROM record WHERE id = ?", (record_id,))
    return status


def by_source(db: Database, connection_id: int, module: str, source: str, source_id: str) -> int | None:
    """The record that stands for a document of a source."""
    return _one(db, connection_id, module, "r.source = ? AND r.source_id = ?", (source, source_id))


def by_local_id(db: Database, connection_id: int, module: str, local_id: str) -> int | None:
    """The record with this lasting identity."""
    return _one(db, connection_id, module, "r.local_id = ?", (local_id,))


def by_remote_id(db: Database, connection_id: int, module: str, remote_id: str) -> int | None:
    """The record that Zoho knows under this id."""
    return _one(db, connection_id, module, "r.remote_id = ?", (remote_id,))


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


def new_record(
    db: Database,
    connection_id: int,
    module: str,
    *,
    source: str | None = None,
    source_id: str | None = None,
    columns: Columns,
) -> int:
    """Make a record that only this computer knows; ``put`` gives it its document. Inside a transaction."""
    feed = module_states.feed_of(db, connection_id, module)
    record_id = next_ids(db, "record", 1)
    (local_id,) = db.new_local_ids(1)
    keys = (fold(columns.number), fold(columns.party), fold(columns.reference))
    values = (
        columns.number,
        columns.date,
        columns.due_date,
        columns.party,
        columns.party_id,
        columns.currency,
        columns.total,
        columns.reference,
    )
    db.execute(_INSERT, (record_id, feed.id, local_id, source, source_id, *values, *keys))
    module_states.shift(db, feed.id, pending=1)
    return record_id


def set_columns(db: Database, record_id: int, columns: Columns) -> None:
    """Show the edited document in tables, as long as Zoho has said nothing of the record."""
    with db.transaction():
        db.execute(
            _COLUMNS,
            (
                columns.number,
                columns.date,
                columns.due_date,
                columns.party,
                columns.party_id,
                columns.currency,
                columns.total,
                columns.reference,
                fold(columns.number),
                fold(columns.party),
                fold(columns.reference),
                record_id,
            ),
        )


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
            _revive(db, record_id)
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
    return ("action", wishes[0]) if wishes else ("update", None)


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


def note_conflict(db: Database, record_id: int, clashes: Sequence[Mapping[str, str | None]], *, at: datetime) -> bool:
    """Show this conflict; True when it is a new one. The moment of its first time stays."""
    with db.transaction():
        before = db.one("SELECT conflict_since, clashes FROM local WHERE record_id = ?", (record_id,))
        text = json.dumps([dict(clash) for clash in clashes])
        if before is None or (before[0] is not None and before[1] == text):
            return False
        db.execute("UPDATE local SET clashes = ? WHERE record_id = ?", (text, record_id))
        conflicts.note(db, record_id, at)
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
            sides.put_synced(db, record_id, from_json(base), at=at)
        states.refresh(db, [record_id])
        return True


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


def clashing(db: Database, record_id: int) -> list[str]:
    """Names of the fields in conflict."""
    text = db.value("SELECT clashes FROM local WHERE record_id = ? AND conflict_since IS NOT NULL", (record_id,))
    return [] if text is None else [str(clash["name"]) for clash in json.loads(text)]


def connection_of(db: Database, record_id: int) -> int:
    """The connection that a record belongs to."""
    sql = "SELECT m.connection_id FROM record r JOIN module_state m ON m.id = r.feed_id WHERE r.id = ?"
    return int(db.value(sql, (record_id,)))


def end_conflict(db: Database, record_id: int) -> None:
    """The two sides agree again, or a person has chosen."""
    with db.transaction():
        found = db.value("SELECT conflict_since FROM local WHERE record_id = ?", (record_id,))
        if found is not None:
            db.execute("UPDATE local SET clashes = NULL WHERE record_id = ?", (record_id,))
            conflicts.settle(db, record_id)


def detach(db: Database, record_id: int) -> None:
    """Forget Zoho's record: it is gone there, and ours is to be created again under the same local identity."""
    with db.transaction():
        row = db.one("SELECT feed_id, gone, want_detail, remote_id FROM record WHERE id = ?", (record_id,))
        if row is None or row[3] is None:
            return
        feed_id, gone, wanted, _ = row
        db.execute("DELETE FROM remote WHERE record_id = ?", (record_id,))
        db.execute("DELETE FROM synced WHERE record_id = ?", (record_id,))
        db.execute(
            """UPDATE record SET remote_id = NULL, gone = 0, deleted_at = NULL, want_detail = 0, detail = 0,
            row_hash = NULL, modified_at = NULL, status = NULL, balance = NULL WHERE id = ?""",
            (record_id,),
        )
        db.execute(
            "UPDATE local SET settled = NULL, pending = 'create', action = NULL WHERE record_id = ?", (record_id,)
        )
        module_states.shift(db, feed_id, live=-(1 - gone), deleted=-gone, wanted=-wanted)
        states.refresh(db, [record_id])


def forget(db: Database, record_id: int, at: datetime) -> None:
    """Let go of a record that never reached Zoho and is no longer wanted.

    A document of a source stays as a tombstone: its source will give it again, which must not revive it.
    """
    with db.transaction():
        row = db.one("SELECT feed_id, remote_id, source_id, gone FROM record WHERE id = ?", (record_id,))
        if row is None or row[1] is not None:
            return
        feed_id, _, source_id, gone = row
        connection_id = db.value("SELECT connection_id FROM module_state WHERE id = ?", (feed_id,))
        problems.clear(db, int(connection_id), record_id=record_id)
        if source_id is None:
            sides.drop_local(db, record_id)
            _remove(db, record_id)
            return
        db.execute("UPDATE record SET gone = 1, deleted_at = ? WHERE id = ?", (to_us(at), record_id))
        db.execute(
            """UPDATE local SET deleted = 1, wishes = '[]', pending = NULL, action = NULL, conflict_since = NULL,
            clashes = NULL WHERE record_id = ?""",
            (record_id,),
        )
        module_states.shift(db, feed_id, deleted=1 - gone)
        states.refresh(db, [record_id])


def _revive(db: Database, record_id: int) -> None:
    """A document that was given up before it left is wanted again."""
    row = db.one("SELECT feed_id FROM record WHERE id = ? AND gone = 1 AND remote_id IS NULL", (record_id,))
    if row is not None:
        db.execute("UPDATE record SET gone = 0, deleted_at = NULL WHERE id = ?", (record_id,))
        module_states.shift(db, int(row[0]), deleted=-1)


def absorb(db: Database, record_id: int, other_id: int) -> None:
    """Two rows turned out to be one record of Zoho's: the mirrored ``other_id`` becomes part of ``record_id``.

    The local identity of ``record_id`` stays; a local side of the other one goes. Raises ``ValueError`` where the
    other one stands for a document of its own, or where ``record_id`` has a record of Zoho's already.
    """
    with db.transaction():
        mine = db.one("SELECT feed_id, remote_id FROM record WHERE id = ?", (record_id,))
        other = db.one("SELECT feed_id, source_id, remote_id FROM record WHERE id = ?", (other_id,))
        if mine is None or other is None or mine[0] != other[0]:
            raise ValueError("only two records of one module can be one")
        if mine[1] is not None or other[1] is not None:
            raise ValueError("both records stand for something of their own")
        connection_id = db.value("SELECT connection_id FROM module_state WHERE id = ?", (mine[0],))
        problems.clear(db, int(connection_id), record_id=other_id)
        sides.drop_local(db, other_id)
        columns = """number, date, due_date, party, party_id, status, currency, total, balance, reference, modified_at,
            number_key, party_key, reference_key, row_hash, scan_id, want_detail, detail, gone, deleted_at"""
        values = db.one(f"SELECT {columns}, remote_id FROM record WHERE id = ?", (other_id,))  # noqa: S608 - constant
        assert values is not None  # noqa: S101 - read above, in the same transaction
        db.execute("UPDATE remote SET record_id = ? WHERE record_id = ?", (record_id, other_id))
        db.execute("UPDATE diary SET record_id = ? WHERE record_id = ?", (record_id, other_id))
        db.execute("DELETE FROM record WHERE id = ?", (other_id,))
        names = [name.strip() for name in columns.split(",")] + ["remote_id"]
        assignments = ", ".join(f"{name} = ?" for name in names)
        db.execute(f"UPDATE record SET {assignments} WHERE id = ?", (*values, record_id))  # noqa: S608 - our columns
        states.refresh(db, [record_id])


def _remove(db: Database, record_id: int) -> None:
    feed_id, state = db.one("SELECT feed_id, state FROM record WHERE id = ?", (record_id,)) or (0, "")
    if state in states.COUNTED:
        module_states.shift(db, int(feed_id), **{states.COUNTED[state]: -1})
    db.execute("DELETE FROM record WHERE id = ?", (record_id,))


def _count(db: Database, record_id: int, by: int) -> None:
    feed = db.value("SELECT feed_id FROM record WHERE id = ?", (record_id,))
    module_states.shift(db, int(feed), local=by)
