"""The table itself: columns that fit, selection and place kept through refreshes, copying, keys.

Invariant: nothing here walks over all rows. Selections are ranges, copying and totals go by keys in the pool.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from zbdesk.ui import theme
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.records.delegates import delegate_for
from zbdesk.ui.records.header import RecordsHeader
from zbdesk.ui.records.table_columns import ColumnsTable

MOST_RANGES = 2000
"""A selection broken into more pieces than this is not carried through a refresh."""

_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class RecordsTable(ColumnsTable):
    """One module's records.

    ``selection_changed``: other rows are selected. ``typed``: letters pressed here belong in the filter.
    ``opened``: Enter or double click on a record. ``copy_wanted``: the standard copy key.
    """

    selection_changed = Signal()
    typed = Signal(str)
    opened = Signal()
    copy_wanted = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._kept: tuple[int | None, array[int], bool, int | None, int] = (None, array("q"), False, None, 0)
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
        if self._column_key(event):
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
