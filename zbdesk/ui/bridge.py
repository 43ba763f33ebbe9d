"""Between the threads: events of the sync thread and answers of the reader pool, delivered on the main thread.

Nothing else crosses. Must not wait: whoever asks gets a ``Question`` at once and its answer later. Invariant: no
callback runs on another thread than the main one, and none after its owner is gone or the question was cancelled.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sync.commands import Command
from zbdesk.sync.events import Event

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader

T = TypeVar("T")
_Asker = tuple[QObject, Callable[[object], None], Callable[[ZbdeskError], None]]
"""The owner, and what is called with an answer or a failure."""

_log = logging.getLogger(__name__)


class Asks(Protocol):
    """The part of the desk that the bridge needs."""

    def read(self, question: Callable[[Reader], T]) -> Future[T]:
        """Run the question in the reader pool."""
        ...

    def send(self, command: Command, connection_id: int | None = None) -> None:
        """Hand a command to the sync thread."""
        ...


class Question:
    """One question under way. ``cancel`` forgets its answer; work already begun ends by itself.

    The pool's thread may be the last to let go of a question. What it knows of the window is therefore given up on the
    main thread, by ``take`` or ``cancel``: a widget must not end on another one.
    """

    def __init__(self, owner: QObject, then: Callable[[object], None], fail: Callable[[ZbdeskError], None]) -> None:
        self._asker: _Asker | None = (owner, then, fail)

    @property
    def open(self) -> bool:
        """Whether the answer is still awaited."""
        return self._asker is not None

    def cancel(self) -> None:
        """The answer is no longer wanted."""
        self._asker = None

    def take(self) -> _Asker | None:
        """Who waits for the answer, once; None where nobody does any more."""
        asker, self._asker = self._asker, None
        return asker if asker is not None and shiboken6.isValid(asker[0]) else None


class Bridge(QObject):
    """Delivers events and answers to the main thread.

    ``happened``: one value of ``sync.events``. ``failed``: a read failed that had no handler of its own.
    """

    happened = Signal(object)
    failed = Signal(object)
    _arrived = Signal(object)
    _answered = Signal(object, object)

    def __init__(self, desk: Asks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._closed = False
        self._pending: dict[Future[object], Question] = {}
        self._arrived.connect(self._deliver_event, Qt.ConnectionType.QueuedConnection)
        self._answered.connect(self._deliver_answer, Qt.ConnectionType.QueuedConnection)

    def listener(self, event: Event) -> None:
        """For ``Desk.start``: called on the sync thread, comes out of ``happened`` on the main one."""
        if not self._closed:
            self._arrived.emit(event)

    def send(self, command: Command, connection_id: int | None = None) -> None:
        """Hand a person's command to the sync thread; ``connection_id``: for an organization beside the one in use."""
        if connection_id is None:
            self._desk.send(command)
        else:
            self._desk.send(command, connection_id)

    def read(
        self,
        question: Callable[[Reader], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        fail: Callable[[ZbdeskError], None] | None = None,
    ) -> Question:
        """Ask the database in the pool; ``then`` gets the answer on the main thread while ``owner`` lives."""
        asked = Question(owner, then, fail or self.failed.emit)  # type: ignore[arg-type]
        if self._closed:
            asked.cancel()
            return asked
        future = self._desk.read(question)
        self._pending[future] = asked  # type: ignore[index]
        future.add_done_callback(lambda done: self._hand_over(done, asked))
        return asked

    def close(self) -> None:
        """Deliver nothing more. Twice is harmless."""
        self._closed = True
        for future, asked in list(self._pending.items()):
            asked.cancel()
            future.cancel()
        self._pending.clear()

    def _hand_over(self, done: Future[T], asked: Question) -> None:
        self._pending.pop(done, None)  # type: ignore[arg-type]
        if not self._closed and shiboken6.isValid(self):
            self._answered.emit(done, asked)

    @Slot(object)
    def _deliver_event(self, event: Event) -> None:
        if not self._closed:
            self.happened.emit(event)

    @Slot(object, object)
    def _deliver_answer(self, done: Future[object], asked: Question) -> None:
        if self._closed:
            asked.cancel()
            return
        asker = asked.take()
        if asker is None:
            return
        _, then, fail = asker
        try:
            answer = done.result()
        except CancelledError:
            return  # the desk is closing: nobody waits any more
        except ZbdeskError as error:
            fail(error)
            return
        then(answer)
