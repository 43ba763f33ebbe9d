"""A folder whose files are documents: which of them are complete, and where each goes when it was dealt with.

Knows the file system and nothing else; what was done with which file is kept by the caller. Works by looking, not by
being told: the system's notices do not reach network shares, and go silent for ever when the folder is made anew.
Invariant: a file is moved within its folder's tree or left alone, never deleted and never overwritten.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from zbdesk.domain.errors import Action, SetupError

DONE, FAILED = "done", "failed"
PATTERN = "*.csv;*.tsv;*.txt;*.xlsx;*.xlsm;*.xls;*.ods"
SETTLE_SECONDS = 2.0
"""How long a file must stay as it is before it counts as complete."""

_TEMPORARY = (
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".filepart",
    ".swp",
    ".lock",
    ".opdownload",
)
_HIDDEN = (".", "~$", "~")


class FolderGone(SetupError):
    """The folder is not there, or may not be read. What was brought from it stays."""

    default_action = Action.CHECK_SETTINGS

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The folder {path} cannot be watched.",
            f"{reason} It is looked for again by itself; what came from it stays.",
            subject=str(path),
            code="folder_gone",
        )


@dataclass(frozen=True, slots=True)
class Look:
    """One file as it was at one moment."""

    name: str
    size: int
    changed: int
    """Modification time in nanoseconds."""


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What a watched folder needs to know. ``pattern``: shell patterns by semicolons."""

    path: Path
    pattern: str = PATTERN
    all_or_nothing: bool = False

    @classmethod
    def from_stored(cls, settings: Mapping[str, object]) -> FolderSettings:
        """As they stand in the database."""
        return cls(
            Path(str(settings["path"])),
            str(settings.get("pattern") or PATTERN),
            bool(settings.get("all_or_nothing")),
        )

    def to_stored(self) -> dict[str, object]:
        """As they are kept in the database."""
        return {"path": str(self.path), "pattern": self.pattern, "all_or_nothing": self.all_or_nothing}

    def fits(self, name: str) -> bool:
        """Whether a file of this name is meant: by pattern, and nobody's temporary file."""
        folded = name.casefold()
        if folded.startswith(_HIDDEN) or folded.endswith(_TEMPORARY):
            return False
        return any(fnmatch(folded, one.strip().casefold()) for one in self.pattern.split(";") if one.strip())


def look(settings: FolderSettings) -> list[Look]:
    """The files that are meant, by name. Raises ``FolderGone``."""
    try:
        with os.scandir(settings.path) as entries:
            found = [_look(entry) for entry in entries if settings.fits(entry.name)]
    except FileNotFoundError as error:
        raise FolderGone(
            settings.path, "It is not there: it was deleted, renamed, or its drive is not connected."
        ) from error
    except NotADirectoryError as error:
        raise FolderGone(settings.path, "It is a file, not a folder.") from error
    except OSError as error:
        raise FolderGone(settings.path, f"The system says: {error.strerror or type(error).__name__}.") from error
    return sorted((one for one in found if one is not None), key=lambda one: (one.changed, one.name))


def _look(entry: os.DirEntry[str]) -> Look | None:
    try:
        if not entry.is_file():
            return None
        now = entry.stat()
    except OSError:
        return None  # it went while we looked: somebody else's rename
    return Look(entry.name, now.st_size, now.st_mtime_ns)


class Settling:
    """Which files have stayed as they are for long enough. Times in seconds of a clock that never runs backwards."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, str], tuple[Look, float]] = {}

    def complete(self, folder: Path, files: Sequence[Look], at: float) -> list[Look]:
        """Those that were seen the same, at least the settling time ago, and that nobody holds open."""
        seen = {(str(folder), one.name): one for one in files}
        for key in [key for key in self._since if key[0] == str(folder) and key not in seen]:
            del self._since[key]
        found = []
        for key, one in seen.items():
            before = self._since.get(key)
            if before is None or before[0] != one:
                self._since[key] = (one, at)
            elif at - before[1] >= SETTLE_SECONDS and not is_held(folder / one.name):
                found.append(one)
        return found

    def forget(self, folder: Path, name: str) -> None:
        """Look at it anew: it was moved, or failed to be."""
        self._since.pop((str(folder), name), None)


def is_held(path: Path) -> bool:
    """Whether another program has the file open for writing, as far as it tells."""
    if any((path.parent / mark).exists() for mark in (f".~lock.{path.name}#", f"~${path.name}", f"~${path.name[2:]}")):
        return True
    try:
        with path.open("rb") as file:
            return _is_locked(file.fileno())
    except OSError:
        return True


def _is_locked(descriptor: int) -> bool:
    if os.name != "posix":
        return False  # there, a file that is held for writing does not open
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    except BlockingIOError:
        return True
    except OSError:
        return False  # a share without locks
    return False


def content_hash(path: Path) -> str:
    """SHA-256 of the content: what tells whether a file was had before, under whatever name."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def free_name(folder: Path, where: str, name: str) -> str:
    """Where a file will lie, relative to its folder: under its own name, or with a number where that is taken."""
    stem, ending = Path(name).stem, Path(name).suffix
    place, number = Path(where) / name, 1
    while (folder / place).exists() or (folder / _report(place, ".json")).exists():
        number += 1
        place = Path(where) / f"{stem} ({number}){ending}"
    return place.as_posix()


def write_reports(folder: Path, place: str, as_json: str, as_text: str) -> None:
    """The reports beside the file's place; a second time writes the same again."""
    target = folder / place
    target.parent.mkdir(exist_ok=True)
    for ending, text in ((".json", as_json), (".txt", as_text)):
        _write(folder / _report(Path(place), ending), text)


def _report(place: Path, ending: str) -> Path:
    return place.with_name(f"{place.name}.report{ending}")


def _write(path: Path, text: str) -> None:
    """Whole or not at all, though power may fail."""
    partial = path.with_name(f".{path.name}.tmp")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def move(folder: Path, name: str, place: str) -> None:
    """Put a file into its place. Raises ``OSError``; the file is then where it was."""
    source, target = folder / name, folder / place
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        raise FileExistsError(str(target))
    try:
        source.rename(target)
    except OSError as error:
        if getattr(error, "errno", None) != 18:  # another file system below the same folder
            raise
        partial = target.with_name(f".{target.name}.tmp")
        shutil.copy2(source, partial)
        partial.replace(target)
        with suppress(FileNotFoundError):
            source.unlink()
