"""The ring around what has the focus, and that it is never out of sight.

A scroll area of Qt follows Tab only from one of its own controls to the next. What gets the focus from outside of it,
by Shift+Tab from the next part of the window or by a command, would stay scrolled away.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QScrollArea,
    QWidget,
)


class FocusRing(QObject):
    """Moves one ring to whatever has the focus and brings that into sight; lists and tables draw theirs in the row."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            bring_into_sight(now)
        wanted = now if now is not None and wants_ring(now) else None
        if self._frame is not None:
            try:
                self._frame.setWidget(None)  # type: ignore[arg-type]
                self._frame.deleteLater()
            except RuntimeError:
                # The frame is a child of the page that it stood on and went with it.
                pass
            self._frame = None
        if wanted is not None:
            self._frame = QFocusFrame(wanted)
            self._frame.setWidget(wanted)


def wants_ring(widget: QWidget) -> bool:
    """Whether the ring goes around the widget: controls and fields, not views and not what rings itself.

    The property ``ring`` asks for it, for instance for a view that can have the focus without a current row.
    """
    if widget.property("ring"):
        return True
    if widget.property("ownFocus") or isinstance(widget, QAbstractItemView):
        return False
    return isinstance(widget, QAbstractButton | QComboBox) or (isinstance(widget, QLineEdit) and widget.hasFrame())


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to it where none of it is to be seen. What is seen in part stays where the pointer may just be on it."""
    parent = widget.parentWidget()
    while parent is not None:
        inside = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inside is not None and inside.isAncestorOf(widget):
            place = QRect(widget.mapTo(parent.viewport(), QPoint(0, 0)), widget.size())
            if not place.intersects(parent.viewport().rect()):
                parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
