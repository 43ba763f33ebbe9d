"""The frame of dialogs that show something and write nothing to Zoho: a fact, words, a body, buttons, Close."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.widgets import Button, Label
from zbdesk.ui.widgets.dialogs import two_parts


class CareDialog(QDialog):
    """Escape closes; it opens without a loop of its own."""

    def __init__(self, parent: QWidget | None, title: str, words: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        look = theme.current()
        middle, self.foot = two_parts(self, title)
        middle.addWidget(Label(title, "panel", wrap=True))
        self.words = Label(words, "body", "text2", wrap=True)
        self.words.setVisible(bool(words))
        middle.addWidget(self.words)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(2))
        middle.addLayout(self.body, 1)
        self.said = Label("", "caption", "text2", wrap=True)
        self.foot.addWidget(self.said, 1)
        self.close_button = Button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.foot.addWidget(self.close_button)
        width, height = look.px(190), look.px(130)
        window = parent.window() if parent is not None else None
        if window is not None:
            width = min(width, window.width() - look.px(8))
            height = min(height, window.height() - look.px(8))
        self.resize(width, height)

    def add_buttons(self, *buttons: Button) -> None:
        """Before Close, which stays the last."""
        for at, button in enumerate(buttons, 1):
            self.foot.insertWidget(at, button)
