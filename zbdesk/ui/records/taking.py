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

from zbdesk.domain.errors import InterruptedByUser, ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.models.columns import Column
from zbdesk.ui.records.export import Writing, as_lines, in_order, write_job
from zbdesk.ui.records.export_dialog import Counts, ExportDialog, Format, Scope, Wanted, format_words
from zbdesk.ui.records.places import plural_of
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, announce

LASTS = 8000
"""Milliseconds that good news stays; a failure stays until something else is said."""


def _first_folder() -> str:
    """Documents; a desktop without such a folder names one that is not there, and the home folder is as good."""
    for place in (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation):
        folder = QStandardPaths.writableLocation(place)
        if folder and Path(folder).is_dir():
            return folder
    return ""


class Taking(QObject):
    """Copy and export of one page. ``said``: for the status bar. ``busy``: a file is being written."""

    said = Signal(str)
    busy = Signal(bool)
    folder: ClassVar[str] = ""
    """Where the last file of this program went; the next one is proposed beside it."""

    last: ClassVar[Wanted] = Wanted(Scope.SHOWN, Format.XLSX)
    """What was chosen last."""

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
        self._under_way = Writing()
        self._path = Path()
        self._expected: int | None = None
        self.stop_button = Button(self.tr("Cancel"))
        self.stop_button.clicked.connect(self.cancel)
        self.stop_button.hide()
        notice.end.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._ticks = QTimer(self)
        self._ticks.setInterval(200)
        self._ticks.timeout.connect(self._show_progress)

    def copy(self, ids: array[int], columns: Sequence[Column], *, titles: bool = True) -> None:
        """These records to the clipboard; ``titles``: under a line with the names of the columns."""
        if ids:
            self._bridge.read(
                lambda reader: as_lines(in_order(reader, ids), columns, titles=titles),
                partial(self._copied, len(ids)),
                owner=self,
            )

    def ask(self, shown: array[int], selected: array[int], everything: int) -> ExportDialog:
        """Ask what is to be written, then where, and write it."""
        counts = Counts(len(shown), len(selected), everything)
        dialog = ExportDialog(self._page, plural_of(self._module), counts, self._state.formats, Taking.last)
        dialog.chosen.connect(lambda wanted: self._ask_where(wanted, shown, selected))
        dialog.open()
        return dialog

    def _ask_where(self, wanted: Wanted, shown: array[int], selected: array[int]) -> None:
        Taking.last = wanted
        ids = {Scope.SHOWN: shown, Scope.SELECTED: selected}.get(wanted.scope)
        dialog = QFileDialog(self._page, self.tr("Export %1").replace("%1", plural_of(self._module)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        words, _ = format_words(wanted.format)
        dialog.setNameFilters([self.tr("%1 (*.%2)").replace("%1", words).replace("%2", wanted.ending)])
        dialog.setDefaultSuffix(wanted.ending)
        dialog.setDirectory(Taking.folder or _first_folder())
        dialog.selectFile(f"{self._module.name}.{wanted.ending}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.write(ids, Path(chosen), wanted))
        dialog.open()

    def write(self, ids: array[int] | None, path: Path, wanted: Wanted | None = None) -> None:
        """Write these records into the file; None is the whole module. Says how far it is, and can be cancelled."""
        Taking.folder = str(path.parent)
        self.busy.emit(True)
        self._under_way = Writing()
        self._path, self._expected = path, None if ids is None else len(ids)
        self._show_progress()
        self.stop_button.setVisible(wanted is None or wanted.format is not Format.SQLITE)
        self._ticks.start()
        self._bridge.read(
            write_job(self._module.name, ids, path, wanted, self._under_way),
            partial(self._written, path),
            owner=self,
            fail=self._not_written,
        )

    def cancel(self) -> None:
        """Write no further; what stood in the file's place stays."""
        self._under_way.stop.set()
        self.stop_button.setEnabled(False)

    def _show_progress(self) -> None:
        count = self._state.formats.count
        words = self.tr("Writing %1…").replace("%1", self._path.name)
        done = ""
        if self._expected is not None and self._under_way.done:
            done = self.tr("%1 of %2").replace("%1", count(self._under_way.done)).replace("%2", count(self._expected))
        self._over.stop()
        self._notice.say(words, done, "info")
        if self._notice.action is not None:
            self._notice.action.hide()

    def _ended(self) -> None:
        self._ticks.stop()
        self.stop_button.hide()
        self.stop_button.setEnabled(True)
        self.busy.emit(False)

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
        self._ended()
        self._folder = path.parent
        from zbdesk.ui.problems_page.dialogs import records_words  # a whole page comes with it

        words = self.tr("%1 written to %2.").replace("%1", records_words(count, self._state.formats.count(count)))
        self.tell("info", words.replace("%2", path.name), folder=True)

    def _not_written(self, error: ZbdeskError) -> None:
        self._ended()
        if isinstance(error, InterruptedByUser):
            self.tell("note", self.tr("Stopped. Nothing was written."))
            return
        self.tell("problem", error.title, error.message)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
