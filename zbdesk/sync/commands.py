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
class EditRecord:
    """A person changed these fields of a record (document form). A mirrored record is taken over by that."""

    record_id: int
    fields: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A person entered a document in the window."""

    module: str
    fields: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class ActOn:
    """A person wants this done with a record: ``send``, ``void``, ``delete``, ``pay``, ..., as on the command line."""

    record_id: int
    action: str
    data: tuple[tuple[str, object], ...] = ()


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


Command = SyncNow | Stop | Pause | Resume | ReadDetail | FillDetails | SetModules

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
)
