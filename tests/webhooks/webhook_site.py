"""A world with an inbox: events are signed and taken in as from the wire, and the engine's loop looks at them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from world import World

from zbdesk.domain.views import WebhookEventView
from zbdesk.store import inbox
from zbdesk.sync.commands import Command
from zbdesk.webhooks.events import Incoming, StoredEvent, Taken
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.signature import pairs, sign

SECRET = "4n0therSecret0f32LettersAndDigits"
ORGANIZATION = "900001"
JSON = "application/json"


class FixedSecrets:
    """Secrets that a test sets."""

    def __init__(self, *secrets: str) -> None:
        self.now = secrets or (SECRET,)
        self.looked = 0

    def valid(self) -> tuple[str, ...]:
        """Those that count."""
        return self.now

    async def look_again(self) -> bool:
        """Nothing else is to be found."""
        self.looked += 1
        return False


def signature(body: bytes, query: bytes = b"", content_type: str = JSON, secret: str = SECRET) -> bytes:
    """What Zoho would send in its header."""
    form = pairs(body) if content_type.startswith("application/x-www-form-urlencoded") else None
    return sign(secret, pairs(query), form, body).encode()


def event(
    payload: object, suffix: str = "", *, content_type: str = JSON, secret: str = SECRET, query: bytes = b""
) -> Incoming:
    """A signed request; ``payload`` that is no bytes becomes JSON."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Incoming("POST", suffix, query, content_type, signature(body, query, content_type, secret), body)


class Inbox:
    """A world's inbox while the engine's loop runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.commands: asyncio.Queue[Command] = asyncio.Queue()
        self.stored: list[StoredEvent] = []
        self.intake = Intake(
            world.db,
            world.connection,
            FixedSecrets(),
            world.clock,
            on_stored=self._stored,  # type: ignore[arg-type]
        )

    def _stored(self, one: StoredEvent) -> None:
        self.stored.append(one)
        if one.waits:
            self.world.engine.hinted()

    async def settle(self) -> None:
        """Let everything happen that needs no time."""
        for _ in range(600):
            await asyncio.sleep(0)

    async def send(self, payload: object, suffix: str = "", **more: Any) -> Taken:
        """Take one event in and let it work."""
        taken = await self.intake.take(event(payload, suffix, **more))
        await self.settle()
        return taken

    async def tell(self, module: str, remote_id: str, suffix: str = "", **fields: object) -> Taken:
        """Send Zoho's default payload about a record as it is there now."""
        key, id_field = {"contacts": ("contact", "contact_id"), "items": ("item", "item_id")}.get(
            module, ("invoice", "invoice_id")
        )
        record = self.world.zoho.modules[module].get(remote_id)
        stamps = {} if record is None else {"last_modified_time": stamp(record.modified)}
        return await self.send(
            {"organization_id": ORGANIZATION, key: {id_field: remote_id, **stamps, **fields}}, suffix
        )

    async def command(self, *commands: Command) -> None:
        """Hand commands to the loop and let them work."""
        for one in commands:
            self.commands.put_nowait(one)
        await self.settle()

    async def advance(self, seconds: float, step: float = 5.0) -> None:
        """Let time pass."""
        while seconds > 0:
            self.world.clock.tick(min(step, seconds))
            seconds -= step
            await self.settle()

    def events(self) -> list[WebhookEventView]:
        """The log, oldest first."""
        return inbox.events(self.world.db, self.world.connection.id)[::-1]

    def results(self) -> list[str]:
        """What became of each event, oldest first."""
        return [one.result for one in self.events()]

    def reads(self, module: str = "invoices") -> list[int | str]:
        """Ids asked for one by one since ``forget_calls``."""
        return [what for kind, name, what in self.world.zoho.asked if kind == "get" and name == module]


def stamp(seconds: int) -> str:
    """Zoho's form of a moment."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


@asynccontextmanager
async def looking(world: World, *, first: bool = True) -> AsyncIterator[Inbox]:
    """Run the engine's loop over an inbox; with ``first`` its first pass is over and forgotten."""
    site = Inbox(world)
    task = asyncio.create_task(world.engine.run_forever(site.commands))
    await site.settle()
    if first:
        world.zoho.forget_calls()
        world.events.clear()
    try:
        yield site
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
