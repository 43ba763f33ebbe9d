"""The log: one rotating file, readable for its owner, without secrets.

Three nets catch secrets: values marked by ``mark_secret`` (exact), the forms in which tokens appear (patterns), and
the formatter, which goes over the finished line once more. Records are cleaned in message, arguments, exception and
stack before any handler sees their text.
"""

from __future__ import annotations

import calendar
import contextlib
import io
import logging
import logging.handlers
import os
import platform
import re
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

from zbdesk import __version__
from zbdesk.app.settings import Settings
from zbdesk.domain.errors import SetupError, ZbdeskError

_log = logging.getLogger(__name__)

HIDDEN = "[hidden]"
FILE_NAME = "zbdesk.log"
_SHORTEST_SECRET = 6
_MOST_MARKED = 200

_PATTERNS = (
    # Authorization headers, whatever their scheme.
    (re.compile(r"(?i)(authorization['\"]?\s*[:=,]\s*['\"]?)(?:[\w-]+ )?[^\s'\",;)\]}]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(?i)\b(zoho-oauthtoken|bearer|basic)\s+[\w.~+/=-]{6,}"), rf"\1 {HIDDEN}"),
    # Zoho's codes and tokens: 1000. and two blocks of 32.
    (re.compile(r"\b1000\.[0-9a-f]{16,}\.[0-9a-f]{16,}\b"), HIDDEN),
    # Fields of a query, a form, JSON or a repr.
    (
        re.compile(
            r"(?i)([\"']?\b(?:client_secret|refresh_token|access_token|code_verifier|passphrase|password|webhook_secret"
            r"|secret|api_?key)\b[\"']?\s*[:=]\s*)(?:[\"'][^\"']*[\"']|[^\s&,;)}\]]+)"
        ),
        rf"\1{HIDDEN}",
    ),
    # ``code`` and ``token`` are also ordinary words: only in a query or form, or when long.
    (re.compile(r"(?i)([?&](?:code|token|state|device_code)=)[^&\s\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"(?i)^((?:code|token|state)=)[^&\s\"']{8,}"), rf"\1{HIDDEN}"),
    (re.compile(r"(?i)\b((?:code|token)[\"']?\s*[:=]\s*[\"']?)[\w.~-]{20,}"), rf"\1{HIDDEN}"),
)

_marked: dict[str, None] = {}
_marked_pattern: re.Pattern[str] | None = None
_marked_lock = threading.Lock()


def mark_secret(value: str | None) -> None:
    """Have this very text hidden in every log line from now on, also where it is percent-encoded."""
    global _marked_pattern  # noqa: PLW0603 - one registry a process, as there is one log
    if not value or len(value) < _SHORTEST_SECRET:
        return  # hiding every "abc" would make the log useless, and no secret is that short
    with _marked_lock:
        for form in (value, quote(value, safe="")):
            _marked.pop(form, None)
            _marked[form] = None
        for oldest in list(_marked)[:-_MOST_MARKED]:
            del _marked[oldest]  # an hour's token of last week; the patterns know its shape all the same
        longest_first = sorted(_marked, key=len, reverse=True)
        _marked_pattern = re.compile("|".join(map(re.escape, longest_first)))


def redacted(text: str) -> str:
    """Return ``text`` without secrets."""
    pattern = _marked_pattern
    if pattern is not None:
        text = pattern.sub(HIDDEN, text)
    for form, replacement in _PATTERNS:
        text = form.sub(replacement, text)
    return text


class RedactionFilter(logging.Filter):
    """Cleans a record for all handlers that come after. Never drops one."""

    _plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace message, arguments, exception and stack by their clean text."""
        record.msg = redacted(self._message(record))
        record.args = None
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = redacted(record.exc_text or self._plain.formatException(record.exc_info))
        elif record.exc_text:
            record.exc_text = redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        return True

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        try:
            return record.getMessage()
        except (TypeError, ValueError):
            return f"{record.msg} {record.args!r}"  # a mistake in a log call must not lose the line


class RedactingFormatter(logging.Formatter):
    """The last net: goes over the finished line. Times are UTC."""

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(threadName)s %(name)s: %(message)s")
        self.default_msec_format = "%s.%03d"

    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        """See ``logging.Formatter``."""
        return time.gmtime(seconds)

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        return redacted(super().format(record))


class RotatingLog(logging.handlers.RotatingFileHandler):
    """A file that starts anew at a size, and once a day; old ones end after some days. Owner only."""

    def __init__(self, path: Path, *, max_bytes: int, days: int, keep: int = 9) -> None:
        self._days = days
        self._failed = False
        super().__init__(path, maxBytes=max_bytes, backupCount=keep, encoding="utf-8", delay=True)
        self._born = self._birth(path)
        self.remove_old()

    def _open(self) -> io.TextIOWrapper:
        fd = _owner_only(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return io.TextIOWrapper(io.FileIO(fd, "a"), encoding=self.encoding, write_through=True)

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 - overrides
        """Also after a day, so that whole files can be removed by age."""
        if time.time() - self._born > 86_400 and Path(self.baseFilename).exists():
            return True
        return bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # noqa: N802 - overrides
        """See the base; then remove what is too old."""
        super().doRollover()
        self._born = time.time()
        self.remove_old()

    def remove_old(self) -> None:
        """Remove rotated files that nobody wrote to for the days chosen."""
        path = Path(self.baseFilename)
        for old in path.parent.glob(f"{path.name}.*"):
            with contextlib.suppress(OSError):  # opened in a viewer on Windows: removed next time
                if time.time() - old.stat().st_mtime > self._days * 86_400:
                    old.unlink()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - overrides
        """A full disk ends neither the program nor a line of its output: said once, in a sentence, without a trace."""
        failure = sys.exc_info()[1]
        if self._failed or sys.stderr is None:
            return
        self._failed = True
        reason = getattr(failure, "strerror", None) or type(failure).__name__
        with contextlib.suppress(OSError, ValueError):  # nobody listens there either
            sys.stderr.write(f"The log cannot be written ({reason}). Free some space; zbdesk goes on without it.\n")

    @staticmethod
    def _birth(path: Path) -> float:
        """When the file's first line was written, as the line itself says; file systems do not tell."""
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                return calendar.timegm(time.strptime(file.read(19), "%Y-%m-%d %H:%M:%S"))
        except (OSError, ValueError):
            return time.time()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class LogNotWritable(SetupError):
    """The log file cannot be made."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            "The log cannot be written.",
            f"{path}: {reason}. Allow writing there, or choose another place with --data-dir.",
            subject=str(path),
            code="log_not_writable",
        )


class Log:
    """The process's log: made once at start, closed at the end. Raises ``LogNotWritable``."""

    def __init__(self, folder: Path, *, level: str = "info", days: int = 14, megabytes: float = 5.0) -> None:
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(_owner_only(str(self.path), os.O_WRONLY | os.O_CREAT | os.O_APPEND))
        except OSError as exc:
            raise LogNotWritable(self.path, exc.strerror or type(exc).__name__) from exc
        self._handler = RotatingLog(self.path, max_bytes=int(megabytes * 2**20), days=days)
        self._handler.addFilter(RedactionFilter())
        self._handler.setFormatter(RedactingFormatter())
        logging.getLogger().addHandler(self._handler)
        self.set_level(level)

    def set_level(self, level: str) -> None:
        """Switch at once. Foreign libraries stay at warnings: httpx logs whole addresses at info."""
        root = logging.getLogger()
        root.setLevel(logging.WARNING)
        logging.getLogger("zbdesk").setLevel(level.upper())

    def close(self) -> None:
        """Write what is left and let go of the file; twice is harmless."""
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()


_current: Log | None = None


def start_logging(data_dir: Path, settings: Settings, *, word: str = "") -> Log:
    """Start the process's log in ``data_dir/logs``; a log started before is closed. Raises ``LogNotWritable``.

    ``word``: what the process was started for; the first line says it, with the versions that a report needs.
    """
    global _current  # noqa: PLW0603 - one log a process
    stop_logging()
    _current = Log(
        data_dir / "logs", level=settings.log_level, days=settings.log_days, megabytes=settings.log_megabytes
    )
    if word:
        python = ".".join(map(str, sys.version_info[:3]))
        # Of the system no more than its kind: the machine's own name is nobody's business.
        system = f"{platform.system()} {platform.release()} {platform.machine()}"
        _log.info("zbdesk %s started: %s; Python %s, %s", __version__, word, python, system)
    return _current


def note_told(error: ZbdeskError) -> None:
    """Keep what a person is being told as a failure: the log then says what their screen said."""
    _log.warning("told: %s%s", error.title, f" [{error.code}]" if error.code else "")


def set_level(level: str) -> None:
    """Switch the process's log at once; without one nothing happens."""
    if _current is not None:
        _current.set_level(level)


def stop_logging() -> None:
    """Close the process's log; twice is harmless."""
    global _current  # noqa: PLW0603 - one log a process
    if _current is not None:
        _current.close()
        _current = None
