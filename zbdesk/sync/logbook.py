"""The lines that a pass leaves in the log: kinds, results and counts. Never a record's name, number or amount.

Zoho's own words stay out, they quote records; the title of a failure is ours and does not.
"""

from __future__ import annotations

import logging

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import RunKind
from zbdesk.sync.events import PushCount, RunFinished
from zbdesk.sync.messages import totals

_log = logging.getLogger(__name__)


def began(run_id: int, kind: RunKind, lists: int, cause: str) -> None:
    """A pass began."""
    _log.info("pass %d began: %s, lists %d, cause %s", run_id, kind, lists, cause)


def ended(run: RunFinished) -> None:
    """A pass ended, or could not begin (number 0)."""
    _log.info(
        "pass %d ended: %s, %s, new %d, changed %d, deleted %d, written %d, waiting %d, problems %d, conflicts %d, "
        "calls %d, seconds %.1f",
        run.run_id,
        run.kind,
        run.result,
        *totals(dict(run.pulled)),
        sum(_written(count) for _, count in run.pushed),
        run.pending,
        run.problems,
        run.conflicts,
        run.api_calls,
        (run.finished_at - run.started_at).total_seconds(),
    )


def failed(where: str, error: ZbdeskError) -> None:
    """Something could not be done: ``where`` is a module's name or a part of the pass."""
    _log.info("%s: %s [%s, code %s]", where, error.title, type(error).__name__, error.code or "none")


def in_doubt(module: str) -> None:
    """A write was sent and no answer came."""
    _log.info("write to %s: sent, not answered; it is looked up before anything else", module)


def _written(count: PushCount) -> int:
    return count.created + count.updated + count.deleted + count.actions
