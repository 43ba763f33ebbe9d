"""How long so many calls take under a limit of calls a minute: what every screen that announces an end goes by. Pure.

The rule is that of the gate: a call counts from its start until a minute after its answer, so a minute's calls leave
at once and the next ones when those run out. Invariant: the same for a first load, a push and the wizard's estimate.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable
from statistics import median

WINDOW = 60.5
"""Seconds after its answer for which a call counts: Zoho's minute, and a little for clocks that do not tick alike."""

ZOHOS_OWN = 100
"""Calls a minute that Zoho takes from one organization: what counts where we set no limit ourselves."""

CALL = 0.5
"""Seconds from asking to answer, where nothing is known of the line."""

PATIENCE = 60.0
"""Seconds: a silence up to this is waited out where it comes, one that is longer ends the pass that runs into it."""

PARALLEL = 4
"""Calls under way at a time, as the settings have it unless a person changes them."""

PER_PAGE = 200
"""Records that one call for a list brings."""

_LATEST, _ENOUGH = 60, 10
"""Gaps between answers that are looked at, and how few of them say nothing."""

_SIMULATED = 4
"""Minutes that are gone through call by call; after those each minute is like the one before."""


def seconds_for(
    calls: int, *, per_minute: int, parallel: int = PARALLEL, recent: Iterable[float] = (), call: float = CALL
) -> float:
    """Seconds until the last of ``calls`` calls is answered, when the first may leave now.

    ``per_minute`` 0 means no limit of ours. ``recent``: how many seconds ago earlier calls were answered; those of the
    last minute still count. ``call``: seconds that an answer takes.
    """
    allowed = per_minute if per_minute > 0 else ZOHOS_OWN
    whole, rest = 0, calls
    if calls > _SIMULATED * allowed:
        rest = calls % allowed + (_SIMULATED - 1) * allowed
        whole = (calls - rest) // allowed
    answered = _simulated(rest, allowed, max(1, parallel), sorted(recent, reverse=True), call)
    if not answered:
        return 0.0
    return answered[-1] + (whole * (answered[-1] - answered[-1 - allowed]) if whole else 0.0)


def seconds_left(spent: float, made: int, left: int, *, per_minute: int, gap: float = CALL / PARALLEL) -> float:
    """Seconds until ``left`` more calls are answered, ``spent`` seconds and ``made`` calls after the first one.

    ``gap``: seconds from one answer to the next while calls are not held back. A run that is behind the rule (the
    computer slept, somebody asked for silence) stays behind by as much; one that is ahead of it gains nothing by that
    but in its last minute, since the next minute does not begin sooner.
    """
    allowed = per_minute if per_minute > 0 else ZOHOS_OWN
    behind = max(0.0, spent - _serial(made + 1, allowed, gap))
    is_last_minute = max(0, made - 1) // allowed == max(0, made + left - 1) // allowed
    ahead = max(0.0, _serial(made, allowed, gap) - spent) if is_last_minute else 0.0
    return max(0.0, _serial(made + left, allowed, gap) + behind - ahead - spent)


class Beat:
    """How quickly answers follow each other in one run: the middle of the latest gaps.

    The middle, since one gap in a minute is the wait for the limit, and a silence is one long gap and no slow line.
    """

    def __init__(self) -> None:
        self._gaps: deque[float] = deque(maxlen=_LATEST)
        self._last: tuple[float, int] | None = None

    def note(self, at: float, calls: int) -> None:
        """At this moment, in seconds of any clock, so many calls were answered."""
        if self._last is not None and calls > self._last[1]:
            new = calls - self._last[1]
            self._gaps.extend([max(0.0, at - self._last[0]) / new] * min(new, _LATEST))
        if self._last is None or calls > self._last[1]:
            self._last = (at, calls)

    @property
    def gap(self) -> float:
        """Seconds; the usual ones as long as too few are known."""
        return median(self._gaps) if len(self._gaps) >= _ENOUGH else CALL / PARALLEL


def _serial(calls: int, allowed: int, gap: float) -> float:
    """When the last of these calls is answered, one after another with ``gap`` seconds each, under the limit."""
    minutes, rest = divmod(max(0, calls - 1), allowed)
    return minutes * max(WINDOW + max(gap, CALL), allowed * gap) + (rest + 1) * gap if calls else 0.0


def _simulated(calls: int, allowed: int, parallel: int, recent: list[float], call: float) -> list[float]:
    """When each call is answered, in seconds from now."""
    ends = [WINDOW - age for age in recent if age < WINDOW]
    hands = [0.0] * min(parallel, allowed)
    first = len(ends)
    for number in range(first, first + calls):
        free = heapq.heappop(hands)
        allowed_at = ends[number - allowed] if number >= allowed else 0.0
        answer = max(free, allowed_at, 0.0) + call
        heapq.heappush(hands, answer)
        ends.append(answer + WINDOW)
    return [end - WINDOW for end in ends[first:]]
