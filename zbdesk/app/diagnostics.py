"""What helps somebody who looks for a fault from afar: a few texts, to be read before anything is saved or sent.

No secret, no name of a customer, no amount: the log's own redaction, and over every text once more what persons and
accounts look like (e-mail addresses, IBANs, long numbers, this user's folders). Nothing is sent from here.
"""

from __future__ import annotations

import io
import os
import platform
import re
import sys
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

from zbdesk import __version__
from zbdesk.app.doctor import Check
from zbdesk.app.log import FILE_NAME, HIDDEN, redacted
from zbdesk.app.paths import DataPaths
from zbdesk.app.settings import Settings
from zbdesk.domain.errors import StorageError, ZbdeskError
from zbdesk.store import connections, module_states
from zbdesk.store.database import Database, MissingDatabase

LOG_BYTES = 400_000
"""The end of the log that goes along."""

_PRIVATE = (
    (re.compile(r"(?i)\b[\w.%+-]+@[\w-]+(?:\.[\w-]+)+\b"), "[e-mail]"),
    (re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"), "[account]"),
    (re.compile(r"(?i)(://)[^/\s:@]+:[^/\s@]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"\b[0-9]{9,}\b"), "[number]"),
    (re.compile(r"\b[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]{3}\b"), "[tax ID]"),
)
_PLAIN = frozenset({
    "theme", "language", "negative_style", "close_button", "log_level", "tunnel", "relay_format", "export_format",
    "hours_from", "hours_to", "hours_days", "limit_value",
})  # fmt: skip
"""Settings whose text says nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive."""

    name: str
    text: str


def collect(data_dir: Path, settings: Settings, checks: Sequence[Check] = ()) -> list[Part]:
    """All parts, ready to be shown. Blocks; a part that cannot be made says why in its place."""
    return [
        Part("versions.txt", clean(_versions())),
        Part("settings.txt", clean(_settings(settings))),
        Part("checks.txt", clean(_checks(checks))),
        Part("database.txt", clean(_database(DataPaths(data_dir).database))),
        Part("log.txt", clean(end_of_log(DataPaths(data_dir).logs / FILE_NAME))),
    ]


def clean(text: str) -> str:
    """The text without secrets, addresses of persons, account numbers and the name of this computer's user."""
    text = redacted(text)
    for form, replacement in _PRIVATE:
        text = form.sub(replacement, text)
    home = str(Path.home())
    text = text.replace(home, "~") if len(home) > 1 else text
    user = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    return re.sub(rf"(?<=[/\\]){re.escape(user)}(?=[/\\])", "user", text) if len(user) > 2 else text


def archive(parts: Sequence[Part]) -> bytes:
    """The parts as they were shown, and nothing else, in one ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for part in parts:
            file.writestr(part.name, part.text)
    return held.getvalue()


def save(parts: Sequence[Part], path: Path) -> None:
    """Write the archive, readable for its owner only. Raises ``ArchiveNotWritten``."""
    from zbdesk.vault.files import write_atomically

    try:
        write_atomically(path, archive(parts))
    except OSError as exc:
        raise ArchiveNotWritten(path, exc.strerror or type(exc).__name__) from exc


class ArchiveNotWritten(StorageError):
    """The place for the archive takes nothing."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__("The archive could not be saved.", f"{path}: {reason}. Choose another place.")


def _versions() -> str:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [f"zbdesk {__version__}", f"Python {platform.python_version()}", system]
    lines.append("one file" if getattr(sys, "frozen", False) else "installed")
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    return "\n".join([*lines, f"desktop {desktop}" if desktop else "", ""])


def _settings(settings: Settings) -> str:
    """Values of switches and numbers; of a text only whether there is one."""
    lines = []
    for item in fields(settings):
        value = getattr(settings, item.name)
        shown = value if not isinstance(value, str) or item.name in _PLAIN or not value else "[set]"
        lines.append(f"{item.name} = {shown}")
    return "\n".join([*lines, ""])


def _checks(checks: Sequence[Check]) -> str:
    if not checks:
        return "Not made.\n"
    return "\n".join([*(f"{one.state}  {one.name}: {one.sentence} {one.remedy}".rstrip() for one in checks), ""])


def _database(path: Path) -> str:
    try:
        with closing(Database.open_reader(path)) as db:
            here = connections.current(db)
            lines = [f"size {db.size_bytes()} bytes", f"organizations {len(connections.known(db))}"]
            if here is not None:
                lines += [f"state {here.state.value}", f"data centre {here.data_centre}", f"read only {here.read_only}"]
                lines += [
                    f"{one.module}: enabled {one.enabled}, remote {one.remote}, local {one.local}, "
                    f"pending {one.pending}, conflicts {one.conflicts}, problems {one.problems}"
                    for one in module_states.module_counts(db, here.id)
                ]
    except MissingDatabase:
        return "There is none.\n"
    except ZbdeskError as error:
        return f"It cannot be read: {error}\n"
    return "\n".join([*lines, ""])


def end_of_log(path: Path) -> str:
    """The last whole lines of a log file; why it cannot be read in their place."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            start = max(0, file.tell() - LOG_BYTES)
            file.seek(start)
            data = file.read()
    except OSError as exc:
        return f"It cannot be read: {exc.strerror or type(exc).__name__}\n"
    text = data.decode("utf-8", errors="replace")
    return text.split("\n", 1)[-1] if start else text
