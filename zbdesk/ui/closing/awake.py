"""Keeps this computer awake while month end holds: by logind on Linux, by the system itself on Windows and macOS.

Only idle sleep is put off; closing the lid and the person's own "sleep" work as always. Must not fail loudly: a system
that cannot be asked is told in the log, and the banner claims nothing. Invariant: after ``release``,
and after the process has ended in whatever way, the computer sleeps as before.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

PATIENCE = 5.0
WHAT = "sleep:idle"
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001


class CannotKeepAwake(Exception):
    """The system has no such service, or refused."""


class Awake(Protocol):
    """One way of keeping a computer awake. Both calls come from one and the same thread."""

    def hold(self) -> None:
        """Begin. Raises ``CannotKeepAwake``."""
        ...

    def release(self) -> None:
        """End; twice is harmless."""
        ...


class LogindAwake:
    """An inhibitor of systemd-logind: a file that is open as long as it holds. ``connect`` opens the system's bus."""

    def __init__(self, connect: Callable[[], Any] | None = None) -> None:
        self._connect = connect or _system_bus
        self._held: Any = None

    def hold(self) -> None:
        """Ask logind, and keep the file it gives."""
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call  # type: ignore[import-untyped,unused-ignore]
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped,unused-ignore]

        place = DBusAddress(
            "/org/freedesktop/login1", bus_name="org.freedesktop.login1", interface="org.freedesktop.login1.Manager"
        )
        body = (WHAT, "zbdesk", "Month end", "block")
        try:
            connection = self._connect()
            try:
                message = new_method_call(place, "Inhibit", "ssss", body)
                (self._held,) = unwrap_msg(connection.send_and_get_reply(message, timeout=PATIENCE))
            finally:
                connection.close()
        except (DBusErrorResponse, OSError, EOFError, TimeoutError, ValueError, RuntimeError, KeyError) as error:
            raise CannotKeepAwake(f"logind: {type(error).__name__}") from error

    def release(self) -> None:
        """Let go of the file."""
        held, self._held = self._held, None
        if held is not None:
            held.close()


def _system_bus() -> Any:
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped,unused-ignore]

    return open_dbus_connection("SYSTEM", enable_fds=True, auth_timeout=PATIENCE)


class WindowsAwake:
    """``SetThreadExecutionState``, which counts for the thread that calls it as long as that thread lives."""

    def __init__(self, set_state: Callable[[int], int] | None = None) -> None:
        self._set_state = set_state or _execution_state

    def hold(self) -> None:
        """The system does not go to sleep by itself; the screen may."""
        if not self._set_state(_CONTINUOUS | _SYSTEM_REQUIRED):
            raise CannotKeepAwake("SetThreadExecutionState refused")

    def release(self) -> None:
        """As before."""
        self._set_state(_CONTINUOUS)


def _execution_state(flags: int) -> int:
    import ctypes

    library = getattr(ctypes, "windll")  # noqa: B009 - it exists on Windows alone
    return int(library.kernel32.SetThreadExecutionState(ctypes.c_uint(flags)))


class MacAwake:
    """``caffeinate``, bound to this process: it ends with it in any case."""

    def __init__(self, start: Callable[[list[str]], Any] | None = None) -> None:
        self._start = start or _child
        self._child: Any = None

    def hold(self) -> None:
        """Start it."""
        try:
            self._child = self._start(["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())])
        except OSError as error:
            raise CannotKeepAwake(f"caffeinate: {error.strerror}") from error

    def release(self) -> None:
        """End it."""
        child, self._child = self._child, None
        if child is not None:
            child.terminate()
            child.wait(PATIENCE)


def _child(words: list[str]) -> Any:
    import subprocess

    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our words


def of_this_system() -> Awake | None:
    """The way of this system; None where there is none."""
    if sys.platform == "win32":
        return WindowsAwake()
    if sys.platform == "darwin":
        return MacAwake()
    try:
        import jeepney  # type: ignore[import-untyped,unused-ignore]  # noqa: F401
    except ImportError:
        log.info("no jeepney: the computer cannot be kept awake")
        return None
    return LogindAwake()


class KeepAwake(QObject):
    """Asks the system off the main thread, always on the same one. ``changed``: whether it holds now.

    ``find`` gives the way of this system, or None; it is called when it is needed first, which may be never.
    """

    changed = Signal(bool)

    def __init__(self, find: Callable[[], Awake | None] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._way: Awake | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._wanted = self._closed = False
        self.holds = False

    def use(self, find: Callable[[], Awake | None]) -> None:
        """How this system is asked. Before that nothing is asked of it; a wish from before is carried out now."""
        self._find = find
        if self._wanted:
            self._ask()

    def want(self, wanted: bool) -> None:
        """Keep awake from now on, or no longer."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._ask()

    def close(self) -> None:
        """The end of the program. Twice is harmless."""
        self._wanted = False
        self._ask()
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=False)

    def _ask(self) -> None:
        if self._find is None or self._closed or (self._pool is None and not self._wanted):
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "zbdesk-awake")
        self._pool.submit(self._set, self._wanted)

    def _set(self, wanted: bool) -> None:
        """On the pool's one thread."""
        if self._way is None and self._find is not None:
            self._way = self._find()
        if self._way is None or wanted == self.holds:
            return
        try:
            if wanted:
                self._way.hold()
            else:
                self._way.release()
        except CannotKeepAwake as error:
            log.info("this computer cannot be kept awake: %s", error)
            return
        self.holds = wanted
        if shiboken6.isValid(self):  # at the end of the program nobody listens any more
            self.changed.emit(wanted)
