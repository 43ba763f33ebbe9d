"""The page of one module: filter, selection, totals, copying, details, what stands in an empty table's place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.ui import meridian
from tests.ui.fake_desk import many, record
from zbdesk.domain.errors import StorageError
from zbdesk.domain.views import RecordDetail, RecordFilter
from zbdesk.sync.commands import ReadDetail, SyncNow
from zbdesk.sync.events import DetailReady, RecordsChanged


@pytest.fixture
def page(qtbot, desk, open_window):
    """The page of invoices, read."""
    window = open_window(desk, page="module/invoices")
    found = window.pages.records()
    qtbot.waitUntil(lambda: found.model.known and found.model.is_loaded(0))
    return found


def _choose(page, *keys):
    selection = page.table.selectionModel()
    flag = selection.SelectionFlag
    selection.clear()
    for key in keys:
        selection.select(page.model.index(page.model.row_of(key), 0), flag.Select | flag.Rows)
    selection.setCurrentIndex(page.model.index(page.model.row_of(keys[-1]), 1), flag.NoUpdate)


def _words(page):
    return " | ".join(label.text() for label in page.detail.findChildren(QLabel) if label.isVisible())


def _status(page):
    return page.window().status.sentence.text()


def test_c57_typing_in_the_table_filters(qtbot, page):
    """Letters pressed in the table go to the filter, and the count says how many of how many."""
    page.table.setFocus()
    qtbot.keyClicks(page.table, "p")
    qtbot.keyClicks(page.filter.field, "adma")
    qtbot.waitUntil(lambda: page.filter.count.text() == "2 of 45,180")
    assert page.model.query.where.text == "padma"
    qtbot.keyClick(page.filter.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 22)


def test_chips_name_each_filter_and_take_it_away(qtbot, page):
    """A value ticked in Add filter becomes a chip; its cross and Clear all take it away again."""
    qtbot.waitUntil(lambda: bool(page.filter._statuses))
    actions = {a.text().split("\t")[0]: a for a in page.filter.menu().actions()}
    actions["Overdue"].trigger()
    actions["INR"].trigger()
    qtbot.waitUntil(lambda: page.model.rowCount() == 7 and not page.model.loading)
    assert [chip.text() for chip in page.filter._chips] == ["Status: Overdue", "Currency: INR"]
    first, second = page.filter._chips
    assert first.accessibleName() == "Remove filter Status: Overdue"
    second.click()
    assert page.filter.where == RecordFilter(statuses=("overdue",))
    page.filter.clear.click()
    assert page.filter.where == RecordFilter()
    assert not page.filter._chips


def test_header_click_sorts_second_click_reverses(qtbot, page):
    """The arrow is where the order is."""
    header = page.table.horizontalHeader()
    for descending in (True, False):
        header.sectionClicked.emit(next(n for n, c in enumerate(page.model.columns) if c.key == "balance"))
        qtbot.waitUntil(lambda: not page.model.loading)
        assert page.model.query.sort == "balance"
        assert page.model.query.descending == descending
        assert (header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder) == descending
        assert page.model.columns[header.sortIndicatorSection()].key == "balance"


def test_c63_totals_of_the_selection_per_currency(qtbot, page):
    """Sums stand in the status bar, code by code, never across currencies."""
    _choose(page, 1422, 1397, 1390, 1431)
    qtbot.waitUntil(lambda: "14,02,877.89" in _status(page))
    plain = _status(page).replace("\N{LEFT-TO-RIGHT ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")
    assert plain.replace("\N{NO-BREAK SPACE}", " ") == "4 selected   Balance: EUR 4,200.00 · INR 14,02,877.89"


def test_c58_copy_is_tab_separated_with_plain_numbers(qtbot, page):
    """Amounts and dates stay what they are for a spreadsheet, and no cell becomes a formula."""
    _choose(page, 1431)
    page.copy()
    qtbot.waitUntil(lambda: "1431" in QGuiApplication.clipboard().text())
    head, line = QGuiApplication.clipboard().text().strip().split("\n")
    cells = dict(zip(head.split("\t"), line.split("\t"), strict=True))
    assert cells["Balance"] == "1234567.89"
    assert cells["Date"] == "2026-11-02"
    assert cells["Status"] == "Overdue"


def test_c61_refresh_keeps_selection_place_and_current_row(qtbot, desk, open_window):
    """New records at the top move nothing a person looks at."""
    views = many(3000)
    desk.put("invoices", views)
    page = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: page.model.known and page.model.is_loaded(0))
    chosen = [page.model.record_id(row) for row in (1500, 1502, 1503)]
    _choose(page, *chosen)
    page.table.scrollTo(page.model.index(1490, 0), page.table.ScrollHint.PositionAtTop)
    qtbot.wait(50)
    top = page.model.record_id(page.table.rowAt(0))
    desk.put("invoices", [*views, *(record(90000 + n, date="2027-01-01", number=f"NEW-{n}") for n in range(5))])
    page.window().bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    qtbot.waitUntil(lambda: page.model.rowCount() == 3005)
    assert sorted(page.table.selected_ids()) == sorted(chosen)
    assert page.table.current_id() == chosen[-1]
    assert page.model.record_id(page.table.rowAt(0)) == top


def test_select_all_survives_a_refresh(qtbot, page, desk):
    """Everything selected stays everything, by one range."""
    page.table.selectAll()
    desk.put("invoices", [*meridian.INVOICES, record(5, date="2027-01-01")])
    page.model.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 23)
    assert page.table.selected_count() == 23


def test_other_modules_changes_do_not_read_this_table(qtbot, page, desk):
    """A page is read again only when its own module changed."""
    desk.questions.clear()
    page.window().bridge.happened.emit(RecordsChanged(frozenset({"bills"})))
    qtbot.wait(600)
    assert not [q for q in desk.questions if q[0] == "sorted_ids"]


def test_detail_follows_after_a_rest(qtbot, page):
    """State, dates, amounts and line items of the current record; walking past rows reads nothing."""
    _choose(page, 1488)
    _choose(page, 1431)
    qtbot.waitUntil(lambda: page.detail.shown is not None and page.detail.shown.view.id == 1431)
    words = _words(page)
    assert "12,34,567.89" in words
    assert "7,70,400.00" in words
    assert "IGST 5 %" in words
    assert "1,200 kg" in words
    assert "Hindustan Fasteners" in words
    assert "Marked as sent in Zoho Books" in words


def test_details_follow_when_their_record_changes(qtbot, page, desk):
    """What a webhook or a sync brought is shown in the pane that is in sight, without a click."""
    _choose(page, 1431)
    qtbot.waitUntil(lambda: page.detail.shown is not None and page.detail.shown.view.id == 1431)
    before = desk.details[1431]
    desk.details[1431] = replace(before, view=replace(before.view, reference="PO 99999"))
    page.state.records_changed.emit(frozenset({"invoices"}))
    qtbot.waitUntil(lambda: page.detail.shown.view.reference == "PO 99999")


def test_missing_lines_are_asked_for_once_and_said_to_be_coming(qtbot, page, desk):
    """A record of which only the row is here asks Zoho for its lines; when they come the pane shows them."""
    _choose(page, 1422)
    qtbot.waitUntil(lambda: ReadDetail(1422) in desk.commands)
    qtbot.waitUntil(lambda: "Reading lines from Zoho Books" in _words(page))
    lines = [{"name": "Turmeric", "quantity": Decimal("2.500"), "item_total": Decimal(56310)}]
    desk.details[1422] = RecordDetail(desk.by_id(1422), {"line_items": lines}, None, None, has_detail=True)
    page.window().bridge.happened.emit(DetailReady(1422))
    qtbot.waitUntil(lambda: "Turmeric" in _words(page))
    assert "2.5" in _words(page)
    assert "Reading lines" not in _words(page)
    assert desk.commands.count(ReadDetail(1422)) == 1


def test_offline_lines_are_not_asked_for(qtbot, page, desk):
    """Without a network the pane says where the lines are, and sends nothing."""
    for event in meridian.offline():
        page.window().bridge.happened.emit(event)
    qtbot.wait(20)
    _choose(page, 1422)
    qtbot.waitUntil(lambda: "only in Zoho Books" in _words(page))
    assert desk.commands == []


def test_details_close_and_come_back(qtbot, page):
    """The cross closes, focus returns to the table; the button at the title brings them back."""
    _choose(page, 1431)
    page.detail.close_button.click()
    assert not page.detail.isVisible()
    assert page.detail_button.isVisible()
    page.detail_button.click()
    assert page.detail.isVisible()
    assert not page.detail_button.isVisible()


def test_narrow_window_shows_one_pane_at_a_time(qtbot, page):
    """Details take the table's place and go back to it."""
    page.set_size("narrow")
    assert not page.detail.isVisible()
    assert page.table.isVisible()
    _choose(page, 1431)
    page.open_detail()
    assert page.detail.isVisible()
    assert not page.table.isVisible()
    page.detail.close_button.click()
    assert page.table.isVisible()
    assert not page.detail.isVisible()


def test_amounts_are_never_elided(qtbot, page):
    """Columns of figures, dates and numbers are as wide as their widest text."""
    qtbot.waitUntil(lambda: page.model.is_loaded(21))
    for number, column in enumerate(page.model.columns):
        if column.kind.value in {"money", "date", "code", "text"} and not page.table.isColumnHidden(number):
            widest = max(page.table._delegates[number].width_of(page.model.row(r).cells[number]) for r in range(22))
            assert page.table.columnWidth(number) >= widest, column.key


def test_c59_columns_are_chosen_kept_and_reset(qtbot, page, desk, open_window):
    """A column taken away stays away in the next window, and comes back as they came."""
    menu = {a.text(): a for a in page.columns_menu().actions()}
    assert not menu["Number"].isEnabled()
    menu["Due"].trigger()
    due = next(n for n, c in enumerate(page.model.columns) if c.key == "due_date")
    assert page.table.isColumnHidden(due)
    again = open_window(desk, page="module/invoices").pages.records()
    assert again.table.isColumnHidden(due)
    {a.text(): a for a in again.columns_menu().actions()}["As they came"].trigger()
    assert not again.table.isColumnHidden(due)


def test_c64_five_empty_tables_are_five_different_texts(qtbot, desk, open_window):
    """No records, nothing fits, on their way, no permission, switched off, cannot be read: each with its next step."""

    def shown(name, action, **changes):
        view = meridian.overview()
        modules = tuple(replace(c, remote=0, **changes) if c.module == name else c for c in view.modules)
        desk.overview = replace(view, modules=modules)
        page = open_window(desk, page=f"module/{name}").pages.records()
        qtbot.waitUntil(lambda: page.empty.isVisible() and not page.model.loading)
        assert page.empty.action.text() == action
        return page.empty.fact.text()

    facts = [
        shown("creditnotes", ""),
        shown("bills", "Look again", off_reason="Your role in Zoho Books hides bills."),
        shown("expenses", "Sync now", first_done=False),
        shown("projects", "Switch on…"),
    ]
    desk.fails = StorageError("The disk of this computer is full.", "Free 200 MB.")
    facts.append(_unreadable(qtbot, desk, open_window))
    assert len(set(facts)) == 5


def _unreadable(qtbot, desk, open_window):
    desk.fails = None
    window = open_window(desk)
    desk.fails = StorageError("The disk of this computer is full.", "Free 200 MB.")
    window.go("module/items")
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.empty.isVisible() and "cannot be read" in page.empty.fact.text())
    assert "Free 200 MB." in page.empty.reason.text()
    assert page.empty.action.text() == "Try again"
    desk.fails = None
    page.empty.action.click()
    qtbot.waitUntil(lambda: "No items" in page.empty.fact.text())
    return "The records cannot be read"


def test_filtered_empty_offers_to_clear(qtbot, page):
    """The filter is said in words, and one click shows everything again."""
    page.filter.set_filter(RecordFilter(text="zebra", statuses=("void",)))
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.fact.text() == "None of 45,180 invoices fit"
    assert page.empty.reason.text() == "“zebra” and Status: Void"
    page.empty.action.click()
    qtbot.waitUntil(lambda: page.table.isVisible() and page.model.rowCount() == 22)
    assert page.filter.field.text() == ""


def test_no_permission_offers_to_look_again(qtbot, desk, open_window):
    """The next step asks Zoho about this module only."""
    view = meridian.overview()
    modules = tuple(replace(c, off_reason="Hidden.") if c.module == "bills" else c for c in view.modules)
    desk.overview = replace(view, modules=modules)
    page = open_window(desk, page="module/bills").pages.records()
    qtbot.waitUntil(lambda: page.empty.isVisible() and page.empty.action.isVisible())
    page.empty.action.click()
    assert desk.commands == [SyncNow(modules=("bills",))]


def test_export_writes_what_the_table_shows(qtbot, page, tmp_path):
    """Filter and order of the table are those of the file; the page says what was written."""
    page.filter.set_filter(RecordFilter(statuses=("overdue",)))
    qtbot.waitUntil(lambda: page.model.rowCount() == 8 and not page.model.loading)
    target = tmp_path / "out.xlsx"
    page.export_to(target)
    qtbot.waitUntil(lambda: "written" in page.notice.fact.text())
    rows = list(openpyxl.load_workbook(target).active.values)
    at = rows[0].index("number")
    assert [row[at] for row in rows[1:]] == [page.model.row(r).cells[1].text for r in range(8)]
    assert page.notice.fact.text() == "8 records written to out.xlsx."


def test_export_that_fails_says_why(qtbot, page, tmp_path):
    """A place that cannot be written is a sentence on the page, and the button works again."""
    page.export_to(tmp_path / "no" / "such" / "out.csv")
    qtbot.waitUntil(lambda: page.notice.kind == "problem" and page.notice.isVisible())
    assert "could not be written" in page.notice.fact.text()
    assert page.export_button.isEnabled()


def test_c22_widths_order_and_details_come_back(qtbot, desk, open_window):
    """What a person dragged holds after a restart, for this module."""
    window = open_window(desk, page="module/invoices")
    page = window.pages.records()
    header = page.table.horizontalHeader()
    keys = [column.key for column in page.model.columns]
    header.resizeSection(keys.index("number"), 222)
    header.moveSection(header.visualIndex(keys.index("due_date")), 1)
    page.splitter.setSizes([600, 300])
    order = page.table.column_order()
    page.arrangement.keep()
    again = open_window(desk, page="module/invoices").pages.records()
    assert again.table.chosen_widths() == {"number": 222}
    assert again.table.horizontalHeader().sectionSize(keys.index("number")) == 222
    assert again.table.column_order() == order
    assert again.table.column_order() != keys
    again.table.reset_columns()
    assert again.table.column_order() == keys


def test_one_record_is_shown_through_a_filter_that_hid_it(qtbot, desk, open_window):
    """A line of the activity leads to its record, whatever the table shows at that moment."""
    window = open_window(desk, page="module/invoices")
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.model.known and page.model.rowCount() > 3)
    wanted = page.model.record_id(3)
    page.filter.set_filter(RecordFilter(text="nothing like this"))
    qtbot.waitUntil(lambda: page.model.rowCount() == 0 and not page.model.loading)
    window.show_record("invoices", wanted)
    qtbot.waitUntil(lambda: page.table.current_id() == wanted)
    assert page.table.selected_count() == 1
    qtbot.waitUntil(lambda: page.detail.shown is not None and page.detail.shown.view.id == wanted)
