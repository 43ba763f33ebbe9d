"""Guard against a PySide6 that loses references: 6.12.0 does on Python 3.11, and aborts after some hundred calls."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("PySide6.QtCore", reason="Qt is not installed")

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    """Something that emits."""

    told = Signal(int)


def test_qt_calls_keep_the_references_of_none_true_and_false() -> None:
    """Calls that return nothing, or a truth value, leave the counts of None, True and False where they were."""
    if sys.getrefcount(None) > 2**31:
        pytest.skip("this Python's None is immortal: nothing can be lost")
    sender = Sender()
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for number in range(300):
        slot = sender.told.connect(lambda _number: None)
        sender.told.emit(number)
        sender.told.disconnect(slot)
        sender.setObjectName("x")
        sender.blockSignals(False)
    after = [sys.getrefcount(value) for value in (None, True, False)]
    assert all(later >= earlier - 50 for earlier, later in zip(before, after, strict=True))
