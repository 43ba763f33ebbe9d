"""The nested values of a document, checked at every depth: lines, persons, addresses, references, custom fields.

Faults are collected, never raised: a person who mends a document wants to see all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.document_names import (
    CUSTOM_KEYS,
    OBJECTS,
    PERSON_FIELDS,
    REFERENCE_KEYS,
    UNDESCRIBED,
    entry_names,
    remembered_by_module,
    stands_for_id,
    twin_of,
    unknown,
)
from zbdesk.domain.document_values import BadValue, scalar
from zbdesk.domain.module import Module

_REFERENCE_KEYS = frozenset(REFERENCE_KEYS)

Faults: TypeAlias = list[tuple[str, str]]
"""Path of a field (``line_items[0].rate``) and a sentence for people."""


def value_at(module: Module, name: str, value: object, faults: Faults, *, inside: str = "", at: str = "") -> Any:
    """One value at any depth; its faults go to ``faults`` and None comes back for it."""
    path = f"{at}{name}"
    if _is_plain(module, name, inside):
        return _scalar(name, value, path, faults)
    if name == "custom_fields":
        return _custom_fields(value, path, faults)
    if stands_for_id(module, name, inside):
        return _reference_object(value, path, faults)
    # The street of an address is called ``address`` too, and is text.
    if name in MEMBERS and not (inside and not isinstance(value, list | tuple | dict)):
        return _nested(module, name, value, path, faults)
    if name in UNDESCRIBED:
        return _plain(value, path, faults)
    return _scalar(name, value, path, faults)


class _Shape(NamedTuple):
    """What may stand in one entry of a nested value."""

    allowed: frozenset[str]
    plain: frozenset[str]
    """Names that hold one value and have no other spelling: most of a long document."""

    references: Mapping[str, str]
    """Names that take an object in the place of an id, and the other spelling of each."""


@remembered_by_module
def _shape(module: Module, inside: str) -> _Shape:
    names = entry_names(module, inside)
    plain = frozenset(name for name in names if not name.endswith("_id") and _is_plain(module, name, inside))
    return _Shape(names, plain, {name: f"{name}_id" for name in names if stands_for_id(module, name, inside)})


@remembered_by_module
def _is_plain(module: Module, name: str, inside: str) -> bool:
    """Whether the name can only hold one value, whatever it is given: most of a long document."""
    special = name == "custom_fields" or name in MEMBERS or name in UNDESCRIBED
    return not special and not stands_for_id(module, name, inside)


def _scalar(name: str, value: object, path: str, faults: Faults) -> object:
    try:
        return scalar(name, value)
    except BadValue as fault:
        faults.append((path, str(fault)))
        return None


def _plain(value: object, path: str, faults: Faults) -> Any:
    """A nested value whose members are not described: kept as it is, but for binary fractions."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one, f"{path}.{key}", faults) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, f"{path}[{place}]", faults) for place, one in enumerate(value)]
    return _scalar("", value, path, faults) if isinstance(value, float) else value


def _nested(module: Module, name: str, value: object, path: str, faults: Faults) -> Any:
    if value is None or value == "":
        return None
    if name in OBJECTS:
        return _entry(module, name, value, path, faults)
    if not isinstance(value, list | tuple):
        faults.append((path, "A list is wanted here."))
        return None
    # Elsewhere than on contacts, persons are named by their ids.
    by_id = name == "contact_persons" and module.name != "contacts"
    return [
        _scalar("", one, f"{path}[{place}]", faults) if by_id else _entry(module, name, one, f"{path}[{place}]", faults)
        for place, one in enumerate(value)
    ] or None


def _entry(module: Module, inside: str, entry: object, path: str, faults: Faults) -> Any:
    if type(entry) is not dict and not isinstance(entry, Mapping):
        faults.append((path, "An object with named fields is wanted here."))
        return None
    shape = _shape(module, inside)
    allowed, plain, references = shape.allowed, shape.plain, shape.references
    found: dict[str, Any] = {}
    for key, value in entry.items():
        if key in plain:
            try:
                found[key] = scalar(key, value)
            except BadValue as fault:
                faults.append((f"{path}.{key}", str(fault)))
                found[key] = None
            continue
        if key in references and references[key] not in entry:
            named = _plain_reference(value)
            found[key] = _reference_object(value, f"{path}.{key}", faults) if named is None else named
            continue
        name = str(key)
        if name not in allowed:
            faults.append((f"{path}.{name}", unknown(name, allowed, "These entries")))
            continue
        if (twin := twin_of(name, value)) in found:
            faults.append((f"{path}.{name}", f"Give either “{name}” or “{twin}”, not both."))
        found[name] = value_at(module, name, value, faults, inside=inside, at=f"{path}.")
    return found


def _custom_fields(value: object, path: str, faults: Faults) -> Any:
    if value is None or value == "":
        return None
    entries = value if isinstance(value, list | tuple) else [value]
    found = []
    for place, entry in enumerate(entries):
        key = next((name for name in CUSTOM_KEYS if isinstance(entry, Mapping) and entry.get(name)), None)
        if key is None or not isinstance(entry, Mapping) or "value" not in entry:
            faults.append((f"{path}[{place}]", "A custom field needs its api_name (or label) and a value."))
            continue
        found.append({key: entry[key], "value": _plain(entry["value"], f"{path}[{place}].value", faults)})
    return found or None


def _plain_reference(value: object) -> dict[str, str] | None:
    """The object that names a record, where it is one without any fault; None leaves it to ``_reference_object``."""
    if type(value) is dict and len(value) == 1:
        [(key, text)] = value.items()
        if key in _REFERENCE_KEYS and type(text) is str and (plain := text.strip()):
            return {key: plain}
    return None


def _reference_object(value: object, path: str, faults: Faults) -> Any:
    if value is None:
        return None
    given = {str(key): one for key, one in value.items()} if isinstance(value, Mapping) else {}
    key = next(iter(given), "")
    if len(given) != 1 or key not in REFERENCE_KEYS:
        faults.append((path, f"Name the record by an object with exactly one of {', '.join(REFERENCE_KEYS)}."))
        return None
    text = given[key]
    if isinstance(text, bool) or not isinstance(text, str | int) or not str(text).strip():
        faults.append((f"{path}.{key}", "This names no record."))
        return None
    return {key: str(text).strip()}


def complete_contact(fields: dict[str, Any], faults: Faults) -> None:
    """A customer unless it says otherwise; what is given of a person at the top goes to the primary person.

    Zoho drops an e-mail at the top of a contact without a word.
    """
    fields.setdefault("contact_type", "customer")
    person = {name: value for name in PERSON_FIELDS if (value := fields.pop(name, None)) is not None}
    if not person:
        return
    persons = fields.get("contact_persons") or []
    fields["contact_persons"] = persons
    primary = next((one for one in persons if isinstance(one, dict) and one.get("is_primary_contact")), None)
    if primary is None:
        primary = {"is_primary_contact": True}
        persons.insert(0, primary)
    for name, value in person.items():
        if primary.setdefault(name, value) != value:
            faults.append((name, f"The primary contact person has another {name.replace('_', ' ')}."))
