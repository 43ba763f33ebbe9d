"""Ending a connection: revoke at Zoho, forget the secrets, keep or delete the mirror.

A failing revocation never holds up the local part: somebody who disconnects wants this computer out, and Zoho's own
page can end the rest.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing
from dataclasses import dataclass

from zbdesk.app import control_key, relay_secrets, secrets, spooled, webhook_secret
from zbdesk.app.build import Surroundings
from zbdesk.app.session import kept_centre
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection
from zbdesk.store import connections, deliveries, diary
from zbdesk.store.database import Database
from zbdesk.zoho.oauth import Credentials, SignIn

log = logging.getLogger(__name__)

REVOKE_SECONDS = 15.0
"""Somebody who disconnects does not wait longer for a server that is away."""


@dataclass(frozen=True, slots=True)
class DisconnectReport:
    """What was done. ``notes`` are sentences about what could not be done and what to do about it."""

    organization_name: str | None
    revoked: bool
    secrets_removed: bool
    data_deleted: bool
    notes: tuple[str, ...] = ()


async def disconnect(around: Surroundings, *, delete_data: bool) -> DisconnectReport:
    """End the current connection. Without one it reports so; run twice it is harmless.

    Raises ``StorageError`` where the database cannot be written; then nothing was revoked either.
    """
    with closing(Database.open(around.database, now=around.clock.now)) as db:
        connection = connections.current(db)
        if connection is None:
            return DisconnectReport(None, revoked=False, secrets_removed=False, data_deleted=False)
        # Written down first: a disk that takes nothing ends it here, before the sign-in is gone; and whoever is cut off
        # from here on finds a connection that wants a sign-in, and may disconnect once more.
        with db.transaction():
            connections.set_state(db, connection.id, ConnectionState.NEEDS_SIGN_IN, "Disconnecting was begun.")
        notes: list[str] = []
        revoked = removed = False
        try:
            revoked = await _revoke(around, connection)
            urls = [target.url for target in deliveries.targets(db, connection.id)]
            await asyncio.to_thread(lambda: _forget(around, connection))
            await asyncio.to_thread(lambda: relay_secrets.forget(around.vault(), connection, urls))
            removed = True
        except ZbdeskError as error:
            log.warning("disconnecting: %s", error.title)
            notes.append(str(error))
        if not revoked:
            notes.append(
                f"Zoho was not told. End the sign-in there: {connection.accounts_url}, Sessions, Connected Apps."
            )
        with db.transaction():
            at = around.clock.now()
            diary.add(db, connection.id, "disconnected", "Disconnected from Zoho Books", at=at, cause="user")
            connections.forget(db, connection.id)
            if delete_data:
                connections.delete_data(db, connection.id)
        if delete_data:
            db.vacuum()
    log.info(
        "disconnected: %s at Zoho, secrets %s, records %s",
        "revoked" if revoked else "not revoked",
        "removed" if removed else "not removed",
        "deleted" if delete_data else "kept",
    )
    return DisconnectReport(
        connection.organization.name,
        revoked=revoked,
        secrets_removed=removed,
        data_deleted=delete_data,
        notes=tuple(notes),
    )


def _forget(around: Surroundings, connection: Connection) -> None:
    vault = around.vault()
    secrets.forget(vault, connection)
    webhook_secret.forget(vault, connection, around.database.parent)
    control_key.forget(around.database.parent)
    spooled.forget(around.database.parent, connection)


async def _revoke(around: Surroundings, connection: Connection) -> bool:
    kept = await asyncio.to_thread(lambda: secrets.load(around.vault(), connection))
    if kept is None:
        return False
    credentials = Credentials(kept_centre(connection), connection.client_id, kept.client_secret, connection.pkce)
    async with around.http_client() as http:
        sign_in = SignIn(http, around.clock, timeout=min(around.settings.request_timeout, REVOKE_SECONDS))
        return await sign_in.revoke(credentials, kept.refresh_token, accounts_url=connection.accounts_url)
