"""The sums behind the dashboard's charts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zbdesk.domain.figures import DayWord
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.store import connections, figures, runs, trees
from zbdesk.store.database import Database

from .build import NOW, later, row

TODAY = date(2026, 11, 20)


def store(db: Database, cid: int, module: str, *rows: RemoteRow) -> None:
    """Store rows of a module."""
    with db.transaction():
        trees.store_page(db, cid, module, rows, scan_id=0, want_detail=False)


def due(remote_id: str, days_late: int, balance: int = 1_000_000, **changes: object) -> RemoteRow:
    """An invoice that many days overdue."""
    return row(remote_id, due_date=(TODAY - timedelta(days=days_late)).isoformat(), balance=balance, **changes)


def test_an_invoice_is_in_the_bucket_of_its_days_overdue(db: Database, cid: int) -> None:
    """The edges belong to the younger bucket: due today is not late, 30 days late is still the first month."""
    late = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 900]
    store(db, cid, "invoices", *(due(f"i{days}", days) for days in late), row("none", due_date=None, balance=5_000_000))
    (owed,) = figures.receivables(db, cid, TODAY, "EUR")
    assert [(bucket.count, bucket.amount) for bucket in owed.buckets] == [
        (3, Decimal(7)),
        (2, Decimal(2)),
        (2, Decimal(2)),
        (2, Decimal(2)),
        (2, Decimal(2)),
    ]
    assert [(bucket.days_from, bucket.days_to) for bucket in owed.buckets] == [
        (None, 0), (1, 30), (31, 60), (61, 90), (91, None),
    ]  # fmt: skip
    assert (owed.total, owed.count) == (Decimal(15), 11)


def test_drafts_voids_and_paid_owe_nothing_and_currencies_stay_apart(db: Database, cid: int) -> None:
    """Only claims count, the organization's currency first, and no sum mixes currencies."""
    store(
        db, cid, "invoices",
        due("a", 3), due("b", 3, status="draft"), due("c", 3, status="void"), due("d", 3, balance=0),
        due("e", 3, currency="USD", balance=7_500_000), due("f", 3, currency="AUD", balance=1),
    )  # fmt: skip
    found = figures.receivables(db, cid, TODAY, "EUR")
    assert [(owed.currency, owed.total) for owed in found] == [
        ("EUR", Decimal(1)), ("AUD", Decimal("0.000001")), ("USD", Decimal("7.5")),
    ]  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(min_value=1, max_value=9_000_000_000_000_000), min_size=1, max_size=20))
def test_sums_are_exact_beyond_64_bits(db: Database, cid: int, amounts: list[int]) -> None:
    """However large the balances, their sum has every digit."""
    with db.transaction():
        db.execute("DELETE FROM record")
    store(db, cid, "invoices", *(due(f"x{at}", 3, amount) for at, amount in enumerate(amounts)))
    (owed,) = figures.receivables(db, cid, TODAY, "EUR")
    assert owed.total == Decimal(sum(amounts)).scaleb(-6)


def test_twelve_months_with_what_was_invoiced_and_received(db: Database, cid: int) -> None:
    """Months without a document are zero, older ones are left out, a payment counts in its customer's currency."""
    store(db, cid, "contacts", row("c1", currency="USD"), row("c2", currency="EUR"))
    store(
        db, cid, "invoices",
        row("a", date="2026-11-02", total=10_000_000), row("b", date="2025-12-01", total=2_000_000),
        row("old", date="2025-11-30", total=99_000_000), row("v", date="2026-11-03", status="void"),
    )  # fmt: skip
    store(
        db, cid, "customerpayments",
        row("p", date="2026-11-05", total=4_000_000, currency=None, party_id="c2", status=None),
        row("q", date="2026-10-05", total=3_000_000, currency=None, party_id="c1", status=None),
    )  # fmt: skip
    own, other = figures.months(db, cid, TODAY, "EUR")
    assert (own.currency, other.currency) == ("EUR", "USD")
    assert [month.first.isoformat()[:7] for month in own.months][:: len(own.months) - 1] == ["2025-12", "2026-11"]
    assert len(own.months) == 12
    assert (own.months[0].invoiced, own.months[-1].invoiced, own.months[-1].received) == (2, 10, 4)
    assert (other.months[-2].received, other.months[-2].invoiced) == (3, 0)


def test_each_day_has_its_word(db: Database, cid: int) -> None:
    """A day without a pass is missed, failures and an end are problems, before is before."""
    known = connections.current(db)
    assert known is not None

    def run(days_ago: int, result: RunResult) -> None:
        at = later(-86_400 * days_ago)
        runs.finish(db, runs.start(db, cid, RunKind.DELTA, at), result, at)

    run(0, RunResult.OK)
    run(1, RunResult.FAILED)
    run(1, RunResult.ATTENTION)
    run(2, RunResult.FAILED)
    run(2, RunResult.INTERRUPTED)
    days = figures.figures(db, known, now=NOW, since=None).health
    assert len(days) == 30
    assert days[-1].day == TODAY
    assert [day.word for day in days[-4:]] == [
        DayWord.BEFORE, DayWord.FAILED, DayWord.WITH_PROBLEMS, DayWord.IN_ORDER,
    ]  # fmt: skip
    assert figures.health(db, known, TODAY + timedelta(days=1), NOW.tzinfo)[-1].word is DayWord.MISSED  # type: ignore[arg-type]


def test_the_digest_names_the_largest_changes_first(db: Database, cid: int) -> None:
    """Amounts of other currencies are ordered by Zoho's last rate; the count is of all changes since then."""
    stamp = int(NOW.timestamp())
    rates = b'{"currency_id": "1", "currency_code": "USD", "exchange_rate": 2.5}'
    store(db, cid, "currencies", row("1", payload=rates, currency=None, total=None, balance=None))
    store(
        db, cid, "invoices",
        row("small", total=2_000_000, modified_at=stamp + 5),
        row("usd", total=-1_000_000, currency="USD", modified_at=stamp + 1),
        row("old", total=99_000_000, modified_at=stamp - 1), row("none", total=None, modified_at=stamp + 2),
    )  # fmt: skip
    found = figures.digest(db, cid, NOW, most=2)
    assert found.count == 3
    assert [change.number for change in found.changes] == ["INV-usd", "INV-small"]
    assert found.changes[0].amount == Decimal(-1)
