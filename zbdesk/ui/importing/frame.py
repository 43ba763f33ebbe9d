"""Around the pages of the import: steps and organization at the start, help and buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.domain.module import Module
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import organization_of
from zbdesk.ui.importing import names
from zbdesk.ui.marks import colour_of
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, Elided, Hairline, Label, StepList, Surface, announce, gap, pad


class _Mark(QWidget):
    """The company's colour."""

    def __init__(self, state: DeskState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.current().px(1.25))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(colour_of(organization_of(self._state))))


class Side(Surface):
    """What is imported, the steps, and into which company."""

    def __init__(self, titles: Sequence[str], state: DeskState) -> None:
        super().__init__("side")
        self.steps = StepList(titles)
        self.title = Label("", "panel", wrap=True)
        self.file = Elided("", "caption", "text2")
        column = QVBoxLayout(self)
        pad(column, 3, 5, 3, 4)
        gap(column, 5)
        head = QVBoxLayout()
        pad(head, 2.5, 0, 0, 0)
        head.setSpacing(theme.current().px(0.5))
        head.addWidget(self.title)
        head.addWidget(self.file)
        column.addLayout(head)
        column.addWidget(self.steps)
        column.addStretch(1)
        foot = QHBoxLayout()
        pad(foot, 2.5, 0, 0, 0)
        gap(foot, 2)
        foot.addWidget(_Mark(state))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.tr("Into"), "caption", "text2"))
        words.addWidget(Label(organization_of(state).name, "strong", wrap=True))
        foot.addLayout(words, 1)
        column.addLayout(foot)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme.current().px(47))

    def show_file(self, module: Module, name: str) -> None:
        """What is imported."""
        word = names.module_name(module)
        self.title.setText(self.tr("Import %1").replace("%1", word.lower() if word.isascii() else word))
        self.file.setText(name)


class Bar(Surface):
    """Help and the list to mend at the start; the reason, Back, Next and Cancel at the end."""

    help_wanted = Signal()
    list_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("window")
        self.help = Button(self.tr("Help"), "quiet", "circle-question-mark")
        self.help.setToolTip("F1")
        self.list_button = Button(self.tr("&List to mend, as CSV"), "quiet", "download")
        self.reason = Label("", "caption", "text2", wrap=True).at_end()
        self.back = Button(self.tr("&Back"))
        self.next = Button("", "primary")
        self.cancel = Button(self.tr("Cancel"), "quiet")
        self.cancel.setToolTip(self.tr("Esc"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline())
        self._above = QHBoxLayout()
        pad(self._above, 5, 2, 5, 0)
        row = QHBoxLayout()
        pad(row, 4, 3.5, 4, 3.5)
        gap(row, 2)
        row.addWidget(self.help)
        row.addWidget(self.list_button)
        self._middle = QHBoxLayout()
        row.addLayout(self._middle, 1)
        self._middle.addWidget(self.reason, 1)
        for button in (self.back, self.next, self.cancel):
            row.addWidget(button)
        outer.addLayout(self._above)
        outer.addLayout(row)
        self._narrow = False
        self.help.clicked.connect(self.help_wanted)
        self.list_button.clicked.connect(self.list_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)

    def set_narrow(self, *, narrow: bool) -> None:
        """The reason gets a line of its own where the window is narrow."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        (self._above if narrow else self._middle).addWidget(self.reason, 1)
        self._place_reason()

    def _place_reason(self) -> None:
        self.reason.setVisible(bool(self.reason.text()) or not self._narrow)

    def say(self, words: str) -> None:
        """Something that was done, in the place of the reason."""
        self.reason.setText(said(words))
        self._place_reason()
        announce(self, words)

    def show_state(self, *, reason: str, next_text: str) -> None:
        """Whether one can go on, and why not."""
        self.reason.setText(reason)
        self._place_reason()
        self.next.setText(next_text)
        self.next.setEnabled(not reason)
        self.next.setAccessibleDescription(reason)
