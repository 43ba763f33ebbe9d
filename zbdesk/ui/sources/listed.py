"""What the lists of the sources page have in common: a place for a failure above them, and who is told what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.sources.listing import Listing
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, announce


class Listed(QWidget):
    """``sentence``: what was done, and whether it went well. ``settled``: the list is here."""

    sentence = Signal(str, bool)
    settled = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__()
        self.state, self.bridge, self.jobs = state, bridge, jobs
        self.notice = Banner(kind="problem")

    def lay_out(self, listing: Listing) -> None:
        """The notice above the list."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(listing, 1)

    def _failed(self, error: ZbdeskError) -> None:
        self.notice.say(error.title, error.message, "problem")
        announce(self, f"{error.title} {error.message}", urgent=True)
