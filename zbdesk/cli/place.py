"""What every command is given: the data directory, with its desk and its log."""

from __future__ import annotations

from pathlib import Path

from zbdesk.app.desk import Desk
from zbdesk.app.log import LogNotWritable, start_logging
from zbdesk.cli.output import say


class Place:
    """What stands before the command: the data directory. ``word``: the command's, for the log."""

    def __init__(self, data_dir: Path | None, word: str) -> None:
        self.data_dir = data_dir
        self.word = word

    def open(self) -> Desk:
        """The desk over that directory, with its log."""
        desk = Desk.open(self.data_dir)
        try:
            start_logging(desk.data_dir, desk.settings, word=self.word)
        except LogNotWritable as error:
            # A full or read-only disk must not keep anybody from looking at the records; what writes fails by itself.
            say(f"{error} zbdesk goes on without a log.")
        return desk
