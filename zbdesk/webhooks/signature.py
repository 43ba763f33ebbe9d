"""The signature of a webhook: what is signed, how it is written, whether a given one is right. Pure.

Zoho Books signs HMAC-SHA256 over one text: the pairs of the query string and of a form body, decoded, sorted by their
key and joined without anything between; behind them the body as it came, unless it is a form. Keys sort by their bytes
and pairs of one key keep their order. The digest is accepted in hexadecimal of either case and in Base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl

HEADER = "X-Zoho-Webhook-Signature"

Pairs = Sequence[tuple[bytes, bytes]]
"""Decoded keys and values, in the order in which they came. Bytes, since nothing makes a sender write UTF-8."""

MOST_PAIRS = 2_000

_AS_BYTES = "latin-1"
"""Stands for bytes one to one: the parser decodes for text only."""


def pairs(text: bytes) -> list[tuple[bytes, bytes]]:
    """Decode a query string or a form body; empty values count. Raises ``ValueError`` for over ``MOST_PAIRS`` pairs."""
    found = parse_qsl(text.decode(_AS_BYTES), keep_blank_values=True, encoding=_AS_BYTES, max_num_fields=MOST_PAIRS)
    return [(key.encode(_AS_BYTES), value.encode(_AS_BYTES)) for key, value in found]


def text_to_sign(query: Pairs, form: Pairs | None, raw: bytes) -> bytes:
    """Return what is signed. ``form`` None means that the body is no form, and ``raw`` itself counts."""
    both = sorted([*query, *(form or ())], key=lambda pair: pair[0])
    return b"".join(key + value for key, value in both) + (raw if form is None else b"")


def sign(secret: str, query: Pairs, form: Pairs | None, raw: bytes) -> str:
    """Return the signature in lower-case hexadecimal."""
    return _digest(secret, text_to_sign(query, form, raw)).hex()


def verify(given: bytes | None, secrets: Iterable[str], query: Pairs, form: Pairs | None, raw: bytes) -> bool:
    """Whether the header's value is the signature under one of the secrets; all are tried, in constant time each.

    No header is never right, and an empty secret signs nothing.
    """
    text, offered = text_to_sign(query, form, raw), given or b""
    found = False
    for secret in secrets:
        digest = _digest(secret, text)
        same = hmac.compare_digest(offered.lower(), digest.hex().encode())
        same |= hmac.compare_digest(offered, base64.b64encode(digest))
        found |= same and secret != ""
    return found


def _digest(secret: str, text: bytes) -> bytes:
    return hmac.new(secret.encode(), text, hashlib.sha256).digest()
