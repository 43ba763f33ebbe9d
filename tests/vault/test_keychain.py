"""The keychain: named states, long values in parts, the backend chosen by name."""

from __future__ import annotations

import contextlib
import sys
from types import ModuleType

import keyring.backends.fail
import keyring.backends.null
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError
from keyring_fakes import FakeKeyring

from zbdesk.domain.errors import Action, VaultError
from zbdesk.vault import keychain, parts
from zbdesk.vault.errors import DamagedVault, NoKeychain, VaultDenied, VaultGone, VaultLocked
from zbdesk.vault.keychain import KeychainVault, open_keychain

LONG = "1000." + "".join(chr(97 + i % 26) for i in range(3_400))


@pytest.fixture
def backend() -> FakeKeyring:
    """Give a keychain with Windows' limit."""
    return FakeKeyring()


@pytest.fixture
def vault(backend: FakeKeyring) -> KeychainVault:
    """Give the vault over it."""
    return KeychainVault(backend, "The test keyring")


@pytest.mark.parametrize("value", ["short", "x" * 1_000, "x" * 1_001, LONG, "zbdesk-parts:a:1:00", "ключ 🔑" * 400, ""])
def test_what_is_set_is_what_is_got(vault: KeychainVault, value: str) -> None:
    """A secret comes back in full, whatever its length and script, and however it looks."""
    vault.set("eu/1/refresh_token", value)
    assert vault.get("eu/1/refresh_token") == value


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=4_000))
def test_no_part_is_longer_than_windows_takes(value: str) -> None:
    """Entries keep within the limit counted in UTF-16, and the whole comes back."""
    backend = FakeKeyring(limit=1_000)
    vault = KeychainVault(backend, "K")
    vault.set("n", value)
    assert vault.get("n") == value


def test_nothing_there_is_none(vault: KeychainVault) -> None:
    """A secret that was never kept is None, no error."""
    assert vault.get("eu/1/refresh_token") is None


@pytest.mark.parametrize("values", [[LONG], ["short"], [LONG, "short"], ["short", LONG], [LONG, LONG[:-1], LONG + "z"]])
def test_deleting_leaves_nothing(vault: KeychainVault, backend: FakeKeyring, values: list[str]) -> None:
    """After delete the keychain holds no part of any value that was ever there."""
    for value in values:
        vault.set("n", value)
    vault.delete("n")
    assert backend.entries == {}
    assert vault.get("n") is None


def test_deleting_nothing_is_harmless(vault: KeychainVault) -> None:
    """Delete may be repeated."""
    vault.delete("n")
    vault.delete("n")
    assert vault.get("n") is None


@pytest.mark.parametrize("old", [None, "short", LONG])
@pytest.mark.parametrize("new", ["other", LONG[::-1], LONG[::-1] + "y" * 2_000])
@pytest.mark.parametrize("steps", range(12))
def test_a_crash_between_parts_never_mixes_values(
    vault: KeychainVault, backend: FakeKeyring, old: str | None, new: str, steps: int
) -> None:
    """Wherever a write breaks off, the old or the new value is there in full; delete then removes all of it."""
    if old is not None:
        vault.set("n", old)
    backend.failure, backend.fail_after = PasswordSetError("power cut"), steps
    with contextlib.suppress(VaultDenied):
        vault.set("n", new)
    backend.failure, backend.fail_after = None, None
    assert vault.get("n") in {old, new}
    vault.set("n", "again")
    assert vault.get("n") == "again"
    vault.delete("n")
    assert backend.entries == {}


@pytest.mark.parametrize("steps", range(5))
def test_an_interrupted_delete_can_be_finished(vault: KeychainVault, backend: FakeKeyring, steps: int) -> None:
    """A second delete removes what the first one left."""
    vault.set("n", LONG)
    backend.failure, backend.fail_after = PasswordDeleteError("power cut"), steps
    with pytest.raises(VaultDenied):
        vault.delete("n")
    backend.failure, backend.fail_after = None, None
    vault.delete("n")
    assert backend.entries == {}


def test_a_missing_part_is_damage_not_half_a_secret(vault: KeychainVault, backend: FakeKeyring) -> None:
    """A value of which a part is gone is named as damaged, and a new one may be kept in its place."""
    vault.set("n", LONG)
    del backend.entries["zbdesk", "n#a.1"]
    with pytest.raises(DamagedVault):
        vault.get("n")
    vault.set("n", "new")
    assert vault.get("n") == "new"


def test_a_head_that_says_nothing_is_damage(vault: KeychainVault, backend: FakeKeyring) -> None:
    """An entry that begins like a head and is none is damage."""
    backend.entries["zbdesk", "n"] = "zbdesk-parts:c:x"
    with pytest.raises(DamagedVault):
        vault.get("n")


def test_a_value_replaced_while_it_is_read_is_read_again() -> None:
    """A reader that meets another process's write gets the newer value, not a mixture."""
    backend = FakeKeyring()
    vault = KeychainVault(backend, "K")
    vault.set("n", LONG)
    other = KeychainVault(backend, "K")
    plain = backend.get_password
    seen: list[str] = []

    def replaced_midway(service: str, username: str) -> str | None:
        if username == "n#a.1" and not seen:
            seen.append(username)
            other.set("n", LONG[::-1])
        return plain(service, username)

    backend.get_password = replaced_midway  # type: ignore[method-assign]
    assert vault.get("n") == LONG[::-1]


class _Foreign(Exception):
    __module__ = "secretstorage.exceptions"


class PromptDismissedException(Exception):
    """As secretstorage raises it when the person closes the question."""


def _init_after_prompt() -> InitError:
    error = InitError("Failed to create the collection")
    error.__cause__ = PromptDismissedException()
    return error


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (KeyringLocked("Failed to unlock the collection!"), VaultLocked),
        (PromptDismissedException(), VaultLocked),
        (_init_after_prompt(), VaultLocked),
        (InitError("Failed to create the collection"), VaultGone),
        (ConnectionRefusedError(), VaultGone),
        (EOFError(), VaultGone),
        (_Foreign(), VaultGone),
        (NoKeyringError(), NoKeychain),
        (PasswordSetError("no"), VaultDenied),
        (KeyringError("no"), VaultDenied),
    ],
)
def test_each_failure_has_its_name_and_remedy(
    vault: KeychainVault, backend: FakeKeyring, failure: Exception, expected: type[VaultError]
) -> None:
    """What the backend raises becomes one of our classes, with words for people and something to do."""
    backend.failure = failure
    with pytest.raises(VaultError) as caught:
        vault.get("n")
    assert type(caught.value) is expected
    assert caught.value.title
    assert caught.value.message
    assert caught.value.action is not Action.NONE


def test_a_bug_is_not_called_a_locked_keychain(vault: KeychainVault, backend: FakeKeyring) -> None:
    """Exceptions that mean a fault of ours come through as they are."""
    backend.failure = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        vault.get("n")


def test_a_refused_deletion_is_told(vault: KeychainVault, backend: FakeKeyring) -> None:
    """Delete says so when the keychain keeps the entry: a secret must not stay behind unnoticed."""
    vault.set("n", "secret")
    backend.failure, backend.fail_after = PasswordDeleteError("denied"), 0
    with pytest.raises(VaultDenied):
        vault.delete("n")


def test_no_error_repeats_the_secret(vault: KeychainVault, backend: FakeKeyring) -> None:
    """The words of a failure never contain what was to be kept or what the backend said of it."""
    backend.failure = PasswordSetError("could not store 1000.SECRET")
    with pytest.raises(VaultDenied) as caught:
        vault.set("n", "1000.SECRET")
    assert "1000.SECRET" not in str(caught.value)


def _module(name: str, kind: type | None) -> ModuleType:
    module = ModuleType(name)
    if kind is not None:
        module.Keyring = kind  # type: ignore[attr-defined]
    return module


def test_plain_text_backends_are_never_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no system keychain there is none, whatever else keyring could offer or is told to use."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(keychain, "_load", lambda module, name: None)
    with pytest.raises(NoKeychain):
        open_keychain("linux")
    chosen = {row[0] for rows in keychain._BACKENDS.values() for row in rows}
    assert not chosen & {keyring.backends.null.__name__, keyring.backends.fail.__name__, "keyring.backends.chainer"}
    assert not any("alt" in name for name in chosen)


def test_the_first_usable_backend_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is fixed, so that secrets are looked for where they were kept."""

    class Unusable(FakeKeyring):
        viable = False

    monkeypatch.setitem(sys.modules, "keyring.backends.SecretService", _module("a", Unusable))
    monkeypatch.setitem(sys.modules, "keyring.backends.libsecret", _module("b", None))
    fake = ModuleType("c")
    fake.DBusKeyring = FakeKeyring  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring.backends.kwallet", fake)
    assert open_keychain("linux").describe() == "KWallet"


def test_windows_gets_one_service_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows each entry has a service of its own, since one service holds one credential there."""
    kind = type("WinVaultKeyring", (FakeKeyring,), {"__module__": "keyring.backends.Windows"})
    backend = kind()
    KeychainVault(backend, "W").set("n", "v")
    assert backend.entries == {("zbdesk/n", "n"): "v"}


def test_parts_read_an_old_head_only_once_it_is_sound() -> None:
    """A value that looks like a head is kept as parts, so that no value can pose as one."""
    backend = FakeKeyring()
    KeychainVault(backend, "K").set("n", "zbdesk-parts:a:99:0")
    assert backend.entries["zbdesk", "n"].startswith("zbdesk-parts:a:1:")
    assert parts.PART_LIMIT < 1_280
