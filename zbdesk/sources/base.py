"""What every source of documents has in common: tables of cells, documents made of them, and what became of each.

A source is a spreadsheet, a folder, a database or a program. It gives tables; a mapping (``sources/mapping.py``) turns
their rows into documents (``domain/documents.py``); the local tree takes those. Invariant: the same document read
again has the same ``source_id``, and nothing here decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose value could not be had at all: an error of the spreadsheet, a number that has lost digits."""

    shown: str
    """What a person sees in the cell: ``#REF!``."""

    message: str
    """Why it cannot be used, and the way out."""

    merged: bool = False
    """Whether it lies under a merged cell whose amount stands further up: counted once, not again."""


@dataclass(frozen=True, slots=True)
class BadRow(BadCell):
    """A whole row that cannot be told apart into cells; it stands alone in its row."""


CellValue: TypeAlias = "str | int | Decimal | date | datetime | time | bool | BadCell | None"
"""What one cell holds. Never a float: what a library gives as one is made exact or a ``BadCell`` at the edge."""


class Row(NamedTuple):
    """One row of a table. ``number`` is the row of the spreadsheet, from 1, headings and empty rows counted."""

    number: int
    cells: Sequence[CellValue]


class Table(Protocol):
    """Rows under headings, read once from front to back and never held as a whole where the format allows it."""

    headings: Sequence[str]
    """As they stand, trimmed; an empty one is empty. The position is the column's, from 0."""

    def rows(self) -> Iterator[Row]:
        """The rows under the headings, in order; wholly empty ones are left out but counted."""
        ...


@dataclass(frozen=True, slots=True)
class CellError:
    """One cell that keeps its document from being taken: where it is, what is wrong and how to mend it."""

    row: int
    """Row of the spreadsheet, from 1; 0 for the table as a whole."""

    column: str
    """The heading; empty for the row as a whole."""

    value: str
    """What the cell holds, as text."""

    message: str
    """A sentence or two: the cause and the way out."""

    place: int = -1
    """Position of the column, from 0, for a grid; -1 where no column of the file is meant."""

    field: str = ""
    """The document's field concerned: ``line_items.rate``."""


class SourceDocument(NamedTuple):
    """One document as its source has it: raw fields as ``put`` takes them, and the faults its cells already have.

    A document with ``errors`` is refused; ``fields`` then holds what could be read.
    """

    source_id: str
    fields: Mapping[str, object]
    rows: tuple[int, ...] = ()
    """The rows it was made of."""

    errors: tuple[CellError, ...] = ()
    cells: Mapping[str, tuple[int, str, str, int]] = MappingProxyType({})
    """Field path (``line_items[0].rate``) to (row, heading, text, position): where a fault found later belongs."""


class Outcome(StrEnum):
    """What became of a document: the words of ``put``."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What became of one document. ``local_id`` is None where nothing was written."""

    source_id: str
    local_id: str | None
    result: Outcome
    errors: tuple[CellError, ...] = ()
    rows: tuple[int, ...] = ()
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a source has to read: a sheet, a file, a query. ``key`` names it to ``read``."""

    key: str
    label: str
    module: str = ""
    """The module it is meant for; empty where the mapping says it."""

    rows: int | None = None
    """How many rows it has, where that is known without reading it."""


@dataclass(frozen=True, slots=True)
class BackWrite:
    """What Zoho Books says of a document of this source, for the source to keep: text as it is to be written."""

    source_id: str
    remote_id: str | None = None
    number: str | None = None
    status: str | None = None
    total: Decimal | None = None
    paid: Decimal | None = None
    modified_at: datetime | None = None


class Reading(Table, Protocol):
    """A table that a source has opened. Close it; ``mark`` is the next ``since`` once the rows were read to the end."""

    mark: str | None

    def close(self) -> None:
        """Let go of the file or the connection; twice is harmless."""
        ...


class Source(Protocol):
    """Where documents come from. All calls may block: never on the window's thread.

    Failures are ``ZbdeskError`` with the sentence for the person; a source that fails keeps everything else.
    """

    name: str
    """What the records remember as their source; with ``source_id`` it is the document's identity."""

    kind: str
    """``file``, ``folder``, ``sql``, ``api``."""

    def discover(self) -> Sequence[Offer]:
        """What there is to read."""
        ...

    def read(self, key: str, since: str | None = None) -> Reading:
        """Open one of the offers: all of it, or what changed after the mark of the last reading."""
        ...

    def acknowledge(self, key: str, mark: str | None, results: Sequence[DocumentResult]) -> None:
        """These documents were dealt with and it is written down: move the file, keep the mark."""
        ...

    def write_back(self, outcomes: Sequence[BackWrite]) -> None:
        """Give the source what Zoho Books says; nothing where it was not asked for."""
        ...
