"""The panel of modules: one line each, as high as its lines, so that the page scrolls and not the table in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from zbdesk.ui import icons, lists, painting, theme
from zbdesk.ui.models.modules import COLUMNS, ROW, ModuleRow, ModulesModel, Stage
from zbdesk.ui.state import DeskState
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import Panel

_SHAPES = {
    Stage.DONE: ("circle-check", "ok"),
    Stage.READING: ("refresh-cw", "accent_text"),
    Stage.NEXT: ("circle", "text2"),
    Stage.WAITS: ("circle", "text2"),
    Stage.OFF: ("lock", "attention"),
}
Index = QModelIndex | QPersistentModelIndex


class ModuleDelegate(QStyledItemDelegate):
    """One cell of the table of modules."""

    hovered = -1

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, and the cell's content."""
        now, row, key = theme.current(), index.data(ROW), COLUMNS[index.column()]
        rect, reverse = painting.rect_of(option), painting.is_reverse(option)
        if painting.is_selected(option) and self._view.hasFocus():
            painter.fillRect(rect, now.color("selection"))
        elif index.row() == self.hovered and row.name:
            painter.fillRect(rect, now.color("hover"))
        painter.setPen(now.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if key == "state":
            name, role = _SHAPES[row.stage]
            size = now.icon_size
            picture = icons.pixmap(name, role, size, painter.device().devicePixelRatioF())
            painter.drawPixmap(rect.center().x() - size // 2 + 1, rect.center().y() - size // 2, picture)
        elif key == "progress":
            self._bar(painter, rect, row, reverse=reverse)
        else:
            self._text(painter, rect, row, key, str(index.data() or ""), reverse=reverse)

    def _text(self, painter: QPainter, rect: QRect, row: ModuleRow, key: str, words: str, *, reverse: bool) -> None:
        now = theme.current()
        painter.setFont(now.font("strong" if key == "label" and row.stage is Stage.READING else "body"))
        role = "text" if key in {"label", "here"} else "text2"
        painter.setPen(now.color("attention" if row.stage is Stage.OFF and key == "as_of" else role))
        inner = rect.adjusted(now.px(2), 0, -now.px(2), 0)
        if key == "label":
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        flags = painting.RIGHT if key in {"here", "there"} else painting.start(reverse=reverse)
        painter.drawText(inner, flags, words)

    def _bar(self, painter: QPainter, rect: QRect, row: ModuleRow, *, reverse: bool) -> None:
        if row.stage is not Stage.READING or not row.expected:
            return
        now = theme.current()
        height = now.px(1.5)
        box = QRectF(rect.left() + now.px(2), rect.center().y() - height / 2, rect.width() - now.px(4), height)
        rounded(painter, box, height / 2, now.color("line"), None)
        share = min(1.0, row.here / row.expected)
        width = max(box.width() * share, height)
        left = box.right() - width if reverse else box.left()
        rounded(painter, QRectF(left, box.top(), width, height), height / 2, now.color("accent"), None)


class ModulesTable(QTableView):
    """The lines. ``opened``: a person wants to see that module's records."""

    opened = Signal(str)

    def __init__(self, model: ModulesModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self._delegate = ModuleDelegate(self)
        self.setItemDelegate(self._delegate)
        lists.plain(self, self.tr("Modules"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        header.setSectionsClickable(False)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._clicked)
        model.modelReset.connect(self._fit)
        model.dataChanged.connect(self._fit_columns)
        theme.on_change(self, self._fit)

    def _clicked(self, index: QModelIndex) -> None:
        name = self._rows.rows[index.row()].name
        if name:
            self.opened.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the module."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        super().mouseMoveEvent(event)
        self._delegate.hovered = self.rowAt(int(event.position().y()))
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """No row any more."""
        super().leaveEvent(event)
        self._delegate.hovered = -1
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns fit anew."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit(self) -> None:
        now = theme.current()
        self.verticalHeader().setDefaultSectionSize(now.row_height)
        self.horizontalHeader().setFixedHeight(now.row_height)
        self.horizontalHeader().setFont(now.font("caption_strong"))
        self.setFixedHeight(now.row_height * (len(self._rows.rows) + 1))
        self._fit_columns()

    def _fit_columns(self) -> None:
        now = theme.current()
        metrics = QFontMetrics(now.font("body"))
        widths = {"state": now.icon_size + now.px(5)}
        for number, key in enumerate(COLUMNS):
            if key in {"here", "there", "as_of"}:
                title = str(self._rows.headerData(number, Qt.Orientation.Horizontal) or "")
                texts = [
                    title,
                    *(str(self._rows.index(row, number).data() or "") for row in range(len(self._rows.rows))),
                ]
                widths[key] = max(metrics.horizontalAdvance(text) for text in texts) + now.px(5)
        reading = self._rows.bars and any(row.stage is Stage.READING and row.expected for row in self._rows.rows)
        widths["progress"] = now.px(24) if reading else 0
        widths["label"] = max(now.px(20), self.viewport().width() - sum(widths.values()))
        for number, key in enumerate(COLUMNS):
            self.setColumnHidden(number, not widths[key])
            if widths[key]:
                self.setColumnWidth(number, widths[key])

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible: names are elided."""
        return QSize(theme.current().px(60), self.height())


class ModulesPanel(Panel):
    """All chosen modules. ``opened``: a module's name."""

    opened = Signal(str)

    def __init__(self, state: DeskState) -> None:
        super().__init__(self.tr("Modules"), self.tr("Choose modules"), padded=False)
        self._model = ModulesModel(state, self)
        self.table = ModulesTable(self._model)
        self.table.opened.connect(self.opened)
        self.body.setSpacing(0)
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Take what the state says now."""
        self._model.refresh()
