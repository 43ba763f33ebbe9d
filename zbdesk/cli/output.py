"""How the command line speaks: JSON on standard output, sentences on standard error, one exit code for each outcome.

Invariant: with ``--json`` one document, also for a failure; what had begun is never followed by a second one.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import IO, Any

from zbdesk.domain.errors import AuthError, InterruptedByUser, StorageError, UsageError, ZbdeskError
from zbdesk.domain.status import RunResult


class Exit(IntEnum):
    """The exit codes of the contract."""

    OK = 0
    FAILED = 1
    USAGE = 2
    ATTENTION = 3
    SIGN_IN = 4
    INTERRUPTED = 130


EXIT_OF_RESULT: Mapping[RunResult, Exit] = {
    RunResult.OK: Exit.OK,
    RunResult.ATTENTION: Exit.ATTENTION,
    RunResult.FAILED: Exit.FAILED,
    RunResult.NEEDS_SIGN_IN: Exit.SIGN_IN,
    RunResult.INTERRUPTED: Exit.INTERRUPTED,
}


def exit_of(error: ZbdeskError) -> Exit:
    """Which exit code a failure has."""
    if isinstance(error, AuthError):
        return Exit.SIGN_IN
    if isinstance(error, UsageError):
        return Exit.USAGE
    return Exit.INTERRUPTED if isinstance(error, InterruptedByUser) else Exit.FAILED


def result_of(error: ZbdeskError) -> RunResult:
    """Which word of the contract a failure has in JSON."""
    if isinstance(error, InterruptedByUser):
        return RunResult.INTERRUPTED
    return RunResult.NEEDS_SIGN_IN if isinstance(error, AuthError) else RunResult.FAILED


class AnswerLost(StorageError):
    """Standard output takes nothing: a full disk behind ``>``, or a file that went away."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(
            "The answer could not be written to standard output.",
            f"{reason.strerror or type(reason).__name__}. Free some space or send it elsewhere, and ask again.",
        )


class _Answer:
    """Whether this command has begun to answer on standard output."""

    begun = False


def begin_answer() -> None:
    """Start of a command: nothing has been answered yet."""
    _Answer.begun = False


@contextmanager
def answering() -> Iterator[IO[str]]:
    """Standard output for one answer. Raises ``AnswerLost``, ``BrokenPipeError`` where nobody reads any more."""
    _Answer.begun = True
    if sys.stdout is None:
        raise AnswerLost(OSError(errno.EBADF, "Standard output is closed"))
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
        raise
    except OSError as error:
        _let_go_of_output()
        raise AnswerLost(error) from error


def _let_go_of_output() -> None:
    """What is still in the buffer has nowhere to go; Python would try once more at its end and complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # not a real file, as in tests: there is no second try either


def say(*lines: str) -> None:
    """Tell a person something, on standard error."""
    if sys.stderr is None:
        return  # closed by whoever started us; print would fall back to standard output, which is the document's
    for line in lines:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the command line's voice


def ended(sentence: str) -> str:
    """The sentence with its full stop, which a name at its end (``Pvt. Ltd.``) may have brought along."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def show(text: str) -> None:
    """A person's answer, on standard output."""
    with answering() as output:
        output.write(f"{text}\n")


def document(value: Any) -> None:
    """The one JSON document of a command; for ``run`` one line of many."""
    show(json.dumps(value, ensure_ascii=False, default=_plain))


def fail(sentence: str, result: RunResult, code: int, *, json: bool) -> int:
    """Say why a command failed, as a document too where one was asked for and none has begun; returns ``code``."""
    if json and not _Answer.begun:
        document({"result": result.value, "message": sentence})
    say(sentence)
    return int(code)


def stamp(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: object) -> object:
    """Amounts as text, times as ISO 8601: whatever JSON itself has no word for."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no place in a JSON answer")


def table(headings: Iterable[str], rows: Iterable[Iterable[str | None]], *, right: frozenset[int] = frozenset()) -> str:
    """Columns of text for a terminal; those numbered in ``right`` are right-aligned."""
    lines = [list(headings), *([cell or "" for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
