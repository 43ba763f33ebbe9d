"""Several things at a time, a few at once, with one failure to show for it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sync.faults import gravest

_log = logging.getLogger(__name__)

Job = Callable[[], Coroutine[None, None, None]]


async def in_parallel(jobs: Iterable[Job], limit: int) -> None:
    """Run ``jobs`` in their order, at most ``limit`` at once.

    The first failure cancels the rest; of several the gravest is raised, and a bug before any of them. Cancellation
    from outside reaches every job and is raised when all have ended.
    """
    waiting = deque(jobs)

    async def work() -> None:
        while waiting:
            await waiting.popleft()()

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(limit, len(waiting))):
                group.create_task(work())
    except BaseExceptionGroup as several:
        raise _one_of(several.exceptions) from several


async def end_all(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have ended; what they raise has been told already or is of no interest."""
    for task in tasks:
        task.cancel()
    for failure in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(failure, Exception):
            _log.error("a task failed while it was ended", exc_info=failure)


def _one_of(errors: Sequence[BaseException]) -> BaseException:
    bug = next((error for error in errors if not isinstance(error, ZbdeskError)), None)
    return bug if bug is not None else gravest([error for error in errors if isinstance(error, ZbdeskError)])
