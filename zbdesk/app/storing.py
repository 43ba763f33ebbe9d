"""Keeping a new connection: secrets into the vault first, then the row and its modules in one transaction.

Runs on a thread, whole: a cancelled wizard cannot stop it half-way. Invariant: when anything fails, vault and database
are as they were.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from zbdesk.app import secrets
from zbdesk.app.secrets import StoredSecrets
from zbdesk.domain.errors import VaultError, ZbdeskError
from zbdesk.domain.fingerprint import Guard, differences
from zbdesk.domain.views import Connection
from zbdesk.store import budget, connections, diary, guards, module_states
from zbdesk.store.database import Database, DiskFull, MissingDatabase
from zbdesk.sync import recognition
from zbdesk.vault import Vault
from zbdesk.zoho.sign_in_errors import NoRefreshToken

_log = logging.getLogger(__name__)

_ROOM = 2**20
"""Bytes: more than a new database, its log and the sealed file take."""


@dataclass(frozen=True, slots=True)
class NewConnection:
    """What is to be kept. ``refresh_token`` None: Zoho sent none, the one from before goes on."""

    connection: Connection
    secrets: StoredSecrets
    modules: Sequence[str]
    calls: int
    """Books calls that were made for this organization while it was chosen."""

    at: datetime
    expected: Mapping[str, int | None] = field(default_factory=dict)
    """How many records Zoho said a module has, for those that were asked about; None where it did not say."""

    recognition: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By what Zoho tells records apart, for the modules that were asked about; see ``sync.recognition``."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, and the sign-in that it displaced."""

    connection: Connection
    displaced: tuple[Connection, StoredSecrets] | None


def keep(database: Path, vault: Vault, new: NewConnection) -> Kept:
    """Keep a connection; raises ``VaultError``, ``StorageError``, ``NoRefreshToken``, and then nothing has changed."""
    _require_room(database)
    prefix = new.connection.vault_prefix
    before = secrets.snapshot(vault, prefix)
    earlier = secrets.load_prefix(vault, prefix)
    wanted = _with_refresh_token(new.secrets, earlier)
    try:
        secrets.save_prefix(vault, prefix, wanted)
        previous, saved = _store(database, new)
    except BaseException:
        _put_back(vault, before)
        raise
    displaced = None
    if previous is not None and earlier is not None and earlier.refresh_token != wanted.refresh_token:
        displaced = (previous, earlier)
    return Kept(saved, displaced)


def _require_room(database: Path) -> None:
    """Begin nothing that a full disk would stop half-way: it would not take the secrets from before back either."""
    folder = next(parent for parent in database.absolute().parents if parent.exists())
    if shutil.disk_usage(folder).free < _ROOM:
        raise DiskFull(str(database))


def is_in_use(database: Path, vault: Callable[[], Vault], refresh_token: str) -> bool:
    """Say whether a stored connection lives on this token. In doubt: yes, so that it is not revoked."""
    try:
        with closing(Database.open_reader(database)) as db:
            stored = connections.known(db)
        found = [secrets.load(vault(), connection) for connection in stored]
    except MissingDatabase:
        return False
    except ZbdeskError as error:
        _log.warning("could not look whether a sign-in is in use: %s", error.title)
        return True
    return any(one is not None and one.refresh_token == refresh_token for one in found)


def _store(database: Path, new: NewConnection) -> tuple[Connection | None, Connection]:
    """Write row, modules, call count and diary in one transaction. Returns the row from before and the new one."""
    connection = new.connection
    with closing(Database.open(database, now=lambda: new.at)) as db, db.transaction():
        previous = next((one for one in connections.known(db) if one.vault_prefix == connection.vault_prefix), None)
        saved = connections.save(db, connection)
        changed = differences(previous.organization, saved.organization) if previous is not None else ()
        if changed:
            # The same number, another company: perhaps restored, perhaps a mistake. Nothing is written before a yes.
            guards.put(db, saved.id, Guard(changed=changed))
            _log.warning("the organization is another than it was: %s", ", ".join(what for what, _, _ in changed))
        module_states.set_enabled(db, saved.id, list(new.modules))
        for name in new.modules:
            if name in new.expected:
                module_states.set_expected(db, saved.id, name, new.expected[name])
        if new.recognition:
            recognition.keep(db, saved.id, new.recognition)
        if new.calls:
            day = budget.day_of(new.at, connection.organization.time_zone)
            budget.add_calls(db, saved.id, day, new.calls)
        diary.add(
            db,
            saved.id,
            "connected",
            f"Connected to {connection.organization.name}" + (", read-only" if connection.read_only else ""),
            at=new.at,
            cause="user",
        )
    return previous, saved


def _with_refresh_token(found: StoredSecrets, earlier: StoredSecrets | None) -> StoredSecrets:
    """Keep the old refresh token where Zoho sent no new one; an empty one never replaces it."""
    if found.refresh_token:
        return found
    if earlier is None:
        raise NoRefreshToken
    return replace(found, refresh_token=earlier.refresh_token)


def _put_back(vault: Vault, before: Mapping[str, str | None]) -> None:
    try:
        secrets.restore(vault, before)
    except VaultError as error:
        # The first failure is the one to tell; this one only says that a sign-in may be needed.
        _log.error("the sign-in from before could not be put back: %s", error.title)
