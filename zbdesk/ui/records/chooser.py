"""The columns of a table in a dialog: which, in which order, how wide. Everything by the keyboard too.

Changes count at once, so that they are seen in the table behind; Cancel brings back what was.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.records.dialogs import TableDialog
from zbdesk.ui.records.table import RecordsTable
from zbdesk.ui.widgets import Button, Label, announce

FIXED = frozenset({"state", "number"})
"""Columns that cannot be taken away; the state stays first."""

_KEY = int(Qt.ItemDataRole.UserRole)


class _Columns(QListWidget):
    """The list. Alt with the arrows moves a column, as in the table's own keys."""

    def __init__(self, dialog: ColumnChooser) -> None:
        super().__init__()
        self._dialog = dialog
        self.setProperty("ring", True)
        self.setAccessibleName(self.tr("Columns in their order"))
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move; Alt+Left and Alt+Right make narrower and wider; Space shows or hides."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._dialog.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif alt and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._dialog.widen(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)


class ColumnChooser(TableDialog):
    """Which columns the table shows, and how."""

    def __init__(self, parent: QWidget, table: RecordsTable, model: RecordsModel) -> None:
        super().__init__(parent, QCoreApplication.translate("ColumnChooser", "Columns"), width=110)
        now = theme.current()
        self._table, self._model = table, model
        self._before = (set(table.hidden_by_user), table.chosen_widths(), table.column_order())
        self.list = _Columns(self)
        self.up = Button(self.tr("Move &up"), icon="arrow-up")
        self.down = Button(self.tr("Move &down"), icon="arrow-down")
        self.wider = Button(self.tr("&Wider"), icon="plus")
        self.narrower = Button(self.tr("&Narrower"), icon="minus")
        buttons = QVBoxLayout()
        buttons.setSpacing(now.px(2))
        for button, then in (
            (self.up, lambda: self.move_by(-1)),
            (self.down, lambda: self.move_by(1)),
            (self.wider, lambda: self.widen(1)),
            (self.narrower, lambda: self.widen(-1)),
        ):
            button.clicked.connect(then)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(now.px(3))
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        self.body.addLayout(row, 1)
        self.body.addWidget(
            Label(
                self.tr("Space shows or hides, Alt with the arrow keys moves and resizes."),
                "caption",
                "text2",
                wrap=True,
            )
        )
        self.reset = self.add_verb(self.tr("&As they came"), at_start=True)
        self.reset.clicked.connect(self._reset)
        self.done_button = self.add_verb(self.tr("&Done"), primary=True)
        self.done_button.clicked.connect(self.accept)
        self.rejected.connect(self._take_back)
        self.list.itemChanged.connect(self._checked)
        self.list.currentRowChanged.connect(self._show_possible)
        self._fill("")
        self.list.setMinimumHeight(now.row_height * min(10, self.list.count() + 1))
        self.list.setFocus()

    def _fill(self, current: str) -> None:
        columns = {column.key: column for column in self._model.columns}
        self.list.blockSignals(True)
        self.list.clear()
        for key in self._table.column_order():
            item = QListWidgetItem(columns[key].title)
            item.setData(_KEY, key)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags if key in FIXED else flags | Qt.ItemFlag.ItemIsUserCheckable)
            shown = key not in self._table.hidden_by_user
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        keys = self._table.column_order()
        self.list.setCurrentRow(keys.index(current) if current in keys else min(1, len(keys) - 1))
        self._show_possible()

    def _checked(self, item: QListWidgetItem) -> None:
        column = next(column for column in self._model.columns if column.key == item.data(_KEY))
        self._table.show_column(column, shown=item.checkState() == Qt.CheckState.Checked)

    def move_by(self, by: int) -> None:
        """Move the chosen column; the first one stays where it is."""
        row = self.list.currentRow()
        if row < 1 or not 1 <= row + by < self.list.count():
            return
        key = str(self.list.item(row).data(_KEY))
        self._table.move_column(key, row + by)
        self._fill(key)
        announce(self.list, self.tr("%1 of %2").replace("%1", str(row + by + 1)).replace("%2", str(self.list.count())))

    def widen(self, by: int) -> None:
        """Make the chosen column a step wider or narrower."""
        item = self.list.currentItem()
        if item is not None:
            width = self._table.widen_column(str(item.data(_KEY)), by)
            announce(self.list, self.tr("Width %1").replace("%1", str(width)))

    def _show_possible(self, _row: int = 0) -> None:
        row = self.list.currentRow()
        self.up.setEnabled(row > 1)
        self.down.setEnabled(0 < row < self.list.count() - 1)

    def _reset(self) -> None:
        self._table.reset_columns()
        self._fill("")

    def _take_back(self) -> None:
        hidden, widths, order = self._before
        self._table.hidden_by_user = hidden
        self._table.restore_columns(widths, order)
