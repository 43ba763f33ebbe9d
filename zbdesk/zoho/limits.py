"""The gate through which every Books call of one organization goes.

It keeps our own pace (a sliding minute, calls in parallel), the day's allowance with a reserve for the person's own
clicks, and silence where Zoho asked for it: a refusal stops the whole organization, never just one call, since going
on turns a minute's limit into an hour's lock for everybody, web users included. Waiters go by priority, then by age.

Invariants: the minute counts a call from its start until sixty seconds after its *answer*, so that no sixty seconds on
Zoho's side ever see more than ours; somebody at the head of the queue is always awake or about to be woken; a
cancelled waiter leaves nothing behind. One event loop only.
"""

from __future__ import annotations

import asyncio
import heapq
import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from types import TracebackType
from typing import Protocol, Self

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Budget
from zbdesk.domain.pace import PATIENCE, ZOHOS_OWN
from zbdesk.zoho import retry
from zbdesk.zoho.errors import CallsThrottled, DayReserved

WINDOW = 60.5
"""Seconds. Half a second more than Zoho's minute, for clocks that do not tick alike."""

LONGEST_WAIT = PATIENCE
"""A silence up to this is waited out inside the call; a longer one is raised at once."""

SOFT_STOP = 0.7
"""The part of a known daily allowance after which only the person's own clicks go on: the organization's other
programs draw on the same allowance."""

_ROUNDING = 1.0
"""Seconds by which two clocks and a stored time may make a minute longer than it was."""

_PERSIST_FROM = 10.0
_LONGEST_PAUSE = timedelta(hours=25)
_LESSON_SECONDS = 900.0
_SLOWEST = 30
"""Calls a minute below which a refusal never brings our own pace: it may have been the others' doing."""

_DAILY_FROM = 500
"""A limit header at or above this speaks of the day, below of the minute."""


class Priority(IntEnum):
    """Who goes first. A person waits for USER."""

    USER = 0
    WEBHOOK = 1
    POLL = 2
    BACKFILL = 3


class CallLedger(Protocol):
    """What outlives the process: the day's count and a pause that Zoho asked for."""

    def used_today(self) -> int:
        """Calls since the organization's midnight."""
        ...

    def count(self, calls: int, lately: Sequence[float], /) -> None:
        """Note calls that leave. ``lately``: seconds since each answer of the last minute, 0 for what is under way."""
        ...

    def limit(self) -> int | None:
        """The daily allowance, where it is known."""
        ...

    def set_limit(self, limit: int, /) -> None:
        """Remember a daily allowance that an answer told."""
        ...

    def paused_until(self) -> datetime | None:
        """Until when Zoho asked for silence."""
        ...

    def pause(self, until: datetime, budget: Budget, /) -> None:
        """No call before ``until``, in this process or the next."""
        ...


def utc_midnight(now: datetime) -> datetime:
    """The end of the day in UTC: what stands in where the organization's zone is not given."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


class _Waiter:
    """One call in the queue. ``turn`` is set when it should look again whether it may go."""

    __slots__ = ("order", "turn")

    def __init__(self, order: tuple[int, int], turn: asyncio.Future[None]) -> None:
        self.order = order
        self.turn = turn

    def __lt__(self, other: _Waiter) -> bool:
        return self.order < other.order


class CallGate:
    """Lets calls of one organization through at a pace that Zoho takes.

    ``per_minute`` 0 means no limit of our own. ``recent``: how many seconds ago the calls of an earlier process were
    answered, as far as that is known; those of the last minute count on.
    ``day_ends`` gives the organization's next midnight.
    """

    def __init__(
        self,
        clock: Clock,
        per_minute: int,
        parallel: int,
        ledger: CallLedger,
        *,
        day_ends: Callable[[datetime], datetime] = utc_midnight,
        jitter: Callable[[], float] = random.random,
        recent: Iterable[float] = (),
        reserve: float = 1 - SOFT_STOP,
    ) -> None:
        self._clock = clock
        self._per_minute = per_minute
        self._reserve = reserve
        self._parallel = max(1, parallel)
        self._ledger = ledger
        self._day_ends = day_ends
        self._jitter = jitter
        self._counts_until = deque(clock.monotonic() + WINDOW - age for age in sorted(recent, reverse=True))
        self._running = 0
        self._queue: list[_Waiter] = []
        self._arrivals = 0
        self._silent_until = float("-inf")
        self._silence: tuple[Budget, str | None] = (Budget.MINUTE, None)
        self._begun = 0
        self._silenced_at = 0
        self._strikes = 0
        self._strikes_until = float("-inf")
        self._lesson: tuple[float, int, int] | None = None
        self._limit = ledger.limit()
        self._server_used = 0
        self._server_used_until = float("-inf")

    @property
    def running(self) -> int:
        """Calls under way."""
        return self._running

    @property
    def waiting(self) -> int:
        """Calls in the queue."""
        return len(self._queue)

    def set_pace(self, per_minute: int, reserve: float) -> None:
        """Another pace and another reserve from now on; what was learned from Zoho's answers stays."""
        self._per_minute, self._reserve = per_minute, reserve
        self._wake_all()

    def minute_free_in(self) -> float:
        """Seconds until the minute has room for a call; what waits for other reasons is not asked."""
        return self._minute_left() or 0.0

    def slot(self, priority: Priority) -> Slot:
        """``async with gate.slot(priority)``: waits for its turn. Raises ``ThrottledError`` for long silences."""
        return Slot(self, priority)

    # ---- what answers say

    def refused(self, call: int, code: str | None, retry_after: str | None, reset: str | None) -> float:
        """Zoho answered 429 to this call (its slot's number): the whole organization is silent from now on.

        Returns the seconds of silence. Calls that were under way when the first of them was refused count as one.
        """
        now, wall = self._clock.monotonic(), self._clock.now()
        fresh = call > self._silenced_at
        budget, wait = retry.throttle(
            code,
            retry_after=retry.parse_retry_after(retry_after, wall),
            reset=retry.parse_reset(reset, wall),
            strikes=self._strikes if fresh else max(0, self._strikes - 1),
            jitter=self._jitter(),
            day_ends_in=max(1.0, (self._day_ends(wall) - wall).total_seconds()),
        )
        if fresh:
            self._silenced_at = self._begun
            if budget is Budget.MINUTE:
                self._strikes += 1
                self._strikes_until = now + wait + WINDOW
            self._learn(budget, now)
        self._be_silent(wait, budget, code)
        return wait

    def answered(self, call: int) -> None:
        """Once a whole minute went well after the silence, the next refusal starts the ladder anew.

        Not with the first good answer: calls that are taken beside one that is refused each time would make it knock
        every minute for ever.
        """
        if call > self._silenced_at and self._clock.monotonic() >= self._strikes_until:
            self._strikes = 0

    def observe(self, limit: str | None, remaining: str | None, reset: str | None) -> None:
        """Take ``X-Rate-Limit-*`` of an answer: learn the day's allowance, brake when little is left."""
        if limit is None or remaining is None or not (limit.strip().isdecimal() and remaining.strip().isdecimal()):
            return
        allowed, left = int(limit), int(remaining)
        wait = retry.parse_reset(reset, self._clock.now())
        if left > allowed:
            return
        if allowed >= _DAILY_FROM:
            if allowed != self._limit:
                self._limit = allowed
                self._ledger.set_limit(allowed)
            self._server_used = allowed - left
            self._server_used_until = self._clock.monotonic() + (wait if wait is not None else 3600.0)
        elif left <= self._parallel_now() and wait is not None and 0 < wait <= LONGEST_WAIT:
            self._be_silent(wait, Budget.MINUTE, None)

    def throttled(self) -> CallsThrottled:
        """The present silence as an error, for a call that has waited long enough."""
        budget, code = self._silence
        left = self._silence_left()
        return CallsThrottled(budget, left, self._clock.now() + timedelta(seconds=left), code)

    # ---- one call's turn

    async def _enter(self, priority: Priority) -> int:
        if not self._queue and self._blocked_for(priority) == 0.0:
            return self._begin()
        self._arrivals += 1
        waiter = _Waiter((priority, self._arrivals), asyncio.get_running_loop().create_future())
        heapq.heappush(self._queue, waiter)
        try:
            await self._queue_up(waiter, priority)
            return self._begin()
        finally:
            self._queue.remove(waiter)
            heapq.heapify(self._queue)
            self._wake_head()

    async def _queue_up(self, waiter: _Waiter, priority: Priority) -> None:
        """Returns when it is this waiter's turn. Only the head sleeps; the others are woken when they become it."""
        while True:
            blocked = self._blocked_for(priority)
            if self._queue[0] is waiter:
                if blocked == 0.0:
                    return
                if blocked is not None:
                    await self._nap(waiter, blocked)
                    continue
            waiter.turn = asyncio.get_running_loop().create_future()
            await waiter.turn

    async def _nap(self, waiter: _Waiter, seconds: float) -> None:
        """Sleep by the clock, or until somebody sets the turn: a long silence ends the wait at once."""
        waiter.turn = asyncio.get_running_loop().create_future()
        sleeper = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait({sleeper, waiter.turn}, return_when=asyncio.FIRST_COMPLETED)
            if sleeper.done():
                sleeper.result()
        finally:
            sleeper.cancel()

    def _begin(self) -> int:
        self._ledger.count(1, self._lately_made())
        self._running += 1
        self._begun += 1
        return self._begun

    def _leave(self) -> None:
        self._running -= 1
        self._counts_until.append(self._clock.monotonic() + WINDOW)
        self._wake_head()

    def _wake_head(self) -> None:
        if self._queue and not self._queue[0].turn.done():
            self._queue[0].turn.set_result(None)

    def _wake_all(self) -> None:
        for waiter in self._queue:
            if not waiter.turn.done():
                waiter.turn.set_result(None)

    def _blocked_for(self, priority: Priority) -> float | None:
        """Seconds until this call may go: 0 now, None when a running call has to end first. Raises for long ones."""
        silence = self._silence_left()
        if silence > LONGEST_WAIT + _ROUNDING:
            budget, code = self._silence
            if silence > retry.MINUTE_WAITS[-1]:
                budget = Budget.DAY  # also a pause that an earlier process wrote down, whose cause is not known here
            raise CallsThrottled(budget, silence, self._clock.now() + timedelta(seconds=silence), code)
        if priority is not Priority.USER:
            self._keep_reserve()
        if silence > 0:
            return silence
        if self._running >= self._parallel_now():
            return None
        return self._minute_left()

    def _silence_left(self) -> float:
        left = self._silent_until - self._clock.monotonic()
        until = self._ledger.paused_until()
        if until is not None:
            now = self._clock.now()
            # A pause further away than any that Zoho can ask for was written under a wrong clock.
            if timedelta(0) < until - now <= _LONGEST_PAUSE:
                left = max(left, (until - now).total_seconds())
        return max(0.0, left)

    def _keep_reserve(self) -> None:
        if self._limit is None:
            return
        used = self._ledger.used_today()
        if self._clock.monotonic() < self._server_used_until:
            used = max(used, self._server_used)
        if used >= int(self._limit * (1 - self._reserve) + 1e-6):
            now = self._clock.now()
            raise DayReserved((self._day_ends(now) - now).total_seconds(), used, self._limit)

    def _minute_left(self) -> float | None:
        now = self._clock.monotonic()
        allowed, lately = self._minute_now(now), self._lately(now)
        if allowed <= 0 or self._running + lately < allowed:
            return 0.0
        return self._counts_until[0] - now if self._counts_until else None

    def _lately(self, now: float) -> int:
        """Calls that were answered less than a minute ago. Afterwards all that are left count beyond ``now``."""
        while self._counts_until and self._counts_until[0] <= now:
            self._counts_until.popleft()
        return len(self._counts_until)

    def _lately_made(self) -> Sequence[float]:
        """What another process would have to know if this one died now, with one call more under way."""
        now = self._clock.monotonic()
        self._lately(now)
        answered = list(self._counts_until)[-ZOHOS_OWN:]
        return [*(now + WINDOW - until for until in answered), *[0.0] * (self._running + 1)]

    # ---- silence and lessons

    def _be_silent(self, wait: float, budget: Budget, code: str | None) -> None:
        until = self._clock.monotonic() + wait
        if until <= self._silent_until:
            return
        self._silent_until = until
        self._silence = (budget, code)
        if wait >= _PERSIST_FROM:
            self._ledger.pause(self._clock.now() + min(timedelta(seconds=wait), _LONGEST_PAUSE), budget)
        self._wake_all()

    def _learn(self, budget: Budget, now: float) -> None:
        """For a quarter of an hour stay below what was refused: others use the same allowance."""
        minute, parallel = self._minute_now(now), self._parallel_now()
        if budget is Budget.PARALLEL:
            parallel = max(1, parallel - 1)
        elif budget is Budget.MINUTE:
            lower = max(_SLOWEST, int(0.9 * (self._running + self._lately(now))))
            minute = min(minute, lower) if minute > 0 else lower
        self._lesson = (now + _LESSON_SECONDS, minute, parallel)

    def _minute_now(self, now: float) -> int:
        lesson = self._lesson
        return lesson[1] if lesson is not None and now < lesson[0] else self._per_minute

    def _parallel_now(self) -> int:
        lesson = self._lesson
        return lesson[2] if lesson is not None and self._clock.monotonic() < lesson[0] else self._parallel


class Slot:
    """One call's place in the gate. ``call`` is its number, in the order in which calls were let through."""

    __slots__ = ("_gate", "_priority", "call")

    def __init__(self, gate: CallGate, priority: Priority) -> None:
        self._gate = gate
        self._priority = priority
        self.call = 0

    async def __aenter__(self) -> Self:
        self.call = await self._gate._enter(self._priority)  # noqa: SLF001 - the two are one mechanism
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._gate._leave()  # noqa: SLF001
