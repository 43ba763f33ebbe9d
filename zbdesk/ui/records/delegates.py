"""Cells of the records table, painted as ready text: no style call, no measuring of the model, no database.

Pens, fonts and widths are worked out once a theme. Invariant: numbers, dates, codes and amounts are never elided;
amounts stand at the right in every language with their decimal points under each other.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from zbdesk.ui import icons, painting, theme
from zbdesk.ui.models.columns import Kind
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.models.rows import Cell

_WAITING = "…"


class Brushes:
    """Everything a cell needs of the theme, looked up once a change of theme."""

    def __init__(self) -> None:
        now = theme.current()
        self.font: QFont = now.font("body")
        self.metrics = QFontMetrics(self.font)
        self.inset = now.px(2)
        self.icon = now.icon_size
        self.gap = now.px(2)
        self.base, self.hover, self.selection = now.color("base"), now.color("hover"), now.color("selection")
        self.line = now.color("line")
        self.focus = QPen(now.color("focus_on_selection" if now.is_contrast else "focus"), 1)
        self.edge = QPen(now.color("edge"), 1)
        self.on_selection = now.color("on_selection")
        self.colours = {role: now.color(role) for role in _ROLES}
        self.plain_selection = not now.is_contrast
        self.digit = self.metrics.horizontalAdvance("0")
        self.point = self.metrics.horizontalAdvance(".")

    def colour(self, role: str, *, selected: bool) -> QColor:
        """Colours keep their meaning on our pale selection; on the strong one of high contrast text has one colour."""
        if selected and not self.plain_selection:
            return self.on_selection
        return self.colours.get(role, self.colours["text"])


_ROLES = ("text", "text2", "attention", "problem", "accent_text", "ok", "disabled")


class CellDelegate(QStyledItemDelegate):
    """Ground, hairline and focus lines of a row; what stands in the cell is the subclass's.

    The table sets ``hovered`` (row under the pointer) and ``focused`` (whether it has the keyboard).
    """

    kind = Kind.TEXT

    def __init__(self, model: RecordsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.brushes = Brushes()
        self.hovered = -1
        self.current = -1
        self.focused = False
        self.reverse = False

    @property
    def _start(self) -> int:
        return painting.start(reverse=self.reverse)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows have one height; columns are measured by the table."""
        del option, index
        return QSize(0, theme.current().row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        rect, selected = painting.rect_of(option), painting.is_selected(option)
        row, brushes = index.row(), self.brushes
        self.reverse = painting.is_reverse(option)
        if selected:
            painter.fillRect(rect, brushes.selection)
        elif row == self.hovered:
            painter.fillRect(rect, brushes.hover)
        painter.setPen(brushes.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row == self.current:
            painter.setPen(brushes.focus if self.focused else brushes.edge)
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(brushes.font)
        found = self._model.row(row)
        inner = rect.adjusted(brushes.inset, 0, -brushes.inset, 0)
        if found is None:
            painter.setPen(brushes.colour("text2", selected=selected))
            painter.drawText(inner, painting.RIGHT if self.kind is Kind.MONEY else self._start, _WAITING)
            return
        cell = found.cells[index.column()]
        self.paint_cell(painter, inner, cell, selected=selected)

    def paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, selected: bool) -> None:
        """Text at the start, whole."""
        painter.setPen(self.brushes.colour(cell.role, selected=selected))
        painter.drawText(rect, self._start, cell.text)

    def width_of(self, cell: Cell) -> int:
        """The width that shows this cell whole."""
        return self.brushes.metrics.horizontalAdvance(cell.text) + 2 * self.brushes.inset

    def restyle(self) -> None:
        """The theme is another one."""
        self.brushes = Brushes()


class StateDelegate(CellDelegate):
    """The shape of the record's state, in the middle."""

    kind = Kind.STATE

    def paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, selected: bool) -> None:
        """Only the shape; its word is the tooltip and the accessible text. A record that went away has none."""
        if not cell.icon:
            return
        size = self.brushes.icon
        picture = icons.coloured(
            cell.icon, self.brushes.colour(cell.role, selected=selected), size, painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(rect.center().x() - size // 2 + 1, rect.center().y() - size // 2, picture)


class PartyDelegate(CellDelegate):
    """The text that gives way first: elided at its end."""

    kind = Kind.PARTY

    def paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, selected: bool) -> None:
        """Elided at the end; the whole text is the tooltip."""
        painter.setPen(self.brushes.colour(cell.role, selected=selected))
        text = self.brushes.metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, self._start, text)


class StatusDelegate(CellDelegate):
    """Shape and word of Zoho's status."""

    kind = Kind.STATUS

    def paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, selected: bool) -> None:
        """The shape at the start, the word beside it, both in the state's colour."""
        colour, size, step = self.brushes.colour(cell.role, selected=selected), self.brushes.icon, self.brushes.gap
        if cell.icon:
            painted = icons.coloured(cell.icon, colour, size, painter.device().devicePixelRatioF())
            left = rect.right() - size + 1 if self.reverse else rect.left()
            painter.drawPixmap(left, rect.center().y() - size // 2, painted)
        painter.setPen(colour)
        shift = size + step // 2 + 1
        words = rect.adjusted(0, 0, -shift, 0) if self.reverse else rect.adjusted(shift, 0, 0, 0)
        painter.drawText(words, self._start, cell.text)

    def width_of(self, cell: Cell) -> int:
        """Shape, gap and word."""
        return super().width_of(cell) + self.brushes.icon + self.brushes.gap


class MoneyDelegate(CellDelegate):
    """An amount at the right; missing decimals become space so that decimal points stand in one line."""

    kind = Kind.MONEY

    def paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, selected: bool) -> None:
        """The figure, moved left by the decimals it does not have."""
        painter.setPen(self.brushes.colour(cell.role, selected=selected))
        painter.drawText(rect.adjusted(0, 0, -self._padding(cell), 0), painting.RIGHT, cell.text)

    def width_of(self, cell: Cell) -> int:
        """The figure and the room of its missing decimals."""
        return super().width_of(cell) + self._padding(cell)

    def _padding(self, cell: Cell) -> int:
        if not cell.missing:
            return 0
        whole = cell.missing == self._model.places
        return cell.missing * self.brushes.digit + (self.brushes.point if whole else 0)


DELEGATES: dict[Kind, type[CellDelegate]] = {
    Kind.STATE: StateDelegate,
    Kind.PARTY: PartyDelegate,
    Kind.STATUS: StatusDelegate,
    Kind.MONEY: MoneyDelegate,
}


def delegate_for(kind: Kind, model: RecordsModel, parent: QObject) -> CellDelegate:
    """The painter of one kind of column."""
    return DELEGATES.get(kind, CellDelegate)(model, parent)
