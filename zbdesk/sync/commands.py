"""All that the outside may ask of the sync thread. Frozen values; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SyncNow:
    """A person's click: run a pass now. ``full`` reads every list to its end and finds deletions."""

    full: bool = False
    modules: tuple[str, ...] = ()
    """Only these; empty means all that are on."""

    confirmed: tuple[str, ...] = ()
    """Modules whose mass deletion a person has looked at in Zoho Books and agreed to."""


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


@dataclass(frozen=True, slots=True)
class SetLimits:
    """How much a run may write without asking, as in the settings: 0 and empty are no limit."""

    changes: int
    deletions: int
    value: str
    """Amounts by currency: ``EUR 50000, INR 4000000``."""


@dataclass(frozen=True, slots=True)
class EditRecord:
    """A person changed these fields of a record (document form). A mirrored record is taken over by that.

    ``shown``: what the form showed of these fields. Where one holds something else meanwhile, the edit is refused:
    the person has not seen what it would write over.
    """

    record_id: int
    fields: tuple[tuple[str, object], ...]
    shown: tuple[tuple[str, object], ...] = ()

    ticket: str = field(default="", compare=False)
    """Names this very command in `CommandDone` or `CommandFailed`, for whoever waits for the answer."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A person entered a document in the window."""

    module: str
    fields: tuple[tuple[str, object], ...]

    ticket: str = field(default="", compare=False)
    """Names this very command in `CommandDone` or `CommandFailed`, for whoever waits for the answer."""


@dataclass(frozen=True, slots=True)
class ActOn:
    """A person wants this done with a record: ``send``, ``void``, ``delete``, ``pay``, ..., as on the command line."""

    record_id: int
    action: str
    data: tuple[tuple[str, object], ...] = ()

    ticket: str = field(default="", compare=False)
    """Names this very command in `CommandDone` or `CommandFailed`, for whoever waits for the answer."""


@dataclass(frozen=True, slots=True)
class CancelPending:
    """Take back what has not left yet: the record is again as both sides last agreed, or gone where it was new."""

    record_id: int


@dataclass(frozen=True, slots=True)
class ResolveConflicts:
    """A person's choice: for each record the side to keep, ``local`` or ``remote``, for all fields or for some.

    ``fields`` names (field, side) pairs that differ from ``keep``.
    """

    conflict_ids: tuple[int, ...]
    keep: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UndoResolve:
    """Take a choice back, as long as nothing of it has left."""

    conflict_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RetryProblems:
    """Try these again now; empty means all."""

    problem_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DismissProblems:
    """Leave these be, for this reason; they come back only after a change of the record."""

    problem_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class UndoDismiss:
    """Show these again."""

    problem_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HoldForReview:
    """Whether what is to leave waits until a person releases it."""

    on: bool


@dataclass(frozen=True, slots=True)
class Release:
    """Let these held records leave with the next pass, which begins at once."""

    record_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AllowRun:
    """A person looked at a run that stopped at a limit and lets exactly those writes go; ``token`` names them."""

    token: str


@dataclass(frozen=True, slots=True)
class RollBackRun:
    """A person looked at what taking this run back means and wants it; it begins at once."""

    run_id: int


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """What zbdesk may do with the records of a module: settings and values in the words of ``policy_keys``."""

    module: str
    wishes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GiveMeaning:
    """A name that documents use means this record of Zoho's, for all of them; an empty id takes that back.

    ``by`` and ``value`` as in a document: ``name`` and ``GST 18%``. ``field`` is the one that names it: ``tax_id``.
    """

    module: str
    by: str
    value: str
    remote_id: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class LinkTo:
    """This record of ours is that record of Zoho's."""

    record_id: int
    remote_id: str


@dataclass(frozen=True, slots=True)
class SetUpFields:
    """About the fields by which Zoho tells our records apart: ``look`` again, ``make`` them, or ``vouch`` for them."""

    what: str
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplayEvent:
    """A person wants the record of this webhook event looked at once more."""

    event_id: int


@dataclass(frozen=True, slots=True)
class SetPublicUrl:
    """The address at which Zoho Books reaches the listener, checked and with its path; empty for none."""

    url: str


EditCommand = (
    EditRecord
    | NewRecord
    | ActOn
    | CancelPending
    | ResolveConflicts
    | UndoResolve
    | RetryProblems
    | DismissProblems
    | UndoDismiss
    | HoldForReview
    | Release
    | SetPolicy
    | GiveMeaning
    | LinkTo
    | SetUpFields
    | AllowRun
    | RollBackRun
)
"""What changes our side of the records: `sync.obeying` carries it out."""


@dataclass(frozen=True, slots=True)
class SetHours:
    """When passes may begin by themselves, in the words of the settings; all empty: at any time."""

    begin: str
    end: str
    days: str


@dataclass(frozen=True, slots=True)
class SetMonthEnd:
    """Month end begins or ends: no complete lists by themselves and no back-fill while it holds."""

    on: bool
    until: str = ""
    """Its last day as the organization counts, ISO; empty: by hand."""


@dataclass(frozen=True, slots=True)
class LookAtPeriod:
    """A person wants to see what Zoho Books lists of a period now; nothing is stored. `PeriodLooked` is the answer."""

    first: date
    last: date
    modules: tuple[str, ...]
    ticket: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SetPace:
    """Calls a minute (0: no limit of our own) and the part of the day's calls kept for a person's own, from 0 to 1."""

    per_minute: int
    reserve: float


@dataclass(frozen=True, slots=True)
class Hold:
    """No pass begins by itself as long as ``reason`` (a sentence) holds; empty ends it. A click always runs."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Woke:
    """The computer has slept: the network is asked first, and a pass that was missed runs once when it answers."""


@dataclass(frozen=True, slots=True)
class ConfirmOrganization:
    """A person typed which organization this is: what waits for that may leave, and a pass begins at once."""


SettingCommand = SetLimits | SetPublicUrl | SetHours | SetPace | SetMonthEnd
"""What only changes how the engine goes about it: `sync.adjusting` carries it out."""

EngineCommand = (
    SyncNow
    | Stop
    | Pause
    | Resume
    | ReadDetail
    | FillDetails
    | SetModules
    | SettingCommand
    | ReplayEvent
    | LookAtPeriod
    | Hold
    | Woke
    | ConfirmOrganization
)
Command = EngineCommand | EditCommand
"""All of them; what is not an edit changes the ways of the engine: `sync.scheduler` carries it out."""
