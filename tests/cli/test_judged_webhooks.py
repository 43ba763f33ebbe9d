"""The listener judged from outside: who may give it orders, what a revoked secret still opens, what a sync looks at."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from signal import SIGKILL
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Terminal
from tests.cli.webhook_run import Run, is_kept, post, results, secret_of, until, url_of

CONTROL = b"zbdesk control\n"


def ask(url: str, body: bytes, headers: dict[str, str], host: str = "localhost") -> int:
    """A request as a tunnel sends it that writes its own Host; returns the status."""
    where = urlsplit(url)
    line = http.client.HTTPConnection("127.0.0.1", where.port or 80, timeout=20)
    try:
        line.request("POST", where.path, body, {"Host": host, **headers})
        return line.getresponse().status
    finally:
        line.close()


def order(**what: object) -> bytes:
    """An order as the command line writes it."""
    return json.dumps({**what, "nonce": "1", "at": datetime.now(UTC).isoformat()}).encode()


def test_who_knows_only_the_webhook_secret_gives_no_orders(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Everybody with Zoho's settings knows the secret, and a tunnel makes every Host local: orders need another key."""
    terminal.connect()
    secret, url = secret_of(terminal), url_of(terminal)
    running = run()
    running.ready()
    body = order(public_url="https://thief.example/webhooks/zoho/x")
    forged = hmac.new(secret.encode(), CONTROL + body, hashlib.sha256).hexdigest()
    assert ask(f"{url}/control", body, {"X-Zbdesk-Control": forged}) == 401
    assert terminal("webhooks", "show", "--json").json["public_url"] is None
    key_file = terminal.place / "control.key"
    assert key_file.stat().st_mode & 0o077 == 0
    right = hmac.new(key_file.read_bytes(), CONTROL + body, hashlib.sha256).hexdigest()
    assert ask(f"{url}/control", body, {"X-Zbdesk-Control": right}, host="hooks.example.com") == 404
    assert terminal("webhooks", "set-url", "https://hooks.example.com").code == 0
    assert terminal("webhooks", "show", "--json").json["public_url"].startswith("https://hooks.example.com/")
    key = key_file.read_text()
    assert key not in "".join(file.read_text() for file in (terminal.place / "logs").iterdir())
    assert running.end() == 0


def test_a_key_that_is_gone_is_made_anew_and_goes_with_the_connection(
    terminal: Terminal, run: Callable[..., Run]
) -> None:
    """A spoilt key file stops nothing; disconnecting leaves none behind."""
    terminal.connect()
    key_file = terminal.place / "control.key"
    key_file.write_bytes(b"\xff\xfe spoilt")
    running = run()
    running.ready()
    assert len(key_file.read_text()) == 64
    assert terminal("webhooks", "set-url", "https://hooks.example.com").code == 0
    assert running.end() == 0
    assert terminal("disconnect").code == 0
    assert not key_file.exists()


def test_a_secret_that_was_ended_opens_nothing_from_that_moment(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Two rotations end a secret that leaked; the running listener must not wait for a bad signature to notice."""
    terminal.connect()
    leaked, url = secret_of(terminal), url_of(terminal)
    running = run()
    running.ready()
    assert post(url, leaked, {"invoice": {"invoice_id": "1"}}) == 200
    second = secret_of(terminal)
    third = secret_of(terminal)
    assert post(url, leaked, {"invoice": {"invoice_id": "2"}}) == 401
    assert post(url, second, {"invoice": {"invoice_id": "3"}}) == 200
    assert post(url, third, {"invoice": {"invoice_id": "4"}}) == 200
    assert running.end() == 0


def test_a_sync_looks_at_what_the_killed_listener_had_stored(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Acknowledged, then killed: the next sync on the command line finds the deletion that only the event told of."""
    terminal.connect()
    terminal("sync")
    org = terminal.server.company.org()
    one = org.put("invoices", customer_id=org.ids("contacts")[0], status="draft")
    terminal("sync")
    secret, url = secret_of(terminal), url_of(terminal)
    running = run()
    running.ready()
    until(lambda: any(line["event"] == "run_finished" for line in running.lines))
    org.delete("invoices", one)
    # Zoho's answer stays out, so the event can only wait; then the power goes.
    held = terminal.server.faults.hold(path=f"/invoices/{one}")
    assert post(f"{url}/invoices/deleted", secret, {"invoice": {"invoice_id": one}}) == 200
    running.end(SIGKILL)
    held.release()
    assert is_kept(terminal)
    assert not {"deleted", "not_in_zoho"} & set(results(terminal))
    assert terminal("sync").code in {0, 3}
    assert terminal("webhooks", "events", "--json").json[0]["result"] == "deleted"
    shown = [row for row in terminal("records", "invoices", "--json").json if row["remote_id"] == one]
    assert [row["state"] for row in shown] == ["deleted"]


def test_an_event_that_is_replayed_while_nothing_runs_is_looked_at_by_the_next_sync(
    terminal: Terminal, run: Callable[..., Run]
) -> None:
    """``replay`` promises it."""
    terminal.connect()
    terminal("sync")
    secret, url = secret_of(terminal), url_of(terminal)
    running = run()
    running.ready()
    one = terminal.server.company.org().ids("invoices")[0]
    assert post(url, secret, {"invoice": {"invoice_id": one}}) == 200
    until(lambda: results(terminal) == ["updated"])
    assert running.end() == 0
    (event,) = terminal("webhooks", "events", "--json").json
    assert terminal("webhooks", "replay", str(event["id"])).code == 0
    assert terminal("webhooks", "events", "--json").json[0]["result"] == "waiting"
    terminal("sync")
    assert terminal("webhooks", "events", "--json").json[0]["result"] == "updated"


@pytest.mark.parametrize("host", ["thief.example@127.0.0.1", "127.0.0.1/x", "127.0.0.1?x", "127.0.0.1#x"])
def test_a_host_that_hides_another_name_is_refused(terminal: Terminal, run: Callable[..., Run], host: str) -> None:
    """What stands before an @ or behind a slash makes parsers differ about the name; none of it is a host."""
    terminal.connect()
    running = run()
    running.ready()
    secret, url = secret_of(terminal), url_of(terminal)
    body = b'{"invoice":{"invoice_id":"1"}}'
    sign = {"X-Zoho-Webhook-Signature": hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}
    assert ask(url, body, sign, host=host) == 404
    assert ask(url, body, sign) == 200
    assert running.end() == 0


def test_a_body_too_large_or_misdirected_is_answered_not_cut_off(terminal: Terminal, run: Callable[..., Run]) -> None:
    """A sender that is still sending gets 413 or 404, not a broken line, whatever it has announced."""
    terminal.connect()
    running = run()
    running.ready()
    url = url_of(terminal)
    large = b"x" * (20 * 1024 * 1024)
    assert ask(url, large, {}) == 413
    assert ask(url[:-1], large, {}) == 404
    where = urlsplit(url)
    with socket.create_connection(("127.0.0.1", where.port), timeout=20) as line:
        head = (
            f"POST {where.path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"
        )
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    assert running.end() == 0
