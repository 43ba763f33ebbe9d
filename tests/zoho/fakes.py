"""A clock that runs only while everybody waits, a ledger in memory, and a Zoho Books that counts."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import httpx

from zbdesk.domain.errors import Budget
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import CallGate

BEGIN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ORGANIZATION = "10229182"


class FakeClock:
    """Time stands still until every task waits for it; then it jumps to the earliest end of a wait."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.jump = timedelta(0)
        self.slept: list[float] = []
        self._ends: list[float] = []

    def now(self) -> datetime:
        """See ``Clock``."""
        return BEGIN + timedelta(seconds=self.seconds) + self.jump

    def monotonic(self) -> float:
        """See ``Clock``."""
        return 1000.0 + self.seconds

    async def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        self.slept.append(seconds)
        end = self.seconds + seconds
        self._ends.append(end)
        try:
            while self.seconds < end:
                for _ in range(30):
                    await asyncio.sleep(0)
                if self.seconds < end and min(self._ends) == end:
                    self.seconds = end
        finally:
            self._ends.remove(end)


class FakeLedger:
    """The day's count and a pause, in memory; hand it on to play a new process."""

    def __init__(self, limit: int | None = None, used: int = 0) -> None:
        self.used = used
        self.known = limit
        self.until: datetime | None = None
        self.budget: Budget | None = None
        self.lately: list[float] = []

    def used_today(self) -> int:
        """See ``CallLedger``."""
        return self.used

    def count(self, calls: int, lately: Sequence[float]) -> None:
        """See ``CallLedger``."""
        self.used += calls
        self.lately = list(lately)

    def limit(self) -> int | None:
        """See ``CallLedger``."""
        return self.known

    def set_limit(self, limit: int) -> None:
        """See ``CallLedger``."""
        self.known = limit

    def paused_until(self) -> datetime | None:
        """See ``CallLedger``."""
        return self.until

    def pause(self, until: datetime, budget: Budget) -> None:
        """See ``CallLedger``."""
        self.until, self.budget = until, budget


class FakeTokens:
    """A token source that can renew as often as it is told."""

    def __init__(self, renewals: int = 1) -> None:
        self.token = "1000.secret-access-1"
        self.renewals = renewals
        self.refused: list[str] = []

    async def get(self) -> str:
        """See ``TokenSource``."""
        return self.token

    async def invalidate(self, token: str) -> bool:
        """See ``TokenSource``."""
        self.refused.append(token)
        if self.renewals <= 0:
            return False
        self.renewals -= 1
        self.token = f"1000.secret-access-{len(self.refused) + 1}"
        return True


Handler = Callable[[httpx.Request], httpx.Response]


def good(**nodes: object) -> httpx.Response:
    """Zoho's usual good answer."""
    return httpx.Response(200, json={"code": 0, "message": "success", **nodes})


def bad(status: int, code: int, message: str = "no", **headers: str) -> httpx.Response:
    """A refusal in words."""
    return httpx.Response(status, json={"code": code, "message": message}, headers=headers)


class Books:
    """A client over a handler, with all that belongs to it at hand."""

    def __init__(
        self,
        handler: Callable[[httpx.Request], object],
        *,
        per_minute: int = 0,
        parallel: int = 4,
        ledger: FakeLedger | None = None,
        tokens: FakeTokens | None = None,
        clock: FakeClock | None = None,
        max_tries: int = 5,
    ) -> None:
        self.clock = clock or FakeClock()
        self.ledger = ledger or FakeLedger()
        self.tokens = tokens or FakeTokens()
        self.requests: list[httpx.Request] = []
        self.gate = CallGate(self.clock, per_minute, parallel, self.ledger, jitter=lambda: 0.5)

        async def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            result = handler(request)
            return await result if asyncio.iscoroutine(result) else result  # type: ignore[return-value]

        self.http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        self.client = ZohoClient(
            self.http,
            api_url="https://www.zohoapis.eu",
            organization_id=ORGANIZATION,
            tokens=self.tokens,
            gate=self.gate,
            clock=self.clock,
            rng=random.Random(7),
            max_tries=max_tries,
        )


def script(*answers: httpx.Response | Exception) -> Handler:
    """Answers one after the other; the last one stays."""
    left = list(answers)

    def handler(request: httpx.Request) -> httpx.Response:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    return handler


def rows_of(count: int, first: int = 1) -> list[dict[str, object]]:
    """Invoices as list rows."""
    return [
        {"invoice_id": str(982000000000000 + at), "invoice_number": f"INV-{at}"} for at in range(first, first + count)
    ]


def dumps(value: object) -> bytes:
    """JSON as Zoho sends it."""
    return json.dumps(value).encode()
