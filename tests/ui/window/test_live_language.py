"""Another language while the window is open: no old word stays, nothing is lost, nothing is left behind."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QMessageBox, QVBoxLayout

from tests.cli.conftest import server, terminal
from tests.ui import meridian
from zbdesk.app.desk import Desk
from zbdesk.app.log import stop_logging
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.events import RunStarted
from zbdesk.ui import languages, main
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.program import Program

__all__ = ["server", "terminal"]

PAGES = (
    "dashboard", "conflicts", "problems", "outgoing", "month_end", "module/invoices", "webhooks", "sources",
    "activity", "settings", "help",
)  # fmt: skip


@pytest.fixture
def program(app, tmp_path, monkeypatch):
    """Runs the program over a fake desk; ``steps`` go one by one, each a call or a wait until it is true."""
    monkeypatch.setattr("PySide6.QtWidgets.QSystemTrayIcon.isSystemTrayAvailable", lambda: False)
    hook, before = sys.excepthook, set(threading.enumerate())

    def go(steps):
        fake = meridian.desk(tmp_path)
        faults = []
        start = Program._start

        def started(self):
            start(self)
            left = steps(self)
            sys.excepthook = lambda *what: faults.append(what)

            def step():
                try:
                    wanted = next(left)
                except StopIteration:
                    self.quit()
                    return
                except (AssertionError, LookupError, AttributeError, TypeError, RuntimeError) as error:
                    faults.append(error)
                    self.quit()
                    return
                _until(wanted, step, self)

            QTimer.singleShot(0, self, step)

        monkeypatch.setattr(Program, "_start", started)
        code = main.run(fake)
        if faults:
            raise faults[0] if isinstance(faults[0], BaseException) else AssertionError(faults)
        assert code == 0
        assert [thread for thread in set(threading.enumerate()) - before if not thread.daemon] == []
        return fake

    yield go
    sys.excepthook = hook
    languages.install(app, "en")


def _until(wanted, then, context, tries=400):
    if wanted is None or wanted():
        QTimer.singleShot(0, context, then)
    elif tries:
        QTimer.singleShot(10, context, lambda: _until(wanted, then, context, tries - 1))
    else:
        then()


def _speaks(running, code):
    return lambda: languages.current() == code and running.window.isVisible() and _rested(running.window)


def _rested(window) -> bool:
    _clean()
    return bool(window.pages.key)


def _clean() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _words(window: MainWindow) -> list[str]:
    """Every text that the window holds, in sight or not."""
    found = [window.windowTitle()]
    for child in window.findChildren(QObject):
        if isinstance(child, QLabel | QAbstractButton | QAction):
            found.append(child.text())
        elif isinstance(child, QComboBox):
            found += [child.itemText(at) for at in range(child.count())]
    return sorted(text for text in found if any(sign.isalpha() for sign in text))


def _visit(window: MainWindow) -> None:
    for key in PAGES:
        window.go(key)
    for group in ("look", "syncing", "data"):
        page = window.pages.made()["settings"]
        page.show_group(group)


def _translations(code: str) -> dict[str, set[str]]:
    """Each text of the window to what it is in that language; in English to itself."""
    found: dict[str, set[str]] = {}
    file = (
        Path(__file__).resolve().parents[3]
        / "resources"
        / "translations"
        / f"zbdesk_{'de' if code == 'en' else code}.ts"
    )
    for message in ET.parse(file).iter("message"):
        source, translation = message.findtext("source") or "", message.findtext("translation") or ""
        if code == "en":
            found.setdefault(source, set()).add(source)
        elif translation.strip():
            found.setdefault(source, set()).add(translation)
    return found


@pytest.mark.parametrize("codes", [("en", "ar"), ("ar", "de"), ("de", "en")], ids="-".join)
def test_no_word_of_the_old_language_stays(program, codes):
    """After a change no label, button, command or choice holds a word of the language before, and all is mirrored."""
    old, new = codes
    seen = {}

    def steps(running):
        if old != "en":
            running.preferences.change(language=old)
            yield _speaks(running, old)
        running.window.go("settings")
        _visit(running.window)
        yield None
        seen["before"] = _words(running.window)
        running.preferences.change(language=new)
        yield _speaks(running, new)
        _visit(running.window)
        yield None
        seen["after"] = _words(running.window)
        direction = Qt.LayoutDirection.RightToLeft if new == "ar" else Qt.LayoutDirection.LeftToRight
        labels = running.window.findChildren(QLabel)
        assert running.window.layoutDirection() is direction
        assert {label.layoutDirection() for label in labels if label.isVisible()} == {direction}

    program(steps)
    before, after = _translations(old), _translations(new)
    # A text that both languages write alike, or that the new one has no word for yet, is no left-over.
    fine = {text for words in after.values() for text in words}
    fine |= {text for source, words in before.items() if source not in after for text in words}
    spoken = {text for words in before.values() for text in words}
    assert len(set(seen["before"]) & spoken) > 150
    assert set(seen["after"]) & spoken - fine == set()
    assert len(set(seen["after"]) & fine) > 150


def test_what_a_person_looks_at_stays(program):
    """Page, filter, order, chosen record, its details, size, and the group of Settings are as they were."""

    def steps(running):
        window = running.window
        window.resize(1180, 760)
        window.go("settings")
        window.pages.currentWidget().show_group("look")
        window.go("module/invoices")
        page = window.pages.records()
        yield lambda: page.model.known and not page.model.loading
        page.filter.set_filter(RecordFilter(text="a"))
        yield lambda: page.model.known and not page.model.loading
        page.table.setCurrentIndex(page.model.index(2, 0))
        page.open_detail()
        chosen, look, size = page.table.current_id(), page.look(), window.size()
        running.preferences.change(language="de")
        yield _speaks(running, "de")
        fresh = running.window.pages.records()
        assert fresh is not None
        assert fresh is not page
        yield lambda: fresh.table.current_id() == chosen
        assert fresh.look().where == look.where
        assert (fresh.look().sort, fresh.look().descending) == (look.sort, look.descending)
        assert fresh.table.current_id() == chosen
        assert fresh.detail.isVisible()
        assert running.window.size() == size
        running.window.go("settings")
        assert running.window.pages.currentWidget().key == "look"

    program(steps)


def test_syncing_goes_on_and_nothing_is_left_behind(program):
    """The sync thread is not touched, events reach the new window, and the old one is gone with all it held."""
    windows = []

    def steps(running):
        counts = []
        for code in ("de", "en", "de", "en"):
            running.preferences.change(language=code)
            yield _speaks(running, code)
            yield None
            _clean()
            windows.append([one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)])
            counts.append((len(running.findChildren(QTimer)), len(running.state.findChildren(QObject))))
        assert counts[0] == counts[2]
        assert counts[1] == counts[3]
        running.bridge.happened.emit(next(e for e in meridian.first_sync_events() if isinstance(e, RunStarted)))
        yield running.window.bar.stop.isVisible
        assert running.window.bar.stop.isVisible()

    desk = program(steps)
    assert [len(open_ones) for open_ones in windows] == [1, 1, 1, 1]
    assert desk.started == 1


def test_an_open_form_is_asked_about_first(program):
    """Keeping the language keeps the form and the setting says what holds; agreeing changes it."""

    def steps(running):
        form = QDialog(running.window)
        QVBoxLayout(form).addWidget(QLabel("typed"))
        form.show()
        running.preferences.change(language="fr")
        yield lambda: _box(running) is not None
        box = _box(running)
        assert languages.current() == "en"
        box.escapeButton().click()
        yield lambda: running.preferences.settings.language == ""
        assert form.isVisible()
        assert running.preferences.settings.language == ""
        _clean()
        running.preferences.change(language="fr")
        yield lambda: _box(running) is not None
        next(button for button in _box(running).buttons() if button is not _box(running).escapeButton()).click()
        yield _speaks(running, "fr")
        assert languages.current() == "fr"
        assert running._language._question is None

    program(steps)


def _box(running) -> QMessageBox | None:
    return next((one for one in running.window.findChildren(QMessageBox) if one.isVisible()), None)


def test_the_tray_speaks_the_new_language_and_stays(program):
    """The icon keeps its place; its menu is the new window's."""

    def steps(running):
        tray = running._tray
        before = tray.menu
        running.preferences.change(language="de")
        yield _speaks(running, "de")
        assert running._tray is tray
        assert tray.menu is not before
        assert running.window.actions_.quit in tray.menu.actions()
        assert "beenden" in running.window.actions_.quit.text()
        assert tray.parent() is running.window

    program(steps)


def test_a_real_sync_goes_on_through_a_change(app, terminal, monkeypatch):
    """The first sync of a real desk is under way; the language changes twice; it ends as if nothing had been."""
    assert terminal.connect("--read-only").code == 0
    monkeypatch.setattr("PySide6.QtWidgets.QSystemTrayIcon.isSystemTrayAvailable", lambda: False)
    monkeypatch.setenv("ZBDESK_CALLS_PER_MINUTE", "0")
    held = terminal.server.faults.hold(path="/books/v3/invoices")
    hook, seen, faults = sys.excepthook, {}, []
    start = Program._start

    def started(self):
        start(self)
        sys.excepthook = lambda *what: faults.append(what)
        ended = []
        self.state.run_finished.connect(ended.append)
        changes = iter(("ar", "de"))

        def change():
            code = next(changes, None)
            if code is not None:
                self.preferences.change(language=code)
                _until(_speaks(self, code), change, self)
                return
            seen["running"], seen["thread"] = self.state.running, self._desk._thread
            held.release()
            _until(lambda: bool(ended), finish, self, 6000)

        def finish():
            seen["ended"] = [(event.kind, event.result) for event in ended]
            seen["same thread"] = self._desk._thread is seen["thread"]
            overview = self._desk.read(lambda reader: reader.overview()).result(10)
            seen["invoices"] = next(one.remote for one in overview.modules if one.module == "invoices")
            self.quit()

        _until(lambda: self.state.running, change, self, 3000)

    monkeypatch.setattr(Program, "_start", started)
    try:
        desk = Desk.open(terminal.place)
        assert main.run(desk) == 0
    finally:
        sys.excepthook = hook
        stop_logging()
        languages.install(app, "en")
    assert faults == []
    assert seen["running"]
    assert seen["same thread"]
    assert seen["ended"] == [(RunKind.FIRST, RunResult.OK)]
    assert seen["invoices"] == len(terminal.server.company.org()["invoices"])
