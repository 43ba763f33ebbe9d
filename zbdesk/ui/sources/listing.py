"""A list of the sources page: a tree, an empty state in its place, a strip of buttons with the sentence below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zbdesk.ui import icons, theme
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.text import Word
from zbdesk.ui.widgets import Button, EmptyState, Hairline, Label, Surface

KEY = int(Qt.ItemDataRole.UserRole)


class Listing(QWidget):
    """``moved``: another entry is the current one. ``opened``: Enter or a double click on it."""

    moved = Signal()
    opened = Signal()

    def __init__(self, name: str, titles: Sequence[str], widths: Sequence[float], ends: Sequence[int] = ()) -> None:
        super().__init__()
        look = theme.current()
        self._ends = frozenset(ends)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(list(titles))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setVerticalScrollBar(QuietScrollBar("base"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName(name)
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for at, width in enumerate(widths):
            header.resizeSection(at, look.px(width))
        for at in ends:
            head = self.tree.headerItem()
            if head is not None:
                head.setTextAlignment(at, _RIGHT)
        self.tree.currentItemChanged.connect(lambda *_: self.moved.emit())
        self.tree.itemActivated.connect(lambda *_: self.opened.emit())
        self.empty = EmptyState("folder-input", "")
        self.stack = QStackedLayout()
        self.stack.addWidget(self.tree)
        self.stack.addWidget(self.empty)
        self.words = Label("", "body", "text2", wrap=True)
        self.words.setMinimumHeight(look.line_height)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(look.px(2))
        self.strip = Surface("window")
        inner = QVBoxLayout(self.strip)
        inner.setContentsMargins(look.px(4), look.px(2.5), look.px(4), look.px(2.5))
        inner.setSpacing(look.px(2))
        inner.addWidget(self.words)
        inner.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.stack, 1)
        column.addWidget(Hairline())
        column.addWidget(self.strip)

    def add_button(self, words: str, icon: str, kind: str = "normal") -> Button:
        """One more act on the current entry."""
        button = Button(words, kind, icon)
        self.buttons.addWidget(button)
        return button

    def end_buttons(self) -> None:
        """No more buttons: they stand at the start."""
        self.buttons.addStretch(1)

    def fill(self, rows: Sequence[tuple[object, Sequence[str], Word, Sequence[str]]]) -> None:
        """(key, cells, state shown at the first column, tooltips); the current entry stays where it is there still."""
        before = self.key()
        self.tree.blockSignals(True)
        self.tree.clear()
        height = theme.current().row_height
        for key, cells, word, tips in rows:
            item = QTreeWidgetItem(list(cells))
            item.setData(0, KEY, key)
            item.setIcon(0, icons.icon(word.icon, word.role))
            item.setSizeHint(0, QSize(0, height))
            for at, tip in enumerate(tips):
                item.setToolTip(at, tip)
            for at in self._ends:
                item.setTextAlignment(at, _RIGHT)
            self.tree.addTopLevelItem(item)
            if key == before:
                self.tree.setCurrentItem(item)
        first = self.tree.topLevelItem(0)
        if self.tree.currentItem() is None and first is not None:
            self.tree.setCurrentItem(first)
        self.tree.blockSignals(False)
        self.stack.setCurrentWidget(self.tree if rows else self.empty)
        self.strip.setVisible(bool(rows))
        self.moved.emit()

    def key(self) -> object:
        """Key of the current entry; None for none."""
        item = self.tree.currentItem()
        return item.data(0, KEY) if item is not None else None

    def choose(self, key: object) -> None:
        """Make an entry the current one."""
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item is not None and item.data(0, KEY) == key:
                self.tree.setCurrentItem(item)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
