"""Changes to the local side from outside the window: documents, actions, choices. Nothing here makes a call to Zoho.

Each works on the desk's writing handle for as long as it takes and needs the writer's lock, so that a running window or
``run`` is never written past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Literal, TypeVar

from zbdesk.app.desk import Desk, NotConnected
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.store import connections
from zbdesk.store.database import Database
from zbdesk.sync import choices, editing
from zbdesk.sync.editing import PutResult

T = TypeVar("T")
Side = Literal["local", "remote"]


def put(desk: Desk, module: str, documents: Iterable[Mapping[str, object]], *, source: str) -> list[PutResult]:
    """Documents of a source into the local tree; bad ones are refused and named, the others taken.

    Raises ``UnknownModule``, ``NotConnected``, ``OtherInstance``.
    """
    wanted = named(module)
    return write(
        desk, "put", lambda db, here: editing.put(db, here, wanted, documents, source=source, now=desk.clock.now)
    )


def act(desk: Desk, module: str, key: str, action: str, data: Mapping[str, object]) -> str:
    """One command on one record; returns the local id of the record that is now pending."""
    wanted = named(module)
    return write(desk, "act", lambda db, here: editing.act(db, here, wanted, key, action, data, now=desk.clock.now))


def resolve(desk: Desk, conflict_id: int, keep: Side, fields: Mapping[str, Side]) -> None:
    """A person's choice in a conflict. Raises ``CannotEdit`` where it would break a paid or locked document."""

    def settle(db: Database, here: Connection) -> None:
        with db.transaction():
            choices.guard(db, here.id, (conflict_id,), keep, fields)
            editing.resolve(db, conflict_id, keep, fields, now=desk.clock.now)

    write(desk, "resolve", settle)


def retry(desk: Desk, problem_ids: Sequence[int]) -> int:
    """Let these problems be tried with the next sync, or all; returns how many."""
    return write(desk, "retry", lambda db, here: editing.retry(db, here, problem_ids))


def dismiss(desk: Desk, problem_ids: Sequence[int], reason: str) -> None:
    """Leave these problems be until the record changes."""
    write(desk, "dismiss", lambda db, _: editing.dismiss(db, problem_ids, reason))


def write(desk: Desk, purpose: str, change: Callable[[Database, Connection], T]) -> T:
    """Carry out one change as the one process that writes here. Raises ``NotConnected``, ``OtherInstance``."""
    desk.acquire(purpose)
    with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
        connection = connections.current(db)
        if connection is None:
            raise NotConnected
        return change(db, connection)
