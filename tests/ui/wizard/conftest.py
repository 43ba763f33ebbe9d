"""A Qt loop for the wizard's coroutines, and the fakes beside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from zbdesk.ui import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Light, at the system's size."""
    font = QFont(qapp.font())
    theme.apply(qapp, "light")
    yield
    # Without a running loop nothing that was closed would ever go, and each test would lay out all earlier ones again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setFont(font)
    theme.apply(qapp, "light")


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Callable[[Awaitable[None]], None]]:
    """Run a coroutine on a Qt loop, as the window does, and end what it left."""
    with QEventLoop(qapp) as loop:

        def act(work: Awaitable[None]) -> None:
            loop.run_until_complete(asyncio.wait_for(work, 20))

        yield act
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
