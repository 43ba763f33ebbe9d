"""The secrets that zbdesk keeps for the way of the webhooks: one a relay target, and the token of a tunnel program."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence

from zbdesk.app.log import mark_secret
from zbdesk.domain.views import Connection
from zbdesk.domain.way import Target
from zbdesk.vault import Vault

_TOKEN = "tunnel_token"  # noqa: S105 - the name of an entry


def entry(connection: Connection, url: str) -> str:
    """The name under which the secret of a target is kept."""
    return f"{connection.vault_prefix}/relay/{hashlib.sha256(url.encode()).hexdigest()[:24]}"


def token_entry(connection: Connection) -> str:
    """The name under which the token of a tunnel program is kept."""
    return f"{connection.vault_prefix}/{_TOKEN}"


async def secret_of(vault: Callable[[], Vault], connection: Connection, target: Target) -> str | None:
    """The secret of a target; None where the vault has none. Raises the vault's own."""
    found = await asyncio.to_thread(lambda: vault().get(entry(connection, target.url)))
    mark_secret(found)
    return found


async def token(vault: Callable[[], Vault], connection: Connection) -> str:
    """The token that a person gave for cloudflared or ngrok; empty without one. Raises the vault's own."""
    kept = await asyncio.to_thread(lambda: vault().get(token_entry(connection))) or ""
    mark_secret(kept)
    return kept


def forget(vault: Vault, connection: Connection, urls: Sequence[str]) -> None:
    """Remove the secrets of these targets and the token, however often."""
    for url in urls:
        vault.delete(entry(connection, url))
    vault.delete(token_entry(connection))
