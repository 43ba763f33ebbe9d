"""What could not be done: the sentence, the remedy, how often and since when. One group a cause."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ProblemView
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, EmptyState, Fold, Hairline, IconView, Label, Panel, announce

SHOWN = 50
"""Records listed under one cause; the rest are counted."""


class ProblemsPage(ScrollPage):
    """The list. ``sync_wanted``: try again now."""

    sync_wanted = Signal()

    def __init__(self, state: DeskState, bridge: Bridge) -> None:
        super().__init__(self.tr("Problems"))
        self._state, self._bridge = state, bridge
        self._shown: Sequence[ProblemView] | None = None
        self._count = -1
        now = theme.current()
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(now.px(4), now.px(3), now.px(4), now.px(4))
        self._column.setSpacing(now.px(3))
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Problems"), "page"))
        head.addStretch(1)
        self.again = Button(self.tr("&Try all again"), icon="rotate-cw")
        self.again.clicked.connect(self.sync_wanted)
        head.addWidget(self.again)
        self._column.addLayout(head)
        self._groups: list[QWidget] = []
        self.empty = EmptyState("circle-check", "", role="ok")
        self._column.addWidget(self.empty, 100)
        self._column.addStretch(1)
        self.set_body(body)
        self._say_none()
        state.changed.connect(self._state_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list."""
        super().showEvent(event)
        self._read()

    def _state_changed(self) -> None:
        count = self._state.overview.problems if self._state.overview is not None else 0
        if self.isVisible() and count != self._count:
            self._read()

    def _read(self) -> None:
        self._count = self._state.overview.problems if self._state.overview is not None else 0
        self._bridge.read(lambda reader: reader.problems(), self._arrived, owner=self, fail=self._failed)

    def _arrived(self, problems: list[ProblemView]) -> None:
        if self._shown == problems:
            return
        self._shown = problems
        for group in self._groups:
            group.hide()
            group.deleteLater()
        self._groups.clear()
        causes: dict[tuple[str, str], list[ProblemView]] = {}
        for problem in problems:
            causes.setdefault((problem.cause, problem.message), []).append(problem)
        for at, members in enumerate(causes.values()):
            group = self._group(members)
            self._groups.append(group)
            self._column.insertWidget(1 + at, group)
        self.empty.setVisible(not problems)
        self.again.setVisible(bool(problems))
        self._say_none()

    def _say_none(self) -> None:
        run = self._state.overview.last_run if self._state.overview is not None else None
        when = ""
        if run is not None and run.finished_at is not None:
            when = self.tr("Looked at %1.").replace(
                "%1", self._state.formats.moment(run.finished_at, self._state.now())
            )
        reason = f"{self.tr('Everything that was tried could be done.')} {when}".strip()
        self.empty.show_state("circle-check", self.tr("No problems"), reason, role="ok")
        self.again.setVisible(bool(self._shown))

    def _failed(self, error: ZbdeskError) -> None:
        self.empty.show_state("octagon-alert", self.tr("The problems cannot be read"), str(error), role="problem")
        self.empty.show()

    def _group(self, members: Sequence[ProblemView]) -> QWidget:
        first, formats, now = members[0], self._state.formats, theme.current()
        panel = Panel(padded=False)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(3), now.px(3), now.px(3), now.px(3))
        head.setSpacing(now.px(3))
        words = QVBoxLayout()
        words.setSpacing(now.px(1))
        words.addWidget(Label(first.message, "strong", wrap=True, selectable=True))
        words.addWidget(Label(first.remedy, "body", wrap=True, selectable=True))
        words.addWidget(Label(self._facts(members), "caption", "text2", wrap=True))
        head.addWidget(IconView("octagon-alert", "problem"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        copy = Button("", "quiet", "copy", name=self.tr("Copy the details"))
        copy.clicked.connect(lambda: self._copy(members))
        head.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        panel.body.addLayout(head)
        records = [problem for problem in members if problem.number or problem.party]
        if records:
            panel.body.addWidget(Hairline())
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(now.px(9), 0, now.px(3), now.px(3))
            column.setSpacing(now.px(1))
            for problem in records[:SHOWN]:
                column.addWidget(Label(_record_words(problem), "body", wrap=True, selectable=True))
            if len(records) > SHOWN:
                rest = formats.count(len(records) - SHOWN)
                column.addWidget(Label(self.tr("and %1 more").replace("%1", rest), "body", "text2"))
            count = plural(
                "Problems", "%n record(s)", len(records), "%n record", "%n records", formats.count(len(records))
            )
            panel.body.addWidget(Fold(count, holder, opened=len(records) <= 5))
            panel.body.addWidget(holder)
        return panel

    def _facts(self, members: Sequence[ProblemView]) -> str:
        formats, now = self._state.formats, self._state.now()
        since = formats.moment(min(problem.since for problem in members), now)
        times = sum(problem.count for problem in members)
        parts = [self.tr("since %1").replace("%1", since)]
        if times > len(members):
            parts.append(
                plural("Problems", "tried %n time(s)", times, "tried %n time", "tried %n times", formats.count(times))
            )
        again = [problem.retry_at for problem in members if problem.retry_at is not None]
        if again:
            parts.append(self.tr("tried again by itself at %1").replace("%1", formats.moment(min(again), now)))
        modules = {MODULES[p.module].label for p in members if p.module is not None and p.module in MODULES}
        return " · ".join([", ".join(sorted(modules)), *parts] if modules else parts)

    def _copy(self, members: Sequence[ProblemView]) -> None:
        first = members[0]
        lines = [first.message, first.remedy, f"{first.cause} {first.code or ''}".strip()]
        lines += [_record_words(problem) for problem in members if problem.number or problem.party]
        QGuiApplication.clipboard().setText("\n".join(lines))
        announce(self, self.tr("Copied"))


def _record_words(problem: ProblemView) -> str:
    parts = [isolate(problem.number) if problem.number else "", problem.party or ""]
    return ", ".join(part for part in parts if part)
