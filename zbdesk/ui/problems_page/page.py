"""The problems page: one group a cause, the largest first; try again, mend, dismiss with a reason, undo that, CSV.

A problem leaves the list only when the database says so. Must not decide what a cause means. Invariant: what is open
and where the focus is survives a refresh.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.app.reader import ToItsEnd
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import ProblemView, RunQuestion
from zbdesk.sync.commands import RetryProblems, SyncNow, UndoDismiss
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.editing.editor import open_editor
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.problems_page.csv import write
from zbdesk.ui.problems_page.dialogs import DatesDialog, DismissDialog, records_words
from zbdesk.ui.problems_page.group import Group, sums
from zbdesk.ui.problems_page.remedies import Remedy, address
from zbdesk.ui.problems_page.settling import SettleDialog
from zbdesk.ui.questions import ask_mass_deletion
from zbdesk.ui.runs.allow import AllowDialog
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, EmptyState, Hairline, Label, Surface, announce


class ProblemsPage(QWidget):
    """``sentence``: the status bar's text. ``sign_in_wanted``: a permission of the sign-in is missing.

    ``webhooks_wanted``: the part of the Webhooks page that mends a problem. ``ready``: the list was read.
    """

    ready = Signal()
    sentence = Signal(str, bool)
    sign_in_wanted = Signal()
    webhooks_wanted = Signal(str)

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences | None = None) -> None:
        super().__init__()
        del preferences  # the same constructor as the other pages
        self._state, self._bridge = state, bridge
        self._problems: list[ProblemView] | None = None
        self._dismissed: list[ProblemView] = []
        self._showing_dismissed = False
        self._error: ZbdeskError | None = None
        self._count = -1
        self._narrow = False
        self._question: Question | None = None
        self._told = False  # what a person did stands in the status bar until the list is another one
        self.groups: list[Group] = []
        self._rows: list[QWidget] = []
        self._lay_out()
        self.setMinimumSize(theme.current().px(90), theme.current().px(60))
        state.changed.connect(self._state_changed)
        state.records_changed.connect(self._records_changed)
        self._show()

    def _lay_out(self) -> None:
        look = theme.current()
        self.title = Label(self.tr("Problems"), "page")
        self.facts = Label("", "caption", "text2")
        self.export_button = Button(self.tr("E&xport CSV…"), "quiet", "download")
        self.dismissed_button = Button("", "quiet", "eye-off")
        self.again = Button(self.tr("Try &all again"), "normal", "rotate-cw")
        head = QHBoxLayout()
        head.setContentsMargins(look.px(4), look.px(3), look.px(3.5), look.px(2.5))
        head.setSpacing(look.px(1.5))
        head.addWidget(self.title)
        head.addSpacing(look.px(1))
        head.addWidget(self.facts, 1, Qt.AlignmentFlag.AlignBottom)
        for button in (self.export_button, self.dismissed_button, self.again):
            head.addWidget(button)
        self.notice = Banner(action=self.tr("Und&o"))
        self.notice.hide()
        line = QHBoxLayout()
        line.setContentsMargins(look.px(4), 0, look.px(4), 0)
        line.addWidget(self.notice)
        body = Surface("base")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.empty = EmptyState("circle-check", "", role="ok")
        self.empty.acted.connect(lambda: self.show_dismissed(shown=False))
        self._column.addWidget(self.empty, 100)
        self._column.addStretch(1)
        self.area = ScrollPage(self.tr("Problems"))
        self.area.set_body(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(Hairline())
        column.addWidget(self.area, 1)
        self.again.clicked.connect(self.retry_all)
        self.export_button.clicked.connect(self.export)
        self.dismissed_button.clicked.connect(lambda: self.show_dismissed(shown=not self._showing_dismissed))
        self.notice.acted.connect(self._undo_dismiss)
        self._last_dismissed: tuple[int, ...] = ()

    def set_size(self, size: str) -> None:
        """Without room the head drops its words, and remedies stand under the text."""
        narrow = size == "narrow"
        self.facts.setVisible(not narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            self._show()

    def first_focus(self) -> QWidget | None:
        """The records of the first open group, else the button that opens the first group; None without problems."""
        opened = (group.records for group in self.groups if group.is_open and group.records is not None)
        return next(opened, self.groups[0].toggle if self.groups else None)

    # ---- reading -------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Read the list."""
        super().showEvent(event)
        self._told = False
        self._read()

    def _state_changed(self) -> None:
        count = self._state.overview.problems if self._state.overview is not None else 0
        if self.isVisible() and count != self._count:
            self._read()

    def _records_changed(self, _names: object) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._count = self._state.overview.problems if self._state.overview is not None else 0
        if self._question is not None:
            self._question.cancel()

        def look(reader: object) -> tuple[list[ProblemView], list[ProblemView]]:
            here = ask(reader)
            return here.problems(), here.dismissed_problems()

        self._question = self._bridge.read(look, self._arrived, owner=self, fail=self._failed)

    def _arrived(self, found: tuple[list[ProblemView], list[ProblemView]]) -> None:
        self._error = None
        same = self._problems == found[0] and self._dismissed == found[1]
        self._problems, self._dismissed = found
        if not same:
            self._show()
            self._told = False
        if not self._told:
            self._say()
        self.ready.emit()

    def _failed(self, error: ZbdeskError) -> None:
        self._error = error
        self._show()

    # ---- showing -------------------------------------------------------------------------------------------------
    def _show(self) -> None:
        known = bool(self.groups)
        opened = {group.key: group.records.current if group.records else 0 for group in self.groups if group.is_open}
        focused = next((group.key for group in self.groups if group.records and group.records.hasFocus()), None)
        here = self.window().focusWidget()
        inside = here is not None and here is not self.area and self.area.isAncestorOf(here)
        place = self.area.verticalScrollBar().value()
        for row in (*self.groups, *self._rows):
            row.hide()
            row.deleteLater()
        self.groups, self._rows = [], []
        if self._showing_dismissed:
            self._show_list()
        else:
            self._show_groups(opened, focused, known=known)
        self._show_empty()
        self._show_head()
        if inside and focused not in {group.key for group in self.groups}:
            # What had the focus is gone: the next group takes it, or the words that nothing is left.
            target = self.first_focus() or self.empty
            QTimer.singleShot(0, target, partial(target.setFocus, Qt.FocusReason.OtherFocusReason))
        self.area.verticalScrollBar().setValue(place)

    def _show_groups(self, opened: dict[tuple[str, str], int], focused: tuple[str, str] | None, *, known: bool) -> None:
        causes: dict[tuple[str, str], list[ProblemView]] = {}
        for problem in self._problems or []:
            causes.setdefault((problem.cause, problem.message), []).append(problem)
        ordered = sorted(causes.values(), key=lambda members: -len(members))
        for at, members in enumerate(ordered):
            group = Group(members, self._state.formats, self._when, primary=at == 0, narrow=self._narrow)
            group.remedy_wanted.connect(self.remedy)
            group.retry_wanted.connect(self.retry)
            group.dismiss_wanted.connect(self.dismiss)
            self.groups.append(group)
            self._column.insertWidget(at, group)
            if group.key in opened or (at == 0 and not known):
                group.set_open(opened=True)
                if group.records is not None:
                    group.records.select(opened.get(group.key, 0))
                    if group.key == focused:
                        group.records.setFocus()

    def _show_list(self) -> None:
        look, formats = theme.current(), self._state.formats
        for at, problem in enumerate(self._dismissed):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(look.px(4), look.px(2), look.px(3.5), look.px(2))
            line.setSpacing(look.px(3))
            words = QVBoxLayout()
            words.setSpacing(look.px(0.5))
            name = " · ".join(
                part
                for part in (
                    isolate(problem.number) if problem.number else "", problem.party or "", formats.date(problem.date),
                    formats.money(problem.amount, problem.currency),
                )
                if part
            )  # fmt: skip
            words.addWidget(Label(name or said(problem.message), "strong", wrap=True))
            reason = self.tr("Dismissed: %1").replace("%1", problem.reason)
            words.addWidget(Label(f"{said(problem.message)}. {reason}", "body", "text2", wrap=True))
            line.addLayout(words, 1)
            undo = Button(self.tr("Show again"), "normal", "undo-2")
            undo.setAccessibleDescription(name)
            undo.clicked.connect(lambda _on=False, key=problem.id: self._bridge.send(UndoDismiss((key,))))
            line.addWidget(undo)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(row)
            column.addWidget(Hairline())
            self._rows.append(holder)
            self._column.insertWidget(at, holder)

    def _show_empty(self) -> None:
        tr = self.tr
        nothing = not (self._rows if self._showing_dismissed else self.groups)
        self.empty.setVisible(nothing or self._error is not None)
        if self._error is not None:
            self.empty.show_state("octagon-alert", tr("The problems cannot be read"), str(self._error), role="problem")
        elif self._problems is None:
            self.empty.show_state("hourglass", tr("Reading the problems…"))
        elif self._showing_dismissed:
            self.empty.show_state("eye-off", tr("Nothing is dismissed"), "", tr("Back to the problems"))
        else:
            self.empty.show_state(
                "circle-check", tr("No problems"), tr("Everything that was tried could be done."), role="ok"
            )

    def _show_head(self) -> None:
        formats, problems = self._state.formats, self._problems or []
        causes = len({(problem.cause, problem.message) for problem in problems})
        words = records_words(len(problems), formats.count(len(problems)))
        of = plural("Problems", "%n cause(s)", causes, "%n cause", "%n causes", formats.count(causes))
        self.facts.setText(f"{words}, {of}" if problems and not self._showing_dismissed else "")
        self.title.setText(self.tr("Dismissed") if self._showing_dismissed else self.tr("Problems"))
        figure = formats.count(len(self._dismissed))
        back = self.tr("Back to the pro&blems")
        self.dismissed_button.setText(
            back if self._showing_dismissed else self.tr("&Dismissed (%1)").replace("%1", figure)
        )
        self.dismissed_button.setVisible(self._showing_dismissed or bool(self._dismissed))
        for button in (self.again, self.export_button):
            button.setVisible(bool(problems) and not self._showing_dismissed)

    def _say(self) -> None:
        if not self.isVisible() or not self._problems:
            return
        formats = self._state.formats
        count = len(self._problems)
        words = plural("Problems", "%n problem(s)", count, "%n problem", "%n problems", formats.count(count))
        totals = " · ".join(formats.money(total, code) for code, total in sums(self._problems))
        self.sentence.emit(f"{words}: {totals}" if totals else words, False)

    def _when(self, problem: ProblemView) -> str:
        return self._state.formats.moment(problem.since, self._state.now())

    def show_dismissed(self, *, shown: bool) -> None:
        """The dismissed ones in place of the open ones."""
        if shown != self._showing_dismissed:
            self._showing_dismissed = shown
            self._show()
            self.dismissed_button.setFocus()

    # ---- acts ----------------------------------------------------------------------------------------------------
    def retry_all(self) -> None:
        """Try everything again."""
        self._bridge.send(RetryProblems())
        self._tell(self.tr("All are tried again now."))

    def retry(self, members: Sequence[ProblemView]) -> None:
        """Try these again."""
        self._bridge.send(RetryProblems(tuple(problem.id for problem in members)))
        words = records_words(len(members), self._state.formats.count(len(members)))
        self._tell(self.tr("Tried again now: %1").replace("%1", words))

    def dismiss(self, members: Sequence[ProblemView]) -> None:
        """Ask for the reason."""
        dialog = DismissDialog(self, self._state, self._bridge, members)
        dialog.dismissed.connect(self._was_dismissed)
        self._open(dialog)

    def _was_dismissed(self, keys: tuple[int, ...]) -> None:
        self._last_dismissed = keys
        self.notice.say(self.tr("Dismissed. It is not tried again; Undo stays under Dismissed."), "", "info")

    def _undo_dismiss(self) -> None:
        self._bridge.send(UndoDismiss(self._last_dismissed))
        self.notice.say("")

    def remedy(self, way: Remedy, members: Sequence[ProblemView]) -> None:
        """Do what the button says."""
        first = members[0]
        overview = self._state.overview
        if way.act == "open" and overview is not None and overview.connection is not None:
            page = address(overview.connection, way.place)
            if page is not None:
                QDesktopServices.openUrl(QUrl(page))
            else:
                self.sentence.emit(self.tr("This server has no web pages."), True)
        elif way.act == "edit" and first.record_id is not None and first.module is not None:
            open_editor(self, self._state, self._bridge, first.module, first.record_id)
        elif way.act == "dates":
            self._open(DatesDialog(self, self._state, self._bridge, members))
        elif way.act == "settle":
            self._open(SettleDialog(self, self._state, self._bridge, members))
        elif way.act == "sign_in":
            self.sign_in_wanted.emit()
        elif way.act == "webhooks":
            self.webhooks_wanted.emit(way.place)
        elif way.act == "gone" and first.module is not None:
            command = SyncNow(full=True, modules=(first.module,), confirmed=(first.module,))
            name = organization_of(self._state).name
            ask_mass_deletion(self.window(), first.message, name, lambda: self._bridge.send(command))
        elif way.act == "allow":
            self._bridge.read(lambda reader: reader.whole_runs().question(), self._look_at_run, owner=self)

    def _look_at_run(self, asked: RunQuestion | None) -> None:
        if asked is None:
            self._tell(self.tr("This run is settled meanwhile."))
            return
        dialog = AllowDialog(self, self._state, self._bridge, asked)
        dialog.allowed.connect(lambda: self._tell(self.tr("Allowed; they leave now.")))
        self._open(dialog)

    def _open(self, dialog: WriteDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _tell(self, words: str) -> None:
        self._told = True
        self.sentence.emit(words, True)
        announce(self, words)

    def export(self) -> None:
        """Ask for a file and write all problems into it."""
        dialog = QFileDialog(self, self.tr("Export problems"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("CSV file (*.csv)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("problems.csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write them off the main thread, as the database has them then."""
        self._bridge.read(
            ToItsEnd(lambda reader: write(path, ask(reader).problems())), partial(self._exported, path), owner=self,
            fail=lambda error: self.sentence.emit(str(error), True),
        )  # fmt: skip

    def _exported(self, path: Path, count: int) -> None:
        words = self.tr("%1 problems written to %2.").replace("%1", self._state.formats.count(count))
        self._tell(words.replace("%2", path.name))
