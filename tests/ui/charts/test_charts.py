"""The dashboard's charts: exact words beside every bar, and a way to the records behind it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidget

from tests.ui.fake_desk import NOW
from tests.ui.figures import FIGURES
from zbdesk.domain.figures import Figures
from zbdesk.domain.views import Organization, RecordFilter
from zbdesk.ui.charts.ageing import AgeingPanel
from zbdesk.ui.charts.health import HealthPanel
from zbdesk.ui.charts.months import MonthsPanel
from zbdesk.ui.charts.scale import lines, short
from zbdesk.ui.dashboard.looked import LookedAt
from zbdesk.ui.formats import Formats, Grouping

INDIA = Formats(Organization("1", "Meridian", country="India", currency_code="INR", time_zone="Asia/Kolkata"))


@pytest.fixture
def ageing(qtbot):
    """The panel with the figures of the pictures."""
    panel = AgeingPanel()
    qtbot.addWidget(panel)
    panel.show_figures(FIGURES.receivables, INDIA)
    panel.resize(420, 240)
    panel.show()
    return panel


@given(st.decimals(min_value="0.01", max_value="1e12", places=2))
def test_lines_are_round_and_never_above_the_highest_bar(most: Decimal) -> None:
    """Two to five lines, zero first, evenly apart; the highest bar reaches at least the last of them."""
    found = lines(most)
    assert found[0] == 0
    assert found[-1] <= most
    assert 3 <= len(found) <= 5
    assert len({after - before for before, after in pairwise(found)}) == 1


@pytest.mark.parametrize(
    ("value", "grouping", "words"),
    [
        ("10000000", Grouping(3, 2), "1 Cr"), ("5000000", Grouping(3, 2), "50 L"), ("2500000", Grouping(), "2.5 M"),
        ("2500000", Grouping(3, 3, ".", ","), "2,5 M"), ("50000", Grouping(), "50 k"), ("200", Grouping(), "200"),
        ("0", Grouping(), "0"), ("3000000000", Grouping(), "3 bn"),
    ],
)  # fmt: skip
def test_axis_figures_have_the_units_of_the_organization(value: str, grouping: Grouping, words: str) -> None:
    """Crores and lakhs where digits are grouped so, thousands and millions elsewhere."""
    assert short(Decimal(value), grouping) == words


def test_c76_each_bar_says_its_age_amount_and_count(ageing) -> None:
    """What the eye sees a screen reader hears, and the panel has all of it as one text."""
    assert ageing.bars[0].accessibleName().replace("\N{NO-BREAK SPACE}", " ") == (
        "Not yet due: \u2066INR 68,42,310.00\u2069 in 412 invoices"
    )
    assert "Over 90 days" in ageing.accessibleDescription()
    assert "589 invoices" in ageing.caption.text()


def test_a_bar_opens_exactly_the_invoices_behind_it(qtbot, ageing) -> None:
    """The days of the filter are those of the bucket; the first has no end, the last no beginning."""
    opened: list[RecordFilter] = []
    ageing.opened.connect(opened.append)
    for bar in ageing.bars:
        bar.setFocus()
        qtbot.keyClick(bar, Qt.Key.Key_Return)
    qtbot.mouseClick(ageing.link, Qt.MouseButton.LeftButton)
    spans = [(where.due_from, where.due_to) for where in opened]
    assert spans == [
        ("2026-11-20", None), ("2026-10-21", "2026-11-19"), ("2026-09-21", "2026-10-20"),
        ("2026-08-22", "2026-09-20"), (None, "2026-08-21"), (None, None),
    ]  # fmt: skip
    assert all(where.owed and where.currencies == ("INR",) for where in opened)


def test_a_chart_is_one_stop_for_tab_and_arrows_go_within_it(qtbot, ageing) -> None:
    """Twelve months are not twelve presses of Tab; Tab comes back to the bar that was left."""
    bars = ageing.bars
    ageing.choice.setFocus()
    stops = []
    for _ in range(3):
        stops.append(QApplication.focusWidget())
        qtbot.keyClick(stops[-1], Qt.Key.Key_Tab)
    assert set(stops) == {ageing.choice, ageing.link, bars[0]}
    assert ageing.choice.hasFocus(), "the three are all there are"
    bars[0].setFocus()
    for key, at in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_End, 4), (Qt.Key.Key_Down, 4), (Qt.Key.Key_Up, 3)):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert bars[at].hasFocus()
    qtbot.keyClick(bars[3], Qt.Key.Key_Tab)
    assert not any(bar.hasFocus() for bar in bars)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert bars[3].hasFocus()
    qtbot.keyClick(bars[3], Qt.Key.Key_Home)
    assert bars[0].hasFocus()


def test_currencies_are_chosen_never_added(ageing) -> None:
    """The other currency's bars show its own amounts; fresh figures leave the choice alone."""
    ageing.choice.setCurrentIndex(1)
    assert "EUR" in ageing.bars[2].accessibleName()
    ageing.show_figures(FIGURES.receivables, INDIA)
    assert ageing.choice.currentText() == "EUR"


def test_without_figures_it_says_so(ageing) -> None:
    """No open invoice is a sentence, not an empty chart."""
    ageing.show_figures((), INDIA)
    assert ageing.caption.text() == "Nobody owes anything: no open invoices."
    assert not any(bar.isVisible() for bar in ageing.bars)


def test_months_open_their_invoices_and_show_as_table(qtbot) -> None:
    """December ends on the 31st of its own year; the table has the same figures as the bars."""
    panel = MonthsPanel()
    qtbot.addWidget(panel)
    panel.show_figures(FIGURES.months, INDIA)
    panel.show()
    opened: list[RecordFilter] = []
    panel.opened.connect(opened.append)
    panel.chart.pairs[0].click()
    panel.chart.pairs[2].click()
    assert [(where.date_from, where.date_to) for where in opened] == [
        ("2025-12-01", "2025-12-31"), ("2026-02-01", "2026-02-28"),
    ]  # fmt: skip
    dialog = panel.show_table()
    table = dialog.findChild(QTableWidget)
    assert (table.rowCount(), table.item(11, 0).text()) == (12, "Nov 2026")
    assert "47,00,000.00" in table.item(11, 1).text()
    dialog.reject()


def test_c73_days_differ_by_words_and_height(qtbot) -> None:
    """Each day has a sentence of its own; arrows walk through them; days before the connection do not count."""
    panel = HealthPanel()
    qtbot.addWidget(panel)
    panel.show_figures(FIGURES.health, INDIA)
    panel.resize(400, 120)
    panel.show()
    assert panel.sentence.text() == "23 of 26 days in order"
    _, rows = panel.table()
    assert {row[1] for row in rows} == {
        "in order", "in order in the end, some runs failed", "every run failed", "no run", "not connected yet",
    }  # fmt: skip
    panel.strip.setFocus()
    qtbot.keyClick(panel.strip, Qt.Key.Key_Left)
    assert panel.strip._at == 28


def test_charts_survive_without_any_figures(qtbot) -> None:
    """A fresh connection has no figures at all."""
    empty = Figures()
    months, health = MonthsPanel(), HealthPanel()
    for panel in (months, health):
        qtbot.addWidget(panel)
    months.show_figures(empty.months, INDIA)
    health.show_figures(empty.health, INDIA)
    assert months.accessibleDescription() == "No invoices and no payments in the last twelve months."


def test_the_digest_begins_where_the_last_look_ended(preferences, desk, state, qtbot) -> None:
    """Syncing and short breaks do not end a look; half an hour away does, also over a restart of the program."""
    from tests.ui import meridian

    desk.overview = meridian.overview()
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is desk.overview)
    looked = LookedAt(preferences, state)
    clock = desk.clock
    assert looked.since() == NOW
    clock.moment = NOW + timedelta(minutes=20)
    assert looked.since() == NOW
    clock.moment = NOW + timedelta(minutes=25)
    looked.watch()
    clock.moment = NOW + timedelta(hours=14)
    again = LookedAt(preferences, state)
    assert NOW + timedelta(minutes=20) <= again.since() <= NOW + timedelta(minutes=25)
    again.now()
    assert again.since() == clock.moment
