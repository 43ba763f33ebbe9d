"""What will be on paper, before it is: pages as they come out, Print, Save as PDF.

Our own dialog and not Qt's, whose buttons have no names for screen readers. Invariant: nothing reaches a printer or a
file before a person chose so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QPagedPaintDevice
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from zbdesk.ui import theme
from zbdesk.ui.printing.paper import set_up
from zbdesk.ui.records.dialogs import TableDialog
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.widgets import FormField, Label, Message

Paint = Callable[[QPagedPaintDevice], int]
"""Paints everything on a device and says how many pages there were; raises ``OSError``."""


class PreviewDialog(TableDialog):
    """Shows the pages. ``paint`` is called for the preview, for the printer and for the PDF alike."""

    def __init__(self, parent: QWidget, title: str, paint: Paint, *, wide: bool, file_name: str) -> None:
        super().__init__(parent, title, width=180)
        self._paint, self._file_name = paint, file_name
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_up(self.printer, wide=wide)
        self.preview = QPrintPreviewWidget(self.printer)
        self.preview.setAccessibleName(_tr("Pages as they will be printed"))
        self.preview.setMinimumHeight(theme.current().px(70))
        self.preview.paintRequested.connect(self._painted)
        self.preview.previewChanged.connect(self._show_place)
        self.direction = Choice([(_tr("Upright"), False), (_tr("Across"), True)], _tr("Paper"))
        self.direction.show_value(wide)
        self.direction.chosen.connect(self._turn)
        self.place = Label("", "body", "text2")
        self.message = Message()
        self.body.addWidget(FormField(_tr("Pa&per"), self.direction, label_width=theme.current().px(24)))
        self.body.addWidget(self.preview, 1)
        self.body.addWidget(self.place)
        self.body.addWidget(self.message)
        self.pdf = self.add_verb(_tr("&Save as PDF…"))
        self.pdf.clicked.connect(self._ask_file)
        self.print = self.add_verb(_tr("&Print…"), primary=True)
        self.print.clicked.connect(self._ask_printer)
        self.resize(theme.current().px(200), theme.current().px(170))
        self.preview.fitInView()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down go by pages."""
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            by = 1 if event.key() == Qt.Key.Key_PageDown else -1
            self.preview.setCurrentPage(max(1, min(self.preview.pageCount(), self.preview.currentPage() + by)))
            return
        super().keyPressEvent(event)

    def save_pdf(self, path: Path) -> None:
        """Write the pages into a PDF file; where that cannot be done, say so and stay open."""
        target = QPrinter(QPrinter.PrinterMode.HighResolution)
        target.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        target.setOutputFileName(str(path))
        target.setDocName(self.windowTitle())
        target.setPageLayout(self.printer.pageLayout())
        if self._carry_out(target):
            self.accept()

    def _carry_out(self, device: QPrinter) -> bool:
        try:
            self._paint(device)
        except OSError:
            self.message.say(_tr("It could not be written there. Choose another place or printer."), "error")
            return False
        if device.printerState() == QPrinter.PrinterState.Error:
            self.message.say(_tr("The printer reported an error. Nothing was printed."), "error")
            return False
        return True

    def _painted(self, printer: QPrinter) -> None:
        self._paint(printer)

    def _turn(self, wide: object) -> None:
        set_up(self.printer, wide=bool(wide))
        self.preview.updatePreview()

    def _show_place(self) -> None:
        pages = self.preview.pageCount()
        words = _tr("Page %1 of %2").replace("%1", str(self.preview.currentPage())).replace("%2", str(pages))
        self.place.setText(words)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, _tr("Save as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_tr("PDF document (*.pdf)")])
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._file_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_pdf(Path(chosen)))
        dialog.open()

    def _print(self) -> None:
        if self._carry_out(self.printer):
            self.accept()

    def _ask_printer(self) -> None:
        dialog = QPrintDialog(self.printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print)
        QDialog.open(dialog)  # its own open wants a slot by name


def _tr(words: str) -> str:
    return QCoreApplication.translate("Printing", words)
