"""Colour, size and type of the whole window. Nothing else in ``ui`` names a colour, a pixel or a font.

A colour is asked for by its role (``current().color("edge")``), a length in steps of ``u`` (a quarter of a line), a
font by its kind. So light, dark, both high contrasts and any text size are one table and one number.
Invariant: every pair of text and surface that screens use reaches the contrast that ``PAIRS`` names, in all palettes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

SCHEMES = ("system", "light", "dark", "contrast", "contrast_white")
"""What a person may choose; ``system`` follows the desktop."""

_ROLES = (
    "window", "base", "side", "alt", "hover", "line", "edge", "text", "text2", "disabled", "accent", "accent_hover",
    "on_accent", "accent_text", "accent_tint", "selection", "on_selection", "focus", "focus_on_selection", "ok",
    "attention", "attention_tint", "attention_line", "problem", "problem_tint", "series1", "series2",
)  # fmt: skip

_LIGHT = (
    "#F4F5F7", "#FFFFFF", "#EBEDF0", "#F8F9FA", "#EEF1F5", "#DCDFE4", "#858C96", "#1A1D21", "#545C66", "#767D87",
    "#2A56C6", "#2349A9",
    "#FFFFFF", "#2450BC", "#E5ECFB", "#D9E4FB", "#1A1D21", "#2A56C6", "#2A56C6", "#1B6E44",
    "#825000", "#FFF3D9", "#B9770E", "#B3261E", "#FCE9E7", "#2A56C6", "#6C8AD6",
)  # fmt: skip
_DARK = (
    "#1C1E21", "#232629", "#17191B", "#272A2E", "#2D3136", "#383C42", "#858D97", "#E8EAED", "#ADB4BD", "#858D97",
    "#3F69DA", "#3760CC",
    "#FFFFFF", "#9DB8FF", "#26324D", "#2C3F6B", "#E8EAED", "#9DB8FF", "#9DB8FF", "#7CCB9B",
    "#F0BC5E", "#3A2E14", "#D79A2B", "#FF9C92", "#44211E", "#7FA0F0", "#5C7AC8",
)  # fmt: skip
_CONTRAST = (
    "#000000", "#000000", "#000000", "#000000", "#1A1A1A", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#B8B8B8",
    "#FFE600", "#FFF066",
    "#000000", "#6FE0FF", "#000000", "#FFE600", "#000000", "#FFE600", "#000000", "#7CFF9B",
    "#FFD24A", "#000000", "#FFD24A", "#FF9C92", "#000000", "#6FE0FF", "#FFFFFF",
)  # fmt: skip
_CONTRAST_WHITE = (
    "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#EBEBEB", "#000000", "#000000", "#000000", "#000000", "#5C5C5C",
    "#0B2FB5", "#082489",
    "#FFFFFF", "#0B2FB5", "#FFFFFF", "#0B2FB5", "#FFFFFF", "#0B2FB5", "#FFFFFF", "#00551E",
    "#6B3E00", "#FFFFFF", "#6B3E00", "#A00000", "#FFFFFF", "#0B2FB5", "#000000",
)  # fmt: skip

PALETTES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    name: MappingProxyType(dict(zip(_ROLES, values, strict=True)))
    for name, values in {
        "light": _LIGHT, "dark": _DARK, "contrast": _CONTRAST, "contrast_white": _CONTRAST_WHITE,
    }.items()
})  # fmt: skip

ORGANIZATION_COLOURS: Mapping[str, str] = MappingProxyType({
    "teal": "#0E6B66", "violet": "#7A3E9D", "blue": "#1F5FA8", "green": "#3C6E1F",
    "ochre": "#8A5A00", "red": "#A3323B", "slate": "#4A5568", "pink": "#A8326F",
})  # fmt: skip
"""Marks of organizations; white text stands on each of them."""

ON_ORGANIZATION = "#FFFFFF"

BRAND = ("#1F429B", "#FFFFFF", "#9DB8FF")
"""Tile, strokes and middle bar of the program's own mark (``resources/icons/zbdesk.svg``)."""

_TEXT_SURFACES = ("window", "base", "side", "alt")
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((role, surface, 4.5) for role in ("text", "text2") for surface in (*_TEXT_SURFACES, "hover")),
    *((role, surface, 4.5) for role in ("accent_text", "ok", "attention", "problem") for surface in _TEXT_SURFACES),
    *(("edge", surface, 3.0) for surface in ("window", "base", "alt")),
    *(("focus", surface, 3.0) for surface in _TEXT_SURFACES),
    *(("disabled", surface, 3.0) for surface in _TEXT_SURFACES),
    ("accent", "base", 3.0),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("accent_text", "accent_tint", 4.5),
    ("text", "accent_tint", 4.5),
    ("on_selection", "selection", 4.5),
    ("focus_on_selection", "selection", 3.0),
    ("text", "attention_tint", 4.5),
    ("attention", "attention_tint", 4.5),
    ("attention_line", "base", 3.0),
    ("text", "problem_tint", 4.5),
    ("problem", "problem_tint", 4.5),
    ("series1", "base", 3.0),
    ("series2", "base", 3.0),
)
"""(foreground role, surface role, lowest ratio): what may stand on what."""

_FONTS: Mapping[str, tuple[float, bool]] = MappingProxyType({
    "caption": (0.92, False), "caption_strong": (0.92, True), "body": (1.0, False), "strong": (1.0, True),
    "lead": (1.08, False), "panel": (1.15, True), "page": (1.5, True), "figure": (2.0, True),
})  # fmt: skip


def contrast_ratio(first: QColor, second: QColor) -> float:
    """WCAG 2.2 contrast of two opaque colours: from 1.0 (alike) to 21.0 (black on white)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Theme:
    """One palette at one text size. Immutable; ``hub().changed`` says that ``current()`` is another one now.

    ``name`` is the palette's; ``u`` the step of all lengths in logical pixels.
    """

    name: str
    colours: Mapping[str, QColor]
    base_font: QFont
    u: int
    line_height: int

    def color(self, role: str) -> QColor:
        """Return the colour of ``role``; an unknown role is a bug and raises ``KeyError``."""
        return self.colours[role]

    def font(self, kind: str) -> QFont:
        """Return the font of ``kind`` (caption, body, strong, lead, panel, page, figure), with tabular digits."""
        return _font(self.base_font.key(), self.base_font.pointSizeF(), self.base_font.pixelSize(), kind)

    def px(self, steps: float) -> int:
        """Return ``steps`` of u as whole logical pixels, at least one."""
        return max(1, round(self.u * steps))

    @property
    def row_height(self) -> int:
        """One-line table row."""
        return self.line_height + 3 * self.u

    @property
    def two_line_height(self) -> int:
        """Table row with a second line."""
        return 2 * self.line_height + 2 * self.u

    @property
    def control_height(self) -> int:
        """Button, field, combo box."""
        return self.line_height + 3 * self.u

    @property
    def icon_size(self) -> int:
        """Icon in a line of text."""
        return max(14, round(self.line_height * 0.97))

    @property
    def button_icon_size(self) -> int:
        """Icon in a button: a little smaller, so that the word leads."""
        return max(14, self.px(3.75))

    @property
    def radius(self) -> float:
        """Corner of buttons and fields; panels take ``panel_radius``, check boxes ``check_radius``."""
        return 5.0

    @property
    def panel_radius(self) -> float:
        """Corner of panels and banners."""
        return 6.0

    @property
    def check_radius(self) -> float:
        """Corner of check boxes."""
        return 3.0

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than the window."""
        return self.colours["window"].lightness() < self.colours["text"].lightness()

    @property
    def is_contrast(self) -> bool:
        """Whether one of the high contrasts is on."""
        return self.name.startswith("contrast") or self.name == "system_contrast"

    def em(self, pixels: float) -> float:
        """Return a width in lines of text: what breakpoints are measured in.

        A line is 1.25 times the type's size here; some fonts' own lines are taller for scripts that are not shown.
        """
        size = QFontInfo(self.base_font).pixelSize()
        return pixels / max(1.0, min(float(self.line_height), size * 1.25))

    def breadth(self, pixels: float) -> str:
        """Say whether a window of that width is ``wide``, ``medium`` or ``narrow``."""
        em = self.em(pixels)
        return "wide" if em >= 76 else "medium" if em >= 60 else "narrow"


@lru_cache(maxsize=64)
def _font(key: str, points: float, pixels: int, kind: str) -> QFont:
    # The key alone does not carry an application font's family list on every platform, so sizes go in as well.
    factor, strong = _FONTS[kind]
    font = QFont(_state.theme.base_font) if _state.theme is not None else QFont()
    if points > 0:
        font.setPointSizeF(points * factor)
    elif pixels > 0:
        font.setPixelSize(max(1, round(pixels * factor)))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    del key
    return font


class Hub(QObject):
    """Says that the theme is another one: colours, text size or both. Signal: ``changed()``."""

    changed = Signal()


class _FontWatcher(QWidget):
    """Never shown: Qt tells top-level widgets, and only them, that the application's font changed."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:
            refresh()
        super().changeEvent(event)


class _State:
    theme: Theme | None = None
    scheme: str = "system"
    hub: Hub | None = None
    watcher: _FontWatcher | None = None
    desktop_scheme: str | None = None


_state = _State()


def hub() -> Hub:
    """Return the one object whose ``changed`` signal follows every change of theme."""
    if _state.hub is None:
        _state.hub = Hub()
    return _state.hub


def current() -> Theme:
    """Return the theme in use. Before ``apply`` it is the light one at the application's font."""
    if _state.theme is None:
        _state.theme = _build("light")
    return _state.theme


def on_change(owner: QObject, refresh_owner: Callable[[], None]) -> None:
    """Call the bound method ``refresh_owner`` now and after each change, as long as ``owner`` lives."""
    del owner  # a bound method of a QObject is disconnected by Qt when that object goes
    refresh_owner()
    hub().changed.connect(refresh_owner)


def apply(app: QApplication, scheme: str = "system") -> None:
    """Give the application our style, palette and type. Again with another scheme changes it live."""
    if scheme not in SCHEMES:
        raise ValueError(scheme)
    from zbdesk.ui.style import install

    first = _state.watcher is None
    _state.scheme = scheme
    if first:
        _state.watcher = _FontWatcher()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(_desktop_changed)
        hints.accessibility().contrastPreferenceChanged.connect(_desktop_changed)
        app.aboutToQuit.connect(_forget)
    refresh()
    install(app)


def use_desktop_scheme(scheme: str | None) -> None:
    """Take ``light`` or ``dark`` from the desktop's portal, where Qt itself does not know; None leaves it to Qt."""
    if scheme not in {None, "light", "dark"}:
        raise ValueError(scheme)
    _state.desktop_scheme = scheme
    if _state.watcher is not None:
        refresh()


def refresh() -> None:
    """Work out the theme anew and put it in place if anything differs."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    fresh = _build(palette_name(_state.scheme))
    known = _state.theme
    if known is not None and _state.watcher is not None and _same(known, fresh) and app.property("zbdeskTheme"):
        return
    _state.theme = fresh
    _font.cache_clear()
    app.setProperty("zbdeskTheme", fresh.name)
    app.setPalette(qt_palette(fresh))
    hub().changed.emit()


def palette_name(scheme: str) -> str:
    """Return which palette ``scheme`` means on this desktop right now."""
    if scheme != "system":
        return scheme
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    if _state.desktop_scheme is not None:
        dark = _state.desktop_scheme == "dark"
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        if sys.platform == "win32":
            return "system_contrast"
        return "contrast" if dark else "contrast_white"
    return "dark" if dark else "light"


def _same(known: Theme, fresh: Theme) -> bool:
    return known.name == fresh.name and known.base_font == fresh.base_font and known.colours == fresh.colours


def _build(name: str) -> Theme:
    font = QApplication.font()
    metrics = QFontMetricsF(font)
    height = round(metrics.height())
    return Theme(
        name=name,
        colours=_system_colours() if name == "system_contrast" else _fixed_colours(name),
        base_font=QFont(font),
        u=max(3, round(height / 4)),
        line_height=height,
    )


@lru_cache(maxsize=8)
def _fixed_colours(name: str) -> Mapping[str, QColor]:
    return MappingProxyType({role: QColor(value) for role, value in PALETTES[name].items()})


def _system_colours() -> Mapping[str, QColor]:
    """Windows' own contrast theme, as it is: our shapes, its colours."""
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole
    window, text = palette.color(role.Window), palette.color(role.WindowText)
    chosen, on_chosen = palette.color(role.Highlight), palette.color(role.HighlightedText)
    link = palette.color(role.Link)
    grey = palette.color(QPalette.ColorGroup.Disabled, role.WindowText)
    colours = dict.fromkeys(_ROLES, text)
    surfaces = ("window", "base", "side", "alt", "hover", "accent_tint", "attention_tint", "problem_tint")
    colours.update(dict.fromkeys(surfaces, window))
    colours.update({"accent": chosen, "accent_hover": chosen, "selection": chosen, "on_accent": on_chosen})
    colours.update({"on_selection": on_chosen, "focus_on_selection": on_chosen, "accent_text": link, "series1": link})
    colours.update({"disabled": grey, "focus": chosen})
    return MappingProxyType(colours)


def qt_palette(theme: Theme) -> QPalette:
    """Return the complete Qt palette of ``theme``, so that Qt's own widgets fit without a style sheet."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    pairs = {
        role.Window: "window", role.Base: "base", role.Button: "base", role.AlternateBase: "alt",
        role.Text: "text", role.WindowText: "text", role.ButtonText: "text", role.BrightText: "problem",
        role.PlaceholderText: "text2", role.Highlight: "selection", role.HighlightedText: "on_selection",
        role.Link: "accent_text", role.LinkVisited: "accent_text", role.ToolTipBase: "base",
        role.ToolTipText: "text", role.Light: "base", role.Midlight: "hover", role.Mid: "line", role.Dark: "edge",
        role.Shadow: "edge", role.Accent: "accent",
    }  # fmt: skip
    palette = QPalette()
    for qt_role, name in pairs.items():
        palette.setColor(qt_role, theme.color(name))
    for qt_role in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, qt_role, theme.color("disabled"))
    palette.setColor(group.Disabled, role.Base, theme.color("window"))
    palette.setColor(group.Disabled, role.Highlight, theme.color("line"))
    return palette


def _desktop_changed() -> None:
    refresh()


def _forget() -> None:
    """Let go of Qt objects before the application goes, in the order in which Qt wants it."""
    if _state.watcher is not None:
        _state.watcher.deleteLater()
        _state.watcher = None
