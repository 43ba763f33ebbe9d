"""What webhooks announce of records that are here, for the window to show as unconfirmed. Reads, and writes nothing.

Only a payload that is whole counts: one that holds every column of the table that we hold of the record, and line items
where such a record has them. Invariant: nothing of it goes into a tree; it is gone as soon as its event is settled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from zbdesk.domain.announced import AnnouncedField, Unconfirmed
from zbdesk.domain.canonical import canonical
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.money import from_scaled
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.views import RecordDetail, RecordView
from zbdesk.store.announced import Announced, announced
from zbdesk.store.database import Database
from zbdesk.webhooks.payloads import record_in
from zbdesk.zoho.rows import row_reader

LINES = "line_items"

_COLUMNS = ("number", "party", "date", "due_date", "status", "currency", "total", "balance", "reference")
_MONEY = frozenset({"total", "balance"})


def marked(db: Database, connection_id: int, views: list[RecordView]) -> list[RecordView]:
    """The same lines, marked where something newer is announced."""
    found = announced(db, connection_id, [view.id for view in views])
    if not found:
        return views
    return [
        replace(view, unconfirmed=True) if view.id in found and _row(view, found[view.id]) is not None else view
        for view in views
    ]


def with_announced(db: Database, connection_id: int, detail: RecordDetail) -> RecordDetail:
    """The record with what is announced of it beside its trees, where something is."""
    view = detail.view
    event = announced(db, connection_id, [view.id]).get(view.id)
    row = None if event is None else _row(view, event)
    held = detail.remote or {}
    if event is None or row is None:
        return detail
    told = _unconfirmed(view, held, event, *row)
    return replace(detail, view=replace(view, unconfirmed=True), unconfirmed=told)


def _row(view: RecordView, event: Announced) -> tuple[RemoteRow, Mapping[str, Any]] | None:
    """The announced record, typed as a list row is; None where it is not whole."""
    module = MODULES.get(view.module)
    node = record_in(event.body, event.content_type, event.path)
    if module is None or node is None or (LINES in module.write_fields and not isinstance(node.get(LINES), list)):
        return None
    try:
        row, _ = row_reader(module).detail(json.dumps({module.detail_keys[0]: node}).encode())
    except ZbdeskError:
        return None  # nothing that could be a record of this module
    whole = row.remote_id == view.remote_id and all(
        getattr(row, name) is not None for name in _COLUMNS if getattr(view, name) is not None
    )
    return (row, node) if whole else None


def _unconfirmed(
    view: RecordView, held: Mapping[str, object], event: Announced, row: RemoteRow, node: Mapping[str, Any]
) -> Unconfirmed:
    module = MODULES[view.module]
    names = _field_names(module)
    pairs = [(names.get(name) or name, getattr(view, name), _value(row, name)) for name in _COLUMNS]
    return Unconfirmed(
        received_at=event.received_at,
        modified_at=event.modified_at,
        fields=tuple(AnnouncedField(name, before, after) for name, before, after in pairs if before != after),
        others=_others(module, held, node),
        currency=row.currency or view.currency,
    )


def _value(row: RemoteRow, column: str) -> str | Decimal | None:
    value: str | int | None = getattr(row, column)
    return from_scaled(value) if column in _MONEY and isinstance(value, int) else value  # type: ignore[return-value]


def _others(module: Module, held: Mapping[str, object], node: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields that both have, that a person may write, and that are others; those with a column stand there already."""
    before, after = canonical(module, held), canonical(module, node)
    both = (before.keys() & after.keys()) - set(_field_names(module).values())
    return tuple(name for name in sorted(both) if before[name] != after[name])


def _field_names(module: Module) -> dict[str, str | None]:
    """Which of Zoho's fields stands in each column of the table."""
    return {
        "number": next(iter(module.number_fields), None),
        "party": module.party_field,
        "date": module.date_field,
        "due_date": module.due_date_field,
        "status": module.status_field,
        "currency": module.currency_field,
        "total": module.total_field,
        "balance": module.balance_field,
        "reference": module.reference_field,
    }
