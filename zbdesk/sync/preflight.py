"""What would make Zoho refuse a document, seen in the local mirror before anything is sent. Pure reading.

Invariant: nothing is refused here for want of knowledge; where the mirror does not say, Zoho decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from zbdesk.domain.module import Module
from zbdesk.store import documents, finding
from zbdesk.store.database import Database
from zbdesk.sync import paying
from zbdesk.sync.actions import Cause, Refuse

_CONTACTS = ("customer_id", "vendor_id")


class Preflight:
    """Checks documents of one connection whose own currency is ``base_currency``."""

    def __init__(self, db: Database, connection_id: int, base_currency: str) -> None:
        self._db = db
        self._connection_id = connection_id
        self._base = base_currency.strip().upper()

    def refusal(self, module: Module, fields: Mapping[str, Any]) -> Refuse | None:
        """Why this resolved document cannot be sent now; None where nothing speaks against it."""
        return (
            self._currency(module, fields)
            or self._contact(fields)
            or self._items(fields)
            or paying.refusal(self._db, self._connection_id, module, fields)
        )

    def _currency(self, module: Module, fields: Mapping[str, Any]) -> Refuse | None:
        """A document in another currency needs a rate: its own, or Zoho's for that currency."""
        if "exchange_rate" not in module.write_fields or _positive(fields.get("exchange_rate")):
            return None
        code, currency = self._currency_of(fields)
        if not code or code == self._base or currency is None or currency.get("is_base_currency") in {True, "true"}:
            return None
        if _positive(currency.get("exchange_rate")):
            return None
        return Refuse(
            Cause.MISSING_EXCHANGE_RATE,
            f"Zoho Books has no exchange rate for {code}.",
            "Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.",
        )

    def _currency_of(self, fields: Mapping[str, Any]) -> tuple[str, Mapping[str, Any] | None]:
        """Code and mirrored record of the document's currency; without one of its own it is the contact's."""
        found = self._remote("currencies", fields.get("currency_id"))
        if found is None and not fields.get("currency_id"):
            contact = next((one for name in _CONTACTS if (one := self._remote("contacts", fields.get(name)))), None)
            found = self._remote("currencies", (contact or {}).get("currency_id"))
            if found is None and contact is not None and contact.get("currency_code"):
                code = str(contact["currency_code"])
                ids = finding.by_number(self._db, self._connection_id, "currencies", code)
                trees = documents.read(self._db, ids[0]) if ids else None
                found = None if trees is None else trees.remote
        return ("", None) if found is None else (str(found.get("currency_code") or "").upper(), found)

    def _contact(self, fields: Mapping[str, Any]) -> Refuse | None:
        for name in _CONTACTS:
            if self._is_inactive("contacts", fields.get(name)):
                return Refuse(
                    Cause.INACTIVE_CONTACT,
                    "The contact of this document is inactive in Zoho Books.",
                    "Mark the contact as active, here or in Zoho Books; the document then goes out by itself.",
                )
        return None

    def _items(self, fields: Mapping[str, Any]) -> Refuse | None:
        lines: Iterable[Any] = fields.get("line_items") or ()
        for item_id in dict.fromkeys(line.get("item_id") for line in lines if isinstance(line, Mapping)):
            if self._is_inactive("items", item_id):
                return Refuse(
                    Cause.INACTIVE_ITEM,
                    "An item of this document is inactive in Zoho Books.",
                    "Mark the item as active, here or in Zoho Books; the document then goes out by itself.",
                )
        return None

    def _is_inactive(self, module: str, remote_id: object) -> bool:
        if not remote_id:
            return False
        record_id = finding.by_remote_id(self._db, self._connection_id, module, str(remote_id))
        return record_id is not None and documents.status_of(self._db, record_id) == "inactive"

    def _remote(self, module: str, remote_id: object) -> Mapping[str, Any] | None:
        if not remote_id:
            return None
        record_id = finding.by_remote_id(self._db, self._connection_id, module, str(remote_id))
        trees = None if record_id is None else documents.read(self._db, record_id)
        return None if trees is None else trees.remote


def _positive(value: object) -> bool:
    try:
        return Decimal(str(value or 0)) > 0
    except InvalidOperation:
        return False
