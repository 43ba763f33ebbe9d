"""Disks that run full or cannot be written: real ones in memory, where this computer allows mounting."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

FILLER = "filler.bin"


def mount(place: Path, kilobytes: int) -> None:
    """Put a disk of that size under a directory; what the directory held is copied onto it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root on Linux may mount a small disk")
    kept = place.with_name("kept")
    if place.exists():
        place.rename(kept)
    place.mkdir(mode=0o700)
    options = f"size={kilobytes}k,mode=0700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(place)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
    if kept.exists():
        shutil.copytree(kept, place, dirs_exist_ok=True)


def unmount(place: Path) -> None:
    """Take the disk away again, whoever still has a file open on it."""
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def read_only(place: Path, *, on: bool) -> None:
    """Switch the disk between read-only and writable."""
    subprocess.run(["mount", "-o", f"remount,{'ro' if on else 'rw'}", str(place)], check=True, capture_output=True)


def fill(place: Path, *, leave_kilobytes: int = 0) -> None:
    """Use up the room on the disk, but for a little."""
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize - leave_kilobytes * 1024
    with (place / FILLER).open("wb") as file:
        try:
            file.write(b"\0" * max(0, free))
            file.flush()
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017 - the point of filling


def make_room(place: Path) -> None:
    """Somebody has freed some space."""
    (place / FILLER).unlink()
