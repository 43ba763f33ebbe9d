"""Any sequence of observations and commands leaves counters equal to what counting finds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from zbdesk.domain.views import RecordFilter
from zbdesk.store import attempts, conflicts, connections, documents, problems, queries, sides, trees
from zbdesk.store.attempts import Outcome
from zbdesk.store.database import Database

from .build import NOW, assert_counters, connection, later, row

_organizations = itertools.count(70_000)
_keys = itertools.count(1)

ids = st.integers(0, 7)
pages = st.lists(
    st.builds(
        lambda number, status, note: row(number, status=status, note=note),
        ids,
        st.sampled_from(["draft", "sent", "paid"]),
        st.sampled_from(["", "due in 3 days"]),
    ),
    max_size=6,
)
steps = st.one_of(
    st.tuples(st.just("page"), pages, st.booleans(), st.integers(0, 2)),
    st.tuples(st.just("delete"), st.sets(ids)),
    st.tuples(st.just("detail"), ids, st.booleans()),
    st.tuples(st.just("want"), ids),
    st.tuples(st.just("drop"), ids),
    st.tuples(st.just("want_all")),
    st.tuples(st.just("local"), ids, st.sampled_from([None, "update", "delete"])),
    st.tuples(st.just("drop_local"), ids),
    st.tuples(st.just("synced"), ids),
    st.tuples(st.just("conflict"), ids, st.booleans()),
    st.tuples(st.just("problem"), st.one_of(st.none(), ids), st.sampled_from(["permission", "validation"])),
    st.tuples(st.just("clear"), st.one_of(st.none(), ids), st.sampled_from([None, "permission", "validation"])),
    st.tuples(st.just("dismiss")),
    st.tuples(st.just("attempt"), ids),
    st.tuples(st.just("settle"), st.sampled_from(list(Outcome)[1:])),
)


def apply(db: Database, cid: int, step: tuple[object, ...]) -> None:  # noqa: C901 - one case a kind of step
    """One step, on whatever records exist by then."""
    known = {
        int(view.remote_id or 0): view.id
        for view in queries.iter_records(db, cid, "invoices", RecordFilter(with_deleted=True))
    }
    match step:
        case ("page", rows, want, scan_id):
            trees.store_page(db, cid, "invoices", rows, scan_id=scan_id, want_detail=want)
        case ("delete", numbers):
            trees.mark_deleted(db, [known[number] for number in numbers if number in known], NOW)
        case ("want_all",):
            trees.want_details(db, cid, ["invoices"])
        case ("problem", None, cause):
            problems.raise_problem(db, cid, cause=cause, message="m", remedy="r", module="invoices", at=NOW)
        case ("clear", None, cause):
            problems.clear(db, cid, cause=cause, module="invoices", at=NOW)
        case ("dismiss",):
            for problem in problems.open_problems(db, cid)[:1]:
                assert problems.dismiss(db, problem.id)
        case ("settle", outcome):
            for attempt in attempts.unanswered(db, cid)[:1]:
                attempts.settle(db, attempt.id, outcome, at=later(1))
        case (name, number, *rest) if number in known:
            _on_record(db, cid, name, known[number], rest)


def _on_record(db: Database, cid: int, name: object, record: int, rest: list[object]) -> None:  # noqa: C901, PLR0912 - one case a step
    match name, rest:
        case "detail", [has_row]:
            trees.store_detail(db, record, row(1, status="void") if has_row else None, b'{"a": 1}')
        case "want", []:
            trees.want_detail(db, [record])
        case "drop", []:
            trees.drop_want(db, [record])
        case "local", [pending]:
            documents.put(db, record, {"notes": "x"}, at=NOW, deleted=pending == "delete")
            if pending is None:
                documents.rest(db, record)
        case "drop_local", []:
            sides.drop_local(db, record)
        case "synced", []:
            sides.put_synced(db, record, {"notes": "y"}, at=NOW)
        case "conflict", [found]:
            conflicts.note(db, record, NOW) if found else conflicts.settle(db, record)
        case "problem", [cause]:
            problems.raise_problem(db, cid, cause=str(cause), message="m", remedy="r", record_id=record, at=NOW)
        case "clear", [cause]:
            problems.clear(db, cid, cause=None if cause is None else str(cause), record_id=record, at=NOW)
        case "attempt", []:
            if not any(attempt.record_id == record for attempt in attempts.unanswered(db, cid)):
                key = f"op{next(_keys)}"
                attempts.begin(
                    db, record, operation_key=key, operation="update", snapshot={}, recognise={}, revision=1, at=NOW
                )
        case _:
            pytest.fail(f"unknown step {name}")


@given(st.lists(steps, max_size=25))
@example([("page", [row(1)], True, 1), ("delete", {1}), ("page", [row(1)], True, 2), ("detail", 1, True)])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counters_equal_counts(db: Database, sequence: list[tuple[object, ...]]) -> None:
    """Counters never drift from the rows that they count, whatever happened in which order."""
    cid = connections.save(db, connection(_named(next(_organizations)))).id
    for step in sequence:
        with db.transaction():
            apply(db, cid, step)
    assert_counters(db)
    shown = queries.overview(db, now=NOW)
    assert shown.problems == len(problems.open_problems(db, cid))
    assert shown.conflicts == sum(
        1
        for view in queries.iter_records(db, cid, "invoices", RecordFilter(with_deleted=True))
        if view.state == "conflict"
    )
    connections.delete_data(db, cid)


@given(pages, pages)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_twice_changes_nothing(db: Database, first: list[object], second: list[object]) -> None:
    """Whatever stood there before, the same page again finds everything unchanged."""
    cid = connections.save(db, connection(_named(next(_organizations)))).id
    for rows in (first, second):
        with db.transaction():
            trees.store_page(db, cid, "invoices", rows, scan_id=1, want_detail=False)
    with db.transaction():
        again = trees.store_page(db, cid, "invoices", second, scan_id=1, want_detail=True)
    assert (again.new, again.changed, again.changed_ids) == (0, 0, ())
    connections.delete_data(db, cid)


def _named(number: int) -> str:
    return str(number)
