"""What an export comes to: records and sums per currency, counted while they go by. Never summed across currencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from zbdesk.domain.money import Money
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordView


@dataclass(slots=True)
class CurrencyTotal:
    """One currency's records."""

    records: int = 0
    total: Decimal = Decimal(0)
    balance: Decimal = Decimal(0)


@dataclass(slots=True)
class Totals:
    """The records of an export. Deleted ones are exported and count, but their amounts are owed by nobody."""

    count: int = 0
    by_currency: dict[str, CurrencyTotal] = field(default_factory=dict)

    def counted(self, views: Iterable[RecordView]) -> Iterator[RecordView]:
        """The same records; each is counted as it goes by."""
        for view in views:
            self.count += 1
            self._add(view)
            yield view

    def _add(self, view: RecordView) -> None:
        if view.currency is None or view.state is RecordState.DELETED or (view.total is None and view.balance is None):
            return
        one = self.by_currency.setdefault(view.currency, CurrencyTotal())
        one.records += 1
        one.total = _sum(one.total, view.total, view.currency)
        one.balance = _sum(one.balance, view.balance, view.currency)

    def as_json(self) -> dict[str, dict[str, str | int]]:
        """Per currency, amounts as text."""
        return {
            code: {"records": one.records, "total": format(one.total, "f"), "balance": format(one.balance, "f")}
            for code, one in sorted(self.by_currency.items())
        }

    def lines(self) -> list[str]:
        """A line a currency, for people."""
        return [
            f"{code} {one.total:f} in {one.records} records, {one.balance:f} of it open."
            for code, one in sorted(self.by_currency.items())
        ]


def _sum(before: Decimal, amount: Decimal | None, currency: str) -> Decimal:
    return before if amount is None else (Money(before, currency) + Money(amount, currency)).amount
