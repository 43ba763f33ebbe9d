"""The browser's way back: a listener on this computer that takes one sign-in's answer and nothing else.

Bound to 127.0.0.1 and ::1 before the browser is opened, because the name ``localhost`` may mean either, and never to
anything that other computers can reach. Invariant: an answer without the state that we made up is not ours; it gets a
plain page and changes nothing. The page loads nothing and shows nothing of the answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hmac
import socket
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from zbdesk.zoho.sign_in_errors import PortTaken

PORTS = (8976, 8977, 8978)
"""Tried in this order; each is to be registered as redirect, since Zoho compares the port too."""

PATH = "/callback"

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>zbdesk</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center;
       background: Canvas; color: CanvasText; }}
main {{ max-width: 26rem; padding: 2rem; text-align: center; }}
h1 {{ font-size: 1.375rem; font-weight: 600; margin: 0 0 .5rem; }}
p {{ margin: 0; opacity: .75; }}
</style></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Callback:
    """What the redirect carried. Either ``code`` or ``error`` is filled. Neither is trusted yet."""

    code: str | None = field(repr=False)
    location: str | None = None
    accounts_server: str | None = None
    error: str | None = None


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: Ctrl+C belongs to the program, and Qt has none."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture nothing."""
        yield


class Loopback:
    """Listens for one redirect. ``state`` may be given later, or anew for another try, by ``expect``."""

    def __init__(self, state: str | None = None) -> None:
        self._state = state
        self._answer: asyncio.Future[Callback] | None = None
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._sockets: list[socket.socket] = []
        self._hosts: frozenset[str] = frozenset()

    async def open(self, ports: Sequence[int] = PORTS) -> str:
        """Listen on the first free port of the list; returns the redirect address. Raises ``PortTaken``."""
        if self._serving is not None:
            raise RuntimeError("this listener is open already")
        self._sockets = _bind_first(ports)
        port = self._sockets[0].getsockname()[1]
        self._hosts = frozenset({f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"})
        self._answer = asyncio.get_running_loop().create_future()
        self._server = _Server(
            uvicorn.Config(
                self._app(),
                log_config=None,  # a windowed build has no standard error
                access_log=False,  # it would write the code down
                log_level="warning",
                lifespan="off",
                ws="none",
                http="h11",
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._serving = asyncio.create_task(self._server.serve(sockets=self._sockets), name="sign-in listener")
        return f"http://localhost:{port}{PATH}"

    def expect(self, state: str) -> None:
        """Wait for the redirect that brings this state; an answer to an earlier one no longer counts."""
        self._state = state
        if self._answer is not None and self._answer.done():
            self._answer = asyncio.get_running_loop().create_future()

    async def wait(self) -> Callback:
        """The redirect, when it comes. Cancel it to give up; the listener stays open until ``close``."""
        if self._answer is None:
            raise RuntimeError("this listener is not open")
        return await asyncio.shield(self._answer)

    async def close(self) -> None:
        """Stop listening; leaves no task and no socket. Twice is harmless."""
        serving, self._serving = self._serving, None
        if serving is not None and self._server is not None:
            self._server.should_exit = True
            await serving
        for sock in self._sockets:
            sock.close()
        self._sockets = []
        if self._answer is not None and not self._answer.done():
            self._answer.cancel()

    def _app(self) -> ASGIApp:
        return Starlette(routes=[Route(PATH, self._callback, methods=["GET"])])

    async def _callback(self, request: Request) -> Response:
        if request.headers.get("host", "").casefold() not in self._hosts:
            return PlainTextResponse("Not found", 404, _HEADERS)  # another name for this computer: DNS rebinding
        query = request.query_params
        error = query.get("error") or None
        code = query.get("code") or None
        state = query.get("state")
        # Zoho's refusal may come without the state; it can only end this sign-in, never begin another.
        ours = _same(state, self._state) or (error is not None and code is None and not state)
        if not ours or (code is None and error is None):
            return _page("This page does not belong to a running sign-in", "Start the sign-in again from zbdesk.", 400)
        self._deliver(
            Callback(
                code=None if error else code,
                location=query.get("location") or None,
                accounts_server=query.get("accounts-server") or None,
                error=error,
            )
        )
        if error:
            return _page("Zoho did not sign you in", "You can close this page. zbdesk says why and what to do.")
        return _page("Signed in", "You can close this page and go back to zbdesk.")

    def _deliver(self, callback: Callback) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(callback)


def _same(sent: str | None, expected: str | None) -> bool:
    """Equal, in constant time."""
    return bool(sent) and bool(expected) and hmac.compare_digest((sent or "").encode(), (expected or "").encode())


def _page(title: str, text: str, status: int = 200) -> Response:
    return HTMLResponse(_PAGE.format(title=title, text=text), status, _HEADERS)


def _bind_first(ports: Sequence[int]) -> list[socket.socket]:
    """Sockets on the first port that is free on both loopback addresses. 0 takes any free one (tests)."""
    for port in ports:
        sockets = _bind(port)
        if sockets:
            return sockets
    raise PortTaken(ports)


def _bind(port: int) -> list[socket.socket]:
    """Listening sockets of one port on 127.0.0.1 and, where this computer has it, ::1; none when it is taken."""
    sockets: list[socket.socket] = []
    try:
        sockets.append(_listen(socket.AF_INET, "127.0.0.1", port))
        if socket.has_ipv6:
            with _where_there_is_no_ipv6():
                sockets.append(_listen(socket.AF_INET6, "::1", sockets[0].getsockname()[1]))
    except OSError:
        # Taken, or reserved by the system (Windows says "access denied"): the next port may do.
        for sock in sockets:
            sock.close()
        return []
    return sockets


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # IPPROTO_TCP is named because asyncio sets TCP_NODELAY only then: without it each answer takes 44 ms.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setblocking(False)
        sock.bind((host, port))
        sock.listen(16)
    except OSError:
        sock.close()
        raise
    return sock


@contextlib.contextmanager
def _where_there_is_no_ipv6() -> Generator[None, None, None]:
    """Let a computer without IPv6 be one; a port that is taken there stays an error."""
    try:
        yield
    except OSError as exc:
        if exc.errno not in {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT}:
            raise
