"""Tokens of the local interface: made, listed and ended by people; beside a running instance too.

A token is returned once and kept nowhere; what is stored, and what a running instance is handed, is its hash.
"""

from __future__ import annotations

from collections.abc import Callable

from zbdesk.app import local
from zbdesk.app.desk import Desk
from zbdesk.app.log import mark_secret
from zbdesk.app.webhooks import write_or_hand_over
from zbdesk.domain.errors import UsageError
from zbdesk.domain.views import Connection
from zbdesk.sources.http import tokens
from zbdesk.store import changes, interface
from zbdesk.store.database import Database
from zbdesk.store.interface import TokenView
from zbdesk.sync.engine import Engine

_LONGEST = 60


class TokenNameTaken(UsageError):
    """There is a good token of this name, or the name is none."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"A token cannot be named {name!r}.",
            f"Choose a name of 1 to {_LONGEST} characters that no other token has, such as the program's.",
            subject=name,
        )


class NoSuchToken(UsageError):
    """There is no good token of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no token named {name}.", "`zbdesk interface tokens` lists them.", subject=name)


def make(desk: Desk, name: str) -> str:
    """A new token: the only time that it is seen. Blocks as a vault does.

    Raises ``TokenNameTaken``, ``NotConnected``, ``OtherInstance`` where another instance runs that does not listen.
    """
    plain = name.strip()
    if not plain.isprintable() or not 1 <= len(plain) <= _LONGEST or any(one.name == plain for one in good(desk)):
        raise TokenNameTaken(name)
    token = tokens.make()
    mark_secret(token)
    digest = tokens.digest(token)
    _change(
        desk,
        {"interface_token": {"name": plain, "digest": digest}},
        lambda db, here: _add(db, here, plain, digest),
    )
    return token


def revoke(desk: Desk, name: str) -> None:
    """End a token at once. Raises ``NoSuchToken``, and as ``make`` does."""
    if not any(one.name == name.strip() for one in good(desk)):
        raise NoSuchToken(name)
    _change(desk, {"interface_revoke": name.strip()}, lambda db, here: _revoke(db, here, name.strip()))


def _change(desk: Desk, order: dict[str, object], write: Callable[[Database, Connection], None]) -> None:
    """On this process's own sync thread where it runs, whether or not it listens; else as all orders."""
    if desk.is_attended:
        local.write(desk, "interface", write)
    else:
        write_or_hand_over(desk, order, write)


def listed(desk: Desk) -> list[TokenView]:
    """All tokens, revoked ones too, oldest first. Raises ``NotConnected``."""
    with local.reading(desk) as (db, here):
        return interface.tokens(db, here.id)


def good(desk: Desk) -> list[TokenView]:
    """Those that still open the door."""
    return [one for one in listed(desk) if one.revoked_at is None]


def carry_out(engine: Engine, order: dict[str, object]) -> int | None:
    """An order that another process handed over; None for what is no order about tokens."""
    match order:
        case {"interface_token": {"name": str(name), "digest": str(digest)}}:
            _add(engine.db, engine.connection, name, digest)
        case {"interface_revoke": str(name)}:
            _revoke(engine.db, engine.connection, name)
        case _:
            return None
    return 200


def _add(db: Database, here: Connection, name: str, digest: str) -> None:
    with db.transaction():
        if not interface.add_token(db, here.id, name, digest, db.moment()):
            raise TokenNameTaken(name)
        changes.begin(db, here.id, db.moment())


def _revoke(db: Database, here: Connection, name: str) -> None:
    if not interface.revoke_token(db, here.id, name, db.moment()):
        raise NoSuchToken(name)
