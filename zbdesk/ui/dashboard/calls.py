"""Calls of the day: used, kept for the person's own clicks, when they start again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from zbdesk.domain.views import CallBudget
from zbdesk.ui import theme
from zbdesk.ui.state import DeskState
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import Label, Panel


class CallsBar(QWidget):
    """Used part filled, reserve hatched at the end. Decoration: the words below say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._calls = CallBudget(0, None, 0, None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_calls(self, calls: CallBudget) -> None:
        """Take other figures."""
        if calls != self._calls:
            self._calls = calls
            self.update()

    def sizeHint(self) -> QSize:
        """Three steps high."""
        now = theme.current()
        return QSize(now.px(40), now.px(2.75))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, used, reserve."""
        del event
        now, painter, calls = theme.current(), QPainter(self), self._calls
        box = QRectF(self.rect())
        rounded(painter, box, 3, now.color("base"), now.color("edge"))
        if not calls.limit:
            return
        inner = box.adjusted(1, 1, -1, -1)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def part(start: float, width: float) -> QRectF:
            left = inner.right() - start - width if reverse else inner.left() + start
            return QRectF(left, inner.top(), width, inner.height())

        used = min(1.0, calls.used / calls.limit) * inner.width()
        kept = min(1.0, calls.reserve / calls.limit) * inner.width()
        if kept:
            painter.fillRect(part(inner.width() - kept, kept), QBrush(now.color("edge"), Qt.BrushStyle.BDiagPattern))
        if used:
            painter.fillRect(part(0, max(2.0, used)), now.color("series1"))


class CallsPanel(Panel):
    """The panel; without a known limit it says so instead of drawing a share of nothing."""

    def __init__(self) -> None:
        super().__init__(self.tr("Zoho Books calls today"))
        self.resets = Label("", "caption", "text2")
        self.head.addWidget(self.resets)
        self.bar = CallsBar()
        self.used = Label("", "caption", "text2")
        self.middle = Label("", "caption", "text2")
        self.kept = Label("", "caption", "text2")
        row = QHBoxLayout()
        for at, label in enumerate((self.used, self.middle, self.kept)):
            row.addWidget(label)
            if at < 2:
                row.addStretch(1)
        self.body.setSpacing(theme.current().px(1))
        self.body.addWidget(self.bar)
        self.body.addLayout(row)

    def refresh(self, state: DeskState) -> None:
        """Take what the state says now."""
        calls, formats = state.calls, state.formats
        if calls is None:
            self.used.setText(self.tr("Nothing counted yet"))
            return
        self.bar.setVisible(bool(calls.limit))
        self.bar.show_calls(calls)
        if calls.limit:
            self.used.setText(
                self.tr("%1 of %2 used")
                .replace("%1", formats.count(calls.used))
                .replace("%2", formats.count(calls.limit))
            )
            self.kept.setText(self.tr("%1 kept for your clicks").replace("%1", formats.count(calls.reserve)))
        else:
            self.used.setText(
                self.tr("%1 used, your plan's number is not known").replace("%1", formats.count(calls.used))
            )
            self.kept.setText("")
        if calls.resets_at is not None:
            when = f"{formats.time(calls.resets_at)} {formats.zone_name(calls.resets_at)}"
            self.resets.setText(self.tr("starts again %1").replace("%1", when))
        waiting = calls.paused_until is not None and calls.paused_until > state.now()
        self.middle.setText(
            self.tr("waits until %1").replace("%1", formats.time(calls.paused_until))
            if waiting and calls.paused_until is not None
            else ""
        )
