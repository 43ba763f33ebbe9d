"""What a screen reader is told: politely, and never more than once in five seconds.

Somebody who listens cannot skim: a second message in the middle of the first cuts it off. What comes too soon waits and
is said in one, what is urgent first. Main thread only. Invariant: what is urgent is never left unsaid while its window
is there; of the rest the last few are said, and what is said word for word again is said once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from zbdesk.ui.formats import spoken
from zbdesk.ui.sentences import said

REST = 5.0
"""Seconds between two announcements."""

AT_ONCE = 4
"""How many that waited are said in one, all urgent ones besides; older ones beyond that are seen in the window."""


@dataclass(slots=True)
class _Waiting:
    widget: QWidget
    text: str
    urgent: bool


class Announcer:
    """Says one thing at a time. ``now``: monotonic seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: float | None = None
        self._waiting: list[_Waiting] = []
        self._timer: QTimer | None = None

    def say(self, widget: QWidget, text: str, *, urgent: bool = False) -> None:
        """Now if it was quiet for long enough, else with what waits."""
        if not text:
            return
        self._waiting = [one for one in self._waiting if one.text != text or one.widget is not widget]
        self._waiting.append(_Waiting(widget, text, urgent))
        self.flush()

    def flush(self) -> None:
        """Say what waits, if it may be said now; else once it may."""
        self._waiting = [one for one in self._waiting if shiboken6.isValid(one.widget)]
        if not self._waiting:
            return
        left = 0.0 if self._last is None else REST - (self._now() - self._last)
        if left > 1e-6:
            self._later(left)
            return
        urgent = [one for one in self._waiting if one.urgent]
        calm = [one for one in self._waiting if not one.urgent]
        order = [*urgent, *calm[-max(1, AT_ONCE - len(urgent)) :]]
        self._waiting = []
        self._last = self._now()
        words = said(order[0].text) if len(order) == 1 else " ".join(_sentence(one.text) for one in order)
        _tell(order[0].widget, words, urgent=order[0].urgent)

    def forget(self) -> None:
        """Nothing was said and nothing waits."""
        self._last, self._waiting = None, []
        if self._timer is not None and shiboken6.isValid(self._timer):
            self._timer.stop()

    def _later(self, left: float) -> None:
        if self._timer is None or not shiboken6.isValid(self._timer):
            self._timer = QTimer(QCoreApplication.instance())
            self._timer.setSingleShot(True)
            self._timer.setTimerType(Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self.flush)
        if not self._timer.isActive():
            self._timer.start(max(1, round(left * 1000)))


announcer = Announcer()
"""The one of the program."""


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say ``text``, in the window's language, politely unless ``urgent``."""
    announcer.say(widget, text, urgent=urgent)


def _tell(widget: QWidget, text: str, *, urgent: bool) -> None:
    event = QAccessibleAnnouncementEvent(widget, spoken(text))
    level = QAccessible.AnnouncementPoliteness.Assertive if urgent else QAccessible.AnnouncementPoliteness.Polite
    event.setPoliteness(level)
    QAccessible.updateAccessibility(event)


def _sentence(text: str) -> str:
    words = said(text.strip())
    return words if words[-1:] in ".!?…。।؟" else f"{words}."
