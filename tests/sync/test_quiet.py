"""Month end on the sync thread, and a fresh look at a period: what is held back, what is kept, what is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from types import MethodType
from typing import Any

import pytest
from world import World

from zbdesk.domain.closing import MonthEnd, month_end_of, previous_month
from zbdesk.domain.errors import AuthError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.status import ConnectionState, RunKind
from zbdesk.domain.tieout import Request
from zbdesk.store import budget, connections
from zbdesk.store.trees import count_details_wanted
from zbdesk.sync import period
from zbdesk.sync.commands import FillDetails, LookAtPeriod, SetMonthEnd, SetPace, SyncNow
from zbdesk.sync.events import CommandFailed, PeriodLooked, PeriodProgress
from zbdesk.zoho.errors import NetworkDown
from zbdesk.zoho.limits import Priority

from .test_scheduler import running

pytestmark = pytest.mark.anyio
Make = Callable[..., World]
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


async def test_no_complete_list_is_read_by_itself_until_month_end_is_over(make: Make) -> None:
    """Two nights go by without one; ordinary looks go on; the first night afterwards has it."""
    world = make("contacts", "items")
    world.zoho.put("contacts", 3)
    async with running(world) as loop:
        await loop.send(SetMonthEnd(on=True))
        await loop.advance(50 * 3600, step=900)
        assert RunKind.FULL not in loop.kinds()
        assert len(loop.results()) > 100
        await loop.send(SetMonthEnd(on=False))
        await loop.advance(26 * 3600, step=900)
        assert RunKind.FULL in loop.kinds()


async def test_a_persons_complete_reading_runs_at_month_end_too(make: Make) -> None:
    """Only what begins by itself is held back."""
    world = make("contacts")
    async with running(world) as loop:
        await loop.send(SetMonthEnd(on=True), SyncNow(full=True))
        assert loop.kinds()[-1] is RunKind.FULL


async def test_the_back_fill_rests_and_goes_on_when_its_day_is_over(make: Make) -> None:
    """The marks stay; the mode ends by itself at the organization's midnight."""
    world = make("contacts", "currencies")
    world.zoho.put("contacts", 20)
    async with running(world) as loop:
        world.engine.poll_seconds = 86_400
        day = world.clock.now().date()
        await loop.send(SetMonthEnd(on=True, until=day.isoformat()))
        await loop.send(FillDetails(("contacts",)))
        await loop.advance(800)
        assert count_details_wanted(world.db, world.connection.id) == 20
        assert "get" not in [kind for kind, _, _ in world.zoho.asked]
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        await loop.advance((midnight - world.clock.now()).total_seconds() + 120)
        assert count_details_wanted(world.db, world.connection.id) == 0


async def test_half_of_the_calls_are_kept_while_it_lasts(make: Make) -> None:
    """The person's own reserve comes back afterwards, and a larger one is not made smaller."""
    world = make("contacts")
    heard: list[tuple[int, float]] = []
    world.engine.set_pace = lambda per_minute, reserve: heard.append((per_minute, reserve))
    async with running(world) as loop:
        await loop.send(SetPace(60, 0.3), SetMonthEnd(on=True))
        await loop.advance(31)
        assert heard[-1] == (60, 0.5)
        await loop.send(SetMonthEnd(on=False))
        await loop.advance(31)
        assert heard[-1] == (60, 0.3)
        await loop.send(SetPace(60, 0.8), SetMonthEnd(on=True))
        await loop.advance(31)
        assert heard[-1] == (60, 0.8)


def invoice(number: int, day: str, total: int = 1_000_000) -> RemoteRow:
    """A list row."""
    body = json.dumps({"invoice_id": str(number), "date": day}).encode()
    return RemoteRow(
        str(number), f"INV-{number}", day, None, "Acme", "1", "sent", "GBP", total, total, None, 1, body
    )  # fmt: skip


class Lists:
    """Zoho's lists: ``narrows`` False: a filter that is ignored without a word."""

    def __init__(self, *rows: RemoteRow, narrows: bool = True, per_page: int = 2) -> None:
        self.rows, self.narrows, self.per_page = rows, narrows, per_page
        self.asked: list[dict[str, str]] = []
        self.failure: Exception | None = None

    async def list_page(
        self,
        module: Module,
        page: int,
        *,
        sort: str | None = None,
        order: str | None = None,
        extra: Iterable[tuple[str, str]] = (),
        priority: Priority = Priority.POLL,
        parent_id: str | None = None,
    ) -> Page:
        """One page."""
        del module, sort, order, parent_id
        assert priority is Priority.USER
        if self.failure is not None:
            raise self.failure
        asked = dict(extra)
        self.asked.append(asked)
        rows = [
            row for row in self.rows
            if not self.narrows or asked.get("date_start", "") <= (row.date or "") <= asked.get("date_end", "9")
        ]  # fmt: skip
        start = (page - 1) * self.per_page
        return Page(rows[start : start + self.per_page], len(rows) > start + self.per_page, None, None)


async def look(lists: Lists, left: int | None = None, module: str = "invoices") -> Any:
    """A fresh look at October."""
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    return await period.read(
        lists, Request(FIRST, LAST, "whole"), (module,), now=lambda: moment, left=lambda: left
    )  # fmt: skip


ROWS = [invoice(1, "2026-09-30"), invoice(2, "2026-10-01"), invoice(3, "2026-10-31"), invoice(4, "2026-11-01"),
        invoice(5, "2026-10-15")]  # fmt: skip


@pytest.mark.parametrize("narrows", [True, False])
async def test_only_rows_of_the_period_are_taken_whatever_the_filter_did(narrows: bool) -> None:
    """An ignored filter costs calls, never figures; all pages are read."""
    lists = Lists(*ROWS, narrows=narrows)
    found = await look(lists)
    assert [row.remote_id for row in found.rows["invoices"]] == ["2", "3", "5"]
    assert lists.asked[0] == {"date_start": "2026-10-01", "date_end": "2026-10-31"}
    assert len(lists.asked) == (2 if narrows else 3)


async def test_lists_that_cannot_be_narrowed_are_read_whole() -> None:
    """Journals are dated by a field that no filter knows."""
    assert not period.narrows(MODULES["journals"])
    lists = Lists(*ROWS, narrows=False)
    found = await look(lists, module="journals")
    assert lists.asked[0] == {}
    assert len(found.rows["journals"]) == 3


async def test_the_days_last_calls_are_left_alone() -> None:
    """A look stops rather than take what a person may need."""
    with pytest.raises(period.TooDear):
        await look(Lists(*ROWS), left=period.KEPT_CALLS)
    assert (await look(Lists(*ROWS), left=period.KEPT_CALLS + 1)).rows


async def test_a_look_is_a_command_that_answers_with_what_was_found(make: Make) -> None:
    """Progress and answer carry the ticket; nothing is stored; a failure is told with the same ticket."""
    world = make("contacts")
    lists = Lists(*ROWS)
    world.zoho.list_page = MethodType(lambda _self, *a, **k: lists.list_page(*a, **k), world.zoho)  # type: ignore[method-assign]
    connections.set_state(world.db, world.connection.id, ConnectionState.PAUSED)
    async with running(world) as loop:
        await loop.send(LookAtPeriod(FIRST, LAST, ("invoices",), "t1"))
        (answer,) = [event for event in world.events if isinstance(event, PeriodLooked)]
        assert (answer.ticket, len(answer.fresh.rows["invoices"])) == ("t1", 3)
        assert [e.rows for e in world.events if isinstance(e, PeriodProgress)][-1] == 3
        assert world.here("invoices") == {}
        lists.failure = NetworkDown()
        await loop.send(LookAtPeriod(FIRST, LAST, ("invoices",), "t2"))
        (failure,) = [event for event in world.events if isinstance(event, CommandFailed)]
        assert failure.ticket == "t2"


@pytest.mark.logs("a fresh look ended in a bug")
async def test_a_bug_in_a_look_is_told_and_the_loop_goes_on(make: Make) -> None:
    """The person who waits gets an answer."""
    world = make("contacts")
    lists = Lists(*ROWS)
    lists.failure = KeyError("x")
    world.zoho.list_page = MethodType(lambda _self, *a, **k: lists.list_page(*a, **k), world.zoho)  # type: ignore[method-assign]
    connections.set_state(world.db, world.connection.id, ConnectionState.PAUSED)
    async with running(world) as loop:
        await loop.send(LookAtPeriod(FIRST, LAST, ("invoices",), "t1"))
        assert [event.ticket for event in loop.refusals()] == ["t1"]
        lists.failure = None
        await loop.send(LookAtPeriod(FIRST, LAST, ("invoices",), "t2"))
        assert [event.ticket for event in world.events if isinstance(event, PeriodLooked)] == ["t2"]


async def test_without_a_sign_in_nothing_is_asked(make: Make) -> None:
    """The command line is told to sign in; the window's command is refused."""
    world = make("contacts")
    connections.set_state(world.db, world.connection.id, ConnectionState.NEEDS_SIGN_IN)
    with pytest.raises(AuthError):
        await period.look_now(world.engine, Request(FIRST, LAST), ("contacts",))
    async with running(world) as loop:
        await loop.send(LookAtPeriod(FIRST, LAST, ("contacts",), "t1"))
        assert [event.ticket for event in loop.refusals()] == ["t1"]
    assert world.zoho.asked == []


async def test_what_is_left_of_the_day_counts_the_reserve_too(make: Make) -> None:
    """A person asks: the reserve is theirs."""
    world = make("contacts")
    assert period.day_left(world.engine) is None
    budget.set_limit(world.db, world.connection.id, 100, reserve=60)
    day = budget.day_of(world.clock.now(), world.connection.organization.time_zone)
    budget.add_calls(world.db, world.connection.id, day, 30)
    assert period.day_left(world.engine) == 70


async def test_the_mode_as_the_settings_have_it() -> None:
    """A day that cannot be read is none; the month before is the one to close."""
    assert month_end_of(True, "2026-11-30") == MonthEnd(True, date(2026, 11, 30))
    assert month_end_of(True, "soon") == MonthEnd(True, None)
    assert not month_end_of(False, "").holds(datetime.now(UTC), "UTC")
    assert previous_month(date(2026, 3, 15)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert previous_month(date(2026, 1, 1)) == (date(2025, 12, 1), date(2025, 12, 31))


async def test_a_look_is_estimated_by_what_can_be_narrowed() -> None:
    """A list that Zoho narrows costs its part, another costs all of it; nothing costs less than one call."""
    assert period.estimate(MODULES["invoices"], 450, 90_000) == 3
    assert period.estimate(MODULES["journals"], 450, 900) == 5
    assert period.estimate(MODULES["invoices"], 0, 0) == 1
