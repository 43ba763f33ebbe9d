"""The table of modules to sync: chosen or not, records as Zoho counts them, calls of the first sync."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from zbdesk.domain.module import Feed, Section
from zbdesk.domain.modules import MODULES
from zbdesk.ui import theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.languages import lower_first
from zbdesk.ui.text import module_label
from zbdesk.ui.wizard.estimate import module_calls
from zbdesk.ui.wizard.row_table import FIGURES, Index, Role, RowDelegate, RowsModel, RowTable

MODULE, RECORDS, CALLS = range(3)
PENDING = "…"

OFFERED: tuple[str, ...] = tuple(
    sorted(
        (name for name in MODULES if name != "organizations"),
        key=lambda name: MODULES[name].section is Section.SETTINGS,
    )
)
"""What a person chooses from: in the catalogue's order, settings last."""

USUAL: tuple[str, ...] = tuple(name for name in OFFERED if MODULES[name].by_default)


class ModulesModel(RowsModel):
    """The modules that are shown, in the catalogue's order, and which of them are chosen."""

    columns = 3
    figures = frozenset({RECORDS, CALLS})

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.chosen: set[str] = set()
        self.counts: Mapping[str, int | None] = {}
        self.formats = Formats()

    def show_names(self, names: Sequence[str]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.names = list(names)
        self.endResetModel()

    def titles(self) -> tuple[str, ...]:
        """See ``RowsModel``."""
        return (self.tr("Module"), self.tr("Records"), self.tr("Calls"))

    def total(self) -> int:
        """See ``RowsModel``."""
        return len(self.names)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == MODULE else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Answer for screen, screen reader and tooltip."""
        name = self.names[index.row()]
        if role == Role.DisplayRole:
            return (module_label(name), self._records(name), self._calls(name))[index.column()]
        if role == Role.CheckStateRole and index.column() == MODULE:
            return Qt.CheckState.Checked if name in self.chosen else Qt.CheckState.Unchecked
        if role == Role.AccessibleTextRole and index.column() == MODULE:
            state = self.tr("chosen") if name in self.chosen else self.tr("not chosen")
            return f"{module_label(name)}, {state}, {self.tr('records')}: {self._records(name)}"
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Choose a module or choose it no more."""
        if role != Role.CheckStateRole or index.column() != MODULE:
            return False
        name = self.names[index.row()]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.chosen.add(name)
        else:
            self.chosen.discard(name)
        self.rows_changed()
        return True

    def _records(self, name: str) -> str:
        if name not in self.counts:
            return self.tr("with %1").replace("%1", self._parent(name)) if self._parent(name) else PENDING
        count = self.counts[name]
        return self.tr("not counted") if count is None else self.formats.count(count)

    def _calls(self, name: str) -> str:
        if name not in self.chosen:
            return "–"
        declared = MODULES[name]
        if declared.feed is Feed.NESTED:
            parents = self.counts.get(declared.parent or "")
            return PENDING if parents is None else self.formats.count(parents)
        if name not in self.counts:
            return PENDING
        return self.formats.count(module_calls(name, self.counts[name]))

    def _parent(self, name: str) -> str:
        declared = MODULES[name]
        if declared.feed is not Feed.NESTED or declared.parent is None:
            return ""
        return lower_first(module_label(declared.parent))


class _Delegate(RowDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        width = option.fontMetrics.horizontalAdvance(str(index.data() or "")) + look.px(6)
        return QSize(width + (look.px(6) if index.column() == MODULE else 0), look.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, direction = theme.current(), option.rect, option.direction
        view, model = option.widget, index.model()
        if not isinstance(model, ModulesModel) or not isinstance(view, ModuleTable):
            return
        self.paint_ground(painter, rect, "hover" if index.row() == view.hovered_row else None)
        chosen = model.names[index.row()] in model.chosen
        text = str(index.data() or "")
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text" if chosen and text != PENDING else "text2"))
        area = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        if index.column() == MODULE:
            self.paint_indicator(painter, area, QStyle.PrimitiveElement.PE_IndicatorCheckBox, direction, on=chosen)
            words = area.adjusted(self.indicator_side() + look.px(2), 0, 0, 0)
            words = QStyle.visualRect(direction, area, words)
            start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(QRectF(words), int(QStyle.visualAlignment(direction, start)), shown)
        else:
            painter.drawText(QRectF(area), int(FIGURES), text)
        if self.has_keys(index):
            self.paint_focus(painter, rect, "focus")


class ModuleTable(RowTable):
    """Signal: ``chosen``: a person changed the choice."""

    chosen = Signal()

    def __init__(self) -> None:
        rows = ModulesModel()
        super().__init__(rows, _Delegate())
        self.rows = rows
        self.setAccessibleName(self.tr("Modules"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in (RECORDS, CALLS):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take fonts and row heights from the theme in use."""
        look = theme.current()
        self.take_fonts()
        self.verticalHeader().setMinimumSectionSize(look.row_height)
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().resizeSection(RECORDS, look.px(36))
        self.horizontalHeader().resizeSection(CALLS, look.px(22))
        self.fit()

    def show_names(self, names: Sequence[str]) -> None:
        """Show these modules."""
        self.rows.show_names(names)
        self.rows_shown()

    def fit(self) -> None:
        """Be as high as all rows: the page scrolls, not the table in it."""
        self.fit_rows(self.rows.total())

    def pick(self, row: int) -> None:
        """Choose the module of ``row``, or choose it no more."""
        index = self.rows.index(row, MODULE)
        self.setCurrentIndex(index)
        off = self.rows.names[row] in self.rows.chosen
        self.rows.setData(index, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked, Role.CheckStateRole)
        self.chosen.emit()
