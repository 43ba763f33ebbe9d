"""Every state of the window worth a picture, by name. Built from fixtures; no network, no database.

Not captured: the tray icon and notifications (the desktop draws them), the system's file dialog.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import meridian
from tests.ui.fake_desk import NOW, FakeDesk, connection
from zbdesk.domain.errors import Action
from zbdesk.domain.status import ConnectionState, EngineState, RunResult
from zbdesk.domain.views import CallBudget, ModuleCounts, Overview, RecordFilter
from zbdesk.sync.events import Event, StateChanged
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState


def wait_for(condition: Callable[[], bool], *, milliseconds: int = 20000) -> None:
    """Turn the event loop until something is so."""
    limit = time.monotonic() + milliseconds / 1000
    while not condition():
        assert time.monotonic() < limit, "it did not come to be"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QTest.qWait(2)


def make_window(desk: FakeDesk, *, page: str = "dashboard", events: list[Event] | None = None) -> MainWindow:
    """The window over a fake desk, with its first answers arrived."""
    bridge = Bridge(desk)
    desk.start(bridge.listener)
    state = DeskState(bridge, desk.clock)
    preferences = Preferences(desk.data_dir, desk.settings)
    window = MainWindow(state, bridge, preferences, desk.clock, desk.data_dir)
    window.make_webhook_acts = lambda: desk.webhooks
    bridge.setParent(window)
    state.setParent(window)
    preferences.setParent(window)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(1280, 800)  # the screen of a test is smaller
    state.refresh()
    wait_for(lambda: state.loaded)
    for event in events or []:
        bridge.happened.emit(event)
    QTest.qWait(120)
    window.go(page)
    window.show()
    return window


def around(page: QWidget, key: str, state: DeskState, bridge: Bridge, preferences: Preferences) -> MainWindow:
    """The window with this page in it, for the pictures of the manual."""
    window = MainWindow(state, bridge, preferences, state._clock, bridge._desk.data_dir)
    window.pages._make = lambda _key: page
    if hasattr(page, "sentence"):
        page.sentence.connect(window.say)
    window.refresh()
    window.go(key)
    return window


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="zbdesk-scene-"))


def _dashboard(view: Overview | None = None, events: list[Event] | None = None) -> QWidget:
    desk = meridian.desk(_folder(), view)
    desk.problems = meridian.PROBLEMS
    return make_window(desk, events=events)


def _first_sync() -> QWidget:
    return _dashboard(meridian.overview(first=True), meridian.first_sync_events())


def _first_unknown() -> QWidget:
    plain = meridian.overview(first=True)
    modules = tuple(replace(counts, expected=None) for counts in plain.modules)
    events = [replace(e, expected=None) if hasattr(e, "expected") else e for e in meridian.first_sync_events()]
    return _dashboard(replace(plain, modules=modules), events)


def _problem() -> QWidget:
    view = meridian.overview()
    modules = tuple(
        replace(c, off_reason="Your role in Zoho Books hides bills.") if c.module == "bills" else c
        for c in view.modules
    )
    run = replace(view.last_run, result=RunResult.ATTENTION)
    success = NOW - timedelta(hours=18, minutes=14)
    return _dashboard(replace(view, modules=modules, problems=3, last_run=run, last_success_at=success))


def _signed_out() -> QWidget:
    view = meridian.overview(state=ConnectionState.NEEDS_SIGN_IN)
    return _dashboard(view, [StateChanged(EngineState.SIGNED_OUT, NOW, action=Action.SIGN_IN)])


def _throttled() -> QWidget:
    calls = CallBudget(5000, 5000, 1500, meridian.overview().calls.resets_at, paused_until=NOW + timedelta(minutes=9))
    return _dashboard(meridian.overview(calls=calls))


def _disk_full() -> QWidget:
    event = StateChanged(
        EngineState.FAILED, NOW, reason="The disk of this computer is full. Free 200 MB, then choose Sync now.",
        action=Action.FREE_SPACE,
    )  # fmt: skip
    return _dashboard(events=[event])


def _german() -> QWidget:
    view = meridian.overview(connection=connection(organization=meridian.GERMAN, data_centre="eu"))
    return _dashboard(view)


def _records(choose: bool = True) -> QWidget:
    desk = meridian.desk(_folder())
    window = make_window(desk, page="module/invoices")
    page = window.pages.records()
    assert page is not None
    wait_for(lambda: page.model.known and page.model.is_loaded(0))
    if choose:
        page.table.setFocus()
        rows = [page.model.row_of(key) for key in (1422, 1397, 1390, 1431)]
        selection = page.table.selectionModel()
        for row in rows:
            selection.select(page.model.index(row, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        selection.setCurrentIndex(page.model.index(rows[-1], 1), selection.SelectionFlag.NoUpdate)
        wait_for(lambda: page.detail.shown is not None or not page.detail.isVisible())
        wait_for(lambda: "INR" in window.status.sentence.text())
    return window


def _records_filtered() -> QWidget:
    window = _records(choose=False)
    page = window.pages.records()
    page.filter.set_filter(RecordFilter(statuses=("overdue",), currencies=("INR",)))
    wait_for(lambda: not page.model.loading and page.model.rowCount() == 7)
    QTest.qWait(50)
    return window


def _records_none_fit() -> QWidget:
    window = _records(choose=False)
    page = window.pages.records()
    page.filter.set_filter(RecordFilter(text="zebra", statuses=("void",)))
    wait_for(lambda: not page.model.loading and page.empty.isVisible())
    return window


def _empty(name: str, **changes: object) -> QWidget:
    view = meridian.overview()
    modules = tuple(replace(c, remote=0, **changes) if c.module == name else c for c in view.modules)
    if not any(c.module == name for c in modules):
        modules += (ModuleCounts(name, enabled=False),)
    window = make_window(meridian.desk(_folder(), replace(view, modules=modules)), page=f"module/{name}")
    page = window.pages.records()
    wait_for(lambda: page.empty.isVisible() and not page.model.loading)
    return window


def _page(key: str) -> QWidget:
    desk = meridian.desk(_folder(), meridian.overview(problems=3))
    desk.problems = meridian.PROBLEMS
    window = make_window(desk, page=key)
    QTest.qWait(150)
    return window


def _arabic(build: Callable[[], QWidget]) -> QWidget:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = build()
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return window


SCENES: dict[str, Callable[[], QWidget]] = {
    "dashboard-first-sync": _first_sync,
    "dashboard-first-sync-unknown": _first_unknown,
    "dashboard-in-order": _dashboard,
    "dashboard-offline": lambda: _dashboard(events=meridian.offline()),
    "dashboard-problem": _problem,
    "dashboard-signed-out": _signed_out,
    "dashboard-throttled": _throttled,
    "dashboard-disk-full": _disk_full,
    "dashboard-german": _german,
    "dashboard-arabic": lambda: _arabic(_dashboard),
    "records": _records,
    "records-filtered": _records_filtered,
    "records-none-fit": _records_none_fit,
    "records-empty": lambda: _empty("creditnotes"),
    "records-no-permission": lambda: _empty("bills", off_reason="Your role in Zoho Books hides bills."),
    "records-off": lambda: _empty("projects"),
    "records-on-their-way": lambda: _empty("expenses", first_done=False),
    "records-arabic": lambda: _arabic(_records),
    "problems": lambda: _page("problems"),
    "activity": lambda: _page("activity"),
    "settings": lambda: _page("settings"),
    "help": lambda: _page("help"),
}
