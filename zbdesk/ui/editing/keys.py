"""Buttons that show their single-letter key as a keycap, and the keycap by itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionButton

from zbdesk.ui import icons, theme
from zbdesk.ui.style import button_colours, rounded
from zbdesk.ui.widgets import Button


def cap_size(key: str) -> QSize:
    """How large the keycap is."""
    look = theme.current()
    metrics = QFontMetrics(look.font("caption"))
    return QSize(max(metrics.horizontalAdvance(key) + look.px(2.5), metrics.height()), metrics.height() + 1)


def paint_cap(painter: QPainter, box: QRect, key: str, *, text: QColor, edge: QColor, fill: QColor | None) -> None:
    """One key of the keyboard."""
    rounded(painter, QRectF(box), theme.current().check_radius, fill, edge)
    painter.setPen(text)
    painter.setFont(theme.current().font("caption"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), key)


class KeyButton(Button):
    """A button with a keycap after its words. ``show_key`` hides the cap where single letters are switched off."""

    def __init__(self, text: str, key: str, kind: str = "normal", icon: str | None = None) -> None:
        self._cap = ""
        super().__init__(text, kind, icon)
        self._key = key
        self._drawing = icon
        self.show_key(shown=True)

    def show_key(self, *, shown: bool) -> None:
        """Show or hide the keycap; screen readers hear it too."""
        self._cap = self._key if shown else ""
        self.setAccessibleDescription(self.tr("Key %1").replace("%1", self._key) if shown else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the cap."""
        own = super().sizeHint()
        if not self._cap:
            return own
        return QSize(own.width() + cap_size(self._cap).width() + theme.current().px(2), own.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then icon, words and cap in the reading direction."""
        if not self._cap:
            super().paintEvent(event)
            return
        look, option = theme.current(), QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        fill, edge, colour = button_colours(self._kind, option.state)
        if fill is not None or edge is not None:
            rounded(painter, QRectF(self.rect()), look.radius, fill, edge)
        metrics, cap = self.fontMetrics(), cap_size(self._cap)
        flags = int(Qt.TextFlag.TextShowMnemonic | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        words = metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width()
        size = look.button_icon_size if self._drawing else 0
        step = look.px(2)
        whole = words + step + cap.width() + (size + step if size else 0)
        at = (self.width() - whole) // 2
        if self._drawing:
            place = self._place(at, size, size)
            painter.drawPixmap(place.topLeft(), icons.coloured(self._drawing, colour, size, self.devicePixelRatioF()))
            at += size + step
        painter.setFont(self.font())
        painter.setPen(colour)
        painter.drawText(self._place(at, words + 1, self.height()), flags, self.text())
        quiet = colour if self._kind == "primary" or not self.isEnabled() else look.color("text2")
        line = colour if self._kind == "primary" else look.color("line" if not look.is_contrast else "edge")
        paint_cap(
            painter, self._place(at + words + step, cap.width(), cap.height()), self._cap,
            text=quiet, edge=line, fill=None,
        )  # fmt: skip

    def _place(self, left: int, width: int, height: int) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - width
        return QRect(left, (self.height() - height) // 2, width, height)
