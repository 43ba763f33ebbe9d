"""Failures of the local database, each with its cause and its way out, and the one place that recognises them.

    StorageError
    ├── DiskFull              no room for the next page; nothing that was committed is lost
    ├── ReadOnlyDisk          the file or its folder may not be written
    ├── DiskFailure           the disk could not be read or written (I/O error, drive unplugged)
    ├── DatabaseLocked        another program keeps the file busy
    ├── DamagedDatabase       not a database any more; the file is left as it is
    ├── ForeignDatabase       a database, but not ours
    ├── NewerSchema           made by a later version of the program
    ├── MissingDatabase       a reader found no file: nothing was connected yet
    ├── DatabaseUnreachable   the team database's server does not answer
    └── ReadingStopped        a question was ended because nobody waits for its answer any more

SQLite and PostgreSQL say these things in their own words; ``translate`` is the only function that reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zbdesk.domain.errors import Action, StorageError


class DiskFull(StorageError):
    """The transaction was taken back whole; what was there before is there still."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "The disk is full.",
            "The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.",
            action=Action.FREE_SPACE,
            subject=where,
        )


class ReadOnlyDisk(StorageError):
    """The database file, its folder or its disk may only be read."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "The database cannot be written.",
            "Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.",
            action=Action.CHECK_SETTINGS,
            subject=where,
        )


class DiskFailure(StorageError):
    """The operating system could not read or write the file."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "The disk could not be read or written.",
            "The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.",
            action=Action.RETRY,
            subject=where,
        )


class DatabaseLocked(StorageError):
    """Someone else holds the write lock for longer than we wait."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "The database is in use.",
            "Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.",
            action=Action.CLOSE_OTHER,
            subject=where,
        )


class DamagedDatabase(StorageError):
    """The file cannot be trusted. It is never repaired or overwritten by us."""

    def __init__(self, where: str, backups: Sequence[Path] = ()) -> None:
        if backups:
            names = ", ".join(str(path) for path in backups)
            way_out = f"Backups made before updates are here, newest first: {names}."
        else:
            way_out = "There is no backup beside it. Move it away and connect again: Zoho Books still has the records."
        super().__init__(
            "The database is damaged.",
            f"It was left exactly as it is. {way_out}",
            action=Action.RESTORE_BACKUP,
            subject=where,
        )
        self.backups = tuple(backups)


class ForeignDatabase(StorageError):
    """A sound database that some other program made."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "This database belongs to another program.",
            "It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.",
            action=Action.CHECK_SETTINGS,
            subject=where,
        )


class NewerSchema(StorageError):
    """Writing with old knowledge would lose what the newer version keeps."""

    def __init__(self, where: str, found: int, known: int) -> None:
        super().__init__(
            "The database was made by a newer zbdesk.",
            f"It has schema version {found}; this program knows versions up to {known}. Nothing was changed. "
            "Update zbdesk, or use the version that made it.",
            action=Action.UPDATE_PROGRAM,
            subject=where,
        )
        self.found = found
        self.known = known


class MissingDatabase(StorageError):
    """There is nothing to read yet."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "There is no local database yet.",
            "It is made when Zoho Books is connected for the first time.",
            action=Action.NONE,
            subject=where,
        )


class DatabaseUnreachable(StorageError):
    """The team database's server refuses or does not answer."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "The team database does not answer.",
            "Check the network and the database's address; nothing is lost, syncing goes on when it is back.",
            action=Action.RETRY,
            subject=where,
        )


class ReadingStopped(StorageError):
    """The program is closing, and whoever asked has gone."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "Reading was stopped.",
            "zbdesk is closing, so the answer is no longer wanted. Nothing was changed.",
            action=Action.NONE,
            subject=where,
        )


_SIGNS: tuple[tuple[str, type[StorageError]], ...] = (
    ("database or disk is full", DiskFull),
    ("no space left on device", DiskFull),
    ("could not extend file", DiskFull),
    ("readonly database", ReadOnlyDisk),
    ("read-only transaction", ReadOnlyDisk),
    ("unable to open database file", ReadOnlyDisk),
    ("database is locked", DatabaseLocked),
    ("database table is locked", DatabaseLocked),
    ("database schema is locked", DatabaseLocked),
    ("locking protocol", DatabaseLocked),
    ("lock timeout", DatabaseLocked),
    ("deadlock detected", DatabaseLocked),
    ("file is not a database", DamagedDatabase),
    ("disk image is malformed", DamagedDatabase),
    ("malformed database schema", DamagedDatabase),
    ("disk i/o error", DiskFailure),
    ("canceling statement due to user request", ReadingStopped),
    ("connection failed", DatabaseUnreachable),
    ("connection refused", DatabaseUnreachable),
    ("connection is lost", DatabaseUnreachable),
    ("server closed the connection", DatabaseUnreachable),
    ("terminating connection", DatabaseUnreachable),
    ("connection is closed", DatabaseUnreachable),
)


def translate(error: BaseException, where: str, backups: Sequence[Path] = ()) -> StorageError | None:
    """The environment's failure behind a driver's exception; None where it is our own bug (a broken constraint).

    ``where`` names the file or server and holds no password. ``backups`` newest first, for damaged files.
    """
    words = str(error).lower()
    if words == "interrupted":  # the whole of what SQLite says; part of a longer text it would mean something else
        return ReadingStopped(where)
    for sign, kind in _SIGNS:
        if sign in words:
            return DamagedDatabase(where, backups) if kind is DamagedDatabase else _make(kind, where)
    return None


def _make(kind: type[StorageError], where: str) -> StorageError:
    """Build a class whose constructor takes only the place."""
    return kind(where)
