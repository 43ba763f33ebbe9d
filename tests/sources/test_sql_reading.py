"""A database as a source: reading, limits, and what goes wrong, on every server there is."""

from __future__ import annotations

import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources import sql_session
from zbdesk.sources.base import BackWrite, BadCell
from zbdesk.sources.sql import SqlQuery, SqlSource, WriteBackFailed
from zbdesk.sources.sql_address import BadAddress, NoDriver, address
from zbdesk.sources.sql_errors import (
    ColumnsChanged,
    DatabaseBusy,
    DatabaseDown,
    DuplicateColumns,
    MixedMark,
    NoSuchDatabase,
    NotADatabase,
    NotAllowed,
    QueryRefused,
    QueryStopped,
    QueryTooSlow,
    TooManyRows,
    WrongPassword,
)
from zbdesk.sources.sql_session import Limits
from zbdesk.sources.sql_statement import BadStatement

from .sql_places import Place, place_of

SALES = SqlQuery(
    "sales",
    "invoices",
    "SELECT id, customer, total, day, changed FROM orders WHERE changed >= :since ORDER BY id",
    since_column="changed",
    since_start="2000-01-01",
    needs=("id", "total"),
    back="UPDATE orders SET zoho_number = :number, zoho_status = :status, paid = :paid WHERE id = :source_id",
)
TABLE = """CREATE TABLE orders (id VARCHAR(20) PRIMARY KEY, customer VARCHAR(80), total NUMERIC(12, 2), day DATE,
    changed TIMESTAMP NOT NULL, zoho_number VARCHAR(40), zoho_status VARCHAR(20), paid NUMERIC(12, 2))"""


@pytest.fixture(scope="module", params=["sqlite", "postgres", "mysql"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A database server for this file's tests."""
    with place_of(request.param, tmp_path_factory.mktemp("shop")) as place:
        yield place


@pytest.fixture
def place(base: Place) -> Place:
    """The shop's database with two orders."""
    base.do(
        "DROP TABLE IF EXISTS orders",
        TABLE,
        "INSERT INTO orders (id, customer, total, day, changed) VALUES"
        " ('S-1', 'Zoë & Søn', 1234.50, '2026-11-03', '2026-11-03 10:00:00')",
        "INSERT INTO orders (id, customer, total, day, changed) VALUES"
        " ('S-2', 'Łódź', 99.90, '2026-11-04', '2026-11-04 11:30:00')",
    )
    return base


def shop(place: Place, one: SqlQuery = SALES, **more: object) -> SqlSource:
    """The source over that database."""
    return SqlSource.open("shop", place.url, [one], **more)


def taken(source: SqlSource, since: str | None = None, key: str = "sales") -> tuple[list[list[object]], str | None]:
    """All rows and the mark behind them."""
    reading = source.read(key, since)
    try:
        rows = [list(row.cells) for row in reading.rows()]
        return rows, reading.mark
    finally:
        reading.close()


# -- reading -----------------------------------------------------------------------------------------------------------


def test_rows_come_exact_and_without_floats(place: Place) -> None:
    """Amounts are decimals, letters of every script survive, and no cell is a float."""
    rows, _ = taken(shop(place))
    assert [row[0] for row in rows] == ["S-1", "S-2"]
    assert rows[0][1] == "Zoë & Søn"
    assert [Decimal(str(row[2])) for row in rows] == [Decimal("1234.50"), Decimal("99.90")]
    assert not any(isinstance(cell, float) for row in rows for cell in row)
    assert rows[0][3] in {date(2026, 11, 3), "2026-11-03"}  # SQLite keeps dates as text


def test_the_next_reading_begins_where_the_last_one_ended(place: Place) -> None:
    """The mark is the greatest value read, of the kind the column has; a later change comes, an old row does not."""
    source = shop(place)
    _, mark = taken(source)
    place.do("UPDATE orders SET total = 5, changed = '2026-11-09 08:00:00' WHERE id = 'S-1'")
    rows, later = taken(source, mark)
    assert [row[0] for row in rows] == ["S-1", "S-2"]  # inclusive: the row at the mark comes once more
    rows, last = taken(source, later)
    assert [row[0] for row in rows] == ["S-1"]
    assert taken(source, "2027-01-01") == ([], "2027-01-01")
    assert last == later


def test_a_growing_number_serves_as_a_mark_too(place: Place) -> None:
    """Without a beginning the first reading takes everything, also where the column is a number."""
    place.do("DROP TABLE IF EXISTS many", "CREATE TABLE many (n INTEGER, t VARCHAR(9))")
    place.do("INSERT INTO many VALUES (-5, 'a')", "INSERT INTO many VALUES (7, 'b')")
    start = "-9999" if place.kind == "mysql" else ""
    one = SqlQuery("sales", "items", "SELECT n, t FROM many WHERE n > :since ORDER BY n", "n", start)
    rows, mark = taken(shop(place, one))
    assert (len(rows), mark) == (2, "i:7")
    assert taken(shop(place, one), mark)[0] == []


def test_a_preview_says_what_the_columns_hold(place: Place) -> None:
    """The first rows, the kind of each column in words, and whether there is more."""
    preview = shop(place).preview("sales", count=1)
    assert preview.headings == ("id", "customer", "total", "day", "changed")
    assert (preview.kinds[0], len(preview.rows), preview.more) == ("text", 1, True)
    assert preview.kinds[2] == "amount"
    assert preview.kinds[3] == ("text" if place.kind == "sqlite" else "date")


def test_the_value_is_bound_and_never_becomes_a_part_of_the_query(place: Place) -> None:
    """What looks like a statement in the mark is compared as a value."""
    hostile = "s:' OR 1=1; DROP TABLE orders; --"
    one = SqlQuery("sales", "items", "SELECT id, customer FROM orders WHERE customer = :since", "customer", "x")
    assert taken(shop(place, one), hostile)[0] == []
    assert len(place.rows("SELECT id FROM orders")) == 2


# -- limits ------------------------------------------------------------------------------------------------------------

FOREVER = {
    "sqlite": "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS c FROM r",
    "postgres": "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS c FROM r",
    "mysql": "SELECT sleep(50) AS c",
}


def test_a_query_that_never_ends_is_stopped(place: Place) -> None:
    """A wrong query costs its time-out and no more."""
    source = shop(place, SqlQuery("sales", "items", FOREVER[place.kind]), limits=Limits(seconds=0.4))
    begun = time.monotonic()
    with pytest.raises(QueryTooSlow, match=r"0\.4 seconds"):
        taken(source)
    assert time.monotonic() - begun < 5


def test_a_running_query_can_be_stopped_from_another_thread(place: Place) -> None:
    """Cancel takes effect within a second or two, whatever the database is doing."""
    source = shop(place, SqlQuery("sales", "items", FOREVER[place.kind]), limits=Limits(seconds=60))
    question = sql_session.Question(source.where, source.limits)
    stopper = threading.Timer(0.3, question.stop)
    stopper.start()
    begun = time.monotonic()
    statement = source.check(source.queries["sales"])

    def ask() -> None:
        question.ask(statement, {})
        list(question.rows())

    with pytest.raises(QueryStopped):
        ask()
    assert time.monotonic() - begun < 5
    stopper.join()
    question.close()


def test_more_rows_than_anybody_can_mean_are_refused(place: Place) -> None:
    """The limit of rows is a sentence; a preview is not bound by it."""
    source = shop(place, limits=Limits(rows=1))
    with pytest.raises(TooManyRows):
        taken(source)
    assert len(source.preview("sales").rows) == 2


def test_many_rows_are_fetched_in_batches(place: Place) -> None:
    """A large result comes whole and in order, a batch at a time."""
    place.do("DROP TABLE IF EXISTS many", "CREATE TABLE many (n INTEGER)")
    for start in range(0, 5_000, 1_000):
        place.do("INSERT INTO many VALUES " + ", ".join(f"({n})" for n in range(start, start + 1_000)))
    rows, _ = taken(shop(place, SqlQuery("sales", "items", "SELECT n FROM many ORDER BY n")))
    assert [row[0] for row in rows] == list(range(5_000))


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_other_columns_than_yesterday_are_named(place: Place) -> None:
    """A column that the mapping needs is gone: its name stands in the sentence and nothing is taken."""
    source = shop(place, SqlQuery("sales", "invoices", "SELECT id, customer FROM orders", needs=("id", "total")))
    with pytest.raises(ColumnsChanged, match="total") as failure:
        source.read("sales")
    assert "id, customer" in failure.value.message
    place.do("ALTER TABLE orders RENAME TO sold")
    try:
        with pytest.raises(QueryRefused) as refused:
            taken(shop(place))
        assert "orders" in refused.value.message
    finally:
        place.do("ALTER TABLE sold RENAME TO orders")


def test_two_columns_of_one_name_are_refused(place: Place) -> None:
    """Nobody could say which of them is meant."""
    with pytest.raises(DuplicateColumns, match="id"):
        taken(shop(place, SqlQuery("sales", "items", "SELECT id, customer AS id FROM orders")))


def test_bytes_and_unreadable_numbers_are_bad_cells(place: Place) -> None:
    """A cell that holds no text, number or date says so instead of ending the reading."""
    blob = {"sqlite": "x'00ff'", "postgres": "'\\x00ff'::bytea", "mysql": "x'00ff'"}[place.kind]
    rows, _ = taken(shop(place, SqlQuery("sales", "items", f"SELECT {blob} AS b, 1.1 AS n, 2.5e0 AS f")))
    assert isinstance(rows[0][0], BadCell)
    assert (Decimal(str(rows[0][1])), rows[0][2]) == (Decimal("1.1"), Decimal("2.5"))


def test_a_select_that_would_change_something_is_refused_by_the_session(place: Place) -> None:
    """Even a text that gets past the check changes nothing: the session itself only reads."""
    driver = sql_session.sql_drivers.connect(address(place.url), seconds=5, read_only=True)
    try:
        with pytest.raises(driver.foreign):
            list(driver.select("UPDATE orders SET total = 0", {})[1])
    finally:
        driver.close()
    assert Decimal(str(place.rows("SELECT total FROM orders WHERE id = 'S-1'")[0][0])) == Decimal("1234.50")


# -- writing back ------------------------------------------------------------------------------------------------------

OUTCOME = BackWrite("S-1", "982001", "INV-000007", "paid", Decimal("1234.50"), Decimal("1000.25"), datetime.now(UTC))


def test_outcomes_are_written_back_only_where_that_is_switched_on(place: Place) -> None:
    """Number, status and paid amount reach the row of the document, to the last digit, and no other row."""
    shop(place).write_back([OUTCOME])
    assert place.rows("SELECT zoho_number FROM orders WHERE id = 'S-1'") == [(None,)]
    shop(place, writes_back=True).write_back([OUTCOME])
    [(number, status, paid)] = place.rows("SELECT zoho_number, zoho_status, paid FROM orders WHERE id = 'S-1'")
    assert (number, status, Decimal(str(paid))) == ("INV-000007", "paid", Decimal("1000.25"))
    assert place.rows("SELECT zoho_number FROM orders WHERE id = 'S-2'") == [(None,)]


def test_a_row_that_is_not_there_is_told_and_the_others_are_written(place: Place) -> None:
    """One outcome that cannot be written keeps no other from being written, and both lists are in the error."""
    with pytest.raises(WriteBackFailed) as failure:
        shop(place, writes_back=True).write_back([BackWrite("gone", number="X"), OUTCOME])
    assert (failure.value.done, [one for one, _ in failure.value.failed]) == (("S-1",), ["gone"])
    assert place.rows("SELECT zoho_number FROM orders WHERE id = 'S-1'") == [("INV-000007",)]


def test_a_statement_that_would_touch_several_rows_is_taken_back(place: Place) -> None:
    """A write-back that matches more than its document changes nothing."""
    back = "UPDATE orders SET zoho_number = :number WHERE id = :source_id OR 1 = 1"
    one = SqlQuery("sales", "invoices", "SELECT id FROM orders", back=back)
    with pytest.raises(WriteBackFailed):
        shop(place, one, writes_back=True).write_back([OUTCOME])
    assert {row[0] for row in place.rows("SELECT zoho_number FROM orders")} == {None}


def test_hostile_outcomes_stay_values(place: Place) -> None:
    """A number that looks like SQL is written as the text it is."""
    number = "'; DROP TABLE orders; --"
    shop(place, writes_back=True).write_back([BackWrite("S-1", number=number)])
    assert place.rows("SELECT zoho_number FROM orders WHERE id = 'S-1'") == [(number,)]


# -- one kind only -----------------------------------------------------------------------------------------------------


def test_an_sqlite_file_that_is_missing_or_something_else(tmp_path: Path) -> None:
    """A missing file is not made, an empty one and a text file are named for what they are."""
    one = SqlQuery("sales", "items", "SELECT 1 AS a")
    with pytest.raises(NoSuchDatabase):
        SqlSource.open("s", f"sqlite:///{tmp_path / 'none.db'}", [one]).read("sales")
    assert not (tmp_path / "none.db").exists()
    for content in (b"", b"this is no database at all, but long enough to be looked at" * 40):
        (tmp_path / "x.db").write_bytes(content)
        with pytest.raises(NotADatabase):
            SqlSource.open("s", f"sqlite:///{tmp_path / 'x.db'}", [one]).read("sales")


def test_an_sqlite_file_that_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's lock is a sentence and is tried again, not a wait for ever."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (a)")
        other.execute("BEGIN EXCLUSIVE")
        source = SqlSource.open(
            "s", f"sqlite:///{path}", [SqlQuery("sales", "items", "SELECT a FROM t")], limits=Limits(seconds=0.2)
        )
        with pytest.raises((DatabaseBusy, QueryTooSlow)):
            source.read("sales")


def test_sqlite_cannot_attach_or_load_anything(tmp_path: Path) -> None:
    """The authorizer refuses what a query has no business with, although the file is open."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (a)")
    with pytest.raises(NotAllowed):
        SqlSource.open("s", f"sqlite:///{path}", [SqlQuery("sales", "items", "SELECT load_extension('x') AS a")]).read(
            "sales"
        )


def test_a_mark_of_two_kinds_is_refused(tmp_path: Path) -> None:
    """SQLite lets a column hold numbers and texts; the next beginning would then be a guess."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (a)")
        other.execute("INSERT INTO t VALUES (1), ('x')")
        other.commit()
    one = SqlQuery("sales", "items", "SELECT a FROM t WHERE a >= :since", "a")
    with pytest.raises(MixedMark):
        taken(SqlSource.open("s", f"sqlite:///{path}", [one]))


def test_a_server_that_is_down_is_told_in_words() -> None:
    """Nothing listens there: it is tried again later, and the password is not repeated."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    source = SqlSource.open(
        "s", f"postgresql://me:s3cr3t-word@127.0.0.1:{port}/books", [SqlQuery("q", "items", "SELECT 1")]
    )
    with pytest.raises(DatabaseDown) as failure:
        source.read("q")
    assert "s3cr3t-word" not in f"{failure.value} {failure.value.__cause__!r} {source!r}"


def test_a_server_that_takes_the_call_and_says_nothing_does_not_hang() -> None:
    """A frozen server is cut off by our own clock."""
    with closing(socket.socket()) as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(1)
        url = f"postgresql://me:pw@127.0.0.1:{mute.getsockname()[1]}/books?sslmode=disable"
        source = SqlSource.open("s", url, [SqlQuery("q", "items", "SELECT 1")], limits=Limits(seconds=0.3))
        begun = time.monotonic()
        with pytest.raises((DatabaseDown, QueryTooSlow)):
            source.read("q")
        assert time.monotonic() - begun < sql_session.sql_drivers.CONNECT_SECONDS + 3


def test_wrong_password_and_missing_database(base: Place) -> None:
    """Each is a sentence of its own, and the password is in none."""
    if base.kind == "sqlite":
        pytest.skip("a file has no password")
    one = [SqlQuery("q", "items", "SELECT 1 AS a")]
    at = address(base.url)
    if base.kind == "mysql":
        wrong = f"mysql://nobody_here:s3cr3t-word@{at.host}:{at.port}/{at.database}"
        none = base.url.rpartition("/")[0] + "/no_such_books"
    else:
        wrong = f"postgresql://nobody_here:s3cr3t-word@/postgres?host={at.host}"
        none = f"postgresql://tester@/no_such_books?host={at.host}"
    with pytest.raises(WrongPassword) as failure:
        SqlSource.open("s", wrong, one).read("q")
    assert "s3cr3t-word" not in str(failure.value)
    with pytest.raises(NoSuchDatabase):
        SqlSource.open("s", none, one).read("q")


@pytest.mark.parametrize(
    "url",
    ["", "books.db", "oracle://me@host/db", "sqlite:///", "sqlite://", "sqlite:///:memory:", "postgresql://host",
     "postgresql://host:99999/db", "mysql://host/a/b", "postgresql://host/db?passfile=/etc/passwd", "mysql://h/a\nb"],
)  # fmt: skip
def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    """Each with a sentence; options that read other files are not known."""
    with pytest.raises(BadAddress):
        address(url)


def test_an_address_shows_no_password() -> None:
    """What people and logs see of an address is everything but its secret."""
    at = address("postgresql://me:p%40ss@db.example:5433/books?sslmode=require")
    assert (at.password, at.shown) == ("p@ss", "postgresql://me@db.example:5433/books")
    assert "p@ss" not in repr(at)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NoDriver, match="PyMySQL") as failure:
        SqlSource.open("s", "mysql://me@localhost/books", [SqlQuery("q", "items", "SELECT 1")]).read("q")
    assert failure.value.subject == "PyMySQL"


def test_a_since_without_a_column_or_a_beginning_is_refused() -> None:
    """What would read nothing or everything without a word is said before anything is asked."""
    with pytest.raises(BadStatement, match="no column"):
        SqlSource.open("s", "sqlite:///x.db", [SqlQuery("q", "items", "SELECT a FROM t WHERE a > :since")])
    with pytest.raises(BadStatement, match="first run"):
        SqlSource.open("s", "mysql://h/d", [SqlQuery("q", "items", "SELECT a FROM t WHERE a > :since", "a")])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_enough(tmp_path: Path) -> None:
    """A database in a folder that cannot be written is read all the same."""
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "shop.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE t (a)")
        other.execute("INSERT INTO t VALUES (1)")
        other.commit()
    folder.chmod(0o500)
    try:
        source = SqlSource.open("s", f"sqlite:///{path}", [SqlQuery("sales", "items", "SELECT a FROM t")])
        assert taken(source)[0] == [[1]]
    finally:
        folder.chmod(0o700)


def test_every_failure_is_one_of_ours() -> None:
    """Nothing that a database does ends in a traceback of its driver."""
    for failure in (DatabaseBusy, DatabaseDown, NoSuchDatabase, NotADatabase, WrongPassword):
        error = failure("here")
        assert isinstance(error, ZbdeskError)
        assert error.title.endswith(".")
        assert error.message.endswith(".")
