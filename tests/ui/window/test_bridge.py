"""Events and answers cross threads in one way only."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject

from zbdesk.domain.errors import StorageError
from zbdesk.sync.commands import Stop
from zbdesk.sync.events import DetailReady


def test_event_of_another_thread_arrives_on_the_main_one(qtbot, bridge, desk):
    """A listener called on the sync thread comes out where widgets may be touched."""
    seen: list[tuple[object, int]] = []
    bridge.happened.connect(lambda event: seen.append((event, threading.get_ident())))
    sender = threading.Thread(target=lambda: desk.emit(DetailReady(7)))
    sender.start()
    sender.join()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(DetailReady(7), threading.get_ident())]


def test_answer_comes_on_the_main_thread(qtbot, bridge):
    """The question runs in the pool, its answer is delivered here."""
    asked: list[int] = []
    got: list[tuple[int, int]] = []
    owner = QObject()

    def question(_reader):
        asked.append(threading.get_ident())
        return 42

    bridge.read(question, lambda answer: got.append((answer, threading.get_ident())), owner=owner)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(42, threading.get_ident())]
    assert asked[0] != threading.get_ident()


def test_failure_goes_to_its_handler(qtbot, bridge, desk):
    """A database that cannot be read is told to who asked."""
    desk.fails = StorageError("The disk is full.", "Free 200 MB.")
    failed: list[object] = []
    owner = QObject()
    bridge.read(lambda reader: reader.overview(), lambda _answer: None, owner=owner, fail=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == [desk.fails]


def test_cancelled_question_and_lost_owner_get_nothing(qtbot, bridge):
    """Nobody is called for an answer that is not wanted any more."""
    got: list[object] = []
    owner, gone = QObject(), QObject()
    bridge.read(lambda _reader: 1, got.append, owner=owner).cancel()
    bridge.read(lambda _reader: 2, got.append, owner=gone)
    gone.deleteLater()
    del gone
    last: list[object] = []
    qtbot.wait(1)
    bridge.read(lambda _reader: 3, last.append, owner=owner)
    qtbot.waitUntil(lambda: last == [3])
    assert 1 not in got


def test_closed_bridge_delivers_nothing(qtbot, bridge, desk):
    """After the end no widget is called; asking is harmless."""
    seen: list[object] = []
    bridge.happened.connect(seen.append)
    bridge.close()
    desk.emit(DetailReady(1))
    question = bridge.read(lambda _reader: 1, seen.append, owner=bridge)
    qtbot.wait(20)
    assert seen == []
    assert not question.open


def test_commands_go_to_the_desk(bridge, desk):
    """A person's command is handed over as it is."""
    bridge.send(Stop())
    assert desk.commands == [Stop()]
