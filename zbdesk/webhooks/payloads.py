"""What a webhook speaks of: the module and the id of a record, its stamp, the organization. Pure.

Zoho documents no shape, so all that were seen are read: one node named like the detail's, the node under ``data``, bare
fields, a form with such fields, and a form whose field ``JSONString`` holds the JSON. What cannot be read has no
meaning; it is never an error. No value is taken over from a payload: it says where to look, and may be shown as
unconfirmed until somebody has looked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zbdesk.domain.dates import stamp_seconds
from zbdesk.domain.module import Module, Section
from zbdesk.domain.modules import MODULES, UnknownModule
from zbdesk.domain.modules import module as named
from zbdesk.webhooks.signature import pairs

FORM = "application/x-www-form-urlencoded"
JSON_FIELD = "JSONString"

_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
"""What may be an id: it becomes part of an address."""

_DELETED = frozenset({"delete", "deleted", "deletion", "remove", "removed"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event says.

    ``module`` and ``remote_id`` are both there or both None; ``event`` is ``deleted`` or a word of the user's own.
    """

    module: str | None = None
    remote_id: str | None = None
    organization_id: str | None = None
    modified_at: int | None = None
    event: str = ""


def is_form(content_type: str) -> bool:
    """Whether the body is a form, going by what the sender calls it."""
    return content_type.partition(";")[0].strip().lower() == FORM


def read(raw: bytes, content_type: str, suffix: str = "") -> Meaning:
    """Return what an event means. ``suffix``: what stands behind the key in the path, ``invoices/deleted``."""
    hinted, event = _hint(suffix)
    places = _places(raw, content_type)
    organization = next((found for place in places if (found := _id(place.get("organization_id")))), None)
    record = _record(places, hinted)
    if record is None:
        return Meaning(organization_id=organization, event=event)
    module, node, remote_id = record
    stamp = node.get(module.modified_field) if module.modified_field else None
    seconds = stamp_seconds(stamp) if isinstance(stamp, str) else None
    return Meaning(module.name, remote_id, organization, seconds, event)


def record_in(raw: bytes, content_type: str, suffix: str = "") -> Mapping[str, Any] | None:
    """The object that ``read`` takes for the record, as it was sent: numbers with a point as text. None for none."""
    found = _record(_places(raw, content_type), _hint(suffix)[0])
    return None if found is None else found[1]


def _places(raw: bytes, content_type: str) -> list[dict[str, Any]]:
    top = _fields(raw, content_type)
    return [place for place in (top, top.get("data")) if isinstance(place, dict)]


def _record(places: list[dict[str, Any]], hinted: Module | None) -> tuple[Module, Mapping[str, Any], str] | None:
    for module, node in _candidates(places, hinted):
        remote_id = _id(node.get(module.id_field))
        if remote_id is not None:
            return module, node, remote_id
    return None


def _hint(suffix: str) -> tuple[Module | None, str]:
    """The module and the event that the path names."""
    first, _, second = suffix.strip("/").partition("/")
    event = second.strip("/").lower()[:40]
    return _module(first), "deleted" if event in _DELETED else event


def _fields(raw: bytes, content_type: str) -> dict[str, Any]:
    """The body as an object; empty where it is none."""
    if not is_form(content_type):
        return _object(raw)
    try:
        found = {key.decode("utf-8", "replace"): value.decode("utf-8", "replace") for key, value in pairs(raw)}
    except ValueError:
        return {}
    plain: dict[str, Any] = {key: _object(text) or text for key, text in found.items()}
    inner = plain.pop(JSON_FIELD, None)
    return {**plain, **inner} if isinstance(inner, dict) else plain


def _object(text: bytes | str) -> dict[str, Any]:
    """A JSON object; empty where it is none. Integers are exact, other numbers stay text."""
    if text.lstrip()[:1] not in {"{", b"{"}:
        return {}
    try:
        value = json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _candidates(places: list[dict[str, Any]], hinted: Module | None) -> Iterator[tuple[Module, Mapping[str, Any]]]:
    """Modules and the objects that may be their records, the most certain first."""
    if hinted is not None:
        yield from _of_module(places, hinted)
    for place in places:
        for key, node in place.items():
            if isinstance(node, dict) and (module := _by_node(key, node)) is not None:
                yield module, node
    for place in places:
        for node in (*place.values(), place):
            if isinstance(node, dict):
                yield from ((_sided(_BY_ID[key], node), node) for key in node if key in _BY_ID)


def _of_module(places: list[dict[str, Any]], module: Module) -> Iterator[tuple[Module, Mapping[str, Any]]]:
    """The node of a known module, or its bare fields."""
    for place in places:
        for key, node in place.items():
            if isinstance(node, dict) and _may_be(module, key):
                yield module, node
        yield module, place


def _may_be(module: Module, key: str) -> bool:
    """Whether a node of this name may hold a record of the module: both kinds of payment are called ``payment``."""
    if key in module.detail_keys or _module(key) is module:
        return True
    return key in _BY_KEY and _BY_KEY[key].id_field == module.id_field


def _by_node(key: str, node: Mapping[str, Any]) -> Module | None:
    module = _BY_KEY.get(key) or _module(key)
    return None if module is None or module.name not in _READABLE else _sided(module, node)


def _sided(module: Module, node: Mapping[str, Any]) -> Module:
    """A payment is a customer's unless it names a vendor: both sides use the same words."""
    if module.name == "customerpayments" and "vendor_id" in node and "customer_id" not in node:
        return MODULES["vendorpayments"]
    return module


def _module(word: str) -> Module | None:
    try:
        return named(word) if word else None
    except UnknownModule:
        return None


def _id(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        text = str(value).strip()
    except ValueError:  # more digits than Python converts: no id of anybody's
        return None
    return text if _ID.fullmatch(text) else None


def _readable() -> dict[str, Module]:
    """Modules whose records are read by their id alone, those that are usual first."""
    found = [
        module
        for module in MODULES.values()
        if module.section is not Section.SETTINGS
        and "get" in module.methods
        and module.detail_path != ""
        and "{parent_id}" not in (module.detail_path or module.path)
    ]
    return {module.name: module for module in sorted(found, key=lambda module: not module.by_default)}


_READABLE = _readable()
_BY_KEY: dict[str, Module] = {}
_BY_ID: dict[str, Module] = {}
for _one in _READABLE.values():
    for _key in _one.detail_keys:
        if _key != "data":
            _BY_KEY.setdefault(_key, _one)
    _BY_ID.setdefault(_one.id_field, _one)
