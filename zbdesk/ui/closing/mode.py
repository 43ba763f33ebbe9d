"""The switch of month end, and the banner that stands over every page as long as it holds.

While it holds: no complete lists and no back-fill by themselves, half of the day's calls are kept for the person,
notifications for errors only, and this computer stays awake. Invariant: the banner is in sight exactly while it holds.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.domain.closing import MonthEnd, month_end_of
from zbdesk.domain.dates import local_day
from zbdesk.sync.commands import SetMonthEnd
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.closing.awake import KeepAwake
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, announce

MINUTE = 60_000


class MonthEndMode(QObject):
    """Whether it holds. ``changed``: it began or ended, by hand or by its date."""

    changed = Signal()

    def __init__(
        self, state: DeskState, bridge: Bridge, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._bridge, self._preferences = state, bridge, preferences
        self.awake = KeepAwake(parent=self)
        """Asks nothing of the system until it is told how."""

        self._held = False
        self._until: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        preferences.changed.connect(self.look)
        state.changed.connect(self.look)
        self.look()

    @property
    def chosen(self) -> MonthEnd:
        """What the settings say, whether or not its date is over."""
        settings = self._preferences.settings
        return month_end_of(settings.month_end, settings.month_end_until)

    @property
    def holds(self) -> bool:
        """Whether it counts now."""
        return self._held

    def begin(self, until: date | None) -> bool:
        """Switch it on, up to the end of that day; None: until it is switched off. False where it was not saved."""
        return self._switch(on=True, until="" if until is None else until.isoformat())

    def end(self) -> bool:
        """Switch it off."""
        return self._switch(on=False, until="")

    def toggle(self) -> None:
        """The other way round, by hand; begun from a menu it lasts until it is ended."""
        if self._held:
            self.end()
        else:
            self.begin(None)

    def _switch(self, *, on: bool, until: str) -> bool:
        if not self._preferences.change(month_end=on, month_end_until=until):
            return False
        self._bridge.send(SetMonthEnd(on, until))
        self.look()
        return True

    def today(self) -> date:
        """The organization's day."""
        return local_day(self._state.now(), self._zone())

    def look(self) -> None:
        """See whether it holds now; what ended by its date is switched off for good."""
        mode = self.chosen
        holds = mode.holds(self._state.now(), self._zone())
        if (holds, mode.until) != (self._held, self._until):
            self._held, self._until = holds, mode.until
            self.awake.want(holds)
            self.changed.emit()
        if mode.on and not holds and self._state.overview is not None:
            self._switch(on=False, until="")

    def _zone(self) -> str:
        overview = self._state.overview
        known = None if overview is None else overview.connection
        return known.organization.time_zone if known is not None else "UTC"


class MonthEndBanner(Banner):
    """Says that it holds, until when, and what that means; its button ends it."""

    def __init__(self, mode: MonthEndMode, state: DeskState, parent: QWidget | None = None) -> None:
        super().__init__(kind="info", action=self._tr_end())
        if parent is not None:
            self.setParent(parent)
        self._mode, self._state = mode, state
        self.acted.connect(mode.end)
        mode.changed.connect(self._changed)
        mode.awake.changed.connect(self.refresh_words)
        self.refresh_words()

    def _tr_end(self) -> str:
        return self.tr("End month end mode")

    def _changed(self) -> None:
        self.refresh_words()
        announce(self, self.fact.text() if self._mode.holds else self.tr("Month end is over."))

    def refresh_words(self) -> None:
        """What is so now."""
        if not self._mode.holds:
            self.say("")
            return
        until = self._mode.chosen.until
        formats = self._state.formats
        fact = self.tr("Month end until %1").replace("%1", formats.day(until)) if until else self.tr("Month end")
        text = self.tr("No complete lists, notifications for errors only, half of today's calls are kept for you.")
        if self._mode.awake.holds:
            text = f"{text} {self.tr('This computer stays awake.')}"
        self.say(fact, text)
