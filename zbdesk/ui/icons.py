"""Icons: one SVG each, drawn in the colour of a role at the sharpness of the screen.

``icon`` gives a QIcon that asks for its colour when it is painted, so it follows light and dark by itself.
The drawings are Lucide's (ISC, ``resources/icons/LICENSE``); ``zbdesk`` and ``tray-*`` are our own.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from zbdesk.app.paths import resources
from zbdesk.ui import theme

MIRRORED = frozenset({
    "arrow-left-right", "chevron-right", "chevron-left", "undo-2", "external-link", "send", "list-checks",
    "panel-right-open", "folder-input", "log-in", "log-out", "receipt", "file-text", "clipboard-list",
})  # fmt: skip
"""Drawn the other way round where text runs from right to left. Clocks, refresh, check and search are not."""

TRAY_STATES = ("idle", "syncing", "paused", "offline", "attention", "error")
_TRAY_SIZES = (16, 20, 22, 24, 32, 48)


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder of the drawings: in the wheel, in the bundle or in the repository."""
    return resources() / "icons"


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (folder() / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, hole: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", colour).replace("holeColor", hole)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    if not renderer.isValid():
        raise ValueError(name)
    return renderer


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, dpr: float, mirrored: bool) -> QPixmap:
    pixels = max(1, round(size * dpr))
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if mirrored:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    _renderer(name, colour, "none").render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(dpr)
    return picture


def forget() -> None:
    """Drop all cached drawings; pixmaps must not outlive the application."""
    _drawn.cache_clear()
    _renderer.cache_clear()


def pixmap(name: str, role: str = "text2", size: int | None = None, dpr: float = 1.0) -> QPixmap:
    """Return the drawing in the colour of ``role``; ``size`` in logical pixels (one line of text when left out)."""
    return coloured(name, theme.current().color(role), size or theme.current().icon_size, dpr)


def coloured(name: str, colour: QColor, size: int, dpr: float = 1.0) -> QPixmap:
    """Return the drawing in a colour that came from a role earlier (a delegate's pen, a selected row)."""
    turned = name in MIRRORED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _drawn(name, colour.name(), size, dpr, turned)


class _RoleEngine(QIconEngine):
    """Paints an icon in its role's colour as it is at that moment; disabled icons take the disabled colour."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        size = min(rect.width(), rect.height())
        dpr = painter.device().devicePixelRatioF()
        picture = self._picture(size, dpr, mode)
        painter.drawPixmap(rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2, picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        del state
        return self._picture(min(size.width(), size.height()), 1.0, mode)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        del state
        return self._picture(round(min(size.width(), size.height()) / scale), scale, mode)

    def clone(self) -> QIconEngine:
        return _RoleEngine(self._name, self._role)

    def _picture(self, size: int, dpr: float, mode: QIcon.Mode) -> QPixmap:
        role = self._role
        if mode is QIcon.Mode.Disabled:
            role = "disabled"
        elif mode is QIcon.Mode.Selected and theme.current().is_contrast:
            role = "on_selection"
        return pixmap(self._name, role, size, dpr)


_icons: dict[tuple[str, str], QIcon] = {}


def icon(name: str, role: str = "text2") -> QIcon:
    """Return a QIcon that follows theme, direction and screen. Raises ``FileNotFoundError`` for an unknown name."""
    known = _icons.get((name, role))
    if known is None:
        _source(name)
        known = _icons[name, role] = QIcon(_RoleEngine(name, role))
    return known


def app_icon() -> QIcon:
    """Return the program's mark in all sizes that task bars ask for."""
    found = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128, 256):
        found.addPixmap(mark(size))
    return found


def mark(size: int, dpr: float = 1.0) -> QPixmap:
    """Return the program's mark, in its own colours."""
    return _drawn("zbdesk", theme.BRAND[0], size, dpr, mirrored=False)


def tray_icon(state: str, *, on_dark: bool | None = None) -> QIcon:
    """Return the tray drawing of ``state`` (idle, syncing, paused, offline, attention, error) in six sizes.

    ``on_dark``: whether the panel is dark; None takes the desktop's scheme. On macOS it is a template image.
    """
    if state not in TRAY_STATES:
        raise ValueError(state)
    if on_dark is None:
        on_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    name = "contrast" if on_dark else "light"
    colour = theme.PALETTES[name]["text"]
    found = QIcon()
    for size in _TRAY_SIZES:
        found.addPixmap(_drawn(f"tray-{state}", colour, size, 1.0, mirrored=False))
        found.addPixmap(_drawn(f"tray-{state}", colour, size, 2.0, mirrored=False))
    if sys.platform == "darwin":
        found.setIsMask(True)
    return found
