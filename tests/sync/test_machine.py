"""The engine's standing: signals in, states out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.errors import Action
from zbdesk.domain.status import EngineState
from zbdesk.sync import machine
from zbdesk.sync.machine import Signal, Standing, after

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

SIGNALS: list[Signal] = [
    machine.PassBegan(),
    machine.PassDone(),
    machine.PassStopped(),
    machine.Unreachable("gone"),
    machine.Reachable(),
    machine.Throttled(LATER, "wait"),
    machine.Throttled(LATER, "kept for you", firm=False),
    machine.SignInLost("expired"),
    machine.SignedIn(),
    machine.Broken("disk", Action.FREE_SPACE),
    machine.Paused(None),
    machine.Paused(LATER),
    machine.Resumed(),
    machine.Missed(),
]


def standing(*signals: Signal) -> Standing:
    """Return where these signals lead."""
    now = Standing()
    for signal in signals:
        now = after(now, signal)
    return now


@pytest.mark.parametrize(
    ("signals", "state"),
    [
        ((), EngineState.IDLE),
        ((machine.PassBegan(),), EngineState.PULLING),
        ((machine.PassBegan(), machine.PassDone()), EngineState.IDLE),
        ((machine.PassBegan(), machine.PassStopped()), EngineState.IDLE),
        ((machine.Unreachable("x"),), EngineState.OFFLINE),
        ((machine.Unreachable("x"), machine.Reachable()), EngineState.IDLE),
        ((machine.Throttled(LATER, "x"),), EngineState.WAITING),
        ((machine.Broken("x", Action.NONE),), EngineState.FAILED),
        ((machine.Paused(None),), EngineState.PAUSED),
        ((machine.Paused(None), machine.PassBegan()), EngineState.PULLING),  # a person's click in a pause
        ((machine.Paused(None), machine.PassBegan(), machine.PassDone()), EngineState.PAUSED),
        ((machine.Unreachable("x"), machine.Paused(None), machine.Resumed()), EngineState.OFFLINE),
        ((machine.SignInLost("x"), machine.PassDone()), EngineState.SIGNED_OUT),
        ((machine.SignInLost("x"), machine.Paused(None)), EngineState.SIGNED_OUT),
        ((machine.SignInLost("x"), machine.SignedIn()), EngineState.IDLE),
        ((machine.SignInLost("x"), machine.SignInLost("y")), EngineState.SIGNED_OUT),
    ],
)
def test_what_is_shown(signals: tuple[Signal, ...], state: EngineState) -> None:
    """A pause and a running pass lie over the condition below them."""
    assert standing(*signals).state is state


@given(st.lists(st.sampled_from(SIGNALS), max_size=12))
def test_every_signal_has_an_answer_in_every_standing(signals: list[Signal]) -> None:
    """The machine is total, and signed out nothing may start."""
    now = standing(*signals)
    assert isinstance(now.state, EngineState)
    if now.condition is EngineState.SIGNED_OUT:
        assert not machine.may_start(now, NOW, by_person=True)
    assert not (now.running and machine.may_start(now, NOW, by_person=True))


@pytest.mark.parametrize(
    ("signals", "person", "schedule"),
    [
        ((), True, True),
        ((machine.PassBegan(),), False, False),
        ((machine.Paused(None),), True, False),
        ((machine.Unreachable("x"),), True, False),
        ((machine.Throttled(LATER, "x"),), False, False),
        ((machine.Throttled(LATER, "x", firm=False),), True, False),  # the reserve is for a person's clicks
        ((machine.Throttled(NOW, "x"),), True, True),
        ((machine.Broken("x", Action.NONE),), True, True),
        ((machine.SignInLost("x"),), False, False),
    ],
)
def test_who_may_start_a_pass(signals: tuple[Signal, ...], person: bool, schedule: bool) -> None:
    """A person may go past a pause, but not past Zoho's word or a lost sign-in."""
    now = standing(*signals)
    assert machine.may_start(now, NOW, by_person=True) is person
    assert machine.may_start(now, NOW, by_person=False) is schedule


def test_a_missed_pass_is_owed_once() -> None:
    """Whatever prevents a pass, one is made up for; a pass that ran settles it; a stopped one owes nothing."""
    assert standing(machine.Unreachable("x"), machine.Reachable()).owed
    assert standing(machine.Throttled(LATER, "x"), machine.Missed(), machine.Missed()).owed
    assert not standing(machine.Missed(), machine.PassBegan(), machine.PassDone()).owed
    assert not standing(machine.Missed(), machine.PassBegan(), machine.PassStopped()).owed
    assert standing(machine.SignInLost("x"), machine.SignedIn()).owed


def test_what_is_shown_has_its_own_end() -> None:
    """The end of a pause is shown in a pause, the end of a silence while waiting, none elsewhere."""
    later = LATER + timedelta(hours=1)
    both = standing(machine.Throttled(LATER, "x"), machine.Paused(later))
    assert both.shown_until == later
    assert after(both, machine.Resumed()).shown_until == LATER
    assert standing(machine.PassBegan()).shown_until is None


def test_pauses_end_by_the_clock() -> None:
    """A pause with an end is over at that moment, one without never."""
    assert machine.pause_over(standing(machine.Paused(NOW)), NOW)
    assert not machine.pause_over(standing(machine.Paused(LATER)), NOW)
    assert not machine.pause_over(standing(machine.Paused(None)), LATER)
    assert not machine.pause_over(Standing(), NOW)


def test_probes_come_ever_more_seldom() -> None:
    """5, 10, 20 ... seconds, never more than five minutes; a pass that got through starts it over."""
    assert [machine.probe_delay(n) for n in (0, 1, 2, 3, 7, 50)] == [5.0, 5.0, 10.0, 20.0, 300.0, 300.0]
    twice = standing(machine.Unreachable("x"), machine.Unreachable("x"))
    assert twice.failures == 2
    assert after(twice, machine.Reachable()).failures == 2
    assert after(twice, machine.PassDone()).failures == 0
