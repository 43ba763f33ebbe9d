"""Which texts are taken for a query, and what is made of their parameters."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.sources.sql_statement import BadStatement, Flavour, query, write_back

ALL = list(Flavour)


@pytest.mark.parametrize("flavour", ALL)
@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "select a from t;",
        "  -- who\n SELECT a /* what; */ FROM t ; -- end",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
        "SELECT replace(name, 'a', 'b') FROM t",
        "SELECT t.update, t.delete FROM t",
        "SELECT 'insert; delete' AS note FROM t",
        "SELECT a AS insert FROM t",
        "SELECT last_update, deleted FROM t",
        "SELECT a FROM t WHERE changed >= :since",
        "SELECT a FROM t WHERE note = 'it''s :not a parameter'",
    ],
)
def test_one_reading_statement_is_taken(text: str, flavour: Flavour) -> None:
    """A query may use every word as a name, a text or a function."""
    query(text, flavour)


@pytest.mark.parametrize("flavour", ALL)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   -- nothing\n",
        ";",
        "DELETE FROM t",
        "UPDATE t SET a = 1",
        "PRAGMA user_version = 3",
        "EXPLAIN SELECT 1",
        "SELECT 1; DROP TABLE t",
        "SELECT 1;;SELECT 2",
        "SELECT * INTO copy_of FROM t",
        "SELECT * FROM t INTO OUTFILE '/tmp/x'",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "WITH x AS (INSERT INTO t(a) VALUES (1) RETURNING *) SELECT * FROM x",
        "SELECT * FROM t FOR UPDATE",
        "SELECT * FROM t FOR NO KEY UPDATE",
        "SELECT a FROM t WHERE b = :other",
        "SELECT 'open",
        "SELECT 1 /* open",
        "SELECT 1\0",
        "SELECT " + "1 + " * 50_000 + "1",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str, flavour: Flavour) -> None:
    """What changes something, hides a second statement or asks for an unknown value never reaches the database."""
    with pytest.raises(BadStatement) as failure:
        query(text, flavour)
    assert failure.value.title.endswith(".")
    assert failure.value.message


@pytest.mark.parametrize(
    ("flavour", "text"),
    [
        (Flavour.POSTGRES, "SELECT $$; DELETE FROM t$$ AS note"),
        (Flavour.POSTGRES, "SELECT $a$ ' $a$, changed::date FROM t"),
        (Flavour.POSTGRES, r"SELECT E'it\'s; fine' AS note"),
        (Flavour.POSTGRES, "SELECT 1 /* /* nested; */ ; */"),
        (Flavour.POSTGRES, "SELECT data ? 'key' FROM t"),
        (Flavour.MYSQL, r"SELECT 'it\'s; fine' AS note"),
        (Flavour.MYSQL, "SELECT 1 # DELETE FROM t; "),
        (Flavour.SQLITE, "SELECT [a; b], `c;` FROM t"),
    ],
)
def test_each_database_has_its_own_quotation(flavour: Flavour, text: str) -> None:
    """A semicolon inside what this database takes for text is no second statement."""
    query(text, flavour)


@pytest.mark.parametrize(
    ("flavour", "text"),
    [
        (Flavour.POSTGRES, r"SELECT 'a\'; DELETE FROM t; --'"),
        (Flavour.SQLITE, r"SELECT 'a\'; DELETE FROM t; --'"),
        (Flavour.MYSQL, "SELECT 1 /*!50000 ; DELETE FROM t */"),
        (Flavour.SQLITE, "SELECT a FROM t WHERE b = ?"),
    ],
)
def test_the_quotation_of_another_database_hides_nothing(flavour: Flavour, text: str) -> None:
    """A backslash that escapes only elsewhere, or a comment that is carried out, does not smuggle a statement in."""
    with pytest.raises(BadStatement):
        query(text, flavour)


def test_parameters_are_spelled_for_the_driver_and_percent_signs_survive() -> None:
    """The text keeps its own percent signs; only parameters change their spelling."""
    text = "SELECT a FROM t WHERE a LIKE '5%' AND at >= :since AND b < :since"
    assert query(text, Flavour.SQLITE).text == text
    spelled = query(text, Flavour.POSTGRES)
    assert spelled.text == "SELECT a FROM t WHERE a LIKE '5%%' AND at >= %(since)s AND b < %(since)s"
    assert spelled.parameters == ("since",)
    assert spelled.text % {"since": "X"} == "SELECT a FROM t WHERE a LIKE '5%' AND at >= X AND b < X"


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE t SET number = :number",
        "UPDATE t SET number = :number WHERE id = 3",
        "DELETE FROM t WHERE id = :source_id",
        "SELECT :source_id",
        "UPDATE t SET a = :secret WHERE id = :source_id",
        "UPDATE t SET a = 1 WHERE id = :source_id; DROP TABLE t",
        "INSERT INTO t SELECT 1",
    ],
)
def test_a_write_back_statement_names_its_document(text: str) -> None:
    """What would change every row, or something else than the outcome of one document, is refused."""
    with pytest.raises(BadStatement):
        write_back(text, Flavour.SQLITE)


def test_a_good_write_back_statement_is_taken() -> None:
    """An UPDATE with a WHERE and an INSERT, both with the document's id."""
    assert write_back("UPDATE t SET n = :number WHERE id = :source_id", Flavour.MYSQL).parameters == (
        "number",
        "source_id",
    )
    write_back("INSERT INTO log (id, paid) VALUES (:source_id, :paid)", Flavour.POSTGRES)


_WORDS = st.sampled_from(
    ["SELECT", "1", "'", '"', "`", ";", "--", "/*", "*/", "(", ")", "\n", ":since", "DELETE FROM t", "[", "]", "x", " ",
     "WITH", "AS", "UPDATE t SET a=2", "''", "#", "$$", "\\", "ATTACH 'x' AS y"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=14).map(" ".join))
def test_whatever_is_accepted_changes_nothing_in_sqlite(text: str) -> None:
    """No text that gets through, whatever its quotation, changes a row: SQLite itself is the judge."""
    try:
        statement = query(text, Flavour.SQLITE)
    except BadStatement:
        return
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("CREATE TABLE t (a)")
    db.execute("INSERT INTO t VALUES (1)")
    before = db.total_changes
    with contextlib.suppress(sqlite3.Error):
        db.execute(statement.text, statement.bind({"since": 0})).fetchall()
    assert (db.total_changes, db.execute("SELECT a FROM t").fetchall()) == (before, [(1,)])
    assert len(db.execute("PRAGMA database_list").fetchall()) == 1
    db.close()
