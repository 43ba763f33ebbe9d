"""The page of one module: title, filter, table or what stands in its place, details.

Holds no rule about data; every question goes to the pool. Invariant: a refresh never moves what a person looks at.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import module as module_named
from zbdesk.domain.status import EngineState
from zbdesk.domain.views import ModuleCounts, RecordDetail, RecordFilter, RecordView
from zbdesk.sync.commands import ReadDetail, SyncNow
from zbdesk.sync.events import CommandFailed
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.acts import record_actions
from zbdesk.ui.editing.editor import can_edit, open_editor
from zbdesk.ui.links import books_page
from zbdesk.ui.models.columns import amount_key
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.records import places
from zbdesk.ui.records.arrangement import Arrangement
from zbdesk.ui.records.detail import DetailPane
from zbdesk.ui.records.filters import FilterBar
from zbdesk.ui.records.places import Command, Place
from zbdesk.ui.records.table import RecordsTable
from zbdesk.ui.records.taking import Taking
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, EmptyState, Label, announce

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader

DETAIL_REST = 80
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
        self._state, self._bridge = state, bridge
        self._size = "wide"
        self._detail_closed = False
        self._dirty = False
        self._totals: Question | None = None
        self._detail_question: Question | None = None
        self._asked_detail: int | None = None
        self._wanted_record: int | None = None
        self._error: ZbdeskError | None = None
        self._empty_command = Command.NONE
        self.model = RecordsModel(bridge, self.module, state.formats, self)
        self.table = RecordsTable(self.model)
        self.table.setAccessibleName(self.module.label)
        self.filter = FilterBar()
        self.detail = DetailPane(self.module)
        self.empty = EmptyState("hourglass", "")
        self.notice = Banner(action=self.tr("Show in f&older"))
        self.taking = Taking(self, self.module, state, bridge, self.notice)
        self._lay_out()
        self._connect()
        self.arrangement = Arrangement(self, self.module.name, preferences, self.table, self.splitter)
        self.arrangement.load(self.model)
        self._arrange()
        self._show_writing()

    # ---- building ------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        now = theme.current()
        self.title = Label(self.module.label, "page")
        self.new_button = Button(self.tr("New…"), "normal", "plus")
        self.acts_button = Button(self.tr("Ac&tions"), "quiet", "pencil")
        self.read_only = Label("", "caption", "text2")
        self.columns_button = Button(self.tr("Co&lumns"), "quiet", "columns-3")
        self.export_button = Button(self.tr("E&xport…"), "quiet", "download")
        self.detail_button = Button("", "quiet", "panel-right-open", name=self.tr("Show details"))
        head = QHBoxLayout()
        head.setContentsMargins(now.px(3), now.px(2.5), now.px(3), 0)
        head.setSpacing(now.px(1))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.read_only)
        for button in (
            self.new_button, self.acts_button, self.columns_button, self.export_button, self.detail_button,
        ):  # fmt: skip
            head.addWidget(button)
        line = QHBoxLayout()
        line.setContentsMargins(now.px(3), 0, now.px(3), 0)
        line.addWidget(self.filter)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(2.5))
        column.addLayout(head)
        column.addLayout(line)
        notice = QHBoxLayout()
        notice.setContentsMargins(now.px(3), 0, now.px(3), 0)
        notice.addWidget(self.notice)
        column.addLayout(notice)
        column.addWidget(holder, 1)
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
        self.table.selection_changed.connect(self._selection_changed)
        self.table.selectionModel().currentRowChanged.connect(self._rest_on_row)
        self.table.opened.connect(self.open_detail)
        self.table.copy_wanted.connect(self.copy)
        self.table.customContextMenuRequested.connect(self._context_menu)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._failed)
        self.model.rowsInserted.connect(self._choose_place)
        self.model.modelReset.connect(self._choose_place)
        self.detail.closed.connect(self.close_detail)
        self.detail.browser_wanted.connect(self.open_in_browser)
        self.new_button.clicked.connect(self.new_record)
        self.acts_button.clicked.connect(self._acts_menu)
        self._state.command_failed.connect(self._command_failed)
        self.columns_button.clicked.connect(self._columns_menu)
        self.export_button.clicked.connect(self.export)
        self.detail_button.clicked.connect(self.open_detail)
        self.empty.acted.connect(self._empty_acted)
        self.taking.said.connect(lambda words: self.sentence.emit(words, False))
        self.taking.busy.connect(self.export_button.setDisabled)
        self._state.records_changed.connect(self._records_changed)
        self._state.detail_ready.connect(self._detail_ready)
        self._state.changed.connect(self._state_changed)
        self._detail_rest = self._timer(DETAIL_REST, self._read_detail)
        self._totals_rest = self._timer(DETAIL_REST, self._read_totals)
        self._late = self._timer(300, self._choose_place)
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
        if not self.model.known and not self.model.loading_began:
            self._late.start()
            self.model.refresh()
            self._read_values()
        elif self._dirty:
            self._dirty = False
            self.model.refresh()
            self._read_values()
        self._say()

    def set_size(self, size: str) -> None:
        """Wide, medium or narrow: how much stands side by side."""
        if size == self._size:
            return
        self._size = size
        now = theme.current()
        if size == "medium":
            self._detail_closed = True
        self.detail.setMaximumWidth(16777215 if size == "narrow" else now.px(110))
        narrow = size == "narrow"
        self.new_button.setText("" if narrow else self.tr("New…"))
        self.new_button.setAccessibleName(self.tr("New record"))
        self.acts_button.setText("" if narrow else self.tr("Ac&tions"))
        self.acts_button.setAccessibleName(self.tr("Actions"))
        self.columns_button.setText("" if narrow else self.tr("Co&lumns"))
        self.columns_button.setAccessibleName(self.tr("Columns"))
        self.export_button.setText("" if narrow else self.tr("E&xport…"))
        self.export_button.setAccessibleName(self.tr("Export"))
        self._arrange()

    def _arrange(self) -> None:
        empty = self._stack.currentWidget() is self.empty
        if self._size == "narrow":
            showing = self.detail.isVisibleTo(self) and not self._list.isVisibleTo(self)
            self.detail.setVisible(showing)
            self._list.setVisible(not showing)
        else:
            self._list.show()
            self.detail.setVisible(not self._detail_closed and not empty)
        self.detail_button.setVisible(not self.detail.isVisibleTo(self) and not empty)

    # ---- what stands in the table's place ------------------------------------------------------------------------
    def _counts(self) -> ModuleCounts | None:
        return next((counts for counts in self._state.modules() if counts.module == self.module.name), None)

    def _choose_place(self) -> None:
        if self.model.rowCount() and self._error is None:
            self._show_table()
            return
        if self._error is None and self.model.loading and self._late.isActive():
            return  # answers come in a blink: no need to say that they are awaited
        where = self.model.query.where
        self._show_empty(
            places.unreadable(self._error)
            if self._error is not None
            else places.reading(self.module)
            if self.model.loading
            else places.nothing_fits(self.module, self._state, self.filter.words())
            if where != RecordFilter()
            else places.empty(self.module, self._state)
        )

    def _show_empty(self, place: Place) -> None:
        self._empty_command = place.command
        self.empty.show_state(place.icon, place.fact, place.reason, place.action or None, role=place.role)
        if self._stack.currentWidget() is not self.empty:
            focus_here = self.table.hasFocus()
            self._stack.setCurrentWidget(self.empty)
            self.detail.show_nothing()
            self._arrange()
            if focus_here and place.action:
                self.empty.action.setFocus()

    def _show_table(self) -> None:
        if self._stack.currentWidget() is not self.table:
            self._stack.setCurrentWidget(self.table)
            self._arrange()

    def _empty_acted(self) -> None:
        match self._empty_command:
            case Command.CLEAR:
                self.filter.clear_all()
                self.filter.field.setFocus()
            case Command.RETRY:
                self._error = None
                self.model.refresh()
            case Command.SWITCH_ON:
                self.settings_wanted.emit()
            case Command.SYNC:
                self._bridge.send(SyncNow(modules=(self.module.name,)))

    # ---- answers -------------------------------------------------------------------------------------------------
    def _settled(self, count: int) -> None:
        self._late.stop()
        self._error = None
        counts = places.counts_of(self.module, self._state)
        self.filter.show_count(count, counts.remote if counts is not None else None)
        self.export_button.setEnabled(count > 0)
        self._choose_place()
        self._go_to_wanted()
        self._say()

    def _failed(self, error: ZbdeskError) -> None:
        self._late.stop()
        self._error = error
        self._choose_place()

    def _filter_changed(self, where: RecordFilter) -> None:
        self.filter.show_count(None, None)
        self.model.set_filter(where)
        QTimer.singleShot(600, self, self._announce_count)

    def _announce_count(self) -> None:
        if self.isVisible() and not self.model.loading:
            announce(self.table, self.tr("%1 records").replace("%1", self._state.formats.count(self.model.rowCount())))

    def _records_changed(self, names: frozenset[str]) -> None:
        if self.module.name not in names:
            return
        if not self.isVisible():
            self._dirty = True
        elif not self._state.running:
            self._refresh_rest.stop()
            self.model.refresh()
            self._read_values()
        elif not self._refresh_rest.isActive():
            self._refresh_rest.start()

    def _state_changed(self) -> None:
        self._show_writing()
        if self.isVisible() and not self.model.rowCount() and not self.model.loading:
            self._choose_place()

    def _read_values(self) -> None:
        name = self.module.name

        def values(reader: Reader) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
            return reader.statuses(name), reader.currencies(name)

        self._bridge.read(values, self._show_values, owner=self)

    def _show_values(self, found: tuple[list[tuple[str, int]], list[tuple[str, int]]]) -> None:
        self.filter.show_values(found[0], found[1], self._state.formats)

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

    # ---- selection -----------------------------------------------------------------------------------------------
    def _selection_changed(self) -> None:
        self._totals_rest.start()

    def _read_totals(self) -> None:
        if self._totals is not None:
            self._totals.cancel()
        key, count = amount_key(self.module), self.table.selected_count()
        if key is None or count < 2 or not self.module.currency_field:
            self._say()
            return
        ids = self.table.selected_ids()
        self._totals = self._bridge.read(
            lambda reader: reader.totals(ids, key), partial(self._show_totals, count, key), owner=self
        )

    def _show_totals(self, count: int, key: str, totals: dict[str, Decimal]) -> None:
        formats = self._state.formats
        chosen = self.tr("%1 selected").replace("%1", formats.count(count))
        title = next(column.title for column in self.model.columns if column.key == key)
        sums = " · ".join(formats.money(totals[code], code) for code in sorted(totals))
        self.sentence.emit(f"{chosen}   {title}: {sums}" if sums else chosen, True)

    def _say(self) -> None:
        if not self.isVisible():
            return
        count, formats = self.table.selected_count(), self._state.formats
        if count > 1:
            self.sentence.emit(self.tr("%1 selected").replace("%1", formats.count(count)), True)
        else:
            self.sentence.emit("", False)

    # ---- details -------------------------------------------------------------------------------------------------
    def _rest_on_row(self) -> None:
        self._detail_rest.start()

    def open_detail(self) -> None:
        """Show the details of the current record; on a narrow window in the table's place."""
        self._detail_closed = False
        if self._size == "narrow":
            self._list.hide()
        self.detail.show()
        self.detail_button.hide()
        self._read_detail()
        self.detail.close_button.setFocus()

    def close_detail(self) -> None:
        """Back to the table alone."""
        self._detail_closed = True
        self.detail.hide()
        self._list.show()
        self.detail_button.show()
        self.table.setFocus()

    def _read_detail(self) -> None:
        key = self.table.current_id()
        if self._detail_question is not None:
            self._detail_question.cancel()
        if key is None or not self.detail.isVisible():
            return
        self._detail_question = self._bridge.read(
            lambda reader: reader.detail(key), self._show_detail, owner=self, fail=self._detail_failed
        )

    def _show_detail(self, found: RecordDetail | None) -> None:
        if found is None:
            self.detail.show_nothing()
            return
        key = found.view.id
        can_read = self.module.detail_path != "" and found.view.remote_id is not None
        wanted = not found.has_detail and not self.module.rows_complete and can_read
        offline = self._state.engine_state in {EngineState.OFFLINE, EngineState.SIGNED_OUT, EngineState.FAILED}
        if wanted and self._asked_detail != key and not offline:
            self._asked_detail = key
            self._bridge.send(ReadDetail(key))
        self.detail.show_detail(found, self._state.formats, waiting=wanted, offline=offline)

    def _detail_ready(self, record_id: int) -> None:
        if record_id == self.table.current_id() and self.isVisible():
            self._read_detail()

    def _detail_failed(self, error: ZbdeskError) -> None:
        self.detail.say(str(error))

    def open_in_browser(self) -> None:
        """Open the shown record in Zoho Books' own page."""
        overview, shown = self._state.overview, self.detail.shown
        if overview is None or overview.connection is None or shown is None:
            return
        page = books_page(overview.connection, shown.view)
        if page is None:
            self.taking.tell("note", self.tr("This server has no web pages for its records."))
        else:
            QDesktopServices.openUrl(QUrl(page))

    # ---- taking out ----------------------------------------------------------------------------------------------
    def copy(self) -> None:
        """The selected rows to the clipboard, as tab-separated lines with titles."""
        self.taking.copy(self.table.selected_ids(), self.table.shown_columns())

    def export(self) -> None:
        """Ask for a file and write what the table shows into it."""
        self.taking.ask(self.model.record_ids(0, self.model.rowCount() - 1))

    def export_to(self, path: Path) -> None:
        """Write what the table shows into this file, off the main thread."""
        self.taking.write(self.model.record_ids(0, self.model.rowCount() - 1), path)

    # ---- menus ---------------------------------------------------------------------------------------------------
    def context_actions(self, parent: QWidget) -> list[QAction]:
        """What can be done with the selected records; the same in the Records menu."""
        chosen = self.table.selected_count() > 0
        actions = []
        for words, then, possible in (
            (self.tr("De&tails"), self.open_detail, self.table.current_id() is not None),
            (self.tr("Open in &Zoho Books"), self.open_in_browser, self.detail.shown is not None),
            (self.tr("Copy &rows"), self.copy, chosen),
        ):
            action = QAction(words, parent)
            action.triggered.connect(then)
            action.setEnabled(possible)
            actions.append(action)
        shown = self.detail.shown
        if shown is not None and self.table.selected_count() < 2 and shown.view.id == self.table.current_id():
            line = QAction(parent)
            line.setSeparator(True)
            actions += [line, *record_actions(self, self._state, self._bridge, shown.view)]
        return actions

    # ---- writing -------------------------------------------------------------------------------------------------
    def why_no_writing(self) -> str:
        """Why nothing of this module can be entered here; empty where it can."""
        overview = self._state.overview
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
            open_editor(self, self._state, self._bridge, self.module.name)

    def edit_record(self) -> None:
        """Open the form of the record with the focus."""
        key = self.table.current_id()
        if key is not None and not self.why_no_writing():
            open_editor(self, self._state, self._bridge, self.module.name, key)

    def _acts_menu(self) -> None:
        """What can be done with the record with the focus; read anew, since it may have changed."""
        key = self.table.current_id()
        if key is None:
            self.taking.tell("note", self.tr("Choose a record first."))
            return
        self._bridge.read(lambda reader: reader.rows([key]), self._show_acts, owner=self)

    def _show_acts(self, rows: list[RecordView]) -> None:
        if not rows:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in record_actions(self, self._state, self._bridge, rows[0]):
            menu.addAction(action)
        menu.popup(self.acts_button.mapToGlobal(self.acts_button.rect().bottomLeft()))

    def _command_failed(self, event: CommandFailed) -> None:
        """What was refused about a record of this table stands above it until something else is said."""
        if self.isVisible() and (event.record_id is None or self.model.row_of(event.record_id) >= 0):
            self.taking.tell("problem", event.title, event.message)

    def _context_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.context_actions(menu))
        menu.popup(self.table.viewport().mapToGlobal(place))

    def columns_menu(self) -> QMenu:
        """All columns with check marks; the state and the name cannot be taken away."""
        return self.arrangement.menu(self.model, self)

    def _columns_menu(self) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))
