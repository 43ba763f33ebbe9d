"""A tie-out over a real database, whatever states its records are in: figures, differences, dates, the checklist."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.build import connection, row
from zbdesk.app import tieout
from zbdesk.app.closing import Closing
from zbdesk.app.desk import NotConnected
from zbdesk.domain.closing import Standing
from zbdesk.domain.errors import UsageError
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import ConnectionState, RunKind, RunResult
from zbdesk.domain.tieout import Fresh, Kind, Request, TieOut
from zbdesk.domain.views import Connection, WebhookOverview
from zbdesk.domain.way import ModuleGap, WebhookHealth, WebhookWay
from zbdesk.store import (
    attempts,
    conflicts,
    connections,
    cursors,
    diary,
    documents,
    module_states,
    new_records,
    problems,
    runs,
    trees,
)
from zbdesk.store.attempts import Outcome
from zbdesk.store.cursors import Cursor
from zbdesk.store.database import Database
from zbdesk.store.new_records import Columns

AT = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
NOVEMBER = Request(date(2026, 11, 1), date(2026, 11, 30), "month")
LINES = [{"name": "Seat", "quantity": "1", "rate": "119.00"}]


@dataclass
class Books:
    """A database with one connection."""

    db: Database
    connection: Connection

    def mirror(self, remote_id: str, module: str = "invoices", **changes: Any) -> int:
        """A record as Zoho has it."""
        changes.setdefault("payload", json.dumps({
            "invoice_id": remote_id, "date": changes.get("date", "2026-11-01"),
            "total": str(Decimal(changes.get("total", 119_000_000) or 0) / 1_000_000),
            "created_time": changes.pop("made", "2026-11-01T12:00:00+0100"),
        }).encode())  # fmt: skip
        with self.db.transaction():
            trees.store_page(
                self.db, self.connection.id, module, [row(remote_id, **changes)], scan_id=0, want_detail=False
            )
            return int(self.db.value("SELECT id FROM record WHERE remote_id = ?", (remote_id,)))

    def ours(self, record_id: int, *, rests: bool = False, **options: Any) -> int:
        """A local side of a record; ``rests``: nothing of it is to be sent."""
        fields = options.pop("fields", {"date": "2026-11-01", "line_items": LINES})
        documents.put(self.db, record_id, fields, at=AT, **options)
        if rests:
            documents.rest(self.db, record_id)
        return record_id

    def new(self, number: str, **fields: Any) -> int:
        """A document that only this computer has."""
        document = {"date": "2026-11-05", "line_items": LINES} | fields
        with self.db.transaction():
            record_id = new_records.new_record(
                self.db, self.connection.id, "invoices",
                columns=Columns(number=number, date=str(document["date"]), currency="EUR"),
            )  # fmt: skip
            documents.put(self.db, record_id, document, at=AT)
            return record_id

    def tie(self, request: Request = NOVEMBER, **options: Any) -> TieOut:
        """The tie-out."""
        return tieout.look(self.db, self.connection, request, now=AT, **options)

    def clear(self) -> None:
        """Nothing but the connection."""
        with self.db.transaction():
            for table in ("attempt", "problem", "local", "synced", "remote", "record"):
                self.db.execute(f"DELETE FROM {table}")

    def choose(self, *names: str) -> None:
        """Switch modules on."""
        with self.db.transaction():
            module_states.set_enabled(self.db, self.connection.id, names)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """An empty mirror of a German company."""
    with Database.open(tmp_path / "mirror.db", now=lambda: AT) as db:
        saved = connections.save(db, replace(connection(), read_only=False))
        found = Books(db, saved)
        found.choose("invoices", "customerpayments")
        yield found


def adds_up(found: TieOut) -> None:
    """Each place's difference is the sum of its lines."""
    value: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    count: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in found.lines:
        value[line.module, line.period, line.currency] += line.difference
        count[line.module, line.period, line.currency] += line.here_count - line.zoho_count
    for total in found.totals:
        place = (total.module, total.period, total.currency)
        assert total.here - total.zoho == value[place]
        assert total.here_count - total.zoho_count == count[place]


def unknown(books: Books, record_id: int) -> None:
    """A write without an answer."""
    attempt = attempts.begin(
        books.db, record_id, operation_key=f"k{record_id}", operation="update", snapshot={}, recognise={}, revision=1,
        at=AT,
    )  # fmt: skip
    attempts.settle(books.db, attempt, Outcome.UNKNOWN, at=AT)


def problem(books: Books, record_id: int) -> None:
    """Something that a person has to settle."""
    problems.raise_problem(
        books.db, books.connection.id, cause="validation", message="No.", remedy="Do.", at=AT, record_id=record_id
    )


def conflict(books: Books, record_id: int) -> None:
    """Both sides changed the same field."""
    books.ours(record_id)
    conflicts.note_conflict(books.db, record_id, [{"name": "notes", "base": "a", "local": "b", "remote": "c"}], at=AT)


Story = Callable[[Books, str, str, int, str], None]


def gone(books: Books, key: str, day: str, amount: int, code: str) -> None:
    """Deleted in Zoho Books."""
    trees_id = books.mirror(key, date=day, total=amount, currency=code)
    with books.db.transaction():
        trees.mark_deleted(books.db, [trees_id], AT)


def gone_but_ours(books: Books, key: str, day: str, amount: int, code: str) -> None:
    """Deleted in Zoho Books, and here there is a document."""
    record_id = books.ours(books.mirror(key, date=day, total=amount, currency=code), rests=True)
    with books.db.transaction():
        trees.mark_deleted(books.db, [record_id], AT)


STORIES: dict[str, Story] = {
    "mirrored": lambda b, k, d, a, c: void_of(b.mirror(k, date=d, total=a, currency=c)),
    "void": lambda b, k, d, a, c: void_of(b.mirror(k, date=d, total=a, currency=c, status="void")),
    "draft": lambda b, k, d, a, c: void_of(b.mirror(k, date=d, total=a, currency=c, status="draft")),
    "agreed": lambda b, k, d, a, c: void_of(b.ours(b.mirror(k, date=d, total=a, currency=c), rests=True)),
    "own total": lambda b, k, d, a, c: void_of(
        b.ours(b.mirror(k, date=d, total=a, currency=c), rests=True,
               fields={"date": d, "line_items": LINES, "total": "118.99"})),
    "edited": lambda b, k, d, a, c: void_of(
        b.ours(b.mirror(k, date=d, total=a, currency=c), fields={"date": "2026-11-28", "total": "42.50"})),
    "deleted here": lambda b, k, d, a, c: void_of(b.ours(b.mirror(k, date=d, total=a, currency=c), deleted=True)),
    "void here": lambda b, k, d, a, c: void_of(b.ours(b.mirror(k, date=d, total=a, currency=c), wishes=("void",))),
    "other currency": lambda b, k, d, a, c: void_of(
        b.ours(b.mirror(k, date=d, total=a, currency=c),
               fields={"date": d, "currency": {"code": "CHF"}, "total": "7"})),
    "unknown": lambda b, k, d, a, c: unknown(b, b.ours(b.mirror(k, date=d, total=a, currency=c))),
    "conflict": lambda b, k, d, a, c: conflict(b, b.mirror(k, date=d, total=a, currency=c)),
    "problem": lambda b, k, d, a, c: problem(b, b.ours(b.mirror(k, date=d, total=a, currency=c))),
    "new": lambda b, k, d, a, c: void_of(b.new(k, date=d)),
    "gone": gone,
    "gone but ours": gone_but_ours,
}  # fmt: skip


def void_of(_value: object) -> None:
    """A story tells nothing."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(sorted(STORIES)),
            st.dates(date(2026, 10, 20), date(2026, 12, 10)),
            st.integers(-(10**15), 10**15),
            st.sampled_from(["EUR", "JPY", "KWD"]),
        ),
        max_size=12,
    ),
    split=st.sampled_from(["month", "quarter", "whole"]),
)
def test_whatever_the_states_lines_add_up(books: Books, told: list[tuple[str, date, int, str]], split: str) -> None:
    """Every mixture of states: differences are the sums of their lines, and Zoho's side is what Zoho lists."""
    books.clear()
    for at, (name, day, amount, code) in enumerate(told):
        STORIES[name](books, f"7{at}", day.isoformat(), amount, code)
    found = books.tie(replace(NOVEMBER, split=split))
    adds_up(found)
    inside = [
        (amount, code)
        for name, day, amount, code in told
        if name not in {"void", "gone", "gone but ours", "new"} and date(2026, 11, 1) <= day <= date(2026, 11, 30)
    ]
    assert sum(total.zoho_count for total in found.totals) == len(inside)
    for code in ("EUR", "JPY", "KWD"):
        listed = sum(amount for amount, its in inside if its == code)
        shown = sum((total.zoho for total in found.totals if total.currency == code), Decimal(0))
        assert shown == Decimal(listed).scaleb(-6)


@pytest.mark.parametrize(
    ("story", "kinds"),
    [
        ("mirrored", []),
        ("void", []),
        ("agreed", []),
        ("own total", [Kind.AMOUNT]),
        ("deleted here", [Kind.ONLY_ZOHO]),
        ("void here", [Kind.VOID_HERE]),
        ("edited", [Kind.AMOUNT]),
        ("other currency", [Kind.CURRENCY, Kind.CURRENCY]),
        ("new", [Kind.ONLY_HERE]),
        ("gone", []),
        ("gone but ours", [Kind.ONLY_HERE]),
    ],
)
def test_each_state_has_its_line(books: Books, story: str, kinds: list[Kind]) -> None:
    """What a person reads beside the record."""
    STORIES[story](books, "71", "2026-11-10", 119_000_000, "EUR")
    found = books.tie()
    assert [line.kind for line in found.lines] == kinds
    adds_up(found)


def test_a_moved_date_stands_in_both_months(books: Books) -> None:
    """Dated into November here and into October there: each month says so, and the quarter does not."""
    books.ours(books.mirror("71", date="2026-10-31"), fields={"date": "2026-11-01", "total": "119.00"})
    quarter = Request(date(2026, 10, 1), date(2026, 12, 31), "month")
    found = books.tie(quarter)
    assert [(line.period, line.kind, line.here_count, line.zoho_count) for line in found.lines] == [
        ("2026-10", Kind.DATE, 0, 1), ("2026-11", Kind.DATE, 1, 0),
    ]  # fmt: skip
    assert [(line.kind) for line in books.tie(replace(quarter, split="quarter")).lines] == [Kind.PENDING]
    assert [(line.kind) for line in books.tie().lines] == [Kind.DATE]


def test_a_total_of_the_source_counts_until_its_lines_change(books: Books) -> None:
    """After somebody changed the lines in Zoho Books and they came here, the source's old total is no measure."""
    given_ = {"date": "2026-11-01", "line_items": LINES, "total": "118.99"}
    record_id = books.mirror("71")
    books.ours(record_id, rests=True, fields=given_, given=given_)
    assert [line.difference for line in books.tie().lines] == [Decimal("-0.01")]
    dearer = [{"name": "Seat", "quantity": "2", "rate": "119.00"}]
    books.ours(record_id, rests=True, fields={**given_, "line_items": dearer})
    assert books.tie().lines == ()


def test_an_amount_nobody_can_tell_is_counted_as_such(books: Books) -> None:
    """A new document without prices counts, adds nothing, and keeps both sides from being equal."""
    books.new("NEW-1", line_items=[{"name": "Seat"}])
    found = books.tie()
    (total,) = found.totals
    assert (total.here_count, total.here, total.unknown, found.equal) == (1, Decimal(0), 1, False)
    assert found.lines[0].here is None


def test_a_payment_counts_in_its_customers_currency(books: Books) -> None:
    """Zoho's list of payments names none."""
    books.mirror("c1", "contacts", party_id=None, currency="USD")
    books.mirror("p1", "customerpayments", party_id="c1", currency=None)
    assert [(total.module, total.currency) for total in books.tie().totals] == [("customerpayments", "USD")]


def fresh(*rows: RemoteRow) -> Fresh:
    """What Zoho listed just now."""
    return Fresh(AT, {"invoices": rows})


def test_a_fresh_look_finds_what_changed_since(books: Books) -> None:
    """New there, gone there, another amount, moved into the month: each by its record, and the sums hold."""
    books.mirror("1")
    books.mirror("2")
    books.mirror("3", total=5_000_000)
    books.mirror("4", date="2026-10-31")
    found = books.tie(
        fresh=fresh(row("1"), row("3", total=6_000_000), row("4", date="2026-11-02"), row("5", number="INV-5"))
    )
    assert {(line.remote_id, line.kind) for line in found.lines} == {
        ("2", Kind.ONLY_HERE), ("3", Kind.AMOUNT), ("4", Kind.DATE), ("5", Kind.ONLY_ZOHO),
    }  # fmt: skip
    assert next(line for line in found.lines if line.remote_id == "5").record_id is None
    adds_up(found)
    assert found.modules == ("invoices",)


# -- dates that depend on the clock ----------------------------------------------------------------------------------

TOKYO, HONOLULU = ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Honolulu")


def test_a_document_made_around_midnight_at_the_end_of_a_month_is_flagged(books: Books) -> None:
    """23:30 in Berlin on the 31st is the 31st in UTC and the 1st in Tokyo; noon is one day everywhere nearby."""
    books.mirror("1", date="2026-10-31", made="2026-10-31T23:30:00+0100")
    books.mirror("2", date="2026-11-01", made="2026-11-01T00:15:00+0100")
    books.mirror("3", date="2026-11-01", made="2026-11-01T12:00:00+0100")
    books.mirror("4", date="2026-11-30", made="2026-12-04T00:15:00+0100")
    found = books.tie(computer=TOKYO)
    shown = {shift.number: shift for shift in found.shifts}
    assert set(shown) == {"INV-1", "INV-2"}
    second = shown["INV-2"]
    assert (second.organization_day, second.utc_day, second.computer_day) == ("2026-11-01", "2026-10-31", "2026-11-01")
    assert second.crosses


def test_one_zone_and_one_clock_flag_nothing(books: Books) -> None:
    """A company in London in winter whose computers stand there has no such dates."""
    zone = replace(books.connection.organization, time_zone="Europe/London")
    books.connection = replace(books.connection, organization=zone)
    books.mirror("1", date="2026-11-30", made="2026-11-30T23:59:00+0000")
    assert books.tie(computer=ZoneInfo("Europe/London")).shifts == ()
    assert [s.computer_day for s in books.tie(computer=HONOLULU).shifts] == []
    books.mirror("2", date="2026-12-01", made="2026-12-01T00:01:00+0000")
    assert [s.computer_day for s in books.tie(computer=HONOLULU).shifts] == ["2026-11-30"]


@given(
    made=st.integers(0, 365 * 24 * 60).map(lambda minutes: AT + timedelta(minutes=minutes)),
    zone=st.sampled_from(["Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles", "UTC"]),
)
def test_days_of_a_moment_are_those_of_the_three_clocks(made: datetime, zone: str) -> None:
    """Never more than a day apart from UTC, and equal where the zones are."""
    organization, utc, computer = tieout.days_of(made, ZoneInfo(zone), UTC)
    assert utc == computer == made.date().isoformat()
    assert abs((date.fromisoformat(organization) - made.date()).days) <= 1
    assert tieout.days_of(made, ZoneInfo(zone), ZoneInfo(zone))[0] == organization


# -- what is refused, and the checklist ------------------------------------------------------------------------------


def test_a_request_that_makes_no_sense_is_refused() -> None:
    """The end before the beginning, a module without amounts, a span of decades."""
    for request in (
        Request(date(2026, 2, 1), date(2026, 1, 1)),
        Request(date(1990, 1, 1), date(2026, 1, 1)),
        Request(date(2026, 1, 1), date(2026, 2, 1), "month", ("taxes",)),
        Request(date(2026, 1, 1), date(2026, 2, 1), "month", ("nothing",)),
    ):
        with pytest.raises(UsageError):
            tieout.checked(request)
    assert tieout.checked(Request(date(2026, 1, 1), date(2026, 2, 1), "month", ("Invoices", "invoice"))).modules == (
        "invoices",
    )


def test_without_a_connection_there_is_nothing_to_close() -> None:
    """The command line says so instead of showing zeros."""
    with pytest.raises(NotConnected):
        Closing(None, AT).tie_out(NOVEMBER)
    assert Closing(None, AT).modules() == ()
    assert Closing(None, AT).diary_has("1", 1, "x") is None


def in_order(books: Books, as_of: datetime = AT) -> None:
    """A last pass that came to its end, and lists read to theirs."""
    run = runs.start(books.db, books.connection.id, RunKind.DELTA, AT - timedelta(minutes=2))
    runs.finish(books.db, run, RunResult.OK, AT - timedelta(minutes=1), message="In order.")
    with books.db.transaction():
        for name in ("invoices", "customerpayments"):
            cursor = cursors.get(books.db, books.connection.id, name)
            cursors.put(books.db, books.connection.id, name, replace(cursor, first_done=True, as_of=as_of))


def standings(books: Books, webhooks: WebhookOverview | None = None) -> dict[str, Standing]:
    """Each point as it stands."""
    found = Closing(books.db, AT).look(NOVEMBER, webhooks)
    return {check.key: check.standing for check in found.checks.checks}


def test_a_month_in_order_has_every_point_done(books: Books) -> None:
    """Nothing open: complete."""
    in_order(books)
    books.mirror("1")
    assert set(standings(books).values()) == {Standing.DONE}
    assert Closing(books.db, AT).look(NOVEMBER, None).checks.complete


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda b: b.new("N"), "outgoing"),
        (lambda b: unknown(b, b.ours(b.mirror("2"))), "unknown"),
        (lambda b: conflict(b, b.mirror("2")), "conflicts"),
        (lambda b: problem(b, b.mirror("2")), "problems"),
        (lambda b: b.mirror("2", status="draft"), "drafts"),
        (lambda b: b.ours(b.mirror("2"), rests=True, fields={"total": "1.00"}), "tie_out"),
        (lambda b: in_order(b, datetime(2026, 11, 30, 20, tzinfo=UTC)), "in_order"),
        (lambda b: connections.set_state(b.db, b.connection.id, ConnectionState.PAUSED), "in_order"),
        (lambda b: b.choose("invoices", "customerpayments", "bills"), "in_order"),
    ],
)
def test_each_point_opens_by_what_it_is_about(books: Books, spoil: Callable[[Books], object], key: str) -> None:
    """One thing out of order opens its point."""
    in_order(books)
    books.mirror("1")
    spoil(books)
    assert standings(books)[key] is Standing.OPEN


def way(state: str, missed: int = 0, waiting: int = 0) -> WebhookOverview:
    """How the webhooks stand."""
    health = WebhookHealth(state, AT, AT, "", "")
    gaps = (ModuleGap("invoices", 10, missed),) if missed else ()
    return WebhookOverview("http://127.0.0.1:8971/x", "https://a.example/x", waiting=waiting, way=WebhookWay(
        health=health, gaps=gaps))  # fmt: skip


def test_webhooks_are_open_only_where_they_are_set_up_and_fail(books: Books) -> None:
    """Looking at intervals finds everything: without webhooks nothing is open."""
    in_order(books)
    assert standings(books, None)["webhooks"] is Standing.DONE
    assert standings(books, way("untested"))["webhooks"] is Standing.DONE
    assert standings(books, way("healthy"))["webhooks"] is Standing.DONE
    assert standings(books, way("gap", missed=3))["webhooks"] is Standing.OPEN
    assert standings(books, way("failing"))["webhooks"] is Standing.OPEN
    assert standings(books, way("healthy", waiting=2))["webhooks"] is Standing.OPEN


def test_a_date_that_slips_is_worth_a_look_and_keeps_nothing_open(books: Books) -> None:
    """It may be right: a person looks."""
    in_order(books)
    books.mirror("1", date="2026-11-01", made="2026-11-01T00:15:00+0100")
    found = Closing(books.db, AT).look(NOVEMBER, None).checks
    assert {check.key: check.standing for check in found.checks}["day_shift"] is Standing.LOOK
    assert found.complete


def test_the_history_is_asked_for_its_line(books: Books) -> None:
    """Right hash, wrong hash, no such line, another organization."""
    diary.add(books.db, books.connection.id, "note", "First.", at=AT)
    seq, digest = diary.head(books.db, books.connection.id)
    asked = Closing(books.db, AT)
    own = books.connection.organization.organization_id
    assert asked.diary_has(own, seq, digest) is True
    assert asked.diary_has(own, seq, "0" * 64) is False
    assert asked.diary_has(own, seq + 5, digest) is None
    assert asked.diary_has("other", seq, digest) is None
    assert asked.diary_has(own, 0, "") is True


def test_a_list_that_was_never_read_to_its_end_is_named(books: Books) -> None:
    """Its figures are not all there is: both sides are not called equal."""
    books.mirror("1")
    found = books.tie()
    assert found.unread == ("invoices", "customerpayments")
    assert not found.equal
    assert isinstance(cursors.get(books.db, books.connection.id, "invoices"), Cursor)
