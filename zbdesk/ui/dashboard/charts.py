"""The dashboard's figures: read in the reading pool, at most every few seconds, and shown in their panels.

Must not sum anything itself. Invariant: figures on the screen are of one moment of the database.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.figures import Figures
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.charts.ageing import AgeingPanel
from zbdesk.ui.charts.health import HealthPanel
from zbdesk.ui.charts.months import MonthsPanel
from zbdesk.ui.dashboard.digest import DigestPanel
from zbdesk.ui.state import DeskState

REST = 3_000
"""Milliseconds between two readings: a sync that brings a page a second must not keep the pool busy with sums."""


class Charts(QObject):
    """Fills the panels. ``since``: when the person last looked; None while that is not known."""

    def __init__(self, state: DeskState, bridge: Bridge, since: Callable[[], datetime | None], parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._bridge, self._since = state, bridge, since
        self.digest, self.ageing = DigestPanel(), AgeingPanel()
        self.months, self.health = MonthsPanel(), HealthPanel()
        self._question: Question | None = None
        self._wanted = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.read)
        state.records_changed.connect(self._changed)
        state.run_finished.connect(self._changed)

    def panels(self) -> tuple[DigestPanel, AgeingPanel, MonthsPanel, HealthPanel]:
        """All four."""
        return self.digest, self.ageing, self.months, self.health

    def _changed(self, _what: object) -> None:
        self._wanted = True
        if not self._rest.isActive():
            self._rest.start()

    def read(self, *, again: bool = False) -> None:
        """Ask for the figures, where something can have changed since the last time."""
        if not (self._wanted or again) or self._question is not None or self._state.first_sync:
            return
        if not self.digest.isVisibleTo(self.digest.window()):
            return
        self._wanted = False
        since = self._since()
        self._question = self._bridge.read(
            lambda reader: reader.figures(since), self._arrived, owner=self, fail=self._failed
        )

    def _arrived(self, figures: Figures) -> None:
        self._question = None
        formats = self._state.formats
        self.ageing.show_figures(figures.receivables, formats)
        self.months.show_figures(figures.months, formats)
        self.health.show_figures(figures.health, formats)
        if figures.digest is not None:
            self.digest.show_digest(figures.digest, formats, self._state.now())

    def _failed(self, error: ZbdeskError) -> None:
        self._question = None
        self._wanted = True
        self._bridge.failed.emit(error)
