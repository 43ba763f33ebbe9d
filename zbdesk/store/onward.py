"""What of the inbox is for which target: looked through in order, each target from where it came to.

Invariant: looking through and queueing are one transaction, so nothing is passed over and nothing queued twice.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from zbdesk.domain.way import Target
from zbdesk.store import deliveries, queries
from zbdesk.store.database import Database, Row
from zbdesk.store.deliveries import Message
from zbdesk.store.inbox import Result
from zbdesk.store.times import from_us

AT_ONCE = 200
"""Rows of the inbox that one look takes."""

CHANGED, DELETED = "changed", "deleted"
KINDS = (CHANGED, DELETED)

_CONFIRMED = (Result.UPDATED, Result.NEW, Result.DELETED, Result.KNOWN)
"""Outcomes after which it is known how the record stands in Zoho Books."""

_EVENTS = """SELECT id, module, remote_id, event, content_type, body FROM inbox
    WHERE connection_id = ? AND verified = 1 AND module IS NOT NULL AND id > ? ORDER BY id LIMIT ?"""
_RECORDS = """SELECT i.handled_at, i.module, i.remote_id, MAX(i.result), MAX(i.verified), MIN(i.received_at), MIN(r.id)
    FROM inbox i
    LEFT JOIN module_state m ON m.connection_id = i.connection_id AND m.module = i.module
    LEFT JOIN record r ON r.feed_id = m.id AND r.remote_id = i.remote_id
    WHERE i.connection_id = ? AND i.handled_at >= ? AND i.result IN (?, ?, ?, ?)
    GROUP BY i.handled_at, i.module, i.remote_id ORDER BY i.handled_at, i.module, i.remote_id LIMIT ?"""


class Looked(NamedTuple):
    """What a look came to. ``more``: it took as many rows as one look may, so another is due at once."""

    queued: int
    more: bool


def queue_new(db: Database, connection_id: int, at: datetime) -> Looked:
    """Queue what arrived or was confirmed since the last look."""
    queued, more = 0, False
    for target in deliveries.targets(db, connection_id):
        if target.enabled:
            with db.transaction():
                look = _events if target.content == "event" else _records
                messages, behind = look(db, connection_id, target)
                more |= behind
                for message in messages:
                    if target.wants(message.module, message.kind):
                        queued += deliveries.enqueue(db, target.id, message, at)
    return Looked(queued, more)


def _events(db: Database, connection_id: int, target: Target) -> tuple[list[Message], bool]:
    """Events with a right signature, as Zoho sent them."""
    seen = int(db.value("SELECT seen_id FROM relay_target WHERE id = ?", (target.id,)))
    rows = db.all(_EVENTS, (connection_id, seen, AT_ONCE))
    if rows:
        db.execute("UPDATE relay_target SET seen_id = ? WHERE id = ?", (rows[-1][0], target.id))
    messages = [
        Message(
            f"event {key}",
            module,
            remote_id or "",
            DELETED if event == DELETED else CHANGED,
            content_type,
            bytes(body),
        )
        for key, module, remote_id, event, content_type, body in rows
    ]
    return messages, len(rows) >= AT_ONCE


def _records(db: Database, connection_id: int, target: Target) -> tuple[list[Message], bool]:
    """Records as Zoho showed them after an event had pointed at them."""
    seen = int(db.value("SELECT seen_handled_at FROM relay_target WHERE id = ?", (target.id,)))
    words = [result.value for result in _CONFIRMED]
    limit = AT_ONCE
    rows = db.all(_RECORDS, (connection_id, seen, *words, limit))
    while len(rows) == limit and rows[0][0] == rows[-1][0]:
        # More than a look's worth was settled in one moment: the position could not move past it.
        limit *= 2
        rows = db.all(_RECORDS, (connection_id, seen, *words, limit))
    if rows:
        db.execute("UPDATE relay_target SET seen_handled_at = ? WHERE id = ?", (rows[-1][0], target.id))
    # Rows of the position's own moment come again: where there is nothing but them, no more is behind.
    return [_record(db, row) for row in rows], len(rows) >= AT_ONCE and rows[-1][0] > seen


def _record(db: Database, row: Row) -> Message:
    handled_at, module, remote_id, result, verified, received_at, record_id = row
    payload = queries.full_payloads(db, record_id)[0] if record_id is not None else None
    kind = DELETED if result == Result.DELETED.value else CHANGED
    told = {
        "event": kind,
        "module": module,
        "remote_id": remote_id,
        "received_at": from_us(received_at).isoformat(),
        "confirmed_at": from_us(handled_at).isoformat(),
        "verified": bool(verified),
        "record": payload if kind == CHANGED else None,
    }
    body = json.dumps(told, ensure_ascii=False, default=str).encode()
    return Message(f"record {module} {remote_id} {handled_at}", module, remote_id, kind, "application/json", body)
