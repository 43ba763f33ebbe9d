"""Adding documents up: the same as Zoho adds, or no figure at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.demo import figures
from zbdesk.domain.modules import MODULES
from zbdesk.sync import ledger
from zbdesk.sync.ledger import Figures

D = Decimal
PERCENTS = {"5": D(5), "18": D(18), "20": D("20")}
TAXES = {
    key: figures.Tax(key, key, percent, "tax", (figures.TaxPart(key, key, percent),))
    for key, percent in PERCENTS.items()
}
INVOICES, CONTACTS, ESTIMATES = MODULES["invoices"], MODULES["contacts"], MODULES["estimates"]
PAYMENTS = MODULES["customerpayments"]

amounts = st.decimals(min_value=0, max_value=10_000, places=2)
lines = st.fixed_dictionaries(
    {"rate": amounts, "quantity": st.decimals(min_value=1, max_value=50, places=2)},
    optional={"tax_id": st.sampled_from(sorted(PERCENTS)), "discount": st.sampled_from(["10%", "0", "12.5%"])},
)
documents = st.fixed_dictionaries(
    {"line_items": st.lists(lines, min_size=1, max_size=4)},
    optional={
        "discount": st.sampled_from(["10%", "3.00"]),
        "is_discount_before_tax": st.booleans(),
        "is_inclusive_tax": st.booleans(),
        "shipping_charge": amounts,
        "adjustment": st.decimals(min_value=-10, max_value=10, places=2),
    },
)


@given(documents, st.sampled_from([0, 2, 3]))
def test_a_document_is_added_up_as_the_server_does(document: dict[str, Any], places: int) -> None:
    """Lines, discounts, taxes, shipping and adjustment give the server's own total, to the last decimal."""
    theirs = figures.totals(document, document["line_items"], TAXES, places)
    ours = ledger.added_up(document, places, PERCENTS)
    assert ours is not None
    if theirs.sub_total:
        assert (ours.total, ours.tax) == (theirs.total, theirs.tax_total)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"line_items": []},
        {"line_items": [{"quantity": 1}]},
        {"line_items": [{"rate": D(1), "tax_id": "unknown"}]},
        {"line_items": [{"rate": D(1), "quantity": "many"}]},
        {"line_items": [{"rate": D(1)}], "adjustment": "some"},
        {"line_items": [{"rate": D(1), "discount": "x%"}]},
    ],
)
def test_what_cannot_be_read_has_no_figure(document: dict[str, Any]) -> None:
    """A price, tax or amount that nobody knows gives no total instead of a wrong one."""
    assert ledger.added_up(document, 2, PERCENTS) is None


DETAIL = {"total": D("118.00"), "tax_total": D(18), "line_items": [{"rate": D(100), "quantity": 1, "tax_id": "18"}]}


def test_a_choice_is_added_up_only_where_our_way_gives_zohos_total() -> None:
    """The record as Zoho has it is the proof; where it fails, a changed document has no figure."""
    changed = {"line_items": [{"rate": D(200), "quantity": 1, "tax_id": "18"}]}
    found = ledger.of_choice(INVOICES, DETAIL, changed, ["line_items"], places=2, percents=PERCENTS)
    assert found == Figures(D("236.00"), D("200.00"), D("36.00"))
    odd = {**DETAIL, "total": D("118.01")}
    assert ledger.of_choice(INVOICES, odd, changed, ["line_items"], places=2, percents=PERCENTS) is None


def test_words_change_no_total_and_plain_amounts_are_their_own() -> None:
    """A clash of notes leaves Zoho's figure; a payment comes to its amount."""
    same = ledger.of_choice(INVOICES, DETAIL, {"notes": "x"}, ["notes"], places=2, percents={})
    assert same == Figures(D("118.00"), D("100.00"), D(18))
    paid = ledger.of_choice(PAYMENTS, {"amount": D(5)}, {"amount": D(7)}, ["amount"], places=2, percents={})
    assert paid == Figures(D(7))
    assert ledger.of_choice(PAYMENTS, {"amount": D(5)}, {}, ["amount"], places=2, percents={}) is None
    assert ledger.of_record({}, INVOICES) is None


@pytest.mark.parametrize(
    ("module", "parts"),
    [
        ("invoices", {"receivable": D(10), "sales": D(8), "tax": D(2)}),
        ("creditnotes", {"receivable": D(-10), "sales": D(-8), "tax": D(-2)}),
        ("bills", {"payable": D(10), "purchases": D(8), "tax": D(2)}),
        ("vendorcredits", {"payable": D(-10), "purchases": D(-8), "tax": D(-2)}),
        ("customerpayments", {"receivable": D(-10)}),
        ("estimates", {}),
    ],
)
def test_each_module_moves_its_own_accounts(module: str, parts: dict[str, Decimal]) -> None:
    """Documents to customers move receivable and sales, those of vendors payable and purchases; offers nothing."""
    before, after = Figures(D(100), D(80), D(20)), Figures(D(110), D(88), D(22))
    found = ledger.effect(MODULES[module], before, after, status="sent", currency="EUR")
    assert dict(found.parts) == parts
    assert found.total == D(110)
    assert ledger.is_booked(MODULES[module]) is bool(parts)


def test_what_is_not_booked_moves_nothing_and_what_goes_takes_all_out() -> None:
    """A draft is in no account; deleting takes the whole document out; unknown parts are left out."""
    before = Figures(D(100))
    assert ledger.effect(INVOICES, before, Figures(D(90)), status="draft", currency="EUR").parts == ()
    gone = ledger.effect(INVOICES, before, None, status="sent", currency="EUR")
    assert gone.parts == (("receivable", D(-100)),)
    assert gone.total is None


@pytest.mark.parametrize("value", [None, True, "x", "NaN", "Infinity", [], 1.5])
def test_only_numbers_are_amounts(value: object) -> None:
    """No float, no truth value, no word and nothing without end is ever an amount."""
    assert ledger.amount(value) is None
