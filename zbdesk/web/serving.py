"""Serving an ASGI application on loopback inside a loop that is running already.

uvicorn's own server wakes ten times a second and takes the process's signals; here is only its HTTP/1.1 protocol, so
that a listener nobody asks costs nothing. Invariants: bound to 127.0.0.1 unless told otherwise; a sender that dawdles
over its headers is cut off; ``close`` leaves no connection, no task and no socket.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_log = logging.getLogger(__name__)

HEAD_SECONDS = 5.0
"""How long a connection may take until its request's headers are whole."""

KEEP_ALIVE_SECONDS = 30
HEADER_BYTES = 16 * 1024
MOST_CONNECTIONS = 200
CLOSE_SECONDS = 1.0

_TAKEN = {errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", 0), getattr(errno, "WSAEACCES", 0)}


class PortInUse(Exception):
    """Another program listens on the port, or the system does not give it to us."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use")
        self.port = port


class _Protocol(H11Protocol):
    """Cuts off whoever has not sent whole headers in time; where all places are taken, whoever dawdles longest.

    All senders behind a tunnel come from one address, so places are not counted by sender: who is quick never waits for
    who is slow. A request that is whole is always answered.
    """

    _deadline: asyncio.TimerHandle | None = None
    quiet_since = 0.0
    """When its sender began to keep its place without a whole request, on the loop's clock."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.quiet_since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS and not self._make_room():
            transport.abort()
            return
        self._deadline = self.loop.call_later(HEAD_SECONDS, transport.abort)

    def _make_room(self) -> bool:
        """Cut off the one that has kept a place longest without a whole request; False where there is none.

        Kept connections that rest between two requests go last: a tunnel's next request may be on its way in one.
        """
        others = [one for one in self.connections if isinstance(one, _Protocol) and one is not self and one.is_waiting]
        if not others:
            return False
        longest = min(others, key=lambda one: (one.is_resting, one.quiet_since))
        self.connections.discard(longest)  # its place is free now, not with the loop's next turn
        longest.transport.abort()
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether the sender has still to send: the rest of its headers, of its body, or another request."""
        return self._is_between_requests or (self.cycle.more_body and not self.cycle.response_started)

    @property
    def is_resting(self) -> bool:
        """Whether it is a kept connection on which nothing of another request has come."""
        return self._is_between_requests and self._deadline is None

    @property
    def _is_between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        if self._is_between_requests and self._deadline is None:
            self.quiet_since = self.loop.time()
        super().data_received(data)
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering:
            self._forget_deadline()
        elif self._deadline is None and self.timeout_keep_alive_task is None:
            # The first bytes of another request on a kept connection.
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        super().connection_lost(exc)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Serving:
    """One application on one port, from ``open`` to ``close``."""

    def __init__(self, server: asyncio.Server, state: ServerState, port: int) -> None:
        self._server = server
        self._state = state
        self.port = port

    @classmethod
    async def open(cls, app: Any, port: int, *, host: str = "127.0.0.1") -> Serving:
        """Listen on 127.0.0.1, or where ``host`` says; port 0 takes a free one. Raises ``PortInUse``."""
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,  # a windowed build has no standard error
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            h11_max_incomplete_event_size=HEADER_BYTES,
        )
        config.load()
        state = ServerState()
        bound = _bind(port, host)

        def connected() -> asyncio.Protocol:
            return _Protocol(config=config, server_state=state, app_state={})

        try:
            server = await asyncio.get_running_loop().create_server(connected, sock=bound, backlog=256)
        except BaseException:
            bound.close()
            raise
        return cls(server, state, bound.getsockname()[1])

    async def close(self) -> None:
        """Let requests under way end, for a second; then cut them off. Twice is harmless."""
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(set(self._state.tasks), timeout=CLOSE_SECONDS)
        for task in list(self._state.tasks):
            task.cancel()
        for connection in list(self._state.connections):
            connection.transport.abort()
        while self._state.connections:  # noqa: ASYNC110 - uvicorn's own set, which tells nobody
            # An aborted transport tells its protocol with the loop's next turn.
            await asyncio.sleep(0)
        await self._server.wait_closed()


def _bind(port: int, host: str) -> socket.socket:
    # The protocol has to be named: on a socket made with protocol 0 asyncio leaves TCP_NODELAY off, and each answer
    # then waits 40 ms for the sender's delayed acknowledgement.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # Without it the port of a program that has just ended is taken for a minute; Windows would share it.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(256)
    except OSError as error:
        bound.close()
        if error.errno in _TAKEN:
            raise PortInUse(port) from error
        raise
    return bound
