"""Signing in: consent address, code for tokens, refresh, revoke. One method a protocol step; nothing is kept here.

Rules of Zoho's accounts server (zoho.com/accounts/protocol/oauth/): errors may come with HTTP 200, so success is an
``access_token`` in the answer and nothing else; the code is exchanged at the server that the redirect named; secrets
travel in the form body, never in an address, save for the first documented form of revoking. Invariant: client
secret, code and tokens stand in no exception, ``repr`` or log line.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import urlencode

import httpx
import msgspec

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.zoho import retry, wire
from zbdesk.zoho.datacentres import DataCentre, at_accounts_server, follow_accounts_server, follow_api_domain
from zbdesk.zoho.errors import ClientGone, SignInEnded, TokenServerFault, TokensThrottled
from zbdesk.zoho.sign_in_errors import (
    CodeNotAccepted,
    ConsentRefused,
    RedirectNotRegistered,
    ScopeRefused,
    SignInFailed,
    WrongClientId,
    WrongClientSecret,
)
from zbdesk.zoho.skew import skew_seconds

LOCK_SECONDS = 600.0
"""How long a throttled token endpoint is left alone: asking again early makes the lock longer."""

_ONE_HOUR = 3600.0
_CLIENT_WORDS = frozenset({"invalid_client", "invalid_client_secret", "invalid_client_id"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the API console gave for one client. ``pkce`` only for the mobile/desktop client type."""

    data_centre: DataCentre
    client_id: str
    client_secret: str = field(repr=False)
    pkce: bool = False


@dataclass(frozen=True, slots=True)
class Pkce:
    """The pair of RFC 7636 for one sign-in."""

    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> Pkce:
        """A fresh verifier of 64 characters."""
        return cls(secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """Its S256 challenge."""
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A token answer. ``expires_at`` is by our clock; ``refresh_token`` None where Zoho sent none: keep the old."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    api_url: str
    accounts_url: str
    location: str
    expires_at: datetime
    scopes: tuple[str, ...]


class _Answer(msgspec.Struct):
    access_token: str | None = None
    refresh_token: str | None = None
    api_domain: str | None = None
    expires_in: int | float | str | None = None
    scope: str | None = None
    error: str | None = None


_answer = msgspec.json.Decoder(_Answer)


def new_state() -> str:
    """A value nobody can guess, which the redirect must bring back."""
    return secrets.token_urlsafe(32)


class SignIn:
    """The steps, over an HTTP client that was passed in. ``clock_skew_seconds`` is of the last answer."""

    def __init__(self, http: httpx.AsyncClient, clock: Clock, *, timeout: float = 45.0) -> None:
        self._http = http
        self._clock = clock
        self._timeout = timeout
        self.clock_skew_seconds: float | None = None

    def consent_url(
        self,
        credentials: Credentials,
        *,
        redirect_uri: str,
        scopes: Sequence[str],
        state: str,
        pkce: Pkce | None = None,
    ) -> str:
        """Where the browser is sent. ``offline`` and ``consent`` together are what brings a refresh token."""
        query = {
            "client_id": credentials.client_id,
            "response_type": "code",
            "redirect_uri": redirect_uri,
            "scope": ",".join(scopes),
            "access_type": "offline",
            "prompt": "consent",
            "state": state,
        }
        if credentials.pkce and pkce is not None:
            query |= {"code_challenge": pkce.challenge, "code_challenge_method": "S256"}
        return f"{credentials.data_centre.accounts_url}/oauth/v2/auth?{urlencode(query)}"

    async def exchange(
        self,
        credentials: Credentials,
        code: str,
        *,
        redirect_uri: str,
        scopes: Sequence[str],
        accounts_server: str | None = None,
        location: str | None = None,
        pkce: Pkce | None = None,
    ) -> Tokens:
        """The browser's code for tokens, at the accounts server that the redirect named.

        Raises ``UntrustedServer`` before anything is sent, ``SignInError``, ``TokensThrottled``, ``TransientError``.
        """
        dc = credentials.data_centre
        accounts = follow_accounts_server(dc, accounts_server) if accounts_server else dc.accounts_url
        form = {"grant_type": "authorization_code", "code": code.strip(), "redirect_uri": redirect_uri}
        if credentials.pkce and pkce is not None:
            form["code_verifier"] = pkce.verifier
        return await self._tokens_for_code(
            credentials, accounts, form, scopes=scopes, location=location, redirect_uri=redirect_uri
        )

    async def exchange_grant_code(self, credentials: Credentials, code: str, *, scopes: Sequence[str]) -> Tokens:
        """A self-client's code for tokens: no redirect, and always at the given data centre. Raises as ``exchange``."""
        form = {"grant_type": "authorization_code", "code": code.strip()}
        return await self._tokens_for_code(credentials, credentials.data_centre.accounts_url, form, scopes=scopes)

    async def refresh(self, credentials: Credentials, refresh_token: str, *, accounts_url: str) -> Tokens:
        """A new access token. ``accounts_url`` is the connection's stored one, followed when it was made.

        Raises ``SignInEnded`` and ``ClientGone`` (sign in again); anything else leaves the sign-in as it is.
        """
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        dc = at_accounts_server(credentials.data_centre, accounts_url)
        status, sent = await self._post(credentials, dc, accounts_url, form)
        if _is_token(sent.access_token):
            return self._tokens(sent, dc, accounts_url, (), None)
        word = _word(sent)
        if word == "invalid_code":
            raise SignInEnded(dc.label, word)
        if word in _CLIENT_WORDS:
            raise ClientGone(dc.label, word)
        raise TokenServerFault(dc.label, http_status=status, word=word or None)

    async def revoke(self, credentials: Credentials, token: str, *, accounts_url: str) -> bool:
        """Withdraw a token: the first documented form, then the second. False where neither was confirmed.

        Never raises for an answer or the network: a local disconnect must not hang on it.
        """
        first = httpx.Request("POST", f"{accounts_url}/oauth/v2/token/revoke?{urlencode({'token': token})}")
        basic = base64.b64encode(f"{credentials.client_id}:{credentials.client_secret}".encode()).decode("ascii")
        second = httpx.Request(
            "POST",
            f"{accounts_url}/oauth/v2/revoke/token",
            data={"token": token, "token_type": "refresh_token"},
            headers={"Authorization": f"Basic {basic}"},
        )
        return await self._revoked(first) or await self._revoked(second)

    async def _revoked(self, request: httpx.Request) -> bool:
        try:
            answer = await self._send(request)
        except httpx.RequestError:
            return False
        sent = _read(answer.content)
        return answer.is_success and sent is not None and not sent.error

    async def _tokens_for_code(
        self,
        credentials: Credentials,
        accounts: str,
        form: Mapping[str, str],
        *,
        scopes: Sequence[str],
        location: str | None = None,
        redirect_uri: str | None = None,
    ) -> Tokens:
        dc = at_accounts_server(credentials.data_centre, accounts)
        status, sent = await self._post(credentials, dc, accounts, form)
        if _is_token(sent.access_token):
            return self._tokens(sent, dc, accounts, scopes, location)
        raise refusal(_word(sent) or f"HTTP {status}", dc, redirect_uri=redirect_uri)

    def _tokens(
        self, sent: _Answer, dc: DataCentre, accounts: str, scopes: Sequence[str], location: str | None
    ) -> Tokens:
        granted = tuple((sent.scope or "").replace(",", " ").split())
        return Tokens(
            access_token=sent.access_token or "",
            refresh_token=sent.refresh_token if _is_token(sent.refresh_token) else None,
            api_url=follow_api_domain(dc, sent.api_domain) if sent.api_domain else dc.api_url,
            accounts_url=accounts,
            location=location or dc.name,
            expires_at=self._clock.now() + timedelta(seconds=_lifetime(sent.expires_in)),
            scopes=granted or tuple(scopes),
        )

    async def _post(
        self, credentials: Credentials, dc: DataCentre, accounts: str, form: Mapping[str, str]
    ) -> tuple[int, _Answer]:
        """Status and JSON of the token endpoint. Raises ``TokensThrottled``, ``TransientError`` for the rest."""
        data = {**form, "client_id": credentials.client_id}
        if credentials.client_secret:
            data["client_secret"] = credentials.client_secret
        try:
            answer = await self._send(httpx.Request("POST", f"{accounts}/oauth/v2/token", data=data))
        except httpx.RequestError as exc:
            raise wire.turned(exc, self._timeout) from exc
        sent = _read(answer.content)
        retry_after = retry.parse_retry_after(answer.headers.get("retry-after"), self._clock.now())
        if answer.status_code == 429 or (sent is not None and _is_throttled(sent, answer.status_code)):
            raise TokensThrottled(max(LOCK_SECONDS, retry_after or 0.0))
        if sent is None or answer.status_code >= 500:
            raise TokenServerFault(dc.label, http_status=answer.status_code)
        return answer.status_code, sent

    async def _send(self, request: httpx.Request) -> httpx.Response:
        request.headers["User-Agent"] = wire.USER_AGENT
        request.headers["Accept"] = "application/json"
        request.extensions["timeout"] = httpx.Timeout(self._timeout).as_dict()
        answer = await self._http.send(request, auth=None, follow_redirects=False)
        self.clock_skew_seconds = skew_seconds(answer.headers.get("date"), self._clock.now())
        return answer


_REFUSALS: Mapping[str, Callable[[DataCentre, str, str | None], ZbdeskError]] = MappingProxyType(
    {
        "invalid_code": lambda dc, word, redirect: CodeNotAccepted(dc.label, word, grant=redirect is None),
        "invalid_client": lambda dc, word, _: WrongClientId(dc.label, word),
        "invalid_client_id": lambda dc, word, _: WrongClientId(dc.label, word),
        "invalid_client_secret": lambda dc, word, _: WrongClientSecret(dc.label, word),
        "invalid_redirect_uri": lambda _, word, redirect: RedirectNotRegistered(redirect or "", word),
        "invalid_scope": lambda dc, word, _: ScopeRefused(dc.label, word),
        "access_denied": lambda _, word, __: ConsentRefused(word),
    }
)


def refusal(word: str, dc: DataCentre, *, redirect_uri: str | None = None) -> ZbdeskError:
    """The failure behind an error word of the redirect or the token answer. No ``redirect_uri``: a grant code."""
    word = word.strip()
    make = _REFUSALS.get(word.casefold())
    return make(dc, word, redirect_uri) if make is not None else SignInFailed(dc.label, _shown(word))


def _read(body: bytes) -> _Answer | None:
    try:
        return _answer.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _is_throttled(sent: _Answer, status: int) -> bool:
    """``Access Denied`` in two words is the throttle; ``access_denied`` is a person's refusal."""
    return sent.access_token is None and (sent.error or "").strip().casefold() == "access denied" and status != 401


def _word(sent: _Answer) -> str:
    return (sent.error or "").strip()


def _is_token(text: str | None) -> bool:
    """A token that may go into a header: h11 would quote any other in its error text."""
    return bool(text) and text is not None and text.isascii() and text.isprintable() and " " not in text


def _lifetime(sent: float | str | None) -> float:
    """Seconds; older answers give milliseconds, and a missing value is Zoho's one hour."""
    try:
        seconds = float(sent) if sent is not None else _ONE_HOUR
    except ValueError:
        return _ONE_HOUR
    if seconds > 86_400:
        seconds /= 1000
    return seconds if 0 < seconds <= 86_400 else _ONE_HOUR


def _shown(word: str) -> str:
    """An unknown word, short and harmless: it came from outside and goes into a sentence."""
    return "".join(char for char in word if char.isprintable())[:60] or "nothing"
