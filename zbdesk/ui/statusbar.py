"""The foot of the window: one sentence or the selection's totals at the start, calls of the day at the end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from zbdesk.domain.status import EngineState
from zbdesk.domain.views import CallBudget
from zbdesk.ui import theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.languages import lower_first
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import module_label
from zbdesk.ui.widgets import Elided, Hairline, Label, Surface


class StatusLine(Surface):
    """One line; never the only place of a fact."""

    def __init__(self) -> None:
        super().__init__("window")
        self._strong = self._narrow = False
        self.sentence = Elided("", "caption", "text2")
        self.calls = Label("", "caption", "text2")
        row = QHBoxLayout()
        now = theme.current()
        row.setContentsMargins(now.px(3), 0, now.px(3), 0)
        row.setSpacing(now.px(4))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.calls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        column.addLayout(row, 1)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the height from the theme in use."""
        now = theme.current()
        self.setFixedHeight(now.line_height + now.px(2.5))

    def say(self, sentence: str, *, strong: bool = False) -> None:
        """Show the page's one sentence, or the selection in full text colour."""
        self.sentence.set_role("text" if strong else "text2")
        self.sentence.setText(said(sentence))
        self._strong = strong
        self._share()

    def set_narrow(self, *, narrow: bool) -> None:
        """On a narrow window the selection's totals need the whole line; calls are on the dashboard too."""
        self._narrow = narrow
        self._share()

    def _share(self) -> None:
        self.calls.setVisible(not (self._narrow and self._strong))

    def show_calls(self, calls: CallBudget | None, formats: Formats) -> None:
        """Calls of the day, of how many, and when they start again."""
        self.calls.setText(calls_sentence(calls, formats) if calls is not None else "")


def calls_sentence(calls: CallBudget, formats: Formats) -> str:
    """Zoho Books calls today 1,284 of 5,000 · starts again 00:00 IST."""
    translate = QCoreApplication.translate
    used = formats.count(calls.used)
    if calls.limit is None:
        text = translate("StatusLine", "Zoho Books calls today {used}").format(used=used)
    else:
        text = translate("StatusLine", "Zoho Books calls today {used} of {limit}").format(
            used=used, limit=formats.count(calls.limit)
        )
    if calls.resets_at is not None:
        when = f"{formats.time(calls.resets_at)} {formats.zone_name(calls.resets_at)}"
        text += " · " + translate("StatusLine", "starts again {time}").format(time=when)
    return text


def state_sentence(state: DeskState) -> str:
    """What is so, where the page itself has nothing to say: the run, what stops it, or the last success."""
    if state.run is not None:
        return _run_sentence(state)
    trouble, overview = state.trouble(), state.overview
    if trouble is not None:
        return trouble.title
    if state.engine is not None and state.engine_state is EngineState.PAUSED and state.engine.reason:
        return state.engine.reason
    if overview is None:
        return _tr("Reading…")
    if overview.last_success_at is not None:
        when = state.formats.moment(overview.last_success_at, state.now())
        return _tr("%1, in order at %2").replace("%1", state.word().text).replace("%2", when)
    return state.word().text


def _run_sentence(state: DeskState) -> str:
    if state.stopping:
        return _tr("Stopping; what is here is kept")
    event = next((event for event in reversed(state.progress.values()) if not event.finished), None)
    if event is None:
        return _tr("Syncing")
    label = module_label(event.module)
    words = _tr("Syncing %1, %2 of %3") if event.expected else _tr("Syncing %1, %2 here")
    words = words.replace("%1", lower_first(label)).replace("%2", state.formats.count(event.done))
    return words.replace("%3", state.formats.count(event.expected)) if event.expected else words


def _tr(words: str) -> str:
    return QCoreApplication.translate("StatusLine", words)
