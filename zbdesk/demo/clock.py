"""The company's own time: real, fixed at a day, or turned by a test. Thread-safe."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta


class CompanyClock:
    """Now, as the demo company sees it. ``advance`` moves it on without waiting."""

    def __init__(self, *, today: date | None = None, source: Callable[[], datetime] | None = None) -> None:
        self._source = source
        self._started = time.monotonic()
        self._opening = datetime(today.year, today.month, today.day, 9, 30, tzinfo=UTC) if today is not None else None
        self._ahead = timedelta()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        with self._lock:
            ahead = self._ahead
        if self._source is not None:
            return self._source() + ahead
        if self._opening is not None:
            return self._opening + timedelta(seconds=time.monotonic() - self._started) + ahead
        return datetime.now(UTC) + ahead

    def seconds(self) -> int:
        """Whole seconds since 1970: the resolution of Zoho's stamps."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Let that much time pass at once: tokens grow old, invoices fall due, limits recover."""
        with self._lock:
            self._ahead += timedelta(seconds=seconds)
