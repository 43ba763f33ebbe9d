"""The pushing half of a pass, in its order: writes in doubt, what is new in Zoho, then our side until it is quiet."""

from __future__ import annotations

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import documents, problems
from zbdesk.sync.adopting import Adopter
from zbdesk.sync.attempting import Attempts, WritingBooks
from zbdesk.sync.context import Pass
from zbdesk.sync.events import PushCount
from zbdesk.sync.policies import Policies
from zbdesk.sync.push import Pusher
from zbdesk.sync.rolling import RollingBack

Counts = tuple[tuple[str, PushCount], ...]


class Pushing:
    """One pass's pushing. ``counts`` is right at any time, also after a failure."""

    def __init__(self, run: Pass, connection: Connection) -> None:
        self._run = run
        self._connection = connection
        self._back = RollingBack(run, connection)
        self._pusher = Pusher(run, run.books, connection) if isinstance(run.books, WritingBooks) else None

    @property
    def counts(self) -> Counts:
        """What was written so far, by module."""
        return () if self._pusher is None else self._pusher.counts

    def is_idle(self) -> bool:
        """Whether there is nothing that could have to be written."""
        run = self._run
        if self._pusher is None:
            return True
        waits = documents.due(run.db, run.connection_id) or Attempts(run).unanswered()
        # A problem found here may be over by what was just read, though nothing of its record has changed.
        seen = problems.seen_here(run.db, run.connection_id)
        asked = self._pusher.is_asked() or self._pusher.is_looking()
        return not (waits or seen or asked or self._back.is_under_way())

    @property
    def stopped(self) -> bool:
        """Whether it asks a person before it writes more than its limits allow."""
        return self._pusher is not None and self._pusher.brakes.stopped

    def nothing_to_do(self) -> None:
        """What was asked about a larger run is over."""
        if self._pusher is not None:
            self._pusher.brakes.ended()

    async def push(self) -> None:
        """Do it. Raises what ends the pass; what was done until then stays done."""
        if self._pusher is None:
            return
        await self._pusher.look_up()
        await self._pusher.look_for_repeats()
        self.adopt()
        await self._pusher.find_out()
        await self._pusher.rounds()
        while await self._back.advance():
            await self._pusher.rounds()
        self._pusher.brakes.ended()

    def adopt(self) -> int:
        """Take over what is new in Zoho and of interest here; needs no call."""
        known = Policies(self._run.db, self._connection)
        policies = {name: known.of(module) for name, module in MODULES.items() if module.write_fields}
        return Adopter(self._run, Attempts(self._run)).adopt(policies)
