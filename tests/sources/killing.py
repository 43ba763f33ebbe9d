"""A child process that watches a folder and is killed at the n-th thing it writes. 0: it runs to its end."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

from tests.store.build import connection, now
from zbdesk.app.folders import FolderWatch, add_folder
from zbdesk.sources import folder as folders
from zbdesk.sources.folder import FolderSettings
from zbdesk.store import connections
from zbdesk.store import sources as store
from zbdesk.store.database import Database

COLUMNS = {
    "Invoice": "invoice_number",
    "Customer": "customer.name",
    "Date": "date",
    "Item": "line_items.name",
    "Price": "line_items.rate",
}


class Fuse:
    """Burns down with each write."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def burn(self) -> None:
        """One write is about to be, or was, done."""
        if self.left:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def run(database: str, place: str, steps: int) -> None:
    """Two looks at the folder."""
    with Database.open(Path(database), now=now) as db:
        here = connections.current(db) or connections.save(db, connection())
        if not store.sources(db, here.id):
            body = json.dumps({"columns": COLUMNS, "currency": "EUR"})
            store.save_mapping(db, "monthly", "invoices", body, at=now())
            add_folder(db, here, FolderSettings(Path(place)), "invoices", "monthly", now)
        fuse = Fuse(steps)
        seconds = [100.0]

        def write(change: Any) -> Any:
            fuse.burn()
            found = change(db, here)
            fuse.burn()
            return found

        _burning(fuse)
        watch = FolderWatch(db, here, now=now, monotonic=lambda: seconds[0], write=write)
        for _ in range(3):
            (source,) = store.sources(db, here.id)
            watch.look(source)
            seconds[0] += folders.SETTLE_SECONDS


def _burning(fuse: Fuse) -> None:
    whole, move = folders._write, folders.move

    def write(path: Path, text: str) -> None:
        whole(path, text)
        fuse.burn()

    def moving(folder: Path, name: str, where: str) -> None:
        move(folder, name, where)
        fuse.burn()

    folders._write = write  # type: ignore[assignment]
    folders.move = moving  # type: ignore[assignment]
