"""The command line's contract to the letter: exit codes, one document, keys, environment, what a search looks at."""

from __future__ import annotations

import csv
import json
import re
import stat
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.failures.conftest import ROOT, Program
from zbdesk import __version__

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
RECORD = [
    "local_id", "remote_id", "source", "source_id", "module", "number", "date", "due_date", "party", "status",
    "currency", "total", "balance", "state", "modified_at",
]  # fmt: skip


def floats(value: Any) -> list[float]:
    """All numbers with a fraction in a JSON document: amounts have to be text."""
    if isinstance(value, dict):
        return [found for inner in value.values() for found in floats(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in floats(inner)]
    return [value] if isinstance(value, float) else []


# The command itself


def test_the_script_and_the_module_are_one_command(fresh: Program) -> None:
    """``zbdesk`` is ``zbdesk.__main__:main``, which is what ``python -m zbdesk`` runs."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts["zbdesk"] == "zbdesk.__main__:main"
    answer = fresh.real("--version")
    assert (answer.code, answer.out.strip()) == (0, f"zbdesk {__version__}")


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--nonsense", "--json"),
        ("nonsense", "--json"),
        ("records", "--json"),
        ("records", "invioces", "--json"),
        ("sync", "--module", "nothing", "--json"),
        ("records", "items", "--limit", "-1", "--json"),
    ],
)
def test_wrong_usage_is_exit_2_with_a_document(program: Program, words: tuple[str, ...]) -> None:
    """A mistyped command names what is wrong; with ``--json`` standard output is still one document."""
    answer = program(*words)
    assert answer.code == 2
    assert answer.json["result"] == "failed"
    assert answer.json["message"] in answer.err


@pytest.mark.parametrize("words", [("connect",), ("export", "items"), ("connect", "--region", "eu")])
def test_wrong_usage_without_json_leaves_standard_output_empty(fresh: Program, words: tuple[str, ...]) -> None:
    """Sentences are for standard error."""
    answer = fresh(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err


@pytest.mark.logs("a command ended by a bug")
def test_a_bug_is_one_sentence_and_one_document(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody thought of: exit 1, the trace in the log only."""

    def broken(*_: object) -> None:
        raise LookupError("a bug of this test's own")

    monkeypatch.setattr("zbdesk.cli.shapes.status", broken)
    answer = program("status", "--json")
    assert answer.code == 1
    assert answer.json["result"] == "failed"
    answer.says("fault in itself", "the log has the details")
    assert "LookupError" in (program.place / "logs" / "zbdesk.log").read_text()


# Rule 1 and 2: environment and data directory


def test_the_data_directory_comes_from_the_environment_too(fresh: Program, tmp_path: Path) -> None:
    """``ZBDESK_DATA_DIR`` selects it; ``--data-dir`` wins; it is made for its owner only, parents included."""
    place, other = tmp_path / "a" / "b", tmp_path / "other"
    command = [word for word in fresh.command("status", "--json") if word not in {"--data-dir", str(fresh.place)}]
    import subprocess

    for words, environment, made in (
        (command, {"ZBDESK_DATA_DIR": str(place)}, place),
        ([*command[:3], "--data-dir", str(other), *command[3:]], {"ZBDESK_DATA_DIR": str(place / "c")}, other),
    ):
        done = subprocess.run(words, env=fresh.environment(**environment), capture_output=True, text=True, check=True)
        assert json.loads(done.stdout)["connection"]["state"] == "none"
        assert made.is_dir()
        if sys.platform != "win32":
            assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert not (place / "c").exists()


def test_the_data_directory_stands_before_the_command(fresh: Program, tmp_path: Path) -> None:
    """After the command it is wrong usage, and nothing is made."""
    assert fresh("status", "--data-dir", str(tmp_path / "late")).code == 2
    assert not (tmp_path / "late").exists()


def test_overrides_hold_for_one_process_and_are_not_written(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 1: the environment wins over the file, and connecting does not write it down."""
    program.settings("[sync]\npoll_seconds = 1200\n")
    for name, value in (
        ("ZBDESK_CALLS_PER_MINUTE", "500"), ("ZBDESK_CALLS_IN_PARALLEL", "1"), ("ZBDESK_REQUEST_TIMEOUT", "7.5"),
        ("ZBDESK_RETRY_BASE_SECONDS", "0.01"), ("ZBDESK_POLL_SECONDS", "3"), ("ZBDESK_WEBHOOK_PORT", "0"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    assert program(*program.connect_words()).code == 0
    program.works()
    text = (program.place / "settings.toml").read_text()
    assert text == "[sync]\npoll_seconds = 1200\n"


# Rules 4 to 8


def test_connect_read_only_pulls_only_and_connecting_again_turns_it(program: Program) -> None:
    """Rule 7: ``--read-only`` asks for reading alone; without it both ways; the record map stays each time."""
    ids = {row["remote_id"]: row["local_id"] for row in program.records()}
    assert program(*program.connect_words("--read-only")).code == 0
    assert program("status", "--json").json["connection"]["read_only"] is True
    assert program(*program.connect_words()).code == 0
    connection = program("status", "--json").json["connection"]
    assert connection["read_only"] is False
    assert any(scope.endswith(".CREATE") for scope in connection["scopes"])
    assert {row["remote_id"]: row["local_id"] for row in program.records()} == ids


def test_api_calls_are_books_calls(program: Program) -> None:
    """Rule 8: a token request is none, and what is reported is what the server has seen."""
    program.server.tokens.expire_access()
    before = len(program.server.requests)
    answer = program("sync", "--json", "--module", "items", "--module", "contacts")
    seen = list(program.server.requests)[before:]
    assert any(entry.path.endswith("/oauth/v2/token") for entry in seen)
    assert answer.json["api_calls"] == sum("/books/v3/" in entry.path for entry in seen)


def test_a_sync_that_leaves_a_problem_exits_with_3(program: Program) -> None:
    """Attention: the rest is read, ``problems`` says cause, message and remedy, and it goes by itself."""
    program.server.faults.fail(401, path="/bills", code=57, message="You are not authorized", times=50)
    answer = program("sync", "--json", "--module", "bills", "--module", "items")
    assert answer.code == 3
    assert answer.json["result"] == "attention"
    assert answer.json["problems"] == 1
    (problem,) = program("problems", "--json").json
    keys = "id module local_id number party cause message remedy code count since retry_at"
    assert list(problem) == keys.split()
    assert (problem["module"], problem["cause"]) == ("bills", "permission")
    assert problem["message"]
    assert problem["remedy"]
    assert STAMP.fullmatch(problem["since"])
    program.server.faults.clear()
    assert program("sync", "--json", "--full", "--module", "bills").code == 0
    assert program("problems", "--json").json == []
    program.works()


# Shapes


def test_status_has_the_contracts_keys(program: Program) -> None:
    """Connection, last sync, modules, counts, calls, webhooks; times in UTC, absent values null."""
    status = program("status", "--json").json
    top = "connection last_sync modules pending unknown conflicts problems api_calls_today api_calls_limit webhooks"
    assert status.keys() >= set(top.split())
    assert status["connection"].keys() >= {"state", "data_centre", "organization_id", "organization_name"}
    assert status["last_sync"].keys() >= {"started_at", "finished_at", "result"}
    assert STAMP.fullmatch(status["last_sync"]["started_at"])
    assert status["last_sync"]["result"] == "ok"
    wanted = {"remote", "local", "pending", "conflicts", "problems", "deleted", "cursor"}
    assert all(counts.keys() >= wanted for counts in status["modules"].values())
    assert status["modules"]["items"]["remote"] == len(program.records())
    assert status["webhooks"].keys() >= {"url", "last_event_at", "last_test"}
    assert floats(status) == []
    assert program("conflicts", "--json").json == []


def test_records_full_has_the_payloads_in_zohos_words(program: Program) -> None:
    """Rule 19: ``remote`` has Zoho's own field names; a mirrored record has no local and no synced side."""
    answer = program("records", "contacts", "--full", "--json").json
    assert all(list(row) == [*RECORD, "remote", "local", "synced"] for row in answer)
    assert all(row["remote"]["contact_id"] == row["remote_id"] for row in answer)
    assert all(row["local"] is None and row["synced"] is None for row in answer)
    assert floats(answer) == []
    assert {row["state"] for row in answer} == {"mirrored"}


def test_records_lists_all_deleted_ones_too_and_searches_three_fields(program: Program) -> None:
    """Rule 18: without ``--limit`` everything; ``--search`` looks at number, party and reference."""
    org = program.server.company.org(program.organization)
    invoice = org.all("invoices")[0]
    org.edit("invoices", invoice["invoice_id"], reference_number="Ref-Ünique-77")
    gone = org.put("items", {"name": "Gone tomorrow", "rate": 4})
    program("sync", "--json", "--module", "invoices", "--module", "items")
    org.delete("items", gone)
    program("sync", "--full", "--json", "--module", "items")
    rows = program.records()
    assert [row["state"] for row in rows if row["remote_id"] == str(gone)] == ["deleted"]
    assert len(rows) == len(org.all("items")) + 1
    assert len(program("records", "items", "--limit", "3", "--json").json) == 3
    assert program("records", "items", "--limit", "0", "--json").json == []

    def found(text: str) -> set[str]:
        return {row["remote_id"] for row in program("records", "invoices", "--search", text, "--json").json}

    assert str(invoice["invoice_id"]) in found(invoice["invoice_number"])
    assert str(invoice["invoice_id"]) in found(invoice["customer_name"].upper())
    assert found("Ref-Ünique-77") == {str(invoice["invoice_id"])}
    assert found("no such thing") == set()
    for row in program("records", "invoices", "--status", invoice["status"], "--json").json:
        assert row["status"] == invoice["status"]
        assert Decimal(row["total"]) >= Decimal(row["balance"])
        assert STAMP.fullmatch(row["modified_at"])


def test_exports_carry_the_keys_of_records(program: Program, tmp_path: Path) -> None:
    """Rule 27: CSV headings are the keys, JSON is a list of the same objects."""
    rows = program.records("contacts")
    assert program("export", "contacts", str(tmp_path / "c.csv")).code == 0
    assert program("export", "contacts", str(tmp_path / "c.JSON")).code == 0
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == RECORD
    assert len(table) == len(rows) + 1
    assert json.loads((tmp_path / "c.JSON").read_text(encoding="utf-8")) == rows
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "c.csv").stat().st_mode) == 0o600


def test_people_read_sentences_and_programs_one_document(program: Program) -> None:
    """``sync`` without ``--json`` leaves standard output empty; with it the message is the sentence."""
    answer = program("sync", "--module", "items")
    assert answer.code == 0
    assert answer.out == ""
    assert answer.err
    answer = program("sync", "--json", "--module", "items")
    assert answer.err.strip() == answer.json["message"]
    assert len(answer.out.strip().splitlines()) == 1


def test_doctor_finds_what_is_wrong_and_exits_with_1(program: Program) -> None:
    """A failing check is exit 1 with its remedy; with the cause gone it is 0."""
    file = program.place / "zbdesk.sqlite3"
    whole = file.read_bytes()
    file.write_bytes(b"no database" * 100)
    answer = program("doctor", "--json")
    assert answer.code == 1
    (database,) = [check for check in answer.json if check["name"] == "database"]
    assert database["state"] == "fail"
    assert database["remedy"]
    file.write_bytes(whole)
    assert program("doctor", "--json").code == 0


def test_every_failure_in_the_manual_names_a_test_that_exists() -> None:
    """``docs/failures.md`` and this directory are one: no row without its test, no stale name."""
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "failures.md").read_text(encoding="utf-8")))
    sources = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert named
    assert {name for name in named if f"def {name}(" not in sources} == set()
