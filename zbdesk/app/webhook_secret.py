"""The secret that signs webhooks: one entry in the vault, changed by any process, noticed by the one that listens.

Beside the vault stands a small file without any secret: when it was changed last and until when the one before holds.
It is written after the vault, so whoever sees it new finds the new secret. Asking it costs nothing, a vault may ask the
person; so a listener looks into the vault only when the file is another one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from zbdesk.app.log import mark_secret
from zbdesk.app.webhook_facts import FILE, SecretFacts
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import VaultError
from zbdesk.domain.views import Connection
from zbdesk.vault import Vault
from zbdesk.vault.errors import VaultBusy, VaultNotWritten
from zbdesk.vault.files import LockHeld, locked, write_atomically

_log = logging.getLogger(__name__)

LENGTH = 32
GRACE = timedelta(days=7)

_LETTERS = string.ascii_letters + string.digits
_ENTRY = "webhook"
_LOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class WebhookSecret:
    """The secret, and the one before it. ``shown``: a person has seen it; one nobody saw need not hold on."""

    secret: str = field(repr=False)
    made_at: datetime
    shown: bool = False
    previous: str | None = field(default=None, repr=False)
    previous_until: datetime | None = None

    def valid(self, now: datetime) -> tuple[str, ...]:
        """What counts now, the newer first."""
        if self.previous is None or self.previous_until is None or now >= self.previous_until:
            return (self.secret,)
        return (self.secret, self.previous)


def generate() -> str:
    """A secret that Zoho takes: letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))


def load(vault: Vault, connection: Connection) -> WebhookSecret | None:
    """The stored secret; None where there is none or it cannot be read."""
    text = vault.get(_name(connection))
    if text is None:
        return None
    try:
        found = json.loads(text)
        kept = WebhookSecret(
            secret=str(found["secret"]),
            made_at=datetime.fromisoformat(found["made_at"]),
            shown=bool(found["shown"]),
            previous=found["previous"],
            previous_until=_moment(found["previous_until"]),
        )
    except (ValueError, KeyError, TypeError):
        _log.warning("the webhook secret in the vault cannot be read; a new one is made")
        return None
    mark_secret(kept.secret)
    mark_secret(kept.previous)
    return kept


def forget(vault: Vault, connection: Connection, data_dir: Path) -> None:
    """Remove it, however often."""
    vault.delete(_name(connection))
    (data_dir / FILE).unlink(missing_ok=True)


def rotate(vault: Vault, connection: Connection, data_dir: Path, now: datetime) -> WebhookSecret:
    """Make a new secret; the one before holds for ``GRACE``, if a person has ever seen it. Blocks as a vault does."""
    with _alone(data_dir):
        before = load(vault, connection)
        made = WebhookSecret(generate(), now, shown=True)
        if before is not None and before.shown:
            made = replace(made, previous=before.secret, previous_until=now + GRACE)
        _save(vault, connection, data_dir, made)
        return made


def ensure(vault: Vault, connection: Connection, data_dir: Path, now: datetime) -> WebhookSecret:
    """The secret; one that nobody has seen yet is made where there is none. Blocks as a vault does."""
    found = load(vault, connection)
    if found is not None:
        return found
    with _alone(data_dir):
        found = load(vault, connection)
        if found is None:
            found = WebhookSecret(generate(), now)
            _save(vault, connection, data_dir, found)
        return found


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """No other process changes the secret meanwhile; the disk's failures become the vault's."""
    lock = data_dir / f"{FILE}.lock"
    try:
        with locked(lock, _LOCK_SECONDS):
            yield
    except LockHeld as exc:
        raise VaultBusy(lock) from exc
    except OSError as exc:
        raise VaultNotWritten(lock, exc.strerror or type(exc).__name__) from exc


def _save(vault: Vault, connection: Connection, data_dir: Path, kept: WebhookSecret) -> None:
    mark_secret(kept.secret)
    until = None if kept.previous_until is None else kept.previous_until.isoformat()
    text = {
        "secret": kept.secret,
        "made_at": kept.made_at.isoformat(),
        "shown": kept.shown,
        "previous": kept.previous,
        "previous_until": until,
    }
    vault.set(_name(connection), json.dumps(text))
    made_at = kept.made_at if kept.shown else None
    write_atomically(data_dir / FILE, SecretFacts(made_at, kept.previous_until).told(connection))


def _name(connection: Connection) -> str:
    return f"{connection.vault_prefix}/{_ENTRY}"


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


class SecretKeeper:
    """The secrets of a listener, kept in step with the vault. ``open`` first, on the loop that uses it."""

    def __init__(self, vault: Callable[[], Vault], connection: Connection, data_dir: Path, clock: Clock) -> None:
        self._vault = vault
        self._connection = connection
        self._data_dir = data_dir
        self._clock = clock
        self._kept: WebhookSecret | None = None
        self._failure: VaultError | None = None
        self._seen: tuple[int, ...] = ()
        self._looking = asyncio.Lock()

    async def open(self) -> None:
        """Load the secret, or make one. A vault that does not answer is asked again by each event."""
        async with self._looking:
            await self._load()

    def valid(self) -> tuple[str, ...]:
        """See ``Secrets``."""
        return () if self._kept is None else self._kept.valid(self._clock.now())

    def is_current(self) -> bool:
        """Whether nothing was changed since the vault was looked into. From any thread."""
        return self._mark() == self._seen and self._kept is not None

    async def look_again(self) -> bool:
        """See ``Secrets``. Raises the vault's failure while there is nothing to check with."""
        if self.is_current():
            return False
        async with self._looking:
            if not self.is_current():
                await self._load()
        if self._kept is None and self._failure is not None:
            raise self._failure
        return True

    async def _load(self) -> None:
        mark = self._mark()  # looked at before the vault: a change in between is seen as one the next time
        try:
            self._kept = await asyncio.to_thread(self._from_vault)
        except VaultError as error:
            _log.warning("webhooks: %s", error.title)
            self._failure = error
            return
        self._seen = mark or self._mark()

    def _from_vault(self) -> WebhookSecret:
        return ensure(self._vault(), self._connection, self._data_dir, self._clock.now())

    def _mark(self) -> tuple[int, ...]:
        try:
            found = (self._data_dir / FILE).stat()
        except OSError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size
