"""Reading lists: first loads, walks, head readings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from world import START, Crash, World, fault, forbidden, gone

from zbdesk.domain.status import RunKind, RunResult
from zbdesk.store import cursors, module_states
from zbdesk.store.cursors import Cursor
from zbdesk.sync import nightly
from zbdesk.sync.events import ModuleProgress, PullCount, RecordsChanged

pytestmark = pytest.mark.anyio
Make = Callable[..., World]


def cursor(world: World, module: str) -> Cursor:
    """Return where a feed stands."""
    return cursors.get(world.db, world.connection.id, module)


async def test_a_first_load_costs_one_call_a_page(make: Make) -> None:
    """The first load reads lists only: pages, at least one a module, and no detail."""
    world = make("contacts", "invoices", "items")
    world.zoho.put("contacts", 401)
    world.zoho.put("invoices", 200)
    run = await world.sync()
    assert (run.result, run.kind) == (RunResult.OK, RunKind.FIRST)
    assert run.api_calls == 3 + 1 + 1 == len(world.zoho.asked)
    assert dict(run.pulled) == {"contacts": PullCount(new=401), "items": PullCount(), "invoices": PullCount(new=200)}
    assert world.differences() == []


async def test_an_unchanged_company_costs_one_call_a_module(make: Make) -> None:
    """A quiet pass makes one call a module even when thousands of records carry the same stamp."""
    names = ("contacts", "invoices", "users", "currencies", "organizations", "banktransactions")
    world = make(*names)
    for module in names:
        world.zoho.put(module, 450)
    world.clock.tick(10)
    await world.sync()
    world.zoho.forget_calls()
    run = await world.sync()
    assert run.api_calls == len(names) == len(world.zoho.calls_by_module())
    assert run.message == "Everything is up to date."
    assert cursor(world, "contacts").sort_trusted


async def test_settings_are_read_before_what_refers_to_them(make: Make) -> None:
    """All settings lists have been answered before the first other list is asked for."""
    world = make("contacts", "currencies", "taxes", "users")
    await world.sync()
    assert [module for _, module, _ in world.zoho.asked][-1] == "contacts"


async def test_lists_are_read_four_at_a_time_and_pages_one_after_the_other(make: Make) -> None:
    """Parallel calls stay within the limit, and no list has two pages under way."""
    names = ("contacts", "items", "estimates", "invoices", "bills", "expenses")
    world = make(*names, per_page=2)
    for module in names:
        world.zoho.put(module, 6)
    under_way: list[str] = []
    most = 0

    async def before(_kind: str, module: str, _what: int | str) -> None:
        nonlocal most
        assert module not in under_way
        under_way.append(module)
        most = max(most, len(under_way))
        for _ in range(5):
            await asyncio.sleep(0)
        under_way.remove(module)

    world.zoho.before = before
    await world.sync()
    assert most == 4
    assert world.differences() == []


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", range(2, 8))
async def test_a_first_load_goes_on_at_the_next_page(make: Make, at: int, before: bool) -> None:
    """Killed at any commit, the load reads on behind the last stored page; nothing twice, nothing lost."""
    world = make("contacts", per_page=10)
    world.zoho.put("contacts", 45)
    world.crash_at_commit(at, before=before)
    try:
        await world.sync()
    except Crash:
        world.crash()
    stored = len(world.here("contacts")) // 10
    world.zoho.forget_calls()
    await world.sync()
    pages = [what for kind, _, what in world.zoho.asked if kind == "list"]
    if stored < 5 and cursor(world, "contacts").watermark is not None and world.zoho.sorts[0][0] == "created_time":
        assert pages == list(range(stored + 1, 6))
    assert world.differences() == []


async def test_changes_during_the_first_load_are_found_by_the_walk_after_it(make: Make) -> None:
    """A record that changes after its page was read is found although newer stamps were stored meanwhile."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 60)
    world.clock.tick(3600)

    async def before(_kind: str, _module: str, what: int | str) -> None:
        world.clock.tick(60)
        if what == 2:
            world.zoho.edit("contacts", ids[0], status="void")
        elif isinstance(what, int) and what > 2:
            for remote_id in ids[(what - 1) * 5 :][:5]:
                world.zoho.edit("contacts", remote_id, total=what)

    world.zoho.before = before
    await world.sync()
    world.zoho.before = None
    assert world.here("contacts")[ids[0]][1] == "sent"
    await world.sync()
    assert world.differences() == []


async def test_a_wrong_clock_does_not_hide_changes(make: Make) -> None:
    """The start of a scan is kept in Zoho's time, which the first answer tells."""
    world = make("contacts", per_page=5, skew=-26 * 3600.0)
    ids = world.zoho.put("contacts", 60)
    world.clock.tick(3600)

    async def before(_kind: str, _module: str, what: int | str) -> None:
        world.clock.tick(60)
        if isinstance(what, int) and what > 1:
            world.zoho.edit("contacts", ids[0 if what == 2 else what * 5 - 1], total=what)

    world.zoho.before = before
    await world.sync()
    world.zoho.before = None
    await world.sync()
    assert world.differences() == []


async def test_an_interrupted_walk_loses_no_older_change(make: Make) -> None:
    """The watermark waits until the walk is complete: pages below the break are read by the next one."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 40)
    await world.sync()
    world.clock.tick(3600)
    for remote_id in ids[:20]:
        world.zoho.edit("contacts", remote_id, status="void")
    known = cursor(world, "contacts").watermark

    async def before(_kind: str, _module: str, what: int | str) -> None:
        if what == 3:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync()
    world.crash()
    world.zoho.before = None
    assert cursor(world, "contacts").watermark == known
    await world.sync()
    assert world.differences() == []


async def test_an_interrupted_head_reading_is_caught_up(make: Make) -> None:
    """Pages that were still to be compared are compared by the next pass although those before them agree by now."""
    world = make("banktransactions", per_page=5)
    world.zoho.no_stamp.add("banktransactions")
    ids = world.zoho.put("banktransactions", 20)
    await world.sync()
    world.clock.tick(60)
    for remote_id in ids[:10]:
        world.zoho.edit("banktransactions", remote_id, status="void")
    world.zoho.failing = {}

    async def before(_kind: str, _module: str, what: int | str) -> None:
        if what == 2:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync()
    world.crash()
    world.zoho.before = None
    await world.sync()
    assert world.differences() == []
    world.zoho.forget_calls()
    await world.sync()
    assert len(world.zoho.asked) == 1


async def test_a_list_that_is_not_sorted_as_asked_is_compared_instead(make: Make) -> None:
    """Without the echo the same answer is compared with what is stored, and the sort is not asked for again today."""
    world = make("items", per_page=5)
    world.zoho.unsorted.add("items")
    ids = world.zoho.put("items", 20)
    await world.sync()
    world.clock.tick(60)
    world.zoho.edit("items", ids[1], status="inactive")
    world.zoho.forget_calls()
    run = await world.sync()
    assert dict(run.pulled)["items"] == PullCount(changed=1)
    assert [what for kind, _, what in world.zoho.asked if kind == "list"] == [1, 2]
    assert cursor(world, "items").sort_trusted is False
    world.zoho.forget_calls()
    await world.sync()
    assert world.zoho.sorts == [(None, None)]


async def test_an_unsorted_list_is_read_completely_every_six_hours(make: Make) -> None:
    """Changes deep in a list that cannot be walked are found within a quarter of a day."""
    world = make("items", per_page=5)
    world.zoho.unsorted.add("items")
    ids = world.zoho.put("items", 20)
    await world.sync()
    await world.sync()
    world.zoho.edit("items", ids[19], status="inactive")
    world.clock.tick(3600)
    await world.sync()
    assert world.differences() == ["items"]
    world.clock.tick(6 * 3600)
    await world.sync()
    assert world.differences() == []


async def test_a_sort_that_breaks_in_the_middle_is_not_trusted(make: Make) -> None:
    """Rows that rise again on a later page end the walk; the comparison starts over at the head."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 30)
    await world.sync()
    world.clock.tick(3600)
    for remote_id in ids:
        world.zoho.edit("contacts", remote_id, total=1)
    calls = 0

    async def before(_kind: str, _module: str, _what: int | str) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            world.zoho.unsorted.add("contacts")

    world.zoho.before = before
    run = await world.sync()
    assert run.result is RunResult.OK
    assert world.differences() == []


async def test_a_daily_complete_list_finds_what_the_head_does_not_show(make: Make) -> None:
    """A list without stamps is read to its end once a day by an ordinary pass."""
    world = make("banktransactions", per_page=5)
    world.zoho.no_stamp.add("banktransactions")
    ids = world.zoho.put("banktransactions", 20)
    await world.sync()
    world.zoho.edit("banktransactions", ids[19], status="void")
    await world.sync()
    assert world.differences() == ["banktransactions"]
    world.clock.tick(24 * 3600)
    await world.sync()
    assert world.differences() == []


async def test_new_rows_with_a_first_page_full_of_equal_stamps_are_found(make: Make) -> None:
    """The overlap is read even when many records carry the newest stamp."""
    world = make("contacts", per_page=5)
    world.zoho.put("contacts", 20)
    await world.sync()
    await world.sync()
    world.zoho.put("contacts", 7)
    run = await world.sync()
    assert dict(run.pulled)["contacts"].new == 7
    assert world.differences() == []


async def test_a_list_that_repeats_itself_is_given_up(make: Make) -> None:
    """The same page twice in a row would never end; the module fails, the others are read."""
    world = make("contacts", "items", per_page=5)
    world.zoho.put("contacts", 12)
    world.zoho.put("items", 2)
    world.zoho.repeating.add("contacts")
    run = await world.sync()
    assert run.result is RunResult.ATTENTION
    assert world.here("items") == world.there("items")
    world.zoho.repeating.clear()
    run = await world.sync()
    assert run.result is RunResult.OK
    assert world.differences() == []


async def test_progress_is_told_after_each_page(make: Make) -> None:
    """Each stored page is an event with what is here and what Zoho said there is; the last says that it is the last."""
    world = make("contacts", per_page=10)
    world.zoho.put("contacts", 25)
    module_states.set_expected(world.db, world.connection.id, "contacts", 25)
    await world.sync()
    told = [event for event in world.events if isinstance(event, ModuleProgress)]
    assert [(event.done, event.calls) for event in told] == [(10, 1), (20, 2), (25, 3), (25, 3)]
    assert [event.finished for event in told] == [False, False, False, True]
    assert {event.expected for event in told} == {25}
    assert sum(isinstance(event, RecordsChanged) for event in world.events) == 3


async def test_lists_below_other_records_are_read_only_when_asked_for(make: Make) -> None:
    """An ordinary pass leaves them out; named, they cost a call for each parent and are resumed at the next one."""
    world = make("projects", "tasks")
    parents = world.zoho.put("projects", 3)
    for parent in parents:
        world.zoho.put("tasks", 2, parent=parent)
    await world.sync()
    assert world.here("tasks") == {}
    calls = 0

    async def before(_kind: str, _module: str, _what: int | str) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync("tasks")
    world.crash()
    world.zoho.before = None
    world.zoho.forget_calls()
    await world.sync("tasks")
    assert len(world.zoho.asked) == 2
    assert world.differences() == []


async def test_a_full_pass_reads_lists_below_few_records(make: Make) -> None:
    """Up to fifty parents, which must be on; contact persons only when named. How many there are is seen in time."""
    world = make("projects", "tasks", "contacts", "contact_persons", "exchange_rates", "creditnote_refunds")
    parents = world.zoho.put("projects", 50)
    (person,) = world.zoho.put("contacts", 1)
    world.zoho.put("contact_persons", 1, parent=person)
    world.zoho.put("tasks", 2, parent=parents[0])
    world.zoho.put("creditnote_refunds", 3)
    await world.sync()
    assert set(world.zoho.calls_by_module()) == {"projects", "contacts", "creditnote_refunds"}
    world.zoho.forget_calls()
    await world.sync(full=True)
    assert world.zoho.calls_by_module()["tasks"] == 50
    assert set(world.zoho.calls_by_module()) == {"projects", "tasks", "contacts", "creditnote_refunds"}
    assert len(world.here("tasks")) == 2
    assert len(world.here("creditnote_refunds")) == 3
    world.zoho.put("projects", 1)
    world.zoho.forget_calls()
    await world.sync(full=True)
    assert "tasks" not in world.zoho.calls_by_module()
    await world.sync("tasks", "contact_persons")
    assert world.zoho.calls_by_module()["tasks"] == 51
    assert len(world.here("contact_persons")) == 1


async def test_lists_below_other_records_are_read_at_night(make: Make) -> None:
    """The night reads the cheap ones, also for the first time, and leaves them alone until the next night."""
    world = make("projects", "tasks", "contacts", "contact_persons")
    (parent,) = world.zoho.put("projects", 1)
    world.zoho.put("contacts", 1)
    world.zoho.put("tasks", 2, parent=parent)
    assert nightly.due(world.engine) == ()
    await world.sync()
    assert nightly.due(world.engine) == ()
    world.clock.jump(3 * 24 * 3600)
    due = nightly.due(world.engine)
    assert due == ("contacts", "projects", "tasks")
    await world.sync(*due, full=True, cause="nightly")
    assert len(world.here("tasks")) == 2
    assert nightly.due(world.engine) == ()
    world.zoho.put("projects", 50)
    await world.sync("contact_persons")
    await world.sync()
    world.clock.jump(3 * 24 * 3600)
    assert nightly.due(world.engine) == ("contacts", "projects")


async def test_a_parent_that_is_gone_has_no_lists(make: Make) -> None:
    """A parent deleted meanwhile is passed over; any other refusal is the module's problem."""
    world = make("projects", "tasks")
    world.zoho.put("projects", 1)
    await world.sync()
    world.zoho.failing["tasks"] = gone("tasks")
    assert (await world.sync("tasks")).result is RunResult.OK
    world.zoho.failing["tasks"] = forbidden("tasks")
    assert (await world.sync("tasks")).result is RunResult.FAILED


async def test_a_long_first_load_is_checked_at_the_next_quiet_time(make: Make) -> None:
    """Only a list read in one go counts as complete; a load that was resumed has no date of a full list."""
    world = make("contacts", "items", per_page=5)
    world.zoho.put("contacts", 12)

    async def before(_kind: str, module: str, what: int | str) -> None:
        if module == "contacts" and what == 2:
            raise fault()

    world.zoho.before = before
    await world.sync()
    world.zoho.before = None
    await world.sync()
    assert cursor(world, "contacts").first_done
    assert cursor(world, "contacts").last_full_at is None
    assert cursor(world, "items").last_full_at is not None


async def test_a_parents_long_list_is_read_to_its_end(make: Make) -> None:
    """Pages below one parent are followed; a resumed scan without further parents just ends."""
    world = make("projects", "tasks", per_page=2)
    (parent,) = world.zoho.put("projects", 1)
    world.zoho.put("tasks", 5, parent=parent)
    await world.sync("projects")
    world.zoho.split_nested = True
    await world.sync("tasks")
    assert world.calls("tasks") == [1, 2, 3]
    assert world.differences() == []
    with world.db.transaction():
        cursors.put(
            world.db,
            world.connection.id,
            "tasks",
            replace(cursor(world, "tasks"), scan_kind=RunKind.FULL, scan_page=2, scan_started=int(START.timestamp())),
        )
    world.zoho.forget_calls()
    await world.sync("tasks", cause="nightly")
    assert world.calls("tasks") == [1, 2, 3]
