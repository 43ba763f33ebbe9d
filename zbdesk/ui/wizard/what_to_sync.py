"""The last page: modules, direction, interval, line items, and what all this costs, before anything is stored."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.app.log import note_told
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.ui import theme
from zbdesk.ui.formats import Formats, plural
from zbdesk.ui.tasks import Tasks
from zbdesk.ui.widgets import Banner, Button, Combo, Fold, Label, Segmented, announce, gap, pad
from zbdesk.ui.wizard.connector import Connector
from zbdesk.ui.wizard.estimate import calls_per_day, detail_days, estimate
from zbdesk.ui.wizard.module_table import OFFERED, USUAL, ModuleTable
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import Session
from zbdesk.ui.wizard.summary import Summary

_INTERVALS = (300, 900, 1800, 3600, 14400)


class WhatToSyncPage(Page):
    """Signal: ``stored(Connection)``: everything is kept, the first sync may begin."""

    key = "what_to_sync"
    step = 4
    stored = Signal(object)

    def __init__(self, session: Session, connector: Connector, tasks: Tasks) -> None:
        super().__init__(session, wide=True)
        self._connector = connector
        self._tasks = tasks
        self._counting_for = ""
        self._storing = False
        self._more = False
        self.say(
            self.tr("What to sync"),
            self.tr("Choose the modules and their direction; all of it can be changed later in Settings."),
        )
        self.problem = Banner("", "", "problem")
        self.content.addWidget(self.problem)
        left = QVBoxLayout()
        gap(left, 3)
        self.direction = Segmented(
            [("read_only", self.tr("Read &only for now")), ("both", self.tr("Both wa&ys"))],
            name=self.tr("Direction"),
        )
        self.direction.changed.connect(self._chosen)
        self.direction_note = Label("", "caption", "text2", wrap=True)
        left.addWidget(self.direction)
        left.addWidget(self.direction_note)
        self.table = ModuleTable()
        self.table.chosen.connect(self._chosen)
        left.addWidget(self.table)
        left.addWidget(self._more_button())
        left.addWidget(self._choices_fold(), 0, Qt.AlignmentFlag.AlignLeading)
        left.addWidget(self.choices_panel)
        self.count_note = Banner("", "", "note")
        left.addWidget(self.count_note)
        left.addStretch()
        self.summary = Summary()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        gap(self._columns, 6)
        self._columns.addLayout(left, 1)
        side = QVBoxLayout()
        side.addWidget(self.summary)
        side.addStretch()
        self._columns.addLayout(side)
        self.content.addLayout(self._columns)

    def _more_button(self) -> Button:
        self.more = Button("", "quiet", "chevron-right", at_start=True)
        self.more.clicked.connect(self._toggle_more)
        return self.more

    def _choices_fold(self) -> Fold:
        """What has a default that works for everybody is not asked: it is there for who looks for it."""
        self.choices_panel = QWidget()
        column = QVBoxLayout(self.choices_panel)
        pad(column, 5.75, 0, 0, 0)
        gap(column, 3)
        column.addLayout(self._interval())
        column.addWidget(self._details())
        self.choices_fold = Fold(self.tr("How often, and l&ine items"), self.choices_panel)
        return self.choices_fold

    def _details(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.details = QCheckBox(self.tr("&Line items of everything"))
        self.details.toggled.connect(self._chosen)
        self.details_price = Label("", "caption", "text2", wrap=True)
        row = QHBoxLayout()
        pad(row, 5.75, 0, 0, 0)
        row.addWidget(self.details_price)
        column.addWidget(self.details, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(row)
        return holder

    def _interval(self) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        gap(row, 3)
        label = Label(self.tr("Loo&k for changes every"), "strong")
        self.interval = Combo(self.tr("Look for changes every"))
        for seconds in _INTERVALS:
            self.interval.addItem(_interval_text(seconds), userData=seconds)
        self.interval.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.interval.setMinimumWidth(theme.current().px(32))
        self.interval.currentIndexChanged.connect(self._chosen)
        label.setBuddy(self.interval)
        row.addWidget(label)
        row.addWidget(self.interval)
        self._interval_note = Label(self.tr("Seconds later when webhooks are set up."), "caption", "text2", wrap=True)
        row.addWidget(self._interval_note, 1)
        self._interval_row = row
        return row

    def arrange(self, em: float) -> None:
        """See ``Page``."""
        look = theme.current()
        beside = em >= 52
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self.summary.setFixedWidth(
            look.px(74 if em >= 62 else 62) if beside else min(self.width() - look.px(12), look.px(120))
        )
        across = QBoxLayout.Direction.LeftToRight if em >= 40 else QBoxLayout.Direction.TopToBottom
        self._interval_row.setDirection(across)

    # -- showing ------------------------------------------------------------------------------------------------------

    def entered(self) -> None:
        """See ``Page``."""
        draft = self.session.draft
        organization = self.session.organization()
        if not draft.modules_chosen:
            draft.modules = list(USUAL)
            draft.modules_chosen = True
        self.table.rows.chosen = set(draft.modules)
        self.table.rows.counts = self.session.counts
        if organization is not None:
            self.table.rows.formats = Formats(organization)
        if draft.reading_only_scopes:
            draft.read_only = True
        self.direction.set_value("read_only" if draft.read_only else "both")
        self.direction.setEnabled(not draft.reading_only_scopes)
        self.details.setChecked(draft.details)
        at = self.interval.findData(int(draft.poll_seconds))
        if at < 0:
            self.interval.addItem(_interval_text(int(draft.poll_seconds)), userData=int(draft.poll_seconds))
            at = self.interval.count() - 1
        self.interval.setCurrentIndex(at)
        extra = any(name not in USUAL for name in draft.modules)
        self._more = self._more or extra
        self._show_rows()
        self._show()
        self._count()

    def _show_rows(self) -> None:
        rest = len(OFFERED) - len(USUAL)
        self.table.show_names(OFFERED if self._more else USUAL)
        self.more.show_icon("chevron-down" if self._more else "chevron-right")
        words = (
            self.tr("Fewer &modules") if self._more else self.tr("%1 &more modules, all off").replace("%1", str(rest))
        )
        self.more.setText(words)

    def _toggle_more(self) -> None:
        hidden = [name for name in self.table.rows.chosen if name not in USUAL]
        self._more = not self._more or bool(hidden)
        self._show_rows()
        self._count()

    def _chosen(self, *_: object) -> None:
        draft = self.session.draft
        chosen = self.table.rows.chosen
        draft.modules = [name for name in MODULES if name in chosen]
        draft.read_only = self.direction.value == "read_only"
        draft.details = self.details.isChecked()
        draft.poll_seconds = float(self.interval.currentData() or draft.poll_seconds)
        self._show()

    def _show(self) -> None:
        draft = self.session.draft
        organization = self.session.organization()
        if organization is None:
            return
        formats = Formats(organization)
        guess = estimate(draft.modules, self.session.counts, calls_per_minute=self.session.settings.calls_per_minute)
        per_day = calls_per_day(organization)
        if draft.reading_only_scopes:
            note = self.tr("This sign-in was asked for reading only.")
        elif draft.read_only:
            note = self.tr("zbdesk never writes to Zoho Books until this is changed in Settings.")
        else:
            note = self.tr("What changes in Zoho Books comes here; what you enter or import here goes there.")
        self.direction_note.setText(note)
        self.details_price.setText(self._price(formats, guess.detail_calls, per_day))
        self.summary.show_plan(
            organization,
            guess,
            modules=len(draft.modules),
            per_day=per_day,
            read_only=draft.read_only,
            details=draft.details,
        )
        self.changed.emit()

    def _price(self, formats: Formats, calls: int, per_day: int | None) -> str:
        if not calls:
            return self.tr("One call a record; without it, line items are read when a record is opened or changes.")
        days = detail_days(calls, per_day)
        words = self.tr("%1 calls more, newest first").replace("%1", formats.count(calls))
        if days is not None:
            span = plural("WhatToSyncPage", "over about %n day(s)", days, "over about %n day", "over about %n days")
            words = f"{words}, {span}"
        rest = self.tr("Without it, line items are read when a record is opened or changes.")
        return f"{words}. {rest}"

    # -- counting -----------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        wanted = [
            name
            for name in self.table.rows.names
            if name not in self.session.counts and MODULES[name].feed is not Feed.NESTED
        ]
        organization_id = self.session.draft.organization_id
        if not wanted or self._counting_for == organization_id + str(len(self.table.rows.names)):
            return
        self._counting_for = organization_id + str(len(self.table.rows.names))
        self._tasks.start(self._read_counts(organization_id, wanted), fail=self._not_counted)

    async def _read_counts(self, organization_id: str, wanted: list[str]) -> None:
        self.count_note.say("")
        async for name, count in self._connector.counts(wanted):
            if organization_id != self.session.draft.organization_id:
                return
            self.session.counts[name] = count
            self.table.rows.counts = self.session.counts
            self.table.rows.rows_changed()
            self._show()
        for name in wanted:
            self.session.counts.setdefault(name, None)
        self.table.rows.rows_changed()
        self._show()
        announce(self, self.tr("All modules are counted"))

    def _not_counted(self, error: ZbdeskError) -> None:
        note_told(error)
        self._counting_for = ""
        fact = self.tr("Not everything could be counted.")
        rest = self.tr("The estimate is too low; the sync itself does not need the counts.")
        self.count_note.say(fact, f"{error.title} {rest}", "note")
        self.changed.emit()

    # -- storing ------------------------------------------------------------------------------------------------------

    def reason(self) -> str:
        """See ``Page``."""
        if self._storing:
            return self.tr("The connection is being stored.")
        if not self.session.draft.modules:
            return self.tr("Choose at least one module to go on.")
        return ""

    def next_text(self) -> str:
        """See ``Page``."""
        return self.tr("S&tart first sync")

    def advance(self) -> bool:
        """See ``Page``."""
        self._storing = True
        self.problem.say("")
        self.changed.emit()
        self._tasks.start(self._connector.finish(), then=self._kept, fail=self._not_kept)
        return False

    def _kept(self, connection: Connection) -> None:
        self._storing = False
        self.stored.emit(connection)

    def _not_kept(self, error: ZbdeskError) -> None:
        note_told(error)
        self._storing = False
        self.problem.say(error.title, error.message, "problem")
        self.area.ensureWidgetVisible(self.problem)
        announce(self, str(error), urgent=True)
        self.changed.emit()

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day "
            "by plan, and zbdesk keeps some of them for your own clicks.\n\n"
            "Space chooses the module of the current row. Nothing is stored before you choose Start first sync."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        return self.table


def _interval_text(seconds: int) -> str:
    minutes = max(1, round(seconds / 60))
    if minutes % 60 == 0:
        return plural("WhatToSyncPage", "%n hour(s)", minutes // 60, "%n hour", "%n hours")
    return plural("WhatToSyncPage", "%n minute(s)", minutes, "%n minute", "%n minutes")
