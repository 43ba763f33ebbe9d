"""From a request to a row of the inbox: check the signature, store once, then acknowledge.

Runs on the sync thread and writes through its handle; the listener, on a thread of its own, comes in through
``porch.py``. Requests that arrive together share one transaction, so that a burst costs one sync of the disk and not
hundreds. Invariant: ``take`` and ``keep`` return only after the event is on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import StorageError
from zbdesk.domain.views import Connection
from zbdesk.store import inbox, module_states
from zbdesk.store.database import Database
from zbdesk.store.inbox import NewEvent, Result
from zbdesk.webhooks.events import Incoming, Secrets, StoredEvent, Taken, is_genuine, to_row
from zbdesk.webhooks.spool import Spool

OnStored = Callable[[StoredEvent], None]


class Intake:
    """Takes the events of one connection. ``on_stored`` is told of each new one, on this thread, once it is stored.

    ``on_judged`` is told of every event whether its signature was right.
    """

    def __init__(
        self,
        db: Database,
        connection: Connection,
        secrets: Secrets,
        clock: Clock,
        *,
        on_stored: OnStored | None = None,
        on_judged: Callable[[bool], None] | None = None,
    ) -> None:
        self._db = db
        self._connection = connection
        self.secrets = secrets
        self._clock = clock
        self._on_stored = on_stored
        self._on_judged = on_judged
        self._waiting: list[tuple[NewEvent, asyncio.Future[int | None]]] = []

    async def take(self, incoming: Incoming, *, unsigned: bool = False) -> Taken:
        """Verify and store. Raises ``StorageError``, ``VaultError``: nothing was stored, nothing may be acknowledged.

        ``unsigned``: it came a way on which signatures cannot survive; it is a hint like any other, marked unverified.
        """
        verified = await self._is_genuine(incoming)
        if self._on_judged is not None and not unsigned:
            self._on_judged(verified)
        if not verified and not unsigned:
            return Taken.REFUSED
        return await self.keep(incoming, self._clock.now(), verified=verified)

    async def keep(self, incoming: Incoming, at: datetime, *, verified: bool) -> Taken:
        """Store an event that was judged and came in ``at`` that moment. Raises ``StorageError``."""
        row = to_row(
            incoming,
            at,
            verified=verified,
            organization_id=self._connection.organization.organization_id,
            enabled=frozenset(module_states.enabled(self._db, self._connection.id)),
        )
        stored = await self._store(row)
        if stored is None:
            return Taken.AGAIN
        if self._on_stored is not None:
            self._on_stored(
                StoredEvent(
                    id=stored,
                    received_at=row.received_at,
                    module=row.module,
                    remote_id=row.remote_id,
                    event=row.event,
                    verified=verified,
                    waits=row.result is Result.WAITING,
                    via=row.via,
                )
            )
        return Taken.STORED

    async def _is_genuine(self, incoming: Incoming) -> bool:
        # Asked first: another process may have changed the secret, and what it ended must not be right any more.
        await self.secrets.look_again()
        return is_genuine(incoming, self.secrets.valid())

    def _store(self, row: NewEvent) -> asyncio.Future[int | None]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[int | None] = loop.create_future()
        if not self._waiting:
            # In the loop's next turn: until then whatever else has arrived joins.
            loop.call_soon(self._flush)
        self._waiting.append((row, answer))
        return answer

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        try:
            keys = inbox.store(self._db, self._connection.id, [row for row, _ in rows])
        except StorageError as error:
            for _, answer in rows:
                if not answer.done():
                    answer.set_exception(error)
            return
        except BaseException as error:
            # A bug: whoever waits has to learn of it, or would wait for ever.
            for _, answer in rows:
                if not answer.done():
                    answer.set_exception(RuntimeError("events could not be stored"))
            raise error from None
        for (_, answer), key in zip(rows, keys, strict=True):
            if not answer.done():
                answer.set_result(key)


def take_left(db: Database, connection: Connection, spool: Spool) -> int:
    """Take into the inbox what the last listener put aside and did not get to; returns how many events were new.

    What the inbox has already is left as it is. Raises ``StorageError``: then everything stays where it is.
    """
    events = spool.read()
    enabled = frozenset(module_states.enabled(db, connection.id)) if events else frozenset()
    organization_id = connection.organization.organization_id
    rows = [
        to_row(one.incoming, one.received_at, verified=True, organization_id=organization_id, enabled=enabled)
        for one in events
    ]
    new = inbox.store_left(db, connection.id, rows) if rows else 0
    spool.clear()
    return new
