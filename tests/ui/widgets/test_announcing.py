"""Screen readers hear one thing at a time, and of an amount below zero they hear the sign."""

from __future__ import annotations

import itertools

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from zbdesk.ui.widgets.announcing import REST, Announcer


class _Heard:
    def __init__(self) -> None:
        self.now = 100.0
        self.said: list[tuple[float, str, bool]] = []

    def take(self, event: object) -> None:
        if hasattr(event, "message"):
            urgent = event.politeness() is QAccessible.AnnouncementPoliteness.Assertive
            self.said.append((self.now, event.message(), urgent))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> _Heard:
    """What was said, and when."""
    made = _Heard()
    monkeypatch.setattr(QAccessible, "updateAccessibility", made.take)
    return made


@pytest.fixture
def widget(qtbot) -> QWidget:
    """Whoever has something to say."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_c72_no_more_than_one_announcement_in_five_seconds(heard: _Heard, widget: QWidget) -> None:
    """What comes too soon waits and is said in one, errors first; the same words wait once."""
    announcer = Announcer(lambda: heard.now)
    announcer.say(widget, "Sync began")
    heard.now += 1
    announcer.say(widget, "37 records")
    announcer.say(widget, "37 records")
    announcer.say(widget, "Invoice INV-1 was refused.", urgent=True)
    assert heard.said == [(100.0, "Sync began", False)]
    assert announcer._timer is not None
    assert announcer._timer.remainingTime() <= (REST - 1) * 1000
    heard.now += REST - 1
    announcer.flush()
    assert heard.said[1:] == [(105.0, "Invoice INV-1 was refused. 37 records.", True)]
    announcer.forget()


def test_an_error_is_said_however_much_came_after_it(heard: _Heard, widget: QWidget) -> None:
    """Of what waited too long the oldest is left out, an error never; and the last word is always said."""
    announcer = Announcer(lambda: heard.now)
    announcer.say(widget, "Sync began")
    announcer.say(widget, "The disk is full.", urgent=True)
    for number in range(1, 7):
        announcer.say(widget, f"{number} records")
    heard.now += REST
    announcer.flush()
    assert heard.said[1:] == [(105.0, "The disk is full. 4 records. 5 records. 6 records.", True)]
    announcer.forget()


@given(gaps=st.lists(st.floats(0, 7), max_size=40))
def test_c72_whatever_the_pace(gaps: list[float]) -> None:
    """Two announcements are never nearer than five seconds, and a last one is never lost."""
    now = [0.0]
    told: list[tuple[float, str]] = []
    widget = QWidget()
    announcer = Announcer(lambda: now[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QAccessible, "updateAccessibility", lambda event: told.append((now[0], event.message())))
        for number, gap in enumerate(gaps):
            now[0] += gap
            announcer.flush()
            announcer.say(widget, f"message {number}")
        now[0] += REST
        announcer.flush()
    announcer.forget()
    widget.deleteLater()
    moments = [moment for moment, _ in told]
    assert all(later - earlier >= REST - 1e-6 for earlier, later in itertools.pairwise(moments))
    if gaps:
        assert f"message {len(gaps) - 1}" in told[-1][1]


def test_a_window_that_has_gone_says_nothing(heard: _Heard, qtbot) -> None:
    """What waits for a closed window is dropped, without a fault."""
    announcer = Announcer(lambda: heard.now)
    kept, gone = QWidget(), QWidget()
    qtbot.addWidget(kept)
    announcer.say(kept, "first")
    announcer.say(gone, "second")
    shiboken6.delete(gone)
    heard.now += REST
    announcer.flush()
    assert [words for _, words, _ in heard.said] == ["first"]
    announcer.forget()


def test_c85_an_announced_amount_below_zero_says_minus(heard: _Heard, widget: QWidget) -> None:
    """The sign is heard, not only seen."""
    Announcer(lambda: heard.now).say(widget, "Difference \u2066INR\u00a0\u22121,204.50\u2069")
    assert heard.said[0][1] == "Difference \u2066INR\u00a0minus 1,204.50\u2069"
