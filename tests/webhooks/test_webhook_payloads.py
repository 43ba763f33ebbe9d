"""Which record a payload speaks of, in every shape that was seen; and that nothing else is ever made of it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.modules import MODULES
from zbdesk.webhooks.payloads import FORM, Meaning, is_form, read

JSON = "application/json"
STAMP = "2026-06-09T16:48:58-0400"
SECONDS = 1_781_038_138

NODES = [
    ("contact", "contact_id", "contacts"),
    ("item", "item_id", "items"),
    ("estimate", "estimate_id", "estimates"),
    ("salesorder", "salesorder_id", "salesorders"),
    ("invoice", "invoice_id", "invoices"),
    ("payment", "payment_id", "customerpayments"),
    ("creditnote", "creditnote_id", "creditnotes"),
    ("purchaseorder", "purchaseorder_id", "purchaseorders"),
    ("bill", "bill_id", "bills"),
    ("vendorpayment", "payment_id", "vendorpayments"),
    ("vendor_credit", "vendor_credit_id", "vendorcredits"),
    ("expense", "expense_id", "expenses"),
    ("journal", "journal_id", "journals"),
]


def body(value: object) -> bytes:
    """As JSON."""
    return json.dumps(value).encode()


@pytest.mark.parametrize(("key", "id_field", "module"), NODES)
def test_each_node_names_its_module(key: str, id_field: str, module: str) -> None:
    """The node is named like the detail's, at the top or under ``data``; ids may be numbers of any length."""
    node = {id_field: 98200000056711400123, "customer_id": "5", "last_modified_time": STAMP}
    expected = Meaning(module, "98200000056711400123", "7", SECONDS)
    assert read(body({"organization_id": 7, key: node}), JSON) == expected
    assert read(body({"organization_id": "7", "data": {key: node}}), JSON) == expected
    assert read(body({"data": {"organization_id": "7", key: node}}), JSON) == expected


@pytest.mark.parametrize(("key", "id_field", "module"), NODES)
def test_a_form_names_it_too(key: str, id_field: str, module: str) -> None:
    """JSON in the field JSONString, and plain pairs where the path says the module."""
    wrapped = urlencode({"JSONString": json.dumps({key: {id_field: "12"}}), "x": "1"}).encode()
    assert read(wrapped, FORM).module == module
    assert read(wrapped, f"{FORM}; charset=UTF-8").remote_id == "12"
    plain = urlencode({id_field: "12", "last_modified_time": STAMP}).encode()
    assert read(plain, FORM, f"{module}/edited") == Meaning(module, "12", None, SECONDS, "edited")


@pytest.mark.parametrize(
    ("suffix", "event"),
    [("invoices/deleted", "deleted"), ("invoice/Delete/", "deleted"), ("/invoices/edited", "edited"), ("", "")],
)
def test_the_path_names_the_event(suffix: str, event: str) -> None:
    """Zoho's payload says nothing of what happened: the address of the rule does."""
    assert read(body({"invoice": {"invoice_id": "1"}}), JSON, suffix).event == event


def test_the_paths_module_wins_where_the_payload_leaves_it_open() -> None:
    """Bare fields hold several ids; the path says which record is meant."""
    bare = body({"customer_id": "3", "invoice_id": "4", "payment_id": "5"})
    assert read(bare, JSON, "customerpayments").remote_id == "5"
    assert read(bare, JSON).module == "invoices"
    assert read(body({"payment": {"payment_id": "5"}}), JSON, "vendorpayments").module == "vendorpayments"


def test_a_path_that_does_not_fit_does_not_hide_the_record() -> None:
    """A rule's address that was mixed up is no reason to lose the event."""
    assert read(body({"invoice": {"invoice_id": "4"}}), JSON, "contacts/edited").module == "invoices"


def test_a_payment_with_a_vendor_is_the_vendors() -> None:
    """Both kinds of payment use the same words."""
    assert read(body({"payment": {"payment_id": "4", "vendor_id": "5"}}), JSON).module == "vendorpayments"
    assert read(body({"payment": {"payment_id": "4", "customer_id": "5"}}), JSON).module == "customerpayments"


def test_an_unknown_node_is_found_by_its_id() -> None:
    """The first object that holds a known id is the record."""
    assert read(body({"what": {"else": 1}, "document": {"bill_id": "8"}}), JSON).module == "bills"


@pytest.mark.parametrize("value", [True, None, 1.5, "", " ", "1/2", "a b", "../x", "x" * 41, [], {}, "é", "1\n2", "١٢"])
def test_what_is_no_id_is_not_taken_for_one(value: object) -> None:
    """An id becomes part of an address: anything else is not understood."""
    assert read(body({"invoice": {"invoice_id": value}}), JSON) == Meaning()


@pytest.mark.parametrize("stamp", [None, "", "yesterday", 5, "2026-06-09T16:48:58", "9999999"])
def test_a_stamp_that_is_none_is_left_out(stamp: object) -> None:
    """Without a moment that can be read, nothing is taken for old news."""
    assert read(body({"invoice": {"invoice_id": "1", "last_modified_time": stamp}}), JSON).modified_at is None


def test_settings_are_no_records_of_webhooks() -> None:
    """Taxes, users and the like have no rules in Zoho Books."""
    for word in ("tax", "user", "currency", "organization"):
        assert read(body({word: {f"{word}_id": "1"}}), JSON).module is None


def test_the_content_type_decides_about_forms() -> None:
    """Parameters and letters' case do not matter."""
    assert is_form("Application/X-WWW-Form-URLencoded ; charset=utf-8")
    assert not is_form("text/plain")
    assert not is_form("")


@given(st.binary(max_size=200), st.sampled_from([JSON, FORM, "", "text/plain"]), st.text(max_size=30))
def test_any_bytes_are_read_without_an_error(raw: bytes, content_type: str, suffix: str) -> None:
    """Whatever comes is understood or not; module and id are there together or not at all."""
    found = read(raw, content_type, suffix)
    assert (found.module is None) == (found.remote_id is None)
    assert found.module is None or found.module in MODULES


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["invoice", "data", "invoice_id", "payment_id", "organization_id", "last_modified_time", "x"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(_values, st.sampled_from(["", "invoices/edited", "customerpayments", "nonsense/deleted"]))
def test_any_json_is_read_without_an_error(value: object, suffix: str) -> None:
    """Odd types in known places do no harm."""
    found = read(body(value), JSON, suffix)
    assert (found.module is None) == (found.remote_id is None)
