"""Changes that polling found, and whether an event had told them: the raw numbers of the gap score.

A find counts for a module only once a rule in Zoho Books is known to tell of it, that is from its first event on, and
never when it is our own write. What a late event tells is not counted as missed: a find is judged some minutes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from zbdesk.domain.way import ModuleGap, WebhookHealth
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us, us_or_none

LATEST_EVENT = timedelta(minutes=5)
"""How long after a poll an event may still come: Zoho runs its rules after the save, and not at once."""

EARLIEST_EVENT = timedelta(days=2)
"""How long before a poll an event counts as having told of a change: polls may have been away for a weekend."""

KEPT = timedelta(days=14)


_FOUND = """INSERT INTO poll_find (connection_id, module, remote_id, at, changed_at)
    SELECT m.connection_id, m.module, r.remote_id, ?, r.modified_at
    FROM record r JOIN module_state m ON m.id = r.feed_id
    WHERE r.id = ? AND r.remote_id IS NOT NULL AND r.modified_at IS NOT NULL AND r.modified_at >= ?
        AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.record_id = r.id AND a.started_at >= ?)
    ON CONFLICT DO NOTHING"""


def note_found(db: Database, connection_id: int, module: str, record_ids: Sequence[int], at: datetime) -> None:
    """Note changes that a poll found, inside the transaction that stores them.

    Left out are modules without any event so far, records without a stamp, what we wrote ourselves in the last hour,
    and changes older than ``EARLIEST_EVENT``, which come with a first or complete list.
    """
    known = "SELECT 1 FROM inbox WHERE connection_id = ? AND module = ? AND verified = 1 LIMIT 1"
    if not record_ids or db.one(known, (connection_id, module)) is None:
        return
    oldest = int((at - EARLIEST_EVENT).timestamp())
    ours = to_us(at - timedelta(hours=1))
    db.executemany(_FOUND, [(to_us(at), record_id, oldest, ours) for record_id in record_ids])


_JUDGE = """UPDATE poll_find SET told = CASE WHEN EXISTS (SELECT 1 FROM inbox i
    WHERE i.connection_id = poll_find.connection_id AND i.module = poll_find.module
    AND i.remote_id = poll_find.remote_id AND i.received_at >= poll_find.changed_at * 1000000 - ?
    AND i.received_at <= poll_find.at + ?) THEN 1 ELSE 0 END
    WHERE connection_id = ? AND told IS NULL AND at <= ?"""

SKEW = timedelta(minutes=10)
"""By how much Zoho's clock may be ahead of ours."""


def judge(db: Database, connection_id: int, now: datetime) -> int:
    """Say of each find that has waited long enough whether an event told it; returns how many were judged."""
    late = to_us(now - LATEST_EVENT)
    grace = LATEST_EVENT // timedelta(microseconds=1)
    skew = SKEW // timedelta(microseconds=1)
    with db.transaction():
        judged = int(db.execute(_JUDGE, (skew, grace, connection_id, late)).rowcount)
        db.execute("DELETE FROM poll_find WHERE connection_id = ? AND at < ?", (connection_id, to_us(now - KEPT)))
        return judged


_TOLD = """SELECT module, COUNT(DISTINCT remote_id) FROM inbox WHERE connection_id = ? AND module IS NOT NULL
    AND verified = 1 AND received_at >= ? AND result IN ('updated', 'new', 'deleted', 'already_known')
    GROUP BY module"""
_FINDS = """SELECT module, SUM(told), SUM(1 - told) FROM poll_find
    WHERE connection_id = ? AND told IS NOT NULL AND at >= ? GROUP BY module"""
_MISSED = """SELECT remote_id FROM poll_find WHERE connection_id = ? AND module = ? AND told = 0 AND at >= ?
    ORDER BY id DESC LIMIT ?"""


def gaps(db: Database, connection_id: int, since: datetime, *, shown: int = 20) -> list[ModuleGap]:
    """What events told and what they missed since then, by module; ``shown`` of the missed ones by Zoho's id."""
    start = to_us(since)
    with db.snapshot():
        told: dict[str, int] = dict(db.all(_TOLD, (connection_id, start)))
        finds = {module: (int(yes), int(no)) for module, yes, no in db.all(_FINDS, (connection_id, start))}
        found: list[ModuleGap] = []
        for module in sorted(told.keys() | finds.keys()):
            late, missed = finds.get(module, (0, 0))
            ids = db.all(_MISSED, (connection_id, module, start, shown)) if missed else []
            # What an event told is often found by the next poll too: it is one change all the same.
            known = max(told.get(module, 0), late)
            found.append(ModuleGap(module, known, missed, tuple(remote_id for (remote_id,) in ids)))
        return found


def last_told_at(db: Database, connection_id: int) -> datetime | None:
    """When an event with a right signature last came."""
    with db.snapshot():
        sql = "SELECT MAX(received_at) FROM inbox WHERE connection_id = ? AND verified = 1"
        return moment_or_none(db.value(sql, (connection_id,)))


def last_missed_at(db: Database, connection_id: int) -> datetime | None:
    """When polling last found a change that no event told."""
    with db.snapshot():
        return moment_or_none(
            db.value("SELECT MAX(at) FROM poll_find WHERE connection_id = ? AND told = 0", (connection_id,))
        )


def health(db: Database, connection_id: int) -> WebhookHealth | None:
    """How the webhooks were judged last; None before the first time."""
    sql = "SELECT state, since, checked_at, sentence, remedy FROM webhook_health WHERE connection_id = ?"
    with db.snapshot():
        row = db.one(sql, (connection_id,))
    return None if row is None else WebhookHealth(row[0], from_us(row[1]), from_us(row[2]), row[3], row[4])


def put_health(db: Database, connection_id: int, row: WebhookHealth) -> None:
    """Store the judgement."""
    values = (connection_id, row.state, us_or_none(row.since), us_or_none(row.checked_at), row.sentence, row.remedy)
    with db.transaction():
        db.execute(
            "INSERT INTO webhook_health (connection_id, state, since, checked_at, sentence, remedy) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connection_id) DO UPDATE SET state = excluded.state, "
            "since = excluded.since, checked_at = excluded.checked_at, sentence = excluded.sentence, "
            "remedy = excluded.remedy",
            values,
        )
