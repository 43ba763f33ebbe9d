"""Where the reading of each module stands. Written only in the transaction that stores the rows it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zbdesk.domain.status import RunKind
from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.store.times import moment_or_none, us_or_none


@dataclass(frozen=True, slots=True)
class Cursor:
    """One module's position.

    ``watermark``: newest ``last_modified_time`` stored, in seconds. ``scan_page``: the next page of a first or full
    scan under way, 1 when none is. ``scan_id`` marks what that scan saw; ``scan_started`` is in seconds.
    ``sort_trusted``: whether Zoho was seen to sort as asked; None while not known.
    """

    watermark: int | None = None
    first_done: bool = False
    scan_page: int = 1
    scan_id: int = 0
    scan_kind: RunKind | None = None
    scan_started: int | None = None
    as_of: datetime | None = None
    sort_trusted: bool | None = None
    last_full_at: datetime | None = None


_GET = """SELECT watermark, first_done, scan_page, scan_id, scan_kind, scan_started, as_of, sort_trusted, last_full_at
    FROM cursor WHERE feed_id = (SELECT id FROM module_state WHERE connection_id = ? AND module = ?)"""

_PUT = """INSERT INTO cursor (feed_id, watermark, first_done, scan_page, scan_id, scan_kind, scan_started, as_of,
    sort_trusted, last_full_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (feed_id) DO UPDATE SET watermark = excluded.watermark, first_done = excluded.first_done,
    scan_page = excluded.scan_page, scan_id = excluded.scan_id, scan_kind = excluded.scan_kind,
    scan_started = excluded.scan_started, as_of = excluded.as_of, sort_trusted = excluded.sort_trusted,
    last_full_at = excluded.last_full_at"""


def get(db: Database, connection_id: int, module: str) -> Cursor:
    """The position; a fresh one for a module that was never read."""
    with db.snapshot():
        row = db.one(_GET, (connection_id, module))
    if row is None:
        return Cursor()
    watermark, first_done, page, scan_id, kind, started, as_of, trusted, full_at = row
    return Cursor(
        watermark=watermark,
        first_done=bool(first_done),
        scan_page=page,
        scan_id=scan_id,
        scan_kind=None if kind is None else RunKind(kind),
        scan_started=started,
        as_of=moment_or_none(as_of),
        sort_trusted=None if trusted is None else bool(trusted),
        last_full_at=moment_or_none(full_at),
    )


def put(db: Database, connection_id: int, module: str, cursor: Cursor) -> None:
    """Store the position. Only inside the transaction that stores the rows: raises ``RuntimeError`` outside of one."""
    if not db.in_transaction:
        raise RuntimeError("a cursor is written together with its rows")
    feed = module_states.feed_of(db, connection_id, module)
    db.execute(
        _PUT,
        (
            feed.id,
            cursor.watermark,
            int(cursor.first_done),
            cursor.scan_page,
            cursor.scan_id,
            None if cursor.scan_kind is None else cursor.scan_kind.value,
            cursor.scan_started,
            us_or_none(cursor.as_of),
            None if cursor.sort_trusted is None else int(cursor.sort_trusted),
            us_or_none(cursor.last_full_at),
        ),
    )
