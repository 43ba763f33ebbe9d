"""Rolling back an import as one: what has not left goes from this computer, what has left is undone in Zoho Books.

The part that has left is carried out by ``sync/rolling`` like the taking back of a run, but by records: whichever runs
sent them. Beginning makes no call to Zoho; the next pass does the rest and the report says what came of each record.
Invariant: both parts begin in one transaction, or neither does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zbdesk.app import local, taking
from zbdesk.app.desk import Desk
from zbdesk.app.taking import NoSuchImport
from zbdesk.domain.views import Connection, RollbackReport, RollbackStep
from zbdesk.store import rollbacks, sources
from zbdesk.store.database import Database
from zbdesk.store.sources import Batch
from zbdesk.sync import rolling


@dataclass(frozen=True, slots=True)
class ImportBack:
    """What rolling an import back would do, or did.

    ``removed`` and ``restored`` count what had not left; ``steps`` are the records that had; ``kept`` counts those that
    stay because somebody edited them since or an earlier import made them. ``report`` None: nothing was or is to be
    undone in Zoho Books, or this is a preview. ``refused``: why it cannot be begun now.
    """

    batch: Batch
    removed: int
    restored: int
    kept: int
    steps: tuple[RollbackStep, ...] = ()
    report: RollbackReport | None = None
    refused: str = ""

    @property
    def leaving(self) -> int:
        """How many records are to be undone in Zoho Books."""
        return sum(step.what != "none" for step in self.steps)

    @property
    def staying(self) -> int:
        """How many records stay as they are, in Zoho Books and here."""
        return self.kept + len(self.steps) - self.leaving

    @property
    def stays(self) -> bool:
        """Whether something of the import stays, or may."""
        undone = "planned" if self.report is None else "done"
        return bool(self.refused or self.kept) or any(
            step.what == "none" or step.state != undone for step in self.steps
        )


def imports(desk: Desk, limit: int) -> Sequence[Batch]:
    """The last imports, newest first."""
    return desk.read(lambda reader: reader.imports(limit)).result()


def preview(desk: Desk, batch_id: int) -> ImportBack:
    """What would be done; works beside a running instance. Raises ``NoSuchImport``, ``NothingToTakeBack``."""
    with local.reading(desk) as (db, here), db.snapshot():
        batch = taking.takeable(db, here, batch_id)
        taken, steps = taking.foresee_back(db, batch_id), rolling.import_steps(db, here, batch_id)
        run_id = rollbacks.last_run_of_import(db, here.id, batch_id)
        refused = "" if run_id is None else rolling.refused_import(db, here, run_id)
        return ImportBack(batch, taken.removed, taken.restored, _kept(taken.kept, steps), tuple(steps), None, refused)


def begin(desk: Desk, batch_id: int) -> ImportBack:
    """Take back what has not left and write down what is to be undone in Zoho Books; the next pass does that.

    Raises ``NotConnected``, ``OtherInstance``, ``NoSuchImport``, ``NothingToTakeBack`` and ``CannotRollBack``.
    """
    # Whoever takes the lock for this alone knows that no import runs: what stands open was killed. Where the window
    # runs, one of its own may be under way.
    is_alone = not desk.is_attended

    def change(db: Database, here: Connection) -> ImportBack:
        with db.transaction():
            if is_alone:
                sources.close_open(db, here.id, at=desk.clock.now())
            return _begin(db, here, batch_id, desk.clock.now)

    return local.write(desk, "roll back", change)


def _begin(db: Database, here: Connection, batch_id: int, now: taking.Now) -> ImportBack:
    batch = taking.takeable(db, here, batch_id)
    steps = rolling.import_steps(db, here, batch_id)
    rolling.begin_import(db, here, batch_id, batch.origin, now=now)
    taken = taking.take_back(db, here, batch_id, now=now)
    kept = _kept(taken.kept, steps)
    if not kept and all(step.what != "none" for step in steps):
        sources.set_batch_state(db, batch_id, "taken_back", at=now())
    return ImportBack(batch, taken.removed, taken.restored, kept, tuple(steps))


def finished(desk: Desk, begun: ImportBack) -> ImportBack:
    """``begun`` with what has become of its records since."""
    with local.reading(desk) as (db, here):
        batch = sources.batch(db, here.id, begun.batch.id)
        if batch is None:
            raise NoSuchImport(begun.batch.id)
        report = rolling.report_import(db, here, batch.id) if begun.steps else None
    steps = begun.steps if report is None else report.steps
    return ImportBack(batch, begun.removed, begun.restored, begun.kept, steps, report)


def _kept(kept: Sequence[int], steps: Sequence[RollbackStep]) -> int:
    """How many stay although nobody looks at them in Zoho Books."""
    return len(set(kept) - {step.record_id for step in steps})


__all__ = ["Batch", "ImportBack", "begin", "finished", "imports", "preview"]
