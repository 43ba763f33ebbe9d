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
