"""The accounts server's memory: clients, codes, refresh and access tokens, and the limits on all of them. No HTTP.

Rules: a code lives two minutes and works once; a refresh token comes only with ``offline`` and consent; a user keeps at
most 20 of them, a refresh token at most 10 access tokens, and in both cases the oldest goes without a word.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import secrets
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from zbdesk.demo.clock import CompanyClock
from zbdesk.demo.options import DemoOptions

CODE_SECONDS = 120
TOKEN_SECONDS = 3600
WINDOW_SECONDS = 600
REFRESH_TOKENS_A_USER = 20
ACCESS_TOKENS_EACH = 10


class TokenError(Exception):
    """The token endpoint says no, in its own words."""

    def __init__(self, error: str, description: str = "", status: int = 200) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


@dataclass(slots=True)
class Grant:
    """What a user allowed a client."""

    client_id: str
    scopes: frozenset[str]
    organizations: frozenset[str]
    prefix: str = ""
    """Path of the data centre where it was given; codes and tokens work only there."""


@dataclass(slots=True)
class Code:
    """An authorization code, waiting to be exchanged."""

    grant: Grant
    expires: float
    offline: bool
    redirect_uri: str | None = None
    challenge: str = ""
    method: str = "plain"


@dataclass(slots=True)
class Refresh:
    """A refresh token and the access tokens made from it."""

    token: str
    grant: Grant
    access: deque[str] = field(default_factory=deque)
    requests: deque[float] = field(default_factory=deque)


@dataclass(slots=True)
class Access:
    """An access token."""

    grant: Grant
    expires: float
    refresh: str | None


class Tokens:
    """All of it, thread-safe."""

    def __init__(self, options: DemoOptions, clock: CompanyClock) -> None:
        self.options = options
        self._clock = clock
        self._lock = threading.RLock()
        self._codes: dict[str, Code] = {}
        self._refresh: dict[str, Refresh] = {}
        self._access: dict[str, Access] = {}
        self._code_requests: deque[float] = deque()
        self._serial = itertools.count(1)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _new(self, kind: str) -> str:
        return f"1000.{kind}{next(self._serial):04d}{secrets.token_hex(14)}.{secrets.token_hex(16)}"

    # -- codes ----------------------------------------------------------------------------------------------------

    def consent(
        self,
        grant: Grant,
        *,
        redirect_uri: str,
        offline: bool,
        prompted: bool,
        challenge: str = "",
        method: str = "plain",
    ) -> str:
        """The user accepted: a code for the redirect."""
        with self._lock:
            known = any(refresh.grant.client_id == grant.client_id for refresh in self._refresh.values())
            code = self._new("c")
            self._codes[code] = Code(
                grant,
                self._now() + CODE_SECONDS,
                offline and (prompted or not known),
                redirect_uri,
                challenge,
                method or "plain",
            )
            return code

    def grant_code(self, grant: Grant, *, minutes: float = 10) -> str:
        """A self client's code, as the console makes it: no redirect belongs to it."""
        with self._lock:
            code = self._new("g")
            self._codes[code] = Code(grant, self._now() + minutes * 60, offline=True)
            return code

    def exchange(self, code: str, redirect_uri: str, verifier: str, prefix: str) -> tuple[str, str | None, Grant]:
        """A code for an access token and, perhaps, a refresh token. Raises ``TokenError``."""
        with self._lock:
            self._throttle(self._code_requests)
            found = self._codes.pop(code, None)
            if found is None or found.expires < self._now() or found.grant.prefix != prefix:
                raise TokenError("invalid_code")
            if found.redirect_uri is not None and found.redirect_uri != redirect_uri:
                raise TokenError("invalid_redirect_uri")
            if found.challenge and _challenge(verifier, found.method) != found.challenge:
                raise TokenError("invalid_code")
            refresh = self._keep_refresh(found.grant) if found.offline else None
            return self._make_access(found.grant, refresh), refresh.token if refresh else None, found.grant

    # -- tokens ---------------------------------------------------------------------------------------------------

    def refresh(self, token: str, client_id: str, prefix: str) -> tuple[str, Grant]:
        """A new access token. Raises ``TokenError``."""
        with self._lock:
            found = self._refresh.get(token)
            if found is None or found.grant.client_id != client_id or found.grant.prefix != prefix:
                raise TokenError("invalid_code")
            self._throttle(found.requests)
            return self._make_access(found.grant, found), found.grant

    def _throttle(self, window: deque[float]) -> None:
        """Ten requests in ten minutes; trying on while locked keeps the lock shut."""
        limit = self.options.token_requests
        if limit is None:
            return
        now = self._now()
        while window and window[0] <= now - WINDOW_SECONDS:
            window.popleft()
        window.append(now)
        if len(window) > limit:
            while len(window) > limit + 1:
                window.popleft()
            raise TokenError(
                "Access Denied",
                "You have made too many requests continuously. Please try again after some time.",
                status=400,
            )

    def _keep_refresh(self, grant: Grant) -> Refresh:
        refresh = Refresh(self._new("r"), grant)
        self._refresh[refresh.token] = refresh
        while len(self._refresh) > REFRESH_TOKENS_A_USER:
            self.forget(next(iter(self._refresh)))
        return refresh

    def _make_access(self, grant: Grant, refresh: Refresh | None) -> str:
        token = self._new("a")
        self._access[token] = Access(grant, self._now() + TOKEN_SECONDS, refresh.token if refresh else None)
        if refresh is not None:
            refresh.access.append(token)
            while len(refresh.access) > ACCESS_TOKENS_EACH:
                self._access.pop(refresh.access.popleft(), None)
        return token

    def check(self, token: str) -> Grant | None:
        """What an access token allows now, or None."""
        with self._lock:
            found = self._access.get(token)
            if found is None or found.expires <= self._now():
                return None
            return found.grant

    def forget(self, token: str) -> bool:
        """Revoke a refresh token with all made from it, or one access token. False when it is not known."""
        with self._lock:
            if (refresh := self._refresh.pop(token, None)) is not None:
                for one in refresh.access:
                    self._access.pop(one, None)
                return True
            return self._access.pop(token, None) is not None

    def owner(self, token: str) -> str | None:
        """The client a token was given to."""
        with self._lock:
            if (refresh := self._refresh.get(token)) is not None:
                return refresh.grant.client_id
            access = self._access.get(token)
            return access.grant.client_id if access is not None else None

    # -- for tests ------------------------------------------------------------------------------------------------

    def expire_access(self) -> None:
        """All access tokens are past their hour."""
        with self._lock:
            self._access.clear()
            for refresh in self._refresh.values():
                refresh.access.clear()

    def revoke_all(self) -> None:
        """The user removed the app from his connected apps."""
        with self._lock:
            for token in list(self._refresh):
                self.forget(token)
            self._access.clear()
            self._codes.clear()

    def refresh_tokens(self) -> tuple[str, ...]:
        """Those alive, oldest first."""
        with self._lock:
            return tuple(self._refresh)

    def access_tokens(self) -> tuple[str, ...]:
        """Those alive, oldest first."""
        with self._lock:
            return tuple(self._access)

    def issue(self, grant: Grant) -> tuple[str, str]:
        """(access, refresh) without any ceremony, for tests that start behind the sign-in."""
        with self._lock:
            refresh = self._keep_refresh(grant)
            return self._make_access(grant, refresh), refresh.token

    def adopt(self, token: str, grant: Grant) -> None:
        """Know a refresh token of an earlier life."""
        with self._lock:
            self._refresh[token] = Refresh(token, grant)


def _challenge(verifier: str, method: str) -> str:
    if method != "S256":
        return verifier
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def scopes_of(text: str) -> frozenset[str]:
    """Scopes from a comma or space separated list."""
    return frozenset(scope for scope in text.replace(",", " ").split() if scope)


def allows(granted: Iterable[str], scope: str, action: str) -> bool:
    """Whether a grant covers ``ZohoBooks.<scope>.<action>``. Case does not matter."""
    wanted = {f"zohobooks.{scope}.{action}".lower(), f"zohobooks.{scope}.all".lower(), "zohobooks.fullaccess.all"}
    return any(one.lower() in wanted for one in granted)
