"""The mirror as the books that an import is checked against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from zbdesk.domain.documents import Reference
from zbdesk.domain.module import Module
from zbdesk.domain.views import Connection
from zbdesk.store import book_names
from zbdesk.store.database import Database
from zbdesk.sync import meanings
from zbdesk.sync.columns import ColumnMaker

_MOST_ASKED = 200
"""Unknown names for which near ones are looked for; a file with more has another fault than spelling."""


class MirrorBooks:
    """Answers from the local database. Reads only; what does not change during an import is asked once."""

    def __init__(self, db: Database, connection: Connection, module: Module) -> None:
        self._db = db
        self._connection = connection
        self._columns = ColumnMaker(db, connection, module)
        self._read: dict[str, bool] = {}
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._near: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def is_read(self, module: str) -> bool:
        """Whether Zoho's list of this module was read to its end."""
        if module not in self._read:
            self._read[module] = book_names.is_read(self._db, self._connection.id, module)
        return self._read[module]

    def known(self, reference: Reference, names: Collection[str]) -> Collection[str]:
        """Names that records have, and names that a person has given a meaning."""
        found = book_names.known(self._db, self._connection.id, reference.module, reference.by, names)
        with self._db.snapshot():
            meant = meanings.stored(self._db, self._connection.id).get(reference.module, {})
        return found | {name for name in names if f"{reference.by}:{name.strip().casefold()}" in meant}

    def near(self, reference: Reference) -> Sequence[str]:
        """Up to three names like this one."""
        key = (reference.module, reference.by, reference.value)
        if key not in self._near:
            if len(self._near) >= _MOST_ASKED:
                return ()
            names = self._all_names(reference)
            close = get_close_matches(reference.value.casefold(), names.keys(), 3, 0.7)
            self._near[key] = tuple(names[name] for name in close)
        return self._near[key]

    def _all_names(self, reference: Reference) -> Mapping[str, str]:
        key = (reference.module, reference.by)
        if key not in self._names:
            found = book_names.names(self._db, self._connection.id, reference.module, reference.by)
            self._names[key] = {name.casefold(): name for name in found}
        return self._names[key]

    def tax_rates(self) -> Mapping[str, Decimal]:
        """Per cent of each tax, by id and by name in lower case."""
        return book_names.tax_rates(self._db, self._connection.id)

    def taken(self, module: str, numbers: Collection[str], source: str) -> Mapping[str, tuple[str, str]]:
        """Numbers that records have already. One of this source stands for itself."""
        by_key = {number.strip().casefold(): number for number in numbers}
        found: dict[str, tuple[str, str]] = {}
        for number, its_source, source_id, remote_id in book_names.taken(
            self._db, self._connection.id, module, numbers
        ):
            given = by_key[number.strip().casefold()]
            own = source_id or "" if its_source == source else ""
            where = "in Zoho Books" if remote_id else f"from {its_source}" if its_source else "entered here"
            if own != "" or given not in found:
                found[given] = (own, where)
        return found

    def currency_of(self, fields: Mapping[str, Any]) -> str:
        """The currency of a document that names none."""
        with self._db.snapshot():
            return self._columns.of(fields).currency or ""
