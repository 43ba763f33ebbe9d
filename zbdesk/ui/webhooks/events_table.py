"""The table of events: painted cells, Enter for the raw view, R to have the record read again."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from zbdesk.domain.webhook_views import EventLine
from zbdesk.ui import icons, lists, painting, theme
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.webhooks import words
from zbdesk.ui.webhooks.events_model import COLUMNS, LINE, EventsModel

Index = QModelIndex | QPersistentModelIndex


class EventDelegate(QStyledItemDelegate):
    """One cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, shape or words."""
        look, key = theme.current(), COLUMNS[index.column()]
        selected, reverse, table = painting.is_selected(option), painting.is_reverse(option), self.parent()
        assert isinstance(table, QTableView)  # noqa: S101 - made by it
        rect = lists.paint_ground(painter, option, index, table)
        line: EventLine = index.data(LINE)
        word = words.result_word(line.view)
        on_selection = selected and look.is_contrast
        if key == "state":
            size = look.icon_size
            colour = look.color("on_selection" if on_selection else word.role)
            picture = icons.coloured(word.icon, colour, size, painter.device().devicePixelRatioF())
            painter.drawPixmap(rect.center().x() - size // 2 + 1, rect.center().y() - size // 2 + 1, picture)
            return
        role = word.role if key == "result" and word.role in {"problem", "attention"} else "text"
        if key in {"result", "at", "module"} and role == "text":
            role = "text2" if key == "result" else "text"
        painter.setFont(look.font("body"))
        painter.setPen(look.color("on_selection" if on_selection else role))
        inner = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        shown = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, painting.start(reverse=reverse), shown)


class EventsTable(QTableView):
    """``opened``: the raw view is wanted. ``replay_wanted``: the chosen ones are to be looked at again."""

    opened = Signal(object)
    replay_wanted = Signal()

    def __init__(self, model: EventsModel) -> None:
        super().__init__()
        self.events = model
        self.setModel(model)
        self.setItemDelegate(EventDelegate(self))
        self.setVerticalScrollBar(QuietScrollBar("base"))
        lists.set_up(self, self.tr("Webhook events"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE)))
        model.settled.connect(self._fit)
        theme.on_change(self, self._fit)

    def chosen(self) -> list[EventLine]:
        """Selected events, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.events.lines[row] for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the raw view, R reads the record again."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(LINE))
            return
        if plain and event.key() == Qt.Key.Key_R:
            self.replay_wanted.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No search through all rows."""
        del search

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same acts as the buttons."""
        if not self.chosen():
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Raw view")).triggered.connect(lambda: self.opened.emit(self.chosen()[0]))
        menu.addAction(self.tr("Read again")).triggered.connect(self.replay_wanted)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns fit anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look, model = theme.current(), self.events
        metrics = QFontMetrics(look.font("body"))
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().setFixedHeight(look.row_height)
        self.horizontalHeader().setFont(look.font("caption_strong"))
        room, sample = self.viewport().width(), model.lines[:200]
        widths = {"state": look.icon_size + look.px(5)}
        most = {"at": look.px(60), "module": look.px(40), "record": look.px(48), "result": look.px(90)}
        for key, limit in most.items():
            title = str(model.headerData(COLUMNS.index(key), Qt.Orientation.Horizontal))
            texts = [model.text(line, key) for line in sample] + [title]
            widths[key] = min(limit, max(metrics.horizontalAdvance(text) for text in texts)) + look.px(5)
        hidden = room - sum(widths.values()) < look.px(24)
        self.setColumnHidden(COLUMNS.index("party"), hidden)
        no_module = hidden and room < sum(widths.values())
        self.setColumnHidden(COLUMNS.index("module"), no_module)
        if no_module:
            del widths["module"]
        if hidden:
            others = sum(width for key, width in widths.items() if key != "result")
            widths["result"] = max(look.px(20), room - others)
        else:
            # The name and what was done share what is left; the words that say what happened come first.
            others = sum(width for key, width in widths.items() if key != "party")
            widths["party"] = max(look.px(24), min(look.px(80), room - others))
            widths["result"] += max(0, room - others - widths["party"])
        for key, width in widths.items():
            self.setColumnWidth(COLUMNS.index(key), width)
