"""Runs as a whole: what the next one would write, what the last ones wrote, taking one back, the diary's chain.

Reading works beside a running window; taking a run back writes and needs the lock. Nothing here makes a call to Zoho:
what is to be undone leaves with the next pass like any other change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from zbdesk.app.desk import Desk, NotConnected
from zbdesk.domain import chain
from zbdesk.domain.chain import ChainReport
from zbdesk.domain.errors import UsageError
from zbdesk.domain.views import Connection, PlannedWrite, RollbackReport, RunLimit, RunQuestion, RunWrites
from zbdesk.store import connections, diary, outgoing, rollbacks, run_questions
from zbdesk.store.database import Database
from zbdesk.sync import foreseeing, rolling
from zbdesk.sync.actions import Delete
from zbdesk.sync.order import WRITE_ORDER, Limits, Planned, brakes

MOST = 1_000_000
"""Records that a dry run looks at."""


@dataclass(frozen=True, slots=True)
class Staying:
    """A record that would not be written. ``why``: held, or the check that keeps it here (``foreseeing``)."""

    write: PlannedWrite
    why: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the next pass would write as things stand here; Zoho was not asked. ``limits``: those it would stop at."""

    writes: tuple[PlannedWrite, ...] = ()
    stays: tuple[Staying, ...] = ()
    calls: int = 0
    totals: tuple[tuple[str, Decimal], ...] = ()
    limits: tuple[RunLimit, ...] = ()


class Runs:
    """Questions about runs over one reading handle. ``db`` None: there is no database yet."""

    def __init__(self, db: Database | None) -> None:
        self._db = db

    def dry_run(self, limits: Limits) -> DryRun:
        """What would leave with the next pass, in its order, and what would stay."""
        bound = self._bound()
        if bound is None:
            return DryRun()
        db, connection = bound
        with db.snapshot():
            views = outgoing.waiting(db, connection.id, order=WRITE_ORDER, limit=MOST)
            found = foreseeing.Foresight(db, connection).look([view for view in views if _may_leave(view.lane)])
            shown = {one.view.record_id: one for one in foreseeing.planned(found)}
            held = [one for one in found if one.view.lane == "held"]
            leaving = [one for one in found if one.writes and not one.fails and one.view.lane != "held"]
            look = foreseeing.preflight(leaving, None, per_minute=0)
        planned = [_planned(one) for one in leaving]
        stays = [Staying(shown[one.view.record_id], "held") for one in held if one.view.record_id in shown]
        stays += [
            Staying(shown.get(one.view.record_id) or PlannedWrite(one.view, ()), one.fails)
            for one in found
            if one.fails and one.view.lane != "held"
        ]
        return DryRun(
            writes=tuple(shown[one.view.record_id] for one in leaving),
            stays=tuple(stays),
            calls=look.calls,
            totals=look.totals,
            limits=tuple(RunLimit(one.what, one.planned, one.allowed) for one in brakes(planned, limits)),
        )

    def question(self) -> RunQuestion | None:
        """The run that stopped at a limit and waits for a person; None where none does, or an answer is here."""
        bound = self._bound()
        found = None if bound is None else run_questions.standing(bound[0], bound[1].id)
        return None if found is None or found.allowed else found

    def recent(self, limit: int) -> list[RunWrites]:
        """The last runs with what each wrote, newest first."""
        bound = self._bound()
        return [] if bound is None else rollbacks.with_writes(bound[0], bound[1].id, limit)

    def one(self, run_id: int) -> RunWrites:
        """One run. Raises ``NoSuchRun``."""
        bound = self._bound()
        found = None if bound is None else rollbacks.one_run(bound[0], bound[1].id, run_id)
        if found is None:
            raise rolling.NoSuchRun(run_id)
        return found

    def preview(self, run_id: int) -> RollbackReport:
        """What taking this run back would do. Raises ``NoSuchRun``."""
        db, connection = self._connected()
        return rolling.preview(db, connection, run_id)

    def report(self, run_id: int) -> RollbackReport | None:
        """How far the taking back of this run is; None where nobody asked for it. Raises ``NoSuchRun``."""
        db, connection = self._connected()
        return rolling.report(db, connection, run_id)

    def chain(self) -> ChainReport:
        """Whether the diary is as it was written."""
        bound = self._bound()
        return ChainReport(0, "") if bound is None else diary.verify(bound[0], bound[1].id)

    def lines(self) -> Iterator[dict[str, Any]]:
        """The diary's chained lines, oldest first."""
        bound = self._bound()
        return iter(()) if bound is None else diary.lines(bound[0], bound[1].id)

    def _connected(self) -> tuple[Database, Connection]:
        bound = self._bound()
        if bound is None:
            raise NotConnected
        return bound

    def _bound(self) -> tuple[Database, Connection] | None:
        if self._db is None:
            return None
        connection = connections.current(self._db)
        return None if connection is None else (self._db, connection)


def _may_leave(lane: str) -> bool:
    return lane in {"waiting", "held", "closed_period", "problem"}


def _planned(one: foreseeing.Foreseen) -> Planned:
    view = one.view
    goes = foreseeing.what_of(one) in {"delete", "void"}
    return Planned(
        view.record_id, view.module, Delete() if goes else one.turn, value=view.total, currency=view.currency
    )


def roll_back(desk: Desk, run_id: int) -> None:
    """Write down that this run is to be taken back; the next pass does it.

    Raises ``NotConnected``, ``OtherInstance``, ``NoSuchRun`` and ``CannotRollBack``.
    """
    desk.acquire("roll back")
    with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
        connection = connections.current(db)
        if connection is None:
            raise NotConnected
        rolling.begin(db, connection, run_id, now=desk.clock.now)


# -- the diary outside ------------------------------------------------------------------------------------------------


class NotADiary(UsageError):
    """The file is no exported diary."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} is no diary of zbdesk.", reason, subject=str(path))


def export_diary(runs: Runs, path: Path) -> int:
    """Write the chained lines, one JSON object a line, the newest hash last to note down; returns how many.

    Raises ``OSError`` for a place that cannot be written.
    """
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in runs.lines():
            kept = {name: value for name, value in line.items() if name != "id"}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
            count += 1
    return count


def verify_file(path: Path) -> ChainReport:
    """Look at an exported diary without any database. Raises ``NotADiary`` and ``OSError``."""

    def read() -> Iterator[dict[str, Any]]:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                try:
                    line = json.loads(text)
                except ValueError as error:
                    raise NotADiary(path, f"Line {number} is not JSON.") from error
                if not isinstance(line, dict):
                    raise NotADiary(path, f"Line {number} is no object.")
                yield line

    return chain.verify(read())


__all__ = ["DryRun", "NotADiary", "Runs", "Staying", "export_diary", "roll_back", "verify_file"]
