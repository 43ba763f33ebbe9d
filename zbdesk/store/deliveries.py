"""Relay onward: targets, and the durable queue of what is still to be delivered to each of them.

Invariants: an event is queued once for a target, however often it is seen; a full queue refuses new messages, which
then stand among the dead letters, and never an older one; nothing in here waits.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zbdesk.domain.errors import UsageError
from zbdesk.domain.way import Delivery, Target
from zbdesk.store.database import Database, Row
from zbdesk.store.times import from_us, moment_or_none, to_us

MOST_WAITING = 10_000
"""Messages that may wait for one target."""

MOST_BYTES = 200_000_000
"""Bytes of bodies that may wait for all targets of a connection together."""

DONE_KEPT = timedelta(days=7)
DEAD_KEPT = timedelta(days=30)
QUEUE_FULL = "The queue of this target was full."


class NoTarget(UsageError):
    """There is no target with this id."""

    def __init__(self, target_id: int) -> None:
        super().__init__(f"There is no target {target_id}.", "See `zbdesk webhooks targets`.", subject=str(target_id))


class TargetKnown(UsageError):
    """This address is a target already."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} is a target already.", "Remove it first to change what it gets: `zbdesk webhooks targets remove`."
        )


class NotDeliverable(UsageError):
    """This delivery cannot be sent again."""

    def __init__(self, delivery_id: int, why: str) -> None:
        super().__init__(f"Delivery {delivery_id} cannot be sent again.", why, subject=str(delivery_id))


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be delivered. ``origin`` names its cause, so that it is queued once; ``kind``: changed, deleted."""

    origin: str
    module: str
    remote_id: str
    kind: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Due:
    """A message whose time has come."""

    id: int
    target_id: int
    module: str
    kind: str
    content_type: str
    body: bytes
    tries: int


_TARGET = "id, url, content, modules, kinds, enabled, made_at, last_ok_at, failures, rests_until"


def add_target(  # noqa: PLR0917 - the columns of one row
    db: Database,
    connection_id: int,
    url: str,
    content: str,
    modules: Sequence[str],
    kinds: Sequence[str],
    at: datetime,
) -> int:
    """Add a target and return its id. Raises ``TargetKnown``."""
    with db.transaction():
        known = db.one("SELECT 1 FROM relay_target WHERE connection_id = ? AND url = ?", (connection_id, url))
        if known is not None:
            raise TargetKnown(url)
        # What arrived before a target was added is not for it.
        newest = db.value("SELECT MAX(id) FROM inbox WHERE connection_id = ?", (connection_id,)) or 0
        db.execute(
            "INSERT INTO relay_target (connection_id, url, content, modules, kinds, made_at, seen_id, seen_handled_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (connection_id, url, content, " ".join(modules), " ".join(kinds), to_us(at), newest, to_us(at)),
        )
        sql = "SELECT id FROM relay_target WHERE connection_id = ? AND url = ?"
        return int(db.value(sql, (connection_id, url)))


def change_target(
    db: Database,
    connection_id: int,
    target_id: int,
    modules: Sequence[str],
    kinds: Sequence[str],
    *,
    enabled: bool,
) -> None:
    """Let a target get other events from now on, or nothing for a while. What waits for it stays and keeps its order.

    Raises ``NoTarget``.
    """
    sql = "UPDATE relay_target SET modules = ?, kinds = ?, enabled = ?, rests_until = NULL WHERE id = ?"
    with db.transaction():
        target(db, connection_id, target_id)
        db.execute(sql, (" ".join(modules), " ".join(kinds), int(enabled), target_id))


def remove_target(db: Database, connection_id: int, target_id: int) -> None:
    """Remove a target with all that waits for it. Raises ``NoTarget``."""
    with db.transaction():
        target(db, connection_id, target_id)
        db.execute("DELETE FROM delivery WHERE target_id = ?", (target_id,))
        db.execute("DELETE FROM relay_target WHERE id = ?", (target_id,))


def targets(db: Database, connection_id: int) -> list[Target]:
    """All targets, oldest first."""
    sql = f"SELECT {_TARGET} FROM relay_target WHERE connection_id = ? ORDER BY id"  # noqa: S608 - our columns
    with db.snapshot():
        return [_target(row) for row in db.all(sql, (connection_id,))]


def target(db: Database, connection_id: int, target_id: int) -> Target:
    """One target. Raises ``NoTarget``."""
    sql = f"SELECT {_TARGET} FROM relay_target WHERE connection_id = ? AND id = ?"  # noqa: S608 - our columns
    row = db.one(sql, (connection_id, target_id))
    if row is None:
        raise NoTarget(target_id)
    return _target(row)


def _target(row: Row) -> Target:
    return Target(
        id=row[0],
        url=row[1],
        content=row[2],
        modules=tuple(row[3].split()),
        kinds=tuple(row[4].split()),
        enabled=bool(row[5]),
        made_at=from_us(row[6]),
        last_ok_at=moment_or_none(row[7]),
        failures=row[8],
        rests_until=moment_or_none(row[9]),
    )


_INSERT = """INSERT INTO delivery (target_id, origin, module, remote_id, kind, content_type, body, size, state, next_at,
    made_at, ended_at, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def enqueue(db: Database, target_id: int, message: Message, at: datetime) -> bool:
    """Queue a message for a target, due at once; False where it was queued before or the queue was full.

    What a full queue refuses is kept as a dead letter without its body.
    """
    with db.transaction():
        if db.one("SELECT 1 FROM delivery WHERE target_id = ? AND origin = ?", (target_id, message.origin)):
            return False
        waiting, size = db.one(_WAITING, (target_id, target_id)) or (0, 0)
        full = waiting >= MOST_WAITING or size + len(message.body) > MOST_BYTES
        db.execute(
            _INSERT,
            (
                target_id,
                message.origin,
                message.module,
                message.remote_id,
                message.kind,
                message.content_type,
                None if full else message.body,
                len(message.body),
                "dead" if full else "waiting",
                None if full else to_us(at),
                to_us(at),
                to_us(at) if full else None,
                QUEUE_FULL if full else "",
            ),
        )
        return not full


_WAITING = """SELECT (SELECT COUNT(*) FROM delivery WHERE target_id = ? AND state = 'waiting'),
    (SELECT COALESCE(SUM(d.size), 0) FROM delivery d JOIN relay_target t ON t.id = d.target_id
        WHERE d.state = 'waiting' AND t.connection_id = (SELECT connection_id FROM relay_target WHERE id = ?))"""


def due_of(db: Database, connection_id: int, target_id: int, at: datetime) -> Due | None:
    """What this target is to get now; None where it rests, is gone or has nothing."""
    with db.snapshot():
        found = [one for one in targets(db, connection_id) if one.id == target_id]
        return next(iter(_heads(db, found, at)), None)


def due(db: Database, connection_id: int, at: datetime) -> list[Due]:
    """What each target that does not rest is to get now: the oldest of each."""
    with db.snapshot():
        return _heads(db, targets(db, connection_id), at)


def _heads(db: Database, wanted: Sequence[Target], at: datetime) -> list[Due]:
    found: list[Due] = []
    sql = """SELECT id, target_id, module, kind, content_type, body, tries FROM delivery
        WHERE id = (SELECT MIN(id) FROM delivery WHERE target_id = ? AND state = 'waiting') AND next_at <= ?"""
    for one in wanted:
        if one.enabled and (one.rests_until is None or one.rests_until <= at):
            found += [_due(row) for row in db.all(sql, (one.id, to_us(at)))]
    return found


def _due(row: Row) -> Due:
    delivery_id, target_id, module, kind, content_type, body, tries = row
    return Due(delivery_id, target_id, module, kind, content_type, bytes(body), tries)


def next_due_at(db: Database, connection_id: int, without: Collection[int] = ()) -> datetime | None:
    """When the next message is due for any target but those named; None while nothing waits."""
    sql = """SELECT d.target_id, MIN(CASE WHEN t.rests_until > d.next_at THEN t.rests_until ELSE d.next_at END)
        FROM delivery d JOIN relay_target t ON t.id = d.target_id
        WHERE d.state = 'waiting' AND t.connection_id = ? AND t.enabled = 1 GROUP BY d.target_id"""
    with db.snapshot():
        moments = [at for target_id, at in db.all(sql, (connection_id,)) if target_id not in without]
    return moment_or_none(min(moments, default=None))


def delivered(db: Database, delivery_id: int, status: int, at: datetime) -> None:
    """Note that the target took it; the body is not needed any more."""
    with db.transaction():
        db.execute(
            "UPDATE delivery SET state = 'done', tries = tries + 1, next_at = NULL, ended_at = ?, status = ?, "
            "error = '', body = NULL WHERE id = ?",
            (to_us(at), status, delivery_id),
        )
        db.execute(
            "UPDATE relay_target SET last_ok_at = ?, failures = 0, rests_until = NULL "
            "WHERE id = (SELECT target_id FROM delivery WHERE id = ?)",
            (to_us(at), delivery_id),
        )


def postponed(db: Database, delivery_id: int, error: str, status: int | None, next_at: datetime) -> None:
    """Note that it failed and is tried again then; its target rests until then as well, so the order holds."""
    with db.transaction():
        db.execute(
            "UPDATE delivery SET tries = tries + 1, next_at = ?, status = ?, error = ? WHERE id = ?",
            (to_us(next_at), status, error, delivery_id),
        )
        db.execute(
            "UPDATE relay_target SET failures = failures + 1, rests_until = ? "
            "WHERE id = (SELECT target_id FROM delivery WHERE id = ?)",
            (to_us(next_at), delivery_id),
        )


def given_up(db: Database, delivery_id: int, error: str, status: int | None, at: datetime) -> None:
    """Make it a dead letter: it is not tried again by itself. The body stays, to send it again by hand."""
    with db.transaction():
        db.execute(
            "UPDATE delivery SET state = 'dead', tries = tries + 1, next_at = NULL, ended_at = ?, status = ?, "
            "error = ? WHERE id = ?",
            (to_us(at), status, error, delivery_id),
        )
        db.execute(
            "UPDATE relay_target SET failures = failures + 1 WHERE id = (SELECT target_id FROM delivery WHERE id = ?)",
            (delivery_id,),
        )


def check_deliverable(db: Database, connection_id: int, delivery_id: int) -> None:
    """Raise ``NotDeliverable`` where a message cannot be sent again."""
    sql = """SELECT d.state, d.body IS NULL FROM delivery d JOIN relay_target t ON t.id = d.target_id
        WHERE d.id = ? AND t.connection_id = ?"""
    row = db.one(sql, (delivery_id, connection_id))
    if row is None:
        raise NotDeliverable(delivery_id, "There is none with this id: see `zbdesk webhooks deliveries`.")
    if row[1]:
        why = "It was delivered." if row[0] == "done" else "Its body was not kept."
        raise NotDeliverable(delivery_id, f"{why} Replay the event itself: `zbdesk webhooks replay`.")


def redeliver(db: Database, connection_id: int, delivery_id: int, at: datetime) -> None:
    """Let one be tried at once, from the beginning. Raises ``NotDeliverable``."""
    with db.transaction():
        check_deliverable(db, connection_id, delivery_id)
        db.execute(
            "UPDATE delivery SET state = 'waiting', tries = 0, next_at = ?, ended_at = NULL, error = '' WHERE id = ?",
            (to_us(at), delivery_id),
        )
        db.execute(
            "UPDATE relay_target SET rests_until = NULL WHERE id = (SELECT target_id FROM delivery WHERE id = ?)",
            (delivery_id,),
        )


def recent(db: Database, connection_id: int, limit: int = 200, state: str | None = None) -> list[Delivery]:
    """Deliveries, newest first; ``state`` None for all."""
    sql = """SELECT d.id, d.target_id, t.url, d.module, d.remote_id, d.kind, d.state, d.tries, d.next_at, d.made_at,
        d.ended_at, d.status, d.error FROM delivery d JOIN relay_target t ON t.id = d.target_id
        WHERE t.connection_id = ? AND (? = '' OR d.state = ?) ORDER BY d.id DESC LIMIT ?"""
    with db.snapshot():
        return [_delivery(row) for row in db.all(sql, (connection_id, state or "", state or "", limit))]


def _delivery(row: Row) -> Delivery:
    delivery_id, target_id, url, module, remote_id, kind, state, tries = row[:8]
    next_at, made_at, ended_at, status, error = row[8:]
    return Delivery(
        id=delivery_id,
        target_id=target_id,
        url=url,
        module=module,
        remote_id=remote_id,
        kind=kind,
        state=state,
        tries=tries,
        next_at=moment_or_none(next_at),
        made_at=from_us(made_at),
        ended_at=moment_or_none(ended_at),
        status=status,
        error=error,
    )


def dead_counts(db: Database, connection_id: int) -> list[tuple[Target, int]]:
    """Targets with dead letters, and how many each has."""
    sql = "SELECT COUNT(*) FROM delivery WHERE target_id = ? AND state = 'dead'"
    with db.snapshot():
        counts = [(one, int(db.value(sql, (one.id,)))) for one in targets(db, connection_id)]
    return [(one, count) for one, count in counts if count]


def tidy(db: Database, connection_id: int, at: datetime) -> int:
    """Drop what ended long ago; returns how many."""
    mine = "target_id IN (SELECT id FROM relay_target WHERE connection_id = ?)"
    with db.transaction():
        gone = 0
        for state, kept in (("done", DONE_KEPT), ("dead", DEAD_KEPT)):
            sql = f"DELETE FROM delivery WHERE {mine} AND state = ? AND ended_at < ?"  # noqa: S608 - our words
            gone += int(db.execute(sql, (connection_id, state, to_us(at - kept))).rowcount)
        return gone
