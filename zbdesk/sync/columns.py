"""What tables show of a document that Zoho has not seen yet: number, dates, party, currency, total."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zbdesk.domain.document_names import LINES
from zbdesk.domain.documents import lines_amount, total_of
from zbdesk.domain.module import Module
from zbdesk.domain.money import to_scaled
from zbdesk.domain.views import Connection
from zbdesk.store import documents, finding
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.store.new_records import Columns
from zbdesk.sync.references import Resolver, reference_of

_PARTIES = ("customer", "vendor")
_PARTY_KEYS = ("customer_id", "customer", "vendor_id", "vendor")


class ColumnMaker:
    """``columns_of`` for many documents of one transaction: each party is looked up once."""

    def __init__(self, db: Database, connection: Connection, module: Module) -> None:
        self._db = db
        self._connection = connection
        self._module = module
        self._parties: dict[object, Trees | None] = {}

    def of(self, fields: Mapping[str, Any]) -> Columns:
        """The typed columns of one document."""
        named: Any = None
        for name in _PARTY_KEYS:
            named = fields.get(name)
            if named:
                break
        key = tuple(named.items()) if type(named) is dict else named
        if key not in self._parties:
            self._parties[key] = _party(self._db, self._connection, fields)
        return _columns(self._db, self._connection, self._module, fields, self._parties[key])


def columns_of(db: Database, connection: Connection, module: Module, fields: Mapping[str, Any]) -> Columns:
    """The typed columns of a document, as far as it and the local database tell them."""
    return _columns(db, connection, module, fields, _party(db, connection, fields))


def _columns(
    db: Database, connection: Connection, module: Module, fields: Mapping[str, Any], party: Trees | None
) -> Columns:
    return Columns(
        number=_number(module, fields),
        date=None if module.date_field is None else _text(fields, module.date_field),
        due_date=None if module.due_date_field is None else _text(fields, module.due_date_field),
        party=_party_name(module, fields, party),
        party_id=None if party is None else party.remote_id,
        currency=_currency(db, connection, module, fields, party),
        total=_total(module, fields),
        reference=_reference(module, fields),
    )


def _number(module: Module, fields: Mapping[str, Any]) -> str | None:
    for name in module.number_fields:
        if fields.get(name):
            return str(fields[name])
    return None


def _party(db: Database, connection: Connection, fields: Mapping[str, Any]) -> Trees | None:
    for name in _PARTIES:
        record_id = None
        if fields.get(f"{name}_id"):
            record_id = finding.by_remote_id(db, connection.id, "contacts", str(fields[f"{name}_id"]))
        elif isinstance(fields.get(name), Mapping):
            record_id = Resolver(db, connection.id).record(reference_of(f"{name}_id", "contacts", fields[name]), None)
        if record_id is not None:
            return documents.read(db, record_id)
    return None


def _party_name(module: Module, fields: Mapping[str, Any], party: Trees | None) -> str | None:
    if party is not None:
        return party.number
    if module.party_field is not None and fields.get(module.party_field):
        return str(fields[module.party_field])
    for name in _PARTIES:
        named = fields.get(name)
        if type(named) is dict:
            return str(next(iter(named.values()), "")) or None
    return None


def _currency(
    db: Database, connection: Connection, module: Module, fields: Mapping[str, Any], party: Trees | None
) -> str | None:
    if module.currency_field is None:
        return None
    named = fields.get("currency")
    if type(named) is dict and named.get("code"):
        return str(named["code"])
    if fields.get("currency_id"):
        record_id = finding.by_remote_id(db, connection.id, "currencies", str(fields["currency_id"]))
        found = None if record_id is None else documents.read(db, record_id)
        return None if found is None else found.number
    if party is not None and party.currency:
        return party.currency
    return connection.organization.currency_code or None


def _total(module: Module, fields: Mapping[str, Any]) -> int | None:
    total = total_of(fields)
    if total is None and module.total_field is not None and fields.get(module.total_field) is not None:
        total = Decimal(fields[module.total_field])
    if total is None and fields.get(LINES):
        # Before tax and discount: good enough to tell documents apart until Zoho has added them up.
        total = lines_amount(fields[LINES])
    try:
        return None if total is None else to_scaled(total)
    except ValueError:
        return None


def _reference(module: Module, fields: Mapping[str, Any]) -> str | None:
    if module.name == "contacts":
        persons = fields.get("contact_persons") or []
        primary = [one for one in persons if one.get("is_primary_contact")] or persons
        return next((str(one["email"]) for one in primary if one.get("email")), None)
    return _text(fields, module.reference_field) if module.reference_field is not None else None


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value)
