"""The pull relay: zbdesk asks a channel on the internet for events, for computers that nothing can reach.

The channel is a stream of server-sent events. Two kinds of relay:

- ``zbdesk``: each event carries the request as it came, the body in Base64. Signatures hold, and after a loss the relay
  goes on behind the last event that the listener took.
- ``smee``: smee.io and what is compatible with it. It parses the body and writes it anew, so the signature cannot hold,
  it keeps nothing while nobody listens, and whoever knows the channel can read and send. Its events are hints to read a
  record again and never more.

Invariant: the position moves past an event only when the listener has answered it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import logging
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError

from zbdesk.domain.clock import Clock
from zbdesk.webhooks.challenge import nonce_of
from zbdesk.webhooks.tunnels import again
from zbdesk.webhooks.tunnels.address import checked
from zbdesk.webhooks.tunnels.base import Tell, Telling, TunnelState

log = logging.getLogger(__name__)

HEARTBEAT = 75.0
"""Seconds of silence after which a stream counts as lost; relays send something every 30."""

CONNECT_WITHIN = 20.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 120.0
LARGEST_EVENT = 4 * 1024 * 1024
"""Bytes of one event of the stream; a body of 1 MB takes a third more in Base64."""

_KEPT_HEADERS = ("content-type", "x-zoho-webhook-signature")
"""What the listener looks at. Everything else ends here: nothing of it was signed."""


class RelayFormat(StrEnum):
    """What the events of a channel look like."""

    SMEE = "smee"
    ZBDESK = "zbdesk"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """One request as it reached the relay. ``body`` exact for the zbdesk format; written anew for smee's."""

    method: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Intake(Protocol):
    """Where events go on this computer."""

    async def request(self, forwarded: Forwarded) -> int:
        """Give one to the listener as if it had come to it; returns its status. Raises ``OSError`` when it is away."""
        ...

    async def hint(self, forwarded: Forwarded) -> None:
        """Take one without a signature that could hold: only as a reason to look."""
        ...


class Unreadable(ValueError):
    """An event of the stream is not what this kind of relay sends."""


class _Bounded(httpx.AsyncByteStream):
    """Ends a stream whose one event never does: a relay must not be able to fill the memory."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        since_blank, tail = 0, b""
        async for chunk in self._stream:
            seen = tail + chunk
            ends = (max(seen.rfind(b"\n\n"), seen.rfind(b"\r\n\r\n"), seen.rfind(b"\r\r"))) >= 0
            since_blank = 0 if ends else since_blank + len(chunk)
            if since_blank > LARGEST_EVENT:
                raise httpx.RemoteProtocolError("an event of the relay is too large")
            tail = seen[-3:]
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class PullRelay(Telling):
    """Subscribes to one channel; see ``Tunnel``. The channel's own address is what Zoho Books is given.

    ``position`` is the last event taken in an earlier run; ``keep_position`` is told each new one.
    Raises ``BadAddress`` at once for an address that cannot be used.
    """

    def __init__(
        self,
        url: str,
        kind: RelayFormat,
        *,
        http: httpx.AsyncClient,
        intake: Intake,
        clock: Clock,
        rng: random.Random,
        tell: Tell | None = None,
        position: str = "",
        keep_position: Callable[[str], None] | None = None,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        super().__init__(clock, tell, signed=kind is RelayFormat.ZBDESK)
        self._url = checked(url)
        self._kind = kind
        self._http = http
        self._intake = intake
        self._rng = rng
        self._position = position
        self._keep_position = keep_position
        self._heartbeat = heartbeat
        self._task: asyncio.Task[None] | None = None
        self._tries = 0
        self._restarts = 0
        self._asked_wait: float | None = None
        self._expected: dict[str, asyncio.Future[Forwarded]] = {}

    def describe(self) -> str:
        """See ``Tunnel``."""
        if self._kind is RelayFormat.SMEE:
            return "a smee relay, whose events are hints only"
        return "a pull relay"

    async def start(self) -> None:
        """See ``Tunnel``."""
        if self._task is None:
            self._set(TunnelState.STARTING, "The relay is being asked.", public_url=self._url)
            self._task = asyncio.create_task(self._keep_listening())

    async def stop(self) -> None:
        """See ``Tunnel``."""
        task, self._task = self._task, None
        await again.end(task, "a relay")
        self._set(TunnelState.OFF, "The relay is not asked now.", public_url=self._url)

    def expect(self, nonce: str) -> asyncio.Future[Forwarded]:
        """Return what resolves when the round-trip question with this nonce comes out of the channel."""
        arrival = asyncio.get_running_loop().create_future()
        self._expected[nonce] = arrival
        arrival.add_done_callback(lambda _: self._expected.pop(nonce, None))
        return arrival

    async def _keep_listening(self) -> None:
        while True:
            sentence, remedy = await self._listen_once()
            self._tries += 1
            self._restarts += 1
            self._set(TunnelState.BROKEN, sentence, remedy=remedy, public_url=self._url, restarts=self._restarts)
            # The relay's own wish counts as the least wait, never as the most.
            wait = again.wait_before(self._tries, FIRST_WAIT, LONGEST_WAIT, self._rng)
            await self._clock.sleep(max(wait, self._asked_wait or 0.0))

    async def _listen_once(self) -> tuple[str, str]:
        """Follow the stream to its end; return why it ended and what to do about it."""
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
        if self._position and self._kind is RelayFormat.ZBDESK:
            headers["Last-Event-ID"] = self._position
        timeout = httpx.Timeout(CONNECT_WITHIN, read=self._heartbeat)
        try:
            async with self._http.stream("GET", self._url, headers=headers, timeout=timeout) as response:
                if response.status_code != 200:
                    return self._refused(response.status_code)
                if isinstance(response.stream, httpx.AsyncByteStream):
                    response.stream = _Bounded(response.stream)
                await self._follow(EventSource(response))
        except SSEError:
            return "The relay's address leads to an ordinary page.", "Paste the channel's address, not the site's."
        except httpx.ReadTimeout:
            return "The relay has fallen silent.", "Nothing to do: it is asked again by itself."
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.info("relay: %s", type(error).__name__)
            return "The relay cannot be reached.", "Nothing to do if the network is away; else check the address."
        except ListenerAway:
            return "The listener on this computer does not answer.", "Events wait at the relay until it does."
        return "The relay has ended the stream.", "Nothing to do: it is asked again by itself."

    @staticmethod
    def _refused(status: int) -> tuple[str, str]:
        if status in {401, 403, 404, 410}:
            return f"The relay refuses the channel ({status}).", "Make a new channel and paste its address."
        if 300 <= status < 400:
            return "The relay sends us to another address.", "Paste the channel's final address."
        return f"The relay is in trouble ({status}).", "Nothing to do: it is asked again by itself."

    async def _follow(self, source: EventSource) -> None:
        async for event in source.aiter_sse():
            if event.retry is not None:
                self._asked_wait = min(event.retry / 1000, LONGEST_WAIT)
            self._connected()
            if event.event in {"ready", "ping"} or not event.data:
                continue
            try:
                forwarded = read_event(event.data, self._kind)
            except Unreadable as error:
                log.warning("relay: an event cannot be read: %s", error)
            else:
                await self._give(forwarded)
            self._advance(event)

    def _connected(self) -> None:
        self._tries = 0
        words = "The relay is connected."
        if self._kind is RelayFormat.SMEE:
            words += " It changes what it passes on, so its events are hints only."
        self._set(TunnelState.UP, words, public_url=self._url, restarts=self._restarts)

    def _advance(self, event: ServerSentEvent) -> None:
        if self._kind is RelayFormat.ZBDESK and event.id and event.id != self._position:
            self._position = event.id
            if self._keep_position is not None:
                self._keep_position(event.id)

    async def _give(self, forwarded: Forwarded) -> None:
        """Hand an event to its place; raises ``ListenerAway`` where nobody answers, so that it comes again."""
        arrival = self._expected.get(nonce_of(forwarded.body) or "")
        if arrival is not None:
            if not arrival.done():
                arrival.set_result(forwarded)
            return
        if self._kind is RelayFormat.SMEE:
            await self._intake.hint(forwarded)
            return
        try:
            status = await self._intake.request(forwarded)
        except (OSError, httpx.HTTPError) as exc:
            raise ListenerAway from exc
        if status >= 500 or status == 429:
            raise ListenerAway


class ListenerAway(Exception):
    """The listener did not take an event: it must be asked for again."""


def read_event(data: str, kind: RelayFormat) -> Forwarded:
    """Return the request that an event of the stream carries. Raises ``Unreadable``."""
    try:
        told = json.loads(data)
    except ValueError as exc:
        raise Unreadable("it is no JSON") from exc
    if not isinstance(told, dict):
        raise Unreadable("it is no object")
    return _exact(told) if kind is RelayFormat.ZBDESK else _rewritten(told)


def _exact(told: dict[str, object]) -> Forwarded:
    method, query, headers, body = (told.get(name) for name in ("method", "query", "headers", "body"))
    if not isinstance(body, str) or not isinstance(headers, dict):
        raise Unreadable("it has no body or no headers")
    try:
        raw = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise Unreadable("its body is not Base64") from exc
    return Forwarded(
        method=method if method in {"POST", "PUT"} else "POST",
        query=query if isinstance(query, str) and query.isascii() else "",
        headers=_kept(headers),
        body=raw,
    )


def _rewritten(told: dict[str, object]) -> Forwarded:
    """Smee puts the request's headers beside ``body``, ``query`` and ``timestamp``."""
    if "body" not in told:
        raise Unreadable("it has no body")
    body = told["body"]
    raw = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return Forwarded("POST", "", _kept(told), raw.encode())


def _kept(headers: dict[str, object]) -> tuple[tuple[str, str], ...]:
    given = {name.lower(): value for name, value in headers.items() if isinstance(value, str)}
    return tuple(
        (name, given[name])
        for name in _KEPT_HEADERS
        if name in given and given[name].isascii() and given[name].isprintable()
    )


def write_event(forwarded: Forwarded) -> str:
    """Return the data of an event in our own format: what a relay of ours sends."""
    return json.dumps(
        {
            "method": forwarded.method,
            "query": forwarded.query,
            "headers": dict(forwarded.headers),
            "body": base64.b64encode(forwarded.body).decode("ascii"),
        }
    )
