"""The way to a connection against the demo company's server, over real sockets."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from zbdesk.app.build import Surroundings, opened_engine
from zbdesk.app.clock import SystemClock
from zbdesk.app.connect import ConnectFlow, ConnectRequest
from zbdesk.app.http import build_client
from zbdesk.app.log import start_logging, stop_logging
from zbdesk.app.paths import DataPaths
from zbdesk.app.settings import Settings
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.domain.modules import scopes_for
from zbdesk.store import connections, module_states
from zbdesk.store.database import Database
from zbdesk.sync.events import Event, ModuleProgress
from zbdesk.vault import FileVault
from zbdesk.zoho.datacentres import custom
from zbdesk.zoho.sign_in_errors import CodeNotAccepted, WrongClientSecret

pytestmark = pytest.mark.anyio

ENABLED = ("taxes", "contacts", "invoices")


@pytest.fixture(scope="module")
def port() -> int:
    """Give a port that was free a moment ago, for the redirect."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def demo(port: int) -> Iterator[DemoServer]:
    """Give the demo company, with that redirect registered."""
    with DemoServer(DemoOptions(redirect_uris=(f"http://localhost:{port}/callback",))) as server:
        yield server


def flow_of(folder: Path, vault: FileVault) -> ConnectFlow:
    """Give a flow as the window makes it."""
    settings = Settings(calls_per_minute=0)
    return ConnectFlow(
        data_dir=folder,
        settings=settings,
        clock=SystemClock(),
        vault=lambda: vault,
        http=lambda: build_client(settings),
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def request_of(demo: DemoServer, *, secret: str | None = None) -> ConnectRequest:
    """Type the demo's credentials."""
    made = demo.credentials
    return ConnectRequest(custom(demo.url, demo.url), made.client_id, secret or made.client_secret)


async def test_the_browser_way_keeps_a_working_connection(tmp_path: Path, demo: DemoServer, port: int) -> None:
    """Consent, redirect, organizations and keeping work together, and no token reaches log or database."""
    vault = FileVault(tmp_path / "vault.sealed", "passphrase")
    flow = flow_of(tmp_path, vault)
    calls: set[asyncio.Task[httpx.Response]] = set()
    start_logging(tmp_path, Settings(log_level="debug"))

    async def accept(url: str) -> httpx.Response:
        redirect = await asyncio.to_thread(demo.accept, url)
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.get(redirect)

    def browser(url: str) -> bool:
        call = asyncio.ensure_future(accept(url))
        call.add_done_callback(lambda done: flow.cancel() if done.exception() else None)
        calls.add(call)
        return True

    try:
        await flow.listen((port,))
        scopes = scopes_for(ENABLED, write=False)
        await flow.sign_in(request_of(demo), scopes=scopes, open_browser=browser, on_step=lambda step: None)
        chosen = (await flow.organizations())[1]
        counts = dict([pair async for pair in flow.counts(chosen.organization_id, ENABLED)])
        assert counts["invoices"]
        kept = await flow.finish(
            chosen.organization_id, modules=ENABLED, read_only=True, poll_seconds=900.0, details=False
        )
    finally:
        await flow.aclose()
        stop_logging()
        logging.getLogger("zbdesk").setLevel(logging.NOTSET)
    assert [(await call).status_code for call in calls] == [200]
    with closing(Database.open_reader(DataPaths(tmp_path).database)) as db:
        assert connections.current(db) == kept
    token = vault.get(f"{kept.vault_prefix}/refresh_token")
    assert token
    for name, data in contents(tmp_path).items():
        assert token.encode() not in data, name
        assert demo.credentials.client_secret.encode() not in data, name


async def test_wrong_credentials_leave_nothing(tmp_path: Path, demo: DemoServer) -> None:
    """A wrong secret and a used code have their own words, and nothing is kept."""
    vault = FileVault(tmp_path / "vault.sealed", "passphrase")
    flow = flow_of(tmp_path, vault)
    scopes = scopes_for(ENABLED, write=False)
    code = demo.credentials.grant_code()
    try:
        with pytest.raises(WrongClientSecret):
            await flow.with_grant_code(request_of(demo, secret="wrong-secret"), code, scopes=scopes)
        with pytest.raises(CodeNotAccepted):
            await flow.with_grant_code(request_of(demo), "1000.no-such-code", scopes=scopes)
    finally:
        await flow.aclose()
    assert contents(tmp_path) == {}


async def test_the_first_pass_knows_how_much_is_to_come(tmp_path: Path, demo: DemoServer) -> None:
    """What was counted while choosing is what the first pass measures itself by; what Zoho did not say stays open."""
    vault = FileVault(tmp_path / "vault.sealed", "passphrase")
    flow = flow_of(tmp_path, vault)
    try:
        await flow.with_grant_code(
            request_of(demo), demo.credentials.grant_code(), scopes=scopes_for(ENABLED, write=False)
        )
        other, chosen, *_ = await flow.organizations()
        counts = dict([pair async for pair in flow.counts(chosen.organization_id, ENABLED)])
        # Looked at and left again: its numbers are not those of the one that is chosen.
        assert [pair async for pair in flow.counts(other.organization_id, ("contacts",))]
        kept = await flow.finish(
            chosen.organization_id, modules=ENABLED, read_only=True, poll_seconds=900.0, details=False
        )
    finally:
        await flow.aclose()
    with closing(Database.open_reader(DataPaths(tmp_path).database)) as db:
        stored = {one.module: one.expected for one in module_states.module_counts(db, kept.id)}
    assert stored == counts
    assert counts["invoices"]
    seen: list[Event] = []
    settings = Settings(calls_per_minute=0)
    around = Surroundings(DataPaths(tmp_path).database, settings, SystemClock(), lambda: vault)
    async with opened_engine(around, seen.append) as engine:
        assert engine is not None
        await engine.run_pass(kind=None, modules=(), cause="user")
    told = {
        name: {one.expected for one in seen if isinstance(one, ModuleProgress) and one.module == name}
        for name in ENABLED
    }
    assert told == {name: {counts[name]} for name in ENABLED}
    done = [one.done for one in seen if isinstance(one, ModuleProgress) and one.module == "invoices"]
    assert done[-1] == counts["invoices"]
