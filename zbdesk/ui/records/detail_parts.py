"""Parts of the detail pane: what waits to leave, payments and credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from zbdesk.domain.status import RecordState
from zbdesk.domain.views import FieldChange, PlannedWrite, RecordView
from zbdesk.ui import theme
from zbdesk.ui.formats import Formats, isolate
from zbdesk.ui.records.payload import Applied, Payload, credits_of, given_to, payments_of
from zbdesk.ui.runs.words import change_lines
from zbdesk.ui.widgets import Button, Elided, Hairline, Label

if TYPE_CHECKING:
    from zbdesk.ui.records.detail import DetailPane

MOST = 30
"""Payments or fields that are listed; the rest stands in Zoho Books and in the form."""

WAITING = frozenset({RecordState.PENDING, RecordState.CONFLICT, RecordState.PROBLEM})
"""States in which something of ours may still be taken back."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def pending_part(
    pane: DetailPane, view: RecordView, planned: Sequence[PlannedWrite], formats: Formats
) -> list[QWidget]:
    """What is to leave, field by field from Zoho's value to ours, and the button that takes it back."""
    if view.state not in WAITING or not planned:
        return []
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(1.5))
    column.addWidget(Label(_what(planned[0]), "strong", wrap=True))
    fields = [
        FieldChange(name, _text(theirs, formats), _text(ours, formats)) for name, theirs, ours in planned[0].fields
    ]
    for line in change_lines(fields[:MOST]):
        column.addWidget(Label(line, "body", wrap=True, selectable=True))
    if len(fields) > MOST:
        column.addWidget(Label(_tr("and %1 more fields").replace("%1", str(len(fields) - MOST)), "body", "text2"))
    cancel = Button(_tr("Take &back"), icon="undo-2")
    cancel.setAccessibleDescription(_tr("Nothing of it has left; the record is again as both sides last agreed."))
    cancel.clicked.connect(lambda: pane.cancel_wanted.emit(view.id))
    column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignLeading)
    return [Hairline(), holder]


def money_parts(payload: Payload, view: RecordView, formats: Formats) -> list[QWidget]:
    """Payments, credits, and what this one was put on: number, day, amount."""
    found: list[QWidget] = []
    for title, applied in (
        (_tr("Payments"), payments_of(payload)),
        (_tr("Applied credits"), credits_of(payload)),
        (_tr("Put on"), given_to(payload)),
    ):
        if applied:
            found += [Hairline(), _applied(title, applied, view, formats)]
    return found


def grid_in(holder: QWidget, *, across: float, down: float, wide: int) -> QGridLayout:
    """A grid without margins. ``across``, ``down``: its gaps in steps; ``wide``: the column that takes what is left."""
    grid = QGridLayout(holder)
    now = theme.current()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(now.px(across))
    grid.setVerticalSpacing(now.px(down))
    grid.setColumnStretch(wide, 1)
    return grid


def _applied(title: str, applied: Sequence[Applied], view: RecordView, formats: Formats) -> QWidget:
    holder = QWidget()
    grid = grid_in(holder, across=2, down=1.5, wide=0)
    grid.addWidget(Label(title, "strong"), 0, 0, 1, 3)
    for at, one in enumerate(applied[:MOST], 1):
        grid.addWidget(Elided(isolate(one.what) if one.what else title), at, 0)
        grid.addWidget(Label(formats.date(one.date), "body", "text2"), at, 1, _RIGHT)
        grid.addWidget(Label(formats.amount(one.amount, view.currency)), at, 2, _RIGHT)
    if len(applied) > MOST:
        rest = _tr("and %1 more, in Zoho Books").replace("%1", formats.count(len(applied) - MOST))
        grid.addWidget(Label(rest, "body", "text2"), MOST + 1, 0, 1, 3)
    return holder


def _what(write: PlannedWrite) -> str:
    return {
        "create": _tr("To be put into Zoho Books"),
        "update": _tr("To be changed in Zoho Books"),
        "delete": _tr("To be deleted in Zoho Books"),
    }.get(write.view.what, _tr("To be done in Zoho Books"))


def _text(value: object, formats: Formats) -> str:
    """A field's value as people write it; an amount keeps every digit it has."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return formats.amount(value, "JPY")
    if isinstance(value, str) and _DAY.fullmatch(value):
        return formats.date(value)
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, list | tuple):
        return _tr("%1 entries").replace("%1", str(len(value)))
    return str(value)


def _tr(words: str) -> str:
    return QCoreApplication.translate("DetailParts", words)
