"""The three answers: is everything here, does anything wait for me, when was the last look. And the legs below them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.status import ConnectionState, EngineState, RunResult
from zbdesk.ui import text, theme
from zbdesk.ui.formats import plural
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Box, Button, Hairline, IconView, Label, Surface


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: shape, word, two lines."""

    icon: str
    role: str
    word: str
    first: str
    second: str


class Answer(QWidget):
    """A question, its answer in one word, two lines that say why."""

    def __init__(self, question: str) -> None:
        super().__init__()
        now = theme.current()
        self.question = Label(question, "caption", "text2")
        self.icon = IconView("circle", steps=5)
        self.word = Label("", "page", wrap=True)
        self.first = Label("", "body", "text2", wrap=True)
        self.second = Label("", "body", "text2", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(now.px(2.5))
        line.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(4), now.px(3), now.px(4), now.px(2))
        column.setSpacing(now.px(0.75))
        column.addWidget(self.question)
        column.addLayout(line)
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addStretch(1)

    def say(self, said: Said) -> None:
        """Show another answer."""
        self.icon.show_icon(said.icon, said.role)
        self.word.setText(said.word)
        self.first.setText(said.first)
        self.second.setText(said.second)
        self.setAccessibleName(f"{self.question.text()} {said.word}. {said.first}. {said.second}")


class Leg(QWidget):
    """One part of the way to Zoho Books: shape, word, and what is wrong where something is."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self._short, self._quiet = False, True
        self.icon = IconView("circle-check")
        self.label = Label(word)
        self.note = Label("", "body", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(2))
        for part in (self.icon, self.label, self.note):
            row.addWidget(part)

    def say(self, icon: str, role: str, note: str = "") -> None:
        """Show how this part stands."""
        self.icon.show_icon(icon, role)
        self.label.set_kind("strong" if role in {"problem", "attention"} else "body")
        self.label.set_role(role if role in {"problem", "attention"} else "text")
        self.note.setText(note)
        self._quiet = role == "text2"
        self._show_note()

    def set_short(self, *, short: bool) -> None:
        """On a narrow window only what is wrong has its words beside it."""
        self._short = short
        self._show_note()

    def _show_note(self) -> None:
        self.note.setVisible(bool(self.note.text()) and not (self._short and self._quiet))


class Answers(Box):
    """The panel at the head of the dashboard. ``problems_wanted`` and ``activity_wanted``: ways to what is behind."""

    problems_wanted = Signal()
    activity_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.here = Answer(self.tr("Is everything from Zoho Books here?"))
        self.waits = Answer(self.tr("Does anything wait for you?"))
        self.look = Answer(self.tr("When was the last look?"))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._lines = [Hairline(upright=True), Hairline(upright=True)]
        self._stacked: bool | None = None
        self.internet, self.books = Leg(self.tr("Internet")), Leg("Zoho Books")
        self.webhooks = Leg(self.tr("Webhooks"))
        self.webhooks.hide()  # until it is known whether there are any
        self.sign_in, self.records = Leg(self.tr("Sign-in")), Leg(self.tr("Records on this computer"))
        foot = Surface("alt")
        row = self._foot = QHBoxLayout(foot)
        row.setContentsMargins(now.px(4), now.px(1.5), now.px(4), now.px(1.5))
        row.setSpacing(now.px(6))
        for leg in (self.internet, self.books, self.sign_in, self.webhooks, self.records):
            row.addWidget(leg)
        row.addStretch(1)
        self.problems = Button(self.tr("Show problems"), "link")
        self.activity = Button(self.tr("All activity"), "link")
        self.problems.clicked.connect(self.problems_wanted)
        self.activity.clicked.connect(self.activity_wanted)
        row.addWidget(self.problems)
        row.addWidget(self.activity)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(self._grid)
        column.addWidget(Hairline())
        column.addWidget(foot)
        self.set_stacked(stacked=False)

    def set_stacked(self, *, stacked: bool) -> None:
        """Under each other on a narrow window, side by side elsewhere."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._foot.setSpacing(theme.current().px(3 if stacked else 6))
        parts = (self.here, self.waits, self.look)
        for part in (*parts, *self._lines):
            self._grid.removeWidget(part)
        for at, part in enumerate(parts):
            self._grid.addWidget(part, at if stacked else 0, 0 if stacked else at * 2)
            self._grid.setColumnStretch(at * 2, 1 if not stacked or at == 0 else 0)
        for at, line in enumerate(self._lines):
            line.setVisible(not stacked)
            if not stacked:
                self._grid.addWidget(line, 0, at * 2 + 1)

    def set_short(self, *, short: bool) -> None:
        """Only what is wrong has its words among the lights."""
        for leg in (self.internet, self.books, self.sign_in, self.webhooks, self.records):
            leg.set_short(short=short)

    def refresh(self, state: DeskState) -> None:
        """Take what the state says now."""
        self.here.say(everything_here(state))
        self.waits.say(waiting(state))
        self.look.say(last_look(state))
        overview = state.overview
        self.problems.setVisible(bool(overview and overview.problems))
        self._legs(state)

    def show_webhooks(self, word: text.Word, note: str) -> None:
        """How the webhooks stand."""
        self.webhooks.say(word.icon, word.role, note)
        self.webhooks.show()

    def _legs(self, state: DeskState) -> None:
        offline = state.engine_state is EngineState.OFFLINE
        contact = state.overview.last_contact_at if state.overview is not None else None
        reached = self.tr("reached %1").replace("%1", state.formats.moment(contact, state.now())) if contact else ""
        self.internet.say("wifi-off" if offline else "circle-check", "attention" if offline else "text2")
        if offline:
            self.books.say("circle-dashed", "text2", self.tr("last %1").replace("%1", reached) if reached else "")
        else:
            self.books.say("circle-check" if contact else "circle-dashed", "text2", reached)
        out = state.connection_state is ConnectionState.NEEDS_SIGN_IN or state.engine_state is EngineState.SIGNED_OUT
        ended = self.tr("has ended") if out else ""
        self.sign_in.say("lock" if out else "circle-check", "problem" if out else "text2", ended)
        broken = state.error is not None
        self.records.say("octagon-alert" if broken else "circle-check", "problem" if broken else "text2")


def everything_here(state: DeskState) -> Said:
    """Whether all chosen records are here, and as of when."""
    formats, total = state.formats, state.total()
    tr = _tr
    off = [counts.module for counts in state.modules() if counts.off_reason]
    count = plural(
        "Answers", "%n record(s) here", total.done, "%n record here", "%n records here", formats.count(total.done)
    )
    if state.overview is not None and state.overview.connection is None:
        # The window shows a dashboard only where there was one: the files were taken away while it runs.
        gone = tr("The database is not where it was")
        return Said("octagon-alert", "problem", tr("No"), gone, tr("Quit zbdesk and start it again"))
    if state.first_sync:
        word = tr("Not yet")
        return Said("hourglass", "text2", word, count, tr("The first sync is not at its end"))
    second = tr("Nothing is on its way")
    if state.running:
        second = tr("Changes are being read now")
    elif state.overview is not None and state.overview.details_missing:
        missing = formats.count(state.overview.details_missing)
        second = tr("Line items of %1 are read when opened").replace("%1", missing)
    if off:
        word = plural("Answers", "All but %n module(s)", len(off), "All but %n module", "All but %n modules")
        return Said("triangle-alert", "attention", word, count, tr("What cannot be read is in the list below"))
    last = state.overview.last_run if state.overview is not None else None
    failed = last is not None and last.result in {RunResult.FAILED, RunResult.NEEDS_SIGN_IN}
    trouble = state.trouble()
    away = state.engine_state is EngineState.OFFLINE or (trouble is not None and trouble.role == "problem")
    if failed or away:
        success = state.overview.last_success_at if state.overview is not None else None
        when = formats.moment(success, state.now()) if success else tr("never")
        return Said("clock", "text2", tr("As of %1").replace("%1", when), count, tr("Later changes are not here yet"))
    return Said("circle-check", "ok", tr("Yes, everything"), count, second)


def waiting(state: DeskState) -> Said:
    """Whether a person has to do something."""
    tr, overview = _tr, state.overview
    problems = overview.problems if overview is not None else 0
    conflicts = overview.conflicts if overview is not None else 0
    trouble = state.trouble()
    acts = trouble is not None and trouble.role == "problem"
    things = problems + conflicts + int(acts)
    if not things:
        return Said("circle-check", "ok", tr("No, nothing"), tr("No problems"), tr("Nothing was changed on both sides"))
    word = plural("Answers", "Yes, %n thing(s)", things, "Yes, %n thing", "Yes, %n things")
    parts = []
    if problems:
        parts.append(plural("Answers", "%n problem(s)", problems, "%n problem", "%n problems"))
    if conflicts:
        parts.append(plural("Answers", "%n conflict(s)", conflicts, "%n conflict", "%n conflicts"))
    second = trouble.title if acts and trouble is not None else tr("Each is in the list with its remedy")
    if not parts and trouble is not None:
        return Said("octagon-alert", "problem", word, trouble.title, trouble.message)
    first = " · ".join(parts)
    return Said("octagon-alert", "problem", word, first, second)


def last_look(state: DeskState) -> Said:
    """When the last run ended and how, and when the next one begins."""
    tr, overview, formats, now = _tr, state.overview, state.formats, state.now()
    run = overview.last_run if overview is not None else None
    if state.running:
        return Said("refresh-cw", "accent_text", tr("Looking now"), _ended(state), _next(state))
    if run is None or run.finished_at is None:
        return Said("clock", "text2", tr("Not yet"), tr("The first look comes next"), _next(state))
    return Said("clock", "text2", formats.ago(run.finished_at, now), _ended(state), _next(state))


def _ended(state: DeskState) -> str:
    overview, formats, now = state.overview, state.formats, state.now()
    run = overview.last_run if overview is not None else None
    if run is None or run.finished_at is None:
        return ""
    when = f"{formats.moment(run.finished_at, now)} {formats.zone_name(run.finished_at)}"
    calls = plural("Answers", "%n call(s)", run.api_calls, "%n call", "%n calls", formats.count(run.api_calls))
    return f"{when}, {text.run_result(run.result)}, {calls}"


def _next(state: DeskState) -> str:
    tr, overview, formats = _tr, state.overview, state.formats
    if overview is None:
        return ""
    parts = []
    run = overview.last_run
    if run is not None and run.result is not RunResult.OK and overview.last_success_at is not None:
        parts.append(tr("Last in order %1").replace("%1", formats.moment(overview.last_success_at, state.now())))
    if state.engine_state is EngineState.PAUSED:
        parts.append(state.word().text)
    elif overview.next_run_at is not None and not state.running:
        parts.append(tr("Next at %1").replace("%1", formats.moment(overview.next_run_at, state.now())))
    return ". ".join(parts)


def _tr(words: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("Answers", words)
