"""``webhooks ...`` and the listener of ``run``, as another program sees them: real processes, real sockets."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.cli.webhook_run import JSON, Run, is_kept, post, results, secret_of, until, url_of
from zbdesk.demo.webhooks import Rule, encoded


def shown(terminal: Terminal, remote_id: str) -> dict[str, Any]:
    """The invoice as the table has it."""
    return next((one for one in terminal("records", "invoices", "--json").json if one["remote_id"] == remote_id), {})


def test_without_a_connection_there_is_one_sentence(terminal: Terminal) -> None:
    """No command about webhooks works before there is something to hear of."""
    for words in (("show",), ("rotate-secret",), ("replay", "1"), ("set-url", "https://x.example")):
        answer = terminal("webhooks", *words)
        assert (answer.code, answer.out) == (1, "")
        assert "not connected" in answer.err
    assert terminal("webhooks", "events", "--json").json == []
    assert terminal("status", "--json").json["webhooks"]["url"] is None


def test_address_and_secret_before_anything_runs(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Port and key last; the secret is shown by its own command and nowhere else."""
    monkeypatch.setenv("ZBDESK_WEBHOOK_PORT", "8971")
    terminal.connect()
    first = terminal("webhooks", "show", "--json").json
    assert first["local_url"].startswith("http://127.0.0.1:8971/webhooks/zoho/")
    assert len(first["local_url"].rpartition("/")[2]) >= 32
    assert (first["public_url"], first["previous_secret_until"]) == (None, None)
    secret = secret_of(terminal)
    assert len(secret) == 32
    assert secret.isalnum()
    assert secret.isascii()
    second = terminal("webhooks", "show", "--json")
    assert second.json["local_url"] == first["local_url"]
    assert secret not in second.out + terminal("status", "--json").out
    assert second.json["previous_secret_until"] is None
    secret_of(terminal)
    assert terminal("webhooks", "show", "--json").json["previous_secret_until"] is not None
    log = "".join(file.read_text() for file in (terminal.place / "logs").iterdir())
    assert secret not in log
    terminal.connect()
    assert terminal("webhooks", "show", "--json").json["local_url"] == first["local_url"]


def test_a_public_address_is_checked_and_completed(terminal: Terminal) -> None:
    """A tunnel's address gets the path behind it; what cannot be used is refused with the reason."""
    terminal.connect()
    path = url_of(terminal).partition("/webhooks")[2]
    wanted = f"https://hooks.example.com/webhooks{path}"
    assert terminal("webhooks", "set-url", "https://hooks.example.com/", "--json").json == {"public_url": wanted}
    assert terminal("webhooks", "show", "--json").json["public_url"] == wanted
    assert terminal("status", "--json").json["webhooks"]["url"] == wanted
    for bad in ("http://hooks.example.com", "hooks.example.com", "https://u:p@hooks.example.com"):
        assert terminal("webhooks", "set-url", bad).code == 2
    assert terminal("webhooks", "show", "--json").json["public_url"] == wanted
    assert terminal("webhooks", "set-url", "", "--json").json == {"public_url": None}


def test_an_event_reaches_the_table_while_run_runs(terminal: Terminal, run: Callable[..., Run]) -> None:
    """The whole way as a tester goes it: secret, signature, event, record, log; then another secret, and replay."""
    terminal.connect()
    terminal("sync")
    running = run()
    running.ready()
    secret, url = secret_of(terminal), url_of(terminal)
    org = terminal.server.company.org()
    one = org.ids("invoices")[0]
    org.edit("invoices", one, reference_number="HEARD")
    assert post(url, secret, {"organization_id": org.id, "invoice": org.get("invoices", one)}) == 200
    until(lambda: results(terminal) in (["updated"], ["already_known"]))
    (event,) = terminal("webhooks", "events", "--json").json
    assert set(event) >= {"id", "received_at", "module", "remote_id", "verified", "result"}
    assert (event["module"], event["remote_id"], event["verified"]) == ("invoices", one, True)
    assert shown(terminal, one)["modified_at"] is not None
    other = secret_of(terminal)
    payload = {"invoice": {"invoice_id": one}, "n": 2}
    assert post(url, other, payload) == 200
    assert post(url, secret, {**payload, "n": 3}) == 200
    assert post(url, "wr0ng" * 6, payload) == 401
    assert post(url[:-1], other, payload) == 404
    assert terminal("webhooks", "replay", str(event["id"])).code == 0
    assert terminal("webhooks", "replay", "999").code == 2
    assert terminal("webhooks", "set-url", "https://hooks.example.com").code == 0
    assert terminal("status", "--json").json["webhooks"]["url"].startswith("https://hooks.example.com/")
    assert running.end() == 0


def test_a_deletion_in_zoho_is_here_at_once(terminal: Terminal, run: Callable[..., Run]) -> None:
    """An ordinary pass may miss a deletion, unless a webhook said so."""
    terminal.connect()
    terminal("sync")
    running = run()
    running.ready()
    secret, url = secret_of(terminal), url_of(terminal)
    org = terminal.server.company.org()
    one = org.put("invoices", customer_id=org.ids("contacts")[0], status="draft")
    assert post(url, secret, {"invoice": {"invoice_id": one}}) == 200
    until(lambda: bool(shown(terminal, one)))
    org.delete("invoices", one)
    assert post(f"{url}/invoices/deleted", secret, {"invoice": {"invoice_id": one}}) == 200
    until(lambda: shown(terminal, one)["state"] == "deleted")
    assert running.end(signal.SIGINT) == 130


def test_killed_between_200_and_looking_nothing_is_lost(terminal: Terminal, run: Callable[..., Run]) -> None:
    """The process is killed right after the acknowledgement; the next start reads the record."""
    terminal.connect()
    terminal("sync")
    hold = terminal.server.faults.hold(path="/books/v3/invoices/", times=99)
    running = run()
    running.ready()
    secret, url = secret_of(terminal), url_of(terminal)
    org = terminal.server.company.org()
    one = org.ids("invoices")[0]
    org.edit("invoices", one, reference_number="AFTER THE KILL")
    assert post(url, secret, {"invoice": {"invoice_id": one}}) == 200
    running.end(signal.SIGKILL)
    assert is_kept(terminal)
    assert all(result.startswith("waiting") for result in results(terminal))
    hold.release()
    terminal.server.faults.clear()
    terminal.server.requests.clear()
    again = run()
    again.ready()
    until(lambda: results(terminal) == ["updated"])
    assert terminal.server.requests.matching(f"/invoices/{one}$", "GET")
    assert again.end() == 0


def test_a_taken_port_does_not_keep_run_from_syncing(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Polling goes on, and the problem says what to do; it goes by itself once the port is free."""
    terminal.connect()
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(os.environ["ZBDESK_WEBHOOK_PORT"])))
        other.listen()
        running = run()
        running.ready()
        running.wait(lambda line: line["event"] == "run_finished")
        (problem,) = terminal("problems", "--json").json
        assert problem["cause"] == "webhook_port"
        assert problem["message"]
        assert problem["remedy"]
    until(lambda: terminal("problems", "--json").json == [])
    assert running.end() == 0


def test_a_wrong_secret_is_a_problem_until_a_right_one_comes(terminal: Terminal, run: Callable[..., Run]) -> None:
    """One problem an episode, which names the likely cause and goes by itself."""
    terminal.connect()
    terminal("sync")
    running = run()
    running.ready()
    secret, url = secret_of(terminal), url_of(terminal)
    for number in range(5):
        assert post(url, "n0t" * 10, {"n": number}) == 401
    until(lambda: bool(terminal("problems", "--json").json))
    (problem,) = terminal("problems", "--json").json
    assert (problem["cause"], problem["count"]) == ("webhook_signature", 1)
    assert "secret" in problem["remedy"]
    assert terminal("webhooks", "show", "--json").json["refused"] == 5
    assert post(url, secret, {"invoice": {"invoice_id": "1"}}) == 200
    until(lambda: terminal("problems", "--json").json == [])
    assert running.end() == 0


def test_from_a_change_in_zoho_to_the_table_in_seconds(terminal: Terminal, run: Callable[..., Run]) -> None:
    """With the default budget of calls the median from the change to the record here is below two seconds."""
    terminal.connect()
    terminal("sync")
    running = run(ZBDESK_CALLS_PER_MINUTE="60")
    running.ready()
    terminal.server.webhooks.set_rules([Rule(url_of(terminal), secret_of(terminal))])
    org = terminal.server.company.org()
    took: list[float] = []
    for one in org.ids("invoices")[:7]:
        seen = len(running.lines)
        began = time.monotonic()
        org.edit("invoices", one, reference_number=f"L{one[-4:]}")
        until(lambda seen=seen: any("invoices" in (line.get("modules") or ()) for line in running.lines[seen:]))
        took.append(time.monotonic() - began)
    assert statistics.median(took) < 2.0
    assert all(event["verified"] for event in terminal("webhooks", "events", "--json").json)
    assert running.end() == 0


def test_a_kill_while_the_database_is_busy_loses_nothing(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Another program holds the database, so that no event gets in; Zoho has its answer at once all the same.

    Then the process is killed. The next sync finds what it had put aside, each event once.
    """
    terminal.connect()
    terminal("sync")
    running = run()
    running.ready()
    running.wait(lambda line: line["event"] == "run_finished")
    secret, url = secret_of(terminal), url_of(terminal)
    org = terminal.server.company.org()
    ids = org.ids("invoices")[:5]
    with closing(sqlite3.connect(terminal.place / "zbdesk.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for one in ids:
            org.edit("invoices", one, reference_number="HEARD")
            began = time.monotonic()
            assert post(url, secret, {"invoice": {"invoice_id": one}}) == 200
            assert time.monotonic() - began < 1.0
        assert is_kept(terminal)
        assert results(terminal) == []
        running.end(signal.SIGKILL)
    assert terminal("sync").code in {0, 3}
    assert sorted(results(terminal)) == ["updated"] * 5
    assert {event["copies"] for event in terminal("webhooks", "events", "--json").json} == {1}
    assert not list(terminal.place.glob("webhooks-*.spool"))


def test_every_kind_of_payload_is_understood(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Default payload, plain form and JSONString, each sent by the demo company."""
    terminal.connect()
    terminal("sync")
    running = run()
    running.ready()
    url, secret = url_of(terminal), secret_of(terminal)
    kinds = ("json", "form", "jsonstring")
    terminal.server.webhooks.set_rules([Rule(url, secret, kind=kind, copies=2) for kind in kinds])  # type: ignore[arg-type]
    org = terminal.server.company.org()
    org.edit("contacts", org.ids("contacts")[0], notes="heard")
    assert terminal.server.webhooks.wait_quiet()
    assert {one.status for one in terminal.server.webhooks.deliveries} == {200}

    def copies() -> list[int]:
        events = terminal("webhooks", "events", "--module", "contacts", "--json").json
        return [event["copies"] for event in events]

    until(lambda: copies() == [2, 2, 2])
    assert encoded("json", "1", "contact", "contact_id", {"contact_id": "1"})[0] == JSON
    assert running.end() == 0


def test_what_an_event_brings_is_planned_as_usual(terminal: Terminal, run: Callable[..., Run], tmp_path: Path) -> None:
    """A customer of ours that a colleague edits is ours as edited, without a poll; a new one is taken over."""
    terminal.connect()
    file = tmp_path / "customers.json"
    file.write_text('[{"source_id": "C-1", "contact_name": "Heron Books", "email": "ap@heron.example", "notes": "a"}]')
    terminal("put", "contacts", str(file))
    terminal("sync")
    (before,) = terminal("records", "contacts", "--search", "Heron Books", "--full", "--json").json
    running = run()
    running.ready()
    running.wait(lambda line: line["event"] == "run_finished")
    secret, url = secret_of(terminal), url_of(terminal)
    org = terminal.server.company.org()
    org.edit("contacts", before["remote_id"], notes="edited in Zoho")
    new = org.put("contacts", contact_name="Brand New Ltd")
    lists = len(terminal.server.requests.matching("/books/v3/contacts$"))
    for one in (before["remote_id"], new):
        assert post(url, secret, {"contact": org.get("contacts", one)}) == 200

    def ours(name: str) -> dict[str, Any]:
        found = terminal("records", "contacts", "--search", name, "--full", "--json").json
        return (found[0]["local"] or {}) if found else {}

    until(lambda: ours("Heron Books").get("notes") == "edited in Zoho")
    until(lambda: ours("Brand New").get("contact_name") == "Brand New Ltd")
    assert len(terminal.server.requests.matching("/books/v3/contacts$")) == lists
    assert running.end() == 0


def test_a_payment_brings_its_invoice_along(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Zoho need not send an event about the invoice that was paid: its balance is read with the payment."""
    terminal.connect()
    terminal("sync")
    running = run()
    running.ready()
    running.wait(lambda line: line["event"] == "run_finished")
    secret, url = secret_of(terminal), url_of(terminal)
    org = terminal.server.company.org()
    unpaid = next(one for one in org.all("invoices") if one["status"] in {"sent", "overdue"} and one["balance"])
    invoice = unpaid["invoice_id"]
    paid = org.put(
        "customerpayments",
        customer_id=unpaid["customer_id"],
        amount=unpaid["balance"],
        invoices=[{"invoice_id": invoice, "amount_applied": unpaid["balance"]}],
    )
    org.edit("invoices", invoice, balance=0, status="paid")
    assert post(url, secret, {"payment": {"payment_id": paid}}) == 200
    until(lambda: shown(terminal, invoice)["status"] == "paid")
    assert len(terminal("webhooks", "events", "--json").json) == 1
    assert running.end() == 0
