"""Signals in the first moments of a process, exactly at the import that is named; no moment is hit by chance."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, runpy, sys

class Strike:
    def find_spec(self, name, path=None, target=None):
        if name == {moment!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), {number})
        return None

sys.meta_path.insert(0, Strike())
sys.argv = ["zbdesk", *{words!r}]
runpy.run_module("zbdesk", run_name="__main__", alter_sys=True)
"""
FIRST = ["zbdesk.cli", "zbdesk.cli.early"]
"""Before anything of ours can answer: Python turns SIGINT into an exception, SIGTERM is the system's own."""

LATER = ["zbdesk.cli.main", "zbdesk.cli.interrupts", "zbdesk.cli.output", "zbdesk.cli.window", "zbdesk.cli.program"]


def struck(moment: str, number: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A process that gets the signal when it begins to import this."""
    code = CHILD.format(moment=moment, number=int(number), words=words)
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.mark.parametrize(
    ("moment", "number"),
    [(moment, signal.SIGINT) for moment in (*FIRST, *LATER)] + [(moment, signal.SIGTERM) for moment in LATER],
)
def test_a_signal_before_the_command_is_an_interruption(tmp_path: Path, moment: str, number: int) -> None:
    """Exit 130, the one document and a sentence, from the very first import on; nothing of a traceback."""
    done = struck(moment, number, "--data-dir", str(tmp_path / "data"), "sync", "--json")
    assert done.returncode == 130, done.stderr
    assert json.loads(done.stdout)["result"] == "interrupted"
    assert "Stopped" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("moment", FIRST)
def test_sigterm_before_anything_of_ours_runs_ends_the_process(tmp_path: Path, moment: str) -> None:
    """The system ends it: nothing was opened, so nothing is left and nothing is said."""
    done = struck(moment, signal.SIGTERM, "--data-dir", str(tmp_path / "data"), "run", "--json")
    assert done.returncode == -signal.SIGTERM
    assert (done.stdout, done.stderr) == ("", "")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("moment", LATER)
def test_sigterm_before_run_is_its_ordinary_end(tmp_path: Path, moment: str) -> None:
    """A service manager that stops ``run`` at once sees exit 0."""
    done = struck(moment, signal.SIGTERM, "--data-dir", str(tmp_path / "data"), "run", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
