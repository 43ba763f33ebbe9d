"""Settings: what is read and how often, window, notifications, the connection, data. Changes count at once.

Invariant: a control shows what holds; one that could not be written jumps back and says why.
"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Feed, Module, Section
from zbdesk.domain.modules import MODULES
from zbdesk.sync.commands import SetModules
from zbdesk.ui import text, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import isolate
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.settings.limits import LimitRows
from zbdesk.ui.settings.policies import PolicyRows
from zbdesk.ui.settings.recognition import RecognitionRows
from zbdesk.ui.settings.rows import CheckGrid, Choice, Rows
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, Label

INTERVALS = (300, 900, 1800, 3600, 7200, 14400)
REST = 400


class SettingsPage(ScrollPage):
    """All settings. ``reconnect_wanted``, ``disconnect_wanted``, ``data_folder_wanted``, ``log_folder_wanted``."""

    reconnect_wanted = Signal()
    disconnect_wanted = Signal()
    data_folder_wanted = Signal()
    log_folder_wanted = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__(self.tr("Settings"))
        self._state, self._bridge, self._preferences = state, bridge, preferences
        self.checks: dict[str, QCheckBox] = {}
        self._grids: list[CheckGrid] = []
        self.banner = Banner()
        self.policies = PolicyRows(state, bridge)
        self.recognition = RecognitionRows(state, bridge)
        self.limits = LimitRows(state, bridge, preferences, self._change)
        self._panels = [
            self._syncing(),
            self._modules(),
            self.limits,
            self.policies,
            self.recognition,
            self._window(),
            self._notifications(),
            self._connection(),
            self._data(),
        ]
        now = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(now.px(4), now.px(3), now.px(4), now.px(4))
        column.setSpacing(now.px(3))
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(Label(self.tr("Settings"), "page"))
        head.addWidget(Label(self.tr("Changes count at once; there is nothing to save."), "body", "text2"))
        column.addLayout(head)
        column.addWidget(self.banner)
        for panel in self._panels:
            column.addWidget(panel)
        column.addStretch(1)
        self.set_body(body)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST)
        self._soon.timeout.connect(self._send_modules)
        preferences.changed.connect(self.refresh)
        preferences.failed.connect(self._not_written)
        state.changed.connect(self._state_changed)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what holds now."""
        super().showEvent(event)
        self.refresh()

    def set_size(self, size: str) -> None:
        """Wide, medium or narrow."""
        for panel in self._panels:
            panel.set_narrow(narrow=size == "narrow")
        for grid in self._grids:
            grid.set_columns(1 if size == "narrow" else 3)

    # ---- groups --------------------------------------------------------------------------------------------------
    def _syncing(self) -> Rows:
        rows = Rows(self.tr("When zbdesk looks"))
        choices = [(self._interval(seconds), float(seconds)) for seconds in INTERVALS]
        self.interval = Choice(choices, self.tr("Look for changes every"))
        self.interval.chosen.connect(self._interval_chosen)
        self._price = rows.add(self.tr("Look for changes every"), self.interval, help_text=" ")
        self.details = QCheckBox(self.tr("Line items of everything"))
        self.details.toggled.connect(lambda on: self._change(fill_details=on))
        rows.add(
            self.tr("Line items"),
            self.details,
            help_text=self.tr(
                "One call a document, newest first, inside the day’s calls. "
                "Without it, line items are read when a record is opened or changes."
            ),
        )
        return rows

    def _modules(self) -> Rows:
        rows = Rows(self.tr("What is read"))
        for section in Section:
            members = [m for m in MODULES.values() if m.section is section and m.feed is not Feed.NESTED]
            if members:
                rows.add(_section_word(section), self._checks(members))
        return rows

    def _checks(self, members: list[Module]) -> QWidget:
        boxes = []
        for module in members:
            check = QCheckBox(module.label)
            check.toggled.connect(lambda _on: self._soon.start())
            self.checks[module.name] = check
            boxes.append(check)
        grid = CheckGrid(boxes)
        self._grids.append(grid)
        return grid

    def _window(self) -> Rows:
        rows = Rows(self.tr("Window"))
        self.scheme = Choice(
            [
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
                (self.tr("High contrast, black"), "contrast"),
                (self.tr("High contrast, white"), "contrast_white"),
            ],
            self.tr("Look"),
        )
        self.scheme.chosen.connect(lambda value: self._change(theme=value))
        self.closing = Choice(
            [
                (self.tr("Ask"), "ask"),
                (self.tr("Keep running near the clock"), "keep_running"),
                (self.tr("Quit"), "quit"),
            ],
            self.tr("Closing the window"),
        )
        self.closing.chosen.connect(lambda value: self._change(close_button=value))
        self.minimised = QCheckBox(self.tr("Begin without a window where there is a tray"))
        self.minimised.toggled.connect(lambda on: self._change(start_minimised=on))
        rows.add(self.tr("Look"), self.scheme)
        rows.add(
            self.tr("Closing the window"),
            self.closing,
            help_text=self.tr("Without a tray, closing the window always quits: zbdesk never runs unseen."),
        )
        rows.add(self.tr("Start"), self.minimised)
        return rows

    def _notifications(self) -> Rows:
        rows = Rows(self.tr("Notifications"))
        self.notices: dict[str, QCheckBox] = {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(1.5))
        for name, words in (
            ("notify", self.tr("Show notifications")),
            ("notify_sign_in", self.tr("when the sign-in has ended")),
            ("notify_problems", self.tr("when something could not be done")),
            ("notify_conflicts", self.tr("when both sides changed the same record")),
            ("notify_first_sync", self.tr("when the first sync is done")),
            ("notify_recovered", self.tr("when it works again")),
        ):
            check = QCheckBox(words)
            check.toggled.connect(lambda on, name=name: self._change(**{name: on}))
            self.notices[name] = check
            column.addWidget(check)
        rows.add(
            self.tr("Tell me"), holder, help_text=self.tr("One for one cause. Names and amounts are never in them.")
        )
        return rows

    def _connection(self) -> Rows:
        rows = Rows(self.tr("Connection"))
        self._organization = Label("", "body", wrap=True, selectable=True)
        self._signed = Label("", "body", wrap=True)
        self.reconnect = Button(self.tr("S&ign in again…"), icon="log-in")
        self.disconnect_button = Button(self.tr("&Disconnect…"), "destructive")
        self.reconnect.clicked.connect(self.reconnect_wanted)
        self.disconnect_button.clicked.connect(self.disconnect_wanted)
        rows.add(self.tr("Organization"), self._organization)
        rows.add(self.tr("Sign-in"), self._signed)
        rows.add(
            self.tr("Change it"),
            self.reconnect,
            self.disconnect_button,
            help_text=self.tr("Signing in again keeps all records and what belongs to them."),
        )
        return rows

    def _data(self) -> Rows:
        rows = Rows(self.tr("Data and logs"))
        self._size = Label("", "body", "text2")
        folder = Button(self.tr("Open data f&older"), icon="folder-open")
        logs = Button(self.tr("Open lo&g folder"), icon="folder-open")
        folder.clicked.connect(self.data_folder_wanted)
        logs.clicked.connect(self.log_folder_wanted)
        rows.add(
            self.tr("On this computer"),
            folder,
            logs,
            self._size,
            help_text=self.tr("Only your own user can read the folder. No password or token is in it or in the logs."),
        )
        return rows

    # ---- what holds ----------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what holds now."""
        settings = self._preferences.settings
        seconds = settings.poll_seconds
        self.interval.show_value(seconds, self._interval(int(seconds)))
        self.scheme.show_value(settings.theme)
        self.closing.show_value(settings.close_button)
        _show_check(self.minimised, on=settings.start_minimised)
        _show_check(self.details, on=settings.fill_details)
        for name, check in self.notices.items():
            _show_check(check, on=bool(getattr(settings, name)))
            check.setEnabled(name == "notify" or settings.notify)
        self.limits.refresh(settings)
        self._show_modules()
        self._show_price()
        self._show_connection()
        if self.isVisible():
            self._read_rules()

    def _read_rules(self) -> None:
        self.policies.refresh()
        self.recognition.refresh()

    def _state_changed(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._read_rules()
            self._show_modules()
            self._show_price()
            self._show_connection()

    def _show_modules(self) -> None:
        known = {counts.module: counts for counts in self._state.modules()}
        connected = bool(known)
        for name, check in self.checks.items():
            counts = known.get(name)
            check.setEnabled(connected)
            _show_check(check, on=counts.enabled if counts is not None else False)
            reason = counts.off_reason if counts is not None else None
            check.setText(f"{MODULES[name].label} ({self.tr('cannot be read')})" if reason else MODULES[name].label)
            check.setToolTip(reason or "")
            check.setAccessibleDescription(reason or "")

    def _show_price(self) -> None:
        seconds = float(self.interval.currentData() or 900)
        chosen = sum(check.isChecked() for check in self.checks.values())
        calls = round(timedelta(days=1).total_seconds() / seconds * chosen)
        formats, budget = self._state.formats, self._state.calls
        words = self.tr("About %1 calls a day when nothing changes").replace("%1", formats.count(calls))
        if budget is not None and budget.limit:
            words = self.tr("About %1 of %2 calls a day when nothing changes")
            words = words.replace("%1", formats.count(calls)).replace("%2", formats.count(budget.limit))
        if "poll_seconds" in self._preferences.overridden():
            words += ". " + self.tr("ZBDESK_POLL_SECONDS holds for this start")
        self._price.setText(words + ".")
        self._price.show()

    def _show_connection(self) -> None:
        overview, formats = self._state.overview, self._state.formats
        connection = overview.connection if overview is not None else None
        self.reconnect.setEnabled(connection is not None)
        self.disconnect_button.setEnabled(connection is not None)
        if connection is None or overview is None:
            self._organization.setText(self.tr("Not connected"))
            return
        organization = connection.organization
        facts = [organization.name, isolate(organization.organization_id), organization.currency_code]
        facts += [text.data_centre(connection.data_centre), organization.plan]
        self._organization.setText(" · ".join(fact for fact in facts if fact))
        since = self.tr("since %1").replace("%1", formats.stamp(connection.connected_at))
        rights = self.tr("read only") if connection.read_only else self.tr("read and write")
        self._signed.setText(" · ".join(part for part in (connection.authorised_by, since, rights) if part))
        self._size.setText(formats.size(overview.database_bytes))

    # ---- changes -------------------------------------------------------------------------------------------------
    def chosen_modules(self) -> tuple[str, ...]:
        """What is ticked, and the nested lists that come with it."""
        chosen = {name for name, check in self.checks.items() if check.isChecked()}
        known = {counts.module for counts in self._state.modules() if counts.enabled}
        nested = {n for n, m in MODULES.items() if m.feed is Feed.NESTED and n in known and m.parent in chosen}
        return tuple(name for name in MODULES if name in chosen | nested)

    def _interval_chosen(self, seconds: object) -> None:
        if isinstance(seconds, float) and self._change(poll_seconds=seconds):
            self._send_modules()

    def _send_modules(self) -> None:
        self._show_price()
        self._bridge.send(SetModules(self.chosen_modules(), self._preferences.settings.poll_seconds))

    def _change(self, **values: object) -> bool:
        self.banner.say("")
        return self._preferences.change(**values)

    def _not_written(self, error: ZbdeskError) -> None:
        self.banner.say(error.title, error.message, "problem")
        self.refresh()

    def _interval(self, seconds: int) -> str:
        if seconds % 3600 == 0:
            hours = seconds // 3600
            return self.tr("hour") if hours == 1 else self.tr("%1 hours").replace("%1", str(hours))
        if seconds % 60 == 0:
            return self.tr("%1 minutes").replace("%1", str(seconds // 60))
        return self.tr("%1 seconds").replace("%1", str(seconds))


def _section_word(section: Section) -> str:
    from PySide6.QtCore import QCoreApplication

    words = {
        Section.SALES: "Sales",
        Section.PURCHASES: "Purchases",
        Section.ACCOUNTANT: "Accountant",
        Section.BANKING: "Banking",
        Section.PROJECTS: "Projects",
        Section.SETTINGS: "Lists and settings",
    }
    return QCoreApplication.translate("Sections", words[section])


def _show_check(check: QCheckBox, *, on: bool) -> None:
    """Show what holds. Only what a person toggles, by pointer, key or screen reader, is a change."""
    check.blockSignals(True)
    check.setChecked(on)
    check.blockSignals(False)
    check.update()
