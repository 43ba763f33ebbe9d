"""The sealed file: opened by its passphrase only, replaced as a whole, damage told from a wrong passphrase."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from zbdesk.vault import FileVault, open_vault
from zbdesk.vault import keychain as keychain_module
from zbdesk.vault import sealed as sealed_module
from zbdesk.vault.errors import (
    DamagedVault,
    NoKeychain,
    PassphraseNeeded,
    VaultBusy,
    VaultNotRead,
    VaultNotWritten,
    WrongPassphrase,
)
from zbdesk.vault.files import FileLock, write_atomically
from zbdesk.vault.sealed import Cost

CHEAP = Cost(n=2**15, p=1)
SECRET = "1000.refresh-token-of-the-test"


def sealed(path: Path, passphrase: str = "correct horse") -> FileVault:
    """Open the file with a cheap cost."""
    return FileVault(path, passphrase, cost=CHEAP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the sealed file will be."""
    return tmp_path / "vault.sealed"


def _with_sound_checksum(body: bytes) -> bytes:
    return body + hashlib.sha256(body).digest()


def _header(data: bytes) -> dict[str, object]:
    length = int.from_bytes(data[8:12], "big")
    header: dict[str, object] = json.loads(data[12 : 12 + length])
    return header


def _with_header(data: bytes, **changes: object) -> bytes:
    length = int.from_bytes(data[8:12], "big")
    header = json.dumps(_header(data) | changes).encode()
    return _with_sound_checksum(data[:8] + len(header).to_bytes(4, "big") + header + data[12 + length : -32])


def test_secrets_come_back_in_another_process(path: Path) -> None:
    """What one process sealed another opens with the same passphrase, and only names that are there give something."""
    first = sealed(path)
    first.set("a", SECRET)
    first.set("b", "ключ 🔑" * 900)
    second = sealed(path)
    assert (second.get("a"), second.get("b"), second.get("c")) == (SECRET, "ключ 🔑" * 900, None)


def test_nothing_is_readable_in_the_file(path: Path) -> None:
    """Neither secrets nor their names nor the passphrase stand in the file."""
    sealed(path).set("eu/1/refresh_token", SECRET)
    data = path.read_bytes()
    assert SECRET.encode() not in data
    assert b"refresh_token" not in data
    assert b"correct horse" not in data


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_file_is_its_owners_only(path: Path) -> None:
    """Nobody else on the computer can read the file, whatever the umask."""
    old = os.umask(0)
    try:
        sealed(path).set("a", SECRET)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_write_has_its_own_nonce(path: Path) -> None:
    """No nonce is used twice under one key."""
    vault = sealed(path)
    nonces = set()
    for number in range(5):
        vault.set("a", f"{SECRET}{number}")
        nonces.add(_header(path.read_bytes())["nonce"])
    assert len(nonces) == 5


def test_a_wrong_passphrase_is_named_as_such(path: Path) -> None:
    """Another passphrase neither opens nor overwrites the file."""
    sealed(path).set("a", SECRET)
    before = path.read_bytes()
    wrong = sealed(path, "wrong horse")
    with pytest.raises(WrongPassphrase):
        wrong.get("a")
    with pytest.raises(WrongPassphrase):
        wrong.set("a", "other")
    with pytest.raises(WrongPassphrase):
        wrong.delete("a")
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["magic", "header", "middle", "end", "short", "empty"])
def test_damage_is_named_as_such(path: Path, place: str) -> None:
    """A flipped bit or a cut file is damage, not a wrong passphrase, and is not overwritten."""
    vault = sealed(path)
    vault.set("a", SECRET)
    data = bytearray(path.read_bytes())
    if place in {"short", "empty"}:
        data = data[: len(data) // 2 if place == "short" else 0]
    else:
        data[{"magic": 0, "header": 40, "middle": len(data) - 60, "end": len(data) - 1}[place]] ^= 1
    path.write_bytes(data)
    for opened in (sealed(path), sealed(path, "wrong horse")):
        with pytest.raises(DamagedVault):
            opened.get("a")
        with pytest.raises(DamagedVault):
            opened.set("a", "other")
    assert path.read_bytes() == bytes(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"n": 2**10},
        {"n": 2**30},
        {"n": 2**15 + 1},
        {"r": 1},
        {"p": 0},
        {"format": 2},
        {"salt": "?"},
        {"nonce": 5},
        {"n": "many"},
    ],
)
def test_numbers_that_we_never_wrote_are_damage(path: Path, changes: dict[str, object]) -> None:
    """A header with a cheap, huge or senseless cost is refused before any memory is taken."""
    sealed(path).set("a", SECRET)
    path.write_bytes(_with_header(path.read_bytes(), **changes))
    with pytest.raises(DamagedVault):
        sealed(path).get("a")


def test_the_header_is_authenticated(path: Path) -> None:
    """A header that was changed with a sound checksum does not open, even if the passphrase fits."""
    sealed(path).set("a", SECRET)
    path.write_bytes(_with_header(path.read_bytes(), note="added"))
    with pytest.raises(DamagedVault):
        sealed(path).get("a")


def test_a_length_beyond_the_file_is_damage(path: Path) -> None:
    """A header length that cannot be is refused."""
    path.write_bytes(_with_sound_checksum(b"ZBDVAULT" + b"\xff" * 4 + b"{}"))
    with pytest.raises(DamagedVault):
        sealed(path).get("a")


def test_stored_numbers_win_over_new_defaults(path: Path) -> None:
    """A file made with other costs still opens: they stand in its header."""
    FileVault(path, "p", cost=Cost(n=2**16, p=1)).set("a", SECRET)
    assert FileVault(path, "p", cost=CHEAP).get("a") == SECRET
    assert Cost().n >= 2**15


def test_the_last_secret_takes_the_file_along(path: Path) -> None:
    """Deleting everything leaves no sealed file; deleting nothing writes nothing."""
    vault = sealed(path)
    vault.delete("a")
    assert not path.exists()
    vault.set("a", SECRET)
    vault.delete("b")
    vault.delete("a")
    assert not path.exists()
    assert vault.get("a") is None


def test_a_failing_write_keeps_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is named, the old secrets stay, and no temporary file is left."""
    vault = sealed(path)
    vault.set("a", SECRET)

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zbdesk.vault.files.os.fsync", full)
    with pytest.raises(VaultNotWritten, match="No space left"):
        vault.set("a", "other")
    monkeypatch.undo()
    assert sealed(path).get("a") == SECRET
    assert not list(path.parent.glob("*.tmp"))


def test_a_file_that_is_no_file_is_told(path: Path) -> None:
    """What cannot be read is named with its reason."""
    path.mkdir()
    with pytest.raises(VaultNotRead):
        sealed(path).get("a")


def test_writers_wait_for_each_other(path: Path) -> None:
    """Two processes that keep different secrets at once lose neither."""
    vaults = [sealed(path) for _ in range(2)]
    vaults[0].set("start", "x")
    start = threading.Barrier(2)

    def write(number: int) -> None:
        start.wait()
        for turn in range(10):
            vaults[number].set(f"{number}.{turn}", "v")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fresh = sealed(path)
    assert all(fresh.get(f"{number}.{turn}") == "v" for number in range(2) for turn in range(10))


def test_a_lock_that_never_ends_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that keeps the file locked is named after a while; nothing hangs."""
    monkeypatch.setattr(sealed_module, "_LOCK_SECONDS", 0.05)
    other = FileLock(path.with_name("vault.sealed.lock"))
    other.acquire()
    try:
        with pytest.raises(VaultBusy):
            sealed(path).set("a", SECRET)
    finally:
        other.release()
    sealed(path).set("a", SECRET)


def test_neither_repr_nor_words_show_the_passphrase(path: Path) -> None:
    """The passphrase stays out of whatever may be logged."""
    vault = sealed(path)
    assert "correct horse" not in repr(vault) + vault.describe()


def test_a_write_replaces_the_whole_file(tmp_path: Path) -> None:
    """Atomic writing gives the new content and no left-overs."""
    target = tmp_path / "x"
    write_atomically(target, b"old, and longer")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert [item.name for item in tmp_path.iterdir()] == ["x"]


def _no_keychain() -> None:
    raise NoKeychain


def test_which_vault_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase means the sealed file; without it and without keychain the way out is named."""
    monkeypatch.setattr(keychain_module, "open_keychain", _no_keychain)
    assert open_vault(tmp_path, "p").kind == "file"
    for nothing in (None, ""):
        with pytest.raises(NoKeychain, match="ZBDESK_VAULT_PASSPHRASE"):
            open_vault(tmp_path, nothing)
    sealed(tmp_path / "vault.sealed").set("a", SECRET)
    with pytest.raises(PassphraseNeeded):
        open_vault(tmp_path, None)
