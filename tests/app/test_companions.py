"""Several organizations really side by side: both sync and push, and nothing of one reaches the other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from two_companies import MODULES, PATIENCE, Company, Heard, customer, invoice, open_desk, two_companies, wait_for

from zbdesk.app import organizations
from zbdesk.app.build import engine_over
from zbdesk.domain.fingerprint import Guard
from zbdesk.domain.status import ConnectionState, EngineState, RunResult
from zbdesk.domain.views import RecordFilter
from zbdesk.store import connections, guards, runs
from zbdesk.store.database import Database
from zbdesk.sync.commands import Hold, Pause, Resume, SetModules, SyncNow, Woke
from zbdesk.vault.errors import VaultBusy

Two = tuple[Company, Company]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    """Two companies of one seed, both connected; Foods is in use."""
    from two_companies import ENVIRONMENT

    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    yield from two_companies(tmp_path / "data")


def fill(two: Two) -> None:
    """The same source ids and numbers on both sides, with what tells them apart."""
    for company, rate in zip(two, ("40.00", "55.00"), strict=True):
        company.put("contacts", customer(company.name))
        company.put("invoices", *(invoice(company.name, number, rate) for number in (1, 2)))


def in_order(two: Two) -> None:
    """Each has its own documents, once, and nothing of the other."""
    spices, foods = two
    assert spices.sent() == [("NW-0001", "spices", "80.00"), ("NW-0002", "spices", "80.00")]
    assert foods.sent() == [("NW-0001", "foods", "110.00"), ("NW-0002", "foods", "110.00")]
    assert (spices.customers(), foods.customers()) == (["ap@spices.example"], ["ap@foods.example"])


def test_both_sync_and_each_document_reaches_its_own_books_once(two: Two) -> None:
    """The same source ids, numbers, organization id and Zoho ids on both sides: nothing crosses."""
    fill(two)
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place) as desk:
        assert desk.start(heard)
        wait_for(lambda: len(spices.sent()) == 2 and len(foods.sent()) == 2, "both pushed")
        wait_for(lambda: len(heard.runs()) > 1 and len(heard.runs_of(spices.key)) > 1, "one more pass of each")
        in_order(two)
        seen = desk.read(lambda reader: list(reader.records("invoices", RecordFilter()))).result()
    assert {one.reference for one in seen if (one.number or "").startswith("NW-")} == {"foods"}
    assert len(seen) == len(foods.books.all("invoices"))


def test_a_dropped_answer_in_each_leads_to_one_document_each(two: Two) -> None:
    """Both lose the answer to a create at the same time: each looks its own document up in its own books."""
    fill(two)
    for company in two:
        company.server.faults.drop(path="/invoices", method="POST", after=True, times=1)
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(
            lambda: (
                all(one.pending == 0 for one in (heard.runs()[-1:] + heard.runs_of(spices.key)[-1:]))
                and len(spices.sent()) == len(foods.sent()) == 2
                and len(heard.runs()) > 2
                and len(heard.runs_of(spices.key)) > 2
            ),
            "both settled",
        )
        in_order(two)


@pytest.mark.logs("ended: first, needs_sign_in", "ended: delta, needs_sign_in", "the pass failed", "pass failed")
def test_a_revoked_sign_in_leaves_the_other_at_work(two: Two) -> None:
    """The companion's token is ended at Zoho: it waits for a sign-in, and the one in use goes on pushing."""
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
        spices.server.faults.revoke()
        wait_for(lambda: EngineState.SIGNED_OUT in heard.states_of(spices.key), "the companion signed out")
        before = len(heard.runs())
        wait_for(lambda: len(heard.runs()) > before + 1, "the one in use goes on")
        assert {one.result.value for one in heard.runs()} <= {"ok", "attention"}
        asked = len(spices.server.requests.books())
        again = len(heard.runs())
        wait_for(lambda: len(heard.runs()) > again + 1, "two passes more")
        assert len(spices.server.requests.books()) == asked
    assert spices.connection().state is ConnectionState.NEEDS_SIGN_IN
    assert foods.connection().state is ConnectionState.ACTIVE


@pytest.mark.logs("pass failed", "needs_sign_in")
def test_a_revoked_sign_in_of_the_one_in_use_leaves_the_companion_at_work(two: Two) -> None:
    """The other way round: signed out in the window, the organization beside it still gets its documents."""
    fill(two)
    spices, foods = two
    foods.server.faults.revoke()
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: len(spices.sent()) == 2, "the companion pushed")
        wait_for(lambda: foods.connection().state is ConnectionState.NEEDS_SIGN_IN, "signed out")
        before = len(heard.runs_of(spices.key))
        wait_for(lambda: len(heard.runs_of(spices.key)) > before + 1, "it goes on")
    assert foods.sent() == []


@pytest.mark.logs("The sign-in is not in the keychain any more")
def test_secrets_that_are_gone_stop_only_their_own_organization(two: Two) -> None:
    """The companion's entries are not in the vault: it is shown as signed out, once, and the other syncs."""
    spices, foods = two
    with open_desk(foods.place) as desk:
        vault = desk.vault()
        for entry in ("client_secret", "refresh_token", "access_token"):
            vault.delete(f"{spices.connection().vault_prefix}/{entry}")
        heard = Heard()
        desk.start(heard)
        wait_for(heard.runs, "the one in use syncs")
        wait_for(lambda: spices.connection().state is ConnectionState.NEEDS_SIGN_IN, "it wants a sign-in")
    assert heard.states_of(spices.key) == [EngineState.SIGNED_OUT]


@pytest.mark.logs("The sign-in is not in the keychain any more", "pass failed", "needs_sign_in")
def test_secrets_of_the_one_in_use_that_are_gone_do_not_stop_the_companions(two: Two) -> None:
    """Somebody chose a disconnected organization to sign in to it: meanwhile the others go on."""
    fill(two)
    spices, foods = two
    with open_desk(foods.place) as desk:
        vault = desk.vault()
        for entry in ("client_secret", "refresh_token", "access_token"):
            vault.delete(f"{foods.connection().vault_prefix}/{entry}")
        desk.start(Heard())
        wait_for(lambda: len(spices.sent()) == 2, "the companion pushed")
        wait_for(lambda: foods.connection().state is ConnectionState.NEEDS_SIGN_IN, "the one in use wants a sign-in")


def test_a_companion_with_an_open_guard_only_reads(two: Two) -> None:
    """After a switch away, what nobody confirmed stays here; a yes lets it go, also beside the one in use."""
    fill(two)
    spices, foods = two
    with closing(foods.database()) as db:
        guards.put(db, spices.key, Guard(before="Foods"))
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: len(foods.sent()) == 2 and len(heard.runs_of(spices.key)) > 1, "the companion read twice")
        assert spices.sent() == []
        assert heard.runs_of(spices.key)[-1].result.value == "attention"
        told = organizations.known(desk)
        assert [(one.connection.id, one.guarded) for one in told] == [(foods.key, False), (spices.key, True)]
        desk.carry_out(lambda engine: guards.clear(engine.db, spices.key)).result()
        wait_for(lambda: len(spices.sent()) == 2, "pushed after the yes")
    in_order(two)


def test_each_counts_its_own_calls(two: Two) -> None:
    """The day's allowance belongs to an organization: each ledger has what its own server counted."""
    spices, foods = two
    heard = Heard()
    before = [company.calls() for company in two]
    spices.put("contacts", customer("spices"))
    for company in two:
        company.server.requests.clear()
    with open_desk(foods.place, ZBDESK_POLL_SECONDS="3600") as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
    used = [company.calls() - earlier for company, earlier in zip(two, before, strict=True)]
    assert used == [len(company.server.requests.books()) for company in two]
    assert used[0] > used[1]


def test_a_pause_is_one_organizations_own(two: Two) -> None:
    """A paused companion makes no call while the one in use syncs, is still paused after a restart, and goes on."""
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
        desk.send(Pause(), spices.key)
        wait_for(lambda: heard.states_of(spices.key)[-1] is EngineState.PAUSED, "paused")
    assert spices.connection().state is ConnectionState.PAUSED
    assert foods.connection().state is ConnectionState.ACTIVE
    asked, heard = len(spices.server.requests.books()), Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: len(heard.runs()) > 2, "the one in use syncs")
        assert len(spices.server.requests.books()) == asked
        desk.send(Resume(), spices.key)
        wait_for(lambda: heard.runs_of(spices.key), "it goes on")


def test_what_a_person_asks_for_goes_first(two: Two) -> None:
    """While the pass of a click runs, a companion's pass waits at its next page, and goes on after it."""
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place, ZBDESK_POLL_SECONDS="3600") as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
        hold = foods.server.faults.hold(path="/books/v3/invoices")
        desk.send(SyncNow())
        assert hold.arrived.wait(PATIENCE)
        asked = len(spices.server.requests.books())
        desk.send(SyncNow(full=True), spices.key)
        wait_for(lambda: EngineState.PULLING in heard.states_of(spices.key)[-1:], "the companion began")
        assert len(spices.server.requests.books()) == asked
        ended = len(heard.runs_of(spices.key))
        hold.release()
        wait_for(lambda: len(heard.runs_of(spices.key)) > ended, "it went on")
    assert heard.runs_of(spices.key)[-1].result.value == "ok"
    assert len(spices.server.requests.books()) > asked


def test_switching_turns_the_roles_round(two: Two) -> None:
    """After a switch the other is in use, both go on syncing, and the new one waits for its yes before it writes."""
    spices, foods = two
    with open_desk(foods.place) as desk:
        first = Heard()
        desk.start(first)
        wait_for(lambda: first.runs() and first.runs_of(spices.key), "first pass of each")
        desk.stop()
        organizations.switch(desk, spices.key)
        fill_later = Heard()
        desk.start(fill_later)
        wait_for(lambda: fill_later.runs() and fill_later.runs_of(foods.key), "both again")
        known = organizations.known(desk)
    assert [(one.connection.id, one.current, one.guarded) for one in known] == [
        (spices.key, True, True), (foods.key, False, False),
    ]  # fmt: skip


def test_ending_does_not_wait_for_one_after_the_other(two: Two) -> None:
    """Both wait for an answer when the program is quit: it is over at once, and both passes are closed in order."""
    foods = two[1]
    held = [company.server.faults.hold(path="/books/v3/contacts", times=9) for company in two]
    desk = open_desk(foods.place)
    with desk:
        desk.start(Heard())
        for hold in held:
            assert hold.arrived.wait(PATIENCE)
        began = time.monotonic()
        assert desk.stop(5.0)
        assert time.monotonic() - began < 3
        for hold in held:
            hold.release()
    with closing(Database.open_reader(foods.place / "zbdesk.sqlite3")) as db:
        for company in two:
            (latest,) = runs.recent(db, company.key, 1)
            assert latest.result is RunResult.INTERRUPTED


def test_what_is_settled_for_the_program_reaches_every_engine(two: Two) -> None:
    """Pace, limits, interval, hours and month end count everywhere; what is asked of the one in use stays there."""
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place, ZBDESK_POLL_SECONDS="3600") as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
        desk.send(SetModules(MODULES, 0.2))
        wait_for(lambda: len(heard.runs_of(spices.key)) > 2, "another interval there too")
        desk.send(Hold("On battery."))
        wait_for(lambda: heard.states_of(spices.key)[-1] is EngineState.PAUSED, "it holds there too")
        ended, here = len(heard.runs_of(spices.key)), len(heard.runs())
        desk.send(SyncNow(full=True))
        wait_for(lambda: len(heard.runs()) > here, "the pass of the click")
        assert len(heard.runs_of(spices.key)) == ended
        desk.send(Hold(""))
        wait_for(lambda: len(heard.runs_of(spices.key)) > ended, "it goes on")


def test_a_command_for_an_organization_that_is_gone_is_dropped(two: Two, caplog: pytest.LogCaptureFixture) -> None:
    """It must not reach the one in use instead."""
    foods = two[1]
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(heard.runs, "the first pass")
        desk.send(Pause(), 99)
        wait_for(lambda: "was dropped" in caplog.text, "it was dropped")
        before = len(heard.runs())
        wait_for(lambda: len(heard.runs()) > before, "the one in use goes on")
    assert foods.connection().state is ConnectionState.ACTIVE


@pytest.mark.parametrize("failure", [RuntimeError("a bug"), VaultBusy(Path("vault"))], ids=["bug", "vault"])
@pytest.mark.logs("stopped by a bug", "organization ")
def test_one_that_cannot_be_made_holds_up_nobody_and_is_tried_again(
    two: Two, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    """A bug or a locked vault in the companion: the one in use syncs; after sleep, or a while, it is tried again."""
    spices, foods = two

    def refuse(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("zbdesk.app.companions.engine_over", refuse)
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: heard.states_of(spices.key) == [EngineState.FAILED], "it says that it stands still")
        before = len(heard.runs())
        wait_for(lambda: len(heard.runs()) > before + 1, "the one in use goes on")
        monkeypatch.setattr("zbdesk.app.companions.engine_over", engine_over)
        desk.send(Woke())
        wait_for(lambda: heard.runs_of(spices.key), "it syncs after all")
    assert spices.connection().state is ConnectionState.ACTIVE


def test_a_desk_with_one_organization_has_nobody_beside_it(two: Two) -> None:
    """A disconnected one is none: its records stay, and no call is made for it."""
    spices, foods = two
    with closing(foods.database()) as db:
        connections.forget(db, spices.key)
    spices.server.requests.clear()
    heard = Heard()
    with open_desk(foods.place) as desk:
        desk.start(heard)
        wait_for(lambda: len(heard.runs()) > 1, "two passes")
        assert not [one for one in organizations.known(desk) if one.signed_in and not one.current]
    assert not spices.server.requests.books()
    assert spices.connection().state is ConnectionState.NONE
