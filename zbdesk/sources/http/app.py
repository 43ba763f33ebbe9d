"""The local HTTP interface as an ASGI application: who may ask, what is asked, and how it is answered.

The checks come in this order, and none looks at the body before the one before it is passed: Host, rate, token, path,
method, size. Invariants: a request that is not understood changes nothing; a write is one transaction; an answer has
one of the statuses of ``openapi.py`` and, where it is none of 2xx, is a problem of RFC 9457.
"""

from __future__ import annotations

import ipaddress
import json
import logging
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, unquote

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.http import problem, tokens
from zbdesk.sources.http.exchange import Answer, Raw, Receive, Request, Router, Scope, Send, Stream
from zbdesk.sources.http.handlers import Answered, Handlers
from zbdesk.sources.http.problem import Problem
from zbdesk.web.guard import Gone, Rate, TooLarge, TooSlow, host_name, is_own_host, read_body

_log = logging.getLogger(__name__)

MOST_BYTES = 8 * 1024 * 1024
"""Of a body: a batch of 500 documents with lines has one or two."""

BODY_SECONDS = 30.0
PER_SECOND = 200.0
BURST = 1_000.0
BAD_PER_SECOND = 1.0
BAD_BURST = 20.0
"""Wrong tokens: a guess costs a second from then on, which makes 256 bits no shorter and a log readable."""

_LONGEST_QUERY = 8_000


class Interface:
    """The application. ``hosts``: names that this computer is called by when other computers may ask."""

    def __init__(
        self, handlers: Handlers, router: Router, clock: Clock, *, hosts: Iterable[str] = (), network: bool = False
    ) -> None:
        self._handlers = handlers
        self._router = router
        self._clock = clock
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._network = network
        self._rate = Rate(PER_SECOND, BURST)
        self._bad = Rate(BAD_PER_SECOND, BAD_BURST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            raise RuntimeError("only HTTP is served here")
        try:
            answer = await self._answer(scope, receive)
        except Gone:
            return
        except Problem as refused:
            await _send_problem(send, refused, scope)
            return
        except ZbdeskError as error:
            _log.info("interface: %s", error.title)
            await _send_problem(send, problem.of(error), scope)
            return
        except Exception:  # noqa: BLE001
            # The top of a request: a bug answers for itself and never takes the engine along.
            _log.exception("a request ended in a bug")
            words = "This is a fault in zbdesk. Nothing was written; its log has the details."
            await _send_problem(send, Problem(500, "fault", "The request could not be carried out.", words), scope)
            return
        if isinstance(answer, Stream):
            await answer.run(receive, send)
        elif isinstance(answer, Raw):
            await _send(send, answer.status, answer.body, answer.media_type)
        else:
            await _send_answer(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        headers = {name.decode("latin-1").casefold(): value.decode("latin-1") for name, value in scope["headers"]}
        self._require_own_host(headers.get("host"))
        now, client = self._clock.monotonic(), str((scope.get("client") or ("",))[0])
        if not self._rate.allows(client, now):
            raise _slow_down()
        caller = self._caller(headers.get("authorization"), client, now)
        parts = _parts(scope)
        route = self._router(scope["method"], parts)
        if len(scope["query_string"]) > _LONGEST_QUERY:
            raise Problem(414, "too-long", "The address is too long.", "Send long values in the body.")
        body = await self._body(receive, headers)
        return await route(Request(scope["method"], scope["path"], parts, _query(scope), headers, body, caller))

    def _require_own_host(self, header: str | None) -> None:
        """Only requests that were meant for this computer: a page whose name was made to point here asks by its own.

        An address in figures cannot be made to point elsewhere, so the network may ask by it.
        """
        raw = None if header is None else header.encode("latin-1", "replace")
        if is_own_host(raw, self._hosts if self._network else ()):
            return
        name = host_name(raw)
        if self._network and name is not None and _is_address(name):
            return
        raise Problem(421, "wrong-host", "This computer is not called like that.", "Ask by 127.0.0.1 or localhost.")

    def _caller(self, header: str | None, client: str, now: float) -> int:
        token = tokens.bearer(header)
        caller = None if token is None else self._handlers.caller(token)
        if caller is not None:
            return caller
        if not self._bad.allows(client, now):
            raise _slow_down()
        raise Problem(
            401,
            "no-token",
            "A token is needed.",
            "Send “Authorization: Bearer …” with a token made by `zbdesk interface token new`.",
            headers={"WWW-Authenticate": 'Bearer realm="zbdesk"'},
        )

    async def _body(self, receive: Receive, headers: dict[str, str]) -> bytes:
        declared = headers.get("content-length")
        if headers.get("content-encoding", "identity").casefold() != "identity":
            raise Problem(415, "media-type", "Compressed bodies are not taken.", "Send the body as it is.")
        try:
            return await read_body(
                receive, None if declared is None else declared.encode(), most=MOST_BYTES, seconds=BODY_SECONDS
            )
        except TooLarge as error:
            words = f"At most {MOST_BYTES // 1024 // 1024} MB are taken at once; send a smaller batch."
            raise Problem(413, "too-large", "The body is too large.", words) from error
        except TooSlow as error:
            raise Problem(408, "too-slow", "The body did not come in time.", "Send it again.") from error


def _slow_down() -> Problem:
    return Problem(429, "too-many", "These are too many requests.", "Wait a second.", headers={"Retry-After": "1"})


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _parts(scope: Scope) -> tuple[str, ...]:
    """The path below ``/v1``, each part decoded by itself, so that ``%2F`` in a key is no separator."""
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
    try:
        found = tuple(unquote(part, errors="strict") for part in raw.decode("ascii").partition("?")[0].split("/"))
    except UnicodeDecodeError as error:
        raise Problem(400, "bad-path", "The address is not UTF-8 text.") from error
    if any("\0" in part for part in found):
        raise Problem(400, "bad-path", "The address holds a NUL character.")
    if found[:2] != ("", "v1"):
        raise Problem(404, "not-found", "There is nothing at this address.", "Everything begins with /v1/.")
    return found[2:]


def _query(scope: Scope) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(
            parse_qsl(
                scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100
            )
        )
    except ValueError as error:  # not ASCII, not UTF-8 behind %, or too many
        raise Problem(400, "bad-parameters", "The parameters cannot be read.", "Write them as UTF-8.") from error


# -- answers -----------------------------------------------------------------------------------------------------------


def encode(value: Any) -> bytes:
    """JSON with amounts as text, to the last digit."""
    return json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass")


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no place in an answer")


async def _send_answer(send: Send, answer: Answered) -> None:
    more = [(b"location", answer.location.encode("ascii", "replace"))] if answer.location else []
    if answer.replayed:
        more.append((b"idempotency-replayed", b"true"))
    body = answer.body if isinstance(answer.body, bytes) else encode(answer.body)
    await _send(send, answer.status, body, "application/json", more)


async def _send_problem(send: Send, refused: Problem, scope: Scope) -> None:
    more = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in refused.headers.items()]
    body = refused.body(str(scope.get("path", ""))[:200].encode("utf-8", "replace").decode())
    await _send(send, refused.status, body, problem.MEDIA_TYPE, more)


async def _send(
    send: Send, status: int, body: bytes, media_type: str, more: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    if status in {408, 413, 429}:
        headers.append((b"connection", b"close"))  # what is left of the body is not read
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
