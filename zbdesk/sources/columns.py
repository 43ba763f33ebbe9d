"""The mapped columns of one table, ready for use: where each is, what it converts to, where its value goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from zbdesk.domain.module import Module
from zbdesk.sources.cells import NOTHING, Converter, Fault, Marked
from zbdesk.sources.errors import BadMapping
from zbdesk.sources.fields import Target
from zbdesk.sources.identity import candidates
from zbdesk.sources.mapping import Mapping, Places
from zbdesk.sources.reading.headings import column_letter

_SUREST = ("source_id", "local_id", "email", "number", "code", "name")
"""Of several columns that name one record, the surest that is filled counts."""


class MappedColumn:
    """One column: position, heading, target and converter."""

    __slots__ = ("convert", "heading", "is_direct", "name", "place", "target", "texts")

    def __init__(self, place: int, heading: str, target: Target, convert: Converter) -> None:
        self.place = place
        self.heading = heading
        self.target = target
        self.convert = convert
        self.texts = convert.texts
        self.name = target.name
        self.is_direct = not target.nested and target.name != "custom_fields"
        """Whether its value is a field of the document itself."""

    def put_into(self, fields: dict[str, Any], value: object) -> None:
        """Set the value in a document; of several names of one record the surest stays."""
        target = self.target
        if target.nested:
            fields.setdefault(target.nested, {}).setdefault(target.name, value)
        elif target.name == "custom_fields":
            key = "api_name" if target.by.startswith("cf_") else "label"
            fields.setdefault("custom_fields", []).append({key: target.by, "value": value})
        else:
            fields.setdefault(target.name, value)

    def value_in(self, fields: dict[str, Any]) -> Any:
        """The value that a document has from this column; None for none."""
        target = self.target
        if target.nested:
            return (fields.get(target.nested) or {}).get(target.name)
        if target.name == "custom_fields":
            return next((one["value"] for one in fields.get("custom_fields", ()) if target.by in one.values()), None)
        value = fields.get(target.name)
        return value if not isinstance(value, dict) or target.by in value else None


class Columns:
    """All of them, by level. Raises ``BadMapping`` where nothing tells the documents apart."""

    def __init__(self, module: Module, mapping: Mapping, places: Places, headings: Sequence[str]) -> None:
        self.headings = headings
        ranked = sorted(places.columns, key=lambda one: _rank(one[2]))
        found = [
            MappedColumn(place, heading, target, _converter(module, mapping, target))
            for place, heading, target in ranked
        ]
        self.all = found
        self.of_document = [column for column in found if not column.target.inside]
        self.of_entries = [column for column in found if column.target.inside]
        names = dict.fromkeys(column.target.inside for column in self.of_entries)
        self.entries = [(name, [one for one in self.of_entries if one.target.inside == name]) for name in names]
        self.has_sides = any(column.target.kind in {"debit", "credit"} for column in found)
        self.has_currency = "currency_id" in module.write_fields
        self.key_column = self._identity(module)
        key = self.key_column.place if self.key_column is not None else None
        if mapping.layout == "row_per_line" and places.group_by is not None:
            key = places.group_by
        if key is None:
            raise BadMapping(
                "", [("columns", f"No column tells the documents apart; map one to {_said(module)} or to source_id.")]
            )
        self.key_place = key
        self.pick_document = _picker([column.place for column in self.of_document])
        self._fixed = _fixed(module, mapping)
        self.twins = _twins([*(column.target for column in found), *(target for target, _ in self._fixed)])
        """(list or object, name, the same with ``_id``) that one document could have both: only one of them may be."""

        self.by_path = {column.target.path: column for column in found}

    def _identity(self, module: Module) -> MappedColumn | None:
        by_path = {column.target.path: column for column in self.all}
        return next((by_path[path] for path in candidates(module) if path in by_path), None)

    def heading_of(self, place: int) -> str:
        """The heading of a column, or its letters where it has none."""
        heading = self.headings[place] if place < len(self.headings) else ""
        return heading or f"Column {column_letter(place)}"

    def add_fixed(self, fields: dict[str, Any]) -> None:
        """What the mapping says of every document, where the row itself says nothing."""
        for target, value in self._fixed:
            if target.inside:
                for entry in fields.get(target.inside, ()):
                    entry.setdefault(target.name, value)
            elif target.nested:
                fields.setdefault(target.nested, {}).setdefault(target.name, value)
            elif target.name == "custom_fields":
                key = "api_name" if target.by.startswith("cf_") else "label"
                fields.setdefault("custom_fields", []).append({key: target.by, "value": value})
            else:
                fields.setdefault(target.name, value)


def _rank(target: Target) -> int:
    return _SUREST.index(target.by) if target.by in _SUREST else 0


def _twins(targets: Sequence[Target]) -> tuple[tuple[str, str, str], ...]:
    levels: dict[str, dict[str, None]] = {}
    for target in targets:
        levels.setdefault(target.inside or target.nested, {})[target.name] = None
    return tuple(
        (level, name, f"{name}_id") for level, names in levels.items() for name in names if f"{name}_id" in names
    )


def _converter(module: Module, mapping: Mapping, target: Target) -> Converter:
    return Converter(module, target, mapping.amounts, mapping.date_order, negate=target.path in mapping.negate)


def _picker(places: list[int]) -> Callable[[Sequence[Any]], Any]:
    if not places:
        return lambda _cells: ()
    return itemgetter(*places)


def _fixed(module: Module, mapping: Mapping) -> list[tuple[Target, object]]:
    """Constants and the file's currency as values. Raises ``BadMapping`` for a value that does not fit its field."""
    found: list[tuple[Target, object]] = []
    for target, text in mapping.constants:
        value = _converter(module, mapping, target)(text)
        if isinstance(value, Fault):
            raise BadMapping("", [(f"constants.{target.path}", value.message)])
        if isinstance(value, Marked):
            value = value.value
        if value is not NOTHING:
            found.append((target, value))
    if mapping.currency:
        found.append((Target("currency.code", "currency", name="currency", by="code"), {"code": mapping.currency}))
    return found


def _said(module: Module) -> str:
    return next((path for path in candidates(module) if path != "source_id"), "its number")
