"""The list of conflicts: filtered and ordered in memory, written out only where a row is painted.

Thousands of rows cost one pass over plain values per change of the filter. Must not decide anything. Invariant: what is
checked stays checked through refreshes as long as the conflict exists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from zbdesk.domain.views import ConflictView

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class ConflictFilter:
    """Which conflicts are listed. Empty means all."""

    text: str = ""
    modules: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Any of these differs."""

    least: Decimal | None = None
    """At least this much is at stake, in the record's own currency."""

    days: int | None = None
    """Open for at least so many days."""

    def fits(self, view: ConflictView, now: datetime) -> bool:
        """Whether the conflict is listed."""
        if self.modules and view.module not in self.modules:
            return False
        if self.fields and not any(field.name in self.fields for field in view.fields):
            return False
        if self.least is not None and (view.amount or Decimal(0)) < self.least:
            return False
        if self.days is not None and now - view.since < timedelta(days=self.days):
            return False
        wanted = self.text.casefold()
        return not wanted or wanted in f"{view.number or ''} {view.party or ''}".casefold()


class ConflictsModel(QAbstractListModel):
    """Conflicts that fit the filter. ``checked_changed``: other ones are checked."""

    checked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ConflictView] = []
        self._rows: list[ConflictView] = []
        self._places: dict[int, int] = {}
        self._checked: set[int] = set()
        self.settling: set[int] = set()
        """Sent to the sync thread; they leave the list when the database says so."""

        self.where = ConflictFilter()
        self.order = "amount"

    # ---- Qt ------------------------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = _TOP) -> int:
        """How many fit."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The words for screen readers and the check; everything seen is painted by the delegate."""
        if not index.isValid():
            return None
        view = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (view.number, view.party) if part)
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if view.id in self._checked else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Check or uncheck."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.check([self._rows[index.row()].id], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Selectable, and checkable for acts on many."""
        flags = Qt.ItemFlag
        if not index.isValid():
            return flags.NoItemFlags
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsUserCheckable | flags.ItemNeverHasChildren

    # ---- what is listed ------------------------------------------------------------------------------------------
    def replace(self, views: Sequence[ConflictView], now: datetime) -> None:
        """What the database holds now."""
        self._all = list(views)
        known = {view.id for view in self._all}
        self._checked &= known
        self.settling &= known
        self.refilter(now)

    def refilter(self, now: datetime) -> None:
        """Work out the rows anew from filter and order."""
        rows = [view for view in self._all if self.where.fits(view, now)]
        if self.order == "amount":
            rows.sort(key=lambda view: (-_weight(view), view.number or "", view.id))
        else:
            rows.sort(key=lambda view: (view.since, view.id), reverse=self.order == "newest")
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self._places = {view.id: at for at, view in enumerate(rows)}
        self.endResetModel()
        self.checked_changed.emit()

    def view_at(self, row: int) -> ConflictView | None:
        """The conflict in this row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: int | None) -> int:
        """Where it stands, -1 where it is not listed."""
        return -1 if key is None else self._places.get(key, -1)

    @property
    def everything(self) -> Sequence[ConflictView]:
        """All conflicts, whatever the filter."""
        return self._all

    @property
    def listed(self) -> Sequence[ConflictView]:
        """The ones that fit, in order."""
        return self._rows

    # ---- checks --------------------------------------------------------------------------------------------------
    def check(self, keys: Iterable[int], *, on: bool) -> None:
        """Check or uncheck these."""
        before = len(self._checked)
        (self._checked.update if on else self._checked.difference_update)(keys)
        if len(self._checked) != before:
            self._repaint()
            self.checked_changed.emit()

    def is_checked(self, key: int) -> bool:
        """Whether it is checked."""
        return key in self._checked

    def checked(self) -> tuple[int, ...]:
        """Keys of the checked ones that are listed, in order: what cannot be seen is never acted on."""
        return tuple(view.id for view in self._rows if view.id in self._checked)

    def mark_settling(self, keys: Collection[int], *, on: bool) -> None:
        """These are on their way to being settled, or after all not."""
        (self.settling.update if on else self.settling.difference_update)(keys)
        if on:
            self.check(keys, on=False)
        self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    # ---- sums ----------------------------------------------------------------------------------------------------
    def at_stake(self) -> list[tuple[str, Decimal]]:
        """Sums of the listed ones per currency, never across; the currencies with most conflicts first."""
        sums: dict[str, Decimal] = {}
        often: Counter[str] = Counter()
        for view in self._rows:
            if view.amount and view.currency:
                sums[view.currency] = sums.get(view.currency, Decimal(0)) + view.amount
                often[view.currency] += 1
        return [(code, sums[code]) for code, _ in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))]

    def modules(self) -> list[tuple[str, int]]:
        """Modules that occur, with how often."""
        return _counted(view.module for view in self._all)

    def fields(self) -> list[tuple[str, int]]:
        """Fields that differ somewhere, with how often."""
        return _counted(field.name for view in self._all for field in view.fields)

    def alike(self) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Groups of conflicts about exactly the same fields, the largest first."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for view in self._all:
            groups.setdefault(tuple(sorted(field.name for field in view.fields)), []).append(view.id)
        ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return [(names, tuple(keys)) for names, keys in ordered]


def _weight(view: ConflictView) -> Decimal:
    """What the order goes by: the amount in the organization's currency where its rate is known."""
    return view.base_amount if view.base_amount is not None else view.amount or Decimal(0)


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
