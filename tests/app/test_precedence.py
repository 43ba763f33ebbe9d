"""Who goes first on the sync thread: a person's pass, for a bounded time, and never anybody for nothing."""

from __future__ import annotations

import asyncio

import pytest
from app_fakes import NOW, HandClock

from zbdesk.app.precedence import GRACE, LONGEST, Precedence
from zbdesk.domain.errors import Action
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.sync.commands import ActOn, Command, Hold, Pause, SetPace, SyncNow
from zbdesk.sync.events import CommandFailed, Event, RunFinished, RunStarted

pytestmark = pytest.mark.anyio

STARTED = RunStarted(1, RunKind.DELTA, (), NOW)
FINISHED = RunFinished(1, RunKind.DELTA, RunResult.OK, NOW, NOW, 0, (), (), 0, 0, 0, "")


@pytest.fixture
def clock() -> HandClock:
    """Time that moves when it is told."""
    return HandClock()


@pytest.mark.parametrize("command", [SyncNow(), ActOn(1, "send")])
async def test_a_persons_pass_is_waited_for_to_its_end(clock: HandClock, command: Command) -> None:
    """From the command over the beginning of its pass to its end."""
    first = Precedence(clock)
    first.commanded(command)
    first.heard(STARTED)
    clock.turn(LONGEST / 2)
    waiting = asyncio.create_task(first.free())
    await asyncio.sleep(0)
    assert not waiting.done()
    first.heard(FINISHED)
    await asyncio.wait_for(waiting, 1)


@pytest.mark.parametrize("command", [Pause(), Hold("x"), SetPace(60, 0.3)])
async def test_what_begins_no_pass_stops_nobody(clock: HandClock, command: Command) -> None:
    """A setting is no errand."""
    first = Precedence(clock)
    first.commanded(command)
    assert not first.is_held


async def test_a_pass_that_never_begins_is_not_waited_for(clock: HandClock) -> None:
    """Offline or signed out an edit waits for its turn; the others do not wait with it."""
    first = Precedence(clock)
    first.commanded(ActOn(1, "send"))
    clock.turn(GRACE)
    await asyncio.wait_for(first.free(), 1)


async def test_a_long_pass_keeps_nobody_for_ever(clock: HandClock) -> None:
    """After a while both go on beside each other: each has calls of its own."""
    first = Precedence(clock)
    first.commanded(SyncNow(full=True))
    first.heard(STARTED)
    clock.turn(LONGEST)
    await asyncio.wait_for(first.free(), 1)


async def test_the_clock_wakes_who_waits(clock: HandClock) -> None:
    """Nobody has to say that the time is over."""
    clock.runs = True
    first = Precedence(clock)
    first.commanded(SyncNow())
    await asyncio.wait_for(first.free(), 1)
    assert clock.seconds >= 100.0 + GRACE


@pytest.mark.parametrize("event", [FINISHED, CommandFailed("t", "m", Action.NONE)])
async def test_a_refused_command_lets_the_others_go_at_once(clock: HandClock, event: Event) -> None:
    """There will be no pass."""
    first = Precedence(clock)
    first.commanded(SyncNow())
    first.heard(event)
    assert not first.is_held


async def test_a_pass_by_the_timetable_goes_before_nobody(clock: HandClock) -> None:
    """Only what a person has asked for does."""
    first = Precedence(clock)
    first.heard(STARTED)
    assert not first.is_held
