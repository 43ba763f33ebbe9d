"""Building the two organizations from one seed, so that the same seed and day always give the same books.

Order matters: settings, parties and items first, then sales, then purchases, then what the accountant adds; ids grow in
that order, as they would have.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from zbdesk.demo import ledger, seed_books, seed_parties, seed_purchases, seed_sales, seed_settings
from zbdesk.demo.clock import CompanyClock
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.organization import Organization, Profile

MERIDIAN = Profile(
    "60024681357",
    "Meridian Spices & Exports Pvt. Ltd.",
    "India",
    "IN",
    "Maharashtra",
    "Mumbai",
    "INR",
    "Asia/Kolkata",
    "india",
    "Premium",
    "27AAFCM4821K1Z6",
    "982000001",
)
HARBOUR_LANE = Profile(
    "20091357246",
    "Harbour Lane Studio Ltd",
    "United Kingdom",
    "GB",
    "England",
    "Brighton",
    "GBP",
    "Europe/London",
    "uk",
    "Standard",
    "GB 284 1957 63",
    "731000002",
)

SMALL: Mapping[str, int] = {
    "contacts": 66,
    "items": 36,
    "estimates": 38,
    "salesorders": 34,
    "invoices": 168,
    "creditnotes": 16,
    "bills": 56,
    "purchaseorders": 22,
    "expenses": 52,
    "journals": 18,
    "banktransactions": 30,
    "time_entries": 40,
}
"""Main modules of the first organization at the smallest scale; payments and the rest follow from these."""

_SMALL_TOTAL = 900
MONTHS = 14


class Sower:
    """What all parts of the seed share: one generator, one organization, the days of business."""

    def __init__(
        self, org: Organization, rng: random.Random, sizes: Mapping[str, int], opened: date | None = None
    ) -> None:
        self.org = org
        self.rng = rng
        self.sizes = sizes
        self.today = opened or org.today()
        self.now = org.clock.seconds()
        if opened is not None:
            self.now = min(self.now, int(datetime.combine(opened, time(17), org.zone).timestamp()))
        self.first_day = self.today - timedelta(days=MONTHS * 30 + 6)
        self._offsets: dict[date, int] = {}

    def days(self, count: int) -> list[date]:
        """That many business days over the period, oldest first, the last ones close to today."""
        span = (self.today - self.first_day).days
        rng = self.rng
        return sorted(self.first_day + timedelta(days=int(span * rng.random())) for _ in range(count))

    def moment(self, day: date, early: int = 9, late: int = 18) -> int:
        """Some second of office hours on a day, never after now."""
        start = self._offsets.get(day)
        if start is None:
            start = int(datetime.combine(day, time(0), self.org.zone).timestamp())
            self._offsets[day] = start
        return min(start + int((early + (late - early) * self.rng.random()) * 3600), self.now)

    def record(self, fields: Fields, created: int, modified: int | None = None) -> Record:
        """A record with stamps; not yet in a collection."""
        return Record(self.org.next_id(), fields, created, max(created, created if modified is None else modified))

    def keep(self, module: str, records: list[Record]) -> None:
        """Put records into the organization at once."""
        self.org[module].fill(records)
        for record in records:
            self.org.link(module, record)


def sizes_for(options: DemoOptions, *, share: float) -> dict[str, int]:
    """Record counts for one organization; ``share`` is its part of the whole."""
    factor = share if options.scale == "small" else share * int(options.scale) / _SMALL_TOTAL
    return {name: max(2, round(count * factor)) for name, count in SMALL.items()}


def build(options: DemoOptions, clock: CompanyClock, lock: threading.RLock) -> list[Organization]:
    """Both organizations, seeded."""
    out = []
    for number, (profile, share) in enumerate(((MERIDIAN, 1.0), (HARBOUR_LANE, 0.22))):
        org = Organization(profile, clock, lock)
        sizes = sizes_for(options, share=1.0 if number == 0 else share)
        if number == 0:
            sizes.update(options.sizes)
        elif options.sizes:
            sizes = sizes_for(DemoOptions(), share=share)
        _sow(Sower(org, random.Random(f"{options.seed}:{profile.organization_id}"), sizes, options.opened))
        out.append(org)
    return out


def _sow(sower: Sower) -> None:
    seed_settings.sow(sower)
    seed_parties.sow(sower)
    seed_sales.sow(sower)
    seed_purchases.sow(sower)
    seed_books.sow(sower)
    ledger.recount_contacts(sower.org)
