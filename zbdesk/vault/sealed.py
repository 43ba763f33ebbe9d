"""Secrets in one file, sealed with a passphrase: for computers without a keychain.

Layout: 8 bytes ``ZBDVAULT``, 4 bytes length, a JSON header (format, scrypt's numbers and salt, nonce, a value that
tells a wrong passphrase), the secrets as JSON under AES-256-GCM, and the SHA-256 of all that. Magic, length and header
are authenticated with the secrets. Every write takes a fresh nonce and replaces the file as a whole.

Invariant: damage and a wrong passphrase are told apart. The plain checksum finds damage first; what passes it and does
not fit the passphrase was sealed with another one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zbdesk.vault.base import VaultKind
from zbdesk.vault.errors import DamagedVault, VaultBusy, VaultNotRead, VaultNotWritten, WrongPassphrase
from zbdesk.vault.files import LockHeld, locked, write_atomically

FILE_NAME = "vault.sealed"
_MAGIC = b"ZBDVAULT"
_LENGTH = struct.Struct(">I")
_FORMAT = 1
_HEADER_LIMIT = 4_096
_CHECKSUM = 32
_LOCK_SECONDS = 10.0
# Below, a passphrase is guessed too cheaply; above, a damaged header could take all memory. n x r x 128 bytes.
_COST_RANGE = (2**15, 2**20)


@dataclass(frozen=True, slots=True)
class Cost:
    """Scrypt's numbers; the defaults take 32 MB and a quarter of a second."""

    n: int = 2**15
    r: int = 8
    p: int = 3

    def sound(self) -> bool:
        """Whether these can have been written by this program."""
        low, high = _COST_RANGE
        return low <= self.n <= high and self.n & (self.n - 1) == 0 and self.r == 8 and 1 <= self.p <= 16


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a passphrase and a salt give: the sealing key and the one that tells a wrong passphrase."""

    cost: Cost
    salt: bytes
    seal: bytes = field(repr=False)
    check: bytes = field(repr=False)

    @classmethod
    def derive(cls, passphrase: str, salt: bytes, cost: Cost) -> _Keys:
        # maxmem: OpenSSL refuses above 32 MB unless told; it wants a little more than n * r * 128.
        memory = 128 * cost.r * (cost.n + cost.p + 2)
        raw = hashlib.scrypt(
            passphrase.encode(), salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=memory + 2**20, dklen=64
        )
        return cls(cost, salt, raw[:32], raw[32:])

    def proof(self) -> bytes:
        return hmac.digest(self.check, _MAGIC + self.salt, "sha256")


class FileVault:
    """Secrets in ``path``. The passphrase is taken when the file is first written and checked from then on."""

    kind: VaultKind = "file"

    def __init__(self, path: Path, passphrase: str, *, cost: Cost | None = None) -> None:
        self.path = path
        self._passphrase = passphrase
        self._cost = cost or Cost()
        self._keys: _Keys | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"FileVault({str(self.path)!r})"

    def describe(self) -> str:
        """Name the file."""
        return f"the sealed file {self.path}"

    def get(self, name: str) -> str | None:
        """See ``Vault``."""
        with self._lock:
            return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        """See ``Vault``."""
        self._change(name, value)

    def delete(self, name: str) -> None:
        """See ``Vault``. The last secret takes the file with it."""
        self._change(name, None)

    def _change(self, name: str, value: str | None) -> None:
        guard = self.path.with_name(self.path.name + ".lock")
        try:
            with self._lock, locked(guard, _LOCK_SECONDS):
                found = self._read()
                changed = {key: text for key, text in found.items() if key != name}
                if value is not None:
                    changed[name] = value
                if changed != found:
                    self._write(changed)
        except LockHeld as exc:
            raise VaultBusy(self.path) from exc
        except OSError as exc:
            raise VaultNotWritten(self.path, exc.strerror or type(exc).__name__) from exc

    def _read(self) -> dict[str, str]:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as exc:
            raise VaultNotRead(self.path, exc.strerror or type(exc).__name__) from exc
        return self._unseal(data)

    def _write(self, found: dict[str, str]) -> None:
        if not found:
            self.path.unlink()
            return
        write_atomically(self.path, self._seal(found))

    def _seal(self, found: dict[str, str]) -> bytes:
        keys = self._keys or self._derive(secrets.token_bytes(16), self._cost)
        nonce = os.urandom(12)
        header = json.dumps(
            {
                "format": _FORMAT,
                "kdf": "scrypt",
                "n": keys.cost.n,
                "r": keys.cost.r,
                "p": keys.cost.p,
                "salt": _text(keys.salt),
                "cipher": "AES-256-GCM",
                "nonce": _text(nonce),
                "proof": _text(keys.proof()),
            }
        ).encode()
        front = _MAGIC + _LENGTH.pack(len(header)) + header
        body = front + AESGCM(keys.seal).encrypt(nonce, json.dumps(found).encode(), front)
        return body + hashlib.sha256(body).digest()

    def _unseal(self, data: bytes) -> dict[str, str]:
        body, checksum = data[:-_CHECKSUM], data[-_CHECKSUM:]
        if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != checksum:
            raise DamagedVault(str(self.path))
        try:
            front, header = _split(body)
            cost = Cost(header["n"], header["r"], header["p"])
            salt, nonce, proof = (_bytes(header[key]) for key in ("salt", "nonce", "proof"))
            sound = header["format"] == _FORMAT and cost.sound()
        except (ValueError, KeyError, TypeError, struct.error) as exc:
            raise DamagedVault(str(self.path)) from exc
        if not sound:
            raise DamagedVault(str(self.path))
        keys = self._derive(salt, cost)
        if not hmac.compare_digest(keys.proof(), proof):
            self._keys = None
            raise WrongPassphrase(self.path)
        try:
            plain = AESGCM(keys.seal).decrypt(nonce, body[len(front) :], front)
        except (InvalidTag, ValueError) as exc:
            raise DamagedVault(str(self.path)) from exc
        found: dict[str, str] = json.loads(plain)
        return found

    def _derive(self, salt: bytes, cost: Cost) -> _Keys:
        """Derive once a file: scrypt is slow on purpose, and every call needs the keys."""
        if self._keys is None or (self._keys.salt, self._keys.cost) != (salt, cost):
            self._keys = _Keys.derive(self._passphrase, salt, cost)
        return self._keys


def _split(body: bytes) -> tuple[bytes, dict[str, Any]]:
    start = len(_MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack(body[len(_MAGIC) : start])
    if length > _HEADER_LIMIT:
        raise ValueError("header too long")
    front = body[: start + length]
    return front, json.loads(front[start:])


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as exc:
        raise ValueError("not base64") from exc
