"""An organization's custom fields: which there are for one kind of record, and making one.

Zoho documents how a field is made, but not how its answers tell that a field refuses duplicates. So the answer has
three values: it does, it does not, or it does not say; only the first is ever relied on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import msgspec

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.errors import UnexpectedAnswer
from zbdesk.zoho.limits import Priority

PATH = "/settings/fields"
LONGEST = 100
_PART = "custom fields"
_BAD_REQUEST = 400
_NOT_AUTHORISED = "57"
_any = msgspec.json.Decoder(dict[str, object])
_UNIQUE = ("is_unique", "is_unique_field", "unique", "is_duplicate_restricted", "prevent_duplicates")
_WITH_GAP: Mapping[str, str] = MappingProxyType(
    {
        "customerpayments": "customer_payment",
        "vendorpayments": "vendor_payment",
        "creditnotes": "credit_note",
        "salesorders": "sales_order",
        "purchaseorders": "purchase_order",
        "recurringinvoices": "recurring_invoice",
        "recurringbills": "recurring_bill",
        "recurringexpenses": "recurring_expense",
    }
)
"""Zoho names four kinds of record in its description and leaves it at that; this is how it spells them elsewhere."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CustomField:
    """One custom field. ``unique``: whether it refuses a value twice; None where Zoho does not say."""

    field_id: str
    api_name: str
    label: str
    is_text: bool
    active: bool
    unique: bool | None


def spellings(module: Module) -> tuple[str, ...]:
    """What Zoho may call this kind of record in its settings, the likeliest first: ``invoice``."""
    path = module.custom_fields_path
    plain = module.name.removesuffix("s") if path is None else path.split("/")[1]
    return (plain, _WITH_GAP[module.name]) if module.name in _WITH_GAP else (plain,)


class FieldReader:
    """The part of ``resources.Books`` that concerns custom fields."""

    client: ZohoClient

    async def custom_fields(self, module: Module, *, priority: Priority = Priority.POLL) -> list[CustomField]:
        """All custom fields of a module, those that are switched off included. Raises what a refusal means."""
        body = await _by_spelling(
            module, lambda name: self.client.get(PATH, {"entity": name}, priority=priority, part=_PART)
        )
        rows = _decoded(body).get("fields")
        if not isinstance(rows, list):
            raise UnexpectedAnswer(_PART, "fields")
        return list(_read(row for row in rows if isinstance(row, dict)))

    async def add_custom_field(self, module: Module, label: str, *, priority: Priority = Priority.USER) -> CustomField:
        """Make a text field that refuses duplicates, as well as Zoho lets it be said; the answer tells what came of it.

        Raises ``NotSent``, ``UnknownOutcomeError``, or what a refusal means.
        """
        wanted = {
            "label": label,
            "data_type": "string",
            "show_on_pdf": False,
            "is_mandatory": False,
            "value_length": LONGEST,
            "is_unique": True,
        }
        body = await _by_spelling(
            module,
            lambda name: self.client.write(
                "POST", PATH, None, msgspec.json.encode({**wanted, "entity": name}), priority=priority, part=_PART
            ),
        )
        answer = _decoded(body)
        row = next((answer[key] for key in ("field", "custom_field") if isinstance(answer.get(key), dict)), None)
        made = next(_read([row]), None) if isinstance(row, dict) else None
        if made is not None:
            return made
        # An answer in another form than expected: the list tells what there is now.
        found = [one for one in await self.custom_fields(module, priority=priority) if one.label == label]
        if not found:
            raise UnexpectedAnswer(_PART, "the new field")
        return found[0]


async def _by_spelling(module: Module, call: Callable[[str], Awaitable[T]]) -> T:
    """Make the call under the next spelling where Zoho does not know the first; a refusal in words did nothing."""
    *likely, last = spellings(module)
    for name in likely:
        try:
            return await call(name)
        except RejectedError as error:
            if error.http_status != _BAD_REQUEST or error.code == _NOT_AUTHORISED:
                raise
    return await call(last)


def _read(rows: Iterable[Mapping[str, object]]) -> Iterator[CustomField]:
    for row in rows:
        api_name = _text(row, "api_name", "field_name")
        if not api_name.startswith("cf_"):
            continue
        said = [row[name] for name in _UNIQUE if isinstance(row.get(name), bool)]
        yield CustomField(
            field_id=_text(row, "customfield_id", "field_id"),
            api_name=api_name,
            label=_text(row, "label", "field_name_formatted"),
            is_text=_text(row, "data_type") in {"string", ""},
            active=row.get("is_active") is not False,
            unique=any(said) if said else None,
        )


def _decoded(body: bytes) -> dict[str, object]:
    try:
        return _any.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise UnexpectedAnswer(_PART, "readable JSON") from exc


def _text(row: Mapping[str, object], *names: str) -> str:
    return next((str(row[name]).strip() for name in names if row.get(name)), "")
