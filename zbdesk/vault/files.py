"""Small files that must not be lost: owner only, replaced as a whole, one writer at a time.

Invariant: at every moment the name holds either the old or the new content in full. Locks are the operating system's
own, so they end with the process that held them; a dead holder is no obstacle.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _unlock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


_PAUSE = 0.02


class LockHeld(Exception):
    """Somebody else holds the lock. Turned into words where it is known what the lock is for."""


class FileLock:
    """An advisory lock on a file of its own. Not reentrant; two objects on one path exclude each other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._fd is not None

    def acquire(self) -> None:
        """Take it now or raise ``LockHeld``; ``OSError`` where the file cannot be made."""
        if self._fd is not None:
            raise LockHeld(str(self.path))
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(fd)
        except OSError as exc:
            os.close(fd)
            # EACCES, EAGAIN and Windows' EDEADLOCK all say the same here: the open itself has succeeded.
            raise LockHeld(str(self.path)) from exc
        self._fd = fd

    def acquire_within(self, seconds: float) -> None:
        """Wait for it, for callers on a thread of their own. Raises ``LockHeld`` when the time is over."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.acquire()
            except LockHeld:
                if time.monotonic() >= end:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def release(self) -> None:
        """Give it back; twice is harmless. The file stays: removing it would let two holders in."""
        fd, self._fd = self._fd, None
        if fd is not None:
            try:
                _unlock(fd)
            finally:
                os.close(fd)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, readable for its owner only. ``OSError`` leaves the old file as it was."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    fd = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file's name survive a power cut, where folders can be synced at all (not on Windows)."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock file ``path`` for a block; ``LockHeld`` when it is not free in time."""
    lock = FileLock(path)
    lock.acquire_within(seconds)
    try:
        yield
    finally:
        lock.release()
