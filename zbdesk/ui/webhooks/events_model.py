"""The inbox as a table: newest first, a page at a time; new events come on top and the rest stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from zbdesk.domain.webhook_views import EventFilter, EventLine
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words

PAGE = 100
MOST_FRESH = 500
"""Lines that a refresh reads at most; where more has come, the list begins anew."""

COLUMNS = ("state", "at", "module", "record", "party", "result")
LINE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class EventsModel(QAbstractTableModel):
    """Events that fit a filter. ``settled``: an answer is here. ``failed``: it could not be read."""

    settled = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, state: DeskState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._state = bridge, state
        self.lines: list[EventLine] = []
        self.where = EventFilter()
        self._more = True
        self._asked: Question | None = None
        self._again = False

    # ---- reading -------------------------------------------------------------------------------------------------
    def set_filter(self, where: EventFilter) -> None:
        """Show other events."""
        if where == self.where:
            return
        self.where = where
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        self.beginResetModel()
        self.lines, self._more = [], True
        self.endResetModel()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is in the list, and what is newer."""
        if self._asked is not None and self._asked.open:
            self._again = True
            return
        where, limit = self.where, min(MOST_FRESH, max(PAGE, len(self.lines) + PAGE // 2))
        self._asked = self._bridge.read(
            lambda reader: reader.webhooks().lines(where, limit),
            lambda found: self._fresh(found, limit),
            owner=self,
            fail=self.failed.emit,
        )

    def canFetchMore(self, parent: Index) -> bool:
        """Whether older ones may exist."""
        busy = self._asked is not None and self._asked.open
        return not parent.isValid() and self._more and not busy and bool(self.lines)

    def fetchMore(self, parent: Index) -> None:
        """Read the next page of older ones."""
        if not self.canFetchMore(parent):
            return
        where, before = self.where, self.lines[-1].view.id
        self._asked = self._bridge.read(
            lambda reader: reader.webhooks().lines(where, PAGE, before),
            self._older,
            owner=self,
            fail=self.failed.emit,
        )

    def _fresh(self, found: list[EventLine], limit: int) -> None:
        known = {line.view.id: at for at, line in enumerate(self.lines)}
        fresh = [line for line in found if not self.lines or line.view.id > self.lines[0].view.id]
        kept = [line for line in found if line.view.id in known]
        oldest = found[-1].view.id if found else 0
        gone = any(line.view.id >= oldest for line in self.lines) and len(kept) != sum(
            line.view.id >= oldest for line in self.lines
        )
        if gone or (len(found) < limit and len(self.lines) > len(kept)) or (fresh and len(fresh) == limit):
            # Events fit no more, were pruned, or so many came that the lists do not meet: begin anew.
            self.beginResetModel()
            self.lines, self._more = list(found), len(found) == limit
            self.endResetModel()
        else:
            if fresh:
                self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
                self.lines = fresh + self.lines
                self.endInsertRows()
            self._renew(kept)
            if not known:
                self._more = len(found) == limit
        self.settled.emit()
        if self._again:
            self._again = False
            self.refresh()

    def _renew(self, kept: list[EventLine]) -> None:
        """Take what became of events that are in the list already."""
        places = {line.view.id: at for at, line in enumerate(self.lines)}
        for line in kept:
            at = places[line.view.id]
            if self.lines[at] != line:
                self.lines[at] = line
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))

    def _older(self, found: list[EventLine]) -> None:
        self._more = len(found) == PAGE
        if found:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(found) - 1)
            self.lines += found
            self.endInsertRows()
        if self._again:
            self._again = False
            self.refresh()

    # ---- showing -------------------------------------------------------------------------------------------------
    def rowCount(self, parent: Index | None = None) -> int:
        """Lines read so far."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Shape, time, module, record, party, what was done."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (
            "", self.tr("Arrived"), self.tr("Module"), self.tr("Record"), self.tr("Contact"),
            self.tr("What zbdesk did"),
        )  # fmt: skip
        return titles[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of each cell."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.text(line, COLUMNS[index.column()], spoken=role == Qt.ItemDataRole.AccessibleTextRole)
        if role == Qt.ItemDataRole.ToolTipRole:
            key = COLUMNS[index.column()]
            return self._state.formats.stamp(line.view.received_at) if key == "at" else self.text(line, key) or None
        return None

    def text(self, line: EventLine, key: str, *, spoken: bool = False) -> str:
        """The words of one cell; the shape has words for screen readers only."""
        view = line.view
        if key == "state":
            return words.result_word(view).text if spoken else ""
        if key == "at":
            return self._arrived(line)
        return {
            "module": words.module_name(view.module),
            "record": line.number or line.party or view.remote_id or "",
            "party": (line.party or "") if line.number else "",
            "result": words.result_word(view).text,
        }[key]

    def _arrived(self, line: EventLine) -> str:
        """With seconds today, since events come close together."""
        formats, at = self._state.formats, line.view.received_at
        today = self._state.now().astimezone(formats.zone).date()
        local = at.astimezone(formats.zone)
        return local.strftime("%H:%M:%S") if local.date() == today else formats.moment(at, self._state.now())
