"""What a database may answer instead of rows, as a person can act on it. Never with a password in it.

Each failure keeps everything that was taken before: the next run goes on where the last good one ended.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from zbdesk.domain.errors import Action, InterruptedByUser, SetupError, TransientError, ZbdeskError
from zbdesk.sources.sql_address import Address, mysql_driver
from zbdesk.sources.sql_statement import Flavour


class DatabaseDown(TransientError):
    """The server does not answer, or the connection broke."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database {where} does not answer.",
            "It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next "
            "run.",
            code="database_down",
        )


class WrongPassword(SetupError):
    """The server refuses this user."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database {where} does not accept this user name and password.",
            "Give the source its address anew, with the password as it is now.",
            subject=where,
            code="database_password",
        )


class NoSuchDatabase(SetupError):
    """The server is there, the database or file is not."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no database at {where}.",
            "It was moved or renamed. Give the source its address anew.",
            subject=where,
            code="no_database",
        )


class NotADatabase(SetupError):
    """The file is something else, or encrypted."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is not an SQLite database, or it is encrypted or damaged.",
            "Check the file in the program that writes it.",
            subject=where,
            code="not_a_database",
        )


class DatabaseBusy(TransientError):
    """Somebody else holds a lock for longer than we wait."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database {where} is locked by another program.",
            "Nothing was read. zbdesk tries again with the next run.",
            code="database_busy",
        )


class NotAllowed(SetupError):
    """The statement needs rights that this user or a reading session does not have."""

    def __init__(self, where: str, said: str) -> None:
        super().__init__(
            f"The database {where} does not allow this.",
            f"A source only reads, with the rights of its user. The database says: {said}",
            subject=where,
            code="not_allowed",
        )


class QueryRefused(SetupError):
    """The database does not understand the statement, or a value in it."""

    default_action = Action.EDIT_RECORD

    def __init__(self, said: str) -> None:
        super().__init__(
            "The database does not carry out the query.",
            f"Mend it and look at the preview. The database says: {said}",
            code="query_refused",
        )


class QueryTooSlow(SetupError):
    """The statement took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query took more than {seconds:g} seconds and was stopped.",
            "Narrow it down, or give the columns in its WHERE an index. What was read before stays.",
            code="query_slow",
        )


class TooManyRows(SetupError):
    """The query gives more than anybody can mean."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The query gives more than {most:,} rows.",
            "Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.",
            code="query_rows",
        )


class DuplicateColumns(SetupError):
    """Two columns of the result have one name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The query gives two columns named {name}.",
            f"Name one of them differently, as in SELECT ... AS other_{name}.",
            subject=name,
            code="query_columns",
        )


class ColumnsChanged(SetupError):
    """The query gives other columns than the mapping was made for."""

    def __init__(self, missing: Sequence[str], found: Sequence[str]) -> None:
        one = len(missing) == 1
        super().__init__(
            f"The query no longer gives the column{'' if one else 's'} {', '.join(missing)}.",
            f"It gives {', '.join(found) or 'none'}. Nothing was taken of it. Mend the query, or "
            "look at its preview and map it anew.",
            subject=missing[0],
            code="query_columns",
        )


class MixedMark(SetupError):
    """The column of the watermark holds different kinds of values."""

    def __init__(self, column: str) -> None:
        super().__init__(
            f"The column {column} holds different kinds of values, so it is unclear where the next run begins.",
            "Let the query give one kind, as in CAST(... AS INTEGER).",
            subject=column,
            code="query_mark",
        )


class QueryStopped(InterruptedByUser):
    """Somebody stopped the query."""

    def __init__(self) -> None:
        super().__init__("The query was stopped.", "Nothing was taken of it.")


def translate(error: Exception, where: Address) -> ZbdeskError | None:
    """A driver's failure in our words; None for what is in our words already or is a bug of ours."""
    if isinstance(error, ZbdeskError):
        return None
    if isinstance(error, OSError):
        return DatabaseDown(where.shown)
    if where.flavour is Flavour.SQLITE:
        return _sqlite(error, where.shown) if isinstance(error, sqlite3.Error | sqlite3.Warning) else None
    if where.flavour is Flavour.POSTGRES:
        return _postgres(error, where)
    return _mysql(error, where)


def said(error: Exception, where: Address) -> str:
    """The database's own words in one line, without the password they may repeat."""
    text = " ".join(str(error.args[-1] if error.args else error).split())
    text = re.sub(r"://[^@\s]*@", "://…@", text)
    if where.password:
        text = text.replace(where.password, "…")
    return text[:400]


def _sqlite(error: sqlite3.Error | sqlite3.Warning, shown: str) -> ZbdeskError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    words = " ".join(str(error).split())[:400]
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseBusy(shown)
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return NotADatabase(shown)
    if code == sqlite3.SQLITE_CANTOPEN:
        return NoSuchDatabase(shown)
    if code in {sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM} or "not authorized" in words:
        return NotAllowed(shown, words)
    if code == sqlite3.SQLITE_IOERR:
        return DatabaseDown(shown)
    return QueryRefused(words)


def _postgres(error: Exception, where: Address) -> ZbdeskError | None:  # noqa: PLR0911 - one case a cause
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    text = str(error).casefold()
    if state.startswith("28") or (not state and ("password authentication failed" in text or "no password" in text)):
        return WrongPassword(where.shown)
    if state == "3D000" or (not state and 'database "' in text and "does not exist" in text):
        return NoSuchDatabase(where.shown)
    if not state and 'role "' in text and "does not exist" in text:
        return WrongPassword(where.shown)
    if state in {"55P03", "40P01", "40001"}:
        return DatabaseBusy(where.shown)
    if state in {"42501", "25006"}:
        return NotAllowed(where.shown, said(error, where))
    if (
        state.startswith(("08", "57P"))
        or state == "53300"
        or (not state and isinstance(error, psycopg.OperationalError))
    ):
        return DatabaseDown(where.shown)
    return QueryRefused(said(error, where))


_MYSQL_DOWN = frozenset({1040, 1053, 1077, 1927, 2002, 2003, 2005, 2006, 2013, 2055})
_MYSQL_USER = frozenset({1044, 1045, 1251, 1698, 4151})
_MYSQL_BUSY = frozenset({1205, 1213})
_MYSQL_RIGHTS = frozenset({1142, 1143, 1227, 1290, 1792, 1836})


def _mysql(error: Exception, where: Address) -> ZbdeskError | None:  # noqa: PLR0911 - one case a cause
    pymysql = mysql_driver()

    if not isinstance(error, pymysql.MySQLError):
        return None
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    if code in _MYSQL_USER:
        return WrongPassword(where.shown)
    if code == 1049:
        return NoSuchDatabase(where.shown)
    if code in _MYSQL_BUSY:
        return DatabaseBusy(where.shown)
    if code in _MYSQL_RIGHTS:
        return NotAllowed(where.shown, said(error, where))
    if code in _MYSQL_DOWN or isinstance(error, pymysql.InterfaceError):
        return DatabaseDown(where.shown)
    return QueryRefused(said(error, where))


__all__ = [
    "ColumnsChanged",
    "DatabaseBusy",
    "DatabaseDown",
    "DuplicateColumns",
    "MixedMark",
    "NoSuchDatabase",
    "NotADatabase",
    "NotAllowed",
    "QueryRefused",
    "QueryStopped",
    "QueryTooSlow",
    "TooManyRows",
    "WrongPassword",
    "said",
    "translate",
]
