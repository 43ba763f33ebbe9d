"""A connect flow without a network: what the wizard asks is recorded, what it answers is set by the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from zbdesk.app.connect import ConnectRequest, SignInStep
from zbdesk.domain.errors import SetupError, ZbdeskError
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization

MERIDIAN = Organization(
    "60012345678", "Meridian Spices & Exports Pvt. Ltd.", "India", "INR", "Asia/Kolkata", "en", "april", "professional"
)
FOODS = Organization(
    "60012991204",
    "Meridian Foods Trading FZE",
    "United Arab Emirates",
    "AED",
    "Asia/Dubai",
    "en",
    "january",
    "standard",
)
HOME = Organization(
    "60013020077", "Meridian Home (UK) Ltd", "United Kingdom", "GBP", "Europe/London", "en", "april", "standard"
)
TRIAL = Organization(
    "60009917310", "Meridian Trial 2024", "India", "INR", "Asia/Kolkata", "en", "april", "free", active=False
)
COUNTS = {
    "contacts": 3914, "items": 1214, "estimates": 2306, "salesorders": 5871, "invoices": 45180,
    "customerpayments": 38640, "creditnotes": 1118, "purchaseorders": 940, "bills": 4455, "vendorpayments": 3310,
    "vendorcredits": 120, "expenses": 6027, "chartofaccounts": 184, "journals": 812, "bankaccounts": 6,
    "banktransactions": 21877, "currencies": 9, "taxes": 14, "users": 11,
}  # fmt: skip


@dataclass
class Script:
    """What every flow of one test does, and what happened."""

    organizations: list[Organization] = field(default_factory=lambda: [FOODS, TRIAL, MERIDIAN, HOME])
    counts: Mapping[str, int | None] = field(default_factory=lambda: dict(COUNTS))
    listen_error: ZbdeskError | None = None
    sign_in_error: ZbdeskError | None = None
    organizations_error: ZbdeskError | None = None
    counts_error: ZbdeskError | None = None
    finish_error: ZbdeskError | None = None
    paste_error: ZbdeskError | None = None
    wait: bool = False
    """Whether the sign-in waits for ``accept`` (or for a pasted code)."""

    accepted: asyncio.Event = field(default_factory=asyncio.Event)
    flows: list[FakeFlow] = field(default_factory=list)
    requests: list[ConnectRequest] = field(default_factory=list)
    scopes: list[tuple[str, ...]] = field(default_factory=list)
    grant_codes: list[str] = field(default_factory=list)
    pasted: list[str] = field(default_factory=list)
    extended: int = 0
    finished: list[dict[str, object]] = field(default_factory=list)

    def factory(self) -> FakeFlow:
        """Make the next flow."""
        flow = FakeFlow(self)
        self.flows.append(flow)
        return flow


class FakeFlow:
    """Implements the part of ConnectFlow that the wizard uses."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.consent_url = ""
        self.closed = False

    async def listen(self, ports: Sequence[int]) -> str:
        """See ``ConnectFlow``."""
        if self._script.listen_error is not None:
            raise self._script.listen_error
        return f"http://localhost:{ports[0]}/callback"

    async def sign_in(
        self,
        request: ConnectRequest,
        *,
        scopes: Sequence[str],
        open_browser: Callable[[str], bool],
        on_step: Callable[[SignInStep], None],
        timeout_seconds: float = 600,
    ) -> None:
        """See ``ConnectFlow``."""
        script = self._script
        script.requests.append(request)
        script.scopes.append(tuple(scopes))
        self.consent_url = f"{request.data_centre.accounts_url}/oauth/v2/auth?client_id={request.client_id}"
        on_step(SignInStep.OPENED)
        open_browser(self.consent_url)
        on_step(SignInStep.WAITING)
        if script.wait:
            await script.accepted.wait()
        if script.sign_in_error is not None:
            raise script.sign_in_error
        on_step(SignInStep.CODE)
        on_step(SignInStep.TOKENS)

    def paste(self, text: str) -> None:
        """See ``ConnectFlow``."""
        if self._script.paste_error is not None:
            raise self._script.paste_error
        self._script.pasted.append(text)
        self._script.accepted.set()

    def extend(self) -> None:
        """See ``ConnectFlow``."""
        self._script.extended += 1

    async def with_grant_code(self, request: ConnectRequest, code: str, *, scopes: Sequence[str]) -> None:
        """See ``ConnectFlow``."""
        self._script.requests.append(request)
        self._script.grant_codes.append(code)
        if self._script.sign_in_error is not None:
            raise self._script.sign_in_error

    async def organizations(self) -> list[Organization]:
        """See ``ConnectFlow``."""
        if self._script.organizations_error is not None:
            raise self._script.organizations_error
        return list(self._script.organizations)

    async def counts(self, organization_id: str, modules: Sequence[str]) -> AsyncIterator[tuple[str, int | None]]:
        """See ``ConnectFlow``."""
        if self._script.counts_error is not None:
            raise self._script.counts_error
        for name in modules:
            await asyncio.sleep(0)
            yield name, self._script.counts.get(name)

    async def finish(
        self, organization_id: str, *, modules: Sequence[str], read_only: bool, poll_seconds: float, details: bool
    ) -> Connection:
        """See ``ConnectFlow``."""
        script = self._script
        if script.finish_error is not None:
            raise script.finish_error
        script.finished.append(
            {"organization_id": organization_id, "modules": tuple(modules), "read_only": read_only,
             "poll_seconds": poll_seconds, "details": details}
        )  # fmt: skip
        chosen = next(one for one in script.organizations if one.organization_id == organization_id)
        return Connection(
            id=1, organization=chosen, data_centre="in", accounts_url="https://accounts.zoho.in",
            api_url="https://www.zohoapis.in", location="in", client_id="1000.X", scopes=(), read_only=read_only,
            state=ConnectionState.ACTIVE, connected_at=datetime(2026, 11, 20, tzinfo=UTC),
        )  # fmt: skip

    async def aclose(self) -> None:
        """See ``ConnectFlow``."""
        self.closed = True


class Refused(SetupError):
    """A failure of the sign-in with a word of Zoho's."""

    def __init__(self, code: str) -> None:
        super().__init__("Zoho refused the sign-in.", "Look at what was typed.", code=code)
