"""What every vault can do, and the vault of the tests."""

from __future__ import annotations

import threading
from typing import Literal, Protocol

from zbdesk.domain.errors import VaultError

VaultKind = Literal["keychain", "file", "memory"]


class Vault(Protocol):
    """Named secrets. Every call may block (a keychain may ask the person): call it on a thread, never in a loop.

    All raise classes of ``vault/errors.py`` and nothing else that the environment causes.
    """

    @property
    def kind(self) -> VaultKind:
        """Where secrets are kept."""
        ...

    def describe(self) -> str:
        """Name the place in words for people: ``GNOME Keyring or another Secret Service``."""
        ...

    def get(self, name: str) -> str | None:
        """Return the secret, None where there is none."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep the secret; whatever happens, a later ``get`` gives the old value or the new one, in full."""
        ...

    def delete(self, name: str) -> None:
        """Remove every trace of it; nothing there is no error."""
        ...


class MemoryVault:
    """Secrets that end with the process. ``failure`` makes every call fail, to try what a locked keychain does."""

    kind: VaultKind = "memory"

    def __init__(self) -> None:
        self.failure: VaultError | None = None
        self._secrets: dict[str, str] = {}
        self._lock = threading.Lock()

    def describe(self) -> str:
        """Say that nothing is kept."""
        return "memory of this process only"

    def names(self) -> list[str]:
        """Names of all secrets, sorted."""
        with self._lock:
            return sorted(self._secrets)

    def get(self, name: str) -> str | None:
        """See ``Vault``."""
        with self._lock:
            self._check()
            return self._secrets.get(name)

    def set(self, name: str, value: str) -> None:
        """See ``Vault``."""
        with self._lock:
            self._check()
            self._secrets[name] = value

    def delete(self, name: str) -> None:
        """See ``Vault``."""
        with self._lock:
            self._check()
            self._secrets.pop(name, None)

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure
