"""A switch: takes effect at once, says on or off by its place and its shape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from zbdesk.ui import theme
from zbdesk.ui.style import rounded


class Switch(QAbstractButton):
    """Words and a knob. ``clicked`` by a person; ``setChecked`` tells nobody but screen readers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the font from the theme in use."""
        self.setFont(theme.current().font("strong"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Track, gap, words."""
        look = theme.current()
        words = self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width()
        return QSize(look.px(9.5) + words + 2, max(24, look.line_height + look.px(2)))

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and knob at the start, words behind."""
        del event
        look, painter = theme.current(), QPainter(self)
        on, reverse = self.isChecked(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        width, height = look.px(7), look.px(4)
        left = self.width() - width if reverse else 0
        track = QRectF(left, (self.height() - height) / 2, width, height)
        edge = look.color("edge") if not on or look.is_contrast else None
        rounded(painter, track, height / 2, look.color("accent" if on else "base"), edge)
        knob = height - look.px(1.25)
        inset = (height - knob) / 2
        at_end = on != reverse
        x = track.right() - inset - knob if at_end else track.left() + inset
        rounded(
            painter,
            QRectF(x, track.top() + inset, knob, knob),
            knob / 2,
            look.color("on_accent" if on else "edge"),
            None,
        )
        painter.setFont(self.font())
        painter.setPen(look.color("text" if self.isEnabled() else "disabled"))
        words = self.rect().adjusted(0, 0, -look.px(9), 0) if reverse else self.rect().adjusted(look.px(9), 0, 0, 0)
        flags = Qt.AlignmentFlag
        side = flags.AlignRight if reverse else flags.AlignLeft
        align = int(side | flags.AlignAbsolute | flags.AlignVCenter | Qt.TextFlag.TextShowMnemonic)
        painter.drawText(words, align, self.text())
