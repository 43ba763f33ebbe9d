"""Deletions: what a complete list lacks is looked up, then buried; or a person is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from world import Crash, World, fault

from zbdesk.domain.status import RunKind, RunResult
from zbdesk.store import cursors, diary
from zbdesk.store.problems import open_problems
from zbdesk.sync.events import PullCount
from zbdesk.zoho.errors import NotFound

pytestmark = pytest.mark.anyio
Make = Callable[..., World]


def lines(world: World, kind: str) -> list[str]:
    """List the diary's lines of a kind."""
    return [entry.text for entry in diary.recent(world.db, world.connection.id) if entry.kind == kind]


async def test_an_ordinary_pass_does_not_look_for_deletions(make: Make) -> None:
    """Only a complete list can say that something is gone."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 5)
    await world.sync()
    world.zoho.delete("contacts", ids[0])
    await world.sync()
    assert ids[0] in world.here("contacts")
    run = await world.sync(full=True)
    assert (run.result, run.kind) == (RunResult.OK, RunKind.FULL)
    assert dict(run.pulled)["contacts"] == PullCount(deleted=1)
    assert world.differences() == []
    assert lines(world, "deleted") == ["Contact: deleted in Zoho Books. The last known state is kept here."]
    assert lines(world, "pulled") == ["Contacts: 1 deleted"]


async def test_a_record_that_answers_by_id_is_not_deleted(make: Make) -> None:
    """Rows move while pages are read: a record that the list skipped is looked up and stays."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 15)
    await world.sync()

    async def before(kind: str, _module: str, what: int | str) -> None:
        if kind == "list" and what == 2:
            world.zoho.delete("contacts", ids[0])  # the sixth record moves to the first page, which has been read

    world.zoho.before = before
    world.zoho.forget_calls()
    run = await world.sync(full=True)
    looked_up = {what for kind, _, what in world.zoho.asked if kind == "get"}
    assert looked_up == {ids[5]}
    assert dict(run.pulled)["contacts"].deleted == 0
    world.zoho.before = None
    await world.sync(full=True)
    assert world.differences() == []


@pytest.mark.parametrize("module", ["contacts", "locations"])
async def test_an_empty_list_deletes_nothing(make: Make, module: str) -> None:
    """An empty answer where records are known is told, not believed."""
    world = make(module)
    world.zoho.put(module, 4)
    await world.sync()
    world.zoho.empty.add(module)
    run = await world.sync(full=True)
    assert run.result is RunResult.OK
    assert len(world.here(module)) == 4
    assert len(lines(world, "notice")) == 1
    assert not [call for call in world.zoho.asked if call[0] == "get"]


async def test_too_many_deletions_are_a_question(make: Make) -> None:
    """Over ten and over a fifth: nothing is removed, a problem asks, and the answer is obeyed."""
    world = make("contacts", "items")
    ids = world.zoho.put("contacts", 40)
    await world.sync()
    for remote_id in ids[:11]:
        world.zoho.delete("contacts", remote_id)
    run = await world.sync(full=True)
    assert run.result is RunResult.ATTENTION
    assert len(world.here("contacts")) == 40
    (problem,) = open_problems(world.db, world.connection.id)
    assert (problem.cause, problem.module) == ("mass_deletion", "contacts")
    assert problem.message.startswith("11 of 40 Contacts")
    assert problem.remedy
    await world.sync()
    assert open_problems(world.db, world.connection.id), "an ordinary pass does not take the question back"
    run = await world.sync(full=True, confirmed=("contacts",))
    assert run.result is RunResult.OK
    assert world.differences() == []
    assert open_problems(world.db, world.connection.id) == []


async def test_a_question_goes_when_the_records_are_back(make: Make) -> None:
    """A list that is whole again answers the question by itself."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 40)
    await world.sync()
    kept = {remote_id: world.zoho.modules["contacts"].pop(remote_id) for remote_id in ids[:20]}
    assert (await world.sync(full=True)).result is RunResult.ATTENTION
    world.zoho.modules["contacts"].update(kept)
    assert (await world.sync(full=True)).result is RunResult.OK


async def test_without_a_detail_call_two_complete_lists_decide(make: Make) -> None:
    """Where one record cannot be asked for, the list is read a second time before anything is buried."""
    world = make("locations")
    ids = world.zoho.put("locations", 4)
    await world.sync()
    world.zoho.delete("locations", ids[2])
    world.zoho.forget_calls()
    run = await world.sync(full=True)
    assert [kind for kind, _, _ in world.zoho.asked] == ["list", "list"]
    assert dict(run.pulled)["locations"].deleted == 1
    assert world.differences() == []


async def test_an_interrupted_scan_without_lookups_is_made_up_for(make: Make) -> None:
    """What went after a page was read is found although the list that confirms is a second one."""
    world = make("locations")
    ids = world.zoho.put("locations", 5)
    await world.sync()
    world.zoho.delete("locations", ids[0])
    world.crash_at_commit(2, before=False)
    with pytest.raises(Crash):
        await world.sync(full=True)
    world.crash()
    world.zoho.delete("locations", ids[1])
    await world.sync(full=True)
    assert world.differences() == []


async def test_the_second_list_may_disagree(make: Make) -> None:
    """What only one of two lists lacks stays; an empty second list decides nothing."""
    world = make("locations")
    world.zoho.put("locations", 4)
    await world.sync()
    (remote_id, record) = next(iter(world.zoho.modules["locations"].items()))
    calls = 0

    async def before(_kind: str, _module: str, _what: int | str) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            del world.zoho.modules["locations"][remote_id]
        elif calls == 2:
            world.zoho.modules["locations"][remote_id] = record
        elif calls == 3:
            world.zoho.delete("locations", remote_id)
        elif calls == 4:
            world.zoho.empty.add("locations")

    world.zoho.before = before
    assert dict((await world.sync(full=True)).pulled)["locations"].deleted == 0
    assert dict((await world.sync(full=True)).pulled)["locations"].deleted == 0
    assert len(world.here("locations")) == 4


async def test_a_failing_lookup_buries_nothing_and_is_made_up_for(make: Make) -> None:
    """A record is gone only when Zoho says so; the scan's end is remembered and the rest looked up next time."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 20)
    await world.sync()
    world.zoho.delete("contacts", ids[3])
    world.zoho.refusing_details[ids[3]] = fault()
    run = await world.sync(full=True)
    assert run.result is RunResult.ATTENTION or run.result is RunResult.FAILED
    assert ids[3] in world.here("contacts")
    world.zoho.refusing_details.clear()
    run = await world.sync(full=True)
    assert run.result is RunResult.OK
    assert world.differences() == []


async def test_a_deleted_record_that_returns_is_alive_again(make: Make) -> None:
    """A tombstone is taken back when Zoho lists the record again."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 3)
    await world.sync()
    record = world.zoho.modules["contacts"].pop(ids[0])
    await world.sync(full=True)
    assert ids[0] not in world.here("contacts")
    world.zoho.modules["contacts"][ids[0]] = record
    run = await world.sync(full=True)
    assert dict(run.pulled)["contacts"] == PullCount(changed=1)
    assert world.differences() == []


@pytest.mark.parametrize(("cause", "pages"), [("nightly", [4, 5, 6, 1, 2]), ("user", [4, 5, 6, 1, 2, 3, 4, 5, 6])])
async def test_a_complete_scan_goes_on_after_a_crash(make: Make, cause: str, pages: list[int]) -> None:
    """Within a day the scan is resumed; at night a walk makes up for the gap, a person gets the whole list again."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 30)
    world.clock.tick(10)
    await world.sync()

    async def before(kind: str, _module: str, what: int | str) -> None:
        if kind == "list" and what == 4:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync(full=True)
    world.crash()
    world.zoho.before = None
    world.clock.tick(3600)
    world.zoho.delete("contacts", ids[29])
    world.zoho.edit("contacts", ids[0], status="void")
    world.zoho.forget_calls()
    await world.sync(full=True, cause=cause)
    assert [what for kind, _, what in world.zoho.asked if kind == "list"] == pages
    assert world.differences() == []


async def test_an_old_complete_scan_starts_over(make: Make) -> None:
    """After a day an interrupted scan does not decide over deletions any more."""
    world = make("contacts", per_page=5)
    world.zoho.put("contacts", 12)
    await world.sync()

    async def before(_kind: str, _module: str, what: int | str) -> None:
        if what == 2:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync(full=True)
    world.crash()
    world.zoho.before = None
    before_id = cursors.get(world.db, world.connection.id, "contacts").scan_id
    world.clock.tick(25 * 3600)
    world.zoho.forget_calls()
    await world.sync(full=True)
    assert [what for kind, _, what in world.zoho.asked if kind == "list"] == [1, 2, 3]
    assert cursors.get(world.db, world.connection.id, "contacts").scan_id == before_id + 1


async def test_a_full_pass_makes_up_for_an_interrupted_first_load(make: Make) -> None:
    """Rows that slipped past a resumed first load are found when everything was asked for."""
    world = make("contacts", per_page=5)
    ids = world.zoho.put("contacts", 30)

    async def before(_kind: str, _module: str, what: int | str) -> None:
        if what == 3:
            raise Crash

    world.zoho.before = before
    with pytest.raises(Crash):
        await world.sync()
    world.crash()
    world.zoho.before = None
    world.zoho.delete("contacts", ids[0])
    run = await world.sync(full=True)
    assert run.result is RunResult.OK
    assert world.differences() == []


async def test_a_refused_lookup_is_the_modules_problem(make: Make) -> None:
    """Only Zoho's code for "does not exist" buries; another refusal is told."""
    world = make("contacts", "items")
    ids = world.zoho.put("contacts", 5)
    await world.sync()
    world.zoho.delete("contacts", ids[0])
    world.zoho.refusing_details[ids[0]] = NotFound("contacts", http_status=404, code="5", reason="Invalid URL Passed")
    await world.sync(full=True)
    assert ids[0] in world.here("contacts")


async def test_many_confirmed_deletions_are_counted_but_not_all_named(make: Make) -> None:
    """The diary names the first ten, the run counts all."""
    world = make("contacts")
    ids = world.zoho.put("contacts", 100)
    await world.sync()
    for remote_id in ids[:15]:
        world.zoho.delete("contacts", remote_id)
    run = await world.sync(full=True)
    assert dict(run.pulled)["contacts"].deleted == 15
    assert len(lines(world, "deleted")) <= 15
    assert world.differences() == []


async def test_lists_below_other_records_are_never_swept(make: Make) -> None:
    """They cannot be looked up by id and would cost a call a parent to be read twice: what is missing stays."""
    world = make("projects", "tasks")
    (parent,) = world.zoho.put("projects", 1)
    tasks = world.zoho.put("tasks", 3, parent=parent)
    await world.sync(full=True)
    assert len(world.here("tasks")) == 3
    world.zoho.delete("tasks", tasks[0])
    await world.sync(full=True)
    assert len(world.here("tasks")) == 3
