"""``import``, ``mappings`` and ``sources``: rules 25 and 26 of the contract, against the demo company."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal

COLUMNS = {
    "Invoice": "invoice_number", "Customer": "customer.name", "Date": "date", "Item": "line_items.name",
    "Qty": "line_items.quantity", "Price": "line_items.rate",
}  # fmt: skip
HEAD = "Invoice,Customer,Date,Item,Qty,Price\n"


@pytest.fixture
def connected(terminal: Terminal) -> Terminal:
    """A connected directory with everything read once."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    return terminal


def customer(terminal: Terminal) -> str:
    """The name of a customer in the demo company."""
    return str(terminal("records", "contacts", "--limit", "1", "--json").json[0]["number"])


def write(terminal: Terminal, name: str, content: str | dict[str, Any]) -> str:
    """A file beside the data directory."""
    file: Path = terminal.place.parent / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(file)


def test_good_rows_go_and_bad_ones_are_listed(connected: Terminal) -> None:
    """Exit 3; every bad cell by row, column and value; totals per currency; no call to Zoho."""
    name = customer(connected)
    file = write(
        connected, "nov.csv",
        HEAD + f'N-1,"{name}",2026-11-20,Seat,2,40.00\nN-1,"{name}",2026-11-20,Desk,1,20.50\n'
        f'N-2,"{name}",03/04/2026,Seat,1,5\n',
    )  # fmt: skip
    mapping = write(connected, "map.json", {"layout": "row_per_line", "columns": COLUMNS, "currency": "INR"})
    calls = connected("status", "--json").json["api_calls_today"]
    foretold = connected("import", file, "--module", "invoices", "--mapping", mapping, "--dry-run", "--json")
    assert foretold.code == 3
    assert connected("records", "invoices", "--search", "N-1", "--json").json == []
    answer = connected("import", file, "--module", "invoices", "--mapping", mapping, "--json")
    assert answer.code == 3
    assert answer.json["rows"] == 3
    assert answer.json["totals"] == {"INR": "100.50"}
    good, bad = answer.json["documents"]
    assert (good["source_id"], good["result"], good["errors"]) == ("N-1", "created", [])
    assert good["local_id"]
    assert (bad["source_id"], bad["local_id"], bad["result"]) == ("N-2", None, "refused")
    assert [(one["row"], one["column"], one["value"]) for one in bad["errors"]] == [(4, "Date", "03/04/2026")]
    assert connected("status", "--json").json["api_calls_today"] == calls
    pushed = connected("sync", "--json").json["pushed"]
    assert pushed["invoices"]["created"] == 1
    again = connected("import", file, "--module", "invoices", "--mapping", mapping, "--json")
    assert again.json["documents"][0]["result"] == "unchanged"
    after = connected("sync", "--json").json
    assert all(not any(counts.values()) for counts in after["pushed"].values())


def test_a_number_twice_is_an_error_of_both_rows(connected: Terminal) -> None:
    """One row a document: neither is taken."""
    name = customer(connected)
    file = write(connected, "nov.csv", HEAD + f'D-1,"{name}",2026-11-20,Seat,1,5\nD-1,"{name}",2026-11-20,Desk,1,6\n')
    mapping = write(connected, "map.json", {"layout": "row_per_document", "columns": COLUMNS})
    answer = connected("import", file, "--module", "invoices", "--mapping", mapping, "--json")
    assert answer.code == 3
    assert [(one["errors"][0]["row"], one["errors"][0]["column"]) for one in answer.json["documents"]] == [
        (2, "Invoice"), (3, "Invoice"),
    ]  # fmt: skip


def test_a_saved_mapping_is_used_by_name_and_the_file_name_plays_no_part(connected: Terminal) -> None:
    """Another file with the same document changes nothing."""
    body = write(connected, "map.json", {"columns": COLUMNS, "module": "invoices", "currency": "INR"})
    assert connected("mappings", "save", "Monthly", body).code == 0
    assert [one["name"] for one in connected("mappings", "--json").json] == ["Monthly"]
    content = HEAD + f'M-1,"{customer(connected)}",2026-11-20,Seat,1,5\n'
    first, second = write(connected, "a.csv", content), write(connected, "b.csv", content)
    for file, result in ((first, "created"), (second, "unchanged")):
        answer = connected("import", file, "--module", "invoices", "--mapping", "monthly", "--json")
        assert (answer.code, answer.json["documents"][0]["result"]) == (0, result)
    assert connected("mappings", "remove", "monthly").code == 0
    assert connected("import", first, "--module", "invoices", "--mapping", "monthly", "--json").code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--module", "invoices", "--mapping", "none.json"), 2),
        (("--module", "invoices"), 2),
        (("--module", "nothing", "--mapping", "x"), 2),
    ],
)
def test_wrong_use_is_told_in_one_sentence(connected: Terminal, words: tuple[str, ...], code: int) -> None:
    """No traceback, one JSON document."""
    answer = connected("import", write(connected, "a.csv", HEAD), *words, "--json")
    assert answer.code == code
    assert answer.json["message"]
    assert "Traceback" not in answer.err


def test_a_file_that_lacks_a_column_is_refused_as_a_whole(connected: Terminal) -> None:
    """Exit 1, and the heading is named with what it may have become."""
    file = write(connected, "a.csv", HEAD.replace("Price", "Prices") + "X-1,A,2026-11-20,Seat,1,5\n")
    mapping = write(connected, "map.json", {"columns": COLUMNS})
    answer = connected("import", file, "--module", "invoices", "--mapping", mapping, "--json")
    assert answer.code == 1
    assert answer.json["errors"][0]["column"] == "Price"
    assert "“Prices”" in answer.json["errors"][0]["message"]


def test_without_a_connection_nothing_is_imported(terminal: Terminal) -> None:
    """One sentence, exit 1."""
    mapping = write_first(terminal)
    answer = terminal("import", mapping[0], "--module", "invoices", "--mapping", mapping[1], "--json")
    assert answer.code == 1
    assert "not connected" in answer.json["message"]


def write_first(terminal: Terminal) -> tuple[str, str]:
    """A file and a mapping where no data directory is yet."""
    terminal.place.parent.mkdir(parents=True, exist_ok=True)
    file = write(terminal, "a.csv", HEAD + "X-1,A,2026-11-20,Seat,1,5\n")
    return file, write(terminal, "map.json", {"columns": COLUMNS})


def test_a_folder_is_added_run_paused_and_removed(connected: Terminal) -> None:
    """What `sources` shows follows each step."""
    body = write(connected, "map.json", {"columns": COLUMNS, "module": "invoices", "currency": "INR"})
    connected("mappings", "save", "monthly", body)
    place = connected.place.parent / "in"
    place.mkdir()
    added = connected("sources", "add-folder", str(place), "--module", "invoices", "--mapping", "monthly", "--json")
    assert (added.code, added.json) == (0, {"id": 1})
    (place / "nov.csv").write_text(HEAD + f'W-1,"{customer(connected)}",2026-11-20,Seat,1,5\n', encoding="utf-8")
    ran = connected("sources", "run", "1", "--json")
    assert (ran.code, ran.json["taken"], ran.json["result"]) == (0, 1, "ok")
    assert (place / "done" / "nov.csv").exists()
    (one,) = connected("sources", "--json").json
    assert (one["kind"], one["state"], one["last_result"], one["taken"]) == ("folder", "on", "ok", 1)
    assert connected("sources", "pause", "1").code == 0
    assert connected("sources", "--json").json[0]["state"] == "paused"
    assert connected("sources", "resume", "1").code == 0
    assert connected("sources", "remove", "1").code == 0
    assert connected("sources", "--json").json == []
    assert connected("sources", "run", "1").code == 2
