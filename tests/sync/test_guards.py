"""The guards that safety rests on, each proved by its absence: without it some schedule ends with wrong books.

Each guard has a beginning that leads to where it matters; from there the machine plays on at random. The failure has to
be the one that the guard prevents, not just any; and with all guards in place the same machines find nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from schedule_beginnings import (
    DeadAfterAnswer,
    DeadAtPayment,
    DeletedAgainstEdit,
    EditedDuringUpdate,
    EditedOnBothSides,
    LandsSoon,
    ListedBeforeAnswer,
    LostPayment,
)
from schedule_reading import LACKS, Reading, RowsMove, SeenLate

from zbdesk.store import attempts as attempt_store
from zbdesk.store import cursors, documents, identity
from zbdesk.store.attempts import Outcome
from zbdesk.sync import agreeing, lookup, planner, pull, push, reading, sweep
from zbdesk.sync.actions import Conflict, Delete
from zbdesk.sync.agreeing import Snapshot
from zbdesk.sync.attempting import Attempts
from zbdesk.sync.lookup import LookUp

BUDGET = settings(
    max_examples=40,
    stateful_step_count=10,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
CONTROL = settings(BUDGET, max_examples=3, stateful_step_count=8)

Patch = Callable[[pytest.MonkeyPatch], None]


# -- the guards, taken away -------------------------------------------------------------------------------------------


def without_snapshot(patch: pytest.MonkeyPatch) -> None:
    """Agree on the document as it is when the answer comes, not on what was sent."""
    real = agreeing.after_write

    def forgetful(module: Any, snapshot: Snapshot, stored: Any, *, seen_late: bool) -> Any:
        base = real(module, snapshot, stored, seen_late=seen_late)
        return base.__class__(stored.document.fields, base.remote, base.ids, base.lines, base.status, base.modified_at)

    patch.setattr("zbdesk.sync.sending.after_write", forgetful)
    patch.setattr("zbdesk.sync.lookup.after_write", forgetful)


def without_look_up(patch: pytest.MonkeyPatch) -> None:
    """Take a write without an answer for one that never arrived."""

    async def hopeful(self: LookUp, attempt: Any) -> bool:
        self._attempts.not_sent(attempt.id)
        return False

    patch.setattr(LookUp, "settle", hopeful)


def without_attempt(patch: pytest.MonkeyPatch) -> None:
    """Do not write down before calling: a crash forgets what was under way."""
    real = attempt_store.begin

    def careless(db: Any, record_id: int, **more: Any) -> int:
        attempt_id = real(db, record_id, **more)
        attempt_store.settle(db, attempt_id, Outcome.NOT_SENT, at=more["at"])
        return attempt_id

    patch.setattr(attempt_store, "begin", careless)


def without_one_transaction(patch: pytest.MonkeyPatch) -> None:
    """Close the attempt before what Zoho answered is stored: a crash in between forgets the record."""
    real = Attempts.send

    async def split(self: Attempts, writing: Any, call: Any) -> Any:
        answer = await real(self, writing, call)
        self.done(writing.attempt_id)
        return answer

    patch.setattr(Attempts, "send", split)


def without_look_before_write(patch: pytest.MonkeyPatch) -> None:
    """Send on what was last known of Zoho's side."""

    class Confident(push._Walk):
        @property
        def fresh(self) -> bool:  # type: ignore[override]
            return True

        @fresh.setter
        def fresh(self, value: bool) -> None:
            pass

    patch.setattr(push, "_Walk", Confident)


def without_newer_edit_kept(patch: pytest.MonkeyPatch) -> None:
    """Take what was agreed on for what our side says, though it was edited while it was being written."""
    real = documents.agree

    def overwrite(db: Any, record_id: int, base: Any, *, at: Any) -> None:
        with db.transaction():
            stored = documents.read(db, record_id)
            if stored is not None and stored.document is not None:
                document = stored.document
                documents.adopt(
                    db, record_id, document.revision, base.local, wishes=document.wishes, deleted=document.deleted
                )
            real(db, record_id, base, at=at)

    patch.setattr(documents, "agree", overwrite)


def without_column_ownership(patch: pytest.MonkeyPatch) -> None:
    """Write back the local row as it was read before the call was awaited."""
    real = Attempts.send

    async def write_back(self: Attempts, writing: Any, call: Any) -> Any:
        db = self._run.db
        row = db.one("SELECT fields, wishes, deleted, revision FROM local WHERE record_id = ?", (writing.record_id,))
        try:
            return await real(self, writing, call)
        finally:
            if row is not None:
                db.execute(
                    "UPDATE local SET fields = ?, wishes = ?, deleted = ?, revision = ? WHERE record_id = ?",
                    (*row, writing.record_id),
                )

    patch.setattr(Attempts, "send", write_back)


def without_delete_conflict(patch: pytest.MonkeyPatch) -> None:
    """Delete in Zoho what was edited there meanwhile."""
    real = planner._unwanted_here

    def blunt(*known: Any) -> Any:
        found = real(*known)
        return Delete() if isinstance(found, Conflict) else found

    patch.setattr(planner, "_unwanted_here", blunt)


def without_merge_base(patch: pytest.MonkeyPatch) -> None:
    """Let our side win every field that both changed."""
    real = planner.merge

    def ours(base: Any, local: Any, remote: Any, always: Any = None) -> Any:
        return real(base, local, remote, dict.fromkeys(local, "local"))

    patch.setattr(planner, "merge", ours)


def without_absorbing(patch: pytest.MonkeyPatch) -> None:
    """Leave two rows for one record of Zoho's."""
    patch.setattr(identity, "absorb", lambda *_: None)


def without_cursor_in_transaction(patch: pytest.MonkeyPatch) -> None:
    """Commit how far the reading came before the rows that were read."""

    def early(self: Any, page: Any, cursor: Any, *, details: bool) -> None:
        with self._run.db.transaction():
            cursors.put(self._run.db, self._run.connection_id, self._module.name, cursor)
        with self._run.db.transaction():
            result = self._rows(page, details=details)
        self._cursor = cursor
        self._run.stored(self._module, result)

    patch.setattr(pull.ListReader, "_store", early)


def without_sweep(patch: pytest.MonkeyPatch) -> None:
    """Keep what a complete list lacks."""
    patch.setattr(sweep, "missing_after_scan", lambda *_: [])


def without_overlap(patch: pytest.MonkeyPatch) -> None:
    """Stop reading changes exactly where the last reading began."""
    patch.setattr(reading, "OVERLAP", 0)


def without_look_at_the_missing(patch: pytest.MonkeyPatch) -> None:
    """Take the word of one list for what is gone."""

    async def believe(run: Any, module: Any, record: Any) -> None:
        sweep.bury(run, module, [record[0]])

    patch.setattr(sweep, "_confirm", believe)


def without_grace(patch: pytest.MonkeyPatch) -> None:
    """Repeat a create as soon as it was looked for and not found."""
    patch.setattr(lookup, "GRACE", timedelta(0))


@dataclass(frozen=True)
class Guard:
    """``says``: how the books are wrong without it."""

    patch: Patch
    machine: type[RuleBasedStateMachine]
    says: str


LOST = "was typed here and never reached Zoho"
OVERWRITTEN = "was typed in Zoho and overwritten unseen"
TWICE = "stands in Zoho twice|stands 2 times in Zoho"

GUARDS = {
    "snapshot": Guard(without_snapshot, EditedDuringUpdate, LOST),
    "look-up": Guard(without_look_up, LostPayment, TWICE),
    "grace": Guard(without_grace, LandsSoon, TWICE),
    "attempt": Guard(without_attempt, DeadAtPayment, TWICE),
    "one transaction": Guard(without_one_transaction, DeadAfterAnswer, TWICE),
    "look before write": Guard(without_look_before_write, EditedOnBothSides, OVERWRITTEN),
    "newer local edit": Guard(without_newer_edit_kept, EditedDuringUpdate, LOST),
    "column ownership": Guard(without_column_ownership, EditedDuringUpdate, LOST),
    "delete against edit": Guard(without_delete_conflict, DeletedAgainstEdit, "deleted unseen"),
    "merge base": Guard(without_merge_base, EditedOnBothSides, OVERWRITTEN),
    # The constraint of the table stops the second row: the program says that it is at a loss instead of doing wrong.
    "absorbing": Guard(without_absorbing, ListedBeforeAnswer, "Something unexpected happened"),
    "cursor with its rows": Guard(without_cursor_in_transaction, Reading, LACKS),
    "overlap": Guard(without_overlap, SeenLate, LACKS),
    "sweep": Guard(without_sweep, Reading, LACKS),
    "look at what is missing": Guard(without_look_at_the_missing, RowsMove, "was taken for deleted"),
}


@pytest.mark.parametrize("name", GUARDS)
@pytest.mark.logs("a pass ended in a bug")
def test_a_missing_guard_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this guard the machine finds a schedule that ends with books wrong in just this way."""
    guard = GUARDS[name]
    guard.patch(monkeypatch)
    with pytest.raises(AssertionError, match=guard.says):
        run_state_machine_as_test(guard.machine, settings=BUDGET)


@pytest.mark.parametrize("machine", dict.fromkeys(guard.machine for guard in GUARDS.values()))
def test_with_all_guards_the_same_schedules_end_well(machine: type[RuleBasedStateMachine]) -> None:
    """It is the missing guard that the machine notices, and nothing else."""
    run_state_machine_as_test(machine, settings=CONTROL)
