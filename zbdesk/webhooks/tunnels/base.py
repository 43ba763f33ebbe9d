"""What every tunnel is: something that is started, has a public address sooner or later, says how it is, and stops.

A tunnel carries bytes and judges none: signatures are the listener's business. Invariant: ``status`` is always true of
this moment, and every change of it is told once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from zbdesk.domain.clock import Clock


class TunnelState(StrEnum):
    """How a tunnel stands."""

    OFF = "off"
    STARTING = "starting"
    UP = "up"
    BROKEN = "broken"
    """It does not work now and is tried again by itself, or needs a person: the sentence says which."""


@dataclass(frozen=True, slots=True)
class Local:
    """The listener: ``origin`` like ``http://127.0.0.1:8971``, ``path`` with the connection's key, from its ``/``."""

    origin: str
    path: str

    @property
    def port(self) -> int:
        """The port that the listener has on loopback."""
        return urlsplit(self.origin).port or 80

    @property
    def url(self) -> str:
        """Where events go on this computer."""
        return self.origin + self.path


@dataclass(frozen=True, slots=True)
class TunnelStatus:
    """How a tunnel stands, in words for people.

    ``public_url``: what to paste in Zoho Books, path included; None until known. ``signed``: whether bodies arrive as
    they were sent; where they do not, events are hints and no more. ``restarts``: how often it was started again.
    """

    state: TunnelState = TunnelState.OFF
    public_url: str | None = None
    sentence: str = "No tunnel is set up."
    remedy: str = ""
    since: datetime | None = None
    restarts: int = 0
    signed: bool = True


Tell = Callable[[TunnelStatus], None]


class Tunnel(Protocol):
    """One way in. Made for one listener; ``start`` returns at once, ``stop`` when nothing of it is left."""

    @property
    def status(self) -> TunnelStatus:
        """How it stands now."""
        ...

    def describe(self) -> str:
        """Name the tunnel in words for people: ``cloudflared, started here``."""
        ...

    async def start(self) -> None:
        """Begin; a second time changes nothing."""
        ...

    async def stop(self) -> None:
        """End; twice is harmless."""
        ...


class Telling:
    """The status of a tunnel and who is told of its changes: the part that all kinds share."""

    def __init__(self, clock: Clock, tell: Tell | None, *, signed: bool = True) -> None:
        self._clock = clock
        self._tell = tell
        self._status = TunnelStatus(signed=signed)

    @property
    def status(self) -> TunnelStatus:
        """How it stands now."""
        return self._status

    def _set(
        self,
        state: TunnelState,
        sentence: str,
        *,
        remedy: str = "",
        public_url: str | None = None,
        restarts: int | None = None,
    ) -> None:
        """Take the new status and tell it, unless it says what the one before said."""
        before = self._status
        now = replace(
            before,
            state=state,
            sentence=sentence,
            remedy=remedy,
            public_url=public_url,
            restarts=before.restarts if restarts is None else restarts,
        )
        if now == before:
            return
        since = before.since if state is before.state and before.since is not None else self._clock.now()
        self._status = replace(now, since=since)
        if self._tell is not None:
            self._tell(self._status)
