"""One window a data directory: a second start raises the first and ends.

A local socket named after the directory. Must not take the writer's lock: that is the desk's. Invariant: a socket left
by a program that died is no obstacle.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 500
_RAISE = b"raise\n"


def name_of(data_dir: Path) -> str:
    """The socket's name: short, and the same for all spellings of one directory."""
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()
    return f"zbdesk-{digest[:24]}"


class SingleInstance(QObject):
    """Whoever listens first is the one. ``raised``: a second start wants the window in front."""

    raised = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_of(data_dir)
        self._server: QLocalServer | None = None

    def hand_over(self) -> bool:
        """Ask a running window to come to the front; False where there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT):
            return False
        socket.write(_RAISE)
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
        if self._server is not None:
            self._server.close()
            self._server = None

    def _called(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raised.emit()
