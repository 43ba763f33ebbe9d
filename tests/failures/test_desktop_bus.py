"""The desktop's bus going away, and failures that have nothing to do with it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from zbdesk.ui.desktop_bus import DesktopBus, open_bus

if not sys.platform.startswith("linux"):
    pytest.skip("other systems have no such bus", allow_module_level=True)
asyncio_io = pytest.importorskip("jeepney.io.asyncio")

pytestmark = pytest.mark.anyio


class Connection:
    """A connection that only notes that it was closed."""

    closed = 0

    async def close(self) -> None:
        """See jeepney."""
        self.closed += 1


class Router:
    """A router that may have lost its bus."""

    lost = False

    def __init__(self, connection: Connection) -> None:
        del connection

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if self.lost:
            raise EOFError
        return False


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A bus that can be opened."""
    made = Connection()

    async def opened(bus: str) -> Connection:
        assert bus == "SESSION"
        return made

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(asyncio_io, "open_dbus_connection", opened)
    monkeypatch.setattr(asyncio_io, "DBusRouter", Router)
    return made


async def use_and_fail(error: Exception) -> None:
    """Have the bus and fail at something else."""
    async with open_bus() as bus:
        assert isinstance(bus, DesktopBus)
        raise error


@pytest.mark.parametrize("lost", [False, True])
async def test_a_failure_of_the_body_is_never_swallowed(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    """An error of the same kind that the bus has goes on to whoever must hear it, also when the bus went away too."""
    monkeypatch.setattr(Router, "lost", lost)
    for error in (FileNotFoundError("settings"), EOFError("ended"), RuntimeError("a bug")):
        with pytest.raises(type(error)) as caught:
            await use_and_fail(error)
        assert caught.value is error
    assert connection.closed == 3


async def test_a_bus_that_went_away_ends_quietly(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the receiving task is no news; the connection is closed all the same."""
    monkeypatch.setattr(Router, "lost", True)
    async with open_bus() as bus:
        assert isinstance(bus, DesktopBus)
    assert connection.closed == 1


async def test_no_bus_at_the_address_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An address where nobody listens means going on without."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    async with open_bus() as bus:
        assert bus is None
