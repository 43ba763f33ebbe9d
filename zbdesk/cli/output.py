"""How the command line speaks: JSON on standard output, sentences on standard error, one exit code for each outcome."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any

from zbdesk.domain.errors import AuthError, InterruptedByUser, UsageError, ZbdeskError
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


def say(*lines: str) -> None:
    """Tell a person something, on standard error."""
    for line in lines:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the command line's voice


def show(text: str) -> None:
    """A person's answer, on standard output."""
    print(text, flush=True)  # noqa: T201 - the command line's voice


def document(value: Any) -> None:
    """The one JSON document of a command; for ``run`` one line of many."""
    show(json.dumps(value, ensure_ascii=False, default=_plain))


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
