"""The palette: one field, below it what fits, by keyboard alone. Lies over the window, so that it works everywhere.

Must not search by itself: records come from the reader's pool, everything else from what the window hands over.
Invariant: Escape gives the keyboard back to where it was; what a person has marked stays marked when records arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.search.lines import Group, Line, flat
from zbdesk.ui.search.listing import LinesModel, LinesView
from zbdesk.ui.sentences import said
from zbdesk.ui.widgets import Hairline, IconView, Label, announce
from zbdesk.ui.widgets.surfaces import Box

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader
    from zbdesk.ui.search.sources import Answer

TYPING_REST = 40
"""Milliseconds without a key before the database is asked."""

SPEAK_REST = 500
"""Milliseconds of rest before a screen reader says how many there are: not at each letter."""


class Palette(Box):
    """The field and its list.

    ``ask``: text to a question for the pool. ``plain``: groups that fit at once.
    ``found``: groups of what the pool found. ``closed``: it went away.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        bridge: Bridge,
        ask: Callable[[str], Callable[[Reader], Answer]],
        plain: Callable[[str], Sequence[Group]],
        found: Callable[[str, Answer], Sequence[Group]],
    ) -> None:
        super().__init__("base", "edge")
        self.setParent(window)
        self._window, self._bridge = window, bridge
        self._ask, self._plain, self._write = ask, plain, found
        self._opener: QWidget | None = None
        self._question: Question | None = None
        self._groups: list[Group] = []
        self._found: list[Group] = []
        self._enter_waits = False
        self._build()
        self.hide()
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def _build(self) -> None:
        now = theme.current()
        self.field = QLineEdit()
        self.field.setFrame(False)
        self.field.setProperty("bare", True)
        self.field.setPlaceholderText(self.tr("Number, name, reference or command"))
        self.field.setAccessibleName(self.tr("Search records and commands"))
        self.field.setAccessibleDescription(self.tr("Arrow keys choose, Enter opens, Escape closes"))
        self.field.setMaxLength(200)
        self.field.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.field.setMinimumHeight(now.control_height)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.model = LinesModel(self)
        self.view = LinesView(self.model, self.tr("Results"))
        self.view.clicked.connect(lambda index: self._activate(index.row()))
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.note = Label("", "body", "text2", wrap=True)
        self.foot = Label(self.tr("↑ ↓ choose · Enter opens · Esc closes"), "caption", "text2")
        self.count = Label("", "caption", "text2")
        head = QHBoxLayout()
        head.setContentsMargins(now.px(3), now.px(1.5), now.px(3), now.px(1.5))
        head.setSpacing(now.px(2))
        head.addWidget(IconView("search", "text2"))
        head.addWidget(self.field, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(now.px(4), now.px(1.5), now.px(4), now.px(1.5))
        foot.addWidget(self.foot)
        foot.addStretch(1)
        foot.addWidget(self.count)
        words = QHBoxLayout()
        words.setContentsMargins(now.px(4), now.px(4), now.px(4), now.px(4))
        words.addWidget(self.note)
        self._note_line = QWidget()
        self._note_line.setLayout(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self._note_line)
        column.addWidget(self.view, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)
        self._rest = self._timer(TYPING_REST, self._read)
        self._speak = self._timer(SPEAK_REST, self._say_count)

    def _timer(self, span: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(span)
        timer.timeout.connect(then)
        return timer

    # ---- opening and closing -------------------------------------------------------------------------------------
    def open(self) -> None:
        """Show it, with the last text marked so that typing replaces it. A second time marks the text again."""
        if not self.isVisible():
            self._opener = self._window.focusWidget()  # also while another window is the active one
            self._place()
            self.show()
            self.raise_()
            self._typed()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_it(self, *, back: bool) -> None:
        """Hide it. ``back``: the keyboard returns to where it was when it opened."""
        if not self.isVisible():
            return
        self._forget()
        opener, self._opener = self._opener, None
        self.hide()
        self.closed.emit()
        if back and opener is not None and shiboken6.isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self._rest.stop()
        self._speak.stop()
        self._enter_waits = False
        if self._question is not None:
            self._question.cancel()
            self._question = None

    def _place(self) -> None:
        now, room = theme.current(), self._window.rect()
        width = min(now.px(160), room.width() - now.px(8))
        most = min(max(now.px(60), room.height() - now.px(36)), now.row_height * 18)
        rows = max(4, len(self.model.lines))
        height = min(most, now.row_height * rows + now.control_height + now.line_height + now.px(9))
        self.setGeometry((room.width() - width) // 2, min(now.px(16), max(0, room.height() - height)), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; keys of the field that belong to the list."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went elsewhere in the window: what lies over it goes away."""
        if now is not None and self.isVisible() and now is not self.field and not self.isAncestorOf(now):
            self.close_it(back=False)

    # ---- keys ----------------------------------------------------------------------------------------------------
    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_it(back=True)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._walk(1 if key in {Qt.Key.Key_Down, Qt.Key.Key_Tab} else -1)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            for _ in range(8):
                self._walk(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return False
        return True

    def _walk(self, by: int) -> None:
        row = self.model.next_line(self.view.currentIndex().row() if self.view.currentIndex().isValid() else -1, by)
        if row >= 0:
            self._mark(row)

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self.model.index(row, 0))
        if row > 0 and self.model.lines[row - 1].is_title:
            self.view.scrollTo(self.model.index(row - 1, 0))
        self.view.scrollTo(self.model.index(row, 0))

    def _enter(self) -> None:
        if self.view.currentIndex().isValid():
            self._activate(self.view.currentIndex().row())
        else:
            self._enter_waits = self._question is not None or self._rest.isActive()

    def _activate(self, row: int) -> None:
        line = self.model.lines[row]
        if line.act is None:
            return
        if line.why_not:
            announce(self, line.why_not)
            self.count.setText(line.why_not)
            return
        self.close_it(back=True)
        line.act()

    def _current_changed(self) -> None:
        if self.isVisible() and self.view.currentIndex().isValid():
            line = self.model.lines[self.view.currentIndex().row()]
            self.field.setAccessibleDescription(line.spoken)
            if self.view.currentIndex().row() > 1:  # the first one is said with the count
                announce(self.view, line.spoken)

    # ---- results -------------------------------------------------------------------------------------------------
    def _typed(self) -> None:
        self._forget()
        self._groups = list(self._plain(self.field.text()))
        if not self.field.text().strip():
            self._found = []
            self._show()
            return
        self._rest.start()
        self._show()

    def _read(self) -> None:
        text = self.field.text().strip()
        self._question = self._bridge.read(
            self._ask(text), lambda answer: self._arrived(text, answer), owner=self, fail=self._failed
        )

    def _arrived(self, text: str, answer: Answer) -> None:
        self._question = None
        self._found = list(self._write(text, answer))
        self._show()
        self._speak.start()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _failed(self, error: ZbdeskError) -> None:
        self._question = None
        self._found = []
        self._show()
        self.count.setText(said(str(error)))
        announce(self, str(error))

    def _show(self) -> None:
        """What stays in sight keeps its mark; else the first line is marked."""
        index = self.view.currentIndex()
        marked = self.model.lines[index.row()] if index.isValid() and index.row() < len(self.model.lines) else None
        lines = flat([*self._groups, *self._found])
        self.model.show(lines)
        row = next((at for at, line in enumerate(lines) if marked is not None and _same(line, marked)), -1)
        row = row if row >= 0 else self.model.next_line(-1, 1) if lines else -1
        self._place()
        if row >= 0:
            self._mark(row)
        waiting = self._question is not None or self._rest.isActive()
        self.view.setVisible(bool(lines))
        self._note_line.setVisible(not lines)
        self.note.setText(
            self.tr("Searching…") if waiting else self.tr("Nothing fits “%1”.").replace("%1", self.typed())
        )
        self.count.setText("" if waiting else self._counted())

    def typed(self) -> str:
        """What stands in the field."""
        return self.field.text().strip()

    def _counted(self) -> str:
        if not self.typed():
            return ""
        count = sum(not line.is_title for line in self.model.lines)
        if count == 0:
            return self.tr("No results")
        return self.tr("1 result") if count == 1 else self.tr("%1 results").replace("%1", str(count))

    def _say_count(self) -> None:
        if self.isVisible():
            index = self.view.currentIndex()
            first = self.model.lines[index.row()].spoken if index.isValid() else ""
            announce(self, f"{self._counted()}. {first}".strip(". "))


def _same(one: Line, other: Line) -> bool:
    return (one.words, one.note, one.icon) == (other.words, other.note, other.icon)
