"""What waits for a person, with the remedy beside it.

A record has at most one open problem, a module (or the connection) one per cause. It goes when its cause is gone; a
dismissed one stays away until the record changes or the cause went away in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zbdesk.domain.money import from_scaled
from zbdesk.domain.views import ProblemView
from zbdesk.store import module_states, states
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us, us_or_none


@dataclass(frozen=True, slots=True)
class Standing:
    """How the problem of a record stands. ``changed``: a side of the record changed since it was seen."""

    id: int
    cause: str
    dismissed: bool
    changed: bool
    count: int
    retry_at: datetime | None


_INSERT = """INSERT INTO problem (connection_id, module, record_id, cause, message, remedy, code, fingerprint, since,
    last_at, retry_at, detail, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')"""
_AGAIN = """UPDATE problem SET count = count + 1, status = 'open', message = ?, remedy = ?, code = ?, fingerprint = ?,
    last_at = ?, retry_at = ?, detail = ? WHERE id = ?"""
_SHOWN = """SELECT p.id, p.module, r.local_id, r.number, r.party, p.cause, p.message, p.remedy, p.code, p.count,
    p.since, p.retry_at, p.record_id, r.date, r.currency, r.total, p.detail, p.status, p.reason
    FROM problem p LEFT JOIN record r ON r.id = p.record_id
    WHERE p.connection_id = ? AND p.closed_at IS NULL AND p.status = ? ORDER BY p.id DESC"""


def raise_problem(
    db: Database,
    connection_id: int,
    *,
    cause: str,
    message: str,
    remedy: str,
    module: str | None = None,
    record_id: int | None = None,
    code: str | None = None,
    at: datetime,
    retry_at: datetime | None = None,
    detail: str = "",
) -> int | None:
    """Open a problem, or count it again; returns its key, None while it stays dismissed.

    ``cause`` is a stable word; ``message`` and ``remedy`` are sentences, ``detail`` is what Zoho said. Another cause on
    the same record takes the place of the one before.
    """
    with db.transaction():
        module = module or _module_of(db, record_id)
        mark = _fingerprint(db, record_id)
        known = _unclosed(db, connection_id, cause, module, record_id)
        if known is not None and known[1] == cause:
            problem_id, _, status, old_mark = known
            if status == "dismissed" and old_mark == mark:
                return None
            db.execute(_AGAIN, (message, remedy, code, mark, to_us(at), us_or_none(retry_at), detail, problem_id))
            if status == "dismissed":
                _count(db, connection_id, module, record_id, 1)
            return int(problem_id)
        if known is not None:
            _close(db, known[0], at)
        db.execute(
            _INSERT,
            (
                connection_id,
                module,
                record_id,
                cause,
                message,
                remedy,
                code,
                mark,
                to_us(at),
                to_us(at),
                us_or_none(retry_at),
                detail,
            ),
        )
        made = _unclosed(db, connection_id, cause, module, record_id)
        _count(db, connection_id, module, record_id, 1)
        return None if made is None else int(made[0])


def message_of(db: Database, problem_id: int) -> str:
    """The sentence of a problem."""
    return str(db.value("SELECT message FROM problem WHERE id = ?", (problem_id,)) or "")


def clear(
    db: Database,
    connection_id: int,
    *,
    cause: str | None = None,
    module: str | None = None,
    record_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Close what is open or dismissed for this record, or for this module itself; returns how many.

    Without ``cause`` any cause. Problems of a module's records are not touched by clearing the module's own.
    ``at`` is when the cause was seen to be gone; without it the moment of the last occurrence is kept.
    """
    with db.transaction():
        sql = "SELECT id, cause, last_at FROM problem WHERE connection_id = ? AND closed_at IS NULL AND "
        if record_id is None:
            rows = db.all(sql + "record_id IS NULL AND COALESCE(module, '') = ?", (connection_id, module or ""))
        else:
            rows = db.all(sql + "record_id = ?", (connection_id, record_id))
        gone = [(problem_id, last_at) for problem_id, its_cause, last_at in rows if cause in (None, its_cause)]
        for problem_id, last_at in gone:
            _close(db, problem_id, at or from_us(last_at))
        return len(gone)


def exists(db: Database, connection_id: int, problem_id: int) -> bool:
    """Whether this problem is there, open or dismissed."""
    sql = "SELECT 1 FROM problem WHERE id = ? AND connection_id = ? AND closed_at IS NULL"
    return db.one(sql, (problem_id, connection_id)) is not None


def dismiss(db: Database, problem_id: int, reason: str = "") -> bool:
    """A person says: leave me alone with this one. False when it is not open (any more)."""
    with db.transaction():
        row = db.one("SELECT connection_id, module, record_id, status FROM problem WHERE id = ?", (problem_id,))
        if row is None or row[3] != "open":
            return False
        db.execute("UPDATE problem SET status = 'dismissed', reason = ? WHERE id = ?", (reason, problem_id))
        _count(db, row[0], row[1], row[2], -1)
        return True


def reopen(db: Database, problem_id: int) -> bool:
    """Show a dismissed one again. False when it is not dismissed (any more)."""
    with db.transaction():
        row = db.one("SELECT connection_id, module, record_id, status FROM problem WHERE id = ?", (problem_id,))
        if row is None or row[3] != "dismissed":
            return False
        db.execute("UPDATE problem SET status = 'open', reason = '' WHERE id = ?", (problem_id,))
        _count(db, row[0], row[1], row[2], 1)
        return True


def seen_here(db: Database, connection_id: int) -> list[int]:
    """Records with a problem that was found here and not by Zoho: whether it still holds costs no call to see."""
    sql = "SELECT record_id FROM problem WHERE connection_id = ? AND closed_at IS NULL AND code IS NULL"
    rows = db.all(sql + " AND record_id IS NOT NULL", (connection_id,))
    return [record_id for (record_id,) in rows]


def standing(db: Database, record_id: int) -> Standing | None:
    """The problem of this record, open or dismissed; None where there is none."""
    sql = (
        "SELECT id, cause, status, fingerprint, count, retry_at FROM problem WHERE record_id = ? AND closed_at IS NULL"
    )
    row = db.one(sql, (record_id,))
    if row is None:
        return None
    changed = row[3] != _fingerprint(db, record_id)
    return Standing(row[0], row[1], row[2] == "dismissed", changed, row[4], moment_or_none(row[5]))


def retry_now(db: Database, problem_id: int) -> int | None:
    """Let it be tried without waiting; returns its record, None where it has none or is not there."""
    with db.transaction():
        db.execute("UPDATE problem SET retry_at = NULL WHERE id = ? AND closed_at IS NULL", (problem_id,))
        sql = "SELECT record_id FROM problem WHERE id = ? AND closed_at IS NULL"
        record_id: int | None = db.value(sql, (problem_id,))
        return record_id


def open_problems(db: Database, connection_id: int) -> list[ProblemView]:
    """All open ones, newest first."""
    with db.snapshot():
        return [_view(row) for row in db.all(_SHOWN, (connection_id, "open"))]


def dismissed(db: Database, connection_id: int) -> list[ProblemView]:
    """All that a person dismissed and that still stand, newest first."""
    with db.snapshot():
        return [_view(row) for row in db.all(_SHOWN, (connection_id, "dismissed"))]


def count_open(db: Database, connection_id: int) -> int:
    """How many are open, those of the connection itself included."""
    sql = "SELECT COUNT(*) FROM problem WHERE connection_id = ? AND closed_at IS NULL AND status = 'open'"
    with db.snapshot():
        return int(db.value(sql, (connection_id,)))


def _unclosed(
    db: Database, connection_id: int, cause: str, module: str | None, record_id: int | None
) -> tuple[int, str, str, str] | None:
    """(id, cause, status, fingerprint) of what stands in the place of this problem."""
    sql = "SELECT id, cause, status, fingerprint FROM problem WHERE closed_at IS NULL AND "
    if record_id is not None:
        row = db.one(sql + "record_id = ?", (record_id,))
    else:
        where = "record_id IS NULL AND connection_id = ? AND COALESCE(module, '') = ? AND cause = ?"
        row = db.one(sql + where, (connection_id, module or "", cause))
    return None if row is None else (row[0], row[1], row[2], row[3])


def _close(db: Database, problem_id: int, at: datetime) -> None:
    sql = "SELECT connection_id, module, record_id, status FROM problem WHERE id = ?"
    connection_id, module, record_id, status = db.one(sql, (problem_id,)) or (0, None, None, "closed")
    db.execute("UPDATE problem SET status = 'closed', closed_at = ? WHERE id = ?", (to_us(at), problem_id))
    if status == "open":
        _count(db, connection_id, module, record_id, -1)


def _count(db: Database, connection_id: int, module: str | None, record_id: int | None, by: int) -> None:
    if module is not None:
        module_states.shift(db, module_states.feed_of(db, connection_id, module).id, problems=by)
    if record_id is not None:
        states.refresh(db, [record_id])


def _module_of(db: Database, record_id: int | None) -> str | None:
    if record_id is None:
        return None
    sql = "SELECT m.module FROM record r JOIN module_state m ON m.id = r.feed_id WHERE r.id = ?"
    name: str | None = db.value(sql, (record_id,))
    return name


def _fingerprint(db: Database, record_id: int | None) -> str:
    """What the record looked like when the problem was seen: it differs once either side changes."""
    sql = "SELECT r.row_hash, l.revision FROM record r LEFT JOIN local l ON l.record_id = r.id WHERE r.id = ?"
    row = None if record_id is None else db.one(sql, (record_id,))
    return "" if row is None else f"{row[0]}/{row[1]}"


def _view(row: tuple[Any, ...]) -> ProblemView:
    (problem_id, module, local_id, number, party, cause, message, remedy, code, count, since, retry_at) = row[:12]
    record_id, day, currency, total, detail, status, reason = row[12:]
    return ProblemView(
        id=problem_id,
        module=module,
        local_id=local_id,
        number=number,
        party=party,
        cause=cause,
        message=message,
        remedy=remedy,
        code=code,
        count=count,
        since=from_us(since),
        retry_at=moment_or_none(retry_at),
        record_id=record_id,
        date=day,
        currency=currency,
        amount=None if total is None else from_scaled(total),
        detail=detail,
        dismissed=status == "dismissed",
        reason=reason,
    )
