"""``connect`` and ``disconnect``: rules 5 to 7 of the contract."""

from __future__ import annotations

import json
import os
import stat
import sys

import pytest

from tests.cli.conftest import Terminal
from zbdesk.app.lock import InstanceLock


def test_status_works_on_an_empty_directory(terminal: Terminal) -> None:
    """Nothing connected is a state like any other, and the directory is made for its owner only."""
    answer = terminal("status", "--json")
    assert answer.code == 0
    assert answer.json["connection"]["state"] == "none"
    if sys.platform != "win32":
        assert stat.S_IMODE(terminal.place.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "command", [("sync", "--json"), ("run",), ("records", "invoices"), ("export", "items", "x.csv")]
)
def test_commands_that_need_a_connection_say_so(terminal: Terminal, command: tuple[str, ...]) -> None:
    """Without a connection they end with 1 and one sentence."""
    answer = terminal(*command)
    assert answer.code == 1
    assert "not connected to Zoho Books" in answer.err
    if "--json" in command:
        assert answer.json["result"] == "failed"
        assert answer.json["message"]


def test_connect_stores_the_chosen_organization_and_does_not_sync(terminal: Terminal) -> None:
    """After connecting, the state is active and no record has been read."""
    assert terminal.connect().code == 0
    status = terminal("status", "--json").json
    assert status["connection"]["state"] == "active"
    assert status["connection"]["organization_id"] == terminal.organization
    assert all(counts["remote"] == 0 for counts in status["modules"].values())


def test_several_organizations_are_listed_and_none_is_picked(terminal: Terminal) -> None:
    """No organization is ever chosen by itself, and nothing is stored until a person did."""
    known = terminal.server.credentials
    answer = terminal(
        "connect", "--region", "custom", "--accounts-url", known.accounts_url, "--api-url", known.api_url,
        "--client-id", known.client_id, "--client-secret-file", str(terminal.secret_file),
        "--grant-code", known.grant_code(),
    )  # fmt: skip
    assert answer.code == 2
    for organization in terminal.server.company.organizations.values():
        assert organization.id in answer.err
        assert organization.profile.name in answer.err
    assert terminal("status", "--json").json["connection"]["state"] == "none"


def test_an_organization_without_access_is_refused(terminal: Terminal) -> None:
    """A mistyped organization id is named; nothing is stored."""
    answer = terminal.connect(organization="999")
    assert answer.code in {1, 2}
    assert "999" in answer.err
    assert terminal("status", "--json").json["connection"]["state"] == "none"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--region", "mars"), 2, "mars"),
        (("--region", "custom"), 2, "--accounts-url"),
        (
            ("--region", "custom", "--accounts-url", "http://example.com", "--api-url", "https://x.example"),
            1,
            "http://example.com",
        ),
        (
            ("--region", "custom", "--accounts-url", "https://a.example/books/v3", "--api-url", "https://b.example"),
            1,
            "",
        ),
        (("--region", "eu", "--api-url", "https://b.example"), 2, "own addresses"),
    ],
)
def test_a_region_that_cannot_be_is_refused(
    terminal: Terminal, words: tuple[str, ...], code: int, sentence: str
) -> None:
    """Regions and addresses are checked before anything is sent anywhere."""
    answer = terminal(
        "connect", *words, "--client-id", "x", "--client-secret-file", str(terminal.secret_file), "--grant-code", "c"
    )
    assert answer.code in {code, 2}
    assert sentence in answer.err
    assert "Traceback" not in answer.err


def test_a_wrong_secret_leaves_the_old_connection_as_it_was(terminal: Terminal) -> None:
    """A failed connect changes nothing: the connection from before still syncs."""
    assert terminal.connect().code == 0
    terminal.secret_file.write_text("wrong-secret")
    failed = terminal.connect()
    assert failed.code in {1, 4}
    assert "secret" in failed.err
    assert "wrong-secret" not in failed.err
    assert terminal("sync", "--json", "--module", "items").json["result"] == "ok"


def test_a_used_code_is_named(terminal: Terminal) -> None:
    """Codes work once; the sentence says so instead of quoting an error word."""
    code = terminal.server.credentials.grant_code()
    assert terminal.connect(code=code).code == 0
    again = terminal.connect(code=code)
    assert again.code in {1, 4}
    assert "code" in again.err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", None])
def test_an_unusable_secret_file_is_named(terminal: Terminal, content: bytes | None) -> None:
    """The file's name and what is wrong with it stand in the sentence."""
    terminal.secret_file.unlink()
    if content is not None:
        terminal.secret_file.write_bytes(content)
    answer = terminal.connect()
    assert answer.code == 1
    assert str(terminal.secret_file) in answer.err


def test_connecting_again_keeps_the_records(terminal: Terminal) -> None:
    """Signing in anew to the same organization repairs the connection; local ids stay."""
    terminal.connect()
    terminal("sync", "--json", "--module", "items")
    before = {row["remote_id"]: row["local_id"] for row in terminal("records", "items", "--json").json}
    assert before
    assert terminal.connect().code == 0
    after = {row["remote_id"]: row["local_id"] for row in terminal("records", "items", "--json").json}
    assert after == before


def test_disconnect_revokes_and_keeps_the_mirror(terminal: Terminal) -> None:
    """The sign-in ends at Zoho; the records stay until told otherwise."""
    terminal.connect()
    terminal("sync", "--json", "--module", "items")
    assert len(terminal.server.tokens.refresh_tokens()) == 1
    answer = terminal("disconnect")
    assert answer.code == 0
    assert terminal.server.tokens.refresh_tokens() == ()
    assert "stay" in answer.err
    assert terminal("status", "--json").json["connection"]["state"] == "none"
    assert terminal.connect().code == 0
    assert terminal("records", "items", "--json").json


def test_disconnect_without_a_connection_fails_softly(terminal: Terminal) -> None:
    """There is nothing to end, and it says so."""
    assert terminal("disconnect").code == 1


def test_disconnect_works_when_zoho_is_away(terminal: Terminal) -> None:
    """A failing revocation never holds up the local part, and the person learns where to end the rest."""
    terminal.connect()
    terminal.server.stop()
    answer = terminal("disconnect", "--delete-data")
    assert answer.code == 0
    assert "Connected Apps" in answer.err
    assert terminal("status", "--json").json["connection"]["state"] == "none"


def test_a_second_instance_is_refused_and_named(terminal: Terminal) -> None:
    """Writing commands refuse beside a running instance; reading ones work."""
    terminal.connect()
    with InstanceLock(terminal.place, "window"):
        for command in (("sync", "--json"), ("run",), ("disconnect",)):
            answer = terminal(*command)
            assert answer.code == 1
            assert str(os.getpid()) in answer.err or "window" in answer.err
        assert terminal.connect().code == 1
        assert terminal("status", "--json").code == 0
        assert terminal("records", "items", "--json").code == 0
    assert terminal("sync", "--json", "--module", "items").code == 0


def test_after_disconnecting_the_copy_can_still_be_read(terminal: Terminal) -> None:
    """Records that stay are shown and exported, with a word that nothing refreshes them; the state says none."""
    terminal.connect()
    terminal("sync", "--json", "--module", "items")
    before = terminal("records", "items", "--json", "--full").json
    ended = terminal("disconnect")
    assert "Pvt. Ltd.\n" in ended.err
    assert ".." not in ended.err
    answer = terminal("records", "items", "--json", "--full")
    assert (answer.code, answer.json) == (0, before)
    assert before
    assert "copy of Meridian Spices & Exports Pvt. Ltd. that stayed here" in answer.err
    file = terminal.place.parent / "items.json"
    answer = terminal("export", "items", str(file))
    assert answer.code == 0
    assert len(json.loads(file.read_text())) == len(before)
    assert "copy of" in answer.err
    assert terminal("status", "--json").json["connection"]["state"] == "none"
    assert "not connected" in terminal("sync", "--json").err


def test_the_copy_disconnected_last_is_the_one_that_is_read(terminal: Terminal) -> None:
    """Of several, the last one in use is shown, whichever was made first; deleted data leaves nothing to read."""
    first, second, *_ = list(terminal.server.company.organizations)
    for organization in (first, second, first):
        assert terminal.connect(organization=organization).code == 0
    assert terminal("disconnect").code == 0
    names = {key: one.profile.name for key, one in terminal.server.company.organizations.items()}
    assert names[first] in terminal("records", "items").err
    assert terminal("disconnect").code == 1
    assert terminal.connect(organization=second).code == 0
    assert terminal("disconnect", "--delete-data").code == 0
    assert names[first] in terminal("records", "items").err
    assert terminal.connect(organization=first).code == 0
    assert terminal("disconnect", "--delete-data").code == 0
    assert "not connected to Zoho Books" in terminal("records", "items").err


def test_a_refused_address_is_shown_as_it_was_typed(terminal: Terminal) -> None:
    """Whoever typed a path sees it again beside the sentence that refuses it."""
    typed = f"{terminal.server.url}/x"
    answer = terminal(
        "connect", "--region", "custom", "--accounts-url", typed, "--api-url", terminal.server.url,
        "--client-id", "1000.X", "--client-secret-file", str(terminal.secret_file), "--grant-code", "1000.y",
    )  # fmt: skip
    assert answer.code == 1
    assert typed in answer.err
