"""``sync`` and the commands that show what it brought: rules 8 to 11, 18, 19 and 27 of the contract."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Terminal
from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES


def pages(terminal: Terminal, module: str) -> int:
    """How many pages the first organization's list of a module has."""
    count = len(terminal.server.company.org(terminal.organization).all(module))
    return max(1, -(-count // 200))


def test_the_first_sync_reads_lists_only_and_a_second_one_a_call_a_module(terminal: Terminal) -> None:
    """First load: one call a page. Unchanged company: at most one call for each enabled module, and it says so."""
    terminal.connect()
    first = terminal("sync", "--json").json
    assert first["result"] == "ok"
    enabled = [name for name, counts in terminal("status", "--json").json["modules"].items() if counts["enabled"]]
    ordinary = [name for name in enabled if MODULES[name].feed is not Feed.NESTED]
    assert first["api_calls"] == sum(pages(terminal, name) for name in ordinary)
    asked = [entry for entry in terminal.server.requests if "/books/v3/" in entry.path]
    assert all(entry.path.rsplit("/", 1)[-1].isalpha() for entry in asked)

    second = terminal("sync", "--json").json
    assert second["api_calls"] <= len(enabled) + 1
    assert all(count == {"new": 0, "changed": 0, "deleted": 0} for count in second["pulled"].values())


def test_a_changed_record_arrives_with_its_detail(terminal: Terminal) -> None:
    """What changed since is read whole: line items are there after the next sync."""
    terminal.connect()
    terminal("sync", "--json")
    org = terminal.server.company.org(terminal.organization)
    invoice = org.all("invoices")[0]
    org.edit("invoices", invoice["invoice_id"], reference_number="PO-777")
    pulled = terminal("sync", "--json").json["pulled"]
    assert pulled["invoices"] == {"new": 0, "changed": 1, "deleted": 0}
    (record,) = terminal("records", "invoices", "--search", "PO-777", "--full", "--json").json
    assert record["remote"]["line_items"]
    assert record["remote"]["reference_number"] == "PO-777"
    assert record["state"] == "mirrored"


def test_a_full_sync_finds_deletions(terminal: Terminal) -> None:
    """Missing in a complete list and gone by id: only then a record is shown as deleted."""
    terminal.connect()
    terminal("sync", "--json")
    org = terminal.server.company.org(terminal.organization)
    victim = org.put("items", {"name": "Short-lived", "rate": 5})

    terminal("sync", "--json")
    org.delete("items", victim)
    answer = terminal("sync", "--full", "--json").json
    assert answer["pulled"]["items"]["deleted"] == 1
    (gone,) = terminal("records", "items", "--search", "Short-lived", "--json").json
    assert gone["state"] == "deleted"
    assert terminal("status", "--json").json["modules"]["items"]["deleted"] == 1


def test_records_have_the_contracts_keys_and_exact_amounts(terminal: Terminal) -> None:
    """Amounts are text, times UTC; the sum over all invoices equals the company's own to the last digit."""
    terminal.connect()
    terminal("sync", "--json", "--module", "invoices")
    rows = terminal("records", "invoices", "--json").json
    wanted = "local_id remote_id source source_id module number date due_date party status currency total balance state"
    assert list(rows[0]) == [*wanted.split(), "modified_at"]
    theirs = terminal.server.company.org(terminal.organization).all("invoices")
    assert sum(Decimal(row["total"]) for row in rows) == sum(Decimal(str(one["total"])) for one in theirs)
    assert {row["remote_id"] for row in rows} == {one["invoice_id"] for one in theirs}
    some = terminal("records", "invoices", "--status", "overdue", "--limit", "3", "--json").json
    assert len(some) <= 3
    assert {row["status"] for row in some} <= {"overdue"}


def test_modules_go_by_several_names_and_unknown_ones_are_refused(terminal: Terminal) -> None:
    """``customer_payments`` and ``customerpayments`` are one module; a word that is none exits with 2."""
    terminal.connect()
    assert terminal("sync", "--json", "--module", "customer_payments").json["pulled"]["customerpayments"]["new"] > 0
    assert terminal("records", "customer-payments", "--json").json
    answer = terminal("records", "invioces", "--json")
    assert answer.code == 2
    assert "invioces" in answer.err
    assert terminal("sync", "--json", "--module", "nothing").code == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_exports_hold_every_record_exactly(terminal: Terminal, tmp_path: Path, ending: str) -> None:
    """Every format carries the keys of ``records`` and the same values; ids keep all their digits."""
    terminal.connect()
    terminal("sync", "--json", "--module", "contacts")
    rows = terminal("records", "contacts", "--json").json
    file = tmp_path / f"contacts.{ending}"
    assert terminal("export", "contacts", str(file)).code == 0
    if ending == "json":
        assert json.loads(file.read_text(encoding="utf-8")) == rows
    elif ending == "csv":
        with file.open(encoding="utf-8", newline="") as opened:
            found = list(csv.DictReader(opened))
        assert [row["remote_id"] for row in found] == [row["remote_id"] for row in rows]
        assert [row["balance"] for row in found] == [row["balance"] or "" for row in rows]
    else:
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        table = list(sheet.iter_rows(values_only=True))
        assert list(table[0]) == list(rows[0])
        assert [line[1] for line in table[1:]] == [row["remote_id"] for row in rows]


def test_an_export_that_cannot_be_written_leaves_the_old_file(terminal: Terminal, tmp_path: Path) -> None:
    """A wrong ending or a missing folder is one sentence, and what stood there stays."""
    terminal.connect()
    terminal("sync", "--json", "--module", "items")
    old = tmp_path / "items.pdf"
    old.write_text("old")
    answer = terminal("export", "items", str(old))
    assert answer.code == 1
    assert ".csv" in answer.err
    assert old.read_text() == "old"
    assert terminal("export", "items", str(tmp_path / "no" / "such" / "items.csv")).code == 1


def test_formulas_in_names_are_neutralised_in_csv(terminal: Terminal, tmp_path: Path) -> None:
    """Text that a spreadsheet would run is only text."""
    terminal.connect()
    terminal.server.company.org(terminal.organization).put("contacts", {"contact_name": "=HYPERLINK(1)"})
    terminal("sync", "--json", "--module", "contacts")
    file = tmp_path / "c.csv"
    terminal("export", "contacts", str(file))
    assert "\n=HYPER" not in file.read_text().replace(",", "\n")
    assert "'=HYPERLINK(1)" in file.read_text()


@pytest.mark.logs("could not be revoked")
def test_a_revoked_sign_in_is_asked_for_once(terminal: Terminal) -> None:
    """``invalid_code`` on refresh is exit 4, and further syncs make no call at all."""
    terminal.connect()
    terminal.server.tokens.revoke_all()
    answer = terminal("sync", "--json")
    assert answer.code == 4
    assert answer.json["result"] == "needs_sign_in"
    before = len(terminal.server.requests)
    assert terminal("sync", "--json").code == 4
    assert len(terminal.server.requests) == before
    assert terminal("status", "--json").json["connection"]["state"] == "needs_sign_in"
    assert terminal.connect().code == 0
    assert terminal("sync", "--json", "--module", "items").code == 0


def test_doctor_says_what_is_in_order(terminal: Terminal) -> None:
    """Every check has a state and a sentence; secrets stand in none of them."""
    assert terminal("doctor", "--json").code in {0, 1}
    terminal.connect()
    answer = terminal("doctor", "--json")
    assert answer.code == 0, answer.out
    assert all(check["state"] in {"ok", "warn", "fail"} and check["message"] for check in answer.json)
    assert terminal.server.credentials.client_secret not in answer.out


def test_every_enabled_module_is_in_the_catalogue(terminal: Terminal) -> None:
    """The command line connects all modules that the scopes allow to be listed."""
    terminal.connect()
    enabled = {name for name, counts in terminal("status", "--json").json["modules"].items() if counts["enabled"]}
    assert enabled == {name for name, module in MODULES.items() if module.listed} - {"contact_persons"}
    terminal("sync", "--json")
    full = terminal("sync", "--full", "--json").json
    assert full["pulled"]["exchange_rates"]["new"] > 0
    assert full["pulled"]["tasks"]["new"] > 0


def test_the_window_is_handed_the_desk(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a command the window opens over the same data; without a display there is a sentence instead."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert terminal().code == 0
    assert len(terminal.windows) == 1
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    answer = terminal()
    assert answer.code == 1
    assert "display" in answer.err
