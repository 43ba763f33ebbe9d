"""An import is rolled back as one, also after it was sent: by its records, whichever runs sent them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal

INVOICES = {
    "layout": "row_per_line",
    "columns": {
        "Number": "invoice_number",
        "Customer": "customer.name",
        "Date": "date",
        "Item": "line_items.name",
        "Qty": "line_items.quantity",
        "Price": "line_items.rate",
        "Note": "notes",
    },
}
CONTACTS = {"columns": {"Name": "contact_name", "Mail": "email", "Id": "source_id"}}
HEAD = "Number,Customer,Date,Item,Qty,Price,Note\n"


class Clerk:
    """Imports files and looks at Zoho Books."""

    def __init__(self, terminal: Terminal, place: Path) -> None:
        self.terminal = terminal
        self.place = place
        terminal.connect()
        terminal("sync")
        self.customer = next(
            one.get("contact_name")
            for one in terminal.server.company.org()["contacts"]
            if one.get("contact_type") == "customer"
            and one.get("currency_code") == "INR"
            and one.get("status") == "active"
        )

    def take(self, module: str, mapping: dict[str, Any], text: str, name: str = "in.csv") -> int:
        """Import a file; returns the number of the import."""
        file, how = self.place / name, self.place / "how.json"
        file.write_text(text, encoding="utf-8")
        how.write_text(json.dumps(mapping))
        answer = self.terminal("import", str(file), "--module", module, "--mapping", str(how), "--json")
        assert answer.code == 0, answer.err
        return int(answer.json["batch"])

    def invoices(self, *numbers: str, note: str = "") -> str:
        """A file of invoices."""
        return HEAD + "".join(f'{one},"{self.customer}",2026-11-20,Seat,2,40.00,{note}\n' for one in numbers)

    def in_zoho(self, number: str) -> dict[str, Any] | None:
        """The invoice there."""
        org = self.terminal.server.company.org()
        found = [one for one in org["invoices"] if one.get("invoice_number") == number]
        return org.get("invoices", found[0].id) if found else None

    def here(self, number: str) -> list[str]:
        """The states of the invoice here."""
        rows = self.terminal("records", "invoices", "--search", number, "--json").json
        return [row["state"] for row in rows if row["number"] == number]


@pytest.fixture
def clerk(terminal: Terminal, tmp_path: Path) -> Clerk:
    """Somebody who imports into a connected company."""
    return Clerk(terminal, tmp_path)


def test_what_was_sent_is_deleted_there_and_what_was_not_goes_here(clerk: Clerk) -> None:
    """The preview names both and asks nobody; the roll back undoes both with one command, and no other import."""
    terminal = clerk.terminal
    batch = clerk.take("invoices", INVOICES, clerk.invoices("JB-1", "JB-2"))
    assert terminal("sync").code in {0, 3}
    assert clerk.in_zoho("JB-1") is not None
    late = clerk.take("invoices", INVOICES, clerk.invoices("JB-3"), name="b.csv")
    before = len(terminal.server.requests.books())
    foreseen = terminal("imports", "roll-back", str(batch), "--dry-run", "--json")
    assert foreseen.code == 0
    assert (foreseen.json["removed_here"], foreseen.json["kept"], foreseen.json["begun_at"]) == (0, 0, None)
    assert sorted((one["number"], one["action"]) for one in foreseen.json["records"]) == [
        ("JB-1", "delete"), ("JB-2", "delete"),
    ]  # fmt: skip
    assert len(terminal.server.requests.books()) == before
    done = terminal("imports", "roll-back", str(batch), "--json")
    assert done.code == 0, done.out + done.err
    assert {(one["number"], one["state"]) for one in done.json["records"]} == {("JB-1", "done"), ("JB-2", "done")}
    assert done.json["ended_at"] is not None
    assert (clerk.in_zoho("JB-1"), clerk.in_zoho("JB-2")) == (None, None)
    # The later import is nobody's business: it was sent with the same pass.
    assert clerk.in_zoho("JB-3") is not None
    states = {one["id"]: one["state"] for one in terminal("imports", "--json").json}
    assert states == {batch: "taken_back", late: "done"}
    again = terminal("imports", "roll-back", str(batch), "--json")
    assert again.code != 0
    assert "taken back before" in again.err


def test_an_import_that_never_left_needs_no_call(clerk: Clerk) -> None:
    """Nothing was sent, so nothing is asked of Zoho: the documents are gone and may come again as new."""
    terminal = clerk.terminal
    batch = clerk.take("invoices", INVOICES, clerk.invoices("JN-1", "JN-2"))
    before = len(terminal.server.requests.books())
    done = terminal("imports", "roll-back", str(batch), "--json")
    assert (done.code, done.json["removed_here"], done.json["records"]) == (0, 2, [])
    assert len(terminal.server.requests.books()) == before
    assert clerk.here("JN-1") == []
    assert clerk.take("invoices", INVOICES, clerk.invoices("JN-1", "JN-2")) != batch
    assert terminal("sync").code in {0, 3}
    assert clerk.in_zoho("JN-2") is not None


def test_what_somebody_changed_since_stays_and_is_named(clerk: Clerk) -> None:
    """A note that was written in Zoho Books after the import is worth more than the roll back."""
    terminal = clerk.terminal
    batch = clerk.take("invoices", INVOICES, clerk.invoices("JC-1", "JC-2"))
    terminal("sync")
    kept = clerk.in_zoho("JC-1")
    assert kept is not None
    terminal.server.company.org().edit("invoices", kept["invoice_id"], notes="Agreed by telephone")
    done = terminal("imports", "roll-back", str(batch), "--json")
    assert done.code == 3
    found = {one["number"]: one for one in done.json["records"]}
    assert found["JC-2"]["state"] == "done"
    assert found["JC-1"]["state"] == "left"
    assert "notes" in found["JC-1"]["reason"]
    assert clerk.in_zoho("JC-1") is not None
    assert clerk.in_zoho("JC-2") is None
    # It has not been taken back as a whole, so it may be tried again.
    assert [one["state"] for one in terminal("imports", "--json").json] == ["done"]


def test_a_change_that_an_import_made_is_undone_field_by_field(clerk: Clerk) -> None:
    """The second import of a file changed two notes and was sent: rolled back, the first one's words stand again."""
    terminal = clerk.terminal
    clerk.take("invoices", INVOICES, clerk.invoices("JD-1", "JD-2", note="first"))
    terminal("sync")
    second = clerk.take("invoices", INVOICES, clerk.invoices("JD-1", "JD-2", note="second"))
    terminal("sync")
    assert [(clerk.in_zoho(one) or {})["notes"] for one in ("JD-1", "JD-2")] == ["second", "second"]
    done = terminal("imports", "roll-back", str(second), "--json")
    assert done.code == 0, done.out
    assert {one["action"] for one in done.json["records"]} == {"restore"}
    assert [(clerk.in_zoho(one) or {})["notes"] for one in ("JD-1", "JD-2")] == ["first", "first"]
    assert terminal("sync").code in {0, 3}
    assert [(clerk.in_zoho(one) or {})["notes"] for one in ("JD-1", "JD-2")] == ["first", "first"]


def test_an_import_that_only_changed_what_another_made_does_not_delete_it(clerk: Clerk) -> None:
    """Two imports, one send: the record is the first one's, and rolling back the second leaves it and says so."""
    terminal = clerk.terminal
    clerk.take("invoices", INVOICES, clerk.invoices("JE-1", note="first"))
    second = clerk.take("invoices", INVOICES, clerk.invoices("JE-1", note="second"))
    terminal("sync")
    done = terminal("imports", "roll-back", str(second), "--json")
    assert (done.code, done.json["kept"]) == (3, 1)
    assert clerk.in_zoho("JE-1") is not None


def test_the_same_file_may_come_again_after_it_was_rolled_back(clerk: Clerk) -> None:
    """Rolled back because of a wrong price, mended, imported again: it is in Zoho Books with the right one."""
    terminal = clerk.terminal
    batch = clerk.take("invoices", INVOICES, clerk.invoices("JF-1"))
    terminal("sync")
    assert terminal("imports", "roll-back", str(batch)).code == 0
    clerk.take("invoices", INVOICES, clerk.invoices("JF-1").replace("40.00", "45.00"))
    assert terminal("sync", "--json").json["conflicts"] == 0
    found = clerk.in_zoho("JF-1")
    assert found is not None
    assert str(found["line_items"][0]["rate"]) in {"45", "45.0", "45.00"}
    # The same file unchanged: rolled back once more and given once more, it is there once more.
    (latest, *_) = terminal("imports", "--json").json
    assert terminal("imports", "roll-back", str(latest["id"])).code == 0
    assert clerk.in_zoho("JF-1") is None
    clerk.take("invoices", INVOICES, clerk.invoices("JF-1").replace("40.00", "45.00"))
    terminal("sync")
    assert clerk.in_zoho("JF-1") is not None


def test_customers_and_their_invoices_go_in_the_right_order(clerk: Clerk) -> None:
    """Rolling back the customers first leaves those with invoices inactive; what there is no import of is told."""
    terminal = clerk.terminal
    people = clerk.take(
        "contacts", CONTACTS, "Id,Name,Mail\nK-1,Juniper Works,a@juniper.example\nK-2,Lone Pine,b@pine.example\n"
    )
    terminal("sync")
    clerk.customer = "Juniper Works"
    clerk.take("invoices", INVOICES, clerk.invoices("JG-1"))
    terminal("sync")
    done = terminal("imports", "roll-back", str(people), "--json")
    actions = {one["party"] or one["number"]: one["action"] for one in done.json["records"]}
    assert sorted(actions.values()) == ["delete", "status"]
    assert terminal("imports", "roll-back", "999").code != 0
    assert "There is no import 999" in terminal("imports", "roll-back", "999", "--dry-run").err
