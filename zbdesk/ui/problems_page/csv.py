"""The problems as a CSV file, for a colleague or an auditor."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from zbdesk.domain.errors import StorageError
from zbdesk.domain.views import ProblemView

_HEADS = (
    "module", "number", "party", "date", "currency", "amount", "cause", "message", "remedy", "code", "detail", "count",
    "since", "retry_at", "dismissed", "reason",
)  # fmt: skip


class NotWritten(StorageError):
    """The file could not be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name} could not be written.", why)


def write(path: Path, problems: Iterable[ProblemView]) -> int:
    """Write them all; text that a spreadsheet would take for a formula is made harmless. Returns how many."""
    count = 0
    try:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADS)
            for problem in problems:
                writer.writerow([_cell(getattr(problem, head)) for head in _HEADS])
                count += 1
    except OSError as error:
        raise NotWritten(path, error.strerror or str(error)) from error
    return count


def _cell(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()
