"""Every scene of both ways can be drawn, in each size, theme and direction; keys and names are in order on each."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from tests.ui.scenes_two_ways import SCENES, Frame, end
from zbdesk.ui import theme

_MENUS = set("FEVRSWHNUP")
"""Letters of the menus and of Sync now, Pause, Stop."""

_PAGES = ["conflicts-chosen", "problems", "outgoing-held", "editor-wrong"]


def _letters(scene: QWidget) -> list[str]:
    found = []
    for widget in scene.findChildren(QWidget):
        is_button = isinstance(widget, QAbstractButton)
        is_label = isinstance(widget, QLabel) and widget.buddy() is not None
        if not (is_button or is_label) or not widget.isVisibleTo(scene):
            continue
        match = re.search(r"&(\w)", widget.text().replace("&&", ""))
        if match:
            found.append(match[1].upper())
    return found


@pytest.mark.parametrize("name", sorted(SCENES))
def test_scene_is_drawn_and_each_control_has_a_name_and_its_own_letter(name):
    """Nothing focusable is nameless; no mnemonic stands twice; pages leave the menus' letters alone."""
    scene = SCENES[name]()
    QTest.qWait(20)
    picture = scene.grab().toImage()
    assert picture.width() > 300
    dots = {picture.pixel(x, y) for y in range(0, picture.height(), 7) for x in range(0, picture.width(), 5)}
    assert len(dots) > 3
    nameless = [
        widget
        for widget in scene.findChildren(QWidget)
        if widget.isVisibleTo(scene)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    letters = _letters(scene)
    is_page = not isinstance(scene, QDialog)
    end(scene)
    assert nameless == []
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []
    assert not is_page or not _MENUS & set(letters)


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize("scheme", ["dark", "contrast", "contrast_white"])
def test_pages_are_drawn_in_every_palette(qapp, name, scheme):
    """The ground is the palette's own."""
    theme.apply(qapp, scheme)
    scene = SCENES[name]()
    picture = scene.grab().toImage()
    foot = picture.pixelColor(3, picture.height() - 3)
    end(scene)
    assert foot == theme.current().color("window")


@pytest.mark.parametrize("name", _PAGES[:3])
@pytest.mark.parametrize(("pixels", "width", "height"), [(13, 1024, 768), (26, 1280, 800), (13, 760, 520)])
def test_pages_fit_small_windows_and_large_text(qapp, name, pixels, width, height):
    """A page never asks for more room than the window has."""
    before = QApplication.font()
    font = QApplication.font()
    font.setPixelSize(pixels)
    qapp.setFont(font)
    theme.refresh()
    try:
        scene = SCENES[name]()
        assert isinstance(scene, Frame)
        scene.resize(width, height)
        QTest.qWait(20)
        size = scene.size()
        end(scene)
    finally:
        qapp.setFont(before)
        theme.refresh()
    assert (size.width(), size.height()) == (width, height)
