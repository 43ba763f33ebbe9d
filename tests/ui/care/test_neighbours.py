"""Several organizations in the window: the menu, the badge, settings, tray and notifications of those beside."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import meridian
from tests.ui.fake_care import FOODS, FakeServices
from tests.ui.fake_desk import NOW
from zbdesk.app import organizations
from zbdesk.domain.status import ConnectionState, EngineState, RunKind, RunResult
from zbdesk.sync.commands import Pause, Resume
from zbdesk.sync.events import Elsewhere, RunFinished, StateChanged
from zbdesk.ui import questions
from zbdesk.ui.actions import Actions
from zbdesk.ui.care.program import ProgramCare
from zbdesk.ui.notify import Notice, Notifier
from zbdesk.ui.settings.connections import OrganizationRows
from zbdesk.ui.tray import LONGEST, OtherLine, Tray, sentence_with, shape_with

HOUR_AGO = NOW - timedelta(hours=1)


def foods(services: FakeServices, /, **changes: object) -> None:
    """What the database says of Meridian Foods from now on; ``state`` is its connection's."""
    known = services.known[1]
    if "state" in changes:
        known = replace(known, connection=replace(known.connection, state=changes.pop("state")))
    services.known = [services.known[0], replace(known, **changes), services.known[2]]


def heard(window, event) -> None:
    """The sync thread tells something about Meridian Foods."""
    window.state._on_event(Elsewhere(2, FOODS.name, event))
    window.neighbours.look()


@pytest.fixture
def services(desk):
    """Three known organizations: one in use, one beside it, one disconnected."""
    return FakeServices(desk)


@pytest.fixture
def window(open_window, desk, services):
    """The window in which Meridian Spices is in use."""
    made = open_window(desk)
    made.services = services
    made.neighbours.look()
    return made


def menu_of(window):
    """The menu, opened."""
    window.actions_.organizations.trigger()
    return window.bar.menu


def test_each_line_says_how_it_stands_when_it_was_looked_at_and_what_waits(window, services):
    """State by word and shape, the last look in the times of the one in use, conflicts and problems as a figure."""
    foods(services, last_success_at=HOUR_AGO, conflicts=2, problems=1)
    menu = menu_of(window)
    entry = menu.entries[1]
    assert entry.status.text() == "Active · Looked at 09:17"
    assert entry.badge.figure == "3"
    assert entry.accessibleName() == "Meridian Foods Trading FZE, Active, Looked at 09:17, 3 wait for you"
    assert menu.entries[0].badge.isHidden()
    assert menu.entries[0].tick.isVisible()
    assert not entry.tick.isVisible()


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (ConnectionState.ACTIVE, "Active"),
        (ConnectionState.PAUSED, "Paused"),
        (ConnectionState.NEEDS_SIGN_IN, "Needs sign-in"),
        (ConnectionState.OFFLINE, "Offline"),
    ],
)
def test_the_four_states_have_their_words(window, services, state, word):
    """The same words as everywhere else."""
    foods(services, state=state)
    assert menu_of(window).entries[1].status.text() == word


def test_an_open_confirmation_is_said(window, services):
    """Whoever wonders why nothing leaves reads it in the line."""
    foods(services, guarded=True)
    assert "Only reads until you confirm it" in menu_of(window).entries[1].status.text()


def test_the_menu_follows_while_it_is_open(window, services):
    """A pass beside ends: its line is another one, and the keyboard's place stays."""
    menu = menu_of(window)
    QTest.keyClick(menu.entries[0], Qt.Key.Key_Down)
    assert menu.entries[1].hasFocus()
    foods(services, problems=4)
    heard(window, StateChanged(EngineState.PULLING, NOW))
    assert menu.entries[1].badge.figure == "4"
    assert menu.entries[1].status.text().startswith("Syncing")
    assert menu.entries[1].hasFocus()


def test_keys_move_choose_and_close(window, qtbot):
    """Arrows go round, Enter chooses, Escape changes nothing."""
    menu = menu_of(window)
    assert menu.entries[0].hasFocus()
    QTest.keyClick(menu.entries[0], Qt.Key.Key_Up)
    assert menu.another.hasFocus()
    QTest.keyClick(menu.another, Qt.Key.Key_Home)
    QTest.keyClick(menu.entries[0], Qt.Key.Key_Down)
    with qtbot.waitSignal(window.switch_wanted) as wanted:
        QTest.keyClick(menu.entries[1], Qt.Key.Key_Return)
    assert wanted.args == [2]
    menu = menu_of(window)
    with qtbot.assertNotEmitted(window.switch_wanted):
        QTest.keyClick(menu.entries[0], Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_the_one_in_use_is_not_switched_to(window, qtbot):
    """A click on it closes the menu and does nothing."""
    menu = menu_of(window)
    with qtbot.assertNotEmitted(window.switch_wanted):
        menu.entries[0].click()
    assert menu.entries[0].isChecked()


def test_the_badge_beside_the_name_counts_what_waits_elsewhere(window, services):
    """Without opening anything: a figure, the words for it, and a mark where a sign-in is wanted."""
    assert window.bar.badge.isHidden()
    foods(services, conflicts=2, problems=1)
    heard(window, StateChanged(EngineState.IDLE, NOW))
    assert window.bar.badge.figure == "3"
    assert window.bar.badge.toolTip() == "Meridian Foods Trading FZE: 3 wait for you"
    assert window.bar.change.accessibleDescription() == window.bar.badge.toolTip()
    foods(services, state=ConnectionState.NEEDS_SIGN_IN, conflicts=0, problems=0)
    heard(window, StateChanged(EngineState.SIGNED_OUT, NOW))
    assert window.bar.badge.figure == "!"
    foods(services, state=ConnectionState.ACTIVE)
    heard(window, StateChanged(EngineState.IDLE, NOW))
    assert window.bar.badge.isHidden()


def test_what_happens_beside_changes_no_figure_of_the_one_in_use(window):
    """A failed pass, an end of a sign-in, a state: dashboard, bar and status line stay as they are."""
    before = (window.state.engine, window.state.last_run, window.state.word(), window.state.failure)
    finished = RunFinished(9, RunKind.DELTA, RunResult.FAILED, NOW, NOW, 3, (), (), 7, 7, 7, "It failed.")
    for event in (StateChanged(EngineState.SIGNED_OUT, NOW, reason="x"), finished):
        heard(window, event)
    assert (window.state.engine, window.state.last_run, window.state.word(), window.state.failure) == before


def test_an_engine_that_could_not_be_made_is_no_active_one(window, services):
    """The database still says active; a locked keychain says otherwise."""
    heard(window, StateChanged(EngineState.FAILED, NOW, reason="The keychain is locked."))
    assert menu_of(window).entries[1].status.text() == "Stopped by an error"


# ---- settings --------------------------------------------------------------------------------------------------------
def test_settings_pause_and_resume_one_beside(window, services, desk):
    """The command goes to that organization and to no other; the line follows."""
    window.go("settings")
    page = window.pages.made()["settings"]
    page.show_group("connections")
    rows = page.part("connections", OrganizationRows)
    assert rows.lines[0].pause is None
    rows.lines[1].pause.click()
    assert desk.commands_beside == [(2, Pause())]
    assert not [one for one in desk.commands if isinstance(one, Pause)]
    foods(services, state=ConnectionState.PAUSED)
    rows.neighbours.look()
    assert rows.lines[1].status.text() == "Paused"
    rows.lines[1].pause.click()
    assert desk.commands_beside[-1] == (2, Resume())
    foods(services, state=ConnectionState.NEEDS_SIGN_IN)
    rows.neighbours.look()
    assert rows.lines[1].pause is None


# ---- tray ------------------------------------------------------------------------------------------------------------
def test_the_tray_names_what_waits_in_another(qtbot, desk, state):
    """Order here does not hide what waits there; the sentence stays short enough for Windows."""
    desk.overview = meridian.overview()
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is desk.overview)
    quiet, waits = OtherLine(2, FOODS, "Active", waits=False), OtherLine(2, FOODS, "3 wait for you", waits=True)
    assert shape_with(state, [quiet]) == "idle"
    assert sentence_with(state, [quiet]) == "Meridian Spices: in order, looked at 10:14"
    assert shape_with(state, [waits]) == "attention"
    words = sentence_with(state, [waits])
    assert words.startswith("Meridian Foods: 3 wait for you · Meridian Spices: in order")
    assert len(words) <= LONGEST


def test_the_trays_menu_has_a_line_for_each(qtbot, desk, state, bridge):
    """A click asks for that organization; a line that is gone leaves the menu."""
    parent = QWidget()
    tray = Tray(state, Actions(state, bridge, parent), parent, watcher=lambda: True, possible=lambda: False)
    before = len(tray.menu.actions())
    tray.show_others([OtherLine(2, FOODS, "3 wait for you", waits=True)])
    line = tray.menu.actions()[1]
    assert line.text() == "Meridian Foods: 3 wait for you"
    with qtbot.waitSignal(tray.organization_wanted) as wanted:
        line.trigger()
    assert wanted.args == [2]
    tray.show_others([])
    assert len(tray.menu.actions()) == before
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# ---- notifications ---------------------------------------------------------------------------------------------------
@pytest.fixture
def shown():
    """What was said."""
    return []


@pytest.fixture
def notifier(state, preferences, shown):
    """A notifier that writes down what it says, with the window in sight."""
    return Notifier(
        state, preferences, lambda notice: shown.append(notice) or True, in_sight=lambda: True, parent=state
    )


def test_a_notification_of_another_names_it_and_says_so_once(services, notifier, shown):
    """With the window in sight too, since that shows another company; growth does not repeat it."""
    notifier.look_beside(services.known)
    for count in (1, 4, 9):
        foods(services, problems=count)
        notifier.look_beside(services.known)
    assert [(one.cause, one.title) for one in shown] == [("problems@2", "Meridian Foods Trading FZE: 1 problem is new")]
    foods(services, problems=0)
    notifier.look_beside(services.known)
    foods(services, problems=2)
    notifier.look_beside(services.known)
    assert len(shown) == 2


def test_an_ended_sign_in_beside_is_told_and_its_return_too(services, notifier, shown):
    """The one in use is fine all the while."""
    notifier.look_beside(services.known)
    foods(services, state=ConnectionState.NEEDS_SIGN_IN)
    notifier.look_beside(services.known)
    notifier.look_beside(services.known)
    foods(services, state=ConnectionState.ACTIVE)
    notifier.look_beside(services.known)
    assert [one.cause for one in shown] == ["sign_in@2", "recovered@2"]
    assert all(one.title.startswith("Meridian Foods Trading FZE: ") for one in shown)


def test_what_was_so_at_the_start_is_no_news(services, notifier, shown):
    """Problems and an ended sign-in of yesterday are in the list and not on the desktop, at each start anew."""
    foods(services, problems=5, state=ConnectionState.NEEDS_SIGN_IN)
    notifier.look_beside(services.known)
    notifier.look_beside(services.known)
    assert shown == []


def test_with_several_the_one_in_use_is_named_too(qtbot, desk, state, preferences, services, shown):
    """Nobody has to guess whose problem it is."""
    notifier = Notifier(
        state, preferences, lambda notice: shown.append(notice) or True, in_sight=lambda: False, parent=state
    )
    notifier.look_beside(services.known)
    for count in (0, 3):
        desk.overview = meridian.overview(problems=count)
        state.refresh()
        qtbot.waitUntil(lambda: state.overview is desk.overview)
    assert [one.title for one in shown] == ["Meridian Spices & Exports Pvt. Ltd.: 3 problems are open"]


def test_switching_brings_no_news_of_what_was_known(qtbot, desk, state, services, notifier, shown):
    """The counts of one company are never held against those of another."""
    desk.overview = meridian.overview(problems=0)
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is desk.overview)
    foods(services, problems=3)
    notifier.look_beside(services.known)
    desk.overview = meridian.overview(problems=3, connection=services.known[1].connection)
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is desk.overview)
    assert shown == []


def test_a_click_leads_to_the_organization_it_speaks_of(qtbot, services, notifier, shown):
    """The one in use: its page. Another: that organization and the page there."""
    notifier.look_beside(services.known)
    foods(services, conflicts=2)
    notifier.look_beside(services.known)
    with qtbot.waitSignal(notifier.organization_wanted) as wanted:
        notifier.clicked("conflicts@2")
    assert wanted.args == [2, "conflicts"]
    notifier._told["problems"] = Notice("problems", "t", "b", "problems")
    with qtbot.waitSignal(notifier.page_wanted) as page:
        notifier.clicked("problems")
    assert page.args == ["problems"]


# ---- the offer -------------------------------------------------------------------------------------------------------
@pytest.fixture
def care(window, desk, state, preferences, services):
    """The program's care over the window, with what it starts written down."""
    ran = []

    class Tasks:
        def start(self, work, fail=None):
            ran.append(work.cr_code.co_name)
            work.close()

    made = ProgramCare(
        desk, window, window.state, preferences, asyncio.Lock(), Tasks, lambda: None, lambda: None, demo=True,
        parent=window,
    )  # fmt: skip
    window.services = services
    window.neighbours.look()
    made.ran = ran
    ran.clear()
    yield made
    made.close()


def test_the_offer_asks_before_it_switches(care, window, monkeypatch):
    """A click on a notification is no order: the window asks, and only Yes switches."""
    asked = []
    monkeypatch.setattr("zbdesk.ui.care.program.ask_switch", lambda *arguments: asked.append(arguments))
    care.offer(2, "problems")
    ((_, name, agreed),) = asked
    assert name == FOODS.name
    assert care.ran == []
    agreed()
    assert care.ran == ["switch"]
    assert care._page_then == "problems"


def test_the_offer_for_the_one_in_use_goes_to_the_page(care, window):
    """Somebody switched there meanwhile: nothing is asked."""
    care.offer(1, "problems")
    assert window.pages.key == "problems"
    assert care.ran == []


def test_the_question_names_the_organization_and_stays_on_escape(window):
    """Escape changes nothing."""
    agreed = []
    box = questions.ask_switch(window, FOODS.name, lambda: agreed.append(1))
    assert FOODS.name in box.text()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert agreed == []


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ((ConnectionState.NEEDS_SIGN_IN, ConnectionState.PAUSED), [2]),
        ((ConnectionState.NEEDS_SIGN_IN, ConnectionState.NONE), []),
    ],
)
def test_after_disconnecting_another_comes_into_the_window(care, services, monkeypatch, states, shown):
    """One that works, paused or not; never one whose sign-in has ended, and without any the wizard stays."""
    third, second = services.known[2], services.known[1]
    known = [
        replace(one, current=False, connection=replace(one.connection, state=state))
        for one, state in zip((third, second), states, strict=True)
    ]
    switched, started = [], []
    monkeypatch.setattr(organizations, "known", lambda _desk: known)
    monkeypatch.setattr(organizations, "switch", lambda _desk, key: switched.append(key))
    monkeypatch.setattr(care, "_start_soon", lambda: started.append(1))
    asyncio.run(care.after_disconnecting())
    assert switched == shown
    assert len(started) == len(shown)
