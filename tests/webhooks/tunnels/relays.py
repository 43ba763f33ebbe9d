"""Relays for the tests: one that behaves as smee.io does, and one of our own format with a history.

smee's ways, taken from its server: JSON bodies only, parsed; an event holds the request's headers beside ``body``,
``query`` and ``timestamp``, written anew; ids count from 0 for each subscriber and mean nothing to another; nothing is
kept; ``ready`` comes first, ``ping`` now and then.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from zbdesk.web.serving import Serving
from zbdesk.webhooks.tunnels.relay import Forwarded, write_event

_END = object()


class Relay:
    """One relay with its channels. ``history`` False: as smee. ``silent``: no pings."""

    def __init__(self, *, history: bool, ping: float = 0.1) -> None:
        self.history = history
        self.ping = ping
        self.kept: list[tuple[int, str]] = []
        self.subscribers: list[asyncio.Queue[Any]] = []
        self.asked_from: list[str | None] = []
        self.refuse: int | None = None
        self.as_page = False
        self._serving: Serving | None = None
        self.port = 0

    @property
    def channel(self) -> str:
        """The channel's address."""
        return f"http://127.0.0.1:{self.port}/kAn4L-x"

    async def start(self) -> None:
        """Serve, at the same port as before."""
        app = Starlette(
            routes=[
                Route("/{channel}", self._subscribe, methods=["GET"]),
                Route("/{channel}", self._post, methods=["POST"]),
            ]
        )
        self._serving = await Serving.open(app, self.port)
        self.port = self._serving.port

    async def stop(self) -> None:
        """Be gone, streams and all."""
        self.cut()
        if self._serving is not None:
            await self._serving.close()
            self._serving = None

    def cut(self) -> None:
        """End all streams."""
        for queue in self.subscribers:
            queue.put_nowait(_END)
        self.subscribers.clear()

    def push(self, text: str) -> None:
        """Write raw text into all streams."""
        for queue in self.subscribers:
            queue.put_nowait(text)

    async def _post(self, request: Request) -> Response:
        raw = await request.body()
        if self.history:
            headers = tuple((name, value) for name, value in request.headers.items())
            query = request.url.query
            data = write_event(Forwarded(request.method, query, headers, raw))
            number = len(self.kept) + 1
            self.kept.append((number, data))
            self.push(f"id: {number}\ndata: {data}\n\n")
            return Response(status_code=202)
        if not request.headers.get("content-type", "").startswith("application/json"):
            return Response(status_code=415)
        payload = {**request.headers, "body": json.loads(raw), "query": dict(request.query_params), "timestamp": 1}
        # What JSON.stringify makes of it: no spaces, letters as they are, numbers in their shortest form.
        data = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
        for queue in self.subscribers:
            queue.put_nowait(("event", data))
        return Response(status_code=200)

    async def _subscribe(self, request: Request) -> Response:
        if self.refuse is not None:
            return Response(status_code=self.refuse)
        if request.headers.get("accept") != "text/event-stream" or self.as_page:
            return PlainTextResponse("<html>a channel</html>")
        last = request.headers.get("last-event-id")
        self.asked_from.append(last)
        queue: asyncio.Queue[Any] = asyncio.Queue()
        if self.history:
            for number, data in self.kept[int(last or 0) :]:
                queue.put_nowait(f"id: {number}\ndata: {data}\n\n")
        self.subscribers.append(queue)
        return StreamingResponse(self._stream(queue), media_type="text/event-stream")

    async def _stream(self, queue: asyncio.Queue[Any]) -> AsyncIterator[bytes]:
        count = 0

        def numbered(event: str, data: str) -> bytes:
            nonlocal count
            head = "" if self.history else f"id: {count}\n"
            count += 1
            named = f"event: {event}\n" if event else ""
            return f"{head}{named}data: {data}\n\n".encode()

        yield numbered("ready", "{}")
        while True:
            try:
                async with asyncio.timeout(self.ping or None):
                    found = await queue.get()
            except TimeoutError:
                yield numbered("ping", "{}")
                continue
            if found is _END:
                return
            yield numbered("", found[1]) if isinstance(found, tuple) else found.encode()
