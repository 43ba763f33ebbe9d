"""One cause: sentence, remedy, sums; opened, its records with dates and amounts and the words of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ProblemView
from zbdesk.ui import theme
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.formats import Formats, isolate, plural
from zbdesk.ui.problems_page.records import Records
from zbdesk.ui.problems_page.remedies import Remedy, remedies_of
from zbdesk.ui.sentences import said
from zbdesk.ui.text import module_label
from zbdesk.ui.widgets import Button, CopyButton, Hairline, IconView, Label
from zbdesk.ui.widgets.surfaces import Box


def sums(members: Sequence[ProblemView]) -> list[tuple[str, Decimal]]:
    """Sums per currency, in the order of codes; never across."""
    found: dict[str, Decimal] = {}
    for problem in members:
        if problem.amount is not None and problem.currency:
            found[problem.currency] = found.get(problem.currency, Decimal(0)) + problem.amount
    return sorted(found.items())


def count_words(members: Sequence[ProblemView], formats: Formats) -> str:
    """5 invoices; 7 records where modules are mixed."""
    modules = {problem.module for problem in members}
    count = len(members)
    figure = formats.count(count)
    name = next(iter(modules))
    if len(modules) == 1 and name in MODULES:
        one, many = lower_first(singular(str(name))), lower_first(module_label(str(name)))
        return f"{figure} {one if count == 1 else many}"
    return plural("Problems", "%n record(s)", count, "%n record", "%n records", figure)


class Group(QWidget):
    """One cause with its records. Each signal carries the problems concerned (``remedy_wanted``: the remedy too)."""

    remedy_wanted = Signal(object, object)
    retry_wanted = Signal(object)
    dismiss_wanted = Signal(object)
    toggled_open = Signal(bool)

    def __init__(  # noqa: PLR0915 - a layout, read in the order of the screen
        self,
        members: Sequence[ProblemView],
        formats: Formats,
        when: Callable[[ProblemView], str],
        *,
        primary: bool,
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self.members, self._formats, self._when = list(members), formats, when
        self._narrow = narrow
        self._open = False
        self.records: Records | None = None
        look = theme.current()
        first = self.members[0]
        locked = first.cause == "locked_period"
        self.toggle = Button("", "quiet", "chevron-right", name=self.tr("Show the records"))
        icon = IconView("lock" if locked else "octagon-alert", "text2" if locked else "problem", steps=4.75)
        self.fact = Label(said(first.message), "strong", wrap=True, selectable=True)
        self.reason = Label(said(first.remedy), "body", "text2", wrap=True, selectable=True)
        words = QVBoxLayout()
        words.setSpacing(look.px(0.5))
        words.addWidget(self.fact)
        words.addWidget(self.reason)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addStretch(1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        for code, total in sums(self.members)[:3]:
            figures.addWidget(Label(formats.money(total, code)), 0, right)
        figures.addWidget(Label(count_words(self.members, formats), "caption", "text2"), 0, right)
        figures.addStretch(1)
        self.buttons: list[Button] = []
        ways = remedies_of(self.members)[:2]
        row = QHBoxLayout()
        row.setContentsMargins(look.px(3), look.px(2), look.px(3), look.px(2))
        row.setSpacing(look.px(2))
        row.addWidget(self.toggle)
        row.addWidget(icon)
        row.addSpacing(look.px(1))
        row.addLayout(words, 1)
        row.addLayout(figures)
        below = QHBoxLayout()
        below.setContentsMargins(look.px(3), 0, look.px(3), look.px(2))
        below.setSpacing(look.px(2))
        ends = below if narrow else row
        if narrow:
            below.addStretch(1)
        else:
            row.addSpacing(look.px(2))
        for at, way in reversed(list(enumerate(ways))):
            kind = "quiet" if at else "primary" if primary else "normal"
            button = Button(way.words, kind, way.icon or None)
            button.clicked.connect(lambda _on=False, way=way: self._want(way))
            self.buttons.insert(0, button)
            ends.addWidget(button)
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if narrow:
            column.addLayout(below)
        column.addWidget(Hairline())
        column.addWidget(self._body)
        self.setAccessibleName(said(first.message))
        self.toggle.clicked.connect(lambda: self.set_open(opened=not self._open))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right opens the group, Left closes it, in the reading direction."""
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        opens, closes = (Qt.Key.Key_Left, Qt.Key.Key_Right) if reverse else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        if event.key() == opens:
            self.set_open(opened=True)
            if self.records is not None:
                self.records.setFocus()
        elif event.key() == closes:
            self.set_open(opened=False)
            self.toggle.setFocus()
        else:
            super().keyPressEvent(event)

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one group."""
        return self.members[0].cause, self.members[0].message

    @property
    def is_open(self) -> bool:
        """Whether its records are shown."""
        return self._open

    def set_open(self, *, opened: bool) -> None:
        """Show or hide the records."""
        if opened == self._open:
            return
        self._open = opened
        if opened and self.records is None:
            self._fill()
        self._body.setVisible(opened)
        self.toggle.show_icon("chevron-down" if opened else "chevron-right")
        name = self.tr("Hide the records") if opened else self.tr("Show the records")
        self.toggle.setAccessibleName(name)
        self.toggle.setToolTip(name)
        self.toggled_open.emit(opened)

    def _fill(self) -> None:
        look = theme.current()
        self.records = Records(self.members, self._formats, self._when)
        self.records.chosen.connect(lambda _at: self._say())
        self.records.again.connect(lambda at: self.retry_wanted.emit([self.members[at]]))
        self.records.entered.connect(self.buttons[0].click)
        self.records.dismiss.connect(lambda at: self.dismiss_wanted.emit([self.members[at]]))
        self.said = Label("", "body", "text2", wrap=True, selectable=True)
        self.details = Button(self.tr("Details"), "quiet", "chevron-down")
        self.dismiss = Button(self.tr("Dismiss…"), "quiet", "circle-x")
        self.all_again = Button(self.tr("Try these again"), "quiet", "rotate-cw")
        self.dismiss_all = Button(self.tr("Dismiss all…"), "quiet")
        line = QHBoxLayout()
        line.setSpacing(look.px(1))
        if not self._narrow:
            line.addWidget(self.said, 1)
        for button in (self.details, self.dismiss, self.all_again, self.dismiss_all):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        several = len(self.members) > 1
        self.all_again.setVisible(several)
        self.dismiss_all.setVisible(several)
        self.box = Box("window")
        inside = QHBoxLayout(self.box)
        inside.setContentsMargins(look.px(2.5), look.px(1.5), look.px(2.5), look.px(1.5))
        self.code = Label("", "body", "text2", wrap=True, selectable=True)
        self.copy = CopyButton(self.tr("Copy"))
        self.copy.set_kind("quiet")
        inside.addWidget(self.code, 1)
        inside.addWidget(self.copy)
        self.box.hide()
        under = QVBoxLayout()
        under.setContentsMargins(0, look.px(2.5), 0, look.px(3))
        under.setSpacing(look.px(2))
        if self._narrow:
            under.addWidget(self.said)
            line.addStretch(1)
        under.addLayout(line)
        under.addWidget(self.box)
        self._inside.addWidget(self.records)
        # Margins do not turn with the reading direction, spacers do.
        indented = QHBoxLayout()
        indented.setContentsMargins(0, 0, 0, 0)
        indented.setSpacing(0)
        indented.addSpacing(look.px(4 if self._narrow else 18))
        indented.addLayout(under, 1)
        indented.addSpacing(look.px(3))
        self._inside.addLayout(indented)
        self._inside.addWidget(Hairline())
        self.details.clicked.connect(self._toggle_details)
        self.dismiss.clicked.connect(lambda: self.dismiss_wanted.emit([self.current]))
        self.dismiss_all.clicked.connect(lambda: self.dismiss_wanted.emit(self.members))
        self.all_again.clicked.connect(lambda: self.retry_wanted.emit(self.members))
        self._say()

    @property
    def current(self) -> ProblemView:
        """The record with the focus."""
        return self.members[self.records.current if self.records is not None else 0]

    def _toggle_details(self) -> None:
        shown = not self.box.isVisibleTo(self)
        self.box.setVisible(shown)
        self.details.show_icon("chevron-up" if shown else "chevron-down")
        self.details.setAccessibleDescription(self.tr("open") if shown else self.tr("closed"))

    def _say(self) -> None:
        problem, tr = self.current, self.tr
        name = isolate(problem.number or problem.party or "")
        tried = plural(
            "Problems",
            "tried %n time(s)",
            problem.count,
            "tried once",
            "tried %n times",
            self._formats.count(problem.count),
        )
        facts = tr("%1 was not written to Zoho Books: %2, since %3.").replace("%1", name).replace("%2", tried)
        facts = facts.replace("%3", self._when(problem))
        if problem.retry_at is not None:
            again = self._when_again(problem)
            facts = f"{facts} {tr('It is tried again by itself at %1.').replace('%1', again)}"
        self.said.setText(facts)
        code = tr("code %1").replace("%1", problem.code) if problem.code else ""
        parts = [problem.cause, code, problem.detail]
        self.code.setText(" · ".join(part for part in parts if part))
        self.copy.set_value("\n".join(part for part in (problem.message, problem.number or "", *parts) if part))

    def _when_again(self, problem: ProblemView) -> str:
        return self._formats.time(problem.retry_at) if problem.retry_at is not None else ""

    def _want(self, way: Remedy) -> None:
        members = [self.current] if way.act == "edit" else self.members
        if way.act == "retry":
            self.retry_wanted.emit(members)
        else:
            self.remedy_wanted.emit(way, members)
