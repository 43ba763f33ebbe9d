"""Copies made before a migration changes a file: ``<name>.before-<n>.bak``, readable for the owner only.

Invariant: a copy appears under its name only when it is whole. The last ``KEEP`` stay.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

KEEP = 3


def backups_of(path: Path) -> list[Path]:
    """The copies beside the database, highest schema version first."""
    pattern = re.compile(re.escape(path.name) + r"\.before-(\d+)\.bak")
    found = [(int(match[1]), file) for file in path.parent.glob("*.bak") if (match := pattern.fullmatch(file.name))]
    return [file for _, file in sorted(found, reverse=True)]


def back_up(source: sqlite3.Connection, path: Path, before: int) -> Path:
    """Copy the open database as it stood before migration ``before``, then drop the oldest copies over ``KEEP``.

    The copy includes what is still in the write-ahead log. Raises the driver's errors and ``OSError``; then the
    migration must not run.
    """
    final = path.with_name(f"{path.name}.before-{before}.bak")
    part = final.with_name(final.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with closing(sqlite3.connect(part)) as target:
            source.backup(target)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)
    for old in backups_of(path)[KEEP:]:
        old.unlink()
    return final
