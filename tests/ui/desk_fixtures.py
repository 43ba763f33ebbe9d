"""Fixtures of the window's tests: a themed application, a fake desk, a window over it, and their tidy end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.ui import meridian
from tests.ui.fake_desk import FakeDesk
from tests.ui.scenes_window import make_window
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The application with our style."""
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def desk(app: QApplication, tmp_path: Path) -> Iterator[FakeDesk]:
    """A desk with the invoices of the pictures."""
    fake = meridian.desk(tmp_path)
    yield fake
    fake.close()


@pytest.fixture
def bridge(desk: FakeDesk) -> Iterator[Bridge]:
    """The bridge over the desk."""
    made = Bridge(desk)
    desk.start(made.listener)
    yield made
    made.close()


@pytest.fixture
def state(bridge: Bridge, desk: FakeDesk) -> Iterator[DeskState]:
    """What the window knows."""
    made = DeskState(bridge, desk.clock)
    yield made
    made.deleteLater()


@pytest.fixture
def preferences(desk: FakeDesk, state: DeskState) -> Preferences:
    """Settings of the test's own directory."""
    return Preferences(desk.data_dir, desk.settings, state)


@pytest.fixture
def open_window(app: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows and takes them apart at the end."""
    opened: list[tuple[MainWindow, FakeDesk]] = []

    def make(fake: FakeDesk, **options: object) -> MainWindow:
        window = make_window(fake, **options)  # type: ignore[arg-type]
        opened.append((window, fake))
        return window

    yield make
    for window, fake in opened:
        window.bridge.close()
        fake.close()  # after the bridge: a timer of the window may still ask
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
