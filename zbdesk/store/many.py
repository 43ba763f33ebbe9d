"""Many documents of one source at once: the same rows as one by one, in a few statements a chunk.

Invariant: what stands in the database afterwards is what ``new_records.new_record`` and ``documents.put`` would have
written for each of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zbdesk.store import changes, module_states
from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.new_records import INSERT_RECORD, Columns, row_of
from zbdesk.store.sides import Fields, from_json, to_json
from zbdesk.store.times import to_us

CHUNK = 400

_INSERT_LOCAL = """INSERT INTO local (record_id, fields, revision, pending, action, changed_at, deleted, wishes,
    takes_over, given) VALUES (?, ?, 1, 'create', NULL, ?, 0, '[]', 0, ?)"""


@dataclass(frozen=True, slots=True)
class Given:
    """What a source gave of a document that is known already."""

    record_id: int
    local_id: str
    text: str | None
    """The document as JSON; None where it was never given by its source."""

    def same(self, fields: Mapping[str, object]) -> bool:
        """Whether the source gives the same again."""
        if self.text is None:
            return False
        return self.text == to_json(fields) or from_json(self.text) == fields


class NewDocument(NamedTuple):
    """A document that is not known yet."""

    source_id: str
    fields: Mapping[str, object]
    columns: Columns


def known(db: Database, connection_id: int, module: str, source: str, source_ids: Sequence[str]) -> dict[str, Given]:
    """Those of a source's documents that have a record."""
    feed = module_states.find_feed(db, connection_id, module)
    found: dict[str, Given] = {}
    if feed is None:
        return found
    for start in range(0, len(source_ids), CHUNK):
        chunk = source_ids[start : start + CHUNK]
        sql = f"""SELECT r.source_id, r.id, r.local_id, l.given FROM record r LEFT JOIN local l ON l.record_id = r.id
            WHERE r.feed_id = ? AND r.source = ? AND r.source_id IN ({marks(chunk)})"""  # noqa: S608 - placeholders
        for source_id, record_id, local_id, given in db.all(sql, (feed.id, source, *chunk)):
            found[source_id] = Given(record_id, local_id, given)
    return found


def create(
    db: Database, connection_id: int, module: str, source: str, new: Sequence[NewDocument], *, at: datetime
) -> list[tuple[int, str]]:
    """Make records with their documents; (record id, local id) of each, in order. Inside a transaction."""
    if not new:
        return []
    feed = module_states.feed_of(db, connection_id, module)
    first = next_ids(db, "record", len(new))
    local_ids = db.new_local_ids(len(new))
    stamp = to_us(at)
    ids = range(first, first + len(new))
    db.executemany(
        INSERT_RECORD,
        [
            row_of(record_id, feed.id, local_id, source, one.source_id, one.columns)
            for record_id, local_id, one in zip(ids, local_ids, new, strict=True)
        ],
    )
    texts = [to_json(one.fields) for one in new]
    db.executemany(_INSERT_LOCAL, [(record_id, text, stamp, text) for record_id, text in zip(ids, texts, strict=True)])
    module_states.shift(db, feed.id, pending=len(new), local=len(new))
    changes.note(db, list(ids))
    return list(zip(ids, local_ids, strict=True))


def snapshot(db: Database, record_ids: Sequence[int]) -> dict[int, str]:
    """How the local side of these records stands, as JSON for ``restore``."""
    found: dict[int, str] = {}
    for chunk in chunks(list(record_ids)):
        sql = (
            f"SELECT record_id, fields, given, wishes, deleted, revision FROM local WHERE record_id IN ({marks(chunk)})"  # noqa: S608
        )
        for record_id, *rest in db.all(sql, chunk):
            found[record_id] = json.dumps(rest)
    return found


def revisions(db: Database, record_ids: Sequence[int]) -> dict[int, int]:
    """Record to the revision of its local document."""
    found: dict[int, int] = {}
    for chunk in chunks(list(record_ids)):
        sql = f"SELECT record_id, revision FROM local WHERE record_id IN ({marks(chunk)})"  # noqa: S608
        found.update(db.all(sql, chunk))
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """How the local side of a record stood."""

    fields: Fields
    given: Fields | None
    wishes: tuple[str, ...]
    deleted: bool
    revision: int


def before_of(text: str) -> Before:
    """What ``snapshot`` kept of one record."""
    fields, given, wishes, deleted, revision = json.loads(text)
    kept = None if given is None else from_json(given)
    return Before(from_json(fields), kept, tuple(json.loads(wishes)), bool(deleted), int(revision))
