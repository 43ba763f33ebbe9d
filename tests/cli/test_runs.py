"""``runs``, ``sync --dry-run``, ``sync --allow-large`` and ``diary``, against the demo company."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def connected(terminal: Terminal) -> Terminal:
    """A connected directory with everything read once."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    return terminal


def put(terminal: Terminal, *documents: dict[str, Any]) -> None:
    """Put contacts."""
    file = terminal.place.parent / "contacts.json"
    file.write_text(json.dumps(list(documents)))
    assert terminal("put", "contacts", str(file), "--json").code == 0


def contact(number: int, **more: object) -> dict[str, Any]:
    """A new customer."""
    return {"source_id": f"C-{number}", "contact_name": f"Rollback {number} Ltd", **more}


def names(terminal: Terminal) -> set[str]:
    """What Zoho Books calls those customers."""
    org = terminal.server.company.org(terminal.organization)
    return {str(row["contact_name"]) for row in org.all("contacts") if "Rollback" in str(row["contact_name"])}


def test_a_dry_run_lists_what_would_be_written_and_asks_nothing(connected: Terminal) -> None:
    """The same writes as the sync after it makes, field by field, without one call to Zoho."""
    put(connected, contact(1, notes="new"), contact(2))
    calls = connected("status", "--json").json["api_calls_today"]
    answer = connected("sync", "--dry-run", "--json")
    assert (answer.code, answer.json["api_calls"], len(answer.json["writes"])) == (0, 0, 2)
    first = answer.json["writes"][0]
    assert (first["module"], first["action"]) == ("contacts", "create")
    assert {"name": "notes", "before": None, "after": "new"} in first["fields"]
    assert connected("status", "--json").json["api_calls_today"] == calls
    assert names(connected) == set()
    assert connected("sync", "--json").json["pushed"]["contacts"]["created"] == 2
    assert connected("sync", "--dry-run", "--json").json["writes"] == []


def test_a_sync_beyond_the_limit_exits_3_until_it_is_allowed(
    connected: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, the problem names the numbers, and --allow-large lets this one go."""
    monkeypatch.setenv("ZBDESK_LIMIT_CHANGES", "2")
    put(connected, contact(1), contact(2), contact(3))
    assert connected("sync", "--dry-run", "--json").json["limits"] == [
        {"limit": "changes", "planned": "3", "allowed": "2"}
    ]
    stopped = connected("sync", "--json")
    assert (stopped.code, stopped.json["result"], stopped.json["pushed"]) == (3, "attention", {})
    (problem,) = connected("problems", "--json").json
    assert problem["cause"] == "run_limit"
    assert "3 contacts created" in problem["message"]
    assert names(connected) == set()
    allowed = connected("sync", "--allow-large", "--json")
    assert (allowed.code, allowed.json["pushed"]["contacts"]["created"]) == (0, 3)
    assert connected("problems", "--json").json == []


def test_a_run_is_listed_shown_and_taken_back(connected: Terminal) -> None:
    """Preview, report and list say what happened; a second time there is nothing left to take back."""
    put(connected, contact(1), contact(2))
    connected("sync", "--json")
    runs = connected("runs", "--json").json
    assert runs[0]["written"] == [{"what": "create", "module": "contacts", "records": 2}]
    key = str(runs[0]["id"])
    assert len(connected("runs", "show", key, "--json").json["records"]) == 2
    preview = connected("runs", "rollback", key, "--dry-run", "--json")
    assert (preview.code, {one["action"] for one in preview.json["records"]}) == (0, {"delete"})
    assert len(names(connected)) == 2
    report = connected("runs", "rollback", key, "--json")
    assert (report.code, {one["state"] for one in report.json["records"]}) == (0, {"done"})
    assert report.json["ended_at"]
    assert names(connected) == set()
    listed = next(one for one in connected("runs", "--json").json if str(one["id"]) == key)
    assert listed["rolled_back_at"]
    again = connected("runs", "rollback", key, "--dry-run", "--json")
    assert (again.code, {one["action"] for one in again.json["records"]}) == (3, {"none"})
    assert connected("runs", "show", key).code == 0


def test_what_cannot_be_taken_back_exits_3_and_is_named(connected: Terminal) -> None:
    """A record changed in Zoho Books since stays, with its reason."""
    put(connected, contact(1))
    connected("sync", "--json")
    key = str(connected("runs", "--json").json[0]["id"])
    org = connected.server.company.org(connected.organization)
    (row,) = [row for row in org.all("contacts") if row["contact_name"] == "Rollback 1 Ltd"]
    org.edit("contacts", str(row["contact_id"]), notes="a colleague's")
    answer = connected("runs", "rollback", key, "--json")
    assert answer.code == 3
    assert answer.json["records"][0]["reason"] == "Changed since: notes."
    assert names(connected) == {"Rollback 1 Ltd"}


def test_an_unknown_run_is_wrong_usage(connected: Terminal) -> None:
    """Exit 2 and one sentence."""
    for words in (("runs", "show", "9999"), ("runs", "rollback", "9999")):
        answer = connected(*words)
        assert answer.code == 2
        assert "There is no run 9999." in answer.err


def test_the_history_is_checked_here_and_as_a_file(connected: Terminal) -> None:
    """A file with one changed word is found out, without any database."""
    put(connected, contact(1))
    connected("sync", "--json")
    lines = connected("diary", "--json").json
    made = next(line for line in lines if line["kind"] == "created")
    assert {"name": "contact_name", "before": None, "after": "Rollback 1 Ltd"} in made["changes"]
    assert made["run"] == connected("runs", "--json").json[0]["id"]
    assert "contact_name: empty -> Rollback 1 Ltd" in connected("diary").out
    assert connected("diary", "verify", "--json").json["whole"] is True
    file = connected.place.parent / "diary.jsonl"
    assert connected("diary", "export", str(file)).code == 0
    assert connected("diary", "verify", str(file)).code == 0
    file.write_text(file.read_text().replace("Contact created", "Contact deleted"))
    answer = connected("diary", "verify", str(file), "--json")
    assert (answer.code, answer.json["whole"]) == (1, False)
    file.write_text("no diary\n")
    assert connected("diary", "verify", str(file)).code == 2
