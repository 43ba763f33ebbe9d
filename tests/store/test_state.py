"""What is known beside the records: connections, modules, cursors, history, problems, conflicts, calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from zbdesk.domain.errors import Budget
from zbdesk.domain.status import ConnectionState, RunKind, RunResult
from zbdesk.domain.views import FieldDifference
from zbdesk.store import (
    attempts,
    budget,
    conflicts,
    connections,
    cursors,
    diary,
    documents,
    models,
    module_states,
    problems,
    queries,
    runs,
    sides,
    trees,
)
from zbdesk.store.attempts import Outcome
from zbdesk.store.cursors import Cursor
from zbdesk.store.database import Database

from .build import NOW, assert_counters, connection, later, row


def store(db: Database, cid: int, *remote_ids: int) -> tuple[int, ...]:
    """Mirrored invoices; returns their record ids."""
    with db.transaction():
        rows = [row(number) for number in remote_ids]
        return trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False).changed_ids


def state(db: Database, record: int) -> str:
    """The derived state of one record."""
    return queries.rows_by_ids(db, [record])[0].state.value


def test_models_describe_the_schema(db: Database) -> None:
    """The models name exactly the tables and columns that the migrations made."""
    assert db.dialect.tables() == {model._meta.table_name for model in models.TABLES} | {"migration"}
    for model in models.TABLES:
        made = {column.name for column in db.orm.get_columns(model._meta.table_name)}
        assert made == set(model._meta.columns), model.__name__


# Connections


def test_connection_round_trip(db: Database, reader: Database) -> None:
    """A saved connection is current and comes back whole, with its key."""
    saved = connections.save(db, connection())
    assert saved == connection(id=saved.id)
    assert connections.current(reader) == saved
    assert connections.get(reader, saved.id) == saved


def test_connecting_again_keeps_key_and_records(db: Database) -> None:
    """The same organization on the same accounts server is the same connection, whatever else is new."""
    first = connections.save(db, connection())
    store(db, first.id, 1, 2)
    connections.forget(db, first.id)
    assert connections.current(db) is None
    again = connections.save(db, connection(client_id="1000.NEW", read_only=False))
    assert again.id == first.id
    assert connections.current(db) == replace(first, client_id="1000.NEW", read_only=False)
    assert trees.live_count(db, again.id, "invoices") == 2


def test_one_current_connection(db: Database) -> None:
    """Another organization takes the place of the current one, whose data stays."""
    first = connections.save(db, connection("1"))
    second = connections.save(db, connection("2"))
    assert connections.current(db) == second
    assert [known.id for known in connections.known(db)] == [second.id, first.id]
    with pytest.raises(db.dialect.foreign), db.transaction():
        db.execute("UPDATE connection SET is_current = 1")


def test_connection_state(db: Database, cid: int) -> None:
    """The state and its reason are kept until the next one."""
    connections.set_state(db, cid, ConnectionState.NEEDS_SIGN_IN, "The sign-in was revoked.")
    found = connections.current(db)
    assert found is not None
    assert found.state is ConnectionState.NEEDS_SIGN_IN
    assert connections.state_reason(db, cid) == "The sign-in was revoked."


def test_delete_data_leaves_only_the_others(db: Database) -> None:
    """Deleting removes every row of one connection and nothing of another."""
    kept = connections.save(db, connection("1")).id
    gone = connections.save(db, connection("2")).id
    for cid in (kept, gone):
        first, _ = store(db, cid, 1, 2)
        documents.put(db, first, {"a": 1}, at=NOW)
        sides.put_synced(db, first, {"a": 0}, at=NOW)
        conflicts.note(db, first, NOW)
        conflicts.decide(db, first, "a", "local", at=NOW)
        problems.raise_problem(db, cid, cause="validation", message="m", remedy="r", record_id=first, at=NOW)
        attempts.begin(
            db, first, operation_key=f"k{cid}", operation="update", snapshot={}, recognise={}, revision=1, at=NOW
        )
        diary.add(db, cid, "x", "y", at=NOW, record_id=first)
        runs.start(db, cid, RunKind.FIRST, NOW)
        budget.add_calls(db, cid, "2026-11-20", 1)
        with db.transaction():
            cursors.put(db, cid, "invoices", Cursor(scan_page=2))
    with db.snapshot():
        both = {model: db.value(f"SELECT COUNT(*) FROM {model._meta.table_name}") for model in models.TABLES}
    connections.delete_data(db, gone)
    with db.snapshot():
        left = {model: db.value(f"SELECT COUNT(*) FROM {model._meta.table_name}") for model in models.TABLES}
    shared = {models.Meta, models.Sequence, models.Dictionary}
    assert {model: count for model, count in left.items() if model not in shared} == {
        model: count // 2 for model, count in both.items() if model not in shared
    }
    assert trees.live_count(db, kept, "invoices") == 2
    assert queries.full_payloads(db, store(db, kept, 3)[0])[0] is not None
    connections.delete_data(db, kept)
    with db.snapshot():
        assert db.value("SELECT COUNT(*) FROM dictionary") == 0
    db.vacuum()


# Modules and cursors


def test_modules_chosen_and_off(db: Database, reader: Database, cid: int) -> None:
    """Choosing is exact; a reason for being off goes when it can be read or is chosen again."""
    module_states.set_enabled(db, cid, ["invoices", "contacts"])
    module_states.set_off(db, cid, "invoices", "No permission.")
    module_states.set_expected(db, cid, "contacts", 500)
    assert module_states.enabled(reader, cid) == ("invoices", "contacts")
    counts = {counts.module: counts for counts in module_states.module_counts(reader, cid)}
    assert (counts["invoices"].off_reason, counts["contacts"].expected) == ("No permission.", 500)
    module_states.set_enabled(db, cid, ["invoices"])
    assert module_states.enabled(reader, cid) == ("invoices",)
    counts = {counts.module: counts for counts in module_states.module_counts(reader, cid)}
    assert (counts["invoices"].off_reason, counts["contacts"].enabled) == (None, False)
    module_states.set_expected(db, cid, "contacts", None)
    assert module_states.module_counts(reader, cid)[0].expected is None


def test_cursor_round_trip(db: Database, reader: Database, cid: int) -> None:
    """A cursor comes back as it was put; a module never read has a fresh one."""
    assert cursors.get(reader, cid, "invoices") == Cursor()
    full = Cursor(1_790_000_000, True, 7, 3, RunKind.FULL, 1_790_000_100, NOW, False, later(1))
    for cursor in (full, Cursor(first_done=True), full):
        with db.transaction():
            cursors.put(db, cid, "invoices", cursor)
        assert cursors.get(reader, cid, "invoices") == cursor
    (counts,) = module_states.module_counts(reader, cid)
    assert (counts.first_done, counts.as_of, counts.cursor) == (True, NOW, "2026-09-21T14:13:20Z")


# History


def test_runs_newest_first(db: Database, cid: int) -> None:
    """Passes are listed newest first; one that ended keeps how it ended."""
    first = runs.start(db, cid, RunKind.FIRST, NOW)
    second = runs.start(db, cid, RunKind.DELTA, later(1))
    runs.finish(db, first, RunResult.FAILED, later(2), (1, 2, 3), 9, "No network.")
    runs.finish(db, first, RunResult.OK, later(3))
    assert [run.id for run in runs.recent(db, cid)] == [second, first]
    last = runs.last_finished(db, cid)
    assert last is not None
    assert (last.result, last.new, last.changed, last.deleted, last.api_calls) == (RunResult.FAILED, 1, 2, 3, 9)
    assert (last.started_at, last.finished_at, last.message) == (NOW, later(2), "No network.")
    assert runs.last_success_at(db, cid) is None
    assert len(runs.recent(db, cid, 1)) == 1


def test_diary_pages(db: Database, cid: int) -> None:
    """The diary reads newest first and goes on where a list ended; it offers no way to change a line."""
    for number in range(5):
        diary.add(db, cid, "pull", f"line {number}", at=later(number), module="invoices", cause="poll")
    first = diary.recent(db, cid, 2)
    rest = diary.recent(db, cid, 9, before_id=first[-1].id)
    assert [entry.text for entry in (*first, *rest)] == ["line 4", "line 3", "line 2", "line 1", "line 0"]
    assert (first[0].at, first[0].module, first[0].cause) == (later(4), "invoices", "poll")
    assert not {"update", "delete", "remove", "edit"} & {name for name in vars(diary) if not name.startswith("_")}


# Problems


def raise_on(db: Database, cid: int, record: int | None, cause: str = "validation", at: datetime = NOW) -> int | None:
    """A problem with words."""
    return problems.raise_problem(
        db,
        cid,
        cause=cause,
        message="It failed.",
        remedy="Mend it.",
        module="invoices",
        record_id=record,
        code="15",
        at=at,
    )


def test_problem_is_counted_not_doubled(db: Database, cid: int) -> None:
    """The same problem again is one line with a count, since the first time."""
    (record,) = store(db, cid, 1)
    assert raise_on(db, cid, record) == raise_on(db, cid, record, at=later(60))
    (shown,) = problems.open_problems(db, cid)
    assert (shown.count, shown.since, shown.number, shown.party, shown.code) == (2, NOW, "INV-1", "Acme GmbH", "15")
    assert state(db, record) == "problem"
    assert_counters(db)
    assert problems.clear(db, cid, cause="validation", record_id=record, at=later(90)) == 1
    assert problems.open_problems(db, cid) == []
    assert state(db, record) == "mirrored"
    assert_counters(db)


def test_a_record_has_one_open_problem(db: Database, cid: int) -> None:
    """Another cause on the same record takes the place of the first; a module keeps one per cause."""
    (record,) = store(db, cid, 1)
    raise_on(db, cid, record, "validation")
    raise_on(db, cid, record, "permission")
    assert [problem.cause for problem in problems.open_problems(db, cid)] == ["permission"]
    raise_on(db, cid, None, "permission")
    raise_on(db, cid, None, "zoho_unavailable")
    assert problems.count_open(db, cid) == 3
    assert_counters(db)
    assert problems.clear(db, cid, cause="permission", module="invoices") == 1
    assert problems.clear(db, cid, record_id=record) == 1
    assert [problem.cause for problem in problems.open_problems(db, cid)] == ["zoho_unavailable"]


def test_dismissed_problem_returns_after_a_change(db: Database, cid: int) -> None:
    """A dismissed problem stays away while nothing changed, and comes back once the record did."""
    (record,) = store(db, cid, 1)
    problem = raise_on(db, cid, record)
    assert problem is not None
    assert problems.dismiss(db, problem)
    assert not problems.dismiss(db, problem)
    assert raise_on(db, cid, record) is None
    assert problems.open_problems(db, cid) == []
    assert state(db, record) == "mirrored"
    with db.transaction():
        trees.store_page(db, cid, "invoices", [row(1, status="paid")], scan_id=0, want_detail=False)
    assert raise_on(db, cid, record) == problem
    assert state(db, record) == "problem"
    assert_counters(db)


def test_dismissed_module_problem_returns_after_it_went_away(db: Database, cid: int) -> None:
    """A module's dismissed problem is shown again only when it was gone in between."""
    problem = raise_on(db, cid, None)
    assert problem is not None
    problems.dismiss(db, problem)
    assert raise_on(db, cid, None) is None
    problems.clear(db, cid, cause="validation", module="invoices")
    assert raise_on(db, cid, None) is not None
    assert_counters(db)


# Our side, attempts, conflicts


def test_states_follow_the_trees(db: Database, cid: int) -> None:
    """Each tree moves the derived state, and the counters with it."""
    (record,) = store(db, cid, 1)
    assert documents.put(db, record, {"notes": "a"}, at=NOW) == 1
    assert state(db, record) == "pending"
    attempt = attempts.begin(
        db,
        record,
        operation_key="k",
        operation="update",
        snapshot={"rate": Decimal("1.50")},
        recognise={},
        revision=1,
        at=NOW,
    )
    assert state(db, record) == "sending"
    attempts.settle(db, attempt, Outcome.UNKNOWN, at=later(1))
    assert state(db, record) == "unknown"
    (waiting,) = attempts.unanswered(db, cid)
    assert (waiting.outcome, str(waiting.snapshot["rate"])) == (Outcome.UNKNOWN, "1.50")
    assert_counters(db)
    attempts.settle(db, attempt, Outcome.DONE, at=later(2))
    attempts.settle(db, attempt, Outcome.UNKNOWN, at=later(3))
    assert attempts.unanswered(db, cid) == []
    assert documents.take_over(db, record, {"notes": "a"}, at=NOW) == 2
    sides.put_synced(db, record, {"notes": "a"}, at=NOW)
    assert state(db, record) == "synced"
    sides.drop_local(db, record)
    assert state(db, record) == "mirrored"
    assert_counters(db)


def test_one_unanswered_attempt_a_record(db: Database, cid: int) -> None:
    """The database itself refuses a second write while the first has no answer."""
    (record,) = store(db, cid, 1)
    words = {"operation": "create", "snapshot": {}, "recognise": {}, "revision": 1, "at": NOW}
    attempts.begin(db, record, operation_key="a", **words)
    with pytest.raises(db.dialect.foreign):
        attempts.begin(db, record, operation_key="b", **words)


def test_conflict_shows_three_sides(db: Database, cid: int) -> None:
    """A conflict lists the fields that both sides changed, and goes when they agree."""
    with db.transaction():
        body = b'{"notes": "theirs", "terms": "30 ", "rate": 2.0}'
        rows = [row(1, payload=body)]
        (record,) = trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False).changed_ids
    sides.put_synced(db, record, {"notes": "base", "terms": "20", "rate": Decimal("1.00")}, at=NOW)
    documents.put(db, record, {"notes": "ours", "terms": "30", "rate": Decimal("2.00")}, at=NOW)
    conflicts.note(db, record, NOW)
    conflicts.note(db, record, later(9))
    (shown,) = conflicts.open_conflicts(db, cid)
    assert shown.fields == (FieldDifference("notes", "base", "ours", "theirs"),)
    assert (shown.since, shown.number, shown.remote_id, state(db, record)) == (NOW, "INV-1", "1", "conflict")
    conflicts.decide(db, record, "notes", "local", at=NOW)
    conflicts.decide(db, record, "notes", "remote", at=later(1))
    assert conflicts.decisions(db, record) == {"notes": "remote"}
    assert_counters(db)
    with db.transaction():
        trees.mark_deleted(db, [record], NOW)
    (shown,) = conflicts.open_conflicts(db, cid)
    assert shown.fields == (FieldDifference(conflicts.WHOLE_RECORD, None, "edited", "deleted"),)
    conflicts.settle(db, record)
    assert conflicts.open_conflicts(db, cid) == []
    assert conflicts.decisions(db, record) == {}
    assert_counters(db)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "differs"),
    [
        ("a", "b", "c", True),
        ("a", "b", "b", False),
        ("a", "a", "c", False),
        ("a", "b", "a", False),
        ("a", " a ", "c", False),
        (None, "", "c", False),
        (Decimal("1.0"), Decimal("1.00"), Decimal(2), False),
        (1, 2, Decimal("2.00"), False),
        (1, 2, 3, True),
        ([1], [2], [3], True),
        (True, False, True, False),
    ],
)
def test_differences(base: object, ours: object, theirs: object, differs: bool) -> None:
    """Only what both sides changed to different values differs: amounts as numbers, text trimmed, empty as none."""
    found = conflicts.differences({"f": base}, {"f": ours}, {"f": theirs, "g": 1})
    assert [difference.name for difference in found] == (["f"] if differs else [])


# Budget


def test_calls_are_counted_by_day(db: Database, reader: Database, cid: int) -> None:
    """Each day of the organization has its own count."""
    budget.add_calls(db, cid, "2026-11-20", 3)
    budget.add_calls(db, cid, "2026-11-20", 4)
    budget.add_calls(db, cid, "2026-11-21", 1)
    assert [budget.calls_on(reader, cid, f"2026-11-{day}") for day in (19, 20, 21)] == [0, 7, 1]


def test_pause_outlives_the_process(target: str) -> None:
    """What Zoho asked us to wait for holds after a restart, until it is lifted."""
    from zbdesk.store.database import Database

    with Database.open(target, now=lambda: NOW) as db:
        cid = connections.save(db, connection()).id
        budget.pause(db, cid, later(600), Budget.DAY)
        budget.set_limit(db, cid, 1_000)
    with Database.open(target, now=lambda: NOW) as db:
        assert (budget.paused_until(db, cid), budget.paused_budget(db, cid)) == (later(600), Budget.DAY)
        assert budget.limit(db, cid) == 1_000
        shown = budget.today(db, cid, now=later(601))
        assert shown is not None
        assert shown.paused_until is None
        budget.pause(db, cid, None)
        assert (budget.paused_until(db, cid), budget.paused_budget(db, cid)) == (None, None)


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        ("Europe/Berlin", "2026-11-21", datetime(2026, 11, 21, 23, 0, tzinfo=UTC)),
        ("America/New_York", "2026-11-20", datetime(2026, 11, 21, 5, 0, tzinfo=UTC)),
        ("Nowhere/Land", "2026-11-20", datetime(2026, 11, 21, 0, 0, tzinfo=UTC)),
        ("", "2026-11-20", datetime(2026, 11, 21, 0, 0, tzinfo=UTC)),
    ],
)
def test_the_day_is_the_organizations(zone: str, day: str, ends: datetime) -> None:
    """The day changes at the organization's midnight; an unknown zone counts as UTC."""
    moment = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert budget.day_of(moment, zone) == day
    assert budget.next_midnight(moment, zone) == ends
