"""Imports that end before their end: what was taken is one batch with its counts, and can be taken back."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.webhook_run import until
from zbdesk.sources.importing import CHUNK

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {"N": "invoice_number", "C": "customer.name", "D": "date", "I": "line_items.name", "P": "line_items.rate"}


def documents(terminal: Terminal) -> int:
    """Documents in the local tree, counted beside whoever writes."""
    with closing(sqlite3.connect(f"file:{terminal.place / 'zbdesk.sqlite3'}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT COUNT(*) FROM local").fetchone()[0])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_import_that_was_cut_off_can_be_taken_back(terminal: Terminal, tmp_path: Path, number: int) -> None:
    """Whole chunks stay, none twice; the batch is told as stopped with what it made, and goes at one command."""
    terminal.connect()
    terminal("sync")
    file, how = tmp_path / "long.csv", tmp_path / "how.json"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows([f"L-{n:06}", "Somebody New", "2026-11-01", "Seat", "2.5"] for n in range(30_000))
    how.write_text(json.dumps({"layout": "row_per_line", "unknown": "wait", "columns": COLUMNS}))
    command = ["import", str(file), "--module", "invoices", "--mapping", str(how), "--json"]
    program = subprocess.Popen(
        [sys.executable, "-m", "zbdesk", "--data-dir", str(terminal.place), *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        until(lambda: documents(terminal) > 0 or program.poll() is not None, 60)
        program.send_signal(number)
        told, err = program.communicate(timeout=60)
    finally:
        program.kill()
    if number == signal.SIGINT:
        assert (program.returncode, json.loads(told)["result"]) == (130, "interrupted"), err
    here = documents(terminal)
    assert here % CHUNK == 0
    assert 0 < here < 30_000
    (batch,) = terminal("imports", "--json").json
    if number == signal.SIGINT:
        assert (batch["state"], batch["created"]) == ("stopped", here)
    done = terminal("imports", "roll-back", str(batch["id"]), "--json")
    assert (done.code, done.json["removed_here"]) == (0, here)
    assert documents(terminal) == 0
    (batch,) = terminal("imports", "--json").json
    assert (batch["state"], batch["created"]) == ("taken_back", here)
