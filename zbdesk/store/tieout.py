"""Reading for a tie-out: the typed columns of a period's records, and which of them need a closer look.

The typed columns of a record that Zoho knows are always Zoho's own figures; of one that it does not know yet they are
ours. Must not compare the two sides. Invariant: whatever one of the sides may date into the span is among the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from zbdesk.domain.dates import stamp_seconds
from zbdesk.store import module_states, payloads
from zbdesk.store.database import Database
from zbdesk.store.module_states import marks
from zbdesk.store.times import from_seconds, from_us

CREATED = ("created_time", "created_date_time")


class Row(NamedTuple):
    """One record. ``total`` in millionths. ``ours``: it has a local side; ``open``: the sides may differ."""

    id: int
    remote_id: str | None
    number: str | None
    party: str | None
    date: str | None
    status: str | None
    currency: str
    total: int | None
    state: str
    gone: bool
    ours: bool
    open: bool


# A list row of a payment names no currency; Zoho takes a payment in the customer's own.
_SELECT = """SELECT r.id, r.remote_id, r.number, r.party, r.date, r.status, COALESCE(r.currency, c.currency, ''),
    r.total, r.state, r.gone, l.record_id, l.pending, l.conflict_since FROM record r
    LEFT JOIN local l ON l.record_id = r.id
    LEFT JOIN record c ON c.feed_id = ? AND c.remote_id = r.party_id AND r.currency IS NULL
    WHERE r.feed_id = ? AND """
_ROWS = f"""{_SELECT} r.id > ? AND (r.date BETWEEN ? AND ? OR r.id IN (SELECT o.record_id FROM local o
    JOIN record n ON n.id = o.record_id WHERE n.feed_id = ? AND (o.pending IS NOT NULL OR o.conflict_since IS NOT NULL
    OR n.gone = 1 OR n.state NOT IN ('mirrored', 'synced')))) ORDER BY r.id LIMIT ?"""  # noqa: S608 - constant pieces
_BY_REMOTE = f"{_SELECT} r.remote_id IN ({{}})"
_BATCH = 20_000


def rows(db: Database, connection_id: int, module: str, first: str, last: str) -> Iterator[Row]:
    """Records dated into the span by Zoho, and all whose own side may say another day. Within one snapshot."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return
    contacts = module_states.find_feed(db, connection_id, "contacts")
    after = 0
    while True:
        values = (contacts.id if contacts else 0, feed.id, after, first, last, feed.id, _BATCH)
        found = db.all(_ROWS, values)
        for row in found:
            yield _row(row)
        if len(found) < _BATCH:
            return
        after = int(found[-1][0])


def _row(row: tuple[Any, ...]) -> Row:
    ours = row[10] is not None
    settled = row[8] in {"mirrored", "synced"} and row[11] is None and row[12] is None and not row[9]
    record_id, remote_id, number, party, day, status = row[:6]
    return Row(
        record_id, remote_id, number, party, day, status, str(row[6]), row[7], str(row[8]), bool(row[9]), ours,
        ours and not settled,
    )  # fmt: skip


def own_documents(db: Database, ids: list[int]) -> dict[int, tuple[str, str | None]]:
    """The local documents of these records as JSON, with what their source gave last."""
    found: dict[int, tuple[str, str | None]] = {}
    for chunk in module_states.chunks(ids):
        sql = f"SELECT record_id, fields, given FROM local WHERE record_id IN ({marks(chunk)})"  # noqa: S608 - marks
        found.update({record_id: (fields, given) for record_id, fields, given in db.all(sql, chunk)})
    return found


_EDGE = """SELECT r.id, r.number, r.party, r.date, l.changed_at, r.remote_id FROM record r
    LEFT JOIN local l ON l.record_id = r.id
    WHERE r.feed_id = ? AND r.gone = 0 AND r.date IN ({}) ORDER BY r.id LIMIT ?"""


def at_edges(
    db: Database, connection_id: int, module: str, days: list[str], limit: int
) -> Iterator[tuple[int, str | None, str | None, str, datetime]]:
    """Records dated on these days: id, number, party, date and the moment they were made, where it is known."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return
    left = limit
    for chunk in (days[at : at + 200] for at in range(0, len(days), 200)):
        found = db.all(_EDGE.format(marks(chunk)), (feed.id, *chunk, left))
        left -= len(found)
        for record_id, number, party, day, changed_at, remote_id in found:
            made = _made(db, record_id) if remote_id is not None else None
            if made is None and remote_id is None and changed_at is not None:
                made = from_us(changed_at)
            if made is not None:
                yield record_id, number, party, day, made
        if left <= 0:
            return


def _made(db: Database, record_id: int) -> datetime | None:
    payload = payloads.remote_of(db, record_id) or {}
    for name in CREATED:
        seconds = stamp_seconds(str(payload.get(name) or ""))
        if seconds is not None:
            return from_seconds(seconds)
    return None


def drafts(db: Database, connection_id: int, module: str, last: str) -> int:
    """How many drafts are dated up to that day."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return 0
    sql = "SELECT COUNT(*) FROM record WHERE feed_id = ? AND gone = 0 AND status = 'draft' AND date <= ?"
    return int(db.value(sql, (feed.id, last)) or 0)


def diary_hash(db: Database, connection_id: int, seq: int) -> str | None:
    """The hash of the diary's line at this place; None where there is none."""
    value = db.value("SELECT hash FROM diary WHERE connection_id = ? AND seq = ?", (connection_id, seq))
    return None if value is None else str(value)


def by_remote_ids(db: Database, connection_id: int, module: str, remote_ids: Sequence[str]) -> list[Row]:
    """The records that Zoho knows under these ids, whatever their date."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return []
    contacts = module_states.find_feed(db, connection_id, "contacts")
    found: list[Row] = []
    for start in range(0, len(remote_ids), 500):
        chunk = remote_ids[start : start + 500]
        sql = _BY_REMOTE.format(marks(chunk))
        found += [_row(row) for row in db.all(sql, (contacts.id if contacts else 0, feed.id, *chunk))]
    return found
