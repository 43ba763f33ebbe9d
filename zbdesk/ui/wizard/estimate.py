"""What the first sync costs: calls and minutes, from the counts that Zoho gave. Pure.

A list call brings 200 records; line items cost one call a record. Unknown counts make the estimate a lower bound,
and it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES
from zbdesk.domain.pace import PER_PAGE, seconds_for
from zbdesk.domain.views import Organization

_PER_DAY = {
    "free": 1000,
    "standard": 2000,
    "professional": 5000,
    "premium": 10_000,
    "elite": 10_000,
    "ultimate": 10_000,
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """``records`` and ``calls`` of the first sync, ``seconds`` at our own pace; ``detail_calls`` for line items.

    ``complete`` is False while a count is missing.
    """

    records: int
    calls: int
    seconds: float
    detail_calls: int
    complete: bool


def module_calls(name: str, count: int | None) -> int:
    """Return list calls for one module with ``count`` records; one where the count is not known."""
    if MODULES[name].feed is Feed.WHOLE or count is None:
        return 1
    return max(1, ceil(count / PER_PAGE))


def estimate(modules: Iterable[str], counts: Mapping[str, int | None], *, calls_per_minute: int) -> Estimate:
    """Add up the first sync of ``modules``. ``calls_per_minute`` 0 means no limit of our own: Zoho's 100 counts."""
    records = calls = details = 0
    complete = True
    for name in modules:
        declared = MODULES[name]
        if declared.feed is Feed.NESTED:
            parents = counts.get(declared.parent or "")
            calls += parents if parents is not None else 1
            complete = complete and parents is not None
            continue
        count = counts.get(name)
        calls += module_calls(name, count)
        records += count or 0
        if not declared.rows_complete:
            details += count or 0
        complete = complete and count is not None
    # The pages of the longest list, which decides, are asked for one after another.
    seconds = seconds_for(calls, per_minute=calls_per_minute, parallel=1)
    return Estimate(records, calls, seconds, details, complete)


def calls_per_day(organization: Organization) -> int | None:
    """Return how many calls Zoho allows this organization a day, by its plan; None for a plan not in its list."""
    words = f"{organization.plan} {organization.edition}".casefold().split()
    return next((_PER_DAY[word] for word in words if word in _PER_DAY), None)


def detail_days(calls: int, per_day: int | None, *, share: float = 0.7) -> int | None:
    """Return over how many days line items come when ``share`` of each day's calls go there; None if not known."""
    if per_day is None:
        return None
    return ceil(calls / max(1, per_day * share)) if calls else 0
