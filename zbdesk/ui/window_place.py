"""Where the window stands: kept when it goes, put back at the next start, and always on a screen that is there.

Must not know what the window shows. Invariant: after ``restore`` the upper edge, by which a window is moved, is in
reach on a screen of now, whatever monitors there were when the place was kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

from zbdesk.ui.preferences import Preferences

GEOMETRY = "window/geometry"
FIRST = QSize(1280, 800)

REACH = 120
"""Pixels of the upper edge that must be on one screen, for a pointer to take hold of the window."""


def keep(window: QWidget, preferences: Preferences) -> None:
    """Remember size, place and whether it fills the screen."""
    preferences.keep_state(GEOMETRY, window.saveGeometry())


def restore(window: QWidget, preferences: Preferences) -> None:
    """Put it where it was; the first time, a size that fits the screen."""
    kept = preferences.state(GEOMETRY)
    if kept is None or not window.restoreGeometry(kept):
        screen = window.screen().availableSize()
        frame = QSize(2, window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight) + 2)
        window.resize(FIRST.boundedTo(screen - frame).expandedTo(window.minimumSize()))
        return
    bring_back(window)


def bring_back(window: QWidget) -> None:
    """Onto a screen that is there, where it is out of reach."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    here = window.geometry()
    there = within_reach(here, screens, window.minimumSize())
    if there != here and not (window.isMaximized() or window.isFullScreen()):
        window.setGeometry(there)


def within_reach(place: QRect, screens: Sequence[QRect], least: QSize) -> QRect:
    """The place itself where its upper edge is in reach, else the nearest on the screen it overlaps most.

    The size shrinks to the screen's, never below ``least``. Without any screen the place stays as it is.
    """
    if not screens:
        return place
    edge = QRect(place.topLeft(), QSize(place.width(), 1))
    for screen in screens:
        seen = screen.intersected(edge)
        if seen.width() >= min(REACH, place.width()) and seen.height() == 1:
            return place
    screen = max(screens, key=lambda one: (_area(one.intersected(place)), -_far(one, place)))
    size = place.size().boundedTo(screen.size()).expandedTo(least)
    corner = QPoint(
        max(screen.left(), min(place.left(), screen.left() + screen.width() - size.width())),
        max(screen.top(), min(place.top(), screen.top() + screen.height() - size.height())),
    )
    return QRect(corner, size)


def _area(part: QRect) -> int:
    return part.width() * part.height() if part.isValid() else 0


def _far(screen: QRect, place: QRect) -> int:
    return (screen.center() - place.center()).manhattanLength()
