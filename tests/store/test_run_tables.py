"""What a run wrote, the question of one beyond the limits, and runs being taken back: the same on both databases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from zbdesk.domain.status import RunKind, RunResult
from zbdesk.domain.views import RunLimit, RunQuestion
from zbdesk.store import attempts, rollbacks, run_questions, runs
from zbdesk.store.attempts import Outcome
from zbdesk.store.database import Database
from zbdesk.store.rollbacks import Item

from .build import NOW, later
from .test_state import store

WRITES = frozenset({(1, False, 1), (2, True, 4)})


def question(token: str = "") -> RunQuestion:
    """A question about two records."""
    return RunQuestion(
        token or run_questions.token_of(WRITES),
        (RunLimit("changes", Decimal(2), Decimal(1)),),
        (("create", "invoices", 1), ("delete", "contacts", 1)),
        (("EUR", Decimal("12.50")),),
        NOW,
    )


def test_a_question_is_kept_and_answered_only_by_its_own_token(db: Database, cid: int) -> None:
    """An answer to another set changes nothing; the right one gives exactly the writes that were shown."""
    run_questions.ask(db, cid, WRITES, question())
    assert run_questions.standing(db, cid) == question()
    assert run_questions.allowed(db, cid) == frozenset()
    assert not run_questions.allow(db, cid, "another", at=NOW)
    assert run_questions.allow(db, cid, question().token, at=NOW)
    assert run_questions.allowed(db, cid) == WRITES
    run_questions.clear(db, cid)
    assert run_questions.standing(db, cid) is None


def test_asking_the_same_again_keeps_the_answer_and_another_set_drops_it(db: Database, cid: int) -> None:
    """A yes is for a set, however often a run comes to it."""
    run_questions.ask(db, cid, WRITES, question())
    run_questions.allow(db, cid, question().token, at=NOW)
    run_questions.ask(db, cid, WRITES, question())
    assert run_questions.allowed(db, cid) == WRITES
    more = WRITES | {(3, False, 1)}
    run_questions.ask(db, cid, more, question(run_questions.token_of(more)))
    assert run_questions.allowed(db, cid) == frozenset()


@pytest.mark.parametrize(
    "other", [WRITES | {(3, False, 1)}, {(1, False, 2), (2, True, 4)}, {(1, True, 1), (2, True, 4)}]
)
def test_a_token_names_records_revisions_and_what_goes(other: set[tuple[int, bool, int]]) -> None:
    """Whatever differs, it is another token; the order does not matter."""
    assert run_questions.token_of(other) != run_questions.token_of(WRITES)
    assert run_questions.token_of(sorted(WRITES, reverse=True)) == run_questions.token_of(WRITES)


def a_run(db: Database, cid: int, *records: int) -> int:
    """A run that created these records."""
    run_id = runs.start(db, cid, RunKind.DELTA, NOW)
    for record in records:
        attempt = attempts.begin(
            db, record, operation_key=f"{run_id}-{record}", operation="create", snapshot={"sent": None}, recognise={},
            revision=1, at=NOW, run_id=run_id,
        )  # fmt: skip
        attempts.settle(
            db, attempt, Outcome.DONE, at=NOW, after={"fields": {"rate": Decimal("1.10")}, "status": "draft"}
        )
    runs.finish(db, run_id, RunResult.OK, NOW)
    return run_id


def test_a_run_knows_what_it_wrote(db: Database, cid: int) -> None:
    """Writes in their order, with what was seen after each, and counts for the list."""
    first, second = store(db, cid, 1, 2)
    run_id = a_run(db, cid, first, second)
    idle = a_run(db, cid)
    found = rollbacks.written(db, cid, run_id)
    assert [one.record_id for one in found] == [first, second]
    assert found[0].after == {"fields": {"rate": Decimal("1.10")}, "status": "draft"}
    assert [(one.run.id, one.writes) for one in rollbacks.with_writes(db, cid, 5)] == [
        (idle, ()), (run_id, (("create", "invoices", 2),)),
    ]  # fmt: skip
    assert rollbacks.one_run(db, cid, 999) is None


def test_taking_back_goes_item_by_item_and_one_run_at_a_time(db: Database, cid: int) -> None:
    """States and reasons are kept, a placed one is agreed to with its revision, and a second one has to wait."""
    first, second = store(db, cid, 1, 2)
    run_id = a_run(db, cid, first, second)
    items = [
        Item(first, 2, "delete", {}, (), "waiting", ""),
        Item(second, 1, "restore", {"rate": Decimal("1.10")}, ("draft",), "waiting", "stays partly"),
    ]
    key = rollbacks.begin(db, cid, run_id, items, at=NOW)
    assert [one.record_id for one in rollbacks.items(db, key)] == [second, first]
    assert rollbacks.items(db, key)[0].fields == {"rate": Decimal("1.10")}
    rollbacks.settle(db, key, first, "placed", revision=7)
    assert rollbacks.placed(db, cid) == frozenset({(first, True, 7)})
    rollbacks.settle(db, key, second, "left", reason="It is paid.")
    rollbacks.settle(db, key, first, "done")
    kept = {one.record_id: (one.state, one.reason, one.revision) for one in rollbacks.items(db, key)}
    assert kept == {first: ("done", "", 7), second: ("left", "It is paid.", None)}
    with pytest.raises(Exception, match=r"(?i)unique"):
        rollbacks.begin(db, cid, run_id, [], at=NOW)
    rollbacks.end(db, key, at=later(1))
    assert rollbacks.under_way(db, cid) is None
    found = rollbacks.of_run(db, cid, run_id)
    assert found is not None
    assert found.ended_at == later(1)
    assert rollbacks.placed(db, cid) == frozenset()
    assert NOW + timedelta(0) == found.begun_at
