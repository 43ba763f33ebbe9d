"""The window: menu bar, organization bar, navigation, pages, status line. Without a connection: the wizard instead.

Shows state and sends commands; holds no rule about data. Invariant: it is never hidden unless a tray icon can bring it
back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Action
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.events import CommandFailed, RunFinished
from zbdesk.ui import icons, text, theme, window_place
from zbdesk.ui.actions import Actions
from zbdesk.ui.beginning import Beginning
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.care.care import Care
from zbdesk.ui.care.neighbours import Neighbours
from zbdesk.ui.closing.mode import MonthEndBanner, MonthEndMode
from zbdesk.ui.closing_choice import ClosingChoice
from zbdesk.ui.importing.opening import Imports
from zbdesk.ui.menus import fill_menu_bar
from zbdesk.ui.navigation import Navigation
from zbdesk.ui.orgbar import OrganizationBar
from zbdesk.ui.page_maker import PageMaker
from zbdesk.ui.pages import MODULE, Pages, lower_entries, upper_entries
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState
from zbdesk.ui.statusbar import StatusLine, state_sentence
from zbdesk.ui.updates import UpdateBanner
from zbdesk.ui.widgets import announce
from zbdesk.ui.window_commands import WindowCommands

if TYPE_CHECKING:
    from zbdesk.ui.care.services import Services
    from zbdesk.ui.search.palette import Palette
    from zbdesk.ui.webhooks.acts import Acts

WIDE, MEDIUM = 76, 60


class MainWindow(QMainWindow):
    """One data directory's window.

    ``quit_wanted``: end the program. ``reconnect_wanted``: sign in again. ``disconnect_wanted``: with True, records go
    too. ``forget_wanted``: drop the record map. ``switch_wanted``: use the organization of this key.
    ``another_wanted``: connect one more. ``first_answer``: the database has said whether there is a connection.
    """

    quit_wanted = Signal()
    reconnect_wanted = Signal()
    disconnect_wanted = Signal(bool)
    forget_wanted = Signal()
    switch_wanted = Signal(int)
    another_wanted = Signal()
    retry_wanted = Signal()
    first_answer = Signal()

    def __init__(
        self,
        state: DeskState,
        bridge: Bridge,
        preferences: Preferences,
        clock: Clock,
        data_dir: Path,
        *,
        make_wizard: Callable[[], QWidget] | None = None,
    ) -> None:
        super().__init__()
        self.state, self.bridge, self.preferences = state, bridge, preferences
        self._clock, self.data_dir, self._make_wizard = clock, data_dir, make_wizard
        self.make_webhook_acts: Callable[[], Acts] | None = None
        """What the Webhooks page may do beyond reading; set by who has the desk, made when it is first shown."""
        self.tray_available: Callable[[], bool] = lambda: False
        self.services: Services | None = None
        self._quitting = False
        self._size = ""
        self._last_module = ""
        self._page_sentence = ("", False)
        self.wizard: QWidget | None = None
        self.palette_: Palette | None = None
        self.setWindowTitle("zbdesk")
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(760, 520)
        self.actions_ = Actions(state, bridge, self)
        self.month_end = MonthEndMode(state, bridge, preferences, self)
        self._build()
        fill_menu_bar(self.menuBar(), self.actions_, self._fill_records_menu)
        self.addActions(self.actions_.all())
        self.care = Care(self, state, bridge, self.actions_, lambda: self.services)
        self.neighbours = Neighbours(state, lambda: self.services, self)
        self.bar.follow(self.neighbours)
        self.imports = Imports(self, state)
        self._commands = WindowCommands(self)
        self._closing = ClosingChoice(self)
        self._beginning = Beginning(self.navigation.pages)
        self._connect()
        window_place.restore(self, preferences)

    # ---- building ------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        actions = self.actions_
        self.bar = OrganizationBar(actions.sync, actions.stop, actions.pause_menu, actions.resume, actions.search)
        self.navigation = Navigation(upper_entries(self.state), lower_entries())
        self.pages = Pages(PageMaker(self).make)
        self.status = StatusLine()
        self.desk = QWidget()
        column = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(MonthEndBanner(self.month_end, self.state))
        self.update_banner = UpdateBanner()
        column.addWidget(self.update_banner)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.pages, 1)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.root = QStackedWidget()
        self.root.addWidget(self.desk)
        self.setCentralWidget(self.root)

    def _connect(self) -> None:
        self.imports.records_wanted.connect(lambda module: self.go(MODULE + module))
        self.bar.menu_wanted.connect(self._fill_organizations)
        self.bar.switch_wanted.connect(self.switch_wanted)
        self.bar.another_wanted.connect(self.another_wanted)
        self.care.reconnect_wanted.connect(self.reconnect_wanted)
        self.care.switch_wanted.connect(self.switch_wanted)
        self.care.another_wanted.connect(self.another_wanted)
        self.care.ended.connect(self._ended)
        self.care.leave_wanted.connect(self.quit)
        self.navigation.chosen.connect(self.go)
        self.state.changed.connect(self.refresh)
        self.state.run_finished.connect(self._run_finished)
        self.state.command_failed.connect(self._command_failed)
        self.preferences.changed.connect(self._preferences_changed)
        theme.hub().changed.connect(self._fit)

    # ---- pages ---------------------------------------------------------------------------------------------------
    def go(self, key: str) -> None:
        """Show a page. The keyboard's place goes with it, unless it is in the navigation."""
        focused, before = self.focusWidget(), self.pages.currentWidget()
        inside = before is not None and focused is not None and before.isAncestorOf(focused)
        self._show_page(key)
        if inside:
            self.focus_page()

    def focus_page(self) -> None:
        """Put the keyboard's place where work on a page begins."""
        page, records = self.pages.currentWidget(), self.pages.records()
        here = page if self.pages.key != "dashboard" else None
        self._beginning.put(here, records.table if records is not None else None)

    def _show_page(self, key: str) -> None:
        self._page_sentence = ("", False)
        self.pages.show_key(key)
        self.navigation.show_page(key)
        if key.startswith(MODULE):
            self._last_module = key
        self._say_page()
        self.setWindowTitle(self._title(key))
        self._commands.join_page()

    def show_records(self, module: str, where: RecordFilter) -> None:
        """Show what stands behind a figure."""
        self.go(MODULE + module)
        page = self.pages.records()
        if page is not None:
            page.filter.set_filter(where)

    def show_record(self, module: str, record_id: int) -> None:
        """Show one record in its table, with its details."""
        self.go(MODULE + module)
        page = self.pages.records()
        if page is not None:
            page.show_record(record_id)

    def show_programs(self) -> None:
        """Show where exports and the local interface are set."""
        from zbdesk.ui.settings.page import SettingsPage

        self.go("settings")
        page = self.pages.currentWidget()
        if isinstance(page, SettingsPage):
            page.show_group("programs")

    def go_last_module(self) -> None:
        """Show the table that was in sight last, or the invoices."""
        keys = [key for key in self.navigation.page_keys() if key.startswith(MODULE)]
        wanted = self._last_module or next((k for k in keys if k == "module/invoices"), keys[0] if keys else "")
        if wanted:
            self.go(wanted)
            self.focus_page()

    def show_webhooks(self, part: str) -> None:
        """Show the Webhooks page with one of its parts: test, way, secret, guide or deliveries."""
        from zbdesk.ui.webhooks.page import WebhooksPage

        self.go("webhooks")
        page = self.pages.currentWidget()
        if isinstance(page, WebhooksPage):
            page.open_part(part)

    def _title(self, key: str) -> str:
        overview = self.state.overview
        parts = [self.navigation.title(key)]
        if overview is not None and overview.connection is not None:
            parts.append(overview.connection.organization.name)
        return " – ".join([*(part for part in parts if part), "zbdesk"])

    def refresh(self) -> None:
        """Take what the state says now: wizard or desk, bar, counts, status."""
        overview = self.state.overview
        if overview is None:
            if self.state.error is not None and not self.pages.key:
                self.go("dashboard")
                self.first_answer.emit()
            return
        if overview.connection is None:
            self._show_wizard()
            return
        self._leave_wizard()
        self.bar.show_connection(overview.connection)
        self.bar.show_paused(paused=self.actions_.resume.isVisible())
        self.navigation.replace(upper_entries(self.state))
        for key, count, role, words in (
            ("conflicts", overview.conflicts, "attention", self.tr("%1 to settle")),
            ("problems", overview.problems, "problem", self.tr("%1 open")),
            ("outgoing", overview.pending + overview.unknown, "text2", self.tr("%1 to leave")),
        ):
            figure = self.state.formats.count(count) if count else ""
            self.navigation.count(key, figure, role=role, spoken=words.replace("%1", str(count)) if count else "")
        self._commands.allow_writing()
        self.status.show_calls(self.state.calls, self.state.formats)
        if not self.pages.key:
            self.go("dashboard")
            self.navigation.pages.setFocus()
            self.first_answer.emit()
        else:
            self.navigation.show_page(self.pages.key)
        self._say_page()

    # ---- wizard --------------------------------------------------------------------------------------------------
    def _show_wizard(self) -> None:
        if self.wizard is None and self._make_wizard is not None:
            self.wizard = self._make_wizard()
            self.root.addWidget(self.wizard)
            self.root.setCurrentWidget(self.wizard)
            self.menuBar().setVisible(False)
            self.setWindowTitle(self.tr("Connect Zoho Books – zbdesk"))
            self.first_answer.emit()

    def _leave_wizard(self) -> None:
        if self.wizard is None:
            return
        wizard, self.wizard = self.wizard, None
        self.menuBar().setVisible(True)
        self.root.setCurrentWidget(self.desk)
        self.root.removeWidget(wizard)
        wizard.deleteLater()
        self.pages.forget()

    # ---- the foot ------------------------------------------------------------------------------------------------
    def say(self, sentence: str, strong: bool) -> None:
        """A page's own sentence in the status line; empty gives the line back to the connection's state."""
        self._page_sentence = (sentence, strong)
        self._say_page()

    def _say_page(self) -> None:
        sentence, strong = self._page_sentence
        self.status.say(sentence or state_sentence(self.state), strong=strong and bool(sentence))

    def _run_finished(self, event: RunFinished) -> None:
        announce(self, self.tr("Sync: %1").replace("%1", text.run_result(event.result)))

    def _command_failed(self, event: CommandFailed) -> None:
        announce(self, f"{event.title} {event.message}", urgent=True)
        if self.pages.key != "dashboard":
            self.say(event.title, True)

    # ---- commands ------------------------------------------------------------------------------------------------
    def remedy(self, action: Action) -> None:
        """Do what an error's button says."""
        if action is Action.SIGN_IN:
            self.reconnect_wanted.emit()
            return
        if self.state.error is not None or action is Action.CLOSE_OTHER:
            self.retry_wanted.emit()
            if action in {Action.RETRY, Action.CLOSE_OTHER, Action.NONE}:
                return
        self.state.forget_failure()
        command = self.actions_.needs(action)
        if command is not None:
            command.trigger()

    def _ended(self, what: str) -> None:
        """A person agreed to end something."""
        if what == "forget":
            self.forget_wanted.emit()
        else:
            self.disconnect_wanted.emit(what == "delete")

    def _fill_organizations(self) -> None:
        """The bar's menu opens: say who is known."""
        self.neighbours.look()

    def raise_window(self) -> None:
        """Come to the front; never hides a window that is merely behind others."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """End the program, whatever closing the window means."""
        self._quitting = True
        self.keep_place()
        self.quit_wanted.emit()

    def say_finishing(self) -> None:
        """Ending takes longer than a blink: say what for."""
        self.setEnabled(False)
        self.status.say(self.tr("Finishing what is under way…"), strong=True)

    def _fill_records_menu(self, menu: QMenu) -> None:
        for key in self.navigation.page_keys():
            if key.startswith(MODULE):
                icon = icons.icon(text.module_icon(key.removeprefix(MODULE)))
                action = menu.addAction(icon, self.navigation.title(key))
                action.triggered.connect(lambda _checked=False, key=key: self.go(key))

    def open_search(self) -> None:
        """The palette over the window, made at its first use."""
        if self.palette_ is None:
            from zbdesk.ui.search import make_palette

            self.palette_ = make_palette(self)
        self.palette_.open()

    # ---- closing -------------------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep running near the clock or quit, as chosen; asked once; without a tray it quits."""
        self.keep_place()
        if self._quitting:
            event.accept()
            return
        event.ignore()
        self._closing.closed()

    def keep_place(self) -> None:
        """Remember where the window stands, for the next start."""
        window_place.keep(self, self.preferences)

    @property
    def breadth(self) -> str:
        """How much room there is: ``wide``, ``medium`` or ``narrow``."""
        return self._size or "wide"

    # ---- size ----------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide, medium or narrow."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Text size counts like a narrow window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        width = theme.current().em(self.width())
        size = "wide" if width >= WIDE else "medium" if width >= MEDIUM else "narrow"
        if size == self._size:
            return
        self._size = size
        self.navigation.set_rail(rail=size != "wide")
        self.bar.set_narrow(narrow=size == "narrow")
        self.status.set_narrow(narrow=size == "narrow")
        for page in self.pages.made().values():
            if hasattr(page, "set_size"):
                page.set_size(size)

    def _preferences_changed(self) -> None:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.preferences.settings.theme)
