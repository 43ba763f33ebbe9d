"""Many events: what is read by its list, what one by one, and that no stream of them starves anything else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webhook_site import Inbox, event, looking
from world import World

from zbdesk.domain.modules import MODULES
from zbdesk.store import inbox
from zbdesk.sync import crowds, reading
from zbdesk.sync.commands import Pause, ReplayEvent, Resume, SyncNow
from zbdesk.zoho.limits import Priority


@pytest.mark.anyio
async def test_a_crowd_of_events_during_a_pass_waits_for_its_lists(make: Callable[..., World]) -> None:
    """Sixty changed invoices while their list is being read cost that list, not sixty calls ahead of it."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 60, total=1)
    async with looking(world) as site:
        listing, reading = asyncio.Event(), asyncio.Event()

        async def hold(kind: str, module: str, _what: int | str) -> None:
            if module == "invoices":
                await (listing if kind == "list" else reading).wait()

        world.zoho.before = hold
        await site.command(SyncNow())
        world.clock.tick(1)
        for one in ids:
            world.zoho.edit("invoices", one, status="paid")
            await site.tell("invoices", one)
        reading.set()
        await site.settle()
        assert len(site.reads()) == 1
        assert site.results().count("waiting_busy") == 59
        world.clock.tick(1)
        listing.set()
        await site.advance(60)
        assert world.here("invoices") == world.there("invoices")
        assert sorted(set(site.results())) == ["already_known", "updated"]
        assert site.results().count("updated") == 1
        assert world.zoho.priorities.count(Priority.WEBHOOK) <= 2


@pytest.mark.anyio
async def test_a_stream_of_events_leaves_calls_for_everything_else(make: Callable[..., World]) -> None:
    """Two changes a second for a minute: the first are read one by one, then a list every few seconds."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 120, total=1)
    async with looking(world) as site:
        for one in ids:
            world.clock.tick(0.5)
            world.zoho.edit("invoices", one, status="paid")
            await site.tell("invoices", one)
        ahead = [what for what in world.zoho.priorities if what is Priority.WEBHOOK]
        lists = [kind for kind, name, _ in world.zoho.asked if kind == "list" and name == "invoices"]
        assert len(site.reads()) >= 20
        assert len(lists) <= 60 / crowds.PAUSE
        assert len(ahead) <= crowds.ALL + len(lists)
        await site.advance(10, step=1)
        assert world.here("invoices") == world.there("invoices")
        assert not any(result.startswith("waiting") for result in site.results())


@pytest.mark.anyio
async def test_a_few_events_are_read_one_by_one_however_long_they_come(make: Callable[..., World]) -> None:
    """Somebody who works in Zoho Books sees each change at once: no list stands between."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 50, total=1)
    async with looking(world) as site:
        for one in ids:
            world.clock.tick(2)
            world.zoho.edit("invoices", one, status="paid")
            await site.tell("invoices", one)
            assert site.results()[-1] == "updated"
        assert world.zoho.asked == [("get", "invoices", one) for one in ids]


@pytest.mark.anyio
async def test_a_crowd_without_times_is_answered_by_the_list(make: Callable[..., World]) -> None:
    """Form fields without a time, about records that did not change: one page of the list, and no call for each."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 60, total=1)
    async with looking(world) as site:
        await site.command(Pause())
        for one in ids:
            await site.send({"invoice": {"invoice_id": one}})
        world.clock.tick(5)
        await site.command(Resume())
        assert set(site.results()) == {"already_known"}
        assert [kind for kind, *_ in world.zoho.asked] == ["list"]


@pytest.mark.anyio
async def test_what_a_person_replays_is_read_in_a_crowd_too(make: Callable[..., World]) -> None:
    """The list answers the others; the one that somebody wants read is read."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 60, total=1)
    async with looking(world) as site:
        await site.command(Pause())
        for one in ids:
            await site.send({"invoice": {"invoice_id": one}})
        world.clock.tick(5)
        await site.command(ReplayEvent(site.events()[7].id))
        await site.command(Resume())
        assert site.results().count("already_known") == 59
        assert site.reads() == [ids[7]]


@pytest.mark.anyio
async def test_a_crowd_is_settled_in_one_transaction(make: Callable[..., World]) -> None:
    """Three hundred events that a list has answered cost the disk one look, not three hundred."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 300, total=1)
    async with looking(world) as site:
        await site.command(Pause())
        for one in ids:
            await site.intake.take(event({"invoice": {"invoice_id": one}}))
        await site.settle()
        world.clock.tick(5)
        writes: list[str] = []
        world.db._raw.set_trace_callback(lambda sql: writes.append(sql) if sql == "BEGIN IMMEDIATE" else None)
        await site.command(Resume())
        world.db._raw.set_trace_callback(None)
        assert set(site.results()) == {"already_known"}
        assert len(writes) < 20


@pytest.mark.anyio
async def test_a_single_sync_reads_a_crowd_by_its_lists(make: Callable[..., World]) -> None:
    """What came while nothing ran is answered by the lists of the pass, not by a call for each."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 60, total=1)
    await world.engine.run_pass(kind=None, cause="user")
    intake = Inbox(world).intake
    for one in ids:
        await intake.take(event({"invoice": {"invoice_id": one}}))
    world.clock.tick(5)
    world.zoho.forget_calls()
    await world.engine.run_pass(kind=None, cause="user", events=True)
    assert [kind for kind, name, _ in world.zoho.asked if name == "invoices"] == ["list"]
    assert inbox.count_waiting(world.db, world.connection.id) == 0


NAMES = sorted(name for name, module in MODULES.items() if reading.by_id(module))


@given(
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100)),
    st.lists(st.tuples(st.sampled_from(NAMES), st.floats(0, 120)), max_size=80),
)
def test_what_is_left_to_read_one_by_one_is_bounded(waiting: dict[str, int], read: list[tuple[str, float]]) -> None:
    """Whatever waits and was read: only modules with a list go by it, and only the rest may be dear."""
    known = crowds.Crowds()
    for name, at in sorted(read, key=lambda one: one[1]):
        known.read_singly(name, at)
    crowded = known.of(waiting, 120.0)
    assert all(crowds.has_list(name) and waiting[name] for name in crowded)
    able = [name for name, count in waiting.items() if count and crowds.has_list(name)]
    singly = sum(count for name, count in waiting.items() if name not in crowded)
    recent = sum(at > 60.0 for _, at in read)
    assert singly + recent <= crowds.ALL or crowded == frozenset(able)
    assert all(waiting[name] <= crowds.MANY for name in able if name not in crowded)
