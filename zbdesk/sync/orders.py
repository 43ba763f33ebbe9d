"""A pass that is wanted, and what its end means for the next one. No clock, no database, no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zbdesk.domain.errors import AuthError, ThrottledError, TransientError, ZbdeskError
from zbdesk.domain.status import RunKind
from zbdesk.sync import machine
from zbdesk.sync.events import RunFinished
from zbdesk.sync.machine import Signal
from zbdesk.zoho.errors import DayReserved, TokenServerFault


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read and why. ``modules`` empty: all that are on."""

    kind: RunKind | None
    modules: tuple[str, ...]
    cause: str
    confirmed: tuple[str, ...] = ()


def covers(running: Order, wanted: Order) -> bool:
    """Whether a running pass brings all that is wanted, so that the click joins it."""
    as_deep = wanted.kind is not RunKind.FULL or running.kind is RunKind.FULL
    as_wide = not running.modules or (bool(wanted.modules) and set(wanted.modules) <= set(running.modules))
    return as_deep and as_wide and set(wanted.confirmed) <= set(running.confirmed)


def merged(first: Order, second: Order) -> Order:
    """Return one order for two wishes that wait."""
    wide = not first.modules or not second.modules
    return Order(
        RunKind.FULL if RunKind.FULL in {first.kind, second.kind} else None,
        () if wide else tuple(dict.fromkeys(first.modules + second.modules)),
        second.cause,
        tuple(dict.fromkeys(first.confirmed + second.confirmed)),
    )


def signal_for(
    error: ZbdeskError | None, finished: RunFinished | None, now: datetime, firm_until: datetime | None
) -> Signal:
    """Say what the end of a pass, probe or back-fill means. ``firm_until``: until when Zoho itself wants silence."""
    if error is None:
        return machine.PassDone()
    if isinstance(error, AuthError):
        return machine.SignInLost(str(error), error.action)
    if isinstance(error, ThrottledError):
        until = now + timedelta(seconds=error.wait)
        if firm_until is not None:
            until = max(until, firm_until)
        return machine.Throttled(until, str(error), firm=not isinstance(error, DayReserved))
    if isinstance(error, TransientError) and not isinstance(error, TokenServerFault):
        return machine.Unreachable(str(error), error.action)
    reason = finished.message if finished is not None else str(error)
    return machine.Broken(reason, error.action)
