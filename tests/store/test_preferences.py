"""What a person settled for one connection: kept whole, apart from other connections, gone with the data."""

from __future__ import annotations

from decimal import Decimal

from zbdesk.store import attempts, connections, documents, finding, new_records, preferences, review
from zbdesk.store.attempts import Outcome
from zbdesk.store.database import Database
from zbdesk.store.new_records import Columns
from zbdesk.store.preferences import Kind

from .build import NOW


def test_what_is_kept_comes_back_as_it_was(db: Database, cid: int) -> None:
    """Nested values and exact numbers survive; a module without any choice is not kept."""
    kept = {"invoices": {"direction": "push", "always": {"notes": "local"}, "share": Decimal("0.10")}, "items": {}}
    preferences.put(db, cid, Kind.POLICY, kept)
    assert preferences.get(db, cid, Kind.POLICY) == {"invoices": kept["invoices"]}
    preferences.put(db, cid, Kind.POLICY, {"items": {"may_delete": False}})
    assert preferences.get(db, cid, Kind.POLICY) == {"items": {"may_delete": False}}


def test_kinds_and_connections_do_not_mix(db: Database, cid: int) -> None:
    """Each connection and each kind has its own."""
    preferences.put(db, cid, Kind.POLICY, {"items": {"a": 1}})
    preferences.put(db, cid, Kind.MEANINGS, {"taxes": {"name:x": "7"}})
    assert preferences.get(db, cid, Kind.RECOGNITION) == {}
    assert preferences.get(db, cid + 1, Kind.POLICY) == {}
    assert preferences.get(db, cid, Kind.MEANINGS) == {"taxes": {"name:x": "7"}}


def test_it_goes_with_the_connections_data(db: Database, cid: int) -> None:
    """Nothing of it waits for another connection that happens to get the same key."""
    for kind in Kind:
        preferences.put(db, cid, kind, {"items": {"a": 1}})
    review.set_hold(db, cid, on=True)
    connections.delete_data(db, cid)
    assert all(preferences.get(db, cid, kind) == {} for kind in Kind)
    assert db.value("SELECT COUNT(*) FROM meta WHERE name LIKE ?", (f"%/{cid}",)) == 0


def test_creates_that_were_sent_twice_are_known(db: Database, cid: int) -> None:
    """One try is no suspicion, two are; what came later and was made by nobody here is found."""
    with db.transaction():
        columns = Columns(number="1", currency="GBP", total=1)
        record_id = new_records.new_record(db, cid, "invoices", source="shop", source_id="S-1", columns=columns)
        documents.put(db, record_id, {"notes": "a"}, at=NOW, given={})
    for number in (1, 2):
        assert attempts.repeated(db, cid, "invoices", "create") == []
        attempt = attempts.begin(
            db, record_id, operation_key=f"k{number}", operation="create", snapshot={}, recognise={"newest": number},
            revision=1, at=NOW,
        )  # fmt: skip
        attempts.settle(db, attempt, Outcome.NOT_SENT, at=NOW)
    assert attempts.repeated(db, cid, "invoices", "create") == [record_id]
    assert [one["newest"] for one in attempts.tried(db, record_id, "create")] == [1, 2]
    assert attempts.repeated(db, cid, "contacts", "create") == []
    assert finding.later_and_not_ours(db, cid, "invoices", 0) == []
    assert finding.of_module(db, cid, "invoices") == [record_id]
