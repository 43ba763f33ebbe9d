"""The archive for support: every file is shown before anything is saved, and nothing is sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QListWidget, QPlainTextEdit, QSplitter, QWidget

from zbdesk.app.diagnostics import Part
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui.care.frame import CareDialog
from zbdesk.ui.care.services import Services
from zbdesk.ui.sentences import said
from zbdesk.ui.widgets import Button

USUAL = "zbdesk-diagnostics.zip"


class DiagnosticsDialog(CareDialog):
    """Files at the start, the whole text of the chosen one at the end."""

    def __init__(self, parent: QWidget | None, services: Services) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            parent, tr("DiagnosticsDialog", "Diagnostics for support"),
            tr(
                "DiagnosticsDialog",
                "These files, and no others, go into the archive. Secrets, addresses, account numbers and names of "
                "customers are left out. Nothing is sent: you decide what becomes of the file.",
            ),
        )  # fmt: skip
        self._services = services
        self.parts: list[Part] = []
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Files of the archive"))
        self.files.currentRowChanged.connect(self._show)
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName(self.tr("Text of the file"))
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        split = QSplitter()
        split.addWidget(self.files)
        split.addWidget(self.view)
        split.setStretchFactor(1, 4)
        split.setChildrenCollapsible(False)
        self.body.addWidget(split, 1)
        self.copy = Button(self.tr("&Copy this file"), icon="copy")
        self.save = Button(self.tr("&Save archive…"), "primary", "download")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.view.toPlainText()))
        self.save.clicked.connect(self._ask_where)
        self.add_buttons(self.copy, self.save)
        self.copy.setEnabled(False)
        self.save.setEnabled(False)
        self.said.setText(self.tr("Being put together…"))
        services.diagnostics(self.show_parts)

    def show_parts(self, parts: list[Part]) -> None:
        """What goes along."""
        self.parts = list(parts)
        self.files.addItems([part.name for part in parts])
        self.files.setCurrentRow(0)
        self.said.setText("")
        self.copy.setEnabled(True)
        self.save.setEnabled(True)

    def write(self, path: str) -> None:
        """Save what was shown."""
        if self._services.save(self.parts, Path(path), self._refused):
            self.said.setText(self.tr("Saved as %1.").replace("%1", Path(path).name))

    def _show(self, row: int) -> None:
        self.view.setPlainText(self.parts[row].text if 0 <= row < len(self.parts) else "")

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save archive"), str(Path.home() / USUAL))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(USUAL)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def _refused(self, error: ZbdeskError) -> None:
        self.said.setText(said(f"{error.title} {error.message}"))
