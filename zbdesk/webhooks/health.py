"""Whether the webhooks can be relied on, and how often to look by oneself while they cannot. Pure.

Webhooks are a hint and polling is the truth: whatever is judged here, nothing is lost, it only comes sooner or later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zbdesk.domain.modules import MODULES
from zbdesk.domain.way import ModuleGap

WINDOW = timedelta(hours=24)
"""How far back the gap is looked at."""

LEAST_MISSED = 3
"""Missed changes below which a gap is chance: a rule that was edited, an import, which fires no rules."""

THRESHOLD = 0.2


class HealthState(StrEnum):
    """The state of the webhooks as a whole."""

    OFF = "off"
    """No tunnel is set up: nobody expects an event."""

    UNTESTED = "untested"
    HEALTHY = "healthy"
    GAP = "gap"
    """The way is open, but changes are found that no event told."""

    FAILING = "failing"
    """The round-trip test fails."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is judged. ``test_ok`` None: no test yet. ``gaps`` count from the later of the window and the last cure."""

    tunnel: bool
    test_ok: bool | None
    test_sentence: str = ""
    test_remedy: str = ""
    gaps: tuple[ModuleGap, ...] = ()
    last_told_at: datetime | None = None
    last_missed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the webhooks are, in words, and how many seconds to wait between polls."""

    state: HealthState
    sentence: str
    remedy: str
    poll_seconds: float
    missing: tuple[ModuleGap, ...] = ()

    @property
    def trouble(self) -> bool:
        """Whether polling makes up for them."""
        return self.state in {HealthState.GAP, HealthState.FAILING}


def judge(
    seen: Seen,
    before: HealthState,
    *,
    poll_seconds: float,
    fallback_seconds: float,
    threshold: float = THRESHOLD,
    least: int = LEAST_MISSED,
) -> Verdict:
    """Judge the webhooks. A gap ends only when an event arrives that is newer than the last change missed.

    The shorter interval is never longer than the usual one; while all is well the usual one holds.
    """
    short = min(poll_seconds, fallback_seconds)
    if not seen.tunnel:
        return Verdict(HealthState.OFF, "Webhooks are not set up.", "", poll_seconds)
    if seen.test_ok is False:
        sentence = f"Webhooks do not arrive: {_inside(seen.test_sentence)} {_meanwhile(short)}"
        return Verdict(HealthState.FAILING, sentence, seen.test_remedy, short)
    missing = gaps_that_count(seen.gaps, threshold=threshold, least=least)
    cured = _is_cured(seen)
    if missing and not cured:
        return Verdict(HealthState.GAP, f"{gap_sentence(missing)} {_meanwhile(short)}", _GAP_REMEDY, short, missing)
    if before is HealthState.GAP and not cured and any(gap.missed for gap in seen.gaps):
        sentence = f"Webhooks missed changes, and none has arrived since. {_meanwhile(short)}"
        return Verdict(HealthState.GAP, sentence, _GAP_REMEDY, short)
    if seen.test_ok is None:
        return Verdict(HealthState.UNTESTED, "The way to this computer is not tested yet.", "", poll_seconds)
    return Verdict(HealthState.HEALTHY, "Webhooks arrive.", "", poll_seconds)


_GAP_REMEDY = (
    "Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's "
    "1,000 webhooks are used up."
)


def gaps_that_count(gaps: Sequence[ModuleGap], *, threshold: float, least: int) -> tuple[ModuleGap, ...]:
    """The modules whose missed changes are too many to be chance."""
    return tuple(gap for gap in gaps if gap.missed >= least and gap.score > threshold)


def gap_sentence(missing: Sequence[ModuleGap]) -> str:
    """Name the modules and their numbers."""
    parts = [f"{_label(gap.module)} {gap.missed} of {gap.missed + gap.told}" for gap in missing]
    return f"Changes in Zoho Books came without a webhook and were found by looking: {', '.join(parts)}."


def recovery_sentence(since: datetime, now: datetime, found: int) -> str:
    """What is told once webhooks arrive again."""
    minutes = max(1, round((now - since).total_seconds() / 60))
    away = f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
    away = "1 minute" if minutes == 1 else away
    changes = "1 change was" if found == 1 else f"{found} changes were"
    return f"Webhooks arrive again. They were away for {away}; {changes} found by looking, nothing was missed."


def _is_cured(seen: Seen) -> bool:
    """Whether an event has come after the last change that none had told."""
    return seen.last_told_at is not None and seen.last_missed_at is not None and seen.last_told_at > seen.last_missed_at


def _meanwhile(seconds: float) -> str:
    if seconds >= 90:
        return f"Until they do, zbdesk looks every {round(seconds / 60)} minutes."
    return f"Until they do, zbdesk looks every {round(seconds)} seconds."


def _inside(sentence: str) -> str:
    first = sentence.partition(" ")[0]
    # A name at the beginning (a host) keeps its letters; an article or pronoun does not.
    return sentence[0].lower() + sentence[1:] if first in {"The", "There", "At", "Another", "Nothing"} else sentence


def _label(module: str) -> str:
    known = MODULES.get(module)
    return known.label if known is not None else module
