"""The gap score: what events told against what polling found, and what is done about a gap."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onward_site import BEGIN, Turned, arrives, clock, db, settled

from zbdesk.domain.records import RemoteRow
from zbdesk.domain.way import ModuleGap
from zbdesk.store import gaps
from zbdesk.store.database import Database
from zbdesk.store.inbox import Result
from zbdesk.store.trees import store_page
from zbdesk.webhooks.health import HealthState, Seen, gap_sentence, judge, recovery_sentence

__all__ = ["clock", "db"]  # fixtures


def found_by_poll(db: Database, numbers: list[int], at: datetime, module: str = "invoices") -> None:
    """A poll stores changed records and notes them."""
    rows = [
        RemoteRow(
            remote_id=str(number),
            number=f"INV-{number}",
            date="2026-11-01",
            due_date=None,
            party="Acme",
            party_id="9",
            status="sent",
            currency="EUR",
            total=1,
            balance=1,
            reference=None,
            modified_at=int(at.timestamp()) - 60,
            payload=b'{"n":%d,"at":%d}' % (number, at.timestamp()),
        )
        for number in numbers
    ]
    with db.transaction():
        result = store_page(db, 1, module, rows, scan_id=0, want_detail=False)
        gaps.note_found(db, 1, module, result.changed_ids, at)


def score(db: Database, now: datetime) -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """Told, missed and recovered by module."""
    gaps.judge(db, 1, now)
    return {gap.module: (gap.told, gap.missed, gap.recovered) for gap in gaps.gaps(db, 1, now - timedelta(days=1))}


def test_a_change_that_no_event_told_is_missed_and_named(db: Database, clock: Turned) -> None:
    """The recovered ones are listed by id; those that an event told are not among them."""
    key = arrives(db, 1, clock.now())
    settled(db, 1, key, Result.UPDATED, clock.now())
    clock.turn(300)
    found_by_poll(db, [1, 2, 3], clock.now())
    clock.turn(600)
    assert score(db, clock.now()) == {"invoices": (1, 2, ("3", "2"))}


def test_an_event_that_comes_a_little_late_still_told(db: Database, clock: Turned) -> None:
    """Zoho sends after the save: an event some minutes after the poll counts."""
    arrives(db, 9, clock.now())
    found_by_poll(db, [1], clock.now())
    clock.turn(120)
    assert gaps.judge(db, 1, clock.now()) == 0
    arrives(db, 1, clock.now())
    clock.turn(300)
    assert score(db, clock.now())["invoices"][1] == 0


def test_a_module_without_any_event_has_no_gap(db: Database, clock: Turned) -> None:
    """Where no rule is set up in Zoho Books nothing can be missed."""
    arrives(db, 1, clock.now())
    found_by_poll(db, [1, 2, 3, 4], clock.now(), module="contacts")
    clock.turn(600)
    assert "contacts" not in score(db, clock.now())


def test_old_changes_of_a_complete_list_are_no_gap(db: Database, clock: Turned) -> None:
    """A list read to its end finds records from long ago: no event is owed for them."""
    arrives(db, 1, clock.now())
    row_at = clock.now() - timedelta(days=3)
    found_by_poll(db, [5], row_at)
    with db.transaction():
        ids = [key for (key,) in db.all("SELECT id FROM record")]
        gaps.note_found(db, 1, "invoices", ids, clock.now())
    clock.turn(600)
    assert score(db, clock.now()).get("invoices", (0, 0, ()))[1] == 0


def test_our_own_writes_are_no_gap(db: Database, clock: Turned) -> None:
    """What zbdesk wrote itself and finds again by polling needs no event."""
    arrives(db, 1, clock.now())
    found_by_poll(db, [5], clock.now() - timedelta(days=1))
    with db.transaction():
        db.execute("DELETE FROM poll_find")
        record = db.value("SELECT id FROM record WHERE remote_id = '5'")
        db.execute(
            "INSERT INTO attempt (record_id, operation_key, operation, snapshot, recognise, revision, started_at, "
            "outcome, closed_at) VALUES (?, 'k', 'update', '{}', '{}', 1, ?, 'done', ?)",
            (record, int(clock.now().timestamp() * 1e6), int(clock.now().timestamp() * 1e6)),
        )
        gaps.note_found(db, 1, "invoices", [record], clock.now())
    assert db.value("SELECT COUNT(*) FROM poll_find") == 0


def test_the_same_change_found_twice_counts_once(db: Database, clock: Turned) -> None:
    """An overlap of two polls is one change."""
    arrives(db, 9, clock.now())
    found_by_poll(db, [1], clock.now())
    with db.transaction():
        gaps.note_found(db, 1, "invoices", [db.value("SELECT id FROM record")], clock.now())
    assert db.value("SELECT COUNT(*) FROM poll_find") == 1


# Judging


def gap(missed: int, told: int = 0) -> ModuleGap:
    """A gap of invoices."""
    return ModuleGap("invoices", told, missed, tuple(str(number) for number in range(missed)))


def test_without_a_tunnel_nothing_is_expected() -> None:
    """Somebody who uses no webhooks is told nothing and polls as chosen."""
    verdict = judge(
        Seen(tunnel=False, test_ok=None, gaps=(gap(50),)), HealthState.OFF, poll_seconds=900, fallback_seconds=300
    )
    assert (verdict.state, verdict.poll_seconds) == (HealthState.OFF, 900)


def test_a_failing_test_makes_polling_hurry_and_says_why() -> None:
    """The sentence holds the leg's own words and the interval."""
    seen = Seen(tunnel=True, test_ok=False, test_sentence="Nothing answers at hooks.example.com.", test_remedy="Look.")
    verdict = judge(seen, HealthState.HEALTHY, poll_seconds=900, fallback_seconds=300)
    assert (verdict.state, verdict.poll_seconds) == (HealthState.FAILING, 300)
    assert verdict.sentence == (
        "Webhooks do not arrive: nothing answers at hooks.example.com. Until they do, zbdesk looks every 5 minutes."
    )
    assert verdict.remedy == "Look."


def test_a_gap_names_modules_and_numbers_and_ends_with_a_newer_event() -> None:
    """A gap counts from three misses and a fifth on; an event newer than the last miss is the cure."""
    missed_at = BEGIN
    seen = Seen(True, True, gaps=(gap(4, 6), ModuleGap("contacts", 5, 1)), last_missed_at=missed_at)
    verdict = judge(seen, HealthState.HEALTHY, poll_seconds=900, fallback_seconds=300)
    assert verdict.state is HealthState.GAP
    assert verdict.sentence.startswith(
        "Changes in Zoho Books came without a webhook and were found by looking: Invoices 4 of 10."
    )
    cured = Seen(True, True, gaps=seen.gaps, last_missed_at=missed_at, last_told_at=missed_at + timedelta(seconds=1))
    healed = judge(cured, HealthState.GAP, poll_seconds=900, fallback_seconds=300)
    assert (healed.state, healed.poll_seconds) == (HealthState.HEALTHY, 900)


@pytest.mark.parametrize(
    ("missed", "told", "state"), [(2, 0, "healthy"), (3, 0, "gap"), (3, 97, "healthy"), (25, 75, "gap")]
)
def test_chance_is_no_gap(missed: int, told: int, state: str) -> None:
    """Two misses are chance, three of a hundred too."""
    seen = Seen(True, True, gaps=(gap(missed, told),), last_missed_at=BEGIN)
    assert judge(seen, HealthState.HEALTHY, poll_seconds=900, fallback_seconds=300).state == state


@given(
    tunnel=st.booleans(),
    test_ok=st.none() | st.booleans(),
    missed=st.integers(0, 50),
    told=st.integers(0, 50),
    before=st.sampled_from(HealthState),
    poll=st.floats(0.05, 86_400),
    fallback=st.floats(0.05, 86_400),
)
def test_polling_never_gets_slower_by_a_judgement(
    tunnel: bool,
    test_ok: bool | None,
    missed: int,
    told: int,
    before: HealthState,
    poll: float,
    fallback: float,
) -> None:
    """Whatever is seen, the interval is the chosen one or shorter, and there is a sentence."""
    seen = Seen(tunnel, test_ok, "X.", "Y.", (gap(missed, told),), None, BEGIN if missed else None)
    verdict = judge(seen, before, poll_seconds=poll, fallback_seconds=fallback)
    assert verdict.poll_seconds <= poll
    assert verdict.sentence
    assert verdict.trouble or verdict.poll_seconds == poll


def test_the_return_of_webhooks_is_told_with_what_was_found() -> None:
    """Minutes and changes, in words."""
    assert recovery_sentence(BEGIN, BEGIN + timedelta(minutes=34), 6) == (
        "Webhooks arrive again. They were away for 34 minutes; 6 changes were found by looking, nothing was missed."
    )
    assert "1 change was" in recovery_sentence(BEGIN, BEGIN + timedelta(hours=3), 1)
    assert gap_sentence([gap(1)]).endswith("Invoices 1 of 1.")
