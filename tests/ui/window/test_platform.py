"""What differs by desktop: the tray icon and the menus of macOS, screens that come and go, scales."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox

from zbdesk.ui import icons, window_place
from zbdesk.ui.widgets import Elided, Label
from zbdesk.ui.window_place import REACH, within_reach

LAPTOP = QRect(0, 0, 1280, 800)
BESIDE = QRect(1280, 0, 1920, 1080)
LEAST = QSize(760, 520)


@pytest.mark.parametrize(("platform", "template"), [("darwin", True), ("linux", False), ("win32", False)])
@pytest.mark.parametrize("state", icons.TRAY_STATES)
def test_c23_the_tray_icon_is_a_template_image_on_macos(app, monkeypatch, platform, template, state):
    """MacOS colours the icon of its menu bar itself: light, dark, and while its menu is open."""
    monkeypatch.setattr(sys, "platform", platform)
    assert icons.tray_icon(state).isMask() is template


def test_c23_standard_menus_and_roles(desk, open_window):
    """File, Edit, Window and Help are there; Settings, About and Quit go where macOS has them, nothing else does."""
    window = open_window(desk)
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus == ["File", "Edit", "View", "Records", "Sync", "Window", "Help"]
    roles = {action: action.menuRole() for action in window.actions_.all()}
    special = {role: action.text() for action, role in roles.items() if role is not QAction.MenuRole.NoRole}
    assert special == {
        QAction.MenuRole.QuitRole: "&Quit zbdesk",
        QAction.MenuRole.PreferencesRole: "&Settings…",
        QAction.MenuRole.AboutRole: "&About zbdesk",
    }
    listed = {action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert {action for action, role in roles.items() if role is not QAction.MenuRole.NoRole} <= listed


def test_c23_about_names_the_version(desk, open_window):
    """Whoever asks for help can say what they have."""
    window = open_window(desk)
    window.actions_.about.trigger()
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "Version" in box.informativeText()
    box.reject()


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        (QRect(1500, 100, 1200, 700), [LAPTOP, BESIDE], QRect(1500, 100, 1200, 700)),
        (QRect(1500, 100, 1200, 700), [LAPTOP], QRect(80, 100, 1200, 700)),
        (QRect(-3000, -900, 1200, 700), [LAPTOP], QRect(0, 0, 1200, 700)),
        (QRect(100, 790, 1200, 700), [LAPTOP], QRect(100, 790, 1200, 700)),
        (QRect(100, 900, 1200, 700), [LAPTOP], QRect(80, 100, 1200, 700)),
        (QRect(1400, 50, 1900, 1000), [LAPTOP], QRect(0, 0, 1280, 800)),
        (QRect(1500, 100, 1200, 700), [], QRect(1500, 100, 1200, 700)),
    ],
)
def test_c22_a_window_of_a_vanished_monitor_comes_back(place, screens, expected):
    """Its upper edge is on a screen of now; where it is in reach already nothing moves."""
    assert within_reach(place, screens, LEAST) == expected


@given(
    place=st.builds(QRect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(760, 5000),
                    st.integers(520, 3000)),
    screens=st.lists(st.builds(QRect, st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(800, 4000),
                               st.integers(600, 3000)), min_size=1, max_size=4),
)  # fmt: skip
def test_c22_the_upper_edge_is_always_in_reach(place, screens):
    """Whatever screens are left, the window can be taken hold of, and is never smaller than it may be."""
    found = within_reach(place, screens, LEAST)
    edge = QRect(found.topLeft(), QSize(found.width(), 1))
    assert any(screen.intersected(edge).width() >= min(REACH, found.width()) for screen in screens)
    assert found.width() >= LEAST.width()
    assert within_reach(found, screens, LEAST) == found


def test_c22_size_and_place_survive_a_restart_and_a_vanished_screen(desk, open_window, monkeypatch):
    """What was kept on a screen that is gone is put back on one that is there."""
    window = open_window(desk)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.setGeometry(screen.x() + 5, screen.y() + 30, 780, 540)
    window.keep_place()
    window.setGeometry(0, 0, 900, 600)
    window_place.restore(window, window.preferences)
    assert window.size() == QSize(780, 540)
    window.setGeometry(screen.right() + 5000, 40, 780, 540)
    window_place.bring_back(window)
    assert screen.contains(window.geometry().topLeft())


@pytest.mark.parametrize("kind", [Label, Elided])
def test_c82_a_latin_name_keeps_its_full_stop_at_its_own_end(app, qtbot, kind):
    """In an Arabic window a name from outside is read as it is written, and given back as it was given."""
    name, arabic = "Meridian Spices & Exports Pvt. Ltd.", "مؤسسة النخيل للتجارة."
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        label = kind(name)
        qtbot.addWidget(label)
        label.resize(500, 40)
        shown = QLabel.text(label)
        assert label.text() == name
        assert shown == f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
        label.setText(arabic)
        assert QLabel.text(label) == arabic
        label.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        label.setText(name)
        assert QLabel.text(label) == name
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_c82_the_full_stop_is_painted_at_the_right(app, qtbot):
    """The last ink of a Latin name in a mirrored window is its full stop, not the letter before it."""
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        dotted, bare = Label("lll."), Label("lll")
        for label in (dotted, bare):
            qtbot.addWidget(label)
            label.setFixedSize(80, 30)
        rightmost = [_ink(label.grab().toImage()) for label in (dotted, bare)]
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    # A full stop is low: the column of ink at the right is a few pixels high, a letter's is most of the line.
    assert rightmost[0] < rightmost[1] / 2


def _ink(image) -> int:
    """How many pixels of the rightmost inked column are not the ground."""
    ground = image.pixel(0, 0)
    for x in range(image.width() - 1, -1, -1):
        inked = sum(image.pixel(x, y) != ground for y in range(image.height()))
        if inked:
            return inked
    return 0
