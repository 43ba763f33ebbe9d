"""Month end on the sync thread: what does not happen by itself while it holds, and the calls that are kept meanwhile.

A pass at its time, webhooks and a person's own clicks go on as always. Invariant: when the mode ends, by hand or by its
date, everything is as it was before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zbdesk.domain.closing import RESERVE, MonthEnd, month_end_of

SetPace = Callable[[int, float], None]


class Quiet:
    """Whether month end holds. ``pace``: calls a minute and reserve as the person set them."""

    def __init__(self, zone_name: str) -> None:
        self._zone_name = zone_name
        self._mode = MonthEnd()
        self._pace: tuple[int, float] | None = None
        self._kept = False

    def switch(self, on: bool, until: str) -> None:
        """Another choice of the person's."""
        self._mode = month_end_of(on, until)

    def paced(self, per_minute: int, reserve: float) -> None:
        """The person's own pace, to come back to."""
        self._pace = (per_minute, reserve)
        self._kept = False

    def holds(self, now: datetime) -> bool:
        """Whether it counts now."""
        return self._mode.holds(now, self._zone_name)

    def keep(self, now: datetime, set_pace: SetPace) -> None:
        """Keep more calls for the person as soon as it holds, and give them back when it ends."""
        holds = self.holds(now)
        if self._pace is None or holds == self._kept:
            return
        per_minute, reserve = self._pace
        set_pace(per_minute, max(reserve, RESERVE) if holds else reserve)
        self._kept = holds
