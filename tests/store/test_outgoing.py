"""What is to leave: one lane a record, in the order in which it leaves; counted as it is listed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zbdesk.domain.views import OutgoingView
from zbdesk.store import attempts, conflicts, documents, finding, new_records, outgoing, problems, review, trees
from zbdesk.store.attempts import Outcome
from zbdesk.store.database import Database
from zbdesk.store.new_records import Columns

from .build import NOW, later, row

ORDER = ("contacts", "invoices")
COLUMNS = Columns(number="LL-1", date="2026-11-20", party="Lantern", currency="GBP", total=80_500_000)


def make(db: Database, cid: int, module: str = "invoices", source_id: str | None = "S-1") -> int:
    """A document that has not left."""
    source = None if source_id is None else "shop"
    with db.transaction():
        key = new_records.new_record(db, cid, module, source=source, source_id=source_id, columns=COLUMNS)
        documents.put(db, key, {"notes": "a"}, at=NOW)
    return key


def begin(db: Database, key: int, operation: str = "create", wish: str | None = None) -> int:
    """A write that is about to leave."""
    return attempts.begin(
        db, key, operation_key=f"k{key}{operation}", operation=operation, snapshot={"wish": wish}, recognise={},
        revision=1, at=NOW,
    )  # fmt: skip


def lanes(db: Database, cid: int) -> dict[str, int]:
    """Counts, each held against its list."""
    found = dict(outgoing.summary(db, cid, since=NOW).lanes)
    for lane, count in found.items():
        listed = (
            outgoing.done(db, cid, since=NOW) if lane == "done" else outgoing.waiting(db, cid, order=ORDER, lane=lane)
        )
        assert [view.lane for view in listed] == [lane] * count
    return found


def test_a_pending_record_shows_what_tables_know_of_it(db: Database, cid: int) -> None:
    """Number, party, date, exact total, source and what will be done."""
    key = make(db, cid)
    assert outgoing.waiting(db, cid, order=ORDER) == [
        OutgoingView(
            key, "invoices", "LL-1", "Lantern", "2026-11-20", "GBP", Decimal("80.50"), "waiting", "create", NOW,
            source="shop",
        )
    ]  # fmt: skip


def test_each_record_stands_in_one_lane(db: Database, cid: int) -> None:
    """A write under way hides a problem, a problem hides waiting, a locked period has a lane of its own."""
    keys = [make(db, cid, source_id=f"S-{at}") for at in range(6)]
    sending, unknown = begin(db, keys[0]), begin(db, keys[1])
    attempts.settle(db, unknown, Outcome.UNKNOWN, at=NOW)
    for key, cause in ((keys[1], "validation"), (keys[2], "locked_period"), (keys[3], "validation")):
        problems.raise_problem(db, cid, cause=cause, message=f"{cause}.", remedy="Do.", record_id=key, at=NOW)
    conflicts.note_conflict(db, keys[4], [{"name": "notes", "base": "", "local": "a", "remote": "b"}], at=NOW)
    assert lanes(db, cid) == {"closed_period": 1, "problem": 1, "sending": 1, "unknown": 1, "waiting": 1}
    (closed,) = outgoing.waiting(db, cid, order=ORDER, lane="closed_period")
    assert (closed.record_id, closed.note) == (keys[2], "locked_period.")
    attempts.settle(db, sending, Outcome.DONE, at=later(5))
    documents.rest(db, keys[0])
    (done,) = outgoing.done(db, cid, since=NOW)
    assert (done.record_id, done.what, done.since) == (keys[0], "create", later(5))
    assert outgoing.done(db, cid, since=later(6)) == []


def test_held_is_what_nobody_released(db: Database, cid: int) -> None:
    """Holding moves what waits into its own lane; a release moves it back, one by one."""
    first, second = make(db, cid, source_id="S-1"), make(db, cid, source_id="S-2")
    review.set_hold(db, cid, on=True)
    assert outgoing.is_on_hold(db, cid)
    assert lanes(db, cid) == {"held": 2}
    review.release(db, [first])
    assert [view.record_id for view in outgoing.waiting(db, cid, order=ORDER, lane="held")] == [second]
    review.set_hold(db, cid, on=False)
    assert lanes(db, cid) == {"waiting": 2}


@pytest.fixture
def mirrored(db: Database, cid: int) -> list[int]:
    """Two contacts and two invoices of Zoho's."""
    with db.transaction():
        for module in ORDER:
            trees.store_page(db, cid, module, [row(f"{module}1"), row(f"{module}2")], scan_id=0, want_detail=False)
    found = [finding.by_remote_id(db, cid, module, f"{module}{at}") for module in ORDER for at in (1, 2)]
    return [key for key in found if key is not None]


def test_parents_leave_first_and_what_goes_leaves_last_the_other_way_round(
    db: Database, cid: int, mirrored: list[int]
) -> None:
    """Edits in the order of modules; then voids and deletions, children before parents."""
    contact, other_contact, invoice, other_invoice = mirrored
    documents.put(db, invoice, {"notes": "x"}, at=NOW)
    documents.put(db, contact, {"notes": "x"}, at=NOW, deleted=True)
    documents.put(db, other_contact, {"notes": "x"}, at=NOW, wishes=["active"])
    documents.put(db, other_invoice, {"notes": "x"}, at=NOW, wishes=["void"])
    expected = [
        (other_contact, "active"), (invoice, "update"), (other_invoice, "void"), (contact, "delete"),
    ]  # fmt: skip
    assert [(view.record_id, view.what) for view in outgoing.waiting(db, cid, order=ORDER)] == expected
    chosen = outgoing.of_records(db, cid, [contact, other_invoice, invoice, 999], order=ORDER)
    assert [(view.record_id, view.what) for view in chosen] == expected[1:]
    assert len(outgoing.waiting(db, cid, order=ORDER, limit=2)) == 2


def test_an_action_under_way_goes_by_its_own_word(db: Database, cid: int, mirrored: list[int]) -> None:
    """Void is void while it leaves and once it has left."""
    documents.put(db, mirrored[2], {}, at=NOW, wishes=["void"])
    attempt = begin(db, mirrored[2], "action", "void")
    (leaving,) = outgoing.waiting(db, cid, order=ORDER, lane="sending")
    assert leaving.what == "void"
    attempts.settle(db, attempt, Outcome.DONE, at=NOW)
    assert [view.what for view in outgoing.done(db, cid, since=NOW)] == ["void"]


def test_a_dismissed_problem_keeps_its_record_here_with_the_reason(db: Database, cid: int) -> None:
    """What a person dismissed does not wait to leave; the reason stands beside it, and the list of dismissed has it."""
    key = make(db, cid)
    problem = problems.raise_problem(db, cid, cause="validation", message="No.", remedy="Do.", record_id=key, at=NOW)
    assert problem is not None
    assert problems.dismiss(db, problem, "Entered by hand")
    (view,) = outgoing.waiting(db, cid, order=ORDER)
    assert (view.lane, view.note) == ("problem", "Entered by hand")
    assert problems.open_problems(db, cid) == []
    (gone,) = problems.dismissed(db, cid)
    assert (gone.dismissed, gone.reason, gone.amount) == (True, "Entered by hand", Decimal("80.50"))
