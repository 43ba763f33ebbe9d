"""What a person is told about webhooks that do not get through: a wrong secret, a port that another program has."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import StorageError
from zbdesk.store import inbox, problems
from zbdesk.store.database import Database
from zbdesk.sync.events import Event, RecordsChanged

_log = logging.getLogger(__name__)

SIGNATURE = "webhook_signature"
PORT = "webhook_port"
TOGETHER_SECONDS = 1.0
"""Refusals of so long are written down as one: whoever sends thousands must not keep the disk busy."""


class Watch:
    """Raises and clears the two problems, each once an episode. On the sync thread."""

    def __init__(self, db: Database, connection_id: int, clock: Clock, emit: Callable[[Event], None]) -> None:
        self._db = db
        self._connection_id = connection_id
        self._clock = clock
        self._emit = emit
        self._refused = 0
        self._timer: asyncio.TimerHandle | None = None
        known = {problem.cause for problem in problems.open_problems(db, connection_id)}
        self._troubled = SIGNATURE in known
        self._port_taken = PORT in known

    def judged(self, genuine: bool) -> None:
        """One event was checked."""
        if not genuine:
            self._refused += 1
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(TOGETHER_SECONDS, self._write)
        elif self._troubled or self._refused:
            self._write()
            self._clear(SIGNATURE)
            self._troubled = False

    def port(self, port: int, *, ours: bool) -> None:
        """The listener has its port, or another program has it."""
        if ours and self._port_taken:
            self._clear(PORT)
        elif not ours and not self._port_taken:
            self._raise(
                PORT,
                f"Webhooks cannot arrive: port {port} is in use by another program.",
                "Close that program, or choose another port in the settings and in your tunnel. "
                "zbdesk tries again by itself; until then changes come with polling.",
            )
        self._port_taken = not ours

    def close(self) -> None:
        """Write down what is left. Who does not listen any more has no trouble with a port."""
        self._write()
        if self._port_taken:
            self._clear(PORT)

    def _write(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        count, self._refused = self._refused, 0
        if not count:
            return
        try:
            inbox.count_refused(self._db, self._connection_id, count, self._clock.now())
        except StorageError:
            _log.warning("refused webhook events could not be counted", exc_info=True)
            return
        if not self._troubled:
            self._troubled = True
            self._raise(
                SIGNATURE,
                "Webhook events with a wrong signature arrive; they are refused.",
                "Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and "
                "paste it into the webhook in Zoho Books. This goes away with the first event that is right.",
            )

    def _raise(self, cause: str, message: str, remedy: str) -> None:
        try:
            problems.raise_problem(
                self._db, self._connection_id, cause=cause, message=message, remedy=remedy, at=self._clock.now()
            )
        except StorageError:
            _log.warning("a problem with webhooks could not be noted", exc_info=True)
        self._emit(RecordsChanged(frozenset()))

    def _clear(self, cause: str) -> None:
        try:
            problems.clear(self._db, self._connection_id, cause=cause, at=self._clock.now())
        except StorageError:
            _log.warning("a problem with webhooks could not be cleared", exc_info=True)
        self._emit(RecordsChanged(frozenset()))
