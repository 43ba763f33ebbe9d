"""What happened, newest first, a page at a time: the next one is read when its end comes into sight. And the runs."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ActivityEntry
from zbdesk.ui import icons, lists, painting, text, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.runs.list import RunsList
from zbdesk.ui.runs.words import change_lines
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import EmptyState, Label, Segmented

PAGE = 100
COLUMNS = ("kind", "text", "module", "cause", "at")
ENTRY = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class ActivityModel(QAbstractTableModel):
    """The diary, newest first; ``fetchMore`` reads what is older. ``settled``: a page is here."""

    settled = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, state: DeskState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._state = bridge, state
        self.entries: list[ActivityEntry] = []
        self._more = True
        self._reading = False

    def refresh(self) -> None:
        """Read what is newer than what is here; the rest stays where it is."""
        self._bridge.read(lambda reader: reader.activity(PAGE, None), self._newest, owner=self, fail=self._not_read)

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines read so far."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index | None = None) -> int:
        """Shape, sentence, module, cause, time."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether older lines may exist."""
        return not parent.isValid() and self._more and not self._reading and bool(self.entries)

    def fetchMore(self, parent: Index) -> None:
        """Read the next page of older lines, in the pool."""
        if not self.canFetchMore(parent):
            return
        self._reading = True
        before = self.entries[-1].id
        self._bridge.read(lambda reader: reader.activity(PAGE, before), self._older, owner=self, fail=self._not_read)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of each cell."""
        entry, key = self.entries[index.row()], COLUMNS[index.column()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            words = "\n".join([said(entry.text), *change_lines(entry.changes)])
            return self._state.formats.stamp(entry.at) if key == "at" else words
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._words(entry, key)
        return None

    def _words(self, entry: ActivityEntry, key: str) -> str:
        module = MODULES.get(entry.module) if entry.module else None
        return {
            "kind": "",
            "text": said(entry.text),
            "module": text.module_label(module.name) if module is not None else "",
            "cause": self._cause(entry.cause),
            "at": self._state.formats.moment(entry.at, self._state.now()),
        }[key]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = ("", self.tr("What happened"), self.tr("Module"), self.tr("Set off by"), self.tr("When"))
        return titles[section]

    def _cause(self, cause: str) -> str:
        return {
            "user": self.tr("a person"),
            "poll": self.tr("the timetable"),
            "webhook": self.tr("a webhook"),
            "first_sync": self.tr("the first sync"),
        }.get(cause, cause.replace("_", " "))

    def _newest(self, found: list[ActivityEntry]) -> None:
        known = self.entries[0].id if self.entries else None
        fresh = [entry for entry in found if known is None or entry.id > known]
        if known is not None and len(fresh) == PAGE:
            # So much is new that there may be a gap: begin again.
            self.beginResetModel()
            self.entries, self._more = fresh, True
            self.endResetModel()
        elif fresh:
            self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
            self.entries = fresh + self.entries
            self.endInsertRows()
        if known is None:
            self._more = len(found) == PAGE
        self.settled.emit()

    def _older(self, found: list[ActivityEntry]) -> None:
        self._reading = False
        self._more = len(found) == PAGE
        if found:
            start = len(self.entries)
            self.beginInsertRows(QModelIndex(), start, start + len(found) - 1)
            self.entries += found
            self.endInsertRows()

    def _not_read(self, error: ZbdeskError) -> None:
        self._reading = False
        self.failed.emit(error)


class EntryDelegate(QStyledItemDelegate):
    """One cell of the diary."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, shape or words."""
        now, key = theme.current(), COLUMNS[index.column()]
        rect, selected = painting.rect_of(option), painting.is_selected(option)
        if selected:
            painter.fillRect(rect, now.color("selection"))
        painter.setPen(now.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if key == "kind":
            entry: ActivityEntry = index.data(ENTRY)
            size = now.icon_size
            role = "problem" if entry.kind.startswith("problem") else "text2"
            colour = now.color("on_selection" if selected and now.is_contrast else role)
            picture = icons.coloured(text.activity_icon(entry.kind), colour, size, painter.device().devicePixelRatioF())
            painter.drawPixmap(rect.center().x() - size // 2 + 1, rect.center().y() - size // 2, picture)
            return
        painter.setFont(now.font("body"))
        role = "text" if key == "text" else "text2"
        painter.setPen(now.color("on_selection" if selected and now.is_contrast else role))
        inner = rect.adjusted(now.px(2), 0, -now.px(2), 0)
        words = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, painting.start(reverse=painting.is_reverse(option)), words)


class ActivityTable(QTableView):
    """The lines. ``opened``: Enter or a double click on a line that names a record."""

    opened = Signal(object)

    def __init__(self, model: ActivityModel) -> None:
        super().__init__()
        self._entries = model
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(self))
        lists.set_up(self, self.tr("Activity"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ENTRY)))
        model.rowsInserted.connect(self._fit)
        theme.on_change(self, self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ENTRY))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns fit anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        now = theme.current()
        metrics = QFontMetrics(now.font("body"))
        self.verticalHeader().setDefaultSectionSize(now.row_height)
        self.horizontalHeader().setFixedHeight(now.row_height)
        self.horizontalHeader().setFont(now.font("caption_strong"))
        narrow = self.viewport().width() < now.px(150)
        widths = {"kind": now.icon_size + now.px(5), "at": metrics.horizontalAdvance("30 Nov 2026 00:00") + now.px(5)}
        rows = range(min(200, len(self._entries.entries)))
        for number, key in enumerate(COLUMNS):
            if key in {"module", "cause"}:
                texts = [str(self._entries.index(row, number).data() or "") for row in rows]
                texts.append(str(self._entries.headerData(number, Qt.Orientation.Horizontal)))
                widths[key] = max(metrics.horizontalAdvance(words) for words in texts) + now.px(5)
                self.setColumnHidden(number, narrow)
                if narrow:
                    widths[key] = 0
        widths["text"] = max(now.px(20), self.viewport().width() - sum(widths.values()))
        for number, key in enumerate(COLUMNS):
            if widths[key]:
                self.setColumnWidth(number, widths[key])


class ActivityPage(QWidget):
    """Title and lines. ``record_wanted``: module and key of a record a line is about."""

    record_wanted = Signal(str, int)
    sentence = Signal(str, bool)

    def __init__(self, state: DeskState, bridge: Bridge) -> None:
        super().__init__()
        self._state = state
        self.model = ActivityModel(bridge, state, self)
        self.table = ActivityTable(self.model)
        self.empty = EmptyState(
            "history", self.tr("Nothing has happened yet"), self.tr("What zbdesk reads and does is listed here.")
        )
        now = theme.current()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.runs = RunsList(state, bridge)
        self.runs.sentence.connect(self.sentence)
        self._stack.addWidget(self.runs)
        self._view = "lines"
        head = QWidget()
        line = QVBoxLayout(head)
        line.setContentsMargins(now.px(3), now.px(3), now.px(3), now.px(3))
        line.addWidget(Label(self.tr("Activity"), "page"))
        self.views = Segmented([("lines", self.tr("What happened")), ("runs", self.tr("Runs"))], name=self.tr("View"))
        self.views.changed.connect(self.show_view)
        chooser = QHBoxLayout()
        chooser.addWidget(self.views)
        chooser.addStretch(1)
        line.addLayout(chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(holder, 1)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._failed)
        self.table.opened.connect(self._opened)
        state.changed.connect(self._state_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is new."""
        super().showEvent(event)
        self.model.refresh()

    def _state_changed(self) -> None:
        newest = self._state.overview.activity[0].id if self._state.overview and self._state.overview.activity else None
        known = self.model.entries[0].id if self.model.entries else None
        if self.isVisible() and newest is not None and newest != known:
            self.model.refresh()

    def show_view(self, view: str) -> None:
        """The lines of the diary, or the runs."""
        self._view = view
        self.views.set_value(view)
        if view == "runs":
            self._stack.setCurrentWidget(self.runs)
        else:
            self._settled()

    def _settled(self) -> None:
        if self._view == "lines":
            self._stack.setCurrentWidget(self.table if self.model.entries else self.empty)

    def _failed(self, error: ZbdeskError) -> None:
        self.empty.show_state("octagon-alert", self.tr("The activity cannot be read"), str(error), role="problem")
        if self._view == "lines":
            self._stack.setCurrentWidget(self.empty)

    def _opened(self, entry: ActivityEntry) -> None:
        if entry.module and entry.record_id is not None:
            self.record_wanted.emit(entry.module, entry.record_id)
