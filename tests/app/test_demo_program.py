"""The demo company as a program: what is made at one start still holds at the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from zbdesk.app import demo
from zbdesk.app.demo import DemoCompany, NoDemoPort, demo_directory
from zbdesk.app.log import stop_logging
from zbdesk.cli.demo import headless_demo


@pytest.fixture
def free_ports(monkeypatch: pytest.MonkeyPatch, unused_ports: tuple[int, int]) -> tuple[int, int]:
    """Two ports that nobody has, instead of the demo's own: tests may run side by side."""
    monkeypatch.setattr(demo, "PORTS", unused_ports)
    return unused_ports


@pytest.fixture
def unused_ports() -> tuple[int, int]:
    """Two free ports of this computer."""
    import socket

    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


@pytest.mark.usefixtures("free_ports")
def test_a_connection_outlives_the_demo_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second start knows the first one's sign-in and finds the same books: nothing is read as changed."""
    # The calls of a minute count on over a restart: at the usual pace the second start would wait for the next one.
    monkeypatch.setenv("ZBDESK_CALLS_PER_MINUTE", "0")
    try:
        assert headless_demo(tmp_path) == 0
        first = capsys.readouterr()
        assert headless_demo(tmp_path) == 0
        second = capsys.readouterr()
    finally:
        stop_logging()
    assert first.out == second.out
    assert "Everything is up to date." in second.err


def test_a_second_start_leaves_the_first_ones_port_alone(tmp_path: Path, free_ports: tuple[int, int]) -> None:
    """The server of the stored connection keeps its address, whatever starts beside it."""
    try:
        with DemoCompany(demo_directory(tmp_path)) as first:
            assert str(free_ports[0]) in first.credentials.api_url
            with DemoCompany(demo_directory(tmp_path)) as second:
                assert str(free_ports[1]) in second.credentials.api_url
                with pytest.raises(NoDemoPort), DemoCompany(demo_directory(tmp_path)):
                    pass
        with DemoCompany(demo_directory(tmp_path)) as again:
            assert str(free_ports[0]) in again.credentials.api_url
    finally:
        stop_logging()
