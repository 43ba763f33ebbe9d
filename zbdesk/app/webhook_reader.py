"""What the window asks about webhooks, each in one question over one reading handle."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zbdesk.app import webhook_facts, webhook_watch
from zbdesk.domain.views import Connection
from zbdesk.domain.way import Delivery
from zbdesk.domain.webhook_views import EventFilter, EventLine, WebhookFigures, WebhookPage
from zbdesk.store import deliveries, inbox_figures, module_states, problems, tunnels
from zbdesk.store.database import Database
from zbdesk.webhooks import automatic

TROUBLES = (webhook_watch.PORT, webhook_watch.SIGNATURE)
"""Causes that the page itself shows; the others follow from what it shows anyway."""


class WebhookReader:
    """Bound to a connection. Answers are plain values; without a connection they are empty."""

    def __init__(
        self, db: Database | None, connection: Connection | None, data_dir: Path | None, port: int, now: datetime
    ) -> None:
        self._db, self._connection, self._data_dir, self._port, self._now = db, connection, data_dir, port, now

    def page(self) -> WebhookPage | None:
        """The whole page but for the events; None without a connection."""
        db, connection = self._db, self._connection
        if db is None or connection is None or self._data_dir is None:
            return None
        with db.snapshot():
            synced = module_states.enabled(db, connection.id)
            return WebhookPage(
                overview=webhook_facts.overview(db, connection, self._data_dir, self._port, self._now),
                figures=inbox_figures.figures(db, connection.id, self._midnight(connection)),
                modules=tuple(name for name in automatic.ENTITIES if name in synced),
                made=tuple(tunnels.made(db, connection.id)),
                targets=tuple(deliveries.targets(db, connection.id)),
                dead=sum(count for _, count in deliveries.dead_counts(db, connection.id)),
                troubles=tuple(one for one in problems.open_problems(db, connection.id) if one.cause in TROUBLES),
                may_set_up=automatic.allowed(connection.scopes, automatic.CREATE),
                may_remove=automatic.allowed(connection.scopes, automatic.DELETE),
            )

    def figures(self) -> WebhookFigures:
        """The day in figures."""
        if self._db is None or self._connection is None:
            return WebhookFigures()
        return inbox_figures.figures(self._db, self._connection.id, self._midnight(self._connection))

    def lines(self, where: EventFilter, limit: int, before_id: int | None = None) -> list[EventLine]:
        """Events that fit, newest first."""
        if self._db is None or self._connection is None:
            return []
        return inbox_figures.lines(self._db, self._connection.id, where, limit, before_id)

    def deliveries(self, limit: int, state: str | None = None) -> list[Delivery]:
        """What was passed on, waits or was given up, newest first."""
        if self._db is None or self._connection is None:
            return []
        return deliveries.recent(self._db, self._connection.id, limit, state)

    def _midnight(self, connection: Connection) -> datetime:
        """When the organization's day began."""
        try:
            zone = ZoneInfo(connection.organization.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("UTC")
        local = self._now.astimezone(zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
