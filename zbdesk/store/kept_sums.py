"""Sums that the dashboard shows, kept beside the records on SQLite: asking costs the same with any number of them.

What is owed by currency and due date, what was invoiced and received by currency and month. Made after the first load
in one pass over the records and kept by triggers, so that no writer can forget them. Until then, and on PostgreSQL, the
same sums are taken from the records. Invariant: what is taken out is what was put in, since both come from the row by
the same rules; each sum is in two halves, so that no 64-bit integer overflows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zbdesk.store.database import Database

OWED, MONTHS = "kept_owed_1", "kept_month_1"
"""Their numbers change with the rules below, so that what was kept by older rules is made anew."""

SPLIT = 1_000_000
"""The halves: whole units of the scaled amount, and what is left."""

NO_CLAIM = ("draft", "void")
"""Documents that nobody owes."""

_NEVER_LATE = "9999-12-31"
"""Due date of an invoice without one: no day comes after it."""

_OWED_IN = ("invoices",)
_BY_MONTH = ("invoices", "customerpayments")

Source = tuple[str, list[Any]]


def owed(db: Database, feed_id: int) -> Source:
    """Rows of (currency, due_date, n, whole, rest) of a feed of invoices, as a query and its values."""
    if is_built(db):
        return f"SELECT currency, due_date, n, whole, rest FROM {OWED} WHERE feed_id = ? AND n > 0", [feed_id]  # noqa: S608
    return f"SELECT {_owed_columns('r')} FROM record r WHERE r.feed_id = ? AND {_is_owed('r')}", [feed_id]  # noqa: S608


def by_month(db: Database, feed_id: int, contacts_id: int, start: str) -> Source:
    """Rows of (currency, month, n, whole, rest) since the month that begins on ``start``, as a query and its values.

    A list row of a payment names no currency; Zoho takes a payment in the customer's own.
    """
    if is_built(db):
        kept = f"SELECT currency, month, n, whole, rest FROM {MONTHS} WHERE feed_id = ? AND month >= ? AND n > 0"  # noqa: S608
        return kept, [feed_id, start[:7]]
    sql = f"""SELECT {_month_columns("r", "COALESCE(r.currency, c.currency, '')")} FROM record r
        LEFT JOIN record c ON c.feed_id = ? AND c.remote_id = r.party_id AND r.currency IS NULL
        WHERE r.feed_id = ? AND r.date >= ? AND {_has_month("r")}"""  # noqa: S608 - our columns
    return sql, [contacts_id, feed_id, start]


def is_built(db: Database) -> bool:
    """Whether the sums are kept."""
    if db.dialect.name != "sqlite":
        return False
    return db.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (MONTHS,)) is not None


def build(db: Database) -> None:
    """Sum up what is there and keep it from now on, in one transaction; a second time changes nothing.

    The index of records by party has to be there already: a customer's currency is followed through it.
    """
    if db.dialect.name != "sqlite" or is_built(db):
        return
    with db.transaction():
        drop(db)
        for statement in (*_tables(), *_fill(), *_triggers()):
            db.execute(statement)


def drop(db: Database) -> None:
    """Keep no sums any more, older ones neither. Inside a transaction; the next pass makes them anew."""
    if db.dialect.name != "sqlite":
        return
    for kind in ("trigger", "table"):
        names = "SELECT name FROM sqlite_master WHERE type = ? AND name GLOB 'kept_[a-z]*_[0-9]*'"
        for (name,) in db.all(names, (kind,)):
            db.execute(f"DROP {kind} {name}")


# What counts, by the name under which a row is known


def _words(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _is_claim(row: str) -> str:
    return f"{row}.gone = 0 AND COALESCE({row}.status, '') NOT IN ({_words(NO_CLAIM)})"


def _is_owed(row: str) -> str:
    return f"{_is_claim(row)} AND {row}.balance > 0"


def _has_month(row: str) -> str:
    return f"{_is_claim(row)} AND {row}.date IS NOT NULL AND {row}.total IS NOT NULL"


def _is_of(row: str, *modules: str) -> str:
    return f"(SELECT module FROM module_state WHERE id = {row}.feed_id) IN ({_words(modules)})"  # noqa: S608


def _owed_columns(row: str, sign: str = "") -> str:
    late = f"COALESCE({row}.due_date, '{_NEVER_LATE}')"
    return f"COALESCE({row}.currency, '') AS currency, {late} AS due_date, {_sums(f'{row}.balance', sign)}"


def _month_columns(row: str, currency: str, sign: str = "") -> str:
    return f"{currency} AS currency, SUBSTR({row}.date, 1, 7) AS month, {_sums(f'{row}.total', sign)}"


def _sums(amount: str, sign: str) -> str:
    whole = f"{amount} / {SPLIT}"
    return f"{sign}1 AS n, {sign}({whole}) AS whole, {sign}({amount} - {whole} * {SPLIT}) AS rest"


def _currency(row: str) -> str:
    """The row's own currency, else its customer's."""
    contacts = f"""SELECT k.id FROM module_state m JOIN module_state k ON k.connection_id = m.connection_id
        WHERE m.id = {row}.feed_id AND k.module = 'contacts'"""  # noqa: S608 - our names
    customer = f"SELECT c.currency FROM record c WHERE c.feed_id = ({contacts}) AND c.remote_id = {row}.party_id"  # noqa: S608
    return f"COALESCE({row}.currency, ({customer}), '')"


# What is made


def _tables() -> tuple[str, ...]:
    sums = "n INTEGER NOT NULL, whole INTEGER NOT NULL, rest INTEGER NOT NULL"
    return tuple(
        f"""CREATE TABLE {table} (feed_id INTEGER NOT NULL, currency TEXT NOT NULL, {key} TEXT NOT NULL, {sums},
            PRIMARY KEY (feed_id, {key}, currency)) WITHOUT ROWID"""
        for table, key in ((OWED, "due_date"), (MONTHS, "month"))
    )


def _fill() -> tuple[str, ...]:
    """What is owed stands in an index as a whole; for the months the records are read in the order they lie in."""
    feeds = "r.feed_id IN (SELECT id FROM module_state WHERE module IN ({}))"
    return (
        f"""INSERT INTO {OWED} (feed_id, currency, due_date, n, whole, rest)
            SELECT feed_id, currency, due_date, SUM(n), SUM(whole), SUM(rest) FROM (
                SELECT r.feed_id, {_owed_columns("r")} FROM record r
                WHERE {feeds.format(_words(_OWED_IN))} AND {_is_owed("r")})
            GROUP BY feed_id, due_date, currency""",  # noqa: S608 - our names
        f"""INSERT INTO {MONTHS} (feed_id, currency, month, n, whole, rest)
            SELECT feed_id, currency, month, SUM(n), SUM(whole), SUM(rest) FROM (
                SELECT r.feed_id, {_month_columns("r", _currency("r"))} FROM record r NOT INDEXED
                WHERE {feeds.format(_words(_BY_MONTH))} AND {_has_month("r")})
            GROUP BY feed_id, month, currency""",  # noqa: S608
    )


def _add(table: str, key: str, select: str) -> str:
    """Add sums, negative ones too, to those that are kept."""
    return f"""INSERT INTO {table} (feed_id, currency, {key}, n, whole, rest) {select}
        ON CONFLICT (feed_id, {key}, currency) DO UPDATE
        SET n = n + excluded.n, whole = whole + excluded.whole, rest = rest + excluded.rest;"""  # noqa: S608


def _triggers() -> tuple[str, ...]:
    def owed_of(row: str, sign: str = "") -> str:
        fits = f"{_is_owed(row)} AND {_is_of(row, *_OWED_IN)}"
        return _add(OWED, "due_date", f"SELECT {row}.feed_id, {_owed_columns(row, sign)} WHERE {fits}")

    def month_of(row: str, sign: str = "") -> str:
        fits = f"{_has_month(row)} AND {_is_of(row, *_BY_MONTH)}"
        columns = _month_columns(row, _currency(row), sign)
        return _add(MONTHS, "month", f"SELECT {row}.feed_id, {columns} WHERE {fits}")

    paid = f"""DELETE FROM {OWED} WHERE feed_id = OLD.feed_id AND due_date = COALESCE(OLD.due_date, '{_NEVER_LATE}')
        AND n = 0;"""  # noqa: S608 - a day on which nobody owes anything any more
    return (
        *_on_record(OWED, ("feed_id", "gone", "status", "balance", "due_date", "currency"),
                    owed_of("NEW"), f"{owed_of('OLD', '-')} {paid}"),
        *_on_record(MONTHS, ("feed_id", "gone", "status", "total", "date", "currency", "party_id"),
                    month_of("NEW"), month_of("OLD", "-")),
        *_on_record(f"{MONTHS}_customer", ("feed_id", "remote_id", "currency"),
                    _paid_in("NEW", "''", "NEW.currency"), _paid_in("OLD", "OLD.currency", "''"), "contacts"),
    )  # fmt: skip


def _on_record(
    name: str, columns: Sequence[str], put_in: str, take_out: str, module: str | None = None
) -> tuple[str, ...]:
    """Triggers for new, removed and changed records (of one module), the last only where one of ``columns`` moved."""
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    of_new, of_old = ("", "") if module is None else (f"WHEN {_is_of('NEW', module)}", f"WHEN {_is_of('OLD', module)}")
    both = "" if module is None else f" AND {_is_of('NEW', module)}"
    return (
        f"CREATE TRIGGER {name}_new AFTER INSERT ON record {of_new} BEGIN {put_in} END",
        f"CREATE TRIGGER {name}_old AFTER DELETE ON record {of_old} BEGIN {take_out} END",
        f"""CREATE TRIGGER {name}_moved AFTER UPDATE OF {", ".join(columns)} ON record WHEN ({moved}){both}
            BEGIN {take_out} {put_in} END""",
    )


def _paid_in(row: str, before: str, after: str) -> str:
    """What was counted without a currency of its own is counted in that of its customer ``row`` from now on."""
    feeds = f"""SELECT m.id FROM module_state k JOIN module_state m ON m.connection_id = k.connection_id
        WHERE k.id = {row}.feed_id AND m.module IN ({_words(_BY_MONTH)})"""  # noqa: S608 - our names
    # The index of records by party leads to the few of one customer; no other index must seem to fit better.
    fits = f"r.feed_id IN ({feeds}) AND r.party_id = {row}.remote_id AND +r.currency IS NULL AND {_has_month('+r')}"
    return " ".join(
        _add(MONTHS, "month", f"SELECT r.feed_id, {columns} FROM record r WHERE {fits}")  # noqa: S608
        for columns in (
            _month_columns("r", f"COALESCE({before}, '')", "-"),
            _month_columns("r", f"COALESCE({after}, '')"),
        )
    )
