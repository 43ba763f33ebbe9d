"""One writer a data directory; a dead one is no obstacle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from app_fakes import HandClock

from zbdesk.app.lock import InstanceLock, LockUnusable, OtherInstance, holder

HOLD = """
import sys
from pathlib import Path
from zbdesk.app.lock import InstanceLock
InstanceLock(Path(sys.argv[1]), "sync").acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_one_is_told_who_holds_it(tmp_path: Path) -> None:
    """The refusal names program, process and since when, and the first one is not disturbed."""
    first = InstanceLock(tmp_path, "run", HandClock())
    with first:
        with pytest.raises(OtherInstance) as caught:
            InstanceLock(tmp_path, "sync", HandClock()).acquire()
        assert caught.value.holder.pid == os.getpid()
        assert f"zbdesk run (process {os.getpid()}) since 2026-11-20 12:00 UTC" in str(caught.value)
        assert holder(tmp_path) == caught.value.holder
        assert first.held
    assert not first.held
    assert holder(tmp_path) is None
    first.release()


def test_it_can_be_taken_again(tmp_path: Path) -> None:
    """Released means free, for the same object too."""
    lock = InstanceLock(tmp_path, "window", HandClock())
    for _ in range(2):
        lock.acquire()
        with pytest.raises(OtherInstance, match="the zbdesk window"):
            lock.acquire()
        lock.release()


def test_a_killed_process_is_no_obstacle(tmp_path: Path) -> None:
    """The lock ends with its process, whatever file it left behind."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(OtherInstance, match=f"process {child.pid}"):
            InstanceLock(tmp_path, "run").acquire()
        child.kill()
        child.wait()
    assert (tmp_path / "writer.json").exists()
    assert holder(tmp_path) is None
    with InstanceLock(tmp_path, "run") as lock:
        assert lock.held


def test_an_unreadable_note_still_means_held(tmp_path: Path) -> None:
    """The words beside the lock may be damaged; the lock itself counts."""
    with InstanceLock(tmp_path, "run", HandClock()):
        (tmp_path / "writer.json").write_text("{")
        with pytest.raises(OtherInstance, match="another zbdesk"):
            InstanceLock(tmp_path, "sync", HandClock()).acquire()


def test_a_directory_that_is_gone_is_told(tmp_path: Path) -> None:
    """A lock that cannot be made has its own sentence."""
    with pytest.raises(LockUnusable):
        InstanceLock(tmp_path / "gone", "run", HandClock()).acquire()
    assert holder(tmp_path / "gone") is None
