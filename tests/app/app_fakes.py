"""A clock that is turned by hand, and Zoho's accounts server and organizations as answers of a function."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs

import httpx

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class HandClock:
    """Time that only moves when it is told, or when somebody sleeps and ``runs`` is set."""

    def __init__(self, *, runs: bool = False) -> None:
        self.at = NOW
        self.seconds = 100.0
        self.runs = runs

    def now(self) -> datetime:
        """See ``Clock``."""
        return self.at

    def monotonic(self) -> float:
        """See ``Clock``."""
        return self.seconds

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        if self.runs:
            self.turn(seconds)
        await asyncio.sleep(0)


ORGANIZATIONS = [
    {"organization_id": "10", "name": "Nordwind GmbH", "currency_code": "EUR", "time_zone": "Europe/Berlin"},
    {"organization_id": "20", "name": "Ended Ltd", "is_org_active": False},
]


class FakeZoho:
    """Answers as Zoho does; what it was asked stands in ``requests``, what it revoked in ``revoked``."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.revoked: list[str] = []
        self.token_answer: dict[str, object] | None = None
        self.token_status = 200
        self.organizations: list[dict[str, object]] = [dict(one) for one in ORGANIZATIONS]
        self.date = NOW
        self.issued = 0
        self.down: type[httpx.RequestError] | None = None
        self.api_status = 200
        self.counts: dict[str, int] = {"invoices": 812}

    def client(self) -> httpx.AsyncClient:
        """A client whose network is this object."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.down is not None:
            raise self.down("no network", request=request)
        answer = self._by_path(request)
        answer.headers["Date"] = format_datetime(self.date, usegmt=True)
        return answer

    def _by_path(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/oauth/v2/token/revoke"):
            self.revoked.append(request.url.params["token"])
            return httpx.Response(200, json={"status": "success"})
        if path.endswith("/oauth/v2/token"):
            return self._token(parse_qs(request.content.decode()))
        if path.startswith("/books/v3/"):
            return self._books(path.removeprefix("/books/v3/"))
        return httpx.Response(200, text="<html></html>")

    def _books(self, name: str) -> httpx.Response:
        body: dict[str, object] = {"code": 0, "message": "success"}
        if name == "organizations" and self.api_status == 200:
            return httpx.Response(200, json=body | {"organizations": self.organizations})
        if name in self.counts and self.api_status == 200:
            return httpx.Response(200, json=body | {"page_context": {"total": self.counts[name]}})
        status = self.api_status if self.api_status != 200 else 400
        return httpx.Response(status, json={"code": 57, "message": "You are not authorized"})

    def _token(self, form: dict[str, list[str]]) -> httpx.Response:
        if self.token_answer is not None:
            return httpx.Response(self.token_status, json=self.token_answer)
        self.issued += 1
        answer = {
            "access_token": f"1000.access-{self.issued}-marked",
            "api_domain": "https://www.zohoapis.eu",
            "expires_in": 3600,
        }
        if form["grant_type"] == ["authorization_code"]:
            answer["refresh_token"] = f"1000.refresh-{self.issued}-marked"
        return httpx.Response(200, json=answer)
