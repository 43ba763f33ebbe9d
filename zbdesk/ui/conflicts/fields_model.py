"""One conflict as rows and columns, and which side of each field is chosen. No painting.

Must not decide what a choice does: it only says which was made. Invariant: only clashing fields can be chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from zbdesk.domain.views import ConflictDetail
from zbdesk.ui.conflicts.rows import LOCAL, REMOTE, FieldRow, Shown, result_of, rows_of
from zbdesk.ui.formats import Formats, isolate, spoken

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
FIELD, BASE, OURS, THEIRS, GAP, RESULT = range(6)
SIDES = {OURS: LOCAL, THEIRS: REMOTE}
"""Columns of the two sides."""


class FieldsModel(QAbstractTableModel):
    """Rows of one conflict and what is chosen. ``chosen_changed``: another side of a field is chosen."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.detail: ConflictDetail | None = None
        self.rows: list[FieldRow] = []
        self.chosen: dict[str, str] = {}
        self.total: Decimal | None = None
        self.waiting = False
        self.narrow = False
        self.unfolded = False
        self.formats = Formats()
        self.titles: list[tuple[str, str]] = [("", "")] * 6

    def show(self, detail: ConflictDetail | None, formats: Formats, chosen: Mapping[str, str] | None = None) -> None:
        """Another conflict, or the same one read again; ``chosen`` is what a person had chosen before."""
        self.beginResetModel()
        self.detail, self.formats = detail, formats
        names = {field.name for field in detail.fields if field.standing == "clash"} if detail is not None else set()
        self.chosen = {name: side for name, side in (chosen or {}).items() if name in names}
        self.total = None
        self._write()
        self.endResetModel()

    def _write(self) -> None:
        detail = self.detail
        self.rows = rows_of(detail, self.formats, unfolded=self.unfolded) if detail is not None else []
        self._fields = {field.name: field for field in detail.fields} if detail is not None else {}

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Field, last agreed, two sides, difference, result."""
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Titles, for screen readers."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(part for part in self.titles[section] if part)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Words; for the two sides also whether they are chosen."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            shown = self.cell(index.row(), column)
            parts = [part for part in (shown.text, shown.below) if part]
            if role == Qt.ItemDataRole.AccessibleTextRole:
                parts = [spoken(part) for part in parts]
            words = " ".join(parts)
            if role == Qt.ItemDataRole.AccessibleTextRole and row.kind == "clash" and column in SIDES:
                state = self.tr("chosen") if self.chosen.get(row.name) == SIDES[column] else self.tr("not chosen")
                return f"{row.label.text}, {self.titles[column][0]}: {words}, {state}"
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return " ".join(part for part in (self.cell(index.row(), column).text,) if len(part) > 16) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the two sides of a clash and the fold can be reached."""
        row, flags = self.rows[index.row()], Qt.ItemFlag
        if row.kind == "clash" and index.column() in SIDES:
            return flags.ItemIsEnabled | flags.ItemIsSelectable
        if row.kind == "fold" and index.column() == FIELD:
            return flags.ItemIsEnabled | flags.ItemIsSelectable
        return flags.ItemIsEnabled

    def cell(self, row: int, column: int) -> Shown:
        """What stands there."""
        found = self.rows[row]
        if column == RESULT:
            if found.kind == "total":
                return self._result_total()
            return result_of(found, self.chosen, self._fields)
        if column == FIELD and self.narrow and found.base.text:
            was = self.tr("was %1").replace("%1", found.base.below or found.base.text)
            return Shown(found.label.text, was)
        return (found.label, found.base, found.local, found.remote, found.difference)[column]

    def _result_total(self) -> Shown:
        detail = self.detail
        if self.total is None or detail is None:
            return Shown("…" if self.complete and self.waiting else "", figure=True, quiet=True)
        return Shown(self.formats.amount(self.total, detail.view.currency), figure=True)

    def say_total(self, total: Decimal | None, *, waiting: bool = False) -> None:
        """The planner worked out the result's total, or is about to."""
        self.total, self.waiting = total, waiting
        self.refresh()

    # ---- choosing ------------------------------------------------------------------------------------------------
    @property
    def clashes(self) -> list[str]:
        """Fields that a person decides."""
        return [row.name for row in self.rows if row.kind == "clash"]

    @property
    def complete(self) -> bool:
        """Whether a side is chosen for each."""
        return bool(self.clashes) and all(name in self.chosen for name in self.clashes)

    def choose(self, name: str, side: str) -> None:
        """Take one side for one field."""
        if self.chosen.get(name) != side:
            self.chosen[name] = side
            self.total = None
            self.refresh()
            self.chosen_changed.emit()

    def choose_all(self, side: str) -> None:
        """Take one side for all fields."""
        wanted = dict.fromkeys(self.clashes, side)
        if wanted != self.chosen:
            self.chosen = wanted
            self.total = None
            self.refresh()
            self.chosen_changed.emit()

    def fold(self) -> None:
        """Show equal fields or hide them again."""
        self.beginResetModel()
        self.unfolded = not self.unfolded
        self._write()
        self.endResetModel()

    def refresh(self) -> None:
        """Paint anew."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 5))


def titles_of(detail: ConflictDetail, formats: Formats) -> list[tuple[str, str]]:
    """The six titles: who changed it and when stands under each side, where known."""
    view = detail.view

    def who(name: str, moment: object) -> str:
        when = formats.time(moment) if isinstance(moment, datetime) else ""
        return ", ".join(part for part in (name, when) if part)

    agreed = ""
    if detail.agreed_at is not None:
        day = formats.day(detail.agreed_at.astimezone(formats.zone).date()).rsplit(" ", 1)[0]
        agreed = f"{day} {formats.time(detail.agreed_at)}"
    return [
        (_tr("Field"), ""),
        (_tr("Last agreed"), isolate(agreed) if agreed else ""),
        (_tr("This computer"), who(detail.local_by, view.changed_locally_at)),
        (_tr("Zoho Books"), who(detail.remote_by, view.changed_remotely_at)),
        (_tr("Difference"), ""),
        (_tr("Result"), ""),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("FieldsModel", text)
