"""Modules of a connection: which are on, how they stand, and the counters that spare every screen a scan.

Invariant: a counter changes in the transaction that changes the rows it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zbdesk.domain.views import ModuleCounts
from zbdesk.store.database import Database
from zbdesk.store.times import from_seconds, moment_or_none


class Feed(NamedTuple):
    """The row on which the records of one module and connection hang."""

    id: int
    detail_dictionary: int | None


_FEED = "SELECT id, detail_dictionary FROM module_state WHERE connection_id = ? AND module = ?"


def find_feed(db: Database, connection_id: int, module: str) -> Feed | None:
    """The feed, or None when nothing was ever stored or chosen for this module."""
    row = db.one(_FEED, (connection_id, module))
    return None if row is None else Feed(*row)


def feed_of(db: Database, connection_id: int, module: str) -> Feed:
    """The feed, made when it is missing. Inside a transaction."""
    found = find_feed(db, connection_id, module)
    if found is not None:
        return found
    db.execute("INSERT INTO module_state (connection_id, module) VALUES (?, ?)", (connection_id, module))
    made = find_feed(db, connection_id, module)
    assert made is not None  # noqa: S101 - inserted one line above, in the same transaction
    return made


def shift(db: Database, feed_id: int, **by: int) -> None:
    """Move counters by what just changed: ``shift(db, feed, live=+3, deleted=-1)``. Names are this package's own."""
    moved = {name: amount for name, amount in by.items() if amount}
    if moved:
        columns = ", ".join(f"{name} = {name} + ?" for name in moved)
        db.execute(f"UPDATE module_state SET {columns} WHERE id = ?", (*moved.values(), feed_id))  # noqa: S608 - our names


def module_counts(db: Database, connection_id: int) -> tuple[ModuleCounts, ...]:
    """How each known module stands, by name. Reads one small row a module, whatever the number of records.

    ``cursor`` is the newest stamp stored, as text, where the module is read by time.
    """
    with db.snapshot():
        rows = db.all(_COUNTS, (connection_id,))
    return tuple(
        ModuleCounts(
            module=row[0],
            enabled=bool(row[1]),
            remote=row[2],
            local=row[3],
            pending=row[4],
            conflicts=row[5],
            problems=row[6],
            deleted=row[7],
            cursor=_cursor_text(row[8]),
            as_of=moment_or_none(row[9]),
            expected=row[10],
            first_done=bool(row[11]),
            off_reason=row[12],
        )
        for row in rows
    )


_COUNTS = """SELECT m.module, m.enabled, m.live, m.local, m.pending, m.conflicts, m.problems, m.deleted, c.watermark,
    c.as_of, m.expected, COALESCE(c.first_done, 0), m.off_reason
    FROM module_state m LEFT JOIN cursor c ON c.feed_id = m.id WHERE m.connection_id = ? ORDER BY m.module"""


def _cursor_text(watermark: int | None) -> str | None:
    stamp = from_seconds(watermark)
    return None if stamp is None else stamp.strftime("%Y-%m-%dT%H:%M:%SZ")


def set_enabled(db: Database, connection_id: int, names: Sequence[str]) -> None:
    """Choose exactly these modules. What others hold stays; choosing one again also forgets why it was off."""
    with db.transaction():
        for name in names:
            feed_of(db, connection_id, name)
        db.execute("UPDATE module_state SET enabled = 0 WHERE connection_id = ?", (connection_id,))
        db.executemany(
            "UPDATE module_state SET enabled = 1, off_reason = NULL WHERE connection_id = ? AND module = ?",
            [(connection_id, name) for name in names],
        )


def enabled(db: Database, connection_id: int) -> tuple[str, ...]:
    """Names of the chosen modules, also those that are off for a reason; in the order they were first known."""
    with db.snapshot():
        rows = db.all(
            "SELECT module FROM module_state WHERE connection_id = ? AND enabled = 1 ORDER BY id", (connection_id,)
        )
    return tuple(name for (name,) in rows)


def set_off(db: Database, connection_id: int, module: str, reason: str | None) -> None:
    """Note why a chosen module cannot be read (no permission, not in this plan); None when it can again."""
    with db.transaction():
        feed = feed_of(db, connection_id, module)
        db.execute("UPDATE module_state SET off_reason = ? WHERE id = ?", (reason, feed.id))


def set_expected(db: Database, connection_id: int, module: str, n: int | None) -> None:
    """Note how many records Zoho says there are; None when it does not say."""
    with db.transaction():
        feed = feed_of(db, connection_id, module)
        db.execute("UPDATE module_state SET expected = ? WHERE id = ?", (n, feed.id))


def feeds_of_records(db: Database, record_ids: Iterable[int]) -> dict[int, int]:
    """Record id to feed id, for those that exist."""
    found: dict[int, int] = {}
    for chunk in chunks(list(record_ids)):
        found.update(db.all(f"SELECT id, feed_id FROM record WHERE id IN ({marks(chunk)})", chunk))  # noqa: S608
    return found


def chunks(values: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    """Pieces small enough for one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))


def marks(values: Sequence[object]) -> str:
    """One placeholder for each value."""
    return ", ".join("?" * len(values))
