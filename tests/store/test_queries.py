"""What screens and the command line read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import ConnectionState, RecordState, RunKind, RunResult
from zbdesk.domain.views import RecordFilter
from zbdesk.store import budget, connections, diary, documents, keys, problems, queries, runs, sides, trees
from zbdesk.store.database import Database
from zbdesk.store.listing import SORTS

from .build import NOW, connection, later, row

ALL = RecordFilter()


def store(db: Database, cid: int, *rows: RemoteRow) -> tuple[int, ...]:
    """Store rows and return their record ids."""
    with db.transaction():
        return trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False).changed_ids


def numbers(
    db: Database, cid: int, where: RecordFilter = ALL, sort: str = "number", *, down: bool = False
) -> list[str]:
    """Remote ids in the order asked."""
    ids = queries.sorted_ids(db, cid, "invoices", sort=sort, descending=down, where=where)
    assert ids.typecode == "q"
    return [view.remote_id or "-" for view in queries.rows_by_ids(db, ids)]


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("number", ["inv-1", "INV-2", "Inv-3"]),
        ("party", ["Äpfel", "apfelmus", "Zebra"]),
        ("reference", ["a", "B", "c"]),
        ("date", ["2025-12-31", "2026-01-01", "2026-01-02"]),
        ("due_date", ["2025-12-31", "2026-01-01", "2026-01-02"]),
        ("status", ["draft", "paid", "sent"]),
        ("currency", ["AUD", "EUR", "USD"]),
        ("total", [-1, 5, 10**15]),
        ("balance", [-1, 0, 3]),
        ("modified_at", [1, 2, 3]),
    ],
)
def test_order_with_blanks_last(db: Database, reader: Database, cid: int, sort: str, values: list[object]) -> None:
    """Each sort key orders by its value, without regard to case and accents, blanks last in both directions."""
    store(db, cid, row("c", **{sort: values[2]}), row("x", **{sort: None}), row("a", **{sort: values[0]}))
    store(db, cid, row("b", **{sort: values[1]}))
    assert numbers(reader, cid, sort=sort) == ["a", "b", "c", "x"]
    assert numbers(reader, cid, sort=sort, down=True) == ["c", "b", "a", "x"]
    for down in (False, True):
        top = queries.first_page(reader, cid, "invoices", sort=sort, descending=down, where=ALL, limit=3)
        assert [view.remote_id for view in top] == numbers(reader, cid, sort=sort, down=down)[:3]


def test_every_sort_key_is_total(db: Database, cid: int) -> None:
    """Equal values are told apart by the record's key, so pages neither repeat nor skip."""
    ids = list(store(db, cid, *(row(number, number="same") for number in range(9))))
    for sort in SORTS:
        for down in (False, True):
            found = queries.sorted_ids(db, cid, "invoices", sort=sort, descending=down, where=ALL)
            assert list(found) == (ids[::-1] if down else ids)


def test_unknown_sort_key_is_a_bug(db: Database, cid: int) -> None:
    """A sort key is one of a fixed list; nothing else reaches the SQL."""
    store(db, cid, row(1))
    with pytest.raises(ValueError, match="cannot sort by 'id; DROP'"):
        queries.sorted_ids(db, cid, "invoices", sort="id; DROP", descending=False, where=ALL)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (RecordFilter(), ["1", "2", "3"]),
        (RecordFilter(with_deleted=True), ["1", "2", "3", "4"]),
        (RecordFilter(states=(RecordState.DELETED,)), ["4"]),
        (RecordFilter(states=(RecordState.MIRRORED, RecordState.DELETED)), ["1", "2", "3", "4"]),
        (RecordFilter(statuses=("sent", "paid")), ["1", "2"]),
        (RecordFilter(currencies=("USD",)), ["2"]),
        (RecordFilter(date_from="2026-02-01"), ["2", "3"]),
        (RecordFilter(date_from="2026-02-01", date_to="2026-02-28"), ["2"]),
        (RecordFilter(text="müller"), ["1"]),
        (RecordFilter(text="MULLER"), ["1"]),
        (RecordFilter(text="inv-"), ["1", "2", "3"]),
        (RecordFilter(text="po_7"), ["2"]),
        (RecordFilter(text="100%"), ["3"]),
        (RecordFilter(text="\\"), []),
        (RecordFilter(text="   "), ["1", "2", "3"]),
        (RecordFilter(text="inv-", statuses=("sent",), currencies=("EUR",)), ["1"]),
        (RecordFilter(text="söhne muller"), ["1"]),
        (RecordFilter(party="pox"), ["3"]),
        (RecordFilter(reference="po"), ["2"]),
        (RecordFilter(number="inv-2"), ["2"]),
        (RecordFilter(total_from=Decimal(119)), ["1", "2"]),
        (RecordFilter(total_from=Decimal("119.000001")), []),
        (RecordFilter(total_to=Decimal(50)), ["3"]),
        (RecordFilter(balance_from=Decimal(20), balance_to=Decimal(30)), ["2"]),
    ],
)
def test_filters(db: Database, cid: int, where: RecordFilter, found: list[str]) -> None:
    """Filters narrow together; text is looked for in number, party and reference, its % and _ taken literally."""
    ids = store(
        db,
        cid,
        row(1, party="Müller & Söhne", date="2026-01-05"),
        row(2, currency="USD", status="paid", date="2026-02-05", reference="PO_7", balance=30_000_000),
        row(3, total=50_000_000, status="draft", date="2026-03-05", reference="100% off", party="POX7"),
        row(4, status="void"),
    )
    with db.transaction():
        trees.mark_deleted(db, ids[3:], NOW)
    assert numbers(db, cid, where) == found
    assert [view.remote_id for view in queries.iter_records(db, cid, "invoices", where, batch=1)] == found


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(-(10**17), 10**17)), max_size=12), st.text(max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_search_and_sums_like_python(db: Database, drawn: list[tuple[str, int]], text: str) -> None:
    """Searching finds what Python's own ``in`` finds among folded texts, and sums are exact."""
    drawn = [(party.replace("\0", ""), total) for party, total in drawn]
    text = text.replace("\0", "")
    cid = connections.save(db, connection("90001")).id
    rows = [row(place, number=None, party=party, total=total) for place, (party, total) in enumerate(drawn)]
    ids = store(db, cid, *rows)
    wanted = keys.fold(text) or ""
    expected = {
        str(place) for place, (party, _) in enumerate(drawn) if wanted in (keys.fold(party) or "") or not wanted
    }
    assert set(numbers(db, cid, RecordFilter(text=text))) == expected
    total = sum(Decimal(amount) for _, amount in drawn) / 10**6
    assert queries.totals_by_currency(db, ids, "total") == ({"EUR": total} if drawn else {})
    connections.delete_data(db, cid)


def test_sums_of_amounts_beyond_64_bits(db: Database, cid: int) -> None:
    """Sums are exact per currency also where they exceed what one integer holds; no currency is a group of its own."""
    top = 2**63 - 1
    ids = store(
        db,
        cid,
        *(row(number, total=top, balance=-1) for number in range(5)),
        row(8, currency=None, total=1, balance=None),
        row(9, currency="USD", total=None, balance=None),
    )
    assert queries.totals_by_currency(db, ids, "total") == {
        "": Decimal("0.000001"),
        "EUR": Decimal(5 * top).scaleb(-6),
    }
    assert queries.totals_by_currency(db, ids, "balance") == {"EUR": Decimal("-0.000005")}
    assert queries.totals_by_currency(db, [], "total") == {}
    with pytest.raises(ValueError, match="number"):
        queries.totals_by_currency(db, ids, "number")


def test_rows_come_in_the_order_asked(db: Database, cid: int) -> None:
    """Rows are given in the asked order; unknown ids are left out, repeated ones repeated."""
    first, second, third = store(db, cid, row(1), row(2), row(3))
    views = queries.rows_by_ids(db, [third, first, 4711, second, first])
    assert [view.id for view in views] == [third, first, second, first]
    assert len({view.local_id for view in views}) == 3
    assert views[0].modified_at is not None
    assert views[0].modified_at.timestamp() == 1_790_000_000


def test_what_occurs(db: Database, cid: int) -> None:
    """Statuses and currencies are counted among live records, the most frequent first."""
    ids = store(
        db,
        cid,
        row(1, status="sent", currency="USD"),
        row(2, status="paid"),
        row(3, status="paid", currency=None),
        row(4, status=None),
        row(5, status="void"),
    )
    with db.transaction():
        trees.mark_deleted(db, ids[4:], NOW)
    assert queries.statuses(db, cid, "invoices") == [("paid", 2), ("sent", 1)]
    assert queries.currencies(db, cid, "invoices") == [("EUR", 2), ("USD", 1)]
    assert queries.statuses(db, cid, "bills") == []


def test_iterating_does_not_hold_the_database(db: Database, reader: Database, cid: int) -> None:
    """Between two batches nothing is locked: records may be written, and each is given at most once."""
    store(db, cid, *(row(number) for number in range(6)))
    seen = []
    for view in queries.iter_records(reader, cid, "invoices", ALL, batch=2):
        seen.append(view.remote_id)
        if len(seen) == 1:
            store(db, cid, row(0, status="paid"), row(77))
    assert seen == ["0", "1", "2", "3", "4", "5", "77"]
    assert list(queries.iter_records(reader, cid, "bills", ALL)) == []


def test_payloads_of_all_three_trees(db: Database, reader: Database, cid: int) -> None:
    """The three trees come in Zoho's field names with exact numbers; a mirrored record has only the first."""
    (record,) = store(db, cid, row(1, payload=b'{"total": 40.10, "customer_name": "\\u0141\\u00f3d\\u017a"}'))
    assert queries.full_payloads(reader, record) == ({"total": Decimal("40.10"), "customer_name": "Łódź"}, None, None)
    documents.take_over(db, record, {"rate": Decimal("40.00")}, at=NOW)
    sides.put_synced(db, record, {"rate": Decimal("0.1000")}, at=NOW)
    _, local, synced = queries.full_payloads(reader, record)
    assert str((local, synced)) == "({'rate': Decimal('40.00')}, {'rate': Decimal('0.1000')})"
    assert queries.full_payloads(reader, 4711) == (None, None, None)
    assert queries.detail(reader, 4711) is None


def test_detail_carries_the_records_history(db: Database, cid: int) -> None:
    """A record's own lines of the diary come with it, newest first, and no one else's."""
    one, two = store(db, cid, row(1), row(2))
    for number, record in enumerate((one, two, one)):
        diary.add(db, cid, "changed", f"line {number}", at=NOW, record_id=record)
    found = queries.detail(db, one)
    assert found is not None
    assert [entry.text for entry in found.history] == ["line 2", "line 0"]
    assert found.local is None
    assert not found.has_detail


def test_overview_of_nothing(db: Database, reader: Database) -> None:
    """Before the first connection the overview says so, without an error."""
    shown = queries.overview(reader, now=NOW)
    assert (shown.connection, shown.state, shown.modules) == (None, ConnectionState.NONE, ())


def test_overview(db: Database, reader: Database, cid: int) -> None:
    """The overview tells of connection, modules, runs, calls and what waits, all of one moment."""
    (record,) = store(db, cid, row(1))
    with db.transaction():
        trees.want_detail(db, [record])
    run = runs.start(db, cid, RunKind.FIRST, NOW)
    runs.finish(db, run, RunResult.ATTENTION, later(5), (1, 0, 0), 3, "Done.")
    runs.start(db, cid, RunKind.DELTA, later(9))
    problems.raise_problem(db, cid, cause="permission", message="m", remedy="r", module="bills", at=NOW)
    problems.raise_problem(db, cid, cause="zoho_unavailable", message="m", remedy="r", at=NOW)
    diary.add(db, cid, "run", "All read.", at=NOW)
    connections.set_contact(db, cid, later(4))
    connections.set_next_run(db, cid, later(900))
    connections.set_state(db, cid, ConnectionState.OFFLINE, "No network.")
    budget.add_calls(db, cid, "2026-11-20", 42)
    budget.set_limit(db, cid, 5_000, 250)
    shown = queries.overview(reader, now=NOW)
    assert shown.connection is not None
    assert shown.connection.id == cid
    assert shown.state is ConnectionState.OFFLINE
    assert {counts.module: (counts.remote, counts.problems) for counts in shown.modules} == {
        "bills": (0, 1),
        "invoices": (1, 0),
    }
    assert shown.last_run is not None
    assert shown.last_run.result is None
    assert shown.last_success_at == later(5)
    assert (shown.last_contact_at, shown.next_run_at) == (later(4), later(900))
    assert shown.calls is not None
    assert (shown.calls.used, shown.calls.limit, shown.calls.reserve) == (42, 5_000, 250)
    assert (shown.problems, shown.details_missing, shown.pending, shown.unknown, shown.conflicts) == (2, 1, 0, 0, 0)
    assert shown.database_bytes > 0
    assert len(shown.runs) == 2
    assert shown.activity[0].text == "All read."
