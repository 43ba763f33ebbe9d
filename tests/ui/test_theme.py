"""One module names colours, sizes and fonts, and its palettes can be read by everybody."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from zbdesk.ui import icons, theme

UI = Path(theme.__file__).parent
_COLOUR = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']|QColor\(\s*\d|Qt\.GlobalColor\.(?!transparent)|setPixelSize|\d+px""")


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> object:
    """Every test starts light at the system's size, and leaves it so."""
    font = QFont(qapp.font())
    theme.apply(qapp, "light")
    yield
    qapp.setFont(font)
    theme.apply(qapp, "light")


@pytest.mark.parametrize("name", sorted(theme.PALETTES))
@pytest.mark.parametrize(("front", "ground", "lowest"), theme.PAIRS)
def test_c73_contrast(name: str, front: str, ground: str, lowest: float) -> None:
    """Every pair of text and surface that may meet reaches its ratio, in all four palettes."""
    colours = theme.PALETTES[name]
    ratio = theme.contrast_ratio(QColor(colours[front]), QColor(colours[ground]))
    assert ratio >= lowest, f"{front} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("name", sorted(theme.ORGANIZATION_COLOURS))
def test_white_stands_on_every_organization_colour(name: str) -> None:
    """The two letters of an organization can be read on its colour."""
    ground = QColor(theme.ORGANIZATION_COLOURS[name])
    assert theme.contrast_ratio(QColor(theme.ON_ORGANIZATION), ground) >= 5.9


def test_contrast_ratio_of_black_and_white_is_21() -> None:
    """The formula is WCAG's."""
    assert theme.contrast_ratio(QColor("black"), QColor("white")) == pytest.approx(21)
    assert theme.contrast_ratio(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_c78_no_colour_or_pixel_font_outside_the_theme() -> None:
    """Whoever wants a colour asks the theme for a role."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        # Paper has no theme: print is black on white.
        if path.name == "theme.py" or path.parent.name == "printing":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = line.split("#:", 1)[0]
            if _COLOUR.search(code) and "noqa: colour" not in line:
                found.append(f"{path.relative_to(UI)}:{number}: {line.strip()}")
    assert found == []


def test_c77_scheme_changes_live(qapp: QApplication, qtbot) -> None:
    """Another scheme reaches palette and listeners at once, without a restart."""
    light = qapp.palette().color(QPalette.ColorRole.Window)
    with qtbot.waitSignal(theme.hub().changed):
        theme.apply(qapp, "dark")
    assert theme.current().name == "dark"
    assert theme.current().is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) != light


def test_same_scheme_again_changes_nothing(qapp: QApplication, qtbot) -> None:
    """Nobody repaints for nothing."""
    with qtbot.assertNotEmitted(theme.hub().changed):
        theme.apply(qapp, "light")


def test_portal_scheme_counts_only_for_system(qapp: QApplication) -> None:
    """The desktop's word changes ``system``, and not what a person has chosen."""
    theme.apply(qapp, "system")
    theme.use_desktop_scheme("dark")
    assert theme.current().name == "dark"
    theme.apply(qapp, "light")
    assert theme.current().name == "light"
    theme.use_desktop_scheme(None)


def test_unknown_scheme_and_role_are_bugs(qapp: QApplication) -> None:
    """A misspelt word is found at once instead of painting black."""
    with pytest.raises(ValueError, match="pink"):
        theme.apply(qapp, "pink")
    with pytest.raises(KeyError):
        theme.current().color("pink")


def test_lengths_follow_the_text(qapp: QApplication) -> None:
    """At twice the text size the step is twice as long, and controls hold a line and its padding."""
    before = theme.current()
    font = QFont(qapp.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    qapp.setFont(font)
    theme.refresh()
    after = theme.current()
    assert after.u == pytest.approx(before.u * 2, abs=1)
    assert after.control_height >= after.line_height + 2 * after.u
    assert QFontInfo(after.font("caption")).pointSizeF() < QFontInfo(after.font("body")).pointSizeF()


def test_breadth_is_counted_in_text_not_in_pixels(qapp: QApplication) -> None:
    """A window with large text is a narrow window."""
    font = QFont(qapp.font())
    font.setPointSizeF(9.75)
    qapp.setFont(font)
    theme.refresh()
    assert theme.current().breadth(1280) == "wide"
    assert theme.current().breadth(1024) == "medium"
    font.setPointSizeF(19.5)
    qapp.setFont(font)
    theme.refresh()
    assert theme.current().breadth(1280) == "narrow"


def test_every_font_has_tabular_digits() -> None:
    """Figures line up wherever they stand."""
    for kind in ("caption", "body", "strong", "panel", "page", "figure"):
        assert QFont.Tag("tnum") in theme.current().font(kind).featureTags()


@pytest.mark.parametrize("path", sorted(icons.folder().glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_can_be_drawn(qapp: QApplication, path: Path) -> None:
    """Each file is sound SVG, and something of it is seen."""
    ET.parse(path)
    picture = icons.coloured(path.stem, theme.current().color("text"), 24).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_drawings_come_with_their_licence() -> None:
    """Lucide's terms go where its drawings go."""
    text = (icons.folder() / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "Lucide" in text


def test_icon_follows_the_theme(qapp: QApplication) -> None:
    """One QIcon is dark on light, and light on dark, without being made anew."""
    icon = icons.icon("lock", "text")
    light = _ink(icon)
    theme.apply(qapp, "dark")
    dark = _ink(icon)
    assert light.lightness() < 80
    assert dark.lightness() > 180


def test_disabled_icon_takes_the_disabled_colour(qapp: QApplication) -> None:
    """What cannot be used looks so."""
    assert _ink(icons.icon("lock", "text"), QIcon.Mode.Disabled).name() == theme.current().color("disabled").name()


def test_icon_outlives_its_python_name(qapp: QApplication) -> None:
    """Copies of an icon in actions and buttons go on painting after ours is gone."""
    copies = [QIcon(icons.icon("bell", "text")) for _ in range(50)]
    icons._icons.pop(("bell", "text"))
    assert all(not copy.pixmap(16, 16).isNull() for copy in copies)


def test_unknown_icon_is_a_bug() -> None:
    """A misspelt name is found when the button is made."""
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-drawing")


def test_arrows_turn_round_with_the_text(qapp: QApplication) -> None:
    """Direction is mirrored in right-to-left windows; clocks are not."""
    before = {name: icons.pixmap(name, "text", 24).toImage() for name in ("chevron-right", "clock")}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert icons.pixmap("chevron-right", "text", 24).toImage() != before["chevron-right"]
        assert icons.pixmap("clock", "text", 24).toImage() == before["clock"]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_c18_tray_states_differ_in_shape_not_only_in_colour(qapp: QApplication) -> None:
    """In one colour at 16 pixels all six drawings can still be told apart."""
    shapes = {state: _shape(icons.tray_icon(state)) for state in icons.TRAY_STATES}
    states = list(shapes)
    for at, one in enumerate(states):
        for other in states[at + 1 :]:
            differing = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
            assert differing >= 12, (one, other, differing)


def test_tray_icon_has_every_size_a_panel_asks_for(qapp: QApplication) -> None:
    """No panel has to scale."""
    sizes = {size.width() for size in icons.tray_icon("idle").availableSizes()}
    assert {16, 20, 22, 24, 32, 48} <= sizes


def _ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    picture = icon.pixmap(24, 24, mode).toImage()
    points = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return max(points, key=lambda colour: colour.alpha())


def _shape(icon: QIcon) -> list[bool]:
    picture: QImage = icon.pixmap(16, 16).toImage()
    return [picture.pixelColor(x, y).alpha() > 110 for y in range(16) for x in range(16)]
