"""The window over a real desk and the demo company: what is put leaves, what clashes is settled by clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.cli.conftest import Terminal, server, terminal
from tests.ui.scenes_window import wait_for
from zbdesk.app.desk import Desk
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.commands import EditRecord, NewRecord, SyncNow
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.conflicts.fields_model import OURS
from zbdesk.ui.editing.editor import Editor
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

__all__ = ["server", "terminal"]
LONG = 20_000


class Running:
    """A window over a desk that syncs, and Zoho's side of it."""

    def __init__(self, terminal: Terminal) -> None:
        self.org = terminal.server.company.org(terminal.organization)
        self.desk = Desk.open(terminal.place)
        self.bridge = Bridge(self.desk)
        self.state = DeskState(self.bridge, self.desk.clock)
        preferences = Preferences(self.desk.data_dir, self.desk.settings)
        self.window = MainWindow(self.state, self.bridge, preferences, self.desk.clock, self.desk.data_dir)
        self.bridge.setParent(self.window)
        self.state.setParent(self.window)
        preferences.setParent(self.window)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.window.resize(1280, 800)
        self.runs = 0
        self.state.run_finished.connect(self._finished)
        self.desk.start(self.bridge.listener)
        self.state.refresh()
        wait_for(lambda: self.state.loaded)
        self.window.show()

    def _finished(self, _event: object) -> None:
        self.runs += 1

    def sync(self) -> None:
        """A click on Sync now, and the end of its pass."""
        wait_for(self.window.actions_.sync.isEnabled, milliseconds=LONG)
        before = self.runs
        self.window.actions_.sync.trigger()
        wait_for(lambda: self.runs > before, milliseconds=LONG)

    def page(self, key: str) -> Any:
        """Go to a page."""
        self.window.go(key)
        return self.window.pages.currentWidget()

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """Ask the database."""
        return self.desk.read(question).result(10)

    def end(self) -> None:
        """Away with everything."""
        self.bridge.close()
        self.desk.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


@pytest.fixture
def running(qapp: QApplication, terminal: Terminal, tmp_path: Path) -> Iterator[Running]:
    """A connected company, read once, with its window open."""
    theme.apply(qapp, "light")
    assert terminal.connect().code == 0
    assert terminal("sync", "--json").code == 0
    made = Running(terminal)
    yield made
    made.end()


def _lane(page: Any, lane: str) -> list[str]:
    page.show_lane(lane)
    wait_for(lambda: page._known and page._lane == lane)
    return [view.number for view in page.model.rows]


def test_a_new_document_waits_in_outgoing_leaves_and_is_synced(running: Running) -> None:
    """What a person enters stands in Outgoing, counted at its side, until the pass has brought it to Zoho once."""
    outgoing = running.page("outgoing")
    documents = (
        ("contact_name", "Northwind Traders"),
        ("contact_type", "customer"),
        ("email", "ap@northwind.example"),
    )
    running.bridge.send(NewRecord("contacts", documents))
    wait_for(lambda: running.ask(lambda reader: reader.outgoing_summary()).lanes == (("waiting", 1),))
    assert _lane(outgoing, "waiting") == ["Northwind Traders"]
    entries = running.window.navigation._models[0]
    wait_for(lambda: entries.entries[entries.row_of("outgoing")].count == "1")
    (key,) = [view.record_id for view in outgoing.model.rows]
    outgoing.model.check((key,), on=True)
    wait_for(lambda: "Northwind" in str(running.ask(lambda reader: reader.planned((key,)))))
    running.sync()
    wait_for(lambda: running.ask(lambda reader: reader.outgoing_summary()).lanes == (("done", 1),))
    wait_for(lambda: _lane(outgoing, "done") == ["Northwind Traders"])
    assert running.ask(lambda reader: reader.rows([key]))[0].state == "synced"
    names = [one["contact_name"] for one in running.org.all("contacts")]
    assert names.count("Northwind Traders") == 1
    wait_for(lambda: not entries.entries[entries.row_of("outgoing")].count)


def test_a_conflict_is_shown_and_settled_by_clicks(running: Running) -> None:
    """Both sides change the same field; a click on our side and Apply settle it, and the next pass carries it out."""
    documents = (("contact_name", "Northwind Traders"), ("contact_type", "customer"), ("notes", "agreed"))
    running.bridge.send(NewRecord("contacts", documents))
    running.sync()
    (view,) = running.ask(lambda reader: reader.outgoing("done", 5))
    key = view.record_id
    remote_id = running.ask(lambda reader: reader.rows([key]))[0].remote_id
    running.org.edit("contacts", remote_id, notes="theirs")
    running.bridge.send(EditRecord(key, (("notes", "ours"),)))
    running.sync()
    wait_for(lambda: len(running.ask(lambda reader: reader.conflicts())) == 1)
    page = running.page("conflicts")
    wait_for(lambda: page.is_read)
    assert [row.name for row in page.fields.rows if row.kind == "clash"] == ["notes"]
    box = page.table.visualRect(page.fields.index(0, OURS))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center()))
    wait_for(page.apply.isEnabled)
    QTest.mouseClick(page.apply, Qt.MouseButton.LeftButton)
    wait_for(lambda: not running.ask(lambda reader: reader.conflicts()))
    assert running.org.get("contacts", remote_id)["notes"] == "theirs"
    running.bridge.send(SyncNow())
    wait_for(lambda: running.org.get("contacts", remote_id)["notes"] == "ours", milliseconds=LONG)
    entries = running.window.navigation._models[0]
    wait_for(lambda: not entries.entries[entries.row_of("conflicts")].count)


def test_a_problem_names_its_record_and_goes_by_itself(running: Running) -> None:
    """A wrong command is a sentence with the record; a document that Zoho lacks a currency for stands on Problems."""
    running.bridge.send(NewRecord("contacts", (("contact_name", "Only a name"), ("currency", {"code": "CHF"}))))
    running.sync()
    page = running.page("problems")
    wait_for(lambda: len(page.groups) == 1)
    (problem,) = running.ask(lambda reader: reader.problems())
    assert problem.cause == "missing_currency"
    assert problem.record_id is not None
    failed: list[Any] = []
    running.state.command_failed.connect(failed.append)
    running.bridge.send(EditRecord(problem.record_id, (("no_such_field", "x"),)))
    wait_for(lambda: bool(failed))
    assert failed[0].record_id == problem.record_id
    assert failed[0].fields[0][0] == "no_such_field"


def test_editing_a_mirrored_record_reads_its_details_first(running: Running) -> None:
    """The form opens with the lines that Zoho has; saving makes the record ours, and only what was typed leaves."""
    page = running.page("module/invoices")
    wait_for(lambda: page.model.known)
    page.close_detail()
    rows = running.ask(lambda reader: reader.first_page("invoices", sort="date", descending=True, where=RecordFilter()))
    view = next(one for one in rows if one.status in {"draft", "sent"})
    page.table.setCurrentIndex(page.model.index(page.model.row_of(view.id), 0))
    running.window.actions_.edit.trigger()
    wait_for(lambda: any(one.isVisible() for one in running.window.findChildren(Editor)), milliseconds=LONG)
    (editor,) = [one for one in running.window.findChildren(Editor) if one.isVisible()]
    assert editor.save.isEnabled()
    field = editor._inputs["reference_number"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "PO-77")
    before = running.org.get("invoices", view.remote_id)["line_items"]
    QTest.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    wait_for(lambda: running.ask(lambda reader: reader.outgoing_summary()).lanes == (("waiting", 1),))
    (write,) = running.ask(lambda reader: reader.planned((view.id,)))
    assert [name for name, _, _ in write.fields] == ["reference_number"]
    running.sync()
    found = running.org.get("invoices", view.remote_id)
    assert found["reference_number"] == "PO-77"
    assert found["line_items"] == before
