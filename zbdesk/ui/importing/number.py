"""A whole number between two bounds, as a field like all others: Qt's spin box has a look and arrows of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from zbdesk.ui import theme
from zbdesk.ui.widgets import TextField


class NumberField(TextField):
    """``chosen(int)``: another number was entered and finished. Up and Down count."""

    chosen = Signal(int)

    def __init__(self, low: int, high: int, *, name: str) -> None:
        super().__init__(name=name, digits=True)
        self._low, self._high = low, high
        self._value = low
        self.setValidator(QIntValidator(low, high, self))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.current().px(24))
        self.editingFinished.connect(self._finished)

    @property
    def value(self) -> int:
        """The number that holds."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show what holds; tells nobody."""
        self._value = value
        self.setText(str(value))

    def _finished(self) -> None:
        text = self.text().strip()
        value = int(text) if text.isascii() and text.isdecimal() else self._value
        self._take(min(self._high, max(self._low, value)))

    def _take(self, value: int) -> None:
        changed = value != self._value
        self.show_value(value)
        if changed:
            self.chosen.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down count, like in any field for numbers."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._take(min(self._high, max(self._low, self._value + step)))
            return
        super().keyPressEvent(event)
