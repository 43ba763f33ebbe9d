"""``put``, ``act``, ``conflicts``, ``problems``: rules 12 to 21 of the contract, against the demo company."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def connected(terminal: Terminal) -> Terminal:
    """A connected directory with everything read once."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    return terminal


def put(terminal: Terminal, module: str, *documents: dict[str, Any], source: str = "default") -> Any:
    """Write documents to a file and put them."""
    file = terminal.place.parent / "documents.json"
    file.write_text(json.dumps(list(documents)))
    return terminal("put", module, str(file), "--source", source, "--json")


def record(terminal: Terminal, module: str, source_id: str) -> dict[str, Any]:
    """The record of one document."""
    rows = terminal("records", module, "--full", "--json").json
    (found,) = [row for row in rows if row["source_id"] == source_id]
    return dict(found)


CUSTOMER = {"source_id": "C-1", "contact_name": "Northwind Traders", "email": "ap@northwind.example"}
INVOICE = {
    "source_id": "S-17",
    "customer": {"source_id": "C-1"},
    "invoice_number": "NW-0001",
    "date": "2026-11-20",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}


def test_documents_reach_zoho_once(connected: Terminal) -> None:
    """A new customer and its invoice are created, agree on both sides, and a second sync writes nothing."""
    assert put(connected, "contacts", CUSTOMER).json[0]["result"] == "created"
    answer = put(connected, "invoices", INVOICE)
    assert answer.code == 0
    assert answer.json[0]["errors"] == []
    assert record(connected, "invoices", "S-17")["state"] == "pending"
    run = connected("sync", "--json").json
    assert run["pushed"]["contacts"]["created"] == 1
    assert run["pushed"]["invoices"]["created"] == 1
    sent = record(connected, "invoices", "S-17")
    assert sent["state"] == "synced"
    assert sent["remote_id"]
    assert sent["total"] == "80.00"
    org = connected.server.company.org(connected.organization)
    assert [one["invoice_number"] for one in org.all("invoices")].count("NW-0001") == 1
    again = connected("sync", "--json").json
    assert all(not any(counts.values()) for counts in again["pushed"].values())
    assert put(connected, "invoices", INVOICE).json[0]["result"] == "unchanged"


def test_refusals_are_listed_and_the_rest_is_taken(connected: Terminal) -> None:
    """Bad documents are named field by field; good ones of the same file are taken; exit 3."""
    answer = put(
        connected,
        "invoices",
        {**INVOICE, "source_id": "S-1", "date": "20/11/2026"},
        {**INVOICE, "source_id": "S-2", "line_items": []},
        {key: value for key, value in INVOICE.items() if key != "source_id"},
        {**INVOICE, "source_id": "S-4", "line_items": [{"name": "x", "quantity": "1", "rate": "abc"}]},
        {**INVOICE, "source_id": "S-5", "invoice_number": "NW-5"},
    )
    assert answer.code == 3
    assert [one["result"] for one in answer.json] == ["refused"] * 4 + ["created"]
    assert all(one["errors"] and all(error["message"] for error in one["errors"]) for one in answer.json[:4])


@pytest.mark.parametrize("content", ["{", '[{"a": NaN}]', "[1]", "\x00", '{"source_id": "1"}\n{"source_id":'])
def test_a_file_that_is_no_json_is_named(connected: Terminal, tmp_path: Path, content: str) -> None:
    """Nothing is taken from a file that cannot be read whole."""
    file = tmp_path / "bad.json"
    file.write_text(content)
    answer = connected("put", "items", str(file), "--json")
    assert answer.code in {1, 2}
    assert str(file) in answer.err
    assert "Traceback" not in answer.err


def test_an_edit_reaches_zoho_and_an_edit_there_reaches_us(connected: Terminal) -> None:
    """Different fields changed on both sides join without a question."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", INVOICE)
    connected("sync", "--json")
    remote_id = record(connected, "invoices", "S-17")["remote_id"]
    org = connected.server.company.org(connected.organization)
    org.edit("invoices", remote_id, notes="typed in Zoho")
    put(connected, "invoices", {**INVOICE, "reference_number": "PO-1"})
    assert connected("sync", "--json").code == 0
    assert org.get("invoices", remote_id)["reference_number"] == "PO-1"
    assert org.get("invoices", remote_id)["notes"] == "typed in Zoho"


def test_a_clash_is_a_conflict_until_a_person_chooses(connected: Terminal) -> None:
    """The same field changed on both sides waits; the choice is carried out by the next sync."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", {**INVOICE, "reference_number": "A"})
    connected("sync", "--json")
    remote_id = record(connected, "invoices", "S-17")["remote_id"]
    org = connected.server.company.org(connected.organization)
    org.edit("invoices", remote_id, reference_number="THEIRS")
    put(connected, "invoices", {**INVOICE, "reference_number": "OURS"})
    assert connected("sync", "--json").code == 3
    (conflict,) = connected("conflicts", "--json").json
    assert [field["name"] for field in conflict["fields"]] == ["reference_number"]
    assert (conflict["fields"][0]["local"], conflict["fields"][0]["remote"]) == ("OURS", "THEIRS")
    assert org.get("invoices", remote_id)["reference_number"] == "THEIRS"
    assert connected("conflicts", "resolve", str(conflict["id"]), "--keep", "local").code == 0
    assert connected("sync", "--json").code == 0
    assert org.get("invoices", remote_id)["reference_number"] == "OURS"
    assert connected("conflicts", "--json").json == []


def test_send_pay_and_void_are_carried_out(connected: Terminal) -> None:
    """Actions leave with the next sync: marked as sent, paid by one payment, voided."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", INVOICE, {**INVOICE, "source_id": "S-18", "invoice_number": "NW-0002"})
    connected("sync", "--json")
    assert connected("act", "invoices", "NW-0001", "send").code == 0
    connected("sync", "--json")
    paid = connected("act", "invoices", "default:S-17", "pay", "--data", '{"amount": "80.00", "date": "2026-11-20"}')
    assert paid.code == 0, paid.err
    assert connected("act", "invoices", "NW-0002", "void").code == 0
    run = connected("sync", "--json")
    assert run.code == 0, run.out
    assert record(connected, "invoices", "S-17")["status"] == "paid"
    assert record(connected, "invoices", "S-18")["status"] == "void"


def test_a_missing_currency_is_a_problem_that_goes_by_itself(connected: Terminal) -> None:
    """The document waits with cause and remedy, and leaves once the currency is there."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", {**INVOICE, "currency": {"code": "CHF"}})
    assert connected("sync", "--json").code == 3
    (problem,) = connected("problems", "--json").json
    assert problem["cause"] == "missing_currency"
    assert problem["message"]
    assert problem["remedy"]


def test_unknown_keys_actions_and_choices_are_wrong_usage(connected: Terminal) -> None:
    """What does not exist is named, and exits with 2."""
    assert connected("act", "invoices", "no-such-number", "send").code == 2
    assert connected("act", "invoices", "INV-000001", "explode").code == 2
    assert connected("act", "invoices", "INV-000001", "pay", "--data", "{").code == 2
    assert connected("conflicts", "resolve", "99", "--keep", "local").code == 2
    assert connected("conflicts", "resolve", "99", "--keep", "both").code == 2
    assert connected("problems", "retry").code == 2
    assert connected("problems", "retry", "99").code == 2
    assert connected("problems", "dismiss", "99").code == 2
    assert connected("problems", "retry", "--all").code == 0


def test_a_read_only_connection_never_writes(terminal: Terminal) -> None:
    """What is put stays here with a problem that says so; Zoho receives nothing but questions."""
    terminal.connect("--read-only")
    terminal("sync", "--json")
    put(terminal, "contacts", CUSTOMER)
    terminal("sync", "--json")
    assert {entry.method for entry in terminal.server.requests if "/books/v3" in entry.path} == {"GET"}
