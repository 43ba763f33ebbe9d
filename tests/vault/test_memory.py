"""The vault of the tests keeps the same promises."""

from __future__ import annotations

import pytest

from zbdesk.vault import MemoryVault, Vault
from zbdesk.vault.errors import VaultLocked


def test_it_behaves_like_the_others() -> None:
    """Set, get, delete, delete again; a failure that is set is raised by each call."""
    vault: Vault = MemoryVault()
    vault.set("a", "1")
    assert vault.get("a") == "1"
    vault.delete("a")
    vault.delete("a")
    assert vault.get("a") is None


def test_it_can_be_locked() -> None:
    """A test can make every call fail, and nothing is lost meanwhile."""
    vault = MemoryVault()
    vault.set("a", "1")
    vault.failure = VaultLocked("The keyring")
    with pytest.raises(VaultLocked):
        vault.get("a")
    with pytest.raises(VaultLocked):
        vault.set("a", "2")
    with pytest.raises(VaultLocked):
        vault.delete("a")
    vault.failure = None
    assert (vault.get("a"), vault.names(), vault.describe()) == ("1", ["a"], "memory of this process only")
