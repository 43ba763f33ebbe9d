"""What comes to the window's process from outside of it: signals, and failures that nobody waits for.

Must not end anything by itself: it tells, and the program ends in its own order.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

log = logging.getLogger(__name__)


class Signals(QObject):
    """SIGINT and SIGTERM end the program tidily; a socket wakes Qt's loop, which sees no signal by itself."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)
        self._old_wakeup = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._old = {number: signal.signal(number, self._called) for number in (signal.SIGINT, signal.SIGTERM)}

    def close(self) -> None:
        """Give the signals back."""
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_wakeup)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _called(self, number: int, frame: object) -> None:
        """Python wants a handler; the work is done where the socket is read."""
        del frame
        log.info("signal %d: quitting", number)

    def _arrived(self) -> None:
        try:
            received = self._read.recv(64)
        except BlockingIOError:
            return
        if any(number in received for number in (signal.SIGINT, signal.SIGTERM)):
            self._then()


def lost_task(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """A task that nobody awaited failed: a bug, kept in the log."""
    del loop
    error = context.get("exception")
    log.error("%s", context.get("message"), exc_info=error if isinstance(error, BaseException) else None)


on_fault: Callable[[BaseException], None] | None = None
"""Shows a report where a person wants one; set while a window is there."""


def unexpected(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """A slot failed: a bug, kept in the log; the window goes on."""
    del trace
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("a fault in the window", exc_info=error)
    if on_fault is not None:
        on_fault(error)
