"""Ctrl+K: records, commands, pages, settings and help from one field, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.fake_desk import many, record
from zbdesk.domain.errors import StorageError
from zbdesk.sync.commands import SyncNow
from zbdesk.ui.search.lines import Group, Line, fitting, flat
from zbdesk.ui.search.sources import _as_zoho_writes


@pytest.fixture
def window(qtbot, desk, open_window, monkeypatch):
    """The window on its invoices, active, with contacts beside them and a manual that says nothing."""
    monkeypatch.setattr("zbdesk.ui.search.sources._in_manual", lambda _typed: [])
    desk.put("contacts", [record(7001, "contacts", number="Padma Tea Estates", status="active")])
    found = open_window(desk, page="module/invoices")
    page = found.pages.records()
    qtbot.waitUntil(lambda: page.model.known and page.model.is_loaded(0))
    found.activateWindow()
    page.table.setFocus()
    return found


def _open(qtbot, window, typed):
    window.actions_.search.trigger()
    palette = window.palette_
    palette.field.clear()
    qtbot.keyClicks(palette.field, typed)
    qtbot.waitUntil(lambda: not palette._rest.isActive() and palette._question is None)
    return palette


def _words(palette):
    return [line.words.strip("\u2068\u2069\u2066") for line in palette.model.lines]


def test_records_are_grouped_by_module_and_open_in_their_table(qtbot, window):
    """Typed, chosen with the arrows, opened with Enter: the record is selected in its own table."""
    palette = _open(qtbot, window, "padma")
    assert _words(palette) == ["Contacts", "Padma Tea Estates", "Invoices", "MSE/26-27/1479", "MSE/26-27/1390"]
    assert palette.view.currentIndex().row() == 1, "the first result is marked"
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 3, "titles are passed over"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.table.current_id() == 1479)
    assert window.pages.key == "module/invoices"


def test_a_command_is_found_by_its_words_and_carried_out(qtbot, window, desk):
    """Enter on a command does what its menu entry does, and its key stands beside it."""
    palette = _open(qtbot, window, "sync n")
    line = palette.model.lines[palette.view.currentIndex().row()]
    assert (line.words, line.keys.strip("\u2066\u2068\u2069")) == ("Sync now", "F5")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.commands == [SyncNow()]


def test_what_cannot_be_done_now_says_so_and_stays(qtbot, window, desk):
    """A command that rests is listed with its reason; Enter changes nothing."""
    window.go("dashboard")
    palette = _open(qtbot, window, "new rec")
    line = palette.model.lines[palette.view.currentIndex().row()]
    assert line.words == "New record…"
    assert line.why_not == "Open a list of records first."
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert palette.count.text() == line.why_not
    assert desk.commands == []


def test_escape_returns_the_keyboard_to_where_it_was(qtbot, window):
    """C66: closing gives the focus back to its opener, and so does opening and closing by the field in the bar."""
    table = window.pages.records().table
    assert window.focusWidget() is table
    palette = _open(qtbot, window, "x")
    assert palette.field.hasFocus() or window.focusWidget() is palette.field
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.focusWidget() is table


def test_the_keyboard_going_elsewhere_closes_it(qtbot, window):
    """It never stays over what a person works on."""
    palette = _open(qtbot, window, "padma")
    QApplication.instance().focusChanged.emit(palette.field, window.navigation.pages)
    assert not palette.isVisible()


def test_pages_settings_and_help_are_found(qtbot, window, monkeypatch):
    """Everything the window has is reached by name, also by other words for it; the manual by what it says."""
    monkeypatch.undo()
    palette = _open(qtbot, window, "theme dark")
    assert _words(palette)[:2] == ["Settings", "Language and look"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.pages.key == "settings"
    assert window.pages.currentWidget().list.isVisible()
    palette = _open(qtbot, window, "webhook secret")
    assert "Help" in _words(palette)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.pages.key == "help"
    palette = _open(qtbot, window, "confl")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.pages.key == "conflicts"


def test_more_leads_to_the_table_with_the_text_as_its_filter(qtbot, window, desk):
    """Five of each module are shown; the line below opens all that fit."""
    desk.put("invoices", many(60))
    palette = _open(qtbot, window, "aurora")
    row = _words(palette).index("All that fit in Invoices")
    palette._mark(row)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.pages.records().filter.where.text == "aurora"


def test_enter_before_the_records_are_here_waits_for_them(qtbot, window):
    """A fast typist gets the first record, not nothing."""
    window.actions_.search.trigger()
    palette = window.palette_
    palette.field.setText("1431")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not palette.isVisible())
    qtbot.waitUntil(lambda: window.pages.records().table.current_id() == 1431)


def test_nothing_found_and_failing_are_said(qtbot, window, desk):
    """Two different sentences, and the program goes on."""
    palette = _open(qtbot, window, "zanzibar")
    assert palette.note.text() == "Nothing fits “zanzibar”."
    assert palette.count.text() == "No results"
    desk.fails = StorageError("The records cannot be read", "The disk is away.")
    palette.field.setText("zanz")
    qtbot.waitUntil(lambda: "cannot be read" in palette.count.text())
    desk.fails = None


def test_results_are_announced_after_a_rest(qtbot, window, monkeypatch):
    """A screen reader hears the count once, politely, and each line that is walked to."""
    said = []
    monkeypatch.setattr("zbdesk.ui.search.palette.announce", lambda _w, words, **_k: said.append(words))
    palette = _open(qtbot, window, "padma")
    qtbot.waitUntil(lambda: any(words.startswith("3 results") for words in said))
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert "MSE/26-27/1479" in said[-1]
    assert "INR" in said[-1]


def test_it_fits_a_narrow_window_and_reads_from_right_to_left(qtbot, window):
    """In the smallest window nothing is cut off, in either direction."""
    window.resize(760, 520)
    palette = _open(qtbot, window, "s")
    assert window.rect().contains(palette.geometry())
    palette.close_it(back=True)
    QApplication.instance().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        palette = _open(qtbot, window, "padma")
        assert not palette.grab().isNull()
        assert window.rect().contains(palette.geometry())
    finally:
        QApplication.instance().setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_status_words_are_asked_as_zoho_writes_them(app):
    """“Partly paid” is partially_paid in the records."""
    assert _as_zoho_writes("padma partly paid") == "padma partially_paid"
    assert _as_zoho_writes("overdue") == "overdue"
    assert _as_zoho_writes("Padma") == "padma"


def test_lines_fit_by_beginnings_of_words():
    """All typed words, in any order; the line whose first word is meant stands first."""
    lines = [Line("Read everything again", act=print), Line("Again later", act=print), Line("Quit", act=print)]
    assert [line.words for line in fitting(lines, "again", 9)] == ["Again later", "Read everything again"]
    assert [line.words for line in fitting(lines, "AGAIN re", 9)] == ["Read everything again"]
    assert fitting(lines, "gain", 9) == ()
    assert [line.words for line in flat([Group("A", ()), Group("B", (lines[2],))])] == ["B", "Quit"]
