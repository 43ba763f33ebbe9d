"""The demo company on HTTP: one origin on loopback serves accounts (``/oauth/v2``) and Books (``/books/v3``).

Two connections cannot be told apart from two clients, so all state is per organization and token. Invariant: nothing
listens beyond 127.0.0.1, and ``stop`` leaves no thread behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from zbdesk.demo import accounts, carrier, life, pages, webhook_rules
from zbdesk.demo.clock import CompanyClock
from zbdesk.demo.company import Company
from zbdesk.demo.credentials import Credentials, credentials_for
from zbdesk.demo.faults import Faults
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.tokens import Tokens
from zbdesk.demo.webhooks import Webhooks
from zbdesk.demo.world import RequestLog, World

_START_SECONDS = 20.0
_STOP_SECONDS = 10.0


async def _front(request: Request) -> Response:
    world: World = request.app.state.world
    return HTMLResponse(pages.front(world.company, credentials_for(world)))


async def _grant_code(request: Request) -> Response:
    world: World = request.app.state.world
    return JSONResponse({"grant_code": credentials_for(world).grant_code()})


async def _books_home(_: Request) -> Response:
    """Zoho's own page for a browser that opens the web address; here the front page."""
    return RedirectResponse("/", status_code=302)


def _oauth_routes() -> list[Route]:
    return [
        Route("/oauth/v2/auth", carrier.faulty(accounts.auth), methods=["GET", "POST"]),
        Route("/oauth/v2/token", carrier.faulty(accounts.token), methods=["POST"]),
        Route("/oauth/v2/token/revoke", carrier.faulty(accounts.revoke), methods=["POST"]),
        Route("/oauth/v2/revoke/token", carrier.faulty(accounts.revoke_basic), methods=["POST"]),
        Route("/oauth/serverinfo", accounts.server_info, methods=["GET"]),
        Route("/books/v3{path:path}", carrier.books, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
    ]


def build_app(company: Company, options: DemoOptions) -> Starlette:
    """The ASGI application; ``app.state.world`` holds all parts."""
    routes: list[Route | Mount] = [
        Route("/", _front),
        Route("/demo/grant-code", _grant_code, methods=["GET", "POST"]),
        Route("/demo/webhooks", webhook_rules.handle, methods=["GET", "PUT", "DELETE"]),
        Route("/app{path:path}", _books_home),
        *_oauth_routes(),
    ]
    if options.data_centres:
        routes.append(Mount("/_dc/{dc}", routes=_oauth_routes()))
    app = Starlette(routes=routes)
    app.state.world = World(company, options)
    return app


class _Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


class _Protocol(H11Protocol):
    """Remembers the transport by the client's address, so that a fault can cut the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        carrier.TRANSPORTS[_ends(transport)] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        carrier.TRANSPORTS.pop(_ends(self.transport), None)
        super().connection_lost(exc)


def _ends(transport: asyncio.Transport) -> carrier.Ends:
    """Both ends of a connection, which name it."""
    client, server = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
    return (client[1], server[1])


def _bind(port: int) -> socket.socket:
    """A listening address on loopback."""
    # The protocol has to be named: on a socket made with protocol 0 asyncio leaves TCP_NODELAY off, and each answer
    # then waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
    except BaseException:
        listener.close()
        raise
    return listener


class DemoServer:
    """The demo company, served from a thread of its own until ``stop``.

    ``company`` edits the books, ``faults`` breaks things, ``requests`` is the log, ``credentials`` is what a client
    needs. Also a context manager.
    """

    def __init__(self, options: DemoOptions | None = None, *, company: Company | None = None) -> None:
        self.options = options or DemoOptions()
        self.company = company or Company(self.options)
        self.app = build_app(self.company, self.options)
        self.world: World = self.app.state.world
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._life: life.Life | None = None

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.world.faults

    @property
    def tokens(self) -> Tokens:
        """The accounts server's memory."""
        return self.world.tokens

    @property
    def webhooks(self) -> Webhooks:
        """What is sent of its own accord: rules, and a log of deliveries."""
        return self.world.webhooks

    @property
    def requests(self) -> RequestLog:
        """What was asked and how it was answered."""
        return self.world.requests

    @property
    def clock(self) -> CompanyClock:
        """The company's time; ``advance`` it instead of waiting."""
        return self.company.clock

    @property
    def url(self) -> str:
        """The origin, without a slash at the end; empty before ``start``."""
        return self.world.origin

    @property
    def credentials(self) -> Credentials:
        """What a client needs to connect."""
        return credentials_for(self.world)

    def adopt(self, refresh_token: str, scopes: Iterable[str]) -> None:
        """Know a refresh token that an earlier demo server gave out: Zoho does not forget, a toy in memory does."""
        self.tokens.adopt(refresh_token, self.world.full_grant(frozenset(scopes)))

    def accept(self, consent_url: str, *, organizations: frozenset[str] | None = None) -> str:
        """What Anita's browser would be sent to after Accept: for tests without a browser."""
        request = Request({"type": "http", "query_string": consent_url.partition("?")[2].encode(), "headers": []})
        chosen = organizations if organizations is not None else frozenset(self.company.organizations)
        return accounts.accept(self.world, dict(request.query_params), chosen)

    def start(self, port: int = 0) -> str:
        """Listen on 127.0.0.1 and return the origin. Port 0 takes a free one. Raises ``OSError`` for a taken port."""
        if self._thread is not None:
            raise RuntimeError("the demo server runs already")
        listener = _bind(port)
        self.world.origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            self.app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            timeout_keep_alive=60,
            backlog=256,
        )
        server = _Server(config)
        thread = threading.Thread(target=_serve, args=(server, listener), name="demo-server")
        self._server, self._thread = server, thread
        thread.start()
        if not server.listening.wait(_START_SECONDS):
            self.stop()
            raise RuntimeError("the demo server did not start")
        return self.world.origin

    def live(self, seconds: float = 20.0, when: Callable[[], bool] = lambda: True) -> None:
        """Let the company go about its business: one believable change every so often, until ``stop``.

        While ``when`` says no, nothing happens; it is asked on a thread of its own.
        """
        if self._life is None:
            self._life = life.Life(self.company, seconds, when)
            self._life.start()

    def stop(self) -> None:
        """Stop listening and join the thread. Twice is harmless."""
        if self._life is not None:
            self._life.stop()
            self._life = None
        self.world.faults.clear()
        self.world.webhooks.close()
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)
            self._thread = None
        self._server = None

    def __enter__(self) -> Self:
        if self._thread is None:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _serve(server: _Server, listener: socket.socket) -> None:
    with contextlib.closing(listener), asyncio.Runner() as runner:
        runner.run(server.serve(sockets=[listener]))


def run_forever(
    options: DemoOptions | None = None,
    *,
    port: int = 0,
    ready: Callable[[Credentials], None],
    until: threading.Event,
    live_seconds: float | None = None,
) -> None:
    """Serve until the event is set: for the command line. ``ready`` is called once with what to print."""
    with running(options, port=port) as server:
        if live_seconds is not None:
            server.live(live_seconds)
        ready(server.credentials)
        until.wait()


@contextlib.contextmanager
def running(options: DemoOptions | None = None, *, port: int = 0) -> Iterator[DemoServer]:
    """A started server, stopped at the end."""
    server = DemoServer(options)
    server.start(port)
    try:
        yield server
    finally:
        server.stop()
