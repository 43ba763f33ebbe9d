"""The system's keychain through ``keyring``, the backend chosen by name.

``keyring.get_keyring()`` is never asked: with other packages installed it may answer with a backend that writes plain
text without a word. Only the three systems' own keychains are considered, in a fixed order, so that secrets are looked
for where they were kept.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keyring import errors as keyring_errors

from zbdesk.domain.errors import VaultError
from zbdesk.vault import parts
from zbdesk.vault.base import VaultKind
from zbdesk.vault.errors import NoKeychain, VaultDenied, VaultGone, VaultLocked

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "zbdesk"

# (module, class, name for people) by system, the first usable one wins.
_BACKENDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),),
    "darwin": (("keyring.backends.macOS", "Keyring", "The macOS Keychain"),),
    "linux": (
        ("keyring.backends.SecretService", "Keyring", "The keyring"),
        ("keyring.backends.libsecret", "Keyring", "The keyring"),
        ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
    ),
}

# Libraries under the backends whose exceptions come through as they are.
_FOREIGN = ("secretstorage", "jeepney", "gi", "dbus", "pywintypes", "win32ctypes", "keyring")
_DISMISSED = frozenset({"PromptDismissedException", "LockedException"})


def open_keychain(platform: str = sys.platform) -> KeychainVault:
    """Return the vault over this system's keychain; raises ``NoKeychain``. May take a fifth of a second."""
    for module, name, label in _BACKENDS.get(platform, _BACKENDS["linux"]):
        backend = _load(module, name)
        if backend is not None:
            return KeychainVault(backend, label)
    raise NoKeychain


def _load(module: str, name: str) -> KeyringBackend | None:
    try:
        kind: type[KeyringBackend] = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        return None  # the library under it is of another system
    if not kind.viable:
        return None
    return kind()


class KeychainVault:
    """Secrets as entries of service ``zbdesk``. Calls block as long as the keychain asks the person."""

    kind: VaultKind = "keychain"

    def __init__(self, backend: KeyringBackend, label: str) -> None:
        self._entries = _KeyringEntries(backend, label)
        self._label = label
        self._lock = threading.Lock()

    def describe(self) -> str:
        """Name the keychain."""
        return self._label

    def get(self, name: str) -> str | None:
        """See ``Vault``."""
        with self._lock:
            return parts.get(self._entries, name)

    def set(self, name: str, value: str) -> None:
        """See ``Vault``."""
        with self._lock:
            parts.put(self._entries, name, value)

    def delete(self, name: str) -> None:
        """See ``Vault``."""
        with self._lock:
            parts.remove(self._entries, name)


class _KeyringEntries:
    """One backend's short entries, its exceptions turned into ours."""

    def __init__(self, backend: KeyringBackend, label: str) -> None:
        self._backend = backend
        self._label = label
        # Windows holds one credential a service, and keyring shuffles the others around: one service an entry there.
        self._service_per_entry = type(backend).__module__ == "keyring.backends.Windows"

    def read(self, entry: str) -> str | None:
        with self._translated():
            return self._backend.get_password(self._service(entry), entry)

    def write(self, entry: str, value: str) -> None:
        with self._translated():
            self._backend.set_password(self._service(entry), entry, value)

    def remove(self, entry: str) -> None:
        if self.read(entry) is None:
            return  # keyring raises the same class for "not there" and "not allowed"
        with self._translated():
            self._backend.delete_password(self._service(entry), entry)

    def _service(self, entry: str) -> str:
        return f"{SERVICE}/{entry}" if self._service_per_entry else SERVICE

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as exc:
            # Backends let the exceptions of many libraries through, which cannot all be imported here.
            failure = translate(exc, self._label)
            if failure is None:
                raise
            raise failure from exc


def translate(exc: Exception, label: str) -> VaultError | None:
    """Say in our classes what a backend's exception means; None for a bug. The text of ``exc`` is not repeated."""
    names = {kind.__name__ for link in _chain(exc) for kind in type(link).__mro__}
    if isinstance(exc, keyring_errors.KeyringLocked) or names & _DISMISSED:
        return VaultLocked(label)
    if isinstance(exc, keyring_errors.NoKeyringError):
        return NoKeychain()
    if isinstance(exc, keyring_errors.KeyringError) and not isinstance(exc, keyring_errors.InitError):
        return VaultDenied(label)
    if isinstance(exc, OSError | EOFError) or type(exc).__module__.partition(".")[0] in _FOREIGN:
        return VaultGone(label)
    return None


def _chain(exc: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = exc
    while link is not None:
        yield link
        link = link.__cause__
