"""To which organization a record or a problem belongs: their keys are one sequence for all organizations.

A command carries keys only. Where several organizations are synced side by side, one that comes late, or from a screen
of another, must not change what it does not mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from zbdesk.store.database import Database
from zbdesk.store.module_states import chunks, marks


def foreign_records(db: Database, connection_id: int, record_ids: Sequence[int]) -> list[int]:
    """Those of these records that belong to another connection; what is not here at all is none of them."""
    found: list[int] = []
    for chunk in chunks(list(record_ids)):
        sql = f"""SELECT r.id FROM record r JOIN module_state m ON m.id = r.feed_id
            WHERE r.id IN ({marks(chunk)}) AND m.connection_id <> ?"""  # noqa: S608 - marks only
        found += [int(row[0]) for row in db.all(sql, (*chunk, connection_id))]
    return found


def foreign_problems(db: Database, connection_id: int, problem_ids: Sequence[int]) -> list[int]:
    """Those of these problems that belong to another connection."""
    found: list[int] = []
    for chunk in chunks(list(problem_ids)):
        sql = f"SELECT id FROM problem WHERE id IN ({marks(chunk)}) AND connection_id <> ?"  # noqa: S608 - marks only
        found += [int(row[0]) for row in db.all(sql, (*chunk, connection_id))]
    return found
