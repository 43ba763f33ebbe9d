"""The indexes that screens sort, filter and search by. They are made after the first load, all at once.

Keeping them up to date row by row would cost a third of a first load; made at its end they take a few percent. Until
then every question is answered as well, only slower. Invariant: no rule depends on them; what must be unique stands in
the schema.
"""

from __future__ import annotations

from collections.abc import Mapping

from zbdesk.store import kept_sums, search_index
from zbdesk.store.database import Database

INDEXES: Mapping[str, str] = {
    "record_by_date": "(feed_id, gone, date)",
    "record_by_number": "(feed_id, gone, number_key)",
    "record_by_party": "(feed_id, gone, party_key)",
    "record_by_total": "(feed_id, gone, total)",
    "record_by_modified": "(feed_id, gone, modified_at)",
    # Covers the filters and the sorts that have no index of their own, and the lists of what occurs.
    "record_facts": "(feed_id, gone, status, currency, due_date, balance)",
    "record_by_party_id": "(feed_id, party_id) WHERE party_id IS NOT NULL",
    "record_by_reference": "(feed_id, reference_key) WHERE reference_key IS NOT NULL",
}
"""Name of the index to what it is on, all on ``record``."""


def missing(db: Database) -> tuple[str, ...]:
    """The names of those that are not there yet."""
    with db.snapshot():
        there = {name for (name,) in db.all(db.dialect.list_indexes)}
    return tuple(name for name in INDEXES if name not in there)


def ensure(db: Database, name: str) -> None:
    """Make one of them now: for work that is about to ask by it thousands of times, first load or not."""
    with db.transaction():
        db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON record {INDEXES[name]}")


def build(db: Database, *, with_search: bool = True) -> None:
    """Make those that are missing, each in a transaction of its own, so that a stop between two keeps the first.

    ``with_search``: the full-text index and the dashboard's sums (``kept_sums``) too. A first load leaves them to the
    pass after it; until then figures are summed from the records.
    """
    for name in missing(db):
        ensure(db, name)
    if with_search:
        kept_sums.build(db)
        search_index.build(db)
