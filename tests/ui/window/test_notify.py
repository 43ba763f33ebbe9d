"""Notifications: one for one cause, one on recovery, none for what is in sight."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui import meridian
from tests.ui.fake_desk import NOW
from zbdesk.domain.status import ConnectionState, EngineState, RunKind, RunResult
from zbdesk.sync.events import ModuleProgress, PullCount, RunFinished, RunStarted, StateChanged
from zbdesk.ui.notify import Notifier


@pytest.fixture
def shown():
    """What was said."""
    return []


@pytest.fixture
def notifier(state, preferences, shown):
    """A notifier that writes down what it says."""
    sight = [False]
    made = Notifier(
        state, preferences, lambda notice: shown.append(notice) or True, in_sight=lambda: sight[0], parent=state
    )
    made.sight = sight
    return made


def _overview(qtbot, desk, state, /, **changes):
    desk.overview = meridian.overview(**changes)
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is desk.overview)


def test_c24_five_thousand_failures_are_one_notification(qtbot, desk, state, notifier, shown):
    """A cause that goes on speaks once, however much it grows; when it is gone it may speak again."""
    _overview(qtbot, desk, state)
    for count in (1, 40, 5000):
        _overview(qtbot, desk, state, problems=count)
    assert [notice.cause for notice in shown] == ["problems"]
    assert shown[0].page == "problems"
    _overview(qtbot, desk, state, problems=0)
    _overview(qtbot, desk, state, problems=2)
    assert len(shown) == 2


def test_problems_that_were_there_at_the_start_do_not_speak(qtbot, desk, state, notifier, shown):
    """What stood in the list yesterday is no news."""
    _overview(qtbot, desk, state, problems=7)
    assert shown == []


def test_c24_sign_in_speaks_at_its_end_and_on_recovery(qtbot, desk, state, notifier, shown):
    """One for the failure, one when it is mended, however often the engine says it."""
    _overview(qtbot, desk, state, state=ConnectionState.NEEDS_SIGN_IN)
    for _ in range(3):
        state._on_event(StateChanged(EngineState.SIGNED_OUT, NOW))
        state.changed.emit()
    state._on_event(StateChanged(EngineState.IDLE, NOW))
    _overview(qtbot, desk, state)
    assert [notice.cause for notice in shown] == ["sign_in", "recovered"]


def test_c25_master_switch_means_none(qtbot, desk, state, preferences, notifier, shown):
    """Off is off, failures included."""
    preferences.change(notify=False)
    _overview(qtbot, desk, state)
    _overview(qtbot, desk, state, problems=3, state=ConnectionState.NEEDS_SIGN_IN)
    assert shown == []


def test_nothing_pops_up_over_the_window_that_shows_it(qtbot, desk, state, notifier, shown):
    """Whoever looks at the window sees it there."""
    notifier.sight[0] = True
    _overview(qtbot, desk, state)
    _overview(qtbot, desk, state, problems=3)
    assert shown == []


def test_c26_click_opens_the_list(qtbot, desk, state, notifier):
    """A click leads to what the notification was about."""
    _overview(qtbot, desk, state)
    _overview(qtbot, desk, state, problems=3)
    with qtbot.waitSignal(notifier.page_wanted) as went:
        notifier.clicked()
    assert went.args == ["problems"]


def test_end_of_the_first_sync_speaks_once_with_its_figure(qtbot, desk, state, notifier, shown):
    """A load that took minutes ends with a word; ordinary passes never do."""
    _overview(qtbot, desk, state)

    def finished(kind):
        return RunFinished(
            1, kind, RunResult.OK, NOW, NOW, 350, (("invoices", PullCount(new=104270)),), (), 0, 0, 0, "done"
        )

    state._on_event(finished(RunKind.FIRST))
    state._on_event(finished(RunKind.DELTA))
    assert [notice.title for notice in shown] == ["First sync done: 1,04,270 records"]


def test_c29_muted_notifications_stay_muted_until_then(qtbot, desk, state, notifier, shown):
    """While muted nothing speaks; afterwards the next cause does."""
    _overview(qtbot, desk, state)
    notifier.snooze(NOW + timedelta(minutes=30))
    _overview(qtbot, desk, state, problems=2)
    assert shown == []
    notifier.snooze(None)
    _overview(qtbot, desk, state, problems=0)
    _overview(qtbot, desk, state, problems=1)
    assert [notice.cause for notice in shown] == ["problems"]


def test_c26_a_cause_that_is_gone_is_withdrawn_once(qtbot, desk, state, preferences):
    """However often the state changes, its notification is taken back once."""
    gone = []
    made = Notifier(state, preferences, lambda _: True, in_sight=lambda: False, withdraw=gone.append, parent=state)
    _overview(qtbot, desk, state)
    _overview(qtbot, desk, state, problems=3)
    _overview(qtbot, desk, state, problems=0)
    state.changed.emit()
    assert gone == ["problems"]
    opened = []
    made.page_wanted.connect(opened.append)
    made.clicked("problems")
    assert opened == ["problems"]


def test_at_month_end_only_errors_speak(qtbot, desk, state, preferences, notifier, shown):
    """What needs a person is told, what is merely good news is not; afterwards everything is told again."""
    preferences.change(month_end=True)
    _overview(qtbot, desk, state)
    _overview(qtbot, desk, state, problems=2)
    _overview(qtbot, desk, state, state=ConnectionState.NEEDS_SIGN_IN, problems=2)
    _overview(qtbot, desk, state, problems=2)
    assert [notice.cause for notice in shown] == ["problems", "sign_in"]
    preferences.change(month_end=False)
    _overview(qtbot, desk, state, state=ConnectionState.NEEDS_SIGN_IN)
    _overview(qtbot, desk, state)
    assert shown[-1].cause == "recovered"


@pytest.mark.parametrize(("seconds", "told"), [(119, 0), (120, 1), (900, 1)])
def test_c31_the_end_of_a_long_sync_is_told_where_nobody_looks(qtbot, desk, state, notifier, shown, seconds, told):
    """From two minutes on the end is told, with how long it took; what is shorter, or in sight, is not."""
    _overview(qtbot, desk, state)
    event = RunFinished(2, RunKind.DELTA, RunResult.OK, NOW - timedelta(seconds=seconds), NOW, 9, (), (), 0, 0, 0, "")
    state.run_finished.emit(event)
    assert [notice.cause for notice in shown] == ["long_run"] * told
    notifier.sight[0] = True
    state.run_finished.emit(event)
    assert len(shown) == told


def test_c31_a_bar_is_for_what_lasts(qtbot, desk, open_window):
    """Under two seconds of a pass there is no bar, only words; from then on there is one."""
    desk.overview = meridian.overview(first=True)
    window = open_window(desk)
    began = NOW
    window.bridge.happened.emit(RunStarted(1, RunKind.FIRST, ("invoices",), began))
    window.bridge.happened.emit(ModuleProgress("invoices", 200, 45180, 200, 0, 0, 1))
    panel = window.pages.made()["dashboard"].first
    desk.clock.moment = began + timedelta(seconds=1.9)
    window.state.changed.emit()
    assert not panel.bar.isVisible()
    assert not window.state.lasts
    desk.clock.moment = began + timedelta(seconds=2)
    window.state.changed.emit()
    assert panel.bar.isVisible()
