"""Time as an argument. The system's own clock is in ``app``; tests pass one that they turn by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What the product may know of time, and the only way it may wait."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC. It may jump: never use it for measuring waits."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; their zero means nothing."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; ends early only by cancellation."""
        ...
