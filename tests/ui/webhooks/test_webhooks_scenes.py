"""Every scene of the Webhooks page can be drawn; names, letters, palettes and sizes are in order on each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.ui.scenes_webhooks import DIALOGS, SCENES
from zbdesk.ui import icons, theme
from zbdesk.ui.main_window import MainWindow

MENUS = set("FEVRSWHNUP")
"""Letters of the menus and of Sync now, Pause, Stop."""

PAGES = [name for name in sorted(SCENES) if name not in DIALOGS]


@pytest.fixture
def draw(qapp: QApplication) -> Iterator[Callable[[str], QWidget]]:
    """Draws scenes, light, and takes them apart at the end."""
    theme.apply(qapp, "light")
    made: list[QWidget] = []

    def one(name: str) -> QWidget:
        made.append(SCENES[name]())
        made[-1].show()
        QTest.qWait(20)
        return made[-1]

    yield one
    for widget in made:
        window = widget.window() if isinstance(widget, MainWindow) else widget.parentWidget().window()
        assert isinstance(window, MainWindow)
        window.bridge.close()
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    icons.forget()


def body(scene: QWidget) -> QWidget:
    """The page of a window, or the dialog."""
    return scene.pages.currentWidget() if isinstance(scene, MainWindow) else scene


@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_scene_is_drawn_and_each_control_has_a_name_and_its_own_letter(
    draw: Callable[[str], QWidget], name: str
) -> None:
    """Nothing focusable is nameless; no mnemonic stands twice; the page leaves the menus' letters alone."""
    scene = draw(name)
    picture = scene.grab().toImage()
    dots = {picture.pixel(x, y) for y in range(0, picture.height(), 7) for x in range(0, picture.width(), 5)}
    assert len(dots) > 3
    inside = body(scene)
    nameless = [
        widget
        for widget in inside.findChildren(QWidget)
        if widget.isVisibleTo(inside)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    letters = []
    for widget in inside.findChildren(QWidget):
        is_label = isinstance(widget, QLabel) and widget.buddy() is not None
        if (isinstance(widget, QAbstractButton) or is_label) and widget.isVisibleTo(inside):
            found = re.search(r"&(\w)", widget.text().replace("&&", ""))
            letters += [found[1].upper()] if found else []
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []
    assert name in DIALOGS or not MENUS & set(letters)


@pytest.mark.parametrize("name", ["webhooks", "webhooks-failing", "webhooks-passed-on"])
@pytest.mark.parametrize("scheme", ["dark", "contrast", "contrast_white"])
def test_the_page_is_drawn_in_every_palette(
    qapp: QApplication, draw: Callable[[str], QWidget], name: str, scheme: str
) -> None:
    """The ground is the palette's own."""
    theme.apply(qapp, scheme)
    scene = draw(name)
    picture = body(scene).grab().toImage()
    assert picture.pixelColor(2, 2) == theme.current().color("window")


@pytest.mark.parametrize("name", ["webhooks", "webhooks-failing", "webhooks-deliveries"])
@pytest.mark.parametrize(("pixels", "width", "height"), [(13, 1024, 768), (26, 1280, 800), (13, 760, 520)])
def test_the_page_fits_small_windows_and_large_text(
    qapp: QApplication, draw: Callable[[str], QWidget], name: str, pixels: int, width: int, height: int
) -> None:
    """A page never asks for more room than the window has: it scrolls downwards and never sideways."""
    before = QApplication.font()
    font = QApplication.font()
    font.setPixelSize(pixels)
    qapp.setFont(font)
    theme.refresh()
    try:
        scene = draw(name)
        scene.resize(width, height)
        QTest.qWait(60)
        page = body(scene)
        assert (scene.width(), scene.height()) == (width, height)
        inner = page.widget()  # type: ignore[attr-defined]
        assert inner.minimumSizeHint().width() <= page.viewport().width()  # type: ignore[attr-defined]
    finally:
        qapp.setFont(before)
        theme.refresh()
