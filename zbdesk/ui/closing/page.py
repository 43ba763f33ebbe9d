"""Month end: choose a period, see both sides and what is open, ask Zoho Books anew, take it away, sign it off."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from zbdesk.app.closing import Close, login_name, save, save_sign_off, sign_off, tie_out_document
from zbdesk.app.tieout_document import csv_bytes
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.tieout import Fresh, Request
from zbdesk.sync.commands import LookAtPeriod
from zbdesk.sync.events import CommandFailed, Event, PeriodLooked, PeriodProgress
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.closing import pdf, words
from zbdesk.ui.closing.checks import ChecksView
from zbdesk.ui.closing.head import Head
from zbdesk.ui.closing.mode import MonthEndMode
from zbdesk.ui.closing.sign import SignDialog
from zbdesk.ui.closing.tables import ShiftTree, TieOutTree
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import EmptyState, announce

SOON = 1_500
"""Milliseconds after which figures are read again when something changed."""


class ClosingPage(QWidget):
    """``record_wanted``, ``records_wanted``, ``page_wanted``: where to look; ``sentence``: for the status bar."""

    record_wanted = Signal(str, int)
    records_wanted = Signal(str, object)
    page_wanted = Signal(str)
    sentence = Signal(str, bool)
    settled = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, mode: MonthEndMode) -> None:
        super().__init__()
        self._state, self._bridge, self._mode = state, bridge, mode
        self.found: Close | None = None
        self.fresh: Fresh | None = None
        self.dialog: SignDialog | None = None
        self._ticket = ""
        self._question: Question | None = None
        self._facts: object = None
        self._asked_at = self._cost = 0.0
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.refresh)
        state.changed.connect(self._changed)
        state.records_changed.connect(self._records_changed)
        state.command_answered.connect(self._answered)
        bridge.happened.connect(self._happened)
        mode.changed.connect(self._show_mode)
        self._fill_periods()
        self._show_mode()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.head = Head()
        self.checks, self.tree, self.shifts = ChecksView(), TieOutTree(), ShiftTree()
        self.empty = EmptyState("hourglass", self.tr("Comparing…"))
        self.no_dates = EmptyState(
            "circle-check",
            self.tr("No date depends on the clock"),
            self.tr("Every document near the end of a month was made on one and the same day by all clocks."),
        )
        self.stack = QStackedWidget()
        for view in (self.checks, self.tree, self.shifts, self.empty, self.no_dates):
            self.stack.addWidget(view)
        self.stack.setCurrentWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        head = self.head
        head.ask.clicked.connect(self.ask_zoho)
        head.save_pdf.clicked.connect(lambda: self._choose_file("pdf", self.tr("PDF file (*.pdf)")))
        head.save_csv.clicked.connect(lambda: self._choose_file("csv", self.tr("CSV file (*.csv)")))
        head.sign.clicked.connect(self.ask_sign_off)
        head.switch.clicked.connect(self._switch)
        head.views.changed.connect(lambda _key: self.views_changed())
        head.period.activated.connect(lambda _at: self._chosen())
        head.split.activated.connect(lambda _at: self._chosen())
        self.checks.wanted.connect(self._wanted)
        self.checks.records_wanted.connect(self.records_wanted)
        for tree in (self.tree, self.shifts):
            tree.record_wanted.connect(self.record_wanted)
            tree.records_wanted.connect(self.records_wanted)

    def set_size(self, size: str) -> None:
        """On a narrow window the commands go below the period."""
        self.head.set_size(size)

    # ---- what is asked ---------------------------------------------------------------------------------------------
    def _fill_periods(self) -> None:
        overview = self._state.overview
        connection = None if overview is None else overview.connection
        if connection is None or self.head.period.count():
            return
        formats, today = self._state.formats, self._mode.today()
        for text, first, last in words.choices(connection.organization, today, formats):
            self.head.period.addItem(text, (first, last))
        self.head.until.clear()
        self.head.until.addItem(self.tr("until I end it"), None)
        for days in (1, 2, 3, 5, 7, 10, 14):
            day = today + timedelta(days=days)
            self.head.until.addItem(self.tr("until %1").replace("%1", formats.day(day)), day)
        self.head.until.setCurrentIndex(4)

    def request(self) -> Request | None:
        """The period in sight."""
        span = self.head.period.currentData()
        if span is None:
            return None
        first, last = span
        return Request(first, last, str(self.head.split.currentData()))

    def _chosen(self) -> None:
        """Another period: what Zoho Books said of the one before does not count for it."""
        self.fresh = None
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is so now."""
        super().showEvent(event)
        self.refresh()

    def _changed(self) -> None:
        """Compare again where something that the checklist is about changed."""
        self._fill_periods()
        overview = self._state.overview
        if overview is None:
            return
        facts = (
            overview.pending, overview.unknown, overview.conflicts, overview.problems, overview.state,
            overview.last_run, tuple((one.module, one.as_of) for one in overview.modules),
        )  # fmt: skip
        if facts != self._facts:
            self._facts = facts
            self._compare_soon()

    def _records_changed(self, _names: object) -> None:
        self._compare_soon()

    def _compare_soon(self) -> None:
        """Soon, and for never more than a tenth of the time, however many records there are."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start(max(SOON, round(self._cost * 10_000)))

    def refresh(self) -> None:
        """Compare again, in the pool."""
        self._fill_periods()
        request = self.request()
        if request is None:
            return
        if self._question is not None:
            self._question.cancel()
        fresh = self.fresh
        self._asked_at = time.monotonic()
        self._question = self._bridge.read(
            lambda reader: reader.closing().look(request, reader.webhook_overview(), fresh),
            self._arrived, owner=self, fail=self._not_read,
        )  # fmt: skip

    def _arrived(self, found: Close) -> None:
        self._question = None
        self._cost = time.monotonic() - self._asked_at
        self.found = found
        formats = self._state.formats
        self.checks.show_checks(found.checks, formats)
        self.tree.show_figures(found.tied, formats)
        self.shifts.show_shifts(found.tied.shifts, formats)
        self._say_compared()
        self.views_changed()
        tied = found.tied
        said = self.tr("Both sides are equal.") if tied.equal else self.tr("The two sides differ in %1.").replace(
            "%1", words.records(len(tied.lines), formats)
        )  # fmt: skip
        self.sentence.emit(said, False)
        self.settled.emit()

    def _not_read(self, error: ZbdeskError) -> None:
        self._question = None
        self.empty.show_state("octagon-alert", error.title, error.message, role="problem")
        self.stack.setCurrentWidget(self.empty)

    def _say_compared(self) -> None:
        assert self.found is not None  # noqa: S101 - asked after an answer only
        tied, formats, now = self.found.tied, self._state.formats, self._state.now()
        if tied.fresh_at is not None:
            said = self.tr("Compared with Zoho Books as asked at %1.").replace("%1", formats.moment(tied.fresh_at, now))
        else:
            moments = [moment for _, moment in tied.as_of if moment is not None]
            when = formats.moment(min(moments), now) if moments else self.tr("never")
            said = self.tr("Compared with Zoho Books as last read; the oldest list is of %1.").replace("%1", when)
        if tied.unread:
            names = ", ".join(words.label(name) for name in tied.unread)
            said = f"{said} {self.tr('Not read to the end yet: %1.').replace('%1', names)}"
        self.head.compared.setText(said)

    def views_changed(self) -> None:
        """Show the view that is chosen."""
        if self.found is None:
            return
        view: QWidget = {"checks": self.checks, "tie_out": self.tree, "dates": self.shifts}[self.head.views.value]
        if view is self.tree and not self.found.tied.totals:
            self.empty.show_state("calendar", self.tr("No records in this period"), self.tr("Choose another one."))
            view = self.empty
        if view is self.shifts and not self.found.tied.shifts:
            view = self.no_dates
        self.stack.setCurrentWidget(view)

    def _wanted(self, key: str) -> None:
        if key.startswith("view/"):
            self.head.views.set_value(key.removeprefix("view/"))
            self.views_changed()
        else:
            self.page_wanted.emit(key)

    # ---- a fresh look ----------------------------------------------------------------------------------------------
    def ask_zoho(self) -> None:
        """List the period in Zoho Books now; only figures are compared, nothing is stored."""
        request = self.request()
        if request is None or self.found is None or self._ticket:
            return
        self._ticket = uuid4().hex
        self._state.await_answer(self._ticket)
        self.head.ask.setEnabled(False)
        self._tell("note", self.tr("Asking Zoho Books…"))
        self._bridge.send(LookAtPeriod(request.first, request.last, self.found.tied.modules, self._ticket))

    def _happened(self, event: Event) -> None:
        if isinstance(event, PeriodProgress) and event.ticket == self._ticket:
            said = self.tr("Asking Zoho Books: %1, %2").replace("%1", words.label(event.module))
            self.head.notice.say(said.replace("%2", words.records(event.rows, self._state.formats)), "", "note")
        elif isinstance(event, PeriodLooked) and event.ticket == self._ticket:
            self._state.stop_waiting(self._ticket)
            self._ended()
            self.fresh = event.fresh
            self.head.notice.say("")
            self.refresh()

    def _answered(self, event: object) -> None:
        if isinstance(event, CommandFailed) and event.ticket == self._ticket:
            self._ended()
            self._tell("problem", event.title, event.message)

    def _ended(self) -> None:
        self._ticket = ""
        self.head.ask.setEnabled(True)

    # ---- files -----------------------------------------------------------------------------------------------------
    def _choose_file(self, ending: str, kind: str) -> None:
        if self.found is None:
            return
        made = tie_out_document(self.found.tied, made_by="")
        self._file(pdf.file_name(made, ending), ending, kind, self.export_to)

    def _file(self, name: str, ending: str, kind: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, self.tr("Save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([kind])
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the tie-out in sight as PDF or CSV, by the file's ending."""
        if self.found is None:
            return
        made = tie_out_document(self.found.tied, made_by=self.found.connection.authorised_by or login_name())
        formats = self._state.formats
        as_pdf = path.suffix.lower() == ".pdf"
        self._write(path, lambda: save(path, pdf.pdf(made, formats) if as_pdf else csv_bytes(made)))

    def ask_sign_off(self) -> None:
        """Show what is open and ask who signs off."""
        if self.found is None:
            return
        self.dialog = SignDialog(self, self.found, self._state.formats)
        self.dialog.agreed.connect(self._agreed)
        self.dialog.open()

    def _agreed(self, who: str, note: str) -> None:
        assert self.found is not None  # noqa: S101 - the dialog opens with an answer only
        made = sign_off(self.found, made_by=who, note=note)
        self._file(
            pdf.file_name(made, "json"), "json", self.tr("Sign-off (*.json)"),
            lambda path: self.write_sign_off(path, made),
        )  # fmt: skip

    def write_sign_off(self, path: Path, made: Mapping[str, Any]) -> None:
        """The sealed file, a page for a browser and a PDF beside it."""
        formats = self._state.formats

        def write() -> None:
            save_sign_off(path, made, pdf.page(made, formats))
            save(path.with_suffix(".pdf"), pdf.pdf(made, formats))

        self._write(path, write)

    def _write(self, path: Path, work: Callable[[], object]) -> None:
        """In the pool: a page with a thousand lines takes longer than a window may stand still."""
        self._tell("note", self.tr("Writing %1…").replace("%1", path.name))
        self._bridge.read(
            lambda _reader: work(), partial(self._written, path), owner=self, fail=self._not_written
        )  # fmt: skip

    def _written(self, path: Path, _done: object) -> None:
        self._tell("info", self.tr("%1 is written.").replace("%1", path.name))

    def _not_written(self, error: ZbdeskError) -> None:
        self._tell("problem", error.title, error.message)

    def _tell(self, kind: str, fact: str, reason: str = "") -> None:
        self.head.notice.say(fact, reason, kind)
        announce(self, f"{fact} {reason}".strip())

    # ---- the mode --------------------------------------------------------------------------------------------------
    def _switch(self) -> None:
        if self._mode.holds:
            self._mode.end()
        else:
            self._mode.begin(self.head.until.currentData())

    def _show_mode(self) -> None:
        on = self._mode.holds
        self.head.switch.setText(self.tr("End &month end mode") if on else self.tr("Begin &month end mode"))
        self.head.until.setVisible(not on)
