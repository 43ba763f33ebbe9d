"""What the local interface keeps: tokens, answers, and the order of changes, on every server."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zbdesk.domain.views import RecordFilter
from zbdesk.store import changes, documents, interface, new_records, trees
from zbdesk.store.database import Database
from zbdesk.store.new_records import Columns

from .build import NOW, row

DIGEST = "a" * 64


def _page(db: Database, cid: int, *remote_ids: int, **more: object) -> tuple[int, ...]:
    with db.transaction():
        rows = [row(number, **more) for number in remote_ids]  # type: ignore[arg-type]
        return trees.store_page(db, cid, "invoices", rows, scan_id=0, want_detail=False).changed_ids


def test_a_token_is_good_until_it_is_revoked(db: Database, cid: int) -> None:
    """One good token a name; revoking frees the name and is seen at once; others' connections never see it."""
    here = cid
    assert interface.add_token(db, here, "shop", DIGEST, NOW)
    assert not interface.add_token(db, here, "shop", "b" * 64, NOW)
    [(token_id, digest)] = interface.digests(db, here)
    assert digest == DIGEST
    interface.note_use(db, token_id, NOW)
    interface.note_use(db, token_id, NOW + timedelta(seconds=30))
    assert interface.tokens(db, here)[0].used_at == NOW
    assert interface.revoke_token(db, here, "shop", NOW)
    assert not interface.revoke_token(db, here, "shop", NOW)
    assert interface.digests(db, here) == []
    assert interface.add_token(db, here, "shop", "c" * 64, NOW)
    assert [one.revoked_at for one in interface.tokens(db, here)] == [NOW, None]


def test_an_answer_is_kept_for_its_key_and_forgotten_in_time(db: Database, cid: int) -> None:
    """A key without an answer is under way; an old answer goes when a new key comes."""
    here = cid
    interface.add_token(db, here, "shop", DIGEST, NOW)
    [(token_id, _)] = interface.digests(db, here)
    with db.transaction():
        interface.begin_answer(db, token_id, "k", "r", NOW)
    assert interface.answer_of(db, token_id, "k") == interface.Kept("r", None, None)
    with db.transaction():
        interface.keep_answer(db, token_id, "k", 201, "{}")
    assert interface.answer_of(db, token_id, "k") == interface.Kept("r", 201, "{}")
    with db.transaction():
        interface.begin_answer(db, token_id, "later", "r", NOW + interface.KEEP_ANSWERS + timedelta(seconds=1))
    assert interface.answer_of(db, token_id, "k") is None
    with db.transaction():
        interface.forget_answer(db, token_id, "later")
    assert interface.answer_of(db, token_id, "later") is None


def test_changes_are_noted_in_order_and_only_where_wanted(db: Database, cid: int) -> None:
    """Nothing before somebody asked; then each record's latest change once, in the order of commits."""
    here = cid
    _page(db, here, 1)
    assert changes.newest(db, here) == 0
    changes.begin(db, here, NOW)
    changes.begin(db, here, NOW)
    first, second = _page(db, here, 2, 3)
    assert [one.record_id for one in changes.after(db, here, 0)] == [first, second]
    before = changes.newest(db, here)
    _page(db, here, 2, total=7)
    told = changes.after(db, here, before)
    assert [(one.record_id, one.module, one.removed) for one in told] == [(first, "invoices", False)]
    assert [one.record_id for one in changes.after(db, here, 0)] == [second, first]
    with db.transaction():
        trees.mark_deleted(db, [second], NOW)
    assert changes.after(db, here, told[-1].seq)[0].record_id == second


def test_a_local_document_and_its_removal_are_changes(db: Database, cid: int) -> None:
    """What a person entered and took back is told twice, the second time as removed."""
    from zbdesk.store.identity import forget

    here = cid
    changes.begin(db, here, NOW)
    with db.transaction():
        record_id = new_records.new_record(db, here, "invoices", columns=Columns())
        documents.put(db, record_id, {"notes": "x"}, at=NOW)
    assert [(one.record_id, one.removed) for one in changes.after(db, here, 0)] == [(record_id, False)]
    forget(db, record_id, NOW)
    assert [(one.record_id, one.removed) for one in changes.after(db, here, 0)] == [(record_id, True)]


def test_a_change_that_is_taken_back_was_none(db: Database, cid: int) -> None:
    """A transaction that fails leaves no change behind, not even the switch."""
    here = cid

    def cut_off() -> None:
        with db.transaction():
            changes.begin(db, here, NOW)
            _page(db, here, 1)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        cut_off()
    _page(db, here, 2)
    assert changes.newest(db, here) == 0


def test_pages_follow_keys_and_filters(db: Database, cid: int) -> None:
    """Each page begins behind the last key; what changed since is found by its change or by Zoho's stamp."""
    here = cid
    changes.begin(db, here, NOW)
    ids = _page(db, here, 1, 2, 3, 4)
    where = RecordFilter()
    assert interface.page_ids(db, here, "invoices", where, after=0, limit=3) == list(ids[:3])
    assert interface.page_ids(db, here, "invoices", where, after=ids[2], limit=3) == [ids[3]]
    later = NOW + timedelta(days=3650)
    assert interface.page_ids(db, here, "invoices", where, after=0, limit=9, since=later) == []
    assert interface.page_ids(db, here, "invoices", where, after=0, limit=9, since=NOW) == list(ids)
    assert interface.page_ids(db, here, "bills", where, after=0, limit=9) == []
    assert interface.page_ids(db, here, "invoices", where, after=0, limit=9, source="shop") == []
