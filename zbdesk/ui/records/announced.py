"""What a webhook has announced of the record in the pane, unconfirmed yet: shown as such, above the facts."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.announced import Unconfirmed
from zbdesk.domain.views import FieldChange, RecordDetail
from zbdesk.ui import text, theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.runs.words import change_lines
from zbdesk.ui.widgets import Hairline, IconView, Label

ICON = "radio"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def announced_part(detail: RecordDetail, formats: Formats) -> list[QWidget]:
    """The announced values beside those that stand here, and why they are no more than announced."""
    found = detail.unconfirmed
    if found is None:
        return []
    title, lines = _tr("Unconfirmed"), [_sentence(found, formats), *_changes(detail, found, formats)]
    holder = QWidget()
    # Read out as one: the figures mean nothing without the word that stands over them.
    holder.setAccessibleName(title)
    holder.setAccessibleDescription("\n".join(lines))
    column = QVBoxLayout(holder)
    now = theme.current()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(now.px(1.5))
    head = QHBoxLayout()
    head.setSpacing(now.px(1.5))
    head.addWidget(IconView(ICON, "accent_text"))
    head.addWidget(Label(title, "strong"), 1)
    column.addLayout(head)
    for at, line in enumerate(lines):
        column.addWidget(Label(line, "body", "text2" if at == 0 else "text", wrap=True, selectable=True))
    return [Hairline(), holder]


def _sentence(found: Unconfirmed, formats: Formats) -> str:
    return (
        _tr("A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.")
        .replace("%1", formats.stamp(found.received_at))
    )  # fmt: skip


def _changes(detail: RecordDetail, found: Unconfirmed, formats: Formats) -> list[str]:
    before, after = detail.view.currency, found.currency
    status = next((one.field for one in found.fields if one.field in {"status", "is_active"}), "")
    lines = change_lines(
        FieldChange(
            one.field,
            _value(one.before, before, formats, coded=one.field == status),
            _value(one.after, after, formats, coded=one.field == status),
        )
        for one in found.fields
    )
    if found.others:
        from zbdesk.ui.editing.labels import field_label

        names = ", ".join(field_label(name) for name in found.others)
        lines.append(_tr("Also changed: %1").replace("%1", names))
    return lines or [_tr("The columns of the table stay as they are.")]


def _value(value: str | Decimal | None, currency: str | None, formats: Formats, *, coded: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return formats.money(value, currency)
    if _DAY.fullmatch(value):
        return formats.date(value)
    return text.document_status(value).text if coded else value


def _tr(words: str) -> str:
    return QCoreApplication.translate("Announced", words)
