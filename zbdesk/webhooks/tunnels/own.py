"""The user's own public address: a reverse proxy, a port forwarding or a tunnel that somebody else looks after."""

from __future__ import annotations

from zbdesk.domain.clock import Clock
from zbdesk.webhooks.tunnels.address import checked, joined
from zbdesk.webhooks.tunnels.base import Local, Tell, Telling, TunnelState


class OwnAddress(Telling):
    """Nothing to start and nothing to watch: whether the way is open only a round-trip test can say.

    Raises ``BadAddress`` at once for an address that cannot be used.
    """

    def __init__(self, local: Local, url: str, *, clock: Clock, tell: Tell | None = None) -> None:
        super().__init__(clock, tell)
        self._public = joined(checked(url), local.path)

    def describe(self) -> str:
        """See ``Tunnel``."""
        return "your own public address"

    async def start(self) -> None:
        """See ``Tunnel``."""
        self._set(TunnelState.UP, "Your own address is used.", public_url=self._public)

    async def stop(self) -> None:
        """See ``Tunnel``."""
        self._set(TunnelState.OFF, "The address is not used now.", public_url=self._public)
