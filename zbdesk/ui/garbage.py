"""Python's cycle collector, kept on the main thread while there are widgets.

Python runs it on whichever thread happens to allocate. A widget that is part of a reference cycle would then be
destroyed on a reader's or the sync thread, while Qt works with it on the main one: the program dies by a segmentation
fault, seldom and anywhere. So automatic runs are off and the main thread looks once a second whether one is due.

Invariant: from ``keep_on_main_thread`` until ``release`` no cycle is collected on another thread.
"""

from __future__ import annotations

import gc
import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY: Final = 1000
"""Milliseconds. A second of a first load allocates some ten thousand objects that are still alive: 3 ms to look at."""


def collect_due() -> int | None:
    """Run the collector as far as Python itself would have by now; the oldest generation looked at, None if none.

    Must be called on the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("cycles are collected on the main thread only")
    for generation in (2, 1, 0):
        limit = gc.get_threshold()[generation]
        if 0 < limit < gc.get_count()[generation]:
            gc.collect(generation)
            return generation
    return None


class MainThreadGarbage(QObject):
    """The once-a-second look, for as long as the program has a window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(collect_due)

    def keep_on_main_thread(self) -> None:
        """Switch the automatic collector off. What start-up has made lives to the end and is not looked at again."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer.start()

    def release(self) -> None:
        """Leave the collector as it was found. Twice is harmless; only after the last widget is gone."""
        self._timer.stop()
        if self._was_enabled:
            self._was_enabled = False
            gc.unfreeze()
            gc.enable()
