"""A sign-in that holds and is not kept yet, and the words around it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zbdesk.app.log import mark_secret
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Budget, SetupError
from zbdesk.domain.views import Connection, Organization
from zbdesk.zoho.auth import KeptToken, TokenKeeper
from zbdesk.zoho.datacentres import CUSTOM, DATA_CENTRES, DataCentre
from zbdesk.zoho.oauth import Credentials, SignIn, Tokens

_log = logging.getLogger(__name__)


class SignInStep(StrEnum):
    """How far the sign-in is."""

    OPENED = "opened"
    """The browser was asked to open the consent page."""

    WAITING = "waiting"
    CODE = "code"
    """Zoho's answer is here."""

    TOKENS = "tokens"
    """The sign-in holds."""


@dataclass(frozen=True, slots=True)
class ConnectRequest:
    """What a person typed."""

    data_centre: DataCentre
    client_id: str
    client_secret: str = field(repr=False)
    pkce: bool = False

    def credentials(self) -> Credentials:
        """Return it without the spaces that copying brings along; hidden from the log from now on."""
        secret = self.client_secret.strip()
        mark_secret(secret)
        return Credentials(self.data_centre, self.client_id.strip(), secret, self.pkce)


class NotSignedIn(SetupError):
    """A step was asked for before the sign-in."""

    def __init__(self) -> None:
        super().__init__("The sign-in has not been finished.", "Sign in first.", code="not_signed_in")


class NoOrganization(SetupError):
    """The user belongs to no organization in this data centre."""

    def __init__(self, region: str) -> None:
        super().__init__(
            "This user has no organization in Zoho Books.",
            "Sign in as somebody who can open the company's books in the browser, and check the data centre "
            f"({region}): it is the ending of the address of your Zoho Books.",
            code="no_organization",
        )


class OrganizationEnded(SetupError):
    """The organization is inactive: its trial or plan has ended."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(
            f"{organization.name} is not active in Zoho Books.",
            "Its trial or plan has ended. Renew it in Zoho Books, then connect.",
            subject=organization.organization_id,
            code="organization_ended",
        )


class MemoryLedger:
    """The calls of this flow; what they were for is added to the day's count when the connection is kept."""

    def __init__(self) -> None:
        self.used = 0
        self._limit: int | None = None
        self._paused_until: datetime | None = None

    def used_today(self) -> int:
        """Calls of this flow."""
        return self.used

    def count(self, calls: int, _lately: Sequence[float], /) -> None:
        """See ``CallLedger``."""
        self.used += calls

    def limit(self) -> int | None:
        """See ``CallLedger``."""
        return self._limit

    def set_limit(self, limit: int, /) -> None:
        """See ``CallLedger``."""
        self._limit = limit

    def paused_until(self) -> datetime | None:
        """See ``CallLedger``."""
        return self._paused_until

    def pause(self, until: datetime, budget: Budget, /) -> None:
        """See ``CallLedger``."""
        _log.info("Zoho asks for a pause of its %s budget", budget.value)
        self._paused_until = until


class Session:
    """A sign-in that holds and is not kept yet."""

    def __init__(self, sign_in: SignIn, credentials: Credentials, tokens: Tokens, clock: Clock) -> None:
        self.credentials = credentials
        self.tokens = tokens
        self.kept = KeptToken(tokens.access_token, tokens.expires_at, requests=(clock.now(),))
        self.refresh_token = tokens.refresh_token or ""
        mark_secret(tokens.access_token)
        mark_secret(tokens.refresh_token)
        self.keeper = TokenKeeper(
            sign_in,
            credentials,
            accounts_url=tokens.accounts_url,
            clock=clock,
            refresh_token=self._give_refresh_token,
            load=self._load,
            save=self._save,
        )

    async def _give_refresh_token(self) -> str:
        return self.refresh_token

    async def _load(self) -> KeptToken:
        return self.kept

    async def _save(self, kept: KeptToken) -> None:
        mark_secret(kept.access_token)
        self.kept = kept


def kept_centre(connection: Connection) -> DataCentre:
    """Return the data centre of a stored connection; a custom one is built from the addresses that were followed."""
    row = DATA_CENTRES.get(connection.data_centre)
    if row is not None:
        return row
    accounts = connection.accounts_url
    return DataCentre(CUSTOM, f"Custom ({accounts})", accounts, connection.api_url, accounts, accounts, accounts)
