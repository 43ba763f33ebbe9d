"""Inside a window that syncs there is one writer: what the window changes runs on the sync thread, never past it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication

from tests.cli.conftest import Terminal, server, terminal
from tests.ui.sources_world import until
from zbdesk.app import local
from zbdesk.app.desk import Desk
from zbdesk.app.local import WriterGone
from zbdesk.app.sources import ImportOrder, Watch
from zbdesk.app.window_sources import WindowSources
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RunKind
from zbdesk.sources.base import Outcome
from zbdesk.sources.folder import FolderSettings
from zbdesk.sources.mapping import parse_mapping
from zbdesk.store import runs
from zbdesk.store.database import Database
from zbdesk.sync.events import Event, RecordsChanged

__all__ = ["server", "terminal"]
COLUMNS = {"columns": {"Number": "contact_number", "Name": "contact_name"}}


@dataclass
class Syncing:
    """A desk whose sync thread runs, with a pass that is open in the history."""

    desk: Desk
    services: WindowSources
    run_id: int
    events: list[Event]
    folder: object = None

    def is_open(self) -> bool:
        """Whether the pass still counts as under way."""
        found = self.desk.read(lambda reader: reader.runs()).result()
        return next(one for one in found if one.id == self.run_id).finished_at is None


@pytest.fixture
def syncing(qapp: QApplication, terminal: Terminal) -> Iterator[Syncing]:
    """A connected company whose window syncs."""
    assert terminal.connect().code == 0
    assert terminal("sync", "--json").code == 0
    desk = Desk.open(terminal.place)
    events: list[Event] = []
    assert desk.start(events.append)
    run_id = local.write(desk, "test", lambda db, here: runs.start(db, here.id, RunKind.DELTA, desk.clock.now()))
    yield Syncing(desk, WindowSources(desk), run_id, events)
    desk.close()


def test_changes_of_the_window_leave_a_pass_under_way_alone(
    syncing: Syncing, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mappings, sources, tokens and imports are written while a pass is open, and no second handle is opened."""

    def never(*_: object, **__: object) -> Database:
        raise AssertionError("a second writing handle")

    monkeypatch.setattr(Database, "open", never)
    services, place = syncing.services, terminal.place
    services.save_mapping("customers", MODULES["contacts"], COLUMNS)
    folder = place / "drop"
    folder.mkdir()
    services.add_folder(FolderSettings(folder), "contacts", "customers")
    services.set_paused(1, paused=True)
    assert services.new_token("shop")
    services.revoke_token("shop")
    file = place / "customers.csv"
    file.write_text("Number,Name\nC-1,Aster Ltd\nC-2,Birch Ltd\n", encoding="utf-8")
    order = ImportOrder(file, "contacts", parse_mapping(MODULES["contacts"], COLUMNS))
    outcome = services.run(order, Watch(), hold=True)
    assert outcome.report.counts[Outcome.CREATED] == 2
    assert services.is_held()
    assert services.take_back(outcome.report.batch_id or 0).removed == 2
    services.remove(1)
    services.remove_mapping("customers")
    assert syncing.is_open(), "the pass was closed as interrupted"
    until(lambda: any(isinstance(one, RecordsChanged) for one in syncing.events))


def test_a_change_runs_on_the_sync_thread_and_its_failure_comes_back(syncing: Syncing) -> None:
    """Whoever asked gets the answer or the error; the engine goes on."""
    name = local.write(syncing.desk, "test", lambda _db, _here: threading.current_thread().name)
    assert name == "zbdesk-sync"

    def fails(_db: object, _here: object) -> None:
        raise KeyError("no such thing")

    with pytest.raises(KeyError):
        local.write(syncing.desk, "test", fails)
    assert syncing.desk.is_attended
    assert local.write(syncing.desk, "test", lambda _db, _here: 7) == 7


def test_an_import_goes_on_while_the_engine_answers(syncing: Syncing, terminal: Terminal) -> None:
    """Each chunk is a change of its own: others get their turn between two chunks."""
    file = terminal.place / "many.csv"
    rows = "".join(f"N-{n},Customer {n}\n" for n in range(2_500))
    file.write_text(f"Number,Name\n{rows}", encoding="utf-8")
    order = ImportOrder(file, "contacts", parse_mapping(MODULES["contacts"], COLUMNS))
    between: list[int] = []

    def progress(_told: object) -> None:
        between.append(local.write(syncing.desk, "test", lambda db, _here: int(db.value("SELECT COUNT(*) FROM local"))))

    outcome = syncing.services.run(order, Watch(progress=progress), hold=True)
    assert outcome.report.counts[Outcome.CREATED] == 2_500
    assert len(set(between)) > 3
    assert syncing.is_open()


def test_a_thread_that_ended_lets_the_window_write_itself(syncing: Syncing) -> None:
    """Without a running sync thread the lock is this process's own, and so is the handle."""
    assert syncing.desk.stop()
    assert not syncing.desk.is_attended
    syncing.services.save_mapping("customers", MODULES["contacts"], COLUMNS)
    assert [one.name for one in syncing.services.mappings()] == ["customers"]


def test_a_thread_that_ends_in_the_middle_is_told(syncing: Syncing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change was not begun, nothing is half written, and the sentence says to try again."""
    monkeypatch.setattr(local, "START_SECONDS", 0.0)
    thread = syncing.desk._thread
    assert thread is not None
    monkeypatch.setattr(thread, "_engine", None)
    with pytest.raises(WriterGone):
        syncing.services.save_mapping("customers", MODULES["contacts"], COLUMNS)
    monkeypatch.undo()
    assert list(syncing.services.mappings()) == []
