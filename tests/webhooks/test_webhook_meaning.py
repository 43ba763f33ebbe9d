"""What becomes of each event: one test a row of the manual's table."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from webhook_site import JSON, ORGANIZATION, Inbox, looking, stamp
from world import World, fault, forbidden

from zbdesk.domain.errors import Budget
from zbdesk.store import budget, inbox, module_states
from zbdesk.sync.commands import Pause, ReplayEvent, Resume, SetPublicUrl, SyncNow
from zbdesk.sync.events import CommandFailed, RecordsChanged, RunFinished
from zbdesk.webhooks.events import Taken
from zbdesk.zoho.errors import CallsThrottled, NetworkDown, SignInEnded
from zbdesk.zoho.limits import Priority

pytestmark = pytest.mark.anyio
Make = Callable[..., World]
FORM = "application/x-www-form-urlencoded"


def with_invoices(make: Make, count: int = 3) -> tuple[World, list[str]]:
    """A world that knows some invoices, and their ids."""
    world = make("contacts", "invoices")
    return world, world.zoho.put("invoices", count, total=1)


async def test_a_changed_record_is_read_again_at_once(make: Make) -> None:
    """One event costs one call, ahead of polling, and the table shows the change."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        assert await site.tell("invoices", one) is Taken.STORED
        assert site.results() == ["updated"]
        assert world.here("invoices") == world.there("invoices")
        assert world.zoho.asked == [("get", "invoices", one)]
        assert world.zoho.priorities == [Priority.WEBHOOK]
        assert RecordsChanged(frozenset({"invoices"})) in world.events


async def test_a_new_record_is_read_and_kept(make: Make) -> None:
    """A record that is not here yet comes by its id, without a list, and the next list finds it known."""
    world, _ = with_invoices(make)
    async with looking(world) as site:
        world.clock.tick(1)
        (made,) = world.zoho.put("invoices", total=7)
        await site.tell("invoices", made)
        assert site.results() == ["new"]
        assert world.here("invoices") == world.there("invoices")
        assert [kind for kind, *_ in world.zoho.asked] == ["get"]
        await site.command(SyncNow())
        assert world.differences() == []


async def test_a_deleted_record_becomes_a_tombstone(make: Make) -> None:
    """Only Zoho's own word about that id deletes; the event is no more than the occasion to ask."""
    world, (one, two, _) = with_invoices(make)
    async with looking(world) as site:
        world.zoho.delete("invoices", one)
        await site.send({"invoice": {"invoice_id": one}}, "invoices/deleted")
        await site.send({"invoice": {"invoice_id": two}}, "invoices/deleted")
        assert site.results() == ["deleted", "updated"]
        assert one not in world.here("invoices")
        assert two in world.here("invoices")


async def test_a_record_made_and_deleted_in_between_is_no_trouble(make: Make) -> None:
    """An event about a record that is neither here nor there leaves nothing behind."""
    world, _ = with_invoices(make)
    async with looking(world) as site:
        await site.send({"invoice": {"invoice_id": "9000000000009999"}})
        assert site.results() == ["not_in_zoho"]
        assert len(world.here("invoices")) == 3


async def test_the_same_event_again_is_stored_once(make: Make) -> None:
    """A second delivery is acknowledged, counted and costs no call."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        assert await site.tell("invoices", one) is Taken.STORED
        world.clock.tick(3600)
        assert await site.tell("invoices", one) is Taken.AGAIN
        assert [view.copies for view in site.events()] == [2]
        assert site.reads() == [one]


async def test_events_without_a_stamp_are_the_same_only_within_a_minute(make: Make) -> None:
    """A form that holds nothing but the id says the same at every change: a later one is another event."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        form = urlencode({"invoice_id": one}).encode()
        assert await site.send(form, content_type=FORM) is Taken.STORED
        assert await site.send(form, content_type=FORM) is Taken.AGAIN
        await site.advance(61)
        assert await site.send(form, content_type=FORM) is Taken.STORED
        assert site.reads() == [one, one]


async def test_old_news_costs_no_call(make: Make) -> None:
    """An event that is older than what is here (late, out of order, replayed by somebody) is settled at once."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        world.clock.tick(10)
        world.zoho.edit("invoices", one, status="paid")
        await site.tell("invoices", one)
        world.zoho.forget_calls()
        late = stamp(world.zoho.modules["invoices"][one].modified - 5)
        await site.tell("invoices", one, last_modified_time=late)
        assert site.results() == ["updated", "already_known"]
        assert world.zoho.asked == []


async def test_many_events_of_one_record_are_one_call(make: Make) -> None:
    """What arrives while nothing can be read is answered by one look."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        await site.command(Pause())
        for number in range(20):
            world.clock.tick(1)
            world.zoho.edit("invoices", one, status=f"s{number}")
            await site.tell("invoices", one)
        world.zoho.forget_calls()
        await site.command(Resume())
        assert set(site.results()) == {"updated"}
        assert site.reads() == [one]


async def test_many_records_of_one_module_are_read_by_their_list(make: Make) -> None:
    """A colleague's import costs a page of the list and not a call for each record."""
    world, ids = with_invoices(make, 60)
    async with looking(world) as site:
        await site.command(Pause())
        world.clock.tick(1)
        for one in ids:
            world.zoho.edit("invoices", one, status="paid")
            await site.tell("invoices", one)
        world.clock.tick(60)
        await site.command(Resume())
        assert set(site.results()) == {"already_known"}
        assert world.here("invoices") == world.there("invoices")
        assert len(world.calls("invoices")) <= 2


async def test_an_event_of_another_organization_is_put_aside(make: Make) -> None:
    """A rule of another organization that points here by mistake changes nothing and costs nothing."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        await site.send({"organization_id": 42, "invoice": {"invoice_id": one}})
        await site.send({"organization_id": int(ORGANIZATION), "invoice": {"invoice_id": one}})
        assert site.results() == ["other_organization", "updated"]


async def test_an_event_of_a_module_that_is_off_is_put_aside(make: Make) -> None:
    """What a person does not sync is not read because somebody sends an event about it."""
    world, _ = with_invoices(make)
    async with looking(world) as site:
        await site.send({"item": {"item_id": "77"}})
        assert site.results() == ["module_off"]
        assert world.zoho.asked == []


@pytest.mark.parametrize(
    "payload",
    [b"", b"hello", b"[]", b'"x"', b"{", b'{"invoice": {}}', b'{"invoice": {"invoice_id": 1.5}}', b'{"what": {"x": 1}}',
     b'{"invoice": {"invoice_id": "../contacts"}}', b"\xff\xfe", b'{"a":' * 50_000, b"9" * 10_000],
)  # fmt: skip
async def test_what_names_no_record_is_kept_and_not_understood(make: Make, payload: bytes) -> None:
    """A body that nobody can read is acknowledged, since a second delivery would be no better."""
    world, _ = with_invoices(make)
    async with looking(world) as site:
        assert await site.send(payload) is Taken.STORED
        assert site.results() == ["not_understood"]
        assert world.zoho.asked == []


async def test_in_a_pause_events_wait(make: Make) -> None:
    """A pause holds for webhooks too; what came meanwhile is looked at when it ends."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        await site.command(Pause())
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        await site.tell("invoices", one)
        assert site.results() == ["waiting_paused"]
        assert site.reads() == []
        await site.command(Resume())
        assert site.results() == ["updated"]


async def test_a_pause_in_the_middle_of_looking_loses_nothing(make: Make) -> None:
    """What was being read when somebody paused is read when the pause ends, without another event."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        gate = asyncio.Event()

        async def hold(kind: str, _module: str, _what: int | str) -> None:
            if kind == "get":
                await gate.wait()

        world.zoho.before = hold
        await site.tell("invoices", one)
        await site.command(Pause())
        assert site.results() == ["waiting_paused"]
        gate.set()
        await site.command(Resume())
        assert site.results() == ["updated"]


async def test_a_list_that_fails_is_not_asked_for_again_and_again(make: Make) -> None:
    """Where the list of many records cannot be read, each is read by itself."""
    world, ids = with_invoices(make, 30)
    async with looking(world) as site:
        await site.command(Pause())
        world.clock.tick(1)
        for one in ids:
            world.zoho.edit("invoices", one, status="paid")
            await site.tell("invoices", one)
        world.zoho.failing["invoices"] = fault()
        await site.command(Resume())
        await site.advance(60)
        assert set(site.results()) == {"updated"}
        assert len(world.calls("invoices")) <= 6
        assert world.here("invoices") == world.there("invoices")


async def test_offline_events_wait_for_the_network(make: Make) -> None:
    """Without a way to Zoho nothing is lost: the events are read once it answers again."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        down = True

        async def wire(_kind: str, _module: str, _what: int | str) -> None:
            if down:
                raise NetworkDown

        world.zoho.before = wire
        await site.tell("invoices", one)
        assert site.results() == ["waiting_offline"]
        down = False
        await site.advance(60)
        assert site.results()[0] in {"updated", "already_known"}


async def test_throttled_events_wait_until_zoho_allows(make: Make) -> None:
    """Silence that Zoho asked for holds for webhooks as for everything else."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        until = world.clock.now() + timedelta(seconds=600)

        async def wire(_kind: str, _module: str, _what: int | str) -> None:
            wait = (until - world.clock.now()).total_seconds()
            if wait > 0:
                budget.pause(world.db, world.connection.id, until, Budget.MINUTE)
                raise CallsThrottled(Budget.MINUTE, wait, until, "44")

        world.zoho.before = wire
        await site.tell("invoices", one)
        assert site.results() == ["waiting_throttled"]
        world.zoho.forget_calls()
        await site.advance(590)
        assert world.zoho.asked == []
        await site.advance(60)
        assert site.results()[0] in {"updated", "already_known"}


async def test_signed_out_events_wait_for_a_sign_in(make: Make) -> None:
    """Events are stored while nobody is signed in, and no call is made for them."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        world.zoho.refusing_details[one] = SignInEnded("accounts.zoho.eu", "invalid_code")
        await site.tell("invoices", one)
        assert site.results() == ["waiting_sign_in"]
        world.zoho.forget_calls()
        await site.advance(120)
        assert world.zoho.asked == []


async def test_while_a_pass_runs_known_records_are_read_and_new_ones_wait(make: Make) -> None:
    """A record of our own may just be on its way back as an event: what is not here yet waits for the pass to end."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        gate = asyncio.Event()

        async def hold(kind: str, module: str, _what: int | str) -> None:
            if kind == "list" and module == "invoices":
                await gate.wait()

        world.zoho.before = hold
        await site.command(SyncNow())
        world.clock.tick(1)
        world.zoho.edit("invoices", one, status="paid")
        (made,) = world.zoho.put("invoices")
        await site.tell("invoices", one)
        await site.tell("invoices", made)
        assert site.results() == ["updated", "waiting_busy"]
        world.clock.tick(1)
        gate.set()
        await site.settle()
        assert site.results()[1] in {"new", "already_known", "updated"}
        assert world.differences() == []


async def test_what_zoho_does_not_answer_about_is_asked_again(make: Make) -> None:
    """A fault of Zoho's about one record leaves its event waiting, and the others go on."""
    world, (one, two, _) = with_invoices(make)
    async with looking(world) as site:
        world.zoho.refusing_details[one] = fault()
        world.clock.tick(1)
        world.zoho.edit("invoices", two, status="paid")
        await site.tell("invoices", one)
        await site.tell("invoices", two)
        assert site.results() == ["waiting_retry", "updated"]
        world.zoho.refusing_details.clear()
        await site.advance(20)
        assert site.results() == ["updated", "updated"]


async def test_a_record_that_zoho_refuses_is_settled_as_refused(make: Make) -> None:
    """Without permission for one record its event does not come back for ever."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        world.zoho.refusing_details[one] = forbidden("invoices")
        await site.tell("invoices", one)
        assert site.results() == ["refused"]
        await site.advance(60)
        assert site.reads() == [one]


async def test_an_event_is_replayed_by_hand(make: Make) -> None:
    """A person may have a record read again, whatever became of the event before."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        await site.tell("invoices", one)
        (view,) = site.events()
        world.zoho.forget_calls()
        await site.command(ReplayEvent(view.id))
        assert site.reads() == [one]
        (after,) = site.events()
        assert (after.result, after.replays) == ("updated", 1)
        await site.command(ReplayEvent(999))
        assert [found.title for found in world.events if isinstance(found, CommandFailed)] == [
            "There is no event 999 that can be replayed."
        ]


async def test_what_was_stored_before_a_crash_is_looked_at_after_it(make: Make) -> None:
    """Acknowledged is kept: an event that nobody had looked at yet is read by the next start."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        await site.command(Pause())
        world.zoho.edit("invoices", one, status="paid")
        await site.tell("invoices", one)
        await site.command(Resume(), Pause())
    world.crash()
    world.db.execute("UPDATE connection SET state = 'active'")
    async with looking(world, first=False) as site:
        assert site.results()[0] in {"updated", "already_known"}
        assert world.differences() == []


async def test_a_public_address_is_kept(make: Make) -> None:
    """The window's command writes the address down."""
    world, _ = with_invoices(make)
    async with looking(world) as site:
        await site.command(SetPublicUrl("https://hooks.example/x"))
        assert inbox.facts(world.db, world.connection.id).public_url == "https://hooks.example/x"


async def test_webhooks_do_not_make_up_for_a_pass_that_is_owed(make: Make) -> None:
    """Reading what an event names leaves the timetable alone: the next poll comes when it was due."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        await site.advance(600)
        await site.tell("invoices", one)
        assert not [found for found in world.events if isinstance(found, RunFinished)]
        await site.advance(301)
        assert len([found for found in world.events if isinstance(found, RunFinished)]) == 1


async def test_settled_events_are_forgotten_after_a_month_and_waiting_ones_never(make: Make) -> None:
    """The inbox does not grow without end, and what nobody has looked at is never dropped."""
    world, (one, two, _) = with_invoices(make)
    async with looking(world) as site:
        await site.tell("invoices", one)
        await site.command(Pause())
        await site.tell("invoices", two)
        month = world.clock.now() + timedelta(days=inbox.KEPT_DAYS, seconds=1)
        assert inbox.prune(world.db, world.connection.id, world.clock.now()) == 0
        assert inbox.prune(world.db, world.connection.id, month) == 1
        assert [view.remote_id for view in site.events()] == [two]


async def test_only_the_newest_events_are_kept(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most rows the oldest settled ones go, however young."""
    monkeypatch.setattr(inbox, "KEPT_ROWS", 5)
    world, ids = with_invoices(make, 8)
    async with looking(world) as site:
        for one in ids:
            await site.tell("invoices", one)
        assert inbox.prune(world.db, world.connection.id, world.clock.now()) == 3
        assert [view.remote_id for view in site.events()] == ids[3:]


async def test_a_bad_signature_stores_nothing(make: Make) -> None:
    """What is not signed with the secret leaves no trace in the inbox."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        assert await site.send({"invoice": {"invoice_id": one}}, secret="another0secret") is Taken.REFUSED
        assert site.events() == []


async def test_modules_are_looked_up_when_an_event_comes(make: Make) -> None:
    """A module that is switched on counts from the next event on."""
    world, _ = with_invoices(make)
    (item,) = world.zoho.put("items")
    async with looking(world) as site:
        await site.send({"item": {"item_id": item}})
        module_states.set_enabled(world.db, world.connection.id, ["contacts", "invoices", "items"])
        await site.send({"item": {"item_id": item, "again": 1}})
        assert site.results() == ["module_off", "new"]


def log_of(site: Inbox) -> list[tuple[str | None, str | None, bool]]:
    """Module, id and verdict of each event."""
    return [(view.module, view.remote_id, view.verified) for view in site.events()]


async def test_what_came_is_kept_byte_for_byte(make: Make) -> None:
    """The raw view shows what was received, and that it was verified."""
    world, (one, *_) = with_invoices(make)
    async with looking(world) as site:
        body = b'{ "invoice" : {"invoice_id":' + one.encode() + b'},"note":"caf\xc3\xa9" }'
        await site.send(body, "invoices/edited", content_type=f"{JSON}; charset=utf-8", query=b"t=1")
        (view,) = site.events()
        raw = inbox.event(world.db, world.connection.id, view.id)
        assert raw is not None
        assert (raw.body, raw.query, raw.path, raw.method) == (body, b"t=1", "invoices/edited", "POST")
        assert log_of(site) == [("invoices", one, True)]
