"""All controls in all their states on one page: what tests take pictures of, and where a new control is first seen.

``python -m zbdesk.ui.gallery [light|dark|contrast|contrast_white]`` shows it. Nothing of the product uses it.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from zbdesk.domain.status import RecordState
from zbdesk.ui import text, theme
from zbdesk.ui.widgets import (
    Banner,
    Button,
    Chip,
    CopyField,
    EmptyState,
    FormField,
    IconView,
    Label,
    Panel,
    Progress,
    SecretField,
    Segmented,
    Stages,
    StageState,
    StepList,
    Surface,
    TextField,
    gap,
    pad,
)

KINDS = ("primary", "normal", "quiet", "link", "destructive")


class Gallery(Surface):
    """Two columns of controls, titled as in the design system."""

    def __init__(self) -> None:
        super().__init__("base")
        row = QHBoxLayout(self)
        pad(row, 8, 6, 8, 6)
        gap(row, 10)
        start, end = QVBoxLayout(), QVBoxLayout()
        for column in (start, end):
            gap(column, 2.5)
            row.addLayout(column, 1)
        start.addWidget(Label(self.tr("Components"), "page"))
        self._section(start, self.tr("Buttons: one primary for a window"), self._buttons())
        self._section(start, self.tr("Fields"), self._fields())
        self._section(start, self.tr("Choices"), self._choices())
        self._section(start, self.tr("Banners: what is so, and the way out"), self._banners())
        start.addStretch()
        self._section(end, self.tr("States of a record: shape and word"), self._states())
        self._section(end, self.tr("Type, by the system font"), self._type())
        self._section(end, self.tr("Steps and progress"), self._steps())
        self._section(end, self.tr("Empty state"), self._empty())
        end.addStretch()

    @staticmethod
    def _section(column: QVBoxLayout, title: str, content: QWidget) -> None:
        column.addWidget(Label(title, "strong"))
        column.addWidget(content)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for line, kind in enumerate(KINDS):
            grid.addWidget(Label(kind, "caption", "text2"), line, 0)
            grid.addWidget(Button(self.tr("Sync now"), kind), line, 1)
            grid.addWidget(Button(self.tr("Sync now"), kind, "refresh-cw"), line, 2)
            off = Button(self.tr("Sync now"), kind, "refresh-cw")
            off.setEnabled(False)
            grid.addWidget(off, line, 3)
        grid.setColumnStretch(4, 1)
        return holder

    def _fields(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        wrong = FormField(self.tr("Due date"), TextField())
        wrong.set_error(self.tr("Enter the year with four digits."))
        good = TextField()
        good.setText("PO-7781-A")
        good.set_good(good=True)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        off = TextField()
        off.setText("1")
        off.setEnabled(False)
        grid.addWidget(FormField(self.tr("Reference number"), good), 0, 0)
        grid.addWidget(wrong, 0, 1)
        address = CopyField("http://localhost:8976/callback", name=self.tr("Redirect URI"))
        grid.addWidget(FormField(self.tr("Redirect URI"), address), 1, 0)
        grid.addWidget(FormField(self.tr("Client secret"), SecretField()), 1, 1)
        grid.addWidget(FormField(self.tr("Exchange rate"), off, self.tr("INR is the base currency.")), 2, 0)
        currency = QComboBox()
        currency.addItems(["AED", "INR"])
        grid.addWidget(FormField(self.tr("Currency"), currency), 2, 1)
        return holder

    def _choices(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        gap(row, 3)
        chosen, day = QCheckBox(self.tr("Chosen")), QRadioButton(self.tr("Day first"))
        chosen.setChecked(True)
        day.setChecked(True)
        off = QCheckBox(self.tr("Off"))
        off.setEnabled(False)
        sides = Segmented([("held", self.tr("Held 8")), ("waiting", self.tr("Waiting 3"))], name=self.tr("Lane"))
        for one in (chosen, QCheckBox(self.tr("Not chosen")), off, day, QRadioButton(self.tr("Month first")), sides):
            row.addWidget(one)
        row.addWidget(Chip(self.tr("Status: not paid")))
        row.addStretch()
        return holder

    def _banners(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Banner("", self.tr("Version 1.4 is here. It is put in place when you quit."), "info"))
        offline = self.tr("3 changes wait and leave by themselves.")
        column.addWidget(Banner(self.tr("This computer is offline since 09:58."), offline, "attention"))
        ended = self.tr("Nothing is lost; syncing goes on after it.")
        again = self.tr("Sign in again")
        column.addWidget(Banner(self.tr("Zoho ended the sign-in."), ended, "problem", again))
        column.addWidget(Banner(self.tr("The address counts."), self.tr("Not the country."), "note"))
        return holder

    @staticmethod
    def _states() -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for line, state in enumerate(RecordState):
            word = text.record_state(state)
            grid.addWidget(IconView(word.icon, word.role), line, 0)
            grid.addWidget(Label(word.text, "body", word.role), line, 1)
        grid.setColumnStretch(1, 1)
        return holder

    def _type(self) -> QWidget:
        panel = Panel()
        for kind, words in (
            ("figure", "12,34,567.89"),
            ("page", self.tr("Yes, everything")),
            ("panel", self.tr("Receivables by age")),
            ("strong", self.tr("Body, strong")),
            ("body", self.tr("Body")),
        ):
            panel.body.addWidget(Label(words, kind))
        panel.body.addWidget(Label(self.tr("Caption, second line, table header"), "caption", "text2"))
        return panel

    def _steps(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        gap(column, 2)
        steps = StepList([self.tr("Data centre"), self.tr("Sign in"), self.tr("What to sync")])
        steps.set_at(1)
        stages = Stages(4, name=self.tr("Stages"))
        for at, state in enumerate((StageState.DONE, StageState.NOW, StageState.TODO, StageState.FAILED)):
            stages.show_stage(at, state.value, "", state)
        bar = Progress(name=self.tr("First sync"))
        bar.show_share(5, 12)
        for part in (steps, stages, bar):
            column.addWidget(part)
        return holder

    def _empty(self) -> QWidget:
        panel = Panel()
        reason = self.tr("Connect your organization, or look around first.")
        panel.body.addWidget(EmptyState("plug", self.tr("Not connected yet"), reason, self.tr("Connect")))
        return panel


def main() -> int:
    """Show the gallery until its window is closed."""
    app = QApplication(sys.argv)
    theme.apply(app, sys.argv[1] if len(sys.argv) > 1 else "system")
    shown = Gallery()
    shown.resize(theme.current().px(320), theme.current().px(220))
    shown.show()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
