"""Short lists of the dashboard: how the connection stands, what happened lately, what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.domain.views import ActivityEntry, ProblemView
from zbdesk.ui import text, theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks.words import webhook_remedy
from zbdesk.ui.widgets import Button, Elided, Hairline, IconView, Label, Panel

_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ConnectionPanel(Panel):
    """The parts of the way to Zoho Books, each with its state in words."""

    def __init__(self) -> None:
        super().__init__(self.tr("Connection"))
        self.word = Label("", "strong", "text2")
        self.head.addWidget(self.word)
        grid = QGridLayout()
        now = theme.current()
        grid.setHorizontalSpacing(now.px(2))
        grid.setVerticalSpacing(now.px(2))
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._rows: list[tuple[IconView, Label]] = []
        titles = (
            self.tr("Last contact"), self.tr("Last in order"), self.tr("Next look"), self.tr("Sign-in"),
            self.tr("Records on this computer"),
        )  # fmt: skip
        for at, title in enumerate(titles):
            icon, value = IconView("circle-check"), Label("", "body", "text2")
            value.setAlignment(_END)
            grid.addWidget(icon, at, 0)
            grid.addWidget(Label(title), at, 1)
            grid.addWidget(value, at, 2)
            self._rows.append((icon, value))

    def refresh(self, state: DeskState) -> None:
        """Take what the state says now."""
        overview, formats, now = state.overview, state.formats, state.now()
        word = state.word()
        self.word.setText(word.text)
        self.word.set_role(word.role if word.role != "ok" else "text2")
        if overview is None:
            return
        never = self.tr("not yet")
        contact, success = overview.last_contact_at, overview.last_success_at
        out = state.connection_state is ConnectionState.NEEDS_SIGN_IN or state.engine_state is EngineState.SIGNED_OUT
        offline = state.engine_state is EngineState.OFFLINE
        person = overview.connection.authorised_by if overview.connection is not None else ""
        signed = ", ".join(part for part in (person, self.tr("renews itself")) if part)
        upcoming = (
            formats.moment(overview.next_run_at, now) if overview.next_run_at is not None else self.tr("not planned")
        )
        if state.engine_state is EngineState.PAUSED:
            upcoming = word.text
        here = f"{formats.count(state.total().done)}, {isolate(formats.size(overview.database_bytes))}"
        quiet = "text2"
        values = (
            (_shape(contact, "wifi-off" if offline else ""), "attention" if offline else quiet,
             formats.moment(contact, now) if contact else never),
            (_shape(success), quiet, formats.moment(success, now) if success else never),
            ("clock", quiet, upcoming if not state.running else self.tr("now")),
            ("lock" if out else "circle-check", "problem" if out else quiet, self.tr("has ended") if out else signed),
            ("octagon-alert" if state.error else "circle-check", "problem" if state.error else quiet, here),
        )  # fmt: skip
        for (icon, value), (shape, role, words) in zip(self._rows, values, strict=True):
            icon.show_icon(shape, role)
            value.setText(words)


class LatelyPanel(Panel):
    """The newest lines of the diary; ``link_clicked`` leads to all of them."""

    def __init__(self) -> None:
        super().__init__(self.tr("Lately"), self.tr("All activity"), padded=False)
        self._shown: tuple[object, ...] | None = None
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(0)
        self.body.addLayout(self._holder)
        self.body.addStretch(1)

    def refresh(self, state: DeskState, *, most: int = 6) -> None:
        """Show the newest lines; the same ones are left as they stand."""
        entries = state.overview.activity[:most] if state.overview is not None else ()
        shown = (entries, state.formats, state.now().date())
        if shown == self._shown:
            return
        self._shown = shown
        _clear(self._holder)
        if not entries:
            self._holder.addWidget(Hairline())
            self._holder.addWidget(_padded(Label(self.tr("Nothing has happened yet."), "body", "text2")))
        for entry in entries:
            self._holder.addWidget(Hairline())
            self._holder.addWidget(_line(entry, state))


class WaitsPanel(Panel):
    """What waits for a person, the newest first; ``link_clicked`` leads to the whole list.

    ``deletion_seen``: a person wants to agree that a module's records are gone (a ``ProblemView``).
    ``webhooks_wanted``: the part of the Webhooks page that mends it.
    """

    deletion_seen = Signal(object)
    webhooks_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Waits for you"), self.tr("Show all"), padded=False)
        self._shown: Sequence[ProblemView] | None = None
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(0)
        self.body.addLayout(self._holder)

    def show_problems(self, problems: Sequence[ProblemView], *, most: int = 4) -> None:
        """Show the first of them with their remedies."""
        if problems == self._shown:
            return
        self._shown = problems
        _clear(self._holder)
        causes = {(problem.cause, problem.message): problem for problem in reversed(problems)}
        for problem in list(causes.values())[::-1][:most]:
            self._holder.addWidget(Hairline())
            row = QWidget()
            line = QHBoxLayout(row)
            now = theme.current()
            line.setContentsMargins(now.px(3), now.px(2), now.px(3), now.px(2))
            line.setSpacing(now.px(3))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(said(problem.message), "strong", wrap=True))
            words.addWidget(Label(said(problem.remedy), "caption", "text2", wrap=True))
            line.addWidget(IconView("octagon-alert", "problem"), 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            if problem.cause == "mass_deletion" and problem.module:
                agree = Button(self.tr("They are &gone…"))
                agree.setObjectName("agree")
                agree.clicked.connect(partial(self.deletion_seen.emit, problem))
                line.addWidget(agree, 0, Qt.AlignmentFlag.AlignTop)
            remedy = webhook_remedy(problem.cause)
            if remedy is not None:
                mend = Button(remedy[1])
                mend.setObjectName("webhooks")
                mend.clicked.connect(partial(self.webhooks_wanted.emit, remedy[0]))
                line.addWidget(mend, 0, Qt.AlignmentFlag.AlignTop)
            self._holder.addWidget(row)


def _shape(known: object, instead: str = "") -> str:
    return instead or ("circle-check" if known else "circle-dashed")


def _line(entry: ActivityEntry, state: DeskState) -> QWidget:
    now = theme.current()
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(now.px(3), now.px(1.5), now.px(3), now.px(1.5))
    line.setSpacing(now.px(3))
    when = Label(state.formats.moment(entry.at, state.now()), "body", "text2")
    when.setToolTip(state.formats.stamp(entry.at))
    line.addWidget(IconView(text.activity_icon(entry.kind)))
    line.addWidget(Elided(said(entry.text)), 1)
    line.addWidget(when)
    return row


def _padded(label: Label) -> QWidget:
    now = theme.current()
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(now.px(3), now.px(2), now.px(3), now.px(2))
    line.addWidget(label)
    return row


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
