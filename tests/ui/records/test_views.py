"""Saved views: a name for filter, order and columns; kept for each organization and module."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.records.views import Look, View, Views, _read, _written


@pytest.fixture
def page(qtbot, desk, open_window):
    """The page of invoices, read."""
    found = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: found.model.known and found.model.is_loaded(0))
    return found


def _save(page, name):
    dialog = page.views.ask_name()
    dialog.editor.setText(name)
    dialog.save.click()
    return dialog


def _menu(page):
    return {action.text(): action for action in page.views.menu().actions()}


def test_a_view_brings_filter_order_and_columns_back(qtbot, page, desk, open_window):
    """Saved, chosen again in another window: the same table."""
    page.filter.set_filter(RecordFilter(statuses=("overdue",), balance_from=Decimal("100.50")))
    page.table.sort_by(next(n for n, c in enumerate(page.model.columns) if c.key == "party"), descending=False)
    page.table.show_column(next(c for c in page.model.columns if c.key == "due_date"), shown=False)
    page.table.move_column("status", 1)
    _save(page, "Late ones")
    assert page.views.button.text() == "Late ones"
    kept = page.look()
    again = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: again.model.known)
    again.table.reset_columns()
    _menu(again)["Late ones"].trigger()
    qtbot.waitUntil(lambda: not again.model.loading)
    assert replace(again.look(), widths={}) == replace(kept, widths={})
    assert again.model.query.where.statuses == ("overdue",)


def test_the_default_view_opens_the_table(qtbot, page, desk, open_window):
    """One view at most opens first; the menu says which."""
    page.filter.set_filter(RecordFilter(currencies=("EUR",)))
    _save(page, "Euro")
    _menu(page)["&Open the table with it"].trigger()
    again = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: again.model.known and not again.model.loading)
    assert again.filter.where == RecordFilter(currencies=("EUR",))
    assert "Euro (opens first)" in _menu(again)
    _menu(again)["&Open the table with it"].trigger()
    third = open_window(desk, page="module/invoices").pages.records()
    assert third.filter.where == RecordFilter()


def test_a_period_is_worked_out_on_the_day_of_opening(qtbot, page, desk, open_window):
    """A view of this month, saved in November, is December's in December."""
    page.filter.set_filter(RecordFilter(), {"date": "this_month"})
    assert page.filter.where.date_from == "2026-11-01"
    _save(page, "This month")
    desk.clock.moment += timedelta(days=20)
    again = open_window(desk, page="module/invoices").pages.records()
    _menu(again)["This month"].trigger()
    assert (again.filter.where.date_from, again.filter.where.date_to) == ("2026-12-01", "2026-12-31")
    assert [chip.text() for chip in again.filter._chips] == ["Date: this month"]


def test_names_are_unique_and_needed(page):
    """A name that is taken, case aside, or empty is refused under the field."""
    _save(page, "Mine")
    dialog = _save(page, "mine ")
    assert "There is a view of that name" in dialog.field.error
    dialog.editor.setText("  ")
    dialog.save.click()
    assert dialog.field.error == "A view needs a name."
    dialog.reject()


def test_rename_delete_and_saving_changes(page):
    """The view in use can be changed, renamed and deleted; the table stays as it is."""
    _save(page, "One")
    page.filter.set_filter(RecordFilter(owed=True))
    _menu(page)["Save &changes to “One”"].trigger()
    dialog = page.views.ask_rename()
    dialog.editor.setText("Two")
    dialog.save.click()
    assert page.views.current == "Two"
    assert page.views._views.named("two").look.where == RecordFilter(owed=True)
    _menu(page)["&Delete “Two”"].trigger()
    assert page.views._views.all() == []
    assert page.filter.where == RecordFilter(owed=True)
    assert page.views.button.text() == "V&iews"


def test_another_organization_has_its_own_views(preferences):
    """Views never cross from one company into another, nor from one module into another."""
    Views(preferences, "1", "invoices").save("A", Look())
    assert Views(preferences, "2", "invoices").all() == []
    assert Views(preferences, "1", "bills").all() == []
    assert [view.name for view in Views(preferences, "1", "invoices").all()] == ["A"]


_FILTERS = st.builds(
    RecordFilter,
    text=st.text(max_size=10),
    statuses=st.lists(st.sampled_from(["paid", "void"]), unique=True).map(tuple),
    states=st.lists(st.sampled_from(RecordState), unique=True).map(tuple),
    owed=st.booleans(),
    party=st.text(max_size=10),
    due_from=st.none() | st.dates().map(str),
    total_to=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=6),
)


@given(where=_FILTERS, hidden=st.none() | st.lists(st.text(max_size=5)).map(tuple), name=st.text(min_size=1))
def test_a_view_is_read_as_it_was_written(where, hidden, name):
    """Nothing of a filter is lost on the way to the file and back."""
    view = View(f"v{name}", Look(where, {}, "date", True, hidden, ("a", "b"), {"a": 120}), is_default=True)
    assert _read(_written(view)) == view


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
_KEYS = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={"where": _JSON | st.dictionaries(st.sampled_from(["states", "total_to", "owed", "text"]), _JSON),
              "hidden": _JSON, "periods": _JSON, "order": _JSON, "widths": _JSON, "sort": _JSON, "default": _JSON},
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(entry=_JSON | _KEYS)
def test_a_file_of_another_version_never_stops_the_table(entry):
    """What cannot be read is left out."""
    found = _read(entry)
    assert found is None or found.name
