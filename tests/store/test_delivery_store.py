"""Tunnel, tests, targets, deliveries, finds and what was made: the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zbdesk.domain.way import LegView, TunnelTest, TunnelView, WebhookHealth
from zbdesk.store import connections, deliveries, gaps, inbox, module_states, onward, tunnels
from zbdesk.store.database import Database
from zbdesk.store.deliveries import Message
from zbdesk.store.inbox import NewEvent, Result, Waiting
from zbdesk.store.trees import store_page

from .build import NOW, connection, later, row


@pytest.fixture
def key(db: Database) -> int:
    """A connection."""
    found = connections.save(db, connection()).id
    module_states.set_enabled(db, found, ("invoices",))
    return found


def arrives(db: Database, key: int, number: int, *, verified: bool = True) -> int:
    """One event."""
    event = NewEvent(
        NOW, f"d{number}", "listener", verified, "POST", "", "application/json", b"", b"{}", "invoices", str(number),
        None, "", int(NOW.timestamp()),
    )  # fmt: skip
    (found,) = inbox.store(db, key, [event])
    assert found is not None
    return found


def test_the_tunnel_and_a_relays_position_are_kept(db: Database, key: int) -> None:
    """One row a connection; the position belongs to one channel and survives a change of state."""
    assert tunnels.get(db, key) is None
    up = TunnelView("relay", "up", "https://r.example/x", "Good.", "", NOW, 2, signed=False)
    tunnels.put(db, key, up)
    tunnels.keep_position(db, key, "https://r.example/x", "41")
    tunnels.put(db, key, TunnelView("relay", "broken", None, "Gone.", "Wait."))
    assert tunnels.position(db, key, "https://r.example/x") == "41"
    assert tunnels.position(db, key, "https://r.example/other") == ""
    assert (tunnels.get(db, key) or up).state == "broken"


def test_tests_are_kept_newest_first_and_not_for_ever(db: Database, key: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The history is bounded; legs come back as they were."""
    monkeypatch.setattr(tunnels, "KEPT_TESTS", 3)
    legs = (LegView("dns", "ok", "found at 203.0.113.7", 18), LegView("tls", "failed", "has expired ☠", None))
    for number in range(6):
        test = TunnelTest(later(number), False, "tls", "S", "R", "D", legs, 12, "https://h.example/", "hourly")
        tunnels.add_test(db, key, test)
    found = tunnels.recent_tests(db, key)
    assert [test.at for test in found] == [later(5), later(4), later(3)]
    assert tunnels.last_test(db, key) == found[0]
    assert found[0].legs == legs


def test_what_was_made_is_noted_once_and_forgotten(db: Database, key: int) -> None:
    """Noted twice it counts once."""
    for _ in range(2):
        tunnels.add_made(db, key, "webhook", "invoices", "changed", "zbdesk x", "98", NOW)
    (made,) = tunnels.made(db, key)
    assert (made.kind, made.remote_id, made.made_at) == ("webhook", "98", NOW)
    tunnels.forget_made(db, made.id)
    assert list(tunnels.made(db, key)) == []


def test_a_queue_from_the_inbox_to_the_end(db: Database, key: int) -> None:
    """Events and confirmed records are queued, failed, given up, revived, delivered and tidied away."""
    arrives(db, key, 1)
    events = deliveries.add_target(db, key, "http://a.example/", "event", ("invoices",), (), NOW)
    records = deliveries.add_target(db, key, "http://b.example/", "record", (), ("changed",), NOW)
    second, third = arrives(db, key, 2), arrives(db, key, 3, verified=False)
    inbox.settle(db, key, Waiting("invoices", "3", third, NOW, None, deletion=False), Result.NEW, later(1))
    assert onward.queue_new(db, key, NOW) == (2, False)
    assert onward.queue_new(db, key, NOW).queued == 0
    due = {one.target_id: one for one in deliveries.due(db, key, NOW)}
    assert due[events].body == b"{}"
    assert b'"remote_id": "3"' in due[records].body
    deliveries.postponed(db, due[events].id, "no", 500, later(60))
    assert [one.target_id for one in deliveries.due(db, key, later(30))] == [records]
    assert deliveries.next_due_at(db, key) == NOW
    deliveries.delivered(db, due[records].id, 204, later(31))
    assert deliveries.next_due_at(db, key) == later(60)
    deliveries.given_up(db, due[events].id, "no more", None, later(90))
    assert [(one.id, count) for one, count in deliveries.dead_counts(db, key)] == [(events, 1)]
    deliveries.redeliver(db, key, due[events].id, later(91))
    assert [one.id for one in deliveries.due(db, key, later(91))] == [due[events].id]
    deliveries.delivered(db, due[events].id, 200, later(92))
    states = {line.target_id: (line.state, line.status) for line in deliveries.recent(db, key, state="done")}
    assert states == {events: ("done", 200), records: ("done", 204)}
    assert deliveries.recent(db, key, state="dead") == []
    assert deliveries.tidy(db, key, NOW + timedelta(days=8)) == 2
    assert second


def test_the_order_of_a_target_holds_while_it_rests(db: Database, key: int) -> None:
    """A later message never overtakes one that waits for another try."""
    one = deliveries.add_target(db, key, "http://a.example/", "event", (), (), NOW)
    for number in range(3):
        message = Message(f"event {number}", "invoices", str(number), "changed", "application/json", b"%d" % number)
        assert deliveries.enqueue(db, one, message, NOW)
        assert not deliveries.enqueue(db, one, message, NOW)
    (first,) = deliveries.due(db, key, NOW)
    deliveries.postponed(db, first.id, "no", None, later(10))
    assert deliveries.due(db, key, later(5)) == []
    assert [due.body for due in deliveries.due(db, key, later(10))] == [b"0"]


def test_finds_are_judged_and_summed(db: Database, key: int) -> None:
    """Told, missed and which; the same on both servers."""
    arrives(db, key, 1)
    stamp = int(NOW.timestamp()) + 60
    with db.transaction():
        rows = [row(number, modified_at=stamp) for number in (1, 2, 3)]
        result = store_page(db, key, "invoices", rows, scan_id=0, want_detail=False)
        gaps.note_found(db, key, "invoices", result.changed_ids, later(120))
        gaps.note_found(db, key, "invoices", result.changed_ids, later(120))
    assert gaps.judge(db, key, later(121)) == 0
    assert gaps.judge(db, key, later(1200)) == 3
    (gap,) = gaps.gaps(db, key, NOW - timedelta(days=1))
    assert (gap.module, gap.told, gap.missed, gap.recovered) == ("invoices", 1, 2, ("3", "2"))
    assert gaps.last_told_at(db, key) == NOW
    assert gaps.last_missed_at(db, key) == later(120)
    gaps.judge(db, key, NOW + timedelta(days=15))
    assert gaps.last_missed_at(db, key) is None


def test_the_judgement_is_kept(db: Database, key: int) -> None:
    """One row a connection."""
    assert gaps.health(db, key) is None
    for state in ("failing", "healthy"):
        gaps.put_health(db, key, WebhookHealth(state, NOW, later(1), "S.", "R."))
    assert gaps.health(db, key) == WebhookHealth("healthy", NOW, later(1), "S.", "R.")


def test_everything_goes_with_the_connections_data(db: Database, key: int) -> None:
    """Deleting the data of a connection leaves nothing of its way behind."""
    tunnels.put(db, key, TunnelView("own", "up", None, "", ""))
    tunnels.add_made(db, key, "webhook", "invoices", "changed", "n", "9", NOW)
    target = deliveries.add_target(db, key, "http://a.example/", "event", (), (), NOW)
    deliveries.enqueue(db, target, Message("event 1", "invoices", "1", "changed", "", b"{}"), NOW)
    gaps.put_health(db, key, WebhookHealth("healthy", NOW, NOW, "", ""))
    connections.delete_data(db, key)
    with db.snapshot():
        for table in ("tunnel", "tunnel_test", "relay_target", "delivery", "poll_find", "webhook_health", "automation"):
            assert db.value(f"SELECT COUNT(*) FROM {table}") == 0
