"""Hours, sparing, sleep and the guard of the organization: what begins by itself, and what a click may all the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from books_world import BooksWorld
from hypothesis import given
from hypothesis import strategies as st
from world import World

from zbdesk.domain.fingerprint import Guard
from zbdesk.domain.status import EngineState, RunKind, RunResult
from zbdesk.store import guards
from zbdesk.sync import messages
from zbdesk.sync.commands import Command, ConfirmOrganization, Hold, Resume, SetHours, SetPace, SyncNow, Woke
from zbdesk.sync.events import RunFinished, StateChanged
from zbdesk.sync.hours import ALWAYS, Hours, hours_of
from zbdesk.zoho.errors import NetworkDown

pytestmark = pytest.mark.anyio
Make = Callable[..., World]


class Loop:
    """A world whose engine runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.commands: asyncio.Queue[Command] = asyncio.Queue()

    async def settle(self) -> None:
        """Let everything happen that needs no time."""
        for _ in range(400):
            await asyncio.sleep(0)

    async def send(self, *commands: Command) -> None:
        """Hand commands in and let them work."""
        for command in commands:
            self.commands.put_nowait(command)
        await self.settle()

    async def advance(self, seconds: float, step: float = 300.0) -> None:
        """Let time pass in steps."""
        while seconds > 0:
            self.world.clock.tick(min(step, seconds))
            seconds -= step
            await self.settle()

    def passes(self) -> int:
        """How many passes have ended."""
        return sum(isinstance(event, RunFinished) for event in self.world.events)

    def state(self) -> StateChanged:
        """The state told last."""
        return [event for event in self.world.events if isinstance(event, StateChanged)][-1]


@asynccontextmanager
async def running(world: World) -> AsyncIterator[Loop]:
    """Run the engine's loop until the block ends."""
    loop = Loop(world)
    task = asyncio.create_task(world.engine.run_forever(loop.commands))
    await loop.settle()
    try:
        yield loop
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-20 01:29", False),  # Friday 06:59 in Kolkata
        ("2026-11-20 01:30", True),
        ("2026-11-20 15:29", True),
        ("2026-11-20 15:30", False),
        ("2026-11-21 05:00", True),  # Saturday
        ("2026-11-22 05:00", False),  # Sunday
    ],
)
async def test_hours_are_those_of_the_organizations_zone(moment: str, allowed: bool) -> None:
    """The begin belongs to the hours, the end does not, and a day that was left out is left out."""
    hours = hours_of("07:00", "21:00", "123456", "Asia/Kolkata")
    assert hours.allows(at(moment)) is allowed


async def test_hours_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    """22:00 to 06:00 on Fridays runs into Saturday morning, and not into Friday morning."""
    hours = hours_of("22:00", "06:00", "5", "UTC")
    assert not hours.allows(at("2026-11-20 05:00"))
    assert hours.allows(at("2026-11-20 23:00"))
    assert hours.allows(at("2026-11-21 05:59"))
    assert not hours.allows(at("2026-11-21 23:00"))
    assert hours.opens_at(at("2026-11-21 07:00")) == at("2026-11-27 22:00")


async def test_a_zone_that_is_not_known_counts_as_utc() -> None:
    """A name of Zoho's that this computer lacks must not stop syncing."""
    assert hours_of("07:00", "08:00", "", "Mars/Olympus").allows(at("2026-11-20 07:30"))


@given(
    begin=st.integers(0, 1439), end=st.integers(0, 1439), days=st.sets(st.integers(1, 7), min_size=1),
    minutes=st.integers(0, 60 * 24 * 400),
)  # fmt: skip
def test_whatever_the_hours_they_open_again_and_not_too_early(
    begin: int, end: int, days: set[int], minutes: int
) -> None:
    """Where it is closed there is a next opening within eight days, it is open then, and was closed a minute before."""
    clock = [f"{value // 60:02}:{value % 60:02}" for value in (begin, end)]
    hours = hours_of(clock[0], clock[1], "".join(map(str, sorted(days))), "Europe/Berlin")
    now = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    opens = hours.opens_at(now)
    if opens is None:
        assert hours.allows(now)
        return
    assert not hours.allows(now)
    assert now < opens <= now + timedelta(days=8, hours=2)


async def test_no_hours_are_no_limit() -> None:
    """Without times and days every moment is allowed."""
    assert hours_of("", "", "", "Asia/Kolkata") == ALWAYS
    assert Hours().allows(at("2026-11-22 03:00"))
    assert ALWAYS.opens_at(at("2026-11-22 03:00")) is None


async def test_c37_outside_the_hours_nothing_begins_and_one_pass_makes_up_for_all(make: Make) -> None:
    """Slots that came due meanwhile bring one pass at the opening, not one each; the state says until when."""
    world = make("contacts")
    async with running(world) as loop:
        assert loop.passes() == 1
        now = world.clock.now().astimezone(UTC)
        zone = world.connection.organization.time_zone
        opens = (now + timedelta(hours=6)).astimezone(hours_zone(zone))
        closes = opens + timedelta(hours=2)
        await loop.send(SetHours(f"{opens:%H:%M}", f"{closes:%H:%M}", ""))
        assert loop.state().state is EngineState.PAUSED
        assert loop.state().reason == messages.OUTSIDE_HOURS
        assert loop.state().until is not None
        await loop.advance(5 * 3600)
        assert loop.passes() == 1
        await loop.advance(3700)
        assert loop.passes() in {2, 3}  # the one that was owed, and the next slot inside the hours
        assert loop.state().state is EngineState.IDLE


def hours_zone(name: str) -> object:
    """The zone of a name."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


async def test_c96_a_click_runs_outside_the_hours_and_resume_is_one_run(make: Make) -> None:
    """Sync now and Resume are an exception for one pass; what holds it goes on afterwards."""
    world = make("contacts")
    async with running(world) as loop:
        await loop.send(Hold("This computer is on a metered connection."))
        assert loop.state().state is EngineState.PAUSED
        assert loop.state().reason == "This computer is on a metered connection."
        await loop.advance(2000)
        assert loop.passes() == 1
        await loop.send(SyncNow())
        assert loop.passes() == 2
        await loop.send(Resume())
        assert loop.passes() == 3
        assert loop.state().state is EngineState.PAUSED
        await loop.send(Hold(""))
        assert loop.state().state is EngineState.IDLE


async def test_what_was_owed_while_held_runs_once_afterwards(make: Make) -> None:
    """A battery that is charged again brings the pass that was missed, once."""
    world = make("contacts")
    async with running(world) as loop:
        await loop.send(Hold("The battery is below 20 %."))
        await loop.advance(4000)
        await loop.send(Hold(""))
        await loop.advance(60, step=30)
        assert loop.passes() == 2


async def test_c37_after_sleep_the_network_is_asked_before_a_pass(make: Make) -> None:
    """While nobody answers there is no pass; with the first answer there is exactly one."""
    world = make("contacts")
    async with running(world) as loop:

        async def down(_kind: str, _module: str, _what: int | str) -> None:
            raise NetworkDown

        world.zoho.before = down
        world.zoho.forget_calls()
        world.clock.jump(8 * 3600)
        await loop.send(Woke())
        assert loop.state().state is EngineState.OFFLINE
        await loop.advance(60, step=5)
        assert {kind for kind, _, _ in world.zoho.asked} == {"organizations"}
        assert loop.passes() == 1
        world.zoho.before = None
        await loop.advance(120, step=5)
        assert loop.passes() == 2
        assert loop.state().state is EngineState.IDLE


async def test_pace_and_reserve_reach_the_gate(make: Make) -> None:
    """What the settings say counts at once, for the calls that are to come."""
    world = make("contacts")
    heard: list[tuple[int, float]] = []
    world.engine.set_pace = lambda per_minute, reserve: heard.append((per_minute, reserve))
    async with running(world) as loop:
        await loop.send(SetPace(30, 0.5))
    assert heard == [(30, 0.5)]


CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}


async def test_nothing_is_written_to_an_organization_that_waits_for_a_yes(tmp_path: Path) -> None:
    """A guard lets lists be read and nothing leave, in any pass; a yes lets it leave."""
    world = BooksWorld(tmp_path)
    try:
        assert (await world.sync()).result is RunResult.OK
        guards.put(world.db, world.connection.id, Guard(before="Meridian Foods"))
        world.put("contacts", CONTACT)
        held = await world.sync()
        assert (held.result, held.message) == (RunResult.ATTENTION, messages.CONFIRM)
        assert held.pending == 1
        assert world.wire.writes() == []
        guards.clear(world.db, world.connection.id)
        done = await world.sync()
        assert done.result is RunResult.OK
        assert len(world.wire.writes()) == 1
    finally:
        await world.aclose()


async def test_the_yes_is_a_command_that_begins_a_pass(make: Make) -> None:
    """Confirming clears the guard for good and syncs at once."""
    world = make("contacts")
    guards.put(world.db, world.connection.id, Guard(changed=(("tax_id", "A", "B"),)))
    async with running(world) as loop:
        await loop.send(ConfirmOrganization())
        assert guards.get(world.db, world.connection.id) is None
        assert [e.kind for e in world.events if isinstance(e, RunFinished)] == [RunKind.FIRST, RunKind.DELTA]


async def test_a_guard_remembers_what_changed_when_the_organization_changes_again(make: Make) -> None:
    """Switching there and back must not make anybody forget that the tax ID is another."""
    world = make("contacts")
    changed = (("tax_id", "A", "B"),)
    guards.put(world.db, world.connection.id, Guard(changed=changed))
    guards.put(world.db, world.connection.id, Guard(before="Meridian Foods"))
    assert guards.get(world.db, world.connection.id) == Guard("Meridian Foods", changed)


async def test_the_back_fill_rests_while_the_computer_is_spared(make: Make) -> None:
    """Line items of everything are a thing that can wait; they go on afterwards."""
    from zbdesk.store.trees import count_details_wanted, want_details

    world = make("invoices")
    world.zoho.put("invoices", 3)
    async with running(world) as loop:
        await loop.send(Hold("This computer is on a metered connection."))
        want_details(world.db, world.connection.id, ("invoices",))
        world.zoho.forget_calls()
        await loop.advance(120, step=30)
        assert world.zoho.asked == []
        assert count_details_wanted(world.db, world.connection.id) == 3
