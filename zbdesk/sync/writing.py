"""What leaves for Zoho and what came of it: bodies, recognition of our own records, the answer held against the intent.

Pure. Invariants: only fields that Zoho documents as writable leave, and nothing that mails somebody; no amount passes
through a float; lines are sent whole, each with Zoho's id where it has one, because Zoho deletes those left out.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from zbdesk.domain.canonical import FieldValue, canonical, field_value
from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.documents import LineLinks, with_custom_field_ids
from zbdesk.domain.module import Module
from zbdesk.domain.money import rounded
from zbdesk.sync.merge import matches

Body: TypeAlias = dict[str, Any]

_LINES = "line_items"
_PERSONS = "contact_persons"
_ID_OF = {_LINES: "line_item_id", _PERSONS: "contact_person_id"}
_NEVER = frozenset({"ignore_auto_number_generation"})
_KEEPS_DECIMALS = frozenset({"exchange_rate", "quantity"})
"""Numbers that Zoho does not round to the currency's decimals: a difference in them is a difference."""

_SHORT_KEY = 12


# -- bodies -----------------------------------------------------------------------------------------------------------


def local_canonical(
    module: Module, fields: Mapping[str, Any], detail: Mapping[str, Any] | None = None
) -> dict[str, FieldValue]:
    """A resolved document as canonical fields for the planner; ``detail`` tells the ids of its custom fields."""
    return canonical(module, with_custom_field_ids(fields, detail or {}))


def body_for_create(module: Module, fields: Mapping[str, Any]) -> Body:
    """The body of a create from a resolved document: what is writable and not empty, nothing else."""
    return {
        name: value
        for name in sorted(module.write_fields & fields.keys() - _NEVER)
        if not _is_empty(value := _clean(name, fields[name]))
    }


def body_for_update(
    module: Module,
    fields: Mapping[str, Any],
    names: Iterable[str],
    *,
    before: Mapping[str, Any],
    detail: Mapping[str, Any],
    links: LineLinks = (),
) -> Body:
    """The body of an update with these fields only.

    ``fields`` is the resolved document, ``before`` the one both sides agreed on, ``detail`` Zoho's record as just
    read. An emptied field is sent as empty. Lines go whole: matched by ``links``, else by position; a part that a line
    no longer has is emptied, for Zoho keeps what is left out of a line that it knows. Persons likewise, by e-mail.
    """
    body: Body = {}
    for name in sorted(module.write_fields & set(names) - _NEVER):
        value = fields.get(name)
        if name == _LINES:
            body[name] = _lines(value or (), before.get(name) or (), detail.get(name) or (), links)
        elif name == _PERSONS and module.name == "contacts":
            body[name] = _persons(value or (), detail.get(name) or ())
        else:
            value = _clean(name, value)
            body[name] = _emptied(name) if _is_empty(value) else value
    return body


def parameters(module: Module, body: Mapping[str, Any]) -> dict[str, str]:
    """Query parameters of a create or update: our own number instead of the next of Zoho's series."""
    number = number_field(module)
    own = module.own_number_flag and number is not None and not _is_empty(body.get(number))
    return {"ignore_auto_number_generation": "true"} if own else {}


def encode(body: Mapping[str, Any]) -> bytes:
    """The body as JSON, amounts as plain numbers with all their digits. Raises ``TypeError`` for a float."""
    return _json(body).encode()


def _json(value: object) -> str:
    match value:
        case Decimal():
            return f"{value:f}"
        case float():
            raise TypeError("an amount became a float on its way out")
        case Mapping():
            return "{" + ",".join(f"{json.dumps(str(key))}:{_json(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(_json(one) for one in value) + "]"
        case _:
            return json.dumps(value)


def _clean(name: str, value: Any) -> Any:
    """A value without what is only ours: keys of lines, references that found no id."""
    if isinstance(value, Mapping):
        members = MEMBERS.get(name, value.keys())
        kept = {key: _clean(key, one) for key, one in value.items() if key in members}
        return {key: one for key, one in kept.items() if not _is_empty(one)}
    if isinstance(value, list | tuple):
        if name == "custom_fields":
            return [{**one, "value": "" if one.get("value") is None else one["value"]} for one in value]
        return [_clean(name, one) for one in value]
    return value


def _is_empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, Mapping | list) and not value)


def _emptied(name: str) -> Any:
    """How a field is told to be empty: zero for what counts, an empty text for the rest."""
    return Decimal(0) if isinstance(field_value(name, "1"), Decimal) else ""


# -- lines and persons ------------------------------------------------------------------------------------------------


def match_lines(lines: Sequence[Any], remote_lines: Sequence[Any], links: LineLinks = ()) -> list[str | None]:
    """Zoho's ``line_item_id`` for each of our lines; None for a new one. No id is given twice.

    A line with a ``source_line_id`` is the one that it was linked to, wherever it stands now. The others, and those not
    linked yet, take the line at their position: the one linked to it, else Zoho's, if nobody else has it.
    """
    there = [str(line.get("line_item_id") or "") for line in remote_lines]
    linked = {line_id: key for key, line_id in links if line_id and line_id in there}
    by_key = {str(key): line_id for line_id, key in linked.items() if isinstance(key, str)}
    by_place = {key: line_id for line_id, key in linked.items() if isinstance(key, int)}
    keys = [line.get("source_line_id") for line in lines]
    found = [None if key is None else by_key.pop(str(key), None) for key in keys]
    # What is linked to a key that we no longer have is a line that was taken out: nobody else's.
    taken = {*found, *by_key.values()}
    for place, known in enumerate(found):
        candidates = (by_place.get(place), there[place] if place < len(there) else None)
        if known is None:
            found[place] = next((one for one in candidates if one and one not in taken), None)
            taken.add(found[place])
    return found


def line_links(lines: Sequence[Any], remote_lines: Sequence[Any]) -> list[tuple[str | int, str]]:
    """What to remember after an agreement: Zoho answers our lines in our order."""
    return [
        (str(line["source_line_id"]) if line.get("source_line_id") is not None else place, str(there["line_item_id"]))
        for place, (line, there) in enumerate(zip(lines, remote_lines, strict=False))
        if there.get("line_item_id")
    ]


def _lines(lines: Sequence[Any], before: Sequence[Any], remote_lines: Sequence[Any], links: LineLinks) -> list[Any]:
    earlier = {_line_key(line, place): line for place, line in enumerate(before)}
    found = []
    for place, (line, line_id) in enumerate(zip(lines, match_lines(lines, remote_lines, links), strict=True)):
        known = {} if line_id is None else _clean(_LINES, earlier.get(_line_key(line, place), {}))
        content = _clean(_LINES, line)
        emptied = {name: _emptied(name) for name in sorted(known.keys() - content.keys())}
        found.append(({} if line_id is None else {_ID_OF[_LINES]: line_id}) | content | emptied)
    return found


def _line_key(line: Mapping[str, Any], place: int) -> str | int:
    key = line.get("source_line_id")
    return place if key is None else str(key)


def _persons(persons: Sequence[Any], remote_persons: Sequence[Any]) -> list[Any]:
    """Our contact persons with Zoho's ids: the same e-mail is the same person; without one, the same name."""
    there = [(_person_key(person), str(person.get(_ID_OF[_PERSONS]) or "")) for person in remote_persons]
    found = []
    for person in persons:
        key = _person_key(person)
        match = next((entry for entry in there if entry[0] == key and entry[1]), None)
        if match is not None:
            there.remove(match)
        found.append(({} if match is None else {_ID_OF[_PERSONS]: match[1]}) | _clean(_PERSONS, person))
    return found


def _person_key(person: Mapping[str, Any]) -> tuple[str, ...]:
    email = str(person.get("email") or "").strip().casefold()
    names = tuple(str(person.get(name) or "").strip().casefold() for name in ("first_name", "last_name"))
    return (email,) if email else names


# -- recognising our own ----------------------------------------------------------------------------------------------


class By(StrEnum):
    """What a record of ours is found by in Zoho."""

    CUSTOM_FIELD = "custom_field"
    NUMBER = "number"
    REFERENCE = "reference"
    EMAIL = "email"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Recognition:
    """How to find a record after a lost answer, and what a create must carry so that it can be found."""

    by: By
    field: str = ""
    value: str = ""
    is_unique: bool = False
    """Whether Zoho itself refuses a second one, so that an immediate repeat is safe."""

    compare_content: bool = False
    """Whether others may carry the same value, so that only equal content is ours."""

    stamp: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Fields to add to the body of the create."""

    otherwise: Recognition | None = None
    """The next best way, where this one finds nothing."""


def number_field(module: Module) -> str | None:
    """The field in which a document brings its own number; None where only Zoho numbers the records."""
    return next(
        (
            name
            for name in module.number_fields
            if name in module.write_fields and name.endswith("_number") and name != module.reference_field
        ),
        None,
    )


class UniqueField(NamedTuple):
    """The custom field of one module that refuses the same value twice."""

    api_name: str
    field_id: str = ""

    def holding(self, value: str) -> dict[str, str]:
        """The field in a body: by its id where that is known, which every module takes."""
        named = {"customfield_id": self.field_id} if self.field_id else {"api_name": self.api_name}
        return {**named, "value": value}


def recognise(
    module: Module, fields: Mapping[str, Any], *, key: str, unique_field: UniqueField | None = None
) -> Recognition:
    """The surest way to find this document in Zoho again.

    ``key`` is our id of the record; ``unique_field`` the custom field that refuses duplicates, where the organization
    has one for this module: it carries our key, beside an own number too. Our key takes the place of a reference only
    where the document has none and no number of its own.
    """
    number = "sku" if module.name == "items" else number_field(module)
    unique = unique_field if module.unique_key else None
    stamp = {} if unique is None else {"custom_fields": [unique.holding(key)]}
    if module.name != "contacts" and number is not None and not _is_empty(fields.get(number)):
        # A bill's number is unique for its vendor only, which is all that a repeat needs. An upsert is not documented
        # to take a number of ours, so the number itself is the guard.
        return Recognition(By.NUMBER, number, str(fields[number]), is_unique=True, compare_content=True, stamp=stamp)
    if unique is not None:
        otherwise = _contact(fields) if module.name == "contacts" else None
        return Recognition(
            By.CUSTOM_FIELD, unique.api_name, key, is_unique=True, stamp=stamp, otherwise=otherwise
        )  # fmt: skip
    if module.name == "contacts":
        return _contact(fields)
    if "reference_number" in module.write_fields:
        return _reference(fields, key)
    named = next((name for name in module.number_fields if not _is_empty(fields.get(name))), None)
    return Recognition(By.NOTHING) if named is None else Recognition(By.NAME, named, str(fields[named]))


def _contact(fields: Mapping[str, Any]) -> Recognition:
    by_name = Recognition(By.NAME, "contact_name", str(fields.get("contact_name") or ""))
    persons = [person for person in fields.get(_PERSONS) or () if person.get("email")]
    primary = next((person for person in persons if person.get("is_primary_contact")), None)
    person = primary or next(iter(persons), None)
    return by_name if person is None else Recognition(By.EMAIL, "email", str(person["email"]), otherwise=by_name)


def _reference(fields: Mapping[str, Any], key: str) -> Recognition:
    own = fields.get("reference_number")
    if not _is_empty(own):
        return Recognition(By.REFERENCE, "reference_number", str(own), compare_content=True)
    stamped = f"ZB-{key.replace('-', '')[:_SHORT_KEY]}"
    return Recognition(By.REFERENCE, "reference_number", stamped, stamp={"reference_number": stamped})


# -- the answer -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that Zoho did not keep as it was meant. ``is_dropped``: the answer says nothing of it at all."""

    field: str
    sent: FieldValue
    received: FieldValue
    is_dropped: bool = False


def precision_of(answer: Mapping[str, Any], otherwise: int = 2) -> int:
    """The decimals of a document's amounts, as Zoho states them on it."""
    stated = answer.get("price_precision")
    return int(stated) if isinstance(stated, int | Decimal) and not isinstance(stated, bool) else otherwise


def compare_answer(
    module: Module,
    sent: Mapping[str, Any],
    answer: Mapping[str, Any],
    *,
    total: Decimal | None = None,
    precision: int = 2,
) -> tuple[Difference, ...]:
    """What of a body Zoho dropped or altered, and whether the document comes to what its source says.

    A price that Zoho rounded to the document's ``precision`` is the same price. The total may be off by half a unit of
    it, no more; ``total`` None: the source did not say.
    """
    meant = local_canonical(module, sent, answer)
    got = canonical(module, answer)
    differences = [
        Difference(name, value, got.get(name), is_dropped=name not in got)
        for name, value in meant.items()
        if not _is_kept(name, value, got.get(name), precision)
    ]
    return (*differences, *_total_difference(total, answer.get("total"), precision))


def _is_kept(name: str, sent: FieldValue, received: FieldValue, precision: int) -> bool:
    return matches(name, sent, received) or matches(name, _at_precision(name, sent, precision), received)


def _at_precision(name: str, value: FieldValue, precision: int) -> FieldValue:
    """The amounts in a value as a document of this precision can hold them."""
    if isinstance(value, Decimal):
        return value if name in _KEEPS_DECIMALS else rounded(value, precision)
    if not isinstance(value, tuple):
        return value
    if len(value) == 2 and isinstance(value[0], str):
        return (value[0], _at_precision(value[0], value[1], precision))
    return tuple(_at_precision(name, one, precision) for one in value)


def _total_difference(total: Decimal | None, received: object, precision: int) -> tuple[Difference, ...]:
    if total is None:
        return ()
    theirs = field_value("amount", received)
    if not isinstance(theirs, Decimal):
        return (Difference("total", total, None, is_dropped=True),)
    half_a_unit = Decimal(5).scaleb(-precision - 1)
    return (Difference("total", total, theirs),) if abs(total - theirs) > half_a_unit else ()
