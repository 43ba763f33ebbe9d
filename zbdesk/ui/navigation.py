"""The list of pages at the start side: words with counts where there is room, icons with counts where there is not.

One list view, so that arrows, Home, End and screen readers work as in any list. Must not know what a page holds.
Invariant: section titles can never be chosen or get the focus.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from zbdesk.ui import icons, painting, theme
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import Hairline, Surface

LEAST = 11
"""Rows that the list of records has beside its foot; in a lower window most of the foot scrolls with them."""

ALWAYS = 2
"""Entries at the end of the foot that stay there however low the window is."""

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a page (``key``) or, with an empty key, the title of a section."""

    key: str
    title: str
    icon: str = ""
    count: str = ""
    role: str = "text2"
    spoken: str = ""
    """What the count means, for tooltips and screen readers: "12 problems"."""


class EntriesModel(QAbstractListModel):
    """The entries; counts change in place."""

    def __init__(self, entries: list[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = entries

    def rowCount(self, parent: Index | None = None) -> int:
        """Titles included."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title for the eye, title and meaning of the count for the ear."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{entry.title}, {entry.spoken}" if entry.spoken else entry.title
        return entry.key if role == KEY else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles of sections are no items."""
        if not self.entries[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def row_of(self, key: str) -> int:
        """Where a page stands, or -1."""
        return next((row for row, entry in enumerate(self.entries) if entry.key == key), -1)

    def count(self, key: str, count: str, role: str, spoken: str) -> None:
        """Show another count beside a page."""
        row = self.row_of(key)
        if row < 0:
            return
        changed = replace(self.entries[row], count=count, role=role, spoken=spoken)
        if changed != self.entries[row]:
            self.entries[row] = changed
            self.dataChanged.emit(self.index(row), self.index(row))

    def replace(self, entries: list[Entry]) -> None:
        """Show other pages."""
        if [entry.key for entry in entries] == [entry.key for entry in self.entries]:
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry; ``rail`` leaves the words out."""

    rail = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row, titles a little higher."""
        del option
        now, entry = theme.current(), _entry(index)
        if not entry.key:
            return QSize(0, now.px(4) if self.rail else now.row_height + now.px(0.5))
        width = QFontMetrics(now.font("strong")).horizontalAdvance(entry.title)
        return QSize(width, now.row_height + (now.px(2) if self.rail else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark of the chosen one, icon, word, count."""
        now, entry = theme.current(), _entry(index)
        rect, reverse = painting.rect_of(option), painting.is_reverse(option)
        if not entry.key:
            self._title(painter, rect, entry, reverse=reverse)
            return
        side = now.px(1.5 if self.rail else 2)
        box = rect.adjusted(side, 0, -side, -1)
        chosen = painting.is_selected(option)
        if chosen:
            rounded(painter, box.toRectF(), now.radius, now.color("selection"), None)
            edge = box.right() - 2 if reverse else box.left()
            bar = QRect(edge, box.top() + now.px(1.5), 3, box.height() - now.px(3))
            if not now.is_contrast:
                rounded(painter, bar.toRectF(), 1.5, now.color("accent"), None)
        elif painting.has_state(option, QStyle.StateFlag.State_MouseOver):
            rounded(painter, box.toRectF(), now.radius, now.color("hover"), None)
        if chosen and painting.has_state(option, QStyle.StateFlag.State_HasFocus):
            rounded(painter, box.toRectF(), now.radius, None, now.color("focus_on_selection"), 2)
        plain = "on_selection" if chosen else "text"
        drawing = plain if now.is_contrast else ("accent_text" if chosen else "text2")
        size = now.icon_size
        left = box.left() + now.px(2) if not self.rail else box.center().x() - size // 2 + 1
        if self.rail and entry.count:
            left -= now.px(1.5)
        if reverse:
            left = box.right() - now.px(2) - size + 1 if not self.rail else left
        picture = icons.coloured(entry.icon, now.color(drawing), size, painter.device().devicePixelRatioF())
        painter.drawPixmap(left, box.center().y() - size // 2 + 1, picture)
        if self.rail:
            self._rail_count(painter, box, entry, left + size, chosen=chosen)
            return
        self._words(painter, box, entry, size, chosen=chosen, reverse=reverse)

    def _words(self, painter: QPainter, box: QRect, entry: Entry, size: int, *, chosen: bool, reverse: bool) -> None:
        now = theme.current()
        plain = "on_selection" if chosen else "text"
        room = 0
        if entry.count:
            painter.setFont(now.font("strong" if entry.role != "text2" else "body"))
            painter.setPen(now.color("on_selection" if chosen and now.is_contrast else entry.role))
            painter.drawText(box.adjusted(now.px(2), 0, -now.px(2), 0), painting.end(reverse=reverse), entry.count)
            room = painter.fontMetrics().horizontalAdvance(entry.count) + now.px(2)
        painter.setFont(now.font("strong" if chosen else "body"))
        painter.setPen(now.color(plain))
        shift = now.px(2) + size + now.px(2)
        inner = (
            box.adjusted(now.px(2) + room, 0, -shift, 0) if reverse else box.adjusted(shift, 0, -now.px(2) - room, 0)
        )
        text = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, painting.start(reverse=reverse), text)

    def _rail_count(self, painter: QPainter, box: QRect, entry: Entry, left: int, *, chosen: bool) -> None:
        if not entry.count:
            return
        now = theme.current()
        painter.setFont(now.font("caption_strong"))
        painter.setPen(now.color("on_selection" if chosen and now.is_contrast else entry.role))
        shown = entry.count if len(entry.count) < 4 else "…"
        painter.drawText(QRect(left + 1, box.top(), box.right() - left + now.px(2), now.line_height + 2), 0, shown)

    def _title(self, painter: QPainter, rect: QRect, entry: Entry, *, reverse: bool) -> None:
        now = theme.current()
        if self.rail:
            painter.setPen(now.color("edge"))
            middle = rect.center().y()
            painter.drawLine(rect.left() + now.px(3), middle, rect.right() - now.px(3), middle)
            return
        painter.setFont(now.font("caption_strong"))
        painter.setPen(now.color("text2"))
        box = rect.adjusted(now.px(4), now.px(2), -now.px(4), 0)
        painter.drawText(box, painting.start(reverse=reverse), entry.title)


def _entry(index: Index) -> Entry:
    model = index.model()
    assert isinstance(model, EntriesModel)  # noqa: S101 - the view has no other
    return model.entries[index.row()]


class _List(QListView):
    """A list whose choice follows the current item."""

    def __init__(self, model: EntriesModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(QuietScrollBar("side"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that the keys are on comes into sight."""
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where the page that is shown stands in the other list, no row has the focus: the list as a whole shows it."""
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            look = theme.current()
            painter = QPainter(self.viewport())
            around = self.viewport().rect().toRectF().adjusted(2, 2, -2, -2)
            rounded(painter, around, look.radius, None, look.color("focus"), 2)

    def height_needed(self) -> int:
        """The height that shows all without scrolling."""
        return sum(self.sizeHintForRow(row) for row in range(self.model().rowCount()))


class Navigation(Surface):
    """All pages; those that are no lists of records at the foot, which never scrolls and gives way in a low window.

    ``chosen``: a person went to the page of that key.
    """

    chosen = Signal(str)

    def __init__(self, upper: list[Entry], lower: list[Entry], parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._upper, self._lower = upper, lower
        self._is_low = False
        self._shown = ""
        self._models = (EntriesModel(upper, self), EntriesModel(lower, self))
        self.pages = _List(self._models[0], self.tr("Pages"))
        self.foot = _List(self._models[1], self.tr("Connections, settings and help"))
        column = QVBoxLayout(self)
        now = theme.current()
        column.setContentsMargins(0, now.px(2), 0, now.px(1.5))
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addSpacing(now.px(1.5))
        column.addWidget(Hairline())
        column.addSpacing(now.px(1.5))
        column.addWidget(self.foot)
        self._rail = False
        for view in (self.pages, self.foot):
            view.selectionModel().currentChanged.connect(self._moved)
        theme.on_change(self, self._fit)

    def set_rail(self, *, rail: bool) -> None:
        """Icons only, or icons and words."""
        if rail != self._rail:
            self._rail = rail
            self._fit()

    @property
    def is_rail(self) -> bool:
        """Whether the words are left out."""
        return self._rail

    def show_page(self, key: str) -> None:
        """Mark the page that is shown, without telling anybody."""
        self._shown = key
        for view, model in zip((self.pages, self.foot), self._models, strict=True):
            selection = view.selectionModel()
            selection.blockSignals(True)
            row = model.row_of(key)
            view.setCurrentIndex(model.index(row) if row >= 0 else QModelIndex())
            if row < 0:
                selection.clear()
            selection.blockSignals(False)
            if row >= 0:
                view.scrollTo(view.currentIndex())  # Qt's own scrolling listens to the signals that are blocked
            view.viewport().update()

    def count(self, key: str, count: str, *, role: str = "text2", spoken: str = "") -> None:
        """Show a count beside a page; empty takes it away."""
        for model in self._models:
            model.count(key, count, role, spoken)

    def replace(self, upper: list[Entry]) -> None:
        """Show other pages above."""
        self._upper = upper
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has no room for all of the foot."""
        super().resizeEvent(event)
        is_low = self.height() < (LEAST + len(self._lower)) * self.foot.sizeHintForRow(0)
        if is_low != self._is_low:
            self._is_low = is_low
            self._spread()
        elif self._shown:
            self.show_page(self._shown)

    def _spread(self) -> None:
        """Put the entries, with the counts that they have, into the two lists."""
        known = {entry.key: entry for model in self._models for entry in model.entries if entry.key}
        upper, lower = ([known.get(entry.key, entry) for entry in part] for part in (self._upper, self._lower))
        if self._is_low:
            upper, lower = [*upper, Entry("", ""), *lower[:-ALWAYS]], lower[-ALWAYS:]
        self._models[0].replace(upper)
        self._models[1].replace(lower)
        self._fit()
        if self._shown:
            self.show_page(self._shown)

    def page_keys(self) -> list[str]:
        """All pages in order."""
        return [entry.key for model in self._models for entry in model.entries if entry.key]

    def title(self, key: str) -> str:
        """The word of a page."""
        return next((e.title for model in self._models for e in model.entries if e.key == key), "")

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        del before
        key = now.data(KEY) if now.isValid() else None
        if key:
            self.show_page(str(key))
            self.chosen.emit(str(key))

    def _fit(self) -> None:
        look = theme.current()
        widest = 0
        for view in (self.pages, self.foot):
            delegate = view.itemDelegate()
            assert isinstance(delegate, EntryDelegate)  # noqa: S101 - set above
            delegate.rail = self._rail
            # The rail has no room for a bar beside its icons; wheel, arrows and touch scroll it.
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if self._rail else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            view.setVerticalScrollBarPolicy(policy)
            view.scheduleDelayedItemsLayout()
            widest = max(widest, view.sizeHintForColumn(0))
        wide = max(look.px(47), min(widest + look.icon_size + look.px(12), look.px(62)))
        self.setFixedWidth(look.px(13) if self._rail else wide)
        self.foot.setFixedHeight(self.foot.height_needed() + 2)
        self.update()
