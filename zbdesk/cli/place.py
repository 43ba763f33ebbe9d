"""What every command is given: the data directory, and the options that several of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zbdesk.app.desk import Desk
from zbdesk.app.log import LogNotWritable, start_logging
from zbdesk.cli.output import say

JsonOption = Annotated[bool, typer.Option("--json", help="Exactly one JSON document on standard output.")]


class Place:
    """What stands before the command: the data directory."""

    def __init__(self, data_dir: Path | None) -> None:
        self.data_dir = data_dir

    def open(self) -> Desk:
        """The desk over that directory, with its log."""
        desk = Desk.open(self.data_dir)
        try:
            start_logging(desk.data_dir, desk.settings)
        except LogNotWritable as error:
            # A full or read-only disk must not keep anybody from looking at the records; what writes fails by itself.
            say(f"{error} zbdesk goes on without a log.")
        return desk
