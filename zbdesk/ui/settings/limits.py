"""How much one run may write without asking: records, deletions, amounts by currency. Changes count at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from zbdesk.app.setting_keys import BY_NAME
from zbdesk.sync.commands import SetLimits
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Message, TextField

CHANGES = (100, 500, 1_000, 2_000, 5_000, 10_000, 0)
DELETIONS = (10, 50, 100, 500, 0)


class LimitRows(Rows):
    """The panel. ``change`` writes settings and says whether it could."""

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences, change: Callable[..., bool]) -> None:
        super().__init__(self.tr("Before a large run"))
        self._state, self._bridge, self._preferences, self._write = state, bridge, preferences, change
        self.records = self._choice(CHANGES, self.tr("Records"))
        self.records.chosen.connect(lambda value: self._set(limit_changes=value))
        self.add(
            self.tr("Ask before it writes more than"),
            self.records,
            help_text=self.tr("Records in one run. Beyond that nothing is written until you have looked at it."),
        )
        self.deletions = self._choice(DELETIONS, self.tr("Deletions"))
        self.deletions.chosen.connect(lambda value: self._set(limit_deletions=value))
        self.add(self.tr("or deletes or voids more than"), self.deletions)
        self.amounts = TextField(placeholder="EUR 50000, INR 4000000", name=self.tr("Amounts"))
        self.amounts.setMinimumWidth(theme.current().px(70))
        self.amounts.editingFinished.connect(self._amounts_entered)
        self.wrong = Message()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(1))
        column.addWidget(self.amounts)
        column.addWidget(self.wrong)
        self.add(
            self.tr("or amounts of more than"),
            holder,
            help_text=self.tr("Currency and amount, several with commas; empty for no limit."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._preferences.settings
        self.records.show_value(settings.limit_changes, self._state.formats.count(settings.limit_changes))
        self.deletions.show_value(settings.limit_deletions, self._state.formats.count(settings.limit_deletions))
        if not self.amounts.hasFocus():
            self.amounts.setText(settings.limit_value)
            self.wrong.say("")

    def _choice(self, values: tuple[int, ...], name: str) -> Choice:
        count = self._state.formats.count
        return Choice([(count(value) if value else self.tr("No limit"), value) for value in values], name)

    def _amounts_entered(self) -> None:
        text = " ".join(self.amounts.text().upper().split())
        if BY_NAME["limit_value"].accept(text) is None:
            self.wrong.say(self.tr("Write currency and amount, such as EUR 50000."), "error")
            return
        self.wrong.say("")
        self._set(limit_value=text)

    def _set(self, **values: object) -> None:
        if self._write(**values):
            settings = self._preferences.settings
            self._bridge.send(SetLimits(settings.limit_changes, settings.limit_deletions, settings.limit_value))
