"""Last step: the import itself, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from zbdesk.app.imports_back import ImportBack
from zbdesk.app.sources import ImportOutcome
from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.base import CellError, Outcome
from zbdesk.sources.importing import Progress as Told
from zbdesk.sources.importing import Report
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.importing import figures, mend_list
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.importing.page import ImportPage
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.sentences import said
from zbdesk.ui.sources.take_back import TakeBackDialog, told
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Box, Button, Label, Progress, announce, gap

SHOWN = 1_000


class FaultList(QTreeWidget):
    """Refused rows: row, column, value, what is wrong. The first thousand; the saved list has them all."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderLabels([self.tr("Row"), self.tr("Column"), self.tr("Value"), self.tr("What is wrong")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setAccessibleName(self.tr("Refused rows"))
        self.setMinimumHeight(theme.current().px(40))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((14, 34, 40)):
            self.header().resizeSection(column, theme.current().px(width))

    def fill(self, errors: Sequence[CellError]) -> None:
        """Show these."""
        self.clear()
        height = theme.current().row_height
        items = []
        for one in errors[:SHOWN]:
            item = QTreeWidgetItem([str(one.row), one.column, one.value.replace("\n", " "), said(one.message)])
            item.setSizeHint(0, QSize(0, height))
            item.setToolTip(3, said(one.message))
            items.append(item)
        self.addTopLevelItems(items)


class RunPage(ImportPage):
    """``records_wanted(module)``: show what came. ``done``: the import has ended, in whatever way."""

    records_wanted = Signal(str)
    done = Signal()

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        super().__init__(flow, state, scrolls=True)
        self.report: Report | None = None
        self.error: ZbdeskError | None = None
        self._begun = False
        self.dialog: TakeBackDialog | None = None
        self.bar = Progress(name=self.tr("Import"), steps=2)
        self.far = Label("", "body", "text2")
        self.content.addWidget(self.bar)
        self.content.addWidget(self.far)
        self.stop_button = Button(self.tr("S&top"), "normal", "square")
        self.stop_button.clicked.connect(self.stop)
        self.content.addLayout(_start(self.stop_button))
        self.banner = Banner(kind="note")
        self.content.addWidget(self.banner)
        self.counts, self.totals = figures.Counts(), figures.Totals()
        self.panels = QWidget()
        self.panels.setLayout(figures.beside(self.counts, self.totals))
        self.panels.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self.content.addWidget(self.panels)
        self.faults_title = Label("", "strong")
        self.faults = FaultList()
        self.faults_box = Box()
        inner = QHBoxLayout(self.faults_box)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.faults)
        self.content.addWidget(self.faults_title)
        self.content.addWidget(self.faults_box, 1)
        self.records = Button(self.tr("Show the &records"), "normal", "list-checks")
        self.records.clicked.connect(lambda: self.records_wanted.emit(flow.session.module.name))
        self.save = Button(self.tr("&Save the list to mend…"), "normal", "download")
        self.save.clicked.connect(self.save_list)
        self.back = Button(self.tr("Roll &back…"), "normal", "undo-2")
        self.back.clicked.connect(self.ask_back)
        self.content.addLayout(_start(self.records, self.save, self.back))
        flow.progressed.connect(self._progressed)
        flow.imported.connect(self._imported)
        flow.failed.connect(self._failed)
        flow.taken_back.connect(self._taken_back)
        self._show_parts()

    @property
    def has_ended(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.report is not None or self.error is not None

    def begin(self) -> None:
        """Start the import."""
        self.report, self.error, self._begun = None, None, True
        file = isolate(self.flow.session.path.name) if self.flow.session.path is not None else ""
        self.say(self.tr("Importing %1").replace("%1", file), self.tr("The window can be used meanwhile."))
        self.bar.restart()
        self.far.setText("")
        self.banner.say("")
        self.stop_button.setEnabled(True)
        self._show_parts()
        self.flow.run()
        self.changed.emit()

    def stop(self) -> None:
        """End it between two chunks."""
        self.stop_button.setEnabled(False)
        self.far.setText(self.tr("Stopping…"))
        self.flow.stop()

    def _progressed(self, told: object) -> None:
        if not isinstance(told, Told):
            return
        self.bar.show_share(told.done, told.total)
        formats = self.state.formats
        words = self.tr("%1 % · %2 documents, %3 of them refused")
        words = words.replace("%1", str(round(100 * told.done / max(1, told.total))))
        self.far.setText(words.replace("%2", formats.count(told.documents)).replace("%3", formats.count(told.refused)))

    def _show_parts(self) -> None:
        running, report = not self.has_ended, self.report
        for part in (self.bar, self.far, self.stop_button):
            part.setVisible(running)
        self.panels.setVisible(report is not None)
        bad = report is not None and bool(report.errors)
        for widget in (self.faults_title, self.faults_box, self.save):
            widget.setVisible(bad)
        self.records.setVisible(report is not None and report.taken > 0)
        self.back.setVisible(report is not None and report.batch_id is not None)

    def _imported(self, outcome: ImportOutcome) -> None:
        report = self.report = outcome.report
        formats, counts = self.state.formats, outcome.report.counts
        documents = sum(counts.values())
        if report.nothing_taken:
            self.say(self.tr("Nothing was imported"), self.tr("Some rows are bad, and all or nothing was asked for."))
        elif report.stopped:
            words = self.tr(
                "%1 documents are here and stay; the others were not looked at. Importing the file again goes on."
            )
            self.say(self.tr("Stopped"), words.replace("%1", formats.count(report.taken)))
        elif not report.taken and not counts[Outcome.REFUSED]:
            self.say(
                self.tr("Nothing new"),
                self.tr("All %1 documents are here already, as they are in the file.").replace(
                    "%1", formats.count(documents)
                ),
            )
        else:
            self.say(self.tr("The import is done"), self._next_words())
        self.counts.show_counts(counts, formats)
        self.totals.show_totals(report.totals, formats)
        self.faults.fill(report.errors)
        shown = formats.count(report.error_count)
        self.faults_title.setText(
            plural("ImportRun", "%n cell(s) to mend", report.error_count, "%n cell to mend", "%n cells to mend", shown)
        )
        if report.vanished:
            fact = plural(
                "ImportRun", "%n document(s) of the last file of this name are missing", len(report.vanished),
                "%n document of the last file of this name is missing",
                "%n documents of the last file of this name are missing", formats.count(len(report.vanished)),
            )  # fmt: skip
            listed = ", ".join(isolate(one) for one in report.vanished[:8]) + (
                ", …" if len(report.vanished) > 8 else ""
            )
            self.banner.say(fact, self.tr("They stay as they are: %1").replace("%1", listed), "attention")
        self._end()

    def _next_words(self) -> str:
        if self.flow.session.hold:
            return self.tr("The documents wait under Outgoing until you release them.")
        return self.tr("The documents leave for Zoho Books with the next sync.")

    def _failed(self, error: ZbdeskError) -> None:
        if not self._begun:
            return
        if self.report is not None:
            self.banner.say(error.title, error.message, "problem")
            return
        self.error = error
        self.say(self.tr("The import could not be done"), "")
        self.banner.say(error.title, error.message, "problem")
        self._end()

    def _end(self) -> None:
        self._show_parts()
        announce(self, f"{self.title.text()}. {self.instruction.text()}")
        self.changed.emit()
        self.done.emit()

    # ---- afterwards ----------------------------------------------------------------------------------------------
    def save_list(self) -> None:
        """Ask where to."""
        if self.report is None:
            return
        path = self.flow.session.path
        dialog = mend_list.ask_where(self, f"{path.stem if path is not None else 'import'}-to-mend.csv")
        dialog.fileSelected.connect(lambda name: self.write_list(Path(name)))

    def write_list(self, path: Path) -> None:
        """Write the list."""
        errors = list(self.report.errors) if self.report is not None else []
        self.flow.jobs.start(
            lambda _job: mend_list.write(errors, path),
            lambda _done: self.banner.say(self.tr("The list is saved."), isolate(str(path)), "info"),
            fail=lambda error: self.banner.say(error.title, error.message, "problem"),
        )

    def ask_back(self) -> None:
        """What rolling back means; then do it."""
        if self.report is None or self.report.batch_id is None:
            return
        batch = self.report.batch_id
        name = self.flow.session.path.name if self.flow.session.path is not None else ""

        def ask(found: ImportBack) -> None:
            self.dialog = TakeBackDialog(self, self.state, name, found)
            self.dialog.agreed.connect(lambda: self.flow.take_back(batch))
            self.dialog.open()

        self.flow.foresee_back(batch, ask)

    def _taken_back(self, found: ImportBack) -> None:
        fact, rest = told(found, self.state.formats)
        self.banner.say(fact, rest, "attention" if found.staying else "info")
        self.back.setEnabled(False)
        announce(self, f"{fact} {rest}".strip())

    def reason(self) -> str:
        """The end."""
        return "" if self.has_ended else self.tr("The import is under way…")

    def next_text(self) -> str:
        """There is nothing more to do."""
        return self.tr("&Close")

    def help_text(self) -> str:
        """See ``ImportPage``."""
        return self.tr(
            "Stop ends the import after the documents that are being taken; they stay. The same file again goes on "
            "where it stopped: what is here already is not taken twice."
        )

    def first_focus(self) -> QWidget | None:
        """See ``ImportPage``."""
        return self.stop_button if not self.has_ended else None


def _start(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    gap(row, 2)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
