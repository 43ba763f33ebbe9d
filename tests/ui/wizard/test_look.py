"""Every page in every state: names, mnemonics, targets and text that fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from tests.ui import scenes_wizard
from zbdesk.ui import theme
from zbdesk.ui.widgets import Elided

_RESERVED = set("FEVRSWHNUP")
SCENES = sorted(scenes_wizard.SCENES)


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    """Nothing that a scene left waiting outlives its test."""
    yield
    scenes_wizard.close()


def _show(qtbot, name: str, width: int = 1280, height: int = 800) -> QWidget:
    scene = scenes_wizard.SCENES[name]()
    qtbot.addWidget(scene)
    scene.resize(width, height)
    scene.show()
    for _ in range(6):  # labels that wrap tell their height only after their width is known
        QApplication.processEvents()
    return scene


def _seen(scene: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    return [one for one in scene.findChildren(kind) if one.isVisibleTo(scene)]


@pytest.mark.parametrize("name", SCENES)
def test_c70_no_focusable_widget_without_a_name(qtbot, name: str) -> None:
    """A screen reader has a word for whatever Tab can reach."""
    scene = _show(qtbot, name)
    nameless = []
    for one in _seen(scene):
        if not one.focusPolicy() & Qt.FocusPolicy.TabFocus or not one.isEnabled():
            continue
        interface = QAccessible.queryAccessibleInterface(one)
        if not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(one).__name__} {one.objectName()}")
    assert nameless == []


@pytest.mark.parametrize("name", SCENES)
def test_c67_mnemonics_are_unique_and_leave_the_menus_theirs(qtbot, name: str) -> None:
    """No letter leads to two places, and none to a menu instead."""
    scene = _show(qtbot, name)
    letters: Counter[str] = Counter()
    for one in _seen(scene):
        text = ""
        if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None):
            text = one.text()
        found = re.search(r"&([^&])", text.replace("&&", ""))
        if found:
            letters[found.group(1).upper()] += 1
    assert [letter for letter, count in letters.items() if count > 1] == []
    assert set(letters) & _RESERVED == set()


@pytest.mark.parametrize("name", SCENES)
def test_c67_every_push_button_has_a_key(qtbot, name: str) -> None:
    """A mnemonic, a shortcut, or a key of its own: F1 for Help, Escape for Cancel."""
    scene = _show(qtbot, name)
    own = {scene.bar.help, scene.welcome_bar.help, scene.bar.cancel}
    without = [
        one.text() or one.accessibleName()
        for one in _seen(scene, QPushButton)
        if one not in own
        and not re.search(r"&[^&]", one.text())
        and one.shortcut().isEmpty()
        and one.text() != "Copied"
        and one.property("kind") != "quiet"
        and not one.accessibleName()
    ]
    assert without == []


@pytest.mark.parametrize("name", SCENES)
def test_c02_one_title_and_one_instruction(qtbot, name: str) -> None:
    """Each page says in one sentence what is to be done."""
    page = _show(qtbot, name).page
    assert page.title.text()
    assert page.instruction.text().endswith(".")
    assert page.accessibleName() == page.title.text()
    assert page.help_text()


@pytest.mark.parametrize(("factor", "width"), [(1.0, 1280), (1.0, 760), (2.0, 1024)])
@pytest.mark.parametrize("name", SCENES)
def test_c80_no_text_is_clipped(qtbot, qapp: QApplication, name: str, factor: float, width: int) -> None:
    """At twice the text size and in the smallest window every word is there in full; pages scroll instead."""
    font = QFont(qapp.font())
    font.setPointSizeF(9.75 * factor)
    qapp.setFont(font)
    theme.refresh()
    scene = _show(qtbot, name, width=width, height=768)
    clipped = []
    for one in _seen(scene):
        if isinstance(one, QLabel) and not isinstance(one, Elided) and one.text():
            needed = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
            if one.height() < needed or (not one.wordWrap() and one.width() < one.sizeHint().width()):
                clipped.append(one.text())
        if isinstance(one, QPushButton) and one.text() and one.width() < one.sizeHint().width():
            clipped.append(one.text())
    area = scene.page.area
    assert clipped == [], clipped
    assert area.widget().width() <= area.viewport().width(), "the page is wider than its window"


@pytest.mark.parametrize("name", SCENES)
def test_c74_targets_are_large_enough(qtbot, name: str) -> None:
    """Whatever can be pressed is at least 24 by 24."""
    scene = _show(qtbot, name)
    small = [
        (type(one).__name__, one.accessibleName() or one.text(), one.width(), one.height())
        for one in _seen(scene, QAbstractButton)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and (one.width() < 24 or one.height() < 24)
    ]
    assert small == []


@pytest.mark.parametrize("scheme", ["dark", "contrast", "contrast_white"])
@pytest.mark.parametrize("name", SCENES)
def test_every_page_can_be_painted_in_every_theme(qtbot, qapp: QApplication, name: str, scheme: str) -> None:
    """Nothing raises while painting, and the page's ground is the theme's."""
    theme.apply(qapp, scheme)
    scene = _show(qtbot, name)
    picture = scene.grab().toImage()
    assert picture.pixelColor(picture.width() - 20, 4).name() == theme.current().color("base").name()


def test_c82_right_to_left_mirrors_steps_and_keeps_addresses(qtbot, qapp: QApplication) -> None:
    """The steps stand at the right; addresses and IDs still run from left to right."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        scene = _show(qtbot, "wizard-3-credentials")
        assert scene.side.x() > scene.width() / 2
        assert scene.credentials.redirect.field.layoutDirection() is Qt.LayoutDirection.LeftToRight
        assert scene.credentials.secret.layoutDirection() is Qt.LayoutDirection.LeftToRight
        assert scene.credentials.title.alignment() & Qt.AlignmentFlag.AlignRight
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_steps_become_one_line_in_a_narrow_window(qtbot) -> None:
    """A narrow window keeps the words of the step and gives the page its width."""
    scene = _show(qtbot, "wizard-3-credentials", width=760, height=560)
    assert not scene.side.isVisibleTo(scene)
    assert scene.step_line.label.text() == "Step 2 of 5: Client ID and secret"
    scene.resize(1280, 800)
    assert scene.side.isVisibleTo(scene)
