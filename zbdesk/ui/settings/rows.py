"""Rows of the settings page: label at the start, control, help under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zbdesk.ui import theme
from zbdesk.ui.widgets import Combo, Hairline, Label


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


class Rows(QWidget):
    """A part of a group: its title, a line, and settings. On a narrow window labels stand above their controls."""

    def __init__(self, title: str) -> None:
        super().__init__()
        now = theme.current()
        self.title = title
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(now.px(1.5))
        outer.addWidget(Label(title, "panel"))
        outer.addWidget(Hairline())
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, now.px(1), 0, 0)
        self._grid.setHorizontalSpacing(now.px(4))
        self._grid.setVerticalSpacing(now.px(3.5))
        self._grid.setColumnMinimumWidth(0, now.px(49))
        self._grid.setColumnStretch(1, 1)
        outer.addLayout(self._grid)
        self._rows: list[tuple[Label, QWidget]] = []
        self._notes: list[Label] = []
        self._narrow = False

    def add(self, words: str, *controls: QWidget, help_text: str = "") -> Label:
        """One setting; returns its help label, for words that change."""
        now = theme.current()
        label = Label(words, "strong", wrap=True)
        label.setMaximumWidth(now.px(49))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(1))
        line = Flow(controls) if len(controls) > 1 else (controls[0] if controls else QWidget())
        if isinstance(line, Flow):
            column.addWidget(line)
        else:
            row = QHBoxLayout()
            small = isinstance(line, QAbstractButton | QComboBox | QLineEdit)
            row.addWidget(line, 0 if small else 1)
            if small:
                row.addStretch(1)
            column.addLayout(row)
        note = Label(help_text, "caption", "text2", wrap=True)
        note.setVisible(bool(help_text))
        column.addWidget(note)
        if controls:
            label.setBuddy(controls[0])
        self._rows.append((label, holder))
        self._notes.append(note)
        self._place(len(self._rows) - 1)
        return note

    def refresh(self) -> None:
        """Show what holds now."""

    def hits(self, wanted: str) -> list[tuple[int, str]]:
        """Rows whose words (label, help, title of the part, controls) hold all of ``wanted``: (row, label)."""
        parts = wanted.casefold().split()
        found = []
        for at, (label, holder) in enumerate(self._rows):
            words = " ".join([self.title, label.text(), self._notes[at].text(), *_words_on(holder)])
            plain = words.replace("&", "").casefold()
            if parts and all(part in plain for part in parts):
                found.append((at, label.text().replace("&", "")))
        return found

    def count(self) -> int:
        """How many settings there are."""
        return len(self._rows)

    def row(self, at: int) -> QWidget:
        """The controls of a row, to bring them into sight."""
        return self._rows[at][1]

    def first_control(self, at: int) -> QWidget | None:
        """What of a row can take the focus first."""
        members = self._rows[at][1].findChildren(QWidget)
        return next((one for one in members if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()), None)

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
            label.setMinimumHeight(0)
            self._grid.addWidget(label, at * 2, 0, 1, 2)
            self._grid.addWidget(holder, at * 2 + 1, 0, 1, 2)
        else:
            top = Qt.AlignmentFlag.AlignTop
            label.setMinimumHeight(theme.current().control_height)
            self._grid.addWidget(label, at, 0, top)
            self._grid.addWidget(holder, at, 1)


class Flow(QWidget):
    """Controls side by side, in further lines where there is no room."""

    def __init__(self, controls: Sequence[QWidget]) -> None:
        super().__init__()
        self._controls = controls
        for control in controls:
            control.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as that width needs."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        gap = theme.current().px(2)
        shown = [control.sizeHint() for control in self._controls if not control.isHidden()]
        width = sum(size.width() + gap for size in shown)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        """The widest control alone."""
        shown = [control.minimumSizeHint() for control in self._controls if not control.isHidden()]
        return QSize(max((s.width() for s in shown), default=0), self._arrange(self.width(), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them."""
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """A control that came, went or changed its size moves the others."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.LayoutDirectionChange}:
            self._arrange(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def _arrange(self, width: int, *, move: bool) -> int:
        gap = theme.current().px(2)
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        used = 0
        for control in self._controls:
            if control.isHidden():
                continue
            size = control.sizeHint().expandedTo(control.minimumSize())
            size = size.boundedTo(QSize(max(width, 1), 10_000))
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((control, size))
            used += size.width() + gap
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = 0
        for line in lines:
            height = max((size.height() for _, size in line), default=0)
            left = 0
            for control, size in line:
                if move:
                    x = width - left - size.width() if reverse else left
                    control.setGeometry(x, top + (height - size.height()) // 2, size.width(), size.height())
                left += size.width() + gap
            top += height + (gap if line is not lines[-1] else 0)
        return top


def show_check(check: QCheckBox, *, on: bool) -> None:
    """Show what holds. Only what a person toggles, by pointer, key or screen reader, is a change."""
    check.blockSignals(True)
    check.setChecked(on)
    check.blockSignals(False)
    check.update()


def stack(*widgets: QWidget) -> QWidget:
    """Several controls of one setting, one under the other."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(1.5))
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _words_on(holder: QWidget) -> list[str]:
    words = [button.text() for button in holder.findChildren(QAbstractButton)]
    for combo in holder.findChildren(QComboBox):
        words += [combo.accessibleName(), *(combo.itemText(at) for at in range(combo.count()))]
    return words
