"""The sync thread's end: once begun it is not cut short, however often somebody asks for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from app_fakes import HandClock

from zbdesk.app.worker import SyncThread


class FakeEngine:
    """Runs until it is cancelled."""

    async def run_forever(self, commands: asyncio.Queue[Any]) -> None:
        """Wait for ever."""
        del commands
        await asyncio.Event().wait()


def test_asking_again_for_the_end_does_not_cut_it_short() -> None:
    """The first call gives up waiting, the second waits on; what closes on the thread closes whole."""
    begun, closing, may_close = threading.Event(), threading.Event(), threading.Event()
    closed: list[str] = []

    @asynccontextmanager
    async def opener(_listener: object) -> AsyncIterator[FakeEngine]:
        try:
            begun.set()
            yield FakeEngine()
        finally:
            closing.set()
            await asyncio.to_thread(may_close.wait, 20)
            closed.append("whole")

    thread = SyncThread(opener, lambda _event: None, HandClock())  # type: ignore[arg-type]
    thread.start()
    assert begun.wait(20)
    assert not thread.stop(0.05)
    assert closing.wait(20)
    assert not thread.stop(0.05)
    may_close.set()
    assert thread.stop(20)
    assert closed == ["whole"]
    assert thread.stop(0.0)
