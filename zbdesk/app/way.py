"""The round-trip test on demand, from whatever process, and the token of a tunnel program."""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing

from zbdesk.app import relay_secrets, tunnels, webhooks
from zbdesk.app.desk import Desk, NotConnected
from zbdesk.app.lock import OtherInstance
from zbdesk.app.tunnel_service import Extras, test_once
from zbdesk.domain.errors import TransientError
from zbdesk.domain.way import TunnelTest
from zbdesk.store import connections
from zbdesk.store import tunnels as stored
from zbdesk.store.database import Database, MissingDatabase
from zbdesk.sync.events import Event
from zbdesk.vault import Vault

log = logging.getLogger(__name__)

ANSWER_WITHIN = 90.0
"""Seconds that a running instance gets for a test: every leg may take its whole patience."""


class NoTestResult(TransientError):
    """The running instance was asked for a test and told no result."""

    def __init__(self) -> None:
        super().__init__(
            "The running zbdesk has not told how the test went.", "Ask once more, or look at its window under Webhooks."
        )


async def test_now(desk: Desk) -> TunnelTest:
    """Test the way: by the running instance, which has the tunnel, or else with all of it started for the test.

    Raises ``NotConnected``, ``NoTestResult``, ``OtherInstance`` where the other one does not listen, and the vault's
    and the database's own.
    """
    before = _last(desk)
    if not desk.is_attended:
        try:
            desk.acquire("webhooks test")
        except OtherInstance:
            log.debug("another instance is asked for the test")
        else:
            return await _by_ourselves(desk)
    # Handing over asks the running instance's listener and waits for its answer: not on the loop.
    await asyncio.to_thread(webhooks.write_or_hand_over, desk, {"test": True}, _no_writing)
    return await _told_by_other(desk, before)


def _no_writing(_db: Database, _connection: object) -> None:
    raise NoTestResult  # the other instance has ended in this moment: nobody is left to ask


async def _by_ourselves(desk: Desk) -> TunnelTest:
    def quiet(_event: Event) -> None:
        """Nobody watches a single test."""

    around = desk.surroundings
    async with desk.engine(quiet) as engine:
        extras = Extras()
        async with webhooks.listening(around, engine, extras.stored, extras.carry_out) as (listener, intake):
            found = await test_once(around, engine, listener, intake)
    return tunnels.as_row(found, "user")


async def _told_by_other(desk: Desk, before: TunnelTest | None) -> TunnelTest:
    waited = 0.0
    while waited < ANSWER_WITHIN:
        await asyncio.sleep(0.2)
        waited += 0.2
        found = _last(desk)
        if found is not None and found.cause == "user" and (before is None or found.at > before.at):
            return found
    raise NoTestResult


def _last(desk: Desk) -> TunnelTest | None:
    try:
        with closing(Database.open_reader(desk.database_path)) as db:
            connection = connections.current(db)
            if connection is None:
                raise NotConnected
            return stored.last_test(db, connection.id)
    except MissingDatabase as exc:
        raise NotConnected from exc


def keep_token(desk: Desk, token: str) -> None:
    """Keep the token of a tunnel program in the vault; empty takes it away. Blocks as a vault does."""
    connection = desk.read(lambda reader: reader.connection()).result()
    if connection is None:
        raise NotConnected
    vault: Vault = desk.vault()
    name = relay_secrets.token_entry(connection)
    if token:
        vault.set(name, token)
    else:
        vault.delete(name)
