"""What stands between the engine and the demo company: a wire that breaks, tokens, the day's calls, and time.

The wire can lose a request, lose its answer, delay either, answer with a fault, or end the process in the middle. Time
moves only when somebody waits or a test says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from world import Crash

from zbdesk.demo.server import DemoServer
from zbdesk.zoho.errors import SignInEnded

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WRITES = ("POST", "PUT", "DELETE")


async def _turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


class Clock:
    """Time that moves on by itself when somebody sleeps, so that no test ever waits."""

    def __init__(self) -> None:
        self._now = START
        self._mono = 1000.0

    def now(self) -> datetime:
        """The wall clock."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return self._mono

    async def sleep(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self.tick(seconds)
        await asyncio.sleep(0)

    def tick(self, seconds: float = 1.0) -> None:
        """Time passes."""
        self._now += timedelta(seconds=max(0.0, seconds))
        self._mono += max(0.0, seconds)

    def jump(self, seconds: float) -> None:
        """Somebody sets the wall clock."""
        self._now += timedelta(seconds=seconds)


@dataclass
class Trouble:
    """What happens to the next request that fits: ``kind`` lose, lost_answer, late, crash, crash_after, or a status."""

    kind: str
    method: str | None = None
    path: str = ""
    times: int = 1
    status: int = 500
    body: bytes = b'{"code":1000,"message":"Internal error"}'
    before: Callable[[], None] | None = None

    def fits(self, request: httpx.Request) -> bool:
        """Whether it is about this request."""
        writes = self.method == "WRITE" and request.method in WRITES
        return (
            self.times > 0
            and (self.method is None or writes or self.method == request.method)
            and self.path in request.url.path
        )


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to the server in this process, unless something is in the way."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app=app)
        self.troubles: list[Trouble] = []
        self.late: list[httpx.Request] = []
        self.on_request: Callable[[], None] | None = None
        self.on_death: Callable[[], None] | None = None
        self.seconds = 0.0
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:  # noqa: C901, PLR0912 - one case a trouble
        """One request, which takes ``seconds`` on its way."""
        await asyncio.sleep(self.seconds)
        self.asked.append((request.method, request.url.path.removeprefix("/books/v3")))
        self.bodies.append(request.content)
        trouble = next((one for one in self.troubles if one.fits(request)), None)
        if trouble is None:
            return await self._carry(request)
        trouble.times -= 1
        if trouble.before is not None:
            trouble.before()
        match trouble.kind:
            case "lose":
                raise httpx.ReadError("lost", request=request)
            case "unreachable":
                raise httpx.ConnectError("no route", request=request)
            case "lost_answer":
                await self._carry(request)
                raise httpx.ReadError("answer lost", request=request)
            case "late":
                self.late.append(request)
                raise httpx.ReadTimeout("slow proxy", request=request)
            case "crash":
                self._die()
            case "crash_after":
                await self._carry(request)
                self._die()
            case "status":
                return httpx.Response(trouble.status, content=trouble.body, request=request)
            case "status_after":
                await self._carry(request)
                return httpx.Response(trouble.status, content=trouble.body, request=request)
            case "meanwhile":
                return await self._carry(request)
            case "slow_there":
                await _turns(6)
                return await self._carry(request)
            case "slow_back":
                answer = await self._carry(request)
                await _turns(24)
                return answer
        raise AssertionError(trouble.kind)

    async def land(self) -> None:
        """What a slow proxy held arrives now."""
        held, self.late = self.late, []
        for request in held:
            await self._carry(request)

    def _die(self) -> None:
        if self.on_death is not None:
            self.on_death()
        raise Crash

    async def _carry(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        if self.on_request is not None and request.method in WRITES:
            self.on_request()
        return answer

    def writes(self) -> list[tuple[str, str]]:
        """The writes that left, in order."""
        return [one for one in self.asked if one[0] in WRITES]


class Tokens:
    """A token that the server knows; a refused one is replaced."""

    def __init__(self, server: DemoServer) -> None:
        self._server = server
        self._token = server.credentials.tokens()[0]
        self.revoked = False

    async def get(self) -> str:
        """The access token."""
        return self._token

    async def invalidate(self, token: str) -> bool:
        """Get another one, as long as the consent holds."""
        if self.revoked:
            raise SignInEnded("zoho.example", "invalid_code")
        if token == self._token:
            self.renew()
        return True

    def renew(self) -> None:
        """A token of a new sign-in."""
        self._token = self._server.credentials.tokens()[0]


class Ledger:
    """The day's calls, in memory."""

    def __init__(self) -> None:
        self._used = 0
        self._until: datetime | None = None

    def used_today(self) -> int:
        """See ``CallLedger``."""
        return self._used

    def count(self, calls: int, _lately: Sequence[float], /) -> None:
        """See ``CallLedger``."""
        self._used += calls

    def limit(self) -> int | None:
        """See ``CallLedger``."""
        return None

    def set_limit(self, limit: int, /) -> None:
        """See ``CallLedger``."""

    def paused_until(self) -> datetime | None:
        """See ``CallLedger``."""
        return self._until

    def pause(self, until: datetime, budget: object, /) -> None:
        """See ``CallLedger``."""
        self._until = until
