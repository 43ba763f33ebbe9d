"""What runs beside the engine as long as the program does: the webhook listener, and whatever else waits for events.

Both the window's sync thread and ``zbdesk run`` enter here. Each service is a context on the engine's own loop and
thread, and none of them may keep the engine from syncing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from zbdesk.app import export_schedule, interface, interface_tokens, sql_schedule, webhooks
from zbdesk.app.build import Surroundings
from zbdesk.app.settings import Settings
from zbdesk.app.switching import export_concern, interface_concern, switched
from zbdesk.app.tunnel_service import Extras, tunnelling
from zbdesk.app.watching import watching
from zbdesk.sync.engine import Engine

SETTINGS = "settings"
"""The order that tells what runs of settings as they hold now; only this process can hand them over."""


@asynccontextmanager
async def services(around: Surroundings, engine: Engine) -> AsyncIterator[None]:
    """Everything in the background, from here to the end of the block; ended in the opposite order."""
    async with AsyncExitStack() as stack:
        extras = Extras()
        switches: list[Callable[[Settings], None]] = []

        def carry_out(order: dict[str, object]) -> int | None:
            settings = order.get(SETTINGS)
            if isinstance(settings, Settings):
                for switch in switches:
                    switch(settings)
                return 200
            done = interface_tokens.carry_out(engine, order)
            return extras.carry_out(order) if done is None else done

        def ordered(order: dict[str, object]) -> int | None:
            return webhooks.carry_out(engine, order) or carry_out(order)

        engine.orders = ordered
        stack.push_async_callback(_end_jobs, engine)
        listener, intake = await stack.enter_async_context(webhooks.listening(around, engine, extras.stored, carry_out))
        await stack.enter_async_context(tunnelling(around, engine, listener, intake, extras))
        for service, concern in (
            (interface.serving, interface_concern),
            (export_schedule.exporting, export_concern),
        ):
            switches.append(await stack.enter_async_context(switched(around, engine, service, concern)))
        await stack.enter_async_context(watching(around, engine))
        await stack.enter_async_context(sql_schedule.asking(around, engine))
        yield


async def _end_jobs(engine: Engine) -> None:
    """What a person still waits for ends before the database closes."""
    jobs = tuple(engine.jobs)
    for job in jobs:
        job.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)
