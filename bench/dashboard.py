"""How long the dashboard waits for its figures: the real desk and window over one data directory.

    python -m bench.dashboard DIRECTORY

Prints as JSON the milliseconds from the first question to the last answer, and how long the slowest one took. A person
looked last when a thousandth of the records had not changed yet, so that there is news to put in order.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from bench.table import _wait
from zbdesk.app.desk import Desk
from zbdesk.app.reader import Reader
from zbdesk.store.database import Database
from zbdesk.store.times import from_seconds
from zbdesk.sync.commands import Command
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

T = TypeVar("T")


class Timed:
    """The desk as the window sees it, with the time of each question."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.spans: list[float] = []
        self.open = 0

    def read(self, question: Callable[[Reader], T]) -> Future[T]:
        """Pass a question on."""

        def timed(reader: Reader) -> T:
            began = time.perf_counter()
            try:
                return question(reader)
            finally:
                self.spans.append((time.perf_counter() - began) * 1000)

        self.open += 1
        future = self._desk.read(timed)
        future.add_done_callback(lambda _done: self._answered())
        return future

    def send(self, command: Command, connection_id: int | None = None) -> None:
        """Nothing is sent here."""
        raise AssertionError(command, connection_id)

    def _answered(self) -> None:
        self.open -= 1


def main(place: Path) -> int:
    """Print what was measured."""
    app = QApplication([])
    theme.apply(app, "light")
    with Desk.open(place, environment={}) as desk:
        timed, preferences = Timed(desk), Preferences(desk.data_dir, desk.settings)
        _have_looked(desk.database_path, preferences)
        bridge = Bridge(timed)
        state = DeskState(bridge, desk.clock)
        window = MainWindow(state, bridge, preferences, desk.clock, desk.data_dir)
        began = time.perf_counter()
        state.refresh()
        _wait(lambda: state.loaded)
        window.show()
        ended = _quiet(timed)
        bridge.close()
        window.hide()
    found = {"answered": (ended - began) * 1000, "slowest": max(timed.spans), "questions": len(timed.spans)}
    print(json.dumps(found))
    return 0


def _quiet(timed: Timed) -> float:
    """When the last answer was shown: an answer may lead to another question, hence the rounds after it."""
    since, rounds = time.perf_counter(), 0
    while rounds < 30:
        QApplication.processEvents()
        time.sleep(0.001)
        if timed.open:
            rounds = 0
        elif not rounds:
            since, rounds = time.perf_counter(), 1
        else:
            rounds += 1
    return since


def _have_looked(path: Path, preferences: Preferences) -> None:
    with Database.open_reader(path) as db, db.snapshot():
        organization, newest, count = db.one(
            "SELECT c.organization_id, MAX(r.modified_at), COUNT(*) FROM connection c, record r"
        ) or ("", 0, 0)
    looked = from_seconds(newest - max(1, count // 1000))
    assert looked is not None
    preferences.keep_moments(f"looked/{organization}", (looked, looked))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
