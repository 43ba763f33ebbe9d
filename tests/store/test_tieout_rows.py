"""What a tie-out reads: no record that one of the sides dates into the span is missed, on both servers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from zbdesk.store import diary, documents, new_records, tieout, trees
from zbdesk.store.database import Database
from zbdesk.store.new_records import Columns

from .build import NOW, row

FIRST, LAST = "2026-11-01", "2026-11-30"


def store(db: Database, cid: int, *rows: object, module: str = "invoices") -> dict[str, int]:
    """Store list rows; remote id to record id."""
    with db.transaction():
        trees.store_page(db, cid, module, rows, scan_id=0, want_detail=False)  # type: ignore[arg-type]
        return dict(db.all("SELECT remote_id, id FROM record WHERE remote_id IS NOT NULL"))


def test_both_ends_belong_to_the_span(db: Database, cid: int) -> None:
    """The first and the last day are in, their neighbours are out, and a record without a day is nowhere."""
    days = ("2026-10-31", FIRST, LAST, "2026-12-01", None)
    store(db, cid, *(row(at, date=day) for at, day in enumerate(days)))
    found = list(tieout.rows(db, cid, "invoices", FIRST, LAST))
    assert [one.remote_id for one in found] == ["1", "2"]
    assert [(one.ours, one.open, one.gone, one.total) for one in found] == [(False, False, False, 119_000_000)] * 2


def test_what_our_side_may_date_elsewhere_is_looked_at(db: Database, cid: int) -> None:
    """An edit that has not left is among the rows whatever day Zoho has; one at rest is not."""
    ids = store(db, cid, row("1", date="2026-10-01"), row("2", date="2026-10-01"), row("3", date="2026-11-05"))
    documents.put(db, ids["1"], {"date": "2026-11-02"}, at=NOW)
    documents.put(db, ids["2"], {"date": "2026-10-01"}, at=NOW)
    documents.rest(db, ids["2"])
    with db.transaction():
        new = new_records.new_record(db, cid, "invoices", columns=Columns(number="N", date="2026-01-01"))
        documents.put(db, new, {"date": "2026-11-09"}, at=NOW)
    found = {one.id: one for one in tieout.rows(db, cid, "invoices", FIRST, LAST)}
    assert set(found) == {ids["1"], ids["3"], new}
    assert found[ids["1"]].open
    assert found[new].remote_id is None


def test_more_rows_than_a_batch_are_all_read(db: Database, cid: int, monkeypatch: object) -> None:
    """Nothing is lost or read twice where a batch ends."""
    monkeypatch.setattr(tieout, "_BATCH", 3)  # type: ignore[attr-defined]
    store(db, cid, *(row(at, date=FIRST) for at in range(10)))
    found = [one.remote_id for one in tieout.rows(db, cid, "invoices", FIRST, LAST)]
    assert sorted(found, key=int) == [str(at) for at in range(10)]
    assert len(set(found)) == 10


def test_a_module_that_was_never_read_has_no_rows(db: Database, cid: int) -> None:
    """Nothing is made up, and nothing fails."""
    assert list(tieout.rows(db, cid, "bills", FIRST, LAST)) == []
    assert tieout.by_remote_ids(db, cid, "bills", ["1"]) == []
    assert list(tieout.at_edges(db, cid, "bills", [FIRST], 10)) == []
    assert tieout.drafts(db, cid, "bills", LAST) == 0


def test_records_are_found_by_zohos_id_in_any_number(db: Database, cid: int) -> None:
    """More ids than one statement takes; unknown ones are left out; a payment's currency is its customer's."""
    store(db, cid, row("c1", currency="USD"), module="contacts")
    store(db, cid, *(row(at, date="2020-01-01", currency=None, party_id="c1") for at in range(1_200)))
    found = tieout.by_remote_ids(db, cid, "invoices", [str(at) for at in range(1_300)])
    assert len(found) == 1_200
    assert {one.currency for one in found} == {"USD"}


def test_the_moment_of_making_is_zohos_stamp_or_when_it_was_entered(db: Database, cid: int) -> None:
    """Zoho's stamp in its own zone for what is there; the local moment for what has not left; unknown is left out."""
    body = json.dumps({"created_time": "2026-11-01T00:15:00+0100"}).encode()
    ids = store(db, cid, row("1", date=FIRST, payload=body), row("2", date=FIRST), row("3", date="2026-11-15"))
    with db.transaction():
        new = new_records.new_record(db, cid, "invoices", columns=Columns(number="N", date=FIRST))
        documents.put(db, new, {"date": FIRST}, at=NOW)
    found = {one[0]: one[4] for one in tieout.at_edges(db, cid, "invoices", [FIRST], 10)}
    assert found == {ids["1"]: datetime(2026, 10, 31, 23, 15, tzinfo=UTC), new: NOW}
    assert len(list(tieout.at_edges(db, cid, "invoices", [FIRST], 1))) == 1


def test_drafts_up_to_a_day_are_counted(db: Database, cid: int) -> None:
    """Later ones, sent ones and deleted ones are not."""
    ids = store(
        db, cid, row("1", status="draft", date=LAST), row("2", status="draft", date="2026-12-01"), row("3", date=FIRST),
        row("4", status="draft", date=FIRST),
    )  # fmt: skip
    with db.transaction():
        trees.mark_deleted(db, [ids["4"]], NOW)
    assert tieout.drafts(db, cid, "invoices", LAST) == 1


def test_a_line_of_the_history_is_found_by_its_place(db: Database, cid: int) -> None:
    """Its hash as it stands now; none where there is no such line."""
    diary.add(db, cid, "note", "One.", at=NOW)
    seq, digest = diary.head(db, cid)
    assert tieout.diary_hash(db, cid, seq) == digest
    assert tieout.diary_hash(db, cid, seq + 1) is None
