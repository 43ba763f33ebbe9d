"""What comes out of a pull relay, taken in as if it had come to the listener."""

from __future__ import annotations

import logging

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import StorageError, VaultError
from zbdesk.web.guard import Rate
from zbdesk.webhooks.events import Incoming, Taken
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.signature import HEADER
from zbdesk.webhooks.tunnels.relay import Forwarded

log = logging.getLogger(__name__)

HINTS_PER_SECOND, HINTS_AT_ONCE = 0.5, 60.0
"""Hints that are looked at: each may cost a call to Zoho Books, and whoever knows a smee channel can send them."""


class RelayIntake:
    """What comes out of a relay, taken in as if it had come to the listener."""

    def __init__(self, intake: Intake, clock: Clock) -> None:
        self._intake = intake
        self._clock = clock
        self._rate = Rate(HINTS_PER_SECOND, HINTS_AT_ONCE)
        self.dropped = 0

    async def request(self, forwarded: Forwarded) -> int:
        """See ``relay.Intake``."""
        return await self._take(forwarded, unsigned=False)

    async def hint(self, forwarded: Forwarded) -> None:
        """See ``relay.Intake``. Stored as not verified; beyond a bound let go, since anybody may send them."""
        if not self._rate.allows("relay", self._clock.monotonic()):
            self.dropped += 1
            if self.dropped == 1:
                log.info("relay: more hints than are looked at; polling finds what they speak of")
            return
        await self._take(forwarded, unsigned=True)

    async def _take(self, forwarded: Forwarded, *, unsigned: bool) -> int:
        headers = dict(forwarded.headers)
        signature = headers.get(HEADER.lower())
        incoming = Incoming(
            method=forwarded.method,
            suffix="",
            query=forwarded.query.encode(),
            content_type=headers.get("content-type", "application/json"),
            signature=None if unsigned or signature is None else signature.encode(),
            body=forwarded.body,
            via="relay",
        )
        try:
            taken = await self._intake.take(incoming, unsigned=unsigned)
        except (StorageError, VaultError) as error:
            log.warning("an event from the relay could not be stored: %s", error.title)
            return 503
        return 401 if taken is Taken.REFUSED else 200
