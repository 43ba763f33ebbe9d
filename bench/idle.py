"""What the program costs while nobody uses it, and whether a large database slows its start or its first figures.

    python -m bench.idle [--small]

Connects to a demo server, loads it, then starts the window as the desktop would at sign-in (minimised) and watches the
process through ``/proc`` while nothing happens. Linux only. Limits: 0.2 % of one processor, 200 MB; start with
1,000,000 records within 20 % of the start with 1,000, in the same run; all figures of the dashboard within 50 ms of
what they take with 1,000.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.common import ROOT, demo_server, print_table, run_child
from bench.first_load import ENVIRONMENT, connect, sync
from bench.table import fill_with, whole_books

LIMIT_CPU, LIMIT_MB, LIMIT_START, LIMIT_FIGURES = 0.2, 200.0, 1.2, 50.0
REST, WATCHED = 40, 60
"""Seconds before the watching begins (first look, its end), and seconds watched."""

STARTS = 7
TICK = os.sysconf("SC_CLK_TCK")
SCREEN = {**ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}


def main() -> int:
    """Print the table; 1 where a limit is passed."""
    small = "--small" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        lines = [*_idle(Path(folder), small=small), *_starts(Path(folder), 50_000 if small else 1_000_000)]
    print_table(("what", "measured", "limit"), [(what, f"{value:.2f}", f"{limit:.2f}") for what, value, limit in lines])
    return int(any(limit and value > limit for _, value, limit in lines))


def _idle(base: Path, *, small: bool) -> list[tuple[str, float, float]]:
    sizes = {"contacts": 500, "invoices": 1500} if small else {"contacts": 5000, "invoices": 20000}
    place = base / "idle"
    with demo_server(sizes) as server:
        connect(server, place)
        sync(place, "contacts", "invoices")
        command = [sys.executable, "-m", "zbdesk", "--data-dir", str(place), "--in-tray"]
        child = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **SCREEN})
        try:
            time.sleep(5 if small else REST)
            before = _cpu(child.pid)
            watched = 10 if small else WATCHED
            time.sleep(watched)
            share = 100 * (_cpu(child.pid) - before) / watched
            memory, woken = _memory(child.pid), _switches(child.pid)
        finally:
            child.terminate()
            child.wait(30)
    return [
        ("idle, % of one processor", share, LIMIT_CPU),
        ("idle, memory of its own, MB", memory[0], LIMIT_MB),
        ("idle, resident with shared libraries, MB", memory[1], 0),
        ("idle, times woken since the start", woken, 0),
    ]


def _starts(base: Path, large: int) -> list[tuple[str, float, float]]:
    """Starts of both in turn, so that what else the machine does falls on both; then the dashboards, likewise."""
    places = {count: base / f"start{count}" for count in (1_000, large)}
    for count, place in places.items():
        place.mkdir()
        fill_with(place / "zbdesk.sqlite3", whole_books(count))
    spans: dict[int, list[float]] = {count: [] for count in places}
    figures: dict[int, list[float]] = {count: [] for count in places}
    for _ in range(STARTS):
        for count, place in places.items():
            command = [sys.executable, "-m", "zbdesk", "--data-dir", str(place)]
            spans[count].append(run_child(command, {**SCREEN, "ZBDESK_QUIT_AFTER_PAINT": "1"}).wall)
    for _ in range(STARTS):
        for count, place in places.items():
            output = run_child([sys.executable, "-m", "bench.dashboard", str(place)], SCREEN).output
            figures[count].append(json.loads(output)["answered"])
    few, many = (statistics.median(spans[count]) for count in places)
    soon, late = (statistics.median(figures[count]) for count in places)
    return [
        ("start with 1,000 records, s", few, 0),
        (f"start with {large:,} records, s", many, 0),
        ("the one against the other", many / few, LIMIT_START),
        ("dashboard answered with 1,000 records, ms", soon, 0),
        (f"dashboard answered with {large:,} records, ms", late, 0),
        ("the one above the other, ms", late - soon, LIMIT_FIGURES),
    ]


def _cpu(pid: int) -> float:
    """Seconds of processor that the process took so far, all threads, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _memory(pid: int) -> tuple[float, float]:
    """Megabytes: what is the process's alone, and everything resident."""
    kept = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, _, value = line.partition(":")
        kept[name] = int(value.split()[0]) / 1024
    return kept["Private_Clean"] + kept["Private_Dirty"], kept["Rss"]


def _switches(pid: int) -> float:
    """How often its threads were woken: a program that rests is left alone."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text(encoding="ascii").splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                total += int(line.split()[1])
    return float(total)


if __name__ == "__main__":
    sys.exit(main())
