"""The gate: pace, order, reserve, silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from zbdesk.domain.errors import Budget, ThrottledError
from zbdesk.zoho.errors import CallsThrottled, DayReserved
from zbdesk.zoho.limits import WINDOW, CallGate, Priority

from .fakes import BEGIN, FakeClock, FakeLedger

pytestmark = pytest.mark.anyio


def gate_of(
    clock: FakeClock,
    ledger: FakeLedger | None = None,
    *,
    per_minute: int = 0,
    parallel: int = 4,
    recent: Sequence[float] = (),
) -> CallGate:
    """A gate without limits but the given ones."""
    return CallGate(clock, per_minute, parallel, ledger or FakeLedger(), jitter=lambda: 0.5, recent=recent)


async def calls(gate: CallGate, clock: FakeClock, count: int, seconds: float = 0.1) -> list[float]:
    """Make that many calls at once; the times at which each was let through."""
    begun: list[float] = []

    async def one() -> None:
        async with gate.slot(Priority.POLL):
            begun.append(clock.seconds)
            await clock.sleep(seconds)

    await asyncio.gather(*(one() for _ in range(count)))
    return begun


@pytest.mark.parametrize(("per_minute", "parallel"), [(10, 4), (60, 4), (7, 20), (1, 1)])
async def test_no_minute_ever_sees_more_than_the_limit(per_minute: int, parallel: int) -> None:
    """In any sixty seconds, wherever they begin, at most the limit; all calls get through in the end."""
    clock = FakeClock()
    begun = await calls(gate_of(clock, per_minute=per_minute, parallel=parallel), clock, 3 * per_minute + 1)
    assert len(begun) == 3 * per_minute + 1
    for at in begun:
        assert sum(1 for other in begun if at <= other < at + 60) <= per_minute
    assert clock.seconds < 4 * (WINDOW + 1) + per_minute * 0.2


async def test_a_slow_answer_counts_until_a_minute_after_it_came() -> None:
    """Zoho may have counted the call when it arrived or when it was answered, so the answer's time is what counts."""
    clock = FakeClock()
    gate = gate_of(clock, per_minute=1)
    async with gate.slot(Priority.POLL):
        await clock.sleep(30)
    async with gate.slot(Priority.POLL):
        assert clock.seconds == 30 + WINDOW


async def test_zero_means_no_limit_of_our_own() -> None:
    """Without a limit a thousand calls pass without a wait."""
    clock = FakeClock()
    assert len(await calls(gate_of(clock), clock, 200, seconds=0)) == 200
    assert clock.seconds == 0


async def test_calls_of_an_earlier_process_count() -> None:
    """A restart does not open the minute anew."""
    clock = FakeClock()
    begun = await calls(gate_of(clock, per_minute=10, recent=[5.0, *[0.0] * 9]), clock, 2)
    assert begun == [WINDOW - 5, WINDOW]


async def test_each_call_leaves_word_of_the_last_minute_before_it_goes() -> None:
    """What the next process is told at any death: the ages of the answers, and nothing for what is under way."""
    clock, ledger = FakeClock(), FakeLedger()
    gate = gate_of(clock, ledger, per_minute=10)
    await calls(gate, clock, 2, seconds=1)
    await clock.sleep(9)
    async with gate.slot(Priority.POLL):
        assert ledger.lately == [9.0, 9.0, 0.0]
        async with gate.slot(Priority.POLL):
            assert ledger.lately == [9.0, 9.0, 0.0, 0.0]
    await clock.sleep(WINDOW)
    async with gate.slot(Priority.POLL):
        assert ledger.lately == [0.0]


async def test_a_life_after_the_other_never_makes_more_than_the_minute_has() -> None:
    """Processes that die in the middle of their calls, one after the other, stay within the limit together."""
    clock, ledger = FakeClock(), FakeLedger()
    begun: list[float] = []
    for life in range(8):
        recent = ledger.lately
        gate = gate_of(clock, ledger, per_minute=10, recent=recent)
        noted = clock.seconds

        async def one(gate: CallGate = gate) -> None:
            async with gate.slot(Priority.POLL):
                begun.append(clock.seconds)
                await clock.sleep(2)

        tasks = [asyncio.create_task(one()) for _ in range(7)]
        await clock.sleep(1 + 7 * life)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # The ledger of the test keeps ages, not times of day: they go on growing between two lives.
        last = max((at for at in begun if at >= noted), default=None)
        ledger.lately = [age + clock.seconds - (noted if last is None else last) for age in ledger.lately]
    assert len(begun) > 20
    for at in begun:
        assert sum(1 for other in begun if at <= other < at + 60) <= 10


async def test_only_so_many_run_at_once() -> None:
    """Never more than the parallel limit, and as many where there is work."""
    clock = FakeClock()
    gate = gate_of(clock, parallel=3)
    most = 0

    async def one() -> None:
        nonlocal most
        async with gate.slot(Priority.POLL):
            most = max(most, gate.running)
            await clock.sleep(1)

    await asyncio.gather(*(one() for _ in range(10)))
    assert most == 3
    assert (gate.running, gate.waiting) == (0, 0)


async def test_a_person_goes_first() -> None:
    """Waiters go by priority, then by age."""
    clock = FakeClock()
    gate = gate_of(clock, parallel=1)
    order: list[str] = []

    async def one(name: str, priority: Priority) -> None:
        async with gate.slot(priority):
            order.append(name)
            await clock.sleep(1)

    async with gate.slot(Priority.POLL):
        tasks = [
            asyncio.create_task(one(name, priority))
            for name, priority in [
                ("fill", Priority.BACKFILL),
                ("poll 1", Priority.POLL),
                ("hook", Priority.WEBHOOK),
                ("poll 2", Priority.POLL),
                ("click", Priority.USER),
            ]
        ]
        await clock.sleep(1)
    await asyncio.gather(*tasks)
    assert order == ["click", "hook", "poll 1", "poll 2", "fill"]


async def test_a_person_overtakes_a_waiter_that_already_sleeps() -> None:
    """Who sleeps for the minute to pass is overtaken by a click that comes meanwhile."""
    clock = FakeClock()
    gate = gate_of(clock, per_minute=1)
    order: list[str] = []

    async def one(name: str, priority: Priority) -> None:
        async with gate.slot(priority):
            order.append(name)

    async with gate.slot(Priority.POLL):
        pass
    poll = asyncio.create_task(one("poll", Priority.POLL))
    await clock.sleep(10)
    await asyncio.gather(poll, one("click", Priority.USER))
    assert order == ["click", "poll"]


async def test_a_cancelled_waiter_leaves_nothing_behind() -> None:
    """Stop takes a waiter out of the queue at once, and the next one gets its turn."""
    clock = FakeClock()
    gate = gate_of(clock, parallel=1)

    async def one() -> None:
        async with gate.slot(Priority.POLL):
            pass

    async with gate.slot(Priority.POLL):
        first, second = asyncio.create_task(one()), asyncio.create_task(one())
        await clock.sleep(1)
        assert gate.waiting == 2
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert gate.waiting == 1
    await second
    assert (gate.running, gate.waiting) == (0, 0)


async def test_a_cancelled_sleeper_hands_its_turn_on() -> None:
    """The head of the queue sleeps for all; when it is cancelled, the next one sleeps instead."""
    clock = FakeClock()
    gate = gate_of(clock, per_minute=1)
    async with gate.slot(Priority.POLL):
        pass
    head = asyncio.create_task(calls(gate, clock, 1))
    await clock.sleep(1)
    behind = asyncio.create_task(calls(gate, clock, 1))
    await clock.sleep(1)
    head.cancel()
    assert await behind == [WINDOW]
    with pytest.raises(asyncio.CancelledError):
        await head


async def test_a_call_that_fails_gives_its_place_back() -> None:
    """An exception inside the slot frees it."""
    gate = gate_of(FakeClock(), parallel=1)
    with pytest.raises(RuntimeError):
        async with gate.slot(Priority.USER):
            raise RuntimeError
    async with gate.slot(Priority.USER):
        assert gate.running == 1


async def test_the_reserve_is_for_the_person() -> None:
    """At seventy per cent of a known allowance the background stops until midnight; clicks go on."""
    ledger = FakeLedger(limit=1000, used=699)
    gate = gate_of(FakeClock(), ledger)
    async with gate.slot(Priority.POLL):
        pass
    for priority in (Priority.WEBHOOK, Priority.POLL, Priority.BACKFILL):
        with pytest.raises(DayReserved) as caught:
            async with gate.slot(priority):
                pytest.fail("the reserve was used")
        assert caught.value.wait == 12 * 3600
        assert caught.value.budget is Budget.DAY
    async with gate.slot(Priority.USER):
        pass
    assert ledger.used == 701


async def test_without_a_known_allowance_there_is_no_reserve() -> None:
    """The plan's table is never taken for a ceiling: an unknown limit stops nobody."""
    gate = gate_of(FakeClock(), FakeLedger(used=50_000))
    async with gate.slot(Priority.BACKFILL):
        pass


@pytest.mark.parametrize(
    ("headers", "known", "background"),
    [
        (("5000", "4000", "3600"), 5000, True),
        (("5000", "1000", "3600"), 5000, False),
        (("100", "90", "30"), None, True),
        (("5000", "6000", "1"), None, True),
        (("many", "few", "1"), None, True),
        (("5000", None, None), None, True),
    ],
)
async def test_the_days_allowance_is_learnt_from_answers(
    headers: tuple[str | None, str | None, str | None], known: int | None, background: bool
) -> None:
    """What other programs used of the day counts for the reserve; numbers that make no sense are not believed."""
    ledger = FakeLedger()
    gate = gate_of(FakeClock(), ledger)
    gate.observe(*headers)
    assert ledger.known == known
    if background:
        async with gate.slot(Priority.POLL):
            pass
    else:
        with pytest.raises(DayReserved):
            await gate.slot(Priority.POLL).__aenter__()


async def test_little_left_of_a_minute_makes_everybody_wait_for_its_end() -> None:
    """A minute's limit with nothing left is not run into."""
    clock = FakeClock()
    gate = gate_of(clock)
    gate.observe("100", "1", "20")
    async with gate.slot(Priority.USER):
        assert clock.seconds == 20


async def refuse(gate: CallGate, code: str, retry_after: str | None = None, reset: str | None = None) -> float:
    """One call that is answered with 429; the seconds of silence."""
    async with gate.slot(Priority.USER) as slot:
        return gate.refused(slot.call, code, retry_after, reset)


async def test_a_refusal_stops_the_whole_organization() -> None:
    """After a 429 nobody calls for a minute, not even a person, and everybody gets through afterwards."""
    clock = FakeClock()
    gate = gate_of(clock)
    assert await refuse(gate, "44") == 60
    assert await calls(gate, clock, 3) == [60, 60, 60]


async def test_refusals_in_a_row_wait_longer_and_a_good_minute_starts_anew() -> None:
    """One minute, a quarter of an hour, an hour; a whole minute that goes well forgets the ladder."""
    clock = FakeClock()
    gate = gate_of(clock)
    assert await refuse(gate, "44") == 60
    assert await refuse(gate, "43") == 900
    clock.seconds += 900 + WINDOW
    async with gate.slot(Priority.USER) as slot:
        gate.answered(slot.call)
    assert await refuse(gate, "44") == 60


async def test_good_answers_beside_a_refusal_do_not_start_the_ladder_anew() -> None:
    """One address that is refused each time, while others are answered: the second refusal waits a quarter hour."""
    clock = FakeClock()
    gate = gate_of(clock)
    assert await refuse(gate, "44") == 60
    async with gate.slot(Priority.USER) as slot:
        gate.answered(slot.call)
    assert await refuse(gate, "44") == 900


async def test_calls_under_way_when_one_is_refused_are_one_refusal() -> None:
    """Four parallel calls refused at the same time climb one step, not four."""
    clock = FakeClock()
    gate = gate_of(clock)

    async def one() -> float:
        async with gate.slot(Priority.POLL) as slot:
            await clock.sleep(1)
            return gate.refused(slot.call, "44", None, None)

    assert await asyncio.gather(*(one() for _ in range(4))) == [60] * 4
    assert await refuse(gate, "44") == 900


async def test_an_answer_to_an_older_call_does_not_end_the_ladder() -> None:
    """Only a call that began after the refusal shows that Zoho takes calls again."""
    clock = FakeClock()
    gate = gate_of(clock)
    async with gate.slot(Priority.POLL) as old:
        await refuse(gate, "44")
        gate.answered(old.call)
    assert await refuse(gate, "44") == 900


async def test_a_long_silence_is_raised_at_once_and_outlives_the_process() -> None:
    """An hour is not waited out; the next process makes no call before it is over."""
    clock, ledger = FakeClock(), FakeLedger()
    gate = gate_of(clock, ledger)
    await refuse(gate, "43", "3600")
    assert ledger.until == BEGIN + timedelta(hours=1)
    for each in (gate, gate_of(clock, ledger)):
        with pytest.raises(CallsThrottled) as caught:
            async with each.slot(Priority.USER):
                pytest.fail("a call was made")
        assert caught.value.wait == 3600
        assert "13:00" in caught.value.title
    assert ledger.used == 1
    clock.seconds += 3600
    async with gate_of(clock, ledger).slot(Priority.POLL):
        pass


async def test_a_long_silence_ends_the_waits_that_already_run() -> None:
    """Who waits for the minute to pass learns of an hour's silence now, not after the wait."""
    clock = FakeClock()
    gate = gate_of(clock, per_minute=4, parallel=1)
    for _ in range(3):
        async with gate.slot(Priority.POLL):
            pass
    async with gate.slot(Priority.POLL) as slot:
        waiting = [asyncio.create_task(calls(gate, clock, 1)) for _ in range(3)]
        await clock.sleep(1)
        gate.refused(slot.call, "43", "3600", None)
        results = await asyncio.gather(*waiting, return_exceptions=True)
    assert clock.seconds == 1
    assert [type(result) for result in results] == [CallsThrottled] * 3


async def test_the_day_is_over_until_the_organizations_midnight() -> None:
    """Code 45 waits for the reset that Zoho names, else for midnight."""
    clock, ledger = FakeClock(), FakeLedger()
    assert await refuse(gate_of(clock, ledger), "45") == 12 * 3600
    assert ledger.budget is Budget.DAY
    assert await refuse(gate_of(clock), "45", reset="1800") == 1800


async def test_too_many_at_once_lowers_the_number_at_once() -> None:
    """Code 1070: a short wait, and one call fewer in parallel for a while."""
    clock = FakeClock()
    gate = gate_of(clock, parallel=2)
    assert await refuse(gate, "1070") == 6
    begun = await calls(gate, clock, 3, seconds=1)
    assert begun == [6, 7, 8]
    clock.seconds += 1000
    assert await calls(gate, clock, 2, seconds=1) == [1009, 1009]


async def test_a_pause_written_under_a_wrong_clock_is_ignored() -> None:
    """No pause of Zoho's lasts over a day, so one that seems to is the clock's doing."""
    ledger = FakeLedger()
    ledger.until = BEGIN + timedelta(days=3)
    async with gate_of(FakeClock(), ledger).slot(Priority.POLL):
        pass


async def test_the_ledger_counts_every_call() -> None:
    """Each call that is let through is written down, and a ledger that fails lets none through."""
    ledger = FakeLedger()
    gate = gate_of(FakeClock(), ledger)
    await calls(gate, FakeClock(), 5, seconds=0)
    assert ledger.used == 5

    def broken(_: int, _lately: Sequence[float]) -> None:
        raise OSError

    count: Callable[[int, Sequence[float]], None] = broken
    ledger.count = count  # type: ignore[method-assign]
    with pytest.raises(OSError):
        await gate.slot(Priority.USER).__aenter__()
    assert gate.running == 0


async def test_throttled_errors_say_when() -> None:
    """The sentence names the time and no secret."""
    error = CallsThrottled(Budget.PARALLEL, 5, BEGIN)
    assert isinstance(error, ThrottledError)
    assert "same time" in error.message


async def test_an_unexplained_pause_of_hours_is_the_days() -> None:
    """A new process knows the time of a pause but not its cause; only the day's allowance takes so long."""
    ledger = FakeLedger()
    ledger.until = BEGIN + timedelta(hours=8)
    with pytest.raises(CallsThrottled) as caught:
        await gate_of(FakeClock(), ledger).slot(Priority.USER).__aenter__()
    assert caught.value.budget is Budget.DAY
    assert "today" in caught.value.message
