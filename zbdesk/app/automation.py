"""Automatic set-up joined with the connection: preview, making, removing, and the end at disconnecting."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from zbdesk.app import webhook_secret
from zbdesk.app.desk import Desk
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.way import Made
from zbdesk.store import inbox, module_states, tunnels
from zbdesk.store.database import Database
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event
from zbdesk.webhooks import automatic
from zbdesk.webhooks.automatic import Report, Step
from zbdesk.zoho.limits import Priority

if TYPE_CHECKING:
    from zbdesk.zoho.client import ZohoClient

log = logging.getLogger(__name__)


class _Records:
    """What was made, in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def made(self) -> Sequence[Made]:
        """See ``automatic.Records``."""
        return tunnels.made(self._engine.db, self._engine.connection.id)

    def add(self, kind: str, step: Step, remote_id: str) -> None:
        """See ``automatic.Records``."""
        engine = self._engine
        tunnels.add_made(
            engine.db, engine.connection.id, kind, step.module, step.rule, step.name, remote_id, engine.clock.now()
        )

    def forget(self, made_id: int) -> None:
        """See ``automatic.Records``."""
        tunnels.forget_made(self._engine.db, made_id)


class _Client:
    """Zoho's client, with a person waiting."""

    def __init__(self, engine: Engine) -> None:
        # The engine knows only what passes need of the client; the one that app builds is always this.
        self._client = cast("ZohoClient", engine.books.client)

    async def write(self, method: str, path: str, *, body: bytes | None = None, part: str | None = None) -> bytes:
        """See ``automatic.Client``."""
        return await self._client.write(method, path, body=body, priority=Priority.USER, part=part)

    async def get(self, path: str, *, part: str | None = None) -> bytes:
        """See ``automatic.Client``."""
        return await self._client.get(path, priority=Priority.USER, part=part)


def steps(db: Database, connection_id: int) -> list[Step]:
    """What would be made for this connection, in order. Raises ``NoAddressYet``."""
    facts, tunnel = inbox.facts(db, connection_id), tunnels.get(db, connection_id)
    return automatic.plan(
        module_states.enabled(db, connection_id),
        facts.public_url or None,
        facts.path_key[:6],
        with_path=tunnel is None or tunnel.kind != "relay",
    )


async def preview(desk: Desk) -> list[Step]:
    """What would be made. No call is made. Raises ``NoAddressYet``, ``MissingScope``, ``NotConnected``."""
    async with desk.engine(_quiet) as engine:
        automatic.check_scopes(engine.connection.scopes, (automatic.CREATE,))
        return steps(engine.db, engine.connection.id)


async def set_up(desk: Desk) -> Report:
    """Make what is not there yet. Raises as ``preview``, and the vault's own."""
    desk.acquire("webhooks setup")
    async with desk.engine(_quiet) as engine:
        automatic.check_scopes(engine.connection.scopes, (automatic.CREATE,))
        wanted = steps(engine.db, engine.connection.id)
        secret = await asyncio.to_thread(
            lambda: webhook_secret.ensure(desk.vault(), engine.connection, desk.data_dir, desk.clock.now()).secret
        )
        return await automatic.set_up(_Client(engine), wanted, secret, _Records(engine))


async def set_up_beside(engine: Engine, secret: str) -> Report:
    """As ``set_up``, with the engine that runs. Raises ``NoAddressYet``, ``MissingScope``."""
    automatic.check_scopes(engine.connection.scopes, (automatic.CREATE,))
    return await automatic.set_up(_Client(engine), steps(engine.db, engine.connection.id), secret, _Records(engine))


async def remove_beside(engine: Engine) -> Report:
    """As ``remove``, with the engine that runs. Raises ``MissingScope``."""
    return await _removed(engine, by_person=True)


async def remove(desk: Desk) -> Report:
    """Remove everything that was made from here. Raises ``MissingScope``, ``NotConnected``."""
    desk.acquire("webhooks setup")
    async with desk.engine(_quiet) as engine:
        return await _removed(engine, by_person=True)


async def _removed(engine: Engine, *, by_person: bool) -> Report:
    records = _Records(engine)
    made = records.made()
    if not made:
        return Report()
    if by_person:
        automatic.check_scopes(engine.connection.scopes, (automatic.DELETE,))
    return await automatic.remove(_Client(engine), made, records)


async def before_disconnecting(desk: Desk) -> list[str]:
    """Take away what was made in Zoho Books; returns sentences about what has to be removed there by hand.

    Never holds up the disconnecting: whatever fails is a sentence.
    """
    made = desk.read(lambda reader: reader.webhooks_made()).result()
    if not made:
        return []
    try:
        async with desk.engine(_quiet) as engine:
            left = [step.name for step in (await _removed(engine, by_person=False)).steps if step.result == "failed"]
    except ZbdeskError as error:
        log.info("webhooks were not removed in Zoho Books: %s", error.title)
        left = [one.name for one in made]
    if not left:
        return []
    names = ", ".join(dict.fromkeys(left))
    return [f"These are still in Zoho Books: {names}. Remove them there under Settings, Automation."]


def _quiet(_event: Event) -> None:
    """Nobody watches."""
