"""The dashboard: a banner for what stops something, the three answers or the first sync, then panels. Never a blank.

Reads only the state; the list of problems is the one question it asks. Invariant: nothing here is older than the state.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import Action
from zbdesk.domain.views import ProblemView
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.sync.commands import SyncNow
from zbdesk.ui import questions, text, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.dashboard.answers import Answers
from zbdesk.ui.dashboard.calls import CallsPanel
from zbdesk.ui.dashboard.charts import Charts
from zbdesk.ui.dashboard.first_sync import FirstSyncPanel, WaitPanel
from zbdesk.ui.dashboard.lists import ConnectionPanel, LatelyPanel, WaitsPanel
from zbdesk.ui.dashboard.looked import LookedAt
from zbdesk.ui.dashboard.modules import ModulesPanel
from zbdesk.ui.dashboard.webhooks import WebhookLook, WebhooksPanel, is_set_up, leg
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner


class Dashboard(ScrollPage):
    """What is so at one glance.

    ``page_wanted``: the key of another page. ``remedy_wanted``: the action of the banner's button. ``sync_wanted``.
    ``records_wanted``: a module and the ``RecordFilter`` of what stands behind a figure. ``record_wanted``: one record.
    ``webhooks_wanted``: a part of the Webhooks page.
    """

    page_wanted = Signal(str)
    remedy_wanted = Signal(object)
    sync_wanted = Signal()
    records_wanted = Signal(str, object)
    record_wanted = Signal(str, int)
    webhooks_wanted = Signal(str)

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__(self.tr("Dashboard"))
        self._state, self._bridge = state, bridge
        self._looked = LookedAt(preferences, state)
        self.charts = Charts(state, bridge, self._looked.since, self)
        self._size = "wide"
        self._action = Action.NONE
        self._problems: int | None = None
        self.banner = Banner(action=self.tr("Try again"))
        self.answers = Answers()
        self.first = FirstSyncPanel()
        self.modules = ModulesPanel(state)
        self.calls = CallsPanel()
        self.webhooks = WebhooksPanel()
        self.webhooks.hide()
        self._webhook_page: WebhookPage | None = None
        self._webhook_look = WebhookLook(bridge, state, self)
        self.wait = WaitPanel()
        self.connection = ConnectionPanel()
        self.lately = LatelyPanel()
        self.waits = WaitsPanel()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        now = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(now.px(4), now.px(4), now.px(4), now.px(4))
        column.setSpacing(now.px(3))
        for widget in (self.answers, self.first, self.banner):
            column.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setSpacing(now.px(3))
        column.addLayout(self._grid)
        column.addStretch(1)
        self._starts = QVBoxLayout()
        self._ends = QVBoxLayout()
        for side, panels in (
            (self._starts, (self.waits, self.charts.digest, self.charts.months, self.modules)),
            (
                self._ends,
                (
                    *(self.charts.ageing, self.charts.health, self.calls, self.webhooks),
                    *(self.wait, self.lately, self.connection),
                ),
            ),
        ):
            side.setSpacing(now.px(3))
            for panel in panels:
                side.addWidget(panel)
            side.addStretch(1)
        self._arrange()
        self.set_body(body)

    def _go_to_settle(self) -> None:
        """To the problems; where only conflicts wait for a person, to those."""
        overview = self._state.overview
        only_conflicts = overview is not None and overview.conflicts and not overview.problems
        self.page_wanted.emit("conflicts" if only_conflicts else "problems")

    def _connect(self) -> None:
        self._state.changed.connect(self.refresh)
        self.banner.acted.connect(lambda: self.remedy_wanted.emit(self._action))
        self.answers.problems_wanted.connect(self._go_to_settle)
        self.answers.activity_wanted.connect(lambda: self.page_wanted.emit("activity"))
        self.waits.deletion_seen.connect(self._ask_deletion)
        self.waits.link_clicked.connect(lambda: self.page_wanted.emit("problems"))
        self.lately.link_clicked.connect(lambda: self.page_wanted.emit("activity"))
        self.modules.opened.connect(lambda name: self.page_wanted.emit(f"module/{name}"))
        self.modules.link_clicked.connect(lambda: self.page_wanted.emit("settings"))
        self.wait.module_wanted.connect(lambda name: self.page_wanted.emit(f"module/{name}"))
        self.wait.settings_wanted.connect(lambda: self.page_wanted.emit("settings"))
        self.wait.help_wanted.connect(lambda: self.page_wanted.emit("help"))
        self.first.go_on.connect(self.sync_wanted)
        self.charts.digest.record_wanted.connect(self.record_wanted)
        self.charts.digest.seen.connect(self._seen)
        for chart in (self.charts.ageing, self.charts.months):
            chart.opened.connect(lambda where: self.records_wanted.emit("invoices", where))
        self._webhook_look.arrived.connect(self._webhooks_arrived)
        self.webhooks.link_clicked.connect(self._check_webhooks)
        self.waits.webhooks_wanted.connect(self.webhooks_wanted)
        self.charts.health.link_clicked.connect(lambda: self.page_wanted.emit("activity"))
        # "2 minutes ago" grows old without any event.
        self._clock = QTimer(self)
        self._clock.setInterval(10_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Times are right at once."""
        super().showEvent(event)
        self.refresh()
        self.charts.read(again=True)
        self._webhook_look.read()

    def _webhooks_arrived(self, page: WebhookPage) -> None:
        self._webhook_page = page
        self._show_webhooks()

    def _show_webhooks(self) -> None:
        page = self._webhook_page
        self.webhooks.setVisible(page is not None and not self._state.first_sync)
        if page is not None:
            self.webhooks.show_page(page, self._state)
            self.answers.show_webhooks(*leg(page, self._state))

    def _check_webhooks(self) -> None:
        """Run the test of all legs, where it can be watched; where nothing is set up, begin with that."""
        page = self._webhook_page
        self.webhooks_wanted.emit("test" if page is not None and is_set_up(page) else "way")

    def _seen(self) -> None:
        self._looked.now()
        self.charts.read(again=True)

    def set_size(self, size: str) -> None:
        """Wide, medium or narrow."""
        if size != self._size:
            self._size = size
            self._arrange()

    def _arrange(self) -> None:
        narrow = self._size == "narrow"
        self._grid.removeItem(self._starts)
        self._grid.removeItem(self._ends)
        self._grid.addLayout(self._starts, 0, 0)
        self._grid.addLayout(self._ends, 1 if narrow else 0, 0 if narrow else 1)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 0 if narrow else 2)
        self._grid.setColumnMinimumWidth(1, 0 if narrow else theme.current().px(90))
        self.answers.set_stacked(stacked=narrow)
        self.answers.set_short(short=self._size != "wide")
        self.first.set_narrow(narrow=narrow)

    def _tick(self) -> None:
        if self.isVisible():
            self._looked.watch()
            self.refresh()

    def refresh(self) -> None:
        """Take what the state says now."""
        state = self._state
        first = state.first_sync
        self.answers.setVisible(not first)
        self.first.setVisible(first)
        self.wait.setVisible(first)
        for panel in self.charts.panels():
            panel.setVisible(not first)
        self.lately.setVisible(first)
        if first:
            self.first.refresh(state)
            self.wait.refresh(state)
        else:
            self.answers.refresh(state)
        self.lately.refresh(state, most=4 if first else 7)
        self.modules.refresh()
        self.calls.refresh(state)
        self.connection.refresh(state)
        self._show_webhooks()
        self._show_trouble()
        self._show_problems()
        self.charts.read()

    def _show_trouble(self) -> None:
        trouble = self._state.trouble()
        if trouble is None:
            self.banner.say("")
            return
        self._action = trouble.action
        self.banner.say(trouble.title, trouble.message, trouble.role)
        words = text.remedy(trouble.action)
        if self.banner.action is not None:
            self.banner.action.setText(words)
            self.banner.action.setVisible(bool(words))

    def _show_problems(self) -> None:
        count = self._state.overview.problems if self._state.overview is not None else 0
        self.waits.setVisible(bool(count))
        if count == self._problems:
            return
        self._problems = count
        if count:
            self._bridge.read(lambda reader: reader.problems(), self._problems_arrived, owner=self)

    def _problems_arrived(self, problems: list[ProblemView]) -> None:
        self.waits.show_problems(tuple(problems))

    def _ask_deletion(self, problem: ProblemView) -> None:
        """Agreeing reads the module to its end once more and takes over what is gone."""
        overview, module = self._state.overview, problem.module
        if overview is None or overview.connection is None or module is None:
            return
        command = SyncNow(full=True, modules=(module,), confirmed=(module,))
        name = overview.connection.organization.name
        questions.ask_mass_deletion(self.window(), problem.message, name, lambda: self._bridge.send(command))
