"""A demo server and a command line that runs in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zbdesk.app.log import stop_logging
from zbdesk.cli.main import run
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer


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


class Terminal:
    """Types commands into a data directory."""

    def __init__(self, place: Path, server: DemoServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.place = place
        self.server = server
        self._capsys = capsys
        self.windows: list[tuple[object, ...]] = []
        self.secret_file = place.parent / "secret.txt"
        self.secret_file.write_text(server.credentials.client_secret + "\n")

    def __call__(self, *words: str) -> Answer:
        """Type one command line and return what it gave back."""
        self._capsys.readouterr()
        try:
            code = run(["--data-dir", str(self.place), *words], self._show)
        finally:
            stop_logging()
        captured = self._capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    def _show(self, *arguments: object) -> int:
        self.windows.append(arguments)
        return 0

    @property
    def organization(self) -> str:
        """The first organization's id."""
        return next(iter(self.server.company.organizations))

    def connect(self, *more: str, organization: str | None = None, code: str | None = None) -> Answer:
        """Connect with a self-client code."""
        known = self.server.credentials
        return self(
            "connect", "--region", "custom", "--accounts-url", known.accounts_url, "--api-url", known.api_url,
            "--client-id", known.client_id, "--client-secret-file", str(self.secret_file),
            "--grant-code", code or known.grant_code(), "--organization", organization or self.organization, *more,
        )  # fmt: skip


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """A fresh demo company on loopback."""
    server = DemoServer(DemoOptions())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def terminal(
    tmp_path: Path, server: DemoServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """The command line over an empty data directory, with a sealed vault and quick retries."""
    monkeypatch.setenv("ZBDESK_VAULT_PASSPHRASE", "only for tests")
    monkeypatch.setenv("ZBDESK_CALLS_PER_MINUTE", "0")
    monkeypatch.setenv("ZBDESK_RETRY_BASE_SECONDS", "0.001")
    return Terminal(tmp_path / "data", server, capsys)


@pytest.fixture(name="run")
def _started_run(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Start ``zbdesk run`` as processes of their own (``webhook_run.Run``); all end with the test."""
    from tests.cli.webhook_run import starting

    yield from starting(terminal, monkeypatch)
