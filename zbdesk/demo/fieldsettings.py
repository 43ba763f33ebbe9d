"""``/settings/fields``: the custom fields of one kind of record, listed and added.

Zoho documents the making of a field, not how it tells that a field refuses duplicates; ``tells_unique`` False plays an
organization whose answers do not say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from zbdesk.demo import answers
from zbdesk.demo.collection import Fields
from zbdesk.demo.customfields import CustomField

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization

PATH = "/settings/fields"
SCOPE = "settings"

ENTITIES: Mapping[str, str] = {
    "contact": "contacts",
    "item": "items",
    "estimate": "estimates",
    "salesorder": "salesorders",
    "invoice": "invoices",
    "recurringinvoice": "recurringinvoices",
    "creditnote": "creditnotes",
    "customerpayment": "customerpayments",
    "purchaseorder": "purchaseorders",
    "bill": "bills",
    "recurringbill": "recurringbills",
    "vendorpayment": "vendorpayments",
    "expense": "expenses",
    "recurringexpense": "recurringexpenses",
    "project": "projects",
}


def known(path: str) -> bool:
    """Whether the address is this one."""
    return path.rstrip("/") == PATH


def listed(org: Organization, params: Mapping[str, str]) -> bytes:
    """The fields of ``entity``, standard ones first. Raises ``Refusal``."""
    module = _module(params.get("entity", ""))
    standard = {"field_id": "", "field_name": "reference_number", "api_name": "reference_number"}
    rows = [
        {**standard, "label": "Reference#", "data_type": "string", "is_custom_field": False, "is_active": True},
        *(_shown(org, field) for field in org.custom_fields(module)),
    ]
    return answers.success("fields", rows)


def added(org: Organization, body: bytes) -> tuple[int, bytes]:
    """Make a field. Raises ``Refusal``."""
    try:
        given = msgspec.json.decode(body or b"{}")
    except msgspec.DecodeError:
        raise answers.bad_json() from None
    if not isinstance(given, dict):
        raise answers.bad_json()
    for name in ("label", "data_type", "entity"):
        if not given.get(name):
            raise answers.missing_field(name)
    if "show_on_pdf" not in given:
        raise answers.missing_field("show_on_pdf")
    if given["data_type"] != "string":
        raise answers.invalid_field("data_type")
    module = _module(str(given["entity"]))
    label = str(given["label"])
    if org.custom_field(module, label) is not None:
        raise answers.Refusal(400, 1001, f"A field with the label {label} exists already.")
    field_id = org.add_custom_field(module, label, unique=given.get("is_unique") is True and org.tells_unique)
    field = org.custom_field(module, field_id)
    assert field is not None  # noqa: S101 - made above
    return 201, answers.success("field", _shown(org, field), "The custom field has been created.")


def _module(entity: str) -> str:
    if entity not in ENTITIES:
        raise answers.invalid_parameter("entity")
    return ENTITIES[entity]


def _shown(org: Organization, field: CustomField) -> Fields:
    out: Fields = {
        "field_id": field.customfield_id,
        "field_name": field.api_name,
        "field_name_formatted": field.label,
        "api_name": field.api_name,
        "label": field.label,
        "data_type": "string",
        "index": field.index,
        "is_custom_field": True,
        "is_active": True,
        "is_mandatory": False,
        "show_on_pdf": False,
    }
    return {**out, "is_unique": field.unique} if org.tells_unique else out
