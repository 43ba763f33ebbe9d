"""The pushing half of a pass, in its order: writes in doubt, what is new in Zoho, then our side until it is quiet."""

from __future__ import annotations

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import documents
from zbdesk.sync.adopting import Adopter
from zbdesk.sync.attempting import Attempts, WritingBooks
from zbdesk.sync.context import Pass
from zbdesk.sync.events import PushCount
from zbdesk.sync.policy import policy_for
from zbdesk.sync.push import Pusher

Counts = tuple[tuple[str, PushCount], ...]


class Pushing:
    """One pass's pushing. ``counts`` is right at any time, also after a failure."""

    def __init__(self, run: Pass, connection: Connection) -> None:
        self._run = run
        self._connection = connection
        self._pusher = Pusher(run, run.books, connection) if isinstance(run.books, WritingBooks) else None

    @property
    def counts(self) -> Counts:
        """What was written so far, by module."""
        return () if self._pusher is None else self._pusher.counts

    def is_idle(self) -> bool:
        """Whether there is nothing that could have to be written."""
        run = self._run
        return self._pusher is None or not (documents.due(run.db, run.connection_id) or Attempts(run).unanswered())

    async def push(self) -> None:
        """Do it. Raises what ends the pass; what was done until then stays done."""
        if self._pusher is None:
            return
        await self._pusher.look_up()
        self.adopt()
        await self._pusher.rounds()

    def adopt(self) -> int:
        """Take over what is new in Zoho and of interest here; needs no call."""
        connection = self._connection
        policies = {
            name: policy_for(module, read_only=connection.read_only, scopes=connection.scopes)
            for name, module in MODULES.items()
            if module.write_fields
        }
        return Adopter(self._run, Attempts(self._run)).adopt(policies)
