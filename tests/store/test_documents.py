"""Local documents: one record a source document, edits that count, adopting that never overwrites, rows that join."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordFilter
from zbdesk.store import conflicts, documents, finding, identity, module_states, new_records, problems, review, trees
from zbdesk.store.database import Database
from zbdesk.store.documents import Agreement
from zbdesk.store.new_records import Columns
from zbdesk.store.queries import iter_records

from .build import NOW, row

COLUMNS = Columns(number="LL-1", date="2026-11-20", party="Lantern", currency="GBP", total=80_000_000)


def make(db: Database, cid: int, source_id: str | None = "S-1", **fields: object) -> int:
    """A document of the source ``shop``."""
    source = None if source_id is None else "shop"
    with db.transaction():
        record_id = new_records.new_record(db, cid, "invoices", source=source, source_id=source_id, columns=COLUMNS)
        documents.put(db, record_id, fields or {"notes": "a"}, at=NOW, given=fields or {"notes": "a"})
    return record_id


def counts(db: Database, cid: int) -> tuple[int, int, int, int]:
    """live, local, pending, deleted of the invoices."""
    [one] = [count for count in module_states.module_counts(db, cid) if count.module == "invoices"]
    return one.remote, one.local, one.pending, one.deleted


def test_a_new_document_shows_in_tables_and_is_pending(db: Database, cid: int) -> None:
    """What Zoho has not seen yet stands in the table with number, party, date and total."""
    make(db, cid)
    [view] = iter_records(db, cid, "invoices", RecordFilter())
    assert (view.number, view.party, view.date, view.total) == ("LL-1", "Lantern", "2026-11-20", Decimal("80.00"))
    assert view.state is RecordState.PENDING
    assert counts(db, cid) == (0, 1, 1, 0)


def test_one_record_a_source_document(db: Database, cid: int) -> None:
    """The database itself refuses a second record for a document of a source."""
    make(db, cid)
    with pytest.raises(Exception, match=r"(?i)unique"):
        make(db, cid)


def test_each_edit_counts_and_is_due(db: Database, cid: int) -> None:
    """An edit makes a new revision and undoes that the record was settled."""
    record_id = make(db, cid)
    stored = documents.read(db, record_id)
    assert stored is not None
    documents.settle(db, record_id, stored.mark)
    assert documents.due(db, cid) == []
    assert documents.put(db, record_id, {"notes": "b"}, at=NOW) == 2
    assert documents.due(db, cid) == [(record_id, "invoices", False)]


def test_settling_an_old_look_does_nothing(db: Database, cid: int) -> None:
    """What was edited since it was looked at stays due and pending."""
    record_id = make(db, cid)
    stored = documents.read(db, record_id)
    assert stored is not None
    documents.put(db, record_id, {"notes": "b"}, at=NOW)
    documents.settle(db, record_id, stored.mark)
    assert documents.due(db, cid) == [(record_id, "invoices", False)]
    assert counts(db, cid)[2] == 1


def test_adopting_never_overwrites_a_newer_edit(db: Database, cid: int) -> None:
    """Zoho's values go into the revision that they were merged with, and into no other."""
    record_id = make(db, cid)
    documents.put(db, record_id, {"notes": "typed meanwhile"}, at=NOW)
    assert documents.adopt(db, record_id, 1, {"notes": "theirs"}, wishes=(), deleted=False) is False
    stored = documents.read(db, record_id)
    assert stored is not None
    assert stored.document is not None
    assert stored.document.fields == {"notes": "typed meanwhile"}


def test_a_base_comes_back_as_it_was_written(db: Database, cid: int) -> None:
    """Amounts keep their digits, lines and references their order."""
    record_id = make(db, cid)
    base = Agreement(
        local={"notes": "a", "adjustment": Decimal("1.10")},
        remote={"notes": "a", "adjustment": Decimal("1.1")},
        ids=(("customer_id", "contacts", "source_id", "C-1", "77"),),
        lines=(("a", "901"), (1, "902")),
        status="sent",
        modified_at=5,
    )
    documents.agree(db, record_id, base, at=NOW)
    stored = documents.read(db, record_id)
    assert stored is not None
    assert stored.base == base


def test_a_mirrored_row_joins_its_document(db: Database, cid: int) -> None:
    """Zoho's record that the list brought under a row of its own becomes the document's: one record, counted once."""
    record_id = make(db, cid)
    with db.transaction():
        trees.store_page(db, cid, "invoices", [row("77")], scan_id=0, want_detail=True)
    other = finding.by_remote_id(db, cid, "invoices", "77")
    assert other is not None
    local_id = documents.read(db, record_id).local_id  # type: ignore[union-attr]
    identity.absorb(db, record_id, other)
    stored = documents.read(db, record_id)
    assert stored is not None
    assert (stored.remote_id, stored.local_id, stored.source_id) == ("77", local_id, "S-1")
    assert documents.read(db, other) is None
    assert counts(db, cid) == (1, 1, 1, 0)
    assert trees.count_details_wanted(db, cid) == 1


def test_two_documents_never_join(db: Database, cid: int) -> None:
    """A record that stands for another document is not taken over."""
    first, second = make(db, cid, "S-1"), make(db, cid, "S-2")
    with pytest.raises(ValueError, match="of their own"):
        identity.absorb(db, first, second)


def test_given_up_before_it_left_stays_given_up(db: Database, cid: int) -> None:
    """A source's document that a person deleted leaves a tombstone; what a person typed leaves nothing."""
    record_id, typed = make(db, cid), make(db, cid, None)
    identity.forget(db, record_id, NOW)
    identity.forget(db, typed, NOW)
    assert documents.read(db, typed) is None
    assert finding.by_source(db, cid, "invoices", "shop", "S-1") == record_id
    [view] = iter_records(db, cid, "invoices", RecordFilter(with_deleted=True))
    assert view.state is RecordState.DELETED
    assert counts(db, cid) == (0, 1, 0, 1)
    documents.put(db, record_id, {"notes": "wanted again"}, at=NOW)
    assert counts(db, cid) == (0, 1, 1, 0)


def test_detached_is_to_be_created_again(db: Database, cid: int) -> None:
    """After a deletion in Zoho the document keeps its identity and waits to be created."""
    record_id = make(db, cid)
    with db.transaction():
        trees.store_page(db, cid, "invoices", [row("77")], scan_id=0, want_detail=False)
        other = finding.by_remote_id(db, cid, "invoices", "77")
        assert other is not None
        identity.absorb(db, record_id, other)
        trees.mark_deleted(db, [record_id], NOW)
    identity.detach(db, record_id)
    stored = documents.read(db, record_id)
    assert stored is not None
    assert (stored.remote_id, stored.gone, stored.remote) == (None, False, None)
    assert counts(db, cid) == (0, 1, 1, 0)


def test_a_conflict_keeps_its_first_moment(db: Database, cid: int) -> None:
    """The same conflict seen again is no news; ended, it leaves no trace on the record."""
    record_id = make(db, cid)
    clash = [{"name": "notes", "base": "a", "local": "b", "remote": "c"}]
    assert conflicts.note_conflict(db, record_id, clash, at=NOW) is True
    assert conflicts.note_conflict(db, record_id, clash, at=NOW + timedelta(hours=1)) is False
    assert conflicts.clashing(db, record_id) == ["notes"]
    conflicts.end_conflict(db, record_id)
    assert conflicts.clashing(db, record_id) == []


def test_a_choice_can_be_undone_until_it_left(db: Database, cid: int) -> None:
    """Undo brings the conflict back; after an edit there is nothing to undo."""
    record_id = make(db, cid)
    conflicts.note_conflict(db, record_id, [{"name": "notes", "base": "a", "local": "b", "remote": "c"}], at=NOW)
    conflicts.keep_before_choice(db, record_id)
    conflicts.end_conflict(db, record_id)
    assert conflicts.undo_choice(db, record_id, at=NOW) is True
    assert conflicts.clashing(db, record_id) == ["notes"]
    conflicts.keep_before_choice(db, record_id)
    documents.put(db, record_id, {"notes": "edited"}, at=NOW)
    assert conflicts.undo_choice(db, record_id, at=NOW) is False


def test_held_records_wait_for_their_release(db: Database, cid: int) -> None:
    """While what is to leave is held, only what a person released may go."""
    record_id = make(db, cid)
    assert review.is_held(db, cid, record_id) is False
    review.set_hold(db, cid, on=True)
    assert review.is_held(db, cid, record_id) is True
    review.release(db, [record_id])
    assert review.is_held(db, cid, record_id) is False


def test_a_problem_remembers_what_the_record_was_like(db: Database, cid: int) -> None:
    """A dismissed problem stays away until the document changes."""
    record_id = make(db, cid)
    problem = problems.raise_problem(db, cid, cause="validation", message="m", remedy="r", record_id=record_id, at=NOW)
    assert problem is not None
    assert problems.dismiss(db, problem, "known") is True
    found = problems.standing(db, record_id)
    assert found is not None
    assert (found.dismissed, found.changed) == (True, False)
    assert problems.reopen(db, problem) is True
    documents.put(db, record_id, {"notes": "b"}, at=NOW)
    found = problems.standing(db, record_id)
    assert found is not None
    assert found.changed is True
