"""The list at the start of the page: three lines a conflict, a check box for acts on many.

Painted, not built of widgets: thousands of rows open at once. Keys of the triage are the page's.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from zbdesk.domain.views import ConflictView
from zbdesk.ui import painting, theme
from zbdesk.ui.conflicts.model import ConflictsModel
from zbdesk.ui.editing.labels import field_label, lower_first, singular
from zbdesk.ui.formats import Formats, plural
from zbdesk.ui.scrolling import QuietScrollBar

Index = QModelIndex | QPersistentModelIndex


def short_age(since: datetime, now: datetime, formats: Formats) -> str:
    """How long it is open, in a word: 38 min, 1 h, yesterday, 14 Nov 2026."""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 60:
        return plural("Age", "%n min", max(minutes, 0), "%n min", "%n min")
    local, today = since.astimezone(formats.zone).date(), now.astimezone(formats.zone).date()
    days = (today - local).days
    if days == 0:
        return plural("Age", "%n h", minutes // 60, "%n h", "%n h")
    if days < 30:
        return plural("Age", "%n day(s)", days, "%n day", "%n days")
    return formats.day(local)


class ConflictDelegate(QStyledItemDelegate):
    """Number and amount at stake, party, differing fields and age."""

    def __init__(self, model: ConflictsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.formats = Formats()
        self.now: datetime | None = None
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines, all rows alike."""
        del option, index
        look = theme.current()
        return QSize(look.px(40), 3 * look.line_height + look.px(4.5))

    def check_rect(self, rect: QRect, *, reverse: bool) -> QRect:
        """Where the check box stands in a row; a little larger than it looks, for the pointer."""
        look = theme.current()
        side = look.px(3.75)
        left = rect.right() - look.px(3) - side + 1 if reverse else rect.left() + look.px(3)
        return QRect(left, rect.top() + look.px(2.25) + (look.line_height - side) // 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One conflict."""
        view = self._model.view_at(index.row())
        if view is None:
            return
        look, rect = theme.current(), painting.rect_of(option)
        selected, reverse = painting.is_selected(option), painting.is_reverse(option)
        if selected:
            painter.fillRect(rect, look.color("selection"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, look.color("hover"))
        painter.setPen(look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if painting.has_state(option, QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(look.color("focus_on_selection" if selected else "focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        self._paint_check(painter, self.check_rect(rect, reverse=reverse), view, option)
        shift = look.px(3) + look.px(3.75) + look.px(2)
        inner = (
            rect.adjusted(look.px(3), look.px(2.25), -shift, 0)
            if reverse
            else rect.adjusted(shift, look.px(2.25), -look.px(3), 0)
        )
        self._paint_words(painter, inner, view, selected=selected, reverse=reverse)

    def _paint_check(self, painter: QPainter, box: QRect, view: ConflictView, option: QStyleOptionViewItem) -> None:
        check = QStyleOptionButton()
        check.rect = box
        flags = QStyle.StateFlag
        check.state = flags.State_Enabled
        check.state |= flags.State_On if self._model.is_checked(view.id) else flags.State_Off
        widget = option.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, check, painter, widget)
        if painting.is_selected(option) and theme.current().is_contrast:
            # Box and selection are of one colour there: an edge tells them apart.
            painter.setPen(theme.current().color("on_selection"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _paint_words(
        self, painter: QPainter, rect: QRect, view: ConflictView, *, selected: bool, reverse: bool
    ) -> None:
        look = theme.current()
        line = look.line_height
        first = QRect(rect.left(), rect.top(), rect.width(), line)
        second, third = first.translated(0, line), first.translated(0, 2 * line)
        settling = view.id in self._model.settling
        text = self._colour("text2" if settling else "text", selected=selected)
        quiet = self._colour("text2", selected=selected)
        start, end = painting.start(reverse=reverse), painting.end(reverse=reverse)
        amount = self.formats.money(view.amount, view.currency) if view.amount is not None else ""
        _draw(
            painter, first, view.number or singular(view.module), amount, ("strong", text), ("body", text), start, end
        )
        _draw(painter, second, view.party or "", "", ("body", text), ("body", quiet), start, end)
        names = ", ".join(dict.fromkeys(field_label(field.name) for field in view.fields))
        age = short_age(view.since, self.now, self.formats) if self.now is not None else ""
        if settling:
            names, age = self.tr("Settling…"), ""
        elif not view.number:
            names = f"{lower_first(singular(view.module))}: {names}" if view.party else names
        _draw(painter, third, names, age, ("caption", quiet), ("caption", quiet), start, end)

    @staticmethod
    def _colour(role: str, *, selected: bool) -> QColor:
        look = theme.current()
        return look.color("on_selection" if selected and look.is_contrast else role)


def _draw(  # noqa: PLR0917 - a drawing call, read in the order of drawing
    painter: QPainter,
    rect: QRect,
    words: str,
    figure: str,
    first: tuple[str, QColor],
    last: tuple[str, QColor],
    start: int,
    end: int,
) -> None:
    """Words at the start that give way to the figure at the end."""
    look = theme.current()
    room = 0
    if figure:
        font = look.font(last[0])
        room = QFontMetrics(font).horizontalAdvance(figure) + look.px(2)
        painter.setFont(font)
        painter.setPen(last[1])
        painter.drawText(rect, end, figure)
    font = look.font(first[0])
    left = rect.adjusted(room, 0, 0, 0) if start == painting.RIGHT else rect.adjusted(0, 0, -room, 0)
    painter.setFont(font)
    painter.setPen(first[1])
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, left.width())
    painter.drawText(left, start, shown)


class ConflictList(QListView):
    """The list. ``opened``: Enter on a conflict; ``typed``: a letter that is no triage key belongs in the filter."""

    opened = Signal()
    triage = Signal(str)

    def __init__(self, model: ConflictsModel) -> None:
        super().__init__()
        self._conflicts = model
        self.painter_ = ConflictDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self.painter_)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Conflicts"))
        theme.hub().changed.connect(self.scheduleDelayedItemsLayout)

    def keyboardSearch(self, search: str) -> None:
        """Letters are triage keys of the page, never a search through all rows."""
        del search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the fields, Space checks; single letters are offered to the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
            return
        if event.key() == Qt.Key.Key_Space:
            self.toggle_check(self.currentIndex())
            return
        if event.text().isprintable() and event.text():
            # A list would take letters and digits for a search of its own; here they are the page's keys.
            event.ignore()
            return
        super().keyPressEvent(event)

    def toggle_check(self, index: QModelIndex) -> None:
        """Check the row or take the check away."""
        view = self._conflicts.view_at(index.row()) if index.isValid() else None
        if view is not None:
            self._conflicts.check([view.id], on=not self._conflicts.is_checked(view.id))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the check box checks and leaves the selection alone."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            box = self.painter_.check_rect(self.visualRect(index), reverse=reverse)
            room = theme.current().px(1.5)
            if box.adjusted(-room, -room, room, room).contains(place):
                self.toggle_check(index)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if self.painter_.hovered != row:
            self.painter_.hovered = row
            self.viewport().update()
