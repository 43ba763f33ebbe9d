"""In which order records are written, and how much one run may change before it asks. Pure.

Invariant: whatever a record refers to is created before it and deleted after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zbdesk.domain.modules import MODULES
from zbdesk.sync.actions import WRITES, Action, Delete, StatusAction

_FIRST = (
    "currencies",
    "exchange_rates",
    "taxes",
    "tax_groups",
    "locations",
    "users",
    "chartofaccounts",
    "bankaccounts",
    "contacts",
    "contact_persons",
    "items",
    "projects",
    "tasks",
    "estimates",
    "salesorders",
    "recurringinvoices",
    "retainerinvoices",
    "invoices",
    "debit_notes",
    "creditnotes",
    "purchaseorders",
    "recurringbills",
    "bills",
    "vendorcredits",
    "expenses",
    "customerpayments",
    "vendorpayments",
    "creditnote_refunds",
)
WRITE_ORDER: tuple[str, ...] = (*_FIRST, *(name for name in MODULES if name not in _FIRST))
"""All modules, parents before what refers to them."""

_RANK: Mapping[str, int] = {name: place for place, name in enumerate(WRITE_ORDER)}


@dataclass(frozen=True, slots=True)
class Planned:
    """One record and what is planned for it. ``age`` orders records of one module: the older document first."""

    record_id: int
    module: str
    action: Action
    age: int = 0
    value: Decimal | None = None
    currency: str | None = None


def in_order(planned: Iterable[Planned]) -> list[Planned]:
    """Writes in the order in which they may leave; what writes nothing stands in front, deletions last and reversed.

    Within a module the older first, as a person would have entered them; then by key, so that a run can be repeated.
    """
    return sorted(planned, key=_place)


def _place(one: Planned) -> tuple[int, int, int, int]:
    rank = _RANK[one.module]
    match one.action:
        case Delete():
            return (3, -rank, -one.age, -one.record_id)
        case StatusAction(wish="void"):
            # Voiding is a deletion that leaves a trace: what rests on the document must be gone before.
            return (2, -rank, -one.age, -one.record_id)
        case action:
            return (1 if isinstance(action, WRITES) else 0, rank, one.age, one.record_id)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a run may write without asking. None: no limit of this kind."""

    changes: int | None = None
    deletions: int | None = None
    value: Mapping[str, Decimal] = field(default_factory=dict)
    """By currency: the sum of the amounts of the documents that are written."""


@dataclass(frozen=True, slots=True)
class Brake:
    """A run that is larger than the person allowed without a look. ``what``: changes, deletions or a currency."""

    what: str
    planned: Decimal
    allowed: Decimal


def brakes(planned: Iterable[Planned], limits: Limits) -> tuple[Brake, ...]:
    """Each limit that the run would exceed; none for a run that may go. Exactly the limit is still allowed."""
    writes = [one for one in planned if isinstance(one.action, WRITES)]
    deletions = sum(isinstance(one.action, Delete) for one in writes)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in writes:
        if one.value is not None and one.currency is not None:
            sums[one.currency] += abs(one.value)
    wanted: list[tuple[str, Decimal, int | Decimal | None]] = [
        ("changes", Decimal(len(writes)), limits.changes),
        ("deletions", Decimal(deletions), limits.deletions),
        *((currency, sums[currency], allowed) for currency, allowed in sorted(limits.value.items())),
    ]
    return tuple(
        Brake(what, amount, Decimal(allowed))
        for what, amount, allowed in wanted
        if allowed is not None and amount > allowed
    )
