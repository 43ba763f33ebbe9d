"""The questions to the database that screens of both ways ask, as one protocol.

Invariant: the reader of ``app`` answers each of these; nothing here is asked anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from zbdesk.domain.views import (
    ConflictDetail,
    ConflictView,
    EditableDocument,
    OutgoingSummary,
    OutgoingView,
    PlannedWrite,
    Preflight,
    ProblemView,
    RecordFilter,
    RecordView,
    ResolutionPreview,
)


class Wrong(Protocol):
    """What is wrong with one field of a document: ``line_items.0.rate`` names a field of a line."""

    @property
    def field(self) -> str:
        """Zoho's field name, with dots for what is inside."""
        ...

    @property
    def message(self) -> str:
        """One sentence."""
        ...


class FixChoice(Protocol):
    """A record of Zoho's that a name could mean. ``more`` tells it from others of the name."""

    @property
    def remote_id(self) -> str:
        """Zoho's id."""
        ...

    @property
    def name(self) -> str:
        """What Zoho calls it."""
        ...

    @property
    def more(self) -> str:
        """E-mail, rate or code."""
        ...


class FixAnswer(Protocol):
    """What can be settled about a problem for all records like it. ``links``: the record itself is one of these."""

    @property
    def module(self) -> str:
        """Where the choices come from."""
        ...

    @property
    def by(self) -> str:
        """How documents name it."""
        ...

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def field(self) -> str:
        """The field that names it."""
        ...

    @property
    def choices(self) -> Sequence[FixChoice]:
        """By name."""
        ...

    @property
    def record_ids(self) -> Sequence[int]:
        """All that go on with the answer."""
        ...

    @property
    def links(self) -> bool:
        """Whether one record is joined, rather than a name explained."""
        ...


class PolicyAnswer(Protocol):
    """One module's policy in the words in which it is set."""

    @property
    def module(self) -> str:
        """The module."""
        ...

    @property
    def values(self) -> Mapping[str, object]:
        """By setting."""
        ...


class RecognitionAnswer(Protocol):
    """By what records of one module are recognised, and how it stands with the field."""

    @property
    def module(self) -> str:
        """The module."""
        ...

    @property
    def standing(self) -> str:
        """A word of ``sync.recognition.Standing``."""
        ...

    @property
    def ways(self) -> Sequence[str]:
        """The surest first."""
        ...


class Questions(Protocol):
    """What ``app.reader.Reader`` answers for these screens."""

    def conflicts(self) -> list[ConflictView]:
        """All open conflicts, without those whose choice is on its way."""
        ...

    def conflict(self, record_id: int) -> ConflictDetail | None:
        """One of them with all fields; None where it is settled meanwhile."""
        ...

    def preview_resolution(self, ids: Sequence[int], keep: str, fields: Sequence[tuple[str, str]]) -> ResolutionPreview:
        """What this choice would do, without doing it."""
        ...

    def problems(self) -> list[ProblemView]:
        """What could not be done."""
        ...

    def dismissed_problems(self) -> list[ProblemView]:
        """What a person dismissed, newest first."""
        ...

    def outgoing(self, lane: str | None, limit: int) -> list[OutgoingView]:
        """Records of a lane in the order in which they leave (done: newest first); None: all that have not left."""
        ...

    def outgoing_summary(self) -> OutgoingSummary:
        """How many stand in each lane."""
        ...

    def preflight(self, ids: Sequence[int]) -> Preflight:
        """What writing these would mean."""
        ...

    def planned(self, ids: Sequence[int]) -> list[PlannedWrite]:
        """The writes themselves, field by field."""
        ...

    def document(self, record_id: int) -> EditableDocument:
        """A record as a document to edit."""
        ...

    def check_document(self, module: str, fields: Mapping[str, object], record_id: int | None) -> Sequence[Wrong]:
        """What would be refused about this document; empty where nothing is."""
        ...

    def fix(self, problem_id: int) -> FixAnswer | None:
        """What can be settled about a problem for all like it."""
        ...

    def policies(self) -> Sequence[PolicyAnswer] | None:
        """What zbdesk may do with each module; None without a connection."""
        ...

    def recognition(self) -> Sequence[RecognitionAnswer] | None:
        """By what Zoho Books tells our records apart; None without a connection."""
        ...

    def rows(self, ids: Sequence[int]) -> list[RecordView]:
        """These records, in the order asked."""
        ...

    def first_page(
        self, module: str, *, sort: str, descending: bool, where: RecordFilter, limit: int = 60
    ) -> list[RecordView]:
        """The first records in that order."""
        ...


def ask(reader: object) -> Questions:
    """The reader, as these screens know it."""
    return cast("Questions", reader)
