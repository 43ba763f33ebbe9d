"""Before the program is removed: it no longer starts by itself, the data is asked about, and nothing runs on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox

from tests.ui.fake_care import FakeServices
from tests.ui.fake_desk import FakeDesk
from zbdesk.domain.errors import SetupError
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Overview
from zbdesk.ui.care.removal import DeleteDialog
from zbdesk.ui.settings.data import DataRows


@pytest.fixture
def window(open_window, desk):
    """The window, which starts with the session."""
    made = open_window(desk)
    made.services = FakeServices(desk)
    made.services.autostart.on = True
    return made


def _asked(window):
    window.go("settings")
    page = window.pages.currentWidget()
    page.show_group("data")
    page.part("data", DataRows).leave.click()
    return window.care.dialog


def test_c97_before_removing_autostart_goes_and_the_data_is_asked_about(window, qtbot):
    """Where the data is stands there; keeping it ends the start with the session and quits; nothing is deleted."""
    dialog = _asked(window)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "/home/anita/.local/share/zbdesk" in words
    with qtbot.assertNotEmitted(window.disconnect_wanted), qtbot.waitSignal(window.quit_wanted):
        dialog.keep.click()
    assert not window.services.autostart.is_on()


def test_c97_deleting_the_data_is_asked_by_its_own_command(window, qtbot):
    """The way to the deletion leads to the question that wants the organization's name; nothing ends before it."""
    with qtbot.assertNotEmitted(window.quit_wanted):
        _asked(window).delete.click()
        assert isinstance(window.care.dialog, DeleteDialog)
        assert not window.care.dialog.verb.isEnabled()
    assert window.services.autostart.is_on()


def test_escape_changes_nothing(window, qtbot):
    """Cancel is the default: the program starts with the session as before."""
    dialog = _asked(window)
    assert dialog.close_button.isDefault()
    with qtbot.assertNotEmitted(window.quit_wanted):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.services.autostart.is_on()


def test_what_cannot_be_switched_off_is_said_and_nothing_ends(window, qtbot):
    """An entry that stays would start a program that is gone: the person learns it first."""
    window.services.autostart.refuses = SetupError("The entry cannot be removed.", "Remove it by hand.")
    with qtbot.assertNotEmitted(window.quit_wanted):
        _asked(window).keep.click()
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "The entry cannot be removed."
    box.reject()


def test_c97_nothing_runs_afterwards(open_window, tmp_path, qtbot):
    """Without a connection there is no data to be asked about by name; the program quits all the same."""
    desk = FakeDesk(tmp_path, Overview(connection=None, state=ConnectionState.NONE))
    try:
        window = open_window(desk)
        window.services = services = _Bare()
        window.care.want("leave")
        dialog = window.care.dialog
        assert not dialog.delete.isVisible()
        with qtbot.waitSignal(window.quit_wanted):
            dialog.keep.click()
        assert services.autostart is None
    finally:
        desk.close()


class _Bare:
    """Services of a window that never starts with the session."""

    data_dir = "/somewhere"
    autostart = None

    def organizations(self, then) -> None:
        """None."""
        then([])

    def guard(self, then) -> None:
        """Nothing to confirm."""
        then(None)
