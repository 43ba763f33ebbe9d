"""``webhooks`` with all its commands: events, the way they come, and where they are passed on to."""

from __future__ import annotations

from zbdesk.cli import relaying, tunnels
from zbdesk.cli.webhooks import webhooks

__all__ = ["webhooks"]

relaying.add_to(webhooks)
tunnels.add_to(webhooks)
