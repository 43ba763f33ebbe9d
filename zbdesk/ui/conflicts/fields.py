"""The field-by-field view: last agreed, this computer, Zoho Books, difference, result. A side is chosen per field.

A click or the arrow keys choose; Tab goes on. The table is as high as its rows, the page scrolls.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QTableView,
)

from zbdesk.ui import lists, theme
from zbdesk.ui.conflicts.fields_model import BASE, FIELD, GAP, OURS, RESULT, SIDES, THEIRS, FieldsModel, Index
from zbdesk.ui.conflicts.fields_paint import FieldsDelegate, FieldsHeader
from zbdesk.ui.conflicts.rows import REMOTE


class FieldsTable(QTableView):
    """The table; as high as its rows. ``reached``: the height at which the current row stands."""

    reached = Signal(int)

    def __init__(self, model: FieldsModel) -> None:
        super().__init__()
        self.fields = model
        self.header = FieldsHeader(model, self)
        self.setHorizontalHeader(self.header)
        self.delegate = FieldsDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        lists.plain(self, self.tr("Fields on both sides"))
        self.header.setMinimumSectionSize(1)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        model.modelReset.connect(self.lay_out)
        theme.hub().changed.connect(self.lay_out)

    def set_narrow(self, *, narrow: bool) -> None:
        """Without room what was agreed stands below the field's name, and the difference gives way."""
        self.delegate.narrow = self.fields.narrow = narrow
        self.setColumnHidden(BASE, narrow)
        self.setColumnHidden(GAP, narrow)
        self.lay_out()

    def lay_out(self) -> None:
        """Heights of rows, widths of columns, height of the whole."""
        model = self.fields
        self.clearSpans()
        for at, row in enumerate(model.rows):
            self.setRowHeight(at, self.delegate.height_of(row))
            if row.kind in {"heading", "fold"}:
                self.setSpan(at, 0, 1, 6)
        self._widths()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = sum(self.rowHeight(at) for at in range(self.fields.rowCount()))
        return QSize(theme.current().px(120), rows + self.header.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(theme.current().px(60), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._widths()

    def _widths(self) -> None:
        model, look = self.fields, theme.current()
        columns = [column for column in range(6) if not self.isColumnHidden(column)]
        room = self.viewport().width()
        least = {
            FIELD: look.px(26),
            BASE: look.px(22),
            OURS: look.px(32),
            THEIRS: look.px(32),
            GAP: look.px(20),
            RESULT: look.px(26),
        }
        needed = {column: least[column] for column in columns}
        for at, row in enumerate(model.rows):
            if row.kind in {"heading", "fold"}:
                continue
            for column in columns:
                shown = model.cell(at, column)
                if shown.figure or shown.whole or column == GAP:
                    radio = row.kind == "clash" and column in SIDES
                    width = self.delegate.width_of(shown, "strong", radio=radio)
                    needed[column] = max(needed[column], width)
        # Both sides of one width, so that the eye compares straight across.
        sides = max(needed[OURS], needed[THEIRS])
        needed[OURS] = needed[THEIRS] = sides
        needed[RESULT] = max(needed[RESULT], sides - look.px(6))
        spare = room - sum(needed.values())
        if spare > 0:
            share = {OURS: 3, THEIRS: 3, RESULT: 2, FIELD: 2, BASE: 1, GAP: 1}
            whole = sum(share[column] for column in columns)
            for column in columns:
                needed[column] += spare * share[column] // whole
        needed[columns[-1]] += room - sum(needed.values()) if spare > 0 else 0
        for column in columns:
            self.setColumnWidth(column, needed[column])

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """The table is as high as its rows: the page scrolls (``reached``), the table never."""
        del hint
        box = self.visualRect(self.fields.index(index.row(), index.column()))
        self.reached.emit(self.header.height() + box.center().y())

    # ---- choosing ------------------------------------------------------------------------------------------------
    def focus_first(self) -> None:
        """Go to the first field that is not decided, or the first one."""
        model = self.fields
        rows = [at for at, row in enumerate(model.rows) if row.kind == "clash"]
        open_rows = [at for at in rows if model.rows[at].name not in model.chosen]
        if rows:
            self.setCurrentIndex(model.index((open_rows or rows)[0], OURS))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the side that stands there, up and down go through the fields; Space chooses too."""
        index = self.currentIndex()
        row = self.fields.rows[index.row()] if index.isValid() else None
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if row is not None and row.kind == "clash" and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            towards_start = (event.key() == Qt.Key.Key_Left) != reverse
            column = OURS if towards_start else THEIRS
            self.setCurrentIndex(self.fields.index(index.row(), column))
            self.fields.choose(row.name, SIDES[column])
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            if row.kind == "fold":
                self.fields.fold()
                return
            if row.kind == "clash" and index.column() in SIDES and event.key() == Qt.Key.Key_Space:
                self.fields.choose(row.name, SIDES[index.column()])
                return
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        event.ignore()

    def _step(self, way: int) -> None:
        stops = [at for at, row in enumerate(self.fields.rows) if row.kind in {"clash", "fold"}]
        here = self.currentIndex().row()
        later = [at for at in stops if (at > here if way > 0 else at < here)]
        if later:
            at = later[0] if way > 0 else later[-1]
            column = FIELD if self.fields.rows[at].kind == "fold" else self._column_of(at)
            self.setCurrentIndex(self.fields.index(at, column))

    def _column_of(self, at: int) -> int:
        return THEIRS if self.fields.chosen.get(self.fields.rows[at].name) == REMOTE else OURS

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the page."""
        del search

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a side chooses it, on the fold opens it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        row = self.fields.rows[index.row()]
        if row.kind == "fold":
            self.fields.fold()
        elif row.kind == "clash" and index.column() in SIDES:
            self.fields.choose(row.name, SIDES[index.column()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cell under the pointer."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover((index.row(), index.column()))

    def leaveEvent(self, event: QEvent) -> None:
        """None."""
        super().leaveEvent(event)
        self._hover((-1, -1))

    def _hover(self, cell: tuple[int, int]) -> None:
        if self.delegate.hovered != cell:
            self.delegate.hovered = cell
            self.viewport().update()
