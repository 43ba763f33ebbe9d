"""How a person has arranged one table: which columns, how wide, in which order, and how much room the details take.

Written down a moment after the last change and taken up at the next opening.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from zbdesk.ui.models.columns import Column
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.records.table import RecordsTable

KEEP_REST = 400
"""Milliseconds after the last drag before widths are written down."""


class Arrangement(QTimer):
    """The columns and the splitter of one module's table. It is the timer of its own rest.

    ``name``: the organization and the module that they are kept for.
    """

    def __init__(
        self, page: QWidget, name: str, preferences: Preferences, table: RecordsTable, splitter: QSplitter
    ) -> None:
        super().__init__(page)
        self._name, self._preferences, self._table, self._splitter = name, preferences, table, splitter
        self.setSingleShot(True)
        self.setInterval(KEEP_REST)
        self.timeout.connect(self.keep)
        table.columns_changed.connect(self.moved)
        splitter.splitterMoved.connect(self.moved)

    def load(self, columns: RecordsModel) -> None:
        """Arrange the table as it was left; what is not known any more is left out."""
        words = self._preferences.words
        hidden = words(f"columns/{self._name}")
        if hidden is not None:
            self._table.hidden_by_user = {column.key for column in columns.columns} & set(hidden)
        widths = dict(_width(word) for word in words(f"widths/{self._name}") or ())
        self._table.restore_columns(widths, words(f"order/{self._name}") or ())
        sides = self._preferences.state(f"splitter/{self._name}")
        if sides is not None:
            self._splitter.restoreState(sides)
            self._splitter.setHandleWidth(1)

    def keep(self) -> None:
        """Write down how it stands."""
        self.stop()
        name, widths = self._name, self._table.chosen_widths()
        self._preferences.keep_words(f"columns/{name}", sorted(self._table.hidden_by_user))
        self._preferences.keep_words(f"widths/{name}", [f"{key}={width}" for key, width in sorted(widths.items())])
        self._preferences.keep_words(f"order/{name}", self._table.column_order())
        self._preferences.keep_state(f"splitter/{name}", self._splitter.saveState())

    def moved(self, *_: object) -> None:
        """Something was dragged; more of it may follow."""
        self.start()

    def menu(self, columns: RecordsModel, parent: QWidget) -> QMenu:
        """All columns with check marks; the state and the name cannot be taken away."""
        menu = QMenu(parent)
        for column in columns.columns:
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(column.key not in self._table.hidden_by_user)
            action.setEnabled(column.key not in {"state", "number"})
            action.toggled.connect(lambda on, column=column: self.show_column(column, shown=on))
            menu.addAction(action)
        menu.addSeparator()
        back = QAction(self.tr("As they came"), menu)
        back.triggered.connect(self._reset)
        menu.addAction(back)
        return menu

    def show_column(self, column: Column, *, shown: bool) -> None:
        """A person's choice, kept at once."""
        self._table.show_column(column, shown=shown)
        self.keep()

    def _reset(self) -> None:
        self._table.reset_columns()
        self.keep()


def _width(word: str) -> tuple[str, int]:
    """One remembered width, ``party=240``; what cannot be read is none."""
    key, _, width = word.partition("=")
    return key, int(width) if width.isdecimal() else 0
