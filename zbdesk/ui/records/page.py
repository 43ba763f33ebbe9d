"""The page of one module: title, filter, table or what stands in its place, details.

Holds no rule about data; every question goes to the pool. Invariant: a refresh never moves what a person looks at.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import module as module_named
from zbdesk.domain.tieout import fiscal_month
from zbdesk.domain.views import Organization, RecordFilter
from zbdesk.sync.events import CommandFailed
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.editor import can_edit, open_editor
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.records import places
from zbdesk.ui.records.arrangement import Arrangement
from zbdesk.ui.records.column_filter import Calendar
from zbdesk.ui.records.detail import DetailPane
from zbdesk.ui.records.filters import FilterBar
from zbdesk.ui.records.head import Head
from zbdesk.ui.records.menus import TableMenus
from zbdesk.ui.records.selected import Selected
from zbdesk.ui.records.shown_detail import ShownDetail
from zbdesk.ui.records.standing import Standing
from zbdesk.ui.records.table import RecordsTable
from zbdesk.ui.records.taking import Taking
from zbdesk.ui.records.view_menu import ViewMenu
from zbdesk.ui.records.views import Look, Views
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import module_label
from zbdesk.ui.widgets import Banner, EmptyState, announce

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader

BUSY_REFRESH = 2000
"""While a run brings page after page, a table reads its keys anew no more often than this."""


class RecordsPage(QWidget):
    """Records of one module.

    ``sentence``: the status bar's text, and whether it is the selection's. ``settings_wanted``: switch the module on.
    """

    sentence = Signal(str, bool)
    settings_wanted = Signal()

    def __init__(self, name: str, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__()
        self.module = module_named(name)
        self.state, self.bridge = state, bridge
        self._size = "wide"
        self._detail_closed = False
        self._dirty = False
        self._wanted_record: int | None = None
        self.model = RecordsModel(bridge, self.module, state.formats, self)
        self.table = RecordsTable(self.model)
        self.table.setAccessibleName(module_label(self.module.name))
        self.filter = FilterBar(self.model.columns, self.calendar)
        self.detail = DetailPane(self.module)
        self.empty = EmptyState("hourglass", "")
        self.notice = Banner(action=self.tr("Show in f&older"))
        self.taking = Taking(self, self.module, state, bridge, self.notice)
        self.details = ShownDetail(self.table, self.detail, state, bridge, partial(self.taking.tell, "note"))
        self.selected = Selected(self.table, self.model, state, bridge)
        self.views = ViewMenu(self, self.module, self.look)
        self._preferences = preferences
        self._lay_out()
        self._connect()
        self.arrangement = Arrangement(self, self._place_of(), preferences, self.table, self.splitter)
        self.menus = TableMenus(self)
        self.arrangement.load(self.model)
        self.arrange()
        self._show_writing()
        self._take_views()

    # ---- building ------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        now = theme.current()
        self.head = Head(module_label(self.module.name), self.views)
        self.new_button, self.acts_button = self.head.new, self.head.acts
        self.columns_button, self.export_button = self.head.columns, self.head.export
        self.print_button, self.detail_button = self.head.print, self.head.detail
        self.title, self.read_only = self.head.title, self.head.read_only
        line = QHBoxLayout()
        line.setContentsMargins(now.px(3), 0, now.px(3), 0)
        line.addWidget(self.filter)
        self.standing = Standing(self)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(2.5))
        column.addWidget(self.head)
        column.addLayout(line)
        notice = QHBoxLayout()
        notice.setContentsMargins(now.px(3), 0, now.px(3), 0)
        notice.addWidget(self.notice)
        column.addLayout(notice)
        column.addWidget(self.standing, 1)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)
        self.splitter.setSizes([1000, now.px(76)])

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter_changed)
        self.filter.field.left_downwards.connect(self.table.setFocus)
        self.table.typed.connect(self.filter.type_in)
        self.selected.sentence.connect(self._say_selected)
        self.views.wanted.connect(self.show_look)
        self.views.said.connect(lambda words: self.taking.tell("info", words))
        self.table.opened.connect(self.open_detail)
        self.table.copy_wanted.connect(self.copy)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._failed)
        self.model.rowsInserted.connect(self.standing.choose)
        self.model.modelReset.connect(self.standing.choose)
        self.detail.closed.connect(self.close_detail)
        self.new_button.clicked.connect(self.new_record)
        self.state.command_failed.connect(self._command_failed)
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_table)
        self.detail_button.clicked.connect(self.open_detail)
        self.taking.said.connect(lambda words: self.sentence.emit(words, False))
        self.taking.busy.connect(self.export_button.setDisabled)
        self.state.records_changed.connect(self._records_changed)
        self.state.changed.connect(self._state_changed)
        self._refresh_rest = self._timer(BUSY_REFRESH, self.model.refresh)

    def _timer(self, span: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(span)
        timer.timeout.connect(then)
        return timer

    # ---- life ----------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Read at the first sight, and again where records changed meanwhile."""
        super().showEvent(event)
        self.details.read()
        if not self.model.known and not self.model.loading_began:
            self.standing.await_answer()
            self.model.refresh()
            self._read_values()
        elif self._dirty:
            self._dirty = False
            self.model.refresh()
            self._read_values()
        self.selected.say()

    def set_size(self, size: str) -> None:
        """Wide, medium or narrow: how much stands side by side."""
        if size == self._size:
            return
        self._size = size
        now = theme.current()
        if size == "medium":
            self._detail_closed = True
        self.detail.setMaximumWidth(16777215 if size == "narrow" else now.px(110))
        self.head.set_narrow(narrow=size == "narrow")
        self.arrange()

    def arrange(self) -> None:
        """What stands side by side, for the room there is."""
        empty = self.standing.is_empty
        if self._size == "narrow":
            showing = self.detail.isVisibleTo(self) and not self._list.isVisibleTo(self)
            self.detail.setVisible(showing)
            self._list.setVisible(not showing)
        else:
            self._list.show()
            self.detail.setVisible(not self._detail_closed and not empty)
        self.detail_button.setVisible(not self.detail.isVisibleTo(self) and not empty)

    def _place_of(self) -> str:
        """Where widths and columns are kept: of each organization by itself."""
        organization_id = self._organization().organization_id
        return f"{organization_id}/{self.module.name}" if organization_id else self.module.name

    def _take_views(self) -> None:
        organization_id = self._organization().organization_id
        if organization_id and not self.views.is_ready:
            self.views.use(Views(self._preferences, organization_id, self.module.name))

    def _say_selected(self, words: str, strong: bool) -> None:
        if self.isVisible():
            self.sentence.emit(words, strong)

    # ---- answers -------------------------------------------------------------------------------------------------
    def _settled(self, count: int) -> None:
        self.standing.answered()
        counts = places.counts_of(self.module, self.state)
        self.filter.show_count(count, counts.remote if counts is not None else None)
        self.export_button.setEnabled(count > 0)
        self.print_button.setEnabled(count > 0)
        self.standing.choose()
        self._go_to_wanted()
        self.selected.say()

    def _failed(self, error: ZbdeskError) -> None:
        self.standing.failed(error)

    def _filter_changed(self, where: RecordFilter) -> None:
        self.filter.show_count(None, None)
        self.model.set_filter(where)
        QTimer.singleShot(600, self, self._announce_count)

    def _announce_count(self) -> None:
        if self.isVisible() and not self.model.loading:
            announce(self.table, self.tr("%1 records").replace("%1", self.state.formats.count(self.model.rowCount())))

    def _records_changed(self, names: frozenset[str]) -> None:
        if self.module.name not in names:
            return
        if not self.isVisible():
            self._dirty = True
        elif not self.state.running:
            self._refresh_rest.stop()
            self.model.refresh()
            self._read_values()
        elif not self._refresh_rest.isActive():
            self._refresh_rest.start()

    def _state_changed(self) -> None:
        self._show_writing()
        self._take_views()
        if self.isVisible() and not self.model.rowCount() and not self.model.loading:
            self.standing.choose()

    def _read_values(self) -> None:
        name = self.module.name

        def values(reader: Reader) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
            return reader.statuses(name), reader.currencies(name)

        self.bridge.read(values, self._show_values, owner=self)

    def _show_values(self, found: tuple[list[tuple[str, int]], list[tuple[str, int]]]) -> None:
        self.filter.show_values(found[0], found[1], self.state.formats)

    # ---- one record ----------------------------------------------------------------------------------------------
    def show_record(self, record_id: int) -> None:
        """Select this record, bring it into sight and show its details; a filter that hides it is cleared."""
        self._wanted_record = record_id
        if self.model.known and not self.model.loading:
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        wanted = self._wanted_record
        if wanted is None:
            return
        row = self.model.row_of(wanted)
        if row < 0 and self.model.query.where != RecordFilter():
            self.filter.clear_all()
            return
        self._wanted_record = None
        if row < 0:
            self.taking.tell("note", self.tr("This record is not here any more."))
            return
        index = self.model.index(row, 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, self.table.ScrollHint.PositionAtCenter)
        self.open_detail()
        self.table.setFocus()

    # ---- details -------------------------------------------------------------------------------------------------
    def open_detail(self) -> None:
        """Show the details of the current record; on a narrow window in the table's place."""
        self._detail_closed = False
        if self._size == "narrow":
            self._list.hide()
        self.detail.show()
        self.detail_button.hide()
        self.details.read()
        self.detail.close_button.setFocus()

    def close_detail(self) -> None:
        """Back to the table alone."""
        self._detail_closed = True
        self.detail.hide()
        self._list.show()
        self.detail_button.show()
        self.table.setFocus()

    def open_in_browser(self) -> None:
        """Open the shown record in Zoho Books' own page."""
        self.details.open_in_browser()

    # ---- views and taking out ------------------------------------------------------------------------------------
    def look(self) -> Look:
        """How the table stands now."""
        query = self.model.query
        return Look(
            self.filter.where,
            dict(self.filter.periods),
            query.sort,
            query.descending,
            tuple(sorted(self.table.hidden_by_user)),
            tuple(self.table.column_order()),
            self.table.chosen_widths(),
        )

    def show_look(self, look: Look) -> None:
        """Show the table as a view has it; what the view does not say stays."""
        if look.hidden is not None:
            self.table.hidden_by_user = {column.key for column in self.model.columns} & set(look.hidden)
            self.table.restore_columns(look.widths, look.order)
        sort = next((n for n, c in enumerate(self.model.columns) if c.sort and c.sort == look.sort), None)
        if sort is not None:
            self.model.query = replace(self.model.query, sort=look.sort, descending=look.descending)
            self.table.show_sort()
            if self.model.loading_began:
                self.model.show(self.model.query)
        self.filter.set_filter(look.where, look.periods)

    def calendar(self) -> Calendar:
        """What names of periods mean: the organization's today and the beginning of its year."""
        today = self.state.now().astimezone(self.state.formats.zone).date()
        return Calendar(today, fiscal_month(self._organization().fiscal_year_start_month))

    def _organization(self) -> Organization:
        overview = self.state.overview
        connection = overview.connection if overview is not None else None
        return connection.organization if connection is not None else Organization("", "")

    def copy(self, *, titles: bool = True) -> None:
        """The selected rows to the clipboard, as tab-separated lines, with titles or without."""
        self.taking.copy(self.table.selected_ids(), self.table.shown_columns(), titles=titles)

    def export(self) -> None:
        """Ask what to write, and into which file."""
        counts = places.counts_of(self.module, self.state)
        everything = counts.remote if counts is not None else self.model.rowCount()
        self.taking.ask(self._all_ids(), self.table.selected_ids(), max(everything, self.model.rowCount()))

    def export_to(self, path: Path) -> None:
        """Write what the table shows into this file, off the main thread."""
        self.taking.write(self._all_ids(), path)

    def _all_ids(self) -> array[int]:
        return self.model.record_ids(0, self.model.rowCount() - 1)

    def print_table(self) -> None:
        """What the table shows, on paper or as PDF."""
        from zbdesk.ui.printing.acts import print_table

        print_table(self)

    def print_record(self) -> None:
        """The record in the pane, on paper or as PDF."""
        from zbdesk.ui.printing.acts import print_record

        print_record(self)

    def context_actions(self, parent: QWidget) -> list[QAction]:
        """What can be done with the selected records; the same in the Records menu."""
        return self.menus.of_rows(parent)

    def columns_menu(self) -> QMenu:
        """All columns with check marks; the state and the name cannot be taken away."""
        return self.menus.of_columns()

    # ---- writing -------------------------------------------------------------------------------------------------
    def why_no_writing(self) -> str:
        """Why nothing of this module can be entered here; empty where it can."""
        overview = self.state.overview
        if not can_edit(self.module.name):
            return self.tr("These are entered in Zoho Books.")
        if overview is not None and overview.connection is not None and overview.connection.read_only:
            return self.tr("This connection only reads.")
        return ""

    def _show_writing(self) -> None:
        why_not = self.why_no_writing()
        self.read_only.setText(why_not if can_edit(self.module.name) else "")
        self.read_only.setVisible(bool(self.read_only.text()))
        self.new_button.setVisible(not why_not and "create" in self.module.methods)
        self.acts_button.setVisible(not why_not)

    def new_record(self) -> None:
        """Open an empty form."""
        if not self.why_no_writing():
            open_editor(self, self.state, self.bridge, self.module.name)

    def edit_record(self) -> None:
        """Open the form of the record with the focus."""
        key = self.table.current_id()
        if key is not None and not self.why_no_writing():
            open_editor(self, self.state, self.bridge, self.module.name, key)

    def _command_failed(self, event: CommandFailed) -> None:
        """What was refused about a record of this table stands above it until something else is said."""
        if self.isVisible() and (event.record_id is None or self.model.row_of(event.record_id) >= 0):
            self.taking.tell("problem", event.title, event.message)
