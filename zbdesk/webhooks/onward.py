"""Relay onward: messages to the user's own addresses, signed, tried again with growing waits, in order for each.

One message of a target is under way at a time; targets do not wait for each other, and intake waits for none of them.
Invariant: a message leaves the queue only by a 2xx answer; it is a dead letter after ``MOST_TRIES`` or a 410.

The signature: ``X-Zbdesk-Signature: t=<seconds>,v1=<hex>`` with HMAC-SHA256 under the target's own secret over
``<seconds>.<body>``, so that a receiver can refuse what is old.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import random
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import httpx

from zbdesk.domain.clock import Clock
from zbdesk.domain.way import Target
from zbdesk.store import deliveries, onward
from zbdesk.store.database import Database
from zbdesk.store.deliveries import Due

log = logging.getLogger(__name__)

FIRST_WAIT = 5.0
LONGEST_WAIT = 3600.0
MOST_TRIES = 15
"""About six hours of trying."""

PATIENCE = 15.0
TIDY_EVERY = 3600.0
LOOK_AGAIN = 60.0

SIGNATURE = "X-Zbdesk-Signature"
SECRET_LENGTH = 40

SecretOf = Callable[[Target], Awaitable[str | None]]


def new_secret() -> str:
    """Return a secret for a target: letters and digits that nobody can guess."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(SECRET_LENGTH))


def signed(secret: str, at: datetime, body: bytes) -> str:
    """Return the value of the signature's header for a message that leaves at ``at``."""
    seconds = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def wait_before(tries: int, jitter: float) -> float:
    """Seconds until the next try after ``tries`` in vain; ``jitter`` in [0, 1) takes up to half of it away."""
    ceiling: float = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(max(tries - 1, 0), 16))
    return ceiling * (1 - jitter / 2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended. ``error`` empty: it was taken. ``final``: no use in trying again."""

    status: int | None
    error: str = ""
    final: bool = False
    retry_after: float | None = None


class Relayer:
    """Passes events of one connection on. ``http`` must not follow redirects.

    ``secret_of``: the target's secret, None where it is gone. ``on_dead`` is told the target of each new dead letter.
    """

    def __init__(
        self,
        db: Database,
        connection_id: int,
        *,
        http: httpx.AsyncClient,
        clock: Clock,
        rng: random.Random,
        secret_of: SecretOf,
        on_dead: Callable[[Target], None] | None = None,
    ) -> None:
        self._db = db
        self._connection_id = connection_id
        self._http = http
        self._clock = clock
        self._rng = rng
        self._secret_of = secret_of
        self._on_dead = on_dead
        self._wake = asyncio.Event()
        self._fresh = True
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._tidied_at = float("-inf")

    def wake(self) -> None:
        """Say that there may be something new: an event was stored or settled, a target added, a message revived."""
        self._fresh = True
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is sent again at the next start."""
        try:
            while True:
                self._wake.clear()
                self.begin(look=self._fresh)
                if self._fresh:
                    await asyncio.sleep(0)
                else:
                    await self._until_something_happens()
        finally:
            tasks = list(self._sending.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def begin(self, *, look: bool = True) -> None:
        """Queue what is new, if ``look``, and start what is due, for each target that has nothing under way."""
        now = self._clock.now()
        if look:
            self._fresh = onward.queue_new(self._db, self._connection_id, now).more
        if self._clock.monotonic() - self._tidied_at >= TIDY_EVERY:
            self._tidied_at = self._clock.monotonic()
            deliveries.tidy(self._db, self._connection_id, now)
        for due in deliveries.due(self._db, self._connection_id, now):
            if due.target_id not in self._sending:
                task = asyncio.create_task(self._send_all(due))
                self._sending[due.target_id] = task
                task.add_done_callback(partial(self._ended, due.target_id))

    def _ended(self, target_id: int, task: asyncio.Task[None]) -> None:
        del self._sending[target_id]
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("a delivery ended by a bug", exc_info=task.exception())

    async def _until_something_happens(self) -> None:
        next_at = deliveries.next_due_at(self._db, self._connection_id, self._sending.keys())
        left = LOOK_AGAIN
        if next_at is not None:
            left = min(left, max(0.05, (next_at - self._clock.now()).total_seconds()))
        timer = asyncio.create_task(self._clock.sleep(left))
        woken = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait({timer, woken}, return_when=asyncio.FIRST_COMPLETED)
            # After a minute without a word the inbox is looked through all the same.
            self._fresh |= left >= LOOK_AGAIN and timer.done()
        finally:
            timer.cancel()
            woken.cancel()
            await asyncio.gather(timer, woken, return_exceptions=True)

    async def _send_all(self, due: Due | None) -> None:
        """Send what a target is to get, one after the other, until nothing is due or one fails."""
        while due is not None:
            await self._send_one(due)
            due = deliveries.due_of(self._db, self._connection_id, due.target_id, self._clock.now())

    async def _send_one(self, due: Due) -> None:
        target = deliveries.target(self._db, self._connection_id, due.target_id)
        outcome = await self._try(target, due)
        now, tries = self._clock.now(), due.tries + 1
        if not outcome.error and outcome.status is not None:
            deliveries.delivered(self._db, due.id, outcome.status, now)
            return
        if outcome.final or tries >= MOST_TRIES:
            deliveries.given_up(self._db, due.id, outcome.error, outcome.status, now)
            log.warning("relay onward: delivery %d given up after %d tries", due.id, tries)
            if self._on_dead is not None:
                self._on_dead(target)
            return
        wait = max(wait_before(tries, self._rng.random()), min(outcome.retry_after or 0.0, LONGEST_WAIT))
        deliveries.postponed(self._db, due.id, outcome.error, outcome.status, now + timedelta(seconds=wait))

    async def _try(self, target: Target, due: Due) -> Outcome:
        secret = await self._secret_of(target)
        if secret is None:
            return Outcome(
                None, "The secret of this target is not in the keychain: remove the target and add it again."
            )
        headers = {
            "Content-Type": due.content_type or "application/octet-stream",
            SIGNATURE: signed(secret, self._clock.now(), due.body),
            "X-Zbdesk-Delivery": str(due.id),
            "X-Zbdesk-Event": f"{due.module}.{due.kind}",
        }
        try:
            async with asyncio.timeout(2 * PATIENCE):
                stream = self._http.stream(
                    "POST", target.url, content=due.body, headers=headers, timeout=PATIENCE, follow_redirects=False
                )
                async with stream as response:
                    # What it says in its body is nobody's business; not read, so it cannot be too much either.
                    return _judged(response)
        except (httpx.TimeoutException, TimeoutError):
            return Outcome(None, f"No answer within {PATIENCE:.0f} seconds.")
        except httpx.HTTPError as error:
            return Outcome(None, f"It cannot be reached ({type(error).__name__}).")
        except httpx.InvalidURL:
            return Outcome(None, "Its address cannot be used.", final=True)


def _judged(response: httpx.Response) -> Outcome:
    status = response.status_code
    if 200 <= status < 300:
        return Outcome(status)
    if 300 <= status < 400:
        return Outcome(status, f"It sends us to another address ({status}), which is not followed.")
    if status == 410:
        return Outcome(status, "It says that it is gone for good (410).", final=True)
    waits = response.headers.get("retry-after", "")
    after = float(waits) if waits.isascii() and waits.isdigit() and len(waits) < 8 else None
    return Outcome(status, f"It answered with status {status}.", retry_after=after)
