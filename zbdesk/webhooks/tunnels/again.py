"""What every tunnel that is begun again and again does: wait longer each time, and end its task tidily."""

from __future__ import annotations

import asyncio
import logging
import random

_log = logging.getLogger(__name__)


def wait_before(tries: int, first: float, longest: float, rng: random.Random) -> float:
    """Seconds before the next try after so many in a row: doubled each time, spread over the upper half."""
    return min(longest, first * 2.0 ** min(tries - 1, 10)) * (0.5 + rng.random() / 2)


async def end(task: asyncio.Task[None] | None, what: str) -> None:
    """Cancel the task and wait for its end; a bug in it is written down, since nobody asks for its result."""
    if task is None:
        return
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled() and task.exception() is not None:
        _log.error("%s ended by a bug", what, exc_info=task.exception())
