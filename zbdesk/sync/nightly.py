"""Which complete lists are read at a quiet time: they find deletions and repair what a walk cannot see.

Lists below few other records (``choosing.py``) are read here too, also for the first time: nothing else reads them
unasked. Until then the date of their parent's list counts for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zbdesk.domain.module import Feed, Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ModuleCounts
from zbdesk.store import cursors, module_states
from zbdesk.sync.choosing import affordable, parent_of
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
        calls = None if state is None else _calls(MODULES[name], state, states)
        if calls is None or not full_is_timely(_last_full(engine, MODULES[name]), now, hour):
            continue
        if left is not None and calls * SHARE > left:
            continue
        left = None if left is None else left - calls
        chosen.append(name)
    return tuple(chosen)


def _calls(module: Module, state: ModuleCounts, states: Mapping[str, ModuleCounts]) -> int | None:
    """How many calls the complete list takes at least; None where it is not read at night."""
    if not state.enabled or not module.listed or state.off_reason is not None:
        return None
    if module.feed is not Feed.NESTED:
        return max(1, ceil(state.remote / ROWS)) if state.first_done else None
    parent = parent_of(module, states)
    # Without parents there is nothing to ask for.
    if parent is None or not parent.first_done or not parent.remote or not affordable(module, parent.remote):
        return None
    return parent.remote


def _last_full(engine: Engine, module: Module) -> datetime | None:
    at = cursors.get(engine.db, engine.connection.id, module.name).last_full_at
    if at is None and module.feed is Feed.NESTED:
        return cursors.get(engine.db, engine.connection.id, str(module.parent)).last_full_at
    return at


def local_hour(now: datetime, zone: str) -> int:
    """The hour on the organization's wall; an unknown zone counts as UTC."""
    try:
        return now.astimezone(ZoneInfo(zone)).hour
    except (KeyError, ValueError, OSError):  # Zoho may name a zone that this computer does not know
        return now.astimezone(UTC).hour
