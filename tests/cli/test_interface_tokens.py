"""The interface as a person sets it up: on, a token, a program that asks while `run` runs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import httpx
import pytest

from tests.cli.conftest import Terminal


def free_port() -> int:
    """A port that nobody has."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_tokens_are_shown_once_and_listed_without_themselves(terminal: Terminal) -> None:
    """A name is taken only once, a revoked token frees it, and the list never shows a token."""
    terminal.connect()
    made = terminal("interface", "token", "new", "--name", "shop", "--json").json
    assert made["token"].startswith("zbdesk_")
    assert terminal("interface", "token", "new", "--name", "shop").code == 2
    listed = terminal("interface", "token", "list", "--json")
    assert [one["name"] for one in listed.json] == ["shop"]
    assert made["token"] not in listed.out
    assert terminal("interface", "token", "revoke", "shop").code == 0
    assert terminal("interface", "token", "revoke", "shop").code == 2
    assert terminal("interface", "token", "new", "--name", "shop").code == 0


def test_the_interface_is_off_until_it_is_switched_on(terminal: Terminal) -> None:
    """Nothing listens by default, and the network is a choice of its own."""
    assert terminal("interface", "show", "--json").json["enabled"] is False
    assert terminal("interface", "on").code == 0
    shown = terminal("interface", "show", "--json").json
    assert (shown["enabled"], shown["network"]) == (True, False)
    assert terminal("interface", "off").code == 0
    assert terminal("interface", "show", "--json").json["enabled"] is False


def test_a_program_writes_while_run_runs_and_the_document_reaches_zoho(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token made beside the running loop is good at once, and a program's document leaves by itself."""
    terminal.connect()
    assert terminal("interface", "on").code == 0
    ports = {"ZBDESK_INTERFACE_PORT": str(free_port()), "ZBDESK_WEBHOOK_PORT": str(free_port())}
    for name, port in ports.items():
        monkeypatch.setenv(name, port)
    program = [sys.executable, "-m", "zbdesk", "--data-dir", str(terminal.place), "run", "--json"]
    running = subprocess.Popen(program, stdout=subprocess.PIPE, env=dict(os.environ), text=True)
    try:
        assert running.stdout is not None
        seen = iter(running.stdout.readline, "")
        assert any(json.loads(line)["event"] == "ready" for line in seen)
        token = terminal("interface", "token", "new", "--name", "shop", "--json").json["token"]
        base = f"http://127.0.0.1:{ports['ZBDESK_INTERFACE_PORT']}/v1"
        with httpx.Client(headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=20) as http:
            assert http.get(f"{base}/status").status_code == 200
            answer = http.post(f"{base}/contacts", json={"source_id": "C-1", "contact_name": "By a program"})
            assert (answer.status_code, answer.json()["result"]) == (201, "created")
            with http.stream("GET", f"{base}/events", params={"after": "0", "modules": "contacts"}) as stream:
                told = (json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))
                assert any(one["source_id"] == "C-1" and one["state"] == "synced" for one in told)
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
        running.stdout.close()
    organization = terminal.server.company.organizations[terminal.organization]
    assert [row["contact_name"] for row in organization.all("contacts")].count("By a program") == 1
