"""Why secrets cannot be read or kept right now: one class a cause, each with its remedy.

    VaultError
    ├── VaultLocked        the keychain is locked and was not unlocked
    ├── VaultDenied        it is open, but this program may not use it
    ├── VaultGone          it was there and stopped answering
    ├── NoKeychain         this session has none
    ├── PassphraseNeeded   secrets are in the sealed file, and no passphrase was given
    ├── WrongPassphrase    the sealed file was made with another passphrase
    ├── DamagedVault       what is kept cannot be read any more
    ├── VaultBusy          another program holds the sealed file
    ├── VaultNotWritten    the disk refused it
    └── VaultNotRead       the system does not let the sealed file be read

No text here ever holds a secret or the name of a person.
"""

from __future__ import annotations

from pathlib import Path

from zbdesk.domain.errors import Action, VaultError

PASSPHRASE_VARIABLE = "ZBDESK_VAULT_PASSPHRASE"  # noqa: S105 - a name, not a secret
_WAY_OUT = f"or set {PASSPHRASE_VARIABLE} to keep secrets in a file sealed with a passphrase instead."


class VaultLocked(VaultError):
    """The keychain is locked; the person closed the question or nobody could be asked."""

    def __init__(self, keychain: str) -> None:
        super().__init__(
            f"{keychain} is locked.",
            "zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.",
            subject=keychain,
            code="vault_locked",
        )


class VaultDenied(VaultError):
    """The keychain is there, but it refused this entry or this program."""

    def __init__(self, keychain: str, reason: str = "") -> None:
        because = f" It said: {reason}." if reason else ""
        super().__init__(
            f"{keychain} did not let zbdesk in.",
            f"Allow zbdesk in the keychain's own settings and choose Retry.{because}",
            subject=keychain,
            code="vault_denied",
        )


class VaultGone(VaultError):
    """The keychain answered before and does not any more."""

    default_action = Action.RETRY

    def __init__(self, keychain: str) -> None:
        super().__init__(
            f"{keychain} does not answer.",
            f"Sign out of this computer and in again, which starts it afresh, {_WAY_OUT}",
            subject=keychain,
            code="vault_gone",
        )


class NoKeychain(VaultError):
    """This session has no keychain. Secrets are never kept in plain text instead."""

    default_action = Action.INSTALL

    def __init__(self) -> None:
        super().__init__(
            "There is no keychain on this computer.",
            "zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) "
            f"and sign in to the desktop again, {_WAY_OUT}",
            code="vault_none",
        )


class PassphraseNeeded(VaultError):
    """The sealed file is there, and nothing to open it with."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The sign-in is in a sealed file, and no passphrase was given.",
            f"Set {PASSPHRASE_VARIABLE} to the passphrase it was made with. To use the system's keychain instead, "
            f"remove {path} and connect again; the records on this computer stay.",
            subject=str(path),
            code="vault_passphrase",
        )


class WrongPassphrase(VaultError):
    """The sealed file is sound but was made with another passphrase."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The passphrase does not open the sealed file.",
            f"Check {PASSPHRASE_VARIABLE}: capitals and spaces count. Without the right passphrase, remove {path} and "
            "connect again; the records on this computer stay.",
            subject=str(path),
            code="vault_wrong_passphrase",
        )


class DamagedVault(VaultError):
    """What is kept cannot be read any more, whatever the passphrase."""

    default_action = Action.RESTORE_BACKUP

    def __init__(self, what: str) -> None:
        super().__init__(
            "The kept sign-in is damaged.",
            f"Restore {what} from a backup, or connect again; the records on this computer stay.",
            subject=what,
            code="vault_damaged",
        )


class VaultBusy(VaultError):
    """Another program is writing the sealed file and does not come to an end."""

    default_action = Action.CLOSE_OTHER

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The sealed file is in use by another program.",
            "Close the other zbdesk and choose Retry.",
            subject=str(path),
            code="vault_busy",
        )


class VaultNotWritten(VaultError):
    """The disk refused the sealed file; the one from before is untouched."""

    default_action = Action.FREE_SPACE

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            "The sign-in could not be kept.",
            f"{path.parent} cannot be written ({reason}). Free space or allow writing there, and choose Retry. "
            "What was kept before is untouched.",
            subject=str(path),
            code="vault_not_written",
        )


class VaultNotRead(VaultError):
    """The sealed file is there, but the system does not let it be read."""

    default_action = Action.CHECK_SETTINGS

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            "The sealed file cannot be opened.",
            f"{path} cannot be read ({reason}). It must belong to the person who runs zbdesk.",
            subject=str(path),
            code="vault_not_read",
        )
