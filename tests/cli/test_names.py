"""What the command line is made of."""

from __future__ import annotations

from zbdesk.cli.commands import COMMANDS, GROUPS
from zbdesk.cli.program import COMMAND_NAMES


def test_every_command_is_found_by_its_name() -> None:
    """The words that make the commands load are the commands themselves."""
    assert set(COMMANDS) | set(GROUPS) == COMMAND_NAMES
