"""A database with one connection, a clock turned by hand, and events put into the inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import connections, inbox, module_states
from zbdesk.store.database import Database
from zbdesk.store.inbox import NewEvent, Result, Waiting

BEGIN = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)


class Turned:
    """A clock that is turned by hand; waits end when it is turned far enough."""

    def __init__(self) -> None:
        self.at = BEGIN
        self._turned = asyncio.Event()

    def now(self) -> datetime:
        """See ``Clock``."""
        return self.at

    def monotonic(self) -> float:
        """See ``Clock``."""
        return (self.at - BEGIN).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        end = self.at + timedelta(seconds=seconds)
        while self.at < end:
            await self._turned.wait()
            self._turned.clear()

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        self._turned.set()


@pytest.fixture
def clock() -> Turned:
    """The time."""
    return Turned()


@pytest.fixture
def db(tmp_path: Path, clock: Turned) -> Iterator[Database]:
    """A database with one connection, key 1."""
    organization = Organization("60001", "Acme", "DE", "EUR", "Europe/Berlin", "en", "january", "ELITE", "eu", "DE1")
    with Database.open(tmp_path / "onward.sqlite3", now=clock.now) as handle:
        connections.save(
            handle,
            Connection(
                id=0,
                organization=organization,
                data_centre="eu",
                accounts_url="https://accounts.zoho.eu",
                api_url="https://www.zohoapis.eu",
                location="eu",
                client_id="1000.A",
                scopes=(),
                read_only=True,
                state=ConnectionState.ACTIVE,
                connected_at=BEGIN,
                redirect_uri="http://localhost:1/callback",
                pkce=True,
                authorised_by="ada@acme.example",
            ),
        )
        module_states.set_enabled(handle, 1, ("invoices", "contacts"))
        yield handle


def arrives(db: Database, number: int, at: datetime, module: str = "invoices", event: str = "", **more: object) -> int:
    """One event in the inbox; returns its key."""
    values: dict[str, object] = {
        "received_at": at,
        "digest": f"d{number}",
        "via": "listener",
        "verified": True,
        "method": "POST",
        "path": "",
        "content_type": "application/json",
        "query": b"",
        "body": b'{"invoice":{"invoice_id":"%d"},  "total":100.50}' % number,
        "module": module,
        "remote_id": str(number),
        "organization_id": None,
        "event": event,
        "modified_at": int(at.timestamp()),
    }
    (key,) = inbox.store(db, 1, [NewEvent(**(values | more))])  # type: ignore[arg-type]
    assert key is not None
    return key


def settled(db: Database, number: int, key: int, result: Result, at: datetime, module: str = "invoices") -> None:
    """The record of an event was read again."""
    inbox.settle(db, 1, Waiting(module, str(number), key, at, None, deletion=False), result, at)
