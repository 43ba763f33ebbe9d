"""All that the outside may ask of the sync thread. Frozen values; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SyncNow:
    """A person's click: run a pass now. ``full`` reads every list to its end and finds deletions."""

    full: bool = False
    modules: tuple[str, ...] = ()
    """Only these; empty means all that are on."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End the running pass within a second; what is here stays, the next pass goes on from there."""


@dataclass(frozen=True, slots=True)
class Pause:
    """No scheduled pass until then; None means until Resume. A running pass is stopped."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """End a pause."""


@dataclass(frozen=True, slots=True)
class ReadDetail:
    """A person opened this record: read its detail before anything else, unless it is here and fresh."""

    record_id: int


@dataclass(frozen=True, slots=True)
class FillDetails:
    """Read the line items of everything in these modules, newest first, inside the day's budget."""

    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetModules:
    """Which modules are read from now on, and how often (seconds between polls)."""

    enabled: tuple[str, ...]
    poll_seconds: float


Command = SyncNow | Stop | Pause | Resume | ReadDetail | FillDetails | SetModules
