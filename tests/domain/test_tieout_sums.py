"""The arithmetic of a tie-out: periods, places, lines and their sums."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zbdesk.domain.seal import is_whole, sealed
from zbdesk.domain.status import RecordState
from zbdesk.domain.tieout import SPLITS, Fact, Kind, Pair, fiscal_month, periods, tie

FIRST, LAST = date(2026, 8, 17), date(2027, 2, 3)
SPANS = periods(FIRST, LAST, "month")

facts = st.none() | st.builds(
    Fact,
    date=st.none() | st.dates(date(2026, 7, 1), date(2027, 3, 31)).map(date.isoformat),
    currency=st.sampled_from(["EUR", "JPY", "KWD", ""]),
    amount=st.none() | st.integers(-(2**62), 2**62).map(lambda scaled: Decimal(scaled).scaleb(-6)),
    void=st.booleans(),
    draft=st.booleans(),
)


@st.composite
def pairs(draw: st.DrawFn) -> list[Pair]:
    """Records in all states, each side there or not."""
    count = draw(st.integers(0, 25))
    modules, states = st.sampled_from(["invoices", "bills"]), st.sampled_from(list(RecordState))
    return [
        Pair(key, draw(modules), f"N{key}", None, draw(states), draw(facts), draw(facts)) for key in range(1, count + 1)
    ]


@settings(max_examples=200, deadline=None)
@given(found=pairs())
def test_lines_add_up_to_the_difference_in_every_place(found: list[Pair]) -> None:
    """Whatever the states, each period and currency's difference is the sum of its lines, in count and in value."""
    totals, lines = tie(found, SPANS)
    value: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    count: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in lines:
        key = (line.module, line.period, line.currency)
        # Decimal's own context rounds at 28 digits, which these amounts do not reach.
        value[key] += line.difference
        count[key] += line.here_count - line.zoho_count
    assert {(t.module, t.period, t.currency) for t in totals} >= set(value)
    for total in totals:
        key = (total.module, total.period, total.currency)
        assert total.difference == value[key]
        assert total.here_count - total.zoho_count == count[key]
        assert total.equal == (not total.lines and not total.unknown)


@settings(max_examples=100, deadline=None)
@given(found=pairs())
def test_every_document_is_counted_once_a_side(found: list[Pair]) -> None:
    """Nothing inside the span is left out or counted twice, and void documents count nowhere."""
    totals, _ = tie(found, SPANS)

    def inside(fact: Fact | None) -> bool:
        return fact is not None and not fact.void and fact.date is not None and (
            FIRST.isoformat() <= fact.date <= LAST.isoformat()
        )  # fmt: skip

    assert sum(t.here_count for t in totals) == sum(inside(pair.here) for pair in found)
    assert sum(t.zoho_count for t in totals) == sum(inside(pair.zoho) for pair in found)


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 1500),
    split=st.sampled_from(SPLITS),
    start=st.integers(1, 12),
)
def test_periods_cover_the_span_without_gap_or_overlap(first: date, days: int, split: str, start: int) -> None:
    """Each day of the span lies in exactly one period, in order, under a name of its own."""
    last = date.fromordinal(first.toordinal() + days)
    spans = periods(first, last, split, start)
    assert (spans[0].first, spans[-1].last) == (first, last)
    assert all(b.first.toordinal() == a.last.toordinal() + 1 for a, b in pairwise(spans))
    assert len({span.name for span in spans}) == len(spans)


def test_quarters_and_years_follow_the_fiscal_start() -> None:
    """A year from April: March is its last quarter, and the year carries both its numbers."""
    found = periods(date(2026, 3, 31), date(2026, 4, 1), "quarter", 4)
    assert [span.name for span in found] == ["2025/26-Q4", "2026/27-Q1"]
    assert [span.name for span in periods(date(2026, 1, 1), date(2026, 12, 31), "year")] == ["2026"]
    assert [(s.name, s.first) for s in periods(date(2026, 2, 1), date(2026, 6, 1), "year", 4)] == [
        ("2025/26", date(2026, 2, 1)), ("2026/27", date(2026, 4, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(("word", "month"), [("april", 4), ("April", 4), ("jul", 7), ("", 1), ("12", 12), ("x", 1)])
def test_the_fiscal_start_is_read_as_zoho_writes_it(word: str, month: int) -> None:
    """A word, its beginning or a number; January where it says nothing."""
    assert fiscal_month(word) == month


def fact(day: str = "2026-11-10", amount: str = "100", **more: object) -> Fact:
    """A document."""
    return Fact(day, str(more.pop("currency", "EUR")), Decimal(amount), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("here", "zoho", "state", "kinds"),
    [
        (fact(), fact(), RecordState.SYNCED, []),
        (fact(), fact(), RecordState.CONFLICT, [Kind.CONFLICT]),
        (fact(), fact(), RecordState.UNKNOWN, [Kind.UNKNOWN]),
        (fact(), None, RecordState.PENDING, [Kind.ONLY_HERE]),
        (None, fact(), RecordState.PENDING, [Kind.ONLY_ZOHO]),
        (fact(), fact(amount="100.01"), RecordState.SYNCED, [Kind.AMOUNT]),
        (fact(), fact("2026-12-01"), RecordState.PENDING, [Kind.DATE, Kind.DATE]),
        (fact(), fact("2025-12-01"), RecordState.PENDING, [Kind.DATE]),
        (fact(), fact(currency="USD"), RecordState.PENDING, [Kind.CURRENCY, Kind.CURRENCY]),
        (fact(void=True), fact(), RecordState.PENDING, [Kind.VOID_HERE]),
        (fact(), fact(void=True), RecordState.CONFLICT, [Kind.VOID_ZOHO]),
        (fact(void=True), fact(void=True), RecordState.SYNCED, []),
    ],
)
def test_each_line_says_what_differs(
    here: Fact | None, zoho: Fact | None, state: RecordState, kinds: list[Kind]
) -> None:
    """One word a cause; a record that moved between two periods or currencies stands in both."""
    _, lines = tie([Pair(1, "invoices", "A", None, state, here, zoho)], SPANS)
    assert [line.kind for line in lines] == kinds


def test_a_sealed_document_shows_any_change() -> None:
    """The order of keys does not matter, everything else does."""
    document = sealed({"b": Decimal("1.50"), "a": (date(2026, 11, 30),)})
    assert document["b"] == "1.50"
    assert is_whole(dict(reversed(document.items())))
    assert not is_whole({**document, "b": "1.5"})
    assert not is_whole({**document, "c": None})
