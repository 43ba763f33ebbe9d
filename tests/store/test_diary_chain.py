"""The history shows whether it is as it was written: each line is chained to the one before, on both databases."""

from __future__ import annotations

import pytest

from zbdesk.domain import chain
from zbdesk.domain.views import FieldChange
from zbdesk.store import connections, diary, documents
from zbdesk.store.database import Database

from .build import NOW, connection, later, row
from .test_state import store


def write(db: Database, cid: int, count: int) -> None:
    """So many lines."""
    for number in range(count):
        diary.add(
            db, cid, "updated", f"line {number}", at=later(number), module="invoices", cause="user", run_id=number
        )


def test_a_whole_history_is_whole(db: Database, cid: int) -> None:
    """What was only appended to verifies, and the head is the last line's hash."""
    assert diary.verify(db, cid).is_whole
    write(db, cid, 5)
    found = diary.verify(db, cid)
    assert (found.is_whole, found.lines) == (True, 5)
    assert diary.head(db, cid) == (5, found.head)


@pytest.mark.parametrize(
    ("tamper", "broken_at"),
    [
        ("UPDATE diary SET text = 'another' WHERE seq = 3", 3),
        ("UPDATE diary SET at = at + 1 WHERE seq = 2", 2),
        ("UPDATE diary SET changes = '[]' WHERE seq = 1", 1),
        ("UPDATE diary SET cause = 'poll' WHERE seq = 5", 5),
        ("UPDATE diary SET run_id = 77 WHERE seq = 4", 4),
        ("DELETE FROM diary WHERE seq = 3", 3),
        ("DELETE FROM diary WHERE seq = 1", 1),
        ("DELETE FROM diary WHERE seq = 5", 5),
        ("UPDATE diary SET seq = 100 WHERE seq = 2", 2),
    ],
)
def test_what_was_done_to_a_line_later_is_noticed(db: Database, cid: int, tamper: str, broken_at: int) -> None:
    """A changed word, moment, cause or place, and a line taken out anywhere, the last one included."""
    write(db, cid, 5)
    with db.transaction():
        db.execute(tamper)
    assert diary.verify(db, cid).broken_at == broken_at


def test_an_added_line_is_noticed(db: Database, cid: int) -> None:
    """A line that somebody else put behind the last one has no place in the chain."""
    write(db, cid, 2)
    with db.transaction():
        db.execute(
            "INSERT INTO diary (connection_id, at, kind, text, cause, seq, hash) VALUES (?, 1, 'x', 'y', '', 3, 'z')",
            (cid,),
        )
    assert diary.verify(db, cid).broken_at == 3


def test_each_organization_has_a_chain_of_its_own(db: Database, cid: int) -> None:
    """Deleting one organization's data breaks nobody else's history."""
    other = connections.save(db, connection(organization_id="77")).id
    for number in range(4):
        diary.add(db, (cid, other)[number % 2], "run", f"line {number}", at=later(number))
    assert (diary.verify(db, cid).lines, diary.verify(db, other).lines) == (2, 2)
    connections.delete_data(db, other)
    assert diary.verify(db, cid).is_whole


def test_a_line_outlives_its_record_and_two_rows_that_become_one(db: Database, cid: int) -> None:
    """The record's key is not part of the hash; its lasting identity is."""
    first, second = store(db, cid, 1, 2)
    diary.add(db, cid, "updated", "one", at=NOW, record_id=first)
    diary.add(db, cid, "updated", "two", at=NOW, record_id=second)
    with db.transaction():
        db.execute("UPDATE diary SET record_id = ? WHERE record_id = ?", (first, second))
        db.execute("DELETE FROM remote WHERE record_id = ?", (second,))
        db.execute("DELETE FROM record WHERE id = ?", (second,))
    assert diary.verify(db, cid).is_whole
    assert [line["subject"] != "" for line in diary.lines(db, cid)] == [True, True]
    assert documents.read(db, second) is None
    assert row(1).remote_id


def test_changes_come_back_as_they_went_in(db: Database, cid: int) -> None:
    """Field, before, after; None for what was empty."""
    changes = (FieldChange("notes", None, "née Müller"), FieldChange("terms", "30", None))
    diary.add(db, cid, "updated", "x", at=NOW, changes=changes, run_id=4)
    (line,) = diary.recent(db, cid, 1)
    assert (line.changes, line.run_id) == (changes, 4)


def test_a_chain_without_its_head_still_shows_what_is_inside() -> None:
    """An exported file has no head: its lines are verified among themselves."""
    first: dict[str, object] = {"seq": 1, "at": 1, "kind": "x", "text": "a"}
    first["hash"] = chain.link("", first)
    second: dict[str, object] = {"seq": 2, "at": 2, "kind": "x", "text": "b"}
    second["hash"] = chain.link(str(first["hash"]), second)
    assert chain.verify([first, second]).is_whole
    assert chain.verify([second]).broken_at == 1
    assert chain.verify([second, first]).broken_at == 1
    assert chain.verify([first], (2, str(second["hash"]))).broken_at == 2
