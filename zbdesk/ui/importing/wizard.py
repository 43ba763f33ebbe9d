"""The import from choosing a file to its report, in a window over the main one.

Back keeps everything. Escape and Cancel ask where something would be lost; an import under way is stopped first.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from zbdesk.domain.modules import MODULES
from zbdesk.sources.base import CellError
from zbdesk.ui import questions, theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing import mend_list
from zbdesk.ui.importing.check_page import CheckPage
from zbdesk.ui.importing.columns_page import ColumnsPage
from zbdesk.ui.importing.file_page import FilePage, dropped_file
from zbdesk.ui.importing.flow import ImportFlow, ImportServices
from zbdesk.ui.importing.frame import Bar, Side
from zbdesk.ui.importing.layout_page import LayoutPage
from zbdesk.ui.importing.page import ImportPage
from zbdesk.ui.importing.run_page import RunPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Surface, announce
from zbdesk.ui.wizard.frame import HelpDialog, StepLine

FILE, LAYOUT, COLUMNS, CHECK, RUN = range(5)


class ImportWizard(QDialog):
    """``records_wanted(module)``: show what came. Opened, never executed; ``finished`` says that it is gone."""

    records_wanted = Signal(str)

    def __init__(
        self, parent: QWidget | None, state: DeskState, services: ImportServices, *, module: str = "",
        path: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.state = state
        self.flow = ImportFlow(services, self)
        if module in MODULES:
            self.flow.session.module = MODULES[module]
        self._opener = QApplication.focusWidget()
        self._question: QMessageBox | None = None
        self._leaving = self._closed = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("Import – zbdesk"))
        titles = [self.tr("File"), self.tr("Layout"), self.tr("Columns"), self.tr("Check"), self.tr("Import")]
        self.side, self.line, self.bar = Side(titles, state), StepLine(titles), Bar()
        self.pages: list[ImportPage] = [
            FilePage(self.flow, state),
            LayoutPage(self.flow, state),
            ColumnsPage(self.flow, state),
            CheckPage(self.flow, state),
            RunPage(self.flow, state),
        ]
        self.stack = QStackedWidget()
        ground = Surface("base")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.stack)
        for page in self.pages:
            self.stack.addWidget(page)
            page.changed.connect(self._show_state)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.line)
        main.addWidget(ground, 1)
        main.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(main, 1)
        self._connect()
        self.setMinimumSize(640, 480)
        self._fit_parent(parent)
        self.flow.read_mappings()
        self.go(FILE)
        if path is not None:
            self.file_page.choose(path)

    @property
    def file_page(self) -> FilePage:
        """The first page."""
        page = self.pages[FILE]
        assert isinstance(page, FilePage)  # noqa: S101 - made so
        return page

    @property
    def run_page(self) -> RunPage:
        """The last page."""
        page = self.pages[RUN]
        assert isinstance(page, RunPage)  # noqa: S101 - made so
        return page

    def _connect(self) -> None:
        bar = self.bar
        bar.next_wanted.connect(self.forward)
        bar.back_wanted.connect(self.backward)
        bar.cancel_wanted.connect(self.reject)
        bar.help_wanted.connect(self.show_help)
        bar.list_wanted.connect(self._save_list)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self.show_help)
        self.flow.opened.connect(self._show_state)
        self.flow.checked.connect(self._show_state)
        self.run_page.records_wanted.connect(self._to_records)
        self.run_page.done.connect(self._ended)
        theme.hub().changed.connect(self._fit)

    def _fit_parent(self, parent: QWidget | None) -> None:
        window = parent.window() if parent is not None else None
        if window is None:
            self.resize(1180, 760)
            return
        size = window.size()
        self.resize(max(640, round(size.width() * 0.96)), max(480, round(size.height() * 0.96)))

    # ---- steps ---------------------------------------------------------------------------------------------------
    @property
    def at(self) -> int:
        """Index of the page in sight."""
        return self.stack.currentIndex()

    def go(self, at: int) -> None:
        """Show a page."""
        self.stack.setCurrentIndex(at)
        self.side.steps.set_at(at)
        self.line.set_at(at)
        page = self.pages[at]
        page.entered()
        self._show_state()
        QTimer.singleShot(0, self, self._focus_page)

    def _focus_page(self) -> None:
        first = self.pages[self.at].first_focus()
        if first is not None and first.isVisible() and first.isEnabled():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.bar.next.isEnabled():
            self.bar.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def forward(self) -> None:
        """Next: one step on, where nothing is in its way."""
        page = self.pages[self.at]
        reason = page.reason()
        if reason:
            announce(self, reason)
            return
        if self.at == RUN:
            self.accept()
        elif page.advance():
            going = self.at + 1
            self.go(going)
            if going == RUN:
                self.run_page.begin()

    def backward(self) -> None:
        """Back: everything stays as it was said."""
        if FILE < self.at < RUN or (self.at == RUN and self._may_go_back()):
            self.go(self.at - 1)

    def _may_go_back(self) -> bool:
        page = self.run_page
        return page.has_ended and (page.error is not None or (page.report is not None and page.report.nothing_taken))

    def _show_state(self) -> None:
        page, session = self.pages[self.at], self.flow.session
        self.side.show_file(session.module, isolate(session.path.name) if session.path is not None else "")
        ended = self.at == RUN and self.run_page.has_ended
        self.bar.show_state(reason=page.reason(), next_text=page.next_text())
        self.bar.back.setVisible(FILE < self.at < RUN or (self.at == RUN and self._may_go_back()))
        self.bar.cancel.setVisible(not ended)
        found = self.flow.findings
        self.bar.list_button.setVisible(self.at in {COLUMNS, CHECK} and found is not None and bool(found.report.errors))

    def _ended(self) -> None:
        self.bar.next.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.isActiveWindow():
            QApplication.alert(self)

    def _to_records(self, module: str) -> None:
        self.records_wanted.emit(module)
        self.accept()

    def _save_list(self) -> None:
        found, path = self.flow.findings, self.flow.session.path
        if found is None:
            return
        errors = list(found.report.errors)
        dialog = mend_list.ask_where(self, f"{path.stem if path is not None else 'import'}-to-mend.csv")
        dialog.fileSelected.connect(lambda name: self.write_list(errors, Path(name)))

    def write_list(self, errors: list[CellError], path: Path) -> None:
        """Write the list to mend and say so."""
        self.flow.jobs.start(
            lambda _job: mend_list.write(errors, path),
            lambda _done: self.bar.say(self.tr("The list is saved: %1").replace("%1", isolate(path.name))),
            fail=self.flow.failed.emit,
        )

    def show_help(self) -> None:
        """What this page is about."""
        page = self.pages[self.at]
        HelpDialog(page.title.text(), page.help_text(), self).open()

    # ---- files that are dropped ----------------------------------------------------------------------------------
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """On the first page a file may be dropped anywhere."""
        if self.at == FILE and dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        path = dropped_file(event)
        if self.at == FILE and path is not None:
            event.acceptProposedAction()
            self.file_page.choose(path)

    # ---- ending --------------------------------------------------------------------------------------------------
    def reject(self) -> None:
        """Escape and Cancel: at once where nothing is lost."""
        if self.flow.is_running:
            self._ask_stop()
        elif self.flow.session.has_work and not self._leaving:
            self._ask_leave()
        else:
            super().reject()

    def _ask_leave(self) -> None:
        if self._question is None:
            self._question = questions.ask_leave_import(self, self._leave)
            self._question.finished.connect(self._question_gone)

    def _ask_stop(self) -> None:
        if self._question is None:
            self._question = questions.ask_stop_import(self, self.run_page.stop)
            self._question.finished.connect(self._question_gone)

    def _question_gone(self) -> None:
        self._question = None

    def _leave(self) -> None:
        self._leaving = True
        self.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross asks like Escape."""
        if self._closed:
            event.accept()
            return
        event.ignore()
        self.reject()

    def done(self, result: int) -> None:
        """Let go of jobs and rows; the focus returns to the opener."""
        if self._closed:
            return
        self._closed = True
        self.flow.close()
        super().done(result)
        import shiboken6

        opener, self._opener = self._opener, None
        if opener is not None and shiboken6.isValid(opener):
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on where nothing else takes it; Escape is Cancel."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.forward()
            return
        super().keyPressEvent(event)

    # ---- size ----------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide, medium or narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        breadth = theme.current().breadth(self.width())
        self.side.setVisible(breadth == "wide")
        self.line.setVisible(breadth != "wide")
        self.bar.set_narrow(narrow=breadth == "narrow")
        for page in self.pages:
            page.arrange(breadth)
