"""A file of a gigabyte, really: dry run, stopped in the middle, taken. Memory stays bounded each time.

``ZBDESK_SOAK_MEGABYTES`` makes it smaller. The figures of the last run stand in the manual, under "Size".
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.test_folder_killed import documents
from tests.cli.test_import_watched import ROOT
from zbdesk.sources.importing import CHUNK

MOST_MEMORY = 400
COLUMNS = {
    "Invoice": "invoice_number", "Customer": "customer.name", "Date": "date", "Currency": "currency.code",
    "Item": "line_items.name", "Text": "line_items.description", "Qty": "line_items.quantity",
    "Price": "line_items.rate",
}  # fmt: skip
LINES_EACH = 5


def megabytes() -> int:
    """How large the file is to be."""
    return int(os.environ.get("ZBDESK_SOAK_MEGABYTES", "1000"))


def write_file(path: Path) -> int:
    """Invoices of five lines; returns how many."""
    wanted, lines, size = megabytes() * 1_000_000, 0, 0
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        out.write(",".join(COLUMNS) + "\n")
        while size < wanted:
            block = "".join(
                f"GB-{n // LINES_EACH:08},Customer {n // LINES_EACH % 500},2026-11-{n // LINES_EACH % 28 + 1:02},EUR,"
                f"Item {n % 300},Delivered in week {n % 52} of the year,{n % 9 + 1},{(n * 37 % 99_999 + 1) / 100}\n"
                for n in range(lines, lines + 1_000 * LINES_EACH)
            )
            out.write(block)
            lines, size = lines + 1_000 * LINES_EACH, size + len(block)
    return lines // LINES_EACH


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it took."""

    code: int
    said: str
    seconds: float
    cpu: float
    memory: float


class Program:
    """One command in a process of its own."""

    def __init__(self, place: Path, *words: str) -> None:
        self.began = time.monotonic()
        self.child = subprocess.Popen(
            [sys.executable, "-m", "zbdesk", "--data-dir", str(place), *words],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def end(self) -> Ended:
        """Wait for it."""
        assert self.child.stdout is not None
        said = self.child.stdout.read()
        self.child.stdout.close()
        _, status, used = os.wait4(self.child.pid, 0)
        self.child.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime
        return Ended(self.child.returncode, said, time.monotonic() - self.began, cpu, used.ru_maxrss / 1024)


@pytest.mark.soak
@pytest.mark.timeout(6 * 3600)
def test_a_gigabyte_is_looked_through_stopped_and_taken(terminal: Terminal) -> None:
    """Under 400 MB each time; Ctrl+C keeps whole chunks as one import; the next takes the rest and nothing twice."""
    if shutil.disk_usage(terminal.place.parent).free < megabytes() * 8_000_000:
        pytest.skip("not enough room for the file and what it becomes")
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    file, how = terminal.place.parent / "large.csv", terminal.place.parent / "how.json"
    many = write_file(file)
    mapping = {"layout": "row_per_line", "decimal": ".", "unknown": "wait", "columns": COLUMNS}
    how.write_text(json.dumps(mapping), encoding="utf-8")
    words = ("import", str(file), "--module", "invoices", "--mapping", str(how))
    looked = Program(terminal.place, *words, "--dry-run").end()
    assert looked.code == 0, looked.said
    assert f"{many} would be created" in looked.said
    assert documents(terminal.place) == (0, 0)

    program = Program(terminal.place, *words)
    while program.child.poll() is None and documents(terminal.place)[0] < CHUNK:
        time.sleep(0.05)
    program.child.send_signal(signal.SIGINT)
    stopped = program.end()
    assert stopped.code == 130, stopped.said
    kept = documents(terminal.place)[0]
    assert kept % CHUNK == 0
    assert 0 < kept < many
    (batch,) = terminal("imports", "--json").json
    assert (batch["state"], batch["created"]) == ("stopped", kept)

    taken = Program(terminal.place, *words).end()
    assert taken.code == 0, taken.said
    assert f"{many - kept} created, 0 changed, {kept} unchanged, 0 refused" in taken.said
    assert documents(terminal.place) == (many, many)
    for name, one in (("dry run", looked), ("stopped", stopped), ("taken", taken)):
        figures = f"{one.seconds:.0f} s, {one.cpu:.0f} s of CPU, {one.memory:.0f} MB"
        print(f"{name}: {figures}. {one.said.strip()}")  # noqa: T201
        assert one.memory < MOST_MEMORY
