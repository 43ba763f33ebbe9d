"""Documents: what the company's own programs and people give, checked and with references still open. Pure.

A document has Zoho's write-field names (``document_names``) and is what the local tree stores. Invariants: what is
refused is refused by field, with all its faults at once; what is accepted needs nothing more from the person to be
sent, save the records that it refers to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.document_names import (
    CUSTOM_KEYS,
    LINE_KEY,
    LINE_TOTAL,
    LINES,
    is_reference,
    leads_to,
    reference_targets,
    top_names,
    twin_of,
    unknown,
)
from zbdesk.domain.document_parts import Faults, complete_contact, value_at
from zbdesk.domain.document_rules import missing, rule_errors
from zbdesk.domain.module import Module
from zbdesk.domain.money import rounded

DocumentFields: TypeAlias = dict[str, Any]
"""A document as it is stored: JSON values, amounts as ``Decimal``, dates as ISO text, None for emptied."""

LineLinks: TypeAlias = Sequence[tuple[str | int, str]]
"""Which of Zoho's lines is which of ours: (``source_line_id`` or position from 0, ``line_item_id``)."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Another record, named by something else than Zoho's id: ``customer: {"email": ...}`` of an invoice."""

    field: str
    """The field that will hold the id: ``customer_id``."""

    module: str
    """Where the record lives: ``contacts``."""

    by: str
    """``source_id``, ``local_id``, ``email``, ``number``, ``name`` or ``code``."""

    value: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why a document is refused: ``field`` as a path, ``line_items[0].rate``, and a sentence for people."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be stored. ``fields`` may hold ``total``, the source's own, which is never sent."""

    source_id: str
    fields: DocumentFields
    references: tuple[Reference, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """What the source says the document comes to."""
        return total_of(self.fields)


# -- reading what was given -------------------------------------------------------------------------------------------


def parse_document(module: Module, raw: object, *, with_source_id: bool = True) -> Document | list[FieldError]:
    """Check one document and bring it into its stored form, or say by field all that is wrong with it.

    JSON must have been parsed with ``parse_float=Decimal``: a float is refused. Unknown names are refused with the one
    that was probably meant. ``with_source_id`` False: for what a person types, which has no source.
    """
    if not isinstance(raw, Mapping):
        return [FieldError("", "A document is an object with named fields.")]
    faults: Faults = []
    given = {str(name): value for name, value in raw.items()}
    source_id = _source_id(given.pop("source_id", None), faults, needed=with_source_id)
    fields = _fields(module, given, faults)
    return _finished(module, source_id, fields, faults)


def document_of(module: Module, source_id: str, fields: DocumentFields) -> Document | list[FieldError]:
    """``parse_document`` for fields whose every value ``document_parts.value_at`` has given already.

    A table's cells repeat themselves: its columns bring each different cell into its one form once. ``fields`` is
    taken over and completed.
    """
    return _finished(module, source_id, fields, [])


def _finished(module: Module, source_id: str, fields: DocumentFields, faults: Faults) -> Document | list[FieldError]:
    if module.name == "contacts":
        complete_contact(fields, faults)
    # A field that cannot be read is not also missing, nor measured against others.
    faulty = {path.partition("[")[0].partition(".")[0].removesuffix("_id") for path, _ in faults}
    faults += [fault for fault in missing(module, fields) if fault[0] not in faulty]
    sound = {name: value for name, value in fields.items() if name not in faulty} if faulty else fields
    faults += rule_errors(module, sound)
    if faults:
        return [FieldError(path, text) for path, text in faults]
    return Document(source_id, fields, references(module, fields))


def _source_id(value: object, faults: Faults, *, needed: bool) -> str:
    is_text = isinstance(value, str | int) and not isinstance(value, bool)
    text = str(value).strip() if is_text else ""
    if not text and (needed or value is not None):
        faults.append(("source_id", "Every document needs the id that it has in its source."))
    return text


def _fields(module: Module, given: Mapping[str, object], faults: Faults) -> DocumentFields:
    allowed = top_names(module)
    fields: DocumentFields = {}
    for name, value in given.items():
        if name not in allowed:
            faults.append((name, unknown(name, allowed, module.label)))
            continue
        if (twin := twin_of(name, value)) in fields:
            faults.append((name, f"Give either “{name}” or “{twin}”, not both."))
        fields[name] = value_at(module, name, value, faults)
    return fields


_ZERO = Decimal(0)

# -- references -------------------------------------------------------------------------------------------------------


def references(module: Module, fields: Mapping[str, Any]) -> tuple[Reference, ...]:
    """The records that a document names by something else than Zoho's id, each once, in the order of the document."""
    found: dict[tuple[str, str, str, str], None] = {}
    targets = reference_targets(module)
    # Objects and lists of a stored document are plain ones: they come from ``value_at`` or from JSON.
    for name, value in fields.items():
        kind = type(value)
        if kind is dict:
            if name in targets:
                [(by, text)] = value.items()
                found[*targets[name], str(by), str(text)] = None
        elif kind is list and name in MEMBERS:
            own = reference_targets(module, name)
            for entry in value:
                for member, one in entry.items() if type(entry) is dict else ():
                    if type(one) is dict and member in own:
                        [(by, text)] = one.items()
                        found[*own[member], str(by), str(text)] = None
    return tuple([_one_reference(*one) for one in found])


def _reference(module: Module, name: str, value: Mapping[str, Any], inside: str) -> Reference:
    [(by, text)] = value.items()
    return _one_reference(f"{name}_id", leads_to(module, f"{name}_id", inside) or "", str(by), str(text))


@lru_cache(maxsize=1 << 14)
def _one_reference(id_field: str, module: str, by: str, value: str) -> Reference:
    """Thousands of documents name the same few customers, taxes and currencies."""
    return Reference(id_field, module, by, value)


def resolved(
    module: Module, fields: Mapping[str, Any], ids: Mapping[Reference, str]
) -> tuple[DocumentFields, tuple[Reference, ...]]:
    """The document with ids in the place of references, and the references that have none in ``ids``.

    An unresolved one is left out of the fields. Nothing else changes; the document given is not touched.
    """
    unresolved: dict[Reference, None] = {}
    return _resolve(module, fields, "", ids, unresolved), tuple(unresolved)


def _resolve(
    module: Module,
    members: Mapping[str, Any],
    inside: str,
    ids: Mapping[Reference, str],
    unresolved: dict[Reference, None],
) -> DocumentFields:
    found: DocumentFields = {}
    for name, value in members.items():
        if is_reference(module, name, value, inside):
            reference = _reference(module, name, value, inside)
            if reference in ids:
                found[reference.field] = ids[reference]
            else:
                unresolved[reference] = None
        elif isinstance(value, list) and name in MEMBERS and not inside:
            found[name] = [
                _resolve(module, one, name, ids, unresolved) if isinstance(one, Mapping) else one for one in value
            ]
        else:
            found[name] = value
    return found


# -- Zoho's record as a document --------------------------------------------------------------------------------------


def document_from_remote(module: Module, detail: Mapping[str, Any]) -> DocumentFields:
    """Zoho's record as a document: for editing what was only mirrored, and for taking its values over.

    Only what can be written and is not empty; lines without Zoho's ids. ``detail`` is the full answer, with Decimals.
    """
    found = {name: _from_remote(name, detail[name]) for name in sorted(module.write_fields & detail.keys())}
    return {name: value for name, value in found.items() if not _is_empty(value)}


def _from_remote(name: str, value: Any) -> Any:
    if name == "custom_fields":
        return [_custom_from_remote(entry) for entry in value or () if not _is_empty(entry.get("value"))]
    if isinstance(value, Mapping):
        members = MEMBERS.get(name, value.keys())
        kept = {key: _from_remote(key, one) for key, one in value.items() if key in members}
        return {key: one for key, one in kept.items() if not _is_empty(one)}
    if isinstance(value, list | tuple):
        return [_from_remote(name, one) for one in value]
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _custom_from_remote(entry: Mapping[str, Any]) -> DocumentFields:
    key = next((name for name in CUSTOM_KEYS if entry.get(name)), CUSTOM_KEYS[0])
    return {key: entry.get(key), "value": entry["value"]}


def _is_empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, list | dict) and not value)


def adopted(
    module: Module,
    fields: Mapping[str, Any],
    names: Iterable[str],
    detail: Mapping[str, Any],
    links: LineLinks = (),
) -> DocumentFields:
    """The document after taking these fields of Zoho's: what is empty there is emptied here.

    A reference gives way to the id. A line that ``links`` knows as ours keeps its ``source_line_id`` and gets only the
    parts that it has; lines that only Zoho has come in whole. Of custom fields only those change that we have.
    """
    theirs = document_from_remote(module, detail)
    found = dict(fields)
    for name in names:
        found.pop(name.removesuffix("_id"), None)
        found[name] = theirs.get(name)
        if name == LINES and theirs.get(name):
            found[name] = _adopted_lines(fields.get(name) or (), theirs[name], detail[name], links)
        elif name == "custom_fields":
            found[name] = _own_custom_fields(fields.get(name), detail)
    return found


def _adopted_lines(
    own: Sequence[Any], theirs: Sequence[Any], remote_lines: Sequence[Any], links: LineLinks
) -> list[DocumentFields]:
    """Zoho's lines; one that is ours keeps to the parts that we name.

    The rest of it (the account that Zoho chose) is not ours: taken in here, it would be cleared in Zoho as soon as the
    source gives the line again without it. What we leave out of a line that Zoho knows, Zoho keeps.
    """
    keys = {line_id: key for key, line_id in links} if links else dict(_by_place(remote_lines))
    found = []
    for line, remote_line in zip(theirs, remote_lines, strict=True):
        key = keys.get(str(remote_line.get("line_item_id")))
        ours = _own_line(own, key)
        parts = {name for member in ours for name in (member, f"{member}_id")} if ours else line.keys()
        kept = {name: value for name, value in line.items() if name in parts}
        found.append({LINE_KEY: key, **kept} if isinstance(key, str) else kept)
    return found


def _by_place(remote_lines: Sequence[Any]) -> Iterator[tuple[str, str | int]]:
    for place, line in enumerate(remote_lines):
        yield str(line.get("line_item_id")), place


def _own_line(own: Sequence[Any], key: str | int | None) -> Mapping[str, Any]:
    for place, line in enumerate(own):
        own_key = line.get(LINE_KEY)
        if key == (place if own_key is None else str(own_key)):
            return dict(line)
    return {}


def _own_custom_fields(own: Sequence[Any] | None, detail: Mapping[str, Any]) -> list[Any] | None:
    by_any_name = {
        str(entry[name]): entry
        for entry in detail.get("custom_fields") or ()
        for name in CUSTOM_KEYS
        if entry.get(name) is not None
    }
    return [{**one, "value": by_any_name.get(_custom_name(one), {}).get("value")} for one in own or ()] or None


def _custom_name(entry: Mapping[str, Any]) -> str:
    return next((str(entry[name]) for name in CUSTOM_KEYS if entry.get(name)), "")


def with_custom_field_ids(fields: Mapping[str, Any], detail: Mapping[str, Any]) -> DocumentFields:
    """The document with its custom fields named by id, as Zoho's ``detail`` tells: to be compared with it.

    Without it a field that we name by ``api_name`` and Zoho by id would look like two.
    """
    if not fields.get("custom_fields"):
        return dict(fields)
    ids = {
        str(entry[name]): str(entry["customfield_id"])
        for entry in detail.get("custom_fields") or ()
        if entry.get("customfield_id")
        for name in CUSTOM_KEYS
        if entry.get(name) is not None
    }
    named = [
        {"customfield_id": ids.get(_custom_name(one), _custom_name(one)), "value": one.get("value")}
        for one in fields["custom_fields"]
    ]
    return {**fields, "custom_fields": named}


# -- edits ------------------------------------------------------------------------------------------------------------


def put_onto(current: Mapping[str, Any], before: Mapping[str, Any], given: Mapping[str, Any]) -> DocumentFields:
    """The document after its source gave it again: only what the source itself changed since ``before`` is an edit.

    ``before`` is what the source gave last time. So a document that is put twice does not undo what was adopted from
    Zoho or edited here meanwhile, and a field that the source no longer names is left as it is.
    """
    found = dict(current)
    for name, value in given.items():
        if name in before and before[name] == value:
            continue
        found.pop(twin_of(name, value), None)
        found[name] = value
    return found


def one_line_quantity_one(
    fields: Mapping[str, Any], places: int | None = None, *, only_unpriced: bool = False
) -> DocumentFields:
    """The document with quantity 1 and the line's amount as rate on every line, for sources that keep only amounts.

    ``places``: the currency's decimals, to which the source rounds its line amounts; None keeps the exact product.
    The line's amount is its ``item_total`` where the source says it, else quantity times rate. A discount stays as it
    is: a share of the same amount, or the same amount. Lines that say neither are left alone. ``only_unpriced``: only
    lines that have a total and no rate, which cannot be said in another way.
    """
    lines = fields.get(LINES)
    if not lines:
        return dict(fields)
    return {
        **fields,
        LINES: [
            dict(line) if only_unpriced and line.get("rate") is not None else _as_one(line, places) for line in lines
        ],
    }


def _as_one(line: Mapping[str, Any], places: int | None) -> DocumentFields:
    amount = line_amount(line)
    if amount is None:
        return dict(line)
    return {**line, "quantity": Decimal(1), "rate": amount if places is None else rounded(amount, places)}


def line_amount(line: Mapping[str, Any]) -> Decimal | None:
    """What a line comes to before tax and discount: what the source says, else quantity times rate; None: unknown."""
    total = line.get(LINE_TOTAL)
    if total is not None:
        return Decimal(total)
    rate = line.get("rate")
    if rate is None:
        return None
    quantity = line.get("quantity")
    return Decimal(rate) * Decimal(1 if quantity is None else quantity)


def lines_amount(lines: Iterable[Mapping[str, Any]]) -> Decimal:
    """What lines come to together, before tax and discount; those without an amount count nothing."""
    whole = _ZERO
    for line in lines:
        rate, quantity = line.get("rate"), line.get("quantity")
        if type(rate) is Decimal and type(quantity) is Decimal and LINE_TOTAL not in line:
            whole += rate * quantity  # as nearly every line is
        elif (amount := line_amount(line)) is not None:
            whole += amount
    return whole


def total_of(fields: Mapping[str, Any]) -> Decimal | None:
    """What the source says a stored document comes to; None where it says nothing."""
    value = fields.get("total")
    return None if value is None else Decimal(value)
