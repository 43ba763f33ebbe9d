"""The menus of a table: of its rows, of its titles, of its columns; the same acts as in the menu bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from zbdesk.domain.views import RecordView
from zbdesk.ui.editing.acts import record_actions
from zbdesk.ui.models.columns import Column
from zbdesk.ui.records.chooser import FIXED, ColumnChooser
from zbdesk.ui.records.column_filter import can_filter

if TYPE_CHECKING:
    from zbdesk.ui.records.page import RecordsPage


class TableMenus(QObject):
    """Made of one page's own acts."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        page.table.customContextMenuRequested.connect(self._rows_menu)
        header = page.table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._title_menu)
        page.acts_button.clicked.connect(self._acts_menu)
        page.columns_button.clicked.connect(self._show_columns)

    def of_rows(self, parent: QWidget) -> list[QAction]:
        """What can be done with the selected records."""
        page = self._page
        chosen = page.table.selected_count() > 0
        shown = page.detail.shown
        actions = [
            self._action(parent, self.tr("De&tails"), page.open_detail, on=page.table.current_id() is not None),
            self._action(parent, self.tr("Open in &Zoho Books"), page.open_in_browser, on=shown is not None),
            self._action(parent, self.tr("Copy &rows"), page.copy, on=chosen),
            self._action(parent, self.tr("Copy without t&itles"), lambda: page.copy(titles=False), on=chosen),
            self._action(parent, self.tr("&Print record…"), page.print_record, on=shown is not None),
            self._action(parent, self.tr("&Export…"), page.export, on=page.model.rowCount() > 0),
        ]
        if shown is not None and page.table.selected_count() < 2 and shown.view.id == page.table.current_id():
            line = QAction(parent)
            line.setSeparator(True)
            actions += [line, *record_actions(page, page.state, page.bridge, shown.view)]
        return actions

    def of_title(self, column: Column) -> QMenu:
        """Order, filter and width of one column."""
        page, menu = self._page, QMenu(self._page)
        number = page.model.columns.index(column)
        if column.sort is not None:
            for words, descending in ((self.tr("Sort &upwards"), False), (self.tr("Sort &downwards"), True)):
                menu.addAction(words).triggered.connect(
                    lambda _on=False, descending=descending: page.table.sort_by(number, descending=descending)
                )
        if can_filter(column):
            menu.addAction(self.tr("&Filter by %1…").replace("%1", column.title)).triggered.connect(
                lambda: page.filter.ask(column)
            )
        menu.addSeparator()
        for words, by in ((self.tr("&Wider"), 1), (self.tr("&Narrower"), -1)):
            menu.addAction(words).triggered.connect(lambda _on=False, by=by: page.table.widen_column(column.key, by))
        if column.key not in FIXED:
            menu.addAction(self.tr("&Hide")).triggered.connect(
                lambda: page.arrangement.show_column(column, shown=False)
            )
        menu.addAction(self.tr("&Columns…")).triggered.connect(self.choose_columns)
        return menu

    def of_columns(self) -> QMenu:
        """All columns with check marks, and the way to order and widths."""
        menu = self._page.arrangement.menu(self._page.model, self._page)
        menu.addAction(self.tr("&Order and widths…")).triggered.connect(self.choose_columns)
        return menu

    def choose_columns(self) -> ColumnChooser:
        """Order and widths in a dialog."""
        page = self._page
        dialog = ColumnChooser(page, page.table, page.model)
        dialog.finished.connect(lambda _result: page.arrangement.keep())
        dialog.open()
        return dialog

    @staticmethod
    def _action(parent: QWidget, words: str, then: Callable[[], object], *, on: bool) -> QAction:
        action = QAction(words, parent)
        action.triggered.connect(lambda _on=False: then())
        action.setEnabled(on)
        return action

    def _rows_menu(self, place: QPoint) -> None:
        menu = _passing(self._page)
        menu.addActions(self.of_rows(menu))
        menu.popup(self._page.table.viewport().mapToGlobal(place))

    def _title_menu(self, place: QPoint) -> None:
        header = self._page.table.horizontalHeader()
        number = header.logicalIndexAt(place)
        if number >= 0:
            menu = self.of_title(self._page.model.columns[number])
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(header.mapToGlobal(place))

    def _show_columns(self) -> None:
        menu, button = self.of_columns(), self._page.columns_button
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _acts_menu(self) -> None:
        """What can be done with the record with the focus; read anew, since it may have changed."""
        key = self._page.table.current_id()
        if key is None:
            self._page.taking.tell("note", self.tr("Choose a record first."))
            return
        self._page.bridge.read(lambda reader: reader.rows([key]), self._show_acts, owner=self)

    def _show_acts(self, rows: list[RecordView]) -> None:
        if not rows:
            return
        menu, button = _passing(self._page), self._page.acts_button
        menu.addActions(record_actions(self._page, self._page.state, self._page.bridge, rows[0]))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _passing(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
