"""Several organizations in one data directory: switching, the guard, forgetting links; over a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from world import Record, a_connection

from zbdesk.app import organizations
from zbdesk.app.desk import Desk
from zbdesk.app.organizations import UnknownConnection
from zbdesk.app.secrets import StoredSecrets
from zbdesk.app.storing import NewConnection, keep
from zbdesk.domain.fingerprint import Guard, differences, is_confirmed, short_name
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import connections, cursors, guards, module_states, review
from zbdesk.store.cursors import Cursor
from zbdesk.store.database import Database
from zbdesk.store.trees import store_page
from zbdesk.vault import MemoryVault
from zbdesk.zoho.auth import KeptToken

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPICES = Organization("10", "Meridian Spices & Exports Pvt. Ltd.", "India", "INR", "Asia/Kolkata", tax_id="29AAA")
FOODS = Organization("20", "Meridian Foods Trading FZE", "UAE", "AED", "Asia/Dubai", tax_id="TRN 1")


def connected(path: Path, organization: Organization, number: str) -> Connection:
    """A connection with one contact of its own."""
    with closing(Database.open(path, now=lambda: NOW)) as db:
        made = connections.save(db, replace(a_connection(NOW), organization=organization, read_only=False))
        with db.transaction():
            module_states.set_enabled(db, made.id, ["contacts"])
            store_row(db, made.id, number)
        return made


def store_row(db: Database, connection_id: int, number: str) -> None:
    """One contact as a list brings it."""
    store_page(
        db, connection_id, "contacts", [Record(number, number, 1_700_000_000).row()], scan_id=1, want_detail=False
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over two organizations; the second was connected last."""
    connected(tmp_path / "zbdesk.sqlite3", SPICES, "101")
    connected(tmp_path / "zbdesk.sqlite3", FOODS, "202")
    with Desk.open(tmp_path, environment={}) as made:
        yield made


def parties(desk: Desk) -> list[str]:
    """Remote ids of all contacts that the window would show."""
    from zbdesk.domain.views import RecordFilter

    return [view.remote_id or "" for view in desk.read(lambda r: list(r.records("contacts", RecordFilter()))).result()]


def test_both_are_known_and_one_is_in_use(desk: Desk) -> None:
    """The list names the one in use first, and each with its own facts."""
    known = organizations.known(desk)
    assert [(one.connection.organization.name, one.current) for one in known] == [
        (FOODS.name, True), (SPICES.name, False),
    ]  # fmt: skip
    assert all(one.signed_in for one in known)


def test_switching_shows_the_others_records_and_mixes_none(desk: Desk) -> None:
    """Only the records of the organization in use are there; switching back brings the first again."""
    assert parties(desk) == ["202"]
    spices = organizations.known(desk)[1].connection
    organizations.switch(desk, spices.id)
    assert desk.read(lambda r: r.connection()).result().organization.name == SPICES.name
    assert parties(desk) == ["101"]
    organizations.switch(desk, next(one for one in organizations.known(desk) if not one.current).connection.id)
    assert parties(desk) == ["202"]


def test_after_a_switch_a_yes_is_asked_for_once(desk: Desk) -> None:
    """The guard names the organization before; switching to the same one asks nothing."""
    assert organizations.guard(desk) is None
    spices = organizations.known(desk)[1].connection
    organizations.switch(desk, spices.id)
    assert organizations.guard(desk) == Guard(before=FOODS.name)
    with closing(Database.open(desk.database_path, now=lambda: NOW)) as db:
        guards.clear(db, spices.id)
    organizations.switch(desk, spices.id)
    assert organizations.guard(desk) is None


def test_an_organization_that_is_not_known_any_more_changes_nothing(desk: Desk) -> None:
    """The one in use stays in use."""
    with pytest.raises(UnknownConnection):
        organizations.switch(desk, 99)
    assert parties(desk) == ["202"]


def test_a_disconnected_one_wants_a_sign_in(desk: Desk) -> None:
    """Its records are here; it is never shown as active."""
    spices = organizations.known(desk)[1].connection
    with closing(Database.open(desk.database_path, now=lambda: NOW)) as db:
        connections.forget(db, spices.id)
    assert not organizations.known(desk)[1].signed_in
    assert organizations.switch(desk, spices.id).state is ConnectionState.NONE
    assert desk.read(lambda r: r.overview()).result().state is ConnectionState.NEEDS_SIGN_IN


def test_nothing_is_known_without_a_database(tmp_path: Path) -> None:
    """A fresh directory answers with nothing."""
    with Desk.open(tmp_path, environment={}) as desk:
        assert organizations.known(desk) == []
        assert organizations.guard(desk) is None


def test_forgetting_keeps_both_sides_and_holds_what_is_ours(desk: Desk) -> None:
    """Links go, lists begin anew, nothing leaves by itself; Zoho's own records stay readable."""
    here = organizations.known(desk)[0].connection
    with closing(Database.open(desk.database_path, now=lambda: NOW)) as db, db.transaction():
        record = int(db.value("SELECT id FROM record WHERE remote_id = '202'"))
        db.execute("INSERT INTO local (record_id, fields, revision, changed_at) VALUES (?, '{}', 1, 1)", (record,))
        db.execute("INSERT INTO synced (record_id, fields, agreed_at) VALUES (?, '{}', 1)", (record,))
        store_row(db, here.id, "203")
        cursors.put(db, here.id, "contacts", Cursor(watermark=5, first_done=True))
    assert organizations.forget_links(desk) == (1, 0)
    with closing(Database.open_reader(desk.database_path)) as db:
        assert db.all("SELECT remote_id FROM record WHERE id = ?", (record,)) == [(None,)]
        assert db.value("SELECT pending FROM local WHERE record_id = ?", (record,)) == "create"
        assert not db.all("SELECT 1 FROM synced WHERE record_id = ?", (record,))
        assert review.is_held(db, here.id, record)
        assert not cursors.get(db, here.id, "contacts").first_done
    assert sorted(parties(desk)) == ["", "203"]


def test_a_record_whose_answer_is_open_keeps_its_link(desk: Desk) -> None:
    """Forgetting it would make the next pass create it a second time."""
    here = organizations.known(desk)[0].connection
    with closing(Database.open(desk.database_path, now=lambda: NOW)) as db, db.transaction():
        record = int(db.value("SELECT id FROM record WHERE remote_id = '202'"))
        db.execute("INSERT INTO local (record_id, fields, revision, changed_at) VALUES (?, '{}', 1, 1)", (record,))
        db.execute("UPDATE record SET state = 'unknown' WHERE id = ?", (record,))
    assert here.id
    assert organizations.forget_links(desk) == (0, 1)
    assert parties(desk) == ["202"]


@pytest.mark.logs("the organization is another than it was")
def test_signing_in_again_to_a_changed_organization_asks_first(tmp_path: Path) -> None:
    """The record map stays, and nothing is written before a person has said yes to what is another."""
    path, vault = tmp_path / "zbdesk.sqlite3", MemoryVault()
    secrets = StoredSecrets("secret-of-client", "refresh-token-1", KeptToken())
    made = replace(a_connection(NOW), organization=SPICES)
    first = keep(path, vault, NewConnection(made, secrets, ("contacts",), 0, NOW)).connection
    same = keep(path, vault, NewConnection(made, secrets, ("contacts",), 0, NOW)).connection
    with closing(Database.open_reader(path)) as db:
        assert same.id == first.id
        assert guards.get(db, same.id) is None
    other = replace(made, organization=replace(SPICES, tax_id="27BBB", country=""))
    again = keep(path, vault, NewConnection(other, secrets, ("contacts",), 0, NOW)).connection
    with closing(Database.open_reader(path)) as db:
        assert again.id == first.id
        assert guards.get(db, again.id) == Guard(changed=(("tax_id", "29AAA", "27BBB"),))


def test_what_is_not_said_is_no_difference() -> None:
    """Only what both sides say and say differently counts."""
    assert differences(SPICES, replace(SPICES, country="", tax_id="")) == ()
    assert differences(SPICES, FOODS) == (
        ("currency", "INR", "AED"), ("country", "India", "UAE"), ("tax_id", "29AAA", "TRN 1"),
    )  # fmt: skip


def test_the_short_name_tells_it_from_the_one_before() -> None:
    """Of two companies of one group the word is typed that only one of them has."""
    assert short_name(SPICES, FOODS.name) == "Spices"
    assert short_name(SPICES) == "Meridian"
    assert is_confirmed(SPICES, " spices ", FOODS.name)
    assert is_confirmed(SPICES, SPICES.name.upper(), FOODS.name)
    assert not is_confirmed(SPICES, "Meridian", FOODS.name)
    assert not is_confirmed(SPICES, "", FOODS.name)
    assert short_name(Organization("1", "A"), "A") == "A"


def test_naming_the_organization_on_the_command_line_is_a_yes(desk: Desk) -> None:
    """What was to be confirmed is told once and is gone then."""
    spices = organizations.known(desk)[1].connection
    organizations.switch(desk, spices.id)
    assert organizations.confirm_here(desk) == Guard(before=FOODS.name)
    assert organizations.guard(desk) is None
    assert organizations.confirm_here(desk) is None
