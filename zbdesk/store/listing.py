"""Which records a table shows, and in which order: one WHERE for screens, exports and the command line.

Invariant: keys are compared byte by byte, blanks come last in both directions, and the record's key breaks ties, so an
order is total and the same on every run and every server.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from decimal import Decimal
from operator import itemgetter
from typing import Any

from zbdesk.domain.money import to_scaled
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordFilter
from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.store.keys import like_pattern
from zbdesk.store.module_states import marks
from zbdesk.store.search_words import typed_pieces

SORTS = {
    "number": "number_key",
    "date": "date",
    "due_date": "due_date",
    "party": "party_key",
    "reference": "reference_key",
    "status": "status",
    "currency": "currency",
    "total": "total",
    "balance": "balance",
    "modified_at": "modified_at",
    "state": "state",
}
"""Sort keys of tables to the columns that carry their order."""

Where = tuple[str, list[Any]]
_FIRST = itemgetter(0)


def conditions(feed_id: int, where: RecordFilter) -> Where:
    """The filter as SQL and its values."""
    parts, values = ["feed_id = ?"], [feed_id]
    params: list[Any] = list(values)
    if not (where.with_deleted or RecordState.DELETED in where.states):
        parts.append("gone = 0")
    _add_texts(where, parts, params)
    chosen: tuple[tuple[str, Iterable[str]], ...] = (
        ("status", where.statuses),
        ("state", [state.value for state in where.states]),
        ("currency", where.currencies),
    )
    for column, words in chosen:
        if words:
            parts.append(f"{column} IN ({marks(list(words))})")
            params += words
    if where.owed:
        parts.append("balance > 0 AND COALESCE(status, '') NOT IN ('draft', 'void')")
    _add_spans(where, parts, params)
    return " AND ".join(parts), params


def _add_texts(where: RecordFilter, parts: list[str], params: list[Any]) -> None:
    """Each typed word anywhere in one of the keys."""
    for text, keys in (
        (where.text, ("number_key", "party_key", "reference_key")),
        (where.number, ("number_key",)),
        (where.party, ("party_key",)),
        (where.reference, ("reference_key",)),
    ):
        for piece in typed_pieces(text):
            parts.append("(" + " OR ".join(f"{key} LIKE ? ESCAPE '\\'" for key in keys) + ")")
            params += [like_pattern(piece)] * len(keys)


def _add_spans(where: RecordFilter, parts: list[str], params: list[Any]) -> None:
    """Both ends included; a record without the value never fits."""
    spans: tuple[tuple[str, str | int | None], ...] = (
        ("date >= ?", where.date_from),
        ("date <= ?", where.date_to),
        ("due_date >= ?", where.due_from),
        ("due_date <= ?", where.due_to),
        ("total >= ?", _scaled(where.total_from)),
        ("total <= ?", _scaled(where.total_to)),
        ("balance >= ?", _scaled(where.balance_from)),
        ("balance <= ?", _scaled(where.balance_to)),
    )
    for comparison, end in spans:
        if end is not None:
            parts.append(comparison)
            params.append(end)


def _scaled(amount: Decimal | None) -> int | None:
    return None if amount is None else to_scaled(amount)


def ordered(sort: str, feed_id: int, where: RecordFilter, *, descending: bool) -> tuple[Where, Where]:
    """Two statements that together give the ids in order: those with a value, then the blanks.

    Two, because ``NULLS LAST`` cannot be read off an index. Raises ``ValueError`` for an unknown sort key.
    """
    try:
        key = SORTS[sort]
    except KeyError:
        raise ValueError(f"cannot sort by {sort!r}; known are {', '.join(SORTS)}") from None
    clause, params = conditions(feed_id, where)
    way = "DESC" if descending else "ASC"
    base = f"SELECT id FROM record WHERE {clause}"  # noqa: S608 - our columns; values are parameters
    return (
        (f"{base} AND {key} IS NOT NULL ORDER BY {key} {way}, id {way}", params),
        (f"{base} AND {key} IS NULL ORDER BY id {way}", params),
    )


def sorted_ids(
    db: Database, connection_id: int, module: str, *, sort: str, descending: bool, where: RecordFilter
) -> array[int]:
    """Ids of all records that fit, in order: 8 bytes a record, whatever the table shows of them."""
    ids = array("q")
    with db.snapshot():
        feed = module_states.find_feed(db, connection_id, module)
        if feed is not None:
            for sql, params in ordered(sort, feed.id, where, descending=descending):
                # Straight into the array: a list of 100,000 tuples would wake the garbage collector.
                ids.extend(map(_FIRST, db.execute(sql, params)))
    return ids


def first_ids(
    db: Database, connection_id: int, module: str, *, sort: str, descending: bool, where: RecordFilter, limit: int
) -> list[int]:
    """The first ids of the same order, for the first paint."""
    ids: list[int] = []
    with db.snapshot():
        feed = module_states.find_feed(db, connection_id, module)
        if feed is not None:
            for sql, params in ordered(sort, feed.id, where, descending=descending):
                if len(ids) < limit:
                    ids += [row[0] for row in db.all(f"{sql} LIMIT ?", (*params, limit - len(ids)))]
    return ids
