"""Help that works offline: the keys, what the shapes mean, where data and logs are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk import __version__
from zbdesk.domain.status import RecordState
from zbdesk.ui import text, theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.widgets import IconView, Label, Panel


class HelpPage(ScrollPage):
    """Keys come from the window's own actions, so that this list is never wrong."""

    def __init__(self, actions: list[QAction], data_dir: Path) -> None:
        super().__init__(self.tr("Help"))
        now = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(now.px(4), now.px(3), now.px(4), now.px(4))
        column.setSpacing(now.px(3))
        column.addWidget(Label(self.tr("Help"), "page"))
        sides = QHBoxLayout()
        sides.setSpacing(now.px(3))
        sides.addWidget(self._keys(actions), 1, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(now.px(3))
        right.addWidget(self._questions())
        right.addWidget(self._shapes())
        right.addWidget(self._about(data_dir))
        right.addStretch(1)
        sides.addLayout(right, 1)
        column.addLayout(sides)
        column.addStretch(1)
        self.set_body(body)

    def _questions(self) -> Panel:
        """The few things that people ask first; everything here works offline."""
        panel = Panel(self.tr("What people ask"))
        for question, answer in (
            (
                self.tr("What does Sync now do?"),
                self.tr("It reads what changed in Zoho Books since the last look. Without it, that happens by itself."),
            ),
            (
                self.tr("What if the internet is away?"),
                self.tr("Everything that is here can be read. Syncing goes on by itself when Zoho answers again."),
            ),
            (
                self.tr("Why does zbdesk wait?"),
                self.tr("Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself."),
            ),
            (
                self.tr("A record is missing or looks old?"),
                self.tr("Choose Sync, Read everything again. It reads every list to its end and finds deletions."),
            ),
            (
                self.tr("Zoho ended the sign-in?"),
                self.tr("Choose Sign in again, in Settings under Connection. Records and their history stay."),
            ),
            (
                self.tr("Where are my secrets?"),
                self.tr("In the keychain of this computer or in a sealed file; never in the database or the logs."),
            ),
        ):
            panel.body.addWidget(Label(question, "strong", wrap=True))
            panel.body.addWidget(Label(answer, "body", "text2", wrap=True, selectable=True))
        return panel

    def _keys(self, actions: list[QAction]) -> Panel:
        panel = Panel(self.tr("Keys"))
        grid = _grid(panel)
        rows = [
            (action.shortcut().toString(action.shortcut().SequenceFormat.NativeText), action.text().replace("&", ""))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        # Stop has the key of Sync now, since only one of the two can be used at a time.
        rows = list(dict(reversed(rows)).items())[::-1]
        rows += [
            ("Alt+Up, Alt+Down", self.tr("Sort by the column of the current cell")),
            ("Ctrl+C", self.tr("Copy the selected rows")),
            ("Enter", self.tr("Details of the current record")),
        ]
        for at, (keys, words) in enumerate(rows):
            grid.addWidget(Label(isolate(keys), "strong"), at, 0)
            grid.addWidget(Label(words, wrap=True), at, 1)
        return panel

    def _shapes(self) -> Panel:
        panel = Panel(self.tr("States of a record"))
        grid = _grid(panel)
        for at, state in enumerate(RecordState):
            word = text.record_state(state)
            grid.addWidget(IconView(word.icon, word.role), at, 0)
            grid.addWidget(Label(word.text), at, 1)
        return panel

    def _about(self, data_dir: Path) -> Panel:
        panel = Panel(self.tr("This program"))
        grid = _grid(panel)
        rows = (
            (self.tr("Version"), __version__),
            (self.tr("Data folder"), str(data_dir)),
            (self.tr("Command line"), "zbdesk --help"),
        )
        for at, (label, value) in enumerate(rows):
            grid.addWidget(Label(label, "body", "text2"), at, 0)
            grid.addWidget(Label(isolate(value), wrap=True, selectable=True), at, 1)
        return panel


def _grid(panel: Panel) -> QGridLayout:
    now = theme.current()
    grid = QGridLayout()
    grid.setHorizontalSpacing(now.px(4))
    grid.setVerticalSpacing(now.px(1.5))
    grid.setColumnStretch(1, 1)
    panel.body.addLayout(grid)
    return grid
