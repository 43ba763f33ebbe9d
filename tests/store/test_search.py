"""Search over the records of all modules, with the index and without it, on both servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zbdesk.domain.words import fold, in_words
from zbdesk.store import connections, indexes, search, search_index, trees
from zbdesk.store.database import Database
from zbdesk.store.search_words import index_words, question

from .build import connection, later, now, row

MODULES = ("contacts", "invoices", "items")


def _fill(db: Database, cid: int) -> None:
    with db.transaction():
        trees.store_page(
            db, cid, "contacts",
            [
                row("c1", number="Padma Traders", party=None, status="active"),
                row("c2", number="株式会社さくら商事", party=None, status="active"),
                row("c3", number="شركة بهارات الخليج", party=None, status="active"),
                row("c4", number="गंगा खाद्य उद्योग", party=None, status="active"),
                row("c5", number="Café Lumière SARL", party=None, status="inactive"),
            ],
            scan_id=1, want_detail=False,
        )  # fmt: skip
        trees.store_page(
            db, cid, "invoices",
            [
                row(1, number="INV-000123", party="Padma Traders", reference="PO 77/A", status="overdue"),
                row(2, number="INV-000124", party="Café Lumière SARL", status="sent"),
                row(3, number="INV-001230", party="株式会社さくら商事", status="paid"),
            ],
            scan_id=1, want_detail=False,
        )  # fmt: skip


def _found(db: Database, cid: int, text: str, *, limit: int = 5) -> dict[str, list[str | None]]:
    return {
        found.module: [view.number for view in found.records]
        for found in search.find(db, cid, text, MODULES, limit=limit)
    }


@pytest.fixture(params=["keys", "index"])
def filled(request: pytest.FixtureRequest, db: Database, cid: int) -> Database:
    """Records, with the index and without."""
    _fill(db, cid)
    if request.param == "index":
        indexes.build(db)
    return db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("padma", {"contacts": ["Padma Traders"], "invoices": ["INV-000123"]}),
        ("PADMA  tr", {"contacts": ["Padma Traders"], "invoices": ["INV-000123"]}),
        ("lumiere", {"contacts": ["Café Lumière SARL"], "invoices": ["INV-000124"]}),
        ("さくら", {"contacts": ["株式会社さくら商事"], "invoices": ["INV-001230"]}),
        ("商事", {"contacts": ["株式会社さくら商事"], "invoices": ["INV-001230"]}),
        ("الخليج", {"contacts": ["شركة بهارات الخليج"]}),
        ("خليج", {"contacts": ["شركة بهارات الخليج"]}),
        ("خاد", {}),
        ("खाद्य", {"contacts": ["गंगा खाद्य उद्योग"]}),
        ("po 77", {"invoices": ["INV-000123"]}),
        ("padma overdue", {"invoices": ["INV-000123"]}),
        ("padma sent", {}),
        ("nothing like this", {}),
        ("", {}),
        ("   ", {}),
    ],
)  # fmt: skip
def test_records_of_every_module_are_found_by_their_words(
    filled: Database, cid: int, text: str, expected: dict[str, list[str]]
) -> None:
    """Case, accents and the order of modules aside; in every script, with the index and without."""
    assert _found(filled, cid, text) == expected


def test_the_number_itself_comes_before_numbers_that_begin_with_it(filled: Database, cid: int) -> None:
    """What was typed exactly stands first, then what goes on from it."""
    assert _found(filled, cid, "INV-00012")["invoices"][:2] == ["INV-000123", "INV-000124"]
    assert _found(filled, cid, "inv-000123")["invoices"][0] == "INV-000123"


def test_a_number_is_found_without_its_letters_and_zeros(db: Database, cid: int) -> None:
    """People type what they remember of a number."""
    _fill(db, cid)
    indexes.build(db)
    if db.dialect.name == "sqlite":
        assert _found(db, cid, "123") == {"invoices": ["INV-001230", "INV-000123"]}
        assert _found(db, cid, "inv 123")["invoices"] == ["INV-001230", "INV-000123"]
    else:
        assert set(_found(db, cid, "123")["invoices"]) == {"INV-001230", "INV-000123"}


def test_the_index_follows_every_change(filled: Database, cid: int) -> None:
    """New, renamed, deleted and returned records: found by what they say now, and by nothing else."""
    db = filled
    with db.transaction():
        trees.store_page(
            db, cid, "invoices",
            [row(1, number="INV-000123", party="Nilgiri Cold Storage"), row(9, number="INV-9", party="Padma Traders")],
            scan_id=2, want_detail=False,
        )  # fmt: skip
    assert _found(db, cid, "padma") == {"contacts": ["Padma Traders"], "invoices": ["INV-9"]}
    assert _found(db, cid, "nilgiri") == {"invoices": ["INV-000123"]}
    gone = [db.value("SELECT id FROM record WHERE number = 'INV-9'")]
    with db.transaction():
        trees.mark_deleted(db, gone, later(1))
    assert _found(db, cid, "padma") == {"contacts": ["Padma Traders"]}
    with db.transaction():
        trees.store_page(
            db, cid, "invoices", [row(9, number="INV-9", party="Padma Traders")], scan_id=3, want_detail=False
        )
    assert _found(db, cid, "padma") == {"contacts": ["Padma Traders"], "invoices": ["INV-9"]}
    _assert_sound(db)


def test_a_change_that_was_taken_back_is_not_found(filled: Database, cid: int) -> None:
    """The index changes in the transaction of its record: both or neither."""

    def stopped() -> None:
        with filled.transaction():
            trees.store_page(filled, cid, "invoices", [row(50, party="Ephemeral Ltd")], scan_id=2, want_detail=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert _found(filled, cid, "ephemeral") == {}
    _assert_sound(filled)


def test_deleting_a_connections_data_empties_the_search(filled: Database, cid: int) -> None:
    """Nothing of a company stays findable, and the next pass makes the index anew for what is left."""
    other = connections.save(filled, connection("60002")).id
    with filled.transaction():
        trees.store_page(filled, other, "invoices", [row(1, party="Padma Other")], scan_id=1, want_detail=False)
    connections.delete_data(filled, cid)
    assert _found(filled, other, "padma") == {"invoices": ["INV-1"]}
    indexes.build(filled)
    assert _found(filled, other, "padma") == {"invoices": ["INV-1"]}
    assert _found(filled, cid, "padma") == {}
    _assert_sound(filled)


def test_each_module_gives_its_first_ones_however_many_fit_elsewhere(db: Database, cid: int) -> None:
    """A thousand invoices do not hide the one contact, and it is said that there are more."""
    with db.transaction():
        trees.store_page(db, cid, "contacts", [row("c", number="Padma", party=None)], scan_id=1, want_detail=False)
        many = [row(n, party="Padma Traders") for n in range(1000)]
        trees.store_page(db, cid, "invoices", many, scan_id=1, want_detail=False)
    indexes.build(db)
    for part in ("padm", "trade", "padma trader"):
        assert [len(found.records) for found in search.find(db, cid, part, ("invoices",), limit=3)] == [3]
    contacts, invoices = search.find(db, cid, "padm", MODULES, limit=3)
    assert (contacts.module, len(contacts.records), contacts.more) == ("contacts", 1, False)
    assert (invoices.module, len(invoices.records), invoices.more) == ("invoices", 3, True)
    whole = search.find(db, cid, "padma", MODULES, limit=3)
    assert [found.module for found in whole] == ["contacts", "invoices"]
    assert [view.number for view in whole[1].records] == ["INV-999", "INV-998", "INV-997"]


def test_another_connections_records_are_not_found(filled: Database, cid: int) -> None:
    """A search never crosses from one company into another."""
    other = connections.save(filled, connection("60002")).id
    with filled.transaction():
        trees.store_page(filled, other, "invoices", [row(1, party="Padma Secret")], scan_id=1, want_detail=False)
    assert _found(filled, cid, "secret") == {}
    assert _found(filled, other, "secret") == {"invoices": ["INV-1"]}


_NASTY = (
    '"', "'", '" OR 1 --', "*", "NEAR(", "words:", "{a b}:", "^padma", "a AND", "OR NOT", "%", "_", "\\", "(", "\x00",
    "\ud800", "\ue0001", "-padma", "padma)*", "';DROP TABLE record;--",
)  # fmt: skip


@pytest.mark.parametrize("text", _NASTY)
def test_whatever_is_typed_is_text(filled: Database, cid: int, text: str) -> None:
    """No sign of the query language is read as one: no error, and never everything."""
    found = _found(filled, cid, text, limit=50)
    assert sum(map(len, found.values())) < 8


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_any_text_can_be_searched_for(searchable: tuple[Database, int], text: str) -> None:
    """Any string a keyboard or a clipboard can hold gives an answer."""
    db, cid = searchable
    search.find(db, cid, text, MODULES)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5))
def test_a_record_is_found_by_every_word_of_its_name(searchable: tuple[Database, int], names: list[str]) -> None:
    """What goes into the index by a rule comes out by the same rule, in every script."""
    db, cid = searchable
    with db.transaction():
        rows = [row(f"p{n}", number=f"N{n}", party=name.replace("\x00", "")) for n, name in enumerate(names)]
        trees.store_page(db, cid, "items", [r for r in rows if _storable(r.party)], scan_id=0, want_detail=False)
    for number, party in db.all("SELECT number, party FROM record WHERE remote_id LIKE 'p%'"):
        for word in in_words(fold(party) or ""):
            assert number in _found(db, cid, word, limit=1000).get("items", [])
    _assert_sound(db)


@pytest.fixture
def searchable(path: Path) -> Iterator[tuple[Database, int]]:
    """A database on SQLite with its index."""
    with Database.open(path, now=now) as db:
        cid = connections.save(db, connection()).id
        _fill(db, cid)
        indexes.build(db)
        yield db, cid


def _storable(text: str | None) -> bool:
    return text is not None and not any("\ud800" <= char <= "\udfff" for char in text)


def _assert_sound(db: Database) -> None:
    """What the index holds is exactly what the records say."""
    if not search_index.is_built(db):
        return
    columns = "feed_id, number_key, party_key, reference_key, status"
    expected: dict[str, set[int]] = {}
    for record_id, *values in db.all(f"SELECT id, {columns} FROM record WHERE gone = 0"):
        for word in index_words(*values).split():
            expected.setdefault(word, set()).add(record_id)
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab('main', record_search_1, 'instance')")
    held: dict[str, set[int]] = {}
    for word, record_id in db.all("SELECT term, doc FROM temp.seen"):
        held.setdefault(word, set()).add(record_id)
    assert held == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("inv-000123", ["inv", "123"]),
        ("000", ["0"]),
        ("a1b2", ["a", "1", "b", "2"]),
        ("山田 abc", ["山", "田", "abc"]),
        ("गगा खाद्य", ["गगा", "खादय"]),
        ("o'neill & co.", ["o", "neill", "co"]),
    ],
)
def test_words_of_a_text(text: str, words: Sequence[str]) -> None:
    """Parted at signs, and where letters and digits meet; unspaced scripts sign by sign."""
    assert in_words(fold(text) or "") == words


def test_a_question_is_phrases_joined() -> None:
    """Each typed word is a phrase of quoted words; only the last goes on."""
    asked = question("inv-12 sa")
    assert asked is not None
    assert asked.exactly() == '"inv" + "12" AND "sa"'
    assert asked.going_on() == '"inv" + "12" AND "sa" *'
    assert asked.ending_in(["sam", "sat"]) == '"inv" + "12" AND ("sam" OR "sat")'
    japanese = question("山田")
    assert japanese is not None
    assert japanese.going_on() == '"山" + "田" *'
    assert question("--") is None
