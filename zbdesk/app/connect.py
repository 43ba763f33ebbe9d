"""From credentials to a stored connection, step by step: used by the wizard and by ``zbdesk connect``.

listen, sign_in (or with_grant_code), organizations, counts, finish, aclose. Nothing is kept before ``finish``, and a
flow that ends without it leaves everything as it was; a sign-in that nobody uses is revoked, since Zoho allows twenty.
One event loop; the vault and the database are used on threads.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import httpx

from zbdesk.app import storing
from zbdesk.app.consent import CLOCK_TOLERANCE, ClockWrong, Debounce, Waiting, read_pasted
from zbdesk.app.log import mark_secret
from zbdesk.app.paths import DataPaths
from zbdesk.app.secrets import StoredSecrets
from zbdesk.app.session import (
    ConnectRequest,
    MemoryLedger,
    NoOrganization,
    NotSignedIn,
    OrganizationEnded,
    Session,
    SignInStep,
    kept_centre,
)
from zbdesk.app.settings import Settings, save
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import (
    RejectedError,
    SetupError,
    ThrottledError,
    TransientError,
    ZbdeskError,
)
from zbdesk.domain.module import Feed
from zbdesk.domain.modules import module as module_named
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.sync import recognition
from zbdesk.vault import Vault
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.datacentres import DataCentre, at_accounts_server
from zbdesk.zoho.errors import WrongOrganization
from zbdesk.zoho.limits import CallGate, Priority
from zbdesk.zoho.loopback import PATH, Callback, Loopback
from zbdesk.zoho.oauth import Credentials, Pkce, SignIn, Tokens, new_state, refusal
from zbdesk.zoho.resources import Books
from zbdesk.zoho.sign_in_errors import PortTaken

__all__ = ["ConnectFlow", "ConnectRequest", "SignInStep"]

_log = logging.getLogger(__name__)
_debounce = Debounce()
_REVOKE_SECONDS = 5.0
_LOOK_SECONDS = 10.0
"""How long connecting waits to learn by what records are recognised; the rest is learned when it matters."""


class ConnectFlow:
    """One way to a connection. ``consent_url``: what the browser opens; ``scopes``: what was granted."""

    def __init__(
        self,
        *,
        data_dir: Path,
        settings: Settings,
        clock: Clock,
        vault: Callable[[], Vault],
        http: Callable[[], httpx.AsyncClient],
    ) -> None:
        self._paths = DataPaths(data_dir)
        self._settings = settings
        self._clock = clock
        self._vault = vault
        self._make_http = http
        self._http: httpx.AsyncClient | None = None
        self._loopback: Loopback | None = None
        self._redirect_uri = ""
        self._state = ""
        self._waiting: Waiting | None = None
        self._session: Session | None = None
        self._organizations: dict[str, Organization] = {}
        self._ledger = MemoryLedger()
        self._calls: dict[str, int] = {}
        self._counted: dict[str, dict[str, int | None]] = {}
        self._keeping: asyncio.Task[storing.Kept] | None = None
        self.consent_url = ""
        self.scopes: tuple[str, ...] = ()

    # Signing in

    async def listen(self, ports: Sequence[int]) -> str:
        """Listen for the browser's way back; returns the redirect address of the port that was free.

        Raises ``PortTaken``; the sign-in then still works with the first port's address and ``paste``.
        """
        await self._stop_listening()
        loopback = Loopback()
        try:
            self._redirect_uri = await loopback.open(ports)
        except PortTaken:
            self._redirect_uri = f"http://localhost:{ports[0]}{PATH}"
            raise
        self._loopback = loopback
        return self._redirect_uri

    async def sign_in(
        self,
        request: ConnectRequest,
        *,
        scopes: Sequence[str],
        open_browser: Callable[[str], bool],
        on_step: Callable[[SignInStep], None],
        timeout_seconds: float = 600,
    ) -> None:
        """Have a person consent in the browser and fetch the tokens. ``open_browser`` and ``on_step``: on this thread.

        Raises ``SignInError`` classes, ``SignInTimedOut``, ``SignInCancelled``, ``ClockWrong``, ``TooManyConsents``,
        ``UntrustedServer``, ``TransientError``. May be called again after a failure.
        """
        await self._give_up_session()
        credentials = request.credentials()
        _debounce.note(f"{credentials.data_centre.accounts_url} {credentials.client_id}", self._clock.monotonic())
        sign_in = self._sign_in()
        pkce = Pkce.new() if credentials.pkce else None
        self._state = new_state()
        mark_secret(self._state)
        redirect = self._expect(self._state)
        self.consent_url = sign_in.consent_url(
            credentials, redirect_uri=self._redirect_uri, scopes=scopes, state=self._state, pkce=pkce
        )
        self._waiting = Waiting(self._clock, timeout_seconds)
        try:
            on_step(SignInStep.OPENED)
            if not open_browser(self.consent_url):
                _log.warning("no browser could be opened; the address has to be opened by hand")
            on_step(SignInStep.WAITING)
            callback = await self._waiting.answer(redirect)
        finally:
            self._waiting = None
            if redirect is not None:
                redirect.cancel()
        if callback.error or not callback.code:
            raise refusal(callback.error or "", credentials.data_centre, redirect_uri=self._redirect_uri)
        mark_secret(callback.code)
        on_step(SignInStep.CODE)
        try:
            tokens = await sign_in.exchange(
                credentials,
                callback.code,
                redirect_uri=self._redirect_uri,
                scopes=scopes,
                accounts_server=callback.accounts_server,
                location=callback.location,
                pkce=pkce,
            )
        except ZbdeskError as exc:
            self._blame_clock(sign_in, exc)
            raise
        self._accept(sign_in, credentials, tokens)
        on_step(SignInStep.TOKENS)

    def paste(self, text: str) -> None:
        """Take the redirect's address or the code as a person copied it. Raises ``NotACode``, ``ForeignCode``."""
        if self._waiting is None:
            raise NotSignedIn
        self._waiting.hand(read_pasted(text, self._state))

    def extend(self) -> None:
        """Wait for the browser as long again; without a wait nothing happens."""
        if self._waiting is not None:
            self._waiting.extend()

    def cancel(self) -> None:
        """End the wait for the browser with ``SignInCancelled``; the flow may be used again."""
        if self._waiting is not None:
            self._waiting.cancel()

    async def with_grant_code(self, request: ConnectRequest, code: str, *, scopes: Sequence[str]) -> None:
        """Fetch the tokens for a self-client's code. Raises as ``sign_in``, without a browser's failures."""
        await self._give_up_session()
        credentials = request.credentials()
        mark_secret(code.strip())
        sign_in = self._sign_in()
        try:
            tokens = await sign_in.exchange_grant_code(credentials, code, scopes=scopes)
        except ZbdeskError as exc:
            self._blame_clock(sign_in, exc)
            raise
        self._accept(sign_in, credentials, tokens)

    # Choosing

    async def organizations(self) -> list[Organization]:
        """Return all organizations that the user sees, ended ones too. Raises ``NoOrganization``."""
        session = self._signed_in()
        found = await self._books(None).organizations()
        if not found:
            raise NoOrganization(self._data_centre(session).label)
        self._organizations = {one.organization_id: one for one in found}
        return found

    async def counts(self, organization_id: str, modules: Sequence[str]) -> AsyncIterator[tuple[str, int | None]]:
        """Give the number of records a module, one call each; None where Zoho does not say or not allow it.

        Ends with None for the rest when Zoho asks for a pause. Raises ``AuthError``. What was found is kept by
        ``finish``, so that the first pass knows how much is to come.
        """
        books = self._books(organization_id)
        counted = self._counted.setdefault(organization_id, {})
        silent = False
        for name in modules:
            declared = module_named(name)
            number: int | None = None
            if not silent and declared.feed is not Feed.NESTED:
                try:
                    number = await books.count(declared)
                except ThrottledError:
                    silent = True
                except (RejectedError, TransientError) as error:
                    _log.info("no count of %s: %s", name, error.title)
                finally:
                    self._calls[organization_id] = self._calls.get(organization_id, 0) + books.calls
                    books.client.calls = 0
            # A second look that was refused takes nothing away from what the first one found.
            counted[name] = counted.get(name) if number is None else number
            yield name, number

    # Keeping

    async def finish(
        self, organization_id: str, *, modules: Sequence[str], read_only: bool, poll_seconds: float, details: bool
    ) -> Connection:
        """Keep the connection: secrets first, then row and modules in one transaction; the record map stays.

        Raises ``WrongOrganization``, ``OrganizationEnded``, ``VaultError``, ``StorageError``, ``NoRefreshToken``; then
        everything is as it was, and ``finish`` may be tried again.
        """
        session = self._signed_in()
        organization = await self._chosen(organization_id)
        recognised = {} if read_only else await self._recognised(organization_id, modules)
        new = storing.NewConnection(
            connection=self._connection(session, organization, read_only=read_only),
            secrets=StoredSecrets(session.credentials.client_secret, session.refresh_token, session.kept),
            modules=tuple(modules),
            calls=self._calls.get(organization_id, 0),
            at=self._clock.now(),
            expected=dict(self._counted.get(organization_id, {})),
            recognition=recognised,
        )
        database = self._paths.database
        self._keeping = asyncio.create_task(asyncio.to_thread(lambda: storing.keep(database, self._vault(), new)))
        # Shielded: a thread cannot be stopped, so a cancelled finish still ends, and aclose looks how.
        kept = await asyncio.shield(self._keeping)
        self._session = None
        self._keeping = None
        _log.info(
            "connected: data centre %s, %d modules%s",
            kept.connection.data_centre,
            len(new.modules),
            ", read-only" if read_only else "",
        )
        await self._remember(poll_seconds=poll_seconds, details=details)
        await self._revoke_displaced(kept)
        return kept.connection

    async def _recognised(self, organization_id: str, modules: Sequence[str]) -> dict[str, dict[str, object]]:
        """By what Zoho tells our records apart, one call a module; what is not known now is asked before it matters."""
        wanted = [module for module in recognition.candidates() if module.name in modules]
        books = self._books(organization_id)
        found: dict[str, dict[str, object]] = {}
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                for module in wanted:
                    found[module.name] = await recognition.learn(
                        books, module, {}, at=self._clock.now(), priority=Priority.USER
                    )
        except (TimeoutError, ZbdeskError) as error:
            _log.info("not all custom fields were looked at: %s", getattr(error, "title", "it took too long"))
        finally:
            self._calls[organization_id] = self._calls.get(organization_id, 0) + books.calls
        return found

    async def aclose(self) -> None:
        """End the flow at any time; a sign-in that was not kept is revoked. Twice is harmless."""
        self.cancel()
        await self._stop_listening()
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            await asyncio.wait([keeping])
            if not keeping.cancelled() and keeping.exception() is None:
                self._session = None
        await self._give_up_session()
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    # Inside

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = self._make_http()
        return self._http

    def _sign_in(self) -> SignIn:
        return SignIn(self._client(), self._clock, timeout=self._settings.request_timeout)

    def _expect(self, state: str) -> asyncio.Task[Callback] | None:
        if self._loopback is None:
            return None
        self._loopback.expect(state)
        return asyncio.create_task(self._loopback.wait(), name="waiting for the browser")

    async def _stop_listening(self) -> None:
        loopback, self._loopback = self._loopback, None
        if loopback is not None:
            await loopback.close()

    def _accept(self, sign_in: SignIn, credentials: Credentials, tokens: Tokens) -> None:
        self._session = Session(sign_in, credentials, tokens, self._clock)
        self._organizations = {}
        self._counted = {}
        self.scopes = tokens.scopes

    def _signed_in(self) -> Session:
        if self._session is None:
            raise NotSignedIn
        return self._session

    @staticmethod
    def _blame_clock(sign_in: SignIn, exc: ZbdeskError) -> None:
        """Raise ``ClockWrong`` instead where the accounts server's time is far from ours."""
        skew = sign_in.clock_skew_seconds
        if skew is not None and abs(skew) > CLOCK_TOLERANCE:
            raise ClockWrong(skew) from exc

    def _books(self, organization_id: str | None) -> Books:
        session = self._signed_in()
        gate = CallGate(self._clock, self._settings.calls_per_minute, self._settings.calls_in_parallel, self._ledger)
        return Books(
            ZohoClient(
                self._client(),
                api_url=session.tokens.api_url,
                organization_id=organization_id,
                tokens=session.keeper,
                gate=gate,
                clock=self._clock,
                rng=random.Random(),  # noqa: S311 - spreads waits, guards nothing
                timeout=self._settings.request_timeout,
                retry_base_seconds=self._settings.retry_base_seconds,
            )
        )

    async def _chosen(self, organization_id: str) -> Organization:
        if not self._organizations:
            await self.organizations()
        organization = self._organizations.get(organization_id)
        if organization is None:
            raise WrongOrganization(organization_id)
        if not organization.active:
            raise OrganizationEnded(organization)
        return organization

    @staticmethod
    def _data_centre(session: Session) -> DataCentre:
        return at_accounts_server(session.credentials.data_centre, session.tokens.accounts_url)

    def _connection(self, session: Session, organization: Organization, *, read_only: bool) -> Connection:
        return Connection(
            id=0,
            organization=organization,
            data_centre=self._data_centre(session).name,
            accounts_url=session.tokens.accounts_url,
            api_url=session.tokens.api_url,
            location=session.tokens.location,
            client_id=session.credentials.client_id,
            scopes=session.tokens.scopes,
            read_only=read_only,
            state=ConnectionState.ACTIVE,
            connected_at=self._clock.now(),
            redirect_uri=self._redirect_uri,
            pkce=session.credentials.pkce,
        )

    async def _remember(self, *, poll_seconds: float, details: bool) -> None:
        """Write what was chosen and differs from what holds: an override of the environment is never written."""
        changes: dict[str, float | bool] = {}
        if poll_seconds != self._settings.poll_seconds:
            changes["poll_seconds"] = poll_seconds
        if details != self._settings.fill_details:
            changes["fill_details"] = details
        if not changes:
            return
        try:
            await asyncio.to_thread(lambda: save(self._paths.settings, **changes))
        except SetupError as error:
            # The connection stands; what was chosen can be set again in Settings.
            _log.warning("the choice of interval and line items was not saved: %s", error.title)

    async def _revoke_displaced(self, kept: storing.Kept) -> None:
        if kept.displaced is None:
            return
        connection, old = kept.displaced
        credentials = Credentials(kept_centre(connection), connection.client_id, old.client_secret, connection.pkce)
        await self._revoke(credentials, old.refresh_token, connection.accounts_url)

    async def _give_up_session(self) -> None:
        """Revoke a sign-in that was made in this flow and is not kept, unless a stored connection lives on it."""
        session, self._session = self._session, None
        if session is None or not session.refresh_token:
            return
        database, token = self._paths.database, session.refresh_token
        try:
            # A keychain may sit there asking: whoever cancels does not wait for that, and then nothing is revoked.
            async with asyncio.timeout(_REVOKE_SECONDS):
                used = await asyncio.to_thread(lambda: storing.is_in_use(database, self._vault, token))
        except TimeoutError:
            _log.warning("it could not be looked up in time whether the sign-in is in use; it was not revoked")
            used = True
        if not used:
            await self._revoke(session.credentials, token, session.tokens.accounts_url)

    async def _revoke(self, credentials: Credentials, token: str, accounts_url: str) -> None:
        """Withdraw a token at Zoho as well as it goes: failing is noted and holds nothing up."""
        try:
            async with asyncio.timeout(_REVOKE_SECONDS):
                done = await self._sign_in().revoke(credentials, token, accounts_url=accounts_url)
        except (TimeoutError, ZbdeskError):
            done = False
        if not done:
            _log.warning("an unused sign-in could not be revoked; it stays under Connected Apps in Zoho Accounts")
