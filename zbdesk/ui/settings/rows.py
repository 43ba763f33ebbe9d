"""Rows of the settings page: label at the start, control, help under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.widgets import Combo, Label, Panel


class Choice(Combo):
    """One of several values; ``chosen`` carries the value. The wheel scrolls the page unless the list has the focus."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, object]], name: str) -> None:
        super().__init__(name)
        for words, value in choices:
            self.addItem(words, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # The style's own hint leaves no room for the arrow beside the longest entry.
        widest = max((self.fontMetrics().horizontalAdvance(words) for words, _ in choices), default=0)
        self.setMinimumWidth(widest + theme.current().px(12))
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))

    def show_value(self, value: object, words: str = "") -> None:
        """Show what holds; a value that is not offered is added in its own words."""
        at = self.findData(value)
        if at < 0:
            self.addItem(words or str(value), value)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do not change a setting by scrolling past it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CheckGrid(QWidget):
    """Check boxes in columns, one column where there is no room."""

    def __init__(self, boxes: Sequence[QCheckBox]) -> None:
        super().__init__()
        self._boxes = boxes
        self._grid = QGridLayout(self)
        now = theme.current()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(now.px(6))
        self._grid.setVerticalSpacing(now.px(1.5))
        self._columns = 0
        self.set_columns(3)

    def set_columns(self, count: int) -> None:
        """Place them anew."""
        if count == self._columns:
            return
        self._columns = count
        for at, box in enumerate(self._boxes):
            self._grid.removeWidget(box)
            self._grid.addWidget(box, at // count, at % count)
        for column in range(3):
            self._grid.setColumnMinimumWidth(column, theme.current().px(42) if count > 1 else 0)


class Rows(Panel):
    """A panel of settings. On a narrow window labels stand above their controls."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._grid = QGridLayout()
        now = theme.current()
        self._grid.setHorizontalSpacing(now.px(4))
        self._grid.setVerticalSpacing(now.px(3))
        self._grid.setColumnMinimumWidth(0, now.px(49))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._rows: list[tuple[Label, QWidget]] = []
        self._narrow = False

    def add(self, words: str, *controls: QWidget, help_text: str = "") -> Label:
        """One setting; returns its help label, for words that change."""
        now = theme.current()
        label = Label(words, "strong", wrap=True)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(1))
        line = QHBoxLayout()
        line.setSpacing(now.px(2))
        for control in controls:
            line.addWidget(control)
        line.addStretch(1)
        column.addLayout(line)
        note = Label(help_text, "caption", "text2", wrap=True)
        note.setVisible(bool(help_text))
        column.addWidget(note)
        if controls:
            label.setBuddy(controls[0])
        self._rows.append((label, holder))
        self._place(len(self._rows) - 1)
        return note

    def set_narrow(self, *, narrow: bool) -> None:
        """Labels above their controls, or at their start."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for label, holder in self._rows:
            self._grid.removeWidget(label)
            self._grid.removeWidget(holder)
        self._grid.setColumnMinimumWidth(0, 0 if narrow else theme.current().px(49))
        for at in range(len(self._rows)):
            self._place(at)

    def _place(self, at: int) -> None:
        label, holder = self._rows[at]
        if self._narrow:
            self._grid.addWidget(label, at * 2, 0, 1, 2)
            self._grid.addWidget(holder, at * 2 + 1, 0, 1, 2)
        else:
            top = Qt.AlignmentFlag.AlignTop
            label.setMinimumHeight(theme.current().control_height)
            self._grid.addWidget(label, at, 0, top)
            self._grid.addWidget(holder, at, 1)
