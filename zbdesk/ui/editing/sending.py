"""Handing a person's edits to the sync thread."""

from __future__ import annotations

from typing import cast

from zbdesk.sync.commands import Command, EditCommand
from zbdesk.ui.bridge import Bridge


def send(bridge: Bridge, command: EditCommand) -> None:
    """One command; what comes of it arrives as an event."""
    bridge.send(cast("Command", command))
