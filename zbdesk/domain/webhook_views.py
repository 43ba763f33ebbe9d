"""Webhooks as the window shows them: the day in figures, events with the record they are about, and the whole page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zbdesk.domain.views import ProblemView, WebhookEventView, WebhookOverview
from zbdesk.domain.way import Made, Target


@dataclass(frozen=True, slots=True)
class ModuleEvents:
    """Verified events of one module: the newest of all, and how many came today."""

    module: str
    last_at: datetime
    today: int


@dataclass(frozen=True, slots=True)
class WebhookFigures:
    """The day so far. ``usual_seconds``: the median from an event's arrival until its record was read, None for none.

    ``today`` counts events of all kinds, each once however often it came; ``unverified`` those among them without a
    signature that could be checked.
    """

    today: int = 0
    unverified: int = 0
    usual_seconds: float | None = None
    modules: tuple[ModuleEvents, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are shown. ``result``: one stable word, or ``waiting`` for all that wait. Empty means all."""

    module: str = ""
    result: str = ""
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event with what its record is called here, where it is here."""

    view: WebhookEventView
    number: str | None = None
    party: str | None = None
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class WebhookPage:
    """Everything the page shows but the events: read in one go.

    ``modules``: those that are synced and for which Zoho Books has rules. ``may_set_up``: the sign-in holds the
    permission to make webhooks there.
    """

    overview: WebhookOverview
    figures: WebhookFigures = WebhookFigures()
    modules: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    targets: tuple[Target, ...] = ()
    dead: int = 0
    troubles: tuple[ProblemView, ...] = ()
    """Open problems about webhooks, as on the Problems list."""

    may_set_up: bool = False
    may_remove: bool = False
