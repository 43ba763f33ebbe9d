"""Sets zbdesk up in ``.venv`` beside this folder and runs it or its tests. Needs Python 3.11 or newer, nothing else.

    python3 .ci/start.py demo     the window with the demo company (without a display: the same demo in the terminal)
    python3 .ci/start.py test     the whole test suite
    python3 .ci/start.py setup    only the set-up, for development (prints where the environment is)

Running it again is harmless: what is installed already is not installed twice.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCKS = {"demo": "requirements.lock", "test": "requirements-dev.lock", "setup": "requirements-dev.lock"}

# What Qt links beyond a bare Debian or Ubuntu; other systems bring it with their desktop.
QT_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# A reverse proxy and a tunnel, as people put them in front of the webhook listener.
TEST_PROGRAMS = {"nginx": "nginx-light", "ssh": "openssh-client"}


def main() -> int:
    """Set up, then do what was asked."""
    if len(sys.argv) < 2 or sys.argv[1] not in LOCKS:
        say(__doc__ or "")
        return 2
    # Floors below are the tested ones; an older Python would fail much later and much less clearly.
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        say(f"zbdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}. Start it with a newer one.")
        return 1
    task, rest = sys.argv[1], sys.argv[2:]
    python = set_up(LOCKS[task])
    if task == "setup":
        say(f"Ready: {python}")
        return 0
    if task == "demo":
        return subprocess.call([python, "-m", "zbdesk", *rest, "--demo"], cwd=ROOT)
    provide_qt_libraries()
    provide_test_programs()
    # Two workers: each test is independent, and most machines have at least two cores.
    return subprocess.call([python, "-m", "pytest", "-n", "2", *rest], cwd=ROOT)


def say(text: str) -> None:
    """Tell the person what is going on."""
    sys.stderr.write(text.rstrip() + "\n")
    sys.stderr.flush()


def set_up(lock: str) -> str:
    """Make the environment match the lock file; return its Python."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / f".{lock}.stamp"
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return str(python)
    if not python.exists() or subprocess.call([python, "-m", "pip", "--version"], stdout=subprocess.DEVNULL) != 0:
        say("Making a Python environment in .venv ...")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
            say("Python could not make an environment. On Debian and Ubuntu: sudo apt-get install python3-venv")
            raise SystemExit(1)
    say("Installing what zbdesk needs (about a minute the first time) ...")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.check_call([*pip, "--require-hashes", "-r", str(ROOT / lock)])
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    stamp.write_text(wanted)
    return str(python)


def provide_qt_libraries() -> None:
    """Find the system libraries that Qt needs even without a screen; on Debian as root, install them."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in QT_PACKAGES.items() if not loads(library)]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        say(f"Qt needs system libraries that are missing here. On Debian and Ubuntu: sudo {line}")
        raise SystemExit(1)
    say(f"Qt needs system libraries that are missing here: {line}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.check_call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    subprocess.check_call(line.split(), env=environment, stdout=subprocess.DEVNULL)


def provide_test_programs() -> None:
    """Install the real programs that some tests put in front of zbdesk, where that is possible; they skip without."""
    missing = [package for program, package in TEST_PROGRAMS.items() if not found(program)]
    if not missing or not sys.platform.startswith("linux") or shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    say(f"Tests use programs that are missing here: {', '.join(missing)}")
    subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if subprocess.call(line, env=environment, stdout=subprocess.DEVNULL) != 0:
        say("They could not be installed; the tests that need them are skipped.")


def found(program: str) -> bool:
    """Whether a program is here; administrators' folders are not on everybody's path."""
    return shutil.which(program) is not None or Path("/usr/sbin", program).exists()


def loads(library: str) -> bool:
    """Whether the system's loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
