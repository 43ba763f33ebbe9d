"""Whole programs in trouble: real processes, or the command line in this one, over copies of a working connection."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zbdesk.app.consent import Debounce
from zbdesk.app.log import stop_logging
from zbdesk.cli.main import run
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.domain.modules import MODULES as ALL_MODULES
from zbdesk.domain.modules import scopes_for
from zbdesk.vault.sealed import Cost

PASSPHRASE = "only for these tests"
ROOT = Path(__file__).resolve().parents[2]
MODULES = ("contacts", "items")


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Answer:
    """What one command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)

    def says(self, *words: str) -> Answer:
        """Hold that each of these words of cause and remedy stands on standard error; returns itself."""
        for word in words:
            assert word in self.err, f"“{word}” is missing in: {self.err}"
        return self


class Program:
    """Types commands into one data directory: ``self(...)`` in this process, ``start`` and ``real`` in another."""

    def __init__(self, place: Path, server: DemoServer, port: int, capsys: pytest.CaptureFixture[str]) -> None:
        self.place = place
        self.server = server
        self.port = port
        self._capsys = capsys
        self._started: list[subprocess.Popen[str]] = []
        self.secret_file = place.parent / "secret.txt"
        self.secret_file.write_text(server.credentials.client_secret + "\n")

    # In this process

    def __call__(self, *words: str) -> Answer:
        """One command, to its end."""
        self._capsys.readouterr()
        try:
            code = run(["--data-dir", str(self.place), *words], lambda *_: 0)
        finally:
            stop_logging()
        captured = self._capsys.readouterr()
        return self._checked(Answer(code, captured.out, captured.err))

    # In a process of its own

    def command(self, *words: str) -> list[str]:
        """The command line as a list."""
        return [sys.executable, "-m", "zbdesk", "--data-dir", str(self.place), *words]

    @staticmethod
    def environment(**more: str) -> dict[str, str]:
        """What a process of its own is given."""
        return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}

    def start(self, *words: str, stdout: int | Any = subprocess.PIPE, **environment: str) -> subprocess.Popen[str]:
        """Begin ``python -m zbdesk``; it is ended with the test at the latest."""
        process = subprocess.Popen(
            self.command(*words),
            stdout=stdout,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            cwd=self.place.parent,
            env=self.environment(**environment),
        )
        self._started.append(process)
        return process

    def end(self, process: subprocess.Popen[str], seconds: float = 30) -> Answer:
        """Wait for a process and return its answer."""
        out, err = process.communicate(timeout=seconds)
        return self._checked(Answer(process.returncode, out or "", err or ""))

    def real(self, *words: str, **environment: str) -> Answer:
        """One command in a process of its own, to its end."""
        return self.end(self.start(*words, **environment))

    def end_all(self) -> None:
        """End what a test left running."""
        for process in self._started:
            if process.poll() is None:
                process.kill()
            with suppress(ValueError):  # its pipes were closed by the test
                process.communicate()

    # Words

    @property
    def organization(self) -> str:
        """The first organization's id."""
        return next(iter(self.server.company.organizations))

    def sign_in_words(self, *more: str, client_id: str | None = None) -> tuple[str, ...]:
        """``connect`` for the browser."""
        known = self.server.credentials
        return (
            "connect", "--region", "custom", "--accounts-url", known.accounts_url, "--api-url", known.api_url,
            "--client-id", client_id or known.client_id, "--client-secret-file", str(self.secret_file), *more,
        )  # fmt: skip

    def connect_words(self, *more: str, code: str | None = None, organization: str | None = None) -> tuple[str, ...]:
        """``connect`` with a self-client code."""
        return self.sign_in_words(
            "--grant-code", code or self.server.credentials.grant_code(),
            "--organization", organization or self.organization, *more,
        )  # fmt: skip

    def settings(self, text: str) -> None:
        """Write the settings file."""
        self.place.mkdir(mode=0o700, exist_ok=True)
        (self.place / "settings.toml").write_text(text, encoding="utf-8")

    # What must not change

    def records(self, module: str = "items") -> Any:
        """What ``records --json`` lists."""
        answer = self("records", module, "--json")
        assert answer.code == 0, answer.err
        return answer.json

    def works(self) -> None:
        """The connection from before is there, with its records, and reads what has changed since."""
        assert self("status", "--json").json["connection"]["organization_id"] == self.organization
        before = {row["remote_id"]: row["local_id"] for row in self.records()}
        assert before
        org = self.server.company.org(self.organization)
        item = org.put("items", {"name": f"After the trouble {len(self.server.requests)}", "rate": 3})
        answer = self("sync", "--json", "--module", "items")
        assert answer.code == 0, answer.out + answer.err
        after = {row["remote_id"]: row["local_id"] for row in self.records()}
        assert str(item) in after
        assert {key: after[key] for key in before} == before
        org.delete("items", item)

    def _checked(self, answer: Answer) -> Answer:
        """No traceback and no secret, whatever happened."""
        shown = answer.out + answer.err
        assert "Traceback" not in shown, shown
        assert "Exception ignored" not in shown, shown
        assert "Logging error" not in shown, shown
        tokens = self.server.tokens
        secrets = [self.server.credentials.client_secret, *tokens.access_tokens(), *tokens.refresh_tokens(), PASSPHRASE]
        assert [secret for secret in secrets if secret in shown] == []
        return answer


@pytest.fixture(scope="session")
def callback_port() -> int:
    """The port that the demo's client has registered for its redirect."""
    return free_port()


@pytest.fixture(scope="session")
def _server(callback_port: int) -> Iterator[DemoServer]:
    redirects = (f"http://localhost:{callback_port}/callback",)
    with DemoServer(DemoOptions(redirect_uris=redirects, token_requests=None)) as server:
        yield server


@pytest.fixture
def server(_server: DemoServer) -> Iterator[DemoServer]:
    """One demo company for all, without faults at the start and the end of each test."""
    yield _server
    _server.faults.clear()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sealed vault and quick retries, for this process and those it starts."""
    monkeypatch.setenv("ZBDESK_VAULT_PASSPHRASE", PASSPHRASE)
    # The cheapest that is still accepted; a sealed file keeps it, so processes of their own are quick too.
    monkeypatch.setattr(Cost.__init__, "__defaults__", (2**15, 8, 1))
    monkeypatch.setenv("ZBDESK_CALLS_PER_MINUTE", "0")
    monkeypatch.setenv("ZBDESK_RETRY_BASE_SECONDS", "0.001")


@pytest.fixture
def fresh(
    tmp_path: Path, server: DemoServer, callback_port: int, capsys: pytest.CaptureFixture[str]
) -> Iterator[Program]:
    """An empty data directory."""
    program = Program(tmp_path / "data", server, callback_port, capsys)
    yield program
    server.faults.clear()
    program.end_all()


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template")


@pytest.fixture
def program(fresh: Program, _template: Path) -> Program:
    """A data directory with a connection and some records: a copy of one that was made once."""
    kept, token = _template / "data", _template / "token"
    if not kept.exists():
        answer = fresh(*fresh.connect_words())
        assert answer.code == 0, answer.err
        answer = fresh("sync", "--json", *(word for name in MODULES for word in ("--module", name)))
        assert answer.code == 0, answer.err
        shutil.copytree(fresh.place, kept)
        token.write_text(fresh.server.tokens.refresh_tokens()[-1])
        return fresh
    shutil.copytree(kept, fresh.place)
    if token.read_text() not in fresh.server.tokens.refresh_tokens():
        # An earlier test signed in anew or had it revoked; each test starts from the same state.
        fresh.server.adopt(token.read_text(), scopes_for(ALL_MODULES, write=True))
    return fresh


Browse = Callable[[Callable[[str], str]], list[str]]


@pytest.fixture
def browser(fresh: Program, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browse]:
    """``browser(person)``: a browser whose person answers the consent address with the redirect to follow."""
    monkeypatch.setattr("zbdesk.app.connect._debounce", Debounce())  # tests sign in more often than Zoho likes
    opened: list[str] = []
    threads: list[threading.Thread] = []
    fresh.settings(f"[network]\nredirect_ports = [{fresh.port}]\n")

    def sit(person: Callable[[str], str]) -> list[str]:
        def go(url: str) -> None:
            redirect = person(url)
            if redirect:
                urllib.request.urlopen(redirect, timeout=10).close()

        def open_url(url: str) -> bool:
            opened.append(url)
            threads.append(threading.Thread(target=go, args=(url,)))
            threads[-1].start()
            return True

        monkeypatch.setattr("webbrowser.open", open_url)
        return opened

    yield sit
    for thread in threads:
        thread.join(10)
