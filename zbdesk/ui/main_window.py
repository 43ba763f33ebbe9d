"""The window: menu bar, organization bar, navigation, pages, status line. Without a connection: the wizard instead.

Shows state and sends commands; holds no rule about data. Invariant: it is never hidden unless a tray icon can bring it
back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Action
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.events import CommandFailed, RunFinished
from zbdesk.ui import icons, questions, text, theme
from zbdesk.ui.actions import Actions
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.care.care import Care
from zbdesk.ui.closing.mode import MonthEndBanner, MonthEndMode
from zbdesk.ui.dashboard.page import Dashboard
from zbdesk.ui.importing.opening import Imports
from zbdesk.ui.menus import fill_menu_bar
from zbdesk.ui.navigation import Navigation
from zbdesk.ui.orgbar import OrganizationBar
from zbdesk.ui.pages import MODULE, Pages, lower_entries, upper_entries
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState
from zbdesk.ui.statusbar import StatusLine, state_sentence
from zbdesk.ui.widgets import announce

if TYPE_CHECKING:
    from zbdesk.ui.care.services import Services
    from zbdesk.ui.search.palette import Palette
    from zbdesk.ui.webhooks.acts import Acts

WIDE, MEDIUM = 76, 60
GEOMETRY = "window/geometry"


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
        self._clock, self._data_dir, self._make_wizard = clock, data_dir, make_wizard
        self.make_webhook_acts: Callable[[], Acts] | None = None
        """What the Webhooks page may do beyond reading; set by who has the desk, made when it is first shown."""
        self.tray_available: Callable[[], bool] = lambda: False
        self.services: Services | None = None
        self._quitting = False
        self._size = ""
        self._last_module = ""
        self._page_sentence = ("", False)
        self._question: QMessageBox | None = None
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
        self.imports = Imports(self, state)
        self._connect()
        self._place()

    # ---- building ------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        actions = self.actions_
        self.bar = OrganizationBar(actions.sync, actions.stop, actions.pause_menu, actions.resume, actions.search)
        self.navigation = Navigation(upper_entries(self.state), lower_entries())
        self.pages = Pages(self._make_page)
        self.status = StatusLine()
        self.desk = QWidget()
        column = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(MonthEndBanner(self.month_end, self.state))
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
        a = self.actions_
        a.open.triggered.connect(self.raise_window)
        a.page_wanted.connect(self._go_there)
        a.last_module.triggered.connect(self._go_last_module)
        a.filter.triggered.connect(self._focus_filter)
        a.search.triggered.connect(self.open_search)
        a.copy.triggered.connect(lambda: self._on_records(lambda page: page.copy()))
        a.copy_plain.triggered.connect(lambda: self._on_records(lambda page: page.copy(titles=False)))
        a.new.triggered.connect(lambda: self._on_records(lambda page: page.new_record()))
        a.edit.triggered.connect(lambda: self._on_records(lambda page: page.edit_record()))
        a.details.triggered.connect(lambda: self._on_records(lambda page: page.open_detail()))
        a.browser.triggered.connect(lambda: self._on_records(lambda page: page.open_in_browser()))
        a.export.triggered.connect(lambda: self._on_records(lambda page: page.export()))
        a.print.triggered.connect(lambda: self._on_records(lambda page: page.print_table()))
        a.print_record.triggered.connect(lambda: self._on_records(lambda page: page.print_record()))
        a.columns.triggered.connect(lambda: self._on_records(lambda page: page.menus.choose_columns()))
        a.save_view.triggered.connect(lambda: self._on_records(lambda page: page.views.ask_name()))
        a.next_pane.triggered.connect(self._next_pane)
        a.month_end_mode.triggered.connect(self.month_end.toggle)
        self.month_end.changed.connect(lambda: a.month_end_mode.setChecked(self.month_end.holds))
        a.month_end_mode.setChecked(self.month_end.holds)
        a.import_file.triggered.connect(lambda _checked=False: self.imports.open())
        self.imports.records_wanted.connect(lambda module: self.go(MODULE + module))
        a.data_folder.triggered.connect(lambda: self._open_folder(self._data_dir))
        a.log_folder.triggered.connect(lambda: self._open_folder(self._data_dir / "logs"))
        a.close.triggered.connect(self.close)
        a.minimise.triggered.connect(self.showMinimized)
        a.quit.triggered.connect(self.quit)
        a.organizations.triggered.connect(self.bar.open_menu)
        a.cover.triggered.connect(self.care.cover)
        self.bar.menu_wanted.connect(self._fill_organizations)
        self.bar.switch_wanted.connect(self.switch_wanted)
        self.bar.another_wanted.connect(self.another_wanted)
        self.care.reconnect_wanted.connect(self.reconnect_wanted)
        self.care.switch_wanted.connect(self.switch_wanted)
        self.care.another_wanted.connect(self.another_wanted)
        self.care.ended.connect(self._ended)
        self.navigation.chosen.connect(self.go)
        self.state.changed.connect(self.refresh)
        self.state.run_finished.connect(self._run_finished)
        self.state.command_failed.connect(self._command_failed)
        self.preferences.changed.connect(self._preferences_changed)
        theme.hub().changed.connect(self._fit)

    def _place(self) -> None:
        kept = self.preferences.state(GEOMETRY)
        # restoreGeometry brings a window of a vanished monitor back into sight by itself.
        if kept is None or not self.restoreGeometry(kept):
            screen = self.screen().availableSize()
            frame = QSize(2, self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight) + 2)
            self.resize(QSize(1280, 800).boundedTo(screen - frame).expandedTo(self.minimumSize()))

    def _make_page(self, key: str) -> QWidget:  # noqa: C901, PLR0911 - one return a page
        if key == "dashboard":
            dashboard = Dashboard(self.state, self.bridge, self.preferences)
            dashboard.records_wanted.connect(self.show_records)
            dashboard.record_wanted.connect(self.show_record)
            dashboard.page_wanted.connect(self.go)
            dashboard.webhooks_wanted.connect(self.show_webhooks)
            dashboard.remedy_wanted.connect(self.remedy)
            dashboard.sync_wanted.connect(self.actions_.sync.trigger)
            return self._sized(dashboard)
        if key.startswith(MODULE):
            from zbdesk.ui.records.page import RecordsPage

            records = RecordsPage(key.removeprefix(MODULE), self.state, self.bridge, self.preferences)
            records.sentence.connect(self._say)
            records.settings_wanted.connect(lambda: self.go("settings"))
            return self._sized(records)
        if key == "problems":
            from zbdesk.ui.problems_page import ProblemsPage

            problems = ProblemsPage(self.state, self.bridge, self.preferences)
            problems.sentence.connect(self._say)
            problems.sign_in_wanted.connect(self.reconnect_wanted)
            problems.webhooks_wanted.connect(self.show_webhooks)
            return self._sized(problems)
        if key == "conflicts":
            from zbdesk.ui.conflicts.page import ConflictsPage

            conflicts = ConflictsPage(self.state, self.bridge, self.preferences)
            conflicts.sentence.connect(self._say)
            conflicts.history_wanted.connect(self.show_record)
            return self._sized(conflicts)
        if key == "outgoing":
            from zbdesk.ui.outgoing.page import OutgoingPage

            outgoing = OutgoingPage(self.state, self.bridge, self.preferences)
            outgoing.sentence.connect(self._say)
            return self._sized(outgoing)
        if key == "month_end":
            from zbdesk.ui.closing.page import ClosingPage

            month_end = ClosingPage(self.state, self.bridge, self.month_end)
            month_end.sentence.connect(self._say)
            month_end.record_wanted.connect(self.show_record)
            month_end.records_wanted.connect(self.show_records)
            month_end.page_wanted.connect(self.go)
            return self._sized(month_end)
        if key == "activity":
            from zbdesk.ui.activity.page import ActivityPage

            activity = ActivityPage(self.state, self.bridge)
            activity.record_wanted.connect(self.show_record)
            activity.sentence.connect(self._say)
            return activity
        if key == "sources":
            return self._sized(self._make_sources())
        if key == "webhooks" and self.make_webhook_acts is not None:
            return self._sized(self._make_webhooks(self.make_webhook_acts()))
        if key == "settings":
            return self._sized(self._make_settings())
        from zbdesk.ui.help import HelpPage

        return self._sized(HelpPage(self.actions_.all(), self._data_dir))

    def _make_sources(self) -> QWidget:
        from zbdesk.ui.sources.page import SourcesPage

        page = SourcesPage(self.state, self.bridge, self.preferences)
        page.sentence.connect(self._say)
        page.import_wanted.connect(self.actions_.import_file.trigger)
        page.records_wanted.connect(lambda module: self.go(MODULE + module))
        page.settings_wanted.connect(self._go_programs)
        self.imports.ended.connect(page.refresh)
        return page

    def _go_programs(self) -> None:
        """Where exports and the local interface are set."""
        self.go("settings")
        from zbdesk.ui.settings.page import SettingsPage

        page = self.pages.currentWidget()
        if isinstance(page, SettingsPage):
            page.show_group("programs")

    def _make_webhooks(self, acts: Acts) -> QWidget:
        from zbdesk.ui.webhooks.page import WebhooksPage

        page = WebhooksPage(self.state, self.bridge, self.preferences, acts)
        page.sentence.connect(self._say)
        page.settings_wanted.connect(lambda: self.go("settings"))
        return page

    def _make_settings(self) -> QWidget:
        from zbdesk.ui.settings.page import SettingsPage

        page = SettingsPage(self.state, self.bridge, self.preferences, lambda: self.services)
        page.wanted.connect(self.care.want)
        return page

    def _sized(self, page: QWidget) -> QWidget:
        page.set_size(self._size or "wide")  # type: ignore[attr-defined]
        return page

    # ---- pages ---------------------------------------------------------------------------------------------------
    def go(self, key: str) -> None:
        """Show a page. The keyboard's place goes with it, unless it is in the navigation."""
        focused, before = self.focusWidget(), self.pages.currentWidget()
        inside = before is not None and focused is not None and before.isAncestorOf(focused)
        self._show_page(key)
        if inside:
            self._focus_page()

    def _focus_page(self) -> None:
        """Where work on a page begins."""
        page, records = self.pages.currentWidget(), self.pages.records()
        children = page.findChildren(QWidget) if page is not None and self.pages.key != "dashboard" else []
        first = next((child for child in children if _takes_focus(child)), self.navigation.pages)
        (records.table if records is not None else first).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_page(self, key: str) -> None:
        self._page_sentence = ("", False)
        self.pages.show_key(key)
        self.navigation.show_page(key)
        if key.startswith(MODULE):
            self._last_module = key
        self._say_page()
        self.setWindowTitle(self._title(key))
        a = self.actions_
        acts = (a.filter, a.copy, a.copy_plain, a.details, a.export, a.print, a.print_record, a.columns, a.save_view)
        for action in acts:
            action.setEnabled(key.startswith(MODULE))
        self.actions_.browser.setEnabled(key.startswith(MODULE))
        self.actions_.filter.setEnabled(key.startswith(MODULE) or key == "settings")
        self._allow_writing()

    def _allow_writing(self) -> None:
        """New and Edit, where the module in sight has a form and the connection writes."""
        page = self.pages.records()
        why_not = page.why_no_writing() if page is not None else self.tr("Open a list of records first.")
        for action in (self.actions_.new, self.actions_.edit):
            action.setEnabled(not why_not)
            action.setToolTip(why_not)

    def _go_there(self, key: str) -> None:
        """A command from the tray may come while the window is hidden or behind others."""
        before = self.pages.key
        self.go(key)
        if key == "help" and before not in {"", "help"}:
            from zbdesk.ui.help import HelpPage

            page = self.pages.currentWidget()
            if isinstance(page, HelpPage):
                page.show_topic_of(before)
        self._focus_page()
        if not self.isActiveWindow():
            self.raise_window()

    def show_records(self, module: str, where: RecordFilter) -> None:
        """Show what stands behind a figure."""
        self.go(MODULE + module)
        self._on_records(lambda page: page.filter.set_filter(where))

    def show_record(self, module: str, record_id: int) -> None:
        """Show one record in its table, with its details."""
        self.go(MODULE + module)
        self._on_records(lambda page: page.show_record(record_id))

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

    def _go_last_module(self) -> None:
        keys = [key for key in self.navigation.page_keys() if key.startswith(MODULE)]
        wanted = self._last_module or next((k for k in keys if k == "module/invoices"), keys[0] if keys else "")
        if wanted:
            self.go(wanted)
            self._focus_page()

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
        self._allow_writing()
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
    def _say(self, sentence: str, strong: bool) -> None:
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
            self._say(event.title, True)

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
        if self.services is not None:
            self.services.organizations(self.bar.show_known)

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
        self._keep_place()
        self.quit_wanted.emit()

    def say_finishing(self) -> None:
        """Ending takes longer than a blink: say what for."""
        self.setEnabled(False)
        self.status.say(self.tr("Finishing what is under way…"), strong=True)

    def _on_records(self, then: Callable[..., None]) -> None:
        page = self.pages.records()
        if page is not None:
            then(page)

    def _focus_filter(self) -> None:
        current = self.pages.currentWidget()
        if current is not None and hasattr(current, "focus_search"):
            current.focus_search()
            return
        self._on_records(lambda page: page.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def open_search(self) -> None:
        """The palette over the window, made at its first use."""
        if self.palette_ is None:
            from zbdesk.ui.search import make_palette

            self.palette_ = make_palette(self)
        self.palette_.open()

    def _next_pane(self) -> None:
        page = self.pages.records()
        stops: list[QWidget] = [self.navigation.pages]
        if page is not None:
            stops += [page.filter.field, page.table]
            if page.detail.isVisible():
                stops.append(page.detail.close_button)
        else:
            current = self.pages.currentWidget()
            children = current.findChildren(QWidget) if current is not None else []
            stops += [child for child in children if _takes_focus(child)][:1]
        stops.append(self.bar.sync if self.bar.sync.isVisible() else self.bar.stop)
        focused = self.focusWidget()
        here = next((at for at, stop in enumerate(stops) if stop is focused), -1)
        stops[(here + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def _fill_records_menu(self, menu: QMenu) -> None:
        for key in self.navigation.page_keys():
            if key.startswith(MODULE):
                icon = icons.icon(text.module_icon(key.removeprefix(MODULE)))
                action = menu.addAction(icon, self.navigation.title(key))
                action.triggered.connect(lambda _checked=False, key=key: self.go(key))

    @staticmethod
    def _open_folder(folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # ---- closing -------------------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep running near the clock or quit, as chosen; asked once; without a tray it quits."""
        self._keep_place()
        if self._quitting:
            event.accept()
            return
        event.ignore()
        choice = self.preferences.settings.close_button
        if not self.tray_available() or self.wizard is not None or choice == "quit":
            self.quit()
        elif choice == "keep_running":
            self.hide()
        else:
            self.ask_close()

    def ask_close(self) -> None:
        """The question of the first close. Its answer holds from then on and can be changed in Settings."""
        if self._question is not None:
            self._question.raise_()
            return
        self._question = questions.ask_close(self, self._closed_as)
        self._question.finished.connect(self._question_gone)

    def _closed_as(self, answer: str) -> None:
        if answer == "keep_running":
            self.preferences.change(close_button="keep_running")
            self.hide()
        elif answer == "quit":
            self.preferences.change(close_button="quit")
            self.quit()

    def _question_gone(self) -> None:
        self._question = None

    def _keep_place(self) -> None:
        self.preferences.keep_state(GEOMETRY, self.saveGeometry())

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


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
