"""Sources: where documents come from by themselves, past imports, saved mappings, exports and the local interface."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.sources.history import ImportsList
from zbdesk.ui.sources.list import SourcesList
from zbdesk.ui.sources.mappings import MappingsList
from zbdesk.ui.sources.standing import StandingPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, Elided, Hairline, Label, Segmented, Surface

LOOK_AGAIN = 5_000
"""Milliseconds: sources run by themselves, beside what events tell."""


class SourcesPage(Surface):
    """``sentence``: the status bar. ``import_wanted``, ``records_wanted(module)``, ``settings_wanted``."""

    sentence = Signal(str, bool)
    import_wanted = Signal()
    records_wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(  # noqa: PLR0915 - the parts of the page, from top to foot
        self, state: DeskState, bridge: Bridge, preferences: Preferences
    ) -> None:
        super().__init__("base")
        self.setAccessibleName(self.tr("Sources"))
        look = theme.current()
        self.jobs = Jobs(self)
        self.destroyed.connect(self.jobs.close)
        self.list = SourcesList(state, bridge, self.jobs)
        self.history = ImportsList(state, bridge, self.jobs)
        self.mappings = MappingsList(state, bridge, self.jobs)
        self.standing = StandingPage(state, preferences, self.jobs)
        self.parts: dict[str, QWidget] = {
            "sources": self.list, "imports": self.history, "mappings": self.mappings, "standing": self.standing,
        }  # fmt: skip
        self.tabs = Segmented(
            [
                ("sources", self.tr("Folders and databases")),
                ("imports", self.tr("Past imports")),
                ("mappings", self.tr("Mappings")),
                ("standing", self.tr("Exports and programs")),
            ],
            name=self.tr("Which part"),
        )
        self.tabs.changed.connect(self.show_part)
        self.import_button = Button(self.tr("&Import a file…"), "primary", "file-plus")
        self.folder_button = Button(self.tr("Watch a fol&der…"), "normal", "folder-input")
        self.database_button = Button(self.tr("&Add a database…"), "normal", "database")
        self.import_button.clicked.connect(self.import_wanted)
        self.folder_button.clicked.connect(self.list.add_folder)
        self.database_button.clicked.connect(self.list.add_database)
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.head.setSpacing(look.px(2))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.tr("Sources"), "page"))
        self.lead = Elided(self.tr("Where documents come from, and where they go by themselves"), "body", "text2")
        words.addWidget(self.lead)
        self.head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(2))
        for button in (self.database_button, self.folder_button, self.import_button):
            buttons.addWidget(button)
        self.head.addLayout(buttons)
        upper = QVBoxLayout()
        upper.setContentsMargins(look.px(4), look.px(3), look.px(4), look.px(3))
        upper.setSpacing(look.px(3))
        upper.addLayout(self.head)
        upper.addWidget(self.tabs)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(Hairline())
        column.addWidget(self.stack, 1)
        for child in (self.list, self.history, self.mappings, self.standing):
            child.sentence.connect(self.sentence)
        self.list.folder_wanted.connect(self.list.add_folder)
        self.history.import_wanted.connect(self.import_wanted)
        self.history.records_wanted.connect(self.records_wanted)
        self.mappings.import_wanted.connect(self.import_wanted)
        self.standing.settings_wanted.connect(self.settings_wanted)
        state.changed.connect(self._state_changed)
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN)
        self._again.timeout.connect(self._state_changed)

    def show_part(self, key: str) -> None:
        """Show one of the four parts and read it anew."""
        self.tabs.set_value(key)
        self.stack.setCurrentWidget(self.parts[key])
        self.refresh()

    def refresh(self) -> None:
        """Read the part in sight."""
        current = self.stack.currentWidget()
        if current in {self.list, self.history, self.mappings, self.standing}:
            current.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is new, and go on looking while somebody looks."""
        super().showEvent(event)
        self.refresh()
        self._again.start()

    def _state_changed(self) -> None:
        if not self.isVisible():
            self._again.stop()
        elif self.stack.currentWidget() is not self.standing:
            self.refresh()

    def set_size(self, size: str) -> None:
        """The buttons below the title where there is little room."""
        narrow = size == "narrow"
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.head.setDirection(direction)
        self.head.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self.lead.setVisible(size == "wide")
