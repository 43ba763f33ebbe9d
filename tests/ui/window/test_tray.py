"""The tray icon: shape, sentence, menu; and life without it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui import meridian
from tests.ui.fake_desk import NOW, connection
from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.sync.events import StateChanged
from zbdesk.ui.actions import Actions
from zbdesk.ui.tray import LONGEST, Tray, sentence, shape, short_name


def _say(state, desk, qtbot, /, *events, **changes):
    desk.overview = meridian.overview(**changes)
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is desk.overview)
    for event in events:
        state._on_event(event)


CASES = [
    ("idle", {}, (), "Meridian Spices: in order, looked at 10:14"),
    ("attention", {"problems": 12, "conflicts": 3}, (), "Meridian Spices: 15 wait for you, last success 10:14"),
    (
        "paused",
        {},
        (StateChanged(EngineState.PAUSED, NOW, until=NOW + timedelta(minutes=43)),),
        "Meridian Spices: paused until 11:00",
    ),
    ("offline", {}, tuple(meridian.offline()), "Meridian Spices: offline since 09:58, last success 10:14"),
    (
        "error",
        {"state": ConnectionState.NEEDS_SIGN_IN},
        (StateChanged(EngineState.SIGNED_OUT, NOW),),
        "Meridian Spices: sign in again, last success 10:14",
    ),
    ("syncing", {"first": True}, tuple(meridian.first_sync_events()), "Meridian Spices: syncing, 31,766 of 1,20,936"),
]


@pytest.mark.parametrize(("drawing", "changes", "events", "words"), CASES, ids=[case[0] for case in CASES])
def test_c18_c19_each_state_has_its_shape_and_sentence(qtbot, desk, state, drawing, changes, events, words):
    """Six states, six shapes; organization, state and last success in fewer than 64 characters."""
    _say(state, desk, qtbot, *events, **changes)
    assert shape(state) == drawing
    assert sentence(state) == words
    assert len(words) <= LONGEST


def test_c19_long_names_are_cut(qtbot, desk, state):
    """Windows keeps 63 characters; the state is worth more than the whole name."""
    _say(state, desk, qtbot, connection=connection(organization=meridian.GERMAN), problems=100000)
    assert len(sentence(state)) <= LONGEST
    assert "wait for you" in sentence(state)
    assert short_name(meridian.GERMAN).endswith("…")


def _tray(state, bridge, qtbot, **options):
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = Actions(state, bridge, parent)
    tray = Tray(state, actions, parent, **options)
    tray.keeps = parent  # the window would go with the last reference to it, and the tray with the window
    return tray, actions


def test_icon_waits_for_the_desktops_tray(qtbot, desk, state, bridge):
    """A program started before its desktop's tray waits for it instead of falling back to an old protocol."""
    there = [False]
    tray, _ = _tray(state, bridge, qtbot, watcher=lambda: there[0], possible=lambda: True)
    tray.start()
    assert tray._icon is None
    there[0] = True
    with qtbot.waitSignal(tray.appeared):
        pass
    assert tray._icon is not None
    tray.hide()
    tray.hide()


def test_c13_without_a_tray_nothing_breaks(qtbot, desk, state, bridge):
    """No host, no icon, no notification; refreshing goes on."""
    tray, _ = _tray(state, bridge, qtbot, watcher=lambda: None, possible=lambda: False)
    tray.start()
    tray.refresh()
    assert not tray.available
    assert not tray.show_message("a", "b")
    tray.hide()


def test_c14_every_tray_command_is_in_the_window_too(qtbot, desk, open_window):
    """Nothing is lost on desktops without a tray: the very same actions stand in the menu bar."""
    window = open_window(desk)
    tray = Tray(window.state, window.actions_, window, watcher=lambda: None, possible=lambda: False)
    in_bar = {action for menu in window.menuBar().actions() for action in menu.menu().actions()}
    commands = [a for a in tray.menu.actions() if not a.isSeparator() and a is not tray.headline]
    assert commands
    assert all(command in in_bar for command in commands)
