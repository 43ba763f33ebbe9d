"""Answers against Zoho's OpenAPI description, where it lies beside the repository."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from zbdesk.demo import faces
from zbdesk.domain.modules import MODULES

from .caller import Caller

OPENAPI = Path(__file__).parents[3] / "shared" / "zoho" / "openapi"
FILES = {
    "bankaccounts": "bank-accounts", "banktransactions": "bank-transactions", "base_currency_adjustments": "base-currency-adjustment", "bills": "bills",
    "chartofaccounts": "chart-of-accounts", "contacts": "contacts", "creditnotes": "credit-notes", "currencies": "currency", "customerpayments": "customer-payments",
    "estimates": "estimates", "expenses": "expenses", "fixedassets": "fixed-assets", "invoices": "invoices", "items": "items", "journals": "journals",
    "locations": "locations", "organizations": "organizations", "projects": "projects", "purchaseorders": "purchase-order", "recurringbills": "recurring-bills",
    "recurringexpenses": "recurring-expenses", "recurringinvoices": "recurring-invoices", "retainerinvoices": "retainer-invoices", "salesorders": "sales-order",
    "salesreceipts": "sales-receipt", "taxes": "taxes", "time_entries": "time-entries", "users": "users", "vendorcredits": "vendor-credits", "vendorpayments": "vendor-payments",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not OPENAPI.is_dir(), reason="Zoho's OpenAPI files are not beside the repository")


@functools.cache
def described(name: str) -> dict[str, Any]:
    """One of the files."""
    loaded: dict[str, Any] = yaml.load((OPENAPI / f"{FILES[name]}.yml").read_text(), yaml.CSafeLoader)
    return loaded


def resolved(name: str, schema: Any) -> dict[str, Any]:
    """The schema behind references."""
    while isinstance(schema, dict) and "$ref" in schema:
        found: Any = described(name)
        for part in schema["$ref"].split("/")[1:]:
            found = found.get(part, {})
        schema = found
    return schema if isinstance(schema, dict) else {}


def loose(name: str, field: str, schema: Any) -> dict[str, Any]:
    """Types only, one level deep: Zoho's own numbers come as text and the other way round, and nulls as empty text."""
    kind = resolved(name, schema).get("type")
    if field.startswith("is_"):  # some are described as text and come as truth values
        return {"type": ["boolean", "string"]}
    if kind in ("string", "number", "integer"):
        return {"type": ["string", "number"]}
    if kind == "boolean":
        return {"type": ["boolean", "string"]}
    if kind in ("array", "object"):
        return {"type": ["array", "object", "string"]}
    return {}


def documented(name: str, path: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """The documented fields of a list row or detail, as loose schemas."""
    operation = described(name)["paths"][path]["get"]
    schema = resolved(name, operation["responses"]["200"]["content"]["application/json"]["schema"])
    node: dict[str, Any] = next(
        (resolved(name, schema["properties"][key]) for key in keys if key in schema["properties"]), {}
    )
    if node.get("type") == "array":
        node = resolved(name, node["items"])
    return {field: loose(name, field, shape) for field, shape in node.get("properties", {}).items()}


@pytest.mark.parametrize("name", sorted(FILES))
def test_rows_have_the_documented_fields_and_types(reader: Caller, name: str) -> None:
    """Every documented field of a list row that is served has a documented kind, and most are served."""
    fields = documented(
        name, MODULES[name].path, (faces.FACES[name].list_key, *MODULES[name].list_keys, "customer_payments")
    )
    rows = reader.org.all(name)
    assert fields
    for row in rows[:40]:
        jsonschema.validate(row, {"type": "object", "properties": fields})
    served = set(fields) & set(rows[0])
    assert len(served) >= len(fields) * 0.7, sorted(set(fields) - served)


DETAILED = sorted(
    name
    for name in FILES
    if faces.FACES[name].has_detail and name not in ("recurringbills", "chartofaccounts", "fixedassets")
)


@pytest.mark.parametrize("name", DETAILED)
def test_details_have_documented_types(reader: Caller, name: str) -> None:
    """Every documented field of a detail that is served has a documented kind."""
    paths = [
        p
        for p in described(name)["paths"]
        if p.startswith(MODULES[name].path + "/{") and p.count("/") == MODULES[name].path.count("/") + 1
    ]
    fields = documented(name, paths[0], MODULES[name].detail_keys)
    assert fields
    for record_id in reader.org.ids(name)[:15]:
        jsonschema.validate(reader.org.get(name, record_id), {"type": "object", "properties": fields})
