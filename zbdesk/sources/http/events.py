"""The stream of changes as server-sent events: from a place that the program names, or from now.

An event says which record changed and how it stands; who missed some goes on from the last ``id`` it saw, and gets each
record's latest change once. Invariant: a stream that nobody reads any more ends by itself.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

from zbdesk.domain.modules import UnknownModule
from zbdesk.domain.modules import module as named
from zbdesk.sources.http.exchange import Receive, Request, Send, Stream
from zbdesk.sources.http.handlers import Handlers, Json
from zbdesk.sources.http.problem import Fault, Problem

MOST_STREAMS = 20
HEARTBEAT_SECONDS = 15.0
SEND_SECONDS = 30.0
RETRY_MILLISECONDS = 3_000


class EventStreams:
    """The open streams of one interface."""

    def __init__(self, handlers: Handlers, heartbeat: float = HEARTBEAT_SECONDS) -> None:
        self._handlers = handlers
        self._heartbeat = heartbeat
        self._open = 0

    def open(self, request: Request) -> Stream:
        """A stream for this request. Raises ``Problem`` for a place or module that is none, or too many streams."""
        seq, modules = self._begin(request)
        if self._open >= MOST_STREAMS:
            words = f"At most {MOST_STREAMS} streams are open at once. Close one."
            raise Problem(429, "too-many", "There are too many streams.", words, headers={"Retry-After": "10"})

        async def run(receive: Receive, send: Send) -> None:
            await self._run(seq, modules, receive, send)

        return Stream(run)

    def _begin(self, request: Request) -> tuple[int, frozenset[str]]:
        faults: list[Fault] = []
        given: dict[str, str] = {}
        for name, value in request.query:
            if name not in {"after", "modules"} or name in given:
                faults.append(Fault(name[:80], "Known are after and modules, each once."))
            given[name] = value
        last = request.headers.get("last-event-id", given.get("after"))
        newest = self._handlers.newest_change()
        seq = newest if last is None else _place(last)
        if seq is None:
            faults.append(Fault("after", "It is the id of an event, a whole number."))
        modules = frozenset(_modules(given.get("modules", ""), faults))
        if faults:
            raise Problem(400, "bad-parameters", "The stream cannot be opened like this.", errors=faults)
        # A place that was never reached belongs to another database: everything is told from its beginning.
        return (0 if seq is None or seq > newest else seq), modules

    async def _run(self, seq: int, modules: frozenset[str], receive: Receive, send: Send) -> None:
        self._open += 1
        gone = asyncio.create_task(_until_gone(receive))
        try:
            headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await self._send(send, f"retry: {RETRY_MILLISECONDS}\n\n")
            while not gone.done():
                found, reached = self._handlers.changes_after(seq, modules)
                if found:
                    await self._send(send, "".join(map(_event, found)))
                if reached > seq:
                    seq = reached
                    continue
                waiting = asyncio.create_task(self._handlers.until_changed(self._heartbeat))
                await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
                if not waiting.done():
                    waiting.cancel()
                    with suppress(asyncio.CancelledError):
                        await waiting
                elif not gone.done() and self._handlers.newest_change() <= seq:
                    await self._send(send, ": still here\n\n")
        except TimeoutError:
            return  # nobody takes what is sent: the connection is given up
        finally:
            self._open -= 1
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)

    async def _send(self, send: Send, text: str) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _place(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _modules(text: str, faults: list[Fault]) -> list[str]:
    found = []
    for word in filter(None, (one.strip() for one in text.split(","))):
        try:
            found.append(named(word).name)
        except UnknownModule as error:
            faults.append(Fault("modules", error.title))
    return found


def _event(change: Json) -> str:
    data = json.dumps(change, ensure_ascii=False)
    return f"id: {change['seq']}\nevent: {change['what']}\ndata: {data}\n\n"
