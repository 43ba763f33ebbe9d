"""What leaves for Zoho, how it is found again, and the answer held against the intent."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.canonical import canonical
from zbdesk.domain.documents import Document, parse_document
from zbdesk.domain.modules import MODULES, module
from zbdesk.sync.actions import Cause
from zbdesk.sync.merge import matches
from zbdesk.sync.refusals import missing_rate
from zbdesk.sync.writing import (
    By,
    Difference,
    Recognition,
    UniqueField,
    body_for_create,
    body_for_update,
    compare_answer,
    encode,
    line_links,
    local_canonical,
    match_lines,
    number_field,
    parameters,
    precision_of,
    recognise,
)

INVOICES = module("invoices")
CONTACTS = module("contacts")
ITEMS = module("items")
KEY = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


def _parsed(body: bytes) -> Any:
    return json.loads(body, parse_float=Decimal)


# -- money and dates never drift --------------------------------------------------------------------------------------

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9)
DAYS = st.integers(0, 40_000).map(lambda days: date(1970, 1, 1) + timedelta(days=days))


@given(AMOUNTS, AMOUNTS, AMOUNTS.filter(lambda rate: rate > 0), DAYS, st.booleans())
def test_money_and_dates_never_drift(
    price: Decimal, charge: Decimal, exchange_rate: Decimal, day: date, as_text: bool
) -> None:
    """From the document through body, JSON and answer back to comparable fields: the same to the last digit."""

    def form(amount: Decimal) -> object:
        return f"{amount:f}" if as_text else amount

    raw = {
        "source_id": "1",
        "customer_id": "7",
        "date": day.isoformat(),
        "due_date": day,
        "exchange_rate": form(exchange_rate),
        "shipping_charge": form(charge),
        "line_items": [{"name": "Seat", "quantity": "1.5", "rate": form(price)}],
    }
    document = parse_document(INVOICES, raw)
    assert isinstance(document, Document)
    answer = _parsed(encode(body_for_create(INVOICES, document.fields)))
    found, meant = canonical(INVOICES, answer), local_canonical(INVOICES, document.fields)
    assert found.keys() <= meant.keys()
    assert all(matches(name, value, found.get(name)) for name, value in meant.items())
    assert found["date"] == found["due_date"] == day
    assert found["exchange_rate"] == exchange_rate
    assert found.get("shipping_charge", Decimal(0)) == charge
    assert compare_answer(INVOICES, document.fields, answer) == ()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**20), max_value=10**20))
def test_amounts_leave_as_plain_numbers(amount: Decimal) -> None:
    """All digits, no exponent, no quotes."""
    text = encode({"rate": amount}).decode()
    assert "e" not in text.removeprefix('{"rate":').casefold()
    assert Decimal(text.removeprefix('{"rate":').removesuffix("}")) == amount


def test_bodies_are_json() -> None:
    """Text, flags, nothing, lists and objects as JSON writes them; a float never."""
    body = {"a": 'ü\n"', "b": True, "c": None, "d": [1, Decimal("1E+2")], "e": {"f": ("x",)}, "g": []}
    assert _parsed(encode(body)) == {**body, "d": [1, 100], "e": {"f": ["x"]}}
    assert b"100" in encode(body)
    with pytest.raises(TypeError):
        encode({"rate": 1.5})


# -- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(MODULES))
def test_only_documented_fields_leave(name: str) -> None:
    """Nothing that Zoho does not document, nothing of ours, nothing that sends a mail."""
    given_fields = dict.fromkeys([*MODULES[name].write_fields, "send", "total", "status_x", "source_id"], "x")
    assert body_for_create(MODULES[name], given_fields).keys() == MODULES[name].write_fields - {
        "ignore_auto_number_generation"
    }


def test_body_of_a_create() -> None:
    """What is empty stays at home, and so does what is only ours: keys, totals, references without an id."""
    fields = {
        "customer_id": "7",
        "currency": {"code": "EUR"},
        "notes": None,
        "terms": "",
        "total": Decimal(40),
        "is_inclusive_tax": False,
        "shipping_charge": Decimal(0),
        "line_items": [
            {"source_line_id": "1", "name": "Seat", "rate": Decimal(40), "tax": {"name": "VAT"}, "unit": ""}
        ],
        "custom_fields": [{"api_name": "cf_a", "value": None}, {"api_name": "cf_b", "value": "x"}],
    }
    assert body_for_create(INVOICES, fields) == {
        "customer_id": "7",
        "is_inclusive_tax": False,
        "shipping_charge": Decimal(0),
        "line_items": [{"name": "Seat", "rate": Decimal(40)}],
        "custom_fields": [{"api_name": "cf_a", "value": ""}, {"api_name": "cf_b", "value": "x"}],
    }
    address = {"billing_address": {"city": "Bonn", "zip": None, "colour": "red"}, "shipping_address": {"city": ""}}
    assert body_for_create(CONTACTS, address) == {"billing_address": {"city": "Bonn"}}


def test_body_of_an_update_has_the_named_fields_only() -> None:
    """An emptied field is sent as empty, in its own kind; the rest is not mentioned."""
    fields = {"notes": "new", "terms": None, "discount": None, "date": "2026-11-20", "billing_address": None}
    body = body_for_update(INVOICES, fields, ["notes", "terms", "discount", "total", "missing"], before={}, detail={})
    assert body == {"notes": "new", "terms": "", "discount": Decimal(0)}
    assert "line_items" not in body
    assert body_for_update(CONTACTS, fields, ["billing_address"], before={}, detail={}) == {"billing_address": ""}
    zero = {"discount": Decimal(0)}
    assert body_for_update(INVOICES, zero, ["discount"], before={}, detail={}) == zero
    ids = {"contact_persons": ["5"]}
    assert body_for_update(INVOICES, ids, ["contact_persons"], before={}, detail={}) == ids


def test_lines_are_sent_whole_with_their_ids() -> None:
    """Every line that Zoho knows keeps its id, new ones have none, and a part taken away is emptied there."""
    before = {
        "line_items": [
            {
                "source_line_id": "a",
                "name": "A",
                "rate": Decimal(1),
                "discount": Decimal(5),
                "tax_id": "9",
                "unit": None,
            },
            {"source_line_id": "b", "name": "B", "rate": Decimal(2)},
        ]
    }
    detail = {"line_items": [{"line_item_id": 11, "name": "A"}, {"line_item_id": "12", "name": "B"}]}
    fields = {
        "line_items": [
            {"source_line_id": "c", "name": "C", "rate": Decimal(3)},
            {"source_line_id": "b", "name": "B2", "rate": Decimal(2)},
            {"source_line_id": "a", "name": "A", "rate": Decimal(1)},
        ]
    }
    links = line_links(before["line_items"], detail["line_items"])
    assert links == [("a", "11"), ("b", "12")]
    body = body_for_update(INVOICES, fields, ["line_items"], before=before, detail=detail, links=links)
    assert body == {
        "line_items": [
            {"name": "C", "rate": Decimal(3)},
            {"line_item_id": "12", "name": "B2", "rate": Decimal(2)},
            {"line_item_id": "11", "name": "A", "rate": Decimal(1), "discount": Decimal(0), "tax_id": ""},
        ]
    }
    assert body_for_update(INVOICES, {}, ["line_items"], before=before, detail=detail) == {"line_items": []}
    # Without keys the position tells which line of the agreement it was.
    plain = {"line_items": [{"name": "A", "unit": "h"}, {"name": "B", "unit": "h"}]}
    now = {"line_items": [{"name": "A", "unit": "h"}, {"name": "B"}]}
    body = body_for_update(INVOICES, now, ["line_items"], before=plain, detail=detail)
    assert body["line_items"][0] == {"line_item_id": "11", "name": "A", "unit": "h"}
    assert body["line_items"][1] == {"line_item_id": "12", "name": "B", "unit": ""}


def _keyed(*keys: str | int | None) -> list[dict[str, Any]]:
    return [{} if key is None else {"source_line_id": key} for key in keys]


def _there(*ids: object) -> list[dict[str, Any]]:
    return [{"line_item_id": one} for one in ids]


@pytest.mark.parametrize(
    ("lines", "remote", "links", "found"),
    [
        (_keyed("a", "b"), _there("1", "2"), [("a", "1"), ("b", "2")], ["1", "2"]),
        (_keyed("b", "a"), _there("1", "2"), [("a", "1"), ("b", "2")], ["2", "1"]),  # moved
        (_keyed("b"), _there("1", "2"), [("a", "1"), ("b", "2")], ["2"]),  # the first one was taken out
        (_keyed("x", "b"), _there("1", "2"), [("a", "1"), ("b", "2")], [None, "2"]),  # replaced: a new line
        (_keyed(7), _there("1"), [("7", "1")], ["1"]),  # a key may be a number
        (_keyed(None, None), _there("1", "2"), [], ["1", "2"]),  # by position
        (_keyed(None, None), _there("1", "2"), [(0, "2"), (1, "1")], ["2", "1"]),  # by the position of then
        (_keyed(None), _there("2"), [(0, "1")], ["2"]),  # the linked one is gone: Zoho's at this place
        (_keyed(None, None, None), _there("1"), [], ["1", None, None]),  # more than Zoho has
        (_keyed("a", "b"), _there("1", "2"), [], ["1", "2"]),  # keys that came later: by position
        (_keyed("a", None), _there("1", "2"), [("a", "2")], ["2", None]),  # nobody's id twice
        (_keyed(None, "a"), _there("1", "2"), [("a", "1")], [None, "1"]),  # not the one that has a key
        (_keyed("a", "a"), _there("1", "2"), [("a", "1")], ["1", "2"]),  # one key twice: the second by position
        (_keyed(None), _there(None), [], [None]),
        (_keyed(), _there("1"), [], []),
    ],
)
def test_matching_lines(
    lines: list[Any], remote: list[Any], links: list[tuple[str | int, str]], found: list[str | None]
) -> None:
    """By key where there is one, else by position."""
    assert match_lines(lines, remote, links) == found


@given(
    st.lists(st.none() | st.sampled_from("abcd"), max_size=5),
    st.lists(st.sampled_from("12345"), unique=True, max_size=5),
    st.lists(st.tuples(st.sampled_from("abcd") | st.integers(0, 4), st.sampled_from("12345")), max_size=5),
)
def test_no_line_is_matched_twice(keys: list[str | None], ids: list[str], links: list[tuple[str | int, str]]) -> None:
    """Whatever is remembered, each of Zoho's lines is at most one of ours, and none is made up."""
    found = match_lines(_keyed(*keys), _there(*ids), links)
    real = [one for one in found if one is not None]
    assert len(found) == len(keys)
    assert set(real) <= set(ids)
    assert len(real) == len(set(real))


def test_line_links() -> None:
    """Remembered by key or position; a line without an id is not."""
    lines = _keyed("a", None, 3, "d")
    assert line_links(lines, _there("1", 2, "3", None)) == [("a", "1"), (1, "2"), ("3", "3")]
    assert line_links(lines, _there("1")) == [("a", "1")]


def test_persons_are_sent_whole_with_their_ids() -> None:
    """The same e-mail is the same person, whatever its case; without one the name tells; each id goes out once."""
    detail = {
        "contact_persons": [
            {"contact_person_id": "1", "email": "A@x.example", "first_name": "Ann"},
            {"contact_person_id": "2", "first_name": "Bob", "last_name": ""},
            {"contact_person_id": "", "email": "c@x.example"},
        ]
    }
    fields = {
        "contact_persons": [
            {"first_name": "bob", "phone": "5"},
            {"email": "a@X.example", "first_name": "Anna"},
            {"email": "a@x.example", "first_name": "Twin"},
            {"email": "c@x.example"},
        ]
    }
    body = body_for_update(CONTACTS, fields, ["contact_persons"], before={}, detail=detail)
    assert body["contact_persons"] == [
        {"contact_person_id": "2", "first_name": "bob", "phone": "5"},
        {"contact_person_id": "1", "email": "a@X.example", "first_name": "Anna"},
        {"email": "a@x.example", "first_name": "Twin"},
        {"email": "c@x.example"},
    ]
    assert body_for_update(CONTACTS, {}, ["contact_persons"], before={}, detail={}) == {"contact_persons": []}


def test_own_numbers_switch_the_series_off() -> None:
    """Only where the document brings a number, and Zoho documents the switch."""
    own = {"ignore_auto_number_generation": "true"}
    assert parameters(INVOICES, {"invoice_number": "R-1"}) == own
    assert parameters(INVOICES, {"invoice_number": ""}) == {}
    assert parameters(INVOICES, {"notes": "x"}) == {}
    assert parameters(module("bills"), {"bill_number": "R-1"}) == {}
    assert parameters(module("customerpayments"), {"reference_number": "R-1"}) == {}


# -- recognition ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("invoices", "invoice_number"),
        ("bills", "bill_number"),
        ("vendorcredits", "vendor_credit_number"),
        ("expenses", None),
        ("customerpayments", None),
        ("journals", None),
        ("contacts", None),
        ("items", None),
    ],
)
def test_number_fields(name: str, field: str | None) -> None:
    """A reference is nobody's number, and a payment is numbered by Zoho alone."""
    assert number_field(module(name)) == field


SHORT = "ZB-1b4e28ba2fa1"
STAMPED = Recognition(By.REFERENCE, "reference_number", SHORT, stamp={"reference_number": SHORT})
NAMED = Recognition(By.NAME, "contact_name", "Acme")


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("invoices", {"invoice_number": "R-1"}, Recognition(By.NUMBER, "invoice_number", "R-1", True, True)),
        ("bills", {"bill_number": "B-1"}, Recognition(By.NUMBER, "bill_number", "B-1", True, True)),
        ("items", {"name": "Seat", "sku": "S1"}, Recognition(By.NUMBER, "sku", "S1", True, True)),
        ("items", {"name": "Seat"}, Recognition(By.NAME, "name", "Seat")),
        ("items", {"name": "Seat", "sku": ""}, Recognition(By.NAME, "name", "Seat")),
        ("invoices", {}, STAMPED),
        ("customerpayments", {"reference_number": ""}, STAMPED),
        (
            "customerpayments",
            {"reference_number": "CHK 7"},
            Recognition(By.REFERENCE, "reference_number", "CHK 7", compare_content=True),
        ),
        ("expenses", {}, STAMPED),
        ("contacts", {"contact_name": "Acme"}, NAMED),
        ("contacts", {"contact_name": "Acme", "contact_persons": [{"first_name": "A"}]}, NAMED),
        (
            "contacts",
            {"contact_name": "Acme", "contact_persons": [{"email": "a@x"}, {"email": "b@x"}]},
            Recognition(By.EMAIL, "email", "a@x", otherwise=NAMED),
        ),
        (
            "contacts",
            {
                "contact_name": "Acme",
                "contact_persons": [{"email": "a@x"}, {"email": "b@x", "is_primary_contact": True}],
            },
            Recognition(By.EMAIL, "email", "b@x", otherwise=NAMED),
        ),
        ("contacts", {}, Recognition(By.NAME, "contact_name", "")),
        ("chartofaccounts", {"account_name": "Sales"}, Recognition(By.NAME, "account_name", "Sales")),
        ("time_entries", {"notes": "x"}, Recognition(By.NOTHING)),
    ],
)
def test_recognition(name: str, fields: dict[str, Any], expected: Recognition) -> None:
    """Our number, else the document's reference with its content, else our key in the place of a reference."""
    assert recognise(module(name), fields, key=KEY) == expected


def test_recognition_by_custom_field() -> None:
    """The field that refuses duplicates is surest, where the module takes part in it."""
    field = UniqueField("cf_zbdesk_id", "77")
    stamp = {"custom_fields": [{"customfield_id": "77", "value": KEY}]}
    found = recognise(INVOICES, {}, key=KEY, unique_field=field)
    assert found == Recognition(By.CUSTOM_FIELD, "cf_zbdesk_id", KEY, is_unique=True, stamp=stamp)
    numbered = recognise(INVOICES, {"invoice_number": "R-1"}, key=KEY, unique_field=field)
    assert numbered == Recognition(
        By.NUMBER, "invoice_number", "R-1", is_unique=True, compare_content=True, stamp=stamp
    )  # fmt: skip
    person = {"contact_name": "A", "contact_persons": [{"email": "a@b.example"}]}
    contact = recognise(module("contacts"), person, key=KEY, unique_field=field)
    assert (contact.by, contact.is_unique) == (By.CUSTOM_FIELD, True)
    assert contact.otherwise is not None
    assert contact.otherwise.by is By.EMAIL
    assert recognise(module("journals"), {}, key=KEY, unique_field=field) == STAMPED


# -- the answer -------------------------------------------------------------------------------------------------------


def _sent(**fields: object) -> dict[str, object]:
    return {"customer_id": "7", **fields}


def test_answer_that_kept_everything() -> None:
    """More than was sent, in Zoho's own forms, is no difference."""
    sent = _sent(
        date="2026-11-20",
        discount="12.5%",
        notes=" a ",
        terms="",
        line_items=[{"line_item_id": "1", "name": "Seat", "rate": Decimal("40.00")}],
        custom_fields=[{"api_name": "cf_a", "value": "x"}],
    )
    answer = {
        "customer_id": 7,
        "date": "2026-11-20",
        "discount": "12.50%",
        "notes": "a",
        "line_items": [{"line_item_id": "1", "name": "Seat", "rate": 40, "quantity": 1, "item_total": 40}],
        "custom_fields": [
            {"customfield_id": "1", "api_name": "cf_a", "value": "x"},
            {"customfield_id": "2", "api_name": "cf_b", "value": "y"},
        ],
        "total": Decimal("40.00"),
    }
    assert compare_answer(INVOICES, sent, answer, total=Decimal(40)) == ()


def test_dropped_and_altered_fields_are_listed() -> None:
    """A field that Zoho left out without a word, and one that it changed."""
    found = compare_answer(INVOICES, _sent(notes="a", terms="t"), {"customer_id": "7", "terms": "u"})
    assert found == (Difference("notes", "a", None, is_dropped=True), Difference("terms", "t", "u"))


@pytest.mark.parametrize(
    ("sent", "received", "precision", "kept"),
    [
        ("1.005", "1.01", 2, True),  # Zoho rounded half up
        ("1.005", "1.00", 2, False),
        ("1.004", "1.00", 2, True),
        ("1.004", "1.004", 2, True),
        ("1.004", "1.00", 3, False),
        ("99.5", "100", 0, True),
        ("40", "41", 2, False),
    ],
)
def test_prices_are_compared_at_the_documents_precision(sent: str, received: str, precision: int, kept: bool) -> None:
    """A price that the document cannot hold comes back rounded; any other change of it is one."""

    def lines(rate: str) -> dict[str, Any]:
        return {"line_items": [{"name": "Seat", "rate": Decimal(rate)}]}

    assert (compare_answer(INVOICES, lines(sent), lines(received), precision=precision) == ()) is kept
    charge = compare_answer(
        INVOICES, {"shipping_charge": Decimal(sent)}, {"shipping_charge": Decimal(received)}, precision=precision
    )
    assert (charge == ()) is kept


def test_rates_and_quantities_are_never_rounded() -> None:
    """Half a unit of an exchange rate or a quantity is real money."""
    rate = compare_answer(INVOICES, {"exchange_rate": Decimal("1.085")}, {"exchange_rate": Decimal("1.09")})
    assert [difference.field for difference in rate] == ["exchange_rate"]
    quantity = compare_answer(
        INVOICES,
        {"line_items": [{"name": "a", "quantity": Decimal("0.125")}]},
        {"line_items": [{"name": "a", "quantity": Decimal("0.13")}]},
    )
    assert [difference.field for difference in quantity] == ["line_items"]


@pytest.mark.parametrize(
    ("total", "received", "precision", "differs"),
    [
        ("40", Decimal("40.00"), 2, False),
        ("40", "40.00", 2, False),
        ("40", Decimal("40.005"), 2, False),
        ("40", Decimal("40.0051"), 2, True),
        ("40", Decimal("39.995"), 2, False),
        ("40", Decimal("39.99"), 2, True),
        ("40", Decimal("40.5"), 0, False),
        ("40", 41, 0, True),
        ("40", Decimal("40.0006"), 3, True),
    ],
)
def test_totals(total: str, received: object, precision: int, differs: bool) -> None:
    """Half a unit of the document's precision is rounding; more is a difference."""
    found = compare_answer(INVOICES, {}, {"total": received}, total=Decimal(total), precision=precision)
    expected = (Difference("total", Decimal(total), Decimal(str(received))),) if differs else ()
    assert found == expected


def test_a_missing_total_is_a_difference() -> None:
    """Where the source says what it comes to, Zoho must say so too; where it does not, nothing is compared."""
    assert compare_answer(INVOICES, {}, {}, total=Decimal(4)) == (
        Difference("total", Decimal(4), None, is_dropped=True),
    )
    assert compare_answer(INVOICES, {}, {"total": 5}) == ()


@pytest.mark.parametrize(
    ("answer", "places"),
    [({"price_precision": 0}, 0), ({"price_precision": Decimal(3)}, 3), ({}, 2), ({"price_precision": True}, 2)],
)
def test_precision(answer: dict[str, Any], places: int) -> None:
    """As Zoho states it on the document, else what the currency has."""
    assert precision_of(answer) == places


def test_precision_otherwise() -> None:
    """The currency's decimals stand in for a precision that is not stated."""
    assert precision_of({}, 3) == 3


def test_canonical_document_names_custom_fields_like_zoho() -> None:
    """Named by api_name here and by id there, a custom field is one and the same."""
    fields = {"custom_fields": [{"api_name": "cf_a", "value": "x"}]}
    detail = {"custom_fields": [{"customfield_id": "1", "api_name": "cf_a", "value": "x"}]}
    assert local_canonical(INVOICES, fields, detail) == canonical(INVOICES, detail)
    assert local_canonical(INVOICES, fields) == {"custom_fields": (("cf_a", "x"),)}


def test_missing_rate_is_a_problem_with_a_remedy() -> None:
    """A foreign document without a rate names its currency."""
    refused = missing_rate("CHF")
    assert refused.cause == Cause.MISSING_EXCHANGE_RATE
    assert "CHF" in refused.message
    assert refused.remedy
