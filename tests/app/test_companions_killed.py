"""Two organizations side by side in a process that is killed: each document reaches its own books once all the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from two_companies import ENVIRONMENT, PATIENCE, Company, customer, invoice, two_companies, wait_for

ROOT = Path(__file__).resolve().parents[2]
Two = tuple[Company, Company]


class Shell:
    """Types commands into processes of their own; ends what is left at the end."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.running: list[subprocess.Popen[str]] = []

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Begin one, with its output in a file: nobody reads a pipe of one that is to be killed."""
        place = ["--data-dir", str(self.place)] if words[0] != "demo-server" else []
        with (self.place.parent / f"out-{len(self.running)}.txt").open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "zbdesk", *place, *words],
                stdout=out,
                stderr=subprocess.STDOUT if words[0] == "run" else subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                text=True,
                cwd=self.place.parent,
                env={
                    **os.environ,
                    **ENVIRONMENT,
                    "PYTHONPATH": str(ROOT),
                    "PYTHONDONTWRITEBYTECODE": "1",
                    **environment,
                },
            )
        self.running.append(process)
        return process

    def output(self, process: subprocess.Popen[str]) -> str:
        """What it has printed so far."""
        return (self.place.parent / f"out-{self.running.index(process)}.txt").read_text()

    def __call__(self, *words: str) -> Any:
        """One command to its end: its JSON, None where it printed none."""
        process = self.start(*words)
        assert process.wait(60) in {0, 3}, self.output(process)
        text = self.output(process)
        return json.loads(text) if text.strip().startswith(("{", "[")) else None

    def kill(self, process: subprocess.Popen[str]) -> None:
        """As a power cut would."""
        process.kill()
        process.wait(20)

    def end(self) -> None:
        """End what a test left running."""
        for process in self.running:
            if process.poll() is None:
                self.kill(process)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Commands over an empty directory."""
    made = Shell(tmp_path / "data")
    yield made
    made.end()


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    """Two companies of one seed, both connected; Foods is in use."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    yield from two_companies(tmp_path / "data")


def test_a_kill_between_sending_and_answer_in_both_makes_no_second_document(two: Two, shell: Shell) -> None:
    """Both creates are in Zoho and neither answer is here when the power goes: each is looked up, none is repeated."""
    for company, rate in zip(two, ("40.00", "55.00"), strict=True):
        company.put("contacts", customer(company.name))
        company.put("invoices", *(invoice(company.name, number, rate) for number in (1, 2, 3)))
    held = [company.server.faults.hold(path="/books/v3/invoices", method="POST", after=True) for company in two]
    process = shell.start("run", "--all-organizations", "--json")
    for company, hold in zip(two, held, strict=True):
        assert hold.arrived.wait(PATIENCE), shell.output(process)
        assert company.sent()
    shell.kill(process)
    for hold in held:
        hold.release()
    process = shell.start("run", "--all-organizations", "--json")
    wait_for(lambda: all(len(company.sent()) == 3 for company in two), "all are there")
    more = [len(company.server.requests.books()) for company in two]
    wait_for(
        lambda: all(len(one.server.requests.books()) > before + 8 for one, before in zip(two, more, strict=True)),
        "some passes more",
    )
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    for company, total in zip(two, ("80.00", "110.00"), strict=True):
        assert company.sent() == [(f"NW-{number:04d}", company.name, total) for number in (1, 2, 3)]
        assert company.customers() == [f"ap@{company.name}.example"]
    lines = [json.loads(line) for line in shell.output(process).splitlines()]
    ended = [line for line in lines if line["event"] == "run_finished"]
    assert {line.get("connection_id") for line in ended} == {None, two[0].key}


def token_of(demo: dict[str, Any]) -> str:
    """An access token of our own, apart from zbdesk: asked for once, since codes are counted."""
    code = httpx.get(f"{demo['api_url']}/demo/grant-code", trust_env=False).json()["grant_code"]
    form = {
        "grant_type": "authorization_code", "code": code, "client_id": demo["client_id"],
        "client_secret": demo["client_secret"],
    }  # fmt: skip
    return str(httpx.post(f"{demo['api_url']}/oauth/v2/token", data=form, trust_env=False).json()["access_token"])


def listed(demo: dict[str, Any], token: str, organization: str) -> dict[str, list[dict[str, Any]]]:
    """What the books of one organization hold, by Zoho's own API."""
    found = {}
    with httpx.Client(base_url=demo["api_url"], trust_env=False, timeout=20) as http:
        for module in ("contacts", "invoices"):
            answer = http.get(
                f"/books/v3/{module}",
                params={"organization_id": organization, "per_page": "200", "sort_column": "created_time"},
                headers={"Authorization": f"Zoho-oauthtoken {token}"},
            )
            found[module] = list(answer.json()[module])
    return found


def said(shell: Shell, process: subprocess.Popen[str], words: tuple[str, ...]) -> bool:
    """Whether the loop has printed one of these words."""
    return any(word in shell.output(process) for word in words)


def all_there(demo: dict[str, Any], token: str, organization: str) -> bool:
    """Whether all five invoices are in the books of this organization, or more."""
    ours = [one for one in listed(demo, token, organization)["invoices"] if one["invoice_number"].startswith("NW-")]
    return len(ours) >= 5


def test_both_organizations_of_the_demo_server_from_outside(shell: Shell, tmp_path: Path) -> None:
    """Only commands and kills: put into each, run both with the power cut thrice, ask Zoho's API what is there."""
    server = shell.start("demo-server", "--seed", "7", "--json")
    wait_for(lambda: shell.output(server).strip().endswith("}"), "the demo server")
    demo = json.loads(shell.output(server))
    (tmp_path / "secret.txt").write_text(demo["client_secret"] + "\n")
    ids = [one["organization_id"] for one in demo["organizations"]]
    assert len(ids) == 2
    for number, organization in enumerate(ids):
        code = httpx.get(f"{demo['api_url']}/demo/grant-code", trust_env=False).json()["grant_code"]
        shell(
            "connect", "--region", "custom", "--accounts-url", demo["accounts_url"], "--api-url", demo["api_url"],
            "--client-id", demo["client_id"], "--client-secret-file", str(tmp_path / "secret.txt"),
            "--grant-code", code, "--organization", organization,
        )  # fmt: skip
        name = f"company{number}"
        for module, documents in (
            ("contacts", [customer(name)]),
            ("invoices", [invoice(name, one, "40.00") for one in range(1, 6)]),
        ):
            file = tmp_path / "documents.json"
            file.write_text(json.dumps(documents))
            assert {one["result"] for one in shell("put", module, str(file), "--json")} == {"created"}
    token = token_of(demo)
    for words in (("run_started",), ("module_progress",), ("pushing", "run_finished")):
        process = shell.start("run", "--all-organizations", "--json")
        wait_for(partial(said, shell, process, words), f"one of {words}")
        shell.kill(process)
    process = shell.start("run", "--all-organizations", "--json")
    for organization in ids:
        wait_for(partial(all_there, demo, token, organization), f"all invoices in {organization}")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    for number, organization in enumerate(ids):
        books = listed(demo, token, organization)
        ours = sorted(
            (one["invoice_number"], one["reference_number"])
            for one in books["invoices"]
            if one["invoice_number"].startswith("NW-")
        )
        assert ours == [(f"NW-{one:04d}", f"company{number}") for one in range(1, 6)]
        emails = [one["email"] for one in books["contacts"] if one["contact_name"] == "Northwind Traders"]
        assert emails == [f"ap@company{number}.example"]
