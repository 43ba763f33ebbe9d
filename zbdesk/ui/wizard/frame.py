"""Around the pages: steps at the start side, the button bar below, Help at its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.widgets import Button, Hairline, Label, StepList, Surface, gap, pad
from zbdesk.ui.widgets.steps_bar import Bar as StepsBar
from zbdesk.ui.wizard.welcome import Mark


class Side(Surface):
    """The steps, and what happens to what was typed."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__("side")
        self.steps = StepList(titles)
        column = QVBoxLayout(self)
        pad(column, 4, 6, 4, 6)
        gap(column, 6)
        head = QHBoxLayout()
        pad(head, 2.5, 0, 0, 0)
        gap(head, 2.25)
        head.addWidget(Mark(6.25))
        self.title = Label(self.tr("Connect Zoho Books"), "panel", wrap=True)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.steps)
        column.addStretch()
        foot = QHBoxLayout()
        pad(foot, 2.5, 0, 2, 0)
        note = self.tr("What you enter is kept if you close this window. The client secret is asked for again.")
        foot.addWidget(Label(note, "caption", "text2", wrap=True))
        column.addLayout(foot)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme.current().px(62) - 1)


class Bar(StepsBar):
    """The bar below the pages, whose Cancel says what it does where that is more than leaving."""

    def __init__(self) -> None:
        super().__init__((5, 4, 6, 4))

    def show_cancel(self, text: str) -> None:
        """Take another word on Cancel."""
        self.cancel.setText(text)
        self.cancel.set_kind("quiet" if text == self.tr("Cancel") else "normal")


class WelcomeBar(Surface):
    """The bar of the first page: Help, and a promise. Signal: ``help_wanted``."""

    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("window")
        self.help = Button(self.tr("Help"), "quiet", "circle-question-mark")
        self.help.setToolTip("F1")
        self.help.clicked.connect(self.help_wanted)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline())
        row = QHBoxLayout()
        pad(row, 5, 4, 6, 4)
        row.addWidget(self.help)
        promise = Label(
            self.tr("Nothing is written to Zoho Books before you agree to it on the last page."),
            "caption",
            "text2",
            wrap=True,
        ).at_end()
        row.addWidget(promise, 1)
        outer.addLayout(row)


class StepLine(Surface):
    """Where one stands, in one line, for windows too narrow for the list of steps."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__("side")
        self._titles = tuple(titles)
        self.label = Label("", "strong", wrap=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        pad(row, 4, 2, 4, 2)
        gap(row, 2)
        row.addWidget(Mark(5))
        row.addWidget(self.label, 1)
        outer.addLayout(row)
        outer.addWidget(Hairline())

    def set_at(self, at: int) -> None:
        """Name step ``at``."""
        words = self.tr("Step %1 of %2: %3")
        words = words.replace("%1", str(at + 1)).replace("%2", str(len(self._titles)))
        self.label.setText(words.replace("%3", self._titles[at]))


class HelpDialog(QDialog):
    """What Help says about a page. Opened, never executed; Escape closes it."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help: %1").replace("%1", title))
        column = QVBoxLayout(self)
        pad(column, 5, 4, 5, 4)
        gap(column, 3)
        column.addWidget(Label(title, "panel", wrap=True))
        for part in text.split("\n\n"):
            column.addWidget(Label(part, "body", "text", wrap=True))
        keys = self.tr("Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.")
        column.addWidget(Label(keys, "caption", "text2", wrap=True))
        row = QHBoxLayout()
        row.addStretch()
        self.close_button = Button(self.tr("&Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.setMinimumWidth(theme.current().px(120))
