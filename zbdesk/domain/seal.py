"""Documents that can be checked later: JSON with a hash over all that it says. Pure.

The hash shows that a file was changed after it was made, by accident or by hand. It is no signature: whoever can make
the file can make another one with a hash that fits, so the hash is to be noted apart from it. Invariant: the same facts
give the same hash on every computer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

HASH = "hash"


def plain(value: object) -> Any:
    """A value as JSON has it: amounts and days as text, moments in UTC to the second, tuples as lists."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no place in a document")


def hash_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over everything but the hash itself, whatever the order of the keys."""
    facts = {key: value for key, value in document.items() if key != HASH}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(facts: Mapping[str, object]) -> dict[str, Any]:
    """The facts as a document with its hash."""
    document = plain({key: value for key, value in facts.items() if key != HASH})
    return {**document, HASH: hash_of(document)}


def is_whole(document: Mapping[str, Any]) -> bool:
    """Whether a document still says what it said when it was made."""
    return document.get(HASH) == hash_of(document)
