"""The end of a month: whether the quiet mode holds, and what stands between a period and its sign-off. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from zbdesk.domain.dates import local_day, zone
from zbdesk.domain.status import ConnectionState, RunResult
from zbdesk.domain.tieout import TieOut
from zbdesk.domain.views import Overview, WebhookOverview

RESERVE = 0.5
"""The part of the day's calls that month end keeps for the person at least."""

QUIET = timedelta(hours=24)
"""A last success older than this leaves "in order" open even where nothing failed."""


class Standing(StrEnum):
    """How one point of the checklist stands."""

    DONE = "done"
    OPEN = "open"
    LOOK = "look"
    """Worth a person's look; it keeps nothing from being signed off."""


@dataclass(frozen=True, slots=True)
class Check:
    """One point. ``count``: how many records or modules it is about. ``names``: which modules or facts.

    ``page``: where they are found in the window.
    """

    key: str
    standing: Standing
    count: int = 0
    names: tuple[str, ...] = ()
    amounts: tuple[tuple[str, Decimal], ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """All points of one moment for one period."""

    first: date
    last: date
    made_at: datetime
    checks: tuple[Check, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is open."""
        return not any(check.standing is Standing.OPEN for check in self.checks)

    @property
    def open(self) -> int:
        """How many points are open."""
        return sum(check.standing is Standing.OPEN for check in self.checks)


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The mode as it was switched: ``until`` is its last day in the organization, None for by hand."""

    on: bool = False
    until: date | None = None

    def holds(self, now: datetime, zone_name: str) -> bool:
        """Whether it counts at this moment."""
        return self.on and (self.until is None or local_day(now, zone_name) <= self.until)


def month_end_of(on: bool, until: str) -> MonthEnd:
    """The mode from its two settings; a day that cannot be read is none."""
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        day = None
    return MonthEnd(on, day)


def previous_month(today: date) -> tuple[date, date]:
    """First and last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def checklist(
    overview: Overview,
    webhooks: WebhookOverview | None,
    tied: TieOut,
    drafts: tuple[tuple[str, int], ...],
    *,
    now: datetime,
) -> Checklist:
    """Every point as it stands; ``drafts`` up to the period's end, by module."""
    checks = (
        _in_order(overview, tied, now),
        _counted("outgoing", overview.pending, "outgoing"),
        _counted("unknown", overview.unknown, "outgoing"),
        _counted("conflicts", overview.conflicts, "conflicts"),
        _counted("problems", overview.problems, "problems"),
        _drafts(drafts),
        _tied(tied),
        _webhooks(webhooks),
        _shifts(tied),
    )
    return Checklist(tied.request.first, tied.request.last, now, checks)


def _counted(key: str, count: int, page: str) -> Check:
    return Check(key, Standing.OPEN if count else Standing.DONE, count, page=page)


def _in_order(overview: Overview, tied: TieOut, now: datetime) -> Check:
    """Every list was read to its end after the period was over, and the last pass came to its end."""
    zone_name = tied.time_zone
    over = min(now, _day_after(tied.request.last, zone_name))
    behind = [
        one.module
        for one in overview.modules
        if one.enabled and not one.off_reason and (not one.first_done or one.as_of is None or one.as_of < over)
    ]
    off = [one.module for one in overview.modules if one.enabled and one.off_reason]
    run = overview.last_run
    stopped = overview.state is not ConnectionState.ACTIVE or run is None
    failed = run is not None and run.result not in {RunResult.OK, RunResult.ATTENTION, None}
    old = overview.last_success_at is None or now - overview.last_success_at > QUIET
    late = [name for name in behind if name in tied.modules or not tied.modules]
    names = (*late, *off)
    good = not (stopped or failed or old or names)
    return Check("in_order", Standing.DONE if good else Standing.OPEN, len(names), names, page="dashboard")


def _day_after(day: date, zone_name: str) -> datetime:
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=zone(zone_name))


def _drafts(drafts: tuple[tuple[str, int], ...]) -> Check:
    found = tuple((name, count) for name, count in drafts if count)
    count = sum(count for _, count in found)
    page = f"module/{found[0][0]}" if found else ""
    return Check("drafts", Standing.OPEN if count else Standing.DONE, count, tuple(n for n, _ in found), page=page)


def _tied(tied: TieOut) -> Check:
    differing = [one for one in tied.totals if not one.equal]
    sums: dict[str, Decimal] = {}
    for one in differing:
        sums[one.currency] = sums.get(one.currency, Decimal(0)) + abs(one.difference)
    names = tuple(dict.fromkeys((*tied.unread, *(one.module for one in differing))))
    standing = Standing.DONE if tied.equal else Standing.OPEN
    return Check("tie_out", standing, len(tied.lines), names, tuple(sorted(sums.items())), page="month_end")


def _webhooks(webhooks: WebhookOverview | None) -> Check:
    """Where no webhooks are set up, looking at intervals finds everything: nothing is open then."""
    way = None if webhooks is None else webhooks.way
    health = None if way is None else way.health
    if webhooks is None or webhooks.public_url is None or health is None or health.state in {"off", "untested"}:
        return Check("webhooks", Standing.DONE, page="webhooks")
    missed = 0 if way is None else way.missed
    good = health.state == "healthy" and not webhooks.waiting
    names = () if good else (health.state,)
    return Check(
        "webhooks", Standing.DONE if good else Standing.OPEN, missed + webhooks.waiting, names, page="webhooks"
    )


def _shifts(tied: TieOut) -> Check:
    crossing = [one for one in tied.shifts if one.crosses]
    names = tuple(dict.fromkeys(one.module for one in crossing))
    return Check("day_shift", Standing.LOOK if crossing else Standing.DONE, len(crossing), names, page="month_end")
