"""The dashboard's table of modules: how many records are here, of how many, as of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from zbdesk.domain.module import Section
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ModuleCounts
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import module_label

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("state", "label", "progress", "here", "there", "as_of")
ROW = int(Qt.ItemDataRole.UserRole)


class Stage(StrEnum):
    """How far the reading of a module is."""

    DONE = "done"
    READING = "reading"
    NEXT = "next"
    WAITS = "waits"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One line, written out. ``name`` is empty for the line that stands for several settings lists."""

    name: str
    label: str
    stage: Stage
    here: int
    expected: int | None
    here_text: str
    there_text: str
    as_of: str
    note: str = ""


class ModulesModel(QAbstractTableModel):
    """Chosen modules; the lists of settings are one line."""

    def __init__(self, state: DeskState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.rows: list[ModuleRow] = []
        self.bars = False
        """Whether the pass under way has lasted long enough for bars."""

    def refresh(self) -> None:
        """Take what the state says now."""
        fresh, bars = module_rows(self._state), self._state.lasts
        if fresh == self.rows and bars == self.bars:
            return
        self.bars = bars
        if [row.label for row in fresh] == [row.label for row in self.rows]:
            self.rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = fresh
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines of chosen modules."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """State, label, progress, here, in Zoho Books, as of."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of each cell; the whole row for the delegate."""
        row, key = self.rows[index.row()], COLUMNS[index.column()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.note or None
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        return {
            "state": self._stage_word(row.stage),
            "label": row.label,
            "progress": "",
            "here": row.here_text,
            "there": row.there_text,
            "as_of": row.as_of,
        }[key]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles; figures have theirs at the right."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        key = COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            return (
                right if key in {"here", "there"} else Qt.AlignmentFlag.AlignLeading
            ) | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "state": "",
            "label": self.tr("Module"),
            "progress": self.tr("Progress") if any(row.stage is Stage.READING for row in self.rows) else "",
            "here": self.tr("Here"),
            "there": self.tr("In Zoho Books"),
            "as_of": self.tr("As of"),
        }[key]

    def _stage_word(self, stage: Stage) -> str:
        return {
            Stage.DONE: self.tr("in order"),
            Stage.READING: self.tr("being read"),
            Stage.NEXT: self.tr("next"),
            Stage.WAITS: self.tr("waits"),
            Stage.OFF: self.tr("cannot be read"),
        }[stage]


def module_rows(state: DeskState) -> list[ModuleRow]:
    """All chosen modules in the order of the catalogue; settings lists together in one line."""
    known = {counts.module: counts for counts in state.modules() if counts.enabled or counts.off_reason}
    ordered = [name for name in MODULES if name in known]
    settings = [known[name] for name in ordered if MODULES[name].section is Section.SETTINGS]
    others = [known[name] for name in ordered if MODULES[name].section is not Section.SETTINGS]
    rows = [_settings_row(state, settings)] if settings else []
    waiting = next((c.module for c in others if _stage(state, c) is Stage.WAITS), None)
    rows += [_row(state, counts, upcoming=counts.module == waiting and state.running) for counts in others]
    return rows


def _stage(state: DeskState, counts: ModuleCounts) -> Stage:
    if counts.off_reason:
        return Stage.OFF
    event = state.progress.get(counts.module)
    if state.running and event is not None and not event.finished:
        return Stage.READING
    return Stage.DONE if state.finished(counts) else Stage.WAITS


def _row(state: DeskState, counts: ModuleCounts, *, upcoming: bool) -> ModuleRow:
    stage = _stage(state, counts)
    if stage is Stage.WAITS and upcoming:
        stage = Stage.NEXT
    here, expected = state.here(counts), state.expected(counts)
    there = here if stage is Stage.DONE else expected
    return ModuleRow(
        counts.module,
        module_label(counts.module),
        stage,
        here,
        expected,
        state.formats.count(here),
        state.formats.count(there) if there is not None else "",
        _as_of(state, counts, stage),
        counts.off_reason or "",
    )


def _settings_row(state: DeskState, settings: Sequence[ModuleCounts]) -> ModuleRow:
    stages = {_stage(state, counts) for counts in settings}
    stage = next((s for s in (Stage.READING, Stage.WAITS) if s in stages), Stage.DONE)
    here = sum(state.here(counts) for counts in settings)
    times = [counts.as_of for counts in settings if counts.as_of is not None]
    formats = state.formats
    label = Section.SETTINGS.value.capitalize()
    return ModuleRow(
        "",
        _tr(label),
        stage,
        here,
        None,
        formats.count(here),
        formats.count(here) if stage is Stage.DONE else "",
        formats.moment(min(times), state.now()) if times and stage is Stage.DONE else _word(stage),
        ", ".join(module_label(counts.module) for counts in settings),
    )


def _as_of(state: DeskState, counts: ModuleCounts, stage: Stage) -> str:
    if stage is Stage.DONE and counts.as_of is not None:
        return state.formats.moment(counts.as_of, state.now())
    return _word(stage)


def _word(stage: Stage) -> str:
    return {
        Stage.DONE: _tr("just now"),
        Stage.READING: _tr("being read"),
        Stage.NEXT: _tr("next"),
        Stage.WAITS: _tr("waits"),
        Stage.OFF: _tr("cannot be read"),
    }[stage]


def _tr(words: str) -> str:
    return QCoreApplication.translate("Modules", words)
