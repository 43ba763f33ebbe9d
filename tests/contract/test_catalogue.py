"""The catalogue against Zoho's own OpenAPI description.

Where something seen live differs from what is documented, it stands in one of the tables below with the reason; an
entry that no longer differs fails, so that the tables cannot rot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.catalogue.words import word_set
from zbdesk.domain.module import Delta, Feed, Module, ModuleAction
from zbdesk.domain.modules import MODULES

OPENAPI = Path(__file__).parents[3] / "shared" / "zoho" / "openapi"

FILES = {
    "organizations": "organizations",
    "currencies": "currency",
    "exchange_rates": "currency",
    "taxes": "taxes",
    "tax_groups": "taxes",
    "users": "users",
    "locations": "locations",
    "opening_balances": "opening-balance",
    "contacts": "contacts",
    "contact_persons": "contact-persons",
    "items": "items",
    "estimates": "estimates",
    "salesorders": "sales-order",
    "invoices": "invoices",
    "debit_notes": "customer-debit-notes",
    "customerpayments": "customer-payments",
    "creditnotes": "credit-notes",
    "creditnote_refunds": "credit-notes",
    "retainerinvoices": "retainer-invoices",
    "salesreceipts": "sales-receipt",
    "recurringinvoices": "recurring-invoices",
    "purchaseorders": "purchase-order",
    "bills": "bills",
    "vendorpayments": "vendor-payments",
    "vendorcredits": "vendor-credits",
    "expenses": "expenses",
    "recurringbills": "recurring-bills",
    "recurringexpenses": "recurring-expenses",
    "chartofaccounts": "chart-of-accounts",
    "journals": "journals",
    "base_currency_adjustments": "base-currency-adjustment",
    "fixedassets": "fixed-assets",
    "bankaccounts": "bank-accounts",
    "banktransactions": "bank-transactions",
    "projects": "projects",
    "tasks": "tasks",
    "time_entries": "time-entries",
}

Known = Mapping[tuple[str, str], str]

UNDOCUMENTED_KEYS: Known = {
    ("customerpayments", "customerpayments"): "recorded live; the documented customer_payments was not",
    ("vendorcredits", "vendor_credits"): "an integrator reads this spelling",
    ("tasks", "task"): "an integrator reads this spelling",
    ("debit_notes", "invoices"): "the same list call as invoices; the filter may not rename the node",
    ("fixedassets", "fixed_asset"): "the documented detail node is misspelt",
    ("chartofaccounts", "chart_of_account"): "recorded live; documented without a node around the fields",
    ("locations", "locations"): "documented for create and update only: there is no detail call",
}

UNDOCUMENTED_FIELDS: Known = {
    ("items", "last_modified_time"): "recorded live in rows",
    ("debit_notes", "due_date"): "the list filters and sorts by it; a debit note is an invoice",
    ("debit_notes", "currency_code"): "a debit note is an invoice, whose rows carry it",
    ("customerpayments", "unused_amount"): "recorded live in rows",
    ("customerpayments", "last_modified_time"): "recorded live in rows, not in details",
    ("recurringinvoices", "status"): "the list filters by it",
    ("vendorpayments", "currency_code"): "rows and details name the currency by id and symbol; read where it comes",
    ("expenses", "vendor_name"): "the list filters by it",
    ("expenses", "vendor_id"): "the list filters by it",
}
"""Fields that a table shows although neither row nor detail is documented to have them."""

REQUIRED_DIFFERS: Known = {
    ("exchange_rates", "effective_date"): "nothing is marked; a rate without its day says nothing",
    ("exchange_rates", "rate"): "nothing is marked; it is the record",
    ("taxes", "tax_name"): "depends on the edition: nothing is marked",
    ("taxes", "tax_percentage"): "depends on the edition: nothing is marked",
    ("tax_groups", "tax_group_name"): "nothing is marked; a group is its name and its taxes",
    ("tax_groups", "taxes"): "nothing is marked; a group is its name and its taxes",
    ("customerpayments", "invoice_id"): "a member of each of the invoices, documented one level too high",
    ("customerpayments", "amount_applied"): "a member of each of the invoices, documented one level too high",
    ("creditnote_refunds", "date"): "nothing is marked; a refund is none without it",
    ("creditnote_refunds", "refund_mode"): "nothing is marked; a refund is none without it",
    ("creditnote_refunds", "amount"): "nothing is marked; a refund is none without it",
    ("creditnote_refunds", "from_account_id"): "nothing is marked; a refund is none without it",
    ("chartofaccounts", "account_name"): "nothing is marked; an account is its name and its type",
    ("chartofaccounts", "account_type"): "nothing is marked; an account is its name and its type",
    ("journals", "line_items"): "only the members of a line are marked; a journal without lines is none",
}

STAMPED_LIVE = {"items", "customerpayments", "journals"}
"""Rows of these were recorded with the time of their last change, which is not documented for them."""

SLIPPED_PATHS = {"/recurringbills/{id}": "/recurring_bills/{id}"}
"""Documented with another spelling for reading and deleting than for everything else; the regular one is used."""

NOT_FILTERS = word_set("organization_id page per_page sort_column sort_order print accept")
"""Query parameters of list calls that choose no records. The last two change the answer to a picture of itself."""


def known(table: Known, name: str) -> set[str]:
    """What may differ from the documentation for one module."""
    return {value for owner, value in table if owner == name}


@dataclass(frozen=True)
class Operation:
    """One documented call."""

    document: Document
    path: str
    method: str
    body: dict[str, Any]

    @cached_property
    def scopes(self) -> set[str]:
        """The permissions that the call asks for."""
        return {scope for entry in self.body.get("security", []) for scopes in entry.values() for scope in scopes}

    @cached_property
    def query(self) -> dict[str, dict[str, Any]]:
        """Query parameters by name."""
        found = (self.document.resolve(parameter) for parameter in self.body.get("parameters", []))
        return {parameter["name"]: parameter for parameter in found if parameter["in"] == "query"}

    def values(self, parameter: str) -> set[str]:
        """The allowed values of a query parameter, from its text or, failing that, its example."""
        described = self.query.get(parameter, {})
        text = " ".join(re.findall(r"<code>(.*?)</code>", described.get("description") or ""))
        found = {value for value in re.split(r"[,\s]+", text) if value not in {"", "and"}}
        example = described.get("example") or (described.get("schema") or {}).get("example")
        return found or ({example} if example else set())

    @cached_property
    def sent(self) -> dict[str, Any]:
        """The schema of the body."""
        content = self.document.resolve(self.body.get("requestBody", {})).get("content") or {}
        schema: dict[str, Any] = self.document.resolve(next(iter(content.values()), {}).get("schema", {}))
        return schema

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The body's fields by name."""
        return self.document.properties(self.sent)

    @cached_property
    def required(self) -> set[str]:
        """Names of the fields that the body must have."""
        return set(self.sent.get("required", []))

    @cached_property
    def answered(self) -> dict[str, Any]:
        """The nodes of a good answer, without the envelope."""
        responses = self.body["responses"]
        good = self.document.resolve(responses.get("200") or responses["201"])
        schema = next(iter((good.get("content") or {}).values()), {}).get("schema", {})
        nodes = self.document.properties(schema)
        return {name: node for name, node in nodes.items() if name not in {"code", "message", "page_context"}}


class Document:
    """One OpenAPI file, with its references followed."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.operations = [
            Operation(self, path, method, body)
            for path, methods in content["paths"].items()
            for method, body in methods.items()
            if method in {"get", "post", "put", "delete"}
        ]

    def resolve(self, node: Any) -> Any:
        """The node itself, or what it refers to."""
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.content
            for step in node["$ref"].lstrip("#/").split("/"):
                target = target[step]
            node = target
        return node

    def properties(self, schema: Any) -> dict[str, Any]:
        """Properties of an object, or of the objects in an array."""
        schema = self.resolve(schema)
        if schema.get("type") == "array":
            return self.properties(schema["items"])
        found: dict[str, Any] = {}
        for part in (*schema.get("allOf", []), *schema.get("oneOf", []), *schema.get("anyOf", [])):
            found |= self.properties(part)
        return found | {name: self.resolve(node) for name, node in (schema.get("properties") or {}).items()}

    def find(self, method: str, path: str) -> Operation | None:
        """The call with this path, whatever its placeholders are named."""
        wanted = {unnamed(spelling) for spelling in (path, SLIPPED_PATHS.get(path)) if spelling}
        return next((op for op in self.operations if op.method == method and unnamed(op.path) in wanted), None)


def unnamed(path: str) -> str:
    """A path with its placeholders made equal."""
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="session")
def documents() -> Mapping[str, Document]:
    """All files that the catalogue is held against, each read once."""
    if not OPENAPI.is_dir():
        pytest.skip(f"Zoho's OpenAPI files are not at {OPENAPI}: nothing to hold the catalogue against")
    return {
        name: Document(yaml.load((OPENAPI / f"{name}.yml").read_bytes(), yaml.CSafeLoader))
        for name in sorted(set(FILES.values()))
    }


@pytest.fixture(params=list(MODULES))
def declared(request: pytest.FixtureRequest) -> Module:
    """Each module of the catalogue in turn."""
    return MODULES[request.param]


@pytest.fixture
def document(declared: Module, documents: Mapping[str, Document]) -> Document:
    """The file that documents the module."""
    return documents[FILES[declared.name]]


def one(declared: Module) -> str:
    """The path of one record for update and delete."""
    if declared.name == "opening_balances":
        return declared.path
    return f"{declared.write_path or declared.path}/{{id}}"


def call(declared: Module, document: Document, method: str) -> Operation | None:
    """The documented call behind one of a module's methods."""
    match method:
        case "list":
            return document.find("get", declared.path)
        case "get":
            return document.find("get", declared.item_path("{id}", "{parent_id}"))
        case "create":
            return document.find("post", declared.write_path or declared.path)
        case "update":
            return document.find("put", one(declared))
        case _:
            return document.find("delete", one(declared))


def existing(declared: Module, document: Document, method: str) -> Operation:
    """The documented call, which must exist."""
    found = call(declared, document, method)
    assert found is not None, f"{declared.name}: {method} is not documented"
    return found


def test_every_module_has_its_file() -> None:
    """No declaration escapes the comparison."""
    assert set(FILES) == set(MODULES)


def test_methods_are_those_documented(declared: Module, document: Document) -> None:
    """A module has exactly the methods that Zoho documents for it."""
    documented = {
        method
        for method in ("list", "get", "create", "update", "delete")
        if call(declared, document, method) is not None
    }
    if declared.name == "opening_balances":
        documented.discard("get")  # the list call itself: there is only one
    assert declared.methods == documented


def test_permissions_are_those_documented(declared: Module, document: Document) -> None:
    """Each method asks for the scope that Zoho documents."""
    permissions = {"list": "READ", "get": "READ", "create": "CREATE", "update": "UPDATE", "delete": "DELETE"}
    for method in declared.methods:
        operation = existing(declared, document, method)
        assert operation.scopes == {f"ZohoBooks.{declared.scope}.{permissions[method]}"}, method


def test_list_keys(declared: Module, document: Document) -> None:
    """The list node is spelled as documented, other spellings have a reason."""
    if "list" not in declared.methods:
        assert declared.list_keys == ()
        return
    documented = set(existing(declared, document, "list").answered)
    assert set(declared.list_keys) - documented == {
        key for key in known(UNDOCUMENTED_KEYS, declared.name) if key in declared.list_keys and key not in documented
    }
    assert declared.list_keys[0] in documented


def test_detail_keys(declared: Module, document: Document) -> None:
    """The detail node is spelled as documented, other spellings have a reason."""
    documented = set(existing(declared, document, "get").answered) if "get" in declared.methods else set()
    assert set(declared.detail_keys) - documented <= known(UNDOCUMENTED_KEYS, declared.name) | set(declared.list_keys)
    assert declared.detail_path == "" or declared.detail_keys


def test_known_keys_are_still_needed(documents: Mapping[str, Document]) -> None:
    """An exception that became documentation is no exception any more."""
    for name, key in UNDOCUMENTED_KEYS:
        declared, document = MODULES[name], documents[FILES[name]]
        assert key in (*declared.list_keys, *declared.detail_keys)
        calls = [call(declared, document, method) for method in ("list", "get") if method in declared.methods]
        if name != "locations":
            assert not all(key in operation.answered for operation in calls if operation), (name, key)


def row_fields(declared: Module, document: Document) -> set[str]:
    """Documented names of a list row."""
    if "list" not in declared.methods:
        return set()
    answered = existing(declared, document, "list").answered
    return set(document.properties(answered[declared.list_keys[0]]))


def detail_fields(declared: Module, document: Document) -> set[str]:
    """Documented names of a detail, also where they stand without a node around them."""
    if "get" not in declared.methods:
        return set()
    answered = existing(declared, document, "get").answered
    return {name for node in answered.values() for name in document.properties(node)} | set(answered)


def shown(declared: Module) -> set[str]:
    """All fields that the declaration reads out of a payload."""
    single = (
        declared.date_field,
        declared.due_date_field,
        declared.party_field,
        declared.party_id_field,
        declared.status_field,
        declared.currency_field,
        declared.total_field,
        declared.balance_field,
        declared.reference_field,
        declared.modified_field,
    )
    return {name for name in single if name} | set(declared.number_fields)


def test_id_field_is_in_rows(declared: Module, document: Document) -> None:
    """A record is told apart by an id that its row carries."""
    fields = row_fields(declared, document) or detail_fields(declared, document)
    assert declared.id_field in fields


def test_shown_fields_exist(declared: Module, document: Document) -> None:
    """What a table shows is documented for rows or details, or was seen live."""
    documented = row_fields(declared, document) | detail_fields(declared, document)
    assert shown(declared) - documented == known(UNDOCUMENTED_FIELDS, declared.name)


def test_complete_rows_hold_all(declared: Module, document: Document) -> None:
    """Where no detail is ever read, the documented detail holds nothing that the row lacks, but in another form."""
    if declared.rows_complete and "get" in declared.methods:
        other_form = {"contact_id", "amount", "exchange_rate"}
        assert detail_fields(declared, document) - row_fields(declared, document) <= other_form | set(
            declared.detail_keys
        )


def test_required_on_create(declared: Module, document: Document) -> None:
    """What a create must hold is what Zoho requires."""
    if "create" not in declared.methods:
        assert declared.required == ()
        return
    documented = existing(declared, document, "create").required
    assert set(declared.required) ^ documented == known(REQUIRED_DIFFERS, declared.name)


def test_write_fields_are_documented(declared: Module, document: Document) -> None:
    """Nothing is ever sent that Zoho does not document as part of a body."""
    documented: set[str] = set()
    for method in {"create", "update"} & declared.methods:
        documented |= existing(declared, document, method).fields.keys()
    assert declared.write_fields <= documented


def test_members_are_documented(documents: Mapping[str, Document]) -> None:
    """What counts in a nested value is documented as part of it in some body."""
    documented: dict[str, set[str]] = {}
    for document in documents.values():
        for operation in document.operations:
            if operation.method in {"post", "put"}:
                for name, node in operation.fields.items():
                    if node.get("type") in {"array", "object"}:
                        documented.setdefault(name, set()).update(document.properties(node))
    for name, members in MEMBERS.items():
        assert members <= documented[name], name


def test_walks_are_over_stamped_rows(declared: Module, document: Document) -> None:
    """Newest changes first is only declared where rows carry the time of their change."""
    if declared.delta is Delta.WALK:
        assert "last_modified_time" in row_fields(declared, document) or declared.name in STAMPED_LIVE


def test_filters_are_those_documented(declared: Module, document: Document) -> None:
    """The filters of a list are exactly the documented ones."""
    documented = set(existing(declared, document, "list").query) - NOT_FILTERS if "list" in declared.methods else set()
    assert set(declared.filters) == documented


def test_sorts_are_documented(declared: Module, document: Document) -> None:
    """Every sort is documented, and none that was only seen is taken for documented."""
    if "list" not in declared.methods:
        assert declared.sorts == ()
        return
    documented = existing(declared, document, "list").values("sort_column")
    if declared.name == "retainerinvoices":
        documented -= {"retainer", "invoice_number"}  # one name with a space in it
    assert set(declared.sorts) == documented
    assert not set(declared.sorts_seen) & documented


def test_filter_by_values(declared: Module, document: Document) -> None:
    """The values of ``filter_by`` are the documented ones, a documented ``Status.*`` standing for its family."""
    documented = existing(declared, document, "list").values("filter_by") if "list" in declared.methods else set()
    families = {value.removesuffix("*") for value in documented if value.endswith("*")}
    plain = {value for value in declared.filter_by if not value.startswith(tuple(families) or "\0")}
    assert plain == {value for value in documented if not value.endswith("*")}


def test_list_parameters_are_documented(declared: Module, document: Document) -> None:
    """Whatever is always sent with a list call is a documented filter with a documented value."""
    for name, value in declared.list_params:
        assert name in existing(declared, document, "list").query
        assert name != "filter_by" or value in declared.filter_by


def test_paging_is_documented(declared: Module, document: Document) -> None:
    """A paged feed has pages, a whole one has none."""
    if "list" in declared.methods:
        has_pages = "page" in existing(declared, document, "list").query
        assert has_pages or declared.feed is not Feed.PAGED
        assert not (has_pages and declared.feed is Feed.WHOLE)


def test_upsert_by_unique_key(declared: Module, document: Document) -> None:
    """The upsert by unique custom field is claimed exactly where it is documented, with the scope that it needs."""
    upsert = document.find("put", declared.path)
    takes_key = upsert is not None and "X-Unique-Identifier-Key" in {
        document.resolve(parameter)["name"] for parameter in upsert.body.get("parameters", [])
    }
    assert declared.unique_key == takes_key
    if not declared.unique_key or upsert is None:
        assert declared.extra_scopes == ()
    else:
        held = {f"ZohoBooks.{declared.scope}.UPDATE", *declared.extra_scopes}
        assert upsert.scopes <= held
        assert set(declared.extra_scopes) == upsert.scopes - {f"ZohoBooks.{declared.scope}.UPDATE"}


def test_own_number_flag(declared: Module, document: Document) -> None:
    """Own numbers are claimed exactly where create takes the flag for them."""
    flagged = (
        "create" in declared.methods and "ignore_auto_number_generation" in existing(declared, document, "create").query
    )
    assert declared.own_number_flag == flagged


def all_actions() -> Iterator[tuple[str, ModuleAction]]:
    """Every action with its module's name."""
    for name, declared in MODULES.items():
        for action in declared.actions:
            yield name, action


@pytest.mark.parametrize(("name", "action"), [pytest.param(n, a, id=f"{n}-{a.name}") for n, a in all_actions()])
def test_actions_are_documented(name: str, action: ModuleAction, documents: Mapping[str, Document]) -> None:
    """Every action is a documented call and asks for the documented scope."""
    declared, document = MODULES[name], documents[FILES[name]]
    base = declared.write_path or declared.path
    path = f"{base}/{action.suffix}" if action.collection else f"{base}/{{id}}/{action.suffix}"
    operation = document.find(action.method.lower(), path)
    assert operation is not None, path
    assert operation.scopes == {f"ZohoBooks.{declared.scope}.{action.needs}"}


def test_status_actions_are_complete(declared: Module, document: Document) -> None:
    """No documented status change, activation, approval or e-mail of a module is missing from its actions."""
    base = unnamed(f"{declared.write_path or declared.path}/{{id}}/")
    wanted = re.compile(r"status/|active$|inactive$|submit$|approve$|reject$|email$|writeoff|sell$|portal/|primary$")
    documented = {
        unnamed(operation.path).removeprefix(base)
        for operation in document.operations
        if operation.method == "post" and unnamed(operation.path).startswith(base) and wanted.search(operation.path)
    }
    if declared.name == "debit_notes":
        documented = set()
    assert documented <= {unnamed(action.suffix) for action in declared.actions if action.method == "POST"}


def test_custom_fields_path(declared: Module, document: Document) -> None:
    """The call that writes custom fields only is claimed exactly where it is documented."""
    documented = {
        unnamed(operation.path)
        for operation in document.operations
        if operation.method == "put" and operation.path.endswith("/customfields")
    }
    claimed = {unnamed(declared.custom_fields_path)} if declared.custom_fields_path else set()
    assert claimed == documented
