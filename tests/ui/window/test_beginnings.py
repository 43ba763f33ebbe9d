"""Where the keyboard's place is: after a key that opens a page, after what had it goes away, and along a form."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui import fake_two_ways
from tests.ui.fake_two_ways import TwoWaysDesk
from tests.ui.scenes_two_ways import editor_dialog
from zbdesk.sync.commands import ResolveConflicts, RetryProblems
from zbdesk.sync.events import RecordsChanged
from zbdesk.ui.editing.lines import LinesGrid
from zbdesk.ui.records import taking
from zbdesk.ui.widgets import Segmented, TextField


@pytest.fixture
def desk(app, tmp_path) -> TwoWaysDesk:
    """The company of the pictures, with conflicts and problems."""
    made = fake_two_ways.desk(tmp_path)
    yield made
    made.close()


def test_c65_keys_settle_right_after_the_key_of_the_page(qtbot, desk, open_window):
    """Ctrl+2 puts the keyboard on the list, though it is read only afterwards: 1 and 3 settle, nothing is typed."""
    window = open_window(desk)
    window.actions_.conflicts.trigger()
    page = window.pages.currentWidget()
    qtbot.waitUntil(lambda: window.focusWidget() is page.list)
    qtbot.waitUntil(lambda: page.is_read)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_1)
    qtbot.waitUntil(page.apply.isEnabled)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_3)
    assert isinstance(desk.commands[-1], ResolveConflicts)
    assert page.filter.field.text() == ""


def test_c65_an_empty_page_leaves_the_keyboard_in_the_navigation(qtbot, desk, open_window):
    """Without conflicts there is nothing to settle; the focus stays where it is seen."""
    desk.conflicts = []
    window = open_window(desk)
    window.actions_.conflicts.trigger()
    page = window.pages.currentWidget()
    with qtbot.waitSignal(page.ready):
        pass
    assert window.focusWidget() is window.navigation.pages


def test_c66_a_page_that_is_read_late_does_not_take_the_focus_back(qtbot, desk, open_window):
    """Who has moved on in the meantime is not interrupted."""
    window = open_window(desk)
    window.actions_.conflicts.trigger()
    page = window.pages.currentWidget()
    window.bar.sync.setFocus()
    with qtbot.waitSignal(page.ready):
        pass
    assert window.focusWidget() is window.bar.sync


def test_c65_keys_try_again_right_after_the_key_of_the_page(qtbot, desk, open_window):
    """Ctrl+3 puts the keyboard on the records of the first group; R tries the one again that it stands on."""
    window = open_window(desk)
    window.actions_.problems.trigger()
    page = window.pages.currentWidget()
    qtbot.waitUntil(lambda: bool(page.groups) and window.focusWidget() is page.groups[0].records)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_R)
    assert desk.commands[-1] == RetryProblems((page.groups[0].members[0].id,))


def test_c66_the_focus_stays_on_the_page_when_the_last_problem_goes(qtbot, desk, open_window):
    """What had the focus is gone: the words that nothing is left take it, and a screen reader can say them."""
    window = open_window(desk)
    window.actions_.problems.trigger()
    page = window.pages.currentWidget()
    qtbot.waitUntil(lambda: bool(page.groups) and window.focusWidget() is page.groups[0].records)
    desk.problems = []
    window.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    qtbot.waitUntil(lambda: not page.groups)
    qtbot.waitUntil(lambda: window.focusWidget() is page.empty)
    assert page.empty.accessibleName() == "No problems"


def _after(start: QWidget, count: int) -> list[QWidget]:
    """Where Tab leads from here."""
    found, one = [], start.nextInFocusChain()
    while len(found) < count and one is not start:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.isHidden():
            found.append(one)
        one = one.nextInFocusChain()
    return found


def test_c66_tab_goes_through_a_form_line_by_line(qtbot, desk):
    """Item to tax and the cross of each line in turn, then “Add line”, as they stand."""
    dialog = editor_dialog("invoices", 1478, desk)
    try:
        (grid,) = dialog.findChildren(LinesGrid)
        lines = grid._lines
        wanted = [one for line in lines for one in (*line.cells.values(), line.remove)] + [grid.add]
        assert _after(wanted[0], len(wanted) - 1) == wanted[1:]
    finally:
        dialog.keep_alive.end()


@pytest.mark.skipif(sys.platform == "darwin", reason="there Option enters signs")
def test_c68_alt_and_a_letter_that_nothing_has_types_nothing(qtbot):
    """A slip beside a mnemonic does not change an amount."""
    field = TextField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert field.text() == "12"


def test_c66_tab_comes_to_the_chosen_side_of_a_choice(qtbot):
    """Not to the first one, which an arrow would then leave for the one that is chosen already."""
    choice = Segmented([("a", "Read only"), ("b", "Both ways")], name="Direction")
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
        choice.activateWindow()

    def stops() -> list[str]:
        return [key for key in "ab" if choice.button(key).focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert stops() == ["a"]
    choice.set_value("b")
    assert stops() == ["b"]
    choice.button("b").setFocus()
    QTest.keyClick(choice.button("b"), Qt.Key.Key_Left)
    assert choice.value == "a"
    assert stops() == ["a"]


def test_c60_an_export_is_proposed_in_a_folder_that_is_there(tmp_path, monkeypatch):
    """Where the desktop names a Documents folder that does not exist, the home folder, not where it was started."""
    places = {QStandardPaths.StandardLocation.DocumentsLocation: str(tmp_path / "none")}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: places.get(place, str(tmp_path)))
    assert taking._first_folder() == str(tmp_path)
    (tmp_path / "none").mkdir()
    assert taking._first_folder() == str(tmp_path / "none")


def test_c66_the_page_that_is_shown_is_in_sight_in_the_navigation(desk, open_window):
    """A page opened by its key far down the list: its row is scrolled to, whole."""
    window = open_window(desk)
    window.resize(1000, 560)
    pages = window.navigation.pages
    assert pages.verticalScrollBar().maximum() > 0
    window.go(window.navigation.page_keys()[0])
    last = [key for key in window.navigation.page_keys() if key.startswith("module/")][-1]
    window.go(last)
    assert pages.currentIndex().isValid()
    assert pages.viewport().rect().contains(pages.visualRect(pages.currentIndex()))
