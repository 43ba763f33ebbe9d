"""The guards that pushing rests on, each proved by its absence: without it some schedule ends with wrong books."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test
from schedules import Schedule

from zbdesk.store import attempts as attempt_store
from zbdesk.store import documents, trees
from zbdesk.store.attempts import Outcome
from zbdesk.sync import agreeing, lookup, planner, push
from zbdesk.sync.actions import Delete
from zbdesk.sync.agreeing import Snapshot
from zbdesk.sync.attempting import Attempts, InDoubt
from zbdesk.sync.lookup import LookUp

BUDGET = settings(
    max_examples=250,
    stateful_step_count=35,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


class Begun(Schedule):
    """A schedule that begins with two invoices in Zoho and an edit whose answer may be lost: where guards matter."""

    @initialize(kind=st.sampled_from(["lost_answer", "crash_after", "meanwhile"]))
    def two_invoices(self, kind: str) -> None:
        """Both are agreed on, or one is in doubt."""
        self.put_customer("C-1")
        self.put_invoice("S-1", "C-1")
        self.sync(full=False)
        self.put_invoice("S-2", "C-1")
        for source_id, method in (("S-1", "PUT"), ("S-2", "POST")):
            self._edit_here(source_id, "notes")
            again = partial(self._edit_here, source_id, "notes")
            self.world.break_wire(kind, method=method, path="/invoices", before=again)
        self.sync(full=False)


Patch = Callable[[pytest.MonkeyPatch], None]


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
    patch.setattr(LookUp, "find", _nothing_found)


async def _nothing_found(*_: Any, **__: Any) -> None:
    return None


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


def without_attempt(patch: pytest.MonkeyPatch) -> None:
    """Do not write down before calling: a crash forgets what was under way."""
    real = attempt_store.begin

    def careless(db: Any, record_id: int, **more: Any) -> int:
        attempt_id = real(db, record_id, **more)
        attempt_store.settle(db, attempt_id, Outcome.NOT_SENT, at=more["at"])
        return attempt_id

    patch.setattr(attempt_store, "begin", careless)
    patch.setattr(LookUp, "find", _nothing_found)


def without_newer_edit_kept(patch: pytest.MonkeyPatch) -> None:
    """Call a record settled though it was edited while it was being written."""
    real = documents.settle

    def hasty(db: Any, record_id: int, mark: str) -> None:
        real(db, record_id, mark)

    def overwrite(db: Any, record_id: int, base: Any, *, at: Any) -> None:
        with db.transaction():
            stored = documents.read(db, record_id)
            if stored is not None and stored.document is not None:
                document = stored.document
                documents.adopt(
                    db, record_id, document.revision, base.local, wishes=document.wishes, deleted=document.deleted
                )
            agree(db, record_id, base, at=at)

    agree = documents.agree
    patch.setattr(documents, "settle", hasty)
    patch.setattr(documents, "agree", overwrite)


def without_delete_conflict(patch: pytest.MonkeyPatch) -> None:
    """Delete in Zoho what was edited there meanwhile."""
    real = planner._unwanted_here

    def blunt(module: Any, remote: Any, local: Any, base: Any, policy: Any) -> Any:
        found = real(module, remote, local, base, policy)
        return Delete() if found.__class__.__name__ == "Conflict" else found

    patch.setattr(planner, "_unwanted_here", blunt)


def without_merge_base(patch: pytest.MonkeyPatch) -> None:
    """Let our side win every field that both changed."""
    real = planner.merge

    def ours(base: Any, local: Any, remote: Any, always: Any = None) -> Any:
        return real(base, local, remote, dict.fromkeys(local, "local"))

    patch.setattr(planner, "merge", ours)


def without_one_transaction(patch: pytest.MonkeyPatch) -> None:
    """Close the attempt before what Zoho answered is stored: a crash in between forgets the record."""
    real = Attempts.send

    async def split(self: Attempts, writing: Any, call: Any) -> Any:
        try:
            answer = await real(self, writing, call)
        except InDoubt:
            self.not_sent(writing.attempt_id)
            raise
        self.done(writing.attempt_id)
        return answer

    patch.setattr(Attempts, "send", split)
    patch.setattr(LookUp, "find", _nothing_found)


def without_absorbing(patch: pytest.MonkeyPatch) -> None:
    """Leave two rows for one record of Zoho's."""

    def refuse(*_: Any) -> None:
        raise ValueError("two rows")

    patch.setattr(documents, "absorb", refuse)


def without_detail_marks(patch: pytest.MonkeyPatch) -> None:
    """Trust an old detail under a newer list row."""
    patch.setattr("zbdesk.sync.agreeing.is_complete", lambda *_: True)
    patch.setattr(trees, "want_detail", lambda *_: 0)


GUARDS: dict[str, Patch] = {
    "snapshot": without_snapshot,
    "look-up": without_look_up,
    "look before write": without_look_before_write,
    "attempt": without_attempt,
    "newer local edit": without_newer_edit_kept,
    "delete against edit": without_delete_conflict,
    "merge base": without_merge_base,
    "one transaction": without_one_transaction,
    "absorbing": without_absorbing,
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_missing_guard_is_noticed(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this guard the machine finds a schedule that ends with wrong books."""
    GUARDS[guard](monkeypatch)
    with pytest.raises((AssertionError, ValueError)):
        run_state_machine_as_test(Begun, settings=BUDGET)


assert lookup.GRACE
