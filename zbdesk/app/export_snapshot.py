"""Chosen modules as plain tables of one SQLite file, all of one moment: for reports by other programs.

A table a module with the columns of ``records``, one for its lines, and one of totals per currency. Amounts are exact
text, and beside them whole millionths (``total_scaled``) that SQL can add up.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from zbdesk.app.export_totals import Totals
from zbdesk.domain.modules import module as named
from zbdesk.domain.money import to_scaled
from zbdesk.domain.views import Connection, RecordFilter, RecordView
from zbdesk.store import queries
from zbdesk.store.database import Database

_LINE_COLUMNS = ("item_id", "name", "description", "account_id", "quantity", "rate", "tax_id", "item_total", "amount")
_BATCH = 500
_SCALED = ("total", "balance")


def write_snapshot(  # noqa: PLR0917 - what an export has at hand
    db: Database, connection: Connection, modules: Sequence[str], path: Path, at: datetime, columns: Sequence[str]
) -> dict[str, Totals]:
    """Write these modules, deleted records too, as they are at one moment; how many and how much of each module.

    ``path`` is an empty file. Raises ``sqlite3.Error`` and ``OSError`` for what the disk says.
    """
    found: dict[str, Totals] = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")  # the file is thrown away when anything fails
        target.execute("BEGIN")
        _make_info(target, connection, at)
        with db.snapshot():
            for name in modules:
                found[name] = _write_module(db, connection, name, target, columns)
        target.execute("COMMIT")
        target.execute("PRAGMA optimize")
    return found


def _make_info(target: sqlite3.Connection, connection: Connection, at: datetime) -> None:
    target.execute("CREATE TABLE export_info (name TEXT PRIMARY KEY, value TEXT)")
    organization = connection.organization
    facts = {
        "made_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "organization_id": organization.organization_id,
        "organization_name": organization.name,
        "base_currency": organization.currency_code,
    }
    target.executemany("INSERT INTO export_info VALUES (?, ?)", facts.items())
    target.execute(
        "CREATE TABLE export_totals (module TEXT, currency TEXT, records INTEGER, total TEXT, total_scaled INTEGER,"
        " balance TEXT, balance_scaled INTEGER)"
    )


def _write_module(
    db: Database, connection: Connection, name: str, target: sqlite3.Connection, columns: Sequence[str]
) -> Totals:
    from zbdesk.app.export import as_json

    table = named(name).name
    typed = ", ".join(f'"{column}" TEXT' for column in columns)
    scaled = ", ".join(f'"{column}_scaled" INTEGER' for column in _SCALED)
    target.execute(f'CREATE TABLE "{table}" ({typed}, {scaled}, PRIMARY KEY (local_id))')
    target.execute(
        f'CREATE TABLE "{table}_lines" (local_id TEXT, position INTEGER, '
        + ", ".join(f'"{column}" TEXT' for column in _LINE_COLUMNS)
        + ", PRIMARY KEY (local_id, position))"
    )
    totals = Totals()
    views = totals.counted(queries.iter_records(db, connection.id, name, RecordFilter(with_deleted=True), _BATCH))
    marks = ", ".join("?" * (len(columns) + len(_SCALED)))
    line_marks = ", ".join("?" * (len(_LINE_COLUMNS) + 2))
    for view in views:
        values = as_json(view)
        row = [values[column] for column in columns] + [_scaled(getattr(view, column)) for column in _SCALED]
        target.execute(f'INSERT INTO "{table}" VALUES ({marks})', row)  # noqa: S608 - our names
        target.executemany(f'INSERT INTO "{table}_lines" VALUES ({line_marks})', _lines(db, view))  # noqa: S608
    target.executemany(
        "INSERT INTO export_totals VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (table, code, one.records, format(one.total, "f"), _scaled(one.total), format(one.balance, "f"),
             _scaled(one.balance))
            for code, one in sorted(totals.by_currency.items())
        ],
    )  # fmt: skip
    target.execute(f'CREATE INDEX "{table}_by_date" ON "{table}" (date)')
    return totals


def _lines(db: Database, view: RecordView) -> Iterator[tuple[Any, ...]]:
    """The lines as Zoho has them, else as ours are to be; none where only the list row was read."""
    remote, local, _ = queries.full_payloads(db, view.id)
    lines = (remote or {}).get("line_items") or (local or {}).get("line_items") or ()
    for position, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, Mapping):
            yield (view.local_id, position, *(_text(line.get(column)) for column in _LINE_COLUMNS))


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)


def _scaled(amount: Decimal | None) -> int | None:
    """Whole millionths; None for a sum that 64 bits do not hold: the text has it."""
    if amount is None:
        return None
    try:
        return to_scaled(amount)
    except ValueError:
        return None
