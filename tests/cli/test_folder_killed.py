"""A watched folder on the command line, with the program killed again and again while it takes a file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.test_import_watched import COLUMNS, ROOT
from zbdesk.sources.importing import CHUNK


def documents(place: Path) -> tuple[int, int]:
    """How many documents are here, and how many different ones."""
    with closing(sqlite3.connect(f"file:{place / 'zbdesk.sqlite3'}?mode=ro", uri=True, timeout=30)) as db:
        sql = "SELECT COUNT(*), COUNT(DISTINCT source_id) FROM record WHERE source = 'import'"
        found = db.execute(sql).fetchone()
        return int(found[0]), int(found[1])


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [3, pytest.param(10, marks=pytest.mark.soak)])
def test_a_folder_whose_program_is_killed_again_and_again_loses_nothing(terminal: Terminal, kills: int) -> None:
    """Nothing lost, nothing twice: at last every document is here once, and the file lies in done/ with its report."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    place = terminal.place.parent / "in"
    place.mkdir()
    mapping = terminal.place.parent / "map.json"
    mapping.write_text(json.dumps({"columns": COLUMNS, "module": "invoices", "unknown": "wait"}), encoding="utf-8")
    assert terminal("mappings", "save", "monthly", str(mapping)).code == 0
    added = terminal("sources", "add-folder", str(place), "--module", "invoices", "--mapping", "monthly", "--json")
    assert added.code == 0
    many = (kills + 4) * CHUNK
    rows = "".join(f"KF-{n:06},Somebody New,2026-11-20,Seat,5\n" for n in range(many))
    (place / "long.csv").write_text(f"Invoice,Customer,Date,Item,Price\n{rows}", encoding="utf-8")
    command = [sys.executable, "-m", "zbdesk", "--data-dir", str(terminal.place), "sources", "run", "1", "--json"]
    killed = 0
    for _ in range(kills):
        before = documents(terminal.place)[0]
        child = subprocess.Popen(
            command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            end = time.monotonic() + 120
            while child.poll() is None and documents(terminal.place)[0] == before:
                assert time.monotonic() < end, "it did not go on"
                time.sleep(0.01)
            killed += child.poll() is None
        finally:
            child.kill()
            child.wait(30)
        found, different = documents(terminal.place)
        assert found == different, "a document is here twice"
        assert found % CHUNK == 0, "a part of a chunk was written"
        where = [one for one in (place, place / "done", place / "failed") if (one / "long.csv").exists()]
        assert len(where) == 1, "the file is nowhere, or in two places"
    assert killed >= kills // 2, "it was hardly ever killed in the middle"
    last = terminal("sources", "run", "1", "--json")
    assert last.code == 0, last.err
    assert documents(terminal.place) == (many, many)
    assert not (place / "long.csv").exists()
    left = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file() and one.name[0] != "."}
    assert left == {"done/long.csv", "done/long.csv.report.json", "done/long.csv.report.txt"}
    assert all(one["state"] != "open" for one in terminal("imports", "--json").json)
    again = terminal("sources", "run", "1", "--json")
    assert again.code == 0
    assert documents(terminal.place) == (many, many)
