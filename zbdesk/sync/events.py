"""All that the outside may learn from the sync thread. Frozen values; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zbdesk.domain.errors import Action
from zbdesk.domain.status import EngineState, RunKind, RunResult
from zbdesk.domain.tieout import Fresh


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The engine is in another state. ``until`` for paused and waiting; ``reason`` is a sentence for people."""

    state: EngineState
    at: datetime
    until: datetime | None = None
    reason: str = ""
    action: Action = Action.NONE


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A pass began. ``modules`` in the order in which they are read."""

    run_id: int
    kind: RunKind
    modules: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A page of one module is in the database, or its reading is finished (``finished``).

    ``done`` counts records of this module that are here; ``expected`` is what Zoho said there are, None when unknown.
    """

    module: str
    done: int
    expected: int | None
    new: int
    changed: int
    deleted: int
    calls: int
    finished: bool = False


@dataclass(frozen=True, slots=True)
class DetailProgress:
    """Details (line items) being read: how many of how many wanted are here."""

    done: int
    wanted: int


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """Tables of these modules show something else now. Sent once a page at most."""

    modules: frozenset[str]


@dataclass(frozen=True, slots=True)
class DetailReady:
    """The detail that a person asked for is in the database."""

    record_id: int


@dataclass(frozen=True, slots=True)
class CallsUsed:
    """The day's count moved. Sent at most ten times a second."""

    used: int
    limit: int | None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PullCount:
    """What one pass found in one module."""

    new: int = 0
    changed: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class PushCount:
    """What one pass wrote in one module."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    linked: int = 0
    actions: int = 0


@dataclass(frozen=True, slots=True)
class RunFinished:
    """A pass ended. ``message`` is one sentence for people; ``next_run_at`` None when nothing is scheduled."""

    run_id: int
    kind: RunKind
    result: RunResult
    started_at: datetime
    finished_at: datetime
    api_calls: int
    pulled: tuple[tuple[str, PullCount], ...]
    pushed: tuple[tuple[str, PushCount], ...]
    conflicts: int
    problems: int
    pending: int
    message: str
    action: Action = Action.NONE
    next_run_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CommandFailed:
    """A person's command could not be carried out; the sentence says why."""

    title: str
    message: str
    action: Action
    record_id: int | None = None
    """The record that the command was about, where it was about one."""

    fields: tuple[tuple[str, str], ...] = ()
    """What is wrong with which field of it: name and sentence."""

    ticket: str = ""
    """Of the command, where somebody waits for its answer."""


@dataclass(frozen=True, slots=True)
class CommandDone:
    """A person's command was taken; it is here now and leaves with the next pass. Only for commands with a ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class PeriodProgress:
    """How far a fresh look at a period is: rows found in this module so far."""

    ticket: str
    module: str
    rows: int


@dataclass(frozen=True, slots=True)
class PeriodLooked:
    """What Zoho Books listed of a period; nothing of it was stored."""

    ticket: str
    fresh: Fresh


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something happened to an organization beside the one in use: ``connection_id`` and name say to which."""

    connection_id: int
    organization: str
    event: StateChanged | RunFinished


Event = (
    StateChanged
    | RunStarted
    | ModuleProgress
    | DetailProgress
    | RecordsChanged
    | DetailReady
    | CallsUsed
    | RunFinished
    | CommandFailed
    | CommandDone
    | PeriodProgress
    | PeriodLooked
    | Elsewhere
)
