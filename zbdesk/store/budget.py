"""Zoho Books calls per day, the plan's limit and the pause Zoho asked for: all three outlive the process.

A day is the organization's own, midnight to midnight, written ``YYYY-MM-DD``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zbdesk.domain.errors import Budget
from zbdesk.domain.views import CallBudget
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us, us_or_none

_ADD = """INSERT INTO day_calls (connection_id, day, used) VALUES (?, ?, ?)
    ON CONFLICT (connection_id, day) DO UPDATE SET used = day_calls.used + excluded.used"""

_LATELY = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def day_of(moment: datetime, zone: str) -> str:
    """The organization's date at that moment; an unknown zone counts as UTC."""
    return moment.astimezone(_zone(zone)).date().isoformat()


def next_midnight(moment: datetime, zone: str) -> datetime:
    """When the organization's day ends, in UTC."""
    local = moment.astimezone(_zone(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=local.tzinfo).astimezone(UTC)


def calls_on(db: Database, connection_id: int, day: str) -> int:
    """Calls made on that day."""
    with db.snapshot():
        sql = "SELECT used FROM day_calls WHERE connection_id = ? AND day = ?"
        return int(db.value(sql, (connection_id, day)) or 0)


def add_calls(db: Database, connection_id: int, day: str, n: int) -> None:
    """Count ``n`` more."""
    with db.transaction():
        db.execute(_ADD, (connection_id, day, n))


def keep_lately(db: Database, connection_id: int, now: datetime, ages: Sequence[float]) -> None:
    """Remember how many seconds ago the calls of the last minute were answered, in place of what was remembered."""
    # Whole numbers, not moments: it is done for each call.
    at = to_us(now)
    with db.transaction():
        db.execute(_LATELY, (lately_name(connection_id), json.dumps([at - int(age * 1_000_000) for age in ages])))


def lately(db: Database, connection_id: int) -> list[datetime]:
    """When the last minute's calls were answered, as it was when the latest call left; a minute later none counts."""
    with db.snapshot():
        text = db.value("SELECT value FROM meta WHERE name = ?", (lately_name(connection_id),))
    return [] if text is None else [from_us(stamp) for stamp in json.loads(str(text))]


def lately_name(connection_id: int) -> str:
    """Under which name the last minute is kept: gone with the connection's data."""
    return f"calls/{connection_id}"


def pause(db: Database, connection_id: int, until: datetime | None, budget: Budget | str | None = None) -> None:
    """Make no call before ``until``; None ends the pause. ``budget`` says which allowance ran out."""
    name = None if until is None else str(budget or Budget.MINUTE)
    with db.transaction():
        sql = "UPDATE connection SET paused_until = ?, paused_budget = ? WHERE id = ?"
        db.execute(sql, (us_or_none(until), name, connection_id))


def paused_until(db: Database, connection_id: int) -> datetime | None:
    """The end of the last pause, which may be over already."""
    with db.snapshot():
        return moment_or_none(db.value("SELECT paused_until FROM connection WHERE id = ?", (connection_id,)))


def paused_budget(db: Database, connection_id: int) -> Budget | None:
    """Which allowance the pause is for."""
    with db.snapshot():
        name = db.value("SELECT paused_budget FROM connection WHERE id = ?", (connection_id,))
    return None if name is None else Budget(name)


def set_limit(db: Database, connection_id: int, limit: int | None, reserve: int | None = None) -> None:
    """Keep the plan's daily number as Zoho's headers told it; ``reserve`` of them are for the person's own clicks."""
    with db.transaction():
        db.execute("UPDATE connection SET day_limit = ? WHERE id = ?", (limit, connection_id))
        if reserve is not None:
            db.execute("UPDATE connection SET day_reserve = ? WHERE id = ?", (reserve, connection_id))


def limit(db: Database, connection_id: int) -> int | None:
    """The plan's daily number, None while it is not known."""
    with db.snapshot():
        found = db.value("SELECT day_limit FROM connection WHERE id = ?", (connection_id,))
    return None if found is None else int(found)


def today(db: Database, connection_id: int, *, now: datetime) -> CallBudget | None:
    """How today's calls stand; None for an unknown connection. A pause that is over is not shown."""
    with db.snapshot():
        sql = "SELECT time_zone, day_limit, day_reserve, paused_until FROM connection WHERE id = ?"
        row = db.one(sql, (connection_id,))
        if row is None:
            return None
        zone, day_limit, reserve, paused = row
        used = calls_on(db, connection_id, day_of(now, zone))
    until = moment_or_none(paused)
    return CallBudget(
        used=used,
        limit=day_limit,
        reserve=reserve,
        resets_at=next_midnight(now, zone),
        paused_until=until if until is not None and until > now else None,
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # Zoho may name a zone this computer does not know
        return ZoneInfo("UTC")
