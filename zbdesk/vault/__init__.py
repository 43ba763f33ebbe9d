"""Secrets: the system's keychain, or a file sealed with a passphrase."""

from __future__ import annotations

from pathlib import Path

from zbdesk.vault.base import MemoryVault, Vault, VaultKind
from zbdesk.vault.errors import PassphraseNeeded
from zbdesk.vault.sealed import FILE_NAME, FileVault

__all__ = ["FileVault", "MemoryVault", "Vault", "VaultKind", "open_vault"]


def open_vault(data_dir: Path, passphrase: str | None) -> Vault:
    """Return the vault of this data directory: the sealed file with a passphrase, else the system's keychain.

    Raises ``NoKeychain`` where there is neither, ``PassphraseNeeded`` where the sealed file is there: then the secrets
    are in it, and a keychain beside it would only look empty. Nothing is written; a wrong passphrase shows at the
    first ``get``. Blocks for a fraction of a second: call it on a thread.
    """
    path = data_dir / FILE_NAME
    if passphrase:
        return FileVault(path, passphrase)
    if path.exists():
        raise PassphraseNeeded(path)
    from zbdesk.vault.keychain import open_keychain

    return open_keychain()
