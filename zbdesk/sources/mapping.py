"""Which column of a table is which field of a document, and how the file writes its values: the mapping a person saves.

A mapping is JSON with the keys of ``KEYS``; the name of the file is no part of it, so that next month's file fits.
Invariant: a mapping that was parsed names only fields that documents of its module can have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Literal

from zbdesk.domain.module import Module
from zbdesk.sources.amounts import AmountStyle
from zbdesk.sources.currencies import CODES
from zbdesk.sources.dates import ORDERS, DateOrder, order_of
from zbdesk.sources.errors import BadMapping
from zbdesk.sources.fields import Target, target_of
from zbdesk.sources.reading import encoding as encodings
from zbdesk.sources.reading import separators
from zbdesk.sources.reading.headings import column_letter, distinct, key
from zbdesk.sources.reading.opening import Options

Layout = Literal["row_per_document", "row_per_line"]
LAYOUTS: tuple[Layout, ...] = ("row_per_document", "row_per_line")
UNKNOWN_WORDS = ("refuse", "wait")

KEYS = (
    "layout", "encoding", "separator", "decimal", "date_order", "columns", "module", "sheet", "header_row", "currency",
    "constants", "group_by", "credit", "negate", "unknown",
)  # fmt: skip
"""What a mapping may say. ``currency``: of the whole file. ``constants``: field to a value for every document.
``group_by``: the heading by which rows belong together, where it is not the document number. ``credit``: what CR beside
an amount means, ``negative`` or ``positive``. ``negate``: fields whose sign the file writes the other way round.
``unknown``: whether a customer or tax that is not in the books is refused or waits."""


@dataclass(frozen=True, slots=True)
class Column:
    """One mapped column: its heading as the mapping names it, and where its values go."""

    heading: str
    target: Target


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping, checked against its module."""

    module: str
    layout: Layout
    columns: tuple[Column, ...]
    encoding: str | None = None
    separator: str | None = None
    decimal: str = ""
    date_order: DateOrder | None = None
    sheet: str | None = None
    header_row: int | None = None
    currency: str = ""
    constants: tuple[tuple[Target, str], ...] = ()
    group_by: str = ""
    credit: str = "negative"
    negate: frozenset[str] = frozenset()
    unknown: str = "refuse"
    raw: MappingABC[str, Any] = field(default_factory=dict, compare=False)
    """The JSON it came from, without what is empty."""

    @property
    def amounts(self) -> AmountStyle:
        """How this file writes amounts."""
        return AmountStyle(self.decimal, self.credit == "negative")

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that the file must have."""
        named = [column.heading for column in self.columns if not column.heading.startswith("#")]
        return tuple(dict.fromkeys([*named, *([self.group_by] if self.group_by else [])]))

    @property
    def options(self) -> Options:
        """How to open a file for it."""
        return Options(self.encoding, self.separator, self.sheet, self.header_row, self.headings)

    def to_json(self) -> str:
        """The text under which it is saved."""
        return json.dumps(dict(self.raw), ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a table has the columns of a mapping: (position, heading of the table, target)."""

    columns: tuple[tuple[int, str, Target], ...]
    missing: tuple[str, ...] = ()
    """Headings of the mapping that the table does not have."""

    doubtful: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Headings of the mapping that stand more than once in the table, with their positions."""

    group_by: int | None = None


# -- reading a mapping ------------------------------------------------------------------------------------------------


def parse_mapping(module: Module, raw: object, name: str = "") -> Mapping:
    """The mapping that a JSON object says. Raises ``BadMapping`` with all that is wrong with it."""
    if not isinstance(raw, MappingABC):
        raise BadMapping(name, [("", "A mapping is a JSON object.")])
    faults: list[tuple[str, str]] = []
    given = {str(word): value for word, value in raw.items() if value is not None and value != ""}
    for word in given:
        if word not in KEYS:
            near = get_close_matches(word, KEYS, 1)
            faults.append(
                (
                    word,
                    f"Did you mean “{near[0]}”?" if near else f"A mapping has no such key; it has {', '.join(KEYS)}.",
                )
            )
    if given.get("module", module.name) != module.name:
        faults.append(("module", f"It is for {given['module']}, not for {module.name}."))
    columns = _columns(module, given.get("columns"), faults)
    found = Mapping(
        module=module.name,
        layout=_layout(given.get("layout"), columns, faults),
        columns=columns,
        encoding=_encoding(given.get("encoding"), faults),
        separator=_separator(given.get("separator"), faults),
        decimal=str(_one_of("decimal", given.get("decimal"), (".", ","), "", faults)),
        date_order=_order(given.get("date_order"), faults),
        sheet=_text("sheet", given.get("sheet"), faults),
        header_row=_header_row(given.get("header_row"), faults),
        currency=_currency(given.get("currency"), faults),
        constants=_constants(module, given.get("constants"), faults),
        group_by=_text("group_by", given.get("group_by"), faults) or "",
        credit=str(_one_of("credit", given.get("credit"), ("negative", "positive"), "negative", faults)),
        negate=_negate(given.get("negate"), columns, faults),
        unknown=str(_one_of("unknown", given.get("unknown"), UNKNOWN_WORDS, "refuse", faults)),
        raw=given,
    )
    if faults:
        raise BadMapping(name, faults)
    return found


def parse_mapping_text(module: Module, text: str, name: str = "") -> Mapping:
    """The same from JSON text. Raises ``BadMapping``."""
    return parse_mapping(module, json_of(text, name), name)


def json_of(text: str, name: str = "") -> object:
    """The JSON of a mapping's text. Raises ``BadMapping`` with line and column of what is no JSON."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise BadMapping(name, [("", f"Line {error.lineno}, column {error.colno}: {error.msg}.")]) from error


def _columns(module: Module, raw: object, faults: list[tuple[str, str]]) -> tuple[Column, ...]:
    if not isinstance(raw, MappingABC) or not raw:
        faults.append(("columns", "Say which heading is which field: {“Invoice no”: “invoice_number”}."))
        return ()
    found: list[Column] = []
    seen: dict[str, str] = {}
    for heading, path in raw.items():
        if path is None or path == "":
            continue  # a column that is left out on purpose
        if not isinstance(path, str):
            faults.append((f"columns.{heading}", "A field's name is wanted here, as text."))
            continue
        target = target_of(module, path)
        if isinstance(target, str):
            faults.append((f"columns.{heading}", target))
            continue
        if target.path in seen:
            faults.append(
                (f"columns.{heading}", f"“{seen[target.path]}” already goes to {target.path}; one column can.")
            )
            continue
        seen[target.path] = heading
        found.append(Column(str(heading), target))
    return tuple(found)


def _layout(raw: object, columns: Sequence[Column], faults: list[tuple[str, str]]) -> Layout:
    if raw is None:
        return "row_per_line" if any(column.target.inside for column in columns) else "row_per_document"
    for layout in LAYOUTS:
        if raw == layout:
            return layout
    faults.append(("layout", f"It is one of {', '.join(LAYOUTS)}."))
    return "row_per_document"


def _encoding(raw: object, faults: list[tuple[str, str]]) -> str | None:
    if raw is None or str(raw).casefold() == "auto":
        return None
    name = encodings.known(str(raw))
    if name is None:
        faults.append(
            ("encoding", f"There is no encoding “{raw}”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.")
        )
    return name


def _separator(raw: object, faults: list[tuple[str, str]]) -> str | None:
    if raw is None or str(raw).casefold() == "auto":
        return None
    if isinstance(raw, str) and (char := separators.named(raw)) is not None:
        return char
    faults.append(("separator", "It is one character, as in “;”, or one of comma, semicolon, tab, pipe."))
    return None


def _order(raw: object, faults: list[tuple[str, str]]) -> DateOrder | None:
    if raw is None:
        return None
    order = order_of(str(raw).upper())
    if order is None:
        faults.append(("date_order", f"It is one of {', '.join(ORDERS)}."))
    return order


def _one_of(word: str, raw: object, known: Sequence[str], default: str, faults: list[tuple[str, str]]) -> str:
    if raw is None:
        return default
    if isinstance(raw, str) and raw in known:
        return raw
    faults.append((word, f"It is one of {' '.join(known)}."))
    return default


def _text(word: str, raw: object, faults: list[tuple[str, str]]) -> str | None:
    if raw is None or isinstance(raw, str):
        return raw
    faults.append((word, "Text is wanted here."))
    return None


def _header_row(raw: object, faults: list[tuple[str, str]]) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 1000:
        return raw
    faults.append(("header_row", "It is the number of the row that holds the headings, from 1."))
    return None


def _currency(raw: object, faults: list[tuple[str, str]]) -> str:
    if raw is None:
        return ""
    code = str(raw).strip().upper()
    if code in CODES:
        return code
    faults.append(("currency", f"“{raw}” is no currency code; write it like EUR."))
    return ""


def _constants(module: Module, raw: object, faults: list[tuple[str, str]]) -> tuple[tuple[Target, str], ...]:
    if raw is None:
        return ()
    if not isinstance(raw, MappingABC):
        faults.append(("constants", "Say which field has which value: {“payment_mode”: “banktransfer”}."))
        return ()
    found = []
    for path, value in raw.items():
        target = target_of(module, str(path))
        if isinstance(target, str):
            faults.append((f"constants.{path}", target))
        elif isinstance(value, (list, dict)) or target.kind == "source_id":
            faults.append((f"constants.{path}", "One value for every document is wanted here."))
        else:
            found.append((target, "true" if value is True else "false" if value is False else str(value)))
    return tuple(found)


def _negate(raw: object, columns: Sequence[Column], faults: list[tuple[str, str]]) -> frozenset[str]:
    if raw is None:
        return frozenset()
    paths = {column.target.path for column in columns if column.target.kind == "number"}
    names = [str(one) for one in raw] if isinstance(raw, (list, tuple)) else []
    if not names or any(name not in paths for name in names):
        faults.append(("negate", f"It is a list of mapped amounts: {', '.join(sorted(paths)) or 'there is none'}."))
    return frozenset(names)


# -- finding its columns in a table -----------------------------------------------------------------------------------


def place_columns(mapping: Mapping, headings: Sequence[str]) -> Places:
    """Find the mapping's columns among a table's headings. ``#3`` means the third column, whatever it is called."""
    by_key: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        by_key.setdefault(key(heading), []).append(place)
    by_name = {key(name): place for place, name in enumerate(distinct(headings))}
    named = {key(column.heading) for column in mapping.columns}
    found, missing, doubtful = [], [], []
    for column in mapping.columns:
        places = _places_of(column.heading, headings, by_key, by_name)
        repeated = len(places) > 1 and not any(
            key(f"{column.heading} ({n})") in named for n in range(2, len(places) + 1)
        )
        if not places:
            missing.append(column.heading)
        elif repeated:
            doubtful.append((column.heading, tuple(places)))
        else:
            found.append((places[0], headings[places[0]] or f"Column {column_letter(places[0])}", column.target))
    group = None
    if mapping.group_by:
        places = _places_of(mapping.group_by, headings, by_key, by_name)
        group = places[0] if places else None
        if group is None:
            missing.append(mapping.group_by)
    return Places(tuple(found), tuple(missing), tuple(doubtful), group)


def _places_of(
    heading: str, headings: Sequence[str], by_key: MappingABC[str, list[int]], by_name: MappingABC[str, int]
) -> list[int]:
    if heading.startswith("#") and heading[1:].isdecimal() and key(heading) not in by_key:
        place = int(heading[1:]) - 1
        return [place] if 0 <= place < len(headings) else []
    wanted = key(heading)
    if wanted in by_key:
        return by_key[wanted]
    return [by_name[wanted]] if wanted in by_name else []
