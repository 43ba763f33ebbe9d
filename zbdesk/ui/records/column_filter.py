"""The filter of one column: text that must occur, a span of days by name or by hand, a span of amounts.

Knows the filter's fields by the column's key. Invariant: nothing half understood becomes a filter; a field that cannot
be read says why and stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.domain.money import to_scaled
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.editing.inputs import AmountInput, ChoiceInput, DateInput, WordsInput
from zbdesk.ui.formats import Formats
from zbdesk.ui.models.columns import Column, Kind
from zbdesk.ui.records.dialogs import TableDialog
from zbdesk.ui.records.periods import PERIODS, span
from zbdesk.ui.widgets import FormField

CONTAINS = ("number", "party", "reference")
SPANS = {"date": ("date_from", "date_to"), "due_date": ("due_from", "due_to")}
AMOUNTS = {"total": ("total_from", "total_to"), "balance": ("balance_from", "balance_to")}
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What names of periods mean today: the organization's day, and the month in which its year begins."""

    today: date
    fiscal_start: int = 1


def can_filter(column: Column) -> bool:
    """Whether the column has a filter of its own besides the values that occur."""
    return column.key in CONTAINS or column.key in SPANS or column.key in AMOUNTS


def period_word(period: str) -> str:
    """The period's name for people."""
    return {
        "today": _tr("today"),
        "last_7_days": _tr("last 7 days"),
        "last_30_days": _tr("last 30 days"),
        "this_month": _tr("this month"),
        "last_month": _tr("last month"),
        "this_quarter": _tr("this quarter"),
        "last_quarter": _tr("last quarter"),
        "this_year": _tr("this fiscal year"),
        "last_year": _tr("last fiscal year"),
    }.get(period, "")


def without(where: RecordFilter, key: str) -> RecordFilter:
    """The filter without what holds for one column."""
    if key in CONTAINS:
        return _with(where, {key: ""})
    return _with(where, dict.fromkeys((SPANS | AMOUNTS)[key], None))


def resolved(where: RecordFilter, periods: Mapping[str, str], calendar: Calendar) -> RecordFilter:
    """The filter with the days that these periods mean today."""
    for key, period in periods.items():
        if key in SPANS and period in PERIODS:
            first, last = SPANS[key]
            days = span(period, calendar.today, calendar.fiscal_start)
            where = _with(where, {first: days[0], last: days[1]})
    return where


def _with(where: RecordFilter, values: Mapping[str, object]) -> RecordFilter:
    return replace(where, **cast("dict[str, Any]", values))


class ColumnFilterDialog(TableDialog):
    """Asks for the filter of one column. ``chosen(RecordFilter, period)``: the period's name, or nothing."""

    chosen = Signal(object, str)

    def __init__(
        self, parent: QWidget, column: Column, where: RecordFilter, period: str, *, formats: Formats, calendar: Calendar
    ) -> None:
        super().__init__(parent, _tr("Filter by %1").replace("%1", column.title))
        self._column, self._where, self._formats, self._calendar = column, where, formats, calendar
        self.fields: list[FormField] = []
        self.period: ChoiceInput | None = None
        if column.kind is Kind.DATE:
            self._ask_days(period)
        elif column.kind is Kind.MONEY:
            self._ask_amounts()
        else:
            self._ask_words()
        remove = self.add_verb(_tr("&Remove filter"), at_start=True)
        remove.clicked.connect(self._remove)
        self.apply = self.add_verb(_tr("&Apply"), primary=True)
        self.apply.clicked.connect(self._apply)
        self.fields[0].editor.setFocus()

    def _ask_words(self) -> None:
        editor = WordsInput()
        editor.set_value(getattr(self._where, self._column.key))
        self._add(_tr("&Contains"), editor, _tr("All words must occur, in any order; case and accents do not matter."))

    def _ask_days(self, period: str) -> None:
        choices = ((_tr("Chosen days"), CUSTOM), *((period_word(name).capitalize(), name) for name in PERIODS))
        self.period = ChoiceInput(choices, _tr("Period"))
        first, last = (getattr(self._where, name) for name in SPANS[self._column.key])
        self.period.set_value(period or CUSTOM)
        self.period.edited.connect(self._period_chosen)
        self._add(_tr("&Period"), self.period)
        for words, value in ((_tr("&From"), first), (_tr("&To"), last)):
            editor = DateInput(self._formats, self._calendar.today)
            editor.set_value(value)
            editor.edited.connect(self._days_typed)
            self._add(words, editor, _tr("Empty: open on this side."))

    def _ask_amounts(self) -> None:
        for words, name in zip((_tr("&From"), _tr("&To")), AMOUNTS[self._column.key], strict=True):
            editor = AmountInput(self._formats, None, places=6)
            editor.set_value(getattr(self._where, name))
            self._add(words, editor, _tr("In each record's own currency. Empty: open on this side."))

    def _add(self, words: str, editor: QWidget, help_text: str = "") -> None:
        found = FormField(words, editor, help_text)
        self.fields.append(found)
        self.body.addWidget(found)

    def _period_chosen(self) -> None:
        """The days that the name means stand in the fields, so that nobody has to guess."""
        assert self.period is not None  # noqa: S101 - its own signal
        name = str(self.period.value)
        if name in PERIODS:
            days = span(name, self._calendar.today, self._calendar.fiscal_start)
            for found, day in zip(self.fields[1:], days, strict=True):
                found.editor.set_value(day)  # type: ignore[attr-defined]
                found.set_error("")

    def _days_typed(self) -> None:
        if self.period is not None:
            self.period.set_value(CUSTOM)

    def _apply(self) -> None:
        for found in self.fields:
            found.set_error(str(getattr(found.editor, "problem", "")))
        wrong = [found for found in self.fields if found.error]
        if not wrong:
            wrong = self._wrong_span()
        if wrong:
            wrong[0].editor.setFocus()
            return
        values = [getattr(found.editor, "value", None) for found in self.fields]
        key, period = self._column.key, ""
        if key in CONTAINS:
            where = _with(self._where, {key: str(values[0] or "")})
        elif self.period is not None:
            period = str(values[0]) if values[0] in PERIODS else ""
            where = _with(self._where, dict(zip(SPANS[key], values[1:], strict=True)))
        else:
            where = _with(self._where, dict(zip(AMOUNTS[key], values, strict=True)))
        self.chosen.emit(where, period)
        self.accept()

    def _wrong_span(self) -> list[FormField]:
        if self._column.key in CONTAINS:
            return []
        first, last = self.fields[-2:]
        ends = [getattr(found.editor, "value", None) for found in (first, last)]
        for found, end in zip((first, last), ends, strict=True):
            if isinstance(end, Decimal) and not _storable(end):
                found.set_error(_tr("No record can hold such an amount."))
                return [found]
        if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
            last.set_error(_tr("This end lies before the beginning."))
            return [last]
        return []

    def _remove(self) -> None:
        self.chosen.emit(without(self._where, self._column.key), "")
        self.accept()


def _storable(amount: Decimal) -> bool:
    try:
        to_scaled(amount)
    except ValueError:
        return False
    return True


def _tr(words: str) -> str:
    return QCoreApplication.translate("ColumnFilter", words)
