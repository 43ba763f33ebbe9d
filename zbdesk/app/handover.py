"""What a colleague has to know of this connection when the person who made it leaves: one card, without a secret."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zbdesk.app.desk import Desk
from zbdesk.app.reader import Reader
from zbdesk.domain.views import Connection

TOKEN_SLOTS = 20
"""Sign-ins that Zoho keeps for one user; one more ends the oldest without a word."""

_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Handover:
    """The card. ``sign_ins``: how often somebody signed in from here, since ``sign_ins_since``."""

    connection: Connection
    computer_user: str
    computer: str
    data_dir: str
    sign_ins: int
    sign_ins_since: datetime | None
    scopes: tuple[str, ...]
    webhook_address: str
    secret_changed_at: datetime | None
    made_in_zoho: tuple[str, ...]
    vault: str
    sources: int = 0

    @property
    def authorised_by(self) -> str:
        """Who consented, where Zoho said so; else the computer's own user, who did it."""
        return self.connection.authorised_by or self.computer_user


def handover(desk: Desk) -> Handover | None:
    """The card of the organization in use; None without one. Blocks, and may ask the keychain for its name."""
    asked = desk.read(_facts).result()
    if asked is None:
        return None
    connection, moments, address, changed, made, sources = asked
    return Handover(
        connection=connection,
        computer_user=os.environ.get("USER") or os.environ.get("USERNAME") or "",
        computer=platform.node(),
        data_dir=str(desk.data_dir),
        sign_ins=len(moments),
        sign_ins_since=min(moments) if moments else None,
        scopes=connection.scopes,
        webhook_address=address,
        secret_changed_at=changed,
        made_in_zoho=tuple(made),
        vault=desk.vault().describe(),
        sources=sources,
    )


_Facts = tuple[Connection, Sequence[datetime], str, datetime | None, Sequence[str], int]


def _facts(reader: Reader) -> _Facts | None:
    connection = reader.connection()
    if connection is None:
        return None
    moments = [entry.at for entry in reader.activity(_LOOKED_AT) if entry.kind == "connected"]
    webhooks = reader.webhook_overview()
    made = list(dict.fromkeys(one.name for one in reader.webhooks_made()))
    address = (webhooks.public_url or webhooks.local_url) if webhooks is not None else ""
    changed = webhooks.secret_made_at if webhooks is not None else None
    return connection, moments, address, changed, made, len(reader.sources())
