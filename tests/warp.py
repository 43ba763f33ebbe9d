"""An event loop whose time is its own: where everybody waits, it jumps to the moment when the first wait is over.

So a run of many minutes with real sleeps, limits and parallel calls takes as long as its work, and is the same each
time. No threads: what waits for one would see time fly.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class _Jumping(selectors.BaseSelector):
    """Never waits: tells the loop how long it would have."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.waited = 0.0

    def register(self, fileobj: object, events: int, data: object = None) -> selectors.SelectorKey:
        """See the base."""
        return self._real.register(fileobj, events, data)  # type: ignore[arg-type]

    def unregister(self, fileobj: object) -> selectors.SelectorKey:
        """See the base."""
        return self._real.unregister(fileobj)  # type: ignore[arg-type]

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; else the time passes at once."""
        found = self._real.select(0)
        if not found:
            assert timeout is not None, "everybody waits, and nobody for the time"
            self.waited += timeout
        return found

    def get_map(self) -> Mapping[object, selectors.SelectorKey]:  # type: ignore[override]
        """See the base."""
        return self._real.get_map()

    def close(self) -> None:
        """See the base."""
        self._real.close()


class WarpLoop(asyncio.SelectorEventLoop):
    """See the module."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds that were waited for."""
        return self._jumping.waited


class WarpClock:
    """``Clock`` by the time of a ``WarpLoop``; zero before it runs."""

    def __init__(self) -> None:
        self.loop = WarpLoop()

    def now(self) -> datetime:
        """The wall clock."""
        return START + timedelta(seconds=self.loop.time())

    def monotonic(self) -> float:
        """Seconds since the start."""
        return self.loop.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(max(0.0, seconds))

    def tick(self, seconds: float = 1.0) -> None:
        """Time passes for everybody, in the middle of whatever they do."""
        self.loop._jumping.waited += seconds
