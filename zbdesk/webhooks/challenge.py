"""The question that a round-trip test sends through the public address, and the listener's answer to it. Pure.

The question is signed like an event of Zoho's, so it proves the same thing: the body arrives byte for byte, at a
listener that knows the secret. The answer says only what the asker sent: a digest of the body as it arrived, and, where
the signature was right, a proof that nobody without the secret can make. It tells nothing about the company.

A question that is replayed to the events' path names no record and does nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

from zbdesk.webhooks.signature import Pairs, verify

PATH = "check"
"""The last part of the check's path, behind the connection's own: ``/webhooks/zoho/<key>/check``."""

CONTENT_TYPE = "application/json"

_MARK = "zbdesk check"
_PREFIX = b"zbdesk round-trip answer\n"

_TENDER = 'Müller & Co. — 100.50  \t"1e3"  ☕'
"""What careless middlemen change: letters outside ASCII, doubled spaces, a tab, numbers that look like others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the listener says: whether it is one (``ours``), the digest of what it saw, and its proof, if any."""

    ours: bool
    seen: str = ""
    proof: str = ""


def question(nonce: str) -> bytes:
    """Return the body to send; ``nonce`` makes each one another. Its odd spacing and order are meant."""
    text = json.dumps({"zbdesk": _MARK, "nonce": nonce, "text": _TENDER, "total": 0}, ensure_ascii=False)
    # Re-serialised by whoever parses it, this number comes out as 100.5 and the space behind the colon is gone.
    return text.replace('"total": 0', '"total":  100.50').encode()


def answer(given: bytes | None, secrets: Iterable[str], query: Pairs, raw: bytes) -> tuple[int, bytes]:
    """Return status and JSON body of the listener's answer to ``raw``; 200 where the signature is right, else 401.

    The proof is made with the secret under which the signature was right, so that both halves of a rotation pass.
    """
    told = {"zbdesk": _MARK, "seen": digest(raw)}
    for secret in secrets:
        if verify(given, (secret,), query, None, raw):
            told["proof"] = proof(secret, raw)
            return 200, json.dumps(told).encode()
    return 401, json.dumps(told).encode()


def read(body: bytes) -> Answer:
    """Return what an answer says; whatever is not the listener's comes out as not ours."""
    try:
        told = json.loads(body)
    except ValueError:
        return Answer(ours=False)
    if not isinstance(told, dict) or told.get("zbdesk") != _MARK:
        return Answer(ours=False)
    return Answer(ours=True, seen=str(told.get("seen", "")), proof=str(told.get("proof", "")))


def nonce_of(body: bytes) -> str | None:
    """Return the nonce of a question, also of one that was written anew on its way; None for anything else."""
    try:
        told = json.loads(body) if b"zbdesk" in body[:200] else None
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("zbdesk") != _MARK:
        return None
    nonce = told.get("nonce")
    return nonce if isinstance(nonce, str) else None


def digest(raw: bytes) -> str:
    """Return the digest by which both sides compare a body."""
    return hashlib.sha256(raw).hexdigest()


def proof(secret: str, raw: bytes) -> str:
    """Return what only a holder of the secret can answer; never usable as the signature of an event."""
    return hmac.new(secret.encode(), _PREFIX + raw, hashlib.sha256).hexdigest()


def proves(found: Answer, secret: str, raw: bytes) -> bool:
    """Whether an answer comes from a listener with this secret, in constant time."""
    return hmac.compare_digest(found.proof.encode(), proof(secret, raw).encode())
