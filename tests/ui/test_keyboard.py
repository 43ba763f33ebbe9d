"""The window without a mouse: each scene is walked with Tab, read as a screen reader does, and left by Escape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.ui import scenes_closing, scenes_two_ways, scenes_window, scenes_wizard
from zbdesk.ui import theme
from zbdesk.ui.main_window import MainWindow

ALL = {**scenes_window.SCENES, **{f"two-ways/{name}": build for name, build in scenes_two_ways.SCENES.items()}}
ALL |= {name: build for name, build in scenes_closing.SCENES.items() if name != "month-end-sign-off"}
SCENES = sorted(name for name in ALL if not name.endswith(("arabic", "german")))
WIZARD = sorted(scenes_wizard.SCENES)
DIALOGS = [name for name in SCENES if re.search("editor|dialog|dismiss$|dates|rule|dry-run", name)]


def _end(scene: QWidget) -> None:
    if isinstance(scene, MainWindow):
        scene.bridge.close()
        scene.bridge._desk.close()
        scene.hide()
        scene.deleteLater()
    elif hasattr(scene, "sign_in"):
        scene.hide()
        scene.deleteLater()
    else:
        scenes_two_ways.end(scene)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Callable[[str], QWidget]]:
    """Builds scenes, active and laid out, and ends them."""
    theme.apply(qapp, "light")
    shown: list[QWidget] = []

    def build(name: str) -> QWidget:
        if name in scenes_wizard.SCENES:
            scene = scenes_wizard.SCENES[name]()
            scene.resize(1280, 800)
        else:
            scene = ALL[name]()
        shown.append(scene)
        if scene.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):  # never active, so without a focus to be seen
            scene.hide()
            scene.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        scene.show()
        scene.activateWindow()
        assert QTest.qWaitForWindowActive(scene)
        for _ in range(6):
            QApplication.processEvents()
        return scene

    yield build
    scenes_wizard.close()
    for scene in shown:
        _end(scene)


def _stops(scene: QWidget) -> list[QWidget]:
    """What Tab can reach now."""
    return [
        one
        for one in scene.findChildren(QWidget)
        if one.isVisibleTo(scene)
        and one.isEnabled()
        and one.window() is scene
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    ]


def _words(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton | QLabel | QLineEdit) else ""
    return f"{type(one).__name__} “{one.accessibleName() or text}”"


def _mnemonic(text: str) -> str:
    found = re.search(r"&([^&])", text.replace("&&", ""))
    return found.group(1).upper() if found else ""


@pytest.mark.parametrize("name", SCENES)
def test_c70_every_stop_of_tab_has_a_name(show, name: str) -> None:
    """A screen reader has a word for whatever the keyboard reaches; for a combo box by a label, as Unix wants it."""
    scene = show(name)
    nameless = []
    for one in _stops(scene):
        interface = QAccessible.queryAccessibleInterface(one)
        if isinstance(one, QComboBox):
            labels = [other.text(QAccessible.Text.Name) for other, flag in interface.relations() if flag]
            if not (one.accessibleName() or "".join(labels)) or not any(labels):
                nameless.append(_words(one))
        elif not interface.text(QAccessible.Text.Name).strip():
            nameless.append(_words(one))
    assert nameless == []


@pytest.mark.parametrize("name", WIZARD)
def test_c70_combo_boxes_of_the_wizard_have_a_label(show, name: str) -> None:
    """The wizard's own test asks for names; a combo box needs a label beside it as well."""
    scene = show(name)
    for one in scene.findChildren(QComboBox):
        if one.isVisibleTo(scene):
            relations = QAccessible.queryAccessibleInterface(one).relations()
            assert any(flag & QAccessible.RelationFlag.Label for _, flag in relations), _words(one)


@pytest.mark.parametrize("name", SCENES)
def test_c67_mnemonics_are_unique_in_each_scene(show, name: str) -> None:
    """Alt and a letter means one thing: buttons, labels with a buddy, and the menus of the window."""
    scene = show(name)
    letters: Counter[str] = Counter()
    for one in scene.findChildren(QWidget):
        if not one.isVisibleTo(scene) or one.window() is not scene:
            continue
        if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None):
            letters[_mnemonic(one.text())] += 1
        elif isinstance(one, QMenuBar):
            letters.update(_mnemonic(action.text()) for action in one.actions() if action.isVisible())
    del letters[""]
    assert {letter: count for letter, count in letters.items() if count > 1} == {}


@pytest.mark.parametrize("name", SCENES + WIZARD)
def test_c66_tab_goes_round_and_is_never_trapped(show, name: str) -> None:
    """Tab leads through every control and back to the first one, Shift+Tab the other way; none is out of sight."""
    scene = show(name)
    stops = _stops(scene)
    if not stops:
        return
    stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    for key, reach in ((Qt.Key.Key_Tab, "forwards"), (Qt.Key.Key_Backtab, "backwards")):
        seen: list[QWidget] = []
        for _ in range(2 * len(stops) + 4):
            focused = scene.focusWidget()
            assert focused is not None
            seen.append(focused)
            assert _in_sight(focused), f"{_words(focused)} has the focus and cannot be seen"
            QTest.keyClick(focused, key)
        missed = [one for one in stops if one not in seen and one.isVisibleTo(scene) and not _in_group(one, seen)]
        assert [_words(one) for one in missed] == [], reach


def _in_sight(one: QWidget) -> bool:
    """Whether any of it stands inside everything that it stands in; what covers it from within is its own."""
    rect, parent, place = one.rect(), one.parentWidget(), one
    while parent is not None:
        rect = QRect(place.mapTo(parent, rect.topLeft()), rect.size()).intersected(parent.rect())
        place, parent = parent, None if parent.isWindow() else parent.parentWidget()
    return not rect.isEmpty()


def _in_group(one: QWidget, seen: list[QWidget]) -> bool:
    """Radio buttons of a group, and buttons of a segmented choice, are one stop: arrows move inside."""
    return isinstance(one, QAbstractButton) and (
        (one.group() is not None and any(other in seen for other in one.group().buttons()))
        or (
            one.autoExclusive()
            and any(
                isinstance(other, QAbstractButton) and other.autoExclusive() and other.parent() is one.parent()
                for other in seen
            )
        )
    )


@pytest.mark.parametrize("name", SCENES)
def test_c66_the_focus_is_seen(show, name: str) -> None:
    """Whatever has the focus looks different from how it looks without."""
    scene = show(name)
    unseen = []
    for one in _stops(scene):
        if isinstance(one, QAbstractItemView) and (one.model() is None or one.model().rowCount() == 0):
            continue
        one.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if scene.focusWidget() is not one:
            continue
        around = QRect(one.mapTo(scene, one.rect().topLeft()), one.size()).adjusted(-6, -6, 6, 6)
        with_focus = scene.grab(around).toImage()
        one.clearFocus()
        QApplication.processEvents()
        if scene.grab(around).toImage() == with_focus:
            unseen.append(_words(one))
    assert unseen == []


@pytest.mark.parametrize("name", DIALOGS)
def test_c68_escape_never_discards_what_was_typed_without_asking(show, name: str) -> None:
    """What was typed is still there after Escape, and the dialog too: it asks."""
    scene = show(name)
    dialog = scene if isinstance(scene, QDialog) or hasattr(scene, "reject") else None
    if dialog is None:
        return
    fields = [one for one in _stops(scene) if isinstance(one, QLineEdit) and not one.isReadOnly()]
    typed = fields[0] if fields and "editor" in name else None
    if typed is not None:
        typed.setFocus()
        QTest.keyClicks(typed, "zz")
        kept = typed.text()
    QTest.keyClick(scene.focusWidget() or scene, Qt.Key.Key_Escape)
    QApplication.processEvents()
    if typed is not None:
        assert scene.isVisible()
        assert typed.text() == kept


def test_c69_commands_follow_the_platforms_keys(show) -> None:
    """What every program has stands on the key that this platform gives it, so on Cmd on a Mac."""
    window = show("dashboard-in-order")
    actions = window.actions_
    standard = {
        actions.help: QKeySequence.StandardKey.HelpContents,
        actions.new: QKeySequence.StandardKey.New,
        actions.filter: QKeySequence.StandardKey.Find,
        actions.close: QKeySequence.StandardKey.Close,
        actions.quit: QKeySequence.StandardKey.Quit,
    }
    for action, meaning in standard.items():
        # A platform without a key of its own for it leaves the choice to the program.
        bindings = QKeySequence.keyBindings(meaning) or [action.shortcut()]
        assert action.shortcut() in bindings, action.text()
        assert not action.shortcut().isEmpty(), action.text()


def test_c62_context_commands_are_in_a_menu_and_on_the_menu_key(show, monkeypatch) -> None:
    """What a right click on a record offers is also in the menus; the Menu key opens it at the current row."""
    window = show("records")
    page = window.pages.records()
    page.table.setFocus()
    opened: list[list[str]] = []
    monkeypatch.setattr(
        "PySide6.QtWidgets.QMenu.popup", lambda menu, *_: opened.append(_labels(menu.actions())), raising=True
    )
    QTest.keyClick(page.table.viewport(), Qt.Key.Key_Menu)
    QApplication.processEvents()
    if not opened:  # Qt turns the key into this event where a platform delivers it
        from PySide6.QtGui import QContextMenuEvent

        place = page.table.visualRect(page.table.currentIndex()).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, page.table.mapToGlobal(place))
        QApplication.sendEvent(page.table.viewport(), event)
    assert opened
    everywhere = {label for menu in window.menuBar().actions() for label in _labels(menu.menu().actions())}
    assert set(opened[0]) <= everywhere


def _labels(actions: list[QAction]) -> list[str]:
    return [action.text().replace("&", "").rstrip("…") for action in actions if action.text()]


def test_editors_let_tab_out(show) -> None:
    """A field of several lines takes Tab for the next control, not as a character."""
    for name in SCENES:
        if "editor" in name:
            scene = show(name)
            for one in [*scene.findChildren(QPlainTextEdit), *scene.findChildren(QTextEdit)]:
                assert one.tabChangesFocus(), _words(one)
