"""Start and end of the program: what is shown first, signals, second starts, no thread left behind."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest
from PySide6.QtCore import QTimer

from tests.ui import meridian
from tests.ui.fake_desk import FakeDesk
from zbdesk.app.settings import Settings
from zbdesk.domain.errors import Action, SetupError
from zbdesk.domain.views import Overview
from zbdesk.ui import main
from zbdesk.ui.program import Program
from zbdesk.ui.single import SingleInstance


class _Busy(SetupError):
    def __init__(self) -> None:
        super().__init__("zbdesk sync (4711) writes here.", "Wait for it, then try again.", action=Action.CLOSE_OTHER)


@pytest.fixture
def program(app, tmp_path, monkeypatch):
    """Runs the program over a fake desk and carries out ``act`` once its window has started."""
    monkeypatch.setattr("PySide6.QtWidgets.QSystemTrayIcon.isSystemTrayAvailable", lambda: False)
    hook, before = sys.excepthook, set(threading.enumerate())

    def go(act, desk: FakeDesk | None = None, **options):
        fake = desk or meridian.desk(tmp_path)
        made: list[Program] = []
        start = Program._start

        def started(self):
            start(self)
            made.append(self)
            QTimer.singleShot(0, self, lambda: act(self))

        monkeypatch.setattr(Program, "_start", started)
        code = main.run(fake, **options)
        left = [thread for thread in set(threading.enumerate()) - before if not thread.daemon]
        return fake, code, left

    yield go
    sys.excepthook = hook


def test_c16_quit_ends_every_thread(program):
    """Quit stops the sync thread, the pool and the tray; nothing goes on after it, and twice is harmless."""
    seen = []

    def act(running):
        seen.append((running.window.isVisible(), running.window.pages.key))
        running.window.actions_.quit.trigger()
        running.quit()

    desk, code, left = program(act)
    assert seen == [(True, "dashboard")]
    assert code == 0
    assert desk.started == 1
    assert desk.stopped >= 1
    assert left == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_tidily(program, number):
    """Ctrl+C in a shell and the end of a session quit as the menu does, and the handlers are given back."""
    before = signal.getsignal(number)
    desk, code, left = program(lambda _running: os.kill(os.getpid(), number))
    assert code == 0
    assert left == []
    assert desk.stopped >= 1
    assert signal.getsignal(number) is before


def test_c17_second_start_raises_the_first_and_exits_0(program, tmp_path):
    """A running window is brought to the front; the second program never touches the desk."""
    raised = []

    def act(running):
        running._single.raised.connect(lambda: (raised.append(True), running.quit()))
        second = SingleInstance(tmp_path)
        assert second.hand_over()

    _, code, _ = program(act)
    assert raised
    assert code == 0


def test_c13_start_minimised_without_a_tray_shows_the_window(program, monkeypatch, tmp_path):
    """The program is never invisible and running: where no tray comes, the window does."""
    states = []
    real = QTimer.singleShot

    def sooner(span, *rest):
        real(min(span, 50), *rest)

    monkeypatch.setattr(QTimer, "singleShot", sooner)

    def act(running):
        def look():
            states.append((running.window.isVisible(), running.window.isMinimized()))
            running.quit()

        real(400, running, look)

    program(act, start_minimised=True)
    assert states == [(True, True)]


def test_another_writer_is_named_and_can_be_tried_again(program, tmp_path):
    """A second program that writes here is a sentence with a remedy; reading works meanwhile."""
    desk = meridian.desk(tmp_path)
    begin, tries = desk.start, []

    def start(listener):
        tries.append(True)
        if len(tries) == 1:
            raise _Busy
        return begin(listener)

    desk.start = start
    seen = []

    def act(running):
        banner = running.window.pages.made()["dashboard"].banner

        def look():
            if banner.isVisible() and running.state.error is not None:
                seen.append((banner.fact.text(), banner.action.text()))
                banner.action.click()
                seen.append(running.state.error)
            elif len(tries) == 2:
                running.quit()
                return
            QTimer.singleShot(20, running, look)

        look()

    program(act, desk)
    assert seen == [("zbdesk sync (4711) writes here.", "Try again"), None]
    assert len(tries) == 2


def test_disconnect_stops_first_and_shows_the_wizard(program, tmp_path, monkeypatch):
    """Disconnecting ends the sync thread before anything else, and leaves the wizard in the window's place."""
    from PySide6.QtWidgets import QWidget

    monkeypatch.setattr(Program, "_make_wizard", lambda self: QWidget())
    seen = []

    def act(running):
        running.window.disconnect_wanted.emit(False)

        def look():
            seen.append(running.window.wizard is not None)
            if seen[-1] or len(seen) > 100:
                running.quit()
            else:
                QTimer.singleShot(20, running, look)

        look()

    desk, _, left = program(act)
    assert desk.disconnected == [False]
    assert seen[-1]
    assert left == []


def test_settings_of_the_desk_follow_the_window(program):
    """What is changed in Settings holds for the desk at once."""
    seen = []

    def act(running):
        running.preferences.change(poll_seconds=3600.0)
        seen.append(running._desk.settings)
        running.quit()

    program(act)
    assert isinstance(seen[0], Settings)
    assert seen[0].poll_seconds == 3600.0


def test_empty_directory_opens_the_wizard(program, tmp_path, monkeypatch):
    """Nobody is connected yet: the first thing to see is the way to connect."""
    from PySide6.QtWidgets import QWidget

    monkeypatch.setattr(Program, "_make_wizard", lambda self: QWidget())
    desk = FakeDesk(tmp_path, Overview(connection=None, state=meridian.ConnectionState.NONE))
    seen = []

    def act(running):
        seen.append((running.window.isVisible(), running.window.wizard is not None, running.window.pages.key))
        running.quit()

    program(act, desk)
    assert seen == [(True, True, "")]
