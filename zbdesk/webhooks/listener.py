"""The listener on this computer: one path that nobody can guess, and as few words as possible on it.

Answers: 200 stored (or stored before), 401 wrong signature, 404 for everything that is not the path, 413 above 1 MB;
besides 408 for a body that does not come, 429 for far too many, 431 for far too long headers, 503 while the disk takes
nothing or the vault is locked. All are empty: nothing here tells a stranger what listens, let alone for whom.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from types import TracebackType
from typing import Any, Self

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import StorageError, VaultError
from zbdesk.web.guard import Gone, Rate, TooLarge, TooSlow, discard, is_own_host, read_body
from zbdesk.web.serving import PortInUse, Serving
from zbdesk.webhooks import challenge, signature
from zbdesk.webhooks.events import Incoming, Taken
from zbdesk.webhooks.paths import CONTROL, CONTROL_HEADER, ROOT, local_url
from zbdesk.webhooks.porch import Taker

_log = logging.getLogger(__name__)

METHODS = frozenset({"POST", "PUT"})
MOST_BYTES = 1024 * 1024
BODY_SECONDS = 10.0
DISCARD_SECONDS = 3.0
MOST_DISCARDED = 64 * MOST_BYTES
MOST_HEADER_BYTES = 16 * 1024
PER_SECOND = 1_000.0
BURST = 3_000.0
BAD_AGAIN = 5.0
"""Seconds after which a taken port is tried again."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Control = Callable[[bytes, bytes | None], Awaitable[int]]
"""Carries out an order of the command line: (body, signature) to status."""


class Listener:
    """Listens for one connection, as a context: ``async with Listener(...) as listener``.

    While the port is taken it is tried again every few seconds; ``on_port`` is told whether it is ours, at each change.
    ``port`` is where it listens, or will.
    """

    def __init__(
        self,
        intake: Taker,
        path_key: str,
        clock: Clock,
        *,
        port: int,
        public_hosts: Callable[[], Iterable[str]] = tuple,
        control: Control | None = None,
        on_port: Callable[[bool], None] | None = None,
    ) -> None:
        self._intake = intake
        self._key = path_key.encode()
        self._clock = clock
        self._public_hosts = public_hosts
        self._control = control
        self._on_port = on_port
        self._rate = Rate(PER_SECOND, BURST)
        self._serving: Serving | None = None
        self._trying: asyncio.Task[None] | None = None
        self.port = port

    @property
    def path(self) -> str:
        """Where events go, from its ``/``."""
        return ROOT + self._key.decode()

    @property
    def local_url(self) -> str:
        """Where events go on this computer."""
        return local_url(self.port, self._key.decode())

    @property
    def is_listening(self) -> bool:
        """Whether it answers now."""
        return self._serving is not None

    async def __aenter__(self) -> Self:
        if not await self._try():
            self._trying = asyncio.create_task(self._try_again(), name="webhook port")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._trying is not None:
            self._trying.cancel()
            await asyncio.gather(self._trying, return_exceptions=True)
        if self._serving is not None:
            serving, self._serving = self._serving, None
            await serving.close()

    async def _try(self) -> bool:
        try:
            self._serving = await Serving.open(self, self.port)
        except PortInUse:
            _log.warning("webhooks: port %d belongs to another program", self.port)
            self._tell(ours=False)
            return False
        except OSError as error:
            _log.warning("webhooks: port %d cannot be opened: %s", self.port, error)
            self._tell(ours=False)
            return False
        self.port = self._serving.port
        self._tell(ours=True)
        return True

    async def _try_again(self) -> None:
        while True:
            await self._clock.sleep(BAD_AGAIN)
            if await self._try():
                return

    def _tell(self, *, ours: bool) -> None:
        if self._on_port is not None:
            self._on_port(ours)

    # One request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] != "http":
            raise RuntimeError("only HTTP is served here")
        try:
            status, body = await self._answer(scope, receive)
        except Gone:
            return
        except (StorageError, VaultError) as error:
            _log.warning("an event could not be stored: %s", error.title)
            status, body = 503, b""
        headers = [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
        if status in {408, 413, 429, 431, 503}:
            headers.append((b"connection", b"close"))
        if body:
            headers.append((b"content-type", b"application/json"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        suffix = self._behind_key(scope.get("raw_path") or scope["path"].encode())
        refused = self._refused(scope, headers)
        if refused is not None or suffix is None:
            if refused in {None, 404}:
                await self._drain(receive, headers)
            return refused or 404, b""
        try:
            raw = await read_body(receive, headers.get(b"content-length"), most=MOST_BYTES, seconds=BODY_SECONDS)
        except TooLarge:
            await self._drain(receive, headers)
            return 413, b""
        except TooSlow:
            return 408, b""
        return await self._dispatch(scope, headers, suffix, raw)

    @staticmethod
    async def _drain(receive: Receive, headers: dict[bytes, bytes]) -> None:
        """Let a sender finish its body, within bounds: a proxy that is cut off in it says 502 instead of our answer.

        One that asks before it sends is told at once.
        """
        if b"expect" not in headers and (b"content-length" in headers or b"transfer-encoding" in headers):
            await discard(receive, most=MOST_DISCARDED, seconds=DISCARD_SECONDS)

    def _refused(self, scope: Scope, headers: dict[bytes, bytes]) -> int | None:
        """Why this request is not looked at, whatever it holds; None where nothing speaks against it."""
        source = str((scope.get("client") or ("",))[0])
        if not self._rate.allows(source, self._clock.monotonic()):
            return 429
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADER_BYTES:
            return 431
        if scope["method"] not in METHODS or not is_own_host(headers.get(b"host"), self._public_hosts()):
            return 404
        return None

    async def _dispatch(self, scope: Scope, headers: dict[bytes, bytes], suffix: str, raw: bytes) -> tuple[int, bytes]:
        given = headers.get(signature.HEADER.lower().encode())
        query: bytes = scope.get("query_string", b"")
        if suffix == challenge.PATH:
            return await self._check(given, query, raw)
        if suffix == CONTROL and self._control is not None and is_own_host(headers.get(b"host")):
            return await self._control(raw, headers.get(CONTROL_HEADER.lower().encode())), b""
        taken = await self._intake.take(
            Incoming(
                method=scope["method"],
                suffix=suffix,
                query=query,
                content_type=headers.get(b"content-type", b"").decode("latin-1"),
                signature=given,
                body=raw,
            )
        )
        return (401 if taken is Taken.REFUSED else 200), b""

    async def _check(self, given: bytes | None, query: bytes, raw: bytes) -> tuple[int, bytes]:
        """The round-trip test's question."""
        try:
            pairs = signature.pairs(query)
        except ValueError:
            return 401, b""
        secrets = self._intake.secrets
        await secrets.look_again()
        return challenge.answer(given, secrets.valid(), pairs, raw)

    def _behind_key(self, path: bytes) -> str | None:
        """What stands behind the key; None where the path is not ours."""
        root = ROOT.encode()
        if not path.startswith(root):
            return None
        key, _, rest = path[len(root) :].partition(b"/")
        if not hmac.compare_digest(key, self._key):
            return None
        return rest.strip(b"/").decode("latin-1")
