"""Records that only this computer knows so far, and what tables show of them until Zoho has said something.

Only columns are written here; the document itself goes in through ``documents.put``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids
from zbdesk.store.keys import fold


class Columns(NamedTuple):
    """What tables show of a record that Zoho has not seen yet. Money in millionths."""

    number: str | None = None
    date: str | None = None
    due_date: str | None = None
    party: str | None = None
    party_id: str | None = None
    currency: str | None = None
    total: int | None = None
    reference: str | None = None


INSERT_RECORD = """INSERT INTO record (id, feed_id, local_id, source, source_id, number, date, due_date, party,
    party_id, currency, total, reference, number_key, party_key, reference_key, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')"""
_COLUMNS = """UPDATE record SET number = ?, date = ?, due_date = ?, party = ?, party_id = ?, currency = ?, total = ?,
    reference = ?, number_key = ?, party_key = ?, reference_key = ? WHERE id = ? AND remote_id IS NULL"""


def new_record(
    db: Database,
    connection_id: int,
    module: str,
    *,
    source: str | None = None,
    source_id: str | None = None,
    columns: Columns,
) -> int:
    """Make one; ``documents.put`` gives it its document. Inside a transaction."""
    feed = module_states.feed_of(db, connection_id, module)
    record_id = next_ids(db, "record", 1)
    (local_id,) = db.new_local_ids(1)
    db.execute(INSERT_RECORD, row_of(record_id, feed.id, local_id, source, source_id, columns))
    module_states.shift(db, feed.id, pending=1)
    return record_id


def row_of(  # noqa: PLR0917 - the columns of the table, in their order
    record_id: int, feed_id: int, local_id: str, source: str | None, source_id: str | None, columns: Columns
) -> tuple[Any, ...]:
    """A new record's row for ``INSERT_RECORD``."""
    return (record_id, feed_id, local_id, source, source_id, *_values(columns))


def set_columns(db: Database, record_id: int, columns: Columns) -> None:
    """Show the edited document in tables, as long as Zoho has said nothing of the record."""
    with db.transaction():
        db.execute(_COLUMNS, (*_values(columns), record_id))


def _values(columns: Columns) -> tuple[str | int | None, ...]:
    """In the order of both statements: what is shown, then what is searched and sorted by."""
    return (*columns, fold(columns.number), fold(columns.party), fold(columns.reference))
