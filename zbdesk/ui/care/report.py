"""A report of a fault of zbdesk: its whole text, to be copied or not. Nothing is sent from here."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from zbdesk import __version__
from zbdesk.app.diagnostics import clean
from zbdesk.ui.care.frame import CareDialog
from zbdesk.ui.widgets import Button


def report(error: BaseException) -> str:
    """Versions and where it happened, without secrets and names."""
    head = f"zbdesk {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}\n\n"
    return clean(head + "".join(traceback.format_exception(error)))


class ReportDialog(CareDialog):
    """The text and a button that copies it."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            parent,
            tr("ReportDialog", "zbdesk came upon a fault of its own"),
            tr("ReportDialog", "Nothing is lost. This is the whole report; it goes nowhere unless you send it."),
        )
        self.view = QPlainTextEdit(report(error))
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName(self.tr("Report"))
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.body.addWidget(self.view, 1)
        self.copy = Button(self.tr("&Copy"), icon="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.view.toPlainText()))
        self.add_buttons(self.copy)
