"""The way of the webhooks at a glance, read from the database alone: for every look at the status."""

from __future__ import annotations

from datetime import datetime, timedelta

from zbdesk.domain.way import WebhookWay
from zbdesk.store import gaps, tunnels
from zbdesk.store.database import Database

TEST_EVERY = 3600.0
"""Seconds between two round-trip tests of a way that is open."""

WEEK = timedelta(days=7)


def overview(db: Database, connection_id: int, now: datetime) -> WebhookWay:
    """The whole way at a glance."""
    test = tunnels.last_test(db, connection_id)
    tunnel = tunnels.get(db, connection_id)
    due = None if test is None or tunnel is None or tunnel.state == "off" else test.at + timedelta(seconds=TEST_EVERY)
    return WebhookWay(
        tunnel=tunnel,
        test=test,
        next_test_at=due,
        health=gaps.health(db, connection_id),
        gaps=tuple(gaps.gaps(db, connection_id, now - WEEK)),
    )
