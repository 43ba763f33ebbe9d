"""Figures over the inbox and its lines, on both servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from zbdesk.domain.webhook_views import EventFilter
from zbdesk.store import connections, deliveries, inbox, inbox_figures
from zbdesk.store.database import Database
from zbdesk.store.inbox import Result

from .build import connection, now
from .test_inbox import EVENT, made


@pytest.fixture
def cid(db: Database) -> int:
    """A connection."""
    return connections.save(db, connection()).id


def test_the_day_is_counted_from_midnight_and_the_usual_time_is_the_median(db: Database, cid: int) -> None:
    """Yesterday's events count for the module's last one only; what was settled without a look has no time."""
    yesterday = replace(made(0), received_at=now() - timedelta(days=1), module="contacts", remote_id="5")
    events = [made(at, remote_id=str(at)) for at in (1, 2, 3)]
    put_aside = made(4, verified=False, module=None, remote_id=None, result=Result.NOT_UNDERSTOOD)
    inbox.store(db, cid, [yesterday, *events, put_aside])
    for one in inbox.waiting(db, cid):
        if one.module == "invoices":
            inbox.settle(db, cid, one, Result.UPDATED, one.received_at + timedelta(seconds=int(one.remote_id)))
    found = inbox_figures.figures(db, cid, now() - timedelta(hours=1))
    assert (found.today, found.unverified, found.usual_seconds) == (4, 1, 2.0)
    assert [(one.module, one.today) for one in found.modules] == [("contacts", 0), ("invoices", 3)]
    assert found.modules[0].last_at == yesterday.received_at
    assert inbox_figures.figures(db, cid, now() + timedelta(days=1)).usual_seconds is None


def test_lines_are_filtered_paged_and_of_one_connection(db: Database, cid: int) -> None:
    """Newest first; what waits is one filter, each result another; another connection's events are never shown."""
    other = connections.save(db, connection("60002")).id
    inbox.store(db, other, [EVENT])
    inbox.store(db, cid, [made(1), made(2, module="contacts"), made(3, verified=False), made(4, remote_id="9")])
    (first, *_) = [one for one in inbox.waiting(db, cid) if one.remote_id == "9"]
    inbox.settle(db, cid, first, Result.NEW, now())

    def digits(where: EventFilter, limit: int = 10, before: int | None = None) -> list[str | None]:
        return [line.view.remote_id for line in inbox_figures.lines(db, cid, where, limit, before)]

    assert digits(EventFilter()) == ["9", "901", "901", "901"]
    assert digits(EventFilter(result="waiting")) == ["901", "901", "901"]
    assert digits(EventFilter(result="new")) == ["9"]
    assert digits(EventFilter(module="contacts")) == ["901"]
    assert digits(EventFilter(verified=False)) == ["901"]
    page = inbox_figures.lines(db, cid, EventFilter(), 2)
    assert len(digits(EventFilter(), 10, page[-1].view.id)) == 2
    assert page[0].record_id is None


def test_a_changed_target_keeps_its_place_and_what_waits(db: Database, cid: int) -> None:
    """Another filter or a pause leaves address, content and the queue alone; a target that is not there is said."""
    key = deliveries.add_target(db, cid, "http://127.0.0.1:9/in", "record", ["invoices"], [], now())
    deliveries.change_target(db, cid, key, ["contacts"], ["deleted"], enabled=False)
    (found,) = deliveries.targets(db, cid)
    assert (found.url, found.content) == ("http://127.0.0.1:9/in", "record")
    assert (found.modules, found.kinds, found.enabled) == (("contacts",), ("deleted",), False)
    assert not found.wants("contacts", "deleted")
    with pytest.raises(deliveries.NoTarget):
        deliveries.change_target(db, cid, key + 1, [], [], enabled=True)
