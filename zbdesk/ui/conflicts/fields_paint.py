"""How the field table is painted: titles of two lines, radio buttons, figures at the right in every language."""

from __future__ import annotations

from PySide6.QtCore import (
    QObject,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
)

from zbdesk.ui import icons, painting, theme
from zbdesk.ui.conflicts.fields_model import BASE, FIELD, GAP, OURS, RESULT, SIDES, THEIRS, FieldsModel, Index
from zbdesk.ui.conflicts.rows import FieldRow, Shown
from zbdesk.ui.editing.keys import cap_size, paint_cap


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
        if logicalIndex in SIDES:
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
            for column in SIDES
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
        self.narrow = False
        self.hovered = (-1, -1)

    def height_of(self, row: FieldRow) -> int:
        """Rows to decide are taller; two lines where there are two."""
        look = theme.current()
        two = row.label.below or row.local.below or (self.narrow and row.base.text)
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
        side = SIDES.get(column) if row.kind == "clash" else None
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
