"""Names and form of a connection's secrets in the vault.

Three entries, so that a keychain is asked rarely: ``<prefix>/client_secret``, ``<prefix>/refresh_token``, and
``<prefix>/access_token``, the kept access token with its expiry and the times of our requests as one text (Zoho counts
requests for new ones). All plain functions block as a vault does: call them on a thread. Whatever is read or kept is
hidden from the log first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from zbdesk.app.log import mark_secret
from zbdesk.domain.errors import AuthError
from zbdesk.domain.views import Connection
from zbdesk.vault import Vault
from zbdesk.zoho.auth import KeptToken

_CLIENT_SECRET = "client_secret"  # noqa: S105 - names of entries
_REFRESH_TOKEN = "refresh_token"  # noqa: S105
_ACCESS_TOKEN = "access_token"  # noqa: S105
PROXY_PASSWORD = "proxy/password"  # noqa: S105
_ENTRIES = (_CLIENT_SECRET, _REFRESH_TOKEN, _ACCESS_TOKEN)


class SecretsGone(AuthError):
    """The vault works, but the connection's secrets are not in it: another keychain, user or computer."""

    def __init__(self, vault: str) -> None:
        super().__init__(
            "The sign-in is not in the keychain any more.",
            f"It was looked for in {vault}. Sign in again; what is already here stays, and syncing goes on from there.",
            code="secrets_gone",
        )


@dataclass(frozen=True, slots=True)
class StoredSecrets:
    """All secrets of one connection. ``client_secret`` may be empty for clients that have none."""

    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    kept: KeptToken = field(default_factory=KeptToken)


def load(vault: Vault, connection: Connection) -> StoredSecrets | None:
    """Return the connection's secrets, None where the vault has no refresh token of it."""
    return load_prefix(vault, connection.vault_prefix)


def require(vault: Vault, connection: Connection) -> StoredSecrets:
    """Return the connection's secrets or raise ``SecretsGone``."""
    found = load(vault, connection)
    if found is None:
        raise SecretsGone(vault.describe())
    return found


def load_prefix(vault: Vault, prefix: str) -> StoredSecrets | None:
    """Return the secrets below a prefix, None without a refresh token."""
    refresh_token = vault.get(f"{prefix}/{_REFRESH_TOKEN}")
    if refresh_token is None:
        return None
    client_secret = vault.get(f"{prefix}/{_CLIENT_SECRET}") or ""
    mark_secret(refresh_token)
    mark_secret(client_secret)
    return StoredSecrets(client_secret, refresh_token, load_token(vault, prefix))


def load_token(vault: Vault, prefix: str) -> KeptToken:
    """Return the kept access token; an empty one where there is none or it cannot be read."""
    kept = KeptToken.decode(vault.get(f"{prefix}/{_ACCESS_TOKEN}"))
    mark_secret(kept.access_token)
    return kept


def save_token(vault: Vault, prefix: str, kept: KeptToken) -> None:
    """Keep the access token and the times of our requests."""
    mark_secret(kept.access_token)
    vault.set(f"{prefix}/{_ACCESS_TOKEN}", kept.encode())


def save_prefix(vault: Vault, prefix: str, secrets: StoredSecrets) -> None:
    """Keep all secrets of a connection; the refresh token last, since it is what makes the others count."""
    mark_secret(secrets.client_secret)
    mark_secret(secrets.refresh_token)
    save_token(vault, prefix, secrets.kept)
    if secrets.client_secret:
        vault.set(f"{prefix}/{_CLIENT_SECRET}", secrets.client_secret)
    else:
        vault.delete(f"{prefix}/{_CLIENT_SECRET}")
    vault.set(f"{prefix}/{_REFRESH_TOKEN}", secrets.refresh_token)


def forget(vault: Vault, connection: Connection) -> None:
    """Remove all secrets of the connection, however often."""
    for entry in _ENTRIES:
        vault.delete(f"{connection.vault_prefix}/{entry}")


def proxy_password(vault: Vault) -> str:
    """The password for the proxy's login; empty where none is kept."""
    found = vault.get(PROXY_PASSWORD) or ""
    mark_secret(found)
    return found


def keep_proxy_password(vault: Vault, password: str) -> None:
    """Keep it; an empty one forgets."""
    mark_secret(password)
    if password:
        vault.set(PROXY_PASSWORD, password)
    else:
        vault.delete(PROXY_PASSWORD)


def snapshot(vault: Vault, prefix: str) -> Mapping[str, str | None]:
    """Return every entry below a prefix as it is, for ``restore``."""
    return {name: vault.get(name) for name in (f"{prefix}/{entry}" for entry in _ENTRIES)}


def restore(vault: Vault, entries: Mapping[str, str | None]) -> None:
    """Put back what ``snapshot`` saw."""
    for name, value in entries.items():
        if value is None:
            vault.delete(name)
        else:
            vault.set(name, value)


class VaultTokens:
    """What ``TokenKeeper`` asks for, over the vault: each question on a thread, because a keychain may block."""

    def __init__(self, vault: Callable[[], Vault], connection: Connection) -> None:
        self._vault = vault
        self._connection = connection
        self._prefix = connection.vault_prefix

    async def secrets(self) -> StoredSecrets:
        """Return all secrets; raises ``SecretsGone`` and the vault's own."""
        return await asyncio.to_thread(lambda: require(self._vault(), self._connection))

    async def refresh_token(self) -> str:
        """Return the refresh token; raises as ``secrets``."""
        return (await self.secrets()).refresh_token

    async def load(self) -> KeptToken | None:
        """Return the access token that an earlier process kept."""
        return await asyncio.to_thread(lambda: load_token(self._vault(), self._prefix))

    async def save(self, kept: KeptToken) -> None:
        """Keep the access token."""
        await asyncio.to_thread(lambda: save_token(self._vault(), self._prefix, kept))

    async def keep_refresh_token(self, token: str) -> None:
        """Keep another refresh token instead of the one before."""
        mark_secret(token)
        await asyncio.to_thread(lambda: self._vault().set(f"{self._prefix}/{_REFRESH_TOKEN}", token))
