"""Amounts below zero: a minus sign or parentheses in the window as chosen, plain in files, spoken as minus."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible

from zbdesk.app.export import export
from zbdesk.domain.modules import module
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import Organization, RecordView
from zbdesk.ui import formats as formats_module
from zbdesk.ui.closing.tables import _figure
from zbdesk.ui.editing import parsing
from zbdesk.ui.formats import Formats, is_negative, spoken, use_negative
from zbdesk.ui.models.columns import columns_of
from zbdesk.ui.models.rows import RowWriter
from zbdesk.ui.settings.look import LookRows
from zbdesk.ui.widgets import Label

INDIA = Organization("1", "Meridian", country="India", currency_code="INR")


def _credit() -> RecordView:
    fields = dict.fromkeys((field.name for field in dataclasses.fields(RecordView)), None)
    fields |= {"id": 1, "local_id": "9", "module": "invoices", "number": "INV-1", "currency": "INR"}
    return RecordView(**fields | {"total": Decimal("-77.00"), "state": RecordState.SYNCED, "unconfirmed": False})


@pytest.fixture(autouse=True)
def as_before():
    """The next test writes a minus sign again."""
    yield
    use_negative("minus")


@pytest.mark.parametrize(
    ("style", "figure", "money"),
    [
        ("minus", "−12,34,567.50", "\u2066INR\u00a0−12,34,567.50\u2069"),
        ("parentheses", "(12,34,567.50)", "\u2066INR\u00a0(12,34,567.50)\u2069"),
    ],
)
def test_c85_amounts_below_zero_are_written_as_chosen(style: str, figure: str, money: str) -> None:
    """Figure and money follow the setting; what is not below zero never has a sign."""
    use_negative(style)
    made = Formats(INDIA)
    assert made.amount(Decimal("-1234567.5"), "INR") == figure
    assert made.money(Decimal("-1234567.5"), "INR") == money
    assert made.amount(Decimal("1234567.5"), "INR") == "12,34,567.50"
    assert made.amount(Decimal("-0.00"), "INR") == "0.00"
    assert made.count(-3) == "−3"
    assert is_negative(figure)
    assert _figure(Decimal("-1234567.5"), "INR", made) == f"\u2066{figure}\u2069"


@pytest.mark.parametrize(("platform", "currency", "parentheses"), [
    ("win32", "($1.00)", True), ("win32", "-$1.00", False), ("linux", "($1.00)", False),
])  # fmt: skip
def test_c85_the_systems_way_counts_where_people_can_choose_it(monkeypatch, platform, currency, parentheses) -> None:
    """Windows has such a setting for the whole computer; elsewhere the system's way is a minus sign."""
    monkeypatch.setattr(formats_module.sys, "platform", platform)

    system = SimpleNamespace(toCurrencyString=lambda _value: currency)
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: system))
    use_negative("system")
    assert (Formats(INDIA).amount(Decimal(-1), "INR") == "(1.00)") is parentheses


@given(value=st.decimals(-(10**12), 10**12, places=2), style=st.sampled_from(["minus", "parentheses"]))
def test_c85_what_is_shown_can_be_typed(value: Decimal, style: str) -> None:
    """A form takes back its own figure, however it is written."""
    use_negative(style)
    made = Formats(INDIA)
    assert parsing.amount(made.amount(value, "INR"), made, "INR") == value


@pytest.mark.parametrize("style", ["minus", "parentheses"])
def test_c85_it_is_spoken_as_minus(style: str) -> None:
    """A screen reader says the word in front of the figure; counts in parentheses stay as they are."""
    use_negative(style)
    made = Formats(INDIA)
    assert spoken(made.amount(Decimal("-4.5"), "INR")) == "minus 4.50"
    assert spoken(made.money(Decimal("-4.5"), "INR")) == "\u2066INR\u00a0minus 4.50\u2069"
    assert spoken(f"Balance: {made.money(Decimal(-1204), 'INR')}") == "Balance: \u2066INR\u00a0minus 1,204.00\u2069"
    assert spoken("Invoices (3)") == "Invoices (3)"
    assert spoken(made.money(Decimal(3), "INR")) == made.money(Decimal(3), "INR")


@pytest.mark.parametrize("style", ["minus", "parentheses"])
def test_c85_labels_and_tables_say_minus(qtbot, style: str) -> None:
    """The accessible name of a label and the accessible text of a cell carry the word; what is seen keeps its sign."""
    use_negative(style)
    made = Formats(INDIA)
    label = Label(made.amount(Decimal("-4.5"), "INR"))
    qtbot.addWidget(label)
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == "minus 4.50"
    label.setText("4.50")
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == "4.50"


def test_c85_a_table_of_records_speaks_its_credits(qtbot, desk, open_window) -> None:
    """The cell shows parentheses and says minus."""
    use_negative("parentheses")
    window = open_window(desk)
    window.go("module/invoices")
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 and page.model.row(0) is not None)
    row = page.model.row(0)
    column = next(at for at, one in enumerate(page.model.columns) if one.key == "total")
    figure = Formats(INDIA).amount(Decimal(-77), "INR")
    cells = list(row.cells)
    cells[column] = cells[column]._replace(text=figure)
    page.model.row = lambda _place: row._replace(cells=tuple(cells))
    index = page.model.index(0, column)
    assert page.model.data(index, Qt.ItemDataRole.DisplayRole) == "(77.00)"
    assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "minus 77.00"


@pytest.mark.parametrize("style", ["minus", "parentheses"])
def test_c85_decimal_points_stay_under_each_other(style: str) -> None:
    """The closing parenthesis is no decimal: a credit is padded as an invoice is."""
    use_negative(style)
    writer = RowWriter(columns_of(module("invoices")), Formats(INDIA), places=3)
    at = next(at for at, one in enumerate(columns_of(module("invoices"))) if one.key == "total")
    view = _credit()
    plus, minus = writer.rows([replace(view, total=Decimal(77)), view])
    assert plus.cells[at].missing == minus.cells[at].missing == 1


def test_c85_the_setting_counts_at_once_and_files_stay_plain(desk, open_window, tmp_path) -> None:
    """Chosen in Settings it is in the settings' file; an export keeps a plain minus whatever is chosen."""
    window = open_window(desk)
    window.go("settings")
    page = window.pages.made()["settings"]
    page.show_group("look")
    rows = page.part("look", LookRows)
    assert rows.negative.currentData() == "system"
    rows.negative.setCurrentIndex(rows.negative.findData("parentheses"))
    rows.negative.activated.emit(rows.negative.currentIndex())
    assert window.preferences.settings.negative_style == "parentheses"
    use_negative("parentheses")
    export([_credit()], tmp_path / "credits.csv")
    assert ",-77.00," in (tmp_path / "credits.csv").read_text(encoding="utf-8")
