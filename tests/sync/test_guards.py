"""The guards that safety rests on, each proved by its absence: without it some schedule ends with wrong books.

Each guard has a beginning that leads to where it matters; from there the machine plays on at random. The failure has to
be the one that the guard prevents, not just any; and with all guards in place the same machines find nothing.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from schedules import Schedule
from world import Crash, World

from zbdesk.domain.status import RunResult
from zbdesk.store import attempts as attempt_store
from zbdesk.store import cursors, documents
from zbdesk.store.attempts import Outcome
from zbdesk.sync import agreeing, planner, pull, push, sweep
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


# -- beginnings for pushing -------------------------------------------------------------------------------------------


class Begun(Schedule):
    """A schedule that begins with an invoice that both sides agree on, then with ``trouble``.

    Stricter at the end than a schedule with slow proxies can be: nothing stands in Zoho twice even if a problem says
    so, and nothing that another user typed was deleted unseen.
    """

    def rest(self) -> None:
        """A pass in which nothing is in the way any more."""
        self.world.mend()
        self.sync(full=False)

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """One customer, one invoice, and what this guard is for."""
        self.put_customer("C-1")
        self.put_invoice("S-1", "C-1")
        self.sync(full=False)
        self.trouble(data.draw)

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """What happens at once."""

    def _check_payments(self, explained: set[str | None]) -> None:
        super()._check_payments(explained)
        if not self.was_late:
            keys = [str(row.get("reference_number")) for row in self.world.org.all("customerpayments")]
            ours = [key for key in keys if key.startswith("ZB-")]
            assert len(ours) == len(set(ours)), f"a payment stands in Zoho twice: {sorted(ours)}"

    def _check_invoice(self, source_id: str, count: int, record: documents.Trees) -> None:
        super()._check_invoice(source_id, count, record)
        if count == 0 and source_id not in self.removed_there:
            for field in ("notes", "terms"):
                text = self.theirs.get((source_id, field))
                seen = self.seen_here.get((source_id, field), set())
                assert text is None or text in seen, f"{source_id}.{field}: {text!r} of Zoho's was deleted unseen"


class EditedDuringUpdate(Begun):
    """Somebody types while an update is on its way; then somebody in Zoho edits the same field."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        kind = draw(st.sampled_from(["meanwhile", "lost_answer"]))
        self._edit_here("S-1", "notes")
        again = lambda: self._edit_here("S-1", "notes")  # noqa: E731 - said where it happens
        self.world.break_wire(kind, method="PUT", path="/invoices", before=again)
        self.sync(full=False)
        self.edit_there("S-1", "notes")
        self.rest()


class LostPayment(Begun):
    """The answer to a payment is lost: Zoho has it, and has no number of ours that it would refuse a second time."""

    kinds: ClassVar = ["lost_answer", "status_after"]

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.pay_here("S-1")
        self.world.break_wire(draw(st.sampled_from(self.kinds)), method="POST", path="/customerpayments")
        self.sync(full=False)
        self.rest()


class DeadAtPayment(LostPayment):
    """The process ends when Zoho has the payment and the answer is not here yet."""

    kinds: ClassVar = ["crash_after"]


class DeadAfterAnswer(Begun):
    """The process ends at a commit right after the answer to a payment has come."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.pay_here("S-1")
        world, number, real = self.world, draw(st.sampled_from([2, 1, 3])), self.world.db.transaction
        db, left = world.db, [number]

        @contextmanager
        def dying() -> Iterator[None]:
            outermost = not db.in_transaction
            with real():
                yield
                left[0] -= outermost and ("POST", "/customerpayments") in world.wire.asked
                if outermost and left[0] == 0:
                    world.die()
                    raise Crash

        db.transaction = dying  # type: ignore[method-assign]
        self.sync(full=False)
        self.rest()


class EditedOnBothSides(Begun):
    """Both sides edit one field, Zoho's after the list was read."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.edit_on_both_sides_in_one_pass("S-1", draw(st.sampled_from(["notes", "terms"])))
        self.rest()


class DeletedAgainstEdit(Begun):
    """Deleted here what was edited there."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.edit_there("S-1", draw(st.sampled_from(["notes", "terms"])))
        self.delete_here("S-1")
        self.rest()


class ListedBeforeAnswer(Begun):
    """The record that a lost create made is in the list before it is looked up: one record of Zoho's, two rows."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.put_invoice("S-2", "C-1")
        kind = draw(st.sampled_from(["crash_after", "lost_answer"]))
        self.world.break_wire(kind, method="POST", path="/invoices")
        self.sync(full=False)
        self.rest()


class Anyhow(LostPayment):
    """Any of these beginnings."""

    kinds: ClassVar = [*LostPayment.kinds, *DeadAtPayment.kinds]

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the others."""
        draw(st.sampled_from(Begun.__subclasses__())).trouble(self, draw)


# -- a beginning for reading ------------------------------------------------------------------------------------------


class Reading(RuleBasedStateMachine):
    """A mirror kept by ordinary passes alone: no complete list comes to heal at the end what a crash has lost."""

    MODULES = ("contacts", "invoices")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name), *self.MODULES, per_page=3)

    @initialize(number=st.integers(2, 9))
    def begin(self, number: int) -> None:
        """A company with a past, and a process that ends in its first load."""
        for _ in range(3):
            for module in self.MODULES:
                self.world.zoho.put(module, 3)
            self.world.clock.tick(4000)
        self.die_at_commit(number, before=False)

    @rule(module=st.sampled_from(MODULES), count=st.integers(1, 5))
    def create(self, module: str, count: int) -> None:
        """Somebody enters records in Zoho."""
        self.world.clock.tick(1)
        self.world.zoho.put(module, count)

    @rule(module=st.sampled_from(MODULES), choice=st.integers(0, 99))
    def edit(self, module: str, choice: int) -> None:
        """Somebody edits one."""
        self.world.clock.tick(1)
        ids = sorted(self.world.zoho.modules[module])
        self.world.zoho.edit(module, ids[choice % len(ids)], total=choice)

    @rule(module=st.sampled_from(MODULES), choice=st.integers(0, 99))
    def delete(self, module: str, choice: int) -> None:
        """Somebody deletes one; the complete list that finds it is read at once."""
        ids = sorted(self.world.zoho.modules[module])
        if len(ids) > 4:
            self.world.zoho.delete(module, ids[choice % len(ids)])
            self.world.clock.tick(10)
            self.sync_whole()

    @rule(seconds=st.sampled_from([1, 700, 4000]))
    def time_passes(self, seconds: int) -> None:
        """Nothing happens."""
        self.world.clock.tick(seconds)

    @rule(number=st.integers(1, 12), before=st.booleans())
    def die_at_commit(self, number: int, before: bool) -> None:
        """The process ends at a commit of an ordinary pass."""
        self.world.crash_at_commit(number, before=before)
        try:
            self.runner.run(self.world.sync())
            self.world.restart()
        except Crash:
            self.world.crash()

    @rule()
    def sync_whole(self) -> None:
        """A complete pass."""
        run = self.runner.run(self.world.sync(full=True, confirmed=self.MODULES))
        assert run.result is RunResult.OK, run.message

    def teardown(self) -> None:
        """One ordinary pass later, the mirror is what Zoho has."""
        try:
            self.world.clock.tick(10)
            run = self.runner.run(self.world.sync())
            assert run.result is RunResult.OK, run.message
            assert self.world.differences() == [], "the mirror lacks what Zoho has"
        finally:
            self.world.close()
            self.runner.close()
            self.folder.cleanup()


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
    patch.setattr(documents, "absorb", lambda *_: None)


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
    "attempt": Guard(without_attempt, DeadAtPayment, TWICE),
    "one transaction": Guard(without_one_transaction, DeadAfterAnswer, TWICE),
    "look before write": Guard(without_look_before_write, EditedOnBothSides, OVERWRITTEN),
    "newer local edit": Guard(without_newer_edit_kept, EditedDuringUpdate, LOST),
    "column ownership": Guard(without_column_ownership, EditedDuringUpdate, LOST),
    "delete against edit": Guard(without_delete_conflict, DeletedAgainstEdit, "deleted unseen"),
    "merge base": Guard(without_merge_base, EditedOnBothSides, OVERWRITTEN),
    # The constraint of the table stops the second row: the program says that it is at a loss instead of doing wrong.
    "absorbing": Guard(without_absorbing, ListedBeforeAnswer, "Something unexpected happened"),
    "cursor with its rows": Guard(without_cursor_in_transaction, Reading, "the mirror lacks what Zoho has"),
    "sweep": Guard(without_sweep, Reading, "the mirror lacks what Zoho has"),
}


@pytest.mark.parametrize("name", GUARDS)
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


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_soak(request: pytest.FixtureRequest) -> None:
    """Long schedules with fresh seeds from all beginnings, under the stricter end; only with ``-m soak``."""
    if "soak" not in str(request.config.getoption("-m")):
        pytest.skip("runs long: ask for it with -m soak")
    soak = settings(BUDGET, max_examples=1_000, stateful_step_count=30, derandomize=False, print_blob=True)
    run_state_machine_as_test(Anyhow, settings=soak)
