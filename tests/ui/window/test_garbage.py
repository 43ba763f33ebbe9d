"""Widgets in reference cycles end on the main thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from zbdesk.ui import garbage
from zbdesk.ui.garbage import MainThreadGarbage, collect_due


class Knot(QWidget):
    """A window that holds itself."""

    def __init__(self, ended: Callable[[int], None]) -> None:
        super().__init__()
        self.myself = self
        self.destroyed.connect(lambda: ended(threading.get_ident()), Qt.ConnectionType.DirectConnection)


@pytest.fixture
def automatic() -> Iterator[None]:
    """The collector as Python starts it, and as the suite keeps it afterwards."""
    kept, limits = gc.isenabled(), gc.get_threshold()
    gc.enable()
    yield
    gc.set_threshold(*limits)
    if not kept:
        gc.disable()


def _busy_elsewhere() -> list[list[object]]:
    """Another thread allocates what makes a run of the collector due; it counts as long as it is kept."""
    kept: list[list[object]] = []
    worker = threading.Thread(target=lambda: kept.extend([object()] for _ in range(30_000)))
    worker.start()
    worker.join()
    return kept


@pytest.mark.usefixtures("automatic")
def test_without_the_guard_a_window_ends_on_the_thread_that_allocates(qapp):
    """The danger is real: this is what Python does by itself. Should it stop, the guard can go."""
    ended: list[int] = []
    gc.collect()
    gc.set_threshold(200, 1, 1)
    Knot(ended.append)
    _busy_elsewhere()
    assert ended
    assert ended[0] != threading.get_ident()


@pytest.mark.usefixtures("automatic")
def test_with_the_guard_it_ends_on_the_main_thread(qtbot, monkeypatch):
    """Other threads allocate as they like; the look of the main thread collects what has become due."""
    monkeypatch.setattr(garbage, "LOOK_EVERY", 20)
    ended: list[int] = []
    gc.collect()
    guard = MainThreadGarbage()
    guard.keep_on_main_thread()
    try:
        gc.set_threshold(200, 1, 1)
        Knot(ended.append)
        kept = _busy_elsewhere()
        assert not ended
        qtbot.waitUntil(lambda: bool(ended))
        assert kept
    finally:
        guard.release()
        guard.release()
    assert ended == [threading.get_ident()]
    assert gc.isenabled()


def test_collecting_elsewhere_is_refused(qapp):
    """Nobody can undo the guard by calling its function from a thread."""
    refused: list[BaseException] = []

    def attempt() -> None:
        try:
            collect_due()
        except RuntimeError as error:
            refused.append(error)

    worker = threading.Thread(target=attempt)
    worker.start()
    worker.join()
    assert len(refused) == 1


def test_a_question_lets_go_of_the_window_on_the_main_thread(qtbot, bridge):
    """Once answered or cancelled it holds no widget that the pool's thread could be the last to drop."""
    owner, other = QObject(), QObject()
    seen, forgotten = weakref.ref(owner), weakref.ref(other)
    got: list[object] = []
    answered = bridge.read(lambda _reader: 1, got.append, owner=owner)
    cancelled = bridge.read(lambda _reader: 2, got.append, owner=other)
    cancelled.cancel()
    del owner, other
    assert forgotten() is None
    qtbot.waitUntil(lambda: got == [1])
    assert seen() is None
    assert not answered.open
