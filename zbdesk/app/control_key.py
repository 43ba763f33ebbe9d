"""The key that signs orders of this program's command line to the instance that runs: it never leaves the computer.

Not the webhook secret: everybody with access to the settings in Zoho Books can read that one, and a tunnel that
rewrites the Host header brings anybody's request to the listener. Only who may read the data directory has this key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from zbdesk.app.log import mark_secret
from zbdesk.vault.files import locked, write_atomically

FILE = "control.key"
_LOCK_SECONDS = 10.0
_LENGTH = 64
_CONTROL = b"zbdesk control\n"


def load(data_dir: Path) -> str | None:
    """The key; None where there is none, or nothing that could be one."""
    try:
        key = (data_dir / FILE).read_bytes().strip().decode("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    if len(key) != _LENGTH:
        return None
    mark_secret(key)
    return key


def ensure(data_dir: Path) -> str:
    """The key, made where there is none, readable for its owner only. Raises ``OSError``, ``LockHeld``."""
    with locked(data_dir / f"{FILE}.lock", _LOCK_SECONDS):
        key = load(data_dir)
        if key is None:
            key = secrets.token_hex(_LENGTH // 2)
            mark_secret(key)
            write_atomically(data_dir / FILE, key.encode())
        return key


def forget(data_dir: Path) -> None:
    """Remove it, however often."""
    (data_dir / FILE).unlink(missing_ok=True)


def signature(key: str, body: bytes) -> str:
    """What stands in the header of an order."""
    return hmac.new(key.encode(), _CONTROL + body, hashlib.sha256).hexdigest()


def is_signed(key: str | None, body: bytes, given: bytes | None) -> bool:
    """Whether an order comes from somebody with the key; without a key nobody's is."""
    return key is not None and hmac.compare_digest(signature(key, body).encode(), given or b"")
