"""The list of organizations: two lines each, one of them chosen, ended ones last and not choosable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zbdesk.domain.views import Organization
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
NAME, CURRENCY, COUNTRY, FISCAL, PLAN = range(5)


class OrganizationsModel(QAbstractTableModel):
    """Organizations in the order of their names, ended ones last; ``chosen`` is an id or empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Organization] = []
        self.chosen = ""
        self.compact = False

    def show_rows(self, found: Sequence[Organization]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = sorted(found, key=lambda one: (not one.active, one.name.casefold(), one.organization_id))
        self.endResetModel()

    def organization(self, row: int) -> Organization:
        """Return the organization of a row."""
        return self._rows[row]

    def choose(self, organization_id: str) -> None:
        """Mark one as chosen."""
        self.chosen = organization_id
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, PLAN))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Fixed by the kind of table."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """As many as are shown."""
        """Fixed by the kind of table."""
        """Title of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == _Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if role != _Role.DisplayRole:
            return None
        return (
            self.tr("Organization and ID"), self.tr("Currency"), self.tr("Country"), self.tr("Fiscal year"),
            self.tr("Plan"),
        )[section]  # fmt: skip

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        if not self._rows[index.row()].active:
            return Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable

    def data(  # noqa: PLR0911 - one return a role
        self, index: _Index, role: int = _Role.DisplayRole
    ) -> object:
        """Answer for screen, screen reader and tooltip."""
        one = self._rows[index.row()]
        if role == _Role.DisplayRole:
            return self._text(one, index.column())
        if role == _Role.ToolTipRole and index.column() == NAME:
            return one.name
        if role == _Role.UserRole:
            return self.second_line(one) if index.column() == NAME else ""
        if index.column() != NAME:
            return None
        if role == _Role.CheckStateRole:
            return Qt.CheckState.Checked if one.organization_id == self.chosen else Qt.CheckState.Unchecked
        if role == _Role.AccessibleTextRole:
            parts = [one.name, one.organization_id, *(self._text(one, column) for column in range(1, 5)), one.time_zone]
            if one.organization_id == self.chosen:
                parts.append(self.tr("chosen"))
            return ", ".join(part for part in parts if part)
        return None

    def second_line(self, one: Organization) -> str:
        """Return ID and zone."""
        return " · ".join(part for part in (isolate(one.organization_id), one.time_zone) if part)

    def third_line(self, one: Organization) -> str:
        """Return country and fiscal year where a narrow window has no columns for them, else nothing."""
        parts = (one.country, self._text(one, FISCAL)) if self.compact else ()
        return " · ".join(part for part in parts if part)

    def _text(self, one: Organization, column: int) -> str:
        if column == NAME:
            return one.name
        if column == CURRENCY:
            return one.currency_code
        if column == COUNTRY:
            return one.country
        if column == FISCAL:
            month = one.fiscal_year_start_month
            return self.tr("from %1").replace("%1", month.capitalize()) if month else ""
        if not one.active:
            return self.tr("Ended")
        return one.plan.replace("_", " ").capitalize() if one.plan else ""


class _Delegate(QStyledItemDelegate):
    """Paints a row: radio and two lines in the first column, one line in the others, a hairline below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme.current()
        width = option.fontMetrics.horizontalAdvance(str(index.data(_Role.DisplayRole) or "")) + look.px(5)
        return QSize(width, look.two_line_height + look.px(1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        view = option.widget
        model = index.model()
        if not isinstance(model, OrganizationsModel) or not isinstance(view, OrganizationTable):
            return
        one = model.organization(index.row())
        chosen = one.organization_id == model.chosen
        rect = option.rect
        if chosen:
            painter.fillRect(rect, look.color("selection"))
        elif one.active and index.row() == view.hovered_row:
            painter.fillRect(rect, look.color("hover"))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, look.color("line"))
        first = "on_selection" if chosen else "text" if one.active else "disabled"
        second = "on_selection" if chosen and look.is_contrast else "text2" if one.active else "disabled"
        start = option.direction
        area = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        if index.column() == NAME:
            area = self._radio(painter, area, chosen=chosen, enabled=one.active, direction=start)
            height = look.line_height
            lines = 3 if model.compact else 2
            top = area.top() + (area.height() - lines * height) // 2
            name = QRect(area.left(), top, area.width(), height)
            _text(painter, name, own_direction(one.name), "strong", first, start)
            _text(painter, name.translated(0, height), model.second_line(one), "caption", second, start)
            if model.compact:
                _text(painter, name.translated(0, 2 * height), model.third_line(one), "caption", second, start)
        else:
            _text(painter, area, str(index.data(_Role.DisplayRole) or ""), "body", first, start)
        if view.hasFocus() and index.row() == view.currentIndex().row():
            edge = look.color("focus_on_selection" if chosen else "focus")
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), edge)
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), edge)

    def _radio(
        self, painter: QPainter, area: QRect, *, chosen: bool, enabled: bool, direction: Qt.LayoutDirection
    ) -> QRect:
        look = theme.current()
        side = look.px(3.75)
        option = QStyleOptionButton()
        box = QRect(area.left(), area.center().y() - side // 2, side, side)
        option.rect = QStyle.visualRect(direction, area, box)
        option.state = QStyle.StateFlag.State_On if chosen else QStyle.StateFlag.State_Off
        if enabled:
            option.state |= QStyle.StateFlag.State_Enabled
        view = self.parent()
        if isinstance(view, QWidget):
            view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorRadioButton, option, painter, view)
        rest = area.adjusted(side + look.px(3), 0, 0, 0)
        return QStyle.visualRect(direction, area, rest)


def own_direction(text: str) -> str:
    """Keep a name's own direction, so that its last full stop stays at its end in a window of the other direction."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _text(  # noqa: PLR0917 - a drawing call, read in the order of drawing
    painter: QPainter, area: QRect, text: str, kind: str, role: str, direction: Qt.LayoutDirection
) -> None:
    look = theme.current()
    painter.setFont(look.font(kind))
    painter.setPen(look.color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(area), int(QStyle.visualAlignment(direction, start)), shown)


class OrganizationTable(QTableView):
    """Signal: ``chosen(str)``: a person chose this organization."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = OrganizationsModel(self)
        self.hovered_row = -1
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(self.tr("Organizations"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take fonts and row heights from the theme in use."""
        look = theme.current()
        self.setFont(look.font("body"))
        self.horizontalHeader().setFont(look.font("caption_strong"))
        self.verticalHeader().setMinimumSectionSize(look.two_line_height)
        third = look.line_height if self.rows.compact else 0
        self.verticalHeader().setDefaultSectionSize(look.two_line_height + look.px(1.5) + third)
        self.fit()

    def show_rows(self, found: Sequence[Organization]) -> None:
        """Show these organizations; the first choosable one is the current row, none is chosen."""
        self.rows.show_rows(found)
        self.fit()
        if found:
            self.setCurrentIndex(self.rows.index(0, NAME))

    def fit(self) -> None:
        """Be as high as the rows, up to eight; more scroll."""
        head = max(self.horizontalHeader().sizeHint().height(), theme.current().row_height)
        rows = min(8, max(1, self.rows.rowCount()))
        self.setFixedHeight(head + rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        compact = theme.current().em(self.width()) < 44
        if compact != self.rows.compact:
            self.rows.compact = compact
            self.setColumnHidden(COUNTRY, compact)
            self.setColumnHidden(FISCAL, compact)
            self.refresh()
            self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.rows.organization(index.row()).active:
            self.setCurrentIndex(self.rows.index(index.row(), NAME))
            organization_id = self.rows.organization(index.row()).organization_id
            self.rows.choose(organization_id)
            self.chosen.emit(organization_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the whole row."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is hovered."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that mean something here; leave the rest to Qt."""
        if event.key() == Qt.Key.Key_Space:
            self._choose(self.currentIndex())
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Enter is Next's, once something is chosen.
            event.ignore()
            return
        super().keyPressEvent(event)
        self.viewport().update()
