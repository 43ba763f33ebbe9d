"""Events on the disk beside the database, for the moments in which the database is not free to take them.

One line an event, with a checksum, so that a line that a power cut tore is known and left out: it was never
acknowledged. Invariants: ``add`` returns only after the lines are on the disk; nothing is ever changed in place; a line
stays until the inbox has its event, so that at worst one is taken in twice, which the inbox knows by its digest.
"""

from __future__ import annotations

import base64
import errno
import json
import logging
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zbdesk.domain.errors import Action, StorageError
from zbdesk.vault.files import sync_folder
from zbdesk.webhooks.events import Incoming

_log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024 * 1024
"""What may lie here at once: a database that takes nothing for so long has a problem that a person must see."""

_ROOM = {errno.ENOSPC, errno.EDQUOT}


class SpoolFailure(StorageError):
    """An event could not be put aside. What was put aside before is safe."""

    def __init__(self, path: Path, *, room: bool) -> None:
        super().__init__(
            "The disk is full." if room else "The disk could not be written.",
            "An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy "
            "is set, and polling finds the change. Free some space."
            if room
            else "An event could not be put aside and was not acknowledged. Check the disk of the data folder.",
            action=Action.FREE_SPACE if room else Action.RETRY,
            subject=str(path),
        )


@dataclass(frozen=True, slots=True)
class Spooled:
    """A verified event as it came, and when."""

    incoming: Incoming
    received_at: datetime


def spool_path(data_dir: Path, connection_id: int) -> Path:
    """Where the events of a connection are put aside."""
    return data_dir / f"webhooks-{connection_id}.spool"


class Spool:
    """The file of one connection, for one thread. It is there only while something lies in it.

    ``owner``: what tells this connection from one before it of the same number; lines of others are left out.
    """

    def __init__(self, path: Path, owner: str) -> None:
        self.path = path
        self._owner = owner
        self._file: int | None = None
        self._size = 0

    def add(self, events: Sequence[Spooled]) -> None:
        """Put events aside, all on the disk when it returns. Raises ``SpoolFailure``."""
        # A line break goes ahead: what a line before it may have lost at its end takes none of these along.
        lines = b"\n" + b"".join(_line(self._owner, event) for event in events)
        try:
            self._write(lines)
        except OSError as exc:
            _log.warning("events could not be put aside: %s", exc)
            self._take_back()
            raise SpoolFailure(self.path, room=exc.errno in _ROOM) from exc

    def _write(self, lines: bytes) -> None:
        if self._file is None:
            self._file = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
            self._size = os.fstat(self._file).st_size
            sync_folder(self.path.parent)
        if self._size + len(lines) > MOST_BYTES:
            raise OSError(errno.ENOSPC, "as much as may lie here")
        left = memoryview(lines)
        while left:
            left = left[os.write(self._file, left) :]
        os.fsync(self._file)
        self._size += len(lines)

    def _take_back(self) -> None:
        """Cut off what was half written: the next line must begin a line of its own."""
        if self._file is None:
            return
        try:
            os.ftruncate(self._file, self._size)
        except OSError as exc:
            # Reading copes with it: a torn line is left out, and the next one is looked for behind it.
            _log.warning("a half written line could not be cut off: %s", exc)

    def read(self) -> list[Spooled]:
        """What lies here, the oldest first; torn lines and other connections' are left out. Raises ``SpoolFailure``."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise SpoolFailure(self.path, room=False) from exc
        return [event for line in raw.split(b"\n") if (event := _event(self._owner, line)) is not None]

    def clear(self) -> None:
        """The inbox has all of it. A file that cannot be removed is taken in once more, which changes nothing."""
        self.close()
        try:
            self.path.unlink(missing_ok=True)
        except OSError as exc:
            _log.warning("what was put aside could not be removed: %s", exc)

    def close(self) -> None:
        """Let go of the file; what lies in it stays. Twice is harmless."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _line(owner: str, event: Spooled) -> bytes:
    one = event.incoming
    fields = {
        "owner": owner,
        "at": event.received_at.isoformat(),
        "method": one.method,
        "suffix": one.suffix,
        "type": one.content_type,
        "via": one.via,
        "query": base64.b64encode(one.query).decode("ascii"),
        "body": base64.b64encode(one.body).decode("ascii"),
    }
    text = json.dumps(fields, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _event(owner: str, line: bytes) -> Spooled | None:
    """The event of one line; None for a torn one, an empty one, and another connection's."""
    check, _, text = line.partition(b" ")
    if not text:
        return None
    if check != b"%08x" % zlib.crc32(text):
        _log.warning("a line of what was put aside is torn; it was never acknowledged")
        return None
    fields: dict[str, Any] = json.loads(text)
    if fields["owner"] != owner:
        return None
    incoming = Incoming(
        method=fields["method"],
        suffix=fields["suffix"],
        query=base64.b64decode(fields["query"]),
        content_type=fields["type"],
        signature=None,
        body=base64.b64decode(fields["body"]),
        via=fields["via"],
    )
    return Spooled(incoming, datetime.fromisoformat(fields["at"]))
