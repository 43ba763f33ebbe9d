"""The model of the records table: by row, column and role."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from tests.ui.fake_desk import many, record
from zbdesk.domain.errors import StorageError
from zbdesk.domain.modules import MODULES, module
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.formats import Formats
from zbdesk.ui.models.columns import Kind, amount_key, columns_of, first_sort
from zbdesk.ui.models.records import RECORD_ID, RecordsModel
from zbdesk.ui.models.window import PageCache

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


@pytest.fixture
def model(bridge, state):
    """The model of invoices."""
    return RecordsModel(bridge, module("invoices"), Formats(), state)


def _column(model, key):
    return next(n for n, column in enumerate(model.columns) if column.key == key)


def _load(qtbot, model):
    model.refresh()
    qtbot.waitUntil(lambda: model.known and not model.loading)


def _text(qtbot, model, row, key):
    index = model.index(row, _column(model, key))
    qtbot.waitUntil(lambda: index.data() != "…")
    return index.data()


def test_opens_newest_first_with_everything_written(qtbot, model):
    """Newest date on top; each cell is ready text in the words of the house."""
    _load(qtbot, model)
    assert model.rowCount() == 22
    assert _text(qtbot, model, 0, "number") == "MSE/26-27/1488"
    assert _text(qtbot, model, 0, "date") == "14 Nov 2026"
    assert _text(qtbot, model, 0, "state") == "Conflict"
    assert _text(qtbot, model, 2, "status") == "Partly paid"
    assert model.index(0, 0).data(RECORD_ID) == 1488


def test_amounts_stand_at_the_right_in_every_language(model):
    """Absolute right: mirrored layouts leave figures where they are."""
    balance = _column(model, "balance")
    flags = model.headerData(balance, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert flags & _RIGHT == _RIGHT


def test_decimals_missing_against_the_widest_currency_are_known(qtbot, model):
    """KWD has three decimals here, so INR lacks one and JPY all three."""
    _load(qtbot, model)
    balance = _column(model, "balance")
    qtbot.waitUntil(lambda: model.row(5) is not None)
    missing = {
        model.row(r).cells[_column(model, "currency")].text: model.row(r).cells[balance].missing for r in range(6)
    }
    assert missing == {"INR": 1, "JPY": 3, "AED": 1, "KWD": 0}


@pytest.mark.parametrize("key", ["number", "date", "party", "due_date", "status", "currency", "balance"])
def test_c56_sorting_is_done_by_the_database_and_by_value(qtbot, model, desk, key):
    """A click orders by value, a second one the other way round."""
    _load(qtbot, model)
    for order, descending in ((Qt.SortOrder.AscendingOrder, False), (Qt.SortOrder.DescendingOrder, True)):
        model.sort(_column(model, key), order)
        qtbot.waitUntil(lambda: not model.loading)
        ids = [model.record_id(row) for row in range(model.rowCount())]
        assert ids == list(desk.ledgers["invoices"].order(key, descending=descending))


def test_filter_asks_the_database_and_counts(qtbot, model):
    """Only what fits is shown; the number of rows is the number that fits."""
    _load(qtbot, model)
    model.set_filter(RecordFilter(text="padma"))
    qtbot.waitUntil(lambda: not model.loading)
    assert model.rowCount() == 2
    assert {_text(qtbot, model, r, "party") for r in range(2)} == {"Padma Tea Estates"}


def test_last_filter_wins_however_the_answers_come(qtbot, model):
    """An answer to what was typed before is not shown."""
    _load(qtbot, model)
    for text in ("p", "pa", "harrow"):
        model.set_filter(RecordFilter(text=text))
    qtbot.waitUntil(lambda: not model.loading)
    qtbot.wait(50)
    assert model.rowCount() == 2


def test_a_row_on_its_way_is_shown_as_such_and_then_comes(qtbot, model, desk):
    """Rows far away are "…" at once, never a blank, and arrive by pages."""
    desk.put("invoices", many(5000))
    _load(qtbot, model)
    index = model.index(4000, _column(model, "number"))
    assert index.data() == "…"
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert index.data() == desk.by_id(model.record_id(4000)).number
    assert max(args[1] for args in desk.questions if args[0] == "rows") <= 64


def test_fast_scrolling_leaves_few_questions_behind(qtbot, model, desk):
    """Pages that were passed are not read: only the last ones on the screen."""
    desk.put("invoices", many(5000))
    _load(qtbot, model)
    desk.questions.clear()
    for row in range(0, 5000, 10):
        model.row(row)
    qtbot.waitUntil(lambda: model.is_loaded(4990))
    qtbot.wait(50)
    assert len([q for q in desk.questions if q[0] == "rows"]) <= 8


def test_refresh_without_change_replaces_nothing(qtbot, model):
    """The same keys in the same order: values are read again, no row moves."""
    _load(qtbot, model)
    with qtbot.assertNotEmitted(model.about_to_replace):
        _load(qtbot, model)


def test_changed_value_comes_with_a_refresh_and_no_blank_between(qtbot, model, desk):
    """The old value stays until the new one is here."""
    _load(qtbot, model)
    assert _text(qtbot, model, 0, "party") == "Aurora Hospitality Group LLP"
    ledger = desk.ledgers["invoices"]
    ledger.views[1488] = replace(ledger.views[1488], party="Aurora Hotels LLP")
    _load(qtbot, model)
    seen = set()

    def changed():
        seen.add(model.index(0, _column(model, "party")).data())
        return "Aurora Hotels LLP" in seen

    qtbot.waitUntil(changed)
    assert "…" not in seen


def test_record_gone_between_two_reads_does_not_shift_the_others(qtbot, model, desk):
    """Each row shows the record whose key it has, even when one of them has just gone."""
    desk.put("invoices", many(200))
    _load(qtbot, model)
    reader_rows = type(desk.read(lambda r: r).result()).rows
    gone = model.record_id(130)

    def rows(self, ids):
        return [view for view in reader_rows(self, ids) if view.id != gone]

    type(desk.read(lambda r: r).result()).rows = rows
    try:
        model.row(130)
        qtbot.waitUntil(lambda: model.is_loaded(131))
        assert model.row(130).state is RecordState.DELETED
        assert model.row(131).id == model.record_id(131)
    finally:
        type(desk.read(lambda r: r).result()).rows = reader_rows


def test_database_that_cannot_be_read_is_told(qtbot, model, desk):
    """The sentence reaches the page."""
    desk.fails = StorageError("The disk of this computer is full.", "Free 200 MB.")
    with qtbot.waitSignal(model.failed) as failed:
        model.refresh()
    assert failed.args[0].title == "The disk of this computer is full."


@pytest.mark.parametrize("name", list(MODULES))
def test_every_module_has_a_table(bridge, state, qtbot, desk, name):
    """Driven by the catalogue: each module has columns, an order the database knows, and can be written out."""
    desk.put(name, [record(1, name, number="A", date="2026-01-01", party="P", status="open", currency="INR")])
    declared = module(name)
    columns = columns_of(declared)
    assert {"state", "number"} <= {column.key for column in columns}
    assert first_sort(declared)[0] in {column.sort for column in columns}
    assert amount_key(declared) in {None, *(column.key for column in columns)}
    assert len({column.key for column in columns}) == len(columns)
    model = RecordsModel(bridge, declared, Formats(), state)
    _load(qtbot, model)
    qtbot.waitUntil(lambda: model.row(0) is not None)
    assert model.row(0).cells[1].text == "A"
    assert all(column.title for column in columns if column.kind is not Kind.STATE)


def test_page_cache_drops_the_least_recently_used():
    """At most so many pages are held, and the last wanted is fetched first."""
    cache = PageCache(size=2, keep=2, wanted=2)
    assert cache.row(0) is None
    assert cache.row(2) is None
    assert cache.row(4) is None
    assert cache.next_wanted() == 2
    assert cache.next_wanted() == 1
    assert cache.next_wanted() is None
    for number in (0, 1, 2):
        cache.put(number, [f"{number}a", f"{number}b"])
    assert cache.peek(0) is None
    assert cache.peek(5) == "2b"
    cache.mark_stale()
    assert cache.row(5) == "2b"
    assert cache.next_wanted() == 2


def test_rows_asked_for_before_a_new_order_never_stand_in_it(qtbot, model, desk, monkeypatch):
    """A page that was under way when the rows became others is not taken for theirs; it is asked for again."""
    desk.put("invoices", many(900))
    _load(qtbot, model)
    asked = []
    monkeypatch.setattr(model, "_ask", lambda question, then, fail=None: asked.append((question, then)))
    model.row(700)
    model._fetch()
    (_, late), *_ = asked
    old = model._ids[640:704]
    model.beginResetModel()
    model._ids = model._ids[::-1]
    model._cache.clear()
    model.endResetModel()
    late([type("Row", (), {"id": key, "cells": ()})() for key in old])
    assert not model.is_loaded(700)


def test_a_new_currency_moves_the_decimal_points(qtbot, model, desk):
    """The most decimals of the module's currencies are read anew with a refresh."""
    desk.put(
        "invoices",
        [
            record(1, currency="JPY", total=Decimal(5), balance=Decimal(5)),
            record(2, currency="JPY", total=Decimal(6), balance=Decimal(6)),
        ],
    )
    _load(qtbot, model)
    assert model.places == 0
    desk.put(
        "invoices",
        [
            record(1, currency="JPY", total=Decimal(5), balance=Decimal(5)),
            record(2, currency="KWD", total=Decimal(6), balance=Decimal(6)),
        ],
    )
    model.refresh()
    qtbot.waitUntil(lambda: model.places == 3)
