"""The dialog of every act that writes: the organization on top, the question, what happens, verbs on the buttons.

Escape is Cancel; what destroys is never the default; the opener gets the focus back. Never ``exec``: it opens and says
what was chosen by a signal.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.domain.views import Organization
from zbdesk.sync.commands import ActOn, EditRecord, NewRecord
from zbdesk.sync.events import CommandDone, CommandFailed
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.marks import colour_of
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, IconView, Label
from zbdesk.ui.widgets.dialogs import two_parts, widest

LATE = 5_000
"""Milliseconds after which a dialog says that it still waits."""


def organization_of(state: DeskState) -> Organization:
    """The company in use; an empty one before the database has answered."""
    overview = state.overview
    if overview is None or overview.connection is None:
        return Organization("", "")
    return overview.connection.organization


class OrganizationStrip(QWidget):
    """Name and base currency on the organization's colour."""

    def __init__(self, organization: Organization) -> None:
        super().__init__()
        self._organization = organization
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Organization %1").replace("%1", organization.name))

    def sizeHint(self) -> QSize:
        """One line with air."""
        look = theme.current()
        return QSize(look.px(80), look.line_height + look.px(4.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name at the start, currency at the end, white on the company's colour."""
        del event
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(colour_of(self._organization)))
        if look.is_dark or look.is_contrast:
            painter.setPen(look.color("edge"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.ON_ORGANIZATION))
        inner = self.rect().adjusted(look.px(4), 0, -look.px(4), 0)
        flags = Qt.AlignmentFlag
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        start = (flags.AlignRight if reverse else flags.AlignLeft) | flags.AlignAbsolute | flags.AlignVCenter
        end = (flags.AlignLeft if reverse else flags.AlignRight) | flags.AlignAbsolute | flags.AlignVCenter
        code = self._organization.currency_code
        painter.setFont(look.font("body"))
        painter.drawText(inner, int(end), code)
        room = painter.fontMetrics().horizontalAdvance(code) + look.px(3)
        painter.setFont(look.font("strong"))
        left = inner.adjusted(room, 0, 0, 0) if reverse else inner.adjusted(0, 0, -room, 0)
        name = painter.fontMetrics().elidedText(self._organization.name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, int(start), name)


class WriteDialog(QDialog):
    """Organization, question, words, ``body`` for fields, buttons. Add fields to ``body``; verbs by ``add_verb``."""

    def __init__(
        self,
        parent: QWidget | None,
        state: DeskState,
        title: str,
        words: str = "",
        *,
        icon: str = "",
        role: str = "text2",
        width: float = 140,
    ) -> None:
        super().__init__(parent)
        self.state = state
        self._ticket = ""
        self._verb: Button | None = None
        self._opener = QApplication.focusWidget()
        look = theme.current()
        self.question = Label(title, "panel", wrap=True)
        self.words = Label(words, "body", "text2", wrap=True)
        self.words.setVisible(bool(words))
        text = QVBoxLayout()
        text.setSpacing(look.px(1.5))
        text.addWidget(self.question)
        text.addWidget(self.words)
        text.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(look.px(3))
        if icon:
            head.addWidget(IconView(icon, role, steps=5), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(text, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(3))
        middle, self.foot = two_parts(self, title, spacing=3, above=OrganizationStrip(organization_of(state)))
        middle.addLayout(head)
        middle.addLayout(self.body, 1)
        self.reason = Label("", "caption", "text2", wrap=True)
        self.foot.addWidget(self.reason, 1)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.foot.addWidget(self.cancel)
        self.setMinimumWidth(min(look.px(width), widest(parent)))
        self.finished.connect(self._give_back)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self._is_late)
        state.command_answered.connect(self._answered)
        self.finished.connect(self._let_go)

    def add_verb(self, words: str, kind: str = "primary", icon: str | None = None) -> Button:
        """One more button at the end; a primary one is the default, a destructive one never."""
        button = Button(words, kind, icon)
        button.setDefault(kind == "primary")
        self.foot.addWidget(button)
        return button

    def hand_over(self, bridge: Bridge, command: EditRecord | NewRecord | ActOn, verb: Button) -> None:
        """Send it and stay open until its answer is here: ``taken`` closes, ``refused`` says why and lets go on."""
        self._verb, self._ticket = verb, uuid.uuid4().hex
        self.explain(verb, self.tr("Being saved…"))
        self.state.await_answer(self._ticket)
        self._late.start()
        bridge.send(replace(command, ticket=self._ticket))

    @property
    def is_waiting(self) -> bool:
        """Whether a command of this dialog is without an answer."""
        return bool(self._ticket)

    def taken(self) -> None:
        """The command was carried out."""
        self.accept()

    def refused(self, event: CommandFailed) -> None:
        """The command was not carried out; nothing that was typed is lost."""
        self.reason.setText(said(f"{event.title} {event.message}".strip()))

    def _answered(self, event: CommandDone | CommandFailed) -> None:
        if not self._ticket or event.ticket != self._ticket:
            return
        self._ticket = ""
        self._late.stop()
        if isinstance(event, CommandDone):
            self.taken()
            return
        if self._verb is not None:
            self.explain(self._verb, "")
        self.refused(event)

    def _is_late(self) -> None:
        self.reason.setText(self.tr("No answer yet. What you typed stays here until there is one."))

    def _let_go(self) -> None:
        """Closed before the answer: a failure is told by the window."""
        if self._ticket:
            self.state.stop_waiting(self._ticket)

    def explain(self, button: Button, why: str) -> None:
        """Switch a verb off with its reason at its side; empty switches it on."""
        button.setEnabled(not why)
        self.reason.setText(said(why))

    def event(self, event: QEvent) -> bool:
        """Grow with words that need more lines; a layout alone would squeeze them."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._fit)
        return done

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        needed = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else self.sizeHint().height()
        needed = min(needed, self._most())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _most(self) -> int:
        """Never higher than the window that it belongs to."""
        parent = self.parentWidget()
        return parent.window().height() - theme.current().px(2) if parent is not None else 100_000

    def showEvent(self, event: QShowEvent) -> None:
        """What harms nobody has the focus where nothing is to be typed."""
        super().showEvent(event)
        if self.height() > self._most():
            self.resize(self.width(), self._most())
        if self.focusWidget() is None:
            self.cancel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is Cancel; Ctrl+Enter is the primary verb."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            for button in self.findChildren(Button):
                if button.isDefault() and button.isEnabled():
                    button.click()
                    return
        super().keyPressEvent(event)

    def _give_back(self) -> None:
        import shiboken6

        opener, self._opener = self._opener, None
        if opener is not None and shiboken6.isValid(opener):
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
