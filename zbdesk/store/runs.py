"""History of passes. A pass is written when it begins, so that one cut short by a crash is still told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zbdesk.domain.status import RunKind, RunResult
from zbdesk.domain.views import RunView
from zbdesk.store import models
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us


def start(db: Database, connection_id: int, kind: RunKind, at: datetime) -> int:
    """Note that a pass began; returns its key."""
    with db.transaction():
        run = models.Run.insert(connection_id=connection_id, kind=kind.value, started_at=to_us(at))
        return int(run.execute(db.orm))


def finish(  # noqa: PLR0917 - the parts of one sentence about a pass
    db: Database,
    run_id: int,
    result: RunResult,
    at: datetime,
    counts: Sequence[int] = (0, 0, 0),
    api_calls: int = 0,
    message: str = "",
) -> None:
    """Note how a pass ended; ``counts`` are new, changed, deleted. One that is closed already stays as it is."""
    new, changed, deleted = counts
    run = models.Run
    with db.transaction():
        run.update(
            finished_at=to_us(at),
            result=result.value,
            new=new,
            changed=changed,
            deleted=deleted,
            api_calls=api_calls,
            message=message,
        ).where((run.id == run_id) & run.finished_at.is_null()).execute(db.orm)


def recent(db: Database, connection_id: int, limit: int = 20) -> list[RunView]:
    """The last passes, newest first, the running one included."""
    run = models.Run
    with db.snapshot():
        rows = run.select().where(run.connection_id == connection_id).order_by(run.id.desc()).limit(limit)
        return [_view(row) for row in rows.dicts().execute(db.orm)]


def one(db: Database, connection_id: int, run_id: int) -> RunView | None:
    """One pass by its key."""
    run = models.Run
    with db.snapshot():
        rows = run.select().where((run.connection_id == connection_id) & (run.id == run_id))
        found = list(rows.dicts().execute(db.orm))
    return _view(found[0]) if found else None


def last_finished(db: Database, connection_id: int) -> RunView | None:
    """The last pass that ended, however it did."""
    run = models.Run
    with db.snapshot():
        rows = run.select().where((run.connection_id == connection_id) & run.finished_at.is_null(is_null=False))
        found = list(rows.order_by(run.id.desc()).limit(1).dicts().execute(db.orm))
    return _view(found[0]) if found else None


def last_success_at(db: Database, connection_id: int) -> datetime | None:
    """When a pass last read all it was asked for; problems of single records do not count against it."""
    with db.snapshot():
        sql = "SELECT MAX(finished_at) FROM run WHERE connection_id = ? AND result IN ('ok', 'attention')"
        return moment_or_none(db.value(sql, (connection_id,)))


def _view(row: dict[str, Any]) -> RunView:
    return RunView(
        id=row["id"],
        kind=RunKind(row["kind"]),
        started_at=from_us(row["started_at"]),
        finished_at=moment_or_none(row["finished_at"]),
        result=None if row["result"] is None else RunResult(row["result"]),
        api_calls=row["api_calls"],
        new=row["new"],
        changed=row["changed"],
        deleted=row["deleted"],
        message=row["message"],
    )
