"""The commands about runs, and the answer that a dialog waits for, through the loop of the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from books_world import BooksWorld

from zbdesk.store import rollbacks, run_questions
from zbdesk.sync.commands import ActOn, AllowRun, Command, EditRecord, NewRecord, RollBackRun, SyncNow
from zbdesk.sync.events import CommandDone, CommandFailed, RunFinished
from zbdesk.sync.order import Limits
from zbdesk.sync.scheduler import Scheduler

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected company that was read once."""
    made = BooksWorld(tmp_path)
    await made.sync()
    yield made
    await made.aclose()


async def obey(world: BooksWorld, *commands: Command, passes: int = 0) -> None:
    """Run the loop until all commands are obeyed and so many passes have ended."""
    queue: asyncio.Queue[Command] = asyncio.Queue()
    world.events.clear()
    loop = asyncio.create_task(Scheduler(world.engine, queue).run())
    try:
        for command in commands:
            queue.put_nowait(command)
        async with asyncio.timeout(60):
            while not queue.empty() or sum(isinstance(one, RunFinished) for one in world.events) < passes:  # noqa: ASYNC110
                await asyncio.sleep(0)
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)


def answers(world: BooksWorld) -> list[CommandDone | CommandFailed]:
    """What was told of commands."""
    return [event for event in world.events if isinstance(event, CommandDone | CommandFailed)]


async def test_a_command_with_a_ticket_gets_its_answer(world: BooksWorld) -> None:
    """Done once it is in the database; refused with its faults and the same ticket; without one, nothing is told."""
    new = NewRecord("contacts", (("contact_name", "Ticket Ltd"), ("contact_type", "customer")), ticket="t-1")
    bad = NewRecord("invoices", (("date", "yesterday"),), ticket="t-2")
    quiet = NewRecord("contacts", (("contact_name", "Quiet Ltd"), ("contact_type", "customer")))
    await obey(world, new, bad, quiet)
    done, failed = answers(world)
    assert done == CommandDone("t-1")
    assert isinstance(failed, CommandFailed)
    assert failed.ticket == "t-2"
    assert {name for name, _ in failed.fields} >= {"date"}


async def test_a_refused_act_names_its_ticket(world: BooksWorld) -> None:
    """A record that is not here: the dialog hears of it."""
    await obey(world, ActOn(999_999, "void", ticket="t-3"), EditRecord(999_999, (("notes", "x"),), ticket="t-4"))
    assert [(type(one), one.ticket) for one in answers(world)] == [(CommandFailed, "t-3"), (CommandFailed, "t-4")]


async def test_tickets_tell_commands_apart_without_changing_what_they_say() -> None:
    """Two commands with the same wish are equal."""
    assert ActOn(1, "void", ticket="a") == ActOn(1, "void", ticket="b")


async def test_a_yes_from_the_window_starts_the_run_and_an_old_one_is_refused(world: BooksWorld) -> None:
    """The command names what was shown; another token changes nothing."""
    world.put("contacts", *({"source_id": f"C-{n}", "contact_name": f"Window {n} Ltd"} for n in range(3)))
    world.engine.limits = Limits(changes=2)
    await obey(world, SyncNow(), passes=1)
    question = run_questions.standing(world.db, world.connection.id)
    assert question is not None
    assert world.wire.writes() == []
    await obey(world, AllowRun("another"))
    (failed,) = answers(world)
    assert isinstance(failed, CommandFailed)
    assert world.wire.writes() == []
    await obey(world, AllowRun(question.token), passes=1)
    assert len(world.wire.writes()) == 3


async def test_rolling_back_from_the_window_is_carried_out_at_once(world: BooksWorld) -> None:
    """The command begins it, and the pass that follows brings it to its end."""
    world.put("contacts", {"source_id": "C-1", "contact_name": "Window Ltd"})
    run = await world.sync()
    await obey(world, RollBackRun(run.run_id), passes=1)
    found = rollbacks.of_run(world.db, world.connection.id, run.run_id)
    assert found is not None
    assert found.ended_at is not None
    assert world.wire.writes()[-1][0] == "DELETE"
