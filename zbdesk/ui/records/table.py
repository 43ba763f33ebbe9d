"""The table itself: columns that fit, selection and place kept through refreshes, copying, keys.

Invariant: nothing here walks over all rows. Selections are ranges, copying and totals go by keys in the pool.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from zbdesk.ui import theme
from zbdesk.ui.models.columns import Column, Kind
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.records.delegates import CellDelegate, delegate_for
from zbdesk.ui.records.header import RecordsHeader

MOST_RANGES = 2000
"""A selection broken into more pieces than this is not carried through a refresh."""

_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class RecordsTable(QTableView):
    """One module's records.

    ``selection_changed``: other rows are selected. ``typed``: letters pressed here belong in the filter.
    ``opened``: Enter or double click on a record. ``copy_wanted``: the standard copy key.
    ``columns_changed``: widths or order by a person's hand.
    """

    selection_changed = Signal()
    typed = Signal(str)
    opened = Signal()
    copy_wanted = Signal()
    columns_changed = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = model
        self._kept: tuple[int | None, array[int], bool, int | None, int] = (None, array("q"), False, None, 0)
        self._widths: dict[int, int] = {}
        self._chosen: dict[int, int] = {}
        self.hidden_by_user: set[str] = {column.key for column in model.columns if not column.shown}
        self._laying_out = False
        self._delegates: list[CellDelegate] = []
        self._set_up_header()
        self.setModel(model)
        self._set_up_rows()
        self._set_up_columns()
        model.keep = self._keys_to_keep
        model.about_to_replace.connect(self._remember)
        model.replaced.connect(self._restore)
        model.dataChanged.connect(self._measure_rows)
        model.rowsInserted.connect(self._measure_first)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        theme.hub().changed.connect(self._restyle)

    # ---- building ------------------------------------------------------------------------------------------------
    def _set_up_header(self) -> None:
        header = RecordsHeader(self)
        self.setHorizontalHeader(header)
        header.sectionResized.connect(self._resized_by_hand)
        header.sectionMoved.connect(self._moved_by_hand)

    def _set_up_rows(self) -> None:
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)

    def _set_up_columns(self) -> None:
        model = self._records
        self._delegates = [delegate_for(column.kind, model, self) for column in model.columns]
        for number, delegate in enumerate(self._delegates):
            self.setItemDelegateForColumn(number, delegate)
            self._widths[number] = self._least_width(number)
        self.show_sort()
        # Connected by hand: setSortingEnabled would sort at once, before anything is asked for.
        self.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self.fit_columns()

    def _least_width(self, number: int) -> int:
        now, column = theme.current(), self._records.columns[number]
        if column.kind is Kind.STATE:
            return max(34, now.icon_size + now.px(5))
        header = self.horizontalHeader()
        assert isinstance(header, RecordsHeader)  # noqa: S101 - set above
        return header.title_width(number)

    # ---- columns -------------------------------------------------------------------------------------------------
    def fit_columns(self) -> None:
        """Give each column its widest text, the party the rest; hide the least columns while the party has no room."""
        columns, now = self._records.columns, theme.current()
        room = self.viewport().width()
        visible = [n for n, column in enumerate(columns) if column.key not in self.hidden_by_user]
        wide = next((n for n in visible if columns[n].kind is Kind.PARTY), None)
        least = now.px(26) if wide is not None else 0
        for victim in sorted((n for n in visible if columns[n].rank), key=lambda n: -columns[n].rank):
            if sum(self._width(n) for n in visible if n != wide) + least <= room:
                break
            if columns[victim].key == "currency" and any(columns[n].kind is Kind.MONEY for n in visible):
                continue  # an amount without its currency says nothing
            visible.remove(victim)
        rest = room - sum(self._width(n) for n in visible if n != wide)
        self._laying_out = True
        header = self.horizontalHeader()
        for n in range(len(columns)):
            header.setSectionHidden(n, n not in visible)
            if n in visible:
                header.resizeSection(n, max(least, rest) if n == wide and n not in self._chosen else self._width(n))
        self._laying_out = False

    def show_column(self, column: Column, *, shown: bool) -> None:
        """A person's choice of columns."""
        (self.hidden_by_user.discard if shown else self.hidden_by_user.add)(column.key)
        self.fit_columns()

    def shown_columns(self) -> list[Column]:
        """The columns in sight, in the order in which they stand."""
        header = self.horizontalHeader()
        order = sorted(range(len(self._records.columns)), key=header.visualIndex)
        return [self._records.columns[n] for n in order if not header.isSectionHidden(n)]

    def reset_columns(self) -> None:
        """Columns, widths and order as they came."""
        self.hidden_by_user = {column.key for column in self._records.columns if not column.shown}
        self._chosen.clear()
        header = self.horizontalHeader()
        self._laying_out = True
        for n in range(len(self._records.columns)):
            header.moveSection(header.visualIndex(n), n)
        self._laying_out = False
        self.fit_columns()

    def chosen_widths(self) -> dict[str, int]:
        """The widths that a person gave to columns."""
        return {self._records.columns[number].key: width for number, width in self._chosen.items()}

    def column_order(self) -> list[str]:
        """Keys of all columns in the order in which they stand."""
        header = self.horizontalHeader()
        numbers = sorted(range(len(self._records.columns)), key=header.visualIndex)
        return [self._records.columns[number].key for number in numbers]

    def restore_columns(self, widths: Mapping[str, int], order: Sequence[str]) -> None:
        """Widths and order as they were left; columns that are new stand where they come."""
        numbers = {column.key: number for number, column in enumerate(self._records.columns)}
        least = self.horizontalHeader().minimumSectionSize()
        self._chosen = {numbers[key]: max(least, width) for key, width in widths.items() if key in numbers}
        header = self.horizontalHeader()
        self._laying_out = True
        for place, key in enumerate([key for key in order if key in numbers]):
            header.moveSection(header.visualIndex(numbers[key]), place)
        self._laying_out = False
        self.fit_columns()

    def show_sort(self) -> None:
        """Put the arrow where the order is."""
        query = self._records.query
        number = next((n for n, c in enumerate(self._records.columns) if c.sort == query.sort), 0)
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, order)

    def sort_by(self, number: int, *, descending: bool) -> None:
        """Order by a column; ones the database cannot sort by keep the order as it is."""
        if self._records.columns[number].sort is None:
            self.show_sort()
            return
        self._records.sort(number, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        self.show_sort()

    def _header_clicked(self, number: int) -> None:
        query, column = self._records.query, self._records.columns[number]
        same = column.sort == query.sort
        first = column.kind in {Kind.DATE, Kind.MONEY, Kind.STAMP}
        self.sort_by(number, descending=not query.descending if same else first)

    def _width(self, number: int) -> int:
        return self._chosen.get(number, self._widths[number])

    def _resized_by_hand(self, number: int, _old: int, new: int) -> None:
        if not self._laying_out and new:
            self._chosen[number] = new
            self.columns_changed.emit()

    def _moved_by_hand(self, _number: int, _old: int, _new: int) -> None:
        if not self._laying_out:
            self.columns_changed.emit()

    def _measure_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        """Columns grow with the widest text that has come, and never shrink under a person's eyes."""
        if last.row() - first.row() > 200:
            return
        grown = False
        for row in range(first.row(), last.row() + 1):
            found = self._records.row(row) if self._records.is_loaded(row) else None
            if found is None:
                continue
            for number, delegate in enumerate(self._delegates):
                if delegate.kind is Kind.STATE:
                    continue
                width = delegate.width_of(found.cells[number])
                if delegate.kind is Kind.PARTY:
                    width = min(width, theme.current().px(45))
                if width > self._widths[number]:
                    self._widths[number], grown = width, True
        if grown:
            self.fit_columns()

    def _measure_first(self) -> None:
        last = min(self._records.rowCount(), 60) - 1
        if last >= 0:
            self._measure_rows(self._records.index(0, 0), self._records.index(last, 0))

    # ---- selection and place -------------------------------------------------------------------------------------
    def selected_ids(self) -> array[int]:
        """Keys of the selected records, by ranges."""
        found: array[int] = array("q")
        for part in self._parts():
            found.extend(self._records.record_ids(part.top(), part.bottom()))
        return found

    def _parts(self) -> list[QItemSelectionRange]:
        return list(cast("Iterable[QItemSelectionRange]", self.selectionModel().selection()))

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._parts())

    def current_id(self) -> int | None:
        """The key of the row with the focus."""
        index = self.currentIndex()
        return self._records.record_id(index.row()) if index.isValid() else None

    def _keys_to_keep(self) -> array[int]:
        keys = array("q") if self.selected_count() > 50_000 else self.selected_ids()
        current, top = self.current_id(), self._top_id()
        keys.extend(key for key in (current, top) if key is not None)
        return keys

    def _top_id(self) -> int | None:
        row = self.rowAt(0)
        return self._records.record_id(row) if row > 0 else None

    def _remember(self) -> None:
        count = self.selected_count()
        everything = count > 1 and count == self._records.rowCount()
        chosen = array("q") if everything else self.selected_ids()
        top = self._top_id()
        offset = self.rowViewportPosition(self.rowAt(0)) if top is not None else 0
        self._kept = (self.current_id(), chosen, everything, top, offset)

    def _restore(self) -> None:
        current, chosen, everything, top, offset = self._kept
        self._measure_first()
        selection = self.selectionModel()
        selection.blockSignals(True)
        try:
            if everything:
                self.selectAll()
            else:
                selection.select(self._ranges(chosen), _SELECT)
            row = self._records.place_of(current) if current is not None else -1
            if row >= 0:
                selection.setCurrentIndex(self._records.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        finally:
            selection.blockSignals(False)
        self._mark_current(row)
        place = self._records.place_of(top) if top is not None else -1
        if place >= 0:
            self.verticalScrollBar().setValue(place * theme.current().row_height - offset)
        self.selection_changed.emit()
        self.viewport().update()

    def _ranges(self, keys: array[int]) -> QItemSelection:
        rows = sorted(row for row in map(self._records.place_of, keys) if row >= 0)
        found, last_column = QItemSelection(), len(self._records.columns) - 1
        pieces = 0
        start = previous = -2
        for row in [*rows, -1]:
            if row == previous + 1 and row >= 0:
                previous = row
                continue
            if start >= 0:
                pieces += 1
                if pieces > MOST_RANGES:
                    return QItemSelection()
                index = self._records.index
                found.append(QItemSelectionRange(index(start, 0), index(previous, last_column)))
            start = previous = row
        return found

    def _current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        del before
        self._mark_current(now.row())

    def _mark_current(self, row: int) -> None:
        for delegate in self._delegates:
            delegate.current = row
        self.viewport().update()

    # ---- keys and pointer ----------------------------------------------------------------------------------------
    def keyboardSearch(self, search: str) -> None:
        """Letters go to the filter: Qt's own search would walk over all rows."""
        self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, open, sort by Alt and arrows; the rest is Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
            return
        arrow = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
        if arrow and event.modifiers() & Qt.KeyboardModifier.AltModifier and self.currentIndex().isValid():
            self.sort_by(self.currentIndex().column(), descending=event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if self._delegates and self._delegates[0].hovered != row:
            for delegate in self._delegates:
                delegate.hovered = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line around the current row takes the focus colour; a table entered by Tab gets a current row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._records.rowCount():
            self.selectionModel().setCurrentIndex(self._records.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._set_focused(focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The line stays, in the colour of edges."""
        super().focusOutEvent(event)
        self._set_focused(focused=False)

    def _set_focused(self, *, focused: bool) -> None:
        for delegate in self._delegates:
            delegate.focused = focused
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns fit anew."""
        super().resizeEvent(event)
        self.fit_columns()

    def _restyle(self) -> None:
        for delegate in self._delegates:
            delegate.restyle()
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        self._widths = {n: self._least_width(n) for n in range(len(self._records.columns))}
        self._measure_first()
        self.fit_columns()
        self.viewport().update()
