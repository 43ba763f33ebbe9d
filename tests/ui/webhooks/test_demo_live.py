"""The demo window as it is started: real server, real sync thread, real window. A change there appears here."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.ui.scenes_window import wait_for
from zbdesk.app.demo import DemoCompany
from zbdesk.app.desk import Desk
from zbdesk.app.log import stop_logging
from zbdesk.app.webhook_acts import WebhookActs
from zbdesk.cli.demo import _connect
from zbdesk.cli.interrupts import run_tidily
from zbdesk.demo.server import DemoServer
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.events import RunFinished, RunStarted
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.records.page import RecordsPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks.page import WebhooksPage


class Live:
    """The window over the demo company. ``passes``: how many began."""

    def __init__(self, desk: Desk, server: DemoServer) -> None:
        self.desk, self.server = desk, server
        self.bridge = Bridge(desk)
        self.state = DeskState(self.bridge, desk.clock, parent=self.bridge)
        preferences = Preferences(desk.data_dir, desk.settings, self.bridge)
        self.window = MainWindow(self.state, self.bridge, preferences, desk.clock, desk.data_dir)
        self.acts = WebhookActs(desk)
        self.window.make_webhook_acts = lambda: self.acts
        self.passes = self.ended = 0
        self.bridge.happened.connect(self._count)

    def _count(self, event: object) -> None:
        self.passes += isinstance(event, RunStarted)
        self.ended += isinstance(event, RunFinished)

    def begin(self) -> None:
        """Start syncing and wait for the first pass."""
        self.state.refresh()
        assert self.desk.start(self.bridge.listener)
        wait_for(lambda: self.ended == 1, milliseconds=60_000)
        self.window.resize(1280, 800)
        self.window.show()
        wait_for(lambda: self.state.overview is not None and not self.state.first_sync)


@pytest.fixture
def live(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """Connected, synced once, and shown."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ZBDESK_WEBHOOK_PORT", str(probe.getsockname()[1]))
    try:
        with DemoCompany(tmp_path / "demo") as company, company.open_desk() as desk:
            desk.acquire("demo")
            run_tidily(_connect(desk, company.credentials, company.server.credentials.grant_code))
            made = Live(desk, company.server)
            made.begin()
            yield made
            desk.stop(30)
            made.bridge.close()
            made.acts.close()
            made.window.hide()
            made.window.deleteLater()
            made.bridge.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
    finally:
        stop_logging()


def test_a_change_in_the_demo_company_appears_in_the_table_without_a_pass(live: Live) -> None:
    """One change there is one event, one call and one row that changes here; no pass runs, and nobody clicks."""
    live.window.go("module/contacts")
    page = live.window.pages.records()
    assert page is not None
    page.filter.set_filter(RecordFilter(text="Renamed In The Demo"))
    wait_for(lambda: page.model.known and page.model.rowCount() == 0)
    org = live.server.company.org()
    one = org.ids("contacts")[0]
    calls = _calls(live)
    org.edit("contacts", one, contact_name="Renamed In The Demo Ltd")
    wait_for(lambda: "Renamed In The Demo Ltd" in _first_row(page))
    assert live.passes == 1
    assert _calls(live) == calls + 1
    live.window.go("webhooks")
    shown = live.window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(lambda: shown.page is not None and len(shown.events.model.lines) == 1)
    (line,) = shown.events.model.lines
    assert (line.view.module, line.view.result, line.view.verified) == ("contacts", "updated", True)
    assert line.party == "Renamed In The Demo Ltd" or line.number == "Renamed In The Demo Ltd"
    wait_for(lambda: shown.standing.text().startswith("Changes arrive, usually in"))
    assert shown.checklist.line("contacts").endswith("1 today")


def test_the_page_follows_events_while_it_is_in_sight(live: Live) -> None:
    """Events come on top by themselves, and a replay from the page is carried out by the running sync thread."""
    live.window.go("webhooks")
    shown = live.window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(lambda: shown.page is not None)
    org = live.server.company.org()
    for one in org.ids("items")[:3]:
        org.edit("items", one, description="Changed in the demo.")
    model = shown.events.model
    wait_for(lambda: len(model.lines) == 3 and all(line.view.result == "updated" for line in model.lines))
    shown.events.table.selectRow(0)
    shown.events.again.click()
    wait_for(lambda: model.lines[0].view.replays == 1 and model.lines[0].view.handled_at is not None)
    assert live.passes == 1


def _calls(live: Live) -> int:
    """Calls of the day, as the database counts them."""
    overview = live.desk.read(lambda reader: reader.overview()).result()
    assert overview.calls is not None
    return overview.calls.used


def _first_row(page: RecordsPage) -> list[str]:
    """The words of the first line in sight."""
    model = page.model
    return [str(model.index(0, at).data() or "") for at in range(model.columnCount())] if model.rowCount() else []
