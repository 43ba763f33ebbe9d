"""The doctor's questions to Zoho's servers: does it answer, what time is it there, which organizations are seen."""

from __future__ import annotations

import random
from dataclasses import dataclass

import httpx

from zbdesk.app.session import MemoryLedger
from zbdesk.app.settings import Settings
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import AuthError, ZbdeskError
from zbdesk.domain.views import Connection, Organization
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.errors import NotSent
from zbdesk.zoho.limits import CallGate
from zbdesk.zoho.resources import Books
from zbdesk.zoho.skew import skew_seconds
from zbdesk.zoho.wire import turned


@dataclass(frozen=True, slots=True)
class Reach:
    """How one server was reached: its failure, or how long it took and how far its clock is from ours."""

    failure: ZbdeskError | None
    milliseconds: int = 0
    skew: float | None = None

    @property
    def offline(self) -> bool:
        """Whether no connection came about at all."""
        return isinstance(self.failure, NotSent)


class TokenTooOld(AuthError):
    """Zoho refused the kept access token."""

    def __init__(self) -> None:
        super().__init__(
            "Zoho did not accept this hour's sign-in.",
            "It is renewed at the next sync; if that fails too, sign in again.",
            code="access_token",
        )


class _KeptToken:
    """A ``TokenSource`` that never asks for a new token."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get(self) -> str:
        return self._token

    async def invalidate(self, token: str) -> bool:  # noqa: ARG002 - there is no other one
        raise TokenTooOld


async def reach(client: httpx.AsyncClient, url: str, clock: Clock, seconds: float) -> Reach:
    """Ask the server's front page: any answer shows that the way is open."""
    started = clock.monotonic()
    try:
        answer = await client.get(url, timeout=seconds)
    except httpx.RequestError as exc:
        return Reach(turned(exc, seconds))
    except ZbdeskError as exc:
        return Reach(exc)
    took = round((clock.monotonic() - started) * 1000)
    return Reach(None, took, skew_seconds(answer.headers.get("date"), clock.now()))


async def ask_organizations(
    client: httpx.AsyncClient, connection: Connection, token: str, settings: Settings, clock: Clock
) -> list[Organization]:
    """Return the organizations that the kept token sees, in one call without a second try."""
    gate = CallGate(clock, settings.calls_per_minute, settings.calls_in_parallel, MemoryLedger())
    zoho = ZohoClient(
        client,
        api_url=connection.api_url,
        organization_id=None,
        tokens=_KeptToken(token),
        gate=gate,
        clock=clock,
        rng=random.Random(),  # noqa: S311 - spreads waits, guards nothing
        timeout=min(settings.request_timeout, 15.0),
        max_tries=1,
    )
    return await Books(zoho).organizations()
