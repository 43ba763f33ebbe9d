"""The log to be read in the window: its end, by level and by words, brought up to date on request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from zbdesk.app.diagnostics import clean, end_of_log
from zbdesk.app.log import FILE_NAME
from zbdesk.ui.care.frame import CareDialog
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.widgets import Button, TextField

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LINES = 5_000


def chosen_lines(text: str, level: str, words: str) -> list[str]:
    """Lines of at least that level with these words; what belongs to a line (a traceback) goes with it."""
    low = LEVELS.index(level)
    found, taken = [], False
    for line in text.splitlines():
        parts = line.split(" ", 3)
        if len(parts) > 2 and parts[2] in {*LEVELS, "CRITICAL"}:
            rank = len(LEVELS) - 1 if parts[2] == "CRITICAL" else LEVELS.index(parts[2])
            taken = rank >= low and words.casefold() in line.casefold()
        if taken:
            found.append(line)
    return found[-LINES:]


class LogDialog(CareDialog):
    """Newest at the foot."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        tr = QCoreApplication.translate
        super().__init__(parent, tr("LogDialog", "Log"), tr("LogDialog", "Times are UTC. Secrets are taken out."))
        self._path = folder / FILE_NAME
        self._text = ""
        self.level = Choice(
            [
                (self.tr("Everything"), "DEBUG"),
                (self.tr("What happens"), "INFO"),
                (self.tr("Warnings"), "WARNING"),
                (self.tr("Errors"), "ERROR"),
            ],
            self.tr("Level"),
        )
        self.level.chosen.connect(lambda _level: self._show())
        self.wanted = TextField(placeholder=self.tr("Find in the log"), name=self.tr("Find in the log"))
        self.wanted.setClearButtonEnabled(True)
        self.wanted.textChanged.connect(lambda _text: self._show())
        line = QHBoxLayout()
        line.addWidget(self.level)
        line.addWidget(self.wanted, 1)
        self.body.addLayout(line)
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName(self.tr("Log"))
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.body.addWidget(self.view, 1)
        self.again = Button(self.tr("Read a&gain"), icon="rotate-cw")
        self.copy = Button(self.tr("&Copy"), icon="copy")
        self.again.clicked.connect(self.read)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.view.toPlainText()))
        self.add_buttons(self.again, self.copy)
        self.read()

    def read(self) -> None:
        """What stands in the file now."""
        self._text = clean(end_of_log(self._path))
        self._show()

    def _show(self) -> None:
        lines = chosen_lines(self._text, str(self.level.currentData()), self.wanted.text())
        self.view.setPlainText("\n".join(lines) if lines else self.tr("Nothing of that kind is in the log."))
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.maximum())
