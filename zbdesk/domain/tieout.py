"""Do the books match? Count and value of each period on this computer and in Zoho Books, and what they differ in. Pure.

A record is a pair of facts, one a side. Each side counts it in one place (period and currency) or nowhere: a voided or
deleted document counts nowhere. Invariant: in every place the difference of the two sides is the sum of its lines, to
the last digit; amounts of two currencies never meet in one sum.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from enum import StrEnum

from zbdesk.domain.module import Module
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import RecordState

SPLITS = ("month", "quarter", "year", "whole")
UNSETTLED = {
    RecordState.PENDING: "pending",
    RecordState.SENDING: "pending",
    RecordState.UNKNOWN: "unknown",
    RecordState.CONFLICT: "conflict",
    RecordState.PROBLEM: "problem",
}
"""States in which a record is listed even where its amount is the same on both sides."""

_EXACT = Context(prec=200, traps=[InvalidOperation, Overflow, Inexact])
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


class Kind(StrEnum):
    """What makes a line of a tie-out."""

    ONLY_HERE = "only_here"
    ONLY_ZOHO = "only_zoho"
    AMOUNT = "amount"
    DATE = "date"
    """The two sides date it into different periods."""

    CURRENCY = "currency"
    VOID_HERE = "void_here"
    VOID_ZOHO = "void_zoho"
    PENDING = "pending"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of days, both ends included. ``name`` is the same everywhere: 2026-11, 2026-Q4, 2026/27."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Fact:
    """How one side has a document. ``amount`` None: nobody can tell yet; it counts, and adds nothing."""

    date: str | None
    currency: str
    amount: Decimal | None
    void: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One record with both sides; None where a side does not have it. ``record_id`` None: not on this computer."""

    record_id: int | None
    module: str
    number: str | None
    party: str | None
    state: RecordState
    here: Fact | None
    zoho: Fact | None
    remote_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A record that makes, or may make, a difference in one period and currency."""

    module: str
    period: str
    currency: str
    kind: Kind
    state: RecordState
    record_id: int | None
    remote_id: str | None
    number: str | None
    party: str | None
    here_date: str | None
    zoho_date: str | None
    here_count: int
    zoho_count: int
    here: Decimal | None
    zoho: Decimal | None

    @property
    def difference(self) -> Decimal:
        """This computer less Zoho Books; an amount that nobody can tell adds nothing."""
        return _less(self.here or Decimal(0), self.zoho or Decimal(0))


@dataclass(frozen=True, slots=True)
class Total:
    """One module, period and currency. ``unknown``: documents whose amount nobody can tell yet, on either side."""

    module: str
    period: str
    currency: str
    here_count: int = 0
    zoho_count: int = 0
    here: Decimal = Decimal(0)
    zoho: Decimal = Decimal(0)
    drafts: int = 0
    unknown: int = 0
    lines: int = 0

    @property
    def difference(self) -> Decimal:
        """This computer less Zoho Books."""
        return _less(self.here, self.zoho)

    @property
    def equal(self) -> bool:
        """Whether both sides have as many documents of the same value, and nothing is open about any of them."""
        return self.here_count == self.zoho_count and not self.difference and not self.lines and not self.unknown


@dataclass(frozen=True, slots=True)
class DayShift:
    """A document whose day depends on whose clock is asked: the moment it was made is another day elsewhere."""

    record_id: int
    module: str
    number: str | None
    party: str | None
    date: str
    made_at: datetime
    organization_day: str
    utc_day: str
    computer_day: str
    crosses: bool
    """Whether one of the days lies in another period than the document's date."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to tie out. ``modules`` empty: all that have a date and an amount and are read."""

    first: date
    last: date
    split: str = "month"
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TieOut:
    """Everything one look found. ``fresh_at``: when Zoho Books was asked; None: as it was last read, ``as_of``."""

    request: Request
    organization_id: str
    organization: str
    time_zone: str
    fiscal_start: int
    made_at: datetime
    modules: tuple[str, ...]
    periods: tuple[Period, ...]
    totals: tuple[Total, ...]
    lines: tuple[Line, ...]
    shifts: tuple[DayShift, ...] = ()
    as_of: tuple[tuple[str, datetime | None], ...] = ()
    fresh_at: datetime | None = None
    unread: tuple[str, ...] = ()
    """Modules whose list was never read to its end: their figures are not all there is."""

    @property
    def equal(self) -> bool:
        """Whether both sides match everywhere and everything was read."""
        return not self.unread and all(total.equal for total in self.totals)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What Zoho Books listed just now, by module: all rows that it dates into the span, and no others."""

    at: datetime
    rows: Mapping[str, tuple[RemoteRow, ...]]


def can_tie(module: Module) -> bool:
    """Whether records of a module are documents with a day and an amount. Profiles that repeat are none."""
    dated = module.date_field is not None and module.total_field is not None
    return dated and module.listed and not module.name.startswith("recurring")


def fiscal_month(word: str) -> int:
    """The month in which the organization's year begins, from Zoho's word or number for it; January by default."""
    plain = word.strip().casefold()
    if plain.isdecimal():
        # Zoho's settings count from 0, its words and everybody else from 1; "0" can only be the first of them.
        return min(12, max(1, int(plain)))
    found = [at for at, name in enumerate(_MONTHS, 1) if len(plain) >= 3 and name.startswith(plain[:3])]
    return found[0] if found else 1


def periods(first: date, last: date, split: str, fiscal_start: int = 1) -> tuple[Period, ...]:
    """The periods that a span touches, each cut to the span. Raises ``ValueError`` for an unknown split."""
    if split not in SPLITS:
        raise ValueError(f"cannot split by {split!r}; known are {', '.join(SPLITS)}")
    if split == "whole":
        return (Period(f"{first.isoformat()}..{last.isoformat()}", first, last),) if first <= last else ()
    months = {"month": 1, "quarter": 3, "year": 12}[split]
    found: list[Period] = []
    begins = _beginning(first, months, fiscal_start)
    while begins <= last:
        after = _months_on(begins, months)
        ends = date.fromordinal(after.toordinal() - 1)
        found.append(Period(_name(begins, split, fiscal_start), max(first, begins), min(last, ends)))
        begins = after
    return tuple(found)


def tie(pairs: Iterable[Pair], spans: Sequence[Period]) -> tuple[tuple[Total, ...], tuple[Line, ...]]:
    """Totals of each module, period and currency, and the lines that make their differences, the largest first."""
    sums: dict[tuple[str, str, str], _Sum] = {}
    lines: list[Line] = []
    calendar = _Calendar(spans)
    for pair in pairs:
        here, zoho = calendar.place(pair.here), calendar.place(pair.zoho)
        for place in dict.fromkeys(one for one in (here, zoho) if one is not None):
            counted = sums.setdefault((pair.module, *place), _Sum())
            mine = pair.here if here == place else None
            theirs = pair.zoho if zoho == place else None
            counted.add(mine, theirs)
            kind = _kind(pair, mine, theirs, here, zoho)
            if kind is not None:
                counted.lines += 1
                lines.append(_line(pair, place, kind, mine, theirs))
    order = {span.name: at for at, span in enumerate(spans)}
    totals = [
        Total(module, period, currency, one.here_count, one.zoho_count, one.here, one.zoho, one.drafts, one.unknown,
              one.lines)
        for (module, period, currency), one in sums.items()
    ]  # fmt: skip
    totals.sort(key=lambda one: (one.module, order[one.period], one.currency))
    lines.sort(key=lambda one: (one.module, order[one.period], one.currency, -abs(one.difference), one.number or "",
                                one.record_id or 0, one.remote_id or ""))  # fmt: skip
    return tuple(totals), tuple(lines)


class _Sum:
    """What is being added up in one place."""

    def __init__(self) -> None:
        self.here_count = self.zoho_count = self.drafts = self.unknown = self.lines = 0
        self.here = self.zoho = Decimal(0)

    def add(self, mine: Fact | None, theirs: Fact | None) -> None:
        self.here_count += mine is not None
        self.zoho_count += theirs is not None
        self.here = _plus(self.here, mine)
        self.zoho = _plus(self.zoho, theirs)
        self.unknown += any(one is not None and one.amount is None for one in (mine, theirs))
        self.drafts += any(one is not None and one.draft for one in (mine, theirs))


class _Calendar:
    """Finds the period of a day among many, for very many documents. Periods are in order and do not overlap."""

    def __init__(self, spans: Sequence[Period]) -> None:
        self._firsts = [span.first.isoformat() for span in spans]
        self._lasts = [span.last.isoformat() for span in spans]
        self._names = [span.name for span in spans]

    def place(self, fact: Fact | None) -> tuple[str, str] | None:
        """Period and currency in which a side counts a document; None where it counts nowhere."""
        if fact is None or fact.void or fact.date is None:
            return None
        day = fact.date[:10]
        at = bisect_right(self._firsts, day) - 1
        return (self._names[at], fact.currency) if at >= 0 and day <= self._lasts[at] else None


def _kind(
    pair: Pair, mine: Fact | None, theirs: Fact | None, here: tuple[str, str] | None, zoho: tuple[str, str] | None
) -> Kind | None:
    """Why a record is listed in a place; None where it is the same on both sides and at rest."""
    if mine is not None and theirs is not None:
        if mine.amount != theirs.amount:
            return Kind.AMOUNT
        word = UNSETTLED.get(pair.state)
        return None if word is None else Kind(word)
    other = pair.zoho if mine is not None else pair.here
    if other is None:
        return Kind.ONLY_HERE if mine is not None else Kind.ONLY_ZOHO
    if other.void:
        return Kind.VOID_ZOHO if mine is not None else Kind.VOID_HERE
    if here is not None and zoho is not None and here[0] == zoho[0]:
        return Kind.CURRENCY
    return Kind.DATE


def _line(pair: Pair, place: tuple[str, str], kind: Kind, mine: Fact | None, theirs: Fact | None) -> Line:
    return Line(
        module=pair.module,
        period=place[0],
        currency=place[1],
        kind=kind,
        state=pair.state,
        record_id=pair.record_id,
        remote_id=pair.remote_id,
        number=pair.number,
        party=pair.party,
        here_date=None if pair.here is None else pair.here.date,
        zoho_date=None if pair.zoho is None else pair.zoho.date,
        here_count=int(mine is not None),
        zoho_count=int(theirs is not None),
        here=None if mine is None else mine.amount,
        zoho=None if theirs is None else theirs.amount,
    )


def _plus(before: Decimal, fact: Fact | None) -> Decimal:
    """One currency only: sums are kept by currency. Exact, whatever the thread's own context is."""
    return before if fact is None or fact.amount is None else _EXACT.add(before, fact.amount)


def _less(left: Decimal, right: Decimal) -> Decimal:
    return _EXACT.subtract(left, right)


def _beginning(day: date, months: int, fiscal_start: int) -> date:
    """The first day of the period that holds ``day``; quarters and years are counted from the fiscal start."""
    at = day.year * 12 + day.month - 1
    back = (day.month - fiscal_start) % 12 % months if months > 1 else 0
    at -= back
    return date(at // 12, at % 12 + 1, 1)


def _months_on(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def _name(begins: date, split: str, fiscal_start: int) -> str:
    if split == "month":
        return f"{begins:%Y-%m}"
    back = (begins.month - fiscal_start) % 12
    at = begins.year * 12 + begins.month - 1 - back
    year = at // 12
    shown = str(year) if fiscal_start == 1 else f"{year}/{(year + 1) % 100:02d}"
    return shown if split == "year" else f"{shown}-Q{back // 3 + 1}"
