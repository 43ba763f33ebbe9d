"""One line of a table, written out: made in the pool thread so that painting only draws ready text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordView
from zbdesk.ui import text
from zbdesk.ui.formats import Formats, decimals_of
from zbdesk.ui.models.columns import Column, Kind


class Cell(NamedTuple):
    """Ready text; ``icon`` and ``role`` for states and statuses; ``missing`` decimals to pad an amount with."""

    text: str
    icon: str = ""
    role: str = "text"
    missing: int = 0


class Row(NamedTuple):
    """One record: its key, its state and a cell a column."""

    id: int
    state: RecordState
    cells: tuple[Cell, ...]


_EMPTY = Cell("")


class RowWriter:
    """Writes records of one table. ``places`` is the most decimals any amount of the module's currencies has."""

    def __init__(self, columns: Sequence[Column], formats: Formats, places: int = 2) -> None:
        self._columns = tuple(columns)
        self._formats = formats
        self._places = places
        self._writers: dict[Kind, Callable[[RecordView, Column], Cell]] = {
            Kind.STATE: self._state,
            Kind.STATUS: self._status,
            Kind.CODE: self._code,
            Kind.DATE: self._date,
            Kind.STAMP: self._stamp,
            Kind.MONEY: self._money,
        }

    def rows(self, views: Sequence[RecordView]) -> list[Row]:
        """All of them, in the order given."""
        return [Row(view.id, view.state, tuple(self._cell(view, column) for column in self._columns)) for view in views]

    def _cell(self, view: RecordView, column: Column) -> Cell:
        writer = self._writers.get(column.kind)
        if writer is not None:
            return writer(view, column)
        value = str(getattr(view, column.key) or "")
        return Cell(value.replace("_", " ").capitalize() if column.coded else value)

    @staticmethod
    def _state(view: RecordView, _column: Column) -> Cell:
        word = text.record_state(view.state)
        if view.unconfirmed:
            # Another shape in the place of the state's, and the words of both: a tooltip, and what is read out.
            return Cell(text.unconfirmed(word), "radio", "accent_text")
        return Cell(word.text, word.icon, word.role)

    @staticmethod
    def _status(view: RecordView, _column: Column) -> Cell:
        word = text.document_status(view.status)
        return Cell(word.text, word.icon, word.role)

    @staticmethod
    def _code(view: RecordView, _column: Column) -> Cell:
        return Cell(view.currency or "", role="text2")

    def _date(self, view: RecordView, column: Column) -> Cell:
        return Cell(self._formats.date(getattr(view, column.key)))

    def _stamp(self, view: RecordView, _column: Column) -> Cell:
        return Cell(self._formats.stamp(view.modified_at)) if view.modified_at is not None else _EMPTY

    def _money(self, view: RecordView, column: Column) -> Cell:
        value = getattr(view, column.key)
        if value is None:
            return _EMPTY
        figure = self._formats.amount(value, view.currency)
        return Cell(figure, missing=max(0, self._places - self._formats.decimals_shown(figure)))


def places_of(currencies: Sequence[str]) -> int:
    """The most decimals among these currencies: where the decimal point stands in a mixed column."""
    return max((decimals_of(code) for code in currencies), default=2)
