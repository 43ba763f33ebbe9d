"""Between HTTP and the books: limits, the request log, and the faults that act on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from zbdesk.demo.accounts import prefix_of
from zbdesk.demo.answers import Refusal
from zbdesk.demo.books import Asked
from zbdesk.demo.faults import Fault
from zbdesk.demo.limits import Limits
from zbdesk.demo.listing import Mangle
from zbdesk.demo.world import LoggedRequest

if TYPE_CHECKING:
    from zbdesk.demo.world import World

Ends = tuple[int, int]
"""The client's and the server's port: both stand on 127.0.0.1."""

TRANSPORTS: dict[Ends, asyncio.Transport] = {}
"""Open connections of all demo servers of this process."""

JSON = "application/json;charset=UTF-8"


class Cut(Response):
    """No answer: the connection is closed without a word."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Abort the transport and wait until the server has noticed."""
        transport = TRANSPORTS.get((scope["client"][1], scope["server"][1]))
        if transport is not None:
            transport.abort()
        while (await receive())["type"] != "http.disconnect":
            continue


Handler = Callable[[Request], Awaitable[Response]]


async def _before(faults: list[Fault]) -> Response | None:
    """What happens before the request does anything. An answer here means that it never will."""
    for fault in faults:
        if fault.kind == "hold" and fault.hold is not None:
            await fault.hold.wait()
        elif fault.kind == "during" and fault.call is not None:
            fault.call()
        elif fault.kind == "status":
            return _faulty_answer(fault)
        elif fault.kind == "drop":
            return Cut()
    return None


async def _after(faults: list[Fault], response: Response) -> Response:
    """What happens once the work is done."""
    for fault in faults:
        if fault.kind == "hold_after" and fault.hold is not None:
            await fault.hold.wait()
        elif fault.kind == "status_after":
            return _faulty_answer(fault)
        elif fault.kind == "drop_after":
            return Cut()
        elif fault.kind == "truncate":
            body = bytes(response.body)
            return Response(body[: len(body) // 2], response.status_code, media_type=JSON)
    return response


def _faulty_answer(fault: Fault) -> Response:
    return Response(fault.body, fault.status, headers=dict(fault.headers), media_type=fault.content_type)


def _logged(world: World, request: Request, response: Response, body: bytes) -> None:
    status = 0 if isinstance(response, Cut) else response.status_code
    world.requests.add(
        LoggedRequest(
            request.method, request.url.path, dict(request.query_params), status, world.company.clock.now(), body
        )
    )


def faulty(handler: Handler) -> Handler:
    """A handler of the accounts server, with faults and log around it."""

    async def wrapped(request: Request) -> Response:
        world: World = request.app.state.world
        faults = world.faults.take(request.method, request.url.path)
        response = await _before(faults)
        if response is None:
            response = await _after(faults, await handler(request))
        _logged(world, request, response, b"")
        return response

    return wrapped


async def books(request: Request) -> Response:
    """Any call of the Books API."""
    world: World = request.app.state.world
    body = await request.body()
    path = request.path_params["path"]
    limits = world.limits.get(request.query_params.get("organization_id", ""))
    response = _enter(limits)
    if response is None:
        try:
            response = await _carried(world, request, path, body)
        finally:
            if limits is not None:
                limits.leave()
    if limits is not None:
        response.headers.update(limits.headers())
    _logged(world, request, response, body)
    return response


def _enter(limits: Limits | None) -> Response | None:
    if limits is None:
        return None
    try:
        limits.enter()
    except Refusal as refusal:
        return _refused(refusal)
    return None


async def _carried(world: World, request: Request, path: str, body: bytes) -> Response:
    faults = world.faults.take(request.method, request.url.path)
    early = await _before(faults)
    if early is not None:
        return early
    kinds = {fault.kind for fault in faults}
    mangle = Mangle("duplicate" in kinds, "keyless" in kinds, "empty" in kinds)
    asked = Asked(request.method, path, request.query_params, request.headers, body, prefix_of(request))
    try:
        answer = world.books.answer(asked, mangle)
    except Refusal as refusal:
        return await _after(faults, _refused(refusal))
    return await _after(faults, Response(answer.body, answer.status, media_type=JSON))


def _refused(refusal: Refusal) -> Response:
    return Response(refusal.body(), refusal.status, headers=refusal.headers, media_type=JSON)
