"""One organization of the demo company: its settings and records, and the Python way to change them.

Tests edit records here (``put``, ``edit``, ``delete``) as a colleague would in Zoho's web application: stamps move and
what hangs on the record is worked out again. Invariant: a document's balance is its total less what was paid and
credited, and a contact's outstanding amount is the sum of its open balances.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from zbdesk.demo import faces, ledger
from zbdesk.demo.clock import CompanyClock
from zbdesk.demo.collection import Collection, Fields, Record
from zbdesk.demo.customfields import CustomField
from zbdesk.demo.figures import Tax, TaxPart


@dataclass(frozen=True, slots=True)
class Profile:
    """What does not change about an organization."""

    organization_id: str
    name: str
    country: str
    country_code: str
    state: str
    city: str
    currency_code: str
    zone: str
    edition: str
    plan: str
    tax_number: str
    id_prefix: str


class Organization:
    """Records and settings of one organization. Guard every use with ``lock`` (re-entrant, shared by the company)."""

    def __init__(self, profile: Profile, clock: CompanyClock, lock: threading.RLock) -> None:
        self.profile = profile
        self.id = profile.organization_id
        self.clock = clock
        self.lock = lock
        self.zone = ZoneInfo(profile.zone)
        self.collections = {name: Collection(name) for name in faces.FACES}
        self.taxes: dict[str, Tax] = {}
        self.currencies: dict[str, Record] = {}
        self.locked_until: date | None = None
        """Transaction locking: writes dated on or before this day are refused."""
        self._serial = 1000
        self._custom_fields: dict[str, list[CustomField]] = {}
        self.tells_unique = True
        """Whether the settings' answers say which field refuses duplicates, and new fields can be made so."""

        self._numbers: dict[str, int] = {}
        self._of_contact: dict[str, list[tuple[str, Record]]] = {}
        self._rendered_on = self.today()

    def __getitem__(self, module: str) -> Collection:
        return self.collections[module]

    # -- time and numbers -----------------------------------------------------------------------------------------

    def today(self) -> date:
        """The organization's own day."""
        return self.clock.now().astimezone(self.zone).date()

    def stamp(self, seconds: int) -> str:
        """Zoho's form of a moment: the organization's zone, offset without colon."""
        return datetime.fromtimestamp(seconds, self.zone).strftime("%Y-%m-%dT%H:%M:%S%z")

    def next_id(self) -> str:
        """A new id: 18 digits, growing."""
        self._serial += 1
        return f"{self.profile.id_prefix}{self._serial:09d}"

    def next_number(self, module: str) -> str:
        """The next number of the module's own series."""
        value = self._numbers.get(module, 0) + 1
        self._numbers[module] = value
        prefix, width = faces.SERIES.get(module, (module[:3].upper() + "-", 5))
        return f"{prefix}{value:0{width}d}"

    def new_day(self) -> None:
        """Once the date has changed, see what fell due: overdue is a matter of date."""
        if (today := self.today()) != self._rendered_on:
            self._rendered_on = today
            ledger.settle_all(self)

    # -- settings -------------------------------------------------------------------------------------------------

    def precision(self, currency_code: str) -> int:
        """Decimals of a currency; 2 for one that is not set up."""
        found = self.currencies.get(currency_code)
        return int(found.get("price_precision", 2)) if found is not None else 2

    def rate(self, currency_code: str) -> Decimal:
        """Base currency for one of ``currency_code``."""
        found = self.currencies.get(currency_code)
        return Decimal(found.get("exchange_rate", 1)) if found is not None else Decimal(1)

    def settings_changed(self) -> None:
        """Look up taxes and currencies again after they were edited."""
        self.currencies = {record.get("currency_code"): record for record in self["currencies"]}
        single = {
            record.id: TaxPart(record.id, record.get("tax_name"), Decimal(record.get("tax_percentage", 0)))
            for record in self["taxes"]
            if record.get("tax_type") != "tax_group"
        }
        self.taxes = {}
        for record in self["taxes"]:
            ids = record.get("part_ids", None) or [record.id]
            parts = tuple(single[part] for part in ids if part in single)
            percentage = sum((part.percentage for part in parts), Decimal(0))
            self.taxes[record.id] = Tax(record.id, record.get("tax_name"), percentage, record.get("tax_type"), parts)

    def add_custom_field(self, module: str, label: str, *, unique: bool = False) -> str:
        """Set up a text field; returns its id. Its API name is ``cf_`` and the label in small letters."""
        with self.lock:
            fields = self._custom_fields.setdefault(module, [])
            api_name = "cf_" + label.lower().replace(" ", "_")
            field = CustomField(self.next_id(), api_name, label, unique, len(fields) + 1)
            fields.append(field)
            return field.customfield_id

    def custom_fields(self, module: str) -> tuple[CustomField, ...]:
        """All custom fields of a module, in their order."""
        return tuple(self._custom_fields.get(module, ()))

    def custom_field(self, module: str, name: str) -> CustomField | None:
        """A custom field by id, API name or label."""
        for field in self._custom_fields.get(module, ()):
            if name in (field.customfield_id, field.api_name, field.label):
                return field
        return None

    # -- records --------------------------------------------------------------------------------------------------

    def link(self, module: str, record: Record) -> None:
        """Remember whose document this is."""
        party = record.fields.get("customer_id") or record.fields.get("vendor_id")
        if party:
            self._of_contact.setdefault(party, []).append((module, record))

    def documents_of(self, contact_id: str) -> Iterable[tuple[str, Record]]:
        """(module, record) of everything that names the contact."""
        return [(name, record) for name, record in self._of_contact.get(contact_id, ()) if record.id in self[name]]

    def insert(self, module: str, fields: Fields, *, at: int | None = None, record_id: str | None = None) -> Record:
        """Store a new record as it is, stamped ``at`` (now)."""
        moment = self.clock.seconds() if at is None else at
        record = Record(record_id or self.next_id(), fields, moment, moment)
        self[module].add(record)
        self.link(module, record)
        return record

    def put(self, module: str, fields: Fields | None = None, **more: Any) -> str:
        """Make a record; what is not given is filled in sensibly. Returns its id."""
        with self.lock:
            given = dict(fields or {}, **more)
            record_id = given.pop(faces.FACES[module].id_field, None)
            created, modified = _take_stamps(given)
            filled = ledger.filled(self, module, given)
            record = self.insert(module, filled, at=created, record_id=record_id)
            if modified is not None:
                record.modified = modified
            ledger.after_change(self, module, record)
            return record.id

    def edit(self, module: str, record_id: str, fields: Fields | None = None, **more: Any) -> None:
        """Change fields of a record; its stamp moves to now unless ``last_modified_time`` (a stamp) is given."""
        with self.lock:
            record = self[module].get(record_id)
            if record is None:
                raise KeyError(f"{module} {record_id}")
            given = dict(fields or {}, **more)
            created, modified = _take_stamps(given)
            if created is not None:
                record.created = created
            record.fields.update(given)
            ledger.recount(self, module, record, given)
            self[module].touch(record, self.clock.seconds() if modified is None else modified)
            ledger.after_change(self, module, record)

    def delete(self, module: str, record_id: str) -> None:
        """Remove a record; a payment or credit gives back what it covered."""
        with self.lock:
            record = self[module].remove(record_id)
            if record is None:
                raise KeyError(f"{module} {record_id}")
            ledger.after_removal(self, module, record)

    def get(self, module: str, record_id: str) -> Fields:
        """The record as its detail call shows it. Raises ``KeyError``."""
        with self.lock:
            record = self[module].get(record_id)
            if record is None:
                raise KeyError(f"{module} {record_id}")
            self.new_day()
            shown: Fields = msgspec.json.decode(faces.encode(faces.detail(self, module, record)))
            return shown

    def all(self, module: str) -> list[Fields]:
        """Every record as its list row shows it, inactive ones included, in the order of their making."""
        with self.lock:
            self.new_day()
            return [msgspec.json.decode(faces.row_bytes(self, module, record)) for record in self[module]]

    def ids(self, module: str) -> list[str]:
        """Every id of a module."""
        with self.lock:
            return [record.id for record in self[module]]


def _take_stamps(given: Fields) -> tuple[int | None, int | None]:
    """created_time and last_modified_time out of the fields, as seconds."""
    return _seconds(given.pop("created_time", None)), _seconds(given.pop("last_modified_time", None))


def _seconds(value: object) -> int | None:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return int(value.timestamp())
    return int(datetime.strptime(str(value), "%Y-%m-%dT%H:%M:%S%z").timestamp())
