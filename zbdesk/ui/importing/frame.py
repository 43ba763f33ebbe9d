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
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, Elided, Label, StepList, Surface, announce, gap, pad
from zbdesk.ui.widgets.steps_bar import Bar as StepsBar


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


class Bar(StepsBar):
    """The bar below, with the list to mend. ``list_wanted``: save it."""

    list_wanted = Signal()

    def __init__(self) -> None:
        super().__init__((4, 3.5, 4, 3.5))
        self.list_button = Button(self.tr("&List to mend, as CSV"), "quiet", "download")
        self.list_button.clicked.connect(self.list_wanted)
        self.start.addWidget(self.list_button)

    def say(self, words: str) -> None:
        """Something that was done, in the place of the reason."""
        self.show_reason(words)
        announce(self, words)
