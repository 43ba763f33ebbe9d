"""A short table of the wizard whose rows are chosen as a whole: model, delegate and view without their content.

A click or Space chooses the row under the pointer or the current one; Enter is left to the page, whose Next it is.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QTableView,
    QWidget,
)

from zbdesk.ui import theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
"""Figures stand at the right in every language, and their titles above them."""


class RowsModel(QAbstractTableModel):
    """Rows under titles. ``columns``: how many; ``figures``: those of them that hold numbers."""

    columns: ClassVar[int]
    figures: ClassVar[frozenset[int]] = frozenset()

    def titles(self) -> tuple[str, ...]:
        """One a column."""
        raise NotImplementedError

    def total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def rows_changed(self) -> None:
        """What the rows show is another now."""
        if self.total():
            self.dataChanged.emit(self.index(0, 0), self.index(self.total() - 1, self.columns - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as are shown."""
        return 0 if parent.isValid() else self.total()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Fixed by the kind of table."""
        return 0 if parent.isValid() else self.columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Title of a column, above its words or figures."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole:
            leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            return int(FIGURES if section in self.figures else leading)
        return self.titles()[section] if role == Role.DisplayRole else None


class RowDelegate(QStyledItemDelegate):
    """Drawing that the tables share."""

    def paint_ground(self, painter: QPainter, rect: QRect, role: str | None) -> None:
        """The row's surface, where it has one of its own, and the hairline below."""
        look = theme.current()
        if role is not None:
            painter.fillRect(rect, look.color(role))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))

    def paint_indicator(
        self,
        painter: QPainter,
        area: QRect,
        element: QStyle.PrimitiveElement,
        direction: Qt.LayoutDirection,
        *,
        on: bool,
        enabled: bool = True,
    ) -> None:
        """A radio or check box at the beginning of ``area``, in the middle of its height."""
        box = QStyleOptionButton()
        side = self.indicator_side()
        place = QRect(area.left(), area.center().y() - side // 2, side, side)
        box.rect = QStyle.visualRect(direction, area, place)
        box.state = QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        if enabled:
            box.state |= QStyle.StateFlag.State_Enabled
        view = self.parent()
        if isinstance(view, QWidget):
            view.style().drawPrimitive(element, box, painter, view)

    @staticmethod
    def indicator_side() -> int:
        """Width and height of a radio or check box."""
        return theme.current().px(3.75)

    def paint_focus(self, painter: QPainter, rect: QRect, role: str) -> None:
        """Two lines around the row that the keys are on."""
        edge = theme.current().color(role)
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), edge)
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), edge)

    def has_keys(self, index: Index) -> bool:
        """Whether the keys are on the row of this cell."""
        view = self.parent()
        return isinstance(view, QAbstractItemView) and view.hasFocus() and index.row() == view.currentIndex().row()


class RowTable(QTableView):
    """The view. A subclass says in ``pick`` what choosing a row does, and in ``fit`` how high it is."""

    def __init__(self, rows: RowsModel, delegate: RowDelegate) -> None:
        super().__init__()
        self.hovered_row = -1
        rows.setParent(self)
        delegate.setParent(self)
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def pick(self, row: int) -> None:
        """A person chose this row."""
        raise NotImplementedError

    def fit(self) -> None:
        """Take the height that the rows need."""
        raise NotImplementedError

    def take_fonts(self) -> None:
        """Take the fonts from the theme in use."""
        look = theme.current()
        self.setFont(look.font("body"))
        self.horizontalHeader().setFont(look.font("caption_strong"))

    def fit_rows(self, rows: int) -> None:
        """Be as high as the titles and so many rows, but at least one."""
        head = max(self.horizontalHeader().sizeHint().height(), theme.current().row_height)
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(head + max(1, rows) * height + 2 * self.frameWidth())

    def rows_shown(self) -> None:
        """Other rows are shown: the first is the current one."""
        self.fit()
        if self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the whole row."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.pick(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is hovered."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses the current row; Enter goes to the page; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space:
            if self.currentIndex().isValid():
                self.pick(self.currentIndex().row())
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
