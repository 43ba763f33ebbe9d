"""The demo company: its organizations, its clock and the lock that guards them."""

from __future__ import annotations

import threading

from zbdesk.demo import seed
from zbdesk.demo.clock import CompanyClock
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.organization import Organization


class Company:
    """Two organizations that one user, Anita Rao, can see. Use ``lock`` around anything that reads more than once."""

    def __init__(self, options: DemoOptions | None = None) -> None:
        self.options = options or DemoOptions()
        self.clock = CompanyClock(today=self.options.today, source=self.options.clock)
        self.lock = threading.RLock()
        self.organizations = {org.id: org for org in seed.build(self.options, self.clock, self.lock)}

    def org(self, organization_id: str | None = None) -> Organization:
        """An organization; the first one without an id. Raises ``KeyError``."""
        if organization_id is None:
            return next(iter(self.organizations.values()))
        return self.organizations[organization_id]

    def tick(self) -> str:
        """One believable change, now; returns what happened."""
        from zbdesk.demo import life

        return life.tick(self)
