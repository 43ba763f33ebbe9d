"""What the planner is given and what it may answer: plain values, each action one class.

Nothing here decides, reads or writes. Field values are canonical (``domain/canonical.py``): amounts ``Decimal``, dates
``date``, text trimmed, None for empty. Invariant: an action says everything that the engine needs to carry it out, so
that no later step has to decide again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final, Literal, TypeAlias

from zbdesk.domain.canonical import FieldValue
from zbdesk.domain.documents import Reference

Fields: TypeAlias = Mapping[str, FieldValue]

RECORD = "*record*"
"""The field of a conflict that is about the whole record: deleted on one side, edited on the other."""

STATUS = "status"
"""The field of a conflict about a record's status: voided there, edited here."""


class Gone(Enum):
    """A tombstone: Zoho confirmed that the record is deleted there."""

    GONE = "gone"


GONE: Final = Gone.GONE


# -- what is known of one record --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LocalSide:
    """What our side says. ``fields`` are canonical, with references resolved to ids (``documents.resolved``).

    A field that is absent is none of our business; one that is None was emptied. A reference that reads as it did in
    the base keeps the base's id: it must not become unresolved because somebody renamed the record it names.
    """

    fields: Fields
    deleted: bool = False
    wishes: tuple[str, ...] = ()
    """Status actions still to be sent, in order: ``send``, ``void``, ``activate``."""

    revision: int = 0
    """Counts edits; the planner passes it by, the engine uses it to keep what was typed meanwhile."""

    unresolved: tuple[Reference, ...] = ()
    """References that have no id yet; their id fields are absent from ``fields``."""


@dataclass(frozen=True, slots=True)
class RemoteSide:
    """What Zoho last said. ``fields`` are canonical; ``modified_at`` is whole seconds since 1970 UTC."""

    remote_id: str
    fields: Fields
    status: str | None = None
    modified_at: int | None = None
    complete: bool = True
    """Whether ``fields`` come from a detail as new as the row; a list row alone says nothing about line items."""


@dataclass(frozen=True, slots=True)
class Base:
    """The moment of agreement, seen from both sides: Zoho normalises what it is given, so one copy is not enough."""

    local: Fields
    remote: Fields
    status: str | None = None
    modified_at: int | None = None


Remote: TypeAlias = RemoteSide | Literal[Gone.GONE] | None


# -- what is to be done -----------------------------------------------------------------------------------------------


class Cause(StrEnum):
    """Why something could not be done: the stable words of the command line's contract."""

    MISSING_CURRENCY = "missing_currency"
    MISSING_EXCHANGE_RATE = "missing_exchange_rate"
    DUPLICATE_NUMBER = "duplicate_number"
    DUPLICATE_NAME = "duplicate_name"
    INACTIVE_ITEM = "inactive_item"
    INACTIVE_CONTACT = "inactive_contact"
    LOCKED_PERIOD = "locked_period"
    PERMISSION = "permission"
    MISSING_SCOPE = "missing_scope"
    UNKNOWN_REFERENCE = "unknown_reference"
    TOTAL_DIFFERS = "total_differs"
    DELETED_IN_ZOHO = "deleted_in_zoho"
    VALIDATION = "validation"
    ZOHO_UNAVAILABLE = "zoho_unavailable"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Both sides are in order. ``fulfilled``: wishes that Zoho's status already grants; drop them, send nothing."""

    fulfilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdoptRemote:
    """Take these fields of Zoho's into the local side; the new base is ``merge.adopted_base``.

    The local side may hold other edits that cannot leave yet: they stay edits. ``status`` where that moved as well.
    """

    fields: Fields = field(default_factory=dict)
    status: str | None = None


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Make a local side from Zoho's record and agree on it."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class Create:
    """Send the whole document; Zoho has no such record."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class Update:
    """Send these fields and no others."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete the record in Zoho; nobody changed it there since we last agreed."""


@dataclass(frozen=True, slots=True)
class StatusAction:
    """Send one status action: ``name`` is the catalogue's, ``wish`` the word to drop once it is done.

    ``fulfilled``: wishes before it that Zoho's status already grants.
    """

    name: str
    wish: str
    fulfilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Each side changed other fields: send ours, take theirs, agree on the whole."""

    to_remote: Fields
    to_local: Fields


@dataclass(frozen=True, slots=True)
class ClashingField:
    """One field that both sides changed, with the value both had agreed on."""

    name: str
    base: FieldValue
    local: FieldValue
    remote: FieldValue


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person must choose; nothing of this record moves until then."""

    fields: tuple[ClashingField, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The local record and this one of Zoho's are the same thing: take ``adopt`` from Zoho and agree.

    ``reason``: ``equal`` (nothing differs) or ``remote_wins`` (the first link of a customer takes Zoho's values).
    """

    reason: str
    adopt: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """Too little is known of Zoho's side: read the detail and plan again."""


@dataclass(frozen=True, slots=True)
class WaitForParent:
    """These records must exist in Zoho first."""

    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Refuse:
    """It cannot be done as things are: a problem with its cause and remedy. What was edited stays pending."""

    cause: Cause
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Agree:
    """Both sides say the same, only the base is old: write it."""


@dataclass(frozen=True, slots=True)
class AdoptDeletion:
    """The record is gone in Zoho and nobody here minds: the local side goes as well, the record shows as deleted."""


@dataclass(frozen=True, slots=True)
class Forget:
    """The local record never reached Zoho and is no longer wanted: drop it; there is nothing to send."""


Action: TypeAlias = (
    Nothing
    | AdoptRemote
    | TakeOver
    | Create
    | Update
    | Delete
    | StatusAction
    | Merge
    | Conflict
    | Link
    | ReadFirst
    | WaitForParent
    | Refuse
    | Agree
    | AdoptDeletion
    | Forget
)

WRITES = (Create, Update, Delete, StatusAction, Merge)
"""The actions that send something to Zoho."""


def value_text(value: FieldValue) -> str | None:
    """One value as people and machines read it in a conflict: ``12.50``, ``2026-11-20``, lines one below another."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return value
    return "\n".join(_entry_text(entry) for entry in value)


def _entry_text(entry: FieldValue) -> str:
    """A line as ``name: Seat, rate: 40``; a plain entry as it is."""
    if not isinstance(entry, tuple):
        return value_text(entry) or ""
    if len(entry) == 2 and isinstance(entry[0], str) and not isinstance(entry[1], tuple):
        return f"{entry[0]}: {value_text(entry[1]) or ''}"
    return ", ".join(_entry_text(part) for part in entry)
