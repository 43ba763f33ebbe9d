"""Coroutines of a screen: kept, told about, ended."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from zbdesk.domain.errors import InterruptedByUser, SetupError, ZbdeskError
from zbdesk.ui.tasks import Tasks, Unexpected


@pytest.fixture
def run(qapp: QApplication):
    """Run a coroutine on a Qt loop."""
    with QEventLoop(qapp) as loop:
        yield loop.run_until_complete


async def _fails(error: Exception) -> None:
    await asyncio.sleep(0)
    raise error


async def _gives(value: int) -> int:
    await asyncio.sleep(0)
    return value


def test_result_goes_to_then(run) -> None:
    """What the work gives is handed over once."""
    got: list[int] = []

    async def act() -> None:
        tasks = Tasks()
        await tasks.start(_gives(7), then=got.append)
        assert not tasks.busy

    run(act())
    assert got == [7]


def test_named_failure_goes_to_fail_and_else_to_the_signal(run, caplog) -> None:
    """No failure is lost: its own listener first, the screen's signal else, and the log has both."""
    own: list[ZbdeskError] = []
    screen: list[ZbdeskError] = []

    async def act() -> None:
        tasks = Tasks()
        tasks.failed.connect(screen.append)
        await tasks.start(_fails(SetupError("Port taken.")), fail=own.append)
        await tasks.start(_fails(SetupError("No port.")))

    run(act())
    assert [error.title for error in own] == ["Port taken."]
    assert [error.title for error in screen] == ["No port."]
    assert [record.getMessage() for record in caplog.records] == ["told: Port taken.", "told: No port."]


def test_bug_is_logged_and_shown_in_plain_words(run, caplog: pytest.LogCaptureFixture) -> None:
    """A bug has its trace in the log; the person reads a sentence without it."""
    shown: list[ZbdeskError] = []

    async def act() -> None:
        await Tasks().start(_fails(RuntimeError("secret detail")), fail=shown.append)

    run(act())
    assert isinstance(shown[0], Unexpected)
    assert "secret detail" not in str(shown[0])
    assert "secret detail" in caplog.text


def test_cancel_by_a_person_is_no_failure(run) -> None:
    """Stop calls nobody."""
    called: list[object] = []

    async def act() -> None:
        await Tasks().start(_fails(InterruptedByUser("Stopped.")), then=called.append, fail=called.append)

    run(act())
    assert called == []


def test_cancelled_before_its_first_step_leaves_nothing(run) -> None:
    """Work that never began is put away without a warning."""

    async def act() -> None:
        tasks = Tasks()
        task = tasks.start(_gives(1))
        tasks.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    run(act())


def test_close_ends_what_waits_and_calls_nobody(run) -> None:
    """After closing no callback reaches a screen that is gone."""
    called: list[object] = []

    async def act() -> None:
        tasks = Tasks()
        tasks.start(asyncio.Event().wait(), then=called.append, fail=called.append)
        await asyncio.sleep(0)
        await tasks.close()
        assert not tasks.busy

    run(act())
    assert called == []
