"""``policy``, ``recognition``, ``problems fix``: what a person settles once, typed as commands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.cli.test_put import CUSTOMER, INVOICE, put, record
from zbdesk.sync.recognition import API_NAME


@pytest.fixture
def connected(terminal: Terminal) -> Terminal:
    """A connected directory with everything read once."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    return terminal


def test_a_policy_is_set_shown_and_holds_for_the_next_sync(connected: Terminal) -> None:
    """What ``policy set`` says stands in ``policy --json``, and the next sync goes by it."""
    answer = connected("policy", "set", "invoices", "direction=pull", "always.notes=local", "--json")
    assert answer.code == 0
    assert answer.json["invoices"]["direction"] == "pull"
    shown = connected("policy", "--json").json
    assert shown["invoices"]["always"] == {"notes": "local"}
    assert shown["invoices"]["chosen"] is True
    assert shown["estimates"]["chosen"] is False
    assert "direction=pull" in connected("policy").out
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", INVOICE)
    run = connected("sync", "--json")
    assert run.code == 3
    assert run.json["pushed"]["contacts"]["created"] == 1
    assert "invoices" not in run.json["pushed"]
    assert connected("policy", "set", "invoices", "direction=default").code == 0
    assert connected("sync", "--json").json["pushed"]["invoices"]["created"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("invoices", "direction=sideways"), "both, pull or push"),
        (("invoices", "colour=red"), "no setting “colour”"),
        (("invoices", "direction"), "KEY=VALUE"),
        (("nothing", "direction=pull"), "nothing"),
    ],
)
def test_a_wrong_setting_is_named_and_changes_nothing(connected: Terminal, words: tuple[str, ...], said: str) -> None:
    """Exit 2, one sentence with module, setting and what is allowed, no traceback."""
    answer = connected("policy", "set", *words)
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert not any(one["chosen"] for one in connected("policy", "--json").json.values())


def test_without_a_connection_there_is_nothing_to_set(terminal: Terminal) -> None:
    """One sentence and exit 1."""
    assert terminal("policy", "--json").code == 1
    assert terminal("recognition", "--json").code == 1
    assert terminal("policy", "set", "invoices", "direction=pull").code == 1


def test_connecting_finds_out_by_what_records_are_recognised(terminal: Terminal) -> None:
    """What the organization has set up is known before the first sync, and a read-only connection asks nothing."""
    org = terminal.server.company.org(terminal.organization)
    org.add_custom_field("invoices", "zbdesk ID", unique=True)
    answer = terminal.connect()
    assert "zbdesk recognition" in answer.err
    known = terminal("recognition", "--json").json
    assert (known["invoices"]["standing"], known["contacts"]["standing"]) == ("ready", "missing")
    assert terminal("status", "--json").json["recognition"]["invoices"][0] == "custom_field"
    [check] = [one for one in terminal("doctor", "--json").json if one["name"] == "no record twice"]
    assert "refuses a second record in 1 of" in check["message"]
    terminal("disconnect", "--delete-data")
    terminal.server.requests.clear()
    terminal.connect("--read-only")
    assert terminal.server.requests.matching("/settings/fields") == []


def test_the_unique_field_is_made_and_used(connected: Terminal) -> None:
    """``recognition set-up`` lets the next sync make the field; creates then carry our key."""
    before = connected("recognition", "--json").json
    assert before["invoices"]["by"] == ["number", "reference"]
    assert before["journals"]["standing"] == "impossible"
    assert connected("recognition", "set-up", "invoices").code == 0
    assert connected("recognition", "--json").json["invoices"]["wanted"] is True
    connected("sync")
    after = connected("recognition", "--json").json["invoices"]
    assert (after["standing"], after["by"][0], after["field"]) == ("ready", "custom_field", API_NAME)
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", {name: value for name, value in INVOICE.items() if name != "invoice_number"})
    connected("sync")
    org = connected.server.company.org(connected.organization)
    remote = org.get("invoices", str(record(connected, "invoices", "S-17")["remote_id"]))
    assert remote["custom_fields"][0]["api_name"] == API_NAME
    assert "Zoho Books itself refuses" in connected("recognition").out


def test_where_zoho_cannot_make_it_the_way_is_told(connected: Terminal) -> None:
    """A field that Zoho does not vouch for is not used, and the menus that lead to it are named."""
    org = connected.server.company.org(connected.organization)
    org.tells_unique = False
    connected("recognition", "set-up", "invoices")
    connected("sync")
    view = connected("recognition", "--json").json["invoices"]
    assert view["standing"] == "not_said"
    assert "Settings, Invoices, Fields" in view["remedy"]
    assert connected("recognition", "vouch", "invoices").code == 0
    connected("sync")
    assert connected("recognition", "--json").json["invoices"]["standing"] == "ready"
    assert connected("recognition", "set-up", "journals").code == 2
    assert connected("recognition", "set-up").code == 2


def test_one_line_of_quantity_one_from_the_command_line(connected: Terminal) -> None:
    """``put --source`` and the policy meet in the next sync: one line with quantity 1, and the source's total holds."""
    assert connected("policy", "set", "invoices", "one_line_quantity_one=erp").code == 0
    put(connected, "contacts", CUSTOMER)
    lines = [{"name": "Seat", "quantity": "3", "rate": "33.3333", "item_total": "100.00"}]
    put(connected, "invoices", {**INVOICE, "line_items": lines, "total": "100.00"}, source="erp")
    assert connected("sync", "--json").code in {0, 3}
    org = connected.server.company.org(connected.organization)
    rows = connected("records", "invoices", "--full", "--json").json
    [found] = [row for row in rows if row["source"] == "erp"]
    [line] = org.get("invoices", str(found["remote_id"]))["line_items"]
    assert (line["quantity"], line["rate"], found["total"]) == (1, 100, "100.00")


def test_credits_are_applied_from_the_command_line(connected: Terminal) -> None:
    """``act apply`` on a credit note leaves with the next sync; what cannot be read is refused with an example."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", INVOICE)
    put(connected, "creditnotes", {
        "source_id": "N-1", "creditnote_number": "NC-1", "customer": {"source_id": "C-1"}, "date": "2026-11-20",
        "line_items": INVOICE["line_items"],
    })  # fmt: skip
    connected("sync")
    connected("act", "invoices", "NW-0001", "send")
    connected("sync")
    refused = connected("act", "creditnotes", "NC-1", "apply", "--data", '{"amount_applied": "5"}')
    assert refused.code == 2
    assert '"number"' in refused.err
    data = '{"invoice": {"number": "NW-0001"}, "amount_applied": "30.00"}'
    assert connected("act", "creditnotes", "NC-1", "apply", "--data", data).code == 0
    connected("sync")
    connected("sync")
    assert record(connected, "invoices", "S-17")["balance"] == "50.00"


def taxed(number: str) -> dict[str, Any]:
    """An invoice that names a tax which Zoho Books does not have."""
    lines = [{"name": "Seat", "quantity": "1", "rate": "40.00", "tax": {"name": "VAT standard"}}]
    return {**INVOICE, "source_id": number, "invoice_number": number, "line_items": lines}


def test_a_name_is_settled_once_for_all(connected: Terminal) -> None:
    """``problems fix`` shows the choices and the number of records, then lets all of them go."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", taxed("T-1"), taxed("T-2"))
    connected("sync")
    problems = connected("problems", "--json").json
    assert [one["cause"] for one in problems] == ["unknown_reference"] * 2
    key = str(problems[0]["id"])
    seen = connected("problems", "fix", key, "--json").json
    assert (seen["module"], seen["name"], seen["records"]) == ("taxes", "VAT standard", 2)
    choice = next(one for one in seen["choices"] if "IGST" not in one["name"] and "GST" in one["name"])
    refused = connected("problems", "fix", key, "--means", "No such tax")
    assert refused.code == 2
    assert choice["name"] in refused.err or "choose among" in refused.err
    assert connected("problems", "fix", key, "--means", choice["remote_id"]).code == 0
    run = connected("sync", "--json").json
    assert run["pushed"]["invoices"]["created"] == 2
    assert connected("problems", "--json").json == []
    [kept] = connected("problems", "meanings", "--json").json
    assert (kept["module"], kept["name"], kept["zoho_name"]) == ("taxes", "vat standard", choice["name"])
    assert connected("problems", "meanings", "--forget", "taxes:VAT standard", "--json").json == []


def test_a_problem_without_one_answer_says_so(connected: Terminal) -> None:
    """Nothing is guessed: a refusal of Zoho's has its own remedy."""
    put(connected, "contacts", CUSTOMER)
    connected("policy", "set", "contacts", "create=no")
    connected("sync")
    [problem] = connected("problems", "--json").json
    answer = connected("problems", "fix", str(problem["id"]), "--means", "x")
    assert answer.code == 2
    assert "not about a name" in answer.err
    assert connected("problems", "fix", "4711").code == 2
    assert json.loads(connected("problems", "--json").out)[0]["id"] == problem["id"]
