"""First step: which file, and what its rows are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing import names
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.importing.page import ImportPage
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, FormField, IconView, Label, announce, bounded, gap, pad

ENDINGS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods"


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is dragged; None for anything else."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())


class DropArea(QWidget):
    """A place to drop a file on. ``dropped``: its path."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._over = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self)
        pad(self.column, 6, 6, 6, 6)
        gap(self.column, 2)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if dropped_file(event) is not None:
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        del event
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Here it is."""
        self._over = False
        self.update()
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed edge; filled while a file hangs over it."""
        del event
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.color("accent" if self._over else "edge"), 1.5 if self._over else 1.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.color("accent_tint" if self._over else "alt"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), look.panel_radius, look.panel_radius)


class FilePage(ImportPage):
    """Choose or drop; then say what it is."""

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        super().__init__(flow, state, scrolls=True)
        self.say(
            self.tr("Which file?"),
            self.tr("What it brings lies on this computer first. Nothing is read from or written to Zoho Books here."),
        )
        self.area_ = DropArea()
        self.area_.dropped.connect(self.choose)
        self.icon = IconView("file-plus", "text2", steps=8)
        self.fact = Label("", "strong", wrap=True)
        self.note = Label("", "body", "text2", wrap=True)
        self.button = Button(self.tr("C&hoose a file…"), "primary", "folder-open")
        self.button.clicked.connect(self.ask)
        row = QHBoxLayout()
        gap(row, 4)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.fact)
        words.addWidget(self.note)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.area_.column.addLayout(row)
        self.content.addSpacing(theme.current().px(2))
        self.content.addWidget(self.area_)
        self.banner = Banner(kind="problem")
        self.content.addWidget(self.banner)
        self.module = Choice(
            [(names.module_name(one), one.name) for one in names.modules()], self.tr("What the rows are")
        )
        self.module.chosen.connect(lambda name: flow.set_module(MODULES[str(name)]))
        self.field = FormField(
            self.tr("What the rows &are"),
            self.module,
            self.tr("Each document of the file becomes one of these. Lines of one document may stand in several rows."),
        )
        self.content.addLayout(bounded(self.field, 110))
        flow.opened.connect(self._show)
        flow.failed.connect(self._failed)
        self._show()

    def ask(self) -> None:
        """The system's own dialog."""
        dialog = QFileDialog(self, self.tr("Choose a file to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Spreadsheets (%1)").replace("%1", ENDINGS), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()

    def choose(self, path: Path) -> None:
        """This file."""
        self.banner.say("")
        self.flow.open(path)
        self._show()
        self.changed.emit()

    def entered(self) -> None:
        """Show what is chosen."""
        self.module.show_value(self.flow.session.module.name)
        self._show()

    def _show(self) -> None:
        session, looked = self.flow.session, self.flow.session.looked
        if looked is None:
            self.fact.setText(self.tr("Drop a file here, or choose one"))
            self.note.setText(self.tr("CSV, TSV, XLSX, XLSM, XLS or ODS"))
            self.button.setText(self.tr("C&hoose a file…"))
        else:
            self.banner.say("")
            self.fact.setText(isolate(looked.path.name))
            size = self.state.formats.size(looked.size)
            columns = self.tr("%1 columns").replace("%1", self.state.formats.count(len(looked.headings)))
            self.note.setText(" · ".join([size, columns, isolate(str(looked.path.parent))]))
            self.button.setText(self.tr("C&hoose another file…"))
        self.icon.show_icon(
            "file-check" if looked is not None else "file-plus", "ok" if looked is not None else "text2"
        )
        self.button.set_kind("primary" if looked is None else "normal")
        self.button.show_icon("folder-open")
        self.module.show_value(session.module.name)
        self.changed.emit()

    def _failed(self, error: ZbdeskError) -> None:
        self.banner.say(error.title, error.message, "problem")
        announce(self, f"{error.title} {error.message}", urgent=True)
        self.changed.emit()

    def reason(self) -> str:
        """A file that could be opened."""
        if self.flow.is_looking:
            return self.tr("The file is being opened…")
        if self.flow.session.looked is None:
            return self.tr("Choose a file to go on.")
        return ""

    def help_text(self) -> str:
        """See ``ImportPage``."""
        return self.tr(
            "Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. "
            "A file with a password, a web page or a PDF cannot be read.\n\n"
            "The same file again changes nothing: documents are known by their number."
        )

    def first_focus(self) -> QWidget | None:
        """See ``ImportPage``."""
        return self.button if self.flow.session.looked is None else self.module
