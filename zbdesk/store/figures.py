"""Sums for the dashboard's charts, by SQL over what ``kept_sums`` holds; nothing is ever summed across currencies.

Drafts and voided documents owe nothing and count nowhere. Invariant: exact, since sums are taken in two halves of the
scaled integers and joined in Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zbdesk.domain.figures import (
    AGE_LIMITS,
    AgeBucket,
    Change,
    DayHealth,
    DayWord,
    Digest,
    Figures,
    Month,
    Months,
    Receivables,
)
from zbdesk.domain.money import from_scaled
from zbdesk.domain.status import RunResult
from zbdesk.domain.views import Connection
from zbdesk.store import kept_sums, module_states, payloads
from zbdesk.store.database import Database
from zbdesk.store.kept_sums import SPLIT
from zbdesk.store.module_states import marks
from zbdesk.store.times import from_seconds, from_us, to_us

T = TypeVar("T")

SPAN_MONTHS = 12
SPAN_DAYS = 30
MOST_CHANGES = 2_000
"""Changes looked at for the digest's order; beyond that only the count is exact."""

_MONEY = ("invoices", "customerpayments", "creditnotes", "estimates", "salesorders", "retainerinvoices", "expenses",
          "bills", "vendorpayments", "purchaseorders", "vendorcredits")  # fmt: skip


def figures(db: Database, connection: Connection, *, now: datetime, since: datetime | None) -> Figures:
    """All charts of one moment. ``since``: when the person last looked; None leaves the digest out."""
    zone = _zone(connection.organization.time_zone)
    today, own = now.astimezone(zone).date(), connection.organization.currency_code
    with db.snapshot():
        return Figures(
            receivables=receivables(db, connection.id, today, own),
            months=months(db, connection.id, today, own),
            health=health(db, connection, today, zone),
            digest=None if since is None else digest(db, connection.id, since),
        )


def receivables(db: Database, connection_id: int, today: date, own: str) -> tuple[Receivables, ...]:
    """Open invoices by days overdue, a currency each."""
    feed = module_states.find_feed(db, connection_id, "invoices")
    if feed is None:
        return ()
    edges = [(today - timedelta(days=days)).isoformat() for days in AGE_LIMITS]
    source, values = kept_sums.owed(db, feed.id)
    # Dates are ISO texts, which compare as dates do.
    bucket = """CASE WHEN due_date >= ? THEN 0 WHEN due_date >= ? THEN 1 WHEN due_date >= ? THEN 2
        WHEN due_date >= ? THEN 3 ELSE 4 END"""
    sql = f"""SELECT currency, {bucket} AS age, SUM(n), SUM(whole), SUM(rest) FROM ({source}) AS owed
        GROUP BY currency, age"""  # noqa: S608 - our columns; values are parameters
    sums: dict[str, dict[int, tuple[int, Decimal]]] = defaultdict(dict)
    for currency, age, count, wholes, rests in db.all(sql, (*edges, *values)):
        sums[currency][int(age)] = (int(count), _joined(wholes, rests))
    return tuple(
        Receivables(currency, today, tuple(_bucket(at, ages.get(at)) for at in range(len(AGE_LIMITS) + 1)))
        for currency, ages in _own_first(sums, own)
    )


def _bucket(at: int, found: tuple[int, Decimal] | None) -> AgeBucket:
    count, amount = found or (0, Decimal())
    first = None if at == 0 else AGE_LIMITS[at - 1] + 1
    last = None if at == len(AGE_LIMITS) else AGE_LIMITS[at]
    return AgeBucket(first, last, amount, count)


def months(db: Database, connection_id: int, today: date, own: str) -> tuple[Months, ...]:
    """What was invoiced and received in each of the last twelve months, a currency each."""
    firsts = [_first_of(today, back) for back in reversed(range(SPAN_MONTHS))]
    start = firsts[0].isoformat()
    invoiced = _by_month(db, connection_id, "invoices", start)
    received = _by_month(db, connection_id, "customerpayments", start)
    currencies = {currency for currency, _ in (*invoiced, *received)}
    by_currency = {
        currency: tuple(
            Month(
                first,
                invoiced.get((currency, f"{first:%Y-%m}"), Decimal()),
                received.get((currency, f"{first:%Y-%m}"), Decimal()),
            )
            for first in firsts
        )
        for currency in currencies
    }
    return tuple(Months(currency, row) for currency, row in _own_first(by_currency, own))


def _by_month(db: Database, connection_id: int, module: str, start: str) -> dict[tuple[str, str], Decimal]:
    feed = module_states.find_feed(db, connection_id, module)
    if feed is None:
        return {}
    contacts = module_states.find_feed(db, connection_id, "contacts")
    source, values = kept_sums.by_month(db, feed.id, contacts.id if contacts else 0, start)
    sql = f"""SELECT currency, month, SUM(whole), SUM(rest) FROM ({source}) AS by_month
        GROUP BY currency, month"""  # noqa: S608 - our columns; values are parameters
    rows = db.all(sql, values)
    return {(currency, month): _joined(wholes, rests) for currency, month, wholes, rests in rows}


def health(db: Database, connection: Connection, today: date, zone: tzinfo) -> tuple[DayHealth, ...]:
    """How the passes of each of the last thirty days ended, by the organization's calendar."""
    days = [today - timedelta(days=back) for back in reversed(range(SPAN_DAYS))]
    start = datetime(days[0].year, days[0].month, days[0].day, tzinfo=zone)
    sql = "SELECT started_at, result FROM run WHERE connection_id = ? AND started_at >= ? AND result IS NOT NULL"
    ended: dict[date, set[str]] = defaultdict(set)
    for started, result in db.all(sql, (connection.id, to_us(start))):
        ended[from_us(started).astimezone(zone).date()].add(result)
    since = connection.connected_at.astimezone(zone).date()
    return tuple(DayHealth(day, _word(ended.get(day, set()), day < since)) for day in days)


def _word(results: set[str], before: bool) -> DayWord:
    good = {RunResult.OK.value, RunResult.ATTENTION.value}
    bad = {RunResult.FAILED.value, RunResult.NEEDS_SIGN_IN.value}
    if results & good:
        return DayWord.WITH_PROBLEMS if results & bad else DayWord.IN_ORDER
    if results & bad:
        return DayWord.FAILED
    return DayWord.BEFORE if before else DayWord.MISSED


def digest(db: Database, connection_id: int, since: datetime, most: int = 5) -> Digest:
    """Records whose stamp in Zoho is younger than ``since``, the largest amounts first."""
    named = {feed.id: module for module in _MONEY if (feed := module_states.find_feed(db, connection_id, module))}
    if not named:
        return Digest(since, 0, ())
    feeds = list(named)
    after = int(since.timestamp())
    where = f"feed_id IN ({marks(feeds)}) AND gone = 0 AND modified_at > ?"
    count = int(db.value(f"SELECT COUNT(*) FROM record WHERE {where}", (*feeds, after)) or 0)  # noqa: S608
    sql = f"""SELECT id, feed_id, number, party, status, currency, total, modified_at FROM record WHERE {where}
        ORDER BY modified_at DESC, id DESC LIMIT ?"""  # noqa: S608 - our columns; values are parameters
    rows = db.all(sql, (*feeds, after, MOST_CHANGES))
    rates = _rates(db, connection_id, {row[5] for row in rows if row[5]})
    rows.sort(key=lambda row: (-abs((row[6] or 0) * rates.get(row[5] or "", Decimal(1))), -row[7], row[0]))
    return Digest(since, count, tuple(_change(row, named) for row in rows[:most]))


def _change(row: Sequence[Any], named: Mapping[int, str]) -> Change:
    record_id, feed_id, number, party, status, currency, total, modified = row
    amount = None if total is None else from_scaled(total)
    when = from_seconds(modified)
    assert when is not None  # noqa: S101 - the query asks for younger ones only
    return Change(record_id, named[feed_id], number, party, status, currency, amount, when)


def _rates(db: Database, connection_id: int, currencies: Iterable[str]) -> dict[str, Decimal]:
    """Zoho's last known rate of each currency: good for an order, never for a sum."""
    feed = module_states.find_feed(db, connection_id, "currencies")
    wanted = set(currencies)
    if feed is None or not wanted:
        return {}
    found: dict[str, Decimal] = {}
    for (record_id,) in db.all("SELECT id FROM record WHERE feed_id = ? AND gone = 0", (feed.id,)):
        payload = payloads.remote_of(db, record_id) or {}
        code, rate = payload.get("currency_code"), payload.get("exchange_rate")
        if code in wanted and isinstance(rate, Decimal | int) and rate > 0:
            found[str(code)] = Decimal(rate)
    return found


def _own_first(by_currency: Mapping[str, T], own: str) -> list[tuple[str, T]]:
    return sorted(by_currency.items(), key=lambda pair: (pair[0] != own, pair[0]))


def _joined(wholes: Any, rests: Any) -> Decimal:
    return from_scaled(int(wholes or 0) * SPLIT + int(rests or 0))


def _first_of(today: date, months_back: int) -> date:
    at = today.year * 12 + today.month - 1 - months_back
    return date(at // 12, at % 12 + 1, 1)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
