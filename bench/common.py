"""What the benches share: the demo server in a process of its own, CPU time of a child, and a table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child process took. ``cpu`` in seconds (user and system), ``memory`` its peak resident megabytes."""

    cpu: float
    wall: float
    memory: float
    output: str


def run_child(arguments: Sequence[str], environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end and return what it cost. A failing child ends the bench with its own words."""
    import time

    # Installed programs have compiled bytecode; without this, every child would compile all that it imports.
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})}
    started = time.perf_counter()
    child = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, env=surroundings, text=True)
    output = cast("Any", child.stdout).read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(arguments)} ended with {child.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024, output)


@contextmanager
def demo_server(sizes: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The demo company with exactly these records, in a process of its own, without limits."""
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.serve", json.dumps(sizes)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield json.loads(cast("Any", child.stdout).readline())
    finally:
        child.communicate()


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under headings, aligned."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
