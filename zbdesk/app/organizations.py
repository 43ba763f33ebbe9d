"""Several organizations side by side: which are known, which is in use, and the guard against writing to a wrong one.

One of them is current: the window shows it and the command line works for it. The others sync beside it
(``companions``). Must not switch while the sync thread runs: what is switched is what it works for. Invariant: after a
change nothing is written before a person has named the organization, see ``store.guards``.
"""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from zbdesk.app.desk import Desk
from zbdesk.domain.errors import SetupError
from zbdesk.domain.fingerprint import Guard
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection
from zbdesk.store import connections, diary, forgetting, guards, queries, runs
from zbdesk.store.database import Database, MissingDatabase

log = logging.getLogger(__name__)


class UnknownConnection(SetupError):
    """The organization is not known on this computer any more."""

    def __init__(self) -> None:
        super().__init__("This organization is not known on this computer any more.", "Connect it again.")


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """One organization whose records are here. ``current``: the one in use.

    ``guarded``: nothing is written to it before a person has confirmed it. ``reason``: the sentence of its state.
    """

    connection: Connection
    current: bool
    last_success_at: datetime | None = None
    next_run_at: datetime | None = None
    conflicts: int = 0
    problems: int = 0
    pending: int = 0
    guarded: bool = False
    reason: str = ""

    @property
    def signed_in(self) -> bool:
        """Whether it can be switched to without signing in."""
        return self.connection.state is not ConnectionState.NONE

    @property
    def waiting(self) -> int:
        """How much waits for a person: conflicts and problems."""
        return self.conflicts + self.problems


def known(desk: Desk) -> list[KnownOrganization]:
    """All organizations of this data directory, the one in use first. Blocks; reads with a handle of its own."""
    try:
        db = Database.open_reader(desk.database_path)
    except MissingDatabase:
        return []
    with closing(db), db.snapshot():
        here = connections.current(db)
        now = here.id if here is not None else None
        return [_known(db, one, current=one.id == now) for one in connections.known(db)]


def _known(db: Database, connection: Connection, *, current: bool) -> KnownOrganization:
    """How one stands; the same counts as the dashboard's. Inside a snapshot."""
    waiting = queries.waiting(db, connection.id)
    return KnownOrganization(
        connection,
        current,
        last_success_at=runs.last_success_at(db, connection.id),
        next_run_at=connections.moments(db, connection.id)[1],
        conflicts=waiting.conflicts,
        problems=waiting.problems,
        pending=waiting.pending,
        guarded=guards.get(db, connection.id) is not None,
        reason=connections.state_reason(db, connection.id),
    )


def guard(desk: Desk) -> Guard | None:
    """What a person has to confirm before anything is written to the organization in use. Blocks."""
    try:
        db = Database.open_reader(desk.database_path)
    except MissingDatabase:
        return None
    with closing(db):
        here = connections.current(db)
        return guards.get(db, here.id) if here is not None else None


def confirm_here(desk: Desk) -> Guard | None:
    """A person named the organization in use: what waited for that may leave. Returns what was to be confirmed.

    Blocks. Raises ``OtherInstance``.
    """
    found = guard(desk)
    if found is not None:
        desk.acquire("connect")
        with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
            here = connections.current(db)
            if here is not None:
                guards.clear(db, here.id)
    return found


def forget_links(desk: Desk) -> tuple[int, int]:
    """Forget which record belongs to which in the organization in use; the sync thread must have ended. Blocks.

    Returns how many links were dropped and how many stay, since a write to them is without its answer. Raises
    ``OtherInstance``.
    """
    desk.acquire("window")
    with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
        here = connections.current(db)
        if here is None:
            return 0, 0
        with db.transaction():
            found = forgetting.forget_links(db, here.id)
            words = f"The links of {found[0]} records were forgotten"
            diary.add(db, here.id, "links_forgotten", words, at=desk.clock.now(), cause="user")
    return found


def switch(desk: Desk, connection_id: int) -> Connection:
    """Use another organization; the sync thread must have ended. Blocks.

    The first write to it waits until a person has confirmed it. Raises ``OtherInstance``, ``UnknownConnection``.
    """
    desk.acquire("window")
    with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
        before = connections.current(db)
        wanted = connections.get(db, connection_id)
        if wanted is None:
            raise UnknownConnection
        if before is not None and before.id == connection_id:
            return wanted
        with db.transaction():
            connections.make_current(db, connection_id)
            if wanted.state is ConnectionState.NONE:
                connections.set_state(db, connection_id, ConnectionState.NEEDS_SIGN_IN, "It was disconnected.")
            if before is not None:
                guards.put(db, connection_id, Guard(before=before.organization.name))
            at = desk.clock.now()
            diary.add(db, connection_id, "switched", "This organization is in use now", at=at, cause="user")
    log.info("another organization is in use")
    return wanted
