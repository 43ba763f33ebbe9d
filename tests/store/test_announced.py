"""Which waiting events announce a newer version of a record, on both servers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zbdesk.store import connections, inbox, module_states
from zbdesk.store.announced import announced, anything_waits
from zbdesk.store.database import Database
from zbdesk.store.inbox import Result
from zbdesk.store.trees import store_page

from .build import connection, now, row
from .test_inbox import EVENT, made

HELD = 1_790_000_000
"""When the records here were changed last, as ``build.row`` says."""


@pytest.fixture
def keys(db: Database, cid: int) -> list[int]:
    """Three invoices."""
    module_states.set_enabled(db, cid, ["invoices"])
    with db.transaction():
        store_page(db, cid, "invoices", [row(number) for number in (901, 902, 903)], scan_id=0, want_detail=False)
    with db.snapshot():
        return [key for (key,) in db.all("SELECT id FROM record ORDER BY remote_id")]


def test_nothing_waits_and_nothing_is_announced(db: Database, cid: int, keys: list[int]) -> None:
    """The usual case costs one question."""
    assert not anything_waits(db, cid)
    assert announced(db, cid, keys) == {}


def test_only_what_is_newer_signed_and_waiting_counts(db: Database, cid: int, keys: list[int]) -> None:
    """Of several the one with the newest time, whenever it came; with what was received of it."""
    inbox.store(
        db,
        cid,
        [
            made(1, modified_at=HELD + 9, body=b"newest"),
            made(2, modified_at=HELD + 5, body=b"later, but older"),
            made(3, modified_at=HELD + 99, remote_id="902", verified=False),
            made(4, modified_at=HELD, remote_id="903"),
            made(5, modified_at=None, remote_id="903"),
            made(6, modified_at=HELD + 1, remote_id="904"),
        ],
    )
    assert anything_waits(db, cid)
    found = announced(db, cid, keys)
    assert list(found) == keys[:1]
    one = found[keys[0]]
    assert (one.body, int(one.modified_at.timestamp()), one.path) == (b"newest", HELD + 9, EVENT.path)
    assert announced(db, cid, keys[1:]) == {}
    waiting = inbox.waiting(db, cid)
    inbox.settle_all(db, cid, [(each, Result.UPDATED) for each in waiting], now())
    assert announced(db, cid, keys) == {}


def test_a_deletion_that_waits_outweighs_figures(db: Database, cid: int, keys: list[int]) -> None:
    """Without a time of its own too."""
    inbox.store(db, cid, [made(1, modified_at=HELD + 9), made(2, event="deleted", modified_at=None)])
    assert announced(db, cid, keys) == {}


def test_another_connections_events_announce_nothing_here(db: Database, cid: int, keys: list[int]) -> None:
    """The same ids may stand in two organizations."""
    other = connections.save(db, connection("60002")).id
    inbox.store(db, other, [replace(EVENT, modified_at=HELD + 9)])
    assert announced(db, cid, keys) == {}
    assert announced(db, other, keys) == {}


def test_many_are_settled_at_once_up_to_what_was_there(db: Database, cid: int) -> None:
    """Each with its own result; an event that came after the look began goes on waiting."""
    inbox.store(db, cid, [made(number, remote_id=str(number)) for number in range(1, 6)])
    seen = inbox.waiting(db, cid)
    inbox.store(db, cid, [made(9, remote_id="1")])
    results = [Result.KNOWN if at % 2 else Result.NOT_UNDERSTOOD for at in range(5)]
    inbox.settle_all(db, cid, list(zip(seen, results, strict=True)), now())
    assert [one.remote_id for one in inbox.waiting(db, cid)] == ["1"]
    assert inbox.waiting_modules(db, cid) == ["invoices"]
    assert sorted(view.result for view in inbox.events(db, cid)) == sorted([*results, "waiting"])


def test_what_was_put_aside_is_taken_in_without_counting_a_copy(db: Database, cid: int) -> None:
    """One that is here already is the same event, not another delivery of it."""
    inbox.store(db, cid, [made(1)])
    assert inbox.store_left(db, cid, [made(1), made(2), made(3)]) == 2
    assert inbox.store_left(db, cid, [made(2)]) == 0
    assert [view.copies for view in inbox.events(db, cid)] == [1, 1, 1]
    assert inbox.facts(db, cid).last_event_at == made(3).received_at
