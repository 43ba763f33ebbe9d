"""Small values for the store's tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store.database import Database

NOW = datetime(2026, 11, 20, 11, 30, 0, 123456, tzinfo=UTC)


def now() -> datetime:
    """The suite's moment."""
    return NOW


def later(seconds: float) -> datetime:
    """A moment after ``NOW``."""
    return NOW + timedelta(seconds=seconds)


def connection(organization_id: str = "60001", **changes: Any) -> Connection:
    """A connection as the wizard would hand it over."""
    organization = Organization(
        organization_id, "Acme Trading", "Germany", "EUR", "Europe/Berlin", "en", "january", "ELITE", "eu", "DE1"
    )
    values: dict[str, Any] = {
        "id": 0,
        "organization": organization,
        "data_centre": "eu",
        "accounts_url": "https://accounts.zoho.eu",
        "api_url": "https://www.zohoapis.eu",
        "location": "eu",
        "client_id": "1000.ABC",
        "scopes": ("ZohoBooks.invoices.READ", "ZohoBooks.contacts.READ"),
        "read_only": True,
        "state": ConnectionState.ACTIVE,
        "connected_at": NOW,
        "redirect_uri": "http://localhost:8765/callback",
        "pkce": True,
        "authorised_by": "ada@acme.example",
    }
    return Connection(**(values | changes))


def row(remote_id: str | int, **changes: Any) -> RemoteRow:
    """A list row whose payload says what its columns say; ``payload`` or ``note`` change the bytes only."""
    note = changes.pop("note", "")
    payload = changes.pop("payload", None)
    values: dict[str, Any] = {
        "remote_id": str(remote_id),
        "number": f"INV-{remote_id}",
        "date": "2026-11-01",
        "due_date": "2026-12-01",
        "party": "Acme GmbH",
        "party_id": "9",
        "status": "sent",
        "currency": "EUR",
        "total": 119_000_000,
        "balance": 19_000_000,
        "reference": None,
        "modified_at": 1_790_000_000,
    }
    values |= changes
    body = payload if payload is not None else json.dumps(values | {"note": note}).encode()
    return RemoteRow(**values, payload=body)


COUNTERS = """SELECT m.live, m.deleted, m.wanted, m.local, m.pending, m.unknown, m.conflicts, m.problems
    FROM module_state m WHERE m.id = ?"""
REAL = """SELECT
    (SELECT COUNT(*) FROM record WHERE feed_id = m.id AND gone = 0 AND remote_id IS NOT NULL),
    (SELECT COUNT(*) FROM record WHERE feed_id = m.id AND gone = 1),
    (SELECT COUNT(*) FROM record WHERE feed_id = m.id AND want_detail = 1),
    (SELECT COUNT(*) FROM local l JOIN record r ON r.id = l.record_id WHERE r.feed_id = m.id),
    (SELECT COUNT(*) FROM record WHERE feed_id = m.id AND state IN ('pending', 'sending')),
    (SELECT COUNT(*) FROM record WHERE feed_id = m.id AND state = 'unknown'),
    (SELECT COUNT(*) FROM record WHERE feed_id = m.id AND state = 'conflict'),
    (SELECT COUNT(*) FROM problem p
        WHERE p.connection_id = m.connection_id AND p.module = m.module AND p.status = 'open')
    FROM module_state m WHERE m.id = ?"""


def assert_counters(db: Database) -> None:
    """Every maintained counter equals what counting finds, and every live record has its bytes."""
    with db.snapshot():
        for (feed_id,) in db.all("SELECT id FROM module_state"):
            assert db.one(COUNTERS, (feed_id,)) == db.one(REAL, (feed_id,))
        assert (
            db.value(
                "SELECT COUNT(*) FROM record r LEFT JOIN remote b ON b.record_id = r.id "
                "WHERE r.remote_id IS NOT NULL AND b.record_id IS NULL"
            )
            == 0
        )
