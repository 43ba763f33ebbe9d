"""All records of one module in one organization, with the orders in which lists ask for them.

Invariant: ``version`` grows with every change, and nothing that was computed from an older version is served.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

Fields = dict[str, Any]

_ORDERS_KEPT = 24


class Record:
    """One record: the facts that are stored. What a list or detail shows is rendered from them (``faces.py``)."""

    __slots__ = ("created", "fields", "id", "modified", "row")

    def __init__(self, record_id: str, fields: Fields, created: int, modified: int) -> None:
        self.id = record_id
        self.fields = fields
        self.created = created
        self.modified = modified
        self.row: bytes | None = None

    def get(self, name: str, default: Any = "") -> Any:
        """A stored field; absent ones are empty text, as Zoho shows them."""
        return self.fields.get(name, default)


class Collection:
    """Records by id, in the order of their making."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.version = 0
        self.observer: Callable[[str, str, str], None] | None = None
        """Told of each change that somebody made: module, record's id, ``created``, ``edited`` or ``deleted``."""

        self._records: dict[str, Record] = {}
        self._orders: dict[Hashable, list[Record]] = {}

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._records

    def get(self, record_id: str) -> Record | None:
        """The record, or None."""
        return self._records.get(record_id)

    def add(self, record: Record) -> Record:
        """Keep a new record."""
        self._records[record.id] = record
        self.changed()
        self._tell(record.id, "created")
        return record

    def fill(self, records: list[Record]) -> None:
        """Keep many new records at once (seeding)."""
        self._records.update((record.id, record) for record in records)
        self.changed()

    def remove(self, record_id: str) -> Record | None:
        """Forget a record; Zoho keeps no tombstones."""
        record = self._records.pop(record_id, None)
        self.changed()
        if record is not None:
            self._tell(record_id, "deleted")
        return record

    def touch(self, record: Record, at: int | None) -> None:
        """Say that a record changed; ``at`` moves its stamp, None leaves it (a derived change)."""
        record.row = None
        if at is not None:
            record.modified = at
            self._tell(record.id, "edited")
        self.changed()

    def _tell(self, record_id: str, event: str) -> None:
        if self.observer is not None:
            self.observer(self.name, record_id, event)

    def changed(self) -> None:
        """Drop every order computed so far."""
        self.version += 1
        self._orders.clear()

    def stale_rows(self) -> None:
        """Drop rendered rows: the day or something they refer to has changed."""
        for record in self._records.values():
            record.row = None
        self.changed()

    def ordered(self, key: Hashable, make: Callable[[], list[Record]]) -> list[Record]:
        """The list for ``key``, made once per version."""
        found = self._orders.get(key)
        if found is None:
            if len(self._orders) >= _ORDERS_KEPT:
                self._orders.clear()
            found = self._orders[key] = make()
        return found
