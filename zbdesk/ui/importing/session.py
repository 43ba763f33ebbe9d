"""What a person has said about one import so far. Plain values: pages show them, jobs are made of them.

Invariant: ``mapping`` says exactly what the preview showed; what is saved under a name says only what was chosen, so
that next month's file fits it too.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zbdesk.app.file_import import Looked
from zbdesk.app.sources import ImportOrder
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.sources.fields import Target, target_of
from zbdesk.sources.guessing import Suggestion, suggest
from zbdesk.sources.mapping import Mapping, parse_mapping, place_columns
from zbdesk.sources.reading.headings import key
from zbdesk.sources.reading.opening import Options

_CARRIED = ("layout", "decimal", "date_order", "currency", "group_by", "credit", "unknown", "constants", "negate")
"""What a saved mapping says besides its columns and how the file is opened."""


@dataclass
class ImportSession:
    """One import on its way. ``said``: keys of a mapping other than columns, as a person or a saved mapping said."""

    module: Module = field(default_factory=lambda: MODULES["invoices"])
    path: Path | None = None
    looked: Looked | None = None
    chosen: Options = field(default_factory=Options)
    """How the file is to be opened, as far as a person said it."""

    fields: dict[int, str] = field(default_factory=dict)
    """Position of a column to its field; what is left out is not there."""

    guess_: tuple[dict[int, str], dict[str, Any]] = field(default_factory=lambda: ({}, {}))
    """Fields and words as they were guessed: nobody's work yet."""

    said: dict[str, Any] = field(default_factory=dict)
    overrides: dict[tuple[int, int], str] = field(default_factory=dict)
    mapping_name: str = ""
    lost: tuple[str, ...] = ()
    """Headings of the saved mapping that the file does not have."""

    all_or_nothing: bool = False
    hold: bool = False
    taken: bool = False
    """Whether the import has written anything: then there is nothing to lose by closing."""

    @property
    def has_work(self) -> bool:
        """Whether closing would lose what somebody did."""
        plain = (self.fields, self.said) == self.guess_ or bool(self.mapping_name)
        return self.looked is not None and not self.taken and bool(self.overrides or not plain)

    def guess(self) -> Suggestion | None:
        """Propose a field for each column, and forget what was said of other columns."""
        self.fields, self.lost, self.mapping_name = {}, (), ""
        self.said = {}
        if self.looked is None:
            return None
        found = suggest(self.module, self.looked.headings, [row.cells for row in self.looked.sample])
        self.fields = {guess.place: guess.path for guess in found.columns}
        self.said["layout"] = found.layout
        self.guess_ = (dict(self.fields), dict(self.said))
        return found

    def use(self, name: str, raw: MappingABC[str, Any]) -> None:
        """Take a saved mapping over. Raises ``BadMapping``."""
        parsed = parse_mapping(self.module, raw, name)
        headings = self.looked.headings if self.looked is not None else ()
        places = place_columns(parsed, headings)
        self.fields = {place: target.path for place, _, target in places.columns}
        self.fields.update({found[0]: _path_of(parsed, heading) for heading, found in places.doubtful})
        self.lost = places.missing
        self.said = {word: raw[word] for word in _CARRIED if raw.get(word)}
        self.mapping_name = name

    def set_field(self, place: int, path: str) -> int | None:
        """Give a column its field, empty to leave it out; returns the column that had it until now."""
        before = next((other for other, its in self.fields.items() if path and its == path and other != place), None)
        if before is not None:
            del self.fields[before]
        if path:
            self.fields[place] = path
        else:
            self.fields.pop(place, None)
        return before

    def say(self, word: str, value: object) -> None:
        """Say a key of the mapping; empty takes it back."""
        if value is None or value == "":
            self.said.pop(word, None)
        else:
            self.said[word] = value

    def column(self, place: int) -> str:
        """What a mapping calls a column: its heading where that means it alone, else its position."""
        headings = self.looked.headings if self.looked is not None else ()
        heading = headings[place] if place < len(headings) else ""
        alike = sum(key(one) == key(heading) for one in headings)
        return heading if heading and alike == 1 and not heading.startswith("#") else f"#{place + 1}"

    def kind(self, place: int) -> str:
        """What kind of value the column's field takes; empty for one that is left out."""
        found = target_of(self.module, self.fields[place]) if place in self.fields else None
        return found.kind if isinstance(found, Target) else ""

    def raw(self, *, to_save: bool = False) -> dict[str, Any]:
        """The mapping as JSON: for this file, or to be saved for others like it."""
        opened = self.chosen
        if not to_save and self.looked is not None:
            looked = self.looked
            opened = Options(looked.encoding or None, looked.separator or None, looked.sheet or None, looked.header_row)
        opening = {
            "encoding": opened.encoding, "separator": opened.separator, "sheet": opened.sheet,
            "header_row": opened.header_row,
        }  # fmt: skip
        columns = {self.column(place): path for place, path in sorted(self.fields.items())}
        said = dict(self.said)
        negated = [path for path in said.get("negate", ()) if path in self.fields.values()]
        said.pop("negate", None)
        if negated:
            said["negate"] = negated
        return {**said, **{word: value for word, value in opening.items() if value}, "columns": columns}

    def mapping(self) -> Mapping:
        """The mapping for this file. Raises ``BadMapping``."""
        return parse_mapping(self.module, self.raw(), self.mapping_name)

    def order(self) -> ImportOrder:
        """The import as it was said. Raises ``BadMapping``."""
        if self.path is None:
            raise ValueError
        return ImportOrder(
            self.path,
            self.module.name,
            self.mapping(),
            self.mapping_name,
            all_or_nothing=self.all_or_nothing,
            overrides=dict(self.overrides),
        )


def _path_of(mapping: Mapping, heading: str) -> str:
    return next(column.target.path for column in mapping.columns if column.heading == heading)
