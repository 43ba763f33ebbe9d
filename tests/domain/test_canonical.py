"""Two payloads that mean the same to an accountant are the same fields."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.canonical import canonical, field_value
from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES, module

INVOICES = module("invoices")
CONTACTS = module("contacts")
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
IDS = st.integers(10**14, 10**19)


def test_only_our_fields_are_compared() -> None:
    """What Zoho computes or stamps never makes a difference."""
    payload = {"customer_id": "7", "total": Decimal(100), "balance": Decimal(5), "last_modified_time": "x", "new": 1}
    assert canonical(INVOICES, payload) == {"customer_id": "7"}


def test_absent_fields_stay_absent() -> None:
    """A list row says nothing about line items, and an emptied field says that it is empty."""
    assert canonical(INVOICES, {"notes": ""}) == {"notes": None}


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}, [None, ""], [{"name": ""}]])
def test_everything_empty_is_none(empty: object) -> None:
    """Null, blank text and lists without content are one and the same."""
    assert canonical(INVOICES, {"line_items": empty}) == {"line_items": None}


@given(AMOUNTS, st.integers(0, 3))
def test_amounts_compare_as_numbers(amount: Decimal, zeros: int) -> None:
    """Number or text, with or without zeros at the end: the same amount, never a float."""
    text = f"{amount:f}" + "0" * zeros
    forms = [field_value("rate", amount), field_value("rate", text), field_value("rate", Decimal(text))]
    assert forms == [amount] * 3
    assert len({repr(form) for form in forms}) == 1


@given(IDS)
def test_ids_compare_as_text(number: int) -> None:
    """An id is the same whether it came as a number or as text, to the last digit."""
    assert field_value("customer_id", number) == field_value("customer_id", f" {number}") == str(number)


def test_text_is_trimmed_and_has_one_line_end() -> None:
    """Blanks around a text and the kind of line end are not an edit."""
    assert field_value("notes", " a\r\nb ") == "a\nb"


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("date", "2026-06-09", date(2026, 6, 9)),
        ("due_date", "soon", "soon"),
        ("created_time", "2026-06-09T13:14:59-0400", datetime(2026, 6, 9, 17, 14, 59, tzinfo=UTC)),
        ("log_time", "02:30", "02:30"),
        ("date", date(2026, 6, 9), date(2026, 6, 9)),
        ("notes", "2026-06-09", "2026-06-09"),
        ("reference_number", 42, "42"),
        ("reference_number", Decimal("42.50"), "42.5"),
        ("reference_number", "0042", "0042"),
        ("phone", Decimal("1E+3"), "1000"),
        ("discount", "12.5%", "12.5%"),
        ("discount", "12.50", Decimal("12.5")),
        ("discount", Decimal("-0.00"), Decimal(0)),
        ("rate", "NaN", "NaN"),
        ("exchange_rate", "", None),
        ("payment_terms", "15", Decimal(15)),
        ("is_taxable", "True", True),
        ("is_taxable", False, False),
        ("is_taxable", 1, True),
        ("is_taxable", 7, "7"),
        ("track_1099", "false", False),
        ("is_taxable", "perhaps", "perhaps"),
        ("notes", "true", "true"),
    ],
)
def test_kind_follows_from_the_name(name: str, value: object, result: object) -> None:
    """Zoho's types do not hold, so a field's name says what it is; what does not fit is kept as text."""
    found = field_value(name, value)
    assert found == result
    assert type(found) is type(result)


def test_floats_are_refused() -> None:
    """A float has lost digits before it came here: that is a bug, not an amount."""
    with pytest.raises(TypeError, match="rate"):
        canonical(INVOICES, {"line_items": [{"rate": 0.1}]})


def test_line_items_count_by_content_and_order() -> None:
    """Ids, positions and computed totals of lines do not matter; what is sold, and in which order, does."""
    sent = [{"name": "Tea", "rate": "2.50", "quantity": 4}, {"name": "Milk", "rate": Decimal(1), "quantity": 1}]
    read = [
        {
            "line_item_id": "1",
            "item_order": 1,
            "name": "Tea",
            "rate": Decimal("2.5"),
            "quantity": "4",
            "item_total": 10,
        },
        {"line_item_id": "2", "item_order": 2, "name": "Milk", "rate": Decimal("1.00"), "quantity": 1, "tax_id": ""},
    ]
    assert canonical(INVOICES, {"line_items": sent}) == canonical(INVOICES, {"line_items": read})
    assert canonical(INVOICES, {"line_items": sent}) != canonical(INVOICES, {"line_items": sent[::-1]})


@given(st.permutations([1, 2, 3]), AMOUNTS)
def test_other_lists_have_no_order(order: list[int], amount: Decimal) -> None:
    """Which application of a payment comes first says nothing."""
    payments = module("customerpayments")
    applied = [{"invoice_id": str(at), "amount_applied": amount} for at in order]
    other = [{"invoice_id": at, "amount_applied": f"{amount:f}0", "balance": 1} for at in sorted(order)]
    assert canonical(payments, {"invoices": applied}) == canonical(payments, {"invoices": other})


def test_lists_of_ids_have_no_order() -> None:
    """The persons of an invoice are a set, as text or as numbers."""
    assert field_value("contact_persons", ["2", 1]) == field_value("contact_persons", [1, 2]) == ("1", "2")


def test_custom_fields_are_id_and_value() -> None:
    """Labels, positions and formatted copies of a custom field are not its content, and an empty one is none."""
    sent = [{"customfield_id": "9", "value": "A-1"}]
    read = [
        {"customfield_id": 8, "value": "", "label": "Colour"},
        {"customfield_id": 9, "index": 1, "label": "Key", "value": "A-1", "value_formatted": "A-1"},
    ]
    assert canonical(INVOICES, {"custom_fields": sent}) == canonical(INVOICES, {"custom_fields": read})
    assert field_value("custom_fields", [{"api_name": "cf_x", "value": 5}, "lost"]) == (("cf_x", "5"),)
    assert field_value("custom_fields", [{"value": "nameless"}]) == (("", "nameless"),)


def test_addresses_compare_by_content() -> None:
    """An address that Zoho gave an id and blank lines is still the one that was sent."""
    sent = {"address": "Main Street 1", "city": "Graz"}
    read = {"address_id": "5", "address": "Main Street 1 ", "street2": "", "city": "Graz", "country_code": "AT"}
    assert canonical(CONTACTS, {"billing_address": sent}) == canonical(CONTACTS, {"billing_address": read})


def test_unknown_objects_keep_all_members() -> None:
    """Of an object that nothing is known about, everything counts."""
    assert field_value("payment_options", {"b": 1, "a": {"c": "x"}}) == (("a", (("c", "x"),)), ("b", "1"))


def test_known_members_belong_to_written_fields() -> None:
    """Every nested value whose members are listed is a field that some module writes, at the top or in a line."""
    written = frozenset[str]().union(*(declared.write_fields for declared in MODULES.values()))
    assert set(MEMBERS) - written <= frozenset[str]().union(*MEMBERS.values())


SCALARS = st.none() | st.booleans() | st.integers() | AMOUNTS | st.text(max_size=8)
OBJECTS = st.dictionaries(st.sampled_from(["name", "rate", "tags", "date", "is_taxable"]), SCALARS, max_size=3)
VALUES = SCALARS | OBJECTS | st.lists(SCALARS, max_size=3) | st.lists(OBJECTS, max_size=2)


@given(st.sampled_from(list(MODULES.values())), st.lists(VALUES, max_size=4))
def test_any_payload_has_fields_that_compare(declared: Module, values: list[object]) -> None:
    """Whatever JSON a field holds, it becomes a value that can be compared and kept in a set."""
    payload = dict(zip(sorted(declared.write_fields), values, strict=False))
    fields = canonical(declared, payload)
    assert fields.keys() == payload.keys()
    assert hash(tuple(fields.items())) == hash(tuple(canonical(declared, dict(payload)).items()))
