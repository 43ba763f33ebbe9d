"""Create, update, upsert and delete, in Zoho's way: checked first, totals by the server, then the whole record back.

A write either happens as a whole or not at all: every check runs before the first change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from zbdesk.demo import actions, answers, applied, checks, faces, ledger, pricing
from zbdesk.demo.collection import Fields, Record
from zbdesk.domain.modules import MODULES

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization
    from zbdesk.demo.routes import Target


@dataclass(frozen=True, slots=True)
class Written:
    """A write as it came in."""

    method: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def fields(self) -> Fields:
        """The body as an object; no body is an empty one. Raises ``Refusal``."""
        if not self.body.strip():
            return {}
        try:
            value = msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            raise answers.bad_json() from None
        if not isinstance(value, dict):
            raise answers.bad_json()
        return value


def answer(org: Organization, target: Target, written: Written) -> tuple[int, bytes]:
    """(status, encoded answer). Raises ``Refusal``. The caller holds the lock."""
    module = target.face.name
    methods = MODULES[module].methods
    if target.rest:
        return 200, actions.answer(org, target, written)
    if target.record_id is None:
        if written.method == "POST" and "create" in methods:
            return _shown(org, create(org, module, written, target.parent_id), "created", 201)
        if written.method == "PUT" and MODULES[module].unique_key:
            return _upsert(org, module, written)
        raise answers.wrong_method()
    record = find(org, target)
    if written.method == "PUT" and "update" in methods:
        return _shown(org, (module, update(org, module, record, written)), "updated", 200)
    if written.method == "DELETE" and "delete" in methods:
        delete(org, module, record)
        return 200, answers.success(message=f"The {MODULES[module].singular.lower()} has been deleted.")
    raise answers.wrong_method()


def find(org: Organization, target: Target) -> Record:
    """The record a write names. Raises ``Refusal`` 1002."""
    record = org[target.face.name].get(target.record_id or "")
    if record is None:
        raise answers.not_found(MODULES[target.face.name].singular)
    return record


def _shown(org: Organization, made: tuple[str, Record], what: str, status: int) -> tuple[int, bytes]:
    module, record = made
    key = faces.FACES[module].detail_key
    message = f"The {MODULES[module].singular.lower()} has been {what}."
    return status, answers.success(key, faces.detail(org, module, record), message)


def create(org: Organization, module: str, written: Written, parent_id: str | None = None) -> tuple[str, Record]:
    """Check and store a new record."""
    fields = checks.known(module, written.fields())
    if module == "invoices" and fields.get("type") == "debit_note":
        module = "debit_notes"
    if parent_id is not None:
        fields[faces.FACES[module].parent_field] = parent_id
    checks.creating(org, module, fields, written.params)
    parts = applied.planned(org, module, fields)
    filled = ledger.filled(org, module, _first_state(module, fields, written.params))
    record = org.insert(module, filled)
    applied.apply(org, module, record, parts)
    _settled(org, module, record)
    if module == "contacts":
        _people(org, record, fields)
    return module, record


def _first_state(module: str, fields: Fields, params: Mapping[str, str]) -> Fields:
    """Documents begin as drafts unless they are sent at once."""
    starts = {"invoices": "draft", "estimates": "draft", "salesorders": "draft", "purchaseorders": "draft"}
    out = dict(fields)
    if module in starts:
        out["status"] = (
            "sent" if params.get("send") == "true" and module in ("invoices", "estimates") else starts[module]
        )
    elif module == "journals":
        out["status"] = fields.get("status") or "published"
    return out


def _settled(org: Organization, module: str, record: Record) -> None:
    """Totals, balance and status of what was just written, and of its contact."""
    if module in ledger.DOCUMENTS:
        ledger.settle(org, module, record.fields)
    elif module == "expenses":
        pricing.price_expense(org, record.fields)
    elif module == "journals":
        pricing.price_journal(record.fields)
    org[module].touch(record, None)
    ledger.after_change(org, module, record)


def update(org: Organization, module: str, record: Record, written: Written) -> Record:
    """Check and change. Fields left out stay; ``line_items`` replaces the whole list."""
    fields = checks.known(module, written.fields())
    fields = checks.updating(org, module, record, fields, written.params)
    if module in applied.LISTS and applied.LISTS[module][0] in fields:
        merged = {**record.fields, **fields}
        applied.release(org, module, record)
        try:
            parts = applied.planned(org, module, merged)
        except answers.Refusal:
            applied.restore(org, module, record)
            raise
        record.fields.update(ledger.exact(fields))
        applied.apply(org, module, record, parts)
    else:
        record.fields.update(ledger.exact(fields))
    ledger.recount(org, module, record, fields)
    _settled(org, module, record)
    org[module].touch(record, org.clock.seconds())
    if module == "contacts" and "contact_persons" in fields:
        _people(org, record, fields)
    return record


def _upsert(org: Organization, module: str, written: Written) -> tuple[int, bytes]:
    """By a unique custom field: found is updated, not found is created when ``X-Upsert`` says so."""
    key = written.headers.get("x-unique-identifier-key", "")
    value = written.headers.get("x-unique-identifier-value", "")
    field = org.custom_field(module, key)
    if not value or field is None or not field.unique:
        raise answers.invalid_parameter("X-Unique-Identifier-Key")
    for record in org[module]:
        if any(
            one.get("api_name") == key and one.get("value") == value for one in record.get("custom_fields", None) or []
        ):
            return _shown(org, (module, update(org, module, record, written)), "updated", 200)
    if written.headers.get("x-upsert", "").lower() != "true":
        raise answers.not_found(MODULES[module].singular)
    made = create(org, module, written)
    stored = made[1].fields.setdefault("custom_fields", [])
    if not any(one.get("api_name") == key for one in stored):
        stored.append(field.shown(value))
        org[made[0]].touch(made[1], None)
    return _shown(org, made, "created", 201)


def delete(org: Organization, module: str, record: Record) -> None:
    """Remove what may be removed. Raises ``Refusal`` for what others depend on."""
    checks.deleting(org, module, record)
    org.delete(module, record.id)


def _people(org: Organization, contact: Record, fields: Fields) -> None:
    """Contact persons as sent replace those there; one with an id stays the same person."""
    sent = fields.get("contact_persons")
    contact.fields.pop("contact_persons", None)
    if not isinstance(sent, list):
        return
    kept = {str(person.get("contact_person_id", "")) for person in sent}
    for person in [p for p in org["contact_persons"] if p.get("contact_id") == contact.id and p.id not in kept]:
        org["contact_persons"].remove(person.id)
    for number, person in enumerate(sent):
        given = {name: value for name, value in person.items() if name != "contact_person_id"}
        known = org["contact_persons"].get(str(person.get("contact_person_id", "")))
        if known is not None:
            known.fields.update(given)
            org["contact_persons"].touch(known, None)
        else:
            given |= {"contact_id": contact.id, "contact_name": contact.get("contact_name")}
            given.setdefault("is_primary_contact", number == 0)
            org.insert("contact_persons", given)
    primary = next(
        (p for p in org["contact_persons"] if p.get("contact_id") == contact.id and p.get("is_primary_contact")), None
    )
    if primary is not None:
        for name in ("first_name", "last_name", "email", "phone", "mobile"):
            contact.fields[name] = primary.get(name)
    org["contacts"].touch(contact, None)
