"""What stands in an empty table's place: the fact, the reason, the next step. Six cases, six texts.

Only words and a command; the page shows the one and carries out the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.views import ModuleCounts
from zbdesk.ui import text
from zbdesk.ui.languages import lower_first
from zbdesk.ui.state import DeskState


class Command(StrEnum):
    """What the button of an empty place does."""

    NONE = "none"
    CLEAR = "clear"
    RETRY = "retry"
    SWITCH_ON = "switch_on"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Place:
    """One empty place."""

    icon: str
    fact: str
    reason: str = ""
    action: str = ""
    command: Command = Command.NONE
    role: str = "text2"


def counts_of(module: Module, state: DeskState) -> ModuleCounts | None:
    """How the module stands, as far as the database has said."""
    return next((counts for counts in state.modules() if counts.module == module.name), None)


def unreadable(error: ZbdeskError) -> Place:
    """The database cannot be read."""
    fact = _tr("The records cannot be read")
    return Place("octagon-alert", fact, str(error), _tr("Try again"), Command.RETRY, "problem")


def reading(module: Module) -> Place:
    """The answer takes longer than a blink."""
    return Place("hourglass", _tr("Reading %1…").replace("%1", plural_of(module)))


def nothing_fits(module: Module, state: DeskState, words: str) -> Place:
    """There are records, but none that fits the filter."""
    counts = counts_of(module, state)
    total = state.formats.count(counts.remote) if counts is not None else ""
    fact = _tr("None of %1 %2 fit").replace("%1", total).replace("%2", plural_of(module))
    return Place("funnel", fact, words, _tr("Clear all filters"), Command.CLEAR)


def empty(module: Module, state: DeskState) -> Place:
    """There is no record here: no permission, switched off, on their way, or Zoho Books has none."""
    counts = counts_of(module, state)
    if counts is not None and counts.off_reason:
        fact = _tr("%1 cannot be read").replace("%1", text.module_label(module.name))
        return Place("lock", fact, counts.off_reason, _tr("Look again"), Command.SYNC)
    if counts is not None and not counts.enabled:
        fact = _tr("%1 are switched off").replace("%1", text.module_label(module.name))
        reason = _tr("They are not read from Zoho Books.")
        return Place("circle-slash", fact, reason, _tr("Switch on…"), Command.SWITCH_ON)
    if counts is not None and not state.finished(counts):
        return _on_their_way(module, state, counts)
    when = state.formats.moment(counts.as_of, state.now()) if counts is not None and counts.as_of is not None else ""
    reason = _tr("New ones appear here by themselves.")
    if when:
        reason = _tr("Zoho Books has none, looked at %1. New ones appear here by themselves.").replace("%1", when)
    return Place(text.module_icon(module.name), _tr("No %1").replace("%1", plural_of(module)), reason)


def _on_their_way(module: Module, state: DeskState, counts: ModuleCounts) -> Place:
    fact, expected = _tr("%1 are on their way").replace("%1", text.module_label(module.name)), state.expected(counts)
    reason = _tr("They appear here page by page.")
    if expected:
        reason = _tr("0 of %1 are here.").replace("%1", state.formats.count(expected))
    if state.running:
        return Place("hourglass", fact, reason)
    return Place("hourglass", fact, reason, _tr("Sync now"), Command.SYNC)


def plural_of(module: Module) -> str:
    """The module's word inside a sentence: invoices."""
    return lower_first(text.module_label(module.name))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Places", words)
