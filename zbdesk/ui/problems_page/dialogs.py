"""Dismissing with a reason, and mending one field of all records with the same cause at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.domain.views import ProblemView
from zbdesk.sync.commands import DismissProblems, EditRecord, RetryProblems
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.editing.inputs import DateInput, WordsInput
from zbdesk.ui.editing.labels import field_label
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import FormField, Label


def records_words(count: int, shown: str) -> str:
    """5 records."""
    return plural("Problems", "%n record(s)", count, "%n record", "%n records", shown)


def _name(state: DeskState, members: Sequence[ProblemView]) -> str:
    if len(members) > 1:
        return records_words(len(members), state.formats.count(len(members)))
    first = members[0]
    parts = (
        isolate(first.number) if first.number else first.party or "",
        state.formats.money(first.amount, first.currency),
    )
    return ", ".join(part for part in parts if part) or said(first.message)


class DismissDialog(WriteDialog):
    """Leave problems be, for a reason that stays written down. ``dismissed``: their keys."""

    dismissed = Signal(object)

    def __init__(
        self, parent: QWidget | None, state: DeskState, bridge: Bridge, members: Sequence[ProblemView]
    ) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            parent, state, translate("DismissDialog", "Dismiss %1?").replace("%1", _name(state, members)),
            translate("DismissDialog", "It leaves the list and is not tried again. Undo stays under Dismissed."),
        )  # fmt: skip
        self._bridge, self._keys = bridge, tuple(problem.id for problem in members)
        self.text = WordsInput()
        self.field = FormField(self.tr("&Reason"), self.text)
        self.body.addWidget(self.field)
        self.text.edited.connect(lambda: self.field.set_error(""))
        self.verb = self.add_verb(self.tr("&Dismiss"))
        self.verb.clicked.connect(self._do)
        self.text.setFocus()

    def _do(self) -> None:
        reason = self.text.value
        if not reason:
            self.field.set_error(self.tr("Say why, so that others can follow it later."))
            self.text.setFocus()
            return
        self._bridge.send(DismissProblems(self._keys, str(reason)))
        self.dismissed.emit(self._keys)
        self.accept()


class DatesDialog(WriteDialog):
    """One date for all documents that fell into a locked month; each is then tried again."""

    def __init__(
        self, parent: QWidget | None, state: DeskState, bridge: Bridge, members: Sequence[ProblemView]
    ) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            parent, state, translate("DatesDialog", "Change the date of %1").replace("%1", _name(state, members)),
            translate("DatesDialog", "Each gets this date and is tried again at once."), icon="calendar",
        )  # fmt: skip
        self._bridge = bridge
        self._members = [problem for problem in members if problem.record_id is not None]
        formats = state.formats
        today: date = state.now().astimezone(formats.zone).date()
        shown = [
            f"{isolate(problem.number or problem.party or '')}  {formats.date(problem.date)}"
            for problem in self._members[:8]
        ]
        if len(self._members) > 8:
            shown.append(self.tr("and %1 more").replace("%1", formats.count(len(self._members) - 8)))
        self.body.addWidget(Label("\n".join(shown), "body", "text2", wrap=True))
        self.date = DateInput(formats, today)
        self.date.set_value(today.isoformat())
        self.field = FormField(field_label("date"), self.date, self.tr("The first day that is not locked, or later."))
        self.date.edited.connect(lambda: self.field.set_error(""))
        self.body.addWidget(self.field)
        count = records_words(len(self._members), formats.count(len(self._members)))
        self.verb = self.add_verb(self.tr("&Change %1").replace("%1", count))
        self.verb.clicked.connect(self._do)
        self.date.setFocus()
        self.date.selectAll()

    def _do(self) -> None:
        words = self.date.problem or ("" if self.date.value else self.tr("Enter a date."))
        if words:
            self.field.set_error(words)
            self.date.setFocus()
            return
        name = {"journals": "journal_date"}
        for problem in self._members:
            if problem.record_id is not None:
                field = name.get(problem.module or "", "date")
                self._bridge.send(EditRecord(problem.record_id, ((field, self.date.value),)))
        self._bridge.send(RetryProblems(tuple(problem.id for problem in self._members)))
        self.accept()
