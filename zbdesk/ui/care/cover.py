"""A cover over the whole window, for when somebody looks over the shoulder. Any key or click takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zbdesk.ui import theme


class Cover(QWidget):
    """Lies over everything in ``window`` and takes the keyboard."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = window.focusWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The window is covered. Press a key to show it again."))
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """No command acts behind the cover: its keys come here as any other key does."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab is a key like any other."""
        del next
        self._lift()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is read meanwhile, or a list that closes, does not take the keyboard from the cover."""
        super().focusOutEvent(event)
        reasons = Qt.FocusReason
        if event.reason() not in {reasons.ActiveWindowFocusReason, reasons.PopupFocusReason}:
            QTimer.singleShot(0, self, self._take_keys)

    def _take_keys(self) -> None:
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key but a bare modifier."""
        if event.key() not in {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta}:
            self._lift()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click."""
        event.accept()
        self._lift()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and one sentence."""
        del event
        now, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), now.color("window"))
        painter.setFont(now.font("panel"))
        painter.setPen(now.color("text2"))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect(), flags, self.accessibleName())

    def _lift(self) -> None:
        import shiboken6

        before, self._before = self._before, None
        self.close()
        if before is not None and shiboken6.isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
