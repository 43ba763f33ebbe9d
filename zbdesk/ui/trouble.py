"""What stops or slows the connection, in words with the way out, the gravest first.

Reads the window's state and decides nothing. Invariant: what a person has to mend comes before what mends itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.errors import Action
from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.ui.sentences import said

if TYPE_CHECKING:
    from zbdesk.ui.state import DeskState


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stops or slows the connection, with the way out."""

    title: str
    message: str
    action: Action
    role: str
    """``problem`` where a person must act, ``attention`` where waiting mends it."""


def trouble_of(state: DeskState) -> Trouble | None:
    """What a banner should say; None where all is in order."""
    return _grave(state) or _passing(state)


def _grave(state: DeskState) -> Trouble | None:
    """What a person has to mend."""
    if state.error is not None:
        return Trouble(said(state.error.title), said(state.error.message), state.error.action, "problem")
    if state.connection_state is ConnectionState.NEEDS_SIGN_IN or state.engine_state is EngineState.SIGNED_OUT:
        return Trouble(*_signed_out(), Action.SIGN_IN, "problem")
    engine = state.engine
    if engine is not None and engine.state is EngineState.FAILED:
        return Trouble(*_split(engine.reason, _tr("Syncing stopped.")), engine.action, "problem")
    return None


def _passing(state: DeskState) -> Trouble | None:
    """What mends itself, or has only to be known."""
    engine, calls, failure = state.engine, state.calls, state.failure
    found: Trouble | None = None
    if engine is not None and engine.state is EngineState.OFFLINE:
        since = state.formats.moment(state.offline_since or engine.at, state.now())
        found = Trouble(
            _tr("This computer is offline since {time}.").format(time=since),
            _tr("Records can be read. Syncing goes on by itself when Zoho Books answers again."),
            Action.RETRY,
            "attention",
        )
    elif engine is not None and engine.state is EngineState.WAITING and engine.reason:
        found = Trouble(*_split(engine.reason, ""), engine.action, "attention")
    elif calls is not None and calls.paused_until is not None and calls.paused_until > state.now():
        when = state.formats.moment(calls.paused_until, state.now())
        found = Trouble(
            _tr("Zoho Books allows no more calls for now."),
            _tr("Reading goes on at {time} by itself.").format(time=when),
            Action.NONE,
            "attention",
        )
    elif failure is not None:
        found = Trouble(said(failure.title), said(failure.message), failure.action, "attention")
    return found


def _signed_out() -> tuple[str, str]:
    return _tr("Zoho ended the sign-in."), _tr("Nothing is lost; syncing goes on after you sign in again.")


def _split(reason: str, fallback: str) -> tuple[str, str]:
    """First sentence and the rest of a reason written for people."""
    head, mark, rest = reason.partition(". ")
    return (f"{head}." if mark else reason or fallback), rest


def _tr(words: str) -> str:
    return QCoreApplication.translate("DeskState", words)
