"""How a pass ended: judged, counted and written into the run history and the diary.

Invariant: the result is told also where the database is what failed; then its line is written at the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from zbdesk.domain.errors import Action, StorageError, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.store import diary, module_states, runs
from zbdesk.store.conflicts import open_conflicts
from zbdesk.store.database import Database
from zbdesk.store.problems import open_problems
from zbdesk.sync import messages, push_texts
from zbdesk.sync.context import Pass
from zbdesk.sync.events import PullCount, RunFinished

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a pass ended: for the run history, and ``error`` for whoever decides what happens next."""

    result: RunResult
    message: str
    action: Action = Action.NONE
    error: ZbdeskError | None = None


def waiting(db: Database, connection_id: int) -> tuple[int, int, int]:
    """How many conflicts and problems there are, and how much is still to be sent."""
    try:
        pending = sum(count.pending for count in module_states.module_counts(db, connection_id))
        conflicts = open_conflicts(db, connection_id)
        return len(conflicts), len(open_problems(db, connection_id)), pending
    except StorageError:
        # The database is what failed, and the ending says so; its counts are of no use any more.
        _log.warning("the database could not be asked at the end of a pass", exc_info=True)
        return 0, 0, 0


def judged(finished: RunFinished, counts: Mapping[str, PullCount], *, stopped: bool) -> RunFinished:
    """Turn "came to its end" into in order or in need of a person; its message so far is what could not be read.

    ``stopped``: it would have written more than it may without asking.
    """
    if finished.result is not RunResult.OK:
        return finished
    waits = bool(finished.conflicts or finished.problems or stopped)
    message = messages.finished(
        counts, conflicts=finished.conflicts, problems=finished.problems, not_read=finished.message
    )
    if sent := push_texts.sent(finished.pushed):
        message = f"{sent} {message}"
    if stopped:
        for_you = messages.waiting_for_you(finished.conflicts, finished.problems)
        message = " ".join(part for part in (sent, messages.LIMIT_REACHED, for_you) if part)
    return replace(finished, result=RunResult.ATTENTION if waits else RunResult.OK, message=message)


def write_down(run: Pass, finished: RunFinished, counts: Mapping[str, PullCount], *, show: Callable[[], None]) -> None:
    """Close the run in the history, then ``show`` the day's calls as they are at the end."""
    db, connection_id, at = run.db, run.connection_id, finished.finished_at
    try:
        with db.transaction():
            runs.finish(
                db, run.run_id, finished.result, at, messages.totals(counts), finished.api_calls, finished.message
            )
            for name, count in counts.items():
                if count != PullCount() and finished.kind is not RunKind.FIRST:
                    text = messages.records_found(MODULES[name].label, count)
                    diary.add(db, connection_id, "pulled", text, at=at, module=name, cause=run.cause)
            if finished.result in {RunResult.FAILED, RunResult.NEEDS_SIGN_IN}:
                diary.add(db, connection_id, "failed", finished.message, at=at, cause=run.cause)
        show()
    except StorageError:
        # The disk is what failed: the run is closed as interrupted at the next start. The result is told anyway.
        _log.warning("the end of a pass could not be written down", exc_info=True)
