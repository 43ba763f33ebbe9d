"""Changes to the local side from outside the window: documents, actions, choices. Nothing here makes a call to Zoho.

Each works on the desk's writing handle for as long as it takes and needs the writer's lock, so that a running window or
``run`` is never written past. Inside a process whose sync thread runs, that thread's handle is the one that writes: a
second one would close the pass under way as interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Literal, TypeVar

from zbdesk.app.desk import Desk, NotConnected
from zbdesk.domain.errors import Action, SetupError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.store import connections
from zbdesk.store.database import Database
from zbdesk.sync import acting, belonging, choices, putting, resolving
from zbdesk.sync.putting import PutResult

if TYPE_CHECKING:
    from zbdesk.app.taking import Writer

T = TypeVar("T")
Side = Literal["local", "remote"]
START_SECONDS = 30.0
"""How long a change waits for an engine that is being built: the keychain may ask a person first."""


def put(desk: Desk, module: str, documents: Iterable[Mapping[str, object]], *, source: str) -> list[PutResult]:
    """Documents of a source into the local tree; bad ones are refused and named, the others taken.

    Raises ``UnknownModule``, ``NotConnected``, ``OtherInstance``.
    """
    wanted = named(module)
    return write(
        desk, "put", lambda db, here: putting.put(db, here, wanted, documents, source=source, now=desk.clock.now)
    )


def act(desk: Desk, module: str, key: str, action: str, data: Mapping[str, object]) -> str:
    """One command on one record; returns the local id of the record that is now pending."""
    wanted = named(module)
    return write(desk, "act", lambda db, here: acting.act(db, here, wanted, key, action, data, now=desk.clock.now))


def resolve(desk: Desk, conflict_id: int, keep: Side, fields: Mapping[str, Side]) -> None:
    """A person's choice in a conflict. Raises ``CannotEdit`` where it would break a paid or locked document."""

    def settle(db: Database, here: Connection) -> None:
        belonging.require(db, here, records=(conflict_id,))
        with db.transaction():
            choices.guard(db, here.id, (conflict_id,), keep, fields)
            resolving.resolve(db, conflict_id, keep, fields, now=desk.clock.now)

    write(desk, "resolve", settle)


def retry(desk: Desk, problem_ids: Sequence[int]) -> int:
    """Let these problems be tried with the next sync, or all; returns how many."""

    def again(db: Database, here: Connection) -> int:
        belonging.require(db, here, problems=problem_ids)
        return resolving.retry(db, here, problem_ids)

    return write(desk, "retry", again)


def dismiss(desk: Desk, problem_ids: Sequence[int], reason: str) -> None:
    """Leave these problems be until the record changes."""

    def leave(db: Database, here: Connection) -> None:
        belonging.require(db, here, problems=problem_ids)
        resolving.dismiss(db, problem_ids, reason)

    write(desk, "dismiss", leave)


class WriterGone(SetupError):
    """The sync thread ended before it could write. Nothing of the change was kept."""

    default_action = Action.RETRY

    def __init__(self) -> None:
        super().__init__("Syncing ended before this could be written.", "Nothing of it was kept. Try it again.")


def write(desk: Desk, purpose: str, change: Callable[[Database, Connection], T]) -> T:
    """Carry out one change as the one process that writes here. Raises ``NotConnected``, ``OtherInstance``.

    Where this process syncs, the change runs on the sync thread, between two of its awaits: it must be short. Long
    work takes ``working``. Blocks; never call it on the window's own thread.
    """
    if desk.is_attended:
        done = _on_thread(desk, change)
        _tell(desk)
        return done
    desk.acquire(purpose)
    with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
        return change(db, _connected(db))


@contextmanager
def reading(desk: Desk) -> Iterator[tuple[Database, Connection]]:
    """A reading handle with the connection in use, beside whoever writes. Raises ``NotConnected``."""
    if not desk.database_path.exists():
        raise NotConnected
    with closing(Database.open_reader(desk.database_path)) as db:
        yield db, _connected(db)


@contextmanager
def working(desk: Desk, purpose: str) -> Iterator[tuple[Database, Connection, Writer | None]]:
    """A handle for long work and how it writes: None where the handle itself does.

    Where this process syncs, the handle only reads, and each short change goes to the sync thread. Raises as ``write``.
    """
    if not desk.is_attended:
        desk.acquire(purpose)
        with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
            yield db, _connected(db), None
        return

    def writer(change: Callable[[Database, Connection], T]) -> T:
        return _on_thread(desk, change)

    with closing(Database.open_reader(desk.database_path)) as db:
        try:
            yield db, _connected(db), writer
        finally:
            _tell(desk)


def _on_thread(desk: Desk, change: Callable[[Database, Connection], T]) -> T:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return desk.carry_out(lambda engine: change(engine.db, engine.connection)).result()
        except CancelledError as error:
            # Nothing of the change was begun: the engine is still being built, or the thread has ended.
            if not desk.is_attended or time.monotonic() > until:
                raise WriterGone from error
            time.sleep(0.05)


def _tell(desk: Desk) -> None:
    """Tables show something else now, and a pass is owed."""
    desk.carry_out(lambda engine: engine.edited())


def _connected(db: Database) -> Connection:
    connection = connections.current(db)
    if connection is None:
        raise NotConnected
    return connection
