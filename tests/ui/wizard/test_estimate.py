"""What the first sync costs, by hand."""

from __future__ import annotations

import pytest

from zbdesk.domain.views import Organization
from zbdesk.ui.wizard.estimate import calls_per_day, detail_days, estimate, module_calls


@pytest.mark.parametrize(
    ("name", "count", "calls"),
    [("invoices", 0, 1), ("invoices", 200, 1), ("invoices", 201, 2), ("invoices", 45180, 226), ("invoices", None, 1),
     ("locations", 900, 1)],
)  # fmt: skip
def test_a_call_brings_two_hundred_records(name: str, count: int | None, calls: int) -> None:
    """An empty list is a call as well; a list without pages is one call however long."""
    assert module_calls(name, count) == calls


def test_calls_set_the_pace() -> None:
    """A minute's calls follow at once, the next ones wait; without a limit of ours Zoho's hundred counts."""
    counts = {"invoices": 2000, "contacts": 400}
    guess = estimate(["invoices", "contacts"], counts, calls_per_minute=60)
    assert (guess.records, guess.calls, guess.seconds, guess.complete) == (2400, 12, 6.0, True)
    many = {"invoices": 22_000}
    assert estimate(many, many, calls_per_minute=60).seconds == pytest.approx(61 + 25)
    assert estimate(many, many, calls_per_minute=0).seconds == pytest.approx(61 + 5)


def test_nested_lists_cost_a_call_for_each_parent() -> None:
    """Contact persons are read with every contact."""
    guess = estimate(["contact_persons"], {"contacts": 400}, calls_per_minute=60)
    assert guess.calls == 400
    assert not estimate(["contact_persons"], {}, calls_per_minute=60).complete


def test_line_items_cost_a_call_a_record_only_where_rows_lack_them() -> None:
    """Currencies are complete in their list."""
    guess = estimate(["invoices", "currencies"], {"invoices": 10, "currencies": 9}, calls_per_minute=60)
    assert guess.detail_calls == 10


@pytest.mark.parametrize(
    ("plan", "calls"),
    [("free", 1000), ("Standard", 2000), ("professional monthly", 5000), ("ultimate", 10_000), ("x", None)],
)
def test_calls_of_a_day_by_plan(plan: str, calls: int | None) -> None:
    """A plan that is not in Zoho's list has no number, and none is invented."""
    assert calls_per_day(Organization("1", "A", plan=plan)) == calls


def test_days_of_line_items_leave_a_reserve() -> None:
    """Seven tenths of a day's calls go to the back-fill; nothing to read takes no day."""
    assert detail_days(7000, 5000) == 2
    assert detail_days(7001, 5000) == 3
    assert detail_days(0, 5000) == 0
    assert detail_days(10, None) is None
