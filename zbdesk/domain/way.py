"""How Zoho's events get here, as screens and the command line show it: tunnel, tests, gaps, relay onward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TunnelView:
    """The tunnel as others may see it. ``state`` is off, starting, up or broken."""

    kind: str
    state: str
    public_url: str | None
    sentence: str
    remedy: str
    since: datetime | None = None
    restarts: int = 0
    signed: bool = True


@dataclass(frozen=True, slots=True)
class LegView:
    """One leg of a test: ``leg`` and ``state`` are stable words."""

    leg: str
    state: str
    note: str
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class TunnelTest:
    """One round-trip test. ``leg`` is the one that failed. ``cause``: start, hourly, user."""

    at: datetime
    ok: bool
    leg: str | None
    sentence: str
    remedy: str
    detail: str
    legs: tuple[LegView, ...]
    milliseconds: int
    public_url: str
    cause: str


@dataclass(frozen=True, slots=True)
class Made:
    """One thing made in Zoho Books: ``kind`` webhook or workflow, ``rule`` the word of its trigger."""

    id: int
    kind: str
    module: str
    rule: str
    name: str
    remote_id: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ModuleGap:
    """One module in a window: changes that events told, changes that only polling found, and which those were."""

    module: str
    told: int
    missed: int
    recovered: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The part that was missed: 0.0 none, 1.0 all."""
        seen = self.told + self.missed
        return self.missed / seen if seen else 0.0


@dataclass(frozen=True, slots=True)
class WebhookHealth:
    """How the webhooks were judged last. ``state``: off, untested, healthy, gap, failing."""

    state: str
    since: datetime
    checked_at: datetime
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Target:
    """One own address. ``content``: event or record; ``modules`` and ``kinds`` empty for all."""

    id: int
    url: str
    content: str
    modules: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    enabled: bool = True
    made_at: datetime | None = None
    last_ok_at: datetime | None = None
    failures: int = 0
    rests_until: datetime | None = None

    def wants(self, module: str, kind: str) -> bool:
        """Whether an event of this module and kind is for this target."""
        return self.enabled and (not self.modules or module in self.modules) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the list of deliveries. ``state``: waiting, done, dead."""

    id: int
    target_id: int
    url: str
    module: str
    remote_id: str
    kind: str
    state: str
    tries: int
    next_at: datetime | None
    made_at: datetime
    ended_at: datetime | None
    status: int | None
    error: str


@dataclass(frozen=True, slots=True)
class WebhookWay:
    """The whole way at a glance. ``gaps`` of the last week; ``missed`` and ``changes`` are their sums."""

    tunnel: TunnelView | None = None
    test: TunnelTest | None = None
    next_test_at: datetime | None = None
    health: WebhookHealth | None = None
    gaps: tuple[ModuleGap, ...] = ()

    @property
    def missed(self) -> int:
        """Changes that no event told."""
        return sum(gap.missed for gap in self.gaps)

    @property
    def changes(self) -> int:
        """All changes seen."""
        return sum(gap.missed + gap.told for gap in self.gaps)
