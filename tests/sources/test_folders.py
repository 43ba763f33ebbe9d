"""Watched folders: each complete file once, in its place with a report, whatever happens in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.store.build import connection, now
from zbdesk.app.folders import FolderRun, FolderTaken, FolderWatch, add_folder
from zbdesk.domain.views import Connection
from zbdesk.sources import folder as folders
from zbdesk.sources.folder import FolderGone, FolderSettings
from zbdesk.store import connections, source_files
from zbdesk.store import sources as store
from zbdesk.store.database import Database

COLUMNS = {
    "Invoice": "invoice_number",
    "Customer": "customer.name",
    "Date": "date",
    "Item": "line_items.name",
    "Price": "line_items.rate",
}
HEAD = "Invoice,Customer,Date,Item,Price\n"
GOOD = HEAD + "A-1,Acme,2026-11-20,Seat,5.00\nA-2,Acme,2026-11-20,Seat,6.00\n"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class World:
    """A database, a folder, and a clock turned by hand."""

    db: Database
    here: Connection
    path: Path
    source_id: int
    seconds: float = 100.0
    watch: FolderWatch = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The program starts again: what it knew of files is forgotten, the database is not."""
        self.watch = FolderWatch(self.db, self.here, now=now, monotonic=lambda: self.seconds)

    def look(self) -> FolderRun:
        """One look."""
        source = store.source(self.db, self.here.id, self.source_id)
        assert source is not None
        return self.watch.look(source)

    def settle(self) -> FolderRun:
        """Two looks with the settling time between them."""
        self.look()
        self.seconds += folders.SETTLE_SECONDS
        return self.look()

    def drop(self, name: str, content: str = GOOD) -> Path:
        """Somebody puts a file there."""
        file = self.path / name
        file.write_text(content, encoding="utf-8")
        return file

    def numbers(self) -> list[str]:
        """Numbers of all records."""
        return [number for (number,) in self.db.all("SELECT number FROM record ORDER BY number")]

    def files(self) -> set[str]:
        """Everything below the folder, hidden files too."""
        return {one.relative_to(self.path).as_posix() for one in self.path.rglob("*") if one.is_file()}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A watched folder over an empty database."""
    place = tmp_path / "in"
    place.mkdir()
    with Database.open(tmp_path / "books.db", now=now) as db:
        here = connections.save(db, connection())
        store.save_mapping(db, "monthly", "invoices", json.dumps({"columns": COLUMNS, "currency": "EUR"}), at=now())
        source_id = add_folder(db, here, FolderSettings(place), "invoices", "Monthly", now)
        yield World(db, here, place, source_id)


def test_a_complete_file_is_taken_once_and_moved_with_its_reports(world: World) -> None:
    """The documents are here, the file lies in done/, and both reports beside it say what was taken."""
    world.drop("nov.csv")
    run = world.settle()
    assert (run.files, run.taken, run.refused) == (1, 2, 0)
    assert world.numbers() == ["A-1", "A-2"]
    assert world.files() == {"done/nov.csv", "done/nov.csv.report.json", "done/nov.csv.report.txt"}
    report = json.loads((world.path / "done/nov.csv.report.json").read_text(encoding="utf-8"))
    assert report["totals"] == {"EUR": "11.00"}
    assert report["result"] == "ok"
    assert "2 created" in (world.path / "done/nov.csv.report.txt").read_text(encoding="utf-8")
    source = store.source(world.db, world.here.id, world.source_id)
    assert source is not None
    assert (source.last_result, source.taken, source.refused) == ("ok", 2, 0)


def test_a_growing_file_is_left_alone_until_it_rests(world: World) -> None:
    """Size or time that changes between looks starts the waiting anew."""
    file = world.drop("nov.csv", HEAD)
    world.look()
    for row in GOOD.splitlines(keepends=True)[1:]:
        world.seconds += folders.SETTLE_SECONDS
        with file.open("a", encoding="utf-8") as growing:
            growing.write(row)
        assert world.look().taken == 0
        assert file.exists()
    world.seconds += folders.SETTLE_SECONDS
    assert world.look().taken == 2


@pytest.mark.parametrize(
    "name", ["~$nov.xlsx", ".nov.csv", "nov.csv.part", "nov.csv.tmp", "nov.csv.crdownload", "nov.pdf"]
)
def test_other_programs_files_are_left_alone(world: World, name: str) -> None:
    """Temporary, hidden and unmeant files are neither taken nor moved."""
    world.drop(name)
    run = world.settle()
    assert (run.files, run.waiting) == (0, 0)
    assert world.files() == {name}


def test_a_file_that_a_program_holds_waits(world: World) -> None:
    """A lock file beside it, or a lock on it, means that somebody is still at it."""
    file = world.drop("nov.csv")
    mark = world.drop(".~lock.nov.csv#", "")
    assert world.settle().taken == 0
    mark.unlink()
    if os.name == "posix":
        import fcntl

        with file.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            assert world.look().taken == 0
    assert world.look().taken == 2


def test_bad_rows_send_the_file_to_failed_and_good_rows_stay(world: World) -> None:
    """The report names row, column and value; what was good is taken."""
    world.drop("nov.csv", GOOD + "A-3,Acme,03/04/2026,Seat,5.00\n")
    run = world.settle()
    assert (run.taken, run.refused) == (2, 1)
    report = (world.path / "failed/nov.csv.report.txt").read_text(encoding="utf-8")
    assert "Row 4, Date (“03/04/2026”)" in report
    assert world.numbers() == ["A-1", "A-2"]


def test_an_unreadable_file_fails_alone(world: World) -> None:
    """A file that cannot be read goes to failed/ with the reason; the next one is taken."""
    world.drop("a.csv", "Nothing,fits\n1,2\n")
    world.drop("b.csv")
    run = world.settle()
    assert run.taken == 2
    assert {"failed/a.csv", "done/b.csv"} <= world.files()
    assert "Invoice" in (world.path / "failed/a.csv.report.txt").read_text(encoding="utf-8")


def test_the_same_content_again_is_noticed(world: World) -> None:
    """Under another name, or after a restart: nothing is taken, and the report says when it was."""
    world.drop("nov.csv")
    world.settle()
    world.restart()
    world.drop("copy.csv")
    run = world.settle()
    assert (run.files, run.taken) == (1, 0)
    report = json.loads((world.path / "done/copy.csv.report.json").read_text(encoding="utf-8"))
    assert (report["result"], report["first"]) == ("repeated", "done/nov.csv")
    world.drop("nov.csv")
    world.settle()
    assert "done/nov (2).csv" in world.files()
    assert world.numbers() == ["A-1", "A-2"]


def test_a_deleted_folder_is_said_and_watched_again_when_it_is_back(world: World) -> None:
    """No notice of the system is relied on."""
    world.path.rmdir()
    run = world.look()
    assert run.failed
    assert "not there" in run.message
    source = store.source(world.db, world.here.id, world.source_id)
    assert source is not None
    assert source.last_result == "failed"
    world.path.mkdir()
    world.drop("nov.csv")
    assert world.settle().taken == 2


def test_one_folder_is_watched_once(world: World) -> None:
    """A second source with the same files is refused, a folder that is not there too."""
    with pytest.raises(FolderTaken):
        add_folder(world.db, world.here, FolderSettings(world.path), "invoices", "monthly", now)
    with pytest.raises(FolderGone):
        add_folder(world.db, world.here, FolderSettings(world.path / "none"), "invoices", "monthly", now)


def test_a_mapping_that_went_away_is_said(world: World) -> None:
    """Without its mapping a source fails and touches no file."""
    store.remove_mapping(world.db, "monthly")
    file = world.drop("nov.csv")
    assert world.settle().failed
    assert file.exists()


def test_a_full_disk_while_moving_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stays; the next look puts it into its place without taking it again."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    world.drop("nov.csv")
    with monkeypatch.context() as broken:
        broken.setattr(folders, "write_reports", fail)
        run = world.settle()
        assert run.failed
        assert "No space left" in run.message
    assert "nov.csv" in world.files()
    world.restart()
    assert world.look().taken == 0
    assert {"done/nov.csv", "done/nov.csv.report.txt"} <= world.files()
    assert world.numbers() == ["A-1", "A-2"]


CHILD = """
import os, signal, sys
from tests.sources import killing
killing.run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
"""


@pytest.mark.parametrize("step", range(1, 13))
def test_killed_at_any_step_never_twice_never_lost(tmp_path: Path, step: int) -> None:
    """Kill -9 at the n-th thing written, in the database or on disk: the next start ends with every document once."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "nov.csv").write_text(GOOD + "A-3,Acme,bad,Seat,5\n", encoding="utf-8")
    database = tmp_path / "books.db"
    killed = subprocess.run([sys.executable, "-c", CHILD, str(database), str(place), str(step)], cwd=ROOT, check=False)
    assert killed.returncode in {0, -signal.SIGKILL}
    again = subprocess.run([sys.executable, "-c", CHILD, str(database), str(place), "0"], cwd=ROOT, check=False)
    assert again.returncode == 0
    with Database.open_reader(database) as db:
        assert list(db.all("SELECT number FROM record ORDER BY number")) == [("A-1",), ("A-2",)]
        (source,) = store.sources(db, 1)
        assert source_files.unfinished(db, source.id) == []
    left = {
        one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file() and not one.name.startswith(".")
    }
    assert left == {"failed/nov.csv", "failed/nov.csv.report.json", "failed/nov.csv.report.txt"}
