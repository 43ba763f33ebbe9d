"""Spans of days that people ask for by name: this month, last quarter, this fiscal year. Pure.

Kept by name in saved views, so that "this month" is another month next month.
"""

from __future__ import annotations

from datetime import date, timedelta

PERIODS = (
    "today",
    "last_7_days",
    "last_30_days",
    "this_month",
    "last_month",
    "this_quarter",
    "last_quarter",
    "this_year",
    "last_year",
)
"""In the order in which they are offered; quarters and years are those of the organization's books."""


def span(period: str, today: date, fiscal_start: int) -> tuple[str, str]:
    """First and last day, both included, as ISO text. ``fiscal_start``: the month in which the books' year begins.

    Raises ``ValueError`` for an unknown name.
    """
    first, last = _span(period, today, fiscal_start)
    return first.isoformat(), last.isoformat()


def _span(period: str, today: date, fiscal_start: int) -> tuple[date, date]:
    if period == "today":
        return today, today
    if period in {"last_7_days", "last_30_days"}:
        return today - timedelta(days=6 if period == "last_7_days" else 29), today
    which, _, unit = period.partition("_")
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    if months is None or which not in {"this", "last"}:
        raise ValueError(f"no period is called {period!r}")
    begins = _beginning(today, months, fiscal_start)
    if which == "last":
        begins = _months_on(begins, -months)
    return begins, _months_on(begins, months) - timedelta(days=1)


def _beginning(day: date, months: int, fiscal_start: int) -> date:
    into = (day.month - fiscal_start) % 12 % months
    return _months_on(day.replace(day=1), -into)


def _months_on(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
