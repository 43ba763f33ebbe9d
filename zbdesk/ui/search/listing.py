"""The palette's list: a model over lines, and how a line is painted."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zbdesk.ui import icons, painting, theme
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.search.lines import Line
from zbdesk.ui.style import rounded

Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """Lines in order; titles cannot be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Titles too."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the whole line for screen readers and tooltips."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole or (role == Qt.ItemDataRole.ToolTipRole and line.why_not):
            return line.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what does something can be chosen."""
        if self.lines[index.row()].is_title:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def next_line(self, row: int, by: int) -> int:
        """The next line from there that can be chosen, going round at the ends; -1 where there is none."""
        count = len(self.lines)
        for step in range(1, count + 1):
            place = (row + by * step) % count
            if not self.lines[place].is_title:
                return place
        return -1


class LineDelegate(QStyledItemDelegate):
    """Icon, words, note in grey behind them; amount and keys at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row each."""
        del option, index
        return QSize(0, theme.current().row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, icon, texts."""
        model = index.model()
        assert isinstance(model, LinesModel)  # noqa: S101 - the view has no other
        now, line = theme.current(), model.lines[index.row()]
        rect, reverse = painting.rect_of(option), painting.is_reverse(option)
        if line.is_title:
            painter.setFont(now.font("caption_strong"))
            painter.setPen(now.color("text2"))
            box = rect.adjusted(now.px(4), now.px(1), -now.px(4), 0)
            painter.drawText(box, painting.start(reverse=reverse), line.words)
            return
        box = rect.adjusted(now.px(2), 0, -now.px(2), -1)
        chosen = painting.is_selected(option)
        if chosen:
            rounded(painter, box.toRectF(), now.radius, now.color("selection"), None)
        elif painting.has_state(option, QStyle.StateFlag.State_MouseOver):
            rounded(painter, box.toRectF(), now.radius, now.color("hover"), None)
        strong = chosen and now.is_contrast
        plain = "on_selection" if strong else "disabled" if line.why_not else "text"
        quiet = "on_selection" if strong else "text2"
        inner = box.adjusted(now.px(2), 0, -now.px(2), 0)
        if line.icon:
            size = now.icon_size
            left = inner.right() - size + 1 if reverse else inner.left()
            picture = icons.coloured(line.icon, now.color(quiet), size, painter.device().devicePixelRatioF())
            painter.drawPixmap(left, inner.center().y() - size // 2 + 1, picture)
        shift = now.icon_size + now.px(2)
        inner = inner.adjusted(0, 0, -shift, 0) if reverse else inner.adjusted(shift, 0, 0, 0)
        self._texts(painter, inner, line, plain, quiet, reverse=reverse)

    def _texts(self, painter: QPainter, box: QRect, line: Line, plain: str, quiet: str, *, reverse: bool) -> None:
        now = theme.current()
        for text, role, kind in ((line.keys or line.why_not, quiet, "caption"), (line.amount, plain, "body")):
            if text:
                painter.setFont(now.font(kind))
                painter.setPen(now.color(role))
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width() // 2)
                painter.drawText(box, painting.end(reverse=reverse), shown)
                box = _without(
                    box, painter.fontMetrics().horizontalAdvance(shown) + now.px(3), end=True, reverse=reverse
                )
        painter.setFont(now.font("body"))
        metrics = painter.fontMetrics()
        painter.setPen(now.color(plain))
        words = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, painting.start(reverse=reverse), words)
        if line.note:
            box = _without(box, metrics.horizontalAdvance(words) + now.px(3), end=False, reverse=reverse)
            painter.setPen(now.color(quiet))
            note = metrics.elidedText(line.note, Qt.TextElideMode.ElideRight, max(0, box.width()))
            painter.drawText(box, painting.start(reverse=reverse), note)


def _without(box: QRect, width: int, *, end: bool, reverse: bool) -> QRect:
    """The box without a strip at its end or start side."""
    at_right = end != reverse
    return box.adjusted(0, 0, -width, 0) if at_right else box.adjusted(width, 0, 0, 0)


class LinesView(QListView):
    """The list. The keyboard stays in the field above; the pointer chooses by a click."""

    def __init__(self, model: LinesModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
