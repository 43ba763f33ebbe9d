"""What the engine of one connection is doing, and what may start next. Pure: signal in, next standing out.

A pause lies over whatever else is the case, and so does a running pass: taking either away shows again what is below.
Invariant: signed out, nothing starts until somebody has signed in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from zbdesk.domain.errors import Action
from zbdesk.domain.status import EngineState

PROBE_FIRST = 5.0
PROBE_LAST = 300.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the engine stands.

    ``condition``: idle, waiting, offline, signed out or failed. ``failures``: tries in vain so far. ``owed``: a pass
    could not run or end and is made up for, once, as soon as one can. ``firm``: not even a person may start one.
    """

    condition: EngineState = EngineState.IDLE
    until: datetime | None = None
    reason: str = ""
    action: Action = Action.NONE
    running: bool = False
    paused: bool = False
    paused_until: datetime | None = None
    failures: int = 0
    owed: bool = False
    firm: bool = False

    @property
    def state(self) -> EngineState:
        """The one word that tray and status show."""
        if self.condition is EngineState.SIGNED_OUT:
            return EngineState.SIGNED_OUT
        if self.running:
            return EngineState.PULLING
        return EngineState.PAUSED if self.paused else self.condition

    @property
    def shown_until(self) -> datetime | None:
        """The end of what ``state`` shows, where it has one."""
        return {EngineState.PAUSED: self.paused_until, EngineState.WAITING: self.until}.get(self.state)


@dataclass(frozen=True, slots=True)
class PassBegan:
    """Lists are being read."""


@dataclass(frozen=True, slots=True)
class PassDone:
    """A pass came to its end, whatever it found."""


@dataclass(frozen=True, slots=True)
class PassStopped:
    """A pass was stopped by a person; nothing is owed, they asked for it."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Zoho Books cannot be reached from here."""

    reason: str
    action: Action = Action.RETRY


@dataclass(frozen=True, slots=True)
class Reachable:
    """A probe got an answer."""


@dataclass(frozen=True, slots=True)
class Throttled:
    """No scheduled call until then. ``firm``: Zoho said so; else the rest of the day is kept for a person's clicks."""

    until: datetime
    reason: str
    firm: bool = True


@dataclass(frozen=True, slots=True)
class SignInLost:
    """The sign-in does not hold any more."""

    reason: str
    action: Action = Action.SIGN_IN


@dataclass(frozen=True, slots=True)
class SignedIn:
    """There is a valid sign-in again."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A pass failed for a reason that only a person or the next try can mend."""

    reason: str
    action: Action


@dataclass(frozen=True, slots=True)
class Paused:
    """A person wants no scheduled passes, until then or until they say otherwise."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The pause is over."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A scheduled pass came due while it could not run."""


Trouble = Unreachable | Throttled | SignInLost
Contact = PassDone | PassStopped | Reachable | SignedIn | Broken | Trouble
Wish = PassBegan | Paused | Resumed | Missed
Signal = Wish | Contact


def after(standing: Standing, signal: Signal) -> Standing:
    """Return what follows from ``signal``. Total over all standings and signals."""
    match signal:
        case PassBegan():
            return replace(standing, running=True)
        case Paused(until=until):
            return replace(standing, paused=True, paused_until=until)
        case Resumed():
            return replace(standing, paused=False, paused_until=None)
        case Missed():
            return replace(standing, owed=True)
    if standing.condition is EngineState.SIGNED_OUT and not isinstance(signal, SignedIn | SignInLost):
        # The last words of a pass that was still ending do not bring a lost sign-in back.
        return replace(standing, running=False)
    return _after_contact(standing, signal)


def _after_contact(standing: Standing, signal: Contact) -> Standing:
    match signal:
        case PassDone():
            return _settle(standing, EngineState.IDLE)
        case PassStopped():
            return replace(standing, running=False, owed=False)
        case Reachable() | SignedIn():
            # Only a pass that got through starts the probes' delay over: half a network must not make us hurry.
            back = _settle(standing, EngineState.IDLE, owed=standing.owed)
            return replace(back, failures=standing.failures)
        case Broken(reason=reason, action=action):
            return _settle(standing, EngineState.FAILED, reason=reason, action=action)
    return _after_trouble(standing, signal)


def _after_trouble(standing: Standing, signal: Trouble) -> Standing:
    """Whatever could not be read is owed."""
    match signal:
        case Unreachable(reason=reason, action=action):
            lost = _settle(standing, EngineState.OFFLINE, reason=reason, action=action, owed=True)
            return replace(lost, failures=standing.failures + 1)
        case Throttled(until=until, reason=reason, firm=firm):
            kept = _settle(standing, EngineState.WAITING, reason=reason, action=Action.WAIT, until=until, owed=True)
            return replace(kept, firm=firm)
    return _settle(standing, EngineState.SIGNED_OUT, reason=signal.reason, action=signal.action, owed=True)


def _settle(
    standing: Standing,
    condition: EngineState,
    *,
    reason: str = "",
    action: Action = Action.NONE,
    until: datetime | None = None,
    owed: bool = False,
) -> Standing:
    return replace(
        standing,
        condition=condition,
        reason=reason,
        action=action,
        until=until,
        owed=owed,
        running=False,
        failures=0,
        firm=False,
    )


def may_start(standing: Standing, now: datetime, *, by_person: bool) -> bool:
    """Whether a pass may begin: a person may do so in a pause or offline, but not against Zoho's word."""
    if standing.running or standing.condition is EngineState.SIGNED_OUT:
        return False
    if still_waiting(standing, now):
        return by_person and not standing.firm
    return by_person or (not standing.paused and standing.condition is not EngineState.OFFLINE)


def still_waiting(standing: Standing, now: datetime) -> bool:
    """Whether Zoho's silence is not over yet."""
    return standing.condition is EngineState.WAITING and standing.until is not None and now < standing.until


def pause_over(standing: Standing, now: datetime) -> bool:
    """Whether a pause with an end has reached it."""
    return standing.paused and standing.paused_until is not None and now >= standing.paused_until


def probe_delay(failures: int) -> float:
    """Seconds until the network is tried again: 5, 10, 20, ... up to five minutes."""
    return float(min(PROBE_LAST, PROBE_FIRST * 2.0 ** min(max(failures - 1, 0), 16)))
