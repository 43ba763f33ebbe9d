"""The loop: timetable, commands, network, throttles, sign-in; driven by a clock that is turned by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from world import World, fault, forbidden

from zbdesk.domain.errors import Action, Budget
from zbdesk.domain.status import ConnectionState, EngineState, RunKind, RunResult
from zbdesk.store import budget, connections, module_states, runs
from zbdesk.store.trees import count_details_wanted, want_details
from zbdesk.sync import messages, nightly
from zbdesk.sync.commands import (
    Command,
    FillDetails,
    Pause,
    ReadDetail,
    Resume,
    SetModules,
    Stop,
    SyncNow,
)
from zbdesk.sync.events import CommandFailed, DetailReady, RunFinished, StateChanged
from zbdesk.sync.scheduler import Scheduler
from zbdesk.zoho.errors import CallsThrottled, DayReserved, NetworkDown, SignInEnded, TokenServerFault
from zbdesk.zoho.limits import Priority

pytestmark = pytest.mark.anyio
Make = Callable[..., World]


class Loop:
    """A world whose engine runs, with its command queue."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.commands: asyncio.Queue[Command] = asyncio.Queue()
        self.task: asyncio.Task[None] | None = None

    async def settle(self) -> None:
        """Let everything happen that needs no time."""
        for _ in range(400):
            await asyncio.sleep(0)
            if self.task is not None and self.task.done():
                return

    async def send(self, *commands: Command) -> None:
        """Hand commands in and let them work."""
        for command in commands:
            self.commands.put_nowait(command)
        await self.settle()

    async def advance(self, seconds: float, step: float = 30.0) -> None:
        """Let time pass in steps."""
        while seconds > 0:
            self.world.clock.tick(min(step, seconds))
            seconds -= step
            await self.settle()

    def results(self) -> list[RunResult]:
        """List how passes ended so far."""
        return [event.result for event in self.world.events if isinstance(event, RunFinished)]

    def kinds(self) -> list[RunKind]:
        """List the kinds of the passes so far."""
        return [event.kind for event in self.world.events if isinstance(event, RunFinished)]

    def states(self) -> list[EngineState]:
        """List the states told so far."""
        return [event.state for event in self.world.events if isinstance(event, StateChanged)]

    def state(self) -> StateChanged:
        """Return the state told last."""
        return [event for event in self.world.events if isinstance(event, StateChanged)][-1]

    def refusals(self) -> list[CommandFailed]:
        """List the commands that could not be carried out."""
        return [event for event in self.world.events if isinstance(event, CommandFailed)]


@asynccontextmanager
async def running(world: World) -> AsyncIterator[Loop]:
    """Run the engine's loop until the block ends, then cancel it as the desk does."""
    loop = Loop(world)
    others = asyncio.all_tasks()
    loop.task = asyncio.create_task(world.engine.run_forever(loop.commands))
    await loop.settle()
    try:
        yield loop
    finally:
        loop.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await loop.task
        assert asyncio.all_tasks() <= others, "a task outlived the loop"


def record_id(world: World, remote_id: str) -> int:
    """Find the store's key of a record."""
    with world.db.snapshot():
        return int(world.db.value("SELECT id FROM record WHERE remote_id = ?", (remote_id,)))


class Held:
    """Holds calls until they are let go."""

    def __init__(self, world: World, kind: str = "list") -> None:
        self.gate = asyncio.Event()
        self.kind = kind
        world.zoho.before = self

    async def __call__(self, kind: str, _module: str, _what: int | str) -> None:
        """Wait, if it is a call of the kind that is held."""
        if kind == self.kind:
            await self.gate.wait()


async def test_a_pass_at_the_start_and_one_each_interval(make: Make) -> None:
    """Passes follow the timetable without drifting, and the next one is written down for everybody to see."""
    world = make("contacts")
    start = world.clock.now()
    async with running(world) as loop:
        assert len(loop.results()) == 1
        await loop.advance(899)
        assert len(loop.results()) == 1
        await loop.advance(31)
        assert len(loop.results()) == 2
        assert connections.moments(world.db, world.connection.id)[1] == start + timedelta(seconds=1800)
        await loop.advance(870)
        assert len(loop.results()) == 3
        assert loop.states() == [EngineState.IDLE, *[EngineState.PULLING, EngineState.IDLE] * 3]
    assert connections.moments(world.db, world.connection.id)[1] is None


async def test_a_computer_that_slept_makes_one_pass(make: Make) -> None:
    """Eight hours asleep are one missed pass, not thirty-two."""
    world = make("contacts")
    async with running(world) as loop:
        world.clock.jump(8 * 3600)
        await loop.advance(30)
        await loop.advance(30)
        assert len(loop.results()) == 2


async def test_a_clock_set_back_does_not_stop_polling(make: Make) -> None:
    """The monotonic clock keeps the pace when the wall clock is set back by a day."""
    world = make("contacts")
    async with running(world) as loop:
        world.clock.jump(-86400)
        await loop.advance(930)
        assert len(loop.results()) == 2
        await loop.advance(930)
        assert len(loop.results()) == 3


async def test_sync_now_runs_at_once_and_clicks_join(make: Make) -> None:
    """A click starts a pass; clicks that a running pass covers join it; others are queued as one."""
    world = make("contacts", "items")
    async with running(world) as loop:
        held = Held(world)
        await loop.send(SyncNow())
        assert loop.state().state is EngineState.PULLING
        await loop.send(SyncNow(), SyncNow(modules=("contacts",)), SyncNow(full=True, modules=("items",)))
        await loop.send(SyncNow(full=True, modules=("contacts",)))
        held.gate.set()
        await loop.settle()
        assert loop.kinds() == [RunKind.FIRST, RunKind.DELTA, RunKind.FULL]
        last = [event for event in world.events if isinstance(event, RunFinished)][-1]
        assert [name for name, _ in last.pulled] == ["contacts", "items"]


async def test_stop_ends_the_running_pass(make: Make) -> None:
    """Stop cancels the pass and what is queued; the next scheduled one comes as planned."""
    world = make("contacts")
    world.zoho.put("contacts", 3)
    held = Held(world)
    async with running(world) as loop:
        assert loop.state().state is EngineState.PULLING
        await loop.send(SyncNow(full=True), Stop())
        assert loop.results() == [RunResult.INTERRUPTED]
        assert loop.state().state is EngineState.IDLE
        held.gate.set()
        await loop.advance(930)
        assert loop.results() == [RunResult.INTERRUPTED, RunResult.OK]
        await loop.send(Stop())


async def test_a_pause_stops_polling_and_a_click_still_works(make: Make) -> None:
    """In a pause nothing is scheduled; a person may sync all the same; resuming makes up for what was missed, once."""
    world = make("contacts")
    async with running(world) as loop:
        await loop.send(Pause())
        assert loop.state().state is EngineState.PAUSED
        assert world.engine.state is ConnectionState.PAUSED
        await loop.advance(3 * 900)
        assert len(loop.results()) == 1
        await loop.send(SyncNow())
        assert len(loop.results()) == 2
        assert loop.state().state is EngineState.PAUSED
        await loop.advance(3 * 900)
        await loop.send(Resume())
        assert len(loop.results()) == 3
        assert world.engine.state is ConnectionState.ACTIVE


async def test_a_pause_cancels_the_running_pass_and_may_have_an_end(make: Make) -> None:
    """The pass is stopped within a moment; the pause ends by itself, also across a restart."""
    world = make("contacts")
    held = Held(world)
    until = world.clock.now() + timedelta(hours=1)
    async with running(world) as loop:
        await loop.send(Pause(until))
        assert loop.results() == [RunResult.INTERRUPTED]
        assert (loop.state().state, loop.state().until) == (EngineState.PAUSED, until)
    held.gate.set()
    world.restart()
    world.events.clear()
    async with running(world) as loop:
        assert (loop.state().state, loop.state().until) == (EngineState.PAUSED, until)
        await loop.advance(3600)
        assert loop.results() == [RunResult.OK]
        assert loop.state().state is EngineState.IDLE


async def test_a_pass_that_a_pause_cut_short_goes_on_afterwards(make: Make) -> None:
    """Resuming makes up for it at once, without waiting for the next slot."""
    world = make("contacts")
    held = Held(world)
    async with running(world) as loop:
        await loop.send(Pause())
        held.gate.set()
        await loop.send(Resume())
        assert loop.results() == [RunResult.INTERRUPTED, RunResult.OK]


async def test_offline_is_noticed_probed_and_made_up_for(make: Make) -> None:
    """Without a network the state says so; probes get rarer; the first answer brings exactly one pass."""
    world = make("contacts")
    world.zoho.put("contacts", 2)
    async with running(world) as loop:
        world.zoho.failing["contacts"] = NetworkDown()

        async def down(_kind: str, _module: str, _what: int | str) -> None:
            raise NetworkDown

        world.zoho.before = down
        await loop.advance(930)
        assert loop.state().state is EngineState.OFFLINE
        assert loop.state().action is Action.RETRY
        assert world.engine.state is ConnectionState.OFFLINE
        world.zoho.forget_calls()
        await loop.advance(1800, step=5)
        probes = [kind for kind, _, _ in world.zoho.asked]
        assert set(probes) == {"organizations"}
        assert 8 <= len(probes) <= 14
        assert len(loop.results()) == 2
        world.zoho.before = None
        world.zoho.failing.clear()
        await loop.advance(330, step=5)
        assert loop.results()[2:] == [RunResult.OK]
        assert loop.state().state is EngineState.IDLE
        assert world.engine.state is ConnectionState.ACTIVE


async def test_a_click_while_offline_tries_at_once(make: Make) -> None:
    """A person need not wait for the next probe."""
    world = make("contacts")
    world.zoho.failing["contacts"] = NetworkDown()
    async with running(world) as loop:
        assert loop.state().state is EngineState.OFFLINE
        world.zoho.failing.clear()
        await loop.send(SyncNow())
        assert loop.state().state is EngineState.IDLE


async def test_an_answer_of_any_kind_ends_offline(make: Make) -> None:
    """A refusal proves that the network is there; a lost sign-in found by a probe is one."""
    world = make("contacts")
    world.zoho.failing["contacts"] = NetworkDown()
    async with running(world) as loop:

        async def refusing(kind: str, _module: str, _what: int | str) -> None:
            if kind == "organizations":
                raise forbidden("organizations")

        world.zoho.before = refusing
        await loop.advance(5, step=5)
        assert len(loop.results()) == 2

        async def expired(_kind: str, _module: str, _what: int | str) -> None:
            raise SignInEnded("eu", "invalid_code")

        world.zoho.before = expired
        await loop.advance(10, step=5)
        assert loop.state().state is EngineState.SIGNED_OUT
        assert world.engine.state is ConnectionState.NEEDS_SIGN_IN


async def test_a_throttle_is_waited_out(make: Make) -> None:
    """Until Zoho's time nothing is asked for, also not by a click; then one pass goes on where it stopped."""
    world = make("contacts", per_page=2)
    world.zoho.put("contacts", 6)
    until = world.clock.now() + timedelta(hours=1)

    async def throttled(_kind: str, _module: str, what: int | str) -> None:
        if what == 2:
            budget.pause(world.db, world.connection.id, until, Budget.MINUTE)
            raise CallsThrottled(Budget.MINUTE, 3600.0, until, "43")

    world.zoho.before = throttled
    async with running(world) as loop:
        assert (loop.state().state, loop.state().until) == (EngineState.WAITING, until)
        world.zoho.before = None
        world.zoho.forget_calls()
        await loop.send(SyncNow())
        await loop.advance(1800)
        assert world.zoho.asked == []
        assert [failed.action for failed in loop.refusals()] == [Action.WAIT]
        await loop.advance(1830)
        assert [what for _, _, what in world.zoho.asked][:2] == [2, 3]
        assert loop.state().state is EngineState.IDLE


async def test_a_silence_is_kept_across_a_restart(make: Make) -> None:
    """Started while Zoho wants silence, the loop waits before its first call."""
    world = make("contacts")
    until = world.clock.now() + timedelta(minutes=20)
    budget.pause(world.db, world.connection.id, until, Budget.MINUTE)
    async with running(world) as loop:
        assert (loop.state().state, loop.state().until) == (EngineState.WAITING, until)
        await loop.advance(1170)
        assert world.zoho.asked == []
        await loop.advance(60)
        assert loop.results() == [RunResult.OK]


async def test_the_reserve_is_for_clicks(make: Make) -> None:
    """When the rest of the day is kept for the person, polling waits and a click goes through."""
    world = make("contacts")
    async with running(world) as loop:

        async def reserved(_kind: str, _module: str, _what: int | str) -> None:
            if world.zoho.priorities[-1] is not Priority.USER:
                raise DayReserved(7200.0, 700, 1000)

        world.zoho.before = reserved
        await loop.advance(930)
        assert loop.state().state is EngineState.WAITING
        await loop.send(SyncNow())
        assert loop.results()[-1] is RunResult.OK


async def test_signed_out_nothing_is_asked_until_signed_in(make: Make) -> None:
    """No call, no probe; commands say why; a new sign-in in the database is noticed and brings a pass."""
    world = make("contacts")
    world.zoho.failing["contacts"] = SignInEnded("eu", "invalid_code")
    async with running(world) as loop:
        assert loop.state().state is EngineState.SIGNED_OUT
        world.zoho.failing.clear()
        world.zoho.forget_calls()
        await loop.send(SyncNow(), ReadDetail(1))
        await loop.advance(3600)
        assert world.zoho.asked == []
        assert [failed.action for failed in loop.refusals()] == [Action.SIGN_IN, Action.SIGN_IN]
        connections.set_state(world.db, world.connection.id, ConnectionState.ACTIVE)
        await loop.advance(30)
        assert loop.results()[-1] is RunResult.OK
        assert loop.state().state is EngineState.IDLE


async def test_started_signed_out_it_stays_so(make: Make) -> None:
    """What the last process found out holds for the next."""
    world = make("contacts")
    connections.set_state(world.db, world.connection.id, ConnectionState.NEEDS_SIGN_IN)
    async with running(world) as loop:
        assert loop.states() == [EngineState.SIGNED_OUT]
        await loop.advance(1800)
        assert world.zoho.asked == []


async def test_a_failed_pass_is_tried_again_at_the_next_slot(make: Make) -> None:
    """Failed is shown with the reason; the timetable goes on."""
    world = make("currencies")
    world.zoho.failing["currencies"] = TokenServerFault("eu", http_status=500)
    async with running(world) as loop:
        assert loop.state().state is EngineState.FAILED
        assert "sign-in server" in loop.state().reason
        world.zoho.failing.clear()
        await loop.advance(930)
        assert loop.state().state is EngineState.IDLE


@pytest.mark.logs("reading a detail ended in a bug")
async def test_an_opened_record_is_read_beside_everything(make: Make) -> None:
    """A detail is read while a pass runs; a second click joins; failures are told."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    async with running(world) as loop:
        one, two = record_id(world, ids[0]), record_id(world, ids[1])
        held = Held(world)
        await loop.send(SyncNow(), ReadDetail(one), ReadDetail(one))
        assert [event.record_id for event in world.events if isinstance(event, DetailReady)] == [one]
        assert [kind for kind, _, _ in world.zoho.asked].count("get") == 1
        world.zoho.refusing_details[ids[1]] = fault()
        await loop.send(ReadDetail(two))
        assert [failed.action for failed in loop.refusals()] == [Action.RETRY]
        world.zoho.refusing_details[ids[1]] = KeyError("oops")
        await loop.send(ReadDetail(two))
        assert loop.refusals()[-1].action is Action.REPORT
        world.zoho.refusing_details[ids[1]] = SignInEnded("eu", "invalid_code")
        held.gate.set()
        await loop.settle()
        await loop.send(ReadDetail(two))
        assert loop.state().state is EngineState.SIGNED_OUT


async def test_the_back_fill_runs_while_there_is_nothing_else_to_do(make: Make) -> None:
    """It stops for a pass and goes on after it, until every detail is here."""
    world = make("contacts", "currencies")
    world.zoho.put("contacts", 50)
    async with running(world) as loop:
        held = Held(world, "get")
        await loop.send(FillDetails(("contacts", "currencies")))
        assert count_details_wanted(world.db, world.connection.id) == 50
        await loop.send(SyncNow())
        assert loop.results() == [RunResult.OK] or loop.state().state is EngineState.PULLING
        held.gate.set()
        await loop.advance(60)
        assert count_details_wanted(world.db, world.connection.id) == 0
        assert loop.results() == [RunResult.OK, RunResult.OK]


async def test_a_back_fill_wanted_before_the_first_load_fills_what_it_brings(make: Make) -> None:
    """The wish is kept until there is something to fill."""
    world = make("contacts")
    world.zoho.put("contacts", 5)
    held = Held(world)
    async with running(world) as loop:
        await loop.send(FillDetails(("contacts",)))
        held.gate.set()
        await loop.settle()
        await loop.settle()
        assert [kind for kind, _, _ in world.zoho.asked].count("get") == 5


async def test_a_back_fill_goes_on_after_a_restart_and_stops_when_told(make: Make) -> None:
    """Marks outlive the process; Stop ends the back-fill until it is asked for again."""
    world = make("contacts")
    world.zoho.put("contacts", 30)
    await world.sync()
    want_details(world.db, world.connection.id, ["contacts"])
    world.restart()
    held = Held(world, "get")
    async with running(world) as loop:
        await loop.send(Stop())
        held.gate.set()
        await loop.advance(120)
        left = count_details_wanted(world.db, world.connection.id)
        assert left > 0
        await loop.send(FillDetails(("contacts",)))
        await loop.settle()
        assert count_details_wanted(world.db, world.connection.id) == 0


@pytest.mark.parametrize(
    ("error", "rest", "state"),
    [
        (DayReserved(1000.0, 700, 1000), 1030, EngineState.IDLE),
        (NetworkDown(), 330, EngineState.IDLE),
        (KeyError("oops"), 330, EngineState.IDLE),
        (SignInEnded("eu", "invalid_code"), 30, EngineState.SIGNED_OUT),
    ],
)
@pytest.mark.logs("the back-fill ended in a bug")
async def test_a_back_fill_that_fails_rests(make: Make, error: Exception, rest: int, state: EngineState) -> None:
    """A spent budget is waited for, other failures for a few minutes; polling is not disturbed by either."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    world.engine.poll_seconds = 1e6
    async with running(world) as loop:
        world.zoho.refusing_details = dict.fromkeys(ids, error)
        await loop.send(FillDetails(("contacts",)))
        assert loop.state().state is state
        asked = len(world.zoho.asked)
        world.zoho.refusing_details.clear()
        await loop.settle()
        assert len(world.zoho.asked) == asked
        await loop.advance(rest)
        left = count_details_wanted(world.db, world.connection.id)
        assert left == (0 if state is EngineState.IDLE else 3)


async def test_a_back_fill_told_to_be_silent_makes_everything_wait(make: Make) -> None:
    """A 429 is about the whole organization, whoever caused it."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    until = world.clock.now() + timedelta(hours=1)
    async with running(world) as loop:

        async def throttled(kind: str, _module: str, _what: int | str) -> None:
            if kind == "get":
                budget.pause(world.db, world.connection.id, until, Budget.MINUTE)
                raise CallsThrottled(Budget.MINUTE, 3600.0, until, "43")

        world.zoho.before = throttled
        assert ids
        await loop.send(FillDetails(("contacts",)))
        assert (loop.state().state, loop.state().until) == (EngineState.WAITING, until)


async def test_modules_and_pace_can_be_changed(make: Make) -> None:
    """A module that is switched on is read at once; the new interval holds from now."""
    world = make("contacts")
    world.zoho.put("items", 2)
    async with running(world) as loop:
        await loop.send(SetModules(("contacts", "items"), 300.0))
        assert module_states.enabled(world.db, world.connection.id) == ("contacts", "items")
        assert world.here("items") == world.there("items")
        await loop.advance(330)
        assert len(loop.results()) == 3
        await loop.send(SetModules(("contacts",), 300.0), SetModules(("unicorns",), 300.0))
        assert len(loop.results()) == 3
        assert "unicorns" in loop.refusals()[-1].title


async def test_polling_hurries_while_webhooks_cannot_be_relied_on(make: Make) -> None:
    """The shorter interval counts at once, not after the slot that was planned; taking it back restores the pace."""
    world = make("contacts")
    async with running(world) as loop:
        await loop.advance(60)
        passes = len(loop.results())
        world.engine.hurry_seconds = 120.0
        world.engine.hinted()
        await loop.settle()
        assert world.engine.next_run_at is not None
        assert world.engine.next_run_at <= world.clock.now() + timedelta(seconds=120)
        await loop.advance(480)
        hurried = len(loop.results()) - passes
        world.engine.hurry_seconds = None
        await loop.advance(60)
        passes = len(loop.results())
        await loop.advance(480)
        usual = len(loop.results()) - passes
    assert hurried == 4
    assert usual <= 1


async def test_complete_lists_are_read_at_night(make: Make) -> None:
    """Once a day, at the organization's quiet hours, deletions are found without anybody asking."""
    world = make("contacts", "items")
    ids = world.zoho.put("contacts", 3)
    async with running(world) as loop:
        world.zoho.delete("contacts", ids[0])
        await loop.advance(14 * 3600, step=900)
        assert RunKind.FULL not in loop.kinds()
        await loop.advance(26 * 3600, step=900)
        assert loop.kinds().count(RunKind.FULL) == 1
        assert world.differences() == []
        assert [run.kind for run in runs.recent(world.db, world.connection.id, 200)].count(RunKind.FULL) == 1


async def test_complete_lists_stay_within_the_days_calls(make: Make) -> None:
    """A list that would take more than half of what is left waits for another day."""
    world = make("contacts", "items")
    world.zoho.put("contacts", 900)
    async with running(world) as loop:
        budget.set_limit(world.db, world.connection.id, 8)
        await loop.advance(40 * 3600, step=900)
        full = [event for event in world.events if isinstance(event, RunFinished) and event.kind is RunKind.FULL]
        assert {name for event in full for name, _ in event.pulled} == {"items"}


async def test_a_pause_while_signed_out_changes_nothing_else(make: Make) -> None:
    """The lost sign-in stays what it is; resuming is harmless when nothing is paused."""
    world = make("contacts")
    connections.set_state(world.db, world.connection.id, ConnectionState.NEEDS_SIGN_IN)
    async with running(world) as loop:
        await loop.send(Pause(), Resume(), Resume())
        assert world.engine.state is ConnectionState.NEEDS_SIGN_IN
        assert loop.state().state is EngineState.SIGNED_OUT


async def test_an_opened_record_that_is_gone_says_nothing(make: Make) -> None:
    """The tombstone is told by the table's event; there is no detail to show."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 2)
    async with running(world) as loop:
        world.zoho.delete("contacts", ids[0])
        await loop.send(ReadDetail(record_id(world, ids[0])))
        assert not [event for event in world.events if isinstance(event, DetailReady | CommandFailed)]
        assert ids[0] not in world.here("contacts")


async def test_only_one_probe_is_under_way(make: Make) -> None:
    """A probe that hangs is not joined by others."""
    world = make("contacts")
    world.zoho.failing["contacts"] = NetworkDown()
    async with running(world) as loop:
        Held(world, "organizations")
        world.zoho.forget_calls()
        await loop.advance(300, step=5)
        await loop.send(SyncNow())
        await loop.advance(300, step=5)
        assert [kind for kind, _, _ in world.zoho.asked] == ["organizations", "list"]


def test_stored_words_are_read_back() -> None:
    """A pause's end survives as the sentence that is stored; a zone that this computer does not know counts as UTC."""
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert messages.end_of_pause(messages.paused(None)) is None
    assert messages.end_of_pause(messages.paused(noon)) == noon
    assert nightly.local_hour(noon, "Europe/London") == 13
    assert nightly.local_hour(noon, "Mars/Olympus_Mons") == 12


@pytest.mark.logs("a task failed while it was ended")
async def test_a_bug_in_obeying_does_not_leave_a_deaf_loop(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop ends with the bug instead of running on without ears."""
    world = make("contacts")

    def broken(_self: Scheduler, _command: Command) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(Scheduler, "_obey", broken)
    loop = Loop(world)
    loop.task = asyncio.create_task(world.engine.run_forever(loop.commands))
    await loop.settle()
    await loop.send(Resume())
    with pytest.raises(KeyError):
        await loop.task
