"""What screens and the command line read: plain values, from any handle, beside a running writer.

Invariant: no answer depends on how many records there are, except by how many of them it returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from zbdesk.domain.money import from_scaled
from zbdesk.domain.status import ConnectionState, RecordState
from zbdesk.domain.views import Overview, RecordDetail, RecordFilter, RecordView
from zbdesk.store import budget, connections, diary, listing, module_states, payloads, problems, runs, sides
from zbdesk.store.database import Database
from zbdesk.store.listing import sorted_ids
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.times import from_seconds

__all__ = [
    "currencies",
    "detail",
    "first_page",
    "full_payloads",
    "iter_records",
    "overview",
    "rows_by_ids",
    "sorted_ids",
    "statuses",
    "totals_by_currency",
]

_VIEW = """SELECT r.id, r.local_id, r.remote_id, r.source, r.source_id, m.module, r.number, r.date, r.due_date, r.party,
    r.status, r.currency, r.total, r.balance, r.reference, r.state, r.modified_at
    FROM record r JOIN module_state m ON m.id = r.feed_id WHERE """
_SPLIT = 1_000_000  # sums are taken in two halves, so that no 64-bit integer overflows


def overview(db: Database, *, now: datetime) -> Overview:
    """Everything the dashboard and ``status`` show, of one moment."""
    with db.snapshot():
        connection = connections.current(db)
        size = db.size_bytes()
        if connection is None:
            return Overview(connection=None, state=ConnectionState.NONE, database_bytes=size)
        modules = module_states.module_counts(db, connection.id)
        sums = db.one(_SUMS, (connection.id,)) or (0, 0, 0, 0)
        contact, next_run = connections.moments(db, connection.id)
        recent = runs.recent(db, connection.id, 10)
        return Overview(
            connection=connection,
            state=connection.state,
            modules=modules,
            last_run=recent[0] if recent else None,
            last_success_at=runs.last_success_at(db, connection.id),
            last_contact_at=contact,
            next_run_at=next_run,
            calls=budget.today(db, connection.id, now=now),
            pending=int(sums[0]),
            unknown=int(sums[1]),
            conflicts=int(sums[2]),
            problems=problems.count_open(db, connection.id),
            database_bytes=size,
            details_missing=int(sums[3]),
            activity=tuple(diary.recent(db, connection.id, 20)),
            runs=tuple(recent),
        )


class Waiting(NamedTuple):
    """How much of one organization is open: for a person (conflicts, problems) and for the next pass (pending)."""

    conflicts: int
    problems: int
    pending: int


def waiting(db: Database, connection_id: int) -> Waiting:
    """The dashboard's own counts of one connection, in use or not."""
    with db.snapshot():
        sums = db.one(_SUMS, (connection_id,)) or (0, 0, 0, 0)
        return Waiting(int(sums[2]), problems.count_open(db, connection_id), int(sums[0]))


_SUMS = """SELECT COALESCE(SUM(pending), 0), COALESCE(SUM(unknown), 0), COALESCE(SUM(conflicts), 0),
    COALESCE(SUM(wanted), 0) FROM module_state WHERE connection_id = ?"""


def first_page(
    db: Database,
    connection_id: int,
    module: str,
    *,
    sort: str,
    descending: bool,
    where: RecordFilter,
    limit: int = 60,
) -> list[RecordView]:
    """The first records of that order, at once, while the ids of all are still being read."""
    with db.snapshot():
        ids = listing.first_ids(db, connection_id, module, sort=sort, descending=descending, where=where, limit=limit)
        return rows_by_ids(db, ids)


def rows_by_ids(db: Database, ids: Sequence[int]) -> list[RecordView]:
    """These records in the order asked; ids that are gone from the database are left out."""
    found: dict[int, RecordView] = {}
    with db.snapshot():
        for chunk in chunks(list(ids)):
            for row in db.execute(f"{_VIEW} r.id IN ({marks(chunk)})", chunk):
                found[row[0]] = _view(row)
    return [found[record_id] for record_id in ids if record_id in found]


def detail(db: Database, record_id: int) -> RecordDetail | None:
    """One record with its three trees and its own history; None when it does not exist."""
    with db.snapshot():
        views = rows_by_ids(db, [record_id])
        if not views:
            return None
        remote, local, synced = full_payloads(db, record_id)
        return RecordDetail(
            view=views[0],
            remote=remote,
            local=local,
            synced=synced,
            has_detail=db.value("SELECT detail FROM record WHERE id = ?", (record_id,)) == 1,
            history=tuple(diary.of_record(db, record_id)),
        )


def full_payloads(
    db: Database, record_id: int
) -> tuple[dict[str, object] | None, dict[str, object] | None, dict[str, object] | None]:
    """Remote (row and detail as one), local and synced fields; numbers with a point are Decimal."""
    with db.snapshot():
        return payloads.remote_of(db, record_id), sides.local_of(db, record_id), sides.synced_of(db, record_id)


def iter_records(
    db: Database, connection_id: int, module: str, where: RecordFilter, batch: int = 500
) -> Iterator[RecordView]:
    """All records that fit, in the order in which they came here, a batch at a time.

    No snapshot is held between batches: a long export does not keep the log from being shortened. A record is given at
    most once; one that arrives meanwhile may come too.
    """
    with db.snapshot():
        feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return
    clause, params = listing.conditions(feed.id, where)
    sql = f"SELECT id FROM record WHERE {clause} AND id > ? ORDER BY id LIMIT ?"  # noqa: S608 - our columns
    last = 0
    while True:
        with db.snapshot():
            ids = [row[0] for row in db.all(sql, (*params, last, batch))]
            views = rows_by_ids(db, ids)
        yield from views
        if len(ids) < batch:
            return
        last = ids[-1]


def statuses(db: Database, connection_id: int, module: str) -> list[tuple[str, int]]:
    """Statuses that occur among live records, the most frequent first."""
    return _occurring(db, connection_id, module, "status")


def currencies(db: Database, connection_id: int, module: str) -> list[tuple[str, int]]:
    """Currencies that occur among live records, the most frequent first."""
    return _occurring(db, connection_id, module, "currency")


def _occurring(db: Database, connection_id: int, module: str, column: str) -> list[tuple[str, int]]:
    sql = f"""SELECT {column}, COUNT(*) FROM record WHERE feed_id = ? AND gone = 0 AND {column} IS NOT NULL
        GROUP BY {column}"""  # noqa: S608 - our columns
    with db.snapshot():
        feed = module_states.find_feed(db, connection_id, module)
        rows = [] if feed is None else db.all(sql, (feed.id,))
    return sorted(((word, count) for word, count in rows), key=lambda pair: (-pair[1], pair[0]))


def totals_by_currency(db: Database, ids: Sequence[int], column: str) -> dict[str, Decimal]:
    """Exact sums of ``total`` or ``balance`` by currency; amounts without a currency stand under ``""``."""
    if column not in {"total", "balance"}:
        raise ValueError(f"no amounts in {column!r}")
    sums: defaultdict[str, int] = defaultdict(int)
    with db.snapshot():
        for chunk in chunks(list(ids), 5_000):
            whole = f"{column} / {_SPLIT}"
            sql = f"""SELECT COALESCE(currency, ''), SUM({whole}), SUM({column} - {whole} * {_SPLIT}) FROM record
                WHERE id IN ({marks(chunk)}) AND {column} IS NOT NULL GROUP BY COALESCE(currency, '')"""  # noqa: S608
            for currency, wholes, rests in db.execute(sql, chunk):
                sums[currency] += int(wholes) * _SPLIT + int(rests)
    return {currency: from_scaled(amount) for currency, amount in sorted(sums.items())}


def _view(row: tuple[Any, ...]) -> RecordView:
    values = list(row)
    values[12] = _amount(row[12])
    values[13] = _amount(row[13])
    values[15:] = RecordState(row[15]), from_seconds(row[16])
    return RecordView(*values)


def _amount(scaled: int | None) -> Decimal | None:
    return None if scaled is None else from_scaled(scaled)
