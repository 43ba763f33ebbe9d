"""What all pages of the wizard have in common: title, one instruction, content that scrolls, a reason for Next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.widgets import Label, gap, pad
from zbdesk.ui.wizard.state import Session


class Page(QWidget):
    """One question.

    Signals: ``changed`` (the reason may be another one), ``next_wanted`` (go on by itself or by Enter),
    ``jump(page, field, ZbdeskError)`` (mend something on an earlier page).
    """

    changed = Signal()
    next_wanted = Signal()
    jump = Signal(str, str, object)

    key = ""
    step = 0

    def __init__(self, session: Session, *, wide: bool = False) -> None:
        super().__init__()
        self.session = session
        self.title = Label("", "page", wrap=True)
        self.instruction = Label("", "lead", "text2", wrap=True)
        self.content = QVBoxLayout()
        gap(self.content, 4)
        inner = QWidget()
        column = QVBoxLayout(inner)
        side = 9 if wide else 14
        pad(column, side, 9, side, 6)
        gap(column, 2)
        column.addWidget(self.title)
        column.addWidget(self.instruction)
        column.addSpacing(theme.current().px(3))
        column.addLayout(self.content)
        column.addStretch(1)
        self._column = column
        self._side = side
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        theme.on_change(self, self._paint_ground)

    def say(self, title: str, instruction: str) -> None:
        """Put title and instruction; screen readers know the page by its title."""
        self.title.setText(title)
        self.instruction.setText(instruction)
        self.setAccessibleName(title)

    def _paint_ground(self) -> None:
        palette = QPalette(self.area.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.current().color("base"))
        self.area.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        look = theme.current()
        narrow = look.em(self.width()) < 44
        side = look.px(4 if narrow else self._side)
        self._column.setContentsMargins(side, look.px(5 if narrow else 9), side, look.px(6))
        self.arrange(look.em(self.width()))

    def arrange(self, em: float) -> None:
        """Arrange the content for a page of ``em`` lines' width."""

    def entered(self) -> None:
        """The page is shown now: show what the session holds, start what it needs."""

    def left(self) -> None:
        """The page is no longer shown: put into the session what was typed, end what it started."""

    def reason(self) -> str:
        """Return why Next cannot be used yet, as a sentence; empty when it can."""
        return ""

    def next_text(self) -> str:
        """Return the word on the primary button."""
        return self.tr("Ne&xt")

    def cancel_text(self) -> str:
        """Return the word on Cancel."""
        return self.tr("Cancel")

    def help_text(self) -> str:
        """Return what Help says about this page."""
        return ""

    def first_focus(self) -> QWidget | None:
        """Return where typing starts."""
        return None

    def advance(self) -> bool:
        """Do what Next means here; True goes to the next page at once, False means that the page will ask later."""
        return True

    def show_problem(self, field: str, error: ZbdeskError) -> None:
        """Show an error that came up later beside the field that mends it."""
