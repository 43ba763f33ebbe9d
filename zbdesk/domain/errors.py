"""Everything that can go wrong, as a person can act on it.

    ZbdeskError
    ├── TransientError        network, 5xx, HTML instead of JSON: the engine waits and tries again
    ├── ThrottledError        a budget is used up: which one, and when it ends
    ├── AuthError             sign in again; everything stops
    ├── RejectedError         Zoho refused one record or one question; the rest goes on
    ├── UnknownOutcomeError   a write was sent and no answer came: look it up before anything else
    ├── StorageError          disk, lock, damaged or newer database
    ├── VaultError            keychain locked, denied, gone
    ├── SetupError            wrong data centre, port taken, missing library, second instance: mended by the user
    │   └── UsageError        the question names something that does not exist
    └── InterruptedByUser     Stop, Cancel, Ctrl+C: not a failure

Each failure is a class whose constructor writes the words. ``title`` is the fact, ``message`` the cause and the way
out, both fit for a dialog and free of secrets. Anything that is not a ``ZbdeskError`` is a bug.
"""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What the person does about it: the button beside the sentence."""

    NONE = "none"
    RETRY = "retry"
    WAIT = "wait"
    SIGN_IN = "sign_in"
    EDIT_RECORD = "edit_record"
    CHECK_SETTINGS = "check_settings"
    OPEN_CONSOLE = "open_console"
    FREE_SPACE = "free_space"
    UNLOCK_KEYCHAIN = "unlock_keychain"
    SET_CLOCK = "set_clock"
    CLOSE_OTHER = "close_other"
    UPDATE_PROGRAM = "update_program"
    RESTORE_BACKUP = "restore_backup"
    INSTALL = "install"
    REPORT = "report"


class ZbdeskError(Exception):
    """Root of all failures that were thought of.

    ``title``: one short sentence, what is so. ``message``: why, and the way out. ``subject``: the record, file or
    address concerned. ``code``: Zoho's own code or ours, shown under Details only.
    """

    default_action = Action.NONE

    def __init__(
        self,
        title: str,
        message: str = "",
        *,
        action: Action | None = None,
        subject: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(title)
        self.title = title
        self.message = message
        self.action = action if action is not None else self.default_action
        self.subject = subject
        self.code = code

    def __str__(self) -> str:
        return f"{self.title} {self.message}".strip()


class TransientError(ZbdeskError):
    """Nobody's fault for long: wait and try again. ``retry_after`` in seconds where the server named it."""

    default_action = Action.RETRY

    def __init__(
        self, title: str, message: str = "", *, retry_after: float | None = None, code: str | None = None
    ) -> None:
        super().__init__(title, message, code=code)
        self.retry_after = retry_after


class Budget(StrEnum):
    """Which allowance ran out."""

    MINUTE = "minute"
    PARALLEL = "parallel"
    DAY = "day"
    TOKEN = "token"  # noqa: S105 - the word, not a secret


class ThrottledError(ZbdeskError):
    """A budget is used up. ``wait`` is in seconds from now."""

    default_action = Action.WAIT

    def __init__(self, title: str, message: str = "", *, budget: Budget, wait: float, code: str | None = None) -> None:
        super().__init__(title, message, code=code)
        self.budget = budget
        self.wait = wait


class AuthError(ZbdeskError):
    """The sign-in no longer holds. Nothing is lost; syncing goes on after a new one."""

    default_action = Action.SIGN_IN


class RejectedError(ZbdeskError):
    """Zoho understood and refused. ``http_status`` and ``code`` are Zoho's; ``reason`` is its message, verbatim."""

    default_action = Action.EDIT_RECORD

    def __init__(
        self,
        title: str,
        message: str = "",
        *,
        http_status: int,
        code: str | None,
        reason: str,
        action: Action | None = None,
        subject: str | None = None,
    ) -> None:
        super().__init__(title, message, action=action, subject=subject, code=code)
        self.http_status = http_status
        self.reason = reason


class UnknownOutcomeError(ZbdeskError):
    """A write left and no answer came. Look the record up before anything is sent again."""

    default_action = Action.WAIT


class StorageError(ZbdeskError):
    """The local database or the disk under it."""

    default_action = Action.FREE_SPACE


class VaultError(ZbdeskError):
    """Secrets cannot be read or kept right now. They are never written anywhere else instead."""

    default_action = Action.UNLOCK_KEYCHAIN


class SetupError(ZbdeskError):
    """Something outside the program is set differently from what it needs."""

    default_action = Action.CHECK_SETTINGS


class UsageError(SetupError):
    """The question itself names something that does not exist: a module, a region, an organization."""


class InterruptedByUser(ZbdeskError):
    """Somebody chose Stop or Cancel. Not shown as an error."""
