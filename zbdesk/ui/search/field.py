"""The field in the organization bar that opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zbdesk.ui import icons, painting, theme
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import Button


class SearchField(Button):
    """Looks like a field and is a button: a click, Enter or the keys of ``action`` open the palette."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", "search")
        self.setParent(parent)
        self._keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._narrow = False
        self._words = self.tr("Search records and commands")
        self.setAccessibleName(self._words)
        self.setAccessibleDescription(self._keys)
        self.setToolTip(f"{self._words} ({self._keys})")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)

    def set_narrow(self, *, narrow: bool) -> None:
        """A narrow window has room for the glass alone."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for words and keys; in a narrow window for the glass."""
        now = theme.current()
        width = now.px(9) if self._narrow else now.px(72)
        return QSize(max(24, width), max(24, now.control_height))

    def minimumSizeHint(self) -> QSize:
        """It gives way before the company's name does, down to the glass."""
        return QSize(max(24, theme.current().px(9)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field, glass, words, keys."""
        del event
        now, painter = theme.current(), QPainter(self)
        box = QRectF(self.rect())
        ground = "hover" if self.underMouse() else "base"
        rounded(painter, box, now.radius, now.color(ground), now.color("edge"))
        size, inset = now.icon_size, now.px(2)
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        alone = self.width() < now.px(30)
        left = (self.width() - size) // 2 if alone else self.width() - inset - size if reverse else inset
        glass = icons.pixmap("search", "text2", size, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, glass)
        if alone:
            return
        shift = inset + size + now.px(2)
        inner = self.rect().adjusted(inset if reverse else shift, 0, -shift if reverse else -inset, 0)
        painter.setPen(now.color("text2"))
        painter.setFont(now.font("caption"))
        room = painter.fontMetrics().horizontalAdvance(self._keys) + now.px(3)
        painter.drawText(inner, painting.end(reverse=reverse), self._keys)
        inner = inner.adjusted(room, 0, 0, 0) if reverse else inner.adjusted(0, 0, -room, 0)
        painter.setFont(now.font("body"))
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, painting.start(reverse=reverse), words)
