"""Window start to the first paint of the dashboard with 100,000 records, against an empty PySide6 window.

    python -m bench.start

Our limit: 1.3 of the empty window plus 400 ms.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from bench.common import demo_server, print_table, run_child
from bench.first_load import ENVIRONMENT, connect, sync

EMPTY = """
import time, sys
started = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        app.quit()
app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
ROUNDS = 7


def main() -> None:
    """Measure and print: the median of several starts of each."""
    small = "--small" in sys.argv
    sizes = {"contacts": 2000, "invoices": 8000} if small else {"contacts": 20000, "invoices": 80000}
    screen = {**ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as folder, demo_server(sizes) as server:
        place = Path(folder) / "data"
        connect(server, place)
        pulled = json.loads(sync(place, "contacts", "invoices").output)["pulled"]
        command = [sys.executable, "-m", "zbdesk", "--data-dir", str(place)]
        empty, ours = [], []
        for _ in range(ROUNDS):  # in turn, so that what else the machine does falls on both
            empty.append(run_child([sys.executable, "-c", EMPTY], screen).wall)
            ours.append(run_child(command, {**screen, "ZBDESK_QUIT_AFTER_PAINT": "1"}).wall)
    plain, measured = statistics.median(empty), statistics.median(ours)
    print_table(
        ("what", "measured", "limit"),
        (
            ("records", str(sum(counts["new"] for counts in pulled.values())), ""),
            ("empty window to first paint and end, ms", f"{plain * 1000:.0f}", ""),
            ("ours to first paint and end, ms", f"{measured * 1000:.0f}", f"{plain * 1300 + 400:.0f}"),
            ("ours above 1.3 of the empty one, ms", f"{(measured - 1.3 * plain) * 1000:.0f}", "400"),
        ),
    )


if __name__ == "__main__":
    main()
