"""Figures over the inbox, and its events joined with the records that they are about. Read-only.

The inbox holds at most ``inbox.KEPT_ROWS`` rows, so each of these is one look through it and no index is worth its
writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zbdesk.domain.webhook_views import EventFilter, EventLine, ModuleEvents, WebhookFigures
from zbdesk.store.database import Database
from zbdesk.store.inbox import Result, view_of
from zbdesk.store.times import from_us, to_us

_SAMPLE = 500
"""Events of which the usual time is taken, the newest."""

_READ = (Result.UPDATED.value, Result.NEW.value, Result.DELETED.value)
WAITING = "waiting"

_MODULES = """SELECT module, MAX(received_at), SUM(CASE WHEN received_at >= ? THEN 1 ELSE 0 END) FROM inbox
    WHERE connection_id = ? AND module IS NOT NULL AND verified = 1 GROUP BY module ORDER BY module"""
_TODAY = """SELECT COUNT(*), COALESCE(SUM(1 - verified), 0) FROM inbox WHERE connection_id = ? AND received_at >= ?"""
_SPANS = """SELECT handled_at - received_at FROM inbox WHERE connection_id = ? AND received_at >= ? AND replays = 0
    AND handled_at IS NOT NULL AND result IN (?, ?, ?) ORDER BY id DESC LIMIT ?"""


def figures(db: Database, connection_id: int, midnight: datetime) -> WebhookFigures:
    """The day since ``midnight`` in figures."""
    start = to_us(midnight)
    with db.snapshot():
        today, unverified = db.one(_TODAY, (connection_id, start)) or (0, 0)
        spans = sorted(int(span) for (span,) in db.all(_SPANS, (connection_id, start, *_READ, _SAMPLE)))
        modules = tuple(
            ModuleEvents(module, from_us(last), int(count))
            for module, last, count in db.all(_MODULES, (start, connection_id))
        )
    usual = spans[len(spans) // 2] / 1_000_000 if spans else None
    return WebhookFigures(int(today), int(unverified), usual, modules)


_LINES = """SELECT i.id, i.received_at, i.module, i.remote_id, i.verified, i.result, i.note, i.event, i.via, i.copies,
    i.replays, i.modified_at, i.handled_at, r.number, r.party, r.id
    FROM inbox i
    LEFT JOIN module_state m ON m.connection_id = i.connection_id AND m.module = i.module
    LEFT JOIN record r ON r.feed_id = m.id AND r.remote_id = i.remote_id"""


def lines(
    db: Database, connection_id: int, where: EventFilter, limit: int = 100, before_id: int | None = None
) -> list[EventLine]:
    """Events that fit, newest first, with their records; ``before_id`` goes on where a list ended."""
    conditions, values = ["i.connection_id = ?"], [connection_id]
    wanted: list[tuple[str, Sequence[Any]]] = []
    if where.module:
        wanted.append(("i.module = ?", (where.module,)))
    if where.result == WAITING:
        wanted.append(("i.handled_at IS NULL", ()))
    elif where.result:
        wanted.append(("i.handled_at IS NOT NULL AND i.result = ?", (where.result,)))
    if where.verified is not None:
        wanted.append(("i.verified = ?", (int(where.verified),)))
    if before_id is not None:
        wanted.append(("i.id < ?", (before_id,)))
    for condition, given in wanted:
        conditions.append(condition)
        values.extend(given)
    sql = f"{_LINES} WHERE {' AND '.join(conditions)} ORDER BY i.id DESC LIMIT ?"
    with db.snapshot():
        return [_line(row) for row in db.all(sql, (*values, limit))]


def _line(row: tuple[Any, ...]) -> EventLine:
    *event, number, party, record_id = row
    return EventLine(view_of(tuple(event)), number, party, record_id)
