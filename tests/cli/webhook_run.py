"""``zbdesk run`` as a process of its own, and what tests about webhooks ask of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.conftest import Terminal
from zbdesk.demo.webhooks import signed

ROOT = Path(__file__).resolve().parents[2]
JSON = "application/json"


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """``run --json`` in a process of its own, with its lines as they come."""

    def __init__(self, place: Path, **environment: str) -> None:
        self.lines: list[dict[str, Any]] = []
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zbdesk", "--data-dir", str(place), "run", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.lines.append(json.loads(line))
                self._news.notify_all()

    def wait(self, fits: Callable[[dict[str, Any]], bool], seconds: float = 60) -> None:
        """Wait until a line fits."""
        with self._news:
            assert self._news.wait_for(lambda: any(fits(line) for line in self.lines), seconds), self.lines[-5:]

    def ready(self) -> None:
        """Wait until the listener answers."""
        self.wait(lambda line: line["event"] == "ready")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(20)
        self._reader.join(20)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        return code


def starting(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    """Start ``run``, with a port of its own; all end with the test."""
    started: list[Run] = []
    monkeypatch.setenv("ZBDESK_WEBHOOK_PORT", str(free_port()))

    def start(**environment: str) -> Run:
        started.append(Run(terminal.place, **environment))
        return started[-1]

    yield start
    for one in started:
        with suppress(ProcessLookupError):
            one.end(signal.SIGKILL)


def url_of(terminal: Terminal) -> str:
    """The listener's address."""
    return str(terminal("webhooks", "show", "--json").json["local_url"])


def secret_of(terminal: Terminal) -> str:
    """A new secret."""
    return str(terminal("webhooks", "rotate-secret", "--json").json["secret"])


def post(url: str, secret: str, payload: object) -> int:
    """A signed event; returns the status."""
    body = json.dumps(payload).encode()
    headers = {"Content-Type": JSON, "X-Zoho-Webhook-Signature": signed(secret, "", JSON, body)}
    with httpx.Client(trust_env=False) as http:
        return http.post(url, content=body, headers=headers).status_code


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for a condition of another process."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        threading.Event().wait(0.02)


def results(terminal: Terminal) -> list[str]:
    """What became of each event, the newest first."""
    return [event["result"] for event in terminal("webhooks", "events", "--json").json]


def is_kept(terminal: Terminal) -> bool:
    """Whether what was acknowledged is on the disk: in the inbox, or aside where the database was busy."""
    aside = [file for file in terminal.place.glob("webhooks-*.spool") if file.stat().st_size]
    return bool(results(terminal)) or bool(aside)
