"""What the status bar says of a selection: how many, and what they come to per currency."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.models.columns import amount_key
from zbdesk.ui.models.records import RecordsModel
from zbdesk.ui.records.table import RecordsTable
from zbdesk.ui.state import DeskState

REST = 80
"""Milliseconds without a change before sums are read."""


class Selected(QObject):
    """Sums per currency, never across. ``sentence``: the words, and whether they are the selection's."""

    sentence = Signal(str, bool)

    def __init__(self, table: RecordsTable, model: RecordsModel, state: DeskState, bridge: Bridge) -> None:
        super().__init__(table)
        self._table, self._model, self._state, self._bridge = table, model, state, bridge
        self._question: Question | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._read)
        table.selection_changed.connect(self._rest.start)

    def say(self) -> None:
        """The number alone, or nothing."""
        if not self._table.window().isVisible() or not self._table.parentWidget():
            return
        count = self._table.selected_count()
        words = self.tr("%1 selected").replace("%1", self._state.formats.count(count)) if count > 1 else ""
        self.sentence.emit(words, count > 1)

    def _read(self) -> None:
        if self._question is not None:
            self._question.cancel()
        key, count = amount_key(self._model.module), self._table.selected_count()
        if key is None or count < 2 or not self._model.module.currency_field:
            self.say()
            return
        ids = self._table.selected_ids()
        self._question = self._bridge.read(
            lambda reader: reader.totals(ids, key), partial(self._show, count, key), owner=self
        )

    def _show(self, count: int, key: str, totals: dict[str, Decimal]) -> None:
        formats = self._state.formats
        chosen = self.tr("%1 selected").replace("%1", formats.count(count))
        title = next(column.title for column in self._model.columns if column.key == key)
        sums = " · ".join(formats.money(totals[code], code) for code in sorted(totals))
        self.sentence.emit(f"{chosen}   {title}: {sums}" if sums else chosen, True)
