"""What a person does with sources from the command line: add, run now, pause, remove. Needs the writer's lock."""

from __future__ import annotations

import time

from zbdesk.app import local
from zbdesk.app.desk import Desk
from zbdesk.app.folders import FolderRun, FolderWatch, NoSuchSource
from zbdesk.app.folders import add_folder as _add_folder
from zbdesk.domain.errors import SetupError
from zbdesk.domain.views import Connection
from zbdesk.sources.folder import SETTLE_SECONDS, FolderSettings
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.store.sources import StoredSource


class RunElsewhere(SetupError):
    """A kind of source that has its own way of being run."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A source of the kind {kind} is not run here.", "It runs by itself while zbdesk runs.")


def add_folder(desk: Desk, settings: FolderSettings, module: str, mapping: str) -> int:
    """Watch a folder; returns the source's id. Raises as ``folders.add_folder``."""
    return local.write(
        desk, "sources", lambda db, here: _add_folder(db, here, settings, module, mapping, desk.clock.now)
    )


def run_now(desk: Desk, source_id: int) -> FolderRun:
    """One source, now: two looks, so that what is still being written is left alone."""
    with local.working(desk, "sources") as (db, here, write):
        source = _found(db, here, source_id)
        if source.kind != "folder":
            raise RunElsewhere(source.kind)
        watch = FolderWatch(db, here, now=desk.clock.now, monotonic=desk.clock.monotonic, write=write)
        first = watch.look(source)
        if first.failed or not first.waiting:
            return first
        until = desk.clock.monotonic() + SETTLE_SECONDS
        while (left := until - desk.clock.monotonic()) > 0:
            time.sleep(left)
        return watch.look(source)


def set_paused(desk: Desk, source_id: int, *, paused: bool) -> None:
    """Pause a source or let it go on. Raises ``NoSuchSource``."""

    def change(db: Database, here: Connection) -> None:
        _found(db, here, source_id)
        store.set_source(db, source_id, paused=paused)

    local.write(desk, "sources", change)


def remove(desk: Desk, source_id: int) -> None:
    """Forget a source. Raises ``NoSuchSource``."""

    def change(db: Database, here: Connection) -> None:
        found = _found(db, here, source_id)
        store.remove_source(db, source_id)
        if found.kind == "sql":
            desk.vault().delete(f"{here.vault_prefix}/source/{source_id}")

    local.write(desk, "sources", change)


def _found(db: Database, here: Connection, source_id: int) -> StoredSource:
    found = store.source(db, here.id, source_id)
    if found is None:
        raise NoSuchSource(source_id)
    return found
