"""Who may use the local HTTP interface, and what it has answered: tokens by their hash, answers by their key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zbdesk.domain.views import RecordFilter
from zbdesk.store import listing, module_states
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us

KEEP_ANSWERS = timedelta(days=7)
"""How long the same key gets the same answer."""

_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenView:
    """One token as people see it: the token itself is nowhere."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before. ``status`` None: it never came to its end."""

    request: str
    status: int | None
    body: str | None


# -- tokens ------------------------------------------------------------------------------------------------------------


def add_token(db: Database, connection_id: int, name: str, digest: str, at: datetime) -> bool:
    """Keep a token's hash under this name; False where the connection has one of that name already."""
    with db.transaction():
        sql = "SELECT 1 FROM interface_token WHERE connection_id = ? AND name = ? AND revoked_at IS NULL"
        if db.value(sql, (connection_id, name)) is not None:
            return False
        db.execute(
            "INSERT INTO interface_token (connection_id, name, digest, made_at) VALUES (?, ?, ?, ?)",
            (connection_id, name, digest, to_us(at)),
        )
        return True


def revoke_token(db: Database, connection_id: int, name: str, at: datetime) -> bool:
    """End a token; False where there is none of that name."""
    with db.transaction():
        sql = """UPDATE interface_token SET revoked_at = ? WHERE connection_id = ? AND name = ?
            AND revoked_at IS NULL"""
        return bool(db.execute(sql, (to_us(at), connection_id, name)).rowcount)


def tokens(db: Database, connection_id: int) -> list[TokenView]:
    """All tokens of a connection, the revoked ones too, oldest first."""
    sql = "SELECT id, name, made_at, used_at, revoked_at FROM interface_token WHERE connection_id = ? ORDER BY id"
    with db.snapshot():
        return [
            TokenView(int(key), name, from_us(made), moment_or_none(used), moment_or_none(revoked))
            for key, name, made, used, revoked in db.all(sql, (connection_id,))
        ]


def digests(db: Database, connection_id: int) -> list[tuple[int, str]]:
    """(token, hash) of those that are good."""
    sql = "SELECT id, digest FROM interface_token WHERE connection_id = ? AND revoked_at IS NULL"
    with db.snapshot():
        return [(int(key), str(digest)) for key, digest in db.all(sql, (connection_id,))]


def note_use(db: Database, token_id: int, at: datetime) -> None:
    """Remember when a token was used last, to the minute: not every request writes."""
    with db.snapshot():
        used = db.value("SELECT used_at FROM interface_token WHERE id = ?", (token_id,))
    if used is None or at - from_us(used) >= _USED_EVERY:
        with db.transaction():
            db.execute("UPDATE interface_token SET used_at = ? WHERE id = ?", (to_us(at), token_id))


# -- answers -----------------------------------------------------------------------------------------------------------


def answer_of(db: Database, token_id: int, key: str) -> Kept | None:
    """What was answered to this key before."""
    row = db.one("SELECT request, status, body FROM interface_answer WHERE token_id = ? AND key = ?", (token_id, key))
    return None if row is None else Kept(str(row[0]), row[1], row[2])


def begin_answer(db: Database, token_id: int, key: str, request: str, at: datetime) -> None:
    """Note that this key is being answered, and forget old ones. Inside a transaction."""
    db.execute("DELETE FROM interface_answer WHERE at < ?", (to_us(at - KEEP_ANSWERS),))
    db.execute(
        "INSERT INTO interface_answer (token_id, key, request, at) VALUES (?, ?, ?, ?)",
        (token_id, key, request, to_us(at)),
    )


def keep_answer(db: Database, token_id: int, key: str, status: int, body: str) -> None:
    """The answer that this key gets from now on. Inside a transaction."""
    db.execute(
        "UPDATE interface_answer SET status = ?, body = ? WHERE token_id = ? AND key = ?",
        (status, body, token_id, key),
    )


def forget_answer(db: Database, token_id: int, key: str) -> None:
    """Nothing was done: the key is free again. Inside a transaction."""
    db.execute("DELETE FROM interface_answer WHERE token_id = ? AND key = ?", (token_id, key))


# -- lists -------------------------------------------------------------------------------------------------------------


def page_ids(
    db: Database,
    connection_id: int,
    module: str,
    where: RecordFilter,
    *,
    after: int,
    limit: int,
    since: datetime | None = None,
    party_id: str | None = None,
    number: str | None = None,
    source: str | None = None,
) -> list[int]:
    """Keys of the records behind ``after`` that fit, in the order in which they came here.

    ``since``: changed here or in Zoho Books at or after that moment, as far as either is known.
    """
    with db.snapshot():
        feed = module_states.find_feed(db, connection_id, module)
        if feed is None:
            return []
        clause, params = listing.conditions(feed.id, where)
        parts: list[str] = [clause, "id > ?"]
        values: list[Any] = [*params, after]
        if since is not None:
            parts.append(
                "(id IN (SELECT record_id FROM record_change WHERE feed_id = ? AND at >= ?) OR modified_at >= ?)"
            )
            values += [feed.id, to_us(since), to_us(since) // 1_000_000]
        for column, value in (("party_id", party_id), ("number", number), ("source", source)):
            if value is not None:
                parts.append(f"{column} = ?")
                values.append(value)
        sql = f"SELECT id FROM record WHERE {' AND '.join(parts)} ORDER BY id LIMIT ?"  # noqa: S608 - our columns
        return [int(row[0]) for row in db.all(sql, (*values, limit))]
