"""Events that the listener acknowledged while the database was busy: where they lie, and how they get into the inbox.

Taken in when the listener ends, and by whatever opens the engine next: the program's next start, or a single sync.
"""

from __future__ import annotations

import logging
from pathlib import Path

from zbdesk.domain.errors import StorageError
from zbdesk.domain.views import Connection
from zbdesk.store import inbox
from zbdesk.store.database import Database
from zbdesk.webhooks.intake import take_left
from zbdesk.webhooks.spool import Spool, spool_path

_log = logging.getLogger(__name__)


def spool_of(data_dir: Path, db: Database, connection: Connection) -> Spool:
    """Where the events of a connection are put aside. The key of its address tells it from one before it."""
    return Spool(spool_path(data_dir, connection.id), inbox.facts(db, connection.id).path_key)


def take_in(data_dir: Path, db: Database, connection: Connection) -> None:
    """Take in what is not in the inbox yet; a disk that takes nothing now leaves it where it is."""
    if not spool_path(data_dir, connection.id).exists():
        return
    try:
        new = take_left(db, connection, spool_of(data_dir, db, connection))
    except StorageError as error:
        _log.warning("webhooks: what was put aside was not taken in: %s", error.title)
        return
    if new:
        _log.info("webhooks: %d events that were put aside are taken in", new)


def forget(data_dir: Path, connection: Connection) -> None:
    """Remove what lies there, with the connection that it was for."""
    spool_path(data_dir, connection.id).unlink(missing_ok=True)
