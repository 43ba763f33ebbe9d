"""Opening, transactions, and everything a disk can do to a file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from zbdesk.domain.errors import Action, StorageError
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.store import connections, cursors, indexes, migrations, runs, schema, trees
from zbdesk.store.database import Database
from zbdesk.store.errors import (
    DamagedDatabase,
    DatabaseLocked,
    DatabaseUnreachable,
    DiskFailure,
    DiskFull,
    ForeignDatabase,
    MissingDatabase,
    NewerSchema,
    ReadOnlyDisk,
    translate,
)

from .build import assert_counters, connection, now, row


def fill(db: Database, pages: int = 3) -> int:
    """A connection with some pages of invoices."""
    cid = connections.save(db, connection()).id
    for number in range(pages):
        with db.transaction():
            rows = [row(number * 200 + place, note="x" * 500) for place in range(200)]
            trees.store_page(db, cid, "invoices", rows, scan_id=1, want_detail=False)
    return cid


def digest(path: Path) -> str:
    """What the file holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


RELEASED = migrations.ALL
NEWEST = RELEASED[-1].number


REAL = migrations.ALL
"""The migrations of this version, before a test pretends that there are more."""


def add_migrations(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Pretend that the program learnt newer schemas, one for each statement."""
    extra = [
        migrations.Migration(number, f"extra{number}", (statement,))
        for number, statement in enumerate(statements, NEWEST + 1)
    ]
    monkeypatch.setattr(migrations, "ALL", (*RELEASED, *extra))


# Opening


def test_opens_again_with_what_was_stored(target: str) -> None:
    """A database keeps its content; opening it again neither migrates nor loses anything."""
    with Database.open(target, now=now) as db:
        cid = fill(db, 1)
    with Database.open(target, now=now) as db:
        assert trees.live_count(db, cid, "invoices") == 200
        assert schema.version(db.dialect) == schema.newest()
        assert db.check() == []
        assert db.size_bytes() > 0
        assert db.backups() == []


def test_file_settings(path: Path) -> None:
    """Large pages, a write-ahead log, enforced foreign keys, and files for the owner only."""
    old_mask = os.umask(0)
    try:
        with Database.open(path, now=now) as db:
            fill(db, 1)
            with db.snapshot():
                assert db.value("PRAGMA page_size") == 16_384
                assert db.value("PRAGMA journal_mode") == "wal"
                assert db.value("PRAGMA foreign_keys") == 1
                assert db.value("PRAGMA synchronous") == 2
            files = sorted(path.parent.iterdir())
            assert [file.name for file in files] == ["mirror.db", "mirror.db-shm", "mirror.db-wal"]
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    finally:
        os.umask(old_mask)


def test_loose_permissions_are_tightened(path: Path) -> None:
    """A file that others could read is not left so."""
    Database.open(path, now=now).close()
    path.chmod(0o644)
    Database.open(path, now=now).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_missing_database(path: Path) -> None:
    """A reader without a file says so and makes none."""
    with pytest.raises(MissingDatabase):
        Database.open_reader(path)
    assert not path.exists()
    path.touch()
    with pytest.raises(MissingDatabase):
        Database.open_reader(path)


def test_reader_of_an_older_schema_waits_for_the_writer(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader never migrates, and never reads with knowledge that the file does not have yet."""
    Database.open(target, now=now).close()
    add_migrations(monkeypatch, "ALTER TABLE meta ADD COLUMN extra TEXT")
    with pytest.raises(MissingDatabase):
        Database.open_reader(target)


def test_newer_schema_is_refused(target: str) -> None:
    """A database of a later version is opened by nobody; the sentence names both versions."""
    with Database.open(target, now=now) as db, db.transaction():
        db.execute("INSERT INTO migration (number, name, applied_at) VALUES (99, 'later', 0)")
    for opening in (lambda: Database.open(target, now=now), lambda: Database.open_reader(target)):
        with pytest.raises(NewerSchema, match=f"version 99.*up to {schema.newest()}") as caught:
            opening()
        assert caught.value.action is Action.UPDATE_PROGRAM


def test_other_programs_database_is_left_alone(path: Path) -> None:
    """A sound database with tables of others is refused and not written."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    before = digest(path)
    with pytest.raises(ForeignDatabase):
        Database.open(path, now=now)
    assert digest(path) == before


def test_interrupted_runs_are_closed(target: str) -> None:
    """A pass that a crash cut short is told of as interrupted; finished ones stay as they are."""
    with Database.open(target, now=now) as db:
        cid = fill(db, 0)
        done = runs.start(db, cid, RunKind.FIRST, now())
        runs.finish(db, done, RunResult.OK, now(), (1, 2, 3), 4, "Read everything.")
        runs.start(db, cid, RunKind.DELTA, now())
    with Database.open(target, now=now) as db:
        last, first = runs.recent(db, cid)
    assert (last.result, first.result) == (RunResult.INTERRUPTED, RunResult.OK)
    assert last.message


def test_closing_twice_is_harmless(target: str) -> None:
    """Shutdown may be asked for more than once, and from another thread."""
    db = Database.open(target, now=now)
    thread = threading.Thread(target=db.close)
    thread.start()
    thread.join()
    db.close()


# Migrations and backups


def test_migration_and_its_record_are_one(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that fails leaves the schema and the data as they were, and can be run again."""
    with Database.open(target, now=now) as db:
        cid = fill(db, 1)
    add_migrations(monkeypatch, "CREATE TABLE more (a TEXT)", "INSERT INTO nowhere VALUES (1)")
    with pytest.raises(Exception, match="nowhere"):
        Database.open(target, now=now)
    add_migrations(monkeypatch, "CREATE TABLE more (a TEXT)", "INSERT INTO more VALUES ('once')")
    with Database.open(target, now=now) as db, db.snapshot():
        assert db.all("SELECT number FROM migration ORDER BY number") == [(number,) for number in range(1, NEWEST + 3)]
        assert db.all("SELECT a FROM more") == [("once",)]
        assert trees.live_count(db, cid, "invoices") == 200


def test_backup_before_migrating(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a file is migrated, a whole copy of the old version stands beside it, for its owner only."""
    with Database.open(path, now=now) as db:
        cid = fill(db, 1)
    add_migrations(monkeypatch, "ALTER TABLE meta ADD COLUMN extra TEXT")
    with Database.open(path, now=now) as db:
        (copy,) = db.backups()
    assert copy.name == f"mirror.db.before-{NEWEST + 1}.bak"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    add_migrations(monkeypatch)
    with Database.open_reader(copy) as old:
        assert trees.live_count(old, cid, "invoices") == 200


def test_c93_a_backup_that_is_put_back_is_the_whole_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy in the file's place opens, is sound and whole, and is migrated again, with a backup of its own."""
    with Database.open(path, now=now) as db:
        cid = fill(db, 1)
    add_migrations(monkeypatch, "ALTER TABLE meta ADD COLUMN extra TEXT")
    with Database.open(path, now=now) as db:
        (copy,) = db.backups()
    path.write_bytes(b"not a database any more")
    for beside in path.parent.glob("mirror.db-*"):
        beside.unlink()
    path.unlink()
    copy.rename(path)
    add_migrations(monkeypatch)
    with Database.open(path, now=now) as db:
        assert db.check() == []
        assert trees.live_count(db, cid, "invoices") == 200
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    add_migrations(monkeypatch, "ALTER TABLE meta ADD COLUMN extra TEXT")
    with Database.open(path, now=now) as db:
        assert trees.live_count(db, cid, "invoices") == 200
        assert len(db.backups()) == 1


def test_last_three_backups_stay(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups do not fill the disk: the newest three are kept."""
    statements = [f"CREATE TABLE t{number} (a TEXT)" for number in range(5)]
    for count in range(6):
        add_migrations(monkeypatch, *statements[:count])
        Database.open(path, now=now).close()
    names = sorted(file.name for file in path.parent.glob("*.bak*"))
    assert names == [f"mirror.db.before-{NEWEST + extra}.bak" for extra in (3, 4, 5)]


def test_no_backup_no_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the copy cannot be made, the file is not touched."""
    Database.open(path, now=now).close()
    add_migrations(monkeypatch, "CREATE TABLE more (a TEXT)")
    (path.parent / f"mirror.db.before-{NEWEST + 1}.bak").mkdir()
    with pytest.raises(StorageError):
        Database.open(path, now=now)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT MAX(number) FROM migration").fetchone() == (NEWEST,)


# Damage


def test_not_a_database(path: Path) -> None:
    """A file that is no database is left as it is; the sentence says so."""
    path.write_bytes(b"Dear diary, " * 2_000)
    before = digest(path)
    for opening in (lambda: Database.open(path, now=now), lambda: Database.open_reader(path)):
        with pytest.raises(DamagedDatabase, match="no backup"):
            opening()
    assert digest(path) == before


@pytest.mark.logs("quick_check")
def test_damage_is_found_after_a_crash(path: Path) -> None:
    """After a crash the file is checked before anything is written to it; the backups are named."""
    with Database.open(path, now=now) as db:
        fill(db)
        indexes.build(db)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE meta SET value = 'no' WHERE name = 'closed_in_order'")
        raw.commit()
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record_by_number'").fetchone()[0]
    with path.open("rb+") as file:
        file.seek((root - 1) * 16_384 + 4_000)
        file.write(os.urandom(9_000))
    (path.parent / "mirror.db.before-1.bak").write_bytes(b"")
    before = digest(path)
    with pytest.raises(DamagedDatabase, match=r"mirror\.db\.before-1\.bak") as caught:
        Database.open(path, now=now)
    assert caught.value.action is Action.RESTORE_BACKUP
    assert digest(path) == before


def test_truncated_file(path: Path) -> None:
    """Half a file is recognised whoever reads it."""
    with Database.open(path, now=now) as db:
        fill(db)
    os.truncate(path, path.stat().st_size // 2)

    def read_all() -> None:
        with Database.open_reader(path) as reader, reader.snapshot():
            reader.all("SELECT * FROM remote")
            reader.all("SELECT * FROM record")

    with pytest.raises(DamagedDatabase):
        read_all()


# Full, locked, read-only


def test_disk_full_takes_back_the_page(path: Path) -> None:
    """On a full disk the page is taken back whole, and syncing goes on once there is room."""
    with Database.open(path, now=now) as db:
        cid = fill(db, 1)
        pages = db._raw.execute("PRAGMA page_count").fetchone()[0]
        db._raw.execute(f"PRAGMA max_page_count = {pages + 2}")
        rows = [row(number, payload=os.urandom(4_000)) for number in range(1_000, 1_200)]
        with pytest.raises(DiskFull) as caught, db.transaction():
            trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False)
        assert caught.value.action is Action.FREE_SPACE
        assert trees.live_count(db, cid, "invoices") == 200
        db._raw.execute("PRAGMA max_page_count = 1000000")
        with db.transaction():
            trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False)
        assert trees.live_count(db, cid, "invoices") == 400
        assert_counters(db)
        assert db.check() == []


def test_locked_database(path: Path) -> None:
    """Someone else's lock is named as such, and nothing is lost by it."""
    with Database.open(path, now=now) as db, closing(sqlite3.connect(path, isolation_level=None)) as other:
        cid = fill(db, 1)
        db._raw.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked) as caught:
            connections.set_contact(db, cid, now())
        assert caught.value.action is Action.CLOSE_OTHER
        other.execute("ROLLBACK")
        connections.set_contact(db, cid, now())


def test_readers_cannot_write(reader: Database, cid: int) -> None:
    """A reader's handle writes neither by our functions nor by SQL."""
    with pytest.raises(RuntimeError, match="reader"):
        connections.set_contact(reader, cid, now())
    with pytest.raises(ReadOnlyDisk), reader.snapshot():
        reader.execute("DELETE FROM connection")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A path that cannot be opened is the environment's fault, said in words."""
    with pytest.raises(ReadOnlyDisk):
        Database.open(tmp_path, now=now)
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyDisk):
        Database.open(tmp_path / "file" / "mirror.db", now=now)


def test_unreachable_server() -> None:
    """A server that does not answer is named without its password."""
    with pytest.raises(DatabaseUnreachable) as caught:
        Database.open("postgresql://ada:hunter2@127.0.0.1:1/books?connect_timeout=2", now=now)
    assert "hunter2" not in f"{caught.value} {caught.value.subject}"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("database or disk is full", DiskFull),
        ('could not extend file "base/1": No space left on device', DiskFull),
        ("attempt to write a readonly database", ReadOnlyDisk),
        ("disk I/O error", DiskFailure),
        ("database is locked", DatabaseLocked),
        ("deadlock detected", DatabaseLocked),
        ("database disk image is malformed", DamagedDatabase),
        ("server closed the connection unexpectedly", DatabaseUnreachable),
    ],
)
def test_the_drivers_words_become_ours(said: str, kind: type[StorageError]) -> None:
    """Each failure of the environment has its own class with cause and way out."""
    failure = translate(sqlite3.OperationalError(said), "/data/mirror.db")
    assert type(failure) is kind
    assert failure.title
    assert failure.message
    assert failure.subject == "/data/mirror.db"


def test_our_own_bugs_are_not_dressed_up(db: Database, cid: int) -> None:
    """A broken constraint is a bug, not the environment: it stays the driver's exception."""
    assert translate(sqlite3.IntegrityError("UNIQUE constraint failed: record.local_id"), "x") is None
    with pytest.raises(db.dialect.foreign, match=r"(?i)check|violates"), db.transaction():
        db.execute("UPDATE connection SET state = 'sleepy' WHERE id = ?", (cid,))
    assert connections.current(db) is not None


# Transactions, readers, crashes


def test_nested_transactions_are_one(db: Database, cid: int) -> None:
    """A part that failed and was caught inside spoils the whole, so that no half is committed."""

    def fail() -> None:
        with db.transaction():
            raise ValueError("inner")

    def catch() -> None:
        with db.transaction():
            connections.set_contact(db, cid, now())
            with pytest.raises(ValueError, match="inner"):
                fail()

    with pytest.raises(RuntimeError, match="cannot be committed"):
        catch()
    assert connections.moments(db, cid) == (None, None)


def test_no_transaction_inside_a_snapshot(db: Database, cid: int) -> None:
    """What was read in a snapshot may be out of date when it is written: refused."""
    with db.snapshot(), pytest.raises(RuntimeError, match="snapshot"):
        connections.set_contact(db, cid, now())


def test_no_vacuum_inside_a_transaction(db: Database) -> None:
    """Giving space back is an operation of its own."""
    with db.transaction(), pytest.raises(RuntimeError, match="vacuum"):
        db.vacuum()


def test_reader_sees_one_moment(db: Database, reader: Database, cid: int) -> None:
    """Inside a snapshot a reader sees neither what is uncommitted nor what is committed meanwhile."""
    with reader.snapshot():
        assert trees.live_count(reader, cid, "invoices") == 0
        with db.transaction():
            trees.store_page(db, cid, "invoices", [row(1)], scan_id=0, want_detail=False)
        assert trees.live_count(reader, cid, "invoices") == 0
    assert trees.live_count(reader, cid, "invoices") == 1


def test_readers_beside_a_busy_writer(db: Database, target: str, cid: int) -> None:
    """While pages are written, every reader sees whole pages with counters that agree, and is never refused."""
    seen: list[tuple[int, int]] = []
    failures: list[BaseException] = []
    done = threading.Event()
    started = threading.Barrier(3)

    def look() -> None:
        try:
            with Database.open_reader(target) as reader:
                started.wait()
                while not done.is_set():
                    with reader.snapshot():
                        counted = reader.value("SELECT COUNT(*) FROM record")
                        seen.append((trees.live_count(reader, cid, "invoices"), counted))
        except BaseException as exc:
            failures.append(exc)
            raise

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    started.wait()
    for number in range(20):
        with db.transaction():
            rows = [row(number * 50 + place) for place in range(50)]
            trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False)
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen
    assert all(counter == counted and counted % 50 == 0 for counter, counted in seen)


_WRITER = """
import sys
from store.build import connection, now, row
from zbdesk.store import connections, cursors, trees
from zbdesk.store.database import Database
db = Database.open(sys.argv[1], now=now)
cid = connections.save(db, connection()).id
page = cursors.get(db, cid, "invoices").scan_page
while True:
    with db.transaction():
        rows = [row(page * 100 + place, note="x" * 300) for place in range(100)]
        trees.store_page(db, cid, "invoices", rows, scan_id=1, want_detail=True)
        print(page, flush=True)
        page += 1
        cursors.put(db, cid, "invoices", cursors.Cursor(scan_page=page, scan_id=1))
"""


def test_kill_in_the_middle_leaves_whole_pages(target: str) -> None:
    """Killed at any moment, the database holds exactly the pages before its cursor, and goes on from there."""
    tests = Path(__file__).parent.parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)])}
    stored = 0
    for lines in (1, 4, 2, 9):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, target], stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stdout is not None
            for _ in range(lines):  # each line is printed inside a transaction that is not committed yet
                assert process.stdout.readline().strip().isdigit()
            process.kill()
        with Database.open(target, now=now) as db:
            cid = connections.save(db, connection()).id
            cursor = cursors.get(db, cid, "invoices")
            assert trees.live_count(db, cid, "invoices") == (cursor.scan_page - 1) * 100
            assert cursor.scan_page - 1 >= stored + lines - 1
            stored = cursor.scan_page - 1
            assert_counters(db)
            assert db.check() == []
