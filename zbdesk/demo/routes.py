"""From a path below ``/books/v3`` to the module and record that it means. Pure."""

from __future__ import annotations

from typing import NamedTuple

from zbdesk.demo.faces import FACES, Face


class Target(NamedTuple):
    """What a path names: a list (no id), a record, or something below a record (``rest``)."""

    face: Face
    record_id: str | None = None
    parent_id: str | None = None
    rest: str = ""


_LISTS = {face.path: face for face in FACES.values() if face.parent is None and face.name != "debit_notes"}
_NESTED = {
    tuple(face.path.split("/{parent_id}/")): face for face in FACES.values() if face.parent is not None
}  # (prefix, suffix)
_SINGULAR = {
    "invoice": "invoices",
    "bill": "bills",
    "estimate": "estimates",
    "salesorder": "salesorders",
    "purchaseorder": "purchaseorders",
    "item": "items",
    "customerpayment": "customerpayments",
}


def resolve(path: str) -> Target | None:
    """The target of a path such as ``/invoices/123/status/sent``; None where nothing is served."""
    path = path.rstrip("/")
    if path.startswith("/recurring_bills/"):  # Zoho's own slip: the list is spelled without the underscore
        path = path.replace("/recurring_bills", "/recurringbills", 1)
    if (face := _LISTS.get(path)) is not None:
        return Target(face)
    parts = path.split("/")[1:]
    if len(parts) == 3 and parts[2] == "customfields" and parts[0] in _SINGULAR:
        return Target(FACES[_SINGULAR[parts[0]]], parts[1], rest="customfields")
    if path.startswith("/contacts/contactpersons"):
        return Target(FACES["contact_persons"], parts[2] if len(parts) > 2 else None, rest="/".join(parts[3:]))
    if len(parts) == 4 and parts[0] == "creditnotes" and parts[2] == "refunds":
        return Target(FACES["creditnote_refunds"], parts[3], parent_id=parts[1])
    return _nested(parts) or _record(parts)


def _nested(parts: list[str]) -> Target | None:
    for (prefix, suffix), face in _NESTED.items():
        head = prefix.split("/")[1:]
        at = len(head) + 1
        if parts[: len(head)] == head and len(parts) > at and parts[at] == suffix:
            return Target(face, parts[at + 1] if len(parts) > at + 1 else None, parts[len(head)])
    return None


def _record(parts: list[str]) -> Target | None:
    """The longest list path that the path begins with, then an id, then the rest."""
    for size in (2, 1):
        face = _LISTS.get("/" + "/".join(parts[:size]))
        if face is not None and len(parts) > size:
            return Target(face, parts[size], rest="/".join(parts[size + 1 :]))
    return None
