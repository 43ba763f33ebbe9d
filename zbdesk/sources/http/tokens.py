"""Bearer tokens: how one is made, kept as a hash, and recognised without telling how near a guess was. Pure."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "zbdesk_"
"""So that people and secret scanners recognise one that lies about."""

_BYTES = 32
_LONGEST = 200


def make() -> str:
    """A new token: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """What is kept of a token. A fast hash is enough: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def bearer(header: str | None) -> str | None:
    """The token of an ``Authorization`` header; None where there is none that could be one."""
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    token = token.strip()
    good = scheme.casefold() == "bearer" and token.isascii() and 0 < len(token) <= _LONGEST
    return token if good else None


def recognise(token: str, known: Iterable[tuple[int, str]]) -> int | None:
    """Whose token it is. Every known hash is compared, each in constant time, whatever was found before."""
    asked = digest(token)
    found: int | None = None
    for token_id, kept in known:
        if hmac.compare_digest(asked, kept):
            found = token_id
    return found
