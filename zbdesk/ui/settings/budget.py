"""The day's calls: how fast they go out, and how many are kept for a person's own clicks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.sync.commands import SetPace
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.statusbar import calls_sentence
from zbdesk.ui.widgets import Label

PACES = (10, 20, 30, 45, 60, 80, 95)
RESERVES = (0, 10, 20, 30, 40, 50)


class BudgetRows(Rows):
    """Pace, reserve, and how the day stands."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("BudgetRows", "Calls to Zoho Books"))
        self._here = here
        self.today = Label("", "body", wrap=True)
        self.add(self.tr("Today"), self.today)
        self.pace = Choice([(str(one), one) for one in PACES], self.tr("Calls a minute"))
        self.pace.chosen.connect(lambda value: self._set(calls_per_minute=value))
        self.add(
            self.tr("At most, a minute"),
            self.pace,
            help_text=self.tr("Zoho Books takes 100 a minute of one organization, of all its programs together."),
        )
        self.reserve = Choice([(f"{one} %", one) for one in RESERVES], self.tr("Kept for your clicks"))
        self.reserve.chosen.connect(lambda value: self._set(call_reserve_percent=value))
        self._kept = self.add(self.tr("Kept for your clicks"), self.reserve, help_text=" ")

    def refresh(self) -> None:
        """Show what holds."""
        settings, state = self._here.preferences.settings, self._here.state
        calls = state.calls
        self.today.setText(calls_sentence(calls, state.formats) if calls is not None else self.tr("Not connected"))
        self.pace.show_value(settings.calls_per_minute, str(settings.calls_per_minute or self.tr("No limit")))
        percent = settings.call_reserve_percent
        self.reserve.show_value(percent, f"{percent} %")
        words = self.tr("Of the day’s calls. What runs by itself stops before it; your own clicks go on.")
        if calls is not None and calls.limit:
            words = self.tr("%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.")
            kept = state.formats.count(calls.limit * percent // 100)
            words = words.replace("%1", kept).replace("%2", state.formats.count(calls.limit))
        self._kept.setText(words)
        self._kept.show()

    def _set(self, **values: object) -> None:
        if self._here.change(**values):
            settings = self._here.preferences.settings
            self._here.bridge.send(SetPace(settings.calls_per_minute, settings.call_reserve_percent / 100))
