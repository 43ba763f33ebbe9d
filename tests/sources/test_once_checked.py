"""Cells are brought into a document's form once, by column: the result is what checking the whole document gives."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.document_parts import Faults, value_at
from zbdesk.domain.documents import Document, document_of, parse_document
from zbdesk.domain.modules import module
from zbdesk.sources.amounts import AmountStyle, BadAmount, parse_amount, plain_amounts
from zbdesk.sources.assembling import Assembler
from zbdesk.sources.base import Row
from zbdesk.sources.cells import ODD, Converter
from zbdesk.sources.columns import Columns
from zbdesk.sources.fields import Target, target_of
from zbdesk.sources.mapping import parse_mapping, place_columns

INVOICES = module("invoices")
FIELDS = (
    "invoice_number", "customer.name", "date", "notes", "is_inclusive_tax",
    "custom_fields.cf_region", "line_items.name", "line_items.quantity", "line_items.rate", "line_items.tax.name",
    "line_items.discount", "line_items.item_total",
)  # fmt: skip
HEADINGS = tuple(f"c{place}" for place, _ in enumerate(FIELDS))
MAPPING = parse_mapping(INVOICES, {"layout": "row_per_line", "columns": dict(zip(HEADINGS, FIELDS, strict=True))})

AMOUNTS = st.from_regex(r"-?[0-9]{0,10}([.,][0-9]{0,8})?( ?(EUR|%))?", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.from_regex(r"[A-Za-z0-9 ./_-]{0,20}", fullmatch=True)
CELLS = TEXTS | AMOUNTS | st.sampled_from(["", "2026-11-20", "yes", "VAT 20", "12.50", "Seat", " ", "Err:502", "10%"])


def columns() -> Columns:
    """The mapping's columns under their headings."""
    return Columns(INVOICES, MAPPING, place_columns(MAPPING, HEADINGS), HEADINGS)


@given(st.lists(st.lists(CELLS, min_size=len(FIELDS), max_size=len(FIELDS)), min_size=1, max_size=3))
def test_what_columns_give_is_what_checking_the_document_gives(cells: list[list[str]]) -> None:
    """Nothing that the whole check would refuse or write otherwise comes through a column."""
    rows = [Row(number, ["INV-1", *one[1:]]) for number, one in enumerate(cells, 2)]
    built = Assembler(INVOICES, MAPPING, columns()).build(rows, "INV-1")
    ours = document_of(INVOICES, built.source_id, dict(built.fields))
    whole = parse_document(INVOICES, {"source_id": built.source_id, **built.fields})
    if built.errors:
        return  # refused by a cell, whatever the rest says
    assert ours == whole
    if isinstance(ours, Document) and isinstance(whole, Document):
        assert repr(ours.fields) == repr(whole.fields)  # the same digits, too


@given(AMOUNTS, st.sampled_from(["", ".", ","]))
def test_a_plain_amount_is_read_as_any_other(text: str, decimal: str) -> None:
    """The short way for plain amounts gives what the long one gives, in the form in which documents hold it."""
    style = AmountStyle(decimal)
    found = plain_amounts(style)(text)
    if found is None:
        return
    faults: Faults = []
    assert repr(value_at(INVOICES, "rate", parse_amount(text, style).value, faults, inside="line_items")) == repr(found)
    assert faults == []


@pytest.mark.parametrize("text", ["1.500", "1,500", "007", "0.00", "-5", "1e5", "12.", ".5", "1234567890123"])
def test_what_is_not_plain_is_left_to_the_long_way(text: str) -> None:
    """An amount that could mean two things, or has a form of its own, is looked at closely."""
    assert plain_amounts(AmountStyle())(text) is None


@given(TEXTS)
def test_a_repeated_text_is_read_as_the_first_time(text: str) -> None:
    """What a column remembers of a text is what it read, also after it has forgotten others."""
    target = target_of(INVOICES, "line_items.name")
    assert isinstance(target, Target)
    column = Converter(INVOICES, target, AmountStyle(), None)
    first, again = column(text), column(text)
    assert repr(first) == repr(again)
    if type(first) not in ODD:
        faults: Faults = []
        # Spreadsheets pad with no-break spaces; a cell has common ones.
        plain = text.replace("\N{NO-BREAK SPACE}", " ")
        assert value_at(INVOICES, "name", plain, faults, inside="line_items") == first
        assert faults == []


def test_an_amount_that_can_be_read_in_two_ways_is_refused() -> None:
    """1.500 stays a question where nobody said what the point means."""
    with pytest.raises(BadAmount):
        parse_amount("1.500", AmountStyle())
    assert plain_amounts(AmountStyle("."))("1.500") == Decimal("1.5")


def test_two_spellings_of_one_record_are_refused_at_the_cell() -> None:
    """A customer by name and by Zoho's id at once: the document says which cell is one too many."""
    raw = {"columns": {"No": "invoice_number", "Who": "customer.name", "Id": "customer_id", "D": "line_items.name"}}
    headings = ("No", "Who", "Id", "D")
    mapping = parse_mapping(INVOICES, raw)
    found = Columns(INVOICES, mapping, place_columns(mapping, headings), headings)
    built = Assembler(INVOICES, mapping, found).build([Row(2, ["A-1", "Acme", "460", "Seat"])], "A-1")
    (error,) = built.errors
    assert (error.row, error.column, error.value, error.place) == (2, "Id", "460", 2)
    assert error.message == "Give either “customer_id” or “customer”, not both."
    alone = Assembler(INVOICES, mapping, found).build([Row(3, ["A-2", "Acme", "", "Seat"])], "A-2")
    assert alone.errors == ()
