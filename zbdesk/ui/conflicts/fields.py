"""The field-by-field view: last agreed, this computer, Zoho Books, difference, result. A side is chosen per field.

A click or the arrow keys choose; Tab goes on. Must not decide what a choice does: it only says which was made.
Invariant: amounts stand at the right in every language; the sides keep their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
)

from zbdesk.domain.views import ConflictDetail
from zbdesk.ui import icons, painting, theme
from zbdesk.ui.conflicts.rows import LOCAL, REMOTE, FieldRow, Shown, result_of, rows_of
from zbdesk.ui.editing.keys import cap_size, paint_cap
from zbdesk.ui.formats import Formats, isolate

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
FIELD, BASE, OURS, THEIRS, GAP, RESULT = range(6)
_SIDES = {OURS: LOCAL, THEIRS: REMOTE}


class FieldsModel(QAbstractTableModel):
    """Rows of one conflict and what is chosen. ``chosen_changed``: another side of a field is chosen."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.detail: ConflictDetail | None = None
        self.rows: list[FieldRow] = []
        self.chosen: dict[str, str] = {}
        self.total: Decimal | None = None
        self.waiting = False
        self.unfolded = False
        self.formats = Formats()
        self.titles: list[tuple[str, str]] = [("", "")] * 6

    def show(self, detail: ConflictDetail | None, formats: Formats, chosen: Mapping[str, str] | None = None) -> None:
        """Another conflict, or the same one read again; ``chosen`` is what a person had chosen before."""
        self.beginResetModel()
        self.detail, self.formats = detail, formats
        names = {field.name for field in detail.fields if field.standing == "clash"} if detail is not None else set()
        self.chosen = {name: side for name, side in (chosen or {}).items() if name in names}
        self.total = None
        self._write()
        self.endResetModel()

    def _write(self) -> None:
        detail = self.detail
        self.rows = rows_of(detail, self.formats, unfolded=self.unfolded) if detail is not None else []
        self._fields = {field.name: field for field in detail.fields} if detail is not None else {}

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Field, last agreed, two sides, difference, result."""
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Titles, for screen readers."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(part for part in self.titles[section] if part)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Words; for the two sides also whether they are chosen."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            shown = self.cell(index.row(), column)
            words = " ".join(part for part in (shown.text, shown.below) if part)
            if role == Qt.ItemDataRole.AccessibleTextRole and row.kind == "clash" and column in _SIDES:
                state = self.tr("chosen") if self.chosen.get(row.name) == _SIDES[column] else self.tr("not chosen")
                return f"{row.label.text}, {self.titles[column][0]}: {words}, {state}"
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return " ".join(part for part in (self.cell(index.row(), column).text,) if len(part) > 16) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the two sides of a clash and the fold can be reached."""
        row, flags = self.rows[index.row()], Qt.ItemFlag
        if row.kind == "clash" and index.column() in _SIDES:
            return flags.ItemIsEnabled | flags.ItemIsSelectable
        if row.kind == "fold" and index.column() == FIELD:
            return flags.ItemIsEnabled | flags.ItemIsSelectable
        return flags.ItemIsEnabled

    def cell(self, row: int, column: int) -> Shown:
        """What stands there."""
        found = self.rows[row]
        if column == RESULT:
            if found.kind == "total":
                return self._result_total()
            return result_of(found, self.chosen, self._fields)
        return (found.label, found.base, found.local, found.remote, found.difference)[column]

    def _result_total(self) -> Shown:
        detail = self.detail
        if self.total is None or detail is None:
            return Shown("…" if self.complete and self.waiting else "", figure=True, quiet=True)
        return Shown(self.formats.amount(self.total, detail.view.currency), figure=True)

    def say_total(self, total: Decimal | None, *, waiting: bool = False) -> None:
        """The planner worked out the result's total, or is about to."""
        self.total, self.waiting = total, waiting
        self.refresh()

    # ---- choosing ------------------------------------------------------------------------------------------------
    @property
    def clashes(self) -> list[str]:
        """Fields that a person decides."""
        return [row.name for row in self.rows if row.kind == "clash"]

    @property
    def complete(self) -> bool:
        """Whether a side is chosen for each."""
        return bool(self.clashes) and all(name in self.chosen for name in self.clashes)

    def choose(self, name: str, side: str) -> None:
        """Take one side for one field."""
        if self.chosen.get(name) != side:
            self.chosen[name] = side
            self.total = None
            self.refresh()
            self.chosen_changed.emit()

    def choose_all(self, side: str) -> None:
        """Take one side for all fields."""
        wanted = dict.fromkeys(self.clashes, side)
        if wanted != self.chosen:
            self.chosen = wanted
            self.total = None
            self.refresh()
            self.chosen_changed.emit()

    def fold(self) -> None:
        """Show equal fields or hide them again."""
        self.beginResetModel()
        self.unfolded = not self.unfolded
        self._write()
        self.endResetModel()

    def refresh(self) -> None:
        """Paint anew."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 5))


class FieldsHeader(QHeaderView):
    """Titles of two lines: the side with its shape and key, below who changed it and when."""

    def __init__(self, model: FieldsModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._fields = model
        self.keys_shown = True
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Two lines."""
        look = theme.current()
        return QSize(super().sizeHint().width(), 2 * look.line_height + look.px(2.5))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """One title."""
        look = theme.current()
        painter.save()
        painter.fillRect(rect, look.color("window"))
        painter.setPen(look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if logicalIndex == RESULT:
            x = rect.right() if reverse else rect.left()
            painter.drawLine(x, rect.top(), x, rect.bottom())
        title, below = self._fields.titles[logicalIndex]
        inner = rect.adjusted(look.px(2), look.px(1), -look.px(2), -look.px(1))
        two = bool(below)
        line = look.line_height
        top = QRect(inner.left(), inner.center().y() - (line if two else line // 2), inner.width(), line)
        align = painting.RIGHT if logicalIndex == GAP else painting.start(reverse=reverse)
        shown = top
        if logicalIndex in _SIDES:
            shown = self._paint_side(painter, top, logicalIndex, title, reverse=reverse)
        font = look.font("caption_strong" if logicalIndex not in {FIELD, GAP} else "caption")
        painter.setFont(font)
        painter.setPen(look.color("text" if logicalIndex in {OURS, THEIRS, RESULT, BASE} else "text2"))
        words = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, shown.width())
        painter.drawText(shown, align, words)
        if two:
            font = look.font("caption")
            painter.setFont(font)
            painter.setPen(look.color("text2"))
            second = top.translated(0, line)
            painter.drawText(
                second, align, QFontMetrics(font).elidedText(below, Qt.TextElideMode.ElideRight, second.width())
            )
        painter.restore()

    def _caps_fit(self) -> bool:
        """Both keycaps or none."""
        look = theme.current()
        metrics = QFontMetrics(look.font("caption_strong"))
        extra = look.px(4) + look.icon_size + look.px(3) + cap_size("1").width()
        return all(
            metrics.horizontalAdvance(self._fields.titles[column][0]) + extra <= self.sectionSize(column)
            for column in _SIDES
        )

    def _paint_side(self, painter: QPainter, top: QRect, column: int, title: str, *, reverse: bool) -> QRect:
        look = theme.current()
        size, step = max(12, look.icon_size - 2), look.px(1.5)
        x = top.right() - size + 1 if reverse else top.left()
        drawing = "monitor" if column == OURS else "cloud"
        picture = icons.pixmap(drawing, "text2", size, painter.device().devicePixelRatioF())
        painter.drawPixmap(x, top.center().y() - size // 2 + 1, picture)
        room = size + step
        words = top.adjusted(0, 0, -room, 0) if reverse else top.adjusted(room, 0, 0, 0)
        key = "1" if column == OURS else "2"
        cap = cap_size(key)
        width = QFontMetrics(look.font("caption_strong")).horizontalAdvance(title)
        if self.keys_shown and self._caps_fit():
            left = words.right() - width - step - cap.width() if reverse else words.left() + width + step
            box = QRect(left, words.center().y() - cap.height() // 2, cap.width(), cap.height())
            paint_cap(painter, box, key, text=look.color("text2"), edge=look.color("line"), fill=look.color("base"))
        return words


class FieldsDelegate(QStyledItemDelegate):
    """Cells of the field table."""

    def __init__(self, model: FieldsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.hidden_gap = False
        self.hovered = (-1, -1)

    def height_of(self, row: FieldRow) -> int:
        """Rows to decide are taller; two lines where there are two."""
        look = theme.current()
        two = row.label.below or row.local.below or (self.hidden_gap and row.kind == "clash" and row.difference.text)
        if two:
            return 2 * look.line_height + look.px(3.5)
        steps = {"clash": 4.75, "heading": 2, "fold": 2.5, "total": 3}.get(row.kind, 3)
        return look.line_height + look.px(steps)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, radio, words."""
        look, rect, reverse = theme.current(), painting.rect_of(option), painting.is_reverse(option)
        row, column = self._model.rows[index.row()], index.column()
        shown = self._model.cell(index.row(), column)
        painter.save()
        if row.kind == "heading":
            painter.fillRect(rect, look.color("window"))
        painter.setPen(look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column == RESULT and row.kind not in {"heading", "fold"}:
            x = rect.right() if reverse else rect.left()
            painter.drawLine(x, rect.top(), x, rect.bottom())
        side = _SIDES.get(column) if row.kind == "clash" else None
        chosen = side is not None and self._model.chosen.get(row.name) == side
        if side is not None:
            self._ground(painter, rect, index, chosen=chosen)
        inner = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        if side is not None:
            inner = self._radio(painter, inner, option, on=chosen, reverse=reverse)
        if row.kind == "fold":
            inner = self._chevron(painter, inner, reverse=reverse)
        self._words(painter, inner, shown, self._kind(row, column, chosen=chosen), reverse=reverse)
        if painting.has_state(option, QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        look = theme.current()
        if chosen:
            painter.fillRect(rect, look.color("accent_tint"))
            painter.setPen(look.color("accent_text" if look.is_contrast else "accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        elif self.hovered == (index.row(), index.column()):
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.color("hover"))

    @staticmethod
    def _radio(painter: QPainter, inner: QRect, option: QStyleOptionViewItem, *, on: bool, reverse: bool) -> QRect:
        look = theme.current()
        size = look.px(3.75)
        box = QRect(inner.right() - size + 1 if reverse else inner.left(), inner.center().y() - size // 2, size, size)
        radio = QStyleOptionButton()
        radio.rect = box
        flags = QStyle.StateFlag
        radio.state = flags.State_Enabled | (flags.State_On if on else flags.State_Off)
        widget = option.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorRadioButton, radio, painter, widget)
        room = size + look.px(2)
        return inner.adjusted(0, 0, -room, 0) if reverse else inner.adjusted(room, 0, 0, 0)

    def _chevron(self, painter: QPainter, inner: QRect, *, reverse: bool) -> QRect:
        look = theme.current()
        size = look.button_icon_size
        name = "chevron-down" if self._model.unfolded else "chevron-right"
        picture = icons.pixmap(name, "text2", size, painter.device().devicePixelRatioF())
        painter.drawPixmap(
            inner.right() - size + 1 if reverse else inner.left(), inner.center().y() - size // 2, picture
        )
        room = size + look.px(1.5)
        return inner.adjusted(0, 0, -room, 0) if reverse else inner.adjusted(room, 0, 0, 0)

    @staticmethod
    def _kind(row: FieldRow, column: int, *, chosen: bool) -> str:
        strong = (row.kind in {"clash", "total"} and column in {FIELD, RESULT}) or chosen
        return "strong" if strong else "body"

    def _words(self, painter: QPainter, inner: QRect, shown: Shown, kind: str, *, reverse: bool) -> None:
        look = theme.current()
        line, below = look.line_height, shown.below
        quiet = look.color("text2")
        text = quiet if shown.quiet else look.color("text")
        align = painting.RIGHT if shown.figure else painting.start(reverse=reverse)
        two = bool(below)
        top = QRect(inner.left(), inner.center().y() - (line if two else line // 2) + 1, inner.width(), line)
        font = look.font(kind)
        painter.setFont(font)
        painter.setPen(text)
        metrics = QFontMetrics(font)
        # Figures are never elided: their columns are measured; words give way at their end.
        words = shown.text if shown.figure else metrics.elidedText(shown.text, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, align, words)
        if two:
            font = look.font("caption_strong" if kind == "strong" and shown.figure else "caption")
            painter.setFont(font)
            painter.setPen(quiet)
            second = top.translated(0, line)
            cut = (
                below
                if shown.figure
                else QFontMetrics(font).elidedText(below, Qt.TextElideMode.ElideRight, second.width())
            )
            painter.drawText(second, align, cut)

    def width_of(self, shown: Shown, kind: str, *, radio: bool) -> int:
        """What the cell needs to show a figure whole."""
        look = theme.current()
        width = QFontMetrics(look.font(kind)).horizontalAdvance(shown.text)
        width = max(width, QFontMetrics(look.font("caption_strong")).horizontalAdvance(shown.below))
        return width + look.px(4) + (look.px(3.75) + look.px(2) if radio else 0) + 2


class FieldsTable(QTableView):
    """The table; as high as its rows, the page scrolls."""

    def __init__(self, model: FieldsModel) -> None:
        super().__init__()
        self.fields = model
        self.header = FieldsHeader(model, self)
        self.setHorizontalHeader(self.header)
        self.delegate = FieldsDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.header.setMinimumSectionSize(1)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Fields on both sides"))
        model.modelReset.connect(self.lay_out)
        theme.hub().changed.connect(self.lay_out)

    def set_narrow(self, *, narrow: bool) -> None:
        """Without room the difference gives way; it stays in the tooltip of the result."""
        self.delegate.hidden_gap = narrow
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
                    radio = row.kind == "clash" and column in _SIDES
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
            self.fields.choose(row.name, _SIDES[column])
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            if row.kind == "fold":
                self.fields.fold()
                return
            if row.kind == "clash" and index.column() in _SIDES and event.key() == Qt.Key.Key_Space:
                self.fields.choose(row.name, _SIDES[index.column()])
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
        elif row.kind == "clash" and index.column() in _SIDES:
            self.fields.choose(row.name, _SIDES[index.column()])

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


def titles_of(detail: ConflictDetail, formats: Formats, tr: QObject) -> list[tuple[str, str]]:
    """The six titles: who changed it and when stands under each side, where known."""
    view = detail.view

    def who(name: str, moment: object) -> str:
        from datetime import datetime

        when = formats.time(moment) if isinstance(moment, datetime) else ""
        return ", ".join(part for part in (name, when) if part)

    agreed = ""
    if detail.agreed_at is not None:
        day = formats.day(detail.agreed_at.astimezone(formats.zone).date()).rsplit(" ", 1)[0]
        agreed = f"{day} {formats.time(detail.agreed_at)}"
    return [
        (tr.tr("Field"), ""),
        (tr.tr("Last agreed"), isolate(agreed) if agreed else ""),
        (tr.tr("This computer"), who(detail.local_by, view.changed_locally_at)),
        (tr.tr("Zoho Books"), who(detail.remote_by, view.changed_remotely_at)),
        (tr.tr("Difference"), ""),
        (tr.tr("Result"), ""),
    ]
