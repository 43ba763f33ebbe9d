"""Zoho's allowances for one organization: calls a minute, calls a day, calls at the same time."""

from __future__ import annotations

import threading
from collections import deque
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zbdesk.demo.answers import Refusal
from zbdesk.demo.clock import CompanyClock
from zbdesk.demo.options import DemoOptions


class Limits:
    """Counts the calls of one organization. Options may be swapped while it runs."""

    def __init__(self, options: DemoOptions, clock: CompanyClock, zone: ZoneInfo) -> None:
        self.options = options
        self._clock = clock
        self._zone = zone
        self._lock = threading.Lock()
        self._minute: deque[float] = deque()
        self._day: date | None = None
        self._today = 0
        self._running = 0
        self._blocked_until = 0.0

    def enter(self) -> None:
        """Count a call that begins. Raises the 429 that it earns; a refused call does not count as running."""
        now = self._clock.now()
        seconds = now.timestamp()
        with self._lock:
            self._roll(now, seconds)
            self._check(seconds)
            self._minute.append(seconds)
            self._today += 1
            self._running += 1

    def leave(self) -> None:
        """A call ended."""
        with self._lock:
            self._running -= 1

    def _roll(self, now: datetime, seconds: float) -> None:
        while self._minute and self._minute[0] <= seconds - 60:
            self._minute.popleft()
        today = now.astimezone(self._zone).date()
        if today != self._day:
            self._day, self._today = today, 0

    def _check(self, seconds: float) -> None:
        options = self.options
        if seconds < self._blocked_until:
            raise self._blocked(self._blocked_until - seconds)
        if options.daily is not None and self._today >= options.daily:
            raise Refusal(
                429,
                45,
                f"Your organization has exceeded the maximum API request limit of {options.daily} calls for the day.",
            )
        if options.parallel is not None and self._running >= options.parallel:
            raise Refusal(429, 1070, "Too many API requests are in process at the same time.", self._hint())
        if options.calls_per_minute is not None and len(self._minute) >= options.calls_per_minute:
            if options.over_minute_code == 43:
                self._blocked_until = seconds + options.block_seconds
                raise self._blocked(options.block_seconds)
            raise Refusal(
                429,
                44,
                "You have exceeded the number of API requests allowed in a minute for your organization.",
                self._hint(),
            )

    def _hint(self) -> dict[str, str]:
        return {} if self.options.retry_after is None else {"Retry-After": str(self.options.retry_after)}

    @staticmethod
    def _blocked(wait: float) -> Refusal:
        return Refusal(
            429,
            43,
            "You have been blocked for some time for making too many requests.",
            {"Retry-After": str(round(wait))},
        )

    def headers(self) -> dict[str, str]:
        """``X-Rate-Limit-*`` of the day, when the options want them."""
        if not self.options.rate_headers:
            return {}
        now = self._clock.now().astimezone(self._zone)
        midnight = datetime.combine(now.date() + timedelta(days=1), time(0), self._zone)
        limit = self.options.daily if self.options.daily is not None else 10_000
        with self._lock:
            left = max(limit - self._today, 0)
        return {
            "X-Rate-Limit-Limit": str(limit),
            "X-Rate-Limit-Remaining": str(left),
            "X-Rate-Limit-Reset": str(int((midnight - now).total_seconds())),
        }

    @property
    def today(self) -> int:
        """Calls counted on the organization's present day."""
        with self._lock:
            return self._today
