"""The access token of one connection: asked for once, kept across restarts, renewed by one caller for all.

Zoho counts token requests (ten in ten minutes, then a lock that grows when it is tried) and kills the oldest token
when too many are alive. So the token lives as long as it may, its expiry and the times of our requests are kept
outside the process, and many callers that need a new one cause one request. Invariant: no answer but ``invalid_code``
or ``invalid_client*`` ends the sign-in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ThrottledError, TransientError, ZbdeskError
from zbdesk.zoho.errors import TokensThrottled
from zbdesk.zoho.oauth import Credentials, SignIn

EARLY = timedelta(minutes=5)
BUDGET = 10
BUDGET_WINDOW = timedelta(minutes=10)
_LONGEST_LIFE = timedelta(hours=1, minutes=5)
_YOUNG_SECONDS = 300.0
_REFUSALS_BELIEVED = 5
_LAST_USE = 20.0
_TRY_AGAIN = 60.0


class TokenSource(Protocol):
    """Where a client gets its access token."""

    async def get(self) -> str:
        """A token good for some minutes. Raises ``AuthError``, ``ThrottledError``, ``TransientError``."""
        ...

    async def invalidate(self, token: str) -> bool:
        """Zoho refused this token. True when another one is there now, False when asking again makes no sense."""
        ...


@dataclass(frozen=True, slots=True)
class KeptToken:
    """What outlives the process, in the vault. ``requests``: when tokens were asked for lately, oldest first."""

    access_token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    requests: tuple[datetime, ...] = ()
    locked_until: datetime | None = None

    def encode(self) -> str:
        """As one text for the vault."""
        return msgspec.json.encode(self).decode("ascii")

    @classmethod
    def decode(cls, text: str | None) -> KeptToken:
        """The reverse; nothing or something unreadable is an empty one, which costs one token request."""
        if not text:
            return cls()
        try:
            return msgspec.json.decode(text.encode(), type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return cls()


class TokenKeeper:
    """A ``TokenSource`` over a refresh token.

    ``refresh_token`` reads it (the vault), ``load`` and ``save`` keep a ``KeptToken``, ``keep_refresh_token`` is told
    when Zoho sends another refresh token. All are awaited, so a slow keychain never blocks the loop. One event loop.
    """

    def __init__(
        self,
        sign_in: SignIn,
        credentials: Credentials,
        *,
        accounts_url: str,
        clock: Clock,
        refresh_token: Callable[[], Awaitable[str]],
        load: Callable[[], Awaitable[KeptToken | None]],
        save: Callable[[KeptToken], Awaitable[None]],
        keep_refresh_token: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._sign_in = sign_in
        self._credentials = credentials
        self._accounts_url = accounts_url
        self._clock = clock
        self._refresh_token = refresh_token
        self._load = load
        self._save = save
        self._keep_refresh_token = keep_refresh_token
        self._lock = asyncio.Lock()
        self._kept: KeptToken | None = None
        self._fresh_until = float("-inf")
        self._fetched_at = float("-inf")
        self._failures = 0
        self._failure: ZbdeskError | None = None

    async def get(self) -> str:
        """The token at hand, or a new one some minutes before its end."""
        if self._kept is not None and self._clock.monotonic() < self._fresh_until:
            return self._kept.access_token
        return await self._under_lock(None)

    async def invalidate(self, token: str) -> bool:
        """Renew, unless somebody has already, or the token is so young that its age cannot be the reason.

        A part of Zoho Books that the user may not see answers like a bad token. Some of these are believed and
        renewed; then the budget is kept for a real end of the token.
        """
        if self._kept is not None and self._kept.access_token not in {token, ""}:
            return True
        young = self._clock.monotonic() - self._fetched_at < _YOUNG_SECONDS
        if young and len(self._recent_requests()) >= _REFUSALS_BELIEVED:
            return False
        return await self._under_lock(token) != token

    async def _under_lock(self, refused: str | None) -> str:
        """One renewal for all who wait. Who came while it failed shares the failure instead of asking again."""
        failures = self._failures
        async with self._lock:
            if self._failures != failures and self._failure is not None:
                raise self._failure
            if self._kept is None:
                await self._recall()
            kept = self._kept or KeptToken()
            if kept.access_token not in {"", refused} and self._clock.monotonic() < self._fresh_until:
                return kept.access_token
            try:
                return await self._renew(refused)
            except (ThrottledError, TransientError) as exc:
                if refused is None and self._still_good():
                    return self._kept.access_token if self._kept is not None else ""
                self._note(exc)
                raise
            except ZbdeskError as exc:
                self._note(exc)
                raise

    def _note(self, failure: ZbdeskError) -> None:
        self._failures += 1
        self._failure = failure

    def _still_good(self) -> bool:
        """Whether the old token has some of its last minutes left; then the next try is a little later."""
        kept = self._kept
        if kept is None or not kept.access_token or kept.expires_at is None:
            return False
        left = (kept.expires_at - self._clock.now()).total_seconds() - _LAST_USE
        if not 0 < left <= _LONGEST_LIFE.total_seconds():
            return False
        self._fresh_until = self._clock.monotonic() + min(left, _TRY_AGAIN)
        return True

    async def _recall(self) -> None:
        """What an earlier process kept. A time further ahead than a token lives was written under a wrong clock."""
        kept = await self._load() or KeptToken()
        now = self._clock.now()
        self._kept = kept
        if kept.access_token and kept.expires_at is not None and kept.expires_at - now <= _LONGEST_LIFE:
            self._fresh_until = self._clock.monotonic() + (kept.expires_at - EARLY - now).total_seconds()

    async def _renew(self, refused: str | None) -> str:
        self._check_budget()
        refresh_token = await self._refresh_token()
        # Noted before it leaves: a request whose answer is lost counts on Zoho's side all the same.
        kept = self._kept or KeptToken()
        if kept.access_token == refused:
            kept = KeptToken()
        self._fresh_until = float("-inf")
        await self._keep(replace(kept, requests=(*self._recent_requests(), self._clock.now()), locked_until=None))
        try:
            tokens = await self._sign_in.refresh(self._credentials, refresh_token, accounts_url=self._accounts_url)
        except TokensThrottled as exc:
            await self._keep(replace(self._kept or kept, locked_until=self._clock.now() + timedelta(seconds=exc.wait)))
            raise
        life = tokens.expires_at - self._clock.now()
        if tokens.refresh_token is not None and tokens.refresh_token != refresh_token and self._keep_refresh_token:
            await self._keep_refresh_token(tokens.refresh_token)
        await self._keep(replace(self._kept or kept, access_token=tokens.access_token, expires_at=tokens.expires_at))
        self._fetched_at = self._clock.monotonic()
        self._fresh_until = self._fetched_at + max(life - EARLY, life / 2).total_seconds()
        return tokens.access_token

    async def _keep(self, kept: KeptToken) -> None:
        self._kept = kept
        await self._save(kept)

    def _check_budget(self) -> None:
        now = self._clock.now()
        locked = self._kept.locked_until if self._kept is not None else None
        if locked is not None and timedelta(0) < locked - now <= 6 * BUDGET_WINDOW:
            raise TokensThrottled((locked - now).total_seconds())
        recent = self._recent_requests()
        if len(recent) >= BUDGET:
            raise TokensThrottled((recent[-BUDGET] + BUDGET_WINDOW - now).total_seconds())

    def _recent_requests(self) -> tuple[datetime, ...]:
        now = self._clock.now()
        requests = self._kept.requests if self._kept is not None else ()
        return tuple(at for at in requests if timedelta(0) <= now - at < BUDGET_WINDOW)
