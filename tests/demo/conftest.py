"""A running demo server and a client that speaks to it as any connector would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer

from .caller import Caller

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def shared() -> Iterator[DemoServer]:
    """One server for the tests of a module that only read, on a fixed day."""
    with DemoServer(DemoOptions(today=TODAY, token_requests=None)) as server:
        yield server


@pytest.fixture(scope="module")
def reader(shared: DemoServer) -> Iterator[Caller]:
    """A client for reading."""
    caller = Caller(shared)
    yield caller
    caller.http.close()


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """A server of one's own, on a fixed day."""
    with DemoServer(DemoOptions(today=TODAY)) as own:
        yield own


@pytest.fixture
def caller(server: DemoServer) -> Iterator[Caller]:
    """A client of it."""
    own = Caller(server)
    yield own
    own.http.close()
