"""The way of the webhooks by the command line, from choosing a tunnel to setting up and removing, on a whole desk."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.cli.conftest import Terminal
from zbdesk.app import way, webhooks
from zbdesk.app.desk import Desk
from zbdesk.demo.server import DemoServer


def free_port() -> int:
    """A port of loopback that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for a condition; fails when it does not come true in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """The listener's port."""
    chosen = free_port()
    monkeypatch.setenv("ZBDESK_WEBHOOK_PORT", str(chosen))
    return chosen


class Own:
    """An own system that takes what is passed on."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        own = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                own.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/events"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def own() -> Iterator[Own]:
    """One."""
    made = Own()
    yield made
    made.stop()


@pytest.fixture
def running(terminal: Terminal, port: int) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """``zbdesk run`` as a process of its own; ended at the end."""
    started: list[subprocess.Popen[str]] = []
    readers: list[threading.Thread] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "zbdesk", "--data-dir", str(terminal.place), "run", "--json"]
        environment = {**os.environ, "ZBDESK_WEBHOOK_PORT": str(port)}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        started.append(process)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"event": "ready"}
        drains = threading.Thread(target=process.stdout.read)
        drains.start()
        readers.append(drains)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(15)
        readers.pop(0).join()
        assert process.stdout is not None
        process.stdout.close()


def test_without_an_address_the_test_says_what_is_missing(terminal: Terminal, port: int) -> None:
    """The listener is good, the tunnel is missing, exit 1 with a document."""
    terminal.connect()
    answer = terminal("webhooks", "test", "--json")
    assert answer.code == 1
    assert (answer.json["leg"], answer.json["message"]) == ("tunnel", "There is no public address yet.")
    assert [leg["state"] for leg in answer.json["legs"]][3] == "ok"


def test_the_test_is_stored_and_shown(terminal: Terminal, port: int) -> None:
    """Status and webhooks show tell of the last test in the same words."""
    terminal.connect()
    terminal("webhooks", "tunnel", "own", "--address", f"http://127.0.0.1:{port}")
    tested = terminal("webhooks", "test", "--json")
    assert (tested.code, tested.json["ok"]) == (0, True)
    status = terminal("status", "--json").json["webhooks"]
    assert status["last_test"]["message"] == "The way from the internet to this computer is open."
    assert status["url"].startswith(f"http://127.0.0.1:{port}/webhooks/zoho/")
    shown = terminal("webhooks", "show", "--json").json
    assert shown["last_test"] == status["last_test"]
    assert shown["tunnel"]["kind"] == "own"


def test_an_incomplete_tunnel_is_named_by_the_test(terminal: Terminal, port: int) -> None:
    """Ssh without a server: said by the tunnel leg, with what is missing."""
    terminal.connect()
    assert terminal("webhooks", "tunnel", "ssh").code == 0
    answer = terminal("webhooks", "test", "--json")
    assert answer.json["leg"] == "tunnel"
    assert "not set up to its end" in answer.json["message"]
    assert terminal("webhooks", "tunnel", "own", "--address", "https://ada:x@hooks.example").code == 2
    assert terminal("webhooks", "tunnel", "off").code == 0


def test_setting_up_makes_rules_that_reach_this_computer_and_removing_takes_them_away(
    terminal: Terminal, server: DemoServer, port: int, running: Callable[[], subprocess.Popen[str]], own: Own
) -> None:
    """From nothing to a change in Zoho Books that is here and passed on, by commands alone."""
    terminal.connect()
    terminal("webhooks", "set-url", f"http://127.0.0.1:{port}")
    terminal("sync")
    plan = terminal("webhooks", "setup", "--dry-run", "--json").json
    assert plan["dry_run"]
    assert plan["steps"][0]["webhook"]["secret"] == "(the secret)"
    assert server.world.books.automation.rules() == []
    made = terminal("webhooks", "setup", "--json")
    assert made.code == 0
    assert {step["result"] for step in made.json["steps"]} == {"made"}
    running()
    added = terminal("webhooks", "targets", "add", own.url, "--module", "contacts", "--json").json
    again = terminal("webhooks", "targets", "add", own.url)
    assert again.code == 2
    contact = terminal("records", "contacts", "--limit", "1", "--json").json[0]["remote_id"]
    changed = edit_contact(server, terminal, contact)
    until(lambda: any(json.loads(body)["remote_id"] == changed for _, body in own.got))
    headers, body = next(got for got in own.got if json.loads(got[1])["remote_id"] == changed)
    assert json.loads(body)["record"]["notes"] == "from the demo"
    assert headers["x-zbdesk-event"] == "contacts.changed"
    assert len(added["secret"]) == 40
    tested = terminal("webhooks", "test", "--json")
    assert tested.json["ok"]
    deliveries = terminal("webhooks", "deliveries", "--json").json
    assert {line["state"] for line in deliveries} == {"done"}
    assert terminal("webhooks", "targets", "remove", str(added["id"])).code == 0
    assert terminal("webhooks", "targets", "--json").json == []


def edit_contact(server: DemoServer, terminal: Terminal, contact_id: str) -> str:
    """A person edits a contact in Zoho Books."""
    import httpx

    known = server.credentials
    code = known.grant_code()
    with httpx.Client(trust_env=False) as http:
        token = http.post(
            f"{known.accounts_url}/oauth/v2/token",
            data={
                "grant_type": "authorization_code",
                "code": code,
                "client_id": known.client_id,
                "client_secret": known.client_secret,
            },
        ).json()["access_token"]
        answer = http.put(
            f"{known.api_url}/books/v3/contacts/{contact_id}",
            params={"organization_id": terminal.organization},
            headers={"Authorization": f"Zoho-oauthtoken {token}"},
            json={"notes": "from the demo"},
        )
        assert answer.status_code == 200, answer.text
    return contact_id


def test_disconnecting_takes_the_webhooks_away(terminal: Terminal, server: DemoServer, port: int) -> None:
    """What zbdesk made in Zoho Books does not outlive the connection."""
    terminal.connect()
    terminal("webhooks", "set-url", f"http://127.0.0.1:{port}")
    assert terminal("webhooks", "setup").code == 0
    assert server.world.books.automation.rules()
    assert terminal("disconnect").code == 0
    assert server.world.books.automation.rules() == []


def test_a_sign_in_without_the_permission_says_which(terminal: Terminal, server: DemoServer, port: int) -> None:
    """Exit 1 and the scope's name; nothing is made."""
    known = server.credentials
    narrow = known.grant_code(scopes=("ZohoBooks.settings.READ", "ZohoBooks.invoices.READ"))
    terminal.connect(code=narrow)
    terminal("webhooks", "set-url", f"http://127.0.0.1:{port}")
    answer = terminal("webhooks", "setup", "--json")
    assert answer.code == 1
    assert "ZohoBooks.settings.CREATE" in answer.json["message"]
    assert server.world.books.automation.rules() == []


def test_the_windows_own_sync_thread_tests_the_way(terminal: Terminal, port: int) -> None:
    """A desk whose sync thread runs never opens a second writer: the order goes to its own listener."""
    terminal.connect()
    terminal("webhooks", "set-url", f"http://127.0.0.1:{port}")
    with Desk.open(terminal.place) as desk:
        assert desk.start(lambda _event: None)

        def tested() -> bool:
            overview = desk.read(lambda reader: reader.webhook_overview()).result()
            return overview is not None and overview.way is not None and overview.way.test is not None

        until(tested)
        found = asyncio.run(way.test_now(desk))
        assert (found.ok, found.cause) == (True, "user")
        webhooks.set_public_url(desk, "https://other.example")
        overview = desk.read(lambda reader: reader.webhook_overview()).result()
        assert overview is not None
        assert (overview.public_url or "").startswith("https://other.example/")
