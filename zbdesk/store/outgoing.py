"""What is to leave, is leaving or has left: derived from the trees and the attempts, never stored as work.

A conflict is not in it: nothing of that record moves until a person has chosen. Invariant: a record stands in exactly
one lane, and what a lane counts is what it lists.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zbdesk.domain.money import from_scaled
from zbdesk.domain.views import OutgoingSummary, OutgoingView
from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.times import from_us, to_us

_PENDING = """FROM record r JOIN module_state m ON m.id = r.feed_id LEFT JOIN local l ON l.record_id = r.id
    LEFT JOIN problem p ON p.record_id = r.id AND p.closed_at IS NULL
    LEFT JOIN attempt a ON a.record_id = r.id AND a.closed_at IS NULL
    WHERE m.connection_id = ? AND l.conflict_since IS NULL AND r.id IN
    (SELECT record_id FROM local WHERE pending IS NOT NULL UNION SELECT record_id FROM attempt WHERE closed_at IS NULL)
    """
_LANE = """CASE WHEN a.outcome = 'unknown' THEN 'unknown' WHEN a.id IS NOT NULL THEN 'sending'
    WHEN p.cause = 'locked_period' THEN 'closed_period' WHEN p.id IS NOT NULL THEN 'problem'
    WHEN {hold} = 1 AND COALESCE(l.released, 0) = 0 THEN 'held' ELSE 'waiting' END"""
# No LIKE with its percent signs, which are placeholders to PostgreSQL's driver.
_GOES = """CASE WHEN l.deleted = 1 OR REPLACE(l.wishes, '"void"', '') <> l.wishes THEN 1 ELSE 0 END"""
_COLUMNS = """r.id, m.module, r.number, r.party, r.date, r.currency, r.total, r.source, r.remote_id"""
_DUE = """SELECT r.id, m.module, r.number, r.party, r.date, r.currency, r.total, r.source, l.changed_at
    FROM record r JOIN module_state m ON m.id = r.feed_id JOIN local l ON l.record_id = r.id"""
_DONE = """FROM attempt a JOIN record r ON r.id = a.record_id JOIN module_state m ON m.id = r.feed_id
    WHERE m.connection_id = ? AND a.outcome = 'done' AND a.closed_at >= ?"""


def is_on_hold(db: Database, connection_id: int) -> bool:
    """Whether what is to leave waits for a person's release."""
    with db.snapshot():
        return bool(db.value("SELECT value FROM meta WHERE name = ?", (f"hold/{connection_id}",)) == "yes")


def waiting(
    db: Database, connection_id: int, *, order: Sequence[str], lane: str | None = None, limit: int = 500
) -> list[OutgoingView]:
    """Records of one lane, or of all, as they leave: modules in ``order``, what goes last and the other way round."""
    with db.snapshot():
        lanes = _lane(db, connection_id)
        where, values = ("", ()) if lane is None else (f" AND {lanes} = ?", (lane,))
        sql = f"SELECT {_selected(lanes)} {_PENDING}{where} {_ordered(order)} LIMIT ?"
        rows = db.all(sql, (connection_id, *values, *order, limit))
    return [_view(row) for row in rows]


def of_records(db: Database, connection_id: int, ids: Sequence[int], *, order: Sequence[str]) -> list[OutgoingView]:
    """Those of the records that are to leave, in the order in which they would."""
    rows: list[tuple[Any, ...]] = []
    with db.snapshot():
        lanes = _lane(db, connection_id)
        for chunk in chunks(list(dict.fromkeys(ids))):
            where = f" AND r.id IN ({marks(chunk)})"
            sql = f"SELECT {_selected(lanes)} {_PENDING}{where}"
            rows += db.all(sql, (connection_id, *chunk))
    ranks = {name: place for place, name in enumerate(order)}
    return [_view(row) for row in sorted(rows, key=lambda row: _place(row, ranks))]


def of_due(db: Database, ids: Sequence[int]) -> list[OutgoingView]:
    """These records as something that may leave, whether or not it is known yet that something will."""
    rows: list[tuple[Any, ...]] = []
    with db.snapshot():
        for chunk in chunks(list(dict.fromkeys(ids))):
            sql = f"{_DUE} WHERE r.id IN ({marks(chunk)})"
            rows += db.all(sql, chunk)
    return [_record(row, lane="waiting", what="update", since=from_us(row[8]), note="") for row in rows]


def done(db: Database, connection_id: int, *, since: datetime, limit: int = 500) -> list[OutgoingView]:
    """What was written since then, newest first; a record that was written twice stands there twice."""
    sql = (
        f"SELECT {_COLUMNS}, a.operation, a.snapshot, a.closed_at {_DONE} ORDER BY a.closed_at DESC, a.id DESC LIMIT ?"
    )
    with db.snapshot():
        rows = db.all(sql, (connection_id, to_us(since), limit))
    return [
        _record(row, lane="done", what=_operation(row[9], row[10]), since=from_us(row[11]), note="") for row in rows
    ]


def summary(db: Database, connection_id: int, *, since: datetime) -> OutgoingSummary:
    """How many stand in each lane; ``since``: from when on what was written still counts as done."""
    with db.snapshot():
        lanes = _lane(db, connection_id)
        sql = f"SELECT {lanes} AS lane, COUNT(*) {_PENDING} GROUP BY 1 ORDER BY 1"
        counts = [(str(lane), int(count)) for lane, count in db.all(sql, (connection_id,))]
        written = int(db.value(f"SELECT COUNT(*) {_DONE}", (connection_id, to_us(since))))
        return OutgoingSummary(is_on_hold(db, connection_id), (*counts, *([("done", written)] if written else [])))


def _lane(db: Database, connection_id: int) -> str:
    return _LANE.format(hold=int(is_on_hold(db, connection_id)))


def _selected(lanes: str) -> str:
    return f"""{_COLUMNS}, {lanes}, l.deleted, l.wishes, l.changed_at, a.operation, a.snapshot, a.started_at, p.message,
        p.status, p.reason, {_GOES}"""


def _ordered(order: Sequence[str]) -> str:
    cases = " ".join(f"WHEN ? THEN {place}" for place in range(len(order)))
    rank = f"(CASE m.module {cases} ELSE {len(order)} END)"
    # The rank is named once: its values are bound once.
    return f"""ORDER BY {_GOES}, {rank} * (1 - 2 * {_GOES}), r.id * (1 - 2 * {_GOES})"""


def _place(row: tuple[Any, ...], ranks: dict[str, int]) -> tuple[int, int, int]:
    goes = int(row[19])
    sign = -1 if goes else 1
    return goes, sign * ranks.get(str(row[1]), len(ranks)), sign * int(row[0])


def _view(row: tuple[Any, ...]) -> OutgoingView:
    lane, deleted, wishes, changed_at, operation, snapshot, started_at, message, status, reason = row[9:19]
    if operation is not None:
        what = _operation(operation, snapshot)
    elif deleted:
        what = "delete"
    elif row[8] is None:
        what = "create"
    else:
        what = next(iter(json.loads(wishes or "[]")), "update")
    note = reason if status == "dismissed" and reason else message
    shown = str(note or "") if lane in {"closed_period", "problem"} else ""
    return _record(row, lane=str(lane), what=what, since=from_us(started_at or changed_at), note=shown)


def _operation(operation: str, snapshot: str) -> str:
    """A status action goes by its own word."""
    return operation if operation != "action" else str(json.loads(snapshot).get("wish") or operation)


def _record(row: tuple[Any, ...], *, lane: str, what: str, since: datetime, note: str) -> OutgoingView:
    record_id, module, number, party, date, currency, total, source = row[:8]
    return OutgoingView(
        record_id=record_id,
        module=module,
        number=number,
        party=party,
        date=date,
        currency=currency,
        total=None if total is None else from_scaled(total),
        lane=lane,
        what=what,
        since=since,
        note=note,
        source=source or "",
    )
