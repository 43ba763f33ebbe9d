"""The interface over a whole world: the real engine, store and routes, asked by HTTP in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from books_world import BooksWorld

from zbdesk.app.interface import BooksInterface
from zbdesk.app.interface_answers import Answers
from zbdesk.sources.http import tokens
from zbdesk.sources.http.app import Interface
from zbdesk.sources.http.events import EventStreams
from zbdesk.sources.http.routes import Routes
from zbdesk.store import changes, interface

LINE = {"name": "Seat", "quantity": "2", "rate": "40.00"}


def invoice(source_id: str, **more: object) -> dict[str, object]:
    """An invoice as a program gives it."""
    return {
        "source_id": source_id,
        "customer": {"source_id": "C-1"},
        "date": "2026-11-20",
        "line_items": [dict(LINE)],
        **more,
    }


@dataclass
class Place:
    """The world, its interface, and a program that has a token."""

    world: BooksWorld
    handlers: BooksInterface
    app: Interface
    http: httpx.AsyncClient
    token: str
    edits: list[int]

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request below ``/v1``."""
        return await self.http.request(method, f"/v1{path}", **more)

    def writes(self) -> list[tuple[str, str]]:
        """What has left for Zoho."""
        return self.world.wire.writes()


@asynccontextmanager
async def interface_place(
    folder: Path, *, read_only: bool = False, zoho_writes: bool = False, network: bool = False, synced: bool = True
) -> AsyncIterator[Place]:
    """A synced world with a running interface."""
    world = BooksWorld(folder, read_only=read_only)
    token = tokens.make()
    interface.add_token(world.db, world.connection.id, "tests", tokens.digest(token), world.clock.now())
    changes.begin(world.db, world.connection.id, world.clock.now())
    if synced:
        await world.sync()
    answers = Answers(world.path, world.connection, world.clock.now)
    handlers = BooksInterface(world.engine, answers, client=world.engine.books.client, zoho_writes=zoho_writes)
    edits: list[int] = []
    world.engine.edited = lambda: edits.append(1)
    app = Interface(
        handlers, Routes(handlers, EventStreams(handlers, 0.05), "1"), world.clock, hosts=["books.lan"], network=network
    )
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8972", headers=headers) as http:
        try:
            yield Place(world, handlers, app, http, token, edits)
        finally:
            answers.close()
            await world.aclose()
