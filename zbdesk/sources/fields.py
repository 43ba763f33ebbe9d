"""The fields that a column may go to: a document's own names with dots, and a few that stand for them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from zbdesk.domain.canonical import field_value
from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.document_names import (
    LINE_KEY,
    LINE_TOTAL,
    LINES,
    OBJECTS,
    REFERENCE_KEYS,
    UNDESCRIBED,
    entry_names,
    stands_for_id,
    top_names,
    unknown,
)
from zbdesk.domain.document_values import is_number
from zbdesk.domain.module import Module

Kind = Literal["text", "number", "date", "flag", "reference", "currency", "source_id", "debit", "credit"]

SOURCE_ID = "source_id"
DEBIT, CREDIT = "debit", "credit"
"""Fields of a journal's line that stand for an amount and its side."""

CUSTOM = "custom_fields"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values of a column go. ``path`` is its full spelling: ``line_items.tax.name``."""

    path: str
    kind: Kind
    inside: str = ""
    """The list it is an entry of: ``line_items``."""

    name: str = ""
    """The member: ``tax``."""

    by: str = ""
    """For a reference, how the record is named: ``name``; for a custom field, its own name."""

    nested: str = ""
    """The object it is a member of: ``billing_address``."""


@lru_cache(maxsize=4096)
def target_of(module: Module, path: str) -> Target | str:  # noqa: PLR0911 - one return a kind
    """Where a path leads in documents of this module, or the sentence that says why nowhere."""
    parts = [part.strip() for part in path.strip().split(".")]
    if not all(parts):
        return f"“{path}” is no field's name."
    if parts == [SOURCE_ID]:
        return Target(SOURCE_ID, "source_id", name=SOURCE_ID)
    if parts == ["number"]:
        number = next((name for name in module.number_fields if name in top_names(module)), None)
        return (
            f"{module.label} have no number of their own to write." if number is None else _simple(module, number, "")
        )
    head, rest = parts[0], parts[1:]
    if head == CUSTOM:
        if CUSTOM not in module.write_fields or len(rest) != 1:
            return f"“{path}” is no custom field; write it like custom_fields.cf_region."
        return Target(path, "text", name=CUSTOM, by=rest[0])
    allowed = top_names(module)
    if head not in allowed and not stands_for_id(module, head):
        return unknown(head, allowed, module.label)
    if head in UNDESCRIBED:
        return f"“{head}” cannot be filled from a column."
    if head in MEMBERS and not stands_for_id(module, head):
        return _member(module, head, rest, path)
    return _one(module, head, rest, "", path)


def _member(  # noqa: PLR0911 - one return a kind
    module: Module, inside: str, rest: list[str], path: str
) -> Target | str:
    if not rest:
        return f"Say which part of {inside.replace('_', ' ')} it is, as in {inside}.{min(MEMBERS[inside])}."
    if inside == "contact_persons" and module.name != "contacts":
        return "Contact persons of a document are chosen in Zoho Books."
    name = rest[0]
    if inside == LINES and len(rest) == 1:
        if name in {DEBIT, CREDIT} and module.name == "journals":
            return Target(path, "debit" if name == DEBIT else "credit", inside, name)
        if name == "total":
            name = LINE_TOTAL
    allowed = entry_names(module, inside)
    if name not in allowed:
        return unknown(name, allowed, "These entries")
    if name in UNDESCRIBED or (name in MEMBERS and name != "address"):
        return f"“{path}” cannot be filled from a column."
    found = _one(module, name, rest[1:], inside, path)
    if isinstance(found, str) or inside not in OBJECTS:
        return found
    return Target(found.path, found.kind, "", found.name, found.by, nested=inside)


def _one(module: Module, name: str, rest: list[str], inside: str, path: str) -> Target | str:
    if stands_for_id(module, name, inside):
        by = rest[0] if rest else "code" if name == "currency" else "name"
        if by not in REFERENCE_KEYS or len(rest) > 1:
            return f"“{path}” names no record; end it with one of {', '.join(REFERENCE_KEYS)}."
        full = f"{inside}.{name}.{by}" if inside else f"{name}.{by}"
        return Target(full, "currency" if (name, by) == ("currency", "code") else "reference", inside, name, by)
    if rest:
        return f"“{path}” has a part too many: {name} is one value."
    return _simple(module, name, inside)


def _simple(module: Module, name: str, inside: str) -> Target:
    del module
    path = f"{inside}.{name}" if inside else name
    return Target(path, _kind(name), inside, name)


def _kind(name: str) -> Kind:
    if name.endswith("_id") or name == LINE_KEY:
        return "text"
    if is_number(name):
        return "number"
    if name.endswith("date"):
        return "date"
    return "flag" if isinstance(field_value(name, "true"), bool) else "text"


def paths_of(module: Module) -> Iterator[str]:
    """All paths that a person may choose from, the usual ones first: what a wizard offers."""
    yield SOURCE_ID
    for name in sorted(top_names(module)):
        if name in MEMBERS and not stands_for_id(module, name) and name not in UNDESCRIBED:
            for member in sorted(entry_names(module, name)):
                if isinstance(target_of(module, f"{name}.{member}"), Target) and not _has_object(module, member, name):
                    yield from _spelled(module, member, name)
        elif isinstance(target_of(module, name), Target) and not _has_object(module, name, ""):
            yield from _spelled(module, name, "")


def _has_object(module: Module, name: str, inside: str) -> bool:
    """Whether an object may stand in the place of this id: people have names, not Zoho's ids."""
    return name.endswith("_id") and stands_for_id(module, name.removesuffix("_id"), inside)


def _spelled(module: Module, name: str, inside: str) -> Iterator[str]:
    path = f"{inside}.{name}" if inside else name
    if stands_for_id(module, name, inside):
        keys = ("code",) if name == "currency" else ("name", "email", "source_id") if name == "customer" else ("name",)
        yield from (f"{path}.{by}" for by in keys)
    else:
        yield path
