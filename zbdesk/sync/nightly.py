"""Which complete lists are read at a quiet time: they find deletions and repair what a walk cannot see."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zbdesk.domain.modules import MODULES
from zbdesk.store import cursors, module_states
from zbdesk.sync.timetable import full_is_timely

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine

ROWS = 200
SHARE = 2
"""At most one part in so many of what is left of the day's calls goes into complete lists."""


def due(engine: Engine) -> tuple[str, ...]:
    """Name the modules whose complete list is due now and fits into the day's calls, in the catalogue's order."""
    db, connection = engine.db, engine.connection
    now = engine.clock.now()
    hour = local_hour(now, connection.organization.time_zone)
    left = engine.meter.left()
    chosen: list[str] = []
    states = {count.module: count for count in module_states.module_counts(db, connection.id)}
    for name in MODULES:
        state = states.get(name)
        if state is None or not state.enabled or not state.first_done or state.off_reason is not None:
            continue
        if not full_is_timely(cursors.get(db, connection.id, name).last_full_at, now, hour):
            continue
        calls = max(1, ceil(state.remote / ROWS))
        if left is not None and calls * SHARE > left:
            continue
        left = None if left is None else left - calls
        chosen.append(name)
    return tuple(chosen)


def local_hour(now: datetime, zone: str) -> int:
    """The hour on the organization's wall; an unknown zone counts as UTC."""
    try:
        return now.astimezone(ZoneInfo(zone)).hour
    except (KeyError, ValueError, OSError):  # Zoho may name a zone that this computer does not know
        return now.astimezone(UTC).hour
