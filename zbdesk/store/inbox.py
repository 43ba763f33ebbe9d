"""The inbox of webhook events: each stored once, before it is acknowledged, and kept with what became of it.

An event is a hint to look at a record, never the truth. Invariants: what was acknowledged is here; an event is settled
only by something that began after it was stored; a row that waits is never pruned.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from zbdesk.domain.views import WebhookEventRaw, WebhookEventView
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us

KEPT_DAYS = 30
KEPT_ROWS = 20_000


class Result(StrEnum):
    """What became of an event. The words are stable: the command line shows them."""

    WAITING = "waiting"
    """Stored; the record is about to be read."""

    PAUSED = "waiting_paused"
    OFFLINE = "waiting_offline"
    SIGN_IN = "waiting_sign_in"
    THROTTLED = "waiting_throttled"
    BUSY = "waiting_busy"
    """A pass is running that must end before a record that is not here yet may be read by itself."""

    RETRY = "waiting_retry"
    """Zoho did not answer about this record; it is asked again."""

    UPDATED = "updated"
    """The record was read again."""

    NEW = "new"
    """The record was not here and is now."""

    DELETED = "deleted"
    """Zoho says by id that the record is gone."""

    KNOWN = "already_known"
    """What is here is as new as the event or newer: nothing was read for it."""

    NEVER_HERE = "not_in_zoho"
    """Neither here nor in Zoho: made and deleted in between."""

    OTHER_ORGANIZATION = "other_organization"
    MODULE_OFF = "module_off"
    NOT_UNDERSTOOD = "not_understood"
    """It names no record of a module that can be read by its id."""

    REFUSED = "refused"
    """Zoho refuses to show the record."""


WAITS = frozenset(
    {Result.WAITING, Result.PAUSED, Result.OFFLINE, Result.SIGN_IN, Result.THROTTLED, Result.BUSY, Result.RETRY}
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that is to be stored. ``result`` that waits: it is looked at later; any other: it is settled."""

    received_at: datetime
    digest: str
    via: str
    verified: bool
    method: str
    path: str
    content_type: str
    query: bytes
    body: bytes
    module: str | None
    remote_id: str | None
    organization_id: str | None
    event: str
    modified_at: int | None
    result: Result = Result.WAITING


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits for one record.

    ``newest_id``: the last of these events; ``stamp``: the newest stamp in them, None where one of them has none;
    ``deletion``: whether one of them speaks of one; ``replayed``: whether a person wants the record read.
    """

    module: str
    remote_id: str
    newest_id: int
    received_at: datetime
    stamp: int | None
    deletion: bool
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the webhooks of one connection, but for the secret."""

    path_key: str
    public_url: str = ""
    last_event_at: datetime | None = None
    refused: int = 0
    refused_at: datetime | None = None


def ensure(db: Database, connection_id: int) -> None:
    """Give a connection its lasting key. Inside a transaction; a second time changes nothing."""
    sql = "INSERT INTO webhook (connection_id, path_key) VALUES (?, ?) ON CONFLICT (connection_id) DO NOTHING"
    db.execute(sql, (connection_id, secrets.token_hex(16)))


def delete(db: Database, connection_id: int) -> None:
    """Remove all events and the key, inside the transaction that removes the connection."""
    db.execute("DELETE FROM inbox WHERE connection_id = ?", (connection_id,))
    db.execute("DELETE FROM webhook WHERE connection_id = ?", (connection_id,))


def facts(db: Database, connection_id: int) -> Facts:
    """What is known of this connection's webhooks."""
    sql = "SELECT path_key, public_url, last_event_at, refused, refused_at FROM webhook WHERE connection_id = ?"
    with db.snapshot():
        row = db.one(sql, (connection_id,))
    if row is None:
        raise RuntimeError("a connection without a webhook row")
    return Facts(row[0], row[1], moment_or_none(row[2]), row[3], moment_or_none(row[4]))


def set_public_url(db: Database, connection_id: int, url: str) -> None:
    """Note the public address that leads to the listener; empty for none."""
    with db.transaction():
        db.execute("UPDATE webhook SET public_url = ? WHERE connection_id = ?", (url, connection_id))


def count_refused(db: Database, connection_id: int, count: int, at: datetime) -> None:
    """Note events with a wrong signature. Nothing of them is kept: whoever sends them wants to fill the disk."""
    sql = "UPDATE webhook SET refused = refused + ?, refused_at = ? WHERE connection_id = ?"
    with db.transaction():
        db.execute(sql, (count, to_us(at), connection_id))


# -- arriving ---------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "connection_id, received_at, digest, via, verified, method, path, content_type, query, body, module, remote_id, "
    "organization_id, event, modified_at, result, handled_at"
)
_INSERT = f"INSERT INTO inbox ({_COLUMNS}) VALUES ({', '.join('?' * 17)})"  # noqa: S608 - our names


def store(db: Database, connection_id: int, events: Sequence[NewEvent]) -> list[int | None]:
    """Store events in one transaction; returns their keys, None for each that was here already."""
    keys: list[int | None] = []
    with db.transaction():
        for event in events:
            known = db.one("SELECT id FROM inbox WHERE connection_id = ? AND digest = ?", (connection_id, event.digest))
            if known is not None:
                db.execute("UPDATE inbox SET copies = copies + 1 WHERE id = ?", known)
                keys.append(None)
                continue
            db.execute(_INSERT, _values(connection_id, event))
            sql = "SELECT id FROM inbox WHERE connection_id = ? AND digest = ?"
            keys.append(int(db.value(sql, (connection_id, event.digest))))
        if events:
            newest = max(event.received_at for event in events)
            sql = "UPDATE webhook SET last_event_at = ? WHERE connection_id = ?"
            db.execute(sql, (to_us(newest), connection_id))
    return keys


def store_left(db: Database, connection_id: int, events: Sequence[NewEvent]) -> int:
    """Store those that are not here, in one transaction; returns how many. No copy is counted: it is the same one."""
    known = "SELECT id FROM inbox WHERE connection_id = ? AND digest = ?"
    new = 0
    with db.transaction():
        for event in events:
            if db.one(known, (connection_id, event.digest)) is None:
                db.execute(_INSERT, _values(connection_id, event))
                new += 1
        if events:
            newest = max(event.received_at for event in events)
            sql = "UPDATE webhook SET last_event_at = ? WHERE connection_id = ? AND COALESCE(last_event_at, 0) < ?"
            db.execute(sql, (to_us(newest), connection_id, to_us(newest)))
    return new


def _values(connection_id: int, event: NewEvent) -> tuple[Any, ...]:
    return (
        connection_id,
        to_us(event.received_at),
        event.digest,
        event.via,
        int(event.verified),
        event.method,
        event.path,
        event.content_type,
        event.query,
        event.body,
        event.module,
        event.remote_id,
        event.organization_id,
        event.event,
        event.modified_at,
        event.result.value,
        None if event.result in WAITS else to_us(event.received_at),
    )


# -- being looked at --------------------------------------------------------------------------------------------------

_WAITING = """SELECT module, remote_id, MAX(id), MAX(received_at), COUNT(*), COUNT(modified_at), MAX(modified_at),
    MAX(CASE WHEN event = 'deleted' THEN 1 ELSE 0 END), MAX(replays) FROM inbox
    WHERE connection_id = ? AND handled_at IS NULL GROUP BY module, remote_id ORDER BY MIN(id) LIMIT ?"""


def waiting(db: Database, connection_id: int, limit: int = 200) -> list[Waiting]:
    """What waits, one entry a record, the oldest first."""
    with db.snapshot():
        rows = db.all(_WAITING, (connection_id, limit))
    return [
        Waiting(
            module=module,
            remote_id=remote_id,
            newest_id=newest_id,
            received_at=from_us(received),
            stamp=stamp if stamped == count else None,
            deletion=bool(deletion),
            replayed=bool(replays),
        )
        for module, remote_id, newest_id, received, count, stamped, stamp, deletion, replays in rows
    ]


def waiting_modules(db: Database, connection_id: int) -> list[str]:
    """The modules of which something waits."""
    sql = "SELECT DISTINCT module FROM inbox WHERE connection_id = ? AND handled_at IS NULL AND module IS NOT NULL"
    with db.snapshot():
        return [module for (module,) in db.all(sql, (connection_id,))]


def count_waiting(db: Database, connection_id: int) -> int:
    """How many events wait."""
    with db.snapshot():
        sql = "SELECT COUNT(*) FROM inbox WHERE connection_id = ? AND handled_at IS NULL"
        return int(db.value(sql, (connection_id,)))


def settle(  # noqa: PLR0917 - the parts of one sentence about one record's events
    db: Database, connection_id: int, of: Waiting, result: Result, at: datetime, note: str = ""
) -> None:
    """Note what became of a record's events, up to the newest that was there when looking began."""
    with db.transaction():
        db.execute(_SETTLE, (result.value, note, to_us(at), connection_id, of.module, of.remote_id, of.newest_id))


_SETTLE = """UPDATE inbox SET result = ?, note = ?, handled_at = ? WHERE connection_id = ? AND module = ?
    AND remote_id = ? AND id <= ? AND handled_at IS NULL"""


def settle_all(db: Database, connection_id: int, answers: Sequence[tuple[Waiting, Result]], at: datetime) -> None:
    """The same for many records in one transaction."""
    rows = [
        (result.value, "", to_us(at), connection_id, of.module, of.remote_id, of.newest_id) for of, result in answers
    ]
    with db.transaction():
        db.executemany(_SETTLE, rows)


def hold(db: Database, connection_id: int, of: Sequence[Waiting], result: Result) -> None:
    """Note why these records' events wait."""
    sql = """UPDATE inbox SET result = ? WHERE connection_id = ? AND module = ? AND remote_id = ? AND id <= ?
        AND handled_at IS NULL AND result <> ?"""
    with db.transaction():
        for one in of:
            db.execute(sql, (result.value, connection_id, one.module, one.remote_id, one.newest_id, result.value))


def hold_all(db: Database, connection_id: int, result: Result) -> None:
    """Note why everything that waits does so."""
    sql = "UPDATE inbox SET result = ? WHERE connection_id = ? AND handled_at IS NULL AND result <> ?"
    with db.transaction():
        db.execute(sql, (result.value, connection_id, result.value))


def replay(db: Database, connection_id: int, event_id: int) -> bool:
    """Let an event be looked at once more; False where it is not there or names no record."""
    sql = """UPDATE inbox SET handled_at = NULL, result = ?, note = '', replays = replays + 1, modified_at = NULL
        WHERE id = ? AND connection_id = ? AND module IS NOT NULL AND remote_id IS NOT NULL"""
    with db.transaction():
        # Without its stamp it cannot be taken for old news: a person wants the record read.
        return bool(db.execute(sql, (Result.WAITING.value, event_id, connection_id)).rowcount)


def prune(db: Database, connection_id: int, now: datetime) -> int:
    """Forget settled events beyond ``KEPT_DAYS`` and ``KEPT_ROWS``; returns how many."""
    old = to_us(now - timedelta(days=KEPT_DAYS))
    with db.transaction():
        sql = "SELECT id FROM inbox WHERE connection_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?"
        beyond = db.value(sql, (connection_id, KEPT_ROWS)) or 0
        sql = """DELETE FROM inbox WHERE connection_id = ? AND handled_at IS NOT NULL
            AND (received_at < ? OR id <= ?)"""
        return int(db.execute(sql, (connection_id, old, beyond)).rowcount)


# -- being shown ------------------------------------------------------------------------------------------------------

_SHOWN = """SELECT id, received_at, module, remote_id, verified, result, note, event, via, copies, replays,
    modified_at, handled_at FROM inbox"""


def events(  # noqa: PLR0917 - the filters of one list
    db: Database,
    connection_id: int,
    limit: int = 100,
    module: str | None = None,
    result: str | None = None,
    before_id: int | None = None,
) -> list[WebhookEventView]:
    """Events, newest first. ``module`` and ``result`` narrow them; ``before_id`` goes on where a list ended."""
    where, values = ["connection_id = ?"], [connection_id]
    for condition, value in (("module = ?", module), ("result = ?", result), ("id < ?", before_id)):
        if value is not None:
            where.append(condition)
            values.append(value)  # type: ignore[arg-type]
    sql = f"{_SHOWN} WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?"
    with db.snapshot():
        return [view_of(row) for row in db.all(sql, (*values, limit))]


def event(db: Database, connection_id: int, event_id: int) -> WebhookEventRaw | None:
    """One event with what was received; None where it is not there."""
    with db.snapshot():
        row = db.one(f"{_SHOWN} WHERE id = ? AND connection_id = ?", (event_id, connection_id))
        if row is None:
            return None
        sql = "SELECT method, path, content_type, query, body FROM inbox WHERE id = ?"
        method, path, content_type, query, body = db.one(sql, (event_id,)) or ("", "", "", b"", b"")
    return WebhookEventRaw(view_of(row), method, path, content_type, bytes(query), bytes(body))


def view_of(row: tuple[Any, ...]) -> WebhookEventView:
    """An event from the columns that ``_SHOWN`` names, in their order."""
    event_id, received, module, remote_id, verified, result, note, *more = row
    word, via, copies, replays, stamp, handled = more
    return WebhookEventView(
        id=event_id,
        received_at=from_us(received),
        module=module,
        remote_id=remote_id,
        verified=bool(verified),
        result=result,
        note=note,
        event=word,
        via=via,
        copies=copies,
        replays=replays,
        modified_at=stamp,
        handled_at=moment_or_none(handled),
    )
