"""Relay onward: what is queued for whom, signed, tried again, given up, sent again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onward_site import BEGIN, Turned, arrives, clock, db, settled

from zbdesk.store import deliveries, onward
from zbdesk.store.database import Database
from zbdesk.store.deliveries import Message, NoTarget, NotDeliverable, TargetKnown
from zbdesk.store.inbox import Result
from zbdesk.webhooks.onward import LONGEST_WAIT, MOST_TRIES, Relayer, new_secret, signed, wait_before

pytestmark = pytest.mark.anyio
__all__ = ["clock", "db"]  # fixtures

SECRET = "target1secret2026"


def target(db: Database, url: str = "http://127.0.0.1:9/own", content: str = "event", *filters: tuple[str, ...]) -> int:
    """One target; filters are modules and kinds."""
    modules, kinds = (*filters, (), ())[:2]
    return deliveries.add_target(db, 1, url, content, modules, kinds, BEGIN)


class Far:
    """The user's own system: answers as told and keeps what it got."""

    def __init__(self) -> None:
        self.answers: list[httpx.Response | Exception] = []
        self.got: list[httpx.Request] = []
        self.hold: dict[str, asyncio.Event] = {}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        self.got.append(request)
        if request.url.host in self.hold:
            await self.hold[request.url.host].wait()
        answer = self.answers.pop(0) if self.answers else httpx.Response(200)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
async def far() -> Far:
    """The other end."""
    return Far()


@pytest.fixture
async def relayer(db: Database, clock: Turned, far: Far) -> AsyncIterator[Relayer]:
    """The relay, not running by itself: ``turned`` lets it work."""
    dead: list[int] = []
    async with httpx.AsyncClient(transport=httpx.MockTransport(far)) as http:

        async def secret(_target: object) -> str:
            return SECRET

        made = Relayer(
            db,
            1,
            http=http,
            clock=clock,
            rng=random.Random(1),
            secret_of=secret,
            on_dead=lambda one: dead.append(one.id),
        )
        made.dead = dead  # type: ignore[attr-defined]
        yield made


async def work(relayer: Relayer) -> None:
    """Do what is due now, to the end."""
    relayer.begin()
    while relayer._sending:
        await asyncio.gather(*relayer._sending.values())
        await asyncio.sleep(0)
        relayer.begin()


async def test_an_event_arrives_as_zoho_sent_it_and_is_signed(
    db: Database, clock: Turned, far: Far, relayer: Relayer
) -> None:
    """The body is the one that Zoho signed, byte for byte; our signature covers it with the time."""
    target(db)
    key = arrives(db, 7, clock.now())
    await work(relayer)
    (request,) = far.got
    body = b'{"invoice":{"invoice_id":"7"},  "total":100.50}'
    seconds = str(int(BEGIN.timestamp()))
    digest = hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert request.content == body
    assert request.headers["X-Zbdesk-Signature"] == f"t={seconds},v1={digest}"
    assert request.headers["X-Zbdesk-Event"] == "invoices.changed"
    assert request.headers["Content-Type"] == "application/json"
    (line,) = deliveries.recent(db, 1)
    assert (line.state, line.status, line.tries) == ("done", 200, 1)
    assert key


async def test_a_confirmed_record_is_passed_on_once_for_its_events(
    db: Database, clock: Turned, far: Far, relayer: Relayer
) -> None:
    """Several events about one record are one message, sent after the record was read again; hints count here too."""
    target(db, content="record")
    arrives(db, 7, clock.now())
    newest = arrives(db, 7, clock.now(), digest="other", verified=False)
    await work(relayer)
    assert far.got == []
    clock.turn(2)
    settled(db, 7, newest, Result.DELETED, clock.now())
    await work(relayer)
    await work(relayer)
    (request,) = far.got
    told = json.loads(request.content)
    assert (told["event"], told["module"], told["remote_id"], told["record"]) == ("deleted", "invoices", "7", None)
    assert told["verified"] is True


async def test_only_verified_events_go_on_as_they_are(db: Database, clock: Turned, far: Far, relayer: Relayer) -> None:
    """A hint without a signature is not handed to other systems as if Zoho had said it."""
    target(db)
    arrives(db, 1, clock.now(), verified=False)
    arrives(db, 2, clock.now(), module=None, remote_id=None, result=Result.NOT_UNDERSTOOD)
    await work(relayer)
    assert far.got == []


async def test_filters_choose_modules_and_events(db: Database, clock: Turned, far: Far, relayer: Relayer) -> None:
    """A target gets what it asked for, and what came before it was added is not for it."""
    arrives(db, 1, clock.now())
    target(db, "http://a.example/", "event", ("contacts",))
    target(db, "http://b.example/", "event", (), ("deleted",))
    arrives(db, 2, clock.now(), module="contacts")
    arrives(db, 3, clock.now(), event="deleted")
    arrives(db, 4, clock.now())
    await work(relayer)
    got = sorted((request.url.host, request.headers["X-Zbdesk-Event"]) for request in far.got)
    assert got == [("a.example", "contacts.changed"), ("b.example", "invoices.deleted")]


async def test_a_failure_is_tried_again_later_in_order_and_without_overtaking(
    db: Database, clock: Turned, far: Far, relayer: Relayer
) -> None:
    """While the first waits, the second does too: the target sees changes in their order."""
    target(db)
    arrives(db, 1, clock.now())
    arrives(db, 2, clock.now())
    far.answers = [httpx.Response(500), httpx.ConnectError("no")]
    await work(relayer)
    assert len(far.got) == 1
    clock.turn(5.1)
    await work(relayer)
    assert len(far.got) == 2
    clock.turn(10.1)
    await work(relayer)
    bodies = [json.loads(request.content)["invoice"]["invoice_id"] for request in far.got]
    assert bodies == ["1", "1", "1", "2"]
    assert [line.state for line in deliveries.recent(db, 1)] == ["done", "done"]


async def test_what_a_target_asks_for_is_waited_for(db: Database, clock: Turned, far: Far, relayer: Relayer) -> None:
    """Retry-After counts, up to an hour."""
    target(db)
    arrives(db, 1, clock.now())
    far.answers = [httpx.Response(429, headers={"Retry-After": "600"})]
    await work(relayer)
    assert deliveries.next_due_at(db, 1) == BEGIN + timedelta(seconds=600)
    (line,) = deliveries.recent(db, 1)
    assert line.error == "It answered with status 429."


@pytest.mark.logs("given up")
async def test_after_all_tries_it_is_a_dead_letter_that_can_be_sent_again(
    db: Database, clock: Turned, far: Far, relayer: Relayer
) -> None:
    """It stands on the list with its reason; a person sends it again and it arrives."""
    one = target(db)
    arrives(db, 1, clock.now())
    far.answers = [httpx.Response(302, headers={"Location": "http://evil.example/"})] * MOST_TRIES
    for _ in range(MOST_TRIES):
        await work(relayer)
        clock.turn(LONGEST_WAIT)
    (line,) = deliveries.recent(db, 1, state="dead")
    assert line.tries == MOST_TRIES
    assert line.error == "It sends us to another address (302), which is not followed."
    assert {request.url.host for request in far.got} == {"127.0.0.1"}
    assert relayer.dead == [one]  # type: ignore[attr-defined]
    deliveries.redeliver(db, 1, line.id, clock.now())
    await work(relayer)
    assert deliveries.recent(db, 1)[0].state == "done"
    with pytest.raises(NotDeliverable, match="cannot be sent again"):
        deliveries.redeliver(db, 1, line.id, clock.now())


@pytest.mark.logs("given up")
async def test_a_target_that_is_gone_for_good_is_not_tried_again(
    db: Database, clock: Turned, far: Far, relayer: Relayer
) -> None:
    """410 says so."""
    target(db)
    arrives(db, 1, clock.now())
    far.answers = [httpx.Response(410)]
    await work(relayer)
    assert deliveries.recent(db, 1)[0].state == "dead"


async def test_a_target_that_hangs_delays_no_other(db: Database, clock: Turned, far: Far, relayer: Relayer) -> None:
    """One slow system does not keep the others from their events, nor the inbox from taking more."""
    target(db, "http://slow.example/")
    target(db, "http://fast.example/")
    far.hold["slow.example"] = asyncio.Event()
    for number in range(5):
        arrives(db, number, clock.now())
        relayer.begin()
        for _ in range(20):
            await asyncio.sleep(0)
    relayer.begin()
    for _ in range(200):
        await asyncio.sleep(0)
        relayer.begin()
    hosts = [request.url.host for request in far.got]
    assert hosts.count("fast.example") == 5
    assert hosts.count("slow.example") == 1
    far.hold["slow.example"].set()
    await work(relayer)


async def test_what_waits_survives_the_end_of_the_program(
    db: Database, clock: Turned, far: Far, relayer: Relayer
) -> None:
    """The queue is in the database: cancelled in the middle, it goes on with the same message."""
    target(db)
    arrives(db, 1, clock.now())
    far.hold["127.0.0.1"] = asyncio.Event()
    running = asyncio.create_task(relayer.run())
    while not far.got:  # noqa: ASYNC110 - the other end is a plain list
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    (line,) = deliveries.recent(db, 1)
    assert (line.state, line.tries) == ("waiting", 0)
    far.hold.clear()
    await work(relayer)
    assert deliveries.recent(db, 1)[0].state == "done"


async def test_a_full_queue_keeps_the_old_and_names_the_new(
    db: Database, clock: Turned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue is bounded; what finds no place is a dead letter without a body, and says so."""
    one = target(db)
    monkeypatch.setattr(deliveries, "MOST_WAITING", 2)
    for number in range(3):
        arrives(db, number, clock.now())
    onward.queue_new(db, 1, clock.now())
    lines = deliveries.recent(db, 1)
    assert [line.state for line in reversed(lines)] == ["waiting", "waiting", "dead"]
    assert lines[0].error == deliveries.QUEUE_FULL
    with pytest.raises(NotDeliverable):
        deliveries.redeliver(db, 1, lines[0].id, clock.now())
    assert deliveries.dead_counts(db, 1)[0][1] == 1
    assert one


async def test_looking_twice_queues_once(db: Database, clock: Turned) -> None:
    """However often the inbox is looked through, and across a crash in between, a message is queued once."""
    target(db)
    target(db, "http://records.example/", "record")
    for number in range(450):
        key = arrives(db, number, clock.now())
        if number % 2:
            settled(db, number, key, Result.UPDATED, clock.now())
    queued = [onward.queue_new(db, 1, clock.now()).queued for _ in range(6)]
    assert sum(queued) == 450 + 225
    assert queued[-1] == 0


async def test_many_records_of_one_moment_are_looked_through_once(db: Database, clock: Turned) -> None:
    """Hundreds settled together neither block the position nor are looked at over and over."""
    target(db, "http://records.example/", "record")
    clock.turn(1)
    for number in range(450):
        settled(db, number, arrives(db, number, clock.now()), Result.UPDATED, clock.now())
    looks = [onward.queue_new(db, 1, clock.now()) for _ in range(4)]
    assert sum(look.queued for look in looks) == 450
    assert not looks[-1].more


async def test_many_events_for_others_do_not_hold_up_the_one_for_us(db: Database, clock: Turned, far: Far) -> None:
    """A filter that lets one of a thousand through gets it at once, not a look later."""
    target(db, "http://a.example/", "event", ("contacts",))
    for number in range(999):
        arrives(db, number, clock.now())
    arrives(db, 1000, clock.now(), module="contacts")
    async with httpx.AsyncClient(transport=httpx.MockTransport(far)) as http:

        async def secret(_target: object) -> str:
            return SECRET

        relayer = Relayer(db, 1, http=http, clock=clock, rng=random.Random(1), secret_of=secret)
        running = asyncio.create_task(relayer.run())
        for _ in range(2_000):
            await asyncio.sleep(0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert [request.headers["X-Zbdesk-Event"] for request in far.got] == ["contacts.changed"]


async def test_targets_are_told_apart_and_removed_with_what_waits(db: Database, clock: Turned) -> None:
    """One address is one target; removing it takes its queue along."""
    one = target(db)
    with pytest.raises(TargetKnown):
        target(db)
    deliveries.enqueue(db, one, Message("event 1", "invoices", "1", "changed", "application/json", b"{}"), clock.now())
    deliveries.remove_target(db, 1, one)
    assert deliveries.recent(db, 1) == []
    with pytest.raises(NoTarget):
        deliveries.remove_target(db, 1, one)


async def test_what_ended_long_ago_is_forgotten(db: Database, clock: Turned, far: Far, relayer: Relayer) -> None:
    """Delivered messages go after a week; the history does not grow for ever."""
    target(db)
    arrives(db, 1, clock.now())
    await work(relayer)
    clock.turn(8 * 86_400)
    relayer.begin()
    assert deliveries.recent(db, 1) == []


@given(tries=st.integers(0, 10_000), jitter=st.floats(0, 0.999))
def test_waits_grow_and_stay_bounded(tries: int, jitter: float) -> None:
    """Never under two seconds, never over an hour."""
    assert 2.5 <= wait_before(tries, jitter) <= LONGEST_WAIT
    assert wait_before(tries + 1, jitter) >= wait_before(tries, jitter)


def test_secrets_are_long_and_each_another() -> None:
    """Forty letters and digits; the signature is another one for another secret, body or time."""
    made = {new_secret() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 40 and one.isalnum() for one in made)
    later = BEGIN + timedelta(seconds=1)
    values = {signed("a", BEGIN, b"x"), signed("b", BEGIN, b"x"), signed("a", BEGIN, b"y"), signed("a", later, b"x")}
    assert len(values) == 4
