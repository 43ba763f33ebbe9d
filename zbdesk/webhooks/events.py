"""A webhook as it came in, and how it becomes a row of the inbox. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from zbdesk.store.inbox import NewEvent, Result
from zbdesk.webhooks import payloads, signature

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request to the events' address. ``suffix`` stands behind the key in the path; ``via`` says how it came."""

    method: str
    suffix: str
    query: bytes
    content_type: str
    signature: bytes | None
    body: bytes
    via: str = "listener"


class Taken(Enum):
    """What became of one request."""

    STORED = auto()
    AGAIN = auto()
    """It was stored before."""

    REFUSED = auto()
    """The signature is wrong or missing."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A new event that is in the database now. ``waits``: whether its record is to be read."""

    id: int
    received_at: datetime
    module: str | None
    remote_id: str | None
    event: str
    verified: bool
    waits: bool
    via: str


class Secrets(Protocol):
    """The secrets that count now."""

    def valid(self) -> tuple[str, ...]:
        """The secret, and the one before it as long as that holds; empty while there is none."""
        ...

    async def look_again(self) -> bool:
        """Find out whether another process has changed them; True when ``valid`` may answer differently now."""
        ...


def is_genuine(incoming: Incoming, secrets: tuple[str, ...]) -> bool:
    """Whether one of the secrets signed it."""
    try:
        query = signature.pairs(incoming.query)
        form = signature.pairs(incoming.body) if payloads.is_form(incoming.content_type) else None
    except ValueError:
        return False
    return signature.verify(incoming.signature, secrets, query, form, incoming.body)


def to_row(
    incoming: Incoming, at: datetime, *, verified: bool, organization_id: str, enabled: frozenset[str]
) -> NewEvent:
    """The row for the inbox. What concerns nobody here is settled by it at once: ``enabled`` are the modules on."""
    meaning = payloads.read(incoming.body, incoming.content_type, incoming.suffix)
    if meaning.organization_id not in {None, organization_id}:
        result = Result.OTHER_ORGANIZATION
    elif meaning.module is None or meaning.remote_id is None:
        result = Result.NOT_UNDERSTOOD
    elif meaning.module not in enabled:
        result = Result.MODULE_OFF
    else:
        result = Result.WAITING
    return NewEvent(
        received_at=at,
        digest=digest(incoming, meaning.modified_at, at),
        via=incoming.via,
        verified=verified,
        method=incoming.method,
        path=incoming.suffix[:200],
        content_type=incoming.content_type[:200],
        query=incoming.query,
        body=incoming.body,
        module=meaning.module,
        remote_id=meaning.remote_id,
        organization_id=meaning.organization_id,
        event=meaning.event,
        modified_at=meaning.modified_at,
        result=result,
    )


def digest(incoming: Incoming, modified_at: int | None, at: datetime) -> str:
    """Return what tells events apart: the bytes, the rule's path, and the record's stamp.

    An event without a stamp (a few form fields, a deletion) may be word for word another one's: it counts as the same
    only within a minute.
    """
    moment = f"stamp {modified_at}" if modified_at is not None else f"minute {int(at.timestamp()) // MINUTE}"
    parts = (incoming.suffix.encode(), incoming.query, incoming.body, moment.encode())
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()
