"""What a person is told about webhooks that do not get through: once an episode, and no longer than it lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from world import World

from zbdesk.app import webhook_watch
from zbdesk.app.webhook_watch import PORT, SIGNATURE, Watch
from zbdesk.store import inbox
from zbdesk.store.database import DiskFull
from zbdesk.store.problems import open_problems

pytestmark = pytest.mark.anyio


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world of its own."""
    made = World(tmp_path)
    yield made
    made.close()


def a_watch(world: World) -> Watch:
    """As the listener of that world has it."""
    return Watch(world.db, world.connection.id, world.clock, world.events.append)


def causes(world: World) -> list[tuple[str, int]]:
    """Open problems, with how often each was counted."""
    return [(problem.cause, problem.count) for problem in open_problems(world.db, world.connection.id)]


async def test_refusals_are_written_together(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand wrong signatures are one problem and one line in the database."""
    monkeypatch.setattr(webhook_watch, "TOGETHER_SECONDS", 0.01)
    watch = a_watch(world)
    for _ in range(1_000):
        watch.judged(False)
    assert causes(world) == []
    async with asyncio.timeout(5):
        while not causes(world):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)
    assert causes(world) == [(SIGNATURE, 1)]
    assert inbox.facts(world.db, world.connection.id).refused == 1_000
    watch.judged(False)
    watch.close()
    assert causes(world) == [(SIGNATURE, 1)]
    assert inbox.facts(world.db, world.connection.id).refused == 1_001


async def test_a_right_one_ends_the_episode_also_after_a_restart(world: World) -> None:
    """The next wrong one is another episode."""
    first = a_watch(world)
    first.judged(False)
    first.close()
    again = a_watch(world)
    assert causes(world) == [(SIGNATURE, 1)]
    again.judged(True)
    assert causes(world) == []
    again.judged(False)
    again.close()
    assert causes(world) == [(SIGNATURE, 1)]


async def test_a_right_one_right_after_a_wrong_one_leaves_no_problem(world: World) -> None:
    """What was refused meanwhile is counted all the same."""
    watch = a_watch(world)
    watch.judged(False)
    watch.judged(True)
    watch.close()
    assert causes(world) == []
    assert inbox.facts(world.db, world.connection.id).refused == 1


async def test_a_taken_port_is_one_problem_as_long_as_somebody_listens(world: World) -> None:
    """It goes when the port is ours, and when nobody wants it any more."""
    watch = a_watch(world)
    for _ in range(3):
        watch.port(8971, ours=False)
    assert causes(world) == [(PORT, 1)]
    watch.port(8971, ours=True)
    assert causes(world) == []
    watch.port(8971, ours=False)
    watch.close()
    assert causes(world) == []


@pytest.mark.logs("could not be")
async def test_a_full_disk_does_not_end_the_listener(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written down goes to the log; the disk has a problem of its own elsewhere."""

    def full(*_: object, **__: object) -> None:
        raise DiskFull("here")

    monkeypatch.setattr(webhook_watch.problems, "raise_problem", full)
    monkeypatch.setattr(webhook_watch.inbox, "count_refused", full)
    watch = a_watch(world)
    watch.judged(False)
    watch.port(8971, ours=False)
    watch.close()
    assert causes(world) == []
