"""Ending a connection: revoke at Zoho, forget the secrets, keep or delete the mirror.

A failing revocation never holds up the local part: somebody who disconnects wants this computer out, and Zoho's own
page can end the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from zbdesk.app import secrets
from zbdesk.app.build import sign_in_of
from zbdesk.app.settings import Settings
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.store import connections, diary
from zbdesk.store.database import Database
from zbdesk.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DisconnectReport:
    """What was done. ``notes`` are sentences about what could not be done and what to do about it."""

    organization_name: str | None
    revoked: bool
    secrets_removed: bool
    data_deleted: bool
    notes: tuple[str, ...] = ()


async def disconnect(
    database: Path,
    *,
    settings: Settings,
    vault: Callable[[], Vault],
    clock: Clock,
    http: Callable[[], httpx.AsyncClient],
    delete_data: bool,
) -> DisconnectReport:
    """End the current connection. Without one it reports so; run twice it is harmless.

    Raises ``StorageError`` where the database cannot be written; then nothing was revoked either.
    """
    db = Database.open(database, now=clock.now)
    try:
        connection = connections.current(db)
        if connection is None:
            return DisconnectReport(None, revoked=False, secrets_removed=False, data_deleted=False)
        notes: list[str] = []
        revoked = False
        removed = False
        try:
            keys = await asyncio.to_thread(vault)
            tokens = await asyncio.to_thread(secrets.load, keys, connection)
            if tokens is not None:
                async with http() as client:
                    revoked = await sign_in_of(client, connection, clock).revoke(tokens.refresh_token)
            await asyncio.to_thread(secrets.forget, keys, connection)
            removed = True
        except ZbdeskError as error:
            log.warning("disconnecting: %s", error.title)
            notes.append(str(error))
        if not revoked:
            notes.append(
                f"Zoho was not told. End the sign-in there: {connection.accounts_url}, Sessions, Connected Apps."
            )
        with db.transaction():
            diary.add(db, connection.id, "disconnected", "Disconnected from Zoho Books", at=clock.now(), cause="user")
            connections.forget(db, connection.id)
            if delete_data:
                connections.delete_data(db, connection.id)
        return DisconnectReport(
            connection.organization.name,
            revoked=revoked,
            secrets_removed=removed,
            data_deleted=delete_data,
            notes=tuple(notes),
        )
    finally:
        db.close()
