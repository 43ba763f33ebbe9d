"""The dashboard: three answers, the first sync, modules, calls, connection; never a blank, never more than is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui import meridian
from tests.ui.fake_desk import NOW
from zbdesk.domain.errors import Action
from zbdesk.domain.status import ConnectionState, EngineState, RunResult
from zbdesk.domain.views import CallBudget, ModuleCounts, Overview
from zbdesk.sync.events import CallsUsed, ModuleProgress, StateChanged
from zbdesk.ui.dashboard.answers import everything_here, last_look, waiting
from zbdesk.ui.models.modules import ModulesModel, Stage


@pytest.fixture
def look(qtbot, desk, state):
    """Reads an overview and hears events."""

    def go(view: Overview, *events: object):
        desk.overview = view
        state.refresh()
        qtbot.waitUntil(lambda: state.overview is view)
        for event in events:
            state._on_event(event)
        return state

    return go


def _words(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_in_order(look):
    """Everything is here, nothing waits, the last look was minutes ago and in order."""
    state = look(meridian.overview())
    assert everything_here(state).word == "Yes, everything"
    assert everything_here(state).first == "1,20,936 records here"
    assert waiting(state).word == "No, nothing"
    said = last_look(state)
    assert (said.word, said.first, said.second) == ("2 minutes ago", "10:14 IST, in order, 11 calls", "Next at 10:29")


def test_a_database_that_was_taken_away_is_never_called_everything(look):
    """Somebody deletes the file while the window is open: no record and no connection is not “everything”."""
    state = look(replace(meridian.overview(), connection=None, modules=()))
    said = everything_here(state)
    assert (said.word, said.role) == ("No", "problem")
    assert "not where it was" in said.first


def test_a_failed_run_is_never_called_everything(look):
    """What is shown is as of the last success, and it says so."""
    view = meridian.overview()
    failed = replace(view.last_run, result=RunResult.FAILED)
    state = look(replace(view, last_run=failed, last_success_at=NOW - timedelta(hours=18)))
    assert everything_here(state).word == "As of yesterday 16:17"
    assert "not possible" in last_look(state).first
    assert "Last in order yesterday 16:17" in last_look(state).second


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (meridian.offline()[0], {}),
        (StateChanged(EngineState.SIGNED_OUT, NOW), {"state": ConnectionState.NEEDS_SIGN_IN}),
        (StateChanged(EngineState.FAILED, NOW, reason="The disk is full. Free 200 MB.", action=Action.FREE_SPACE), {}),
    ],
)
def test_while_nothing_comes_in_it_is_as_of(look, event, changes):
    """Offline, signed out or stopped: no claim beyond the last success."""
    assert everything_here(look(meridian.overview(**changes), event)).word == "As of 10:14"


def test_module_without_permission_is_named(look):
    """A module that cannot be read makes it "all but one", not everything."""
    view = meridian.overview()
    modules = tuple(replace(c, off_reason="Hidden.") if c.module == "bills" else c for c in view.modules)
    assert everything_here(look(replace(view, modules=modules))).word == "All but 1 module"


def test_what_waits_is_counted(look):
    """Problems and conflicts, in figures; an ended sign-in counts as well."""
    said = waiting(look(meridian.overview(problems=12, conflicts=3)))
    assert (said.word, said.first, said.role) == ("Yes, 15 things", "12 problems · 3 conflicts", "problem")
    said = waiting(look(meridian.overview(state=ConnectionState.NEEDS_SIGN_IN)))
    assert said.word == "Yes, 1 thing"
    assert said.first == "Zoho ended the sign-in."


def test_offline_asks_nobody_to_act(look):
    """Offline is a state, not an error: it mends itself."""
    state = look(meridian.overview(), *meridian.offline())
    assert waiting(state).word == "No, nothing"
    trouble = state.trouble()
    assert trouble.role == "attention"
    assert trouble.title == "This computer is offline since 09:58."


def test_modules_say_here_there_and_as_of(look, state):
    """One line a module, settings lists together; the one being read has its share, the following one is next."""
    look(meridian.overview(first=True), *meridian.first_sync_events())
    model = ModulesModel(state)
    model.refresh()
    rows = {row.label: row for row in model.rows}
    assert rows["Settings"].here == 61
    assert rows["Settings"].stage is Stage.DONE
    assert (rows["Contacts"].here_text, rows["Contacts"].there_text) == ("3,914", "3,914")
    reading = rows["Invoices"]
    assert reading.stage is Stage.READING
    assert (reading.here_text, reading.there_text) == ("18,400", "45,180")
    assert rows["Customer payments"].as_of == "next"
    assert rows["Expenses"].as_of == "waits"
    assert "Projects" not in rows


def test_progress_of_a_run_counts_up_from_what_is_here(look, state):
    """A page that brings nothing new does not make the count smaller."""
    look(meridian.overview(), *meridian.first_sync_events()[:2], ModuleProgress("invoices", 200, None, 0, 0, 0, 1))
    counts = next(c for c in state.modules() if c.module == "invoices")
    assert state.here(counts) == 45180


def test_the_total_is_of_what_was_counted(look, state):
    """Lists that Zoho did not count stay out of the share until they end, so that the bar is true and never falls."""
    overview = meridian.overview(first=True)
    modules = tuple(
        replace(counts, expected=None) if counts.module == "expenses" else counts for counts in overview.modules
    )
    look(replace(overview, modules=modules), *meridian.first_sync_events())
    before = state.total()
    assert before.uncounted == 1
    assert before.done < before.expected
    state._on_event(ModuleProgress("expenses", 400, None, 400, 0, 0, 2))
    assert (state.total().done, state.total().expected) == (before.done, before.expected)
    state._on_event(ModuleProgress("expenses", 6027, None, 6027, 0, 0, 31, finished=True))
    after = state.total()
    assert after.uncounted == 0
    assert (after.done, after.expected) == (before.done + 6027, before.expected + 6027)


def test_nested_lists_are_not_waited_for(look, state):
    """A list that only complete readings take does not keep the first sync open."""
    overview = meridian.overview()
    look(replace(overview, modules=(*overview.modules, ModuleCounts("tasks", enabled=True))))
    assert not state.first_sync
    assert state.total().uncounted == 0


def test_time_left_is_not_guessed_from_nothing(look, state):
    """Without a total, or before the pace is known, there is no end to announce."""
    look(meridian.overview(first=True), *meridian.first_sync_events()[:2])
    assert state.time_left() is None
    for event in meridian.first_sync_events()[2:]:
        state._on_event(event)
    assert 400 < state.time_left().total_seconds() < 600


def test_calls_follow_events_and_never_fall(look, state):
    """The day's count moves with the run, and an event of yesterday's number does not turn it back."""
    look(meridian.overview(), CallsUsed(1290, 5000), CallsUsed(10, None))
    assert state.calls.used >= 1284
    assert state.calls.limit == 5000
    assert state.calls.reserve == 1500


def test_first_sync_page(qtbot, desk, open_window):
    """Done of total, when it will be ready, and what can be done meanwhile."""
    desk.overview = meridian.overview(first=True)
    window = open_window(desk, events=meridian.first_sync_events())
    page = window.pages.made()["dashboard"]
    qtbot.waitUntil(lambda: "31,766" in page.first.title.text())
    assert page.first.isVisible()
    assert not page.answers.isVisible()
    assert page.first.title.text() == "First sync: 31,766 of 1,20,936 records are here"
    assert page.first.share.text() == "26 %"
    assert "ready near 10:2" in page.first.left.text()
    assert page.wait.look.text() == "Look at the 18,400 invoices that are here"
    page.wait.look_button.click()
    assert window.pages.key == "module/invoices"


def test_stopped_first_sync_offers_to_go_on(qtbot, desk, open_window):
    """What is here is kept and said to be; one click goes on from there."""
    desk.overview = meridian.overview(first=True)
    window = open_window(desk)
    page = window.pages.made()["dashboard"]
    assert "kept" in page.first.left.text()
    page.first.button.click()
    assert len(desk.commands) == 1


def test_modules_lead_to_their_records(qtbot, desk, open_window):
    """Every figure can be clicked down to the records behind it, by keyboard too."""
    window = open_window(desk)
    table = window.pages.made()["dashboard"].modules.table
    row = next(r for r in range(table.model().rowCount()) if table.model().rows[r].name == "bills")
    table.setCurrentIndex(table.model().index(row, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.pages.key == "module/bills"


def test_problems_stand_on_the_dashboard_once_a_cause(qtbot, desk, open_window):
    """Sentence and remedy, grouped: two records of one cause are one entry."""
    desk.problems = meridian.PROBLEMS
    desk.overview = meridian.overview(problems=3)
    window = open_window(desk)
    page = window.pages.made()["dashboard"]
    qtbot.waitUntil(lambda: "hides bills" in _words(page.waits))
    assert _words(page.waits).count("Line items of 2 invoices cannot be read.") == 1
    page.waits.link_clicked.emit()
    assert window.pages.key == "problems"


def test_c45_problems_leave_the_list_when_they_are_gone(qtbot, desk, open_window):
    """The list follows the database and says that there is none."""
    desk.problems = meridian.PROBLEMS
    desk.overview = meridian.overview(problems=3)
    window = open_window(desk, page="problems")
    page = window.pages.made()["problems"]
    message = meridian.PROBLEMS[0].message
    qtbot.waitUntil(lambda: message in _words(page))
    desk.problems = []
    desk.overview = meridian.overview()
    window.state.refresh()
    qtbot.waitUntil(lambda: "No problems" in _words(page))
    assert message not in _words(page)


def test_activity_is_paged_and_new_lines_come_on_top(qtbot, desk, open_window):
    """A hundred lines at a time; what is new is put on top without moving the rest."""
    first = meridian.ACTIVITY[0]
    desk.activity = [replace(first, id=n, text=f"line {n}") for n in range(250, 0, -1)]
    window = open_window(desk, page="activity")
    model = window.pages.made()["activity"].model
    qtbot.waitUntil(lambda: len(model.entries) == 100)
    for expected in (200, 250):
        model.fetchMore(model.index(-1, -1))
        qtbot.waitUntil(lambda expected=expected: len(model.entries) == expected)
    qtbot.waitUntil(lambda: not model._reading)
    assert not model.canFetchMore(model.index(-1, -1))
    desk.activity.insert(0, replace(first, id=251, text="line 251"))
    model.refresh()
    qtbot.waitUntil(lambda: len(model.entries) == 251)
    assert [entry.id for entry in model.entries] == list(range(251, 0, -1))


def test_never_a_blank(qtbot, desk, open_window):
    """A connection that has not read anything yet still says what is so and what comes next."""
    view = meridian.overview(first=True)
    desk.overview = Overview(
        connection=view.connection, state=ConnectionState.ACTIVE, calls=CallBudget(0, None, 0, None)
    )
    window = open_window(desk)
    words = _words(window.pages.made()["dashboard"])
    assert "Not yet" in words
    assert "Receivables by age" in words
    assert "your plan's number is not known" in words
