"""A filter in words: each part that holds, and the filter without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.views import RecordFilter
from zbdesk.ui import text
from zbdesk.ui.formats import Formats
from zbdesk.ui.models.columns import Column
from zbdesk.ui.records.column_filter import AMOUNTS, CONTAINS, SPANS, period_word, without

Part = tuple[str, RecordFilter]
"""Words for a chip, and the filter that is left when it is taken away."""


def parts(where: RecordFilter, periods: Mapping[str, str], columns: Sequence[Column], formats: Formats) -> list[Part]:
    """All parts but the typed text, in a fixed order."""
    return [
        *_values(where),
        *_of_columns(where, periods, {column.key: column.title for column in columns}, formats),
        *_flags(where),
    ]


def _values(where: RecordFilter) -> Iterator[Part]:
    for status in where.statuses:
        rest = tuple(known for known in where.statuses if known != status)
        yield _tr("Status: %1").replace("%1", text.document_status(status).text), replace(where, statuses=rest)
    for code in where.currencies:
        rest = tuple(known for known in where.currencies if known != code)
        yield _tr("Currency: %1").replace("%1", code), replace(where, currencies=rest)
    for state in where.states:
        left = tuple(known for known in where.states if known != state)
        yield _tr("State: %1").replace("%1", text.record_state(state).text), replace(where, states=left)


def _of_columns(
    where: RecordFilter, periods: Mapping[str, str], titles: Mapping[str, str], formats: Formats
) -> Iterator[Part]:
    for key in (*CONTAINS, *SPANS, *AMOUNTS):
        if key in CONTAINS:
            words = f"“{getattr(where, key)}”" if getattr(where, key) else ""
        elif key in SPANS:
            first, last = (formats.date(getattr(where, name)) for name in SPANS[key])
            words = period_word(periods.get(key, "")) or _span(first, last)
        else:
            first, last = (_amount(getattr(where, name), formats) for name in AMOUNTS[key])
            words = _span(first, last)
        if words:
            label = _tr("%1: %2").replace("%1", titles.get(key, _plain_title(key))).replace("%2", words)
            yield label, without(where, key)


def _flags(where: RecordFilter) -> Iterator[Part]:
    if where.owed:
        yield _tr("Still to be paid"), replace(where, owed=False)
    if where.with_deleted:
        yield _tr("Deleted ones too"), replace(where, with_deleted=False)


def _span(start: str, end: str) -> str:
    """A span in words; empty where there is none."""
    if start and end:
        return _tr("%1 to %2").replace("%1", start).replace("%2", end)
    if start:
        return _tr("from %1").replace("%1", start)
    return _tr("up to %1").replace("%1", end) if end else ""


def _amount(value: Decimal | None, formats: Formats) -> str:
    return "" if value is None else formats.amount(value, None)


def _plain_title(key: str) -> str:
    """For a filter that came from elsewhere, on a column that this module does not have."""
    return {"date": _tr("Date"), "due_date": _tr("Due")}.get(key, key.replace("_", " ").capitalize())


def _tr(words: str) -> str:
    return QCoreApplication.translate("FilterWords", words)
