"""The local interface and the scheduled export follow the settings at once, without a restart."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from tests.cli.conftest import Terminal, server, terminal
from tests.cli.webhook_run import until
from zbdesk.app import export_schedule
from zbdesk.app.build import Surroundings
from zbdesk.app.desk import Desk
from zbdesk.app.settings import Settings
from zbdesk.app.switching import switched
from zbdesk.app.window_sources import WindowSources
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import SetupError

__all__ = ["server", "terminal"]


@pytest.fixture
def desk(terminal: Terminal) -> Iterator[Desk]:
    """A connected company whose sync thread runs, with everything switched off."""
    assert terminal.connect().code == 0
    assert terminal("sync", "--json").code == 0
    found = Desk.open(terminal.place)
    assert found.start(lambda _event: None)
    until(lambda: not found.carry_out(lambda engine: engine.connection.id).cancelled(), 30)
    yield found
    found.close()


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def answer(port: int, token: str) -> int:
    """Status of a question to the interface; 0 where nobody listens."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/v1/status", headers={"Authorization": f"Bearer {token}"}).status_code
    except httpx.TransportError:
        return 0


def test_the_interface_is_switched_on_moved_and_off_while_the_program_runs(desk: Desk) -> None:
    """A token made before works as soon as the switch is on, at the port that is set, and nobody listens afterwards."""
    token = WindowSources(desk).new_token("shop")
    first, second = free_port(), free_port()
    assert answer(first, token) == 0
    on = replace(desk.settings, interface_enabled=True, interface_port=first)
    desk.apply(on)
    until(lambda: answer(first, token) == 200, 20)
    desk.apply(replace(on, interface_port=second))
    until(lambda: answer(second, token) == 200, 20)
    assert answer(first, token) == 0
    desk.apply(replace(on, interface_enabled=False))
    until(lambda: answer(second, token) == 0, 20)
    desk.apply(on)
    until(lambda: answer(first, token) == 200, 20)
    assert desk.is_attended


def test_the_export_begins_and_ends_with_its_setting(desk: Desk, tmp_path: Path) -> None:
    """A folder that is set is written to at once, and no longer when it is taken away."""
    folder = tmp_path / "reports"
    folder.mkdir()
    desk.apply(replace(desk.settings, export_folder=str(folder), export_modules="contacts", export_format="csv"))
    until(lambda: export_schedule.last_at(folder) is not None, 30)
    assert (folder / "contacts.csv").exists()
    desk.apply(replace(desk.settings, export_folder=""))
    other = tmp_path / "others"
    other.mkdir()
    desk.apply(replace(desk.settings, export_folder=str(other), export_format="json"))
    until(lambda: export_schedule.last_at(other) is not None, 30)
    assert (other / "contacts.json").exists()


class Trace:
    """A service that notes with which port it ran; port 13 cannot begin."""

    def __init__(self) -> None:
        self.said: list[str] = []

    @asynccontextmanager
    async def service(self, around: Surroundings, _engine: object) -> AsyncIterator[None]:
        """See ``switching.Service``."""
        port = around.settings.interface_port
        if port == 13:
            raise SetupError("No such port.", "Choose another one.")
        self.said.append(f"on {port}")
        try:
            yield
        finally:
            self.said.append(f"off {port}")


def around(port: int) -> Surroundings:
    """Surroundings of these settings."""
    clock = cast("Clock", SimpleNamespace())
    return Surroundings(Path("none"), Settings(interface_port=port), clock, cast("Callable[[], Any]", None))


async def told(change: Callable[[Settings], None], port: int) -> None:
    """Another port, and a few turns of the loop for what follows from it."""
    change(Settings(interface_port=port))
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.anyio
async def test_only_what_concerns_a_service_begins_it_anew() -> None:
    """Another setting leaves it alone; the old one has ended before the new one begins; the block ends it."""
    trace = Trace()
    engine = cast("Any", None)
    async with switched(around(1), engine, trace.service, lambda settings: settings.interface_port) as change:
        change(Settings(interface_port=1, theme="dark"))
        await told(change, 1)
        assert trace.said == ["on 1"]
        await told(change, 2)
        assert trace.said == ["on 1", "off 1", "on 2"]
    assert trace.said[-1] == "off 2"


@pytest.mark.anyio
async def test_a_service_that_cannot_begin_is_tried_with_the_next_change(caplog: pytest.LogCaptureFixture) -> None:
    """Its failure ends nothing else; at the very beginning it is raised."""
    trace = Trace()
    engine = cast("Any", None)
    with pytest.raises(SetupError):
        async with switched(around(13), engine, trace.service, lambda settings: settings.interface_port):
            pass
    async with switched(around(1), engine, trace.service, lambda settings: settings.interface_port) as change:
        await told(change, 13)
        assert trace.said == ["on 1", "off 1"]
        await told(change, 3)
        assert trace.said[-1] == "on 3"
    assert "could not be switched" in caplog.text
    caplog.clear()
