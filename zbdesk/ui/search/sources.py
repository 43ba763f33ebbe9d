"""What the palette finds in this window: records, pages, commands, settings, help; and what each line does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from zbdesk.app import manual
from zbdesk.app.manual import Hit
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import RecordFilter, RecordView
from zbdesk.domain.words import fold
from zbdesk.ui import text
from zbdesk.ui.formats import isolate
from zbdesk.ui.pages import lower_entries, upper_entries
from zbdesk.ui.search.lines import Group, Line, fitting
from zbdesk.ui.search.topics import also_called
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader
    from zbdesk.domain.found import Found

_log = logging.getLogger(__name__)

EACH = 5
"""Records shown of each module, and lines of each other kind."""


HELP = 4
"""Places in the manual that are shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pool found: records by module, and places in the manual."""

    records: list[Found]
    hits: list[Hit]


class Sources(QObject):
    """What is found, as lines that act.

    ``go`` shows a page, ``show_part`` a group of settings or a place in the manual (page, part, place),
    ``show_record`` one record, ``show_records`` a module with a filter.
    """

    def __init__(
        self,
        state: DeskState,
        actions: Callable[[], Sequence[QAction]],
        go: Callable[[str], object],
        *,
        show_part: Callable[[str, str, str], object],
        show_record: Callable[[str, int], object],
        show_records: Callable[[str, RecordFilter], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._state, self._actions = state, actions
        self._go, self._show_part = go, show_part
        self._show_record, self._show_records = show_record, show_records

    def question(self, typed: str) -> Callable[[Reader], Answer]:
        """What the pool is asked. Words for statuses are asked for as Zoho writes them."""
        modules = tuple(counts.module for counts in self._state.modules() if counts.remote or counts.enabled)
        chosen = tuple(name for name in MODULES if name in modules)
        asked = _as_zoho_writes(typed)
        return lambda reader: Answer(reader.search(asked, chosen, limit=EACH), _in_manual(typed))

    def plain(self, typed: str) -> list[Group]:
        """Pages and commands first, since they are few; then settings and help. Nothing typed: what can be done."""
        most = EACH if typed.strip() else 100
        pages = Group(self.tr("Pages"), fitting(self._pages(), typed, most))
        commands = Group(self.tr("Commands"), fitting(self._commands(), typed, most))
        if not typed.strip():
            return [commands, pages]
        return [pages, commands, Group(self.tr("Settings"), fitting(self._settings(), typed, 3))]

    def found(self, typed: str, answer: Answer) -> list[Group]:
        """One group a module, with the way to all that fit in its table; then places in the manual."""
        groups = [Group(text.module_label(one.module), self._of_module(typed, one)) for one in answer.records]
        return [*groups, Group(self.tr("Help"), tuple(self._place(hit) for hit in answer.hits))]

    # ---- lines ---------------------------------------------------------------------------------------------------
    def _pages(self) -> list[Line]:
        entries = [entry for entry in (*upper_entries(self._state), *lower_entries()) if entry.key]
        keys = {plain_words(action.text()).rstrip("…"): _keys_of(action) for action in self._actions()}
        return [
            Line(entry.title, icon=entry.icon, keys=keys.get(entry.title, ""), act=partial(self._go, entry.key))
            for entry in entries
        ]

    def _commands(self) -> list[Line]:
        pages = {line.words for line in self._pages()}
        lines: list[Line] = []
        for action in self._actions():
            words = plain_words(action.text())
            if not action.isVisible() or not words or words.rstrip("…") in pages or action.objectName() == "search":
                continue
            why_not = "" if action.isEnabled() else (self._reason(action, words) or self.tr("not now"))
            lines.append(Line(words, icon="chevron-right", keys=_keys_of(action), act=action.trigger, why_not=why_not))
        return lines

    @staticmethod
    def _reason(action: QAction, words: str) -> str:
        """Why it cannot be used, where the action says so; Qt gives its words for its tooltip otherwise."""
        tip = action.toolTip()
        return "" if plain_words(tip).rstrip("…") == words.rstrip("…") else tip

    def _settings(self) -> list[Line]:
        from zbdesk.ui.settings.groups import groups

        return [
            Line(
                group.title,
                icon=group.icon,
                act=partial(self._show_part, "settings", group.key, ""),
                also=also_called(group.key),
            )
            for group in groups()
        ]

    def _place(self, hit: Hit) -> Line:
        """A section of the manual."""
        title = hit.heading or hit.title
        note = hit.title if hit.title != title else ""
        act = partial(self._show_part, "help", hit.topic, hit.anchor)
        return Line(title, note=note, icon="circle-question-mark", act=act)

    def _of_module(self, typed: str, found: Found) -> tuple[Line, ...]:
        lines = [self._record(view) for view in found.records]
        if found.more:
            where = RecordFilter(text=typed)
            words = self.tr("All that fit in %1").replace("%1", text.module_label(found.module))
            lines.append(Line(words, icon="search", act=partial(self._show_records, found.module, where)))
        return tuple(lines)

    def _record(self, view: RecordView) -> Line:
        formats = self._state.formats
        party = view.party if view.party != view.number else ""
        status = text.document_status(view.status).text
        note = " · ".join(part for part in (party, formats.date(view.date), status) if part)
        amount = formats.money(view.total if view.balance is None else view.balance, view.currency)
        return Line(
            isolate(view.number) if view.number else (view.party or text.module_label(view.module)),
            note=note,
            icon=text.module_icon(view.module),
            amount=amount,
            act=partial(self._show_record, view.module, view.id),
        )


def _keys_of(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return isolate(keys) if keys else ""


def plain_words(words: str) -> str:
    """A menu's words without the mark of their key."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _in_manual(typed: str) -> list[Hit]:
    """Read in the pool: the manual's files are read at the first search."""
    try:
        return manual.search(typed, manual.topics(), HELP)
    except (manual.ManualMissing, OSError) as error:
        _log.warning("the manual cannot be searched: %s", error)
        return []


def _as_zoho_writes(typed: str) -> str:
    """“partly paid” in the window's language becomes ``partially_paid``, which is what records hold."""
    asked = fold(typed) or ""
    for code, word in sorted(text.status_words().items(), key=lambda pair: -len(pair[1])):
        shown = fold(word) or ""
        if shown and f" {shown} " in f" {asked} ":
            asked = f" {asked} ".replace(f" {shown} ", f" {code} ").strip()
    return asked or typed
