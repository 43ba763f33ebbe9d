"""The round-trip test: a signed question goes out to the public address and must come back to the listener here.

The way has five legs: the name (DNS), the secure line (TLS), the tunnel, the listener on this computer, the signature.
The result names the leg that fails, in words, with what to do. Redirects are never followed, and nothing leaves but
what Zoho's own events carry: a body, and a signature made with the secret, never the secret.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

import httpx

from zbdesk.domain.clock import Clock
from zbdesk.webhooks import challenge
from zbdesk.webhooks import roundtrip_words as words
from zbdesk.webhooks.roundtrip_words import Finding
from zbdesk.webhooks.signature import HEADER, sign
from zbdesk.webhooks.tunnels.address import is_loopback
from zbdesk.webhooks.tunnels.relay import Forwarded

PATIENCE = 15.0
"""Seconds for each phase of a request. Zoho Books itself waits no longer than that."""

LARGEST_ANSWER = 64 * 1024


class Leg(StrEnum):
    """One part of the way, in the order in which an event takes it."""

    DNS = "dns"
    TLS = "tls"
    TUNNEL = "tunnel"
    LISTENER = "listener"
    SIGNATURE = "signature"


class LegState(StrEnum):
    """What is known of a leg."""

    OK = "ok"
    FAILED = "failed"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class LegResult:
    """One leg: ``note`` is a few words for people (``found at 203.0.113.24``)."""

    leg: Leg
    state: LegState
    note: str = ""
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How a test ended. ``leg`` is the one that failed, None for none; ``detail`` is for whoever looks closer."""

    at: datetime
    ok: bool
    leg: Leg | None
    sentence: str
    remedy: str = ""
    detail: str = ""
    legs: tuple[LegResult, ...] = ()
    milliseconds: int = 0
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """What is tested. ``tunnel_trouble`` and ``tunnel_remedy``: the tunnel's own words while it is not up.

    ``check_urls``: whether the listener's check path lies behind the public address (else the address is a channel's,
    and ``arrival`` tells what comes out of it). ``proxied``: requests leave by a proxy, which looks names up itself.
    """

    public_url: str | None
    local_url: str
    secret: str = field(repr=False)
    tunnel: str = "the tunnel"
    tunnel_trouble: str = ""
    tunnel_remedy: str = ""
    proxied: bool = False
    signed: bool = True
    arrival: Callable[[str], Awaitable[Forwarded]] | None = None


Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve_by_system(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as this computer sees them. Raises ``OSError``."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Failed(Exception):
    """A leg failed: the test ends here."""

    def __init__(self, leg: Leg, finding: Finding) -> None:
        super().__init__(finding.sentence)
        self.leg = leg
        self.finding = finding


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    location: str = ""
    certificate: str = ""
    milliseconds: int = 0


class WayTester:
    """Runs tests of one way. ``http`` must not follow redirects; ``nonce`` makes each question another one."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        clock: Clock,
        nonce: Callable[[], str],
        resolve: Resolve = resolve_by_system,
        patience: float = PATIENCE,
    ) -> None:
        self._http = http
        self._clock = clock
        self._nonce = nonce
        self._resolve = resolve
        self._patience = patience

    async def test(self, way: Way) -> RoundTrip:
        """Go the way once. Never raises for what the way does; cancellation ends it at once."""
        run = _Run(self, way)
        started = self._clock.monotonic()
        leg, finding = None, words.ALL_WELL if way.signed else words.HINTS_ONLY
        try:
            await run.go()
        except _Failed as failed:
            leg, finding = failed.leg, failed.finding
            run.note(leg, LegState.FAILED, finding.sentence)
        return RoundTrip(
            at=self._clock.now(),
            ok=leg is None,
            leg=leg,
            sentence=finding.sentence,
            remedy=finding.remedy,
            detail=finding.detail,
            legs=tuple(run.legs[name] for name in Leg),
            milliseconds=self.since(started),
            public_url=way.public_url or "",
        )

    def since(self, started: float) -> int:
        """Whole milliseconds from ``started`` on."""
        return round((self._clock.monotonic() - started) * 1000)

    async def ask(self, url: str, raw: bytes, secret: str) -> _Reply:
        """Send one signed question and read the answer, in bounds. Raises httpx's errors."""
        headers = {"Content-Type": challenge.CONTENT_TYPE, HEADER: sign(secret, (), None, raw)}
        started = self._clock.monotonic()
        timeout = httpx.Timeout(self._patience)
        async with AsyncExitStack() as stack:
            stream = self._http.stream(
                "POST", url, content=raw, headers=headers, timeout=timeout, follow_redirects=False
            )
            response = await stack.enter_async_context(stream)
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    break
            return _Reply(
                response.status_code,
                body,
                response.headers.get("location", ""),
                _certificate_until(response),
                self.since(started),
            )

    async def look_up(self, host: str, port: int) -> list[str]:
        """Return the addresses of a name. Raises ``OSError``."""
        async with asyncio.timeout(self._patience):
            return await self._resolve(host, port)

    def new_nonce(self) -> str:
        """Return what makes the next question another one."""
        return self._nonce()

    @property
    def patience(self) -> float:
        """Seconds to wait for one phase."""
        return self._patience


class _Run:
    """One test under way: what is known of each leg so far."""

    def __init__(self, tester: WayTester, way: Way) -> None:
        self._tester = tester
        self._way = way
        self.legs = {leg: LegResult(leg, LegState.UNTESTED) for leg in Leg}

    def note(self, leg: Leg, state: LegState, note: str = "", milliseconds: int | None = None) -> None:
        self.legs[leg] = replace(self.legs[leg], state=state, note=note, milliseconds=milliseconds)

    async def go(self) -> None:
        """Look at the near end first: a tunnel cannot be blamed for a listener that is not there."""
        await self._listener()
        way = self._way
        if way.tunnel_trouble:
            raise _Failed(Leg.TUNNEL, Finding(way.tunnel_trouble, way.tunnel_remedy or words.LOOK_AT_TUNNEL))
        if way.public_url is None:
            raise _Failed(Leg.TUNNEL, words.NO_ADDRESS)
        await self._name(way.public_url)
        await (self._through_relay(way.public_url) if way.arrival else self._through_tunnel(way.public_url))

    async def _listener(self) -> None:
        way, raw = self._way, challenge.question(self._tester.new_nonce())
        port = urlsplit(way.local_url).port or 80
        try:
            reply = await self._tester.ask(f"{way.local_url}/{challenge.PATH}", raw, way.secret)
        except httpx.HTTPError as error:
            raise _Failed(Leg.LISTENER, words.listener_away(port, type(error).__name__)) from error
        found = challenge.read(reply.body)
        if not found.ours:
            raise _Failed(Leg.LISTENER, words.listener_other(port, reply.status))
        if not challenge.proves(found, way.secret, raw):
            raise _Failed(Leg.LISTENER, words.listener_other_secret(port))
        self.note(Leg.LISTENER, LegState.OK, f"port {port}, this computer only", reply.milliseconds)

    async def _name(self, url: str) -> None:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        if is_loopback(host):
            self.note(Leg.DNS, LegState.OK, "this computer itself")
        elif self._way.proxied:
            self.note(Leg.DNS, LegState.OK, "looked up by the proxy")
        else:
            started = asyncio.get_running_loop().time()
            try:
                found = await self._tester.look_up(host, parts.port or (443 if secure else 80))
            except (OSError, UnicodeError) as error:
                raise _Failed(Leg.DNS, words.no_name(host, str(error))) from error
            took = round((asyncio.get_running_loop().time() - started) * 1000)
            self.note(Leg.DNS, LegState.OK, "found at " + " and ".join(found[:2]), took)
        if not secure:
            self.note(Leg.TLS, LegState.OK, "not needed on this computer")

    async def _send(self, url: str, raw: bytes) -> _Reply:
        """Send the question out; what goes wrong on the way is told apart by leg."""
        host = urlsplit(url).hostname or ""
        try:
            reply = await self._tester.ask(url, raw, self._way.secret)
        except httpx.HTTPError as error:
            raise _blamed(error, host, self._way.tunnel) from error
        if self.legs[Leg.TLS].state is LegState.UNTESTED:
            self.note(Leg.TLS, LegState.OK, reply.certificate or "certificate good")
        return reply

    async def _through_tunnel(self, public_url: str) -> None:
        way, raw = self._way, challenge.question(self._tester.new_nonce())
        reply = await self._send(f"{public_url}/{challenge.PATH}", raw)
        found = challenge.read(reply.body)
        if not found.ours:
            port = urlsplit(way.local_url).port or 80
            raise _Failed(Leg.TUNNEL, words.not_ours(reply.status, reply.location, public_url, port))
        self.note(Leg.TUNNEL, LegState.OK, way.tunnel, reply.milliseconds)
        self._judge(found, raw)

    async def _through_relay(self, public_url: str) -> None:
        way, nonce = self._way, self._tester.new_nonce()
        if way.arrival is None:
            return
        raw = challenge.question(nonce)
        arrival = asyncio.ensure_future(way.arrival(nonce))
        started = asyncio.get_running_loop().time()
        try:
            reply = await self._send(public_url, raw)
            if not 200 <= reply.status < 300:
                raise _Failed(Leg.TUNNEL, words.relay_refuses(reply.status))
            async with asyncio.timeout(self._tester.patience):
                forwarded = await arrival
        except TimeoutError as error:
            raise _Failed(Leg.TUNNEL, words.RELAY_LOSES) from error
        finally:
            arrival.cancel()
        took = round((asyncio.get_running_loop().time() - started) * 1000)
        self.note(Leg.TUNNEL, LegState.OK, way.tunnel, took)
        if not way.signed:
            self.note(Leg.SIGNATURE, LegState.UNTESTED, "cannot hold: this relay writes bodies anew")
            return
        given = dict(forwarded.headers).get(HEADER.lower(), "").encode()
        _, body = challenge.answer(given, (way.secret,), (), forwarded.body)
        self._judge(challenge.read(body), raw)

    def _judge(self, found: challenge.Answer, raw: bytes) -> None:
        if challenge.proves(found, self._way.secret, raw):
            self.note(Leg.SIGNATURE, LegState.OK, "matched")
            return
        if found.seen and found.seen != challenge.digest(raw):
            raise _Failed(Leg.SIGNATURE, words.ALTERED)
        raise _Failed(Leg.SIGNATURE, words.OTHER_END if found.proof else words.UNSIGNED)


def _blamed(error: httpx.HTTPError, host: str, tunnel: str) -> _Failed:
    """Name the leg that a failed request speaks of, by what lies at the bottom of it."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _Failed(Leg.TLS, words.bad_certificate(host, cause.verify_code, cause.verify_message))
        if isinstance(cause, ssl.SSLError):
            return _Failed(Leg.TLS, words.no_secure_line(host, cause.reason or type(cause).__name__))
        if isinstance(cause, socket.gaierror):
            return _Failed(Leg.DNS, words.no_name(host, str(cause)))
    if isinstance(error, httpx.ProxyError):
        return _Failed(Leg.TUNNEL, words.proxy_refuses(str(error)))
    if isinstance(error, httpx.TimeoutException):
        return _Failed(Leg.TUNNEL, words.no_answer(host, tunnel))
    return _Failed(Leg.TUNNEL, words.no_connection(host, tunnel, type(error).__name__))


def _causes(error: BaseException) -> list[BaseException]:
    """The failure and what it came from, outermost first; the network libraries wrap each other's."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    return chain


def _certificate_until(response: httpx.Response) -> str:
    """Until when the certificate that was just checked is good, in words; nothing where the line does not tell."""
    stream = response.extensions.get("network_stream")
    line = stream.get_extra_info("ssl_object") if stream is not None else None
    if not isinstance(line, ssl.SSLObject | ssl.SSLSocket):
        return ""
    try:
        shown = line.getpeercert() or {}
    except (ValueError, OSError):
        return ""
    until = shown.get("notAfter")
    if not isinstance(until, str):
        return ""
    parts = until.split()
    return f"certificate good until {parts[1]} {parts[0]} {parts[3]}" if len(parts) >= 4 else ""
