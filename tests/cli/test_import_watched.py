"""Watched folders beside the running engine: a dropped file reaches Zoho Books without a word from anybody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Terminal

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {
    "Invoice": "invoice_number", "Customer": "customer.name", "Date": "date", "Item": "line_items.name",
    "Price": "line_items.rate",
}  # fmt: skip


def until(true: Callable[[], bool], child: subprocess.Popen[str], seconds: float = 60.0) -> None:
    """Wait for a condition while the child lives."""
    end = time.monotonic() + seconds
    while not true():
        assert child.poll() is None, child.stderr.read() if child.stderr else ""
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_file_dropped_while_it_runs_reaches_zoho(terminal: Terminal) -> None:
    """`run` takes the file, moves it to done/, and the next pass creates the invoice."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    customer = terminal("records", "contacts", "--limit", "1", "--json").json[0]["number"]
    place = terminal.place.parent / "in"
    place.mkdir()
    mapping = terminal.place.parent / "map.json"
    mapping.write_text(json.dumps({"columns": COLUMNS, "module": "invoices"}), encoding="utf-8")
    assert terminal("mappings", "save", "monthly", str(mapping)).code == 0
    added = terminal("sources", "add-folder", str(place), "--module", "invoices", "--mapping", "monthly", "--json")
    assert added.code == 0
    command = [sys.executable, "-m", "zbdesk", "--data-dir", str(terminal.place), "run", "--json"]
    child = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "ZBDESK_WEBHOOK_PORT": "0"}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        file = place / "nov.csv"
        file.write_text(f'Invoice,Customer,Date,Item,Price\nRUN-1,"{customer}",2026-11-20,Seat,5\n', encoding="utf-8")
        until((place / "done" / "nov.csv").exists, child)
        company = terminal.server.company.org(terminal.organization)
        until(lambda: any(one["invoice_number"] == "RUN-1" for one in company.all("invoices")), child)
    finally:
        child.send_signal(signal.SIGTERM)
        code = child.wait(timeout=30)
        if child.stderr is not None:
            child.stderr.close()
    assert code == 0
