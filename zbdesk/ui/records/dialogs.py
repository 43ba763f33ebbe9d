"""A small dialog of a table: title, fields, verbs. It writes nothing to the books, so it names no organization."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from zbdesk.ui import theme
from zbdesk.ui.widgets import Button, Label
from zbdesk.ui.widgets.dialogs import two_parts, widest


class TableDialog(QDialog):
    """Add fields to ``body`` and verbs by ``add_verb``; Cancel is there. Opened, never executed.

    The last verb is the primary one and answers Enter. Escape changes nothing.
    """

    def __init__(self, parent: QWidget, title: str, *, width: float = 100) -> None:
        super().__init__(parent)
        now = theme.current()
        self._primary: Button | None = None
        self.body, self._verbs = two_parts(self, title, spacing=3, foot=3)
        self.body.addWidget(Label(title, "panel", wrap=True))
        self._verbs.addStretch(1)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._verbs.addWidget(self.cancel)
        self.setMinimumWidth(min(now.px(width), widest(parent, least=now.px(60))))

    def add_verb(self, words: str, *, primary: bool = False, at_start: bool = False) -> Button:
        """A button at the end, or at the start side of the foot for what is not the dialog's purpose."""
        button = Button(words, "primary" if primary else "normal")
        if primary:
            self._primary = button
        self._verbs.insertWidget(0 if at_start else self._verbs.count(), button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field does what the primary button does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._primary is not None:
            self._primary.click()
            return
        super().keyPressEvent(event)
