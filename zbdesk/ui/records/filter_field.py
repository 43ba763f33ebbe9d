"""The pill above a table in which people type what they look for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from zbdesk.ui import icons, painting, theme


class FilterField(QLineEdit):
    """The pill with the funnel. Escape empties it, arrow down goes into the table (``left_downwards``)."""

    left_downwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("pill", True)
        self.setFrame(False)
        self.setProperty("ring", True)
        self.setPlaceholderText(self.tr("Filter"))
        self.setAccessibleName(self.tr("Filter by number, name or reference"))
        self.setClearButtonEnabled(False)
        keys = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
        self._keys = keys.replace("+", " ")
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take size and margins from the theme in use."""
        now = theme.current()
        self.setFont(now.font("body"))
        self.setFixedHeight(max(24, now.line_height + now.px(2)))
        self.setFixedWidth(now.px(44))
        self._set_margins()

    def _set_margins(self) -> None:
        now = theme.current()
        funnel, end = now.icon_size + now.px(4), now.px(3)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(end if reverse else funnel, 0, funnel if reverse else end, 0)
        # Absolute, so that Latin words stay at the funnel too, out of the way of the keys at the other end.
        side = Qt.AlignmentFlag.AlignRight if reverse else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        """The funnel changes sides with the reading direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties, down leaves."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pill, funnel, keys at the end while nothing is typed."""
        from zbdesk.ui.style import rounded

        now, painter = theme.current(), QPainter(self)
        box = self.rect().toRectF()
        rounded(painter, box, box.height() / 2, now.color("base"), now.color("edge"))
        size, inset = now.icon_size, now.px(2.5)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - inset - size if reverse else inset
        funnel = icons.pixmap("funnel", "text2", size, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, funnel)
        if not self.text() and not self.hasFocus():
            painter.setFont(now.font("caption"))
            painter.setPen(now.color("text2"))
            painter.drawText(self.rect().adjusted(inset, 0, -inset, 0), painting.end(reverse=reverse), self._keys)
        painter.end()
        super().paintEvent(event)
