"""The table of a lane: check, what, number, for whom, amount, source, state. Painted cells over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
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

from zbdesk.domain.views import OutgoingView
from zbdesk.ui import icons, lists, painting, theme
from zbdesk.ui.formats import Formats, decimals_of, spoken
from zbdesk.ui.outgoing.words import state_word, what_word
from zbdesk.ui.scrolling import QuietScrollBar

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
CHECK, WHAT, NUMBER, PARTY, AMOUNT, SOURCE, STATE = range(7)


class OutgoingModel(QAbstractTableModel):
    """Records of one lane. ``checked_changed``: others are chosen."""

    checked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[OutgoingView] = []
        self.formats = Formats()
        self.places = 2
        self.checkable = True
        self._checked: set[int] = set()
        self._seen: set[int] = set()

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows of the lane."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Seven."""
        return 0 if parent.isValid() else 7

    def titles(self) -> tuple[str, ...]:
        """Column titles."""
        tr = self.tr
        return ("", tr("What"), tr("Number"), tr("For"), tr("Amount"), tr("Source"), tr("State"))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Titles, for screen readers too."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles()[section] or self.tr("Chosen")
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Words, the check, and what does not fit as tooltip."""
        if not index.isValid():
            return None
        view = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CHECK and self.checkable:
            return Qt.CheckState.Checked if view.record_id in self._checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(view, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.text(view, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in {PARTY, STATE, SOURCE}:
            return self.text(view, index.column()) or None
        return None

    def text(self, view: OutgoingView, column: int) -> str:  # noqa: PLR0911 - one return a column
        """The words of one cell."""
        match column:
            case 1:
                return what_word(view).text
            case 2:
                return view.number or ""
            case 3:
                return view.party or ""
            case 4:
                return self.formats.money(view.total, view.currency)
            case 5:
                return view.source
            case 6:
                return state_word(view).text
            case _:
                return ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CHECK and self.checkable else flags

    def replace(self, rows: Sequence[OutgoingView], *, checkable: bool, all_on: bool) -> None:
        """Another lane, or the same read again. ``all_on``: what is new is chosen at first."""
        self.beginResetModel()
        self.rows, self.checkable = list(rows), checkable
        here = {view.record_id for view in self.rows}
        if all_on:
            # What a locked month would keep back is not chosen by itself.
            self._checked |= {view.record_id for view in self.rows if not view.note} - self._seen
        self._seen |= here
        self.places = max((decimals_of(view.currency) for view in self.rows if view.currency), default=2)
        self.endResetModel()
        self.checked_changed.emit()

    def check(self, keys: Iterable[int], *, on: bool) -> None:
        """Choose these or not."""
        (self._checked.update if on else self._checked.difference_update)(keys)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 6))
        self.checked_changed.emit()

    def is_checked(self, key: int) -> bool:
        """Whether it is chosen."""
        return key in self._checked

    def checked(self) -> tuple[int, ...]:
        """Keys of the chosen ones in this lane, in order."""
        return tuple(view.record_id for view in self.rows if view.record_id in self._checked) if self.checkable else ()

    def check_state(self) -> Qt.CheckState:
        """All, some or none."""
        count = len(self.checked())
        if not count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == len(self.rows) else Qt.CheckState.PartiallyChecked


def _paint_check(
    painter: QPainter, rect: QRect, state: Qt.CheckState, widget: QWidget, *, selected: bool = False
) -> None:
    side = theme.current().px(3.75)
    option = QStyleOptionButton()
    option.rect = QRect(rect.center().x() - side // 2, rect.center().y() - side // 2, side, side)
    flags = QStyle.StateFlag
    marks = {
        Qt.CheckState.Checked: flags.State_On, Qt.CheckState.PartiallyChecked: flags.State_NoChange,
        Qt.CheckState.Unchecked: flags.State_Off,
    }  # fmt: skip
    option.state = flags.State_Enabled | marks[state]
    widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter, widget)
    if selected and theme.current().is_contrast:
        # Box and selection are of one colour there: an edge tells them apart.
        painter.setPen(theme.current().color("on_selection"))
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


class OutgoingHeader(QHeaderView):
    """Titles, and the check box for all."""

    def __init__(self, model: OutgoingModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(1)
        model.checked_changed.connect(lambda: self.viewport().update())

    def sizeHint(self) -> QSize:
        """As high as a row."""
        return QSize(super().sizeHint().width(), theme.current().row_height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """One title."""
        look = theme.current()
        painter.fillRect(rect, look.color("window"))
        painter.setPen(look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if logicalIndex == CHECK:
            if self._rows.checkable and self._rows.rows:
                _paint_check(painter, rect, self._rows.check_state(), self)
            return
        painter.setFont(look.font("caption_strong"))
        painter.setPen(look.color("text2"))
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        align = painting.RIGHT if logicalIndex == AMOUNT else painting.start(reverse=reverse)
        painter.drawText(rect.adjusted(look.px(2), 0, -look.px(2), 0), align, self._rows.titles()[logicalIndex])


class OutgoingDelegate(QStyledItemDelegate):
    """Cells of the table."""

    def __init__(self, model: OutgoingModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        look, table = theme.current(), self.parent()
        assert isinstance(table, QTableView)  # noqa: S101 - made by it
        view, column = self._model.rows[index.row()], index.column()
        selected, reverse = painting.is_selected(option), painting.is_reverse(option)
        rect = lists.paint_ground(painter, option, index, table, hovered=index.row() == self.hovered)
        if column == CHECK:
            if self._model.checkable:
                on = Qt.CheckState.Checked if self._model.is_checked(view.record_id) else Qt.CheckState.Unchecked
                _paint_check(painter, rect, on, table, selected=selected)
            return
        text, quiet = look.color("text"), look.color("text2")
        if selected and look.is_contrast:
            text = quiet = look.color("on_selection")
        inner = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        painter.setFont(look.font("body"))
        if column == AMOUNT:
            self._money(painter, inner, view, selected=selected)
            return
        role = "text2" if column == SOURCE else "text"
        if column in {WHAT, STATE}:
            word = what_word(view) if column == WHAT else state_word(view)
            colour = text if selected and look.is_contrast else look.color(word.role)
            size = look.icon_size
            picture = icons.coloured(word.icon, colour, size, painter.device().devicePixelRatioF())
            painter.drawPixmap(
                inner.right() - size + 1 if reverse else inner.left(), inner.center().y() - size // 2 + 1, picture
            )
            room = size + look.px(1.5)
            inner = inner.adjusted(0, 0, -room, 0) if reverse else inner.adjusted(room, 0, 0, 0)
        painter.setPen(quiet if role == "text2" else text)
        words = painter.fontMetrics().elidedText(
            self._model.text(view, column), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, painting.start(reverse=reverse), words)

    def _money(self, painter: QPainter, inner: QRect, view: OutgoingView, *, selected: bool) -> None:
        """The figure with its decimal point under the others, the code in front of it, quieter."""
        if view.total is None:
            return
        look, formats = theme.current(), self._model.formats
        plain = selected and look.is_contrast
        figure = formats.amount(view.total, view.currency)
        mark = formats.grouping.decimal
        missing = self._model.places - formats.decimals_shown(figure)
        metrics = painter.fontMetrics()
        if missing > 0:
            whole = metrics.horizontalAdvance(mark) if mark not in figure and self._model.places else 0
            inner = inner.adjusted(0, 0, -(missing * metrics.horizontalAdvance("0") + whole), 0)
        painter.setPen(look.color("on_selection" if plain else "text"))
        painter.drawText(inner, painting.RIGHT, figure)
        painter.setPen(look.color("on_selection" if plain else "text2"))
        code = inner.adjusted(0, 0, -metrics.horizontalAdvance(figure) - look.px(1), 0)
        painter.drawText(code, painting.RIGHT, view.currency or "")


class OutgoingTable(QTableView):
    """The table. Space chooses, the standard key for all chooses all."""

    def __init__(self, model: OutgoingModel) -> None:
        super().__init__()
        self.outgoing = model
        self.setHorizontalHeader(OutgoingHeader(model, self))
        self.cells = OutgoingDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        lists.plain(self, self.tr("Outgoing records"))
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().sectionClicked.connect(self._header_clicked)
        model.modelReset.connect(self.lay_out)
        theme.on_change(self, self.restyle)

    def restyle(self) -> None:
        """Rows and columns by the theme."""
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        self.lay_out()

    def lay_out(self) -> None:
        """Figures and numbers whole, the party takes the rest; the source gives way first."""
        look, model = theme.current(), self.outgoing
        metrics, room = QFontMetrics(look.font("body")), self.viewport().width()
        icon = look.icon_size + look.px(1.5)
        sample = model.rows[:200]
        widths = {CHECK: look.px(9.5) if model.checkable else look.px(1)}
        for column in (WHAT, NUMBER, AMOUNT, SOURCE, STATE):
            widest = max((metrics.horizontalAdvance(model.text(view, column)) for view in sample), default=0)
            most = look.px({SOURCE: 27, STATE: 46}.get(column, 60))
            title = QFontMetrics(look.font("caption_strong")).horizontalAdvance(model.titles()[column])
            extra = icon if column in {WHAT, STATE} else self._padding(metrics) if column == AMOUNT else 0
            widths[column] = max(min(widest, most) + extra, title) + look.px(4.5)
        for victim in (SOURCE, STATE):
            hidden = room - sum(widths.values()) < look.px(24) and room > 0
            self.setColumnHidden(victim, hidden)
            if hidden:
                del widths[victim]
        widths[PARTY] = max(look.px(16), room - sum(widths.values()))
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _padding(self, metrics: QFontMetrics) -> int:
        """The room of decimals that some currencies of the lane do not have."""
        places = [decimals_of(view.currency) for view in self.outgoing.rows if view.currency]
        missing = self.outgoing.places - min(places, default=self.outgoing.places)
        return missing * metrics.horizontalAdvance("0") // 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.lay_out()

    def _header_clicked(self, section: int) -> None:
        if section == CHECK and self.outgoing.checkable:
            on = self.outgoing.check_state() is not Qt.CheckState.Checked
            self.outgoing.check([view.record_id for view in self.outgoing.rows], on=on)

    def chosen_rows(self) -> list[OutgoingView]:
        """Selected rows."""
        return [self.outgoing.rows[index.row()] for index in self.selectionModel().selectedRows()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses the selected rows; all at once by the standard key."""
        if event.key() == Qt.Key.Key_Space and self.outgoing.checkable:
            keys = [view.record_id for view in self.chosen_rows()]
            self.outgoing.check(keys, on=not all(self.outgoing.is_checked(key) for key in keys))
            return
        if event.matches(QKeySequence.StandardKey.SelectAll) and self.outgoing.checkable:
            self.outgoing.check([view.record_id for view in self.outgoing.rows], on=True)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No search through all rows."""
        del search

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press in the first column chooses and leaves the selection alone."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        if left and index.isValid() and index.column() == CHECK and self.outgoing.checkable:
            key = self.outgoing.rows[index.row()].record_id
            self.outgoing.check([key], on=not self.outgoing.is_checked(key))
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        super().mouseMoveEvent(event)
        row = self.rowAt(int(event.position().y()))
        if self.cells.hovered != row:
            self.cells.hovered = row
            self.viewport().update()
