"""Copying and exporting: scopes, formats, progress, Cancel; columns by the keyboard."""

from __future__ import annotations

import csv
import json
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.fake_desk import many
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.records import export
from zbdesk.ui.records.export_dialog import Format, Scope, Wanted
from zbdesk.ui.records.taking import Taking


@pytest.fixture
def page(qtbot, desk, open_window, monkeypatch):
    """The page of invoices, read; what others chose last is forgotten."""
    monkeypatch.setattr(Taking, "last", Wanted(Scope.SHOWN, Format.XLSX))
    found = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: found.model.known and found.model.is_loaded(0))
    return found


def _written(qtbot, page):
    qtbot.waitUntil(lambda: "written to" in page.notice.fact.text())


def test_c58_copy_without_titles(qtbot, page):
    """Ctrl+Shift+C leaves the line of titles out; the menu offers both."""
    page.table.selectRow(0)
    page.copy(titles=False)
    qtbot.waitUntil(lambda: "MSE/26-27/1488" in QGuiApplication.clipboard().text())
    assert "Number" not in QGuiApplication.clipboard().text()
    words = [action.text().replace("&", "") for action in page.context_actions(page)]
    assert {"Copy rows", "Copy without titles"} <= set(words)


def test_c60_the_dialog_says_how_many_and_offers_what_is_possible(page):
    """Shown, selected, everything with their counts; a database holds whole modules only."""
    page.table.selectRow(0)
    dialog = page.taking.ask(page._all_ids(), page.table.selected_ids(), 45_180)
    words = [dialog.scopes[scope].text().replace("&", "") for scope in Scope]
    assert words == [
        "What the table shows, in its order (22)",
        "Only what is selected (1)",
        "Everything of this module, filtered or not (45,180)",
    ]
    assert dialog.wanted == Wanted(Scope.SHOWN, Format.XLSX)
    dialog.format.show_value(Format.SQLITE)
    dialog._show()
    assert not dialog.save.isEnabled()
    assert "whole module" in dialog.note.text
    dialog.scopes[Scope.ALL].setChecked(True)
    assert dialog.save.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(("marked", "start"), [(True, b"\xef\xbb\xbf"), (False, b"loca")])
def test_c60_plain_csv_with_and_without_the_mark(qtbot, page, tmp_path, marked, start):
    """Other programs get commas, points and, where they need it, the mark of UTF-8."""
    path = tmp_path / "out.csv"
    page.taking.write(page._all_ids(), path, Wanted(Scope.SHOWN, Format.CSV_PLAIN, marked=marked))
    _written(qtbot, page)
    assert path.read_bytes()[: len(start)] == start
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert next(row["balance"] for row in rows if row["number"] == "MSE/26-27/1431") == "1234567.89"


def test_c60_everything_leaves_the_filter_aside(qtbot, page, tmp_path):
    """All rows of the module, whatever the table shows."""
    page.filter.set_filter(RecordFilter(statuses=("overdue",)))
    qtbot.waitUntil(lambda: page.model.rowCount() == 8 and not page.model.loading)
    page.taking.write(None, tmp_path / "all.jsonl", Wanted(Scope.ALL, Format.JSON_LINES))
    _written(qtbot, page)
    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 22
    assert all("number" in json.loads(line) for line in lines)


def test_cancel_writes_nothing_and_keeps_what_was_there(qtbot, desk, page, tmp_path, monkeypatch):
    """Stopped half-way: the old file is as it was, nothing half written lies beside it, the button works again."""
    desk.put("invoices", many(3000))
    page.model.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3000)
    reached, go_on, plain = threading.Event(), threading.Event(), export.in_order

    def slow(reader, ids):
        for at, view in enumerate(plain(reader, ids)):
            if at == 700:
                reached.set()
                assert go_on.wait(20)
            yield view

    monkeypatch.setattr(export, "in_order", slow)
    path = tmp_path / "out.csv"
    path.write_text("before")
    page.export_to(path)
    qtbot.waitUntil(reached.is_set)
    qtbot.waitUntil(lambda: "700 of 3,000" in page.notice.text.text())
    assert page.taking.stop_button.isVisible()
    page.taking.stop_button.click()
    go_on.set()
    qtbot.waitUntil(lambda: page.notice.fact.text() == "Stopped. Nothing was written.")
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".out")] == []
    assert page.export_button.isEnabled()
    assert not page.taking.stop_button.isVisible()


def test_c59_columns_move_and_grow_by_the_keyboard(qtbot, page):
    """In the table by Ctrl+Alt and arrows, in the dialog by Alt and arrows; Cancel brings back what was."""
    table = page.table
    before = table.column_order()
    number = next(n for n, c in enumerate(page.model.columns) if c.key == "date")
    table.setCurrentIndex(page.model.index(0, number))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    width = table.columnWidth(number)
    qtbot.keyClick(table, Qt.Key.Key_Right, both)
    assert table.columnWidth(number) > width
    qtbot.keyClick(table, Qt.Key.Key_Right, both | Qt.KeyboardModifier.ShiftModifier)
    assert table.column_order().index("date") == before.index("date") + 1
    table.reset_columns()
    dialog = page.menus.choose_columns()
    dialog.list.setCurrentRow(before.index("date"))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert table.column_order().index("date") == before.index("date") + 1
    dialog.reject()
    assert table.column_order() == before
    assert table.chosen_widths() == {}


def test_c59_the_chooser_shows_hides_and_resets(qtbot, page):
    """Space hides the column in the list; state and number stay; As they came brings everything back."""
    dialog = page.menus.choose_columns()
    keys = page.table.column_order()
    assert not dialog.list.item(keys.index("number")).flags() & Qt.ItemFlag.ItemIsUserCheckable
    dialog.list.setCurrentRow(keys.index("due_date"))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert "due_date" in page.table.hidden_by_user
    dialog.reset.click()
    assert "due_date" not in page.table.hidden_by_user
    dialog.done_button.click()


def test_c62_titles_have_a_menu_of_their_own(qtbot, page):
    """Sort, filter, width and hiding of one column, where it stands."""
    column = next(column for column in page.model.columns if column.key == "balance")
    actions = {action.text().replace("&", ""): action for action in page.menus.of_title(column).actions()}
    assert {"Sort upwards", "Filter by Balance…", "Wider", "Narrower", "Hide", "Columns…"} <= set(actions)
    actions["Sort upwards"].trigger()
    assert (page.model.query.sort, page.model.query.descending) == ("balance", False)
    actions["Hide"].trigger()
    assert "balance" in page.table.hidden_by_user
