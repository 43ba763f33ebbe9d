"""Carrying out the taking back of a run: each record gets an ordinary local edit, and the ordinary push does the rest.

So a rolled back write is an attempt like any other: written down before it leaves, looked up when in doubt, a conflict
where Zoho changed meanwhile. Records go in groups, what refers to others first; right before its edit a record is read
again and looked at anew. Invariant: an edit and the note that it was made are one transaction, so each is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from zbdesk.domain.documents import adopted
from zbdesk.domain.errors import RejectedError, UsageError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.money import from_scaled
from zbdesk.domain.views import Connection, RollbackReport, RollbackStep, RunView
from zbdesk.store import attempts, diary, documents, identity, problems, review, rollbacks, runs, sources
from zbdesk.store import trees as tree_store
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.store.rollbacks import DONE, LEFT, PLACED, WAITING, Item, Rollback
from zbdesk.sync import agreeing, editing, rollback_words
from zbdesk.sync.actions import STATUS
from zbdesk.sync.context import Pass
from zbdesk.sync.faults import is_gone
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.rollback import Planner, Step
from zbdesk.sync.sweep import bury
from zbdesk.sync.wishes import is_void

Now = Callable[[], datetime]


class CannotRollBack(UsageError):
    """The run as a whole cannot be taken back now; nothing was begun."""

    def __init__(self, reason: str, run_id: int) -> None:
        super().__init__("The run cannot be rolled back.", reason, subject=str(run_id))


class NoSuchRun(UsageError):
    """There is no run with this number."""

    def __init__(self, run_id: int) -> None:
        super().__init__(f"There is no run {run_id}.", "`zbdesk runs` lists them.", subject=str(run_id))


# -- before -----------------------------------------------------------------------------------------------------------


def preview(db: Database, connection: Connection, run_id: int) -> RollbackReport:
    """What taking the run back would do to each record, and what it cannot; reads only. Raises ``NoSuchRun``."""
    with db.snapshot():
        run = _run(db, connection, run_id)
        steps = Planner(db, connection, run_id).steps()
        return RollbackReport(
            run_id, run.started_at, tuple(_shown(db, steps)), refused=_refused(db, connection, run, steps)
        )


def begin(db: Database, connection: Connection, run_id: int, *, now: Now) -> int:
    """Write down what is to be taken back; the next pass does it. Raises ``NoSuchRun`` and ``CannotRollBack``."""
    with db.transaction():
        run = _run(db, connection, run_id)
        steps = Planner(db, connection, run_id).steps()
        refused = _refused(db, connection, run, steps)
        if refused:
            raise CannotRollBack(refused, run_id)
        text = f"Taking back run {run_id} of {run.started_at:%Y-%m-%d %H:%M} UTC began: {len(steps)} records."
        return _begin(db, connection, run_id, steps, text, now())


def begin_import(db: Database, connection: Connection, batch_id: int, origin: str, *, now: Now) -> int | None:
    """Write down what was sent of an import and is to be taken back, by whichever runs; None where nothing was.

    Raises ``CannotRollBack``.
    """
    with db.transaction():
        run_id, steps = _of_import(db, connection, batch_id)
        if run_id is None:
            return None
        refused = refused_import(db, connection, run_id)
        if refused:
            raise CannotRollBack(refused, run_id)
        text = f"{origin}: taking back the import began: {len(steps)} records that had left."
        return _begin(db, connection, run_id, steps, text, now(), batch_id)


def _begin(  # noqa: PLR0917 - the parts of one beginning
    db: Database,
    connection: Connection,
    run_id: int,
    steps: Sequence[Step],
    text: str,
    at: datetime,
    batch_id: int | None = None,
) -> int:
    items = [
        Item(
            record_id=step.record_id,
            place=step.place,
            what=step.what,
            fields=dict(step.fields),
            wishes=step.wishes,
            state=LEFT if step.what == "none" else WAITING,
            reason=step.reason,
        )
        for step in steps
    ]
    diary.add(db, connection.id, "rollback", text, at=at, cause="user", run_id=run_id)
    return rollbacks.begin(db, connection.id, run_id, items, at=at, batch_id=batch_id)


def import_steps(db: Database, connection: Connection, batch_id: int) -> list[RollbackStep]:
    """What taking an import back would do to each record of it that has left; reads only."""
    with db.snapshot():
        return _shown(db, _of_import(db, connection, batch_id)[1])


def refused_import(db: Database, connection: Connection, run_id: int) -> str:
    """Why what has left of an import cannot be taken back now; empty where it can. ``run_id`` sent it last."""
    if connection.read_only:
        return rollback_words.READ_ONLY
    if _run(db, connection, run_id).finished_at is None:
        return rollback_words.STILL_RUNNING
    return rollback_words.OTHER_UNDER_WAY if rollbacks.under_way(db, connection.id) is not None else ""


def _of_import(db: Database, connection: Connection, batch_id: int) -> tuple[int | None, list[Step]]:
    run_id = rollbacks.last_run_of_import(db, connection.id, batch_id)
    if run_id is None:
        return None, []
    return run_id, Planner(db, connection, run_id, batch_id=batch_id).steps()


def report(db: Database, connection: Connection, run_id: int) -> RollbackReport | None:
    """How far the taking back of a run is, or what came of it; None where nobody asked for it."""
    with db.snapshot():
        return _report(db, connection, rollbacks.of_run(db, connection.id, _run(db, connection, run_id).id))


def report_import(db: Database, connection: Connection, batch_id: int) -> RollbackReport | None:
    """``report`` for what had left of an import."""
    with db.snapshot():
        return _report(db, connection, rollbacks.of_import(db, connection.id, batch_id))


def _report(db: Database, connection: Connection, found: Rollback | None) -> RollbackReport | None:
    if found is None:
        return None
    run, items = _run(db, connection, found.run_id), rollbacks.items(db, found.id)
    planner = Planner(db, connection, found.run_id, batch_id=found.batch_id)
    did = {step.record_id: step for step in planner.steps()}
    steps = [
        replace(
            did.get(item.record_id) or Step(item.record_id, "", "", "none", {}),
            what=item.what,
            reason=item.reason,
            changes=(),
        )
        for item in items
    ]
    states = {item.record_id: item.state for item in items}
    shown = tuple(replace(one, state=states[one.record_id]) for one in _shown(db, steps))
    return RollbackReport(
        found.run_id, run.started_at, shown, found.id, found.begun_at, found.ended_at, batch_id=found.batch_id
    )


def _run(db: Database, connection: Connection, run_id: int) -> RunView:
    found = runs.one(db, connection.id, run_id)
    if found is None:
        raise NoSuchRun(run_id)
    return found


def _refused(db: Database, connection: Connection, run: RunView, steps: Sequence[Step]) -> str:
    if connection.read_only:
        return rollback_words.READ_ONLY
    if run.finished_at is None:
        return rollback_words.STILL_RUNNING
    if rollbacks.under_way(db, connection.id) is not None:
        return rollback_words.OTHER_UNDER_WAY
    return "" if steps else rollback_words.NOTHING_WRITTEN


def _shown(db: Database, steps: Sequence[Step]) -> list[RollbackStep]:
    facts = rollbacks.facts(db, [step.record_id for step in steps])
    found = []
    for step in steps:
        module, number, party, date, currency, total = facts.get(step.record_id, (step.module, *[None] * 5))
        found.append(
            RollbackStep(
                record_id=step.record_id,
                module=module,
                number=number,
                party=party,
                date=date,
                currency=currency,
                total=None if total is None else from_scaled(total),
                what=step.what,
                did=step.did,
                fields=step.changes,
                reason=step.reason,
            )
        )
    return found


# -- in a pass --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class RollingBack:
    """The run that is being taken back, for one pass."""

    run: Pass
    connection: Connection

    def is_under_way(self) -> bool:
        """Whether there is one."""
        return rollbacks.under_way(self.run.db, self.run.connection_id) is not None

    async def advance(self) -> bool:
        """Note what has come of what was placed, then place the next group; True when something was placed."""
        back = rollbacks.under_way(self.run.db, self.run.connection_id)
        if back is None:
            return False
        items = self._noted(back)
        waiting = [item for item in items if item.state == WAITING]
        if not waiting:
            if not any(item.state == PLACED for item in items):
                self._end(back, items)
            return False
        group = min(item.place for item in waiting)
        if any(item.state == PLACED and item.place < group for item in items):
            return False
        planner = Planner(self.run.db, self.connection, back.run_id, batch_id=back.batch_id)
        now = [item for item in waiting if item.place == group]
        await in_parallel([partial(self._place, back, item, planner) for item in now], self.run.parallel)
        return True

    def _noted(self, back: Rollback) -> list[Item]:
        """The items, those that were placed compared with what became of them."""
        db = self.run.db
        for item in rollbacks.items(db, back.id):
            if item.state == PLACED:
                with db.transaction():
                    state, reason = self._outcome(item)
                    if state != PLACED:
                        rollbacks.settle(db, back.id, item.record_id, state, reason=reason)
                    if state == DONE and item.what == "delete" and back.batch_id is not None:
                        identity.leave_source(db, item.record_id)
        return rollbacks.items(db, back.id)

    def _outcome(self, item: Item) -> tuple[str, str]:  # noqa: PLR0911 - one way out for each end
        """What became of it, and why it stays where it does."""
        db = self.run.db
        trees = documents.read(db, item.record_id)
        if trees is None or trees.document is None:
            return DONE, ""
        if attempts.is_open(db, item.record_id):
            return PLACED, ""
        if item.what == "delete" and trees.gone:
            return DONE, ""
        if trees.document.in_conflict:
            return LEFT, rollback_words.conflict()
        if trees.document.pending is None and not trees.document.wishes:
            if item.what == "void" and not is_void(trees.status):
                return LEFT, rollback_words.changed([STATUS])
            return DONE, ""
        problem = problems.standing(db, item.record_id)
        if problem is None or problem.changed:
            return PLACED, ""
        message = problems.message_of(db, problem.id)
        # What Zoho refuses is given up: left standing it would be tried again for ever, long after the report.
        editing.cancel(db, item.record_id, now=self.run.now)
        return LEFT, rollback_words.refused(message)

    async def _place(self, back: Rollback, item: Item, planner: Planner) -> None:
        """Read the record, look at it anew, and make the edit."""
        run = self.run
        trees = documents.read(run.db, item.record_id)
        if trees is not None and trees.remote_id is not None and not trees.gone:
            await self._read(trees)
        with run.db.transaction():
            step, trees = planner.step(item.record_id), documents.read(run.db, item.record_id)
            if step is None or trees is None or trees.document is None or step.what == "none":
                reason = rollback_words.GONE if step is None else step.reason
                rollbacks.settle(run.db, back.id, item.record_id, LEFT, reason=reason)
                return
            if item.what == "status" and step.what == "delete":
                # Made inactive because documents refer to it: they still do.
                step = replace(step, what=item.what, wishes=item.wishes)
            revision = self._edit(trees, step)
            rollbacks.settle(run.db, back.id, item.record_id, PLACED, revision=revision)

    async def _read(self, trees: Trees) -> None:
        run, module = self.run, MODULES[trees.module]
        if not agreeing.readable(module):
            return
        try:
            row, payload = await run.detail(module, str(trees.remote_id), run.priority)
        except RejectedError as error:
            if not is_gone(error):
                raise
            bury(run, module, [trees.id])
            return
        with run.db.transaction():
            tree_store.store_detail(run.db, trees.id, row, payload)

    def _edit(self, trees: Trees, step: Step) -> int:
        """Our side says what it said before the run; what a person held for review does not hold this."""
        db, at, document = self.run.db, self.run.now(), trees.document
        assert document is not None  # noqa: S101 - asked for by the caller
        fields = document.fields
        if step.fields:
            lines = () if trees.base is None else trees.base.lines
            detail = {**(trees.remote or {}), **step.fields}
            fields = adopted(MODULES[trees.module], fields, step.fields, detail, lines)
        revision = documents.put(db, trees.id, fields, at=at, deleted=step.what == "delete", wishes=step.wishes)
        review.release(db, [trees.id])
        return revision

    def _end(self, back: Rollback, items: Sequence[Item]) -> None:
        run = self.run
        done = sum(item.state == DONE for item in items)
        left = len(items) - done
        what = f"Run {back.run_id}" if back.batch_id is None else f"Import {back.batch_id}"
        text = f"{what} was taken back: {done} of {len(items)} records"
        text += f"; {left} stayed as they are, the report says why." if left else "."
        with run.db.transaction():
            rollbacks.end(run.db, back.id, at=run.now())
            if back.batch_id is not None and left:
                sources.still_stands(run.db, back.batch_id, at=run.now())
            diary.add(run.db, run.connection_id, "rollback", text, at=run.now(), cause=run.cause, run_id=back.run_id)


__all__ = [
    "CannotRollBack", "NoSuchRun", "RollingBack", "begin", "begin_import", "import_steps", "preview", "refused_import",
    "report", "report_import",
]  # fmt: skip
