"""The columns of a table: as wide as their widest text, the least hidden where there is no room; moved, resized, kept.

Invariant: a width that a person gave holds until the columns are reset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from zbdesk.ui import theme
from zbdesk.ui.models.columns import Column, Kind
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.records.delegates import CellDelegate
from zbdesk.ui.records.header import RecordsHeader


class ColumnsTable(QTableView):
    """A view whose columns fit. ``columns_changed``: widths or order by a person's hand."""

    columns_changed = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = model
        self._widths: dict[int, int] = {}
        self._chosen: dict[int, int] = {}
        self.hidden_by_user: set[str] = {column.key for column in model.columns if not column.shown}
        self._laying_out = False
        self._delegates: list[CellDelegate] = []

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

    def move_column(self, key: str, place: int) -> None:
        """Put a column at a place among all; the state stays first."""
        number = next(n for n, column in enumerate(self._records.columns) if column.key == key)
        header = self.horizontalHeader()
        if number and 1 <= place < header.count():
            header.moveSection(header.visualIndex(number), place)

    def widen_column(self, key: str, by: int) -> int:
        """Make a column ``by`` steps wider; its width afterwards."""
        number = next(n for n, column in enumerate(self._records.columns) if column.key == key)
        header = self.horizontalHeader()
        now = header.sectionSize(number) or self._width(number)
        self._chosen[number] = max(header.minimumSectionSize(), now + by * theme.current().px(4))
        self.fit_columns()
        self.columns_changed.emit()
        return self._chosen[number]

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

    def _column_key(self, event: QKeyEvent) -> bool:
        """Ctrl+Alt with an arrow makes the current column narrower or wider, with Shift moves it."""
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        place = self.currentIndex()
        if event.key() not in {Qt.Key.Key_Left, Qt.Key.Key_Right} or not place.isValid():
            return False
        if event.modifiers() & wanted != wanted:
            return False
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        by = 1 if (event.key() == Qt.Key.Key_Right) != reverse else -1
        key = self._records.columns[place.column()].key
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.move_column(key, self.horizontalHeader().visualIndex(place.column()) + by)
        else:
            self.widen_column(key, by)
        return True
