"""One handle on the local database: opening it safely, transactions, and plain SQL both servers understand.

Threads: a handle is one connection and serves one thread at a time; each pool thread opens a reader of its own. Any
thread may close a handle that no other is using. There is one writer in the whole program.
Invariant: what leaves this module is a ``StorageError`` for the environment's failures and the driver's own exception
for our bugs (a broken constraint), never a failure passed over in silence.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import peewee

from zbdesk.domain.errors import StorageError
from zbdesk.store import schema
from zbdesk.store.backup import back_up, backups_of
from zbdesk.store.dialects import APPLICATION_ID, BUSY_MS, PAGE_SIZE, Dialect, Postgres, Sqlite, is_server
from zbdesk.store.errors import (
    DamagedDatabase,
    DiskFailure,
    DiskFull,
    MissingDatabase,
    NewerSchema,
    ReadOnlyDisk,
    translate,
)
from zbdesk.store.ids import time_ordered_ids
from zbdesk.store.times import to_us

_log = logging.getLogger(__name__)

Row = tuple[Any, ...]
NewIds = Callable[[int, datetime], list[str]]

__all__ = ["DamagedDatabase", "Database", "DiskFull", "MissingDatabase", "NewerSchema", "Row"]


class Database:
    """``path`` is None for a server; ``is_writer`` says whether ``transaction`` may be used."""

    def __init__(
        self,
        dialect: Dialect,
        path: Path | None,
        *,
        is_writer: bool,
        now: Callable[[], datetime] | None = None,
        new_ids: NewIds = time_ordered_ids,
    ) -> None:
        self.dialect = dialect
        self.path = path
        self.is_writer = is_writer
        self._now = now
        self._new_ids = new_ids
        self.dictionaries: dict[int, bytes] = {}
        self.blocks: dict[int, bytes] = {}
        self.notes_changes: bool | None = None
        """Whether changes of records are noted (``store/changes.py``); None until it was asked."""

        self._raw: Any = None
        self._depth = 0
        self._doomed = False
        self._writing = False

    @classmethod
    def open(
        cls,
        target: str | Path,
        *,
        now: Callable[[], datetime],
        new_ids: NewIds = time_ordered_ids,
    ) -> Self:
        """Open for writing: made with owner-only permissions when missing, backed up and migrated when old.

        Runs that a crash left open are closed as interrupted. Raises ``NewerSchema``, ``ForeignDatabase``,
        ``DamagedDatabase``, ``DiskFull``, ``ReadOnlyDisk``, ``DatabaseLocked``, ``DatabaseUnreachable``; the file is
        then as it was.
        """
        if is_server(target):
            handle = cls(Postgres(str(target), read_only=False), None, is_writer=True, now=now, new_ids=new_ids)
        else:
            path = Path(target)
            _make_file(path)
            handle = cls(Sqlite(path, read_only=False), path, is_writer=True, now=now, new_ids=new_ids)
        handle._guarded(lambda: handle._prepare(now()))
        return handle

    @classmethod
    def open_reader(cls, target: str | Path) -> Self:
        """Open for reading only, beside a running writer. Raises ``MissingDatabase``, ``NewerSchema``."""
        if is_server(target):
            handle = cls(Postgres(str(target), read_only=True), None, is_writer=False)
        else:
            path = Path(target)
            if not path.exists() or path.stat().st_size == 0:
                raise MissingDatabase(str(path))
            handle = cls(Sqlite(path, read_only=True), path, is_writer=False)
        handle._guarded(handle._attach)
        return handle

    @property
    def orm(self) -> peewee.Database:
        """What peewee's queries are executed on."""
        return self.dialect.orm

    @property
    def is_frozen(self) -> bool:
        """Whether this reader took the file as never changing, for want of room: not to be used for long."""
        return isinstance(self.dialect, Sqlite) and self.dialect.is_frozen

    # Transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens or nothing; nested uses join the outer one.

        The write lock is taken at the start, so that nothing read inside is out of date when it is written.
        """
        if not self.is_writer:
            raise RuntimeError("a reader was asked to write")
        if self._depth and not self._writing:
            raise RuntimeError("a transaction cannot begin inside a snapshot: what was read may be out of date")
        with self._span(self.dialect.begin_write):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see one moment of the database. Short: while it lasts the log cannot be shortened."""
        with self._span(self.dialect.begin_read):
            yield

    @property
    def in_transaction(self) -> bool:
        """Whether a writing transaction is open."""
        return self._depth > 0 and self._writing

    @contextmanager
    def _span(self, begin: str) -> Iterator[None]:
        if self._depth:
            with self._joined():
                yield
            return
        with self.mapped():
            self._raw.execute(begin)
            self._depth = 1
            self._doomed = False
            self._writing = begin == self.dialect.begin_write
            try:
                yield
                self._commit()
            except BaseException:
                self.forget_cached()  # one of them may have been made in here
                self._roll_back()
                raise
            finally:
                self._depth = 0

    def _commit(self) -> None:
        if self._doomed:
            raise RuntimeError("a part of this transaction failed and was caught; it cannot be committed")
        self._raw.execute("COMMIT")

    @contextmanager
    def _joined(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        except BaseException:
            self._doomed = True
            raise
        finally:
            self._depth -= 1

    def _roll_back(self) -> None:
        """Take the transaction back, unless the database has done so itself (SQLite does when the disk is full)."""
        if self.dialect.name == "sqlite" and not self._raw.in_transaction:
            return
        with suppress(*self.dialect.foreign):  # a lost connection has no transaction any more; the cause is raised
            self._raw.execute("ROLLBACK")

    @contextmanager
    def mapped(self) -> Iterator[None]:
        """The one edge where the driver's words become ours."""
        try:
            yield
        except self.dialect.foreign as exc:
            failure = translate(exc, self.dialect.where, self.backups())
            if failure is None:
                raise
            raise failure from exc

    def new_local_ids(self, count: int) -> list[str]:
        """Lasting identities for new records. Only a writer makes any."""
        if self._now is None:
            raise RuntimeError("a reader was asked for new ids")
        return self._new_ids(count, self._now())

    def moment(self) -> datetime:
        """What the writer's clock says. Only a writer stamps anything."""
        if self._now is None:
            raise RuntimeError("a reader was asked for the time")
        return self._now()

    def forget_cached(self) -> None:
        """Drop what was kept of the database's unchanging parts: they may not be there any more."""
        self.dictionaries.clear()
        self.blocks.clear()
        self.notes_changes = None

    # Statements. Callers stand inside transaction() or snapshot().

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """Run one statement and return the driver's cursor."""
        return self._raw.execute(self.dialect.sql(sql), params)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows: the fast way in on both servers."""
        cursor = self._raw.cursor()
        cursor.executemany(self.dialect.sql(sql), rows)
        cursor.close()

    def all(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """All rows."""
        rows: list[Row] = self.execute(sql, params).fetchall()
        return rows

    def one(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        """The first row."""
        row: Row | None = self.execute(sql, params).fetchone()
        return row

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first column of the first row; None when there is no row."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    # Care

    def interrupt(self) -> None:
        """From another thread: what runs here ends as ``ReadingStopped``. Nothing is running: nothing happens."""
        if self._raw is not None:
            self.dialect.interrupt()

    def close(self) -> None:
        """Close; twice is harmless. A writer notes that it closed in order, so the next start need not check."""
        if self._raw is None:
            return
        try:
            if self.is_writer and self.path is not None:
                self._note_closed()
        finally:
            self._raw = None
            self.orm.close()

    def check(self) -> list[str]:
        """What SQLite's ``quick_check`` finds wrong; empty when sound (and on servers, which check themselves)."""
        if self.path is None:
            return []
        with self.mapped():
            return [str(line) for (line,) in self.all("PRAGMA quick_check(20)") if line != "ok"]

    def size_bytes(self) -> int:
        """What the database takes on disk, its log included."""
        if self.path is None:
            return int(self.value("SELECT pg_database_size(current_database())"))
        files = [self.path, *_companions(self.path)]
        return sum(file.stat().st_size for file in files if file.exists())

    def vacuum(self) -> None:
        """Give freed space back to the disk. Outside any transaction; needs as much free space as the file has."""
        if self._depth:
            raise RuntimeError("vacuum inside a transaction")
        with self.mapped():
            self._raw.execute("VACUUM")
            if self.path is not None:
                self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def backups(self) -> list[Path]:
        """Copies made before migrations, newest first."""
        return [] if self.path is None else backups_of(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # Opening

    def _guarded(self, prepare: Callable[[], None]) -> None:
        """Run the opening steps; on failure close without a trace and say why in our words."""
        try:
            with self.mapped():
                prepare()
        except OSError as exc:
            self._drop()
            raise _os_failure(exc, self.dialect.where) from exc
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        self._raw = None
        if not self.orm.is_closed():
            self.orm.close()

    def _attach(self) -> None:
        """Reader: connect and make sure that what is there can be read."""
        self._raw = self.dialect.connect()
        if schema.version(self.dialect) < schema.newest():
            # The writer is making or migrating it right now, or has not been started since an update.
            raise MissingDatabase(self.dialect.where)

    def _prepare(self, at: datetime) -> None:
        """Writer: check, back up, migrate, tidy up after a crash. Nothing is written before all checks are passed."""
        self._raw = self.dialect.connect()
        if self.path is not None:
            # A file that is no database fails at this first read.
            self._raw.execute("PRAGMA schema_version").fetchone()
        found = schema.version(self.dialect)
        if self.path is not None:
            self._prepare_file(self.path, found)
        if found < schema.newest():
            schema.migrate(self.dialect, at)
        self._tidy(at)

    def _prepare_file(self, path: Path, found: int) -> None:
        if found == 0:
            self._raw.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            self._raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        elif self.value("SELECT value FROM meta WHERE name = 'closed_in_order'") != "yes":
            # Only after a crash: the check reads the whole file and would cost every start.
            findings = self.check()
            if findings:
                _log.error("quick_check: %s", "; ".join(findings))
                raise DamagedDatabase(str(path), self.backups())
        self._raw.execute("PRAGMA journal_mode = WAL").fetchone()
        self._raw.execute("PRAGMA synchronous = FULL")  # one transaction a page: FULL costs nothing measurable
        self._raw.execute("PRAGMA wal_autocheckpoint = 500")  # 8 MB of log instead of 16, at the same speed
        self._raw.execute("PRAGMA journal_size_limit = 16777216")
        self._raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        _owner_only(path)
        if 0 < found < schema.newest():
            back_up(self._raw, path, found + 1)

    def _tidy(self, at: datetime) -> None:
        with self.transaction():
            self.execute(
                "UPDATE run SET finished_at = ?, result = 'interrupted', message = ? WHERE finished_at IS NULL",
                (to_us(at), "The program ended before this pass did."),
            )
            self._note("no")

    def _note_closed(self) -> None:
        try:
            with self.transaction():
                self._note("yes")
        except StorageError:
            # Closing must not fail for want of a note: without it the next start merely checks the file.
            _log.warning("could not note an orderly close", exc_info=True)

    def _note(self, closed_in_order: str) -> None:
        self.execute(
            "INSERT INTO meta (name, value) VALUES ('closed_in_order', ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (closed_in_order,),
        )


def _make_file(path: Path) -> None:
    """Create the file for its owner only, before SQLite would do so with the process's mask."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as exc:
        raise _os_failure(exc, str(path)) from exc


def _owner_only(path: Path) -> None:
    """SQLite gives its companion files the permissions of the main one; older files may have been looser."""
    for file in (path, *_companions(path)):
        if file.exists():
            file.chmod(0o600)


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _os_failure(error: OSError, where: str) -> StorageError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(where)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.EISDIR, errno.ENOTDIR}:
        return ReadOnlyDisk(where)
    return DiskFailure(where)
