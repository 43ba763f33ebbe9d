"""The listener's side of the intake: judges an event and hands it to the sync thread, or puts it aside on the disk.

The sync thread may be busy for a while (a list being stored, an index being built), and with it the only handle that
writes the database. Zoho's answer does not wait for that: what the inbox has not taken within ``PATIENCE`` goes to the
spool and is acknowledged; the inbox takes it as soon as it is free. Invariant: ``take`` returns ``STORED`` only once
the event is on the disk, here or there; what is in the spool leaves it only after the inbox has it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import StorageError
from zbdesk.webhooks.events import Incoming, Secrets, Taken, is_genuine
from zbdesk.webhooks.spool import Spool, Spooled

_log = logging.getLogger(__name__)

PATIENCE = 0.03
"""Seconds that the inbox has; an answer is to be out within a tenth of a second."""

AGAIN = 5.0
"""Seconds after which what the database did not take is handed over once more."""

T = TypeVar("T")


class Taker(Protocol):
    """What a listener hands events to."""

    @property
    def secrets(self) -> Secrets:
        """What a round trip is answered with."""
        ...

    async def take(self, incoming: Incoming) -> Taken:
        """Verify and store. Raises ``StorageError``, ``VaultError``: nothing may be acknowledged."""
        ...


class Keeper(Protocol):
    """The sync thread's side."""

    async def keep(self, incoming: Incoming, at: datetime, *, verified: bool) -> Taken:
        """Store an event that was judged. Raises ``StorageError``."""
        ...


class Porch:
    """Takes events on the listener's thread for ``inside``, which lives on the loop ``home``.

    ``on_judged`` is told on ``home`` of each event whether its signature was right.
    """

    def __init__(
        self,
        home: asyncio.AbstractEventLoop,
        inside: Keeper,
        secrets: Secrets,
        spool: Spool,
        clock: Clock,
        *,
        on_judged: Callable[[bool], None],
    ) -> None:
        self._home = home
        self._inside = inside
        self.secrets = secrets
        self._spool = spool
        self._clock = clock
        self._on_judged = on_judged
        self._aside: dict[int, Spooled] = {}
        self._serial = 0
        self._batch: list[tuple[Spooled, asyncio.Future[None]]] = []

    async def take(self, incoming: Incoming) -> Taken:
        """See ``Taker``."""
        await self.secrets.look_again()
        genuine = is_genuine(incoming, self.secrets.valid())
        self._home.call_soon_threadsafe(self._on_judged, genuine)
        if not genuine:
            return Taken.REFUSED
        event = Spooled(incoming, self._clock.now())
        handed = self._hand_over(event)
        await asyncio.wait({handed}, timeout=PATIENCE)
        if handed.done():
            return handed.result()
        return await self._set_aside(event, handed)

    def _hand_over(self, event: Spooled) -> asyncio.Future[Taken]:
        return on_loop(self._home, self._inside.keep(event.incoming, event.received_at, verified=True))

    async def _set_aside(self, event: Spooled, handed: asyncio.Future[Taken]) -> Taken:
        self._serial += 1
        serial = self._serial
        # Counted before it is written: the file is cleared when nothing is counted.
        self._aside[serial] = event
        try:
            await self._written(event)
        except BaseException:
            del self._aside[serial]
            raise
        handed.add_done_callback(lambda ended: self._arrived(serial, ended))
        return Taken.STORED

    def _written(self, event: Spooled) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        if not self._batch:
            # In the loop's next turn: what else has waited too long by then shares one sync of the disk.
            loop.call_soon(self._flush)
        self._batch.append((event, done))
        return done

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        failure: StorageError | None = None
        try:
            self._spool.add([event for event, _ in batch])
        except StorageError as error:
            failure = error
        for _, done in batch:
            if done.done():
                continue
            if failure is None:
                done.set_result(None)
            else:
                done.set_exception(failure)

    # What was put aside

    def _arrived(self, serial: int, ended: asyncio.Future[Taken]) -> None:
        """The inbox has an event that lies in the spool, or could not take it yet."""
        error = asyncio.CancelledError() if ended.cancelled() else ended.exception()
        if error is None:
            del self._aside[serial]
            if not self._aside:
                self._spool.clear()
        elif isinstance(error, StorageError):
            asyncio.get_running_loop().call_later(AGAIN, self._again, serial)
        elif not isinstance(error, asyncio.CancelledError):
            _log.error("an event stays put aside until the next start", exc_info=error)

    def _again(self, serial: int) -> None:
        self._hand_over(self._aside[serial]).add_done_callback(lambda ended: self._arrived(serial, ended))


def on_loop(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
    """Run a coroutine on another thread's loop; what it gives is awaited on this one. Giving up here leaves it be."""
    handed = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))
    # Whoever waits for it may have been cut off meanwhile; a failure that nobody asks about is not a bug of the loop.
    handed.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
    return handed
