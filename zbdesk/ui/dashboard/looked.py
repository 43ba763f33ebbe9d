"""When the person last looked: kept per organization, so that a morning begins where the evening before ended.

A look goes on while the dashboard is in sight and for half an hour after; syncing does not end it. Invariant: the
moment never goes back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

ABSENCE = timedelta(minutes=30)
"""Who comes back sooner has not been away."""

KEEP_EVERY = timedelta(minutes=5)
"""How often the end of the look under way is written down: a crash makes it this much too early."""


class LookedAt:
    """Tells what is news. ``watch`` is called while the dashboard is in sight."""

    def __init__(self, preferences: Preferences, state: DeskState) -> None:
        self._preferences, self._state = preferences, state
        self._name = ""
        self._since: datetime | None = None
        self._seen: datetime | None = None
        self._kept: datetime | None = None

    def since(self) -> datetime | None:
        """When the look before this one ended; None without a connection. The first look ever begins now."""
        self.watch()
        return self._since

    def watch(self) -> None:
        """The person sees the dashboard at this moment."""
        overview, now = self._state.overview, self._state.now()
        connection = overview.connection if overview is not None else None
        if connection is None:
            self._name, self._since = "", None
            return
        name = f"looked/{connection.organization.organization_id}"
        if name != self._name:
            kept = self._preferences.moments(name)
            self._name = name
            self._since, self._seen = kept or (now, now)
            self._kept = None
        assert self._since is not None  # noqa: S101 - set together with the name
        assert self._seen is not None  # noqa: S101 - the same
        if now - self._seen > ABSENCE:
            self._since = self._seen
            self._kept = None
        self._seen = max(now, self._seen)
        if self._kept is None or now - self._kept > KEEP_EVERY:
            self._keep(now)

    def now(self) -> None:
        """Everything until now has been seen."""
        if self._name:
            self._since = self._seen = now = self._state.now()
            self._keep(now)

    def _keep(self, now: datetime) -> None:
        self._kept = now
        if self._since is not None and self._seen is not None:
            self._preferences.keep_moments(self._name, (self._since, self._seen))
