"""The rows as they will be read: a window onto the spool, bad cells marked, each cell mended in its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zbdesk.sources.base import CellError
from zbdesk.ui import icons, lists, painting, theme
from zbdesk.ui.importing import names
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.sentences import said

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_FIGURES = frozenset({"number", "debit", "credit"})


class GridModel(QAbstractTableModel):
    """Mapped columns of all rows that can be shown. The first column is the row's number in the file."""

    def __init__(self, flow: ImportFlow) -> None:
        super().__init__(flow)
        self.flow = flow
        self.places: list[int] = []
        self._count = 0
        flow.opened.connect(self.reset)
        flow.rows_changed.connect(self._grow)
        flow.checking.connect(self._columns_changed)
        flow.checked.connect(self._columns_changed)

    def reset(self) -> None:
        """Another file."""
        self.beginResetModel()
        self.places = sorted(self.flow.session.fields)
        self._count = self.flow.spool.count
        self.endResetModel()

    def _grow(self) -> None:
        count = self.flow.spool.count
        if count < self._count:
            self.reset()
        elif count > self._count:
            self.beginInsertRows(_TOP, self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def _columns_changed(self) -> None:
        if self.places != sorted(self.flow.session.fields):
            self.reset()
        else:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.places))
            if self._count:
                self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.places)))

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows that are here."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _TOP) -> int:
        """Number of the row, and what is imported."""
        return 0 if parent.isValid() else len(self.places) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Names of fields."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section == 0:
                return self.tr("Row")
            session = self.flow.session
            place = self.places[section - 1]
            return names.field_name(session.module, session.fields.get(place, ""))
        if role == Qt.ItemDataRole.TextAlignmentRole and (section == 0 or self.is_figure(section)):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        return None

    def is_figure(self, column: int) -> bool:
        """Whether a column holds amounts, which stand at the right in every language."""
        return column > 0 and self.flow.session.kind(self.places[column - 1]) in _FIGURES

    def cell(self, index: Index) -> tuple[int, int]:
        """(row of the file, position of the column); -1 for the row's number."""
        number, _ = self.flow.spool.row(index.row())
        return number, self.places[index.column() - 1] if index.column() else -1

    def text(self, index: Index) -> str:
        """What stands in a cell, or what a person wrote in its place."""
        try:
            number, texts = self.flow.spool.row(index.row())
        except IndexError:
            return ""  # the file was closed in this moment
        if index.column() == 0:
            return str(number)
        place = self.places[index.column() - 1]
        mended = self.flow.session.overrides.get((number, place))
        return mended if mended is not None else texts[place] if place < len(texts) else ""

    def error(self, index: Index) -> CellError | None:
        """What is wrong with a cell; of a row as a whole at its number."""
        try:
            return self.flow.bad.get(self.cell(index))
        except IndexError:
            return None

    def is_mended(self, index: Index) -> bool:
        """Whether a person wrote something in its place."""
        return index.column() > 0 and self.cell(index) in self.flow.session.overrides

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Text, and the sentence of a bad cell."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.text(index)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            error = self.error(index)
            return said(error.message) if error is not None else None
        return None

    def setData(self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Mend a cell."""
        if role != Qt.ItemDataRole.EditRole or index.column() == 0 or str(value) == self.text(index):
            return False
        self.flow.mend([self.cell(index)], str(value))
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values can be mended, numbers of rows cannot."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() else flags

    def find(self, number: int, place: int) -> QModelIndex:
        """Where a cell of the file stands; not valid for one that is not shown."""
        row = self.flow.spool.position_of(number)
        if row is None or row >= self._count:
            return QModelIndex()
        column = self.places.index(place) + 1 if place in self.places else 0
        return self.index(row, column)


class GridDelegate(QStyledItemDelegate):
    """Cells: bad ones tinted with their octagon, mended ones with a pencil."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        model = index.model()
        assert isinstance(model, GridModel)  # noqa: S101 - the only model it is given
        look, rect = theme.current(), painting.rect_of(option)
        reverse, current = painting.is_reverse(option), painting.is_selected(option)
        error = model.error(index)
        if index.column() == 0:
            painter.fillRect(rect, look.color("window"))
        if current:
            painter.fillRect(rect, look.color("selection"))
        painter.setPen(look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if error is not None:
            box = rect.adjusted(0, 0, -1, -1)
            if not current:
                painter.fillRect(box, look.color("problem_tint"))
            painter.setPen(QPen(look.color("problem"), 2 if current else 1))
            painter.drawRect(box.adjusted(1, 1, -1, -1) if current else box)
        elif current:
            painter.setPen(QPen(look.color("focus_on_selection"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        inner = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        drawing = "octagon-alert" if error is not None else "pencil" if model.is_mended(index) else ""
        if drawing:
            size = look.px(3.5)
            colour = look.color("problem" if error is not None else "accent_text")
            if current and look.is_contrast:
                colour = look.color("on_selection")
            picture = icons.coloured(drawing, colour, size, painter.device().devicePixelRatioF())
            left = inner.right() - size + 1 if reverse else inner.left()
            painter.drawPixmap(left, inner.center().y() - size // 2 + 1, picture)
            room = size + look.px(1.5)
            inner = inner.adjusted(0, 0, -room, 0) if reverse else inner.adjusted(room, 0, 0, 0)
        quiet = index.column() == 0
        painter.setFont(look.font("body"))
        plain = "on_selection" if current else "text2" if quiet else "text"
        painter.setPen(look.color(plain))
        align = painting.RIGHT if quiet or model.is_figure(index.column()) else painting.start(reverse=reverse)
        text = model.text(index).replace("\n", " ")
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, align, elided)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain line in the cell's place."""
        del option
        line = QLineEdit(parent)
        line.setFont(QFont(theme.current().font("body")))
        line.setFrame(True)
        model = index.model()
        assert isinstance(model, GridModel)  # noqa: S101 - the only model it is given
        number, _ = model.cell(index)
        title = str(model.headerData(index.column(), Qt.Orientation.Horizontal))
        line.setAccessibleName(self.tr("Row %1, %2").replace("%1", str(number)).replace("%2", title))
        return line


class Grid(QTableView):
    """The table. ``moved``: another cell is the current one. Enter and F2 mend; F8 and Shift+F8 go from bad to bad."""

    moved = Signal()

    def __init__(self, flow: ImportFlow) -> None:
        super().__init__()
        self.rows = GridModel(flow)
        self.flow = flow
        self.setModel(self.rows)
        self.cells = GridDelegate(self)
        self.setItemDelegate(self.cells)
        lists.plain(self, self.tr("Rows, as they will be read"))
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._mend)
        self.rows.modelReset.connect(self._lay_out)
        self.rows.rowsInserted.connect(self._first_rows)
        self._laid_out = False
        theme.on_change(self, self.restyle)

    def restyle(self) -> None:
        """Measures by the theme."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().setFont(QFont(look.font("caption_strong")))
        self._lay_out()

    def _first_rows(self) -> None:
        if not self._laid_out:
            self._lay_out()

    def _lay_out(self) -> None:
        """Widths by the first rows; figures and dates whole, long text gives way."""
        look, metrics = theme.current(), QFontMetrics(theme.current().font("body"))
        head = QFontMetrics(look.font("caption_strong"))
        count = min(60, self.rows.rowCount())
        self._laid_out = count > 0
        for column in range(self.rows.columnCount()):
            texts = [self.rows.text(self.rows.index(row, column)) for row in range(count)]
            widest = max((metrics.horizontalAdvance(text[:80]) for text in texts), default=0)
            title = head.horizontalAdvance(str(self.rows.headerData(column, Qt.Orientation.Horizontal)))
            room = look.px(4 if column == 0 else 9.5)
            self.setColumnWidth(column, min(look.px(56), max(widest + room, title + look.px(5))))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say where one stands."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def bad_cells(self) -> list[tuple[int, int]]:
        """All that is known to be bad, in the order of the file."""
        return sorted(self.flow.bad)

    def go_to(self, number: int, place: int) -> bool:
        """Make a cell the current one; False where it is not shown."""
        index = self.rows.find(number, place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return index.isValid()

    def next_bad(self, *, back: bool = False) -> bool:
        """The next bad cell, round and round; False where there is none."""
        cells = self.bad_cells()
        if not cells:
            return False
        index = self.currentIndex()
        here = self.rows.cell(index) if index.isValid() else (-1, -1)
        at = bisect_left(cells, here) - 1 if back else bisect_right(cells, here)
        return self.go_to(*cells[at % len(cells)])

    def _mend(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.column() > 0:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 begin to mend."""
        if self.state() is QAbstractItemView.State.EditingState:
            event.accept()  # the editor let it through after it took it: Enter would begin anew
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._mend()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No search through all rows."""
        del search

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """Enter stays in the cell, so that F8 goes on from it."""
        super().closeEditor(editor, hint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
