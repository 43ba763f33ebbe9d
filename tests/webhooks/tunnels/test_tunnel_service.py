"""The tunnel beside a whole engine: tested at the start, watched, judged; polling hurries while it fails."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from zbdesk.app import settings as settings_files
from zbdesk.app import webhooks
from zbdesk.app.build import Surroundings
from zbdesk.app.settings import Settings
from zbdesk.app.tunnel_service import Extras, tunnelling
from zbdesk.app.tunnels import Tunnelling
from zbdesk.domain.status import ConnectionState
from zbdesk.store import connections, diary, gaps, inbox, problems, tunnels
from zbdesk.store.database import Database
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event
from zbdesk.vault.base import MemoryVault
from zbdesk.webhooks.listener import Listener

from .fakes import CLOUDFLARED, program
from .parts import CLOCK, NGINX, Authority, authority, client, free_port, nginx, opened_database, passing, until

pytestmark = pytest.mark.anyio


class NoCalls:
    """Zoho's side of an engine that never asks it anything."""

    client = property(lambda self: self)
    calls = 0
    on_call = None


@dataclass
class Whole:
    """An engine with its tunnel, running."""

    db: Database
    engine: Engine
    listener: Listener
    service: Tunnelling
    extras: Extras
    place: Path
    events: list[Event]

    @property
    def key(self) -> int:
        """The connection's key."""
        return self.engine.connection.id

    def change(self, **changes: object) -> None:
        """Change settings in the file, as a person does while the program runs."""
        settings_files.save(self.place / "settings.toml", **changes)


@asynccontextmanager
async def whole(
    tmp_path: Path, public: str | None = None, state: ConnectionState = ConnectionState.ACTIVE, **changes: object
) -> AsyncIterator[Whole]:
    """All of it over a fresh database; ``public`` with ``{port}`` in it is the person's own address."""
    port = free_port()
    settings = replace(Settings(), webhook_port=port, **changes)  # type: ignore[arg-type]
    place = tmp_path / "data"
    place.mkdir()
    told = {name: value for name, value in changes.items() if value != getattr(Settings(), name)}
    if told:
        settings_files.save(place / "settings.toml", **told)
    db, saved = opened_database(place / "zbdesk.sqlite3")
    connections.set_state(db, saved.id, state)
    if public is not None:
        key = inbox.facts(db, saved.id).path_key
        inbox.set_public_url(db, saved.id, public.format(port=port) + f"/webhooks/zoho/{key}")
    vault = MemoryVault()
    around = Surroundings(place / "zbdesk.sqlite3", settings, CLOCK, lambda: vault)
    events: list[Event] = []
    engine = Engine(
        db=db,
        books=NoCalls(),  # type: ignore[arg-type]
        connection=saved,
        clock=CLOCK,
        rng=random.Random(1),
        emit=events.append,
        poll_seconds=900,
    )
    try:
        async with AsyncExitStack() as stack:
            extras = Extras()
            listener, intake = await stack.enter_async_context(
                webhooks.listening(around, engine, extras.stored, extras.carry_out)
            )
            service = await stack.enter_async_context(tunnelling(around, engine, listener, intake, extras))
            yield Whole(db, engine, listener, service, extras, place, events)
    finally:
        db.close()


async def test_an_open_way_is_tested_at_the_start_and_judged_healthy(tmp_path: Path) -> None:
    """Without anybody asking; polling stays as chosen."""
    async with whole(tmp_path, "http://127.0.0.1:{port}") as here:
        await until(lambda: tunnels.last_test(here.db, here.key) is not None)
        await until(lambda: (gaps.health(here.db, here.key) or health_off()).state == "healthy")
        test = tunnels.last_test(here.db, here.key)
        assert test is not None
        assert (test.ok, test.cause) == (True, "start")
        assert here.engine.interval == 900
        assert problems.open_problems(here.db, here.key) == []


def health_off() -> gaps.WebhookHealth:
    """What stands where nothing was judged yet."""
    return gaps.WebhookHealth("off", CLOCK.now(), CLOCK.now(), "", "")


async def test_without_a_tunnel_nothing_is_tested_and_nothing_told(tmp_path: Path) -> None:
    """Somebody without webhooks sees no problem and no other interval."""
    async with whole(tmp_path) as here:
        await until(lambda: gaps.health(here.db, here.key) is not None)
        assert tunnels.last_test(here.db, here.key) is None
        assert problems.open_problems(here.db, here.key) == []
        assert here.engine.interval == 900


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed: it stands for the user's reverse proxy")
async def test_a_way_that_breaks_makes_polling_hurry_until_it_heals(tmp_path: Path) -> None:
    """The proxy stops and starts: the problem, the shorter interval and the word of recovery follow by themselves."""
    ca: Authority = authority(tmp_path)
    certificate, key = ca.issue(tmp_path, "localhost")
    async with whole(tmp_path, ca_file=str(ca.path)) as here, client(ca.path):
        async with nginx(tmp_path, certificate, key, passing(here.listener.port)) as port:
            inbox.set_public_url(here.db, here.key, f"https://localhost:{port}{here.listener.path}")
            await here.service.renew()
            assert (await here.service.test("user")).ok
            assert here.engine.interval == 900
        broken = await here.service.test("user")
        assert (broken.ok, broken.leg) == (False, "tunnel")
        assert here.engine.interval == 300
        (problem,) = problems.open_problems(here.db, here.key)
        assert problem.cause == "webhook_gap"
        assert problem.message == (
            "Webhooks do not arrive: nothing answers at localhost. Until they do, zbdesk looks every 5 minutes."
        )
        here_again = passing(here.listener.port)
        async with nginx(tmp_path, certificate, key, here_again) as port:
            inbox.set_public_url(here.db, here.key, f"https://localhost:{port}{here.listener.path}")
            await here.service.renew()
            assert (await here.service.test("user")).ok
            # While the proxy still answers: once it is gone, the way is broken again.
            assert here.engine.interval == 900
            assert problems.open_problems(here.db, here.key) == []
            texts = [line.text for line in diary.recent(here.db, here.key)]
            assert texts[0].startswith("Webhooks arrive again. They were away for 1 minute; ")


async def test_nothing_is_said_of_the_tunnel_while_the_computer_is_offline(tmp_path: Path) -> None:
    """Without a network the test fails too; the connection says so already, and one word is enough."""
    async with whole(tmp_path, "https://hooks.nowhere.invalid", state=ConnectionState.OFFLINE) as here:
        await until(lambda: (tunnels.get(here.db, here.key) or tunnel_none()).state == "up")
        failed = await here.service.test("user")
        assert (failed.ok, failed.leg) == (False, "dns")
        assert problems.open_problems(here.db, here.key) == []
        connections.set_state(here.db, here.key, ConnectionState.ACTIVE)
        here.service.health.look()
        assert [problem.cause for problem in problems.open_problems(here.db, here.key)] == ["webhook_gap"]
        assert here.engine.interval == 300


async def test_another_tunnel_in_the_settings_is_taken_up_while_running(tmp_path: Path) -> None:
    """A person chooses cloudflared: it is started, its address is shown and allowed; off stops it."""
    place = program(tmp_path / "bin", "cloudflared", CLOUDFLARED)
    async with whole(tmp_path) as here:
        await until(lambda: tunnels.get(here.db, here.key) is not None)
        here.change(tunnel="cloudflared", tunnel_program=str(place))
        await here.service.renew()
        await until(lambda: (tunnels.get(here.db, here.key) or tunnel_none()).state == "up")
        row = tunnels.get(here.db, here.key)
        assert row is not None
        assert row.public_url == f"https://quiet-river-4d7f.trycloudflare.com{here.listener.path}"
        assert inbox.facts(here.db, here.key).public_url == row.public_url
        here.change(tunnel="ssh")
        await here.service.renew()
        row = tunnels.get(here.db, here.key)
        assert row is not None
        assert row.sentence == "The tunnel ssh is not set up to its end."
        failed = await here.service.test("user")
        assert (failed.leg, failed.sentence) == ("tunnel", "The tunnel ssh is not set up to its end.")


def tunnel_none() -> tunnels.TunnelView:
    """What stands where no tunnel ever was."""
    return tunnels.TunnelView("own", "off", None, "", "")


@pytest.mark.logs("not taken up")
async def test_settings_that_cannot_be_read_change_nothing(tmp_path: Path) -> None:
    """A slip in the file does not stop a tunnel that works."""
    async with whole(tmp_path, "http://127.0.0.1:{port}") as here:
        await until(lambda: tunnels.last_test(here.db, here.key) is not None)
        (here.place / "settings.toml").write_text("[webhooks\n")
        await here.service.renew()
        assert (await here.service.test("user")).ok


async def test_a_test_can_be_asked_for_by_another_process(tmp_path: Path) -> None:
    """The order reaches the service, and the result is stored with its cause."""
    async with whole(tmp_path, "http://127.0.0.1:{port}") as here:
        await until(lambda: tunnels.last_test(here.db, here.key) is not None)
        assert here.extras.carry_out({"test": True}) == 200
        assert here.extras.carry_out({"something": 1}) is None
        assert here.extras.carry_out({"target_remove": 99}) == 404
        await until(lambda: (test := tunnels.last_test(here.db, here.key)) is not None and test.cause == "user")


async def test_ending_is_quick_and_leaves_the_engine_as_it_was(tmp_path: Path) -> None:
    """Quit with all of it running takes less than a second and forgets the hurry."""
    began = 0.0
    async with whole(tmp_path, "http://127.0.0.1:{port}") as here:
        await until(lambda: tunnels.last_test(here.db, here.key) is not None)
        engine = here.engine
        engine.hurry_seconds = 5.0
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 2.0
    assert engine.hurry_seconds is None
