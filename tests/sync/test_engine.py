"""A pass as a whole: results, what stops it, what it leaves behind."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from world import START, Crash, World, fault, forbidden

from zbdesk.domain.errors import Action, AuthError, Budget, RejectedError, ThrottledError
from zbdesk.domain.modules import UnknownModule
from zbdesk.domain.status import ConnectionState, RunKind, RunResult
from zbdesk.store import budget, connections, diary, module_states, runs
from zbdesk.store.errors import DiskFull
from zbdesk.store.problems import open_problems, raise_problem
from zbdesk.sync import messages
from zbdesk.sync.events import CallsUsed, RunFinished, RunStarted
from zbdesk.sync.parallel import in_parallel
from zbdesk.zoho.errors import (
    CallsThrottled,
    NetworkDown,
    NotFound,
    SignInEnded,
    TokenServerFault,
    UnexpectedAnswer,
    WrongOrganization,
)
from zbdesk.zoho.limits import Priority

pytestmark = pytest.mark.anyio
Make = Callable[..., World]


def last_run(world: World) -> tuple[RunResult | None, int, int]:
    """Return result, calls and new records of the latest run."""
    run = runs.recent(world.db, world.connection.id, 1)[0]
    return run.result, run.api_calls, run.new


def off_reason(world: World, module: str) -> str | None:
    """Say why a module is off."""
    counts = module_states.module_counts(world.db, world.connection.id)
    return next(count.off_reason for count in counts if count.module == module)


async def test_a_pass_is_written_down_and_told(make: Make) -> None:
    """Beginning and end are events and one line of the run history; the first load has a line in the diary."""
    world = make("contacts", "currencies")
    world.zoho.put("contacts", 3)
    run = await world.sync()
    started = world.events[0]
    assert isinstance(started, RunStarted)
    assert started.modules == ("currencies", "contacts")
    assert world.events[-1] == run
    assert last_run(world) == (RunResult.OK, 2, 3)
    (line,) = diary.recent(world.db, world.connection.id)
    assert (line.kind, line.text) == ("first_sync", "First sync finished: 3 records of 2 lists are here.")
    assert run.message == "Read from Zoho Books: 3 new."


async def test_what_waits_for_a_person_is_attention(make: Make) -> None:
    """Open problems make a pass that came to its end one that needs a look."""
    world = make("contacts")
    raise_problem(
        world.db,
        world.connection.id,
        cause="validation",
        message="It does not add up.",
        remedy="Look at it.",
        module="invoices",
        at=world.clock.now(),
    )
    run = await world.sync()
    assert (run.result, run.problems) == (RunResult.ATTENTION, 1)
    assert run.message == "Everything is up to date. 1 problem waits for you."


async def test_one_failing_list_does_not_stop_the_others(make: Make) -> None:
    """Its problem is told and goes by itself when the list can be read again."""
    world = make("contacts", "invoices", "items")
    for module in ("contacts", "invoices", "items"):
        world.zoho.put(module, 2)
    world.zoho.failing["invoices"] = fault()
    run = await world.sync()
    assert run.result is RunResult.ATTENTION
    assert world.differences() == ["invoices"]
    (problem,) = open_problems(world.db, world.connection.id)
    assert (problem.cause, problem.module) == ("zoho_unavailable", "invoices")
    told = [line.text for line in diary.recent(world.db, world.connection.id) if line.kind == "first_sync"]
    assert told == ["First sync finished: 4 records of 2 lists are here."]
    world.zoho.failing.clear()
    assert (await world.sync()).result is RunResult.OK
    assert open_problems(world.db, world.connection.id) == []


async def test_what_could_not_be_read_is_named(make: Make) -> None:
    """A pass with a failing list never claims that everything is up to date."""
    names = ("contacts", "items", "estimates", "invoices", "bills", "expenses")
    world = make(*names, parallel=1)
    await world.sync()
    world.zoho.failing["invoices"] = fault()
    run = await world.sync()
    assert run.message == "Invoices could not be read. 1 problem waits for you."
    world.zoho.put("contacts", 1)
    world.zoho.failing["items"] = fault()
    run = await world.sync()
    assert run.message == (
        "Read from Zoho Books: 1 new. Items and Invoices could not be read. 2 problems wait for you."
    )
    world.zoho.failing.clear()
    assert (await world.sync()).message == "Everything is up to date."
    assert last_run(world)[0] is RunResult.OK


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], ""),
        (["A"], "A could not be read."),
        (["A", "B", "C"], "A, B and C could not be read."),
        (["A", "B", "C", "D"], "A, B, C and 1 more list could not be read."),
    ],
)
def test_the_sentence_names_three_lists(labels: list[str], expected: str) -> None:
    """More would not be read by anybody; they stand on Problems."""
    assert messages.not_read(labels) == expected


async def test_passes_and_failures_leave_lines_in_the_log(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    """Beginning, end and whatever went wrong, without a name or an amount of the books."""
    caplog.set_level(logging.INFO, logger="zbdesk.sync")
    world = make("contacts", "invoices")
    world.zoho.put("contacts", 2)
    world.zoho.failing["invoices"] = fault()
    await world.sync()
    began, dent, ended = caplog.messages
    assert began.endswith("began: first, lists 2, cause user")
    assert dent.startswith("invoices: ")
    assert fault().title in dent
    assert f"code {fault().code}" in dent
    assert "ended: first, attention, new 2, changed 0, deleted 0" in ended
    assert "problems 1" in ended
    assert "calls 2" in ended
    assert all(record.levelno == logging.INFO for record in caplog.records)
    caplog.clear()
    error = SignInEnded("eu", "invalid_code")
    world.zoho.failing = {"contacts": error, "invoices": error}
    await world.sync()
    assert any(line.startswith("pass: ") and error.title in line for line in caplog.messages)
    assert any("needs_sign_in" in line for line in caplog.messages)
    caplog.clear()
    await world.sync()
    refused, ended = caplog.messages
    assert messages.SIGNED_OUT in refused or "signed in again" in refused
    assert ended.startswith("pass 0 ended")


async def test_a_resumed_first_load_leaves_finished_lists_alone(make: Make) -> None:
    """After a crash only what is not complete is asked for; named, full, or an hour later everything is."""
    world = make("organizations", "currencies", "contacts", "invoices", per_page=5, parallel=1)
    for module in ("currencies", "contacts", "invoices"):
        world.zoho.put(module, 12)

    async def before(_kind: str, module: str, what: int | str) -> None:
        if module == "invoices" and what == 2:
            raise Crash

    async def crash_again(*modules: str, full: bool = False) -> dict[str, int]:
        world.zoho.before = before
        world.zoho.forget_calls()
        with pytest.raises(Crash):
            await world.sync(*modules, full=full)
        world.crash()
        return dict(world.zoho.calls_by_module())

    assert set(await crash_again()) == {"organizations", "currencies", "contacts", "invoices"}
    assert set(await crash_again()) == {"invoices"}
    assert set(await crash_again("contacts", "invoices")) == {"contacts", "invoices"}
    world.clock.jump(3600)
    assert set(await crash_again()) == {"organizations", "currencies", "contacts", "invoices"}
    world.zoho.before = None
    world.zoho.forget_calls()
    assert (await world.sync()).result is RunResult.OK
    assert dict(world.zoho.calls_by_module()) == {"invoices": 2}
    assert world.differences() == []
    await world.sync()
    assert set(world.zoho.calls_by_module()) == {"organizations", "currencies", "contacts", "invoices"}


async def test_a_list_that_always_fails_does_not_keep_the_others_waiting(make: Make) -> None:
    """Only a first load that broke off leaves finished lists out; a failing list is the problem of that list."""
    world = make("contacts", "invoices")
    world.zoho.put("contacts", 1)
    world.zoho.failing["invoices"] = fault()
    await world.sync()
    world.zoho.put("contacts", 1)
    await world.sync()
    assert world.differences() == []
    assert len(world.here("contacts")) == 2


async def test_a_keyless_answer_is_an_error_not_an_empty_list(make: Make) -> None:
    """An answer in an unknown form deletes nothing and stands on Problems."""
    world = make("contacts", "items")
    world.zoho.put("contacts", 3)
    await world.sync()
    world.zoho.failing["contacts"] = UnexpectedAnswer("Contacts", "contacts")
    run = await world.sync(full=True)
    assert run.result is RunResult.ATTENTION
    assert len(world.here("contacts")) == 3


async def test_when_every_list_fails_the_pass_failed(make: Make) -> None:
    """Nothing could be read: that is a failure, with the first cause as its sentence."""
    world = make("contacts")
    world.zoho.failing["contacts"] = fault()
    run = await world.sync()
    assert (run.result, run.action) == (RunResult.FAILED, Action.RETRY)
    assert "fault" in run.message


async def test_many_failing_lists_in_a_row_end_the_pass(make: Make) -> None:
    """When Zoho as a whole is away, the remaining lists are not asked for."""
    names = ("contacts", "items", "estimates", "invoices", "bills", "expenses", "journals", "projects")
    world = make(*names, parallel=1)
    for module in names:
        world.zoho.failing[module] = fault()
    run = await world.sync()
    assert run.result is RunResult.FAILED
    assert len(world.zoho.asked) == 3


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (forbidden("items"), "permission"),
        (NotFound("items", http_status=404, code="5", reason="Invalid URL Passed"), None),
    ],
)
async def test_a_module_that_is_not_to_be_had_is_switched_off(
    make: Make, error: RejectedError, cause: str | None
) -> None:
    """It is left out with a reason and a line in the diary, and tried again by a full pass.

    Where it waits on Problems for a permission, a click asks again as well: somebody may have given it.
    """
    world = make("contacts", "items")
    world.zoho.put("items", 2)
    world.zoho.failing["items"] = error
    run = await world.sync()
    assert run.result is (RunResult.ATTENTION if cause else RunResult.OK)
    assert off_reason(world, "items")
    assert [problem.cause for problem in open_problems(world.db, world.connection.id)] == ([cause] if cause else [])
    assert "module_off" in {line.kind for line in diary.recent(world.db, world.connection.id)}
    world.zoho.forget_calls()
    await world.sync(cause="poll")
    assert world.zoho.calls_by_module() == {"contacts": 1}
    world.zoho.forget_calls()
    await world.sync()
    assert world.zoho.calls_by_module() == {"contacts": 1, **({"items": 1} if cause else {})}
    world.zoho.failing.clear()
    run = await world.sync(full=True)
    assert run.result is RunResult.OK
    assert off_reason(world, "items") is None
    assert world.differences() == []


@pytest.mark.parametrize(
    ("error", "result", "state"),
    [
        (SignInEnded("eu", "invalid_code"), RunResult.NEEDS_SIGN_IN, ConnectionState.NEEDS_SIGN_IN),
        (NetworkDown(), RunResult.FAILED, ConnectionState.OFFLINE),
        (DiskFull("/x"), RunResult.FAILED, ConnectionState.ACTIVE),
        (TokenServerFault("eu", http_status=500), RunResult.FAILED, ConnectionState.ACTIVE),
        (WrongOrganization("9"), RunResult.FAILED, ConnectionState.ACTIVE),
    ],
)
async def test_what_ends_the_whole_pass(
    make: Make, error: Exception, result: RunResult, state: ConnectionState
) -> None:
    """Sign-in, network, disk and organization concern everything: no other list is asked for, the run is closed."""
    world = make("currencies", "contacts", "items")
    world.zoho.failing["currencies"] = error
    run = await world.sync()
    assert (run.result, world.engine.state) == (result, state)
    assert run.message == str(error)
    assert len(world.zoho.asked) == 1
    assert last_run(world)[0] is result
    assert world.engine.last_error is error


async def test_signed_out_no_call_is_made(make: Make) -> None:
    """After a lost sign-in further passes ask for nothing until somebody has signed in."""
    world = make("contacts")
    connections.set_state(world.db, world.connection.id, ConnectionState.NEEDS_SIGN_IN)
    run = await world.sync()
    assert (run.result, run.run_id, run.api_calls) == (RunResult.NEEDS_SIGN_IN, 0, 0)
    assert world.zoho.asked == []
    assert isinstance(world.engine.last_error, AuthError)
    connections.set_state(world.db, world.connection.id, ConnectionState.ACTIVE)
    assert (await world.sync()).result is RunResult.OK


async def test_a_pause_of_zohos_outlives_the_process(make: Make) -> None:
    """While Zoho wants silence no call is made, and the message says until when."""
    world = make("contacts")
    until = world.clock.now() + timedelta(minutes=30)
    budget.pause(world.db, world.connection.id, until, Budget.MINUTE)
    run = await world.sync()
    assert (run.result, run.action, world.zoho.asked) == (RunResult.FAILED, Action.WAIT, [])
    assert "2026-11-02 09:30 UTC" in run.message
    world.clock.tick(1801)
    assert (await world.sync()).result is RunResult.OK


async def test_a_throttle_in_the_middle_keeps_what_is_here(make: Make) -> None:
    """The pass ends with the time in its sentence; the next one goes on at the next page."""
    world = make("contacts", per_page=5)
    world.zoho.put("contacts", 20)
    until = world.clock.now() + timedelta(hours=1)

    async def before(_kind: str, _module: str, what: int | str) -> None:
        if what == 3:
            raise CallsThrottled(Budget.MINUTE, 3600.0, until, "43")

    world.zoho.before = before
    run = await world.sync()
    assert (run.result, run.action) == (RunResult.FAILED, Action.WAIT)
    assert f"{until:%H:%M} UTC" in run.message
    assert len(world.here("contacts")) == 10
    assert isinstance(world.engine.last_error, ThrottledError)
    world.zoho.before = None
    world.zoho.forget_calls()
    await world.sync()
    assert [what for _, _, what in world.zoho.asked] == [3, 4]


async def test_a_stopped_pass_is_closed_and_keeps_its_pages(make: Make) -> None:
    """Cancelled at any call, the run ends as interrupted, the event is sent, and cancellation goes on."""
    world = make("contacts", per_page=5)
    world.zoho.put("contacts", 20)
    reached = asyncio.Event()

    async def before(_kind: str, _module: str, what: int | str) -> None:
        if what == 3:
            reached.set()
            await asyncio.Event().wait()

    world.zoho.before = before
    task = asyncio.create_task(world.sync())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    told = world.events[-1]
    assert isinstance(told, RunFinished)
    assert (told.result, told.api_calls) == (RunResult.INTERRUPTED, 3)
    assert last_run(world)[0] is RunResult.INTERRUPTED
    assert len(world.here("contacts")) == 10
    world.zoho.before = None
    await world.sync()
    assert world.differences() == []


async def test_a_bug_is_said_plainly_and_closes_the_run(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    """What nobody thought of is logged with its trace; the pass failed, the data is safe."""
    world = make("contacts", "items")
    world.zoho.failing["contacts"] = KeyError("oops")
    with caplog.at_level(logging.ERROR):
        run = await world.sync()
    assert (run.result, run.message, run.action) == (RunResult.FAILED, messages.BUG, Action.REPORT)
    assert "oops" in caplog.text
    assert last_run(world)[0] is RunResult.FAILED


async def test_a_full_disk_at_the_end_is_told_all_the_same(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """When even the end cannot be written down, the event still says how it ended."""
    world = make("contacts")

    def full(*_args: object, **_named: object) -> None:
        raise DiskFull("/x")

    monkeypatch.setattr("zbdesk.sync.engine.runs.finish", full)
    with caplog.at_level(logging.WARNING):
        run = await world.sync()
    assert run in world.events
    assert "could not be written down" in caplog.text


async def test_only_the_named_modules_are_read(make: Make) -> None:
    """Names in any spelling; one that is unknown is an error before anything happens."""
    world = make("contacts", "items")
    run = await world.sync("Customers", "chart-of-accounts")
    assert [name for name, _ in run.pulled] == ["contacts", "chartofaccounts"]
    with pytest.raises(UnknownModule):
        await world.sync("unicorns")


async def test_two_passes_never_run_at_once(make: Make) -> None:
    """A second pass on the same engine is a bug of the caller."""
    world = make("contacts")
    task = asyncio.create_task(world.sync())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError):
        await world.sync()
    await task


async def test_contact_clears_offline(make: Make) -> None:
    """A pass that got through shows the connection as active again."""
    world = make("contacts")
    connections.set_state(world.db, world.connection.id, ConnectionState.OFFLINE)
    await world.sync()
    assert world.engine.state is ConnectionState.ACTIVE
    assert connections.moments(world.db, world.connection.id)[0] == world.clock.now()


async def test_a_click_goes_before_polling_and_loads_do_not(make: Make) -> None:
    """A person's ordinary pass may use the reserve; first and full loads may not."""
    world = make("contacts")
    await world.sync()
    await world.sync()
    await world.sync(full=True)
    await world.sync(cause="poll")
    assert world.zoho.priorities == [Priority.POLL, Priority.USER, Priority.POLL, Priority.POLL]


async def test_the_days_calls_are_shown_while_they_are_made(make: Make) -> None:
    """At most ten times a second, and always the last count."""
    world = make("contacts", per_page=1)
    world.zoho.put("contacts", 10)

    async def before(_kind: str, _module: str, _what: int | str) -> None:
        budget.add_calls(world.db, world.connection.id, "2026-11-02", 1)

    world.zoho.before = before
    await world.sync()
    told = [event.used for event in world.events if isinstance(event, CallsUsed)]
    assert told == [1, 10]


async def test_kind_may_be_asked_for(make: Make) -> None:
    """Asking for a delta of a module that was never read makes its first load."""
    world = make("contacts")
    run = await world.engine.run_pass(kind=RunKind.DELTA, cause="poll")
    assert run.kind is RunKind.FIRST


async def test_a_database_that_fails_at_the_end_does_not_hide_the_result(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """How the pass ended is told even when nothing can be counted any more."""
    world = make("contacts")

    def broken(*_arguments: object) -> object:
        raise DiskFull("/x")

    monkeypatch.setattr("zbdesk.sync.endings.open_problems", broken)
    with caplog.at_level(logging.WARNING):
        run = await world.sync()
    assert (run.result, run.problems) == (RunResult.OK, 0)
    assert "could not be asked" in caplog.text


async def test_of_several_failures_the_gravest_is_told() -> None:
    """A bug before everything, a lost sign-in before a throttle, both before the network."""
    network, silence = NetworkDown(), messages.Silence(START, 60.0)
    lost, bug = SignInEnded("eu", "invalid_code"), KeyError("oops")

    async def fail(error: Exception) -> None:
        raise error

    for errors, told in (((network, silence, lost), lost), ((network, silence), silence), ((network, bug), bug)):
        with pytest.raises(type(told)) as caught:
            await in_parallel([partial(fail, error) for error in errors], 4)
        assert caught.value is told
