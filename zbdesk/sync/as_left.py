"""How things stood when the program last ended, as the signals that bring the engine back to it. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zbdesk.domain.status import ConnectionState
from zbdesk.store import budget, connections
from zbdesk.sync import machine, messages
from zbdesk.sync.machine import Signal

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine


def signals(engine: Engine) -> Iterator[Signal]:
    """A lost sign-in, a pause that Zoho asked for, a pause that a person asked for."""
    now, state = engine.clock.now(), engine.state
    until = budget.paused_until(engine.db, engine.connection.id)
    if state is ConnectionState.NEEDS_SIGN_IN:
        yield machine.SignInLost(messages.SIGNED_OUT)
    elif until is not None and until > now:
        yield machine.Throttled(until, str(messages.Silence(until, (until - now).total_seconds())))
    if state is ConnectionState.PAUSED:
        reason = connections.state_reason(engine.db, engine.connection.id)
        yield machine.Paused(messages.end_of_pause(reason))
