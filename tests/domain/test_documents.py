"""Documents: what is accepted and in which form, what is refused and why, and how they change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.canonical import canonical
from zbdesk.domain.document_names import entry_names, leads_to, parent_field, top_names
from zbdesk.domain.documents import (
    Document,
    FieldError,
    Reference,
    adopted,
    document_from_remote,
    one_line_quantity_one,
    parse_document,
    put_onto,
    references,
    resolved,
    total_of,
    with_custom_field_ids,
)
from zbdesk.domain.modules import MODULES, module

INVOICES = module("invoices")
CONTACTS = module("contacts")
PAYMENTS = module("customerpayments")
JOURNALS = module("journals")

INVOICE: Mapping[str, object] = {
    "source_id": "D-408",
    "date": "2026-11-20",
    "currency": {"code": "CHF"},
    "customer": {"email": "post@harbour.example"},
    "line_items": [{"name": "Desk lamp", "quantity": "3", "rate": "18.50", "tax": {"name": "Reduced"}}],
}
PAYMENT: Mapping[str, object] = {
    "source_id": "P-1",
    "customer": {"source_id": "C-1"},
    "payment_mode": "cash",
    "amount": "10.00",
    "date": "2026-11-20",
}


def accepted(name: str, raw: Mapping[str, object]) -> Document:
    """The document, which must be one."""
    found = parse_document(module(name), raw)
    assert isinstance(found, Document), found
    return found


def refused(name: str, raw: object) -> dict[str, str]:
    """What is wrong, by field; there must be something, and words for each."""
    found = parse_document(module(name), raw)
    assert isinstance(found, list), found
    assert all(isinstance(error, FieldError) and error.message for error in found)
    assert len({error.field for error in found}) == len(found)
    return {error.field: error.message for error in found}


def invoice(**fields: object) -> dict[str, object]:
    """A sound invoice with these fields."""
    return {**INVOICE, **fields}


def line(**fields: object) -> dict[str, object]:
    """A sound invoice with one line of these fields besides a name and a rate."""
    return invoice(line_items=[{"name": "Seat", "rate": "1", **fields}])


# -- accepted ---------------------------------------------------------------------------------------------------------


def test_the_documents_of_the_contract() -> None:
    """An invoice with its customer by e-mail, its currency by code and its tax by name."""
    found = accepted("invoices", INVOICE)
    assert found.source_id == "D-408"
    assert found.fields == {
        "customer": {"email": "post@harbour.example"},
        "date": "2026-11-20",
        "currency": {"code": "CHF"},
        "line_items": [
            {"name": "Desk lamp", "quantity": Decimal(3), "rate": Decimal("18.5"), "tax": {"name": "Reduced"}},
        ],
    }
    assert found.references == (
        Reference("currency_id", "currencies", "code", "CHF"),
        Reference("customer_id", "contacts", "email", "post@harbour.example"),
        Reference("tax_id", "taxes", "name", "Reduced"),
    )
    assert found.total is None


def test_payments_name_their_invoices() -> None:
    """A payment of two invoices, one of them by Zoho's id."""
    parts = [{"invoice": {"source_id": "D-408"}, "amount_applied": "4"}, {"invoice_id": 77, "amount_applied": 6}]
    found = accepted("customerpayments", {**PAYMENT, "invoices": parts})
    assert found.fields["invoices"] == [
        {"invoice": {"source_id": "D-408"}, "amount_applied": Decimal(4)},
        {"invoice_id": "77", "amount_applied": Decimal(6)},
    ]
    assert Reference("invoice_id", "invoices", "source_id", "D-408") in found.references
    assert accepted("customerpayments", PAYMENT).fields["amount"] == Decimal(10)  # on account


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("items", {"name": "Seat", "rate": "1", "account": {"name": "Sales"}, "tax": {"name": "VAT"}}),
        ("estimates", {"customer_id": "7", "line_items": [{"item": {"code": "S1"}}]}),
        ("salesorders", {"customer_id": "7", "line_items": [{"item_id": "5", "quantity": 2}]}),
        ("creditnotes", {"customer_id": "7", "date": "2026-11-20", "line_items": [{"description": "x", "rate": 1}]}),
        ("purchaseorders", {"vendor": {"name": "V"}, "line_items": [{"account": {"code": "4711"}, "rate": 1}]}),
        ("bills", {"vendor_id": "8", "bill_number": "B1", "line_items": [{"account_id": "4", "rate": "2.5"}]}),
        ("vendorcredits", {"vendor_id": "8", "line_items": [{"name": "x", "rate": "2.5"}]}),
        (
            "vendorpayments",
            {
                "vendor_id": "8",
                "amount": 5,
                "bills": [{"bill": {"number": "B1"}, "amount_applied": 5}],
                "paid_through_account": {"name": "Bank"},
            },
        ),
        (
            "expenses",
            {
                "date": "2026-11-20",
                "account": {"name": "Travel"},
                "amount": "9.90",
                "paid_through_account": {"name": "Bank"},
            },
        ),
        (
            "expenses",
            {
                "date": "2026-11-20",
                "line_items": [{"account_id": "1", "amount": "9.90"}],
                "paid_through_account_id": "5",
            },
        ),
        (
            "journals",
            {
                "journal_date": "2026-11-20",
                "line_items": [
                    {"account": {"name": "A"}, "amount": "0.10", "debit_or_credit": "debit"},
                    {"account_id": "2", "amount": "0.07", "debit_or_credit": "credit"},
                    {"account_id": "3", "amount": "0.03", "debit_or_credit": "credit", "customer": {"name": "C"}},
                ],
            },
        ),
        (
            "creditnote_refunds",
            {
                "creditnote": {"number": "CN-1"},
                "date": "2026-11-20",
                "refund_mode": "cash",
                "amount": 5,
                "from_account": {"name": "Bank"},
            },
        ),
        (
            "contacts",
            {"contact_name": "V", "contact_type": "vendor", "billing_address": {"zip": 53111}},
        ),
    ],
)
def test_every_kind_of_document(name: str, raw: Mapping[str, object]) -> None:
    """The least that each module needs, with references by object or id."""
    found = accepted(name, {"source_id": "1", **raw})
    assert found.fields.keys() >= raw.keys()
    assert canonical(module(name), found.fields) is not None


def test_stored_documents_survive_json() -> None:
    """What is stored reads back as the same document."""
    found = accepted("invoices", line(quantity="0.333333"))

    def number(value: object) -> object:
        assert isinstance(value, Decimal)
        return float(value)

    text = json.dumps(found.fields, default=number)
    assert parse_document(INVOICES, {"source_id": "D-408", **json.loads(text, parse_float=Decimal)}) == found


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("date", date(2026, 11, 20), "2026-11-20"),
        ("date", " 2026-11-20 ", "2026-11-20"),
        ("date", "", None),
        ("notes", " a\r\nb ", "a\nb"),
        ("notes", "  ", None),
        ("notes", None, None),
        ("reference_number", 4711, "4711"),
        ("reference_number", Decimal("17.0"), "17"),
        ("invoice_number", "x" * 100, "x" * 100),
        ("customer", {"source_id": 7}, {"source_id": "7"}),
        ("discount", "12.50 %", "12.5%"),
        ("discount", "0%", "0%"),
        ("discount", "100%", "100%"),
        ("discount", "5", Decimal(5)),
        ("adjustment", "-0.01", Decimal("-0.01")),
        ("exchange_rate", "0.000000000001", Decimal("0.000000000001")),
        ("exchange_rate", "9999999999999", Decimal(9999999999999)),
        ("is_inclusive_tax", "true", True),
        ("is_inclusive_tax", 0, False),
        ("total", "40.10", Decimal("40.1")),
        ("total", 40, Decimal(40)),
        ("contact_persons", ["5", 6], ["5", "6"]),
        ("contact_persons", [], None),
        ("contact_persons", "", None),
        ("payment_options", {"gateways": [{"fee": Decimal(1), "name": "x"}]}, {"gateways": [{"fee": 1, "name": "x"}]}),
        ("custom_fields", [{"api_name": "cf_a", "value": 1, "x": 2}], [{"api_name": "cf_a", "value": 1}]),
        ("custom_fields", {"label": "A", "value": None}, [{"label": "A", "value": None}]),
        ("custom_fields", [], None),
        ("custom_fields", None, None),
        ("custom_fields", "", None),
        ("currency", None, None),
    ],
)
def test_values_have_one_form(field: str, value: object, stored: object) -> None:
    """Amounts are Decimals, dates ISO text, text trimmed, everything empty None."""
    found = accepted("invoices", invoice(**{field: value}))
    assert found.fields[field] == stored
    assert type(found.fields[field]) is type(stored)


def test_a_person_at_the_top_goes_to_the_primary_contact_person() -> None:
    """Zoho drops an e-mail at the top of a contact without a word."""
    raw: dict[str, object] = {"source_id": "1", "contact_name": "A", "email": "a@x", "first_name": "Ann"}
    assert accepted("contacts", raw).fields == {
        "contact_name": "A",
        "contact_type": "customer",
        "contact_persons": [{"is_primary_contact": True, "first_name": "Ann", "email": "a@x"}],
    }
    persons = [{"email": "b@x"}, {"first_name": "Ann", "is_primary_contact": True}]
    raw["contact_persons"] = persons
    assert accepted("contacts", raw).fields["contact_persons"] == [
        {"email": "b@x"},
        {"first_name": "Ann", "is_primary_contact": True, "email": "a@x"},
    ]
    only = {"source_id": "1", "contact_name": "A", "email": "a@x", "contact_persons": [{"email": "b@x"}]}
    assert accepted("contacts", only).fields["contact_persons"] == [
        {"is_primary_contact": True, "email": "a@x"},
        {"email": "b@x"},
    ]
    assert accepted("contacts", {"source_id": "1", "contact_name": "A", "email": ""}).fields == {
        "contact_name": "A",
        "contact_type": "customer",
    }
    clash = {**raw, "email": "c@x", "contact_persons": [{"email": "a@x", "is_primary_contact": True}]}
    assert "email" in refused("contacts", clash)


def test_what_a_person_types_needs_no_source() -> None:
    """In the window there is no source id; an empty one is still none."""
    raw = {name: value for name, value in INVOICE.items() if name != "source_id"}
    found = parse_document(INVOICES, raw, with_source_id=False)
    assert isinstance(found, Document)
    assert found.source_id == ""
    assert isinstance(parse_document(INVOICES, {**raw, "source_id": " "}, with_source_id=False), list)


# -- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source_id", [None, "", "  ", True, [], 1.5])
def test_source_ids(source_id: object) -> None:
    """Without the id of its source a document could not be told from a second one."""
    assert refused("invoices", invoice(source_id=source_id)).keys() == {"source_id"}
    assert accepted("invoices", invoice(source_id=7)).source_id == "7"


@pytest.mark.parametrize("raw", [None, [], "x", 7])
def test_what_is_no_document(raw: object) -> None:
    """A list or a word is refused as a whole."""
    assert refused("invoices", raw).keys() == {""}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"lineitems": []}, "lineitems", "line_items"),
        ({"balance": 1}, "balance", "no such field"),
        ({"status": "paid"}, "status", "no field"),
        ({"date": "20.11.2026"}, "date", "20.11.2026"),
        ({"date": "2026-02-30"}, "date", "2026-02-30"),
        ({"date": datetime(2026, 11, 20)}, "date", "2026-11-20"),  # noqa: DTZ001 - it is refused
        ({"date": 20261120}, "date", "20261120"),
        ({"shipping_charge": "1,5"}, "shipping_charge", "1,5"),
        ({"shipping_charge": 1.5}, "shipping_charge", "lost digits"),
        ({"shipping_charge": True}, "shipping_charge", "True"),
        ({"shipping_charge": "NaN"}, "shipping_charge", "NaN"),
        ({"shipping_charge": Decimal("Infinity")}, "shipping_charge", "Infinity"),
        ({"shipping_charge": "0.0000001"}, "shipping_charge", "six decimals"),
        ({"shipping_charge": "10000000000000"}, "shipping_charge", "too large"),
        ({"shipping_charge": [1]}, "shipping_charge", "list"),
        ({"shipping_charge": "5%"}, "shipping_charge", "5%"),
        ({"discount": "101%"}, "discount", "percentage"),
        ({"discount": "-1%"}, "discount", "percentage"),
        ({"discount": "x%"}, "discount", "percentage"),
        ({"exchange_rate": "0"}, "exchange_rate", "greater than zero"),
        ({"exchange_rate": "-1"}, "exchange_rate", "greater than zero"),
        ({"exchange_rate": "0.0000000000001"}, "exchange_rate", "12 decimals"),
        ({"exchange_rate": "10000000000000"}, "exchange_rate", "too large"),
        ({"is_inclusive_tax": "perhaps"}, "is_inclusive_tax", "perhaps"),
        ({"notes": {"a": 1}}, "notes", ""),
        ({"notes": True}, "notes", "Text"),
        ({"notes": Decimal("NaN")}, "notes", "Text"),
        ({"notes": b"x"}, "notes", "Text"),
        ({"invoice_number": "x" * 101}, "invoice_number", "100"),
        ({"total": "much"}, "total", "much"),
        ({"customer": "Acme"}, "customer", "exactly one"),
        ({"customer": {}}, "customer", "exactly one"),
        ({"customer": {"email": "a", "name": "b"}}, "customer", "exactly one"),
        ({"customer": {"vat": "x"}}, "customer", "exactly one"),
        ({"customer": {"email": " "}}, "customer.email", "no record"),
        ({"customer": {"email": True}}, "customer.email", "no record"),
        ({"customer": {"email": ["x"]}}, "customer.email", "no record"),
        ({"customer": None}, "customer", "missing"),
        ({"customer_id": "7"}, "customer_id", "not both"),
        ({"line_items": []}, "line_items", "missing"),
        ({"line_items": None}, "line_items", "missing"),
        ({"line_items": "x"}, "line_items", "list"),
        ({"line_items": {"name": "x"}}, "line_items", "list"),
        ({"line_items": ["x"]}, "line_items[0]", "object"),
        ({"line_items": [{"rate": "1"}]}, "line_items[0]", "what it is for"),
        ({"line_items": [{"name": "a"}]}, "line_items[0].rate", "rate"),
        ({"payment_options": 1.5}, "payment_options", "lost digits"),
        ({"payment_options": {"a": [1.5]}}, "payment_options.a[0]", "lost digits"),
        ({"custom_fields": [{"value": 1}]}, "custom_fields[0]", "api_name"),
        ({"custom_fields": [{"api_name": "a"}]}, "custom_fields[0]", "value"),
        ({"custom_fields": ["x"]}, "custom_fields[0]", "api_name"),
        ({"custom_fields": [{"api_name": "a", "value": 1.5}]}, "custom_fields[0].value", "lost digits"),
        ({"contact_persons": [True]}, "contact_persons[0]", "Text"),
    ],
)
def test_faults_of_a_field(fields: dict[str, object], field: str, words: str) -> None:
    """Each fault is told once, at its field, with what was wrong."""
    found = refused("invoices", invoice(**fields))
    assert found.keys() == {field}
    assert words in found[field]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"quantity": "0"}, "line_items[0].quantity", "greater than zero"),
        ({"quantity": "x"}, "line_items[0].quantity", "x"),
        ({"qty": 1}, "line_items[0].qty", "no field"),
        ({"desciption": "x"}, "line_items[0].desciption", "description"),
        ({"line_item_id": "7"}, "line_items[0].line_item_id", "no field"),
        ({"tax": {"percent": 20}}, "line_items[0].tax", "exactly one"),
        ({"tax": "VAT"}, "line_items[0].tax", "exactly one"),
        ({"tax_id": "1", "tax": {"name": "VAT"}}, "line_items[0].tax", "not both"),
        ({"tax": {"name": "VAT"}, "tax_id": "1"}, "line_items[0].tax_id", "not both"),
    ],
)
def test_faults_of_a_line(fields: dict[str, object], field: str, words: str) -> None:
    """Faults inside a line are told with its place."""
    found = refused("invoices", line(**fields))
    assert found.keys() == {field}
    assert words in found[field]


def test_all_faults_are_told_at_once() -> None:
    """A person mends a document once, not once for each fault; what cannot be read is not also called missing."""
    found = refused("invoices", {"customer_id": [1], "date": "x", "line_items": [{"rate": "y"}, 7], "balance": 1})
    assert found.keys() == {
        "source_id",
        "customer_id",
        "date",
        "line_items[0].rate",
        "line_items[1]",
        "balance",
    }


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("contacts", {"contact_name"}),
        ("items", {"name", "rate"}),
        ("estimates", {"customer", "line_items"}),
        ("salesorders", {"customer", "line_items"}),
        ("invoices", {"customer", "line_items"}),
        ("customerpayments", {"customer", "payment_mode", "amount", "date"}),
        ("creditnotes", {"customer", "date", "line_items"}),
        ("creditnote_refunds", {"creditnote", "date", "refund_mode", "amount", "from_account"}),
        ("expenses", {"date", "account", "amount", "paid_through_account"}),
        ("bills", {"vendor", "bill_number", "line_items"}),
        ("vendorpayments", {"vendor", "amount"}),
        ("purchaseorders", {"vendor", "line_items"}),
        ("vendorcredits", {"vendor", "line_items"}),
        ("journals", {"journal_date", "line_items"}),
        ("projects", {"project_name", "customer", "billing_type"}),
        ("contact_persons", {"contact", "first_name"}),
    ],
)
def test_what_each_module_needs(name: str, fields: set[str]) -> None:
    """The catalogue says what is required, and practice adds a little."""
    found = refused(name, {"source_id": "1"})
    assert found.keys() == fields
    assert all("missing" in message for message in found.values())
    assert refused(name, {"source_id": "1", **dict.fromkeys(fields)}).keys() >= fields - {"contact"}


def test_contact_types() -> None:
    """A contact is a customer or a vendor, nothing between."""
    assert refused("contacts", {"source_id": "1", "contact_name": "A", "contact_type": "friend"}).keys() == {
        "contact_type"
    }


def _journal(*lines: tuple[str | None, str | None]) -> dict[str, object]:
    entries = [{"account_id": "1", "debit_or_credit": side, "amount": amount} for side, amount in lines]
    return {"source_id": "1", "journal_date": "2026-11-20", "line_items": entries}


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (_journal(("debit", "1")), {"line_items": "1"}),
        (_journal(("debit", "1"), ("credit", "0.99")), {"line_items": "0.01"}),
        (_journal(("credit", "3"), ("debit", "1")), {"line_items": "differ by 2."}),
        (_journal(("debit", "1"), ("credit", "1"), ("both", "0")), {"line_items[2].debit_or_credit": "debit"}),
        (_journal(("debit", "1"), ("credit", "1"), ("debit", None)), {"line_items[2].amount": "amount"}),
        (
            {
                "source_id": "1",
                "journal_date": "2026-11-20",
                "line_items": [{"amount": "0", "debit_or_credit": "debit"}],
            },
            {"line_items[0].account": "account"},
        ),
    ],
)
def test_journals_balance(raw: dict[str, object], fields: dict[str, str]) -> None:
    """Debits equal credits to the last digit, and every line says where it goes."""
    found = refused("journals", raw)
    assert found.keys() == fields.keys()
    assert all(words in found[field] for field, words in fields.items())


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"amount": "0"}, {"amount"}),
        ({"amount": "-1"}, {"amount"}),
        ({"amount": "x"}, {"amount"}),
        ({"invoices": [{"invoice_id": "1", "amount_applied": "10.01"}]}, {"invoices"}),
        (
            {
                "invoices": [
                    {"invoice_id": "1", "amount_applied": "6"},
                    {"invoice_id": "2", "amount_applied": "5"},
                ]
            },
            {"invoices"},
        ),
        ({"invoices": [{"amount_applied": "1"}]}, {"invoices[0].invoice"}),
        ({"invoices": [{"invoice_id": "1"}]}, {"invoices[0].amount_applied"}),
        ({"invoices": [{"invoice_id": "1", "amount_applied": "0"}]}, {"invoices[0].amount_applied"}),
    ],
)
def test_payments_apply_no_more_than_they_are(fields: dict[str, object], faults: set[str]) -> None:
    """A payment is money, and each part of it says what it is for."""
    assert refused("customerpayments", {**PAYMENT, **fields}).keys() == faults
    whole = [{"invoice_id": "1", "amount_applied": "10"}]
    assert accepted("customerpayments", {**PAYMENT, "invoices": whole})


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(MODULES))
def test_references_lead_to_known_modules(name: str) -> None:
    """Every object that a document may hold in the place of an id leads somewhere."""
    declared = module(name)
    allowed = top_names(declared)
    assert declared.write_fields - {"ignore_auto_number_generation"} <= allowed
    for id_field in (one for one in declared.write_fields if one.endswith("_id")):
        target = leads_to(declared, id_field)
        assert (id_field.removesuffix("_id") in allowed) is (target is not None)
        assert target is None or target in MODULES


def test_names() -> None:
    """What stands at the top, in a line, and above a record."""
    assert {"customer", "customer_id", "total"} <= top_names(INVOICES)
    assert "total" not in top_names(PAYMENTS)
    assert "email" in top_names(CONTACTS)
    assert "email" not in top_names(INVOICES)
    assert "ignore_auto_number_generation" not in top_names(CONTACTS)
    assert {"source_line_id", "tax", "item", "account"} <= entry_names(INVOICES, "line_items")
    assert "source_line_id" not in entry_names(PAYMENTS, "invoices")
    assert leads_to(PAYMENTS, "account_id") == "bankaccounts"
    assert leads_to(PAYMENTS, "account_id", "line_items") == "chartofaccounts"
    assert leads_to(INVOICES, "template_id") is None
    assert parent_field(module("creditnote_refunds")) == "creditnote_id"
    assert parent_field(INVOICES) is None


# -- references -------------------------------------------------------------------------------------------------------


def test_references_are_resolved() -> None:
    """Ids take the place of objects; what has none is left out and named, once."""
    fields = {
        "customer": {"source_id": "C"},
        "currency_id": "1",
        "total": Decimal(2),
        "contact_persons": ["5"],
        "line_items": [
            {"source_line_id": "a", "item": {"code": "S"}, "tax": {"name": "V"}},
            {"tax": {"name": "V"}, "item": {"code": "T"}},
        ],
    }
    found = references(INVOICES, fields)
    assert [(one.field, one.value) for one in found] == [
        ("customer_id", "C"),
        ("item_id", "S"),
        ("tax_id", "V"),
        ("item_id", "T"),
    ]
    ids = {found[0]: "100", found[1]: "200"}
    assert resolved(INVOICES, fields, ids) == (
        {
            "customer_id": "100",
            "currency_id": "1",
            "total": Decimal(2),
            "contact_persons": ["5"],
            "line_items": [{"source_line_id": "a", "item_id": "200"}, {}],
        },
        (found[2], found[3]),
    )
    assert fields["customer"] == {"source_id": "C"}


def test_references_sort() -> None:
    """In lists for people they stand in one order."""
    one, other = Reference("a", "m", "name", "x"), Reference("a", "m", "name", "y")
    assert sorted([other, one]) == [one, other]


# -- from Zoho --------------------------------------------------------------------------------------------------------

DETAIL: Mapping[str, Any] = {
    "invoice_id": "7",
    "customer_id": "5",
    "notes": " theirs\r\n",
    "terms": "",
    "discount": 0,
    "date": "2026-11-20",
    "total": Decimal("40.00"),
    "payment_options": {"payment_gateways": []},
    "line_items": [
        {"line_item_id": "11", "name": "A", "rate": Decimal("1.50"), "item_total": 3, "tags": [], "unit": ""},
        {"line_item_id": "12", "name": "B", "rate": 2, "tags": [{"tag_id": "1", "tag_name": "x"}]},
    ],
    "custom_fields": [
        {"customfield_id": "1", "api_name": "cf_a", "label": "A", "value": "x", "index": 1},
        {"customfield_id": "2", "api_name": "cf_b", "value": ""},
        {"api_name": "cf_c", "value": "z"},
        {"value": "nameless"},
    ],
}


def test_zohos_record_as_a_document() -> None:
    """What can be written and is not empty, in the form in which documents are stored."""
    assert document_from_remote(INVOICES, DETAIL) == {
        "customer_id": "5",
        "date": "2026-11-20",
        "discount": 0,
        "notes": "theirs",
        "line_items": [
            {"name": "A", "rate": Decimal("1.50")},
            {"name": "B", "rate": 2, "tags": [{"tag_id": "1"}]},
        ],
        "custom_fields": [
            {"customfield_id": "1", "value": "x"},
            {"api_name": "cf_c", "value": "z"},
            {"customfield_id": None, "value": "nameless"},
        ],
    }
    assert document_from_remote(INVOICES, {"custom_fields": None}) == {}


@given(
    st.dictionaries(
        st.sampled_from(["notes", "terms", "date", "customer_id", "discount", "reference_number"]),
        st.none() | st.text(max_size=5) | st.integers(0, 99) | st.decimals(0, 99, places=2),
    )
)
def test_taking_over_changes_nothing(detail: dict[str, Any]) -> None:
    """A document made from Zoho's record says what Zoho says: there is nothing to send back."""
    taken, theirs = canonical(INVOICES, document_from_remote(INVOICES, detail)), canonical(INVOICES, detail)
    assert taken == {name: value for name, value in theirs.items() if value is not None}


def test_adopting_fields() -> None:
    """Taken fields say what Zoho says, emptied ones are emptied, lines keep their keys, the rest is untouched."""
    fields = {
        "customer": {"source_id": "C"},
        "notes": "ours",
        "terms": "old",
        "total": Decimal(9),
        "line_items": [{"source_line_id": "a", "name": "Old"}],
        "custom_fields": [{"api_name": "cf_a", "value": "old"}, {"label": "Q", "value": "q"}],
    }
    found = adopted(
        INVOICES, fields, ["customer_id", "terms", "line_items", "custom_fields"], DETAIL, [("a", "12"), (0, "11")]
    )
    assert found == {
        "customer_id": "5",
        "notes": "ours",
        "terms": None,
        "total": Decimal(9),
        "line_items": [
            {"name": "A", "rate": Decimal("1.50")},
            {"source_line_id": "a", "name": "B"},
        ],
        "custom_fields": [{"api_name": "cf_a", "value": "x"}, {"label": "Q", "value": None}],
    }
    assert fields["terms"] == "old"
    gone = adopted(INVOICES, {"notes": "x"}, ["line_items", "custom_fields"], {"line_items": []})
    assert gone == {"notes": "x", "line_items": None, "custom_fields": None}


LINES_THERE = {
    "line_items": [
        {"line_item_id": "11", "name": "A", "rate": 5, "account_id": "4", "tax_id": "9", "discount": ""},
        {"line_item_id": "12", "name": "B", "rate": 6, "account_id": "4"},
    ]
}


@pytest.mark.parametrize(
    ("own", "links", "expected"),
    [
        # Without keys and links by position; what we name of a line is taken, the account that Zoho chose is not.
        ([{"name": "a"}], [], [{"name": "A"}, {"name": "B", "rate": 6, "account_id": "4"}]),
        ([{"name": "a"}, {"rate": 1}], [(0, "12"), (1, "11")], [{"rate": 5}, {"name": "B"}]),
        # A reference of ours gives way to Zoho's id; a part that Zoho emptied is gone.
        ([{"tax": {"name": "V"}, "discount": 5}], [(0, "11")], [{"tax_id": "9"}, {**LINES_THERE["line_items"][1]}]),
        # A new line in front: ours is still ours.
        (
            [{"source_line_id": 7, "name": "b"}],
            [("7", "12")],
            [{"name": "A", "rate": 5, "account_id": "4", "tax_id": "9"}, {"source_line_id": "7", "name": "B"}],
        ),
        # A key of a line that the document no longer has stays with Zoho's line.
        (
            [],
            [("x", "11")],
            [
                {"source_line_id": "x", "name": "A", "rate": 5, "account_id": "4", "tax_id": "9"},
                {"name": "B", "rate": 6, "account_id": "4"},
            ],
        ),
    ],
)
def test_adopting_lines(own: list[Any], links: list[tuple[str | int, str]], expected: list[dict[str, Any]]) -> None:
    """Lines come in by what links them to ours, with the parts that are ours."""
    found = adopted(INVOICES, {"line_items": own}, ["line_items"], LINES_THERE, links)
    wanted = [{name: value for name, value in one.items() if name != "line_item_id"} for one in expected]
    assert found == {"line_items": wanted}


def test_custom_fields_get_their_ids() -> None:
    """A custom field is the same under each of its names; one that Zoho does not know keeps the name it has."""
    fields = {
        "notes": "x",
        "custom_fields": [{"api_name": "cf_a", "value": 1}, {"label": "A", "value": 2}, {"label": "Q"}, {}],
    }
    assert with_custom_field_ids(fields, DETAIL) == {
        "notes": "x",
        "custom_fields": [
            {"customfield_id": "1", "value": 1},
            {"customfield_id": "1", "value": 2},
            {"customfield_id": "Q", "value": None},
            {"customfield_id": "", "value": None},
        ],
    }
    assert with_custom_field_ids({"notes": "x", "custom_fields": None}, DETAIL) == {"notes": "x", "custom_fields": None}
    assert with_custom_field_ids({"custom_fields": [{"label": "A", "value": 1}]}, {}) == {
        "custom_fields": [{"customfield_id": "A", "value": 1}]
    }


# -- edits ------------------------------------------------------------------------------------------------------------


def test_a_document_put_twice_undoes_nothing() -> None:
    """Only what the source itself changed is an edit: adopted values and edits made here stay."""
    before = {"notes": "a", "terms": "t", "customer": {"source_id": "C"}}
    current = {"notes": "adopted", "terms": "t", "customer": {"source_id": "C"}, "extra": 1}
    assert put_onto(current, before, before) == current
    assert put_onto(current, before, {"notes": "a", "terms": "new"}) == {**current, "terms": "new"}
    assert put_onto(current, before, {"added": "x"}) == {**current, "added": "x"}
    assert put_onto(current, {}, {"notes": None}) == {**current, "notes": None}
    by_id = put_onto(current, before, {"customer_id": "7"})
    assert by_id == {"notes": "adopted", "terms": "t", "extra": 1, "customer_id": "7"}
    assert put_onto(by_id, {"customer_id": "7"}, {"customer": {"name": "X"}}) == {
        "notes": "adopted",
        "terms": "t",
        "extra": 1,
        "customer": {"name": "X"},
    }


@pytest.mark.parametrize(
    ("source_line", "places", "expected"),
    [
        ({"quantity": Decimal(3), "rate": Decimal("1.005")}, None, {"quantity": 1, "rate": Decimal("3.015")}),
        ({"quantity": Decimal(3), "rate": Decimal("1.005")}, 2, {"quantity": 1, "rate": Decimal("3.02")}),
        ({"quantity": 3, "rate": 7}, 0, {"quantity": 1, "rate": 21}),
        ({"rate": Decimal(7)}, 2, {"quantity": 1, "rate": 7}),
        ({"quantity": None, "rate": Decimal(7)}, None, {"quantity": 1, "rate": 7}),
        ({"quantity": Decimal(2), "item_id": "5"}, 2, {"quantity": 2, "item_id": "5"}),
        (
            {"quantity": Decimal(2), "rate": Decimal(5), "discount": "10%"},
            2,
            {"quantity": 1, "rate": 10, "discount": "10%"},
        ),
    ],
)
def test_one_line_quantity_one(source_line: dict[str, Any], places: int | None, expected: dict[str, Any]) -> None:
    """The line's amount becomes its rate, exactly or at the currency's decimals."""
    fields = {"notes": "x", "line_items": [source_line]}
    assert one_line_quantity_one(fields, places) == {"notes": "x", "line_items": [expected]}
    assert one_line_quantity_one({"notes": "x"}, places) == {"notes": "x"}


def test_totals_of_stored_documents() -> None:
    """The source's own total, whatever JSON made of it."""
    assert total_of({}) is None
    assert total_of({"total": 40}) == Decimal(40)
    assert accepted("invoices", invoice(total="40.10")).total == Decimal("40.10")
