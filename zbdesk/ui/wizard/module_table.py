"""The table of modules to sync: chosen or not, records as Zoho counts them, calls of the first sync."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zbdesk.domain.module import Feed, Section
from zbdesk.domain.modules import MODULES
from zbdesk.ui import theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.wizard.estimate import module_calls

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
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


class ModulesModel(QAbstractTableModel):
    """The modules that are shown, in the catalogue's order, and which of them are chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self.chosen: set[str] = set()
        self.counts: Mapping[str, int | None] = {}
        self.formats = Formats()

    def show_names(self, names: Sequence[str]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.names = list(names)
        self.endResetModel()

    def refresh(self) -> None:
        """Counts or choice are others now."""
        if self.names:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.names) - 1, CALLS))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as are shown."""
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Fixed by the kind of table."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """As many as are shown."""
        """Fixed by the kind of table."""
        """As many as are shown."""
        """Fixed by the kind of table."""
        """Title of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeading
            if section != MODULE:
                # Figures stand at the right in every language, and their titles above them.
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == _Role.DisplayRole:
            return (self.tr("Module"), self.tr("Records"), self.tr("Calls"))[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == MODULE else flags

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Answer for screen, screen reader and tooltip."""
        name = self.names[index.row()]
        if role == _Role.DisplayRole:
            return (MODULES[name].label, self._records(name), self._calls(name))[index.column()]
        if role == _Role.CheckStateRole and index.column() == MODULE:
            return Qt.CheckState.Checked if name in self.chosen else Qt.CheckState.Unchecked
        if role == _Role.AccessibleTextRole and index.column() == MODULE:
            state = self.tr("chosen") if name in self.chosen else self.tr("not chosen")
            return f"{MODULES[name].label}, {state}, {self.tr('records')}: {self._records(name)}"
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Choose a module or choose it no more."""
        if role != _Role.CheckStateRole or index.column() != MODULE:
            return False
        name = self.names[index.row()]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.chosen.add(name)
        else:
            self.chosen.discard(name)
        self.refresh()
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
        return MODULES[declared.parent].label.lower()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme.current()
        width = option.fontMetrics.horizontalAdvance(str(index.data() or "")) + look.px(6)
        return QSize(width + (look.px(6) if index.column() == MODULE else 0), look.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        view = option.widget
        model = index.model()
        if not isinstance(model, ModulesModel) or not isinstance(view, ModuleTable):
            return
        rect = option.rect
        if index.row() == view.hovered_row:
            painter.fillRect(rect, look.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        chosen = model.names[index.row()] in model.chosen
        text = str(index.data() or "")
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text" if chosen and text != PENDING else "text2"))
        area = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        if index.column() == MODULE:
            side = look.px(3.75)
            box = QStyleOptionButton()
            place = QRect(area.left(), area.center().y() - side // 2, side, side)
            box.rect = QStyle.visualRect(option.direction, area, place)
            box.state = QStyle.StateFlag.State_Enabled
            box.state |= QStyle.StateFlag.State_On if chosen else QStyle.StateFlag.State_Off
            view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, view)
            area = QStyle.visualRect(option.direction, area, area.adjusted(side + look.px(2), 0, 0, 0))
            start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            flags = int(QStyle.visualAlignment(option.direction, start))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QRectF(area), flags, shown)
        else:
            painter.drawText(
                QRectF(area),
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter),
                text,
            )
        if view.hasFocus() and index.row() == view.currentIndex().row():
            edge = look.color("focus")
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), edge)
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), edge)


class ModuleTable(QTableView):
    """Signal: ``chosen``: a person changed the choice."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = ModulesModel(self)
        self.hovered_row = -1
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(self.tr("Modules"))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(MODULE, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(RECORDS, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(CALLS, QHeaderView.ResizeMode.Fixed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take fonts and row heights from the theme in use."""
        look = theme.current()
        self.setFont(look.font("body"))
        self.horizontalHeader().setFont(look.font("caption_strong"))
        self.verticalHeader().setMinimumSectionSize(look.row_height)
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().resizeSection(RECORDS, look.px(36))
        self.horizontalHeader().resizeSection(CALLS, look.px(22))
        self.fit()

    def show_names(self, names: Sequence[str]) -> None:
        """Show these modules."""
        self.rows.show_names(names)
        self.fit()
        if names:
            self.setCurrentIndex(self.rows.index(0, MODULE))

    def fit(self) -> None:
        """Be as high as all rows: the page scrolls, not the table in it."""
        look = theme.current()
        head = max(self.horizontalHeader().sizeHint().height(), look.row_height)
        self.setFixedHeight(head + max(1, len(self.rows.names)) * look.row_height + 2 * self.frameWidth())

    def toggle(self, row: int) -> None:
        """Choose the module of ``row``, or choose it no more."""
        index = self.rows.index(row, MODULE)
        off = self.rows.names[row] in self.rows.chosen
        self.rows.setData(index, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked, _Role.CheckStateRole)
        self.chosen.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the whole row."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.setCurrentIndex(self.rows.index(index.row(), MODULE))
            self.toggle(index.row())

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
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggle(self.currentIndex().row())
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)
        self.viewport().update()
