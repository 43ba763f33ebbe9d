"""What the pages of the import have in common: title, one sentence, content, a reason for Next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Label, gap, pad


class ImportPage(QWidget):
    """One step. ``changed``: the reason may be another one. ``next_wanted``: go on by itself."""

    changed = Signal()
    next_wanted = Signal()

    def __init__(self, flow: ImportFlow, state: DeskState, *, scrolls: bool, fills: bool = False) -> None:
        super().__init__()
        self.flow, self.state = flow, state
        self.title = Label("", "page", wrap=True)
        self.instruction = Label("", "body", "text2", wrap=True)
        self.head = QHBoxLayout()
        gap(self.head, 2)
        self.head.addWidget(self.title, 1)
        self.content = QVBoxLayout()
        gap(self.content, 3)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        pad(self.column, 5, 4, 4, 3)
        gap(self.column, 1.5)
        self.column.addLayout(self.head)
        self.column.addWidget(self.instruction)
        self.column.addLayout(self.content, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.outer = outer
        if not scrolls:
            outer.addWidget(inner, 1)
            return
        if not fills:
            self.column.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        outer.addWidget(self.area, 1)
        theme.on_change(self, self._paint_ground)

    def _paint_ground(self) -> None:
        palette = QPalette(self.area.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.current().color("base"))
        self.area.setPalette(palette)

    def say(self, title: str, instruction: str) -> None:
        """Title and the one sentence; screen readers know the page by its title."""
        self.title.setText(title)
        self.instruction.setText(instruction)
        self.instruction.setVisible(bool(instruction))
        self.setAccessibleName(title)

    def entered(self) -> None:
        """The page is shown now."""

    def reason(self) -> str:
        """Why Next cannot be used yet; empty when it can."""
        return ""

    def next_text(self) -> str:
        """The word on the primary button."""
        return QCoreApplication.translate("ImportPage", "Ne&xt")

    def help_text(self) -> str:
        """What Help says about this page."""
        return ""

    def first_focus(self) -> QWidget | None:
        """Where work begins."""
        return None

    def advance(self) -> bool:
        """Do what Next means here; False stays."""
        return True

    def arrange(self, breadth: str) -> None:
        """Arrange for a window that is wide, medium or narrow."""
