"""One window a data directory: a second start raises the first, hands over what it was given, and ends.

A local socket named after the directory. Must not take the writer's lock: that is the desk's. Invariant: a socket left
by a program that died is no obstacle; what comes in is a list of absolute paths and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_WAIT = 500
_BEAT = 20
_RAISE = b"raise\n"
_OPEN = b"open "
_LONGEST = 65_536


def name_of(data_dir: Path) -> str:
    """The socket's name: short, and the same for all spellings of one directory."""
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()
    return f"zbdesk-{digest[:24]}"


class SingleInstance(QObject):
    """Whoever listens first is the one.

    ``raised``: a second start wants the window in front. ``file_opened``: it was given this file.
    """

    raised = Signal()
    file_opened = Signal(object)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_of(data_dir)
        self._server: QLocalServer | None = None
        self._callers: list[tuple[QLocalSocket, bytearray]] = []
        # Not by the sockets' own signals: a slot that holds its socket would let go of it inside its end.
        self._listen_on = QTimer(self)
        self._listen_on.setInterval(_BEAT)
        self._listen_on.timeout.connect(self._hear)

    def hand_over(self, files: Sequence[Path] = ()) -> bool:
        """Ask a running window to come to the front with these files; False where there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT):
            return False
        lines = [_OPEN + json.dumps(str(file.absolute())).encode() + b"\n" for file in files]
        socket.write(b"".join([*lines, _RAISE]))
        socket.waitForBytesWritten(_WAIT)
        socket.disconnectFromServer()
        if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(_WAIT)
        return True

    def listen(self) -> bool:
        """Be the one; a dead one's socket is taken away first. False where the system refuses."""
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._called)
        if not server.listen(self._name):
            QLocalServer.removeServer(self._name)
            if not server.listen(self._name):
                return False
        self._server = server
        return True

    def close(self) -> None:
        """Listen no more. Twice is harmless."""
        self._listen_on.stop()
        self._callers.clear()
        if self._server is not None:
            self._server.close()
            self._server = None

    def _called(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            self._callers.append((self._server.nextPendingConnection(), bytearray()))
        self._listen_on.start()

    def _hear(self) -> None:
        """What second starts say is read to its end, a little at a time; then they are obeyed."""
        for socket, said in list(self._callers):
            said.extend(bytes(socket.readAll().data()))
            if len(said) > _LONGEST:
                socket.abort()
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._callers.remove((socket, said))
                socket.deleteLater()
                self._obey(bytes(said[:_LONGEST]))
        if not self._callers:
            self._listen_on.stop()

    def _obey(self, said: bytes) -> None:
        for line in said.splitlines():
            path = _path(line)
            if path is not None:
                self.file_opened.emit(path)
        self.raised.emit()


def _path(line: bytes) -> Path | None:
    """The file that a line names; None for any other line."""
    if not line.startswith(_OPEN):
        return None
    try:
        text = json.loads(line[len(_OPEN) :])
    except ValueError:
        log.info("a second start said something that is no path")
        return None
    path = Path(text) if isinstance(text, str) else None
    return path if path is not None and path.is_absolute() else None
