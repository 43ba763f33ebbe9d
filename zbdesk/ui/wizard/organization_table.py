"""The list of organizations: two lines each, one of them chosen, ended ones last and not choosable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyleOptionViewItem

from zbdesk.domain.views import Organization
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.languages import sort_key
from zbdesk.ui.wizard.row_table import Index, Role, RowDelegate, RowsModel, RowTable

NAME, CURRENCY, COUNTRY, FISCAL, PLAN = range(5)


class OrganizationsModel(RowsModel):
    """Organizations in the order of their names, ended ones last; ``chosen`` is an id or empty."""

    columns = 5

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Organization] = []
        self.chosen = ""
        self.compact = False

    def show_rows(self, found: Sequence[Organization]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = sorted(found, key=lambda one: (not one.active, sort_key(one.name), one.organization_id))
        self.endResetModel()

    def organization(self, row: int) -> Organization:
        """Return the organization of a row."""
        return self._rows[row]

    def choose(self, organization_id: str) -> None:
        """Mark one as chosen."""
        self.chosen = organization_id
        self.rows_changed()

    def titles(self) -> tuple[str, ...]:
        """See ``RowsModel``."""
        first = self.tr("Organization and ID")
        return (first, self.tr("Currency"), self.tr("Country"), self.tr("Fiscal year"), self.tr("Plan"))

    def total(self) -> int:
        """See ``RowsModel``."""
        return len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        if not self._rows[index.row()].active:
            return Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable

    def data(  # noqa: PLR0911 - one return a role
        self, index: Index, role: int = Role.DisplayRole
    ) -> object:
        """Answer for screen, screen reader and tooltip."""
        one = self._rows[index.row()]
        if role == Role.DisplayRole:
            return self._text(one, index.column())
        if role == Role.ToolTipRole and index.column() == NAME:
            return one.name
        if role == Role.UserRole:
            return self.second_line(one) if index.column() == NAME else ""
        if index.column() != NAME:
            return None
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if one.organization_id == self.chosen else Qt.CheckState.Unchecked
        if role == Role.AccessibleTextRole:
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


class _Delegate(RowDelegate):
    """Paints a row: radio and two lines in the first column, one line in the others, a hairline below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        width = option.fontMetrics.horizontalAdvance(str(index.data(Role.DisplayRole) or "")) + look.px(5)
        return QSize(width, look.two_line_height + look.px(1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme.current(), option.rect
        view, model = option.widget, index.model()
        if not isinstance(model, OrganizationsModel) or not isinstance(view, OrganizationTable):
            return
        one = model.organization(index.row())
        chosen = one.organization_id == model.chosen
        hovered = one.active and index.row() == view.hovered_row
        self.paint_ground(painter, rect, "selection" if chosen else "hover" if hovered else None)
        first = "on_selection" if chosen else "text" if one.active else "disabled"
        second = "on_selection" if chosen and look.is_contrast else "text2" if one.active else "disabled"
        start = option.direction
        area = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        if index.column() == NAME:
            radio = QStyle.PrimitiveElement.PE_IndicatorRadioButton
            self.paint_indicator(painter, area, radio, start, on=chosen, enabled=one.active)
            words = area.adjusted(self.indicator_side() + look.px(3), 0, 0, 0)
            area = QStyle.visualRect(start, area, words)
            height = look.line_height
            lines = 3 if model.compact else 2
            top = area.top() + (area.height() - lines * height) // 2
            name = QRect(area.left(), top, area.width(), height)
            _text(painter, name, own_direction(one.name), "strong", first, start)
            _text(painter, name.translated(0, height), model.second_line(one), "caption", second, start)
            if model.compact:
                _text(painter, name.translated(0, 2 * height), model.third_line(one), "caption", second, start)
        else:
            _text(painter, area, str(index.data(Role.DisplayRole) or ""), "body", first, start)
        if self.has_keys(index):
            self.paint_focus(painter, rect, "focus_on_selection" if chosen else "focus")


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


class OrganizationTable(RowTable):
    """Signal: ``chosen(str)``: a person chose this organization."""

    chosen = Signal(str)

    def __init__(self) -> None:
        rows = OrganizationsModel()
        super().__init__(rows, _Delegate())
        self.rows = rows
        self.setAccessibleName(self.tr("Organizations"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for column in (CURRENCY, COUNTRY, FISCAL, PLAN):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take fonts and row heights from the theme in use."""
        look = theme.current()
        self.take_fonts()
        self.verticalHeader().setMinimumSectionSize(look.two_line_height)
        third = look.line_height if self.rows.compact else 0
        self.verticalHeader().setDefaultSectionSize(look.two_line_height + look.px(1.5) + third)
        self.fit()

    def show_rows(self, found: Sequence[Organization]) -> None:
        """Show these organizations; the first choosable one is the current row, none is chosen."""
        self.rows.show_rows(found)
        self.rows_shown()

    def fit(self) -> None:
        """Be as high as the rows, up to eight; more scroll."""
        self.fit_rows(min(8, self.rows.total()))

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

    def pick(self, row: int) -> None:
        """Choose the organization of ``row``, unless it has ended."""
        one = self.rows.organization(row)
        if one.active:
            self.setCurrentIndex(self.rows.index(row, NAME))
            self.rows.choose(one.organization_id)
            self.chosen.emit(one.organization_id)
