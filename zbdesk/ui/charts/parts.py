"""What all charts are made of: a part that can be reached, read out and pressed, and the table behind a chart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QBrush, QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from PySide6.QtWidgets import QDialogButtonBox as Buttons

from zbdesk.ui import theme
from zbdesk.ui.formats import spoken
from zbdesk.ui.widgets import Panel

LEAST = 2.0
"""Pixels of the smallest bar that is not zero."""

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Headings and rows."""


class Part(QAbstractButton):
    """One bar or block of a chart: a button whose name says what it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: Sequence[Part] = (self,)
        """The parts of its chart."""

        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @staticmethod
    def join(parts: Sequence[Part]) -> None:
        """Make one stop for Tab of the parts of a chart; arrows, Home and End go from one to the other."""
        for at, part in enumerate(parts):
            part.row = parts
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus if at else Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what Space opens; arrows move within the chart."""
        key, mirrored = event.key(), self.isRightToLeft()
        onward = {Qt.Key.Key_Down, Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right}
        back = {Qt.Key.Key_Up, Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left}
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif key in onward | back | {Qt.Key.Key_Home, Qt.Key.Key_End}:
            shown = [part for part in self.row if part.isVisibleTo(self.window())]
            at = shown.index(self) + (1 if key in onward else -1)
            at = 0 if key == Qt.Key.Key_Home else len(shown) - 1 if key == Qt.Key.Key_End else at
            if 0 <= at < len(shown):
                shown[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes back to the part that was left."""
        for part in self.row:
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus if part is self else Qt.FocusPolicy.NoFocus)
        super().focusInEvent(event)

    def say(self, words: str) -> None:
        """What a screen reader says and a tooltip shows."""
        self.setAccessibleName(spoken(words))
        self.setToolTip(words)


def bar(painter: QPainter, box: QRectF, role: str) -> None:
    """A filled bar in the colour of ``role``."""
    painter.fillRect(box, theme.current().color(role))


def hatched(painter: QPainter, box: QRectF) -> None:
    """The bar that asks for attention: lines on its tint, so that it differs without its colour."""
    now = theme.current()
    painter.fillRect(box, now.color("attention_tint"))
    line = QColor(now.color("attention_line"))
    painter.save()
    painter.setClipRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1.5))
    reach = box.height()
    left = box.left() - reach
    while left < box.right():
        painter.drawLine(int(left), int(box.bottom()), int(left + reach), int(box.top()))
        left += 5
    painter.restore()
    painter.setPen(QPen(line, 1))
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


class ChartPanel(Panel):
    """A panel with a chart. Its context menu shows the same figures as a table. ``opened``: what was clicked on."""

    opened = Signal(object)

    def __init__(self, title: str, link: str | None = None) -> None:
        super().__init__(title, link)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def table(self) -> Table:
        """The chart's figures in words."""
        raise NotImplementedError

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(self.tr("Show as table"), menu)
        action.triggered.connect(self.show_table)
        menu.addAction(action)
        menu.popup(self.mapToGlobal(place))

    def show_table(self) -> QDialog:
        """Open the figures as a table."""
        dialog = _FiguresDialog(self.window(), self.accessibleName(), self.table())
        dialog.open()
        return dialog


class _FiguresDialog(QDialog):
    """The figures of a chart as a plain table."""

    def __init__(self, parent: QWidget, title: str, table: Table) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        now = theme.current()
        headings, rows = table
        view = QTableWidget(len(rows), len(headings), self)
        view.setAccessibleName(title)
        view.setHorizontalHeaderLabels(list(headings))
        view.verticalHeader().hide()
        view.setShowGrid(False)
        view.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                side = Qt.AlignmentFlag.AlignLeading if column == 0 else Qt.AlignmentFlag.AlignTrailing
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                view.setItem(row, column, item)
        buttons = Buttons(Buttons.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(now.px(4), now.px(4), now.px(4), now.px(4))
        column_box.addWidget(view)
        column_box.addWidget(buttons)
        self.resize(now.px(130), now.px(110))
