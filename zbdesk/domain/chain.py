"""The diary's chain: each line's hash covers the line and the hash before it. Pure; the export is verified with it too.

A line that was changed, taken out, put in or moved breaks the chain at that place. It guards against accidents and
against whoever edits a line later, not against somebody who can rewrite all of it and the head besides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BEGINNING = ""
"""What stands before the first line."""

COVERED = ("seq", "at", "kind", "text", "module", "subject", "cause", "changes", "run_id")
"""What a line's hash covers. The record's key is left out: two rows of one record become one."""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How a chain stands. ``broken_at``: the first line (by its place) that does not fit, None where all do."""

    lines: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every line fits to the one before it."""
        return self.broken_at is None


def link(before: str, line: Mapping[str, object]) -> str:
    """The hash of a line (SHA-256, hexadecimal) that follows ``before``. Values are numbers, text or None."""
    text = json.dumps([before, *(line.get(name) for name in COVERED)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify(lines: Iterable[Mapping[str, object]], head: tuple[int, str] | None = None) -> ChainReport:
    """Look at each line in its order; ``head`` is place and hash of the last line as noted apart from them."""
    before, place = BEGINNING, 0
    for line in lines:
        place += 1
        if line.get("seq") != place:
            return ChainReport(place - 1, before, place, "A line is missing, added or out of its place.")
        if line.get("hash") != link(before, line):
            return ChainReport(place - 1, before, place, "The line was changed after it was written.")
        before = str(line["hash"])
    if head is not None and head != (place, before):
        return ChainReport(place, before, place + 1, "Lines at the end are missing.")
    return ChainReport(place, before)
