"""Every file that a watched folder has had, by the hash of its content, and how far each is: the folder's memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zbdesk.store.database import Database
from zbdesk.store.times import from_us, to_us


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file. ``state``: taking, taken, failed, moved. ``report`` is what will lie beside it."""

    id: int
    name: str
    size: int
    content_hash: str
    state: str
    result: str
    message: str
    report: str
    first_at: datetime
    moved_to: str


_FILE = "SELECT id, name, size, content_hash, state, result, message, report, first_at, moved_to FROM source_file"


def by_hash(db: Database, source_id: int, content_hash: str) -> SourceFile | None:
    """The file with this content that the folder has had."""
    with db.snapshot():
        row = db.one(f"{_FILE} WHERE source_id = ? AND content_hash = ?", (source_id, content_hash))
    return None if row is None else _file(row)


def by_id(db: Database, file_id: int) -> SourceFile | None:
    """One file."""
    with db.snapshot():
        row = db.one(f"{_FILE} WHERE id = ?", (file_id,))
    return None if row is None else _file(row)


def unfinished(db: Database, source_id: int) -> list[SourceFile]:
    """Files that are not in their place yet: what a crash or a full disk left."""
    with db.snapshot():
        rows = db.all(f"{_FILE} WHERE source_id = ? AND state <> 'moved' ORDER BY id", (source_id,))
    return [_file(row) for row in rows]


def recent(db: Database, source_id: int, limit: int = 50) -> list[SourceFile]:
    """The last files, newest first."""
    with db.snapshot():
        rows = db.all(f"{_FILE} WHERE source_id = ? ORDER BY id DESC LIMIT ?", (source_id, limit))
    return [_file(row) for row in rows]


def _file(row: tuple[Any, ...]) -> SourceFile:
    return SourceFile(
        id=row[0],
        name=row[1],
        size=row[2],
        content_hash=row[3],
        state=row[4],
        result=row[5],
        message=row[6],
        report=row[7],
        first_at=from_us(row[8]),
        moved_to=row[9],
    )


def begin(db: Database, source_id: int, name: str, size: int, content_hash: str, *, at: datetime) -> int:
    """From now on this file is being taken; one of the same content that was not finished goes on."""
    with db.transaction():
        row = db.one(
            """INSERT INTO source_file (source_id, name, size, content_hash, state, first_at)
            VALUES (?, ?, ?, ?, 'taking', ?)
            ON CONFLICT (source_id, content_hash) DO UPDATE SET name = excluded.name, state = 'taking' RETURNING id""",
            (source_id, name, size, content_hash, to_us(at)),
        )
        assert row is not None  # noqa: S101 - RETURNING gives the row
        return int(row[0])


def finish(  # noqa: PLR0917 - the columns, in their order
    db: Database,
    file_id: int,
    state: str,
    result: str,
    message: str,
    report: str,
    moved_to: str,
    *,
    at: datetime,
    batch_id: int | None = None,
) -> None:
    """Its documents are dealt with; what is left is to put it into its place."""
    with db.transaction():
        db.execute(
            """UPDATE source_file SET state = ?, result = ?, message = ?, report = ?, moved_to = ?, finished_at = ?,
            batch_id = ? WHERE id = ?""",
            (state, result, message, report, moved_to, to_us(at), batch_id, file_id),
        )


def moved(db: Database, file_id: int) -> None:
    """It lies in its place, its report beside it; the report need not be kept here."""
    with db.transaction():
        db.execute("UPDATE source_file SET state = 'moved', report = '' WHERE id = ?", (file_id,))


def forget(db: Database, file_id: int) -> None:
    """It was never taken and is not there any more."""
    with db.transaction():
        db.execute("DELETE FROM source_file WHERE id = ?", (file_id,))
