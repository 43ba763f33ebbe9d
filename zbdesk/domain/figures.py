"""Figures of the dashboard's charts, as the store sums them up. Amounts are exact and of one currency each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

AGE_LIMITS = (0, 30, 60, 90)
"""Days overdue up to which an invoice belongs to a bucket; the last bucket has no end."""


@dataclass(frozen=True, slots=True)
class AgeBucket:
    """Open invoices of one age. ``days_from`` None: not yet due; ``days_to`` None: no end."""

    days_from: int | None
    days_to: int | None
    amount: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Receivables:
    """What customers owe in one currency on one day, the youngest first."""

    currency: str
    as_of: date
    buckets: tuple[AgeBucket, ...]

    @property
    def total(self) -> Decimal:
        """All buckets together."""
        return sum((bucket.amount for bucket in self.buckets), Decimal())

    @property
    def count(self) -> int:
        """How many invoices are open."""
        return sum(bucket.count for bucket in self.buckets)


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: what was invoiced and what was received in it. ``first`` is its first day."""

    first: date
    invoiced: Decimal
    received: Decimal


@dataclass(frozen=True, slots=True)
class Months:
    """Twelve months in one currency, the oldest first; the last one is running."""

    currency: str
    months: tuple[Month, ...]


class DayWord(StrEnum):
    """How syncing went on one day."""

    IN_ORDER = "in_order"
    WITH_PROBLEMS = "with_problems"
    """Passes failed, and the day still had one that came to its end."""

    FAILED = "failed"
    MISSED = "missed"
    """No pass at all, although there was a connection."""

    BEFORE = "before"
    """The connection did not exist yet."""


@dataclass(frozen=True, slots=True)
class DayHealth:
    """One day of syncing."""

    day: date
    word: DayWord


@dataclass(frozen=True, slots=True)
class Change:
    """A record that changed in Zoho Books since a person last looked."""

    record_id: int
    module: str
    number: str | None
    party: str | None
    status: str | None
    currency: str | None
    amount: Decimal | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed since ``since``, the largest amounts first; ``count`` is how many there are in all."""

    since: datetime
    count: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the charts show. One entry a currency, the organization's own first."""

    receivables: tuple[Receivables, ...] = ()
    months: tuple[Months, ...] = ()
    health: tuple[DayHealth, ...] = ()
    digest: Digest | None = None
