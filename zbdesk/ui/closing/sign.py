"""Signing a period off: who, what is to be remembered, and what is still open, before the file is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.app.closing import Close, login_name
from zbdesk.domain.closing import Standing
from zbdesk.ui import theme
from zbdesk.ui.closing import words
from zbdesk.ui.formats import Formats
from zbdesk.ui.widgets import Banner, Button, FormField, Label, TextField

MOST_NOTE = 500


class SignDialog(QDialog):
    """``agreed``: name and note of who signs off. Nothing is written to Zoho Books by it."""

    agreed = Signal(str, str)

    def __init__(self, parent: QWidget, close: Close, formats: Formats) -> None:
        super().__init__(parent)
        now = theme.current()
        name = close.connection.organization.name
        self.setWindowTitle(self.tr("Sign off"))
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(4), now.px(4), now.px(4), now.px(4))
        column.setSpacing(now.px(3))
        column.addWidget(Label(self.tr("Sign off %1?").replace("%1", name), "panel", wrap=True))
        span = f"{formats.day(close.checks.first)} – {formats.day(close.checks.last)}"
        text = self.tr("A file with the checklist, the totals of both sides and their hash is written for %1.")
        more = self.tr("Nothing is changed in Zoho Books.")
        column.addWidget(Label(f"{text.replace('%1', span)} {more}", wrap=True))
        open_points = [one for one in close.checks.checks if one.standing is Standing.OPEN]
        self.warning = Banner(kind="attention")
        if open_points:
            points = " · ".join(words.check(one.key) for one in open_points)
            self.warning.say(self.tr("These points are open and will be written as open:"), points)
        else:
            self.warning.say("")
        column.addWidget(self.warning)
        known = close.connection.authorised_by or login_name()
        self.who = TextField(name=self.tr("Your name"))
        self.who.setText(known)
        self.note = TextField(name=self.tr("Note"))
        self.note.setMaxLength(MOST_NOTE)
        self.who_field = FormField(self.tr("Your na&me"), self.who)
        column.addWidget(self.who_field)
        column.addWidget(FormField(self.tr("No&te"), self.note, note=self.tr("(optional)")))
        cancel = Button(self.tr("&Cancel"))
        cancel.clicked.connect(self.reject)
        self.ok = Button(self.tr("&Sign off…"), "primary")
        self.ok.clicked.connect(self._agree)
        foot = QHBoxLayout()  # in the order of every other dialog, not of each system's button boxes
        foot.setSpacing(now.px(2))
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.ok)
        column.addLayout(foot)
        self.who.textChanged.connect(lambda: self.who_field.set_error(""))
        self.setMinimumWidth(now.px(110))

    def _agree(self) -> None:
        who = self.who.text().strip()
        if not who:
            self.who_field.set_error(self.tr("Enter the name of the person who signs off."))
            self.who.setFocus()
            return
        self.accept()
        self.agreed.emit(who, self.note.text().strip())
