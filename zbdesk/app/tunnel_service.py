"""Starting and ending what runs beside the engine for the way of the webhooks: tunnel, tests, relay onward."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from zbdesk.app import relay_secrets, relaying
from zbdesk.app.build import Surroundings
from zbdesk.app.http import build_client
from zbdesk.app.tunnels import Tunnelling
from zbdesk.domain.errors import UsageError, ZbdeskError
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event, RecordsChanged, RunFinished
from zbdesk.webhooks.events import StoredEvent
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.onward import Relayer
from zbdesk.webhooks.roundtrip import RoundTrip

log = logging.getLogger(__name__)

RELAYED_AT_ONCE = 30
"""Connections to targets: each takes one message at a time, and one that hangs must not keep the others waiting."""


class Extras:
    """What the listener is told to do besides its own work, once the tunnel's service is there."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Nothing any more."""
        self.wake: Callable[[], None] | None = None
        self.order: Callable[[dict[str, object]], int | None] | None = None

    def stored(self, event: StoredEvent) -> None:  # noqa: ARG002 - the database has it
        """A new event is in the inbox."""
        if self.wake is not None:
            self.wake()

    def carry_out(self, order: dict[str, object]) -> int | None:
        """Carry out what another process handed over."""
        return None if self.order is None else self.order(order)


@asynccontextmanager
async def tunnelling(
    around: Surroundings, engine: Engine, listener: Listener, intake: Intake, extras: Extras
) -> AsyncIterator[Tunnelling]:
    """Run the tunnel and what belongs to it to the end of the block."""
    many = replace(around.settings, calls_in_parallel=RELAYED_AT_ONCE)
    async with around.http_client() as http, build_client(many) as onward_http:
        service = Tunnelling(around, engine, listener, intake, http)
        relayer = Relayer(
            engine.db,
            engine.connection.id,
            http=onward_http,
            clock=engine.clock,
            rng=random.Random(),  # noqa: S311 - spreads waits, guards nothing
            secret_of=partial(relay_secrets.secret_of, around.vault, engine.connection),
            on_dead=partial(relaying.note_dead, engine),
        )
        extras.wake = relayer.wake
        extras.order = partial(_carry_out, engine, service, relayer)
        emit = engine.emit
        engine.emit = _also(emit, relayer)
        tasks = [
            asyncio.create_task(_guarded(work), name=name)
            for name, work in (
                ("tunnel", service.keep_looking),
                ("round trip", service.keep_testing),
                ("relay onward", relayer.run),
            )
        ]
        try:
            yield service
        finally:
            engine.emit = emit
            extras.clear()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await service.close()
            service.health.close()


async def test_once(around: Surroundings, engine: Engine, listener: Listener, intake: Intake) -> RoundTrip:
    """Start the tunnel, go the way once, and stop the tunnel again."""
    async with around.http_client() as http:
        service = Tunnelling(around, engine, listener, intake, http)
        try:
            await service.renew()
            await service.settled()
            return await service.test("user")
        finally:
            await service.close()
            service.health.close()


def _carry_out(engine: Engine, service: Tunnelling, relayer: Relayer, order: dict[str, object]) -> int | None:
    """What another process wants done; the HTTP status, None for what is not ours."""
    if order.get("test") is True:
        service.test_soon()
        return 200
    try:
        if not relaying.carry_out(engine, order):
            return None
    except UsageError:
        return 404
    relayer.wake()
    return 200


def _also(emit: Callable[[Event], None], relayer: Relayer) -> Callable[[Event], None]:
    """Tell the relayer too when records changed: what an event pointed at may be confirmed now."""

    def told(event: Event) -> None:
        emit(event)
        if isinstance(event, RecordsChanged | RunFinished):
            relayer.wake()

    return told


async def _guarded(work: Callable[[], object]) -> None:
    """The top of one of the tasks: what ends it by a failure of the database is begun anew, a bug is logged."""
    while True:
        try:
            await work()  # type: ignore[misc]
        except ZbdeskError as error:
            log.warning("webhooks: %s", error.title)
        except Exception:
            # Top of a task: a bug in what is beside the engine must not end the engine, nor go unseen.
            log.exception("what runs beside the engine ended by a bug")
        await asyncio.sleep(AFTER_BUG)


AFTER_BUG = 30.0
