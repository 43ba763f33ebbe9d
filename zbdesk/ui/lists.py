"""What the window's lists have in common: how a table of whole lines is set up, and what stands under their cells."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTableView

from zbdesk.ui import painting, theme


def plain(table: QTableView, name: str) -> None:
    """What every table here is: no frame, no grid, no row titles, no editing of cells; Tab leaves it.

    ``name``: what is read out.
    """
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(1)
    table.horizontalHeader().setHighlightSections(False)


def set_up(table: QTableView, name: str) -> None:
    """A plain list of whole lines under titles that nobody clicks."""
    plain(table, name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setProperty("ring", True)
    head = table.horizontalHeader()
    head.setMinimumSectionSize(1)
    head.setSectionsClickable(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


def paint_ground(
    painter: QPainter,
    option: QStyleOptionViewItem,
    index: QModelIndex | QPersistentModelIndex,
    table: QTableView,
    *,
    hovered: bool = False,
) -> QRect:
    """Ground, hairline, and the focus around the current line; returns the cell."""
    look, rect = theme.current(), painting.rect_of(option)
    if painting.is_selected(option):
        painter.fillRect(rect, look.color("selection"))
    elif hovered:
        painter.fillRect(rect, look.color("hover"))
    painter.setPen(look.color("line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if table.hasFocus() and table.currentIndex().row() == index.row():
        painter.setPen(QPen(look.color("focus_on_selection" if look.is_contrast else "focus"), 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    return rect
