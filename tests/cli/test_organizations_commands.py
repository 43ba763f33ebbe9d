"""Several organizations on the command line: one is in use, all are listed, and the loop takes them all when asked."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def two(terminal: Terminal) -> tuple[Terminal, str, str]:
    """Both organizations of the demo company; the second was connected last and is in use."""
    first, second = list(terminal.server.company.organizations)
    assert terminal.connect(organization=first).code == 0
    assert terminal.connect(organization=second).code == 0
    return terminal, first, second


def test_all_are_listed_and_one_is_in_use(two: tuple[Terminal, str, str]) -> None:
    """The same list in ``organizations`` and in ``status``; the fields of the contract stay those of the one in use."""
    terminal, first, second = two
    listed = terminal("organizations", "--json").json
    assert [(one["organization_id"], one["in_use"], one["state"]) for one in listed] == [
        (second, True, "active"), (first, False, "active"),
    ]  # fmt: skip
    status = terminal("status", "--json").json
    assert status["organizations"] == listed
    assert status["connection"]["organization_id"] == second
    text = terminal("organizations").out
    assert all(one["organization_name"] in text for one in listed)


def test_sync_is_for_the_one_in_use_only(two: tuple[Terminal, str, str]) -> None:
    """One pass asks nothing of the other organization."""
    terminal, first, second = two
    terminal.server.requests.clear()
    assert terminal("sync", "--module", "taxes", "--json").code == 0
    asked = {one.params.get("organization_id") for one in terminal.server.requests.books()}
    assert second in asked
    assert first not in asked


def test_use_takes_another_and_naming_it_is_the_yes(two: tuple[Terminal, str, str]) -> None:
    """Documents go to the one that was named from then on, and nothing waits for a confirmation in a window."""
    terminal, first, second = two
    answer = terminal("organizations", "use", first, "--json")
    assert answer.code == 0
    assert (answer.json["in_use"], answer.json["confirmed"]) == (True, True)
    assert terminal("status", "--json").json["connection"]["organization_id"] == first
    file = terminal.place.parent / "documents.json"
    file.write_text(json.dumps([{"source_id": "C-1", "contact_name": "Northwind", "email": "ap@northwind.example"}]))
    assert terminal("put", "contacts", str(file)).code == 0
    assert terminal("sync", "--json").json["pushed"]["contacts"]["created"] == 1
    companies = terminal.server.company.organizations
    assert [one["email"] for one in companies[first].all("contacts") if one["contact_name"] == "Northwind"]
    assert not [one for one in companies[second].all("contacts") if one["contact_name"] == "Northwind"]


def test_an_unknown_id_changes_nothing(two: tuple[Terminal, str, str]) -> None:
    """The sentence names it and says where the known ones are listed."""
    terminal, _, second = two
    answer = terminal("organizations", "use", "4711")
    assert answer.code == 2
    assert "4711" in answer.err
    assert "zbdesk organizations" in answer.err
    assert terminal("status", "--json").json["connection"]["organization_id"] == second


def test_nothing_is_listed_in_an_empty_directory(terminal: Terminal) -> None:
    """It is a question like any other."""
    answer = terminal("organizations", "--json")
    assert (answer.code, answer.json) == (0, [])
    assert terminal("status", "--json").json["organizations"] == []
