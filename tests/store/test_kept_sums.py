"""The dashboard's sums, kept beside the records: always what counting them anew finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from sqlite3 import IntegrityError

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from zbdesk.domain.records import RemoteRow
from zbdesk.store import connections, figures, indexes, kept_sums, trees
from zbdesk.store.database import Database

from .build import NOW, connection, now, row
from .kept import assert_kept

TODAY = date(2026, 11, 20)
MODULES = ("contacts", "invoices", "customerpayments", "bills")

amounts = st.none() | st.integers(min_value=-(2**62), max_value=2**62) | st.integers(0, 5_000_000)
statuses = st.sampled_from([None, "sent", "paid", "draft", "void"])
currencies = st.sampled_from([None, "EUR", "USD"])
days = st.sampled_from([None, "2025-11-30", "2025-12-01", "2026-10-21", "2026-11-19", "2026-11-20", "2027-01-01"])
customers = st.sampled_from([None, "c0", "c1", "c2"])
VALUES = {
    "status": statuses, "currency": currencies, "date": days, "due_date": days, "total": amounts, "balance": amounts,
    "party_id": customers,
}  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> tuple[str, RemoteRow]:
    """A record of one of the modules; customers are told apart by few ids, so that documents meet them."""
    module = draw(st.sampled_from(MODULES))
    remote_id = (
        draw(st.sampled_from(["c0", "c1", "c2"])) if module == "contacts" else f"{module}{draw(st.integers(0, 5))}"
    )
    return module, row(remote_id, **{column: draw(values) for column, values in VALUES.items()})


class Sums(RuleBasedStateMachine):
    """Whatever is written in whatever order, by the program or past it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()

    @initialize(before=st.lists(records(), max_size=12))
    def begin(self, before: list[tuple[str, RemoteRow]]) -> None:
        """Some records are there when the sums are made; two connections share the tables."""
        self.db = self.stack.enter_context(Database.open(self.path(), now=now))
        self.db.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
        self.cids = [connections.save(self.db, connection(name)).id for name in ("60001", "60002")]
        for module, one in before:
            self.store(0, module, one)
        indexes.build(self.db)

    def path(self) -> Path:
        """A place of its own."""
        from tempfile import TemporaryDirectory

        return Path(self.stack.enter_context(TemporaryDirectory())) / "mirror.db"

    def store(self, which: int, module: str, *rows: RemoteRow) -> None:
        """As a page of a list brings them."""
        with self.db.transaction():
            trees.store_page(self.db, self.cids[which], module, rows, scan_id=0, want_detail=False)

    @rule(which=st.integers(0, 1), one=records())
    def stored(self, which: int, one: tuple[str, RemoteRow]) -> None:
        """New or changed in Zoho Books."""
        self.store(which, *one)

    @rule(data=st.data())
    def gone(self, data: st.DataObject) -> None:
        """Deleted in Zoho Books."""
        rows = self.db.all("SELECT id FROM record WHERE gone = 0 ORDER BY id")
        if rows:
            with self.db.transaction():
                trees.mark_deleted(self.db, [data.draw(st.sampled_from(rows))[0]], NOW)

    @rule(data=st.data())
    def removed(self, data: st.DataObject) -> None:
        """Taken out of the database."""
        rows = self.db.all("SELECT id FROM record ORDER BY id")
        if rows:
            with self.db.transaction():
                self.db.execute("DELETE FROM record WHERE id = ?", data.draw(st.sampled_from(rows)))

    @rule(data=st.data(), one=records())
    def detailed(self, data: st.DataObject, one: tuple[str, RemoteRow]) -> None:
        """A record's detail says more than its list row, and may bring it back."""
        rows = self.db.all("SELECT id FROM record WHERE remote_id IS NOT NULL ORDER BY id")
        if rows:
            record_id = data.draw(st.sampled_from(rows))[0]
            with self.db.transaction():
                trees.store_detail(self.db, record_id, one[1], b"{}")

    @rule(data=st.data())
    def unlinked(self, data: st.DataObject) -> None:
        """A record loses its place in Zoho Books, as after the books were restored from a copy."""
        rows = self.db.all("SELECT id FROM record WHERE remote_id IS NOT NULL ORDER BY id")
        if rows:
            with self.db.transaction():
                self.db.execute("UPDATE record SET remote_id = NULL WHERE id = ?", data.draw(st.sampled_from(rows)))

    @rule(data=st.data())
    def touched(self, data: st.DataObject) -> None:
        """One value of one record changes, as an edit or a payment does it."""
        rows = self.db.all("SELECT id FROM record ORDER BY id")
        if rows:
            column, values = data.draw(st.sampled_from(list(VALUES.items())))
            with self.db.transaction():
                self.db.execute(
                    f"UPDATE record SET {column} = ? WHERE id = ?",
                    (data.draw(values), data.draw(st.sampled_from(rows))[0]),
                )

    @rule(one=records())
    def taken_back(self, one: tuple[str, RemoteRow]) -> None:
        """A transaction that fails changes no sum."""

        def fail() -> None:
            with self.db.transaction():
                self.store(0, *one)
                self.db.execute("INSERT INTO record (id) VALUES (1)")

        with pytest.raises(IntegrityError):
            fail()

    @rule()
    def disconnected(self) -> None:
        """The second connection ends with its data; sums are made anew for the first one."""
        connections.delete_data(self.db, self.cids[1])
        self.cids[1] = connections.save(self.db, connection("60002")).id
        indexes.build(self.db)

    @invariant()
    def kept_is_counted(self) -> None:
        """The one promise."""
        if hasattr(self, "db"):
            assert_kept(self.db)

    def teardown(self) -> None:
        """Close."""
        self.stack.close()


TestSums = Sums.TestCase
TestSums.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.fixture
def books(path: Path) -> Iterator[tuple[Database, int]]:
    """A few customers with invoices and payments, on SQLite; sums are not kept yet."""
    with Database.open(path, now=now) as db:
        cid = connections.save(db, connection()).id
        with db.transaction():
            page = partial(trees.store_page, db, cid, scan_id=0, want_detail=False)
            page("contacts", [row("c1", currency="USD"), row("c2", currency=None)])
            page("invoices", [row(at, due_date=f"2026-{at:02}-15", party_id="c1") for at in range(1, 12)])
            page("customerpayments", [row(at, currency=None, party_id=f"c{at}", status=None) for at in (1, 2, 3)])
        yield db, cid


def test_kept_sums_answer_as_the_records_do(books: tuple[Database, int]) -> None:
    """The charts are the same before and after the sums are kept."""
    db, cid = books

    def charts() -> tuple[object, object]:
        return figures.receivables(db, cid, TODAY, "EUR"), figures.months(db, cid, TODAY, "EUR")

    before = charts()
    indexes.build(db)
    assert kept_sums.is_built(db)
    assert charts() == before
    assert {month.currency for month in figures.months(db, cid, TODAY, "EUR")} == {"EUR", "USD", ""}


CHANGES = [
    ("invoices", "1", "status", "draft"), ("invoices", "1", "balance", 0), ("invoices", "1", "balance", -5),
    ("invoices", "1", "balance", 7), ("invoices", "1", "due_date", None), ("invoices", "1", "due_date", "2026-03-03"),
    ("invoices", "1", "currency", None), ("invoices", "1", "total", None), ("invoices", "1", "total", -1),
    ("invoices", "1", "date", None), ("invoices", "1", "date", "2026-02-02"),
    ("customerpayments", "1", "status", "void"),
    ("customerpayments", "1", "party_id", "c2"), ("customerpayments", "2", "party_id", "c1"),
    ("customerpayments", "1", "party_id", None), ("customerpayments", "1", "currency", "EUR"),
    ("customerpayments", "1", "total", 3), ("customerpayments", "1", "date", "2026-02-02"),
    ("contacts", "c1", "currency", "EUR"), ("contacts", "c1", "currency", None), ("contacts", "c2", "currency", "USD"),
    ("contacts", "c1", "remote_id", None), ("contacts", "c1", "remote_id", "c3"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "remote_id", "column", "value"), CHANGES)
def test_each_value_that_counts_moves_the_sums(
    books: tuple[Database, int], module: str, remote_id: str, column: str, value: object
) -> None:
    """One value of one record changes by itself and back: both times the sums are those of the records."""
    db, _ = books
    indexes.build(db)
    (key, before) = db.one(
        f"""SELECT r.id, r.{column} FROM record r JOIN module_state m ON m.id = r.feed_id
        WHERE m.module = ? AND r.remote_id = ?""",
        (module, remote_id),
    ) or (0, None)
    sums = [db.all(f"SELECT * FROM {table} WHERE n > 0") for table in (kept_sums.OWED, kept_sums.MONTHS)]
    for now_is in (value, before):
        with db.transaction():
            db.execute(f"UPDATE record SET {column} = ? WHERE id = ?", (now_is, key))
        assert_kept(db)
    assert [db.all(f"SELECT * FROM {table} WHERE n > 0") for table in (kept_sums.OWED, kept_sums.MONTHS)] == sums
    assert db.value(f"SELECT COUNT(*) FROM {kept_sums.OWED} WHERE n = 0") == 0, "a day on which nobody owes is no row"


def test_a_customer_that_comes_or_goes_names_the_currency_of_its_payments(books: tuple[Database, int]) -> None:
    """A payment may be here before its customer, and stay when the customer is removed; other organizations' do not."""
    db, cid = books
    other = connections.save(db, connection("60002")).id
    theirs = row(3, currency=None, party_id="c3", status=None)
    with db.transaction():
        trees.store_page(db, other, "contacts", [row("c1", currency="AUD")], scan_id=0, want_detail=False)
        trees.store_page(db, other, "customerpayments", [theirs], scan_id=0, want_detail=False)
    indexes.build(db)
    with db.transaction():
        trees.store_page(db, cid, "contacts", [row("c3", currency="KWD")], scan_id=0, want_detail=False)
    assert "KWD" in {month.currency for month in figures.months(db, cid, TODAY, "EUR")}
    assert_kept(db)
    with db.transaction():
        db.execute("DELETE FROM record WHERE remote_id = 'c3'")
    assert "KWD" not in {month.currency for month in figures.months(db, cid, TODAY, "EUR")}
    assert_kept(db)


def test_charts_touch_no_record_once_sums_are_kept(books: tuple[Database, int]) -> None:
    """Neither chart reads the records, so that their number costs nothing."""
    db, cid = books
    indexes.build(db)
    (feed,) = db.one("SELECT id FROM module_state WHERE module = 'invoices'") or (0,)
    for sql, values in (kept_sums.owed(db, feed), kept_sums.by_month(db, feed, 0, "2025-12-01")):
        plan = " ".join(str(line[3]) for line in db.all(f"EXPLAIN QUERY PLAN {sql}", values))
        assert "SEARCH kept_" in plan
        assert "record" not in plan
    assert cid


def test_a_customers_documents_are_found_by_the_index(books: tuple[Database, int]) -> None:
    """A customer that arrives or changes costs a look at its own documents, not at all of them."""
    db, _ = books
    indexes.build(db)
    trigger = db.value("SELECT sql FROM sqlite_master WHERE name = ?", (f"{kept_sums.MONTHS}_customer_new",))
    select = trigger[trigger.index("SELECT r.feed_id") : trigger.index("ON CONFLICT")]
    probe = select.replace("NEW.feed_id", "1").replace("NEW.remote_id", "'c1'").replace("NEW.currency", "'USD'")
    plan = " ".join(str(line[3]) for line in db.all(f"EXPLAIN QUERY PLAN {probe}"))
    assert "SEARCH r USING INDEX record_by_party_id (feed_id=? AND party_id=?)" in plan


def test_sums_of_older_rules_are_made_anew(books: tuple[Database, int]) -> None:
    """What an earlier version kept under another number goes when this one's is made."""
    db, _ = books
    with db.transaction():
        db.execute("CREATE TABLE kept_month_0 (feed_id INTEGER)")
        db.execute("CREATE TRIGGER kept_month_0_new AFTER INSERT ON record BEGIN DELETE FROM kept_month_0; END")
    kept_sums.build(db)
    assert {name for (name,) in db.all("SELECT name FROM sqlite_master WHERE name LIKE 'kept_month_0%'")} == set()
    assert_kept(db)


def test_a_stop_while_they_are_made_leaves_none(books: tuple[Database, int]) -> None:
    """Making them is one transaction: half of the sums would be wrong sums."""
    db, _ = books
    with db.transaction():
        db.execute("CREATE TABLE unrelated (id INTEGER)")
        # The name of the last thing that is made is taken.
        db.execute(f"CREATE TRIGGER {kept_sums.MONTHS}_customer_moved AFTER INSERT ON unrelated BEGIN SELECT 1; END")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_sums, "drop", lambda _db: None)
        with pytest.raises(Exception, match="already exists"):
            kept_sums.build(db)
    assert not kept_sums.is_built(db)
    kept_sums.build(db)
    assert_kept(db)
