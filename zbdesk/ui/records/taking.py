"""Taking records out of a table: the clipboard and files. Reads and writes in the pool, then says what was done."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.models.columns import Column
from zbdesk.ui.records.export import as_lines, in_order, write
from zbdesk.ui.records.places import plural_of
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, announce

LASTS = 8000
"""Milliseconds that good news stays; a failure stays until something else is said."""


class Taking(QObject):
    """Copy and export of one page. ``said``: for the status bar. ``busy``: a file is being written."""

    said = Signal(str)
    busy = Signal(bool)
    folder: ClassVar[str] = ""
    """Where the last file of this program went; the next one is proposed beside it."""

    def __init__(self, page: QWidget, module: Module, state: DeskState, bridge: Bridge, notice: Banner) -> None:
        super().__init__(page)
        self._page, self._module = page, module
        self._state, self._bridge, self._notice = state, bridge, notice
        self._folder = Path()
        notice.acted.connect(self._show_folder)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(LASTS)
        self._over.timeout.connect(lambda: notice.say(""))

    def copy(self, ids: array[int], columns: Sequence[Column]) -> None:
        """These records to the clipboard."""
        if ids:
            self._bridge.read(
                lambda reader: as_lines(in_order(reader, ids), columns), partial(self._copied, len(ids)), owner=self
            )

    def ask(self, ids: array[int]) -> None:
        """Ask for a file and write these records into it."""
        dialog = QFileDialog(self._page, self.tr("Export %1").replace("%1", plural_of(self._module)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("Excel workbook (*.xlsx)"), self.tr("CSV file (*.csv)"), self.tr("JSON lines (*.jsonl)")]
        )
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(next(end for end in ("csv", "jsonl", "xlsx") if end in chosen))
        )
        dialog.setDirectory(
            Taking.folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        dialog.selectFile(f"{self._module.name}.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.write(ids, Path(chosen)))
        dialog.open()

    def write(self, ids: array[int], path: Path) -> None:
        """Write these records into the file."""
        Taking.folder = str(path.parent)
        self.busy.emit(True)
        self.tell("info", self.tr("Writing %1…").replace("%1", path.name))
        self._bridge.read(
            lambda reader: write(reader, ids, path), partial(self._written, path), owner=self, fail=self._not_written
        )

    def tell(self, kind: str, fact: str, reason: str = "", *, folder: bool = False) -> None:
        """Say something on the page, and to screen readers."""
        self._over.stop()
        self._notice.say(fact, reason, kind)
        if self._notice.action is not None:
            self._notice.action.setVisible(folder)
        announce(self._page, f"{fact} {reason}".strip())
        if kind != "problem":
            self._over.start()

    def _copied(self, count: int, lines: str) -> None:
        QGuiApplication.clipboard().setText(lines)
        done = self.tr("%1 copied").replace("%1", self._state.formats.count(count))
        self.said.emit(done)
        announce(self._page, done)

    def _written(self, path: Path, count: int) -> None:
        self.busy.emit(False)
        self._folder = path.parent
        words = self.tr("%1 records written to %2.").replace("%1", self._state.formats.count(count))
        self.tell("info", words.replace("%2", path.name), folder=True)

    def _not_written(self, error: ZbdeskError) -> None:
        self.busy.emit(False)
        self.tell("problem", error.title, error.message)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
