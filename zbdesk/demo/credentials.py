"""What a client needs to connect to the demo server. Everything here is a toy on loopback and may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zbdesk.domain.modules import MODULES

if TYPE_CHECKING:
    from zbdesk.demo.world import World


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """An organization to choose from."""

    organization_id: str
    name: str
    country: str
    currency_code: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """Addresses, client and a source of grant codes."""

    accounts_url: str
    api_url: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    organizations: tuple[DemoOrganization, ...]
    _world: World = field(repr=False, compare=False)

    def grant_code(self, scopes: Iterable[str] | None = None, *, minutes: float = 10) -> str:
        """A fresh self client code, for one use; without ``scopes`` it allows everything."""
        return self._world.tokens.grant_code(self._world.full_grant(_scopes(scopes)), minutes=minutes)

    def tokens(self, scopes: Iterable[str] | None = None) -> tuple[str, str]:
        """(access token, refresh token) without any ceremony, for tests that start behind the sign-in."""
        return self._world.tokens.issue(self._world.full_grant(_scopes(scopes)))


def _scopes(scopes: Iterable[str] | None) -> frozenset[str]:
    if scopes is not None:
        return frozenset(scopes)
    return frozenset(
        f"ZohoBooks.{module.scope}.{deed}"
        for module in MODULES.values()
        for deed in ("READ", "CREATE", "UPDATE", "DELETE")
    )


def credentials_for(world: World) -> Credentials:
    """The credentials of a running server."""
    return Credentials(
        world.origin,
        world.origin,
        world.options.client_id,
        world.options.client_secret,
        tuple(sorted(world.redirect_uris)),
        tuple(
            DemoOrganization(o.id, o.profile.name, o.profile.country, o.profile.currency_code)
            for o in world.company.organizations.values()
        ),
        world,
    )
