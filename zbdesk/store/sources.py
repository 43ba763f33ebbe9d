"""Saved mappings, sources, imports and what each import wrote: the rows behind **Sources**.

Values in, values out. Secrets are never here. Invariant: a batch is one import from its first to its last record, so
that it can be taken back as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from zbdesk.store.database import Database
from zbdesk.store.keys import fold
from zbdesk.store.times import from_us, to_us

# -- mappings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A mapping as it was saved."""

    name: str
    module: str
    body: str
    saved_at: datetime


def save_mapping(db: Database, name: str, module: str, body: str, *, at: datetime) -> None:
    """Keep a mapping under this name; one of the same name, case aside, gives way."""
    with db.transaction():
        db.execute(
            """INSERT INTO mapping (name, name_key, module, body, saved_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, module = excluded.module, body = excluded.body,
            saved_at = excluded.saved_at""",
            (name.strip(), fold(name), module, body, to_us(at)),
        )


def mappings(db: Database) -> list[SavedMapping]:
    """All saved mappings by name."""
    with db.snapshot():
        rows = db.all("SELECT name, module, body, saved_at FROM mapping ORDER BY name_key")
    return [SavedMapping(name, module, body, from_us(at)) for name, module, body, at in rows]


def mapping(db: Database, name: str) -> SavedMapping | None:
    """The mapping of this name, case aside."""
    with db.snapshot():
        row = db.one("SELECT name, module, body, saved_at FROM mapping WHERE name_key = ?", (fold(name),))
    return None if row is None else SavedMapping(row[0], row[1], row[2], from_us(row[3]))


def remove_mapping(db: Database, name: str) -> bool:
    """Forget a mapping; False where there is none of this name."""
    with db.transaction():
        return bool(db.execute("DELETE FROM mapping WHERE name_key = ?", (fold(name),)).rowcount)


# -- sources ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A folder or a database. ``settings`` is what its kind needs; ``mark`` where its next reading goes on."""

    id: int
    kind: str
    name: str
    module: str
    mapping: str
    settings: Mapping[str, Any]
    paused: bool
    mark: str | None
    last_at: datetime | None
    last_result: str | None
    last_message: str
    last_rows: int
    taken: int
    refused: int


_SOURCE = """SELECT id, kind, name, module, mapping, settings, state, mark, last_at, last_result, last_message,
    last_rows, taken, refused FROM source"""


def add_source(
    db: Database,
    connection_id: int,
    *,
    kind: str,
    name: str,
    module: str,
    mapping: str,
    settings: Mapping[str, Any],
    at: datetime,
) -> int:
    """A new source; returns its id."""
    with db.transaction():
        row = db.one(
            """INSERT INTO source (connection_id, kind, name, module, mapping, settings, state, made_at)
            VALUES (?, ?, ?, ?, ?, ?, 'on', ?) RETURNING id""",
            (connection_id, kind, name, module, mapping, json.dumps(dict(settings), ensure_ascii=False), to_us(at)),
        )
        assert row is not None  # noqa: S101 - RETURNING gives the row just made
        return int(row[0])


def sources(db: Database, connection_id: int) -> list[StoredSource]:
    """The sources of a connection, oldest first."""
    with db.snapshot():
        rows = db.all(f"{_SOURCE} WHERE connection_id = ? ORDER BY id", (connection_id,))
    return [_source(row) for row in rows]


def source(db: Database, connection_id: int, source_id: int) -> StoredSource | None:
    """One source."""
    with db.snapshot():
        row = db.one(f"{_SOURCE} WHERE connection_id = ? AND id = ?", (connection_id, source_id))
    return None if row is None else _source(row)


def _source(row: tuple[Any, ...]) -> StoredSource:
    return StoredSource(
        id=row[0],
        kind=row[1],
        name=row[2],
        module=row[3],
        mapping=row[4],
        settings=json.loads(row[5]),
        paused=row[6] == "paused",
        mark=row[7],
        last_at=None if row[8] is None else from_us(row[8]),
        last_result=row[9],
        last_message=row[10],
        last_rows=row[11],
        taken=row[12],
        refused=row[13],
    )


def set_source(
    db: Database,
    source_id: int,
    *,
    paused: bool | None = None,
    settings: Mapping[str, Any] | None = None,
    mapping: str | None = None,
) -> None:
    """Pause a source or let it go on; give it other settings or another mapping."""
    with db.transaction():
        if paused is not None:
            db.execute("UPDATE source SET state = ? WHERE id = ?", ("paused" if paused else "on", source_id))
        if settings is not None:
            text = json.dumps(dict(settings), ensure_ascii=False)
            db.execute("UPDATE source SET settings = ? WHERE id = ?", (text, source_id))
        if mapping is not None:
            db.execute("UPDATE source SET mapping = ? WHERE id = ?", (mapping, source_id))


def set_mark(db: Database, source_id: int, mark: str | None) -> None:
    """Where the next reading goes on; inside the transaction that wrote what was read."""
    with db.transaction():
        db.execute("UPDATE source SET mark = ? WHERE id = ?", (mark, source_id))


def note_run(
    db: Database,
    source_id: int,
    *,
    at: datetime,
    result: str,
    message: str = "",
    rows: int = 0,
    taken: int = 0,
    refused: int = 0,
) -> None:
    """How the last run went: ``ok``, ``attention`` or ``failed``. The counters add up."""
    with db.transaction():
        db.execute(
            """UPDATE source SET last_at = ?, last_result = ?, last_message = ?, last_rows = ?, taken = taken + ?,
            refused = refused + ? WHERE id = ?""",
            (to_us(at), result, message, rows, taken, refused, source_id),
        )


def remove_source(db: Database, source_id: int) -> None:
    """Forget a source; what it brought stays."""
    with db.transaction():
        db.execute("DELETE FROM source WHERE id = ?", (source_id,))


# -- batches ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. ``state``: open, done, stopped, taken_back."""

    id: int
    module: str
    source: str
    origin: str
    mapping: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    rows: int
    created: int
    changed: int
    unchanged: int
    refused: int
    vanished: int
    totals: Mapping[str, Decimal]


class Entry(NamedTuple):
    """What a batch did with one record."""

    record_id: int
    result: str
    revision: int | None
    before: str | None


_BATCH = """SELECT id, module, source, origin, mapping, state, started_at, finished_at, read_rows, created, changed,
    unchanged, refused, vanished, totals FROM import_batch"""


def begin_batch(
    db: Database,
    connection_id: int,
    *,
    module: str,
    source: str,
    origin: str,
    mapping: str,
    at: datetime,
    source_id: int | None = None,
) -> int:
    """Open a batch; what is left open by a crash is closed as stopped here."""
    with db.transaction():
        close_open(db, connection_id, at=at)
        row = db.one(
            """INSERT INTO import_batch (connection_id, source_id, module, source, origin, mapping, state, started_at)
            VALUES (?, ?, ?, ?, ?, ?, 'open', ?) RETURNING id""",
            (connection_id, source_id, module, source, origin, mapping, to_us(at)),
        )
        assert row is not None  # noqa: S101 - RETURNING gives the row just made
        return int(row[0])


def close_open(db: Database, connection_id: int, *, at: datetime) -> None:
    """Close what was cut off as stopped, with the counts of what it had written. Only for who alone may import now."""
    counted = ", ".join(
        f"{name} = (SELECT COUNT(*) FROM import_entry e WHERE e.batch_id = import_batch.id AND e.result = '{name}')"  # noqa: S608
        for name in ("created", "changed", "unchanged")
    )
    with db.transaction():
        db.execute(
            f"""UPDATE import_batch SET state = 'stopped', finished_at = ?, {counted}
            WHERE connection_id = ? AND state = 'open'""",  # noqa: S608 - our own words
            (to_us(at), connection_id),
        )


def add_entries(db: Database, batch_id: int, entries: Sequence[Entry]) -> None:
    """Note what the batch did. A record that comes twice keeps how it stood before the first time."""
    with db.transaction():
        db.executemany(
            """INSERT INTO import_entry (batch_id, record_id, result, revision, before) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (batch_id, record_id) DO UPDATE SET revision = excluded.revision""",
            [(batch_id, one.record_id, one.result, one.revision, one.before) for one in entries],
        )


def follow_revision(db: Database, record_id: int, before: int, after: int) -> None:
    """A document is as it was under an earlier revision: batches that left it so know it by the new one."""
    with db.transaction():
        db.execute(
            "UPDATE import_entry SET revision = ? WHERE record_id = ? AND revision = ?", (after, record_id, before)
        )


def end_batch(
    db: Database, batch_id: int, *, state: str, at: datetime, totals: Mapping[str, Decimal], **counts: int
) -> None:
    """Close a batch with its counts: ``rows``, ``created``, ``changed``, ``unchanged``, ``refused``, ``vanished``."""
    with db.transaction():
        db.execute(
            """UPDATE import_batch SET state = ?, finished_at = ?, read_rows = ?, created = ?, changed = ?,
            unchanged = ?, refused = ?, vanished = ?, totals = ? WHERE id = ?""",
            (
                state,
                to_us(at),
                *(counts.get(name, 0) for name in ("rows", "created", "changed", "unchanged", "refused", "vanished")),
                json.dumps({code: f"{amount:f}" for code, amount in totals.items()}),
                batch_id,
            ),
        )


def set_batch_state(db: Database, batch_id: int, state: str, *, at: datetime) -> None:
    """Only the state: after it was taken back."""
    with db.transaction():
        db.execute("UPDATE import_batch SET state = ?, finished_at = ? WHERE id = ?", (state, to_us(at), batch_id))


def still_stands(db: Database, batch_id: int, *, at: datetime) -> None:
    """Something of an import that counted as taken back has stayed in Zoho Books after all: it may be tried again."""
    with db.transaction():
        db.execute(
            "UPDATE import_batch SET state = 'done', finished_at = ? WHERE id = ? AND state = 'taken_back'",
            (to_us(at), batch_id),
        )


def batches(db: Database, connection_id: int, limit: int = 50) -> list[Batch]:
    """The last imports, newest first."""
    with db.snapshot():
        rows = db.all(f"{_BATCH} WHERE connection_id = ? ORDER BY id DESC LIMIT ?", (connection_id, limit))
    return [_batch(row) for row in rows]


def batch(db: Database, connection_id: int, batch_id: int) -> Batch | None:
    """One import."""
    with db.snapshot():
        row = db.one(f"{_BATCH} WHERE connection_id = ? AND id = ?", (connection_id, batch_id))
    return None if row is None else _batch(row)


def last_batch_of(db: Database, connection_id: int, module: str, origin: str) -> int | None:
    """The last import from the same place that counts: what it had and the next one lacks has vanished."""
    with db.snapshot():
        found = db.value(
            """SELECT MAX(id) FROM import_batch WHERE connection_id = ? AND module = ? AND origin = ?
            AND state = 'done'""",
            (connection_id, module, origin),
        )
    return None if found is None else int(found)


def entries(db: Database, batch_id: int) -> list[Entry]:
    """What a batch did, in the order of the records."""
    with db.snapshot():
        rows = db.all(
            "SELECT record_id, result, revision, before FROM import_entry WHERE batch_id = ? ORDER BY record_id",
            (batch_id,),
        )
    return [Entry(*row) for row in rows]


def record_ids(db: Database, batch_id: int) -> list[int]:
    """The records that a batch made or changed: what a roll-back of it has to look at."""
    with db.snapshot():
        rows = db.all(
            "SELECT record_id FROM import_entry WHERE batch_id = ? AND result <> 'unchanged' ORDER BY record_id",
            (batch_id,),
        )
    return [record_id for (record_id,) in rows]


def source_ids(db: Database, batch_id: int, size: int = 2_000) -> Iterator[str]:
    """The documents that a batch met and that are still there, by source id; a part of them in memory at a time."""
    after = 0
    while True:
        with db.snapshot():
            rows = db.all(
                """SELECT e.record_id, r.source_id, r.gone FROM import_entry e JOIN record r ON r.id = e.record_id
                WHERE e.batch_id = ? AND e.record_id > ? ORDER BY e.record_id LIMIT ?""",
                (batch_id, after, size),
            )
        if not rows:
            return
        after = int(rows[-1][0])
        yield from (source_id for _, source_id, gone in rows if source_id is not None and not gone)


def _batch(row: tuple[Any, ...]) -> Batch:
    return Batch(
        id=row[0],
        module=row[1],
        source=row[2],
        origin=row[3],
        mapping=row[4],
        state=row[5],
        started_at=from_us(row[6]),
        finished_at=None if row[7] is None else from_us(row[7]),
        rows=row[8],
        created=row[9],
        changed=row[10],
        unchanged=row[11],
        refused=row[12],
        vanished=row[13],
        totals={code: Decimal(text) for code, text in json.loads(row[14]).items()},
    )
