"""The inbox of webhook events, on both servers: stored once, grouped by record, settled, replayed, forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from zbdesk.store import connections, inbox
from zbdesk.store.database import Database
from zbdesk.store.inbox import NewEvent, Result, Waiting
from zbdesk.store.migrations import m0004_inbox

from .build import connection, now

EVENT = NewEvent(
    received_at=now(),
    digest="d1",
    via="listener",
    verified=True,
    method="POST",
    path="invoices/edited",
    content_type="application/json",
    query=b"t=\xff",
    body=b'{"x":"\xc3\xa9\x00"}',
    module="invoices",
    remote_id="901",
    organization_id="60001",
    event="edited",
    modified_at=1_000,
)


@pytest.fixture
def cid(db: Database) -> int:
    """A connection."""
    return connections.save(db, connection()).id


def made(number: int, **changes: object) -> NewEvent:
    """Another event."""
    moment = EVENT.received_at + timedelta(seconds=number)
    return replace(EVENT, digest=f"d{number}", received_at=moment, **changes)  # type: ignore[arg-type]


def test_each_connection_has_a_lasting_key(db: Database, cid: int) -> None:
    """Long, its own, and the same after connecting again."""
    other = connections.save(db, connection("60002")).id
    keys = {inbox.facts(db, one).path_key for one in (cid, other)}
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)
    before = inbox.facts(db, cid)
    assert connections.save(db, connection()).id == cid
    assert inbox.facts(db, cid) == before


def test_a_connection_from_before_gets_a_key(db: Database, cid: int) -> None:
    """The migration gives one to every connection that is there."""
    other = connections.save(db, connection("60002")).id
    with db.transaction():
        db.execute("DELETE FROM webhook")
        db.execute(m0004_inbox.STATEMENTS[1].format_map(db.dialect.ddl_words))
    keys = {inbox.facts(db, one).path_key for one in (cid, other)}
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)


def test_an_event_comes_back_as_it_was_received(db: Database, reader: Database, cid: int) -> None:
    """Bytes are bytes on both servers."""
    (key,) = inbox.store(db, cid, [EVENT])
    assert key is not None
    raw = inbox.event(reader, cid, key)
    assert raw is not None
    assert (raw.query, raw.body, raw.path, raw.method) == (EVENT.query, EVENT.body, EVENT.path, "POST")
    view = raw.view
    assert (view.module, view.remote_id, view.verified, view.result) == ("invoices", "901", True, "waiting")
    assert (view.received_at, view.modified_at, view.handled_at) == (EVENT.received_at, 1_000, None)
    assert inbox.facts(reader, cid).last_event_at == EVENT.received_at
    assert inbox.event(reader, cid + 1, key) is None


def test_the_same_event_is_stored_once(db: Database, cid: int) -> None:
    """Within one transaction and in a later one; another connection has its own."""
    first, again = inbox.store(db, cid, [EVENT, EVENT])
    assert first is not None
    assert again is None
    assert inbox.store(db, cid, [EVENT]) == [None]
    assert inbox.events(db, cid)[0].copies == 3
    other = connections.save(db, connection("60002")).id
    assert inbox.store(db, other, [EVENT]) != [None]


def test_what_waits_is_grouped_by_record_the_oldest_first(db: Database, cid: int) -> None:
    """Newest id and stamp of each; no stamp where one event has none; a deletion is remembered."""
    keys = inbox.store(
        db,
        cid,
        [
            made(1, remote_id="b", modified_at=5),
            made(2, remote_id="a", modified_at=9),
            made(3, remote_id="b", modified_at=7),
            made(4, remote_id="a", modified_at=None),
            made(5, module="contacts", remote_id="a", event="deleted"),
            made(6, remote_id="z", result=Result.MODULE_OFF),
            made(7, module=None, remote_id=None, result=Result.NOT_UNDERSTOOD),
        ],
    )
    at = EVENT.received_at
    assert inbox.waiting(db, cid) == [
        Waiting("invoices", "b", keys[2] or 0, at + timedelta(seconds=3), 7, deletion=False),
        Waiting("invoices", "a", keys[3] or 0, at + timedelta(seconds=4), None, deletion=False),
        Waiting("contacts", "a", keys[4] or 0, at + timedelta(seconds=5), 1_000, deletion=True),
    ]
    assert [one.remote_id for one in inbox.waiting(db, cid, 1)] == ["b"]
    assert inbox.count_waiting(db, cid) == 5


def test_settling_leaves_what_came_meanwhile(db: Database, cid: int) -> None:
    """An event that arrives while its record is being read is not settled by that reading."""
    inbox.store(db, cid, [made(1)])
    (one,) = inbox.waiting(db, cid)
    inbox.store(db, cid, [made(2)])
    inbox.settle(db, cid, one, Result.UPDATED, now(), "read")
    newer, older = inbox.events(db, cid)
    assert (older.result, older.note, older.handled_at) == ("updated", "read", now())
    assert (newer.result, newer.handled_at) == ("waiting", None)


def test_reasons_for_waiting(db: Database, cid: int) -> None:
    """All of them, or those of some records; what is settled keeps its word."""
    inbox.store(db, cid, [made(1, remote_id="a"), made(2, remote_id="b"), made(3, result=Result.MODULE_OFF)])
    inbox.hold_all(db, cid, Result.PAUSED)
    assert [view.result for view in inbox.events(db, cid)] == ["module_off", "waiting_paused", "waiting_paused"]
    inbox.hold(db, cid, inbox.waiting(db, cid, 1), Result.BUSY)
    assert [view.result for view in inbox.events(db, cid)] == ["module_off", "waiting_paused", "waiting_busy"]


def test_a_replayed_event_waits_again_without_its_stamp(db: Database, cid: int) -> None:
    """A person wants the record read: old news it must not be. What names no record cannot be replayed."""
    key, blank = inbox.store(db, cid, [made(1), made(2, module=None, remote_id=None, result=Result.NOT_UNDERSTOOD)])
    (one,) = inbox.waiting(db, cid)
    inbox.settle(db, cid, one, Result.UPDATED, now())
    assert inbox.replay(db, cid, key or 0)
    (again,) = inbox.waiting(db, cid)
    assert again.stamp is None
    assert [view.replays for view in inbox.events(db, cid)] == [0, 1]
    assert not inbox.replay(db, cid, blank or 0)
    assert not inbox.replay(db, cid, 999)
    assert not inbox.replay(db, cid + 1, key or 0)


def test_the_log_is_narrowed_and_goes_on_where_it_ended(db: Database, cid: int) -> None:
    """Newest first; by module, by result, before an event."""
    inbox.store(db, cid, [made(1), made(2, module="contacts"), made(3, result=Result.MODULE_OFF)])
    third, second, first = inbox.events(db, cid)
    assert inbox.events(db, cid, 1) == [third]
    assert inbox.events(db, cid, module="contacts") == [second]
    assert inbox.events(db, cid, result="module_off") == [third]
    assert inbox.events(db, cid, before_id=second.id) == [first]


def test_refusals_are_counted_and_not_kept(db: Database, cid: int) -> None:
    """How many, and when the last."""
    inbox.count_refused(db, cid, 3, now())
    inbox.count_refused(db, cid, 2, now() + timedelta(seconds=1))
    known = inbox.facts(db, cid)
    assert (known.refused, known.refused_at) == (5, now() + timedelta(seconds=1))
    assert inbox.events(db, cid) == []


def test_deleting_the_connections_data_takes_its_events_along(db: Database, cid: int) -> None:
    """Nothing of it stays, and another connection keeps its own."""
    other = connections.save(db, connection("60002")).id
    for one in (cid, other):
        inbox.store(db, one, [EVENT])
    connections.delete_data(db, cid)
    assert len(inbox.events(db, other)) == 1
    assert db.value("SELECT COUNT(*) FROM inbox") == 1
    with pytest.raises(RuntimeError):
        inbox.facts(db, cid)
