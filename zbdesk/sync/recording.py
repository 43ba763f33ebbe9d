"""What a write changed, for the diary and for taking it back: Zoho's record before and after, field by field. Pure.

Values are kept as text and long ones shortened, with a hash of the whole, so that a line stays small and still proves
what stood there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from zbdesk.domain.module import Module
from zbdesk.domain.views import FieldChange
from zbdesk.store.documents import Trees
from zbdesk.sync.agreeing import Snapshot, writable

LONGEST = 400
"""Characters of a value that the diary keeps."""

Values = Mapping[str, Any]


def after(module: Module, snapshot: Snapshot, trees: Trees) -> dict[str, object]:
    """Zoho's record as it was seen right after our write: of an update the fields that were sent, else all of ours."""
    now = writable(module, trees.remote or {})
    if snapshot.sent is not None:
        now = {name: now.get(name) for name in snapshot.sent}
    return {"fields": now, "status": trees.status, "modified_at": trees.modified_at}


def created(snapshot: Snapshot, seen: Values) -> tuple[FieldChange, ...]:
    """Of a create: what was sent, as Zoho keeps it."""
    fields = seen["fields"]
    names = [name for name in sorted(snapshot.resolved) if name in fields]
    return _changes((name, None, fields[name]) for name in names)


def updated(snapshot: Snapshot, seen: Values) -> tuple[FieldChange, ...]:
    """Of an update: the fields that were sent, with what Zoho had before."""
    fields = seen["fields"]
    return _changes((name, snapshot.remote.get(name), fields.get(name)) for name in sorted(snapshot.sent or ()))


def deleted(snapshot: Snapshot) -> tuple[FieldChange, ...]:
    """Of a deletion: all that is lost."""
    return _changes((name, value, None) for name, value in sorted(snapshot.remote.items()))


def acted(snapshot: Snapshot, status: str | None) -> tuple[FieldChange, ...]:
    """Of a status action."""
    return _changes([("status", snapshot.status, status)])


def _changes(rows: Iterable[tuple[str, object, object]]) -> tuple[FieldChange, ...]:
    made = ((name, text_of(before), text_of(now)) for name, before, now in rows)
    return tuple(FieldChange(name, before, now) for name, before, now in made if before != now)


def text_of(value: object) -> str | None:
    """A value as text; None for what is empty. A long one ends with the hash of the whole."""
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, Mapping) and not _plain(value):
        return None
    text = value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False, default=str)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… (SHA-256 {hashlib.sha256(text.encode()).hexdigest()})"


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        # Zoho pads amounts at will: 12.50 and 12.5 are one value.
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
