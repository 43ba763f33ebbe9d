"""Scroll bars that take the ground they stand on, and pages that scroll as a whole."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from zbdesk.ui import theme
from zbdesk.ui.style import rounded


class QuietScrollBar(QScrollBar):
    """An upright bar on the ground of ``role``."""

    def __init__(self, role: str) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._role = role

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and handle."""
        del event
        look, painter, option = theme.current(), QPainter(self), QStyleOptionSlider()
        self.initStyleOption(option)
        painter.fillRect(self.rect(), look.color(self._role))
        if self.maximum() <= self.minimum():
            return
        control, part = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
        handle = QRectF(self.style().subControlRect(control, option, part, self)).adjusted(3, 2, -3, -2)
        role = "text2" if self.underMouse() or self.isSliderDown() else "edge"
        rounded(painter, handle, handle.width() / 2, look.color(role), None)


class ScrollPage(QScrollArea):
    """A page that scrolls as a whole, on the window's ground. Children that get the focus come into sight."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietScrollBar("window"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def set_body(self, body: QWidget) -> None:
        """What scrolls."""
        self.setWidget(body)
        # Set after the body: Qt turns the background on again when it takes one.
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
