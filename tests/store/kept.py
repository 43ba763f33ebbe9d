"""The dashboard's kept sums against the records, counted in Python."""

from __future__ import annotations

from collections import Counter
from typing import Any

from zbdesk.store import kept_sums
from zbdesk.store.database import Database


def counted(db: Database) -> tuple[Counter[tuple[Any, ...]], Counter[tuple[Any, ...]]]:
    """What is owed and what falls into each month, in Python from the records themselves: exact sums and counts."""
    rows = db.all(
        """SELECT m.connection_id, m.module, r.feed_id, r.remote_id, r.party_id, r.currency, r.due_date, r.date,
        r.balance, r.total FROM record r JOIN module_state m ON m.id = r.feed_id
        WHERE r.gone = 0 AND (r.status IS NULL OR r.status NOT IN ('draft', 'void'))"""
    )
    own = {
        (connection_id, remote_id): currency
        for connection_id, remote_id, currency in db.all(
            """SELECT m.connection_id, r.remote_id, r.currency FROM record r JOIN module_state m ON m.id = r.feed_id
            WHERE m.module = 'contacts' AND r.remote_id IS NOT NULL"""
        )
    }
    owed: Counter[tuple[Any, ...]] = Counter()
    months: Counter[tuple[Any, ...]] = Counter()
    for connection_id, module, feed_id, _, party_id, currency, due_date, day, balance, total in rows:
        if module == "invoices" and balance is not None and balance > 0:
            key = (feed_id, currency or "", due_date or "9999-12-31")
            owed[*key, "n"] += 1
            owed[*key, "sum"] += balance
        if module in {"invoices", "customerpayments"} and day is not None and total is not None:
            key = (feed_id, currency or own.get((connection_id, party_id)) or "", day[:7])
            months[*key, "n"] += 1
            months[*key, "sum"] += total
    return +owed, Counter({key: value for key, value in months.items() if value})


def kept(db: Database, table: str, key: str) -> Counter[tuple[Any, ...]]:
    """What the table holds, in the same shape."""
    found: Counter[tuple[Any, ...]] = Counter()
    for feed_id, currency, at, n, whole, rest in db.all(
        f"SELECT feed_id, currency, {key}, n, whole, rest FROM {table}"
    ):
        assert n >= 0
        assert n or whole == rest == 0
        found[feed_id, currency, at, "n"] = n
        found[feed_id, currency, at, "sum"] = whole * kept_sums.SPLIT + rest
    return Counter({key: value for key, value in found.items() if value})


def assert_kept(db: Database) -> None:
    """Both tables say what the records say."""
    owed, months = counted(db)
    assert kept(db, kept_sums.OWED, "due_date") == owed
    assert kept(db, kept_sums.MONTHS, "month") == months
