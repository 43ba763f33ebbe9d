"""Tables are told when something is announced that cannot be read at once, and again when it was read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from webhook_site import looking
from world import World

from zbdesk.store import inbox
from zbdesk.sync import hints
from zbdesk.sync.commands import Pause, Resume, SyncNow
from zbdesk.sync.events import RecordsChanged

pytestmark = pytest.mark.anyio
TOLD = RecordsChanged(frozenset({"invoices"}))


async def test_what_waits_is_told_when_it_comes_and_when_it_is_read(make: Callable[..., World]) -> None:
    """In a pause the table is asked to draw its mark at once; when the record was read it draws without it."""
    world = make("contacts", "invoices")
    (one, *_) = world.zoho.put("invoices", 3, total=1)
    async with looking(world) as site:
        await site.command(Pause())
        world.events.clear()
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        await site.tell("invoices", one)
        assert world.events.count(TOLD) == 1
        assert inbox.waiting_modules(world.db, world.connection.id) == ["invoices"]
        world.events.clear()
        await site.command(Resume())
        assert TOLD in world.events
        assert inbox.waiting_modules(world.db, world.connection.id) == []


async def test_what_is_read_at_once_is_told_once(make: Callable[..., World]) -> None:
    """In quiet times nothing flickers: the table hears of the record when it was read."""
    world = make("contacts", "invoices")
    (one, *_) = world.zoho.put("invoices", 3, total=1)
    async with looking(world) as site:
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        await site.tell("invoices", one)
        assert world.events.count(TOLD) == 1


async def test_a_slow_answer_is_told_as_announced_meanwhile(
    make: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zoho takes its time: after a moment the table draws the mark, and takes it away with the answer."""
    monkeypatch.setattr(hints, "SOON", 0.01)
    world = make("contacts", "invoices")
    (one, *_) = world.zoho.put("invoices", 3, total=1)
    answering = asyncio.Event()

    async def hold(_kind: str, _module: str, _what: int | str) -> None:
        await answering.wait()

    async with looking(world) as site:
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        world.zoho.before = hold
        await site.tell("invoices", one)
        async with asyncio.timeout(5):
            while TOLD not in world.events:  # noqa: ASYNC110 - a list of events, which tells nobody
                await asyncio.sleep(0.005)
        assert site.results() == ["waiting"]
        world.events.clear()
        answering.set()
        await site.settle()
        assert site.results() == ["updated"]
        assert TOLD in world.events


async def test_what_waits_for_a_pass_is_told(make: Callable[..., World]) -> None:
    """A new record that a pass may bring waits for its end; the others of its module are drawn anew by both."""
    world = make("contacts", "invoices")
    world.zoho.put("invoices", 3, total=1)
    listing = asyncio.Event()

    async def hold(kind: str, module: str, _what: int | str) -> None:
        if (kind, module) == ("list", "invoices"):
            await listing.wait()

    async with looking(world) as site:
        world.zoho.before = hold
        await site.command(SyncNow())
        world.events.clear()
        world.clock.tick(1)
        (made,) = world.zoho.put("invoices", total=9)
        await site.tell("invoices", made)
        assert site.results() == ["waiting_busy"]
        assert TOLD in world.events
        listing.set()
        await site.advance(30)
        assert not site.results()[0].startswith("waiting")
