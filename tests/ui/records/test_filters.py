"""Filters by column, periods by name, chips that wrap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from zbdesk.domain.views import RecordFilter
from zbdesk.ui.records.column_filter import ColumnFilterDialog
from zbdesk.ui.records.flow import FlowLayout
from zbdesk.ui.records.periods import PERIODS, span
from zbdesk.ui.widgets import Label


@pytest.fixture
def page(qtbot, desk, open_window):
    """The page of invoices, read."""
    found = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: found.model.known and found.model.is_loaded(0))
    return found


def _ask(page, key) -> ColumnFilterDialog:
    return page.filter.ask(next(column for column in page.model.columns if column.key == key))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("today", "2026-11-20", "2026-11-20"),
        ("last_7_days", "2026-11-14", "2026-11-20"),
        ("last_30_days", "2026-10-22", "2026-11-20"),
        ("this_month", "2026-11-01", "2026-11-30"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("this_quarter", "2026-10-01", "2026-12-31"),
        ("last_quarter", "2026-07-01", "2026-09-30"),
        ("this_year", "2026-04-01", "2027-03-31"),
        ("last_year", "2025-04-01", "2026-03-31"),
    ],
)
def test_periods_follow_the_books_year(period, first, last):
    """Quarters and years begin with the month in which the organization's year begins."""
    assert span(period, date(2026, 11, 20), 4) == (first, last)


@given(st.sampled_from(PERIODS), st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 12))
def test_this_period_holds_today_and_last_ends_before_it(period, today, start):
    """Whatever the day and the year's beginning: no gap and no overlap between last and this."""
    first, last = span(period, today, start)
    assert first <= last
    if period.startswith("this"):
        assert first <= today.isoformat() <= last
        before = span(period.replace("this", "last"), today, start)
        assert (date.fromisoformat(first) - date.fromisoformat(before[1])).days == 1


def test_an_unknown_period_is_a_bug():
    """Names of periods are a fixed list."""
    with pytest.raises(ValueError, match="no period"):
        span("this_decade", date(2026, 11, 20), 1)


def test_c57_a_period_by_name_becomes_a_chip_of_that_name(qtbot, page):
    """This month is shown as such, with its days in the fields; by hand it becomes plain days."""
    dialog = _ask(page, "date")
    dialog.period.set_value("this_month")
    dialog.period.edited.emit()
    assert dialog.fields[1].editor.value == "2026-11-01"
    dialog.apply.click()
    qtbot.waitUntil(lambda: not page.model.loading)
    assert page.filter.where == RecordFilter(date_from="2026-11-01", date_to="2026-11-30")
    assert [chip.text() for chip in page.filter._chips] == ["Date: this month"]
    dialog = _ask(page, "date")
    assert dialog.period.value == "this_month"
    qtbot.keyClick(dialog.fields[1].editor, Qt.Key.Key_Down)
    assert dialog.period.value == "custom"
    dialog.apply.click()
    assert [chip.text() for chip in page.filter._chips] == ["Date: 31 Oct 2026 to 30 Nov 2026"]


def test_c57_amounts_and_names_narrow_together(qtbot, page):
    """Each column's filter is a chip; Clear all takes all away."""
    dialog = _ask(page, "balance")
    dialog.fields[0].editor.setText("10,000")
    dialog.fields[1].editor.setText("1,00,000.50")
    dialog.apply.click()
    dialog = _ask(page, "party")
    dialog.fields[0].editor.setText("estates padma")
    dialog.apply.click()
    where = RecordFilter(party="estates padma", balance_from=Decimal(10000), balance_to=Decimal("100000.50"))
    assert page.filter.where == where
    words = [chip.text() for chip in page.filter._chips]
    assert words == ["Customer: “estates padma”", "Balance: 10,000.00 to 1,00,000.50"]
    next(iter(page.filter._chips)).click()
    assert page.filter.where == RecordFilter(balance_from=Decimal(10000), balance_to=Decimal("100000.50"))
    page.filter.clear.click()
    assert page.filter.where == RecordFilter()


@pytest.mark.parametrize(
    ("key", "first", "last", "words"),
    [
        ("balance", "lots", "", "Enter an amount"),
        ("balance", "200", "100", "before the beginning"),
        ("balance", "99999999999999999", "", "No record can hold"),
        ("date", "3/11/26", "", "four digits"),
        ("date", "20 Nov 2026", "1 Nov 2026", "before the beginning"),
    ],
)
def test_what_cannot_be_read_says_why_and_filters_nothing(page, key, first, last, words):
    """The error stands under its field, which keeps what was typed; the table stays as it is."""
    dialog = _ask(page, key)
    low, high = dialog.fields[-2:]
    low.editor.setText(first)
    high.editor.setText(last)
    dialog.apply.click()
    assert words in low.error + high.error
    assert dialog.isVisible()
    assert page.filter.where == RecordFilter()
    dialog.reject()


def test_remove_takes_one_columns_filter_away(page):
    """The others stay."""
    page.filter.set_filter(RecordFilter(party="padma", statuses=("overdue",)))
    dialog = _ask(page, "party")
    assert dialog.fields[0].editor.text() == "padma"
    dialog._remove()
    assert page.filter.where == RecordFilter(statuses=("overdue",))


def test_chips_go_on_in_the_next_line(qtbot, app):
    """However many there are, nothing is cut off and the window need not be wider; right to left mirrors."""
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(6)
    holder.setLayout(flow)
    labels = [Label("x" * 12) for _ in range(9)]
    for label in labels:
        flow.add_widget(label)
    width = labels[0].sizeHint().width() * 3 + 20
    holder.resize(width, flow.heightForWidth(width))
    flow.setGeometry(holder.rect())
    assert all(holder.rect().contains(label.geometry()) for label in labels)
    assert labels[3].y() > labels[0].y()
    assert labels[0].x() == 0
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.setGeometry(holder.rect())
    assert labels[0].geometry().right() == width - 1
    assert labels[1].mapTo(holder, QPoint(0, 0)).x() < labels[0].x()
