"""Settings that a person changes while the engine runs: taken over here and now, without a call to Zoho."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.store import inbox, module_states
from zbdesk.sync.braking import limits_of
from zbdesk.sync.commands import SetHours, SetLimits, SetModules, SetMonthEnd, SetPace, SetPublicUrl, SettingCommand
from zbdesk.sync.hours import hours_of

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine


def adjust(engine: Engine, command: SettingCommand) -> None:
    """Take one setting over; a pass that runs keeps the limits that it began with."""
    match command:
        case SetLimits():
            engine.limits = limits_of(command.changes, command.deletions, command.value)
        case SetPublicUrl(url=url):
            inbox.set_public_url(engine.db, engine.connection.id, url)
        case SetHours():
            zone = engine.connection.organization.time_zone
            engine.hours = hours_of(command.begin, command.end, command.days, zone)
        case SetPace():
            engine.set_pace(command.per_minute, command.reserve)
            engine.quiet.paced(command.per_minute, command.reserve)
        case SetMonthEnd(on=on, until=until):
            engine.quiet.switch(on, until)
        case _:
            assert_never(command)


def set_modules(engine: Engine, command: SetModules) -> bool:
    """Which lists are read from now on, and how often; whether there is one among them that was not read before."""
    names = {named(name).name for name in command.enabled}
    before = set(module_states.enabled(engine.db, engine.connection.id))
    with engine.db.transaction():
        module_states.set_enabled(engine.db, engine.connection.id, [name for name in MODULES if name in names])
    engine.poll_seconds = command.poll_seconds
    return bool(names - before)
