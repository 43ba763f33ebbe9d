"""The window's commands, once each: menu bar, tray menu and buttons show the same actions.

Must not know a page. Invariant: every command of the tray is in the menu bar too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from zbdesk.domain.errors import Action
from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.sync.commands import Pause, Resume, Stop, SyncNow
from zbdesk.ui import icons
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.state import DeskState

MORNING = 7


def tomorrow_morning(now: datetime, zone: tzinfo) -> datetime:
    """Seven o'clock of the next day in the organization's zone."""
    local = now.astimezone(zone) + timedelta(days=1)
    return local.replace(hour=MORNING, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)


class Actions(QObject):
    """All commands. The rest are actions that the window connects.

    ``page_wanted``: the key of a page. ``snooze_wanted``: no notifications until that moment; None ends it.
    """

    page_wanted = Signal(str)
    snooze_wanted = Signal(object)

    def __init__(self, state: DeskState, bridge: Bridge, parent: QWidget) -> None:  # noqa: PLR0915 - one line an action
        super().__init__(parent)
        self._state, self._bridge = state, bridge
        self._all: list[QAction] = []
        std = QKeySequence.StandardKey
        tr = self.tr
        self.open = self._action(tr("&Open zbdesk"))
        self.sync = self._action(tr("Sync &now"), "F5", "refresh-cw")
        self.stop = self._action(tr("Sto&p"), "F5", "square")
        self.full = self._action(tr("Read &everything again"))
        self.resume = self._action(tr("Res&ume"), icon="play")
        self.dashboard = self._page(tr("&Dashboard"), "Ctrl+1", "dashboard")
        self.conflicts = self._page(tr("&Conflicts"), "Ctrl+2", "conflicts")
        self.problems = self._page(tr("&Problems"), "Ctrl+3", "problems")
        self.outgoing = self._page(tr("&Outgoing"), "Ctrl+4", "outgoing")
        self.last_module = self._action(tr("&Last records"), "Ctrl+5")
        self.webhooks = self._page(tr("&Webhooks"), "Ctrl+6", "webhooks")
        self.activity = self._page(tr("&Activity"), "Ctrl+7", "activity")
        self.month_end = self._page(tr("&Month end"), "Ctrl+8", "month_end")
        self.month_end_mode = self._action(tr("Month end mo&de"))
        self.month_end_mode.setCheckable(True)
        self.settings = self._page(tr("&Settings…"), "Ctrl+,", "settings", "settings")
        self.help = self._page(tr("&Keys and help"), std.HelpContents, "help")
        self.new = self._action(tr("&New record…"), std.New, "plus")
        self.edit = self._action(tr("&Edit record…"), "Ctrl+E", "pencil")
        self.search = self._action(tr("Searc&h…"), "Ctrl+K", "search")
        self.search.setObjectName("search")
        self.filter = self._action(tr("&Filter"), std.Find)
        self.copy = self._action(tr("&Copy rows"))
        self.copy_plain = self._action(tr("Copy without t&itles"), "Ctrl+Shift+C")
        self.details = self._action(tr("&Details"), "Alt+Return")
        self.browser = self._action(tr("Open in &Zoho Books"), "Ctrl+Return")
        self.export = self._action(tr("&Export…"), "Ctrl+Shift+E")
        self.print = self._action(tr("&Print table…"), std.Print)
        self.print_record = self._action(tr("P&rint record…"), "Ctrl+Shift+P")
        self.columns = self._action(tr("Col&umns…"))
        self.save_view = self._action(tr("Save &this view…"))
        self.import_file = self._action(tr("&Import a file…"), "Ctrl+I", "file-plus")
        self.organizations = self._action(tr("Change or&ganization…"), "Ctrl+Shift+O", "building-2")
        self.cover = self._action(tr("Co&ver the window"), "Ctrl+Shift+H", "eye-off")
        self.next_pane = self._action(tr("&Next part of the window"), "F6")
        self.data_folder = self._action(tr("Open &data folder"))
        self.log_folder = self._action(tr("Open &log folder"))
        self.close = self._action(tr("&Close window"), "Ctrl+W")
        self.minimise = self._action(tr("&Minimise"))
        self.quit = self._action(tr("&Quit zbdesk"), "Ctrl+Q")
        self.about = self._action(tr("&About zbdesk"))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.pause_menu = QMenu(tr("Pa&use"), parent)
        self.pause_menu.setIcon(icons.icon("pause"))
        self.pause_menu.aboutToShow.connect(self._fill_pause)
        self._fill_pause()
        self.snooze_menu = QMenu(tr("&Mute notifications"), parent)
        self.snooze_menu.setIcon(icons.icon("bell"))
        self.snoozed_until: datetime | None = None
        self.snooze_menu.aboutToShow.connect(self._fill_snooze)
        self._fill_snooze()
        self.sync.triggered.connect(lambda: bridge.send(SyncNow()))
        self.full.triggered.connect(lambda: bridge.send(SyncNow(full=True)))
        self.stop.triggered.connect(self._stop)
        self.resume.triggered.connect(lambda: bridge.send(Resume()))
        state.changed.connect(self.refresh)
        self.refresh()

    def all(self) -> list[QAction]:
        """Every action, for the list of keys."""
        return list(self._all)

    def refresh(self) -> None:
        """What can be done now."""
        state = self._state
        connected = state.overview is not None and state.overview.connection is not None
        signed_in = state.connection_state is not ConnectionState.NEEDS_SIGN_IN
        signed_in = signed_in and state.engine_state is not EngineState.SIGNED_OUT
        running, paused = state.running, state.engine_state is EngineState.PAUSED
        self.sync.setEnabled(connected and signed_in and not running)
        self.sync.setVisible(not running)
        self.full.setEnabled(connected and signed_in and not running)
        self.import_file.setEnabled(connected)
        self.stop.setVisible(running)
        self.stop.setEnabled(running and not state.stopping)
        self.stop.setText(self.tr("Stopping…") if state.stopping else self.tr("Sto&p"))
        self.pause_menu.menuAction().setVisible(not paused)
        self.pause_menu.setEnabled(connected)
        self.pause_menu.menuAction().setEnabled(connected)
        self.resume.setVisible(paused)
        if self.snoozed_until is not None and self.snoozed_until <= state.now():
            self.snooze(None)
        # The wizard has keys of its own, F1 among them: what belongs to the pages behind it rests meanwhile.
        pages = connected or state.error is not None
        for action in (
            self.dashboard, self.conflicts, self.problems, self.outgoing, self.last_module, self.webhooks,
            self.activity, self.settings, self.help, self.next_pane, self.search, self.month_end, self.month_end_mode,
        ):  # fmt: skip
            action.setEnabled(pages)

    def pause_until(self, until: datetime | None) -> None:
        """No scheduled run until then; None until a person resumes."""
        self._bridge.send(Pause(until))

    def snooze(self, until: datetime | None) -> None:
        """Say nothing until then; None ends it. The menu's title says how long."""
        self.snoozed_until = self._state.snoozed_until = until
        shown = self._state.formats.time(until) if until is not None else ""
        title = self.tr("Notifications &muted until %1").replace("%1", shown) if until else ""
        self.snooze_menu.setTitle(title or self.tr("&Mute notifications"))
        self.snooze_wanted.emit(until)

    def needs(self, action: Action) -> QAction | None:
        """The action that is the remedy of an error, where a command is."""
        return {
            Action.RETRY: self.sync,
            Action.UNLOCK_KEYCHAIN: self.sync,
            Action.SET_CLOCK: self.sync,
            Action.CHECK_SETTINGS: self.settings,
            Action.FREE_SPACE: self.data_folder,
            Action.RESTORE_BACKUP: self.data_folder,
            Action.REPORT: self.log_folder,
        }.get(action)

    def _stop(self) -> None:
        self._state.say_stopping()
        self._bridge.send(Stop())

    def _fill_pause(self) -> None:
        """Times are worked out when the menu opens."""
        self._fill_times(self.pause_menu, self.pause_until)
        self.pause_menu.addAction(self.tr("Until I &resume")).triggered.connect(lambda: self.pause_until(None))

    def _fill_snooze(self) -> None:
        self._fill_times(self.snooze_menu, self.snooze)
        if self.snoozed_until is not None:
            self.snooze_menu.addSeparator()
            self.snooze_menu.addAction(self.tr("&Show them again")).triggered.connect(lambda: self.snooze(None))

    def _fill_times(self, menu: QMenu, then: Callable[[datetime], None]) -> None:
        menu.clear()
        now, formats = self._state.now(), self._state.formats
        for words, until in (
            (self.tr("&30 minutes"), now + timedelta(minutes=30)),
            (self.tr("&1 hour"), now + timedelta(hours=1)),
            (self.tr("Until &tomorrow"), tomorrow_morning(now, formats.zone)),
        ):
            shown = self.tr("until %1").replace("%1", formats.time(until))
            action = menu.addAction(f"{words}\t{shown}")
            action.triggered.connect(lambda _checked=False, until=until: then(until))

    def _page(self, words: str, keys: str | QKeySequence.StandardKey, key: str, icon: str | None = None) -> QAction:
        action = self._action(words, keys, icon)
        action.triggered.connect(lambda: self.page_wanted.emit(key))
        return action

    def _action(
        self, words: str, keys: str | QKeySequence.StandardKey | None = None, icon: str | None = None
    ) -> QAction:
        action = QAction(words, self.parent())
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        if icon is not None:
            action.setIcon(icons.icon(icon))
        # macOS moves what sounds like settings, about or quit into its own menu, unless it is told not to guess.
        action.setMenuRole(QAction.MenuRole.NoRole)
        self._all.append(action)
        return action
