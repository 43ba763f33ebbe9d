"""``tieout`` against the demo company: both sides, each kind of difference, a fresh look, files and their check."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.cli.test_put import CUSTOMER, INVOICE, put, record
from zbdesk.domain.seal import is_whole

SPAN = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture
def connected(terminal: Terminal) -> Terminal:
    """A connected directory with everything read once."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    return terminal


def tie(terminal: Terminal, *more: str) -> tuple[int, Any]:
    """The tie-out of the year."""
    answer = terminal("tieout", *SPAN, "--json", *more)
    assert answer.out, answer.err
    return answer.code, answer.json


def adds_up(made: Any) -> None:
    """Each place's difference is the sum of its lines."""
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in made["differences"]:
        sums[line["module"], line["period"], line["currency"]] += Decimal(line["difference"])
    for total in made["totals"]:
        key = total["module"], total["period"], total["currency"]
        assert Decimal(total["difference"]) == sums[key] == Decimal(total["here"]) - Decimal(total["zoho"])


def kinds(made: Any) -> list[tuple[str, str]]:
    """Number and what differs, in order of numbers."""
    return sorted((line["number"], line["kind"]) for line in made["differences"])


def test_a_mirror_ties_out_and_names_its_figures(connected: Terminal) -> None:
    """What was only read is equal on both sides, per currency, and the document carries a hash that holds."""
    code, made = tie(connected)
    assert (code, made["equal"], made["differences"]) == (0, True, [])
    assert is_whole(made)
    invoices = [one for one in made["totals"] if one["module"] == "invoices"]
    rows = connected("records", "invoices", "--json").json
    inside = [r for r in rows if r["date"] and r["date"].startswith("2026") and r["status"] != "void"]
    assert inside
    assert sum(one["zoho_count"] for one in invoices) == len(inside)
    for code_ in {r["currency"] for r in inside}:
        shown = sum((Decimal(one["zoho"]) for one in invoices if one["currency"] == code_), Decimal(0))
        assert shown == sum((Decimal(r["total"]) for r in inside if r["currency"] == code_), Decimal(0))


def test_every_kind_of_difference_is_named_and_adds_up(connected: Terminal) -> None:
    """Only here, another amount, another month, void here, deleted here: each by its record, and the sums hold."""
    second = {**INVOICE, "source_id": "S-18", "invoice_number": "NW-0002"}
    third = {**INVOICE, "source_id": "S-19", "invoice_number": "NW-0003"}
    fourth = {**INVOICE, "source_id": "S-20", "invoice_number": "NW-0004"}
    assert put(connected, "contacts", CUSTOMER).code == 0
    assert put(connected, "invoices", INVOICE, second, third, fourth).code == 0
    assert connected("sync", "--json").code == 0
    for source in ("S-17", "S-18", "S-19", "S-20"):
        assert connected("act", "invoices", f"source:{source}", "send").code == 0
    assert connected("sync", "--json").code == 0
    assert tie(connected, "--module", "invoices")[0] == 0
    dearer = [{"name": "Seat", "quantity": "3", "rate": "40.00"}]
    put(connected, "invoices", {**INVOICE, "line_items": dearer})
    put(connected, "invoices", {**second, "date": "2026-10-31"})
    assert connected("act", "invoices", "source:S-19", "void").code == 0
    assert connected("act", "invoices", "source:S-20", "delete").code == 0
    put(connected, "invoices", {**INVOICE, "source_id": "S-21", "invoice_number": "NW-0005"})
    code, made = tie(connected, "--module", "invoices")
    assert code == 3
    assert kinds(made) == [
        ("NW-0001", "amount"), ("NW-0002", "date"), ("NW-0002", "date"), ("NW-0003", "void_here"),
        ("NW-0004", "only_zoho"), ("NW-0005", "only_here"),
    ]  # fmt: skip
    (amount,) = [line for line in made["differences"] if line["kind"] == "amount"]
    assert (amount["here"], amount["zoho"], amount["difference"]) == ("120.00", "80.00", "40.00")
    adds_up(made)
    whole = connected("tieout", *SPAN, "--json", "--module", "invoices", "--by", "whole").json
    assert "date" not in [line["kind"] for line in whole["differences"]]
    adds_up(whole)
    assert connected("sync", "--json").code == 0
    assert tie(connected, "--module", "invoices")[0] == 0


def test_a_total_of_the_source_is_held_against_zohos(connected: Terminal) -> None:
    """A cent between the source's own total and Zoho's is found, although both agreed on every line."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", {**INVOICE, "total": "80.00"}, {**INVOICE, "source_id": "S-2", "invoice_number": "NW-2",
                                                              "total": "80.004"})  # fmt: skip
    connected("sync", "--json")
    _, made = tie(connected, "--module", "invoices")
    assert kinds(made) == [("NW-2", "amount")]
    assert made["differences"][0]["difference"] == "0.004"
    adds_up(made)


def test_a_fresh_look_finds_what_was_not_read_yet(connected: Terminal) -> None:
    """What happened in Zoho Books since the last pass: another amount, a deletion."""
    put(connected, "contacts", CUSTOMER)
    put(connected, "invoices", INVOICE, {**INVOICE, "source_id": "S-2", "invoice_number": "NW-2"})
    assert connected("sync", "--json").code == 0
    org = connected.server.company.org(connected.organization)
    first = record(connected, "invoices", "S-17")["remote_id"]
    second = record(connected, "invoices", "S-2")["remote_id"]
    org.edit("invoices", first, {"line_items": [{"name": "Seat", "quantity": "1", "rate": "10.00"}]})
    org.delete("invoices", second)
    assert tie(connected, "--module", "invoices")[0] == 0
    calls = connected("status", "--json").json["api_calls_today"]
    code, made = tie(connected, "--module", "invoices", "--fresh")
    assert code == 3
    assert kinds(made) == [("NW-0001", "amount"), ("NW-2", "only_here")]
    assert made["fresh_at"] is not None
    adds_up(made)
    assert connected("status", "--json").json["api_calls_today"] > calls
    assert tie(connected, "--module", "invoices")[0] == 0, "a look stores nothing"


def test_a_file_that_was_changed_is_noticed(connected: Terminal, tmp_path: Path) -> None:
    """CSV and JSON verify as they were written, and fail after one digit was changed."""
    csv = tmp_path / "books.csv"
    answer = connected("tieout", *SPAN, "--csv", str(csv), "--json")
    js = tmp_path / "books.json"
    js.write_text(json.dumps(answer.json))
    for file in (csv, js):
        assert connected("tieout", "verify", str(file), "--json").json["whole"] is True
        text = file.read_text()
        file.write_text(text.replace("2026-01", "2026-02", 1))
        assert file.read_text() != text
        changed = connected("tieout", "verify", str(file), "--json")
        assert (changed.code, changed.json["whole"]) == (1, False)
    csv.write_text("number,total\n")
    assert connected("tieout", "verify", str(csv)).code == 2


def test_a_sign_off_says_every_point_and_is_held_against_the_history(connected: Terminal, tmp_path: Path) -> None:
    """Open points are listed with their figures; the file verifies, and a history that lost the line is noticed."""
    put(connected, "contacts", CUSTOMER)
    file = tmp_path / "november.json"
    answer = connected("tieout", "sign-off", str(file), *SPAN, "--who", "Anita Rao", "--note", "early", "--json")
    assert answer.code == 3
    made = json.loads(file.read_text())
    assert made == answer.json
    points = {one["key"]: one for one in made["checklist"]}
    assert set(points) == {
        "in_order", "outgoing", "unknown", "conflicts", "problems", "drafts", "tie_out", "webhooks", "day_shift",
    }  # fmt: skip
    assert (points["outgoing"]["standing"], points["outgoing"]["count"]) == ("open", 1)
    assert (made["made_by"], made["complete"]) == ("Anita Rao", False)
    page = file.with_suffix(".html").read_text()
    assert made["hash"] in page
    assert "Anita Rao" in page
    found = connected("tieout", "verify", str(file), "--json")
    assert (found.code, found.json["whole"], found.json["in_diary"]) == (0, True, True)
    import sqlite3

    with sqlite3.connect(connected.place / "zbdesk.sqlite3") as db:
        db.execute("UPDATE diary SET hash = 'x' WHERE seq = ?", (made["diary"]["seq"],))
    assert connected("tieout", "verify", str(file)).code == 1


def test_a_period_that_makes_no_sense_is_refused(connected: Terminal) -> None:
    """Days that are none, a period that ends first, a module without amounts, a split that is none: wrong usage."""
    assert connected("tieout", "--from", "x", "--to", "2026-11-30").code == 2
    assert connected("tieout", "--from", "2026-12-01", "--to", "2026-11-30").code == 2
    assert connected("tieout", *SPAN, "--module", "taxes").code == 2
    assert connected("tieout", *SPAN, "--by", "week").code == 2
