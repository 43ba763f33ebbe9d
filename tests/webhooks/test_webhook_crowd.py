"""Many events while a pass runs: the lists of the pass are not starved by reading one record after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from webhook_site import looking
from world import World

from zbdesk.sync.commands import SyncNow
from zbdesk.zoho.limits import Priority

pytestmark = pytest.mark.anyio


async def test_a_crowd_of_events_during_a_pass_waits_for_its_lists(make: Callable[..., World]) -> None:
    """Sixty changed invoices while their list is being read cost that list, not sixty calls ahead of it."""
    world = make("contacts", "invoices")
    ids = world.zoho.put("invoices", 60, total=1)
    async with looking(world) as site:
        listing, reading = asyncio.Event(), asyncio.Event()

        async def hold(kind: str, module: str, _what: int | str) -> None:
            if module == "invoices":
                await (listing if kind == "list" else reading).wait()

        world.zoho.before = hold
        await site.command(SyncNow())
        world.clock.tick(1)
        for one in ids:
            world.zoho.edit("invoices", one, status="paid")
            await site.tell("invoices", one)
        reading.set()
        await site.settle()
        assert len(site.reads()) == 1
        assert site.results().count("waiting_busy") == 59
        world.clock.tick(1)
        listing.set()
        await site.advance(60)
        assert world.here("invoices") == world.there("invoices")
        assert sorted(set(site.results())) == ["already_known", "updated"]
        assert site.results().count("updated") == 1
        assert world.zoho.priorities.count(Priority.WEBHOOK) <= 2
