"""A MariaDB server of our own for the tests: a loopback port, a private directory, gone with the test run.

Started once and only where ``mariadbd`` is on the machine. A server refuses to run as root by itself, so root lets it
become an unprivileged user.
"""

from __future__ import annotations

import atexit
import functools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

USER, PASSWORD, DATABASE = "tester", "tested & true", "shop"
_PLACES = ("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec")
_SECONDS = 60


class NoMariadb(Exception):
    """Why no server can be had here."""


def program(*names: str) -> str | None:
    """The first of these programs that is there, also where the search path of a person does not look."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *_PLACES])
    return next((found for name in names if (found := shutil.which(name, path=path)) is not None), None)


@functools.cache
def address() -> tuple[str, int]:
    """Host and port of the server, started now. Raises ``NoMariadb`` with the reason."""
    server, installer = program("mariadbd", "mysqld"), program("mariadb-install-db", "mysql_install_db")
    if server is None or installer is None:
        raise NoMariadb("no MariaDB server is installed")
    home = Path(tempfile.mkdtemp(prefix="zbmy", dir="/tmp"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    as_whom = _account(home)
    data = home / "data"
    common = ["--no-defaults", f"--datadir={data}", *as_whom]
    made = subprocess.run(
        [installer, *common, "--auth-root-authentication-method=normal", "--skip-test-db"],
        capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip
    if made.returncode:
        raise NoMariadb(f"mariadb-install-db failed: {made.stderr.strip()[-300:]}")
    port = _free_port()
    first = home / "first.sql"
    first.write_text(
        f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4;\n"
        f"CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';\n"
        f"GRANT ALL ON *.* TO '{USER}'@'%';\n"
    )
    first.chmod(0o644)
    running = subprocess.Popen(
        [
            server, *common, f"--port={port}", "--bind-address=127.0.0.1", f"--socket={home / 's'}",
            f"--pid-file={home / 'pid'}", f"--init-file={first}", "--skip-log-bin", "--innodb-buffer-pool-size=16M",
            "--innodb-flush-log-at-trx-commit=0", f"--log-error={home / 'log'}",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    atexit.register(_end, running, home)
    end = time.monotonic() + _SECONDS
    while not _answers(port):
        if running.poll() is not None or time.monotonic() > end:
            said = (home / "log").read_text(errors="replace")[-300:] if (home / "log").exists() else ""
            raise NoMariadb(f"mariadbd did not start: {said}")
        time.sleep(0.05)
    return "127.0.0.1", port


def _account(home: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    for name in ("mysql", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(home, account.pw_uid, account.pw_gid)
        return [f"--user={name}"]
    raise NoMariadb("running as root, and there is no unprivileged user to start MariaDB as")


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def _answers(port: int) -> bool:
    """Whether the database that the tests use is there: it listens a moment before that."""
    import pymysql

    try:
        pymysql.connect(host="127.0.0.1", port=port, user=USER, password=PASSWORD, database=DATABASE).close()
    except pymysql.MySQLError:
        return False
    return True


def _end(running: subprocess.Popen[bytes], home: Path) -> None:
    running.terminate()
    try:
        running.wait(20)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    shutil.rmtree(home, ignore_errors=True)
