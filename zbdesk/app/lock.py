"""The right to write in a data directory: one process at a time.

The lock is the operating system's, so it ends with its process. Beside it stands a small file for people that says who
holds it; that file alone proves nothing.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from zbdesk.app.clock import SystemClock
from zbdesk.app.paths import DataPaths
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Action, SetupError
from zbdesk.vault.files import FileLock, LockHeld, write_atomically

_WORDS = {
    "window": "the zbdesk window",
    "": "another zbdesk",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock, as far as it could be read."""

    pid: int | None = None
    kind: str = ""
    since: datetime | None = None

    def words(self) -> str:
        """Name the program for people."""
        name = _WORDS.get(self.kind, f"zbdesk {self.kind}".strip())
        process = f" (process {self.pid})" if self.pid is not None else ""
        since = f" since {self.since:%Y-%m-%d %H:%M} UTC" if self.since is not None else ""
        return f"{name}{process}{since}"


class OtherInstance(SetupError):
    """Another zbdesk works in this data directory."""

    default_action = Action.CLOSE_OTHER

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(
            f"This data directory is in use by {holder.words()}.",
            "Close it, or wait until it has finished, and start again.",
            subject=str(path.parent),
            code="other_instance",
        )
        self.holder = holder


class LockUnusable(SetupError):
    """The lock file cannot be made: the disk is full, the directory read-only, or the disk knows no locks."""

    def __init__(self, path: Path, reason: OSError) -> None:
        full = reason.errno in {errno.ENOSPC, errno.EDQUOT}
        way_out = "Free some space there" if full else "Allow writing there"
        super().__init__(
            "zbdesk cannot write in its data directory.",
            f"{path.parent}: {reason.strerror or type(reason).__name__}. {way_out}, or choose another one with "
            "--data-dir. What is stored there stays as it is.",
            action=Action.FREE_SPACE if full else None,
            subject=str(path.parent),
            code="lock_unusable",
        )


class InstanceLock:
    """The writer's lock of one data directory. ``kind`` is the word others are shown: ``window``, ``run``, ``sync``."""

    def __init__(self, data_dir: Path, kind: str, clock: Clock | None = None) -> None:
        self.path = DataPaths(data_dir).lock
        self._kind = kind
        self._clock = clock or SystemClock()
        self._lock = FileLock(self.path)

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._lock.held

    def acquire(self) -> None:
        """Take the lock or raise ``OtherInstance``, at once. What a dead process left is no obstacle."""
        try:
            self._lock.acquire()
        except LockHeld as exc:
            raise OtherInstance(self.path, _read_holder(self.path)) from exc
        except OSError as exc:
            raise LockUnusable(self.path, exc) from exc
        try:
            self._write_holder()
        except OSError as exc:
            self._lock.release()
            raise LockUnusable(self.path, exc) from exc

    def release(self) -> None:
        """Give it back; twice is harmless."""
        if not self._lock.held:
            return
        with contextlib.suppress(OSError):  # only words for people; without the lock they prove nothing
            _holder_file(self.path).unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _write_holder(self) -> None:
        holder = {"pid": os.getpid(), "kind": self._kind, "since": self._clock.now().isoformat()}
        write_atomically(_holder_file(self.path), json.dumps(holder).encode())


def holder(data_dir: Path) -> Holder | None:
    """Say who holds the lock now, None when nobody does. Takes nothing away from anybody; writes nothing lasting."""
    path = DataPaths(data_dir).lock
    if not path.exists():
        return None
    probe = FileLock(path)
    try:
        probe.acquire()
    except LockHeld:
        return _read_holder(path)
    except OSError:
        return None  # a directory that cannot be written has no writer either
    probe.release()
    return None


def _holder_file(path: Path) -> Path:
    return path.with_suffix(".json")


def _read_holder(path: Path) -> Holder:
    try:
        found = json.loads(_holder_file(path).read_bytes())
        return Holder(int(found["pid"]), str(found["kind"]), datetime.fromisoformat(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()  # just being written, or of another version: the lock itself is what counts
