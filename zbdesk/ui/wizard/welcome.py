"""The first page: what zbdesk is, two ways in, three things to have ready."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.ui import icons, theme
from zbdesk.ui.widgets import Button, Hairline, IconView, Label, gap
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import Session


class Mark(QWidget):
    """The program's mark. Decoration: the title beside it has the words."""

    def __init__(self, steps: float) -> None:
        super().__init__()
        self._steps = steps
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the size from the theme in use."""
        side = theme.current().px(self._steps)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        QPainter(self).drawPixmap(0, 0, icons.mark(self.width(), self.devicePixelRatioF()))


class WelcomePage(Page):
    """Signals: ``connect_wanted``, ``demo_wanted``."""

    key = "welcome"
    step = -1
    connect_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, session: Session, *, resuming: bool = False) -> None:
        super().__init__(session)
        self.title.set_kind("figure")
        self.say(
            self.tr("Your records and Zoho Books, kept the same"),
            self.tr(
                "zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this "
                "computer. You connect in about five minutes."
            ),
        )
        self.connect_button = Button(self.tr("&Connect Zoho Books"), "primary")
        self.connect_button.setDefault(True)
        self.connect_button.setProperty("large", True)
        self.demo_button = Button(self.tr("&Look around with the demo company"))
        self.demo_button.setProperty("large", True)
        if session.demo is not None:
            self.connect_button.setText(self.tr("&Connect the demo company"))
            self.demo_button.hide()
        if resuming:
            self.connect_button.setText(self.tr("Go on &connecting"))
        self.connect_button.clicked.connect(self.connect_wanted)
        self.demo_button.clicked.connect(self.demo_wanted)
        row = QHBoxLayout()
        gap(row, 3)
        row.addWidget(self.connect_button)
        row.addWidget(self.demo_button)
        row.addStretch()
        self._row = row
        self._mark = Mark(14)
        self._column.insertStretch(0, 2)
        self._column.insertWidget(1, self._mark)
        self._column.insertSpacing(2, theme.current().px(4))
        self._column.addStretch(2)
        self.content.addLayout(row)
        self.content.addSpacing(theme.current().px(3))
        self.content.addWidget(Hairline())
        self.content.addWidget(Label(self.tr("Have these ready"), "strong"))
        for item in self._needs():
            self.content.addLayout(item)

    def _needs(self) -> list[QHBoxLayout]:
        if self.session.demo is not None:
            return [
                _need("shield-check", self.tr("Nothing at all"),
                      self.tr("The demo company runs on this computer only. Server and client are filled in.")),
                _need("user", self.tr("One click on its sign-in page"),
                      self.tr("Your browser opens it, as it would open Zoho’s page.")),
            ]  # fmt: skip
        return [
            _need("globe", self.tr("The address of your Zoho Books"),
                  self.tr("For example books.zoho.in. It tells which data centre holds your books.")),
            _need("key-round", self.tr("A client ID and client secret from the Zoho API console"),
                  self.tr("You can make them on the way: the next pages show where, and what to paste.")),
            _need("user", self.tr("Your own Zoho sign-in"),
                  self.tr("You sign in on Zoho’s page in your browser. zbdesk never sees your password.")),
        ]  # fmt: skip

    def arrange(self, em: float) -> None:
        """See ``Page``."""
        look = theme.current()
        column = min(self.width() - 2 * look.px(4), look.px(165))
        side = max(look.px(4), (self.width() - column) // 2)
        margins = self._column.contentsMargins()
        self._column.setContentsMargins(side, margins.top(), side, margins.bottom())
        buttons = self.connect_button.sizeHint().width() + self.demo_button.sizeHint().width()
        narrow = buttons + look.px(6) > column
        self._row.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)
        del em

    def reason(self) -> str:
        """See ``Page``."""
        return ""

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization "
            "and what to sync. Nothing is stored and nothing is read before the last of them.\n\n"
            "The demo company is a small Zoho Books on this computer. It needs no account, and none of its records "
            "come near yours."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        return self.connect_button


def _need(icon: str, title: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    gap(row, 3)
    row.addWidget(IconView(icon, "text2", steps=5), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(title, "strong", wrap=True))
    words.addWidget(Label(text, "body", "text2", wrap=True))
    row.addLayout(words, 1)
    return row
