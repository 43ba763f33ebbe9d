"""Names, numbers and rates that the local database knows: what an import is held against. Only reads; asked in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

from zbdesk.store import module_states, payloads
from zbdesk.store.database import Database
from zbdesk.store.keys import fold
from zbdesk.store.module_states import marks

_CHUNK = 400
_MOST_NAMES = 20_000


def is_read(db: Database, connection_id: int, module: str) -> bool:
    """Whether the list of a module was read to its end at least once."""
    sql = """SELECT c.first_done FROM cursor c JOIN module_state m ON m.id = c.feed_id
        WHERE m.connection_id = ? AND m.module = ?"""
    with db.snapshot():
        return bool(db.value(sql, (connection_id, module)))


def known(db: Database, connection_id: int, module: str, by: str, names: Collection[str]) -> set[str]:
    """Those of the names that a live record has, case and outer space aside. ``by``: name, number, code, email."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return set()
    found: set[str] = set()
    columns = {"email": ("reference",), "code": ("number", "reference")}.get(by, ("number",))
    with db.snapshot():
        for column in columns:
            found |= {text.strip().casefold() for text in _having(db, feed.id, column, names)}
    return {name for name in names if name.strip().casefold() in found}


def _having(db: Database, feed_id: int, column: str, names: Collection[str]) -> Iterator[str]:
    keys = sorted({key for name in names if (key := fold(name)) is not None})
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        sql = f"""SELECT DISTINCT {column} FROM record WHERE feed_id = ? AND gone = 0
            AND {column}_key IN ({marks(chunk)})"""  # noqa: S608 - our own columns
        yield from (text for (text,) in db.all(sql, (feed_id, *chunk)) if text)


def names(db: Database, connection_id: int, module: str, by: str) -> list[str]:
    """Names of live records, to look for one that was meant: as many as can be looked through."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return []
    column = "reference" if by == "email" else "number"
    sql = f"""SELECT DISTINCT {column} FROM record WHERE feed_id = ? AND gone = 0 AND {column} IS NOT NULL
        LIMIT {_MOST_NAMES}"""  # noqa: S608 - our own columns
    with db.snapshot():
        return [text for (text,) in db.all(sql, (feed.id,))]


def taken(
    db: Database, connection_id: int, module: str, numbers: Collection[str]
) -> list[tuple[str, str | None, str | None, str | None]]:
    """(number, source, source id, Zoho's id) of live records that have one of these numbers, letter by letter."""
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return []
    wanted = {number.strip().casefold() for number in numbers}
    keys = sorted({key for number in numbers if (key := fold(number)) is not None})
    rows: list[tuple[Any, ...]] = []
    with db.snapshot():
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            sql = f"""SELECT number, source, source_id, remote_id FROM record WHERE feed_id = ? AND gone = 0
                AND number_key IN ({marks(chunk)})"""  # noqa: S608 - placeholders
            rows += db.all(sql, (feed.id, *chunk))
    return [(row[0], row[1], row[2], row[3]) for row in rows if row[0].strip().casefold() in wanted]


def tax_rates(db: Database, connection_id: int) -> dict[str, Decimal]:
    """Per cent of each tax, by Zoho's id and by name in lower case; a name with two different rates has none."""
    feed = module_states.find_feed(db, connection_id, "taxes")
    if feed is None:
        return {}
    rates: dict[str, Decimal] = {}
    doubtful: set[str] = set()
    with db.snapshot():
        for record_id, number, remote_id in _live(db, feed.id):
            rate = _rate(payloads.remote_of(db, record_id))
            if rate is None:
                continue
            name = str(number or "").strip().casefold()
            if rates.setdefault(name, rate) != rate:
                doubtful.add(name)
            if remote_id:
                rates[str(remote_id)] = rate
    return {name: rate for name, rate in rates.items() if name not in doubtful}


def _live(db: Database, feed_id: int) -> Sequence[tuple[Any, ...]]:
    return db.all("SELECT id, number, remote_id FROM record WHERE feed_id = ? AND gone = 0", (feed_id,))


def _rate(payload: dict[str, object] | None) -> Decimal | None:
    value = (payload or {}).get("tax_percentage")
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    try:
        return Decimal(str(value)) if value not in {None, ""} else None
    except ArithmeticError:
        return None
