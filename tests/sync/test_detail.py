"""Details: of what changed, of what a person opens, of everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from world import Crash, World, fault, forbidden

from zbdesk.domain.errors import RejectedError, TransientError
from zbdesk.domain.status import RunResult
from zbdesk.store.problems import open_problems
from zbdesk.store.queries import detail, rows_by_ids
from zbdesk.store.trees import count_details_wanted, details_wanted, want_details
from zbdesk.sync.detail import DetailReader, Found
from zbdesk.sync.events import DetailProgress
from zbdesk.sync.side_jobs import SideJobs
from zbdesk.zoho.limits import Priority

pytestmark = pytest.mark.anyio
Make = Callable[..., World]


def reader(world: World, cause: str = "user") -> DetailReader:
    """Return a reader as the loop's side jobs use it."""
    return DetailReader(SideJobs(world.engine, asyncio.Event())._pass(cause))


def record_id(world: World, module: str, remote_id: str) -> int:
    """Find the store's key of a record."""
    with world.db.snapshot():
        return int(world.db.value("SELECT id FROM record WHERE remote_id = ?", (remote_id,)))


def asked_for(world: World) -> list[int | str]:
    """List the ids whose detail was asked for."""
    return [what for kind, _, what in world.zoho.asked if kind == "get"]


async def test_changed_records_are_read_in_full(make: Make) -> None:
    """After the lists the detail of each new or changed record is read once, four at a time."""
    world = make("contacts", "currencies")
    ids = world.zoho.put("contacts", 30)
    world.zoho.put("currencies", 2)
    await world.sync()
    assert asked_for(world) == []
    for remote_id in ids[:7]:
        world.zoho.edit("contacts", remote_id, status="void")
    world.zoho.put("currencies", 1)
    world.zoho.forget_calls()
    world.events.clear()
    run = await world.sync()
    assert sorted(map(str, asked_for(world))) == sorted(ids[:7])
    assert run.api_calls == 2 + 7
    found = detail(world.db, record_id(world, "contacts", ids[0]))
    assert found is not None
    assert found.has_detail
    assert found.remote is not None
    assert found.remote["lines"] == []
    told = [event for event in world.events if isinstance(event, DetailProgress)]
    assert (told[-1].done, told[-1].wanted) == (7, 7)


async def test_a_detail_that_was_not_read_is_read_next_time(make: Make) -> None:
    """The mark outlives a crash: the next pass reads what was left."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 10)
    await world.sync()
    for remote_id in ids[:6]:
        world.zoho.edit("contacts", remote_id, status="void")
    gets = 0

    async def before(kind: str, _module: str, _what: int | str) -> None:
        nonlocal gets
        gets += kind == "get"
        if gets == 4:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync()
    world.crash()
    world.zoho.before = None
    assert count_details_wanted(world.db, world.connection.id) > 0
    await world.sync()
    assert count_details_wanted(world.db, world.connection.id) == 0


async def test_a_record_gone_by_its_detail_gets_its_tombstone(make: Make) -> None:
    """404 with Zoho's code on a detail is the proof of a deletion."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    await world.sync()
    world.zoho.edit("contacts", ids[0], status="void")

    async def before(kind: str, _module: str, _what: int | str) -> None:
        if kind == "get":
            world.zoho.delete("contacts", ids[0])

    world.zoho.before = before
    run = await world.sync()
    assert dict(run.pulled)["contacts"].deleted == 1
    assert world.differences() == []


async def test_a_refused_detail_is_one_records_problem(make: Make) -> None:
    """The record stands on Problems and is not asked for again until it changes; then the problem goes."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    await world.sync()
    world.zoho.edit("contacts", ids[0], status="void")
    world.zoho.edit("contacts", ids[1], status="void")
    world.zoho.refusing_details[ids[0]] = forbidden("contacts")
    run = await world.sync()
    assert run.result is RunResult.ATTENTION
    (problem,) = open_problems(world.db, world.connection.id)
    assert (problem.cause, problem.number, problem.code) == ("detail_unreadable", "N-000001", "57")
    world.zoho.forget_calls()
    await world.sync()
    assert asked_for(world) == []
    world.zoho.refusing_details.clear()
    world.clock.tick(5)
    world.zoho.edit("contacts", ids[0], status="sent")
    assert (await world.sync()).result is RunResult.OK
    assert open_problems(world.db, world.connection.id) == []


async def test_a_failing_detail_is_left_for_the_next_pass(make: Make) -> None:
    """One fault of Zoho's does not stop the others; the mark stays."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 5)
    await world.sync()
    for remote_id in ids:
        world.zoho.edit("contacts", remote_id, status="void")
    world.zoho.refusing_details[ids[2]] = fault()
    run = await world.sync()
    assert run.result is RunResult.OK
    assert [remote_id for _, _, remote_id in details_wanted(world.db, world.connection.id)] == [ids[2]]
    world.zoho.refusing_details.clear()
    await world.sync()
    assert count_details_wanted(world.db, world.connection.id) == 0


async def test_details_that_all_fail_end_the_pass(make: Make) -> None:
    """When nothing but faults comes back, asking on would only burn calls."""
    world = make("contacts", parallel=1)
    ids = world.zoho.put("contacts", 20)
    await world.sync()
    for remote_id in ids:
        world.zoho.edit("contacts", remote_id, status="void")
        world.zoho.refusing_details[remote_id] = fault()
    world.zoho.forget_calls()
    run = await world.sync()
    assert run.result is RunResult.FAILED
    assert len(asked_for(world)) == 4
    assert world.differences() == []


async def test_an_opened_record_is_read_at_once(make: Make) -> None:
    """A person's wish goes before everything; a detail that is here and fresh costs no call."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    await world.sync()
    world.zoho.forget_calls()
    one = record_id(world, "contacts", ids[1])
    assert await reader(world).one(one) is Found.STORED
    assert world.zoho.priorities == [Priority.USER]
    assert await reader(world).one(one) is Found.STORED
    assert len(world.zoho.asked) == 1
    assert await reader(world).one(987654) is Found.GONE
    world.zoho.delete("contacts", ids[2])
    assert await reader(world).one(record_id(world, "contacts", ids[2])) is Found.GONE
    assert ids[2] not in world.here("contacts")


async def test_an_opened_record_that_is_refused_says_so(make: Make) -> None:
    """What goes wrong with a person's wish is raised to be told, not stored."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 2)
    await world.sync()
    world.zoho.refusing_details = {ids[0]: forbidden("contacts"), ids[1]: fault()}
    with pytest.raises(RejectedError):
        await reader(world).one(record_id(world, "contacts", ids[0]))
    with pytest.raises(TransientError):
        await reader(world).one(record_id(world, "contacts", ids[1]))


async def test_an_old_answer_never_covers_a_newer_row(make: Make) -> None:
    """A detail that was overtaken by a list row while it was under way is thrown away and asked for again."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 1)
    await world.sync()
    one = record_id(world, "contacts", ids[0])
    old_answer = world.zoho.modules["contacts"][ids[0]].row(), b'{"old": true}'
    real = world.zoho.detail
    answers = 0

    async def late(*args: object, **named: object) -> object:
        nonlocal answers
        answers += 1
        if answers > 1:
            return await real(*args, **named)  # type: ignore[arg-type]
        world.clock.tick(60)
        world.zoho.edit("contacts", ids[0], status="void")
        await world.sync()
        return old_answer

    world.zoho.detail = late  # type: ignore[assignment,method-assign]
    await world.sync()
    world.zoho.edit("contacts", ids[0], status="draft")
    answers = 0
    assert await reader(world).one(one) is Found.STORED
    assert rows_by_ids(world.db, [one])[0].status == "void"
    assert world.differences() == []


async def test_the_back_fill_reads_newest_first_and_is_resumable(make: Make) -> None:
    """Batches go at the lowest priority until nothing is left; a new reader goes on where the last one stopped."""
    world = make("contacts")
    world.zoho.put("contacts", 40)
    await world.sync()
    want_details(world.db, world.connection.id, ["contacts"])
    world.zoho.forget_calls()
    first = reader(world, "backfill")
    assert await first.batch(40)
    done = len(asked_for(world))
    assert 0 < done < 40
    assert set(world.zoho.priorities) == {Priority.BACKFILL}
    second = reader(world, "backfill")
    while await second.batch(40):
        pass
    assert len(asked_for(world)) == 40 == len(set(asked_for(world)))
    assert count_details_wanted(world.db, world.connection.id) == 0
    assert not await second.batch(40)


async def test_a_record_forgotten_meanwhile_is_passed_over(make: Make) -> None:
    """When its data is deleted here while the answer is under way, there is nothing to store it in."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 1)
    await world.sync()
    one = record_id(world, "contacts", ids[0])

    async def before(_kind: str, _module: str, _what: int | str) -> None:
        with world.db.transaction():
            world.db.execute("DELETE FROM remote WHERE record_id = ?", (one,))
            world.db.execute("DELETE FROM record WHERE id = ?", (one,))

    world.zoho.before = before
    assert await reader(world).one(one) is Found.GONE


async def test_what_cannot_be_asked_for_by_id_is_passed_over(make: Make) -> None:
    """A mark on a record without a detail call costs nothing and stops nothing."""
    world = make("locations", "contacts")
    world.zoho.put("locations", 2)
    await world.sync()
    want_details(world.db, world.connection.id, ["locations"])
    world.zoho.forget_calls()
    backfill = reader(world, "backfill")
    while await backfill.batch(2):
        pass
    assert asked_for(world) == []
