"""The full-text index over all records on SQLite: made after the first load, kept up to date by triggers.

It holds the words of number, party, reference and status, and no copy of the texts. The triggers run inside the
transaction of whatever writes a record, so no writer can forget the index. Line items and notes are not in it: they lie
compressed in the details, most of which are never read. PostgreSQL has no such index; the keys are looked through.
Invariant: what is taken out is what was put in, because both come from the row by the same rules.
"""

from __future__ import annotations

from zbdesk.store.database import Database
from zbdesk.store.search_words import FUNCTION

TABLE = "record_search_1"
"""Its number changes with the rules of ``search_words``, so that what was made by older rules is made anew."""

VOCABULARY = f"{TABLE}_words"
"""The words that occur, as a table; it stores nothing."""

PREFIXES = 4
"""Beginnings of words up to this many letters have places of their own in the index."""

_COLUMNS = ("feed_id", "number_key", "party_key", "reference_key", "status")
_BIG_HASH = 67_108_864
_USUAL_HASH = 1_048_576


def _words(row: str) -> str:
    return f"{FUNCTION}({', '.join(f'{row}.{column}' for column in _COLUMNS)})"


def _statements() -> tuple[str, ...]:
    take_out = (
        f"INSERT INTO {TABLE} ({TABLE}, rowid, words) SELECT 'delete', OLD.id, {_words('OLD')} WHERE OLD.gone = 0;"
    )
    put_in = f"INSERT INTO {TABLE} (rowid, words) SELECT NEW.id, {_words('NEW')} WHERE NEW.gone = 0;"
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in ("gone", *_COLUMNS))
    columns = ", ".join(_COLUMNS)
    prefixes = " ".join(str(length + 1) for length in range(PREFIXES))
    tokens = f"content = '', columnsize = 0, tokenize = 'ascii', prefix = '{prefixes}'"
    fill = f"INSERT INTO {TABLE} (rowid, words) SELECT id, {_words('record')} FROM record WHERE gone = 0"  # noqa: S608
    changes = f"CREATE TRIGGER {TABLE}_moved AFTER UPDATE OF gone, {columns} ON record WHEN {moved}"
    return (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5 (words, {tokens})",
        # One pass over the records: a bigger buffer spares merging what was just written.
        f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('hashsize', {_BIG_HASH})",  # noqa: S608 - our names
        fill,
        f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('hashsize', {_USUAL_HASH})",  # noqa: S608
        f"CREATE TRIGGER {TABLE}_new AFTER INSERT ON record BEGIN {put_in} END",
        f"CREATE TRIGGER {TABLE}_old AFTER DELETE ON record BEGIN {take_out} END",
        f"{changes} BEGIN {take_out} {put_in} END",
        f"CREATE VIRTUAL TABLE {VOCABULARY} USING fts5vocab ('{TABLE}', 'row')",
    )


def is_built(db: Database) -> bool:
    """Whether the index is there."""
    if db.dialect.name != "sqlite":
        return False
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return db.value(sql, (VOCABULARY,)) is not None


def build(db: Database) -> None:
    """Make the index where it is missing, in one transaction; a second time changes nothing."""
    if db.dialect.name != "sqlite" or is_built(db):
        return
    with db.transaction():
        drop(db)
        for statement in _statements():
            db.execute(statement)


def drop(db: Database) -> None:
    """Take the index away, older ones too. Inside a transaction; the next pass makes it anew."""
    if db.dialect.name != "sqlite":
        return
    kinds = "SELECT name FROM sqlite_master WHERE type = ? AND name GLOB 'record_search_[0-9]*' "
    for (name,) in db.all(kinds, ("trigger",)):
        db.execute(f"DROP TRIGGER {name}")
    for (name,) in db.all(kinds + "AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name DESC", ("table",)):
        db.execute(f"DROP TABLE {name}")
