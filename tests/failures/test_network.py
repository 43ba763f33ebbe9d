"""The way to Zoho breaks or is throttled: what was read stays, pauses are kept, and nothing is taken for deleted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.failures.conftest import Program
from zbdesk.app.clock import SystemClock


def whole(program: Program, module: str) -> bool:
    """Whether the mirror has exactly the server's records, each once."""
    rows = [row["remote_id"] for row in program.records(module)]
    theirs = program.server.company.org(program.organization).all(module)
    key = {"invoices": "invoice_id", "items": "item_id", "bills": "bill_id"}[module]
    return sorted(rows) == sorted(one[key] for one in theirs)


def books_calls(program: Program) -> int:
    """How many Books calls have arrived so far."""
    return sum("/books/v3/" in entry.path for entry in program.server.requests)


def test_a_network_lost_in_the_middle_of_a_first_load_goes_on_from_there(program: Program) -> None:
    """Cut in the middle of an answer, again and again: a sentence, and the next sync ends with no row missing."""
    program.server.faults.drop(path="/invoices", times=100)
    answer = program("sync", "--json", "--module", "invoices", "--module", "bills")
    assert answer.code in {1, 3}
    said = json.dumps(answer.json) + json.dumps(program("problems", "--json").json)
    assert "could not be reached" in said
    assert "internet connection" in said
    program.server.faults.clear()
    assert program("sync", "--json", "--module", "invoices", "--module", "bills").json["result"] == "ok"
    assert whole(program, "invoices")
    assert whole(program, "bills")
    assert program("status", "--json").json["connection"]["state"] == "active"
    program.works()


def test_a_half_answer_is_never_taken_for_the_whole(program: Program) -> None:
    """JSON that ends in the middle stores nothing of its page; asked again it is all there."""
    program.server.faults.truncate(path="/invoices", times=1)
    assert program("sync", "--json", "--module", "invoices").code in {0, 1, 3}
    program.server.faults.clear()
    assert program("sync", "--json", "--module", "invoices").code == 0
    assert whole(program, "invoices")


def test_a_page_of_a_proxy_is_no_answer_of_zoho(program: Program) -> None:
    """HTML with status 200: named as what it is; nothing is deleted, nothing is stored."""
    before = program.records()
    program.server.faults.html(200, path="/items", times=100)
    answer = program("sync", "--full", "--json", "--module", "items")
    assert answer.code in {1, 3}
    answer.says("did not come from Zoho Books", "proxy", "sign-on page", "tries again by itself")
    assert "502 Bad Gateway" not in answer.err + answer.out
    program.server.faults.clear()
    assert program.records() == before
    program.works()


@pytest.mark.parametrize("trouble", ["keyless", "empty"])
def test_an_answer_without_its_list_deletes_nothing(program: Program, trouble: str) -> None:
    """Rule 9: an empty or keyless answer never deletes, not even in a full reading."""
    before = program.records()
    faults = program.server.faults
    (faults.keyless if trouble == "keyless" else faults.empty_list)(path="/items", times=20)
    answer = program("sync", "--full", "--json", "--module", "items")
    assert answer.json["pulled"].get("items", {"deleted": 0})["deleted"] == 0
    faults.clear()
    assert program.records() == before
    program.works()


def test_a_throttle_without_a_time_loses_no_row(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 without Retry-After: the first waits are short and by itself; the load comes to its end with every row."""
    monkeypatch.setattr("zbdesk.app.desk.SystemClock", Hurried)
    program.server.faults.throttle(44, path="/invoices", times=2)
    answer = program("sync", "--json", "--module", "invoices")
    if answer.code != 0:
        assert "pause until" in answer.json["message"]
        monkeypatch.setattr(Hurried, "ahead", Hurried.ahead + timedelta(hours=2))
        assert program("sync", "--json", "--module", "invoices").code == 0
    assert whole(program, "invoices")
    program.works()


class Later(SystemClock):
    """The same computer, some time later."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        """See ``Clock``."""
        return datetime.now(UTC) + self.ahead


class Hurried(Later):
    """A clock whose sleeps pass at once, on both hands."""

    slept = 0.0

    def now(self) -> datetime:
        """See ``Clock``."""
        return super().now() + timedelta(seconds=self.slept)

    def monotonic(self) -> float:
        """See ``Clock``."""
        return super().monotonic() + self.slept

    async def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        type(self).slept += max(0.0, seconds)
        await super().sleep(0)


@pytest.mark.parametrize("code", [44, 43, 45, 1070])
def test_a_long_pause_outlives_the_process(program: Program, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Rule 10: asked for an hour, ``sync`` says until when and ends; the next one makes no call before that."""
    program.server.faults.throttle(code, retry_after=3600, path="/items")
    began = datetime.now(UTC)
    answer = program("sync", "--json", "--module", "items")
    assert answer.code in {1, 3}
    assert (datetime.now(UTC) - began).total_seconds() < 30
    until = program("status", "--json").json["paused_until"]
    assert until is not None
    shown = datetime.fromisoformat(until).strftime("%Y-%m-%d %H:%M")
    assert f"until {shown} UTC" in answer.json["message"]
    assert (datetime.fromisoformat(until) - began) >= timedelta(seconds=3500)
    program.server.faults.clear()

    before = books_calls(program)
    again = program("sync", "--json", "--module", "items")
    assert again.code in {1, 3}
    assert shown in again.json["message"]
    assert again.json["api_calls"] == 0
    assert books_calls(program) == before

    monkeypatch.setattr(Later, "ahead", datetime.fromisoformat(until) - datetime.now(UTC) + timedelta(seconds=5))
    monkeypatch.setattr("zbdesk.app.desk.SystemClock", Later)
    program.works()


def test_a_server_that_is_away_leaves_the_records(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens any more: the sentence says what to check, the state says offline, and reading goes on."""
    before = program.records()
    program.server.faults.drop(path="/", times=1000)
    answer = program("sync", "--json", "--module", "items")
    assert answer.code == 1
    answer.says("could not be reached", "Check the internet connection", "nothing is lost")
    status = program("status", "--json").json
    assert status["connection"]["state"] == "offline"
    assert program.records() == before
    program.server.faults.clear()
    program.works()
    assert program("status", "--json").json["connection"]["state"] == "active"


def test_a_server_that_never_answers_ends_by_itself(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hanging answer costs the time-out, not the day, and its seconds stand in the sentence."""
    monkeypatch.setenv("ZBDESK_REQUEST_TIMEOUT", "0.3")
    hold = program.server.faults.hold(path="/items", times=100)
    answer = program("sync", "--json", "--module", "items")
    hold.release()
    program.server.faults.clear()
    assert answer.code in {1, 3}
    answer.says("did not answer within 0.3 seconds", "tries again by itself")
    monkeypatch.setenv("ZBDESK_REQUEST_TIMEOUT", "30")
    program.works()
