"""Closing the desk while questions are being answered in its pool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.store.build import connection, now
from zbdesk.app.desk import DATABASE, Desk
from zbdesk.app.reader import Reader, ToItsEnd
from zbdesk.store import connections
from zbdesk.store.database import Database
from zbdesk.store.errors import ReadingStopped

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
A_WHILE = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT COUNT(*) FROM n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a small database."""
    with Database.open(tmp_path / DATABASE, now=now) as db:
        connections.save(db, connection())
    with Desk.open(tmp_path, environment={}) as desk:
        yield desk


def handle_of(reader: Reader) -> Database:
    """The database behind a reader."""
    db = reader._db  # no question of the program itself is long enough
    assert db is not None
    return db


def test_closing_stops_a_long_statement(desk: Desk) -> None:
    """A sum over millions of records does not keep the program from ending."""
    begun = Event()

    def question(reader: Reader) -> object:
        begun.set()
        return handle_of(reader).value(ENDLESS)

    asked = desk.read(question)
    assert begun.wait(10)
    desk.close()
    with pytest.raises(ReadingStopped):
        asked.result(0)


def test_closing_stops_a_question_of_many_short_statements(desk: Desk) -> None:
    """Between two statements nothing can be stopped: the next one is."""
    begun = Event()

    def question(reader: Reader) -> object:
        while True:
            handle_of(reader).value("SELECT COUNT(*) FROM connection")
            begun.set()

    asked = desk.read(question)
    assert begun.wait(10)
    desk.close()
    with pytest.raises(ReadingStopped):
        asked.result(0)


def test_closing_waits_for_what_writes_a_file(desk: Desk, tmp_path: Path) -> None:
    """An export that a person asked for is whole."""
    begun = Event()

    def export(reader: Reader) -> Path:
        begun.set()
        counted = handle_of(reader).value(A_WHILE)
        path = tmp_path / "out.txt"
        path.write_text(str(counted), encoding="utf-8")
        return path

    asked = desk.read(ToItsEnd(export))
    assert begun.wait(10)
    desk.close()
    assert asked.result(0).read_text(encoding="utf-8") == "300000"


def test_a_question_behind_a_stopped_one_is_cancelled(desk: Desk) -> None:
    """What has not begun is not begun any more."""
    begun = [Event(), Event()]

    def endless(at: int) -> None:
        def question(reader: Reader) -> object:
            begun[at].set()
            return handle_of(reader).value(ENDLESS)

        desk.read(question)

    for thread in range(len(begun)):  # both threads of the pool
        endless(thread)
    assert all(one.wait(10) for one in begun)
    waiting = desk.read(lambda reader: reader.connection())
    desk.close()
    assert waiting.cancelled()


def test_reading_goes_on_after_the_database_was_away(desk: Desk, tmp_path: Path) -> None:
    """A file that is removed and comes back is opened anew by the thread that had it open."""
    assert desk.read(lambda reader: reader.connection() is not None).result(10)
    path, aside = tmp_path / DATABASE, tmp_path / "aside"
    path.rename(aside)
    assert desk.read(lambda reader: reader.connection()).result(10) is None
    aside.rename(path)
    assert desk.read(lambda reader: reader.connection() is not None).result(10)
