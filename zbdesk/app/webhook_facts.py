"""What is known of the webhooks without asking the vault or starting anything: for every look at the status.

The facts about the secret stand in a small file without it, written after the vault, so whoever sees it new finds the
new secret there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zbdesk.app import way_facts
from zbdesk.domain.views import Connection, WebhookOverview
from zbdesk.store import inbox
from zbdesk.store.database import Database
from zbdesk.webhooks.paths import local_url

FILE = "webhook-secret.json"


@dataclass(frozen=True, slots=True)
class SecretFacts:
    """When the secret was made that a person was shown, None before; until when the one before it holds."""

    made_at: datetime | None = None
    previous_until: datetime | None = None

    def told(self, connection: Connection) -> bytes:
        """The file's content."""
        moments = {"made_at": self.made_at, "previous_until": self.previous_until}
        texts = {name: None if moment is None else moment.isoformat() for name, moment in moments.items()}
        return json.dumps({"of": connection.vault_prefix, **texts}).encode()


def secret_facts(data_dir: Path, connection: Connection) -> SecretFacts:
    """What the file says; nothing where it is missing, of another connection or not to be read."""
    try:
        found = json.loads((data_dir / FILE).read_bytes())
        if found["of"] != connection.vault_prefix:
            return SecretFacts()
        return SecretFacts(_moment(found["made_at"]), _moment(found["previous_until"]))
    except (OSError, ValueError, KeyError, TypeError):
        return SecretFacts()


def overview(db: Database, connection: Connection, data_dir: Path, port: int, now: datetime) -> WebhookOverview:
    """How the webhooks of a connection stand."""
    known, told = inbox.facts(db, connection.id), secret_facts(data_dir, connection)
    until = told.previous_until
    return WebhookOverview(
        local_url=local_url(port, known.path_key),
        public_url=known.public_url or None,
        last_event_at=known.last_event_at,
        waiting=inbox.count_waiting(db, connection.id),
        refused=known.refused,
        refused_at=known.refused_at,
        secret_made_at=told.made_at,
        previous_secret_until=until if until is not None and until > now else None,
        way=way_facts.overview(db, connection.id, now),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
