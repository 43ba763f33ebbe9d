"""A fake of the questions about month end, and a period with one difference of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.ui.fake_desk import NOW, FakeDesk
from zbdesk.app.closing import Close
from zbdesk.domain.closing import checklist
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import RecordState
from zbdesk.domain.tieout import DayShift, Fact, Fresh, Pair, Request, TieOut, periods, tie
from zbdesk.domain.views import WebhookOverview

D = Decimal
DAY = "2026-10-15"


def fact(amount: str | None, day: str = DAY, currency: str = "INR", **more: bool) -> Fact:
    """A document."""
    return Fact(day, currency, None if amount is None else D(amount), **more)


def pair(key: int, number: str, party: str, state: RecordState, here: Fact | None, zoho: Fact | None) -> Pair:
    """An invoice with both sides."""
    return Pair(key, "invoices", number, party, state, here, zoho, str(460000000000000 + key))


DIFFERING = [
    pair(1, "MSE/26-27/1481", "Aurora Hospitality Group", RecordState.PENDING, fact("98600"), fact("96600")),
    pair(2, "MSE/26-27/1484", "Padma Tea Estates", RecordState.UNKNOWN, fact("41250.50"), None),
    pair(3, "MSE/26-27/1402", "Harrow & Finch Ltd", RecordState.PENDING, fact("1280", currency="EUR"),
         fact("1280", "2026-11-01", "EUR")),
    pair(4, "MSE/26-27/1390", "Café Lumière SARL", RecordState.CONFLICT, fact("7600", currency="EUR"),
         fact("7600", currency="EUR")),
    pair(5, "MSE/26-27/1377", "श्री बालाजी ट्रेडर्स", RecordState.PENDING, fact("12600", void=True), fact("12600")),
    pair(6, "MSE/26-27/1499", "Bergmann & Söhne GmbH", RecordState.PROBLEM, fact(None, currency="KWD"), None),
]  # fmt: skip


def equal_pairs() -> list[Pair]:
    """What is the same on both sides."""
    found = []
    for key in range(100, 160):
        code, amount = (("INR", "98600.00"), ("EUR", "1318.75"), ("JPY", "128000"))[key % 3]
        side = fact(amount, f"2026-10-{key % 28 + 1:02d}", code)
        module = "invoices" if key % 2 else "customerpayments"
        found.append(Pair(key, module, f"MSE/{key}", "Aurora", RecordState.SYNCED, side, side, str(key)))
    return found


SHIFTS = (
    DayShift(
        7, "invoices", "MSE/26-27/1420", "Aurora Hospitality Group", "2026-10-31",
        datetime(2026, 10, 31, 20, 15, tzinfo=UTC), "2026-11-01", "2026-10-31", "2026-10-31", crosses=True,
    ),
)  # fmt: skip


class FakeClosing:
    """Answers like ``app.closing.Closing``; ``differing`` False: both sides are equal."""

    def __init__(self, desk: FakeDesk, *, differing: bool = True) -> None:
        self.desk, self.differing = desk, differing
        self.asked: list[tuple[Request, Fresh | None]] = []
        self.fails: ZbdeskError | None = None

    def tie_out(self, request: Request, fresh: Fresh | None = None) -> TieOut:
        """The period's pairs, tied for real."""
        spans = periods(request.first, request.last, request.split, 4)
        totals, lines = tie([*equal_pairs(), *(DIFFERING if self.differing else [])], spans)
        connection = self.desk.overview.connection
        assert connection is not None
        modules = ("invoices", "customerpayments")
        return TieOut(
            request, connection.organization.organization_id, connection.organization.name, "Asia/Kolkata", 4, NOW,
            modules, spans, totals, lines, SHIFTS if self.differing else (),
            tuple((name, NOW - timedelta(minutes=12)) for name in modules), None if fresh is None else fresh.at,
        )  # fmt: skip

    def look(self, request: Request, webhooks: WebhookOverview | None, fresh: Fresh | None = None) -> Close:
        """Tie-out and checklist."""
        self.asked.append((request, fresh))
        if self.fails is not None:
            raise self.fails
        overview = self.desk.overview
        assert overview.connection is not None
        tied = self.tie_out(request, fresh)
        checks = checklist(overview, webhooks, tied, (("invoices", 3 if self.differing else 0),), now=NOW)
        return Close(tied, checks, overview.connection, (412, "ab" * 32))


def attach(desk: FakeDesk, *, differing: bool = True) -> FakeClosing:
    """Give a desk a month to close."""
    desk.closing = FakeClosing(desk, differing=differing)
    if not differing:
        connection = desk.overview.connection
        modules = tuple(replace(one, as_of=NOW) for one in desk.overview.modules)
        desk.overview = replace(
            desk.overview, connection=connection, pending=0, unknown=0, conflicts=0, problems=0, modules=modules,
            last_success_at=NOW,
        )  # fmt: skip
    return desk.closing


OCTOBER = Request(date(2026, 10, 1), date(2026, 10, 31), "month")
