"""Services that follow the settings while the program runs: ended, and begun anew, when what concerns them changes.

Everything here runs on the engine's loop. Invariant: of one service at most one runs, and it runs with the settings
that were told last.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

from zbdesk.app.build import Surroundings
from zbdesk.app.settings import Settings
from zbdesk.sync.engine import Engine

_log = logging.getLogger(__name__)

Service = Callable[[Surroundings, Engine], AbstractAsyncContextManager[None]]
"""What runs for as long as its block lasts, with the settings of its surroundings."""


@asynccontextmanager
async def switched(
    around: Surroundings, engine: Engine, service: Service, concern: Callable[[Settings], Hashable]
) -> AsyncIterator[Callable[[Settings], None]]:
    """Run a service until the block ends; what comes back is told of settings as they hold from now on.

    ``concern``: the part of the settings that the service depends on. A service that cannot begin is not there; at the
    beginning its error is raised, later it is logged and the next change tries again.
    """
    running = _Running(around, engine, service, concern)
    task = asyncio.create_task(running.keep(), name=f"switched {getattr(service, '__name__', 'service')}")
    try:
        await running.begun
        yield running.told
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class _Running:
    def __init__(
        self, around: Surroundings, engine: Engine, service: Service, concern: Callable[[Settings], Hashable]
    ) -> None:
        self._around = around
        self._engine = engine
        self._service = service
        self._concern = concern
        self._changed = asyncio.Event()
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def told(self, settings: Settings) -> None:
        """The settings as they hold now."""
        changed = self._concern(settings) != self._concern(self._around.settings)
        self._around = replace(self._around, settings=settings)
        if changed:
            self._changed.set()

    async def keep(self) -> None:
        """Run the service again and again, each time until its settings change."""
        while True:
            self._changed.clear()
            try:
                async with self._service(self._around, self._engine):
                    if not self.begun.done():
                        self.begun.set_result(None)
                    await self._changed.wait()
            except Exception as error:  # noqa: BLE001
                # The top of a task: a service that fails must not end the others, nor the engine.
                if not self.begun.done():
                    self.begun.set_exception(error)
                    return
                _log.exception("a service could not be switched")
                await self._changed.wait()


def interface_concern(settings: Settings) -> Hashable:
    """What the local interface depends on; while it is off, nothing else matters."""
    if not settings.interface_enabled:
        return None
    return (
        settings.interface_port, settings.interface_network, settings.interface_hosts, settings.interface_zoho_writes,
    )  # fmt: skip


def export_concern(settings: Settings) -> Hashable:
    """What the scheduled export depends on."""
    return settings.export_folder, settings.export_modules, settings.export_format, settings.export_hours
