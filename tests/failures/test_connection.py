"""A connection that stops holding: revoked, client gone, organization lost, keychain locked. Records stay."""

from __future__ import annotations

import keyring.errors
import pytest

from tests.failures.conftest import Program
from tests.vault.keyring_fakes import FakeKeyring
from zbdesk.vault.keychain import KeychainVault

REFRESH = "/oauth/v2/token"


@pytest.mark.logs("could not be revoked")
def test_a_revoked_token_asks_once_and_then_keeps_silent(program: Program) -> None:
    """Rule 11: exit 4, cause and remedy; further syncs make no call at all, and a new sign-in mends it."""
    before = program.records()
    program.server.tokens.revoke_all()
    answer = program("sync", "--json")
    assert answer.code == 4
    assert answer.json["result"] == "needs_sign_in"
    answer.says("no longer accepts this sign-in", "withdrawn in Zoho", "Sign in again", "what is already here stays")
    asked = len(program.server.requests)
    again = program("sync", "--json")
    assert again.code == 4
    assert again.json["result"] == "needs_sign_in"
    assert again.json["api_calls"] == 0
    assert len(program.server.requests) == asked
    assert program("status", "--json").json["connection"]["state"] == "needs_sign_in"
    assert program.records() == before
    assert program(*program.connect_words()).code == 0
    program.works()


@pytest.mark.parametrize("word", ["invalid_client", "invalid_client_secret"])
def test_a_client_that_was_deleted_is_told_from_a_revoked_token(program: Program, word: str) -> None:
    """Somebody removed the client in the API console: signing in again alone would not help."""
    program.server.tokens.expire_access()
    program.server.faults.raw(200, f'{{"error":"{word}"}}'.encode(), path=REFRESH, method="POST")
    answer = program("sync", "--json", "--module", "items")
    assert answer.code == 4
    answer.says("no longer knows this client", "API console", "Connect again with the new ones")
    assert program(*program.connect_words()).code == 0
    program.works()


@pytest.mark.parametrize("trouble", ["throttled", "broken", "html", "down"])
def test_a_token_server_in_trouble_leaves_the_state_alone(program: Program, trouble: str) -> None:
    """Rule 11: a throttled or failing token endpoint is ``failed``, exit 1, and the connection stays active."""
    program.server.tokens.expire_access()
    faults = program.server.faults
    if trouble == "throttled":
        body = b'{"error":"Access Denied","error_description":"You have made too many requests continuously."}'
        faults.raw(400, body, path=REFRESH, times=20)
    elif trouble == "broken":
        faults.fail(500, path=REFRESH, times=20)
    elif trouble == "html":
        faults.html(503, path=REFRESH, times=20)
    else:
        faults.drop(path=REFRESH, times=50)
    answer = program("sync", "--json", "--module", "items")
    assert answer.code == 1
    assert answer.json["result"] == "failed"
    assert answer.json["message"]
    assert program("status", "--json").json["connection"]["state"] in {"active", "offline"}
    assert program.server.tokens.refresh_tokens()
    faults.clear()
    if trouble == "throttled":
        answer.says("asks for a pause", "minutes", "sign-in itself is in order")
        return  # nothing may be asked for ten minutes; that it goes on then is held by the client's own tests
    program.works()


def test_an_organization_that_was_taken_away_is_named(program: Program) -> None:
    """Code 6041: the user lost the organization; it is a setting to mend, not a broken program."""
    program.server.faults.fail(400, code=6041, message="This user is not associated with the CompanyID", times=50)
    answer = program("sync", "--json", "--module", "items")
    assert answer.code in {1, 3}
    answer.says("no access to this organization", program.organization, "Connect again")
    program.server.faults.clear()
    program.works()


@pytest.fixture
def keychain(program: Program, monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    """A system keychain of this test's own, connected anew."""
    ring = FakeKeyring()
    monkeypatch.delenv("ZBDESK_VAULT_PASSPHRASE")
    for sealed in program.place.glob("vault*"):
        sealed.unlink()
    monkeypatch.setattr("zbdesk.vault.keychain.open_keychain", lambda: KeychainVault(ring, "The keyring"))
    assert program(*program.connect_words()).code == 0
    return ring


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (keyring.errors.KeyringLocked("locked"), ("is locked.", "Unlock it", "nothing is lost")),
        (keyring.errors.KeyringError("denied"), ("The keyring", "keychain")),
    ],
)
@pytest.mark.parametrize("command", ["sync", "connect"])
@pytest.mark.logs("could not look whether a sign-in is in use")
def test_a_keychain_that_does_not_open_is_named(
    program: Program, keychain: FakeKeyring, failure: Exception, words: tuple[str, ...], command: str
) -> None:
    """Locked or refused: a sentence with the way out, exit 1, never plain text instead, and nothing is forgotten."""
    entries = dict(keychain.entries)
    tokens = program.server.tokens.refresh_tokens()
    keychain.failure = failure
    answer = program(*(("sync", "--json") if command == "sync" else program.connect_words()))
    assert answer.code == 1
    answer.says(*words)
    assert "[hidden]" not in answer.err
    assert list(program.place.glob("vault*")) == []
    keychain.failure = None
    assert keychain.entries == entries
    assert set(tokens) <= set(program.server.tokens.refresh_tokens())
    program.works()


def test_a_computer_without_keychain_says_what_to_install(fresh: Program) -> None:
    """No keychain and no passphrase: the sign-in is refused before anything is kept, with both ways out."""
    answer = fresh.real(*fresh.connect_words(), ZBDESK_VAULT_PASSPHRASE="", DBUS_SESSION_BUS_ADDRESS="disabled:")
    assert answer.code == 1
    answer.says("keychain", "ZBDESK_VAULT_PASSPHRASE")
    assert fresh("status", "--json").json["connection"]["state"] == "none"
    assert list(fresh.place.glob("vault*")) == []
