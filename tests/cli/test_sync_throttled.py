"""``sync`` while Zoho asks for silence: rule 10 of the contract, and the minute that outlives a process."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import Terminal
from zbdesk.app.clock import SystemClock
from zbdesk.app.ledger import StoredLedger


class Ahead:
    """Time that passes where somebody waits for it; ``waited``: how long, in all."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waited = 0.0
        real = SystemClock.monotonic
        self.seconds = lambda: real(SystemClock()) + self.waited

        async def sleep(_clock: SystemClock, seconds: float) -> None:
            self.waited += max(0.0, seconds)
            await asyncio.sleep(0)

        monkeypatch.setattr(SystemClock, "now", lambda _: datetime.now(UTC) + timedelta(seconds=self.waited))
        monkeypatch.setattr(SystemClock, "monotonic", lambda _: self.seconds())
        monkeypatch.setattr(SystemClock, "sleep", sleep)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Ahead:
    """A clock of the test's own, so that nobody waits."""
    return Ahead(monkeypatch)


def test_a_minutes_pause_is_waited_out_and_told(terminal: Terminal, ahead: Ahead) -> None:
    """429 with 44 and no Retry-After: one minute, told on standard error also beside ``--json``, then the pass."""
    terminal.connect()
    ahead.waited = 0.0
    terminal.server.faults.throttle(44)
    answer = terminal("sync", "--json", "--module", "items", "--module", "contacts")
    assert answer.code == 0
    assert answer.json["result"] == "ok"
    assert answer.json["pulled"].keys() == {"items", "contacts"}
    assert 59 <= ahead.waited <= 61
    assert answer.err.count("asks for a pause until") == 1
    assert "Waiting" in answer.err


def test_a_list_that_is_always_refused_does_not_hold_the_pass_up_for_ever(terminal: Terminal, ahead: Ahead) -> None:
    """After one minute's wait the second refusal ends the pass with the time; the next sync asks for nothing."""
    terminal.connect()
    ahead.waited = 0.0
    terminal.server.faults.throttle(44, path="/books/v3/contacts", times=1_000)
    answer = terminal("sync", "--json")
    assert answer.code == 1
    assert answer.json["result"] == "failed"
    assert "asks for a pause until" in answer.json["message"]
    assert ahead.waited <= 61
    made = len(terminal.server.requests)
    again = terminal("sync", "--json")
    assert again.code == 1
    assert "pause until" in again.json["message"]
    assert len(terminal.server.requests) == made
    terminal.server.faults.clear()
    ahead.waited += 901
    assert terminal("sync", "--json").code == 0


def test_a_longer_pause_is_not_waited_for_and_nothing_claims_so(terminal: Terminal, ahead: Ahead) -> None:
    """Retry-After beyond a minute: the time is in the message at once, and no sentence says that it waits."""
    terminal.connect()
    ahead.waited = 0.0
    terminal.server.faults.throttle(44, retry_after=61)
    answer = terminal("sync", "--json", "--module", "items")
    assert answer.code == 1
    assert ahead.waited < 1
    assert "pause until" in answer.json["message"]
    assert "Waiting" not in answer.err


def test_syncs_one_after_the_other_stay_within_the_minute_together(
    terminal: Terminal, ahead: Ahead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each process begins where the one before left the minute: no sixty seconds see more calls than are allowed."""
    terminal.connect()
    made: list[float] = []
    noted = StoredLedger.count

    def count(ledger: StoredLedger, calls: int, lately: list[float], /) -> None:
        made.extend([ahead.seconds()] * calls)
        noted(ledger, calls, lately)

    monkeypatch.setattr(StoredLedger, "count", count)
    monkeypatch.setenv("ZBDESK_CALLS_PER_MINUTE", "6")
    told = ""
    for _ in range(4):
        answer = terminal("sync", "--json", *(w for name in ("items", "taxes", "bills") for w in ("--module", name)))
        assert json.loads(answer.out)["result"] == "ok"
        told += answer.err
    assert "The calls of this minute are used" in told
    assert len(made) >= 12
    for at in made:
        assert sum(1 for other in made if at <= other < at + 60) <= 6
