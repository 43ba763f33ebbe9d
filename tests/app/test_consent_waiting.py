"""The wait for the browser: what is given up leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc

from zbdesk.app.clock import SystemClock
from zbdesk.app.consent import Waiting


def test_a_wait_that_nobody_takes_up_is_no_error() -> None:
    """Back on the sign-in page ends the task and the wait at once: the log has no exception that nobody took."""
    told: list[object] = []

    async def give_up() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context))
        waiting = Waiting(SystemClock(), 60)
        task = asyncio.create_task(waiting.answer(None))
        await asyncio.sleep(0)
        waiting.cancel()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        del waiting, task
        gc.collect()
        await asyncio.sleep(0)

    asyncio.run(give_up())
    assert told == []
