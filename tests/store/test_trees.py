"""The remote tree: pages, details, tombstones, and counters that never drift."""

from __future__ import annotations

import pytest

from zbdesk.domain.records import RemoteRow
from zbdesk.domain.views import RecordFilter
from zbdesk.store import cursors, documents, module_states, queries, sides, trees
from zbdesk.store.database import Database

from .build import NOW, assert_counters, later, row


def page(
    db: Database, cid: int, *rows: RemoteRow, scan_id: int = 0, want: bool = False, module: str = "invoices"
) -> trees.PageResult:
    """Store one page in a transaction of its own."""
    with db.transaction():
        return trees.store_page(db, cid, module, rows, scan_id=scan_id, want_detail=want)


def ids(db: Database, cid: int, module: str = "invoices") -> dict[str | None, int]:
    """Remote id to record id, tombstones included."""
    return {view.remote_id: view.id for view in queries.iter_records(db, cid, module, RecordFilter(with_deleted=True))}


def test_new_rows_are_stored_as_sent(db: Database, cid: int) -> None:
    """A page of new rows is stored with its typed columns and its bytes unchanged."""
    result = page(db, cid, row(1), row(2, total=-5, currency=None, number=None))
    assert (result.new, result.changed, result.unchanged) == (2, 0, 0)
    found = ids(db, cid)
    assert result.changed_ids == (found["1"], found["2"])
    first, second = queries.rows_by_ids(db, result.changed_ids)
    assert (first.number, str(first.total), first.state) == ("INV-1", "119.00", "mirrored")
    assert (second.number, str(second.total), second.currency) == (None, "-0.000005", None)
    assert trees.live_count(db, cid, "invoices") == 2
    assert_counters(db)


def test_page_twice_changes_nothing(db: Database, cid: int) -> None:
    """A page applied again is all unchanged, and gives no ids."""
    rows = [row(number) for number in range(7)]
    page(db, cid, *rows)
    with db.snapshot():
        before = db.all("SELECT * FROM record ORDER BY id"), db.all("SELECT * FROM remote ORDER BY record_id")
    again = page(db, cid, *rows)
    assert again == trees.PageResult(new=0, changed=0, unchanged=7, changed_ids=())
    with db.snapshot():
        assert before == (db.all("SELECT * FROM record ORDER BY id"), db.all("SELECT * FROM remote ORDER BY record_id"))


@pytest.mark.parametrize(
    "change",
    [
        {"modified_at": 1_790_000_001},
        {"status": "paid"},
        {"balance": 0},
        {"party": None},
        {"due_date": "2026-12-02"},
        {"reference": "PO 7"},
    ],
)
def test_stamp_or_typed_column_makes_a_change(db: Database, cid: int, change: dict[str, object]) -> None:
    """A differing stamp or typed column counts as changed, and the new value is what readers see."""
    page(db, cid, row(1), row(2))
    result = page(db, cid, row(1, **change), row(2))
    assert (result.new, result.changed, result.unchanged) == (0, 1, 1)
    remote, _, _ = queries.full_payloads(db, ids(db, cid)["1"])
    assert remote is not None
    assert remote[next(iter(change))] == next(iter(change.values()))


def test_other_bytes_are_refreshed_silently(db: Database, cid: int) -> None:
    """Text such as "due in 3 days" moves daily: it is replaced without counting as a change."""
    page(db, cid, row(1, note="Due in 3 days"))
    result = page(db, cid, row(1, note="Due in 2 days"), want=True)
    assert result == trees.PageResult(new=0, changed=0, unchanged=1, changed_ids=())
    remote, _, _ = queries.full_payloads(db, ids(db, cid)["1"])
    assert remote is not None
    assert remote["note"] == "Due in 2 days"
    assert trees.count_details_wanted(db, cid) == 0


def test_same_id_in_two_modules_is_two_records(db: Database, cid: int) -> None:
    """Remote ids are unique in a module, not across modules."""
    page(db, cid, row(1))
    page(db, cid, row(1), module="bills")
    assert ids(db, cid) != ids(db, cid, "bills")
    assert trees.live_count(db, cid, "bills") == 1


def test_page_with_an_id_twice_keeps_the_last(db: Database, cid: int) -> None:
    """A list that moved while it was read may repeat a record inside one page."""
    result = page(db, cid, row(1, status="sent"), row(1, status="paid"))
    assert result.new == 1
    assert queries.rows_by_ids(db, result.changed_ids)[0].status == "paid"


def test_scan_marks_and_missing(db: Database, cid: int) -> None:
    """What a complete scan did not see is missing; what it saw is not, changed or not."""
    page(db, cid, row(1), row(2), row(3), row(4), scan_id=1)
    page(db, cid, row(1), row(2, status="paid"), row(3, note="x"), scan_id=2)
    assert trees.missing_after_scan(db, cid, "invoices", 2) == [(ids(db, cid)["4"], "4")]
    assert trees.missing_after_scan(db, cid, "bills", 2) == []


def test_ordinary_pages_leave_the_mark_of_a_scan(db: Database, cid: int) -> None:
    """A page between the pages of a scan does not make the scan forget what it saw."""
    page(db, cid, row(1), scan_id=5)
    page(db, cid, row(1, status="paid"))
    page(db, cid, row(1, status="paid", note="y"))
    assert trees.missing_after_scan(db, cid, "invoices", 5) == []


def test_tombstone_and_revival(db: Database, cid: int) -> None:
    """A deleted record keeps its row as a tombstone, and is alive again when Zoho shows it again."""
    page(db, cid, row(1), row(2), want=True)
    gone = ids(db, cid)["1"]
    for _ in range(2):
        with db.transaction():
            trees.mark_deleted(db, [gone, gone], NOW)
    assert trees.live_count(db, cid, "invoices") == 1
    assert queries.rows_by_ids(db, [gone])[0].state == "deleted"
    assert trees.count_details_wanted(db, cid) == 1
    assert_counters(db)
    result = page(db, cid, row(1))
    assert (result.new, result.changed, result.changed_ids) == (0, 1, (gone,))
    assert queries.rows_by_ids(db, [gone])[0].state == "mirrored"
    assert trees.live_count(db, cid, "invoices") == 2
    assert_counters(db)


def test_details_wanted_newest_first(db: Database, cid: int) -> None:
    """Details are read newest date first, records without a date last, and only those asked for."""
    page(db, cid, row(1, date="2026-01-01"), row(2, date=None), row(3, date="2026-03-01"), want=True)
    page(db, cid, row(7, date="2026-02-01"), want=True, module="bills")
    page(db, cid, row(8, date="2026-12-01"), module="bills")
    assert [remote_id for _, _, remote_id in trees.details_wanted(db, cid)] == ["3", "7", "1", "2"]
    assert [module for _, module, _ in trees.details_wanted(db, cid, "bills")] == ["bills"]
    assert len(trees.details_wanted(db, cid, limit=2)) == 2
    assert trees.count_details_wanted(db, cid) == 4


def test_detail_is_stored_and_clears_the_wish(db: Database, cid: int) -> None:
    """A detail refreshes the columns that it has, keeps the others, and is shown merged over the row."""
    page(db, cid, row(1), want=True)
    record = ids(db, cid)["1"]
    seen = row(1, status="paid", modified_at=None, party=None)
    with db.transaction():
        trees.store_detail(db, record, seen, b'{"status": "paid", "line_items": [{"rate": 40.10}]}')
    found = queries.detail(db, record)
    assert found is not None
    assert found.has_detail
    assert (found.view.status, found.view.party) == ("paid", "Acme GmbH")
    assert found.view.modified_at is not None
    assert found.remote is not None
    assert found.remote["status"] == "paid"
    assert found.remote["number"] == "INV-1"
    assert str(found.remote["line_items"]) == "[{'rate': Decimal('40.10')}]"
    assert trees.count_details_wanted(db, cid) == 0
    assert_counters(db)


def test_newer_row_wins_over_an_old_detail(db: Database, cid: int) -> None:
    """After a change in the list, the old detail neither hides it nor counts as the record's detail."""
    page(db, cid, row(1))
    record = ids(db, cid)["1"]
    with db.transaction():
        trees.store_detail(db, record, None, b'{"status": "sent", "line_items": []}')
    page(db, cid, row(1, status="void"))
    found = queries.detail(db, record)
    assert found is not None
    assert not found.has_detail
    assert found.remote is not None
    assert (found.remote["status"], found.remote["line_items"]) == ("void", [])
    assert trees.want_details(db, cid, ["invoices", "bills"]) == 1


def test_detail_of_a_deleted_record_revives_it(db: Database, cid: int) -> None:
    """A record that answers by its id is not deleted."""
    page(db, cid, row(1))
    record = ids(db, cid)["1"]
    with db.transaction():
        trees.mark_deleted(db, [record], NOW)
        trees.store_detail(db, record, None, b"{}")
    assert queries.rows_by_ids(db, [record])[0].state == "mirrored"
    assert_counters(db)


def test_detail_for_an_unknown_record_is_passed_over(db: Database, cid: int) -> None:
    """An answer that comes after its data was deleted harms nobody."""
    with db.transaction():
        trees.store_detail(db, 4711, row(1), b"{}")
    assert trees.live_count(db, cid, "invoices") == 0


def test_wish_for_details_counts_once(db: Database, cid: int) -> None:
    """Asking twice for the same details adds nothing; taking the wish back does."""
    page(db, cid, row(1), row(2))
    assert trees.want_details(db, cid, ["invoices"]) == 2
    assert trees.want_details(db, cid, ["invoices"]) == 0
    record = ids(db, cid)["1"]
    assert trees.drop_want(db, [record, record]) == 1
    assert trees.drop_want(db, [record]) == 0
    assert trees.want_detail(db, [record]) == 1
    assert trees.count_details_wanted(db, cid) == 2
    assert_counters(db)


def test_pages_never_touch_our_side(db: Database, cid: int) -> None:
    """What Zoho says changes neither what our side says nor the base of the merge."""
    page(db, cid, row(1))
    record = ids(db, cid)["1"]
    documents.put(db, record, {"notes": "ours"}, at=NOW)
    sides.put_synced(db, record, {"notes": "base"}, at=NOW)
    page(db, cid, row(1, status="paid"))
    with db.transaction():
        trees.mark_deleted(db, [record], later(1))
    page(db, cid, row(1, status="void"))
    _, local, synced = queries.full_payloads(db, record)
    assert (local, synced) == ({"notes": "ours"}, {"notes": "base"})
    assert queries.rows_by_ids(db, [record])[0].state == "pending"
    assert_counters(db)


def test_observations_need_a_transaction(db: Database, cid: int) -> None:
    """Rows and cursor belong into one transaction: without it nothing is stored."""
    with pytest.raises(RuntimeError, match="transaction"):
        trees.store_page(db, cid, "invoices", [row(1)], scan_id=0, want_detail=False)
    with pytest.raises(RuntimeError, match="together"):
        cursors.put(db, cid, "invoices", cursors.Cursor())
    with db.snapshot(), pytest.raises(RuntimeError, match="transaction"):
        trees.mark_deleted(db, [1], NOW)


def test_failed_transaction_leaves_nothing(db: Database, cid: int) -> None:
    """A page whose cursor could not be written is not there, its compression dictionary included."""

    def fail_after_the_page() -> None:
        with db.transaction():
            trees.store_page(db, cid, "invoices", [row(1)], scan_id=0, want_detail=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_the_page()
    assert ids(db, cid) == {}
    page(db, cid, row(1), row(2))
    remote, _, _ = queries.full_payloads(db, ids(db, cid)["2"])
    assert remote is not None
    assert remote["number"] == "INV-2"
    assert_counters(db)


def test_more_rows_than_one_statement_takes(db: Database, cid: int) -> None:
    """Large answers (whole settings lists) go in as one page."""
    rows = [row(number) for number in range(1_203)]
    assert page(db, cid, *rows, scan_id=1).new == 1_203
    assert page(db, cid, *rows, scan_id=2).unchanged == 1_203
    assert trees.missing_after_scan(db, cid, "invoices", 2) == []
    with db.transaction():
        trees.mark_deleted(db, list(ids(db, cid).values()), NOW)
    counts = {counts.module: counts for counts in module_states.module_counts(db, cid)}["invoices"]
    assert (counts.remote, counts.deleted) == (0, 1_203)
    assert_counters(db)


def test_empty_page(db: Database, cid: int) -> None:
    """An empty list is an answer, and deletes nothing."""
    page(db, cid, row(1))
    assert page(db, cid, scan_id=3) == trees.PageResult(new=0, changed=0, unchanged=0, changed_ids=())
    assert trees.live_count(db, cid, "invoices") == 1
