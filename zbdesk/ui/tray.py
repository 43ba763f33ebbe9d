"""The icon near the clock: six shapes, one sentence, a menu of the window's own commands.

Everything works without it. Must not be made before the desktop's tray is there: it would stay on an old protocol that
such desktops may not show. Invariant: the sentence has fewer than 64 characters, which is all that Windows keeps.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.domain.views import Organization
from zbdesk.ui import icons, theme
from zbdesk.ui.actions import Actions
from zbdesk.ui.formats import plural
from zbdesk.ui.languages import lower_first
from zbdesk.ui.state import DeskState

LONGEST = 63
WAIT = 250
TRIES = 20
WATCHER = "org.kde.StatusNotifierWatcher"


def shape(state: DeskState) -> str:
    """Which of the six drawings: idle, syncing, paused, offline, attention, error."""
    engine, overview = state.engine_state, state.overview
    out = state.connection_state is ConnectionState.NEEDS_SIGN_IN
    waits = overview is not None and bool(overview.problems or overview.conflicts)
    ladder = (
        ("error", out or state.error is not None or engine in {EngineState.SIGNED_OUT, EngineState.FAILED}),
        ("paused", engine is EngineState.PAUSED),
        ("offline", engine is EngineState.OFFLINE),
        ("syncing", state.running),
        ("attention", waits),
    )
    return next((name for name, so in ladder if so), "idle")


@dataclass(frozen=True, slots=True)
class OtherLine:
    """An organization beside the one in use: how it stands in a few words, and whether a person is wanted there."""

    key: int
    organization: Organization
    words: str
    waits: bool


def shape_with(state: DeskState, others: Sequence[OtherLine]) -> str:
    """The drawing, where others are connected too: what waits there is not hidden by order here."""
    own = shape(state)
    return "attention" if own == "idle" and any(other.waits for other in others) else own


def sentence_with(state: DeskState, others: Sequence[OtherLine]) -> str:
    """The sentence; what waits in another organization comes first: "Meridian Foods: 3 wait for you · Meridian …"."""
    waits = [f"{short_name(other.organization)}: {other.words}" for other in others if other.waits]
    whole = " · ".join([*waits, sentence(state)])
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


def short_name(organization: Organization | None) -> str:
    """The first words of the company's name, up to 24 characters."""
    if organization is None:
        return "zbdesk"
    words = organization.name.split()
    shown = words[0] if words else "zbdesk"
    for word in words[1:]:
        if not word[:1].isalnum() or len(shown) + 1 + len(word) > 24:
            break
        shown = f"{shown} {word}"
        if len(shown.split()) == 2:
            break
    return shown if len(shown) <= 24 else shown[:23] + "…"


def sentence(state: DeskState) -> str:
    """Organization, state, last success: "Meridian Spices: in order, looked at 10:14"."""
    overview, formats, now = state.overview, state.formats, state.now()
    if overview is None or overview.connection is None:
        return _tr("zbdesk: not connected to Zoho Books")
    name = short_name(overview.connection.organization)
    last = formats.moment(overview.last_success_at, now) if overview.last_success_at is not None else ""
    success = _tr(", last success %1").replace("%1", last) if last else ""
    words = {
        "error": lambda: _error_words(state) + success,
        "paused": lambda: lower_first(state.word().text),
        "offline": lambda: lower_first(state.word().text) + success,
        "syncing": lambda: _progress_words(state),
        "attention": lambda: (
            plural(
                "Tray",
                "%n wait(s) for you",
                overview.problems + overview.conflicts,
                "%n waits for you",
                "%n wait for you",
            )
            + success
        ),
        "idle": lambda: _tr("in order, looked at %1").replace("%1", last) if last else _tr("in order"),
    }[shape(state)]()
    whole = f"{name}: {words}"
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


def _error_words(state: DeskState) -> str:
    out = state.connection_state is ConnectionState.NEEDS_SIGN_IN or state.engine_state is EngineState.SIGNED_OUT
    return _tr("sign in again") if out else _tr("stopped by an error")


def _progress_words(state: DeskState) -> str:
    if not state.first_sync:
        return _tr("syncing")
    total, formats = state.total(), state.formats
    if total.expected is None:
        return _tr("syncing, %1 here").replace("%1", formats.count(total.done))
    words = _tr("syncing, %1 of %2")
    return words.replace("%1", formats.count(total.done)).replace("%2", formats.count(total.expected))


class Tray(QObject):
    """The icon, when the desktop has a place for it.

    ``open_wanted``: a click on the icon. ``appeared``: it is there now; until then ``available`` is False.
    ``message_clicked``: a click on a notification that the tray showed. ``organization_wanted``: the key of another
    organization, from its line in the menu.
    """

    open_wanted = Signal()
    appeared = Signal()
    message_clicked = Signal()
    organization_wanted = Signal(int)

    def __init__(
        self,
        state: DeskState,
        actions: Actions,
        parent: QWidget,
        *,
        watcher: Callable[[], bool | None] | None = None,
        possible: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(parent)
        self._state, self._actions = state, actions
        self._watcher = watcher or _watcher_there
        self._possible = possible
        self._icon: QSystemTrayIcon | None = None
        self._shown = ("", "")
        self._others: list[OtherLine] = []
        self._other_actions: list[QAction] = []
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._look)
        self.menu = self._menu(parent)
        state.changed.connect(self.refresh)
        theme.hub().changed.connect(self._repaint)

    def use(self, actions: Actions, parent: QWidget) -> None:
        """Another window with other words: its commands, the same icon."""
        old = self.menu
        self._actions = actions
        self._others = []  # their lines were in the old words; the new window says them again
        self.setParent(parent)
        self.menu = self._menu(parent)
        self._fill_others()
        if self._icon is not None:
            self._icon.setContextMenu(self.menu)
        old.deleteLater()
        self._repaint()

    @property
    def available(self) -> bool:
        """Whether an icon is there, so that a hidden window can be found again."""
        return self._icon is not None and self._icon.isVisible()

    def start(self) -> None:
        """Show the icon as soon as the desktop's tray is there."""
        self._look()
        if self._icon is None:
            self._timer.start()

    def hide(self) -> None:
        """Take the icon away. Twice is harmless."""
        self._timer.stop()
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def show_message(self, title: str, body: str) -> bool:
        """A notification by way of the tray; False where there is none."""
        if self._icon is None or not QSystemTrayIcon.supportsMessages():
            return False
        self._icon.showMessage(title, body, icons.app_icon(), 10_000)
        return True

    def show_others(self, others: Sequence[OtherLine]) -> None:
        """One line in the menu for each organization beside the one in use; a click asks for it."""
        if list(others) != self._others:
            self._others = list(others)
            self._fill_others()
            self.refresh()

    def _fill_others(self) -> None:
        for action in self._other_actions:
            self.menu.removeAction(action)
            action.deleteLater()
        self._other_actions = []
        for other in self._others:
            action = QAction(f"{short_name(other.organization)}: {other.words}".replace("&", "&&"), self.menu)
            action.triggered.connect(lambda _on=False, key=other.key: self.organization_wanted.emit(key))
            self.menu.insertAction(self._below_others, action)
            self._other_actions.append(action)

    def refresh(self) -> None:
        """Shape and sentence as they are now."""
        self.headline.setText(sentence(self._state))
        if self._icon is None:
            return
        look = (shape_with(self._state, self._others), sentence_with(self._state, self._others))
        if look == self._shown:
            return
        self._shown = look
        self._icon.setIcon(icons.tray_icon(look[0]))
        self._icon.setToolTip(look[1])

    def _repaint(self) -> None:
        self._shown = ("", "")
        self.refresh()

    def _look(self) -> None:
        """The new protocol's host first; after five seconds whatever tray there is."""
        self._tries += 1
        there = self._watcher()
        waited = there is False and self._tries <= TRIES
        if waited or not self._possible():
            if self._tries > TRIES:
                self._timer.stop()
            return
        self._timer.stop()
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._shown = ("", "")
        self.refresh()
        self._icon.show()
        self.appeared.emit()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open_wanted.emit()

    def _menu(self, parent: QWidget) -> QMenu:
        menu, actions = QMenu(parent), self._actions
        self.headline = QAction("", menu)
        self.headline.setEnabled(False)
        menu.addAction(self.headline)
        self._below_others = menu.addSeparator()
        self._other_actions = []
        menu.addActions([actions.open, actions.sync, actions.stop])
        menu.addMenu(actions.pause_menu)
        menu.addAction(actions.resume)
        menu.addMenu(actions.snooze_menu)
        menu.addAction(actions.problems)
        menu.addSeparator()
        menu.addActions([actions.settings, actions.quit])
        return menu


def _watcher_there() -> bool | None:
    """Whether the desktop's tray host is on the bus; None where there is no such thing to wait for."""
    if sys.platform in {"win32", "darwin"}:
        return None
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    answer = bus.interface().isServiceRegistered(WATCHER)
    return bool(answer.value()) if answer.isValid() else None


def _tr(words: str) -> str:
    return QCoreApplication.translate("Tray", words)
